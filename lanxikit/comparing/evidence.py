"""Annotations that a comparison rests on: those the caller has, else computed here.

The one place where a later stage calls the annotating stage, so that ``lx.compare(upper,
lower)`` works by itself, and a study that has the tables already does not compute them twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

import pandas as pd

from lanxikit.messages import tr
from lanxikit.tables import table
from lanxikit.tables.usable import flags, need, numbers


def annotation(
    name: str,
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    given: pd.DataFrame | None = None,
    needed: Iterable[str] = (),
) -> pd.DataFrame:
    """Return one annotation table for the units of both sides.

    Parameters
    ----------
    name : str
        A verb of the annotating stage: ``"responsibilities"``, ``"targets"`` …
    upper, lower : DataFrame
        Tables of ``segment``.
    given : DataFrame, optional
        The table, if the caller has it; rows of other units do no harm.
    needed : iterable of str
        Its columns that are used, beside ``unit_id``.

    Returns
    -------
    DataFrame
        Rows of the leaves on either side.

    Raises
    ------
    TableError
        ``given`` lacks a column, or holds a number or yes-or-no that is none.
    """
    if given is None:
        verb = getattr(import_module(f"lanxikit.annotating.{name}"), name)
        return pd.concat([verb(side) for side in (upper, lower)], ignore_index=True)
    todo = tr(f"Pass the result of lx.{name}(units).", f"请传入 lx.{name}(units) 的结果。")
    need(given, ("unit_id", *needed), name, todo)
    known = set(upper["unit_id"]) | set(lower["unit_id"])
    rows = given[given["unit_id"].isin(known)].reset_index(drop=True)
    typed = {}
    for column in table(name).columns:
        if column.name in rows and column.kind in ("integer", "number"):
            found = numbers(rows, column.name, name, whole=column.kind == "integer", missing=column.missing, todo=todo)
            typed[column.name] = found if found.isna().any() or column.kind == "number" else found.astype("int64")
        elif column.name in rows and column.kind == "boolean":
            typed[column.name] = flags(rows, column.name, name, todo)
    return rows.assign(**typed)
