"""Whether what a verb was given can be used: columns that are there, numbers that are numbers, a seed that is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr

if TYPE_CHECKING:
    import pandas as pd


def need(table: object, names: Iterable[str], where: str, todo: str) -> None:
    """Raise a TableError unless this is a table that has these columns.

    Examples
    --------
    >>> need(None, ["upper_id"], "links", "Pass the result of lx.align.")
    Traceback (most recent call last):
        ...
    lanxikit.errors.TableError: The table links lacks: upper_id [links] Pass the result of lx.align.
    """
    missing = [name for name in names if name not in getattr(table, "columns", ())]
    if missing:
        raise TableError(
            tr(f"The table {where} lacks: {', '.join(missing)}", f"表 {where} 缺少列：{', '.join(missing)}"),
            where=where,
            todo=todo,
        )


def numbers(
    table: pd.DataFrame,
    name: str,
    where: str,
    *,
    low: float = float("-inf"),
    high: float = float("inf"),
    whole: bool = False,
    missing: bool = False,
    todo: str | None = None,
) -> pd.Series:
    """Return a column as numbers; those written as text, as in a CSV read without types, are read.

    Parameters
    ----------
    table : DataFrame
    name : str
        The column.
    where : str
        What the table is called, for the message.
    low, high : float
        Bounds, inclusive.
    whole, missing : bool
        Whether the numbers must be whole, and whether cells may be missing or blank.
    todo : str, optional
        What the user can do about it.

    Returns
    -------
    Series of float
        NaN where a cell is missing.

    Raises
    ------
    TableError
        A cell is no finite number, outside the bounds, not whole, or missing; the message names the first such row.

    Examples
    --------
    >>> import pandas as pd
    >>> numbers(pd.DataFrame({"score": ["0.5", ""]}), "score", "scores", missing=True).tolist()
    [0.5, nan]
    """
    import pandas as pd

    cells = table[name].astype("object")
    found = pd.to_numeric(cells, errors="coerce").astype("float64")
    blank = cells.isna() | cells.eq("")
    wrong = ~(found.between(low, high) & found.abs().lt(float("inf")))
    if whole:
        wrong |= found.mod(1).ne(0)
    wrong = (wrong & ~blank) | (blank & (not missing))
    if wrong.any():
        kind, art = ("whole number", "整数") if whole else ("number", "数")
        ends = ("", "")
        if high < float("inf"):
            ends = f", or outside {low:g} to {high:g}", f"，或不在 {low:g}–{high:g} 之间"
        raise TableError(
            tr(f"A value of {name} is missing or no {kind}{ends[0]}.", f"{name} 列有缺失的值，或不是{art}{ends[1]}。"),
            where=f"{where}: {_row(table[wrong.to_numpy()], name)}",
            todo=todo or tr("Pass the table as its verb returned it, or as lx.load_table reads it.",
                            "请原样传入相应函数的结果，或用 lx.load_table 读取。"),
        )  # fmt: skip
    return found


def flags(table: pd.DataFrame, name: str, where: str, todo: str | None = None) -> pd.Series:
    """Return a column of yes and no; a text such as ``"False"`` would count as yes, and is refused.

    Raises
    ------
    TableError
        A cell is neither true nor false.
    """
    wrong = ~table[name].isin([True, False]).to_numpy(dtype=bool)
    if wrong.any():
        raise TableError(
            tr(f"A value of {name} is neither true nor false.", f"{name} 列有既非真也非假的值。"),
            where=f"{where}: {_row(table[wrong], name)}",
            todo=todo or tr("Pass the table as its verb returned it, or as lx.load_table reads it.",
                            "请原样传入相应函数的结果，或用 lx.load_table 读取。"),
        )  # fmt: skip
    return table[name].astype("bool")


def _row(rows: pd.DataFrame, name: str) -> str:
    """Name the first of the rows by its ids, and what stands there."""
    ids = [str(rows[column].iloc[0]) for column in ("unit_id", "upper_id", "lower_id", "doc_id") if column in rows]
    return f"{', '.join(ids)}: {name}={rows[name].iloc[0]!r}".removeprefix(": ")


def seed(random_state: object) -> None:
    """Raise a LanxiError unless the seed is a whole number from 0 on."""
    import numpy as np

    if not isinstance(random_state, (int, np.integer)) or isinstance(random_state, bool) or random_state < 0:
        raise LanxiError(
            tr("random_state must be a whole number from 0 on.", "random_state 必须是不小于 0 的整数。"),
            where=f"random_state={random_state!r}",
            todo=tr("random_state=0 is usual.", "一般用 random_state=0。"),
        )
