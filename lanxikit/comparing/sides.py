"""The two tables of units that are compared, and whether they can be."""

from __future__ import annotations

import pandas as pd

from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.tables.segmenting import leaves

NEEDED = ("doc_id", "unit_id", "parent_id", "kind", "path", "heading", "text", "start", "end", "is_leaf")


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
        Not a table, a column is missing, an id stands twice, or a document stands on both sides.
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
    found = leaves(units).reset_index(drop=True)
    twice = found["unit_id"][found["unit_id"].duplicated()]
    if len(twice):
        raise TableError(
            tr("A unit stands twice in the table.", "表中有重复的单元。"),
            where=f"{name}: {', '.join(map(str, twice.head(3)))}",
            todo=tr("Pass each row once.", "每一行只传入一次。"),
        )
    return found


def prose(row) -> tuple[str, str]:
    """Return heading and text of a leaf (a named tuple), empty where missing."""
    heading = row.heading if isinstance(row.heading, str) else ""
    text = row.text if isinstance(row.text, str) else ""
    return heading, text


def above(row) -> tuple[str, ...]:
    """Return the headings above a leaf; a table that was read back from CSV holds them in one string."""
    if isinstance(row.path, str):
        return (row.path,)
    return () if row.path is None or isinstance(row.path, float) else tuple(row.path)


def headline(row) -> str:
    """Return what a leaf is headed by: its own heading, else the innermost one above it."""
    heading, _ = prose(row)
    return heading or next(reversed(above(row)), "")


def linked_leaves(links: pd.DataFrame, above: pd.DataFrame, below: pd.DataFrame, where: str) -> None:
    """Raise a TableError unless ``links`` has the columns of pairs and names leaves of the two sides only."""
    for name, side in (("upper_id", above), ("lower_id", below)):
        if name not in getattr(links, "columns", ()):
            raise TableError(
                tr(f"The table has no column {name}.", f"表中没有 {name} 列。"),
                where=where,
                todo=tr("Pass the result of lx.align or lx.refine.", "请传入 lx.align 或 lx.refine 的结果。"),
            )
        strange = sorted(set(links[name].dropna()) - set(side["unit_id"]))
        if strange or links[name].isna().any():
            raise TableError(
                tr("The pairs name units that are not leaves of the tables given.", "成对表中的单元不在所给的表里。"),
                where=f"{where}.{name}: {', '.join(map(str, strange[:3])) or 'NaN'}",
                todo=tr("Pass the same upper and lower as to lx.compare.", "请传入与 lx.compare 相同的两个表。"),
            )
