"""Tables of contents: lines that announce headings which come later.

The word 目录 opens one, or dots with a page number close each of its lines, or its lines all
come back in the same order. It ends where the first of them comes back.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from functools import cached_property

from lanxikit.segmenting.contents_entries import ENTRY, Entries, is_led

_HEADER = re.compile(r"(?:目录|目次|CONTENTS|Contents|contents)[:]?")
_SENTENCE = "。;:,"
_KEY = 4
_TRIES = 30


def contents_lines(folded: list[str], opened: list[bool], skip: set[int]) -> set[int]:
    """Find the lines of a table of contents.

    Parameters
    ----------
    folded : list of str
        The lines' texts in half width.
    opened : list of bool
        Whether a line opens with a number.
    skip : set of int
        Lines that are page numbers or running heads.

    Returns
    -------
    set of int

    Examples
    --------
    >>> text = ["目录", "第一章总则", "第二章附则", "第一章总则", "第一条甲。", "第二章附则", "第二条乙。"]
    >>> sorted(contents_lines(text, [True] * 7, set()))
    [0, 1, 2]
    """
    filled = [i for i, text in enumerate(folded) if text and i not in skip]
    later = _Later(folded, filled)
    entries = Entries(folded, filled, later.comes)
    found: set[int] = set()
    done = 0  # what stands before this place was looked at
    for at, index in enumerate(filled):
        text = folded[index]
        if len(text) <= 10 and _HEADER.fullmatch(text):
            last = entries.last(at + 1)
            if last:
                found.update(filled[max(at, done) : last + 1])
                done = max(done, last + 1)
    first = next((at for at, index in enumerate(filled) if opened[index] and index not in found), None)
    if (
        first is not None
        and later.may_come(filled[first])
        and later.comes(folded[filled[first]], filled[first], whole=True)
    ):
        last = Entries(folded, filled, later.comes, whole=True).once(first)
        if last and last - first >= 2:
            found.update(filled[first : last + 1])
    led = [at for at, index in enumerate(filled) if folded[index][-1] not in _SENTENCE and is_led(folded[index])]
    # Dots alone end an open list too (责任单位:市水务局、市财政局……): without 目录 the page numbers tell.
    if len(led) >= 3 and 2 * sum(folded[filled[at]].rstrip(")")[-1:].isdigit() for at in led) >= len(led):
        found.update(_led(led, filled, folded))
    return found


def _led(led: list[int], filled: list[int], folded: list[str]) -> set[int]:
    """Lines closed by dots and a page number, with the first halves of those that were cut."""
    found = {filled[at] for at in led}
    for before, after in itertools.pairwise(led):
        if after - before <= 3 and all(len(folded[filled[k]]) <= ENTRY for k in range(before + 1, after)):
            found.update(filled[before + 1 : after])
    return found


class _Later:
    """Which lines come after a place, by their first characters."""

    def __init__(self, folded: list[str], filled: list[int]) -> None:
        self._folded, self._filled = folded, filled

    @cached_property
    def _lines(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index in self._filled:
            found[self._folded[index][:_KEY]].append(index)
        return found

    def may_come(self, index: int) -> bool:
        """Tell whether a line is an entry by its length, and any line below opens with its words: soon seen."""
        entry = self._folded[index]
        return len(entry) <= ENTRY and f"\n{entry}" in "\n".join(["", *self._folded[index + 1 :]])

    def comes(self, entry: str, index: int, whole: bool = False) -> bool:
        """Tell whether a later line opens with ``entry`` (or, ``whole``, is nothing else)."""
        if len(entry) < 2:
            return False
        found = self._lines.get(entry[:_KEY], ())
        for other in found[: -_TRIES - 1 : -1]:
            if other <= index:
                return False
            text = self._folded[other]
            if text.rstrip(":。") == entry if whole else text.startswith(entry):
                return True
        return False
