"""The best rows of one sparse matrix for each row of another, by cosine, without the matrix of all pairs.

Sparse products that keep only the best of each row: the package sparse_dot_topn. A row's result rests on that row
alone, so it is the same for any number of threads and any cut of the rows into blocks.
"""

from __future__ import annotations

from numbers import Integral

import numpy as np
from scipy import sparse

from lanxikit.errors import LanxiError
from lanxikit.messages import tr

DIGITS = 6  # what differs less is the same
MOST = 256  # threads
DENSE = 500_000  # cells at a time where a row is worked out in full


class Best:
    """Rows to be found, made ready once.

    Parameters
    ----------
    upper : sparse array
        A row each.
    jobs : int
        Threads.
    """

    def __init__(self, upper: sparse.csr_array, jobs: int = 1) -> None:
        self.n, self._jobs = upper.shape[0], jobs
        self._turned = sparse.csr_matrix(upper.T.astype(float))

    def of(self, lower: sparse.csr_array, n: int) -> sparse.csr_matrix:
        """Return the best ``n`` products above 0 of each row of ``lower``, columns in order."""
        found = self._product(sparse.csr_matrix(lower.astype(float)), n)
        found.sort_indices()
        return found

    def ordered(self, lower: sparse.csr_array, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return row, column and product of the same, the best first; of equal ones those of lower column.

        Where a row's last place is shared by several columns, its products are worked out in full.
        """
        lower = sparse.csr_matrix(lower.astype(float))
        rows, columns, values = cells_of(self._product(lower, n + 1))
        values = np.round(np.minimum(values, 1), DIGITS)
        tied = _tied(rows, values, n)
        rest = ~np.isin(rows, tied)
        parts = [(rows[rest], columns[rest], values[rest])]
        step = max(DENSE // max(self.n, 1), 1)
        parts += [self._in_full(lower, tied[at : at + step], n) for at in range(0, len(tied), step)]
        return first_of(*(np.concatenate(column) for column in zip(*parts, strict=True)), n)

    def _in_full(self, lower: sparse.csr_matrix, rows: np.ndarray, n: int) -> tuple[np.ndarray, ...]:
        """Return the first ``n`` products above 0 of each row."""
        cells = np.round(np.minimum((lower[rows] @ self._turned).toarray(), 1), DIGITS)
        last = np.partition(cells, self.n - n, axis=1)[:, self.n - n, None]
        at, columns = np.nonzero((cells >= last) & (cells > 0))
        return first_of(rows[at], columns, cells[at, columns], n)  # at once: of a form's rows, all may be equal

    def _product(self, lower: sparse.csr_matrix, n: int) -> sparse.csr_matrix:
        return product(lower, self._turned, n, jobs=self._jobs)


def product(
    lower: sparse.csr_matrix, turned: sparse.csr_matrix, n: int, *, threshold: float | None = None, jobs: int = 1
) -> sparse.csr_matrix:
    """Multiply, and keep the best ``n`` cells of each row, those above 0 or the threshold."""
    from sparse_dot_topn import sp_matmul_topn

    if not (lower.nnz and turned.nnz):
        return sparse.csr_matrix((lower.shape[0], turned.shape[1]), dtype=float)
    n_threads = jobs if jobs > 1 else None
    return sp_matmul_topn(lower, turned, top_n=min(n, turned.shape[1]), threshold=threshold, n_threads=n_threads)


def cells_of(matrix: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return row, column and value of what a matrix holds, in its order."""
    kept = matrix.indptr[-1]  # the arrays may be longer
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return rows, matrix.indices[:kept].astype(np.int64), matrix.data[:kept]


def first_of(rows: np.ndarray, columns: np.ndarray, values: np.ndarray, n: int) -> tuple[np.ndarray, ...]:
    """Order by row, value from the highest, and column; keep the first ``n`` of each row."""
    order = np.lexsort((columns, -values, rows))
    order = order[places(rows[order]) <= n]
    return rows[order], columns[order], values[order]


def places(rows: np.ndarray) -> np.ndarray:
    """Count each run of equal values: 1, 2, 3 …

    >>> places(np.array([4, 4, 4, 7, 9, 9])).tolist()
    [1, 2, 3, 1, 1, 2]
    """
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    first = np.r_[True, rows[1:] != rows[:-1]]
    starts = np.flatnonzero(first)
    return np.arange(1, len(rows) + 1) - starts[np.cumsum(first) - 1]


def within(sizes: np.ndarray) -> np.ndarray:
    """Number the members of groups of these sizes.

    >>> within(np.array([3, 0, 2])).tolist()
    [0, 1, 2, 0, 1]
    """
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def threads(jobs: int) -> int:
    """Return the number of threads asked for, if it is one."""
    if not isinstance(jobs, Integral) or isinstance(jobs, bool) or jobs < 1:
        raise LanxiError(
            tr("jobs must be a whole number of at least 1.", "jobs 必须是不小于 1 的整数。"),
            where=f"jobs={jobs!r}",
            todo=tr("Give the number of processors to use, or leave it out.", "填写要用的处理器个数，或不填。"),
        )
    return min(int(jobs), MOST)


def count(top: int) -> int:
    """Return how many are wanted for each, if that is a number."""
    if not isinstance(top, Integral) or isinstance(top, bool) or top < 1:
        raise LanxiError(
            tr("top must be a whole number of at least 1.", "top 必须是不小于 1 的整数。"),
            where=f"top={top!r}",
            todo=tr("top=10 is usual.", "一般用 top=10。"),
        )
    return int(top)


def _tied(rows: np.ndarray, values: np.ndarray, n: int) -> np.ndarray:
    """Return the rows whose place ``n`` and the one behind it are equal."""
    order = np.lexsort((-values, rows))
    sorted_rows, sorted_values = rows[order], values[order]
    behind = np.flatnonzero(places(sorted_rows) == n + 1)
    return sorted_rows[behind[sorted_values[behind] == sorted_values[behind - 1]]]
