"""How far topics can be trusted: what is left of them when a tenth of the units is taken away."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from lanxikit.messages import tr
from lanxikit.tables.topic_verdict import TRUSTED

ALIKE = 0.5  # of the top words of both
LARGE = 5_000  # units; above, the refits differ little and cost much


class InstabilityWarning(UserWarning):
    """The topics change too much when a few units are left out to be interpreted."""


class SimilarTopicsWarning(UserWarning):
    """Two topics share most of their top words: there are more topics than matters to tell apart."""


def _overlaps(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> np.ndarray:
    """Jaccard's overlap of the top words of each topic of one solution with each of another."""
    found = np.zeros((len(first), len(second)))
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            union = set(one) | set(other)
            found[i, j] = len(set(one) & set(other)) / len(union) if union else 0.0
    return found


def nearest(tops: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
    """For each topic the other one (its index) that shares most top words with it, and their overlap.

    Near-copies of one topic come back in every refit and so look stable; their overlap tells them.

    Examples
    --------
    >>> other, overlap = nearest([["黄河", "治理"], ["铁路", "公路"], ["黄河", "湟水"]])
    >>> other.tolist(), overlap.round(2).tolist()
    ([2, 0, 0], [0.33, 0.0, 0.33])
    """
    overlap = _overlaps(tops, tops)
    np.fill_diagonal(overlap, -1.0)
    other = overlap.argmax(axis=1)
    return other, overlap[np.arange(len(tops)), other]


def matched_overlap(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> np.ndarray:
    """Overlap of each topic's top words with those of its partner in another solution.

    Partners are matched one to one so that the sum of overlaps is greatest (Hungarian
    method); the overlap is Jaccard's: shared words by all words of both.

    Parameters
    ----------
    first, second : sequence of sequence of str
        The top words of each topic of two solutions.

    Returns
    -------
    ndarray
        For each topic of ``first`` a number between 0 and 1.

    Examples
    --------
    >>> matched_overlap([["黄河", "治理"], ["铁路", "公路"]], [["铁路", "机场"], ["治理", "黄河"]]).round(2).tolist()
    [1.0, 0.33]
    """
    overlap = _overlaps(first, second)
    rows, columns = linear_sum_assignment(-overlap)
    found = np.zeros(len(first))
    found[rows] = overlap[rows, columns]
    return found


matched_overlap.direction = "higher"
matched_overlap.paper = "Greene, O'Callaghan & Cunningham 2014, How many topics? Stability analysis for topic models"


def repeats(asked: int | None, n_units: int) -> int:
    """Return how often to refit: as asked, else 10, or 3 for a corpus so large that refits differ little.

    Examples
    --------
    >>> repeats(None, 372), repeats(None, 47000), repeats(5, 47000)
    (10, 3, 5)
    """
    if asked is None:
        return 10 if n_units <= LARGE else 3
    return asked


def assignment_agreement(first: np.ndarray, second: np.ndarray) -> float:
    """Adjusted Rand index of the units' heaviest topics in two solutions.

    The index needs no matching of the topics: it counts the pairs of units that both
    solutions put together or both keep apart, less what chance would give. Units without
    a heaviest topic (equal shares) in either are left out.

    Parameters
    ----------
    first, second : ndarray
        Units × topics: shares.

    Returns
    -------
    float
        1 for the same grouping, about 0 for chance; missing with fewer than two units.

    Examples
    --------
    >>> shares = np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.5, 0.5]])
    >>> assignment_agreement(shares, shares[:, ::-1])
    1.0
    """
    from sklearn.metrics import adjusted_rand_score

    tables = [np.round(table, 9) for table in (first, second)]
    clear = np.logical_and(*(table.max(axis=1) > table.min(axis=1) for table in tables))
    if clear.sum() < 2:
        return float("nan")
    return float(adjusted_rand_score(*(table[clear].argmax(axis=1) for table in tables)))


assignment_agreement.direction = "higher"
assignment_agreement.paper = "Hubert & Arabie 1985, Comparing partitions"


def without_tenth(n_units: int, seed: int | list[int], *, share: float = 0.1) -> np.ndarray:
    """Return the row numbers left when a share of the rows (at least one) is taken away at random.

    Examples
    --------
    >>> len(without_tenth(50, seed=0))
    45
    """
    gone = max(1, round(share * n_units))
    return np.sort(np.random.default_rng(seed).permutation(n_units)[gone:])


def refits(
    make: Callable[[], object], counts: sparse.csr_matrix, terms: Sequence[str], *, seeds: Iterable[int], n_top: int
) -> list[list[list[str]]]:
    """Fit anew on what each seed's deletion leaves of the units; return each solution's top words by topic."""
    rows = [without_tenth(counts.shape[0], seed) for seed in seeds]
    return [top_words(make().fit(counts[kept]).components, terms, n_top) for kept in rows]


def warn_if_unstable(value: float, *, stacklevel: int = 2) -> None:
    """Give an `InstabilityWarning` for a stability below 0.5."""
    if value < TRUSTED:
        warnings.warn(
            tr(
                f"Unstable topics: leaving out a tenth of the units leaves only {value:.2f} of their top words in "
                f'place (below {TRUSTED}). Do not interpret them; try method="nmf", another n_topics '
                "(lx.choose_n_topics) or more text.",
                f"主题不稳定：去掉十分之一的单元后，主题词重合度仅 {value:.2f}（低于 {TRUSTED}）。请勿解读；"
                '可改用 method="nmf"、换一个 n_topics（lx.choose_n_topics）或增加文本。',
            ),
            InstabilityWarning,
            stacklevel=stacklevel + 1,
        )


def warn_if_similar(labels: Sequence[str], other: np.ndarray, overlap: np.ndarray, *, stacklevel: int = 2) -> None:
    """Give a `SimilarTopicsWarning` for topics that share at least a half of the top words of both."""
    pairs = sorted({tuple(sorted((i, int(other[i])))) for i in np.flatnonzero(overlap >= ALIKE)})
    if pairs:
        said = "; ".join(f"{labels[i]} / {labels[j]}" for i, j in pairs)
        warnings.warn(
            tr(
                f"Topics with mostly the same top words: {said}. Ask for fewer topics; their stability says little, "
                "for copies come back in every refit.",
                f"有主题的主题词大半相同：{said}。请减少主题数；它们的稳定性说明不了什么，因为重复的主题每次都会出现。",
            ),
            SimilarTopicsWarning,
            stacklevel=stacklevel + 1,
        )


def top_words(components: np.ndarray, terms: Sequence[str], n_top: int = 10) -> list[list[str]]:
    """Return the heaviest terms of each topic, heaviest first; equal weights by the term's spelling.

    Examples
    --------
    >>> top_words(np.array([[0.2, 0.5, 0.2, 0.1]]), ["乙", "甲", "丙", "丁"], 3)
    [['甲', '丙', '乙']]
    """
    spelling = np.argsort(np.argsort(np.asarray(terms, dtype=object), kind="stable"), kind="stable")
    found = []
    for row in np.round(components, 9):
        order = np.lexsort((spelling, -row))[:n_top]
        found.append([terms[index] for index in order if row[index] > 0])
    return found
