"""The physical lines of a file, cleaned for reading, each with its way back.

Cleaning takes away markup (``**``, ``##``) and layout blanks (any blank beside a
Chinese character); every other character is kept.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lanxikit.text.fold import is_cjk

# Blanks of every kind, zero-width marks and byte-order marks; a tab parts table cells.
_BLANK = r"\s\u200b-\u200f\u2060\ufeff"
_RUN = re.compile(rf"[^{_BLANK}]+")
_HASHES = re.compile(r"\s*#{1,6}(?=\s)")
_BOLD = re.compile(r"\*\*|__")

Span = tuple[int, int]


class Line(NamedTuple):
    """One physical line: ``[start, end)`` with its line break, and what is to be read of it."""

    start: int
    end: int
    text: str
    spans: list[Span]
    tabs: bool


def tidy(source: str, start: int, end: int) -> list[Span]:
    """Return the slices of ``source[start:end]`` that are text: no markup, no layout blanks.

    Examples
    --------
    >>> s = "年内 G109 小峡口, New  Area"
    >>> "".join(s[a:b] for a, b in tidy(s, 0, len(s)))
    '年内G109小峡口, New Area'
    """
    spans: list[Span] = []
    begin = start
    marked = _HASHES.match(source, start, end)
    if marked:
        begin = marked.end()
    for run in _RUN.finditer(source, begin, end):
        low, high = run.span()
        if spans and low > spans[-1][1] and not (is_cjk(source[spans[-1][1] - 1]) or is_cjk(source[low])):
            spans.append((low - 1, low))  # one blank between two Latin words
        if "*" in run.group() or "__" in run.group():
            for mark in _BOLD.finditer(source, low, high):
                if mark.start() > low:
                    spans.append((low, mark.start()))
                low = mark.end()
        if low < high:
            spans.append((low, high))
    return spans


def read(source: str, spans: list[Span]) -> str:
    """Return the text that slices of the source make up; line breaks in them read as blanks."""
    return "".join(source[a:b] for a, b in spans).replace("\n", " ").replace("\t", " ")


def lines(source: str) -> list[Line]:
    """Cut a file at its line breaks (``\\n`` only: other break characters stay inside)."""
    found, start = [], 0
    while start < len(source):
        stop = source.find("\n", start)
        end = len(source) if stop < 0 else stop + 1
        body = end if stop < 0 else stop
        spans = tidy(source, start, body)
        text = read(source, spans)
        barred = text.startswith("|") and text.count("|") >= 3  # a row of a Markdown table
        found.append(Line(start, end, text, spans, barred or "\t" in source[start:body].strip()))
        start = end
    return found


def at(spans: list[Span], position: int) -> int:
    """Return where the character at ``position`` of the text that ``spans`` make up stands in the file."""
    for start, end in spans:
        if position < end - start:
            return start + position
        position -= end - start
    return spans[-1][1]


def cut(spans: list[Span], begin: int, end: int) -> list[Span]:
    """Return the slices that make up ``text[begin:end]`` of the text that ``spans`` make up."""
    kept, head = [], 0
    for start, stop in spans:
        low, high = max(begin - head, 0), min(end - head, stop - start)
        if low < high:
            kept.append((start + low, start + high))
        head += stop - start
    return kept
