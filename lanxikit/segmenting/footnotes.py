"""Footnotes: lines that open with a mark which stands in the text, and 注： lines."""

from __future__ import annotations

import re

_MARK = re.compile(r"\[\d{1,3}\]|〔\d{1,3}〕|\[\^\w{1,8}\]:?|[①-⑳㉑-㉟]|\*{1,3}(?=[^*])|※")
_NOTE = re.compile(r"\(?注(?:释)?\d{0,2}:|\[注\]|注\d{1,2}[.、]")
_CIRCLED = re.compile(r"[①-⑳㉑-㉟]")
# Before a circled number that counts items, not before one that points to a note.
_COUNTS = frozenset("。;:,、(《“ ")


def footnote_lines(folded: list[str]) -> set[int]:
    """Find the lines that are footnotes (a footnote may go on in the lines below).

    Examples
    --------
    >>> sorted(footnote_lines(["建设“一核两翼”[1]格局。", "[1]一核:主城区。", "①建设公园。", "注:①为约束性指标。"]))
    [1, 3]
    """
    heads = [(i, match) for i, text in enumerate(folded) if text and (match := _MARK.match(text))]
    found = {i for i, text in enumerate(folded) if text and text[0] in "注([" and _NOTE.match(text)}
    if not heads:
        return found
    circled = _pointers(folded)
    whole = "".join(folded)  # a line's end may stand before a mark or in it
    last = {match.group().rstrip(":"): index for index, match in heads}
    for index, match in heads:
        mark = match.group().rstrip(":")
        if _CIRCLED.fullmatch(mark):
            if circled.get(mark, index) < index:
                found.add(index)
        elif mark[0] in "[〔" and last[mark] == index and whole.count(mark) > 1:
            found.add(index)
    return found


def _pointers(folded: list[str]) -> dict[str, int]:
    """The first line in which a circled number points to a note: behind a word, not behind a mark."""
    found: dict[str, int] = {}
    for index, text in enumerate(folded):
        if not text.isascii():
            for match in _CIRCLED.finditer(text, 1):
                if text[match.start() - 1] not in _COUNTS and not _CIRCLED.match(text[match.start() - 1]):
                    found.setdefault(match.group(), index)
    return found
