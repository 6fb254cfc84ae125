"""Web pages of governments: the document in reading order, the page's index at its head."""

from __future__ import annotations

import codecs
import re

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading import decode, front
from lanxikit.reading.formats import html_body, html_index, html_lines, html_nesting, html_second
from lanxikit.reading.formats.reading import Reading
from lanxikit.text.fold import bare, fold

_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{2,20})", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "x-gbk": "gb18030"}
_NEVER_TRUE = ("iso8859-1", "ascii", "cp1252")
_SITE = re.compile(r"\s{0,9}(?:[_|｜]|-{1,2}|——|--)\s{0,9}[^_|｜-]{0,40}$")
_FRAME = re.compile(r"<i?frame\b[^<>]{0,2000}", re.I)
_NUMBER = re.compile(r"[〔\[(【]\d{4}[〕\])】]\s?(?:第\s?)?\d{1,4}\s?号")
_SHORT = 60
# A page's title that is only its site's, or its column's; the name of a government alone (凉山州人民政府) is one too.
_OF_SITE = re.compile(r"(?:网|网站|平台|门户|首页|详情|页面|信息公开|政务公开|公开目录|频道|专栏)$")
# A document type with declarations of its own (XHTML made by XML tools); a parser of HTML ends it at their first ">".
_SUBSET = re.compile(
    r"(<!doctype\b[^<>\[]{0,1000})\["
    r"(?:[^<>\]]|<!--(?:[^-]|-(?!->))*+-->|<![^<>\"'-](?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}')*+>|<\?[^<>]{0,1000}\?>)*+"
    r"\]\s{0,9}>",
    re.I,
)


def read(data: bytes, name: str, *, lexicon: str | None = None) -> Reading:
    """Read a web page. Nothing on it is run, nothing that it points to is fetched.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Named in errors.
    lexicon : path, optional
        A folder with word lists of your own (``web_blocks.tsv``, ``web_fields.tsv``, ``page_words.tsv``).

    Returns
    -------
    Reading
        A paragraph a line, a table row a line with tabs; index fields first
        (“索引号：…”), then the title where the body lacks it, then the body.

    Raises
    ------
    ReadingError
        The file is empty, in no known encoding, or shows no text.

    Examples
    --------
    >>> page = "<nav><a href='/'>首页</a></nav><h1>兰州市规划</h1><p>一、推进合作，<b>共建</b>园区。</p>"
    >>> read(page.encode(), "page.html").text
    '兰州市规划\\n一、推进合作，共建园区。\\n'
    """
    page, notes = decoded(data, name)
    page = _SUBSET.sub(r"\1>", page, count=1)
    page, dropped = html_nesting.flattened(page)
    if dropped:
        notes.append(tr(f"{dropped} tags nested too deep were ignored", f"{dropped} 个嵌套过深的标签未计入"))
    root = _parsed(page, name)
    frames = len(_FRAME.findall(page))
    if frames:
        notes.append(tr(f"{frames} frame(s) of the page were not read", f"页面中有 {frames} 个框架未读取"))
    found = html_lines.lines(root)
    if not found:
        todo = tr("Save the page that shows the text itself.", "请保存显示正文的那个页面。")
        if frames:
            todo = tr("The text is in a frame: open it alone and save it.", "正文在框架页中：请单独打开该框架并保存。")
        raise ReadingError(tr("The web page shows no text.", "网页中没有正文。"), where=name, todo=todo)
    body = html_body.Body(root, found, lexicon)
    if html_second.missed([line.text for line in body.lines], root, page):
        body.lines = [line for line in found if not html_body.site_line(line.text, lexicon)]
        body.head = body.tail = []
        notes.append(tr("the page's text could not be told from its surroundings", "未能分清正文与页面其余部分"))
    return Reading("\n".join(_written(body, root, lexicon)) + "\n", "html", tuple(notes))


def decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    """Decode a page: by its mark, by what it says of itself, else as any text; spoilt bytes are counted."""
    said = _CHARSET.search(data[:8192])
    names = []
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names.append("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-16")
    elif said:
        label = said[1].decode("ascii", "replace").lower()
        names.append(_WIDER.get(label, label))
    for encoding in names:
        try:
            if codecs.lookup(encoding).name not in _NEVER_TRUE:
                return data.decode(encoding), []
        except (UnicodeDecodeError, LookupError):
            pass
    text, _, spoilt = decode.decoded(data, name)
    if not spoilt:
        return text, []
    return text, [tr(f"{spoilt} character(s) could not be decoded", f"有 {spoilt} 个字符无法解码")]


def _parsed(page: str, name: str):
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, default_doctype=False
    )
    try:
        root = html.document_fromstring(page.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise ReadingError(
            tr("The web page shows no text.", "网页中没有正文。"),
            where=name,
            todo=tr("Open it in a browser and save it again.", "请用浏览器打开后重新保存。"),
        )
    return root


def _written(body, root, lexicon: str | None) -> list[str]:
    """Index fields, title and number where the body lacks them, the body, attachments behind it."""
    around = [line.text for line in (*body.head, *body.tail)]
    # Side bars hold lists of other documents with dates of their own: fields come from the head, and from short lines.
    pairs, used = html_index.fields(around[: len(body.head)], lexicon)
    inside, leading = html_index.fields([line.text for line in body.lines[:25]], lexicon)
    index = _in_front(leading, body.lines)
    pairs = dict(inside if index else []) | dict(pairs)
    lines = [line.text for number, line in enumerate(body.lines) if number not in index]
    start = bare("".join(lines[:12])[:800])
    head = [f"{field}：{value}" for field, value in pairs.items()]
    title = _title(body, root, lexicon)
    if title and bare(title) not in start:
        head.append(title)
    for number, line in enumerate(body.head):
        numbered = number not in used and len(line.text) <= _SHORT and _NUMBER.search(fold(line.text))
        if numbered and not line.links and bare(line.text) not in start and not body.furniture(line.block):
            head.append(line.text)
    head = list(dict.fromkeys(head))
    behind = [line.text for line in body.tail if line.file and not body.furniture(line.block)]
    return head + lines + [text for text in behind if text not in lines]


def _in_front(numbers: list[int], lines: list) -> set[int]:
    """Of the body's lines with fields, those that stand at its very head (a table of the index, a source line)."""
    front = set()
    for number in numbers:
        if number > len(front) + 2 or len(lines[number].text) > 300:
            break
        front.add(number)
    return front


def _title(body, root, lexicon: str | None) -> str:
    """The title that the page gives its document."""
    metas = [
        element.get("content") or ""
        for element in root.iter("meta")
        if (element.get("name") or "").lower() in ("articletitle", "article_title", "contenttitle")
    ]
    lines = [line for line in body.head if len(line.text) <= 200 and "\t" not in line.text]
    heads = [line.text for line in lines if line.block.tag in ("h1", "h2")]
    named = [
        line.text for line in lines if html_body.kind(line.block, lexicon) == "title" and not body.furniture(line.block)
    ]
    page = ["".join(element.itertext()) for element in root.iter("title")]
    for title in [*metas, *heads, *named, *(_SITE.sub("", text) for text in page[:1])]:
        title = " ".join(title.split())
        if 5 <= len(title) <= 200 and not _OF_SITE.search(title) and not front.is_organ(fold(title), lexicon):
            return title
    return ""
