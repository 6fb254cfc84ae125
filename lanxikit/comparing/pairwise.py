"""The components of chosen pairs of leaves only; the same numbers as `Components.block` gives of all pairs."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from lanxikit.comparing.components import COMPONENTS, WORDING, Components, filled
from lanxikit.comparing.topn import within

WIDE = 8  # clauses of a lower leaf at a time


class Pairwise:
    """Components ready to be read pair by pair; ``parts.place`` is a `ScopeRows`."""

    def __init__(self, parts: Components) -> None:
        self._parts = parts
        linear = parts.linear | {"place": parts.place.sides}
        self._names = tuple(linear)
        widths = [upper.shape[1] for upper, _ in linear.values()]
        self._upper = sparse.csr_array(sparse.hstack([upper for upper, _ in linear.values()], format="csr"))
        self._lower = [lower for _, lower in linear.values()]
        self._kind = np.repeat(np.arange(len(widths)), widths)  # the component that each column belongs to
        self._cells = np.zeros((sum(widths), len(widths)))
        self._known = {
            name: tuple(map(filled, sides)) for name, sides in parts.linear.items() if name not in WORDING
        } | {"place": parts.place.known}
        words = parts.parts["clause"][0].shape[1]
        self._clause_cells = np.zeros((words, WIDE))
        often = np.bincount(parts.owners[0], minlength=parts.n_upper)
        self._sizes, self._heads = often, np.cumsum(often) - often
        self._own_heads = np.searchsorted(parts.owners[1], np.arange(parts.n_lower + 1))

    def of(self, begin: int, heads: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
        """Return the components, an array a component, a cell a pair.

        Parameters
        ----------
        begin : int
            The first lower leaf.
        heads : array
            Where the pairs of each lower leaf begin, and the end.
        columns : array
            The upper leaf of each pair.
        """
        parts = self._parts
        found = {name: np.full(len(columns), np.nan) for name in COMPONENTS}
        end = begin + len(heads) - 1
        lower = sparse.csr_array(sparse.hstack([side[begin:end] for side in self._lower], format="csr"))
        for at in range(len(heads) - 1):
            some = slice(heads[at], heads[at + 1])
            if some.start < some.stop:
                inside = slice(lower.indptr[at], lower.indptr[at + 1])
                self._row(begin + at, (lower.indices[inside], lower.data[inside]), columns[some], some, found)
        rows = begin + np.repeat(np.arange(len(heads) - 1), np.diff(heads))
        for name, (above, below) in self._known.items():
            found[name][~above[columns] | ~below[rows]] = np.nan
        found["section"] = (parts.section[1][rows] == parts.section[0][columns]).astype(float)
        return found

    def _row(
        self, row: int, cells: tuple[np.ndarray, np.ndarray], columns: np.ndarray, some: slice, found: dict
    ) -> None:
        parts, (where, values) = self._parts, cells
        self._cells[where, self._kind[where]] = values
        products = np.clip(self._upper[columns] @ self._cells, 0, 1)
        self._cells[where] = 0
        for at, name in enumerate(self._names):
            found[name][some] = products[:, at]
        for name, (above, below) in parts.dense.items():
            found[name][some] = np.clip(above[columns] @ below[row], 0, 1)
        sizes = self._sizes[columns]
        clauses = np.repeat(self._heads[columns], sizes) + within(sizes)
        own = slice(self._own_heads[row], self._own_heads[row + 1])
        for name in parts.parts:
            found[name][some] = self._matched(name, clauses, sizes, own)

    def _matched(self, name: str, clauses: np.ndarray, sizes: np.ndarray, own: slice) -> np.ndarray:
        """How well the lower leaf's clauses are matched by those of each upper leaf."""
        weight = self._parts.mass[name][own]
        result = np.zeros(len(sizes))
        if not len(clauses) or not weight.sum() > 0:
            return result
        upper, lower = self._parts.parts[name]
        theirs = upper[clauses]
        match = self._products(theirs, lower[own]) if sparse.issparse(lower) else theirs @ lower[own].T
        has = np.flatnonzero(sizes)
        heads = np.cumsum(sizes[has]) - sizes[has]
        best = np.maximum.reduceat(match, heads, axis=0)
        result[has] = best @ weight / weight.sum()
        return np.clip(result, 0, 1)

    def _products(self, theirs: sparse.csr_array, ours: sparse.csr_array) -> np.ndarray:
        found = np.empty((theirs.shape[0], ours.shape[0]))
        for at in range(0, ours.shape[0], WIDE):
            few = ours[at : at + WIDE]
            clause = np.repeat(np.arange(few.shape[0]), np.diff(few.indptr))
            self._clause_cells[few.indices, clause] = few.data
            found[:, at : at + WIDE] = (theirs @ self._clause_cells)[:, : few.shape[0]]
            self._clause_cells[few.indices] = 0
        return found
