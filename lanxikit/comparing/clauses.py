"""A leaf's text cut at its punctuation, for matching part by part."""

from __future__ import annotations

import re

from lanxikit.text.fold import fold

_END = re.compile(r"[,;:。!?\n]+")
_WORD = re.compile(r"[\w%]")
SHORTEST = 4  # characters; a shorter stretch joins the one before it


def clauses(text: str) -> list[tuple[int, int]]:
    """Return ``(begin, end)`` of the stretches between punctuation marks.

    A simpler cut than ``lx.segment(unit="clause")``: for matching it need not be an action.

    Examples
    --------
    >>> text = "开展培育计划，力争达到7家；等。"
    >>> [text[i:j] for i, j in clauses(text)]
    ['开展培育计划', '力争达到7家；等']
    """
    plain, found, begin = fold(text), [], 0
    for end, after in [*((mark.start(), mark.end()) for mark in _END.finditer(plain)), (len(plain), len(plain))]:
        size = len(_WORD.findall(plain, begin, end))
        if size >= SHORTEST or (size and not found):
            found.append((begin, end))
        elif size:
            found[-1] = (found[-1][0], end)
        begin = after
    return found
