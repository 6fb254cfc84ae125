"""The physical lines of a file, cleaned for reading, each with its way back.

Cleaning takes away markup (``**``, ``##``, ``>``, links, fences, rules) and layout blanks (any
blank beside a Chinese character, blanks between all characters); every other character is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from lanxikit.text.fold import fold, fold_file, is_cjk
from lanxikit.text.shared import shared

# Blanks of every kind, zero-width marks and byte-order marks; a tab parts table cells.
BLANK = r"\s\u200b-\u200f\u2060\ufeff"
# The same but for breaks. Plain sets below: possessive groups go wrong before Python 3.11.5.
INLINE = r"\t\x1c-\x1f \x85\xa0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff"
_RUN = re.compile(rf"[^{BLANK}]+")
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff—–“”‘’…·"  # what is_cjk tells
_LATIN_GAP = re.compile(rf"(?<=[^{_CJK}{BLANK}])[{BLANK}]++[^{_CJK}]")
_QUOTE = re.compile(r"[ \t]{0,3}(?:> ?){1,4}")
_HASHES = re.compile(r"\s{0,8}#{1,6}(?=\s)")
_ITEM = re.compile(r"[ \t\u3000]{0,16}[-*+] {1,3}(?=\S)(?!\d{1,4} ?[-*])")  # a Markdown bullet, no page number - 3 -
_BOLD = re.compile(r"\*\*|__")
_LINK = re.compile(
    r"!\[[^\[\]\n]{0,200}\]\([^()\s]{0,400}\)|\[([^\[\]\n]{1,200})\]\((?:https?:|www\.|[./#]|mailto:)[^()\s]{0,400}\)"
)
_BLANKS = dict.fromkeys(map(ord, "\n\r\t\v\f\u2028\u2029"), " ")
_RULE = frozenset("-*_=~—")
_MARKUP = ("](", "**", "__", "#", "```")
_OPENING = frozenset("-*+>_=~—")  # a quotation, an item, a rule
_WIDEST = 200  # blanks before a line that are looked at
_LEADING = re.compile(rf"[{BLANK}]{{0,{_WIDEST}}}")
_ENDS = r"\n\r\v\f\u2028\u2029"
# All lines in one search, each to behind its break. What leaves nothing out but blanks around it (no markup, no
# cells, no blanks inside) is read off the match: its blanks, its words (1), its break (2). Else group 3 takes it.
_LINE = re.compile(
    rf"[{INLINE}]{{0,200}}+"
    rf"(?:([^{BLANK}#*_\]|>`~=—+-][^{BLANK}*_\]]*+)[^\S\t{_ENDS}]*+)?(\r\n|[{_ENDS}]|\Z)"
    rf"|([^{_ENDS}]*+)(?:\r\n|[{_ENDS}]|\Z)"
)
_BULLETS = "●★•■◆▪○◇□▲✓►"
_DASHES = ("——", "--", *_BULLETS)
# Before a tab that parts no cells: a number or a label (Word writes a tab behind both).
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([^()]{1,3}\)|\d{1,3}[.、)]|第[^第]{1,5}[编章节条]|[^:]{2,12}:)\Z"
)
_SPACED = 0.8  # share of lone characters in a text with blanks between all of them

Span = tuple[int, int]


class Line(NamedTuple):
    """One physical line: ``[start, end)`` with its line break, and what is to be read of it.

    ``folded``: its text in half width; ``tabs``: it is cut into cells; ``indent``: blanks before it, in
    half-width columns; ``bullet``: it opens with one; ``feed``: a page ends with it.
    """

    start: int
    end: int
    text: str
    spans: list[Span]
    tabs: bool = False
    indent: int = 0
    bullet: bool = False
    feed: bool = False
    folded: str = ""


def tidy(source: str, start: int, end: int) -> list[Span]:
    """Return the slices of ``source[start:end]`` that are text: no markup, no layout blanks.

    Examples
    --------
    >>> s = "年内 G109 小峡口, New  Area"
    >>> "".join(s[a:b] for a, b in tidy(s, 0, len(s)))
    '年内G109小峡口, New Area'
    >>> s = "到 2 0 2 5 年 建 成"
    >>> "".join(s[a:b] for a, b in tidy(s, 0, len(s)))
    '到2025年建成'
    """
    marked = _HASHES.match(source, start, end)
    begin = marked.end() if marked else start
    if source.find("](", begin, end) >= 0:
        spans, low = [], begin
        for link in _LINK.finditer(source, begin, end):  # the words of a link without its address; an image has none
            spans += _runs(source, low, link.start())
            spans += _runs(source, *link.span(1)) if link.group(1) else []
            low = link.end()
        return spans + _runs(source, low, end)
    return _runs(source, begin, end)


def _runs(source: str, begin: int, end: int) -> list[Span]:
    runs = [run.span() for run in _RUN.finditer(source, begin, end)]
    if source.find("**", begin, end) >= 0 or source.find("__", begin, end) >= 0:
        return _marked(source, runs)
    if len(runs) < 2 or _is_spaced(source, runs):
        return runs
    if _LATIN_GAP.search(source, begin, end) is None:
        return runs
    spans = runs[:1]
    for before, run in pairwise(runs):
        low = run[0]
        if not (is_cjk(source[before[1] - 1]) or is_cjk(source[low])):
            spans.append((low - 1, low))  # one blank between two Latin words
        spans.append(run)
    return spans


def _marked(source: str, runs: list[Span]) -> list[Span]:
    """The same where bold type is marked: the marks are left out."""
    spaced = _is_spaced(source, runs)
    spans: list[Span] = []
    for low, high in runs:
        if spans and low > spans[-1][1] and not spaced:
            first = low
            while first < high - 2 and source[first] in "*_" and source[first + 1] == source[first]:
                first += 2
            if not (is_cjk(source[spans[-1][1] - 1]) or is_cjk(source[first])):
                spans.append((low - 1, low))
        for mark in _BOLD.finditer(source, low, high):
            if mark.start() > low:
                spans.append((low, mark.start()))
            low = mark.end()
        if low < high:
            spans.append((low, high))
    return spans


def _is_spaced(source: str, runs: list[Span]) -> bool:
    """Tell whether blanks stand between all characters, so that none parts two words."""
    if len(runs) < 4:
        return False
    lone = sum([high - low == 1 for low, high in runs])
    return lone >= _SPACED * len(runs) and any(is_cjk(source[low]) for low, _ in runs[:20])


def read(source: str, spans: list[Span]) -> str:
    """Return the text that slices of the source make up; line breaks in them read as blanks."""
    text = "".join([source[a:b] for a, b in spans])
    return text if text.isprintable() else text.translate(_BLANKS)


def lines(source: str) -> list[Line]:
    r"""Cut a file at its line breaks: ``\n``, ``\r\n``, ``\r``, ``\v``, ``\f`` and U+2028/2029.

    Those of the last two files are kept, as several steps read the same one after another; in a batch all.

    Examples
    --------
    >>> [line.text for line in lines("一、甲\r\n二、乙\r三、丙\f")]
    ['一、甲', '二、乙', '三、丙']
    """
    return list(shared(("lines", source), lambda: _lines(source)))


@lru_cache(maxsize=2)
def _lines(source: str) -> tuple[Line, ...]:
    found, fenced, folded = [], source.find("```") >= 0, fold_file(source)
    marked = any([mark in source for mark in _MARKUP])
    add, new, indents = found.append, tuple.__new__, {}  # most of the time goes into this loop
    for match in _LINE.finditer(source):
        (start, end), span, (stop, _), (other, high) = match.regs
        if start == end:  # behind the last break
            break
        low = span[0]
        if low >= 0:
            words, indent = folded[low : span[1]], 0
            if low > start:
                lead = source[start:low]
                indent = indents.get(lead)
                if indent is None:
                    indent = indents[lead] = _columns(source, start, low)
            feed = source[end - 1] == "\f"
            add(new(Line, (start, end, match[1], [span], False, indent, words[0] in _BULLETS, feed, words)))
        elif other < 0:
            add(new(Line, (start, end, "", [], False, 0, False, source[stop:end] == "\f", "")))
        else:
            line = None if marked else _blanked(source, folded, start, high, end)
            add(line or _line(source, folded, start, high, end, fenced))
    return tuple(found)


def _blanked(source: str, folded: str, start: int, stop: int, end: int) -> Line | None:
    """Read a line with blanks inside, as rows of tables have, in a file without markup; None where more is seen."""
    runs = [run.span() for run in _RUN.finditer(source, start, stop)]
    if not runs:
        return None
    lead = runs[0][0]
    first = source[lead]
    if first in _OPENING or lead - start > _WIDEST:
        return None
    if len(runs) > 1 and not _is_spaced(source, runs) and _LATIN_GAP.search(source, lead, stop):
        return None
    text = "".join([source[a:b] for a, b in runs])
    half = "".join([folded[a:b] for a, b in runs])
    tabs = _cells(source, lead, stop, text)
    indent = 0 if lead == start else _columns(source, start, lead)
    return Line(start, end, text, runs, tabs, indent, first in _BULLETS, source[end - 1] == "\f", half)


def _line(source: str, folded: str, start: int, stop: int, end: int, fenced: bool) -> Line:
    """Read a line that holds markup, cells or blanks."""
    feed = source[stop:end] == "\f"
    lead = _LEADING.match(source, start, stop).end()
    if lead == stop or (fenced and source.startswith("```", lead)):
        return Line(start, end, "", [], feed=feed)
    begin = start
    if source[lead] == ">":
        begin = _QUOTE.match(source, start, stop)
        begin = begin.end() if begin else start
    item = _ITEM.match(source, begin, stop) if source[lead] in "-*+>" else None
    begin = item.end() if item else begin
    spans = tidy(source, begin, stop)
    text = read(source, spans)
    if len(text) > 2 and text[0] in _RULE and not set(text) - _RULE:
        return Line(start, end, "", [], feed=feed)
    bullet = item is not None or text.startswith(_DASHES)
    tabs = _cells(source, lead, stop, text)
    half = "".join([folded[a:b] for a, b in spans])
    return Line(start, end, text, spans, tabs, _columns(source, start, lead), bullet, feed, half)


def _columns(source: str, start: int, lead: int) -> int:
    if lead == start:
        return 0
    head = source[start:lead]
    return len(head) + head.count("\u3000") + 3 * head.count("\t")


def _cells(source: str, start: int, stop: int, text: str) -> bool:
    """Tell whether a line is a row of a table: cells between tabs, or between bars (Markdown)."""
    if text.startswith("|"):
        return text.count("|") >= 3
    if source.find("\t", start, stop) < 0:
        return False
    cells = source[start:stop].strip().split("\t")
    filled = [cell for cell in cells if cell and not cell.isspace()]
    if len(cells) < 2 or (len(filled) == 2 and _NUMBERED.match(fold(filled[0]).strip())):
        return False
    return not all(":" in cell or "：" in cell for cell in filled)  # 索引号: … 发布机构: …


def at(spans: list[Span], position: int) -> int:
    """Return where the character at ``position`` of the text that ``spans`` make up stands in the file."""
    for start, end in spans:
        if position < end - start:
            return start + position
        position -= end - start
    return spans[-1][1]


def cut(spans: list[Span], begin: int, end: int) -> list[Span]:
    """Return the slices that make up ``text[begin:end]`` of the text that ``spans`` make up."""
    if len(spans) == 1:
        start, stop = spans[0]
        low, high = start + max(begin, 0), min(start + end, stop)
        return [(low, high)] if low < high else []
    kept, head = [], 0
    for start, stop in spans:
        low, high = max(begin - head, 0), min(end - head, stop - start)
        if low < high:
            kept.append((start + low, start + high))
        head += stop - start
    return kept
