"""The best rows of one sparse matrix for each row of another, exactly, without most of the multiplications.

Common columns cost nearly all the work and decide little. So, for each row below: its rarest columns alone find some
good rows above; the worst of these is a level that the best have to reach. Then its commonest columns are left out, as
many as cannot lift a row from far below to that level: what they add is at most the product of the lengths of the two
left-out parts (Cauchy and Schwarz). Only rows above that may still reach the level are worked out in full.
Prefix filtering: Bayardo, Ma and Srikant 2007, Scaling up all pairs similarity search.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from lanxikit.comparing.topn import DIGITS, Best, cells_of, first_of, product

FEW = 2_000  # multiplications a row for the first level
COMMON = 400  # columns that may be left out
SHARE = 0.7  # of the level, that those left out may add at most
CROWD = 300  # rows above, for one below, that are worked out; where more may reach the level, all are
MARGIN = 2 * 10.0**-DIGITS  # what is rounded away and more
PAIRS = 100_000  # at a time


class Bounded:
    """Rows to be found, made ready once.

    Parameters
    ----------
    upper : sparse array
        A row each, of length 1 at most, no value below 0.
    jobs : int
        Threads.
    """

    def __init__(self, upper: sparse.csr_array, jobs: int = 1) -> None:
        often = np.bincount(upper.indices, minlength=upper.shape[1])
        self._rank = np.empty(len(often), dtype=np.int32)
        self._rank[np.argsort(often, kind="stable")] = np.arange(len(often), dtype=np.int32)
        self._often = np.sort(often).astype(float)
        self._common = max(len(often) - COMMON, 0)  # columns from here on are common
        self._upper, self._jobs = self._rare_first(upper), jobs
        self._turned = self._upper.T.tocsr()
        where = self._upper.indices >= self._common
        self._beyond = _length(self._upper, where)  # of the part that may be left out
        self._every = Best(upper, jobs)

    def ordered(self, lower: sparse.csr_array, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return row, column and product of the best ``n`` above 0 of each row of ``lower``, the best first.

        Of equal ones those of lower column. A row of ``lower`` is of length 1 at most, no value below 0.
        """
        rows = self._rare_first(lower)
        level = self._level(rows, n)
        found, open_rows = self._reaching(rows, level)
        again = self._every.ordered(lower[open_rows], n)
        found = tuple(np.concatenate(both) for both in zip(found, (open_rows[again[0]], *again[1:]), strict=True))
        return first_of(*found, n)

    def _rare_first(self, matrix: sparse.csr_array) -> sparse.csr_matrix:
        columns = self._rank[matrix.indices]
        found = sparse.csr_matrix((matrix.data.astype(float), columns, matrix.indptr.copy()), shape=matrix.shape)
        found.sort_indices()
        return found

    def _level(self, lower: sparse.csr_matrix, n: int) -> np.ndarray:
        """A product that at least ``n`` upper rows reach, for each lower row; 0 where that many are not found."""
        work = np.cumsum(self._often[lower.indices])
        before = np.r_[0, work][lower.indptr[:-1]]
        rare = work - before[_owners(lower)] <= FEW
        found = product(_only(lower, rare), self._turned, n, jobs=self._jobs)
        rows, columns, values = cells_of(found)
        values = values + self._sums(_only(lower, ~rare), rows, columns)
        level, sizes = np.zeros(lower.shape[0]), np.diff(found.indptr)
        some = np.flatnonzero(sizes)
        if len(some):
            level[some] = np.minimum.reduceat(values, found.indptr[some])
        return np.where(sizes >= n, level, 0)

    def _reaching(
        self, lower: sparse.csr_matrix, level: np.ndarray
    ) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray]:
        """Return all products that reach their row's level, and the rows for which they could not be told."""
        owners, squares = _owners(lower), lower.data**2
        behind = np.cumsum(squares[::-1])[::-1]  # of this column and all later ones, to the end of the matrix
        later = np.sqrt(np.maximum(behind - np.r_[behind, 0][lower.indptr[1:]][owners], 0))
        most = self._beyond.max(initial=0)
        out = (lower.indices >= self._common) & (later * most <= SHARE * level[owners])
        length = _length(lower, out)
        least = np.maximum(level - MARGIN - length * most, MARGIN)
        # rows in units of what they have to reach: one threshold for all
        found = product(_only(lower, ~out, 1 / least), self._turned, CROWD, threshold=1, jobs=self._jobs)
        open_rows = (np.diff(found.indptr) >= min(CROWD, self._upper.shape[0])) | (level <= 10 * MARGIN)
        rows, columns, values = cells_of(found)
        values = values * least[rows]
        kept = ~open_rows[rows] & (values + length[rows] * self._beyond[columns] >= (level - MARGIN)[rows])
        rows, columns, values = rows[kept], columns[kept], values[kept]
        values = values + self._sums(_only(lower, out), rows, columns)
        kept = values >= (level - MARGIN)[rows]
        rows, columns, values = rows[kept], columns[kept], values[kept]
        return (rows, columns, np.round(np.minimum(values, 1), DIGITS)), np.flatnonzero(open_rows)

    def _sums(self, lower: sparse.csr_matrix, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Products of chosen pairs of rows."""
        found = np.zeros(len(rows))
        for at in range(0, len(rows), PAIRS):
            some = slice(at, at + PAIRS)
            found[some] = lower[rows[some]].multiply(self._upper[columns[some]]).sum(axis=1).ravel()
        return found


def _owners(matrix: sparse.csr_matrix) -> np.ndarray:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _length(matrix: sparse.csr_matrix, where: np.ndarray) -> np.ndarray:
    """The length of each row's part."""
    return np.sqrt(np.bincount(_owners(matrix)[where], matrix.data[where] ** 2, minlength=matrix.shape[0]))


def _only(matrix: sparse.csr_matrix, where: np.ndarray, scale: np.ndarray | None = None) -> sparse.csr_matrix:
    """Keep some cells, each row times its scale."""
    heads = np.r_[0, np.cumsum(where)][matrix.indptr].astype(np.int32)
    values = matrix.data[where] if scale is None else (matrix.data * scale[_owners(matrix)])[where]
    return sparse.csr_matrix((values, matrix.indices[where], heads), shape=matrix.shape)
