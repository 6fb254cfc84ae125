"""Tables as files: CSV for people and comparisons, Parquet for speed, both with the same values."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit.errors import StudyError, TableError
from lanxikit.messages import tr
from lanxikit.study import files
from lanxikit.study.config import find
from lanxikit.tables import Column, Table, check, table, tables

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 6
JOINT = " / "
_TO_QUOTE = re.compile(r'[",\r\n]|^\s|\s$')


def load_table(name: str, *, folder: str | os.PathLike | None = None) -> pd.DataFrame:
    """Read a table that a run of the study has written.

    Parameters
    ----------
    name : str
        Its name, e.g. ``"units"``; ``data/processed/datapackage.json`` lists them all.
    folder : path, optional
        The folder it lies in; by default ``data/processed`` of the study that the
        working folder belongs to.

    Returns
    -------
    DataFrame
        The columns, order and types declared for the table: categories are ordered,
        tuples are tuples of strings, numbers have six decimals.

    Raises
    ------
    StudyError
        The table has not been made yet.
    TableError
        There is no table of this name, or the file does not hold what it should.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> rows = table("lineage").empty()
    >>> with TemporaryDirectory() as folder:
    ...     save_table(rows, "lineage", folder=folder)
    ...     load_table("lineage", folder=folder).columns[:3].tolist()
    ['upper_id', 'lower_id', 'relation']
    """
    declared = _declared(name)
    folder = processed() if folder is None else Path(folder)
    parquet, csv = folder / f"{name}.parquet", folder / f"{name}.csv"
    if parquet.is_file() and not _older(parquet, csv):
        return read_parquet(parquet, declared)
    if csv.is_file():
        frame = _read_csv(csv, declared)
    else:
        raise StudyError(
            tr(f"The table {name} has not been made yet.", f"表 {name} 尚未生成。"),
            where=csv,
            todo=tr("Run: lanxikit reproduce", "请运行：lanxikit reproduce"),
        )
    return check(frame, declared)


def save_table(frame: pd.DataFrame, name: str, *, folder: str | os.PathLike) -> None:
    """Write a table as ``<name>.csv`` and ``<name>.parquet``.

    Numbers are rounded to six decimals. The values of a tuple are joined by `` / `` in the
    CSV and a list in Parquet; where a value itself holds that sign, the spaces go. An empty
    text in a column that may be missing is missing. The same table gives the same bytes,
    and each file appears whole or not at all.

    Parameters
    ----------
    frame : DataFrame
    name : str
        A declared table.
    folder : path

    Raises
    ------
    TableError
        No such table, an undeclared or absent column, or a value against the rules.
    """
    declared = _declared(name)
    cells = _cells(frame, declared)
    files.write(Path(folder) / f"{name}.csv", _csv(cells, declared))
    files.write(Path(folder) / f"{name}.parquet", _parquet(cells, declared))


def as_parquet(frame: pd.DataFrame, declared: Table) -> bytes:
    """Return a table as the bytes of a Parquet file, with the same values as `save_table` writes.

    Raises
    ------
    TableError
        An undeclared or absent column, or a value against the rules.
    """
    return _parquet(_cells(frame, declared), declared)


def read_parquet(path: Path, declared: Table, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a Parquet file that holds a declared table, with the declared types.

    Parameters
    ----------
    path : Path
    declared : Table
    columns : sequence of str, optional
        Only these, in this order.
    """
    if columns is not None:
        declared = replace(declared, columns=tuple(declared[name] for name in columns), key=())
    return check(_read_parquet(path, columns), declared)


def processed() -> Path:
    """Return the folder of the tables: ``LANXI_PROCESSED``, or that of the study we stand in."""
    asked = os.environ.get("LANXI_PROCESSED")
    return Path(asked) if asked else find().parent / "data" / "processed"


def _declared(name: str) -> Table:
    if name not in tables():
        raise TableError(
            tr(f"There is no table {name!r}.", f"没有名为 {name!r} 的表。"),
            where=name,
            todo=tr(f"There are: {', '.join(tables())}.", f"可用的有：{'、'.join(tables())}。"),
        )
    return table(name)


