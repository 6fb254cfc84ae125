"""The upper leaves that are worth weighing for each lower leaf, where there are too many to weigh all.

All components of the score but those of clauses are products of two rows. Side by side, each by the root of its
weight, the rows of all of them make one: its product with that of another leaf is the score but for the clauses,
which count as their leaf does. So the best by this product are nearly the best by the score. With the sentence
encoder the product of the vectors is added; without it, the most common columns (推进, 建设) are left out where
they would make the work of a lower leaf grow with the number of upper ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from scipy import sparse

from lanxikit.comparing.components import WORDING, Components, filled
from lanxikit.comparing.topn import Best

WORK = 100_000  # products a lower leaf
ROWS = 2_000  # lower leaves at a time
CELLS = 8_000_000  # pairs at a time where sentence vectors are multiplied, about 100 MB


def candidates(
    parts: Components, share: Mapping[str, float], neutral: Mapping[str, float], n: int, jobs: int = 1
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield, some lower leaves at a time, the first of them, where each one's candidates begin, and the candidates.

    Parameters
    ----------
    parts : Components
        Its ``place`` is a `ScopeRows`.
    share, neutral : mapping
        Weights of the components, and the values that stand for what is missing.
    n : int
        How many upper leaves for each lower one.
    jobs : int
        Threads; the result is the same for any number.
    """
    rows = Joint(parts, share, neutral)
    upper = rows.of(0)
    if parts.dense:
        step = max(CELLS // max(parts.n_upper, 1), 1)
        turned = sparse.csr_array(upper.T.astype(np.float32))
        for begin in range(0, parts.n_lower, step):
            yield begin, *_by_sense(parts, share, turned, rows.of(1, slice(begin, begin + step)), begin, n)
        return
    kept = rare(*rows.often(), parts.n_lower)
    best = Best(upper if kept is None else upper[:, kept], jobs)
    del upper
    for begin in range(0, parts.n_lower, ROWS):
        lower = rows.of(1, slice(begin, begin + ROWS))
        found = best.of(lower if kept is None else lower[:, kept], n)
        yield begin, found.indptr, found.indices[: found.indptr[-1]]


class Joint:
    """A row a leaf, for either side, whose product is the score but for clauses and sentence vectors."""

    def __init__(self, parts: Components, share: Mapping[str, float], neutral: Mapping[str, float]) -> None:
        known = {name: tuple(map(filled, sides)) for name, sides in parts.linear.items() if name not in WORDING}
        known["place"] = parts.place.known
        weight = {name: share[name] for name in (*parts.linear, "place", "section")}
        weight["lexical"] += share["clause"]
        kinds = int(max(side.max(initial=0) for side in parts.section)) + 1
        section = tuple(
            sparse.csr_array((np.ones(len(side)), (np.arange(len(side)), side)), shape=(len(side), kinds))
            for side in parts.section
        )
        self._sides: tuple[list, list] = ([], [])
        for name, pair in {**parts.linear, "place": parts.place.sides, "section": section}.items():
            root = np.sqrt(weight[name])
            for side, matrix in zip(self._sides, pair, strict=True):
                side.append((root, matrix))
            if name in known:  # where only the upper leaf lacks it, the neutral value counts
                self._sides[0].append((root, sparse.csr_array((~known[name][0] * neutral[name])[:, None])))
                self._sides[1].append((root, sparse.csr_array(known[name][1][:, None].astype(float))))

    def of(self, side: int, some: slice = slice(None)) -> sparse.csr_array:
        """Return some rows of the upper (0) or the lower side (1)."""
        parts = [root * matrix[some] for root, matrix in self._sides[side]]
        return sparse.csr_array(sparse.hstack(parts, format="csr"))

    def often(self) -> tuple[np.ndarray, np.ndarray]:
        """Tell in how many rows of either side each column is found."""
        return tuple(
            np.concatenate([np.bincount(matrix.indices, minlength=matrix.shape[1]) for _, matrix in side])
            for side in self._sides
        )


def rare(upper: np.ndarray, lower: np.ndarray, n_lower: int, work: int = WORK) -> np.ndarray | None:
    """Return the columns left when the most common ones are out, so that a lower row takes ``work`` products at most.

    Parameters
    ----------
    upper, lower : array
        In how many rows of either side each column is found.
    n_lower : int
        Rows of the lower side.
    work : int
        Products a lower row, in the mean.

    Returns
    -------
    array or None
        None where all may stay.
    """
    products = upper.astype(float) * lower
    if products.sum() <= work * n_lower:
        return None
    order = np.argsort(products, kind="stable")
    return np.sort(order[np.cumsum(products[order]) <= work * n_lower])


def _by_sense(
    parts: Components, share: Mapping[str, float], turned: sparse.csr_array, lower: sparse.csr_array, begin: int, n: int
) -> tuple[np.ndarray, np.ndarray]:
    cells = (sparse.csr_array(lower.astype(np.float32)) @ turned).toarray()
    above, below = parts.dense["semantic"]
    # clauses say the same less clearly: half their weight finds most
    weight = np.float32(share["semantic"] + share["semantic_clause"] / 2)
    cells += weight * np.clip(below[begin : begin + len(cells)] @ above.T, 0, 1)
    n = min(n, parts.n_upper)
    columns = np.sort(np.argpartition(-cells, n - 1, axis=1)[:, :n], axis=1)
    return np.arange(len(cells) + 1) * n, columns.ravel()
