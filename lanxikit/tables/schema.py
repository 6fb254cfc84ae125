"""What a table promises: its columns, their types and meaning, and the check of both.

The declarations stand beside this file, a module a stage; from them come the check at
each stage's end (pandera), the data dictionary in ``datapackage.json`` (Frictionless
Table Schema) and the tables of the documentation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from lanxikit.errors import TableError
from lanxikit.messages import tr

if TYPE_CHECKING:
    import pandas as pd

STAGES = ("reading", "segmenting", "annotating", "topics", "topic_reading", "textstats", "comparing", "refining",
          "inference", "coding", "scale")
_PLAIN = {"integer": "int64", "number": "float64", "boolean": "bool"}  # the types of kinds of one type
KINDS = ("string", "integer", "number", "boolean", "date", "tuple")


@dataclass(frozen=True)
class Column:
    """One column.

    Parameters
    ----------
    name, kind : str
        ``kind`` is one of ``string integer number boolean date tuple``; a tuple holds
        strings (written joined by `` / `` in CSV, as a list in Parquet).
    about : str
        What it means, and its unit of measure.
    values : tuple of str, optional
        All values allowed, in their order.
    missing : bool
        Whether a cell may be missing.
    low, high : float, optional
        Bounds, inclusive.
    """

    name: str
    kind: str
    about: str
    values: tuple[str, ...] = ()
    missing: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: its columns, and the columns whose values together are unique."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    links: tuple[tuple[str, str, str], ...] = field(default=())  # (column, table, column there)

    def names(self) -> list[str]:
        """Return the column names in their order."""
        return [column.name for column in self.columns]

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def empty(self) -> pd.DataFrame:
        """Return the table without rows."""
        import pandas as pd

        return pd.DataFrame({name: [] for name in self.names()})


def tables() -> dict[str, Table]:
    """Return all declared tables by name."""
    found: dict[str, Table] = {}
    for stage in STAGES:
        module = import_module(f"lanxikit.tables.{stage}")
        found |= {item.name: item for item in vars(module).values() if isinstance(item, Table)}
    return found


def table(name: str) -> Table:
    """Return the declaration of a table."""
    return tables()[name]


def check(frame: pd.DataFrame, declared: Table | str) -> pd.DataFrame:
    """Give a table its declared column order and types, and check what it promises.

    Parameters
    ----------
    frame : DataFrame
        Columns that are not declared are kept, after the declared ones.
    declared : Table or str

    Returns
    -------
    DataFrame
        A new frame.

    Raises
    ------
    TableError
        A column is missing, or a value breaks the declaration; the message names the
        column and up to three such values.
    """
    import pandas as pd

    declared = table(declared) if isinstance(declared, str) else declared
    absent = [name for name in declared.names() if name not in frame.columns]
    if absent:
        raise TableError(
            tr(f"The table {declared.name} lacks columns: ", f"表 {declared.name} 缺少列：") + ", ".join(absent),
            where=declared.name,
            todo=tr(f"It needs: {', '.join(declared.names())}.", f"需要的列：{'、'.join(declared.names())}。"),
        )
    frame = frame[declared.names() + [name for name in frame.columns if name not in declared.names()]]
    frame = frame.reset_index(drop=True)
    for column in declared.columns:
        series = frame[column.name]
        try:
            if (typed := _typed(series, column, pd)) is not series:
                frame[column.name] = typed
        except (TypeError, ValueError) as error:
            if isinstance(error, TableError):
                raise
            raise TableError(
                tr(f"Values of {column.name} are no {column.kind}: {error}", f"{column.name} 列的类型不对：{error}"),
                where=f"{declared.name}.{column.name}",
                todo=tr(f"It holds: {column.about}.", "该列的含义见 datapackage.json。"),
            ) from None
    _validate(frame, declared)
    return frame


def _typed(series: pd.Series, column: Column, pd) -> pd.Series:
    plain = _PLAIN.get(column.kind)
    if plain:
        plain = "Int64" if plain == "int64" and column.missing else plain
        return series if series.dtype == plain else series.astype(plain)
    if column.kind == "tuple":
        return series.map(lambda cell: tuple(cell) if isinstance(cell, (list, tuple)) else ()).astype("object")
    if column.values:
        kept = pd.CategoricalDtype(list(column.values), ordered=True)
        if series.dtype == kept:
            return series
        foreign = sorted({str(value) for value in series.dropna().unique() if str(value) not in column.values})
        if foreign:
            raise TableError(
                tr(f"Values that {column.name} cannot have: ", f"{column.name} 不能取以下值：")
                + ", ".join(foreign[:3]),
                where=column.name,
                todo=tr(f"It takes: {', '.join(column.values)}.", f"可用的值：{'、'.join(column.values)}。"),
            )
        return series.astype(kept)
    return series if isinstance(series.dtype, pd.StringDtype) and series.dtype == "str" else series.astype("str")


def _holds(frame: pd.DataFrame, declared: Table) -> bool:
    """Tell by plain comparisons whether a table keeps its rules; where not, pandera (slow on any) says how."""
    if not frame.columns.is_unique:
        return False
    for column in declared.columns:
        series = frame[column.name]
        if not (column.missing or column.kind == "tuple") and series.isna().any():
            return False
        if (column.low is not None and (series < column.low).any()) or (
            column.high is not None and (series > column.high).any()
        ):
            return False
    return not declared.key or not frame.duplicated(list(declared.key)).any()


def _validate(frame: pd.DataFrame, declared: Table) -> None:
    if _holds(frame, declared):
        return
    import pandera.pandas as pa

    columns = {}
    for column in declared.columns:
        checks = []
        if column.low is not None:
            checks.append(pa.Check.ge(column.low))
        if column.high is not None:
            checks.append(pa.Check.le(column.high))
        columns[column.name] = pa.Column(None, checks, nullable=column.missing or column.kind == "tuple")
    schema = pa.DataFrameSchema(columns, unique=list(declared.key) or None)
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        first = cases.iloc[0]
        shown = ", ".join(map(str, cases["failure_case"].head(3)))
        raise TableError(
            tr(f"Values in the table {declared.name} break its rules", f"表 {declared.name} 中有不合规则的值")
            + f" ({first['column']}: {first['check']}): {shown}",
            where=f"{declared.name}.{first['column']}",
            todo=tr("See what the column means in datapackage.json.", "该列的含义见 datapackage.json。"),
        ) from None
