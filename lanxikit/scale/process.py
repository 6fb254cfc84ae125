"""``lx.process``: any number of documents in, partitioned tables out."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit import __version__
from lanxikit.errors import ReadingError, StudyError
from lanxikit.messages import language, tr
from lanxikit.scale import parts
from lanxikit.scale.batches import SIZE, batched
from lanxikit.scale.plan import Plan, clear, plan, read_about, settled, write_about
from lanxikit.scale.walk import walk
from lanxikit.study import digests

if TYPE_CHECKING:
    from lanxikit.scale.drive import Engine

ENGINES = ("local", "dask")
TIME_LIMIT = 600
"""Seconds after which a batch, or a document tried by itself, is given up."""
MOST_TIME = 7 * 24 * 3600


@dataclass(frozen=True)
class Processed:
    """What a run did.

    Attributes
    ----------
    out : Path
    documents : int
        How many files the source holds; ``kept`` of them stood already.
    kept : int
    unread : int
        How many could not be read; the table ``unread`` says which and why.
    """

    out: Path
    documents: int
    kept: int
    unread: int


def process(
    source: str | os.PathLike,
    out: str | os.PathLike,
    *,
    engine: str = "local",
    scheduler: str | None = None,
    jobs: int | None = None,
    listed: bool = False,
    batch: int = SIZE,
    time_limit: float = TIME_LIMIT,
) -> Processed:
    """Read, segment and annotate any number of documents into partitioned Parquet.

    The documents are taken in batches; never more than a few of them are in memory. A run that is
    stopped, or killed, goes on where it was; one that follows it does only what has changed. The tables are the
    same whatever the engine and the number of jobs. Texts made of Word, PDF and web pages go into
    the table ``texts`` and not beside the files; texts corrected by hand there are not used.

    What lies between documents cannot be seen in a stream: `lx.lineage` is left out, and the
    ``bases`` of a document are named but not looked up (``basis_id`` is missing). The same file twice is two documents;
    ``sha256`` in ``documents`` tells.

    Parameters
    ----------
    source : path
        A folder with all the folders in it, a file, or (``listed``) a text file with a path a line.
        ``documents.csv`` of each folder is heeded as `lx.read_corpus` does.
    out : path
        A folder for the results: new, empty, or of an earlier run.
    engine : {"local", "dask"}
        Processes of this machine, or the workers of a Dask cluster.
    scheduler : str, optional
        The address of a running Dask scheduler; without it workers are started here.
    jobs : int, optional
        How many processes; by default one a processor, at most four.
    listed : bool
    batch : int
        How many documents a part of a table holds on average.
    time_limit : float
        Seconds after which a batch that gives no answer is stopped; its documents are then tried one by one, each
        with the same limit, and one that takes longer goes to ``unread``. The Dask engine has no such
        limit: a worker cannot be ended there without what else it does, so a document that hangs holds its
        worker until that is ended by hand, and is then treated as one at which the worker died.

    Returns
    -------
    Processed
        The tables lie in ``out``; `lx.scan` gives them back.

    Raises
    ------
    ReadingError
        There is no such source, or no file in it.
    StudyError
        The folder holds something else, another run is at work there, or Dask is not
        installed or does not answer.
    """
    source, out = Path(os.path.abspath(source)), Path(os.path.abspath(out))
    _sensible(source, out, engine, scheduler, batch, jobs)
    if isinstance(time_limit, bool) or not isinstance(time_limit, (int, float)) or not 0 < time_limit <= MOST_TIME:
        raise StudyError(
            tr(f"time_limit={time_limit!r} cannot be.", f"time_limit={time_limit!r} 不可用。"),
            todo=tr(
                f"Give a number of seconds, at most {MOST_TIME} (a week).", f"请给出秒数，最多 {MOST_TIME}（一周）。"
            ),
        )
    with _alone(out):
        clear(out)
        code, before = parts.code(), read_about(out)
        found = plan(out, batched(walk(source, listed=listed, leave=out), batch), code)
        if not found.documents:
            raise ReadingError(tr("The source holds no documents.", "来源中没有文件。"), where=source)
        if settled(out, found):
            found.file.unlink()
            if before["source"] != str(source):  # it was moved
                write_about(out, **before | {"source": str(source)})
            return Processed(out, found.documents, found.documents, before["unread"])
        if before and before["source"] != str(source) and not found.home and parts.receipts(out):
            raise _anothers(out, before["source"])
        said = {"made_by": f"lanxikit {__version__}", "source": str(source), "files": found.documents}
        write_about(out, complete=False, unread=None, **said)
        parts.settle(out, found.home)
        _work(found, out, code, engine, scheduler, jobs, time_limit)
        rows = _rows(out)
        write_about(out, complete=True, unread=rows["unread"], **said, rows=rows, packages=digests.packages())
        clear(out)
        found.file.unlink()
    return Processed(out, found.documents, found.kept, rows["unread"])


def _work(
    found: Plan, out: Path, code: str, engine: str, scheduler: str | None, jobs: int | None, time_limit: float
) -> None:
    from tqdm import tqdm

    from lanxikit.scale.drive import drive, greet

    if found.kept == found.documents:
        return
    run = uuid.uuid4().hex
    mark = out / parts.STATE / "run" / run
    mark.parent.mkdir(parents=True)
    mark.touch()
    common = {"out": str(out), "run": run, "code": code, "language": language()}
    unread = 0
    watched = sys.stderr is not None and sys.stderr.isatty()
    bar = tqdm(
        total=found.documents,
        initial=found.kept,
        desc=tr("documents", "文件"),
        unit=tr(" docs", " 份"),
        file=sys.stderr,
        mininterval=0.2 if watched else 20,
        dynamic_ncols=True,
    )

    def done(task: dict, receipt: dict) -> None:
        nonlocal unread
        unread += receipt["rows"]["unread"]
        if unread:
            bar.set_postfix_str(tr(f"{unread} not read", f"{unread} 份未能读取"), refresh=False)
        bar.update(len(task["entries"]))

    worker = _engine(engine, scheduler, jobs or _processors(), out)
    try:
        greet(worker, common)
        common["limit"] = time_limit
        tasks = (common | {"number": number, "entries": entries, "lost": {}} for number, entries in found.due())
        drive(worker, tasks, done)
    finally:
        bar.close()
        worker.close()


def _engine(name: str, scheduler: str | None, jobs: int, out: Path) -> Engine:
    if name == "local":
        from lanxikit.scale.local import Local

        return Local(jobs, out / parts.STATE / "workers.log")
    from lanxikit.scale.cluster import Cluster

    return Cluster(scheduler, jobs, out / parts.STATE / "dask")


def _processors() -> int:
    from lanxikit.study.runner import processors

    return processors()


def _rows(out: Path) -> dict[str, int]:
    total: dict[str, int] = {}
    for receipt in parts.receipts(out).values():
        for name, count in receipt["rows"].items():
            total[name] = total.get(name, 0) + count
    return total


def _sensible(source: Path, out: Path, engine: str, scheduler: str | None, batch: int, jobs: int | None) -> None:
    if engine not in ENGINES:
        raise StudyError(
            tr(f"There is no engine {engine!r}.", f"没有名为 {engine!r} 的引擎。"),
            todo=tr("Use local or dask.", "请用 local 或 dask。"),
        )
    if scheduler and engine != "dask":
        raise StudyError(
            tr("A scheduler is of use with the Dask engine only.", "调度器地址只能与 Dask 引擎一起使用。"),
            todo="--engine dask",
        )
    for name, value in (("batch", batch), ("jobs", jobs)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise StudyError(
                tr(f"{name}={value!r} cannot be.", f"{name}={value!r} 不可用。"),
                todo=tr("Give a whole number from 1.", "请给出不小于 1 的整数。"),
            )
    if not source.exists():
        raise ReadingError(
            tr("There is no such file or folder.", "没有这个文件或文件夹。"),
            where=source,
            todo=tr("Check the path; it is taken from the folder you are in.", "请检查路径；它从当前文件夹算起。"),
        )
    if source == out or out in source.parents:
        raise StudyError(
            tr("The source must not lie in the folder of the results.", "来源不能位于结果文件夹之内。"),
            where=out,
            todo=tr("Choose another folder with --out.", "请用 --out 另选文件夹。"),
        )
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / parts.STATE).is_dir())):
        raise StudyError(
            tr("The folder for the results holds something else.", "结果文件夹中有其他内容。"),
            where=out,
            todo=tr("Give a new or empty folder with --out.", "请用 --out 指定新的或空的文件夹。"),
        )


def _anothers(out: Path, source: str) -> StudyError:
    return StudyError(
        tr(f"The folder holds the results of another source: {source}.", f"该文件夹存有另一来源的结果：{source}。"),
        where=out,
        todo=tr("Choose another folder with --out, or remove this one.", "请用 --out 另选文件夹，或删除此文件夹。"),
    )


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep other runs away from the same results; the system lets go of the lock if we are killed."""
    from filelock import FileLock, Timeout

    (out / parts.STATE).mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / parts.STATE / "run.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise StudyError(
            tr("Another run is at work here.", "另一次运行正在进行。"),
            where=out,
            todo=tr("Wait for it, or write elsewhere with --out.", "请等它结束，或用 --out 写到别处。"),
        ) from None
    try:
        yield
    finally:
        lock.release()
