"""A page's element tree to lines: what a browser would show, a paragraph a line.

Blocks begin and end lines, ``<br>`` breaks them, inline elements do not; blanks count as
HTML lays down. Numbers of ``<ol>`` are written out. Tables of data become tabbed rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lanxikit.reading.formats.html_tables import Tables
from lanxikit.text.fold import is_cjk


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS = _words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup p pre "
    "section summary table tbody td tfoot th thead tr ul "
)
UNSEEN = _words(
    "script style noscript template head iframe object embed applet svg math canvas audio video select button "
    "input textarea datalist title meta link noframes xml "
)
_HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all)", re.I
)
_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u2002-\u200a\u202f\u3000]+")
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad\x00\u2060"))
_MARKER = re.compile(
    r"[（(]?[一二三四五六七八九十百]{1,4}[）)、]|[（(]\d{1,3}[）)]|\d{1,3}[.．、](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十百\d]{1,5}[编章节条]"
)
_STOPS = "。；;！!？?：:”）)》…"
_HAN = "一二三四五六七八九"


@dataclass(slots=True)
class Line:
    """A line of the page: its text, the block it stands in, and how much of it is links."""

    text: str
    block: object
    links: int = 0
    file: bool = False
    row: bool = False


def unseen(element) -> bool:
    """Tell whether a browser shows nothing of an element."""
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN:
        return True
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and bool(_HIDDEN.search(style[:2000]))


def lines(root) -> list[Line]:
    """Return the lines that a page shows, in order."""
    return _Walk(Tables(root, unseen)).run(root)


class _Walk:
    """One way through the tree, without recursion; ``waiting`` is the line that is being written."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.found: list[Line] = []
        self.waiting: list[tuple[str, bool]] = []
        self.file = False
        self.number = ""

    def run(self, root) -> list[Line]:
        links, preformatted = 0, 0
        counters: list[list] = []
        todo: list[tuple[object, object]] = [(root, root)]
        while todo:
            element, block = todo.pop()
            if isinstance(element, tuple):
                (element,) = element
                tag = element.tag
                if tag == "a" and _leads(element):
                    links -= 1
                elif tag == "pre":
                    preformatted -= 1
                if tag in BLOCKS:
                    self.flush(element)
                    if tag in ("ol", "ul") and counters:
                        counters.pop()
                self.add(element.tail, links, preformatted, block)
                continue
            if unseen(element):
                self.add(element.tail if element is not root else None, links, preformatted, block)
                continue
            tag = element.tag
            inner = element if tag in BLOCKS else block
            if tag in BLOCKS or tag == "br":
                self.flush(block)
            if tag == "table" and (rows := self.tables.rows(element, self.cell)) is not None:
                self.found += [Line(row, element, row="\t" in row) for row in rows]
                self.add(element.tail, links, preformatted, block)
                continue
            if tag == "a" and _leads(element):
                links += 1
                self.file |= is_file(element)
            elif tag == "pre":
                preformatted += 1
            elif tag in ("ol", "ul"):
                counters.append([tag, _start(element), element])
            elif tag == "li" and counters and counters[-1][0] == "ol":
                self.number = _numbered(counters[-1], element)
            if element is not root:
                todo.append(((element,), block))
            self.add(element.text, links, preformatted, inner)
            todo.extend((child, inner) for child in reversed(element))
        self.flush(root)
        return self.found

    def cell(self, element) -> str:
        """What a cell says, on one line; a table inside it lies flat."""
        return " ".join(line.text.replace("\t", " ") for line in _Walk(self.tables).run(element))

    def add(self, text: str | None, links: int, preformatted: int, block) -> None:
        if not text:
            return
        if preformatted and "\n" in text:
            *whole, text = text.split("\n")
            for part in whole:
                self.waiting.append((part, links > 0))
                self.flush(block)
        self.waiting.append((text, links > 0))

    def flush(self, block) -> None:
        """End the line."""
        if not self.waiting:
            return
        parts = normal("".join(text for text, _ in self.waiting))
        if parts:
            linked = sum(len(text.strip()) for text, link in self.waiting if link)
            if self.number and not _MARKER.match(parts[0]):
                parts[0] = self.number + parts[0]
            self.number = ""
            self.found += [Line(part, block, linked if len(parts) == 1 else 0, self.file) for part in parts]
            self.file = False
        self.waiting.clear()


def normal(text: str) -> list[str]:
    """Collapse blanks as a browser does, and part paragraphs that only an indent parts.

    Examples
    --------
    >>> normal("　　推进兰州\\n西宁合作。　　二、产业")
    ['推进兰州西宁合作。', '二、产业']
    """
    text = text.translate(_NOTHING)
    return [part for part in _BLANKS.sub(_blank, text).strip().split("\n") if part]


def _blank(match: re.Match) -> str:
    run, (start, end), text = match[0], match.span(), match.string
    if start == 0 or end == len(text):
        return ""
    before, behind = text[start - 1], text[end]
    wide = run.count("\u3000") + sum(run.count(sign) for sign in "\u00a0\u2002\u2003") / 2
    if wide >= 2 and (before in _STOPS or _MARKER.match(text, end)):
        return "\n"
    if wide == 0 and ("\n" in run or "\r" in run) and is_cjk(before) and is_cjk(behind):
        return ""
    return "\u3000" if run == "\u3000" else " "


def _leads(element) -> bool:
    """Tell whether a link leads off the page; marks such as Word's ``<a name="_Toc1">`` do not."""
    return not (element.get("href") or "#").strip().startswith("#")


def is_file(element) -> bool:
    """Tell whether a link leads to a document to be downloaded."""
    href = (element.get("href") or "")[-300:].lower().split("?")[0].split("#")[0]
    return href.endswith((".doc", ".docx", ".pdf", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".zip", ".rar", ".ceb"))


def _start(element) -> int:
    start = element.get("start", "1").strip()
    return int(start) if re.fullmatch(r"\d{1,6}", start) else 1


def _numbered(counter: list, item) -> str:
    """Return the number that a browser writes before an ``<li>``, and count on."""
    _, number, owner = counter
    value = item.get("value", "").strip()
    number = int(value) if re.fullmatch(r"\d{1,6}", value) else number
    counter[1] = number + 1
    style = (owner.get("style") or "")[:500] + (owner.get("type") or "").join(("{", "}"))
    if "none" in style:
        return ""
    if "chinese" in style or "ideographic" in style:
        return _han(number) + "、"
    kind = next((sign for sign in "aAiI" if f"{{{sign}}}" in style), "")
    if "roman" in style:
        kind = "I" if "upper" in style else "i"
    elif "alpha" in style or "latin" in style:
        kind = "A" if "upper" in style else "a"
    if kind in ("i", "I"):
        return (_roman(number) if kind == "I" else _roman(number).lower()) + ". "
    if kind and 1 <= number <= 26:
        return chr(ord(kind) + number - 1) + ". "
    return f"{number}. "


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    ):
        while number >= value:
            written, number = written + sign, number - value
    return written


def _han(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _HAN[tens - 1]) + ("十" if tens else "") + (_HAN[ones - 1] if ones else "")
