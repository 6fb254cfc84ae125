"""What two leaves have in common, component by component, a block of pairs at a time."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np
import pandas as pd
from scipy import sparse

from lanxikit.comparing.clauses import clauses
from lanxikit.comparing.encoder import Encoder
from lanxikit.comparing.grams import Weights, counted, formula, grams, unit_length
from lanxikit.comparing.position import scopes, sections
from lanxikit.comparing.sides import headline, prose
from lanxikit.comparing.words import Words

COMPONENTS = ("lexical", "clause", "words", "semantic", "semantic_clause", "heading", "duty", "place", "section")
WORDING = COMPONENTS[:5]  # words and sense, of leaf and clause
SHARED = COMPONENTS[:7]  # place and section alone say nothing of the matter
GENERAL = "政府"  # function of a government as a whole
ROLE = {"lead": 1.0, "responsible": 0.5, "support": 0.3}


class Components:
    """The two sides as matrices, made once; blocks of pairs come out dense.

    Each attribute holds upper and lower side: ``linear``, sparse rows whose product is a component; ``dense``, sentence
    vectors; ``parts``, the same of clauses, ``owners`` the leaf of each clause and ``mass`` its weight.

    Parameters
    ----------
    upper, lower : DataFrame
        Leaves of either side.
    responsibilities, places : DataFrame
        Annotations of the leaves of both sides.
    encoder : Encoder, optional
        Makes the sentence vectors; without it the two semantic components are missing.
    lexicon : path, optional
        Folder with word lists of one's own.
    """

    def __init__(self, upper, lower, *, responsibilities, places, encoder: Encoder | None = None, lexicon=None) -> None:
        sides = [[prose(row) for row in side.itertuples(index=False)] for side in (upper, lower)]
        whole = [[f"{heading}\n{text}" for heading, text in side] for side in sides]
        cut = formula(whole[0] + whole[1], [*upper["doc_id"], *lower["doc_id"]], lexicon=lexicon)
        every = whole[0] + whole[1]
        self.n_upper, self.n_lower = len(upper), len(lower)
        # texts are read one at a time: all their grams as words would take more than all else
        table, names = counted(grams(text, cut) for text in every)
        weights = Weights.of_table(table, names)
        titles = Weights(grams(text) for text in every)  # in a heading, formula words tell
        self.linear = {
            "lexical": _cut_at(weights.rows(table), len(upper)),
            "words": _cut_at(Words(every).rows, len(upper)),
            "heading": tuple(
                titles.matrix(grams(headline(row)) for row in side.itertuples(index=False)) for side in (upper, lower)
            ),
            "duty": _profiles(upper, lower, _fields(responsibilities)),
        }
        del table, names, titles
        parts = [_parts(side) for side in whole]
        self.owners = tuple(owner for owner, _ in parts)
        self.parts = {"clause": tuple(weights.matrix(grams(text, cut) for text in texts) for _, texts in parts)}
        self.mass = {"clause": weights.mass_of(self.parts["clause"][1])}
        self.dense = {}
        if encoder is not None:
            self.dense["semantic"] = tuple(
                encoder.vectors(": ".join(filter(None, pair)) for pair in side) for side in sides
            )
            self.parts["semantic_clause"] = tuple(encoder.vectors(texts) for _, texts in parts)
            self.mass["semantic_clause"] = np.array([len(text) for text in parts[1][1]], dtype=float)
        self.place = scopes(upper, lower, places, lexicon)
        self.section = sections(upper, lower, lexicon)

    def block(self, begin: int, end: int) -> dict[str, np.ndarray]:
        """Return the components of lower leaves ``begin:end`` with every upper leaf.

        Returns
        -------
        dict of str to ndarray
            An array (lower, upper) a component; NaN where a side has nothing to compare.
        """
        found = {}
        for name, (upper, lower) in self.linear.items():
            part = lower[begin:end]
            found[name] = np.clip((part @ upper.T).toarray(), 0, 1)
            if name not in WORDING:
                found[name][~filled(part), :] = np.nan
                found[name][:, ~filled(upper)] = np.nan
        for name, (upper, lower) in self.dense.items():
            found[name] = np.clip(lower[begin:end] @ upper.T, 0, 1).astype(float)
        for name in self.parts:
            found[name] = self._best_clauses(name, begin, end)
        found["place"] = self.place.block(begin, end)
        found["section"] = (self.section[1][begin:end, None] == self.section[0][None, :]).astype(float)
        missing = np.full((end - begin, self.n_upper), np.nan)
        return {name: found.get(name, missing) for name in COMPONENTS}

    def among(self, columns: np.ndarray) -> Components:
        """Return the same with these upper leaves only, in ascending order."""
        found = copy(self)
        found.n_upper = len(columns)
        found.linear = {name: (upper[columns], lower) for name, (upper, lower) in self.linear.items()}
        found.dense = {name: (upper[columns], lower) for name, (upper, lower) in self.dense.items()}
        number = np.full(self.n_upper, -1)
        number[columns] = np.arange(len(columns))
        kept = np.flatnonzero(number[self.owners[0]] >= 0)
        found.owners = (number[self.owners[0][kept]], self.owners[1])
        found.parts = {name: (upper[kept], lower) for name, (upper, lower) in self.parts.items()}
        found.place = self.place.among(columns)
        found.section = (self.section[0][columns], self.section[1])
        return found

    def blocks(self, cells: int) -> list[tuple[int, int]]:
        """Return runs of lower leaves whose clauses make at most about ``cells`` pairs with all upper clauses."""
        sizes = np.bincount(self.owners[1], minlength=self.n_lower) + 1
        room = max(cells // max(len(self.owners[0]), self.n_upper, 1), 1)
        found, begin, held = [], 0, 0
        for row, size in enumerate(sizes):
            if held and held + size > room:
                found.append((begin, row))
                begin, held = row, 0
            held += int(size)
        return [*found, (begin, self.n_lower)]

    def _best_clauses(self, name: str, begin: int, end: int) -> np.ndarray:
        """How well the clauses of each lower leaf are matched, each by the best upper one, by their weight."""
        upper_owner, lower_owner = self.owners
        result = np.zeros((end - begin, self.n_upper))
        low, high = np.searchsorted(lower_owner, [begin, end])
        if low == high or not len(upper_owner):
            return result
        upper, lower = self.parts[name]
        match = lower[low:high] @ upper.T
        match = match.toarray() if sparse.issparse(match) else match
        heads = np.flatnonzero(np.r_[True, np.diff(upper_owner) > 0])
        best = np.zeros((high - low, self.n_upper))
        best[:, upper_owner[heads]] = np.maximum.reduceat(match, heads, axis=1)
        weight = self.mass[name][low:high]
        owner = lower_owner[low:high] - begin
        spread = sparse.csr_array((weight, (owner, np.arange(high - low))), shape=(end - begin, high - low))
        total = np.bincount(owner, weights=weight, minlength=end - begin)
        np.divide(spread @ best, total[:, None], out=result, where=total[:, None] > 0)
        return np.clip(result, 0, 1)


def _cut_at(matrix: sparse.csr_array, n_upper: int) -> tuple[sparse.csr_array, sparse.csr_array]:
    return matrix[:n_upper], matrix[n_upper:]


def _parts(texts: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    owner, parts = [], []
    for row, text in enumerate(texts):
        for begin, end in clauses(text):
            owner.append(row)
            parts.append(text[begin:end])
    return np.asarray(owner, dtype=np.int64), parts


def _fields(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """A row a unit and policy field, weighted by the strongest role an agency of the field has.

    An agency of two fields (区农业农村和科技局) counts for both; a government serves no field of its own.
    """
    name = "fields" if "fields" in responsibilities.columns else "function"
    table = responsibilities[["unit_id", "role", name]].explode(name)
    table = table[table[name].notna() & table[name].ne(GENERAL)]
    weight = table["role"].astype("object").map(ROLE).astype(float).fillna(ROLE["responsible"])
    return pd.DataFrame({"unit_id": table["unit_id"], "key": table[name].astype("str"), "weight": weight})


def _profiles(upper: pd.DataFrame, lower: pd.DataFrame, table: pd.DataFrame) -> tuple[sparse.csr_array, ...]:
    """Turn (unit, key, weight) rows into a matrix a side: rare keys count more, rows of length 1."""
    ids = [*upper["unit_id"], *lower["unit_id"]]
    row_of = {unit: row for row, unit in enumerate(ids)}
    table = table[table["unit_id"].isin(row_of)].groupby(["unit_id", "key"], as_index=False)["weight"].max()
    keys = {key: column for column, key in enumerate(sorted(table["key"].unique()))}
    rows, columns = table["unit_id"].map(row_of).to_numpy(int), table["key"].map(keys).to_numpy(int)
    often = np.bincount(columns, minlength=len(keys)) if len(keys) else np.zeros(0)
    idf = np.log((1 + len(ids)) / (1 + often)) + 0.3
    values = table["weight"].to_numpy(float) * idf[columns]
    both = unit_length(sparse.csr_array((values, (rows, columns)), shape=(len(ids), len(keys))))
    return _cut_at(both, len(upper))


def filled(matrix: sparse.csr_array) -> np.ndarray:
    """Tell which rows hold anything."""
    return np.diff(matrix.indptr) > 0
