"""The class word that a member of a list of objects ends with (水库, 高速公路, 项目), and where its name ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from lanxikit.annotating.project_words import ProjectWords

_COUNTED = re.compile(r"\d{1,3}(?:个|项|条|座|所|处|家)$")
_LONGEST = 160  # characters of a member that are looked at, from its end
_STRETCH = re.compile(r"[\u4e00-\u9fff]{2,8}至[\u4e00-\u9fff]{2,8}段")  # 郑州至济南高速铁路 + 濮阳至济南段
_BRACKET = re.compile(r"\([^()]{1,60}\)")
_LEVELS = re.compile(r"[(《“\[)》”\]等]")


@dataclass(frozen=True, slots=True)
class Head:
    """The class word of a member: ``word``; the name ends at ``end``; ``closing``: etc, count or empty."""

    word: str
    end: int
    closing: str = ""


class Heads:
    """The class words of a folded text, found once and asked for member by member.

    Examples
    --------
    >>> from lanxikit.annotating.project_words import project_words
    >>> text = "响河峡水库、西宁至成都铁路等项目前期工作"
    >>> heads = Heads(text, project_words())
    >>> [heads.head(low, high) for low, high in ((0, 5), (6, len(text)))]
    [Head(word='水库', end=5, closing=''), Head(word='项目', end=13, closing='etc')]
    """

    def __init__(self, plain: str, words: ProjectWords) -> None:
        self._plain, self._words = plain, words
        self._starts: dict[int, list[int]] = {}  # where class words end → where each begins, the longest first
        for _, start, end in words.classes.find_matches_as_indexes(plain, overlapping=True):
            self._starts.setdefault(end, []).append(start)
        self._ends = sorted(self._starts)
        for starts in self._starts.values():
            starts.sort()

    def __bool__(self) -> bool:
        return bool(self._ends)

    def within(self, low: int, high: int) -> bool:
        """Tell whether a class word ends in a stretch."""
        at = bisect_right(self._ends, low)
        return at < len(self._ends) and self._ends[at] <= high

    def head(self, low: int, high: int) -> Head | None:
        """Find the class word of a member: the last one that nothing but a tail follows (建设, 前期工作)."""
        low = max(low, high - _LONGEST)
        if not self.within(low, high):
            return None
        etc = _etc(self._plain, low, high)
        if etc > low:
            closing = self._class(etc + 1, high)
            return Head(closing, etc, "etc") if closing else None
        word, at = self._last(low, high)
        if not word:
            return None
        text = self._plain[low : at - len(word)]
        counted = _COUNTED.search(text)
        if counted and counted.start() > 1:
            return Head(word, low + counted.start(), "count")
        stretch = _STRETCH.match(self._plain, at, high)
        return Head(word, stretch.end() if stretch else at)

    def _last(self, low: int, high: int) -> tuple[str, int]:
        plain, words = self._plain, self._words
        for index in range(bisect_right(self._ends, high) - 1, bisect_left(self._ends, low + 2) - 1, -1):
            at = self._ends[index]
            starts = [start for start in self._starts[at] if start >= low]
            if not starts or plain.endswith(words.excluded, low, at):
                continue
            if at == high or words.only_tail(_BRACKET.sub("", plain[at:high])):
                return plain[starts[0] : at], at
        return "", 0

    def _class(self, low: int, high: int) -> str:
        """The class word of what follows 等: the first of those it ends with (水库项目主体工程: 水库)."""
        if not self._last(low, high)[0]:
            return ""
        for end in self._ends[bisect_right(self._ends, low) : bisect_right(self._ends, high)]:
            for start in self._starts[end]:
                if start >= low:
                    return self._plain[start:end]
        return ""


def _etc(plain: str, low: int, high: int) -> int:
    """Where 等 stands outside brackets and quotation marks; -1 if nowhere."""
    if plain.find("等", low, high) < 0:
        return -1
    depth = 0
    for mark in _LEVELS.finditer(plain, low, high):
        if mark.group() == "等":
            if not depth:
                return mark.start()
        else:
            depth = depth + 1 if mark.group() in "(《“[" else max(depth - 1, 0)
    return -1
