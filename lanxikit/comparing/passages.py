"""Seed and extend: where two sets of texts share a run of characters."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from lanxikit.text.fold import fold
from lanxikit.text.pieces import SourceMap

MASK = "\ue000"  # of the private use area: stands in no text
BRIDGE = 3  # so many characters must agree again behind a difference
REACH = 64  # a passage grows by at most so many characters at a time
CROWD = 64  # a seed that stands in more places than this is a formula and starts no passage

Span = tuple[int, int]


@dataclass(frozen=True)
class Reader:
    """A leaf's characters that count, with the way back to the text and to the file.

    Parameters
    ----------
    unit_id : str
    plain : str
        Letters and digits of one width, no punctuation; a masked place name is one ``MASK``.
    starts, ends : sequence of int
        Where each of them stands in the text; a mask stands for the whole name.
    text : str
    source : SourceMap
    """

    unit_id: str
    plain: str
    starts: Sequence[int]
    ends: Sequence[int]
    text: str
    source: SourceMap

    @classmethod
    def of(cls, row, names: Iterable[Span] = ()) -> Reader:
        """Read a leaf (a named tuple); ``names`` are the stretches of its text that are masked."""
        text = row.text if isinstance(row.text, str) else ""
        folded = fold(text).lower()
        if len(folded) != len(text):  # a letter that grows when lowered
            folded = fold(text)
        starts = array("l", (i for i, char in enumerate(folded) if char.isalnum() or char == "%"))
        plain, ends = "".join(folded[i] for i in starts), array("l", (i + 1 for i in starts))
        if names:
            plain, starts, ends = _masked(plain, starts, names)
        return cls(row.unit_id, plain, starts, ends, text, SourceMap(getattr(row, "pieces", None), row.start))

    def within(self, begin: int, end: int) -> Span:
        """Return where characters ``begin:end`` stand in the text."""
        return self.starts[begin], self.ends[end - 1]

    def span(self, begin: int, end: int) -> Span:
        """Return where they stand in the file."""
        return self.source.span(*self.within(begin, end))

    def quote(self, begin: int, end: int) -> str:
        """Return them as they read in the text."""
        return self.text[slice(*self.within(begin, end))]


def _masked(plain: str, places: array, names: Iterable[Span]) -> tuple[str, array, array]:
    """Put one ``MASK`` for each name."""
    chars, starts, ends, at = [], array("l"), array("l"), 0
    for begin, end in sorted(names):
        first, last = bisect_left(places, begin), bisect_left(places, end)
        if first < at or first == last:
            continue
        chars += [plain[at:first], MASK]
        starts.extend(places[at:first])
        starts.append(begin)
        ends.extend(i + 1 for i in places[at:first])
        ends.append(end)
        at = last
    starts.extend(places[at:])
    ends.extend(i + 1 for i in places[at:])
    return "".join([*chars, plain[at:]]), starts, ends


def passages(
    upper: Sequence[Reader],
    lower: Sequence[Reader],
    *,
    min_chars: int,
    seed: int,
    gap: int,
    min_similarity: float,
    step: Callable[[], object] = lambda: None,
) -> Iterator[tuple[Reader, Reader, Span, Span, float]]:
    """Yield ``(upper, lower, span in upper, span in lower, similarity)``, by lower leaf and place."""
    index = _index(upper, lower, seed)
    for target in lower:
        found = []
        for number, runs in sorted(_runs(target.plain, upper, index, seed).items()):
            source = upper[number]
            for first, second in _joined(runs, source.plain, target.plain, gap, min_similarity):
                if min(first[1] - first[0], second[1] - second[0]) >= min_chars:
                    found.append((second, number, first))
        for second, number, first in sorted(found):
            source = upper[number]
            likeness = _likeness(source.plain[slice(*first)], target.plain[slice(*second)])
            yield source, target, first, second, likeness
        step()


def _index(upper: Sequence[Reader], lower: Sequence[Reader], seed: int) -> dict[str, list[tuple[int, int]]]:
    """Return where each run of ``seed`` characters stands in the upper leaves, of those that stand in the lower ones.

    Only shared runs are held, so that the index is no larger than the smaller side's text.
    """
    small, large = sorted((upper, lower), key=lambda side: sum(len(reader.plain) for reader in side))
    known = set(_seeds(small, seed))
    shared = known.intersection(_seeds(large, seed))
    index: dict[str, list[tuple[int, int]]] = {}
    for number, reader in enumerate(upper):
        plain = reader.plain
        for begin in range(len(plain) - seed + 1):
            run = plain[begin : begin + seed]
            if run in shared:
                index.setdefault(run, []).append((number, begin))
    return {run: places for run, places in index.items() if len(places) <= CROWD and 2 * run.count(MASK) < seed}


def _seeds(side: Sequence[Reader], seed: int) -> Iterator[str]:
    for reader in side:
        plain = reader.plain
        for begin in range(len(plain) - seed + 1):
            yield plain[begin : begin + seed]


def _runs(plain: str, upper: Sequence[Reader], index: dict, seed: int) -> dict[int, list[tuple[int, int, int]]]:
    """Return the longest runs shared with each upper leaf: ``(begin there, begin here, length)``."""
    runs: dict[int, list[tuple[int, int, int]]] = {}
    reached: dict[tuple[int, int], int] = {}  # diagonal → end here of its last run
    for here in range(len(plain) - seed + 1):
        for number, there in index.get(plain[here : here + seed], ()):
            diagonal = (number, here - there)
            if reached.get(diagonal, -1) >= here + seed:
                continue
            other, size = upper[number].plain, seed
            while here + size < len(plain) and there + size < len(other) and plain[here + size] == other[there + size]:
                size += 1
            back = 0  # a crowded seed may have hidden the first characters
            while back < min(here, there) and plain[here - back - 1] == other[there - back - 1]:
                back += 1
            reached[diagonal] = here + size
            runs.setdefault(number, []).append((there - back, here - back, size + back))
    return runs


def _joined(
    runs: list[tuple[int, int, int]], there: str, here: str, gap: int, min_similarity: float
) -> Iterator[tuple[Span, Span]]:
    """Join runs that follow one another in both texts with few characters between, and drop those inside others."""
    chains: list[tuple[Span, Span]] = []
    for begin_there, begin_here, size in sorted(runs, key=lambda run: (run[1], run[0])):
        first, second = (begin_there, begin_there + size), (begin_here, begin_here + size)
        for place in range(len(chains) - 1, -1, -1):
            old_first, old_second = chains[place]
            between = first[0] - old_first[1], second[0] - old_second[1]
            forward = first[1] > old_first[1] and second[1] > old_second[1]
            if not forward or not all(-gap <= step <= gap for step in between):
                continue
            whole = (old_first[0], first[1]), (old_second[0], second[1])
            if _likeness(there[slice(*whole[0])], here[slice(*whole[1])]) >= min_similarity:
                chains[place] = whole
                break
        else:
            chains.append((first, second))
    chains = sorted({_grown(chain, there, here, gap, min_similarity) for chain in chains}, key=lambda one: one[::-1])
    for one in chains:
        inside = any(other != one and _within(one, other) for other in chains)
        if not inside:
            yield one


def _grown(chain: tuple[Span, Span], there: str, here: str, gap: int, min_similarity: float) -> tuple[Span, Span]:
    """Move the ends of a passage over small differences, while it stays as alike as asked."""
    while True:
        first, second = chain
        ahead = _step(there[first[1] : first[1] + REACH], here[second[1] : second[1] + REACH], gap)
        behind = _step(there[max(first[0] - REACH, 0) : first[0]][::-1],
                       here[max(second[0] - REACH, 0) : second[0]][::-1], gap)
        wider = (first[0] - behind[0], first[1] + ahead[0]), (second[0] - behind[1], second[1] + ahead[1])
        if wider == chain or _likeness(there[slice(*wider[0])], here[slice(*wider[1])]) < min_similarity:
            return chain
        chain = wider


def _step(there: str, here: str, gap: int) -> Span:
    """Return how far either text goes to the end of the run behind a difference that gains most, or (0, 0).

    As in Smith and Waterman's score, a character that agrees gains 1 and one that does not
    costs 1: a run that is no longer than the difference before it gains nothing.
    """
    best = (0, 0, 0)
    for a in range(gap + 1):
        for b in range(gap + 1):
            size = 0
            while a + size < len(there) and b + size < len(here) and there[a + size] == here[b + size]:
                size += 1
            if size >= BRIDGE:
                best = max(best, (size - max(a, b), a + size, b + size))
    return best[1:]


def _within(one: tuple[Span, Span], other: tuple[Span, Span]) -> bool:
    return all(big[0] <= small[0] and small[1] <= big[1] for small, big in zip(one, other, strict=True))


def _likeness(one: str, other: str) -> float:
    return round(Levenshtein.normalized_similarity(one, other), 6)
