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


def each_once(units: pd.DataFrame | Iterable[str]) -> pd.DataFrame | Iterable[str]:
    """Leave a heading that several units share (a merged cell; sentences of one item) to the first of them.

    It stands in the file once, and is counted once.

    Examples
    --------
    >>> units = pd.DataFrame({"doc_id": "a", "heading": ["治理", "治理"], "heading_pieces": "3-5"})
    >>> each_once(units)["heading"].tolist()
    ['治理', '']
    """
    if not isinstance(units, pd.DataFrame):
        return units if isinstance(units, str) else list(units)
    if not {"doc_id", "heading", "heading_pieces"} <= set(units.columns):
        return units
    rows = leaves(units) if "is_leaf" in units.columns else units
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
    if not isinstance(units, (pd.DataFrame, str)):
        units = list(units)
    heading = bool(cut.pop("heading", True))
    texts = read_units(units, heading=heading).texts
    return Words(rows_of(units), cut_many(texts, **cut))


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


def rows_of(units: pd.DataFrame | Iterable[str]) -> pd.DataFrame:
    """Return the rows that are counted: the leaves of a table; its document is part of a unit's id."""
    if not isinstance(units, pd.DataFrame):
        ids = read_units(units).unit_ids
        return pd.DataFrame({"unit_id": ids, "doc_id": ids}, dtype="str")
    read_units(units.iloc[:0])  # refuses what is no table of units
    rows = (leaves(units) if "is_leaf" in units.columns else units).reset_index(drop=True)
    twice = rows["unit_id"][rows["unit_id"].duplicated()]
    if len(twice):
        raise TableError(
            tr("A unit stands twice in the table.", "表中有重复的单元。"),
            where=f"units: {twice.iloc[0]}",
            todo=tr("Give each unit once: units.drop_duplicates('unit_id').",
                    "请去掉重复：units.drop_duplicates('unit_id')。"),
        )  # fmt: skip
    return rows if "doc_id" in rows else rows.assign(doc_id=rows["unit_id"].astype("str").str.split("#").str[0])


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
