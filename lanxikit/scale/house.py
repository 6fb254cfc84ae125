"""The folder of the results, and what is asked of a run before it begins."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from lanxikit.errors import ReadingError, StudyError
from lanxikit.messages import tr
from lanxikit.scale import parts
from lanxikit.scale.batch import TABLES
from lanxikit.scale.plan import read_about

ENGINES = ("local", "dask")
MOST_TIME = 7 * 24 * 3600
SCHEMES = ("tcp", "tls", "ucx", "ws", "wss")


def sensible(
    source: Path,
    out: Path,
    *,
    engine: str,
    scheduler: str | None,
    batch: int,
    jobs: int | None,
    time_limit: float,
) -> None:
    """Make sure that a run can begin.

    Raises
    ------
    ReadingError, StudyError
    """
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
    if scheduler is not None:
        _address(scheduler)
    for name, value in (("batch", batch), ("jobs", jobs)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise StudyError(
                tr(f"{name}={value!r} cannot be.", f"{name}={value!r} 不可用。"),
                todo=tr("Give a whole number from 1.", "请给出不小于 1 的整数。"),
            )
    if isinstance(time_limit, bool) or not isinstance(time_limit, (int, float)) or not 0 < time_limit <= MOST_TIME:
        raise StudyError(
            tr(f"time_limit={time_limit!r} cannot be.", f"time_limit={time_limit!r} 不可用。"),
            todo=tr(
                f"Give a number of seconds, at most {MOST_TIME} (a week).", f"请给出秒数，最多 {MOST_TIME}（一周）。"
            ),
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
    if out.exists() and not (out.is_dir() and _ours(out)):
        raise StudyError(
            tr("The folder for the results holds something else.", "结果文件夹中有其他内容。"),
            where=out,
            todo=tr("Give a new or empty folder with --out.", "请用 --out 指定新的或空的文件夹。"),
        )


def given(path: str | os.PathLike, *, source: bool) -> Path:
    """Return the full path of what was given; an empty one, such as an unset variable leaves, is refused."""
    if os.fspath(path):
        return Path(os.path.abspath(path))
    kind = ReadingError if source else StudyError
    raise kind(
        tr("The path is empty.", "路径为空。"),
        where="SOURCE" if source else "--out",
        todo=tr("Give a folder; . is the one you are in.", "请给出文件夹；当前文件夹写作 . 。"),
    )


def _address(scheduler: str) -> None:
    """Refuse what cannot be the address of a scheduler, before anybody waits for it."""
    scheme, _, rest = scheduler.rpartition("://")
    try:
        found = urlsplit(f"//{rest}")
        fits = bool(found.hostname and found.port and found.netloc == rest)
    except ValueError:
        fits = False
    if not fits or scheme not in ("", *SCHEMES) or rest.split() != [rest]:
        raise StudyError(
            tr(f"This is no address of a scheduler: {scheduler!r}.", f"这不是调度器地址：{scheduler!r}。"),
            todo=tr("Give protocol, host and port: tcp://HOST:8786.", "请给出协议、主机和端口：tcp://主机:8786。"),
        )


def _ours(out: Path) -> bool:
    """Tell whether a folder is empty or holds what a run has left, so that nobody else's files are touched."""
    held = {path.name for path in out.iterdir()}
    if not held or read_about(out) is not None or parts.receipts(out):
        return True
    begun = {path.name for path in (out / parts.STATE).iterdir()} if (out / parts.STATE).is_dir() else {""}
    return held <= {parts.STATE, *TABLES} and begun <= parts.OWN


def anothers(out: Path, source: str) -> StudyError:
    return StudyError(
        tr(f"The folder holds the results of another source: {source}.", f"该文件夹存有另一来源的结果：{source}。"),
        where=out,
        todo=tr("Choose another folder with --out, or remove this one.", "请用 --out 另选文件夹，或删除此文件夹。"),
    )


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep other runs away from the same results; the system lets go of the lock if we are killed.

    Where there were no results and the source turns out to be none, nothing is left behind.
    """
    from filelock import FileLock, Timeout

    state, stood = out / parts.STATE, out.exists()
    fresh = not state.exists()
    state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(state / "run.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise StudyError(
            tr("Another run is at work here.", "另一次运行正在进行。"),
            where=out,
            todo=tr("Wait for it, or write elsewhere with --out.", "请等它结束，或用 --out 写到别处。"),
        ) from None
    refused = False
    try:
        yield
    except ReadingError:
        refused = True
        raise
    finally:
        lock.release()
        if refused and fresh:
            shutil.rmtree(state, ignore_errors=True)
            if not stood:
                with suppress(OSError):
                    out.rmdir()
