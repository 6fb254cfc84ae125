"""What a leaf's place in its document says: whose matter its headings make it, and which part it stands in."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from scipy import sparse

from lanxikit import lexicons
from lanxikit.comparing.sides import above, prose
from lanxikit.gazetteer.codes import codes, stem
from lanxikit.gazetteer.mentions import Reader

WIDE = 3  # divisions


class Scopes:
    """The places that the upper leaves' headings are about, and those of each lower leaf.

    Under 加快打造兰州—白银都市圈 stands what concerns Lanzhou and Baiyin; a leaf of Haidong that names neither does
    not refine it. Many leaves share headings, and many places: each different pair is judged once.
    """

    def __init__(self, upper: list[frozenset[str]], lower: list[frozenset[str]]) -> None:
        self._kinds = tuple(list(dict.fromkeys(side)) for side in (upper, lower))
        self._which = tuple(
            _numbers(side, kinds)
            for side, kinds in zip((upper, lower), self._kinds, strict=True)
        )

    @cached_property
    def _table(self) -> np.ndarray:
        return np.array(
            [[_share(named, own) for named in self._kinds[0]] for own in self._kinds[1]], dtype=float
        ).reshape(len(self._kinds[1]), len(self._kinds[0]))

    def block(self, begin: int, end: int) -> np.ndarray:
        """Return, for lower leaves ``begin:end``, what share of the upper headings' places is theirs; NaN if none."""
        return self._table[self._which[1][begin:end]][:, self._which[0]]

    def rows(self) -> ScopeRows:
        """Return the same as sparse rows, for where different pairs are too many to be judged one by one."""
        named, own = self._kinds
        column = {code: at for at, code in enumerate(sorted({code for codes in named for code in codes}))}
        starting: dict[str, list[int]] = {}
        for code, at in column.items():
            starting.setdefault(stem(code), []).append(at)
        upper = [{column[code]: 1 / len(codes) for code in codes} for codes in named]
        lower = []
        for places in own:
            within = {stem(place)[:size] for place in places for size in range(len(stem(place)) + 1)}
            lower.append({at: 1.0 for start in within for at in starting.get(start, ())})
        sides = (upper, lower)
        return ScopeRows(
            tuple(_sparse(side, len(column))[which] for side, which in zip(sides, self._which, strict=True)),
            tuple(
                np.array([bool(kind) for kind in kinds], dtype=bool)[which]
                for kinds, which in zip(self._kinds, self._which, strict=True)
            ),
        )


class ScopeRows:
    """A row a leaf whose product is the share, and whether the leaf has any place."""

    def __init__(self, sides: tuple[sparse.csr_array, ...], known: tuple[np.ndarray, ...]) -> None:
        self.sides, self.known = sides, known

    def among(self, columns: np.ndarray) -> ScopeRows:
        """Return the same with these upper leaves only."""
        return ScopeRows((self.sides[0][columns], self.sides[1]), (self.known[0][columns], self.known[1]))

    def block(self, begin: int, end: int) -> np.ndarray:
        """Return what `Scopes.block` does."""
        found = (self.sides[1][begin:end] @ self.sides[0].T).toarray()
        found[~self.known[1][begin:end], :] = np.nan
        found[:, ~self.known[0]] = np.nan
        return found


def scopes(upper: pd.DataFrame, lower: pd.DataFrame, places: pd.DataFrame, lexicon=None) -> Scopes:
    """Read the places of the upper leaves' headings, and those that the lower leaves name or lie in.

    Parameters
    ----------
    upper, lower : DataFrame
        Leaves of either side.
    places : DataFrame
        ``lx.places`` of the lower leaves.
    lexicon : path, optional
        Folder that extends the place names.
    """
    named: dict[str, set[str]] = {}
    known = places[places["adcode"].notna()]
    for unit, cell in zip(known["unit_id"], known["adcode"].astype("str"), strict=True):
        named.setdefault(unit, set()).update(codes(cell))
    near = _cells(upper, "adcode")
    ours = [
        frozenset(_headed((*above(row), prose(row)[0]), region, lexicon))
        for row, region in zip(upper.itertuples(index=False), near, strict=True)
    ]
    own = zip(lower["unit_id"], _cells(lower, "adcode"), strict=True)
    return Scopes(ours, [frozenset(named.get(unit, set()) | set(codes(region))) for unit, region in own])


def sections(upper: pd.DataFrame, lower: pd.DataFrame, lexicon=None) -> tuple[np.ndarray, np.ndarray]:
    """Tell which part of its text each leaf stands in: 0 for the tasks, else the part of ``frame_words.tsv``."""
    rows = lexicons.load("frame_words", lexicon)
    parts = {row["part"]: number for number, row in enumerate({row["part"]: row for row in rows}.values(), 1)}
    words = [(row["word"], parts[row["part"]]) for row in rows]

    def part(row) -> int:
        return next((number for head in above(row) for word, number in words if word in head), 0)

    return tuple(
        np.array([part(row) for row in side.itertuples(index=False)], dtype=np.int64) for side in (upper, lower)
    )


def _headed(headings: tuple[str, ...], near: str | None, lexicon) -> set[str]:
    areas = {area for heading in headings if heading for area in _mentioned(heading, near, lexicon)}
    regions = codes(near)
    # a heading that names the document's whole region, or a wide area, sets nobody apart
    return {
        code
        for area in areas
        for code in area
        if len(area) <= WIDE and not any(stem(region).startswith(stem(code)) for region in regions)
    }


@lru_cache(maxsize=4096)
def _mentioned(heading: str, near: str | None, lexicon) -> tuple[tuple[str, ...], ...]:
    found = Reader(heading, near=near, lexicon=lexicon).mentions()
    return tuple(tuple(division.code for division in mention.divisions) for mention in found if mention.divisions)


def _share(named: frozenset[str], own: frozenset[str]) -> float:
    if not named or not own:
        return np.nan
    return sum(any(stem(place).startswith(stem(code)) for place in own) for code in named) / len(named)


def _sparse(rows: list[dict[int, float]], width: int) -> sparse.csr_array:
    heads = np.r_[0, np.cumsum([len(row) for row in rows], dtype=np.int64)]
    columns = np.array([at for row in rows for at in sorted(row)], dtype=np.int64)
    values = np.array([row[at] for row in rows for at in sorted(row)], dtype=float)
    return sparse.csr_array((values, columns, heads), shape=(len(rows), width))


def _numbers(side: list, kinds: list) -> np.ndarray:
    number = {one: at for at, one in enumerate(kinds)}
    return np.array([number[one] for one in side], dtype=np.int64)


def _cells(table: pd.DataFrame, name: str) -> list[str | None]:
    if name not in table.columns:
        return [None] * len(table)
    return [cell if isinstance(cell, str) else None for cell in table[name].astype("object")]
