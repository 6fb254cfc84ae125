"""``lx.scan``: the tables of a run, piece by piece or as Dask, DuckDB and pandas know them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit.errors import StudyError, TableError
from lanxikit.messages import tr
from lanxikit.scale import parts
from lanxikit.scale.batch import TABLES
from lanxikit.scale.plan import read_about

if TYPE_CHECKING:
    import dask.dataframe
    import duckdb
    import pandas as pd


def scan(folder: str | os.PathLike) -> Scanned:
    """Open the results of `lx.process`; nothing is read before it is asked for.

    Parameters
    ----------
    folder : path
        What was given as ``out`` (``--out``).

    Returns
    -------
    Scanned
        ``names`` lists the tables, ``complete`` says whether the run has ended,
        ``["units"]`` gives a table and ``query(sql)`` asks DuckDB about all of them. Of a
        run under way, or stopped, there are the batches that are done, and a warning.

    Raises
    ------
    StudyError
        The folder is none of `lx.process`.

    Examples
    --------
    >>> import tempfile, pathlib, lanxikit as lx
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "plan.txt").write_text("1.建成公路10公里。\\n责任单位：市交通局\\n", encoding="utf-8")
    >>> lx.process(folder, folder / "out", jobs=1).unread
    0
    >>> tables = lx.scan(folder / "out")
    >>> [len(piece) for piece in tables["responsibilities"].pieces()]
    [1]
    >>> tables["targets"].to_pandas(columns=["unit_id", "value"]).values.tolist()
    [['plan#001', 10.0]]
    """
    folder = Path(os.path.abspath(folder))
    about = read_about(folder)
    if about is None:
        raise StudyError(
            tr("This folder does not hold results of lanxikit process.", "该文件夹不是 lanxikit process 的结果。"),
            where=folder,
            todo=tr("Make them: lanxikit process SOURCE --out DIR.", "请先运行：lanxikit process SOURCE --out DIR。"),
        )
    if not about["complete"]:
        warnings.warn(
            tr(
                "The run has not ended: these are the batches done so far. The same command goes on with it.",
                "运行尚未完成：目前只有已完成的批次。再次执行同一命令即可继续。",
            ),
            stacklevel=2,
        )
    return Scanned(folder, about)


class Scanned:
    """The tables of a run by name.

    Attributes
    ----------
    folder : Path
    complete : bool
    names : tuple of str
    """

    def __init__(self, folder: Path, about: dict) -> None:
        self.folder, self.complete, self.names = folder, about["complete"], TABLES
        self._receipts = parts.receipts(folder)

    def __getitem__(self, name: str) -> ScannedTable:
        if name not in self.names:
            raise TableError(
                tr(f"There is no table {name!r}.", f"没有名为 {name!r} 的表。"),
                where=self.folder,
                todo=tr(f"There are: {', '.join(self.names)}.", f"可用的有：{'、'.join(self.names)}。"),
            )
        rows = {parts.part(self.folder, name, number): one["rows"][name] for number, one in self._receipts.items()}
        return ScannedTable(name, rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __repr__(self) -> str:
        return "\n".join(f"{name:<18} {len(self[name]):>12,}" for name in self.names)

    def to_duckdb(self) -> duckdb.DuckDBPyConnection:
        """Return a DuckDB connection in which every table is a view of its name."""
        connection = _installed("duckdb", "DuckDB").connect()
        connection.execute("SET enable_progress_bar = false")
        for name in self.names:
            self[name]._view(connection)
        return connection

    def query(self, sql: str) -> pd.DataFrame:
        """Return the answer to a question in SQL about all tables, e.g. ``SELECT … FROM units JOIN documents …``.

        Parameters
        ----------
        sql : str
        """
        with self.to_duckdb() as connection:
            return connection.sql(sql).df()


class ScannedTable:
    """One table of a run, in its parts.

    Attributes
    ----------
    name : str
    paths : list of Path
        The Parquet files, in the order of the documents.
    columns : list of str
    """

    def __init__(self, name: str, rows: dict[Path, int]) -> None:
        from lanxikit.tables import table

        self.name, self.paths, self._rows = name, list(rows), sum(rows.values())
        self._declared = table(name)
        self.columns = self._declared.names()

    def __len__(self) -> int:
        return self._rows

    def __repr__(self) -> str:
        return f"ScannedTable({self.name}: {self._rows:,} rows in {len(self.paths):,} parts)"

    def pieces(self, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """Go through the parts, one DataFrame at a time, with the declared types.

        Parameters
        ----------
        columns : sequence of str, optional
            Only these.
        """
        columns = self._asked(columns)
        for path in self.paths:
            yield read(path, self.name, columns)

    def to_pandas(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the whole table; it must fit into memory.

        Parameters
        ----------
        columns : sequence of str, optional
            Only these.
        """
        import pandas as pd

        found = [piece for piece in self.pieces(columns) if len(piece)]
        return pd.concat(found, ignore_index=True) if found else self._empty(self._asked(columns))

    def to_dask(self, columns: Sequence[str] | None = None) -> dask.dataframe.DataFrame:
        """Return a Dask DataFrame, a partition a part, with the declared types.

        Parameters
        ----------
        columns : sequence of str, optional
            Only these.
        """
        frames, columns = _installed("dask.dataframe", "Dask"), self._asked(columns)
        dask = import_module("dask")
        with dask.config.set({"dataframe.convert-string": False}):  # tuples are no strings
            if not self.paths:
                return frames.from_pandas(self._empty(columns), npartitions=1)
            return frames.from_map(read, self.paths, name=self.name, columns=columns, meta=self._empty(columns))

    def to_duckdb(self) -> duckdb.DuckDBPyRelation:
        """Return a DuckDB relation; categories are texts and tuples are lists there."""
        connection = _installed("duckdb", "DuckDB").connect()
        self._view(connection)
        return connection.view(self.name)

    def query(self, sql: str) -> pd.DataFrame:
        """Return the answer to a question in SQL about this table, which goes by its name.

        Parameters
        ----------
        sql : str
        """
        connection = _installed("duckdb", "DuckDB").connect()
        with connection:
            self._view(connection)
            return connection.sql(sql).df()

    def _view(self, connection) -> None:
        connection.execute("SET enable_progress_bar = false")
        if self.paths:
            listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in self.paths)
            rows = f"read_parquet([{listed}], hive_partitioning = false)"
        else:
            connection.register(f"{self.name} empty", self._empty(self.columns))
            rows = f'"{self.name} empty"'
        connection.execute(f'CREATE VIEW "{self.name}" AS SELECT * FROM {rows}')

    def _empty(self, columns: Sequence[str]) -> pd.DataFrame:
        from lanxikit.tables import check

        return check(self._declared.empty(), self._declared)[list(columns)]

    def _asked(self, columns: Sequence[str] | None) -> list[str]:
        asked = self.columns if columns is None else [columns] if isinstance(columns, str) else list(columns)
        foreign = [name for name in asked if name not in self.columns]
        if foreign:
            raise TableError(
                tr(f"The table has no column {', '.join(foreign)}.", f"表中没有列 {'、'.join(foreign)}。"),
                where=self.name,
                todo=tr(f"It has: {', '.join(self.columns)}.", f"可用的有：{'、'.join(self.columns)}。"),
            )
        return asked


def read(path: Path, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read one part of a table.

    Parameters
    ----------
    path : Path
    name : str
        The table.
    columns : sequence of str, optional
    """
    from lanxikit.study.tables import read_parquet
    from lanxikit.tables import table

    return read_parquet(path, table(name), columns)


def _installed(module: str, name: str):
    from lanxikit.scale.cluster import lacking

    try:
        return import_module(module)
    except ImportError:
        raise lacking(name) from None
