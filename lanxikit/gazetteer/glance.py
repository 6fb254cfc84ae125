"""Which texts may name several places: a look at many texts at once, before any of them is read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from lanxikit.gazetteer.words import Pattern, dashed, words_of
from lanxikit.text.fold import fold

_SEAM = "\n"  # in no name


def several(texts: Sequence[str], *, lexicon=None) -> list[bool]:
    """Tell which texts may name two divisions of one level; of the others it is sure that they do not.

    Examples
    --------
    >>> several(["兰州市、西宁市", "海东市平安区", "加强合作", "甘青两省"])
    [True, False, False, True]
    """
    words = words_of(lexicon)
    ends = list(accumulate(len(text) + len(_SEAM) for text in texts))
    found: list[list[tuple[int, int, int]]] = [[] for _ in texts]
    for hit in words.automaton.find_matches_as_indexes(dashed(fold(_SEAM.join(texts))), overlapping=True):
        if hit[0] < words.names:
            found[bisect_right(ends, hit[1])].append(hit)
    return [bool(hits) and _may(hits, words.patterns) for hits in found]


def _may(hits: list[tuple[int, int, int]], patterns: tuple[Pattern, ...]) -> bool:
    numbers, starts, ends = zip(*hits, strict=True)
    if any(patterns[number].row for number in numbers):
        return True  # 甘青 alone is two
    if min(ends) > max(starts):
        return False  # all overlap: readings of one name
    codes: dict[str, set[str]] = {}
    for number in set(numbers):
        for _, division in patterns[number].entries:
            codes.setdefault(division.level, set()).add(division.code)
    return any(len(of_level) > 1 for of_level in codes.values())
