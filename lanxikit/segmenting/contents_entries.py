"""The entries of a table of contents: lines with a page number behind dots, or that come back as headings later."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

ENTRY = 60  # characters of an entry
_LEADER = re.compile(r"(?:\.{3,200}|…{1,100}|·{3,200}|⋯{1,100}|-{4,200}|_{4,200})[.…·-]{0,3} ?\(?\d{0,4}\)?$")
_LEADERS = re.compile(r"\.\.\.|…|···|⋯|----|____")
_NUMBER = re.compile(r"[\s\t]?\d{1,3}$")
_SENTENCE = frozenset("。;!?")
_KEY = 4  # characters by which lines are found
_PAGED = 3  # page numbers after which two lines in a row may be none


def is_led(text: str) -> bool:
    """Tell whether a folded line ends with dots and a page number."""
    ends = text[-1:].isdigit() or text[-1:] in ".…·)-_"
    return ends and len(text) <= 200 and _LEADERS.search(text) is not None and _LEADER.search(text[-80:]) is not None


class _Line(NamedTuple):
    """What a line says as an entry: its words, whether it is one, whether dots and a page number say so.

    ``again``: the words with which the text itself would begin again here; ``long``: no entry is that long.
    """

    words: str
    entry: bool
    paged: bool
    again: tuple[str, ...]
    long: bool


class Entries:
    """The lines of a file as entries of tables of contents; each is looked at once, wherever one begins.

    Parameters
    ----------
    folded : list of str
        The lines' texts in half width.
    filled : list of int
        Places of the lines with text.
    comes : callable
        Whether a line that comes later than a place opens with some words (``whole``: is nothing else).
    whole : bool
    """

    def __init__(self, folded: list[str], filled: list[int], comes: Callable, *, whole: bool = False) -> None:
        self._folded, self._filled, self._comes, self._whole = folded, filled, comes, whole
        self._lines: list[_Line] = []
        self._before: list[int] = []  # the last entry up to a line, -1 where there is none
        self._named: list[int] = []  # places of the entries with words
        self._again: dict[str, list[int]] = {}  # by how their words begin, the lines where a text may begin again
        self._stops: dict[tuple[int, int, int], int] = {}

    def last(self, at: int) -> int:
        """Return the place of the last entry of a table of contents that begins at ``at`` (0: none is there)."""
        stop = self._stop(at)
        if stop == at:
            return 0
        nth = bisect_right(self._named, at - 1)
        if nth < len(self._named) and self._named[nth] < stop:
            stop = self._comes_back(self._named[nth], stop)
        last = self._before[stop - 1] if stop else -1
        return last if last >= at else 0

    def once(self, at: int) -> int:
        """The same where but one table of contents is asked for: nothing behind it is looked at."""
        first, last, missed, pages = "", 0, 0, 0
        for place in range(at, len(self._filled)):
            while place >= len(self._lines):
                self._look(len(self._lines))
            line = self._lines[place]
            if first and any(again.startswith(first) for again in line.again):
                break
            if line.entry:
                first, last, missed, pages = first or line.words, place, 0, pages + line.paged
            else:
                missed += 1
                if missed > 1 + (pages >= _PAGED) or line.long:
                    break
        return last

    def _stop(self, at: int) -> int:
        """Where the lines are no longer entries: too many in a row are none."""
        missed = pages = 0
        passed: list[tuple[int, int, int]] = []
        stops = self._stops
        while at < len(self._filled):
            key = at, missed, pages
            if key in stops:
                at = stops[key]
                break
            passed.append(key)
            while at >= len(self._lines):
                self._look(len(self._lines))
            line = self._lines[at]
            if line.entry:
                pages = min(pages + line.paged, _PAGED)
                missed = 0
            else:
                missed += 1
                if missed > 1 + (pages >= _PAGED) or line.long:
                    break
            at += 1
        for key in passed:
            stops[key] = at
        return at

    def _comes_back(self, first: int, stop: int) -> int:
        """Where the first entry comes back, if it does before ``stop``: there the text begins."""
        words = self._lines[first].words
        places = self._again.get(words[:_KEY], ())
        for at in range(bisect_right(places, first), len(places)):
            place = places[at]
            if place >= stop:
                break
            if any(again.startswith(words) for again in self._lines[place].again):
                return place
        return stop

    def _look(self, at: int) -> None:
        """Read the next line as an entry."""
        index = self._filled[at]
        text = self._folded[index]
        led = is_led(text)
        words = (_LEADER.sub("", text) if led else text).rstrip(":。")
        paged = words != text.rstrip(":。")
        again = () if led else (words,)
        known = len(text) <= ENTRY and not _SENTENCE & set(words) and self._comes(words, index, self._whole)
        if not known and not paged and len(text) <= ENTRY and _NUMBER.search(words):
            words = _NUMBER.sub("", words)
            known = self._comes(words, index, self._whole)
            again = (*again, words)
        entry = bool(known or paged)
        self._lines.append(_Line(words, entry, paged, again, len(text) > ENTRY))
        self._before.append(at if entry else self._before[-1] if self._before else -1)
        if entry and words:
            self._named.append(at)
        if again:
            for head in {form[:size] for form in again for size in range(1, _KEY + 1)}:
                self._again.setdefault(head, []).append(at)
