"""``lx.scan``: the tables of a run, piece by piece or as Dask, DuckDB and pandas know them."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit.errors import StudyError, TableError
from lanxikit.messages import tr
from lanxikit.scale import parts
from lanxikit.scale.account import complaint
from lanxikit.scale.ask import answer, connected, installed
from lanxikit.scale.batch import TABLES
from lanxikit.scale.piece import joined, read, with_texts
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
        ``names`` lists the tables, ``complete`` says whether all is there,
        ``["units"]`` gives a table and ``query(sql)`` asks DuckDB about all of them. Of a
        run under way, or stopped, there are the batches that are done, and a warning; so it is
        where receipts of batches are lost, damaged or not of this run.

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
    found = Scanned(folder, about)
    if found.amiss:
        warnings.warn(found.amiss, stacklevel=2)
    return found


class Scanned:
    """The tables of a run by name.

    Attributes
    ----------
    folder : Path
    complete : bool
        Whether the run has ended and all that it made is there.
    amiss : str
        What is missing, in a sentence; empty where nothing is.
    names : tuple of str
    """

    def __init__(self, folder: Path, about: dict) -> None:
        self.folder, self.names = folder, TABLES
        self._receipts = parts.receipts(folder)
        self.amiss = complaint(about, self._receipts)
        self.complete = not self.amiss

    def __getitem__(self, name: str) -> ScannedTable:
        if name not in self.names:
            raise TableError(
                tr(f"There is no table {name!r}.", f"没有名为 {name!r} 的表。"),
                where=self.folder,
                todo=tr(f"There are: {', '.join(self.names)}.", f"可用的有：{'、'.join(self.names)}。"),
            )
        rows = {parts.part(self.folder, name, number): one["rows"][name] for number, one in self._receipts.items()}
        return ScannedTable(name, rows, self.folder)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __repr__(self) -> str:
        return "\n".join(f"{name:<18} {len(self[name]):>12,}" for name in self.names)

    def to_duckdb(self) -> duckdb.DuckDBPyConnection:
        """Return a DuckDB connection in which every table is a view of its name; it may do whatever DuckDB can."""
        return connected([self[name] for name in self.names])

    def query(self, sql: str) -> pd.DataFrame:
        """Return the answer to a question in SQL about all tables, e.g. ``SELECT … FROM units JOIN documents …``.

        The question can read the folder of the results and nothing else; it cannot write, nor load extensions.

        Parameters
        ----------
        sql : str

        Raises
        ------
        TableError
            DuckDB refuses the question; the message holds its words.
        """
        return answer(sql, [self[name] for name in self.names], self.folder)


class ScannedTable:
    """One table of a run, in its parts.

    Attributes
    ----------
    name : str
    paths : list of Path
        The Parquet files, in the order of the documents.
    columns : list of str
    """

    def __init__(self, name: str, rows: dict[Path, int], folder: Path) -> None:
        from lanxikit.tables import table

        self.name, self.paths, self._rows, self._folder = name, list(rows), sum(rows.values()), folder
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
        return pd.concat(found, ignore_index=True) if found else self.empty(columns)

    def to_dask(self, columns: Sequence[str] | None = None) -> dask.dataframe.DataFrame:
        """Return a Dask DataFrame, a partition a part, with the declared types but for tuples.

        Those are texts here, joined by `` / `` as in the CSV files of a study: Dask can write and
        exchange texts, and neither tuples nor lists.

        Parameters
        ----------
        columns : sequence of str, optional
            Only these.
        """
        frames, columns = installed("dask.dataframe", "Dask"), self._asked(columns)
        meta = with_texts(self.empty(columns), self.name)
        with import_module("dask").config.set({"dataframe.convert-string": False}):  # the declared types stay
            if not self.paths:
                return frames.from_pandas(meta, npartitions=1)
            return frames.from_map(joined, self.paths, name=self.name, columns=columns, meta=meta)

    def to_duckdb(self) -> duckdb.DuckDBPyRelation:
        """Return a DuckDB relation; categories are texts and tuples are lists there."""
        return connected([self]).view(self.name)

    def query(self, sql: str) -> pd.DataFrame:
        """Return the answer to a question in SQL about this table, which goes by its name.

        The question can read the folder of the results and nothing else; it cannot write, nor load extensions.

        Parameters
        ----------
        sql : str

        Raises
        ------
        TableError
            DuckDB refuses the question; the message holds its words.
        """
        return answer(sql, [self], self._folder)

    def empty(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the table without rows.

        Parameters
        ----------
        columns : sequence of str, optional
            Only these.
        """
        from lanxikit.tables import check

        return check(self._declared.empty(), self._declared)[self._asked(columns)]

    def _asked(self, columns: Sequence[str] | None) -> list[str]:
        asked = self.columns if columns is None else [columns] if isinstance(columns, str) else list(columns)
        foreign = [str(name) for name in asked if name not in self.columns]
        if foreign:
            raise self._refused(
                tr(f"The table has no column {', '.join(foreign)}.", f"表中没有列 {'、'.join(foreign)}。")
            )
        twice = [name for name, count in Counter(asked).items() if count > 1]
        if twice:
            raise self._refused(tr(f"Columns are named twice: {', '.join(twice)}.", f"列重复：{'、'.join(twice)}。"))
        if not asked:
            raise self._refused(tr("No column is named.", "没有指定任何列。"))
        return asked

    def _refused(self, what: str) -> TableError:
        todo = tr(f"It has: {', '.join(self.columns)}.", f"可用的有：{'、'.join(self.columns)}。")
        return TableError(what, where=self.name, todo=todo)
