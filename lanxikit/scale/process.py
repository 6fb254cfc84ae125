"""``lx.process``: any number of documents in, partitioned tables out."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit import __version__
from lanxikit.errors import ReadingError
from lanxikit.messages import language, tr
from lanxikit.scale import parts
from lanxikit.scale.batches import SIZE, batched
from lanxikit.scale.house import alone, anothers, given, sensible
from lanxikit.scale.plan import Plan, amiss, clear, plan, read_about, settled, write_about
from lanxikit.scale.walk import walk
from lanxikit.study import digests

if TYPE_CHECKING:
    from lanxikit.scale.batch import Entry
    from lanxikit.scale.drive import Engine

TIME_LIMIT = 600
"""Seconds after which a batch, or a document tried by itself, is given up."""
ROUNDS = 3
"""How often batches are done that are not, in the end, as they were made."""
PATIENCE = 2.0  # seconds after which looking at the source is shown


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
    source, out = given(source, source=True), given(out, source=False)
    sensible(source, out, engine=engine, scheduler=scheduler, batch=batch, jobs=jobs, time_limit=time_limit)
    with alone(out):
        clear(out)  # the mark of an earlier run among them: what its workers still do is not written any more
        code, before = parts.code(), read_about(out)
        found = plan(out, _shown(batched(walk(source, listed=listed, leave=out), batch)), code)
        if not found.documents:
            found.file.unlink()
            raise _empty(source, out, before)
        said = {"made_by": f"lanxikit {__version__}", "source": str(source), "files": found.documents}
        said["batches"] = found.batches
        if settled(out, found):
            found.file.unlink()
            if before | said != before:  # it was moved
                write_about(out, **before | said)
            return Processed(out, found.documents, found.documents, before["unread"])
        if before and before["source"] != str(source) and not found.home and parts.receipts(out):
            raise anothers(out, before["source"])
        write_about(out, complete=False, unread=None, **said)
        parts.settle(out, found.home)
        _work(found, out, code, engine, scheduler, jobs, time_limit)
        parts.settle(out, {number: number for number in range(found.batches)})  # what others put there goes
        rows = _rows(out)
        write_about(out, complete=True, unread=rows["unread"], **said, rows=rows, packages=digests.packages())
        clear(out)
        found.file.unlink()
    return Processed(out, found.documents, found.kept, rows["unread"])


def _empty(source: Path, out: Path, before: dict | None) -> ReadingError:
    if before is None:
        return ReadingError(tr("The source holds no documents.", "来源中没有文件。"), where=source)
    return ReadingError(
        tr(
            "The source holds no documents; the results of the earlier run were left as they are.",
            "来源中没有文件；此前的结果保持原样。",
        ),
        where=source,
        todo=tr(
            f"Check that its disk is there. If it is meant to be empty, remove {out}.",
            f"请检查来源所在磁盘是否可用。若来源确应为空，请删除 {out}。",
        ),
    )


def _shown(batches: Iterable[list[Entry]]) -> Iterator[list[Entry]]:
    """Show how far we are in looking at the source: what has changed is seen by the content, which takes long."""
    from tqdm import tqdm

    with tqdm(
        desc=tr("looking at the source", "检查来源"), unit=tr(" files", " 份"), delay=PATIENCE, leave=False, **_bar()
    ) as bar:
        for batch in batches:
            yield batch
            bar.update(len(batch))


def _bar() -> dict:
    watched = sys.stderr is not None and sys.stderr.isatty()
    return {"file": sys.stderr, "mininterval": 0.2 if watched else 20, "dynamic_ncols": True}


def _work(
    found: Plan, out: Path, code: str, engine: str, scheduler: str | None, jobs: int | None, time_limit: float
) -> None:
    from tqdm import tqdm

    from lanxikit.scale.drive import drive, greet

    if found.kept == found.documents:
        return
    common = {"out": str(out), "code": code, "language": language()}
    due, unread = found.due(), 0
    told = {number: receipt for number, receipt in parts.receipts(out).items() if number not in due}
    bar = tqdm(
        total=found.documents, initial=found.kept, desc=tr("documents", "文件"), unit=tr(" docs", " 份"), **_bar()
    )

    def done(task: dict, receipt: dict) -> None:
        nonlocal unread
        if task["number"] not in told:
            unread += receipt["rows"]["unread"]
            bar.update(len(task["entries"]))
        told[task["number"]] = receipt
        if unread:
            bar.set_postfix_str(tr(f"{unread} not read", f"{unread} 份未能读取"), refresh=False)

    worker = _engine(engine, scheduler, jobs or _processors(), out)
    try:
        for _ in range(ROUNDS):
            with _mark(out) as run:
                greet(worker, common | {"run": run})
                every = common | {"run": run, "limit": time_limit, "lost": {}}
                drive(worker, (every | {"number": number, "entries": e} for number, e in found.entries(due)), done)
            due = amiss(out, found, told)
            if not due:
                return
        raise _disturbed(out)
    finally:
        bar.close()
        worker.close()


@contextmanager
def _mark(out: Path) -> Iterator[str]:
    """Put a mark into the folder of the results; without it, workers write nothing there."""
    run = uuid.uuid4().hex
    mark = out / parts.STATE / "run" / run
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    try:
        yield run
    finally:
        mark.unlink(missing_ok=True)


def _disturbed(out: Path) -> Exception:
    from lanxikit.study.crew import StageFailed

    return StageFailed(
        tr("Somebody else writes into the folder of the results.", "有其他程序在写入结果文件夹。"),
        where=out,
        todo=tr("End it and run again: what is done is kept.", "请结束该程序后重新运行：已完成的会保留。"),
    )


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
