"""What the statistics count: the words of units, and the column that tells groups of units apart."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr
from lanxikit.tables.segmenting import leaves
from lanxikit.topics.tokens import cut_texts, read_units

CHUNK = 1000  # texts cut between two moves of the progress bar


class Words(NamedTuple):
    """Units and the words of each; ``units`` has ``unit_id`` and ``doc_id`` at least."""

    units: pd.DataFrame
    words: list[list[str]]


def in_place(units: pd.DataFrame) -> pd.DataFrame:
    """Return the leaves by document, then by ``start`` where there is one, then by id: whatever order they came in.

    Examples
    --------
    >>> units = pd.DataFrame({"unit_id": ["b#1", "a#2", "a#1"], "start": [0, 3, 9], "text": "治理"})
    >>> in_place(units)["unit_id"].tolist()
    ['a#2', 'a#1', 'b#1']
    """
    rows = leaves(units) if "is_leaf" in units.columns else units
    names = rows["unit_id"].astype("str")
    keys = pd.DataFrame(
        {
            "document": (rows["doc_id"] if "doc_id" in rows else names.str.split("#").str[0]).astype("str").to_numpy(),
            "start": pd.to_numeric(rows["start"], errors="coerce").to_numpy() if "start" in rows else 0,
            "unit": names.to_numpy(),
        }
    )
    return rows.iloc[keys.sort_values(list(keys), kind="stable").index].reset_index(drop=True)


def each_once(units: pd.DataFrame | Iterable[str]) -> pd.DataFrame | Iterable[str]:
    """Put units in their place, and leave a heading that several share to the first of them.

    Such a heading (a merged cell; sentences of one item) stands in the file once, and is counted once.

    Examples
    --------
    >>> units = pd.DataFrame({"unit_id": ["a#2", "a#1"], "doc_id": "a", "heading": "治理", "heading_pieces": "3-5",
    ...                       "text": ["黄河", "湟水"]})
    >>> each_once(units)[["unit_id", "heading"]].values.tolist()
    [['a#1', '治理'], ['a#2', '']]
    """
    if not isinstance(units, pd.DataFrame):
        return units
    read_units(units.iloc[:0])  # refuses what is no table of units
    rows = in_place(units)
    if not {"doc_id", "heading", "heading_pieces"} <= set(rows.columns):
        return rows
    again = rows.duplicated(["doc_id", "heading_pieces"]) & rows["heading_pieces"].fillna("").ne("")
    return rows.assign(heading=rows["heading"].astype("object").mask(again, ""))


def words_of(units: pd.DataFrame | Iterable[str], **cut: object) -> Words:
    """Cut units into words; of a list of texts, each text is its own document.

    Examples
    --------
    >>> found = words_of(["治理黄河", "修建铁路"])
    >>> found.units["doc_id"].tolist(), found.words
    (['text#001', 'text#002'], [['治理', '黄河'], ['修建', '铁路']])
    """
    rows, texts = read(units, heading=bool(cut.pop("heading", True)))
    return Words(rows, cut_many(texts, **cut))


def cut_many(texts: list[str], **cut: object) -> list[list[str]]:
    """Cut texts into words, with a progress bar where it takes long.

    Examples
    --------
    >>> cut_many(["治理黄河", "，"])
    [['治理', '黄河'], []]
    """
    from tqdm import tqdm

    words: list[list[str]] = cut_texts([], **cut)  # refuses wrong options even where there is no text
    with tqdm(total=len(texts), desc="words", delay=2, file=sys.stderr, leave=False) as bar:
        for begin in range(0, len(texts), CHUNK):
            part = texts[begin : begin + CHUNK]
            words += cut_texts(part, **cut)
            bar.update(len(part))
    return words


def read(units: pd.DataFrame | Iterable[str], *, heading: bool = True) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows that are counted (the leaves of a table; its document is part of a unit's id) and their texts.

    Examples
    --------
    >>> rows, texts = read(pd.DataFrame({"unit_id": ["a#1"], "heading": ["治理"], "text": ["黄河"]}))
    >>> rows["doc_id"].tolist(), texts
    (['a'], ['治理\\n黄河'])
    """
    ids, texts = read_units(units, heading=heading)
    if not isinstance(units, pd.DataFrame):
        return pd.DataFrame({"unit_id": ids, "doc_id": ids}, dtype="str"), texts
    rows = (leaves(units) if "is_leaf" in units.columns else units).reset_index(drop=True)
    return rows if "doc_id" in rows else rows.assign(doc_id=rows["unit_id"].astype("str").str.split("#").str[0]), texts


def column(units: pd.DataFrame, by: str, where: str) -> pd.Series:
    """Return a column of the units; ``"level"`` is the level of the document, where ``doc_level`` gives it.

    Raises
    ------
    TableError
        There is no such column.
    """
    name = "doc_level" if by == "level" and "doc_level" in units.columns else by
    if not isinstance(name, str) or name not in units.columns:
        raise TableError(
            tr(f"The table of units has no column {by!r}.", f"单元表没有 {by!r} 列。"),
            where=where,
            todo=tr(
                f"Name a column of the table: {', '.join(map(str, units.columns))}.",
                f"请给出表中的列：{'、'.join(map(str, units.columns))}。",
            ),
        )
    return units[name].astype("object")


def whole(value: object, name: str, low: int) -> int:
    """Return a whole number that is at least ``low``.

    Raises
    ------
    LanxiError
        It is none.

    Examples
    --------
    >>> whole(5, "window", 1)
    5
    """
    if isinstance(value, bool) or not hasattr(value, "__index__") or value < low:
        raise LanxiError(
            tr(f"{name} must be a whole number of at least {low}.", f"{name} 必须是不小于 {low} 的整数。"),
            where=f"{name}={value!r}",
            todo=tr(f"For example {name}={max(low, 5)}.", f"例如 {name}={max(low, 5)}。"),
        )
    return int(value)
