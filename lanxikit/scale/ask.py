"""Questions in SQL to the tables of a run, answered by DuckDB: behind a fence, or with all that DuckDB can do."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit.errors import StudyError, TableError
from lanxikit.messages import tr
from lanxikit.scale.account import again

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from lanxikit.scale.scan import ScannedTable

_NOTHING_FOREIGN = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",  # names of variables are no tables
}
_ANSWERS = ("select", "from", "with", "pivot", "unpivot")


def connected(tables: Sequence[ScannedTable]) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB connection in which tables are views of their names; it may do whatever DuckDB can."""
    connection = _duckdb().connect()
    with _heard():
        _view(connection, tables)
    return connection


def answer(sql: str, tables: Sequence[ScannedTable], folder: Path) -> pd.DataFrame:
    """Return the answer to a question about tables.

    The question can read what lies in the folder, and nothing else; it cannot write, nor load extensions.

    Parameters
    ----------
    sql : str
        One or more statements that select; the last gives the answer.
    tables : sequence of ScannedTable
    folder : Path

    Raises
    ------
    TableError
        There is no question, or DuckDB refuses it, in its own words.
    StudyError
        A part of the table is damaged or lost, or DuckDB is not installed.
    """
    with _duckdb().connect(config=_NOTHING_FOREIGN) as connection, _heard(sql):
        connection.execute(f"SET allowed_directories = [{_quoted(folder)}]")
        connection.execute("SET enable_external_access = false")
        _view(connection, tables)
        connection.execute("SET lock_configuration = true")
        statements = connection.extract_statements(sql) if isinstance(sql, str) else []
        if not statements:
            raise TableError(
                tr("There is no question.", "没有查询语句。"),
                todo=tr("Write, for instance: ", "例如：") + f"SELECT count(*) FROM {tables[0].name}",
            )
        if not all(_selects(one) for one in statements):
            raise TableError(
                tr("A question only reads.", "查询只能读取数据。"),
                where=sql,
                todo=tr(
                    "Begin it with SELECT; to_duckdb() gives a connection that may do everything.",
                    "请以 SELECT 开头；to_duckdb() 返回不受此限制的连接。",
                ),
            )
        return connection.sql(sql).df()


def _selects(statement) -> bool:
    """Tell whether a statement cannot write: PIVOT is several in one, which COPY (PIVOT …) would be too."""
    if statement.type.name == "MULTI":
        return statement.query.lstrip("( \t\r\n").lower().startswith(_ANSWERS)
    return statement.type.name == "SELECT"


def _view(connection, tables: Sequence[ScannedTable]) -> None:
    connection.execute("SET enable_progress_bar = false")
    for table in tables:
        if table.paths:
            listed = ", ".join(map(_quoted, table.paths))
            rows = f"read_parquet([{listed}], hive_partitioning = false)"
        else:
            connection.register(f"{table.name} empty", table.empty())
            rows = f'"{table.name} empty"'
        connection.execute(f'CREATE VIEW "{table.name}" AS SELECT * FROM {rows}')


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def _heard(sql: object = None):
    """Turn what DuckDB raises into errors of ours, in its own words."""
    import duckdb

    try:
        yield
    except duckdb.PermissionException as error:
        raise TableError(
            str(error),
            where=sql,
            todo=tr(
                "A question reads the tables of its folder only; to_duckdb() gives a connection that may do more.",
                "查询只能读取结果文件夹中的表；to_duckdb() 返回不受此限制的连接。",
            ),
        ) from None
    except duckdb.IOException as error:
        raise StudyError(str(error), where=sql, todo=again()) from None
    except duckdb.Error as error:
        raise TableError(
            str(error),
            where=sql,
            todo=tr("Check tables and columns: lx.scan(DIR).names.", "请检查表名和列名：lx.scan(目录).names。"),
        ) from None


def installed(module: str, name: str):
    """Return a module that comes with the extra for clusters."""
    from lanxikit.scale.cluster import lacking

    try:
        return import_module(module)
    except ImportError:
        raise lacking(name) from None


def _duckdb():
    return installed("duckdb", "DuckDB")
