"""The best upper leaves among candidates only, with what the others would add to the picture drawn from a sample."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lanxikit.comparing.candidates import candidates
from lanxikit.comparing.components import COMPONENTS, SHARED, WORDING, Components
from lanxikit.comparing.pairwise import Pairwise
from lanxikit.comparing.topn import places

SAMPLE = 512  # upper leaves
PAIRS = 200_000  # at a time, about 50 MB


def best_of_candidates(
    parts: Components,
    share: Mapping[str, float],
    neutral: Mapping[str, float],
    *,
    top: int,
    n: int,
    jobs: int,
    cells: int,
) -> dict[str, np.ndarray]:
    """Return upper and lower leaf of each pair kept, its score, rank, standing, agreement and components.

    Parameters
    ----------
    parts : Components
    share, neutral : mapping
        Weights of the components, and the values that stand for what is missing.
    top, n : int
        How many upper leaves are kept, and weighed, for each lower one.
    jobs : int
        Threads in the choice of candidates.
    cells : int
        Pairs of clauses held at a time.
    """
    parts.place = parts.place.rows()
    pairwise = Pairwise(parts)
    sample = Sample(parts, share, neutral, cells)
    found = []
    for first, heads, columns in candidates(parts, share, neutral, n, jobs):
        step = max(PAIRS // max(n, 1), 1)
        for at in range(0, len(heads) - 1, step):
            some = heads[at : at + step + 1]
            chosen = columns[some[0] : some[-1]]
            block = pairwise.of(first + at, some - some[0], chosen)
            found.append(_best(first + at, some - some[0], chosen, block, sample, share, neutral, top))
    return joined(found)


def joined(blocks: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Put blocks end to end, taking them apart on the way: nothing is held twice."""
    return {name: np.concatenate([block.pop(name) for block in blocks]) for name in list(blocks[0])}


def score_of(block: Mapping[str, np.ndarray], share: Mapping[str, float], neutral: Mapping[str, float]) -> np.ndarray:
    """Return the weighted sum of the components."""
    score = sum(share[name] * np.where(np.isnan(block[name]), neutral[name], block[name]) for name in COMPONENTS)
    return np.round(np.clip(score, 0, 1), 6)


class Sample:
    """Upper leaves drawn once, the same for each call, with which each lower leaf is compared in full."""

    def __init__(self, parts: Components, share, neutral, cells: int) -> None:
        draw = np.random.default_rng(0)
        self.columns = np.sort(draw.choice(parts.n_upper, min(SAMPLE, parts.n_upper), replace=False))
        self.n_upper = parts.n_upper
        self.place = np.full(parts.n_upper, -1)
        self.place[self.columns] = np.arange(len(self.columns))
        self._parts, self._share, self._neutral = parts.among(self.columns), share, neutral
        self._room = max(cells // max(len(self._parts.owners[0]), len(self.columns)) // 10, 1)  # ten clauses a leaf

    def scores(self, begin: int, end: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """Return the scores of lower leaves ``begin:end`` with the sample, and the best of each kind of evidence."""
        scores, best = [], []
        for at in range(begin, end, self._room):
            block = self._parts.block(at, min(at + self._room, end))
            scores.append(score_of(block, self._share, self._neutral))
            best.append({name: block[name].max(axis=1) for name in WORDING})
        return np.concatenate(scores), {name: np.concatenate([one[name] for one in best]) for name in WORDING}


def _best(
    begin: int, heads: np.ndarray, columns: np.ndarray, block: dict, sample: Sample, share, neutral, top: int
) -> dict[str, np.ndarray]:
    n_rows = len(heads) - 1
    rows = np.repeat(np.arange(n_rows), np.diff(heads))
    score = score_of(block, share, neutral)
    others, kind_best = sample.scores(begin, begin + n_rows)
    standing = _standing(score, rows, columns, others, sample)
    agreement = _agreement(block, rows, heads, kind_best)
    shared = np.nan_to_num(np.stack([block[name] for name in SHARED])).max(axis=0) > 0
    order = np.flatnonzero(shared)
    order = order[np.lexsort((columns[order], -score[order], rows[order]))]
    ranks = places(rows[order])
    order, ranks = order[ranks <= top], ranks[ranks <= top]
    return {
        "upper": columns[order],
        "lower": rows[order] + begin,
        "score": score[order],
        "rank": ranks,
        "standing": standing[order],
        "agreement": agreement[order],
        **{name: np.round(block[name][order], 6) for name in COMPONENTS},
    }


def _standing(
    score: np.ndarray, rows: np.ndarray, columns: np.ndarray, others: np.ndarray, sample: Sample
) -> np.ndarray:
    """How many standard deviations each score lies above the mean of all upper leaves.

    The candidates count as they are; all others as those of the sample that are no candidates.
    """
    n_rows = len(others)
    known = np.bincount(rows, minlength=n_rows)
    rest = np.ones(others.shape, dtype=bool)
    both = sample.place[columns] >= 0
    rest[rows[both], sample.place[columns[both]]] = False
    drawn = rest.sum(axis=1)
    stands_for = np.divide(sample.n_upper - known, drawn, out=np.zeros(n_rows), where=drawn > 0)
    of = known + stands_for * drawn
    mean, square = (
        (np.bincount(rows, weights=score**power, minlength=n_rows) + stands_for * (others**power * rest).sum(axis=1))
        / of
        for power in (1, 2)
    )
    spread = np.sqrt(np.maximum(square - mean**2, 0))[rows]
    found = np.zeros_like(score)
    np.divide(score - mean[rows], spread, out=found, where=spread > 0)
    return np.round(found, 4)


def _agreement(
    block: dict[str, np.ndarray], rows: np.ndarray, heads: np.ndarray, kind_best: dict[str, np.ndarray]
) -> np.ndarray:
    """The share of the kinds of evidence on wording and sense that put the pair first among all that were seen."""
    kinds = [name for name in WORDING if not np.isnan(kind_best[name]).all()]
    filled = np.flatnonzero(np.diff(heads))
    first = []
    for name in kinds:
        best = kind_best[name].copy()
        if len(filled):
            best[filled] = np.maximum(best[filled], np.maximum.reduceat(block[name], heads[filled]))
        # the two ways of computing differ in the last digits
        first.append((block[name] > 0) & (block[name] >= best[rows] - 1e-9))
    return np.mean(first, axis=0)
