"""Where each character of a cleaned text stands in the source file.

A unit's ``text`` is a row of slices of the source, written ``"12-45;47-90"`` in its
``pieces`` cell: readable, safe in CSV, and enough to lead every finding back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate


def encode(spans: Iterable[tuple[int, int]]) -> str:
    """Write source slices as ``"12-45;47-90"``, joining those that touch.

    Examples
    --------
    >>> encode([(0, 3), (3, 5), (8, 9)])
    '0-5;8-9'
    """
    spans = [(start, end) for start, end in spans if start != end]
    if not spans:
        return ""
    found: list[str] = []
    low, high = spans[0]
    for start, end in spans[1:]:
        if start != high:
            found.append(f"{low}-{high}")
            low = start
        high = end
    found.append(f"{low}-{high}")
    return ";".join(found)


def decode(pieces: str) -> list[tuple[int, int]]:
    """Read ``"12-45;47-90"`` back into ``[(12, 45), (47, 90)]``."""
    if not pieces:
        return []
    if ";" not in pieces:
        start, end = pieces.split("-")
        return [(int(start), int(end))]
    return [(int(a), int(b)) for a, b in (piece.split("-") for piece in pieces.split(";"))]


class SourceMap:
    """Leads positions in a unit's text back to the source file.

    Parameters
    ----------
    pieces : str
        The unit's ``pieces`` cell; empty where the text stands in the source as it is.
    start : int
        The unit's ``start``, used where ``pieces`` is empty.

    Examples
    --------
    >>> SourceMap("10-13;20-25").span(1, 5)
    (11, 22)
    """

    def __init__(self, pieces: str | float | None, start: int = 0) -> None:
        spans = decode(pieces) if isinstance(pieces, str) else []
        self._spans = spans or [(int(start), int(start) + (1 << 40))]

    @cached_property
    def _heads(self) -> list[int]:
        return [0, *accumulate(end - begin for begin, end in self._spans)][:-1]

    def at(self, position: int) -> int:
        """Return where the character at ``position`` of the text stands in the source."""
        index = max(bisect_right(self._heads, position) - 1, 0)
        return self._spans[index][0] + position - self._heads[index]

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Return the source span ``(start, end)`` that covers ``text[begin:end]``."""
        spans = self._spans
        if len(spans) == 1:
            first = spans[0][0]
            return first + begin, first + max(begin, end)
        if end <= begin:
            return self.at(begin), self.at(begin)
        return self.at(begin), self.at(end - 1) + 1

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the part ``(begin, end)`` of the text that a source span covers; None where it covers none.

        Examples
        --------
        >>> SourceMap("10-13;20-25").find(11, 22)
        (1, 5)
        """
        found = None
        for (low, high), head in zip(self._spans, self._heads, strict=True):
            first, last = max(low, start), min(high, end)
            if first < last:
                found = (found[0] if found else head + first - low, head + last - low)
        return found
