"""The readings that a stretch of text allows, and the choice among those that overlap.

Weighted interval scheduling: longer names weigh more (by the square), so do provinces and what is near the
document's region; ordinary words of ``place_words.tsv`` take part, so that 重大 + 连接 outweighs 大连.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter, itemgetter

from lanxikit.gazetteer.divisions import Division, closeness
from lanxikit.gazetteer.words import Words

_place = attrgetter("start", "end")


@dataclass(slots=True, eq=False)  # not frozen: a text has many
class Reading:
    """One possible reading of a stretch of text."""

    start: int
    end: int
    weight: int
    entries: tuple = ()
    division: Division | None = None
    row: dict | None = None
    guard: bool = False
    weak: bool = False  # also an ordinary word
    own: bool = False  # of the prefecture of the document
    close: bool = False  # of its province


def readings(plain: str, words: Words) -> list[Reading]:
    hits = words.automaton.find_matches_as_indexes(plain, overlapping=True)
    if not any(index < words.names for index, _, _ in hits):
        return []  # ordinary words alone
    patterns = words.patterns
    covered = sorted([(start, end) for index, start, end in hits if patterns[index].guard])
    longest = max([end - start for start, end in covered], default=0)
    found = []
    for index, start, end in hits:
        _, square, guard, row, entries = patterns[index]
        if guard:
            found.append(Reading(start, end, square + 7, (), None, None, True))
        if row:
            found.append(Reading(start, end, square + 9, (), None, row))
        if entries and not (covered and _inside(start, end, covered, longest)):
            found.append(Reading(start, end, square, entries))
    return found


def _inside(start: int, end: int, spans: list[tuple[int, int]], longest: int) -> bool:
    at = bisect_right(spans, (start, 1 << 60)) - 1
    while at >= 0 and spans[at][0] >= start - longest:
        if spans[at][1] >= end:
            return True
        at -= 1
    return False


def heaviest(found: list[Reading], near: tuple[str, ...]) -> list[Reading]:
    """Of overlapping readings keep the set of greatest weight; the earlier one where they tie."""
    found = sorted(found, key=_place)
    if all(one.end <= two.start for one, two in pairwise(found)):
        return found
    base = {"province": 6, "prefecture": 2}
    extra: dict[str, int] = {"": 0}
    weighed = []
    for item in found:
        code = item.division.code if item.division else ""
        if code not in extra:
            extra[code] = base.get(item.division.level, 0) + closeness(code, near)
        weighed.append((item.end, -item.start, item.weight + extra[code], item))
    weighed.sort(key=itemgetter(0, 1, 2))
    row = [entry[3] for entry in weighed]
    ends = [entry[0] for entry in weighed]
    best, choice = [0] * (len(row) + 1), [False] * len(row)
    for index, (_, start, weight, _) in enumerate(weighed):
        before = bisect_right(ends, -start, 0, index)
        with_it = best[before] + weight
        choice[index] = with_it > best[index]
        best[index + 1] = max(with_it, best[index])
    kept, index = [], len(row)
    while index:
        if choice[index - 1]:
            kept.append(row[index - 1])
            index = bisect_right(ends, row[index - 1].start, 0, index - 1)
        else:
            index -= 1
    return kept[::-1]
