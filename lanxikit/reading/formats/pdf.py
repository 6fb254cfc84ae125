"""PDF files: the text layer where there is one, else the picture of the page through OCR."""

from __future__ import annotations

import io
from collections.abc import Callable

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.formats import layout, pdf_rules, pdf_runs
from lanxikit.reading.formats.pages import Page, written
from lanxikit.reading.formats.reading import Reading, page_done

MOST_PAGES = 2_000
_FEWEST = 8
"""Fewer characters than these on a page with a picture: a scan with a page number stamped on it."""
_LOST = 0.3


def read(data: bytes, name: str, *, lexicon: str | None = None) -> Reading:
    """Read a PDF. Nothing in it is run: no script, no link, no attachment.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Named in errors.
    lexicon : path, optional
        A folder with a ``radicals.tsv`` of your own.

    Returns
    -------
    Reading
        A paragraph a line, a table row a line with tabs, a form feed where a page begins.

    Raises
    ------
    ReadingError
        The file is damaged, locked with a password, or has no text layer while the OCR extra
        is not installed.

    Notes
    -----
    Text by pypdfium2, tables by pdfplumber's algorithm on the rules that the page draws.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(error, name) from None
    try:
        return _reading(document, lambda number, signs: _second(data, number, signs), name, lexicon)
    finally:
        document.close()


def _reading(document, second: Callable, name: str, lexicon: str | None) -> Reading:
    count = len(document)
    if count > MOST_PAGES:
        raise ReadingError(
            tr(
                f"The PDF has {count} pages (at most {MOST_PAGES} are read).",
                f"PDF 有 {count} 页（最多读取 {MOST_PAGES} 页）。",
            ),
            where=name,
            todo=tr("Part it into several files.", "请拆分为几个文件。"),
        )
    pages: list[Page] = []
    notes: list[str] = []
    bare: list[int] = []
    sure: list[tuple[int, float]] = []
    lost = 0
    beyond: dict[str, list[int]] = {}
    for number in range(count):
        page = _page(document, number)
        if page is None:
            notes.append(tr(f"page {number + 1} cannot be read (damaged)", f"第 {number + 1} 页已损坏，无法读取"))
            continue
        told: list[str] = []
        try:
            signs, turn, unmapped = pdf_runs.signs(page, told)
            shown = page.get_rotation() // 90
            if (not signs or turn == shown) and pdf_runs.lost(page, told):
                more = second(number, signs)
                if more is None:
                    notes.append(tr(f"page {number + 1} lacks characters", f"第 {number + 1} 页缺少部分字符"))
                else:
                    signs, turn = more, shown
            if len(signs) < _FEWEST or unmapped > _LOST * len(signs):
                picture = _pictured(page) or unmapped > 0
                read = _by_eye(page) if picture else None
                if read is not None:
                    pages.append(read[0])
                    sure.append((number + 1, read[1]))
                    continue
                if picture:
                    bare.append(number + 1)
            lost += unmapped
            pages.append(_laid_out(page, signs, turn, lexicon, told))
        finally:
            page.close()
            for what in dict.fromkeys(told):
                beyond.setdefault(what, []).append(number + 1)
    text = written(pages)
    if not text.strip():
        raise _empty(bare, name)
    if bare:
        listed = _some(bare)
        notes.append(
            tr(
                f'{len(bare)} page(s) have no text layer and were not read ({listed}): pip install "lanxikit[ocr]"',
                f'有 {len(bare)} 页没有文字层，未读取（{listed}）：请运行 pip install "lanxikit[ocr]"',
            )
        )
    notes += [_left_out(what, _some(where)) for what, where in beyond.items()]
    if lost:
        notes.append(
            tr(
                f"{lost} character(s) have no Unicode in the file and are shown as U+FFFD",
                f"有 {lost} 个字符在文件中没有 Unicode 编码，以 U+FFFD 表示",
            )
        )
    reader = "pdf text"
    if sure:
        from lanxikit.reading.formats import ocr

        notes.append(ocr.note(sure))
        reader = "ocr" if len(sure) == len(pages) else "pdf text, ocr"
    return Reading(text + "\n", reader, tuple(notes))


def _some(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")


def _left_out(what: str, listed: str) -> str:
    """The remark on pages that are beyond a limit."""
    if what == "characters":
        return tr(
            f"page(s) {listed}: only the first characters of the page were read (too many)",
            f"第 {listed} 页：字符过多，只读取了该页前面的部分",
        )
    if what == "turned":
        return tr(f"page(s) {listed}: text set sideways was left out", f"第 {listed} 页：方向不同的文字未读取")
    if what == "pieces":
        return tr(
            f"page(s) {listed}: too many pieces of text to check that none is missing",
            f"第 {listed} 页：文字片段过多，无法核对是否缺字",
        )
    return tr(
        f"page(s) {listed}: too many lines are drawn to find tables",
        f"第 {listed} 页：图线过多，未识别表格",
    )


def _second(data: bytes, number: int, signs: list) -> list | None:
    """Let pdfplumber supply what pdfium passes over on a page; None where it cannot."""
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it grumbles about every font
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number + 1]) as file:
            return pdf_runs.supplied(signs, file.pages[0])
    except MemoryError:
        raise
    except Exception:
        # It is stricter than pdfium with damaged files, and its errors are of many kinds.
        return None


def _page(document, number: int):
    import pypdfium2

    try:
        return document[number]
    except pypdfium2.PdfiumError:
        return None


def _laid_out(page, signs: list, turn: int, lexicon: str | None, told: list[str]) -> Page:
    """A page with a text layer."""
    left, bottom, right, top = page.get_mediabox()
    _, high, _, low = pdf_runs.upright((left, bottom, right, top), turn)
    high, low = min(high, low), max(high, low)
    drawn = pdf_rules.rules(page, turn, told) if signs else []
    return layout.page(signs, drawn, high, low, lexicon, told)


def _pictured(page) -> bool:
    """Tell whether a page shows a picture or a drawing."""
    import pypdfium2.raw as raw

    wanted = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING]
    return next(iter(page.get_objects(filter=wanted, max_depth=5)), None) is not None


def _by_eye(page) -> tuple[Page, float] | None:
    """Read the picture of a page, if the OCR extra is installed."""
    from lanxikit.reading.formats import ocr

    if not ocr.installed():
        return None
    read = ocr.page(ocr.rendered(page))
    page_done()
    return read


def _refused(error: Exception, name: str) -> ReadingError:
    if "password" in str(error).lower():
        return ReadingError(
            tr("The PDF is locked with a password.", "PDF 已用密码加密。"),
            where=name,
            todo=tr("Save it without a password.", "请另存为不加密的文件。"),
        )
    return ReadingError(
        tr("The PDF is damaged or no PDF.", "PDF 已损坏，或不是 PDF 文件。"),
        where=name,
        todo=tr("Download it again, or open it and print it to PDF.", "请重新下载，或打开后另行打印为 PDF。"),
    )


def _empty(bare: list[int], name: str) -> ReadingError:
    from lanxikit.reading.formats import ocr

    if bare and not ocr.installed():
        return ocr.missing(name)
    return ReadingError(
        tr("The PDF shows no text.", "PDF 中没有文字。"),
        where=name,
        todo=tr("Check that it is the right file.", "请检查是否选对了文件。"),
    )
