"""Counts of words in units: which words are kept, and the table of counts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

from lanxikit.errors import LanxiError
from lanxikit.messages import tr


class Matrix(NamedTuple):
    """Word counts: ``counts[i, j]`` is how often unit i holds ``terms[j]``."""

    counts: sparse.csr_matrix
    terms: list[str]


def count(words: Sequence[Sequence[str]], terms: Sequence[str]) -> sparse.csr_matrix:
    """Count the given terms in each unit; other words are passed over.

    Examples
    --------
    >>> count([["黄河", "治理", "黄河"], ["铁路"]], ["治理", "黄河"]).toarray().tolist()
    [[1.0, 2.0], [0.0, 0.0]]
    """
    column = {term: index for index, term in enumerate(terms)}
    data: list[float] = []
    indices: list[int] = []
    heads = [0]
    for unit in words:
        found = sorted(Counter(column[word] for word in unit if word in column).items())
        indices += [index for index, _ in found]
        data += [float(number) for _, number in found]
        heads.append(len(indices))
    return sparse.csr_matrix((data, indices, heads), shape=(len(words), len(terms)), dtype=np.float64)


def build(words: Sequence[Sequence[str]], *, min_df: int = 2, max_df: float = 0.5, keep: Iterable[str] = ()) -> Matrix:
    """Choose the vocabulary and count it.

    Parameters
    ----------
    words : sequence of sequence of str
        The words of each unit.
    min_df : int
        A term is kept if at least this many units hold it …
    max_df : float
        … and at most this share of the units.
    keep : iterable of str
        Terms kept however rare or common, if they occur at all.

    Raises
    ------
    LanxiError
        No term is left.

    Examples
    --------
    >>> build([["黄河", "治理"], ["黄河", "铁路"], ["铁路"]], min_df=2, max_df=1.0).terms
    ['铁路', '黄河']
    """
    spread = Counter(word for unit in words for word in set(unit))
    most = max_df * len(words)
    held = {word for word in keep if word in spread}
    terms = sorted(held | {word for word, number in spread.items() if min_df <= number <= most})
    if not terms:
        raise LanxiError(
            tr(
                f"No word is left: of {len(spread)} words in {len(words)} units none stands in at least {min_df} units "
                f"and in at most {max_df:.0%} of them.",
                f"没有剩下任何词：{len(words)} 个单元共 {len(spread)} 个词，没有一个出现在至少 {min_df} 个单元、"
                f"且不超过 {max_df:.0%} 的单元中。",
            ),
            where="vocabulary",
            todo=tr(
                "Lower min_df, raise max_df, or take words off stop_words.tsv or formula_words.tsv.",
                "请降低 min_df、提高 max_df，或从 stop_words.tsv、formula_words.tsv 中去掉一些词。",
            ),
        )
    return Matrix(count(words, terms), terms)
