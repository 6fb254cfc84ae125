"""Text as weighted character pairs, without the words that every document uses.

Pairs of characters beat jieba words on these texts (n = 2: 0.68 against 0.58 right goals
first), need no dictionary and survive wrong characters. Formula words — 推进, 加快, 建设 — stand
in most clauses of most documents and say how, not what: where enough of the documents at
hand use one, it is cut out, and no pair reaches across the cut.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Iterable, Sequence
from sys import intern

import numpy as np
from scipy import sparse

from lanxikit import lexicons
from lanxikit.text.fold import fold

_BREAK = re.compile(r"[^\w%]+|_")


def formula(texts: Sequence[str], documents: Sequence[str], *, share: float = 0.5,
            lexicon: str | os.PathLike | None = None) -> re.Pattern | None:
    """Return the pattern of the formula words that these documents have in common.

    Parameters
    ----------
    texts, documents : sequence of str
        The texts, and the document that each belongs to.
    share : float
        A word is cut where at least this share of the documents, and two of them, use it.
    lexicon : path, optional
        Folder whose ``formula_words.tsv`` extends ours.

    Returns
    -------
    re.Pattern or None
        None where no word is common.
    """
    whole: dict[str, list[str]] = {}
    for text, document in zip(texts, documents, strict=True):
        whole.setdefault(document, []).append(text)
    joined = ["\n".join(parts) for parts in whole.values()]
    least = max(2, share * len(joined))
    words = [row["word"] for row in lexicons.load("formula_words", lexicon)]
    common = [word for word in words if sum(word in text for text in joined) >= least]
    if not common:
        return None
    return re.compile("|".join(re.escape(word) for word in sorted(common, key=lambda word: (-len(word), word))))


def grams(text: str, cut: re.Pattern | None = None, n: int = 2) -> list[str]:
    """Return the character n-grams of a text, none across punctuation or a cut word.

    Examples
    --------
    >>> grams("加快公路建设，", re.compile("加快|建设"))
    ['公路']
    """
    text = fold(text).lower()
    if cut is not None:
        text = cut.sub(" ", text)
    runs = _BREAK.sub(" ", text).split()
    return [intern(run[i : i + n]) for run in runs for i in range(len(run) - n + 1)]  # a gram is held once


def counted(bags: Iterable[list[str]]) -> tuple[sparse.csr_array, list[str]]:
    """Count the grams of texts that are read one at a time: a row a text, a column a gram, and the grams, in order.

    Examples
    --------
    >>> table, names = counted([["公路", "路网", "公路"], ["产业"]])
    >>> names, table.toarray().tolist()
    (['产业', '公路', '路网'], [[0, 2, 1], [1, 0, 0]])
    """
    number: dict[str, int] = {}
    heads, columns, often = array("q", [0]), array("i"), array("i")
    for bag in bags:
        counts: dict[int, int] = {}
        for gram in bag:
            column = number.setdefault(gram, len(number))
            counts[column] = counts.get(column, 0) + 1
        columns.extend(counts)
        often.extend(counts.values())
        heads.append(len(columns))
    names = sorted(number)
    place = np.empty(len(names), dtype=np.int32)
    place[[number[name] for name in names]] = np.arange(len(names))
    where, starts = place[np.array(columns, dtype=np.int32)], _heads(heads)
    values = np.array(often, dtype=np.int32)
    return sparse.csr_array((values, where, starts), shape=(len(starts) - 1, len(names))), names


class Weights:
    """Inverse-document-frequency weights of n-grams, learnt from units.

    Parameters
    ----------
    bags : iterable of list of str
        The grams of each unit.
    """

    def __init__(self, bags: Iterable[list[str]]) -> None:
        counts: dict[str, int] = {}
        size = 0
        for bag in bags:
            size += 1
            for gram in set(bag):
                counts[gram] = counts.get(gram, 0) + 1
        self.index = {gram: i for i, gram in enumerate(sorted(counts))}
        often = np.array([counts[gram] for gram in self.index], dtype=float)
        self.idf = np.log((1 + size) / (1 + often)) + 1

    @classmethod
    def of_table(cls, table: sparse.csr_array, names: Sequence[str]) -> Weights:
        """Learn them from what `counted` returns."""
        found = cls(())
        found.index = {gram: i for i, gram in enumerate(names)}
        often = np.bincount(table.indices, minlength=len(names))
        found.idf = np.log((1 + table.shape[0]) / (1 + often)) + 1
        return found

    def rows(self, table: sparse.csr_array) -> sparse.csr_array:
        """Return the `matrix` of what `counted` counted."""
        values = (1 + np.log(table.data.astype(float))) * self.idf[table.indices]
        return unit_length(sparse.csr_array((values, table.indices, table.indptr), shape=table.shape))

    def matrix(self, bags: Iterable[list[str]]) -> sparse.csr_array:
        """Return a row a bag: (1 + log count) × idf, each row of length 1 (or 0 where empty)."""
        heads, columns, often = array("q", [0]), array("i"), array("i")
        for bag in bags:
            counts: dict[int, int] = {}
            for gram in bag:
                column = self.index.get(gram)
                if column is not None:
                    counts[column] = counts.get(column, 0) + 1
            columns.extend(counts)
            often.extend(counts.values())
            heads.append(len(columns))
        where, starts = np.array(columns, dtype=np.int32), _heads(heads)
        values = (1 + np.log(np.array(often, dtype=float))) * self.idf[where]
        return unit_length(sparse.csr_array((values, where, starts), shape=(len(starts) - 1, len(self.index))))

    def mass(self, bags: Sequence[list[str]]) -> np.ndarray:
        """Return the idf that each bag's different grams carry together."""
        return np.array(
            [sum(self.idf[self.index[gram]] for gram in sorted(set(bag)) if gram in self.index) for bag in bags],
            dtype=float,
        )

    def mass_of(self, rows: sparse.csr_array) -> np.ndarray:
        """Return the `mass` of the bags that these rows were made of."""
        owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        order = np.lexsort((rows.indices, owner))
        return np.bincount(owner[order], weights=self.idf[rows.indices[order]], minlength=rows.shape[0])


def _heads(heads: array) -> np.ndarray:
    return np.array(heads, dtype=np.int32 if heads[-1] < 2**31 else np.int64)  # half the size where it will do


def unit_length(matrix: sparse.csr_array) -> sparse.csr_array:
    """Scale each row to Euclidean length 1; an empty row stays empty."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_array(sparse.diags_array(scale) @ matrix)
