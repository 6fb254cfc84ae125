"""Word documents: their text as a reader of Word sees it, with the numbers that Word writes.

Read are paragraphs, lists, tables, text boxes, content controls, notes; dropped are deleted and
hidden text and comments. Headers and footers are left out, but for a title or 发文字号 that
stands nowhere else. Rules: ECMA-376 part 1, WordprocessingML.
"""

from __future__ import annotations

from collections import Counter

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.formats.docx_body import Body
from lanxikit.reading.formats.docx_numbering import Numbering
from lanxikit.reading.formats.docx_styles import Styles
from lanxikit.reading.formats.docx_xml import child, children, val
from lanxikit.reading.formats.package import Package, surveyed
from lanxikit.reading.formats.reading import Reading

_MAIN = "word/document.xml"


def read(data: bytes, name: str) -> Reading:
    """Read a .docx.

    Parameters
    ----------
    data : bytes
    name : str
        Named in errors.

    Returns
    -------
    Reading
        A line a paragraph or table row; the cells of a row are parted by tabs. Footnotes
        and endnotes stand at the end, each as ``[1] …``, counted in the order of the text.

    Raises
    ------
    ReadingError
        The file is damaged, locked, too large, no Word document, or holds pictures only.
    """
    package = Package(data, name)
    surveyed(package)
    main = next((part for kind, part in package.related("").values() if kind == "officeDocument"), _MAIN)
    if main not in package:
        raise package.refused(
            tr("The file holds no Word document.", "文件中没有 Word 文档。"),
            tr("Open it in Word or WPS and save it as .docx.", "请用 Word 或 WPS 打开，另存为 .docx。"),
        )
    related = package.related(main)
    root = package.xml(main)
    body = child(root, "body")

    def part(kind: str):
        found = next((path for each, path in related.values() if each == kind and path in package), None)
        return None if found is None else package.xml(found)

    styles = Styles(part("styles"))
    writer = Body(styles, Numbering(part("numbering"), styles.lists))
    lines = writer.lines(body)
    lines += _notes(writer, part)
    lines = _only_in_heads(package, related, styles, lines) + lines
    text = "\n".join(lines).strip("\n") + "\n"
    if not text.strip():
        raise _wordless(writer.seen, name)
    return Reading(text, "docx", tuple(_remarks(writer.seen, package)))


def _notes(writer: Body, part) -> list[str]:
    """The footnotes and endnotes that the text refers to."""
    held = {}
    for kind in ("footnote", "endnote"):
        for note in children(part(f"{kind}s"), kind) if any(each == kind for each, _ in writer.notes) else ():
            held[kind, val(note, "id") or ""] = note
    lines = []
    for number, key in enumerate(dict.fromkeys(writer.notes), 1):
        text = " ".join(line.strip() for line in writer.lines(held.get(key)) if line.strip())
        if text:
            lines.append(f"[{number}] {text}")
    return lines


def _only_in_heads(package: Package, related: dict, styles: Styles, lines: list[str]) -> list[str]:
    """The lines of headers and footers that name the document and stand nowhere else."""
    from lanxikit.reading import front
    from lanxikit.text.fold import fold

    body = "".join(fold("".join(lines)).split())
    found: dict[str, str] = {}
    for kind, path in sorted(related.values()):
        if kind not in ("header", "footer") or path not in package:
            continue
        for line in Body(styles, Numbering(None)).lines(package.xml(path)):
            bare = "".join(fold(line).split())
            names = front.is_number(bare) or front.is_letterhead(bare) or front.is_title(bare)
            if names and bare not in body:
                found.setdefault(bare, line.strip())
    # A letterhead stands above the number, and both above the title.
    order = (front.is_letterhead, front.is_number)
    return sorted(found.values(), key=lambda line: [not told("".join(fold(line).split())) for told in order])


def _remarks(seen: Counter, package: Package) -> list[str]:
    found = []
    if seen["deleted"] or seen["inserted"]:
        found.append(
            tr(
                "it holds tracked changes: inserted text was kept, deleted text left out",
                "含修订：保留插入的文字，略去删除的文字",
            )
        )
    if seen["hidden"]:
        found.append(tr("hidden text was left out", "略去隐藏文字"))
    if seen["pictures"]:
        found.append(tr(f"{seen['pictures']} picture(s) were not read", f"有 {seen['pictures']} 张图片未读取"))
    if seen["objects"]:
        found.append(
            tr(f"{seen['objects']} embedded object(s) were not read", f"有 {seen['objects']} 个嵌入对象未读取")
        )
    if seen["foreign"]:
        found.append(
            tr(
                "a part embedded in another format was not read; save the document anew in Word",
                "嵌入的其他格式内容未读取；请在 Word 中另存",
            )
        )
    if any(_base(member) == "vbaProject.bin" for member in package.members):
        found.append(tr("it holds macros, which were not touched", "含宏，未予理会"))
    return found


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _wordless(seen: Counter, name: str) -> ReadingError:
    if seen["pictures"]:
        return ReadingError(
            tr("The document holds pictures only, no text.", "文档中只有图片，没有文字。"),
            where=name,
            todo=tr("Save it as PDF and have it read by OCR.", "请另存为 PDF 后用 OCR 识别。"),
        )
    return ReadingError(
        tr("The document holds no text.", "文档中没有文字。"),
        where=name,
        todo=tr("Save the document again, or remove the file.", "请重新保存该文件，或将它移走。"),
    )
