"""Adds up the counts of units that share a label, without ever filling in the zeros."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse


def by_label(labels: object) -> sparse.csr_matrix:
    """Return the table of labels × units that adds units up; a unit without a label belongs to none.

    Examples
    --------
    >>> (by_label(["a", "b", "a"]) @ np.array([1, 2, 3])).tolist()
    [4.0, 2.0]
    """
    codes, found = pd.factorize(np.asarray(labels, dtype=object))
    rows = np.flatnonzero(codes >= 0)
    return sparse.csr_matrix((np.ones(len(rows)), (codes[rows], rows)), shape=(len(found), len(codes)))


def held_by(counts: sparse.spmatrix, labels: object) -> np.ndarray:
    """Return how many labels hold each word.

    Examples
    --------
    >>> held_by(sparse.csr_matrix([[1, 0], [2, 0], [1, 3]]), ["a", "a", "b"]).tolist()
    [2, 1]
    """
    return sparse.csc_matrix(by_label(labels) @ counts).getnnz(axis=0)
