"""Log-likelihood of a table of two by two counts."""

from __future__ import annotations

import numpy as np
from scipy.special import xlogy


def g2(both: np.ndarray, row: np.ndarray, col: np.ndarray, total: np.ndarray | float, cells: int = 4) -> np.ndarray:
    """Return G² = 2 Σ O ln(O ÷ E) from one cell and the margins of its row and its column.

    Parameters
    ----------
    both, row, col, total : array
        Observed count of the first cell, its margins, and the sum of all cells.
    cells : {4, 2}
        Dunning (1993) sums over all four cells; Rayson and Garside (2000) over the two of the
        first row, the word's occurrences here and there.

    Examples
    --------
    >>> round(float(g2(10, 15, 1000, 3000)), 4)
    6.9692
    >>> round(float(g2(10, 15, 1000, 3000, cells=2)), 4)
    6.9315
    """
    both, row, col, total = (np.asarray(part, dtype=float) for part in (both, row, col, total))
    seen = [both, row - both, col - both, total - row - col + both]
    margins = [(row, col), (row, total - col), (total - row, col), (total - row, total - col)]
    parts = 0.0
    for observed, (across, down) in list(zip(seen, margins, strict=True))[:cells]:
        expected = across * down / total
        parts = parts + xlogy(observed, np.divide(observed, expected, out=np.ones_like(expected), where=expected > 0))
    return np.maximum(2 * parts, 0.0)
