"""Annotations that a comparison rests on: those the caller has, else computed here.

The one place where a later stage calls the annotating stage, so that ``lx.compare(upper,
lower)`` works by itself, and a study that has the tables already does not compute them twice.
"""

from __future__ import annotations

from importlib import import_module

import pandas as pd

from lanxikit.errors import TableError
from lanxikit.messages import tr


def annotation(name: str, upper: pd.DataFrame, lower: pd.DataFrame, given: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one annotation table for the units of both sides.

    Parameters
    ----------
    name : str
        A verb of the annotating stage: ``"responsibilities"``, ``"targets"`` …
    upper, lower : DataFrame
        Tables of ``segment``.
    given : DataFrame, optional
        The table, if the caller has it; rows of other units do no harm.

    Returns
    -------
    DataFrame
        Rows of the leaves on either side.

    Raises
    ------
    TableError
        ``given`` has no ``unit_id``.
    """
    if given is None:
        verb = getattr(import_module(f"lanxikit.annotating.{name}"), name)
        return pd.concat([verb(side) for side in (upper, lower)], ignore_index=True)
    if "unit_id" not in getattr(given, "columns", ()):
        raise TableError(
            tr("The table has no column unit_id.", "表中没有 unit_id 列。"),
            where=name,
            todo=tr(f"Pass the result of lx.{name}(units).", f"请传入 lx.{name}(units) 的结果。"),
        )
    known = set(upper["unit_id"]) | set(lower["unit_id"])
    return given[given["unit_id"].isin(known)].reset_index(drop=True)