def _cells(frame: pd.DataFrame, declared: Table) -> dict[str, list]:
    """Check a table, and return its columns as plain values."""
    frame = check(frame, declared)
    extra = [column for column in frame.columns if column not in declared.names()]
    if extra:
        raise TableError(
            tr("The table has columns that are declared nowhere: ", "表中有未声明的列：") + ", ".join(extra),
            where=declared.name,
            todo=tr("Declare them in lanxikit/tables.", "请在 lanxikit/tables 中声明。"),
        )
    return {column.name: _plain(frame[column.name], column) for column in declared.columns}


def _plain(series: pd.Series, column: Column) -> list:
    """Return a column as plain Python values, ``None`` for what is missing."""
    if column.kind == "tuple":
        return [[str(value).replace(JOINT, "/") for value in cell if value] for cell in series]
    known = series.notna()
    if column.kind == "number":
        return [round(float(v), DIGITS) + 0.0 if k else None for v, k in zip(series, known, strict=True)]
    if column.kind == "integer":
        return [int(v) if k else None for v, k in zip(series, known, strict=True)]
    if column.kind == "boolean":
        return [bool(v) for v in series]
    return [str(v) if k and not (column.missing and v == "") else None for v, k in zip(series, known, strict=True)]


def _csv(cells: dict[str, list], declared: Table) -> bytes:
    # Python's csv module quotes a lone carriage return or not, depending on the version; so we write ourselves.
    lines = [",".join(declared.names())]
    texts = ([_text(cell, column) for cell in cells[column.name]] for column in declared.columns)
    lines += [",".join(row) for row in zip(*texts, strict=True)]
    return ("\n".join(lines) + "\n").encode("utf-8-sig")  # the mark lets Excel read Chinese


def _text(cell: object, column: Column) -> str:
    if cell is None:
        return ""
    if column.kind == "number":
        short = f"{cell:.{DIGITS}f}".rstrip("0").rstrip(".")
        return "0" if short == "-0" else short
    if column.kind == "boolean":
        return "true" if cell else "false"
    text = JOINT.join(cell) if column.kind == "tuple" else str(cell)
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def _parquet(cells: dict[str, list], declared: Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "tuple": pa.list_(pa.string())}
    schema = pa.schema([(column.name, kinds.get(column.kind, pa.string())) for column in declared.columns])
    sink = io.BytesIO()
    pq.write_table(pa.table(cells, schema=schema), sink, compression="zstd")
    return sink.getvalue()


def _read_parquet(path: Path, columns: Sequence[str] | None) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        stored = pq.read_table(pa.py_buffer(path.read_bytes()), columns=columns and list(columns))
    except (pa.ArrowInvalid, OSError) as error:
        raise _damaged(path, error) from None
    frame = stored.to_pandas(types_mapper=_mapper)
    for item in stored.schema:
        if pa.types.is_list(item.type):
            frame[item.name] = frame[item.name].map(tuple).astype("object")
    return frame


def _mapper(kind):
    import pandas as pd
    import pyarrow as pa

    return {pa.int64(): pd.Int64Dtype(), pa.string(): pd.StringDtype(na_value=float("nan"))}.get(kind)


def _read_csv(path: Path, declared: Table) -> pd.DataFrame:
    import pandas as pd

    try:
        text = path.read_bytes().decode("utf-8-sig")
        frame = pd.read_csv(io.StringIO(text, newline=""), dtype=str, na_filter=False)
        for column in declared.columns:
            if column.name in frame:
                frame[column.name] = _values(frame[column.name], column)
    except (UnicodeDecodeError, ValueError, KeyError) as error:
        raise _damaged(path, error) from None
    return frame


def _values(series: pd.Series, column: Column) -> pd.Series:
    import pandas as pd

    if column.kind == "tuple":
        return series.map(lambda text: tuple(text.split(JOINT)) if text else ()).astype("object")
    if column.kind == "boolean":
        return series.map({"true": True, "false": False}).astype("bool")
    if column.kind == "number":
        return series.map(lambda text: float(text) if text else float("nan")).astype("float64")
    if column.kind == "integer":
        return pd.to_numeric(series).astype("Int64")
    return series.where(series != "", float("nan")) if column.missing else series


def _older(parquet: Path, csv: Path) -> bool:
    return csv.is_file() and parquet.stat().st_mtime_ns < csv.stat().st_mtime_ns


def _damaged(path: Path, error: Exception) -> StudyError:
    return StudyError(
        tr(f"The table cannot be read: {error}.", f"表无法读取：{error}。"),
        where=path,
        todo=tr("Make it again: lanxikit reproduce", "请重新生成：lanxikit reproduce"),
    )
