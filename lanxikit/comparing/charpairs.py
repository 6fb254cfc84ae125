"""Many short texts as weighted character pairs, all at once.

The same pairs and weights as in ``grams.py``, no word cut out, by their code points instead of text by text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from lanxikit.text.fold import fold

_WORD = re.compile(r"[^\W_]|%")
_POINTS = 0x110000


def plain(texts: Sequence[str]) -> list[str]:
    """Return the texts on one line each, folded and in small letters."""
    joined = "\n".join(texts)
    if joined.count("\n") >= max(len(texts), 1) or "\r" in joined or "\x00" in joined:
        joined = "\n".join(re.sub(r"[\r\n\x00]", " ", text) for text in texts)
    return fold(joined).lower().split("\n") if texts else []


def pairs_of(
    upper: Sequence[str], lower: Sequence[str], often: np.ndarray | None = None
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return a row of length 1 a text (of zeros where it holds no pair), for either side.

    Parameters
    ----------
    upper, lower : sequence of str
        Texts made by `plain`. How rare a pair is, is learnt from both.
    often : array, optional
        For how many texts each stands, upper ones first; else for one.

    Examples
    --------
    >>> above, below = pairs_of(["农村公路", "高新企业"], ["公路建设"])
    >>> (below @ above.T).toarray().round(2).tolist()
    [[0.22, 0.0]]
    """
    n_texts = len(upper) + len(lower)
    often = np.ones(n_texts) if often is None else often
    codes, owner = _codes([*upper, *lower])
    columns, found = pd.factorize(codes)
    heads = np.r_[0, np.cumsum(np.bincount(owner, minlength=n_texts))]
    ones = np.ones(len(columns))
    table = sparse.csr_array((ones, columns.astype(np.int32), heads.astype(np.int32)), shape=(n_texts, len(found)))
    table.sum_duplicates()
    rows = np.repeat(np.arange(n_texts), np.diff(table.indptr))
    held = np.bincount(table.indices, weights=often[rows], minlength=len(found))
    values = (1 + np.log(table.data)) * (np.log((1 + often.sum()) / (1 + held)) + 1)[table.indices]
    values /= np.sqrt(np.bincount(rows, weights=values**2, minlength=n_texts))[rows]
    table.data = values
    return table[: len(upper)], table[len(upper) :]


def _codes(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return a number for each character pair, in order, and the text that it stands in."""
    points = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    known = np.unique(points)
    word = np.zeros(_POINTS, dtype=bool)
    word[known] = [bool(_WORD.match(chr(point))) for point in known]
    inside = word[points]
    pair = np.flatnonzero(inside[:-1] & inside[1:])
    owner = np.cumsum(points == ord("\n"))
    return points[pair].astype(np.int64) * _POINTS + points[pair + 1], owner[pair]
