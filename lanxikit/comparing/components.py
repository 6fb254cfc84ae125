"""What two leaves have in common, component by component, a block of pairs at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from lanxikit.comparing.clauses import clauses
from lanxikit.comparing.grams import Weights, formula, grams, unit_length
from lanxikit.comparing.sides import above, prose

COMPONENTS = ("lexical", "clause", "heading", "duty", "place")
GENERAL = "政府"  # function of a government as a whole
ROLE = {"lead": 1.0, "responsible": 0.5, "support": 0.3}


class Components:
    """The two sides as sparse matrices, made once; blocks of pairs come out dense.

    Parameters
    ----------
    upper, lower : DataFrame
        Leaves of either side.
    responsibilities, places : DataFrame
        Annotations of the leaves of both sides.
    lexicon : path, optional
        Folder with word lists of one's own.
    """

    def __init__(self, upper, lower, *, responsibilities, places, lexicon=None) -> None:
        sides = [[prose(row) for row in side.itertuples(index=False)] for side in (upper, lower)]
        whole = [[f"{heading}\n{text}" for heading, text in side] for side in sides]
        documents = [*upper["doc_id"], *lower["doc_id"]]
        cut = formula(whole[0] + whole[1], documents, lexicon=lexicon)
        bags = [[grams(text, cut) for text in side] for side in whole]
        self._weights = Weights([*bags[0], *bags[1]])
        self.n_upper, self.n_lower = len(upper), len(lower)
        self._linear = {
            "lexical": tuple(self._weights.matrix(side) for side in bags),
            "heading": self._headings(upper, lower, cut),
            "duty": _profiles(upper, lower, _fields(responsibilities)),
            "place": _profiles(upper, lower, _named(places)),
        }
        self._clauses = tuple(_parts(side, cut) for side in whole)
        self._clause_rows = tuple(self._weights.matrix(bags) for _, bags in self._clauses)
        self._clause_mass = self._weights.mass(self._clauses[1][1])

    def _headings(self, upper, lower, cut):
        sides = []
        for side in (upper, lower):
            sides.append([grams("\n".join([*above(row), prose(row)[0]]), cut) for row in side.itertuples(index=False)])
        weights = Weights([*sides[0], *sides[1]])
        return tuple(weights.matrix(side) for side in sides)

    def block(self, begin: int, end: int) -> dict[str, np.ndarray]:
        """Return the components of lower leaves ``begin:end`` with every upper leaf.

        Returns
        -------
        dict of str to ndarray
            An array (lower, upper) a component; NaN where a side has nothing to compare.
        """
        found = {}
        for name, (upper, lower) in self._linear.items():
            part = lower[begin:end]
            found[name] = np.clip((part @ upper.T).toarray(), 0, 1)
            if name != "lexical":
                found[name][~_filled(part), :] = np.nan
                found[name][:, ~_filled(upper)] = np.nan
        found["clause"] = self._best_clauses(begin, end)
        return found

    def blocks(self, cells: int) -> list[tuple[int, int]]:
        """Return runs of lower leaves whose clauses make at most about ``cells`` pairs with all upper clauses."""
        owner = self._clauses[1][0]
        sizes = np.bincount(owner, minlength=self.n_lower) + 1
        room = max(cells // max(len(self._clauses[0][0]), self.n_upper, 1), 1)
        found, begin, held = [], 0, 0
        for row, size in enumerate(sizes):
            if held and held + size > room:
                found.append((begin, row))
                begin, held = row, 0
            held += int(size)
        return [*found, (begin, self.n_lower)]

    def _best_clauses(self, begin: int, end: int) -> np.ndarray:
        upper_owner, lower_owner = (owner for owner, _ in self._clauses)
        result = np.zeros((end - begin, self.n_upper))
        low, high = np.searchsorted(lower_owner, [begin, end])
        if low == high or not len(upper_owner):
            return result
        match = (self._clause_rows[1][low:high] @ self._clause_rows[0].T).toarray()
        heads = np.flatnonzero(np.r_[True, np.diff(upper_owner) > 0])
        best = np.zeros((high - low, self.n_upper))
        best[:, upper_owner[heads]] = np.maximum.reduceat(match, heads, axis=1)
        weight = self._clause_mass[low:high]
        owner = lower_owner[low:high] - begin
        spread = sparse.csr_array((weight, (owner, np.arange(high - low))), shape=(end - begin, high - low))
        total = np.bincount(owner, weights=weight, minlength=end - begin)
        np.divide(spread @ best, total[:, None], out=result, where=total[:, None] > 0)
        return np.clip(result, 0, 1)


def _parts(texts: Sequence[str], cut) -> tuple[np.ndarray, list[list[str]]]:
    owner, bags = [], []
    for row, text in enumerate(texts):
        for begin, end in clauses(text):
            owner.append(row)
            bags.append(grams(text[begin:end], cut))
    return np.asarray(owner, dtype=np.int64), bags


def _fields(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """A row a unit and policy field, weighted by the strongest role an agency of the field has.

    An agency of two fields (区农业农村和科技局) counts for both; a government serves no field of its own.
    """
    name = "fields" if "fields" in responsibilities.columns else "function"
    table = responsibilities[["unit_id", "role", name]].explode(name)
    table = table[table[name].notna() & table[name].ne(GENERAL)]
    weight = table["role"].astype("object").map(ROLE).astype(float).fillna(ROLE["responsible"])
    return pd.DataFrame({"unit_id": table["unit_id"], "key": table[name].astype("str"), "weight": weight})


def _named(places: pd.DataFrame) -> pd.DataFrame:
    """A row a unit and code of a place named; an area that lies in two divisions counts for both."""
    table = places.loc[places["adcode"].notna(), ["unit_id", "adcode"]].astype("str")
    table = table.assign(key=table["adcode"].str.split("、")).explode("key")
    return pd.DataFrame({"unit_id": table["unit_id"], "key": table["key"], "weight": 1.0})


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
    return both[: len(upper)], both[len(upper) :]


def _filled(matrix: sparse.csr_array) -> np.ndarray:
    return np.diff(matrix.indptr) > 0
