"""The two tables of units that are compared, and whether they can be."""

from __future__ import annotations

import re
from collections.abc import Collection
from numbers import Integral, Real

import pandas as pd

from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.tables.segmenting import leaves
from lanxikit.tables.usable import flags

NEEDED = ("doc_id", "unit_id", "parent_id", "kind", "path", "heading", "text", "start", "end", "is_leaf")
JOINT = " / "  # between headings, where lx.load_table and others write a path as one string
_PIECES = re.compile(r"(?:\d+-\d+(?:;\d+-\d+)*)?")


def both(upper: pd.DataFrame, lower: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the leaves of either side, in document order.

    Parameters
    ----------
    upper, lower : DataFrame
        Tables of ``segment``, all rows of the documents concerned.

    Returns
    -------
    tuple of DataFrame
        Leaves of ``upper`` and of ``lower``, each with a fresh index.

    Raises
    ------
    TableError
        Not a table, a column is missing or holds what it cannot, an id stands twice, or a document is on both sides.
    """
    found = tuple(_leaves(table, name) for table, name in ((upper, "upper"), (lower, "lower")))
    shared = sorted(set(found[0]["doc_id"]) & set(found[1]["doc_id"]))
    if shared:
        raise TableError(
            tr("A document stands on both sides of the comparison.", "同一文件既在上位又在下位。"),
            where=", ".join(map(str, shared)),
            todo=tr(
                "Give each document to one side: upper[...] and lower[...] by doc_id.",
                "请按 doc_id 把每个文件只放在一边。",
            ),
        )
    return found


def _leaves(units: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = getattr(units, "columns", None)
    missing = [column for column in NEEDED if columns is None or column not in columns]
    if missing:
        raise TableError(
            tr(f"This is not a table of lx.segment; missing: {', '.join(missing)}",
               f"这不是 lx.segment 的结果表，缺少列：{', '.join(missing)}"),
            where=name,
            todo=tr("Pass rows of lx.segment(corpus), all columns.", "请传入 lx.segment(corpus) 的结果，保留全部列。"),
        )
    todo = tr("Pass lx.segment(corpus), or lx.load_table('units'), unchanged.",
              "请原样传入 lx.segment(corpus) 或 lx.load_table('units') 的结果。")
    flags(units, "is_leaf", name, todo)
    for column, holds in CELLS.items():
        wrong = [cell for cell in units[column] if not holds(cell)] if column in units.columns else []
        if wrong:
            raise TableError(
                tr(f"A value of {column} cannot be used.", f"{column} 列有不能使用的值。"),
                where=f"{name}: {column}={wrong[0]!r}",
                todo=todo,
            )
    found = leaves(units).reset_index(drop=True)
    twice = found["unit_id"][found["unit_id"].duplicated()]
    if len(twice):
        raise TableError(
            tr("A unit stands twice in the table.", "表中有重复的单元。"),
            where=f"{name}: {', '.join(map(str, twice.head(3)))}",
            todo=tr("Pass each row once.", "每一行只传入一次。"),
        )
    return found


def _offset(cell: object) -> bool:
    return isinstance(cell, Integral) or (isinstance(cell, Real) and float(cell).is_integer())


def _headings(cell: object) -> bool:
    if isinstance(cell, str) or not hasattr(cell, "__iter__"):
        return isinstance(cell, str) or pd.isna(cell)
    return all(isinstance(head, str) for head in cell)


CELLS = {
    "doc_id": lambda cell: isinstance(cell, str) and bool(cell),
    "unit_id": lambda cell: isinstance(cell, str) and bool(cell),
    "path": _headings,
    "start": _offset,
    "end": _offset,
    "pieces": lambda cell: not isinstance(cell, str) or bool(_PIECES.fullmatch(cell)),
}
"""What a cell of ``units`` must hold for its words to be found in the file."""


def prose(row) -> tuple[str, str]:
    """Return heading and text of a leaf (a named tuple), empty where missing."""
    heading = row.heading if isinstance(row.heading, str) else ""
    text = row.text if isinstance(row.text, str) else ""
    return heading, text


def above(row) -> tuple[str, ...]:
    """Return the headings above a leaf; a table that was read back from CSV holds them in one string."""
    path = row.path.split(JOINT) if isinstance(row.path, str) else row.path
    return tuple(filter(None, path)) if hasattr(path, "__iter__") else ()


def hanging(units: pd.DataFrame, ids: Collection[str]) -> pd.DataFrame:
    """Keep the units of these ids and what hangs on them, whatever type a column of nothing has."""
    return units[units["unit_id"].isin(ids) | units["parent_id"].astype("object").isin(ids)]


def headline(row) -> str:
    """Return what a leaf is headed by: its own heading, else the innermost one above it."""
    heading, _ = prose(row)
    return heading or next(reversed(above(row)), "")
