"""What a worker is told and what it answers: plain values only, so that any engine can carry them.

A task has ``out``, ``run`` (a mark that must lie in the folder), ``code``, ``language``; and either
``entries`` with ``number`` and ``lost``, or ``trial``: entries to be tried without writing anything. ``limit``
says how many seconds it may take; an engine that can end its workers heeds it.
The answer is ``{"receipt": …}``, or ``{"error": kind, "what": …, "where": …, "todo": …}``.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from lanxikit import errors
from lanxikit.errors import LanxiError, StudyError
from lanxikit.messages import tr
from lanxikit.scale import batch, parts


class WorkerDied(Exception):
    """The process that had a task ended without an answer."""


class WorkerHung(WorkerDied):
    """It gave no answer within the time that the task may take, and was ended."""


def perform(task: dict) -> dict:
    """Do a task: the one entrance for every engine.

    Parameters
    ----------
    task : dict

    Returns
    -------
    dict
    """
    try:
        with _speaking(task["language"]):
            _in_sight(task)
            _same_code(task)
            return {"receipt": _done(task)}
    except LanxiError as error:
        return {"error": type(error).__name__, "what": error.what, "where": error.where, "todo": error.todo}
    except OSError as error:
        name = None if error.filename is None else str(error.filename)
        return {"error": "OSError", "what": error.strerror or str(error), "where": name, "errno": error.errno}
    except Exception as error:
        return {"error": "fault", "what": f"{type(error).__name__}: {error}", "where": traceback.format_exc()[-2000:]}


def answered(answer: dict) -> dict | None:
    """Return the receipt in an answer, or raise what went wrong.

    Raises
    ------
    LanxiError, OSError
        Something must be mended before the run can go on.
    StageFailed
        A reason that is ours.
    """
    kind = answer.get("error")
    if kind is None:
        return answer["receipt"]
    if kind == "OSError":
        raise OSError(answer["errno"], answer["what"], answer["where"])
    if kind == "fault":
        from lanxikit.study.crew import StageFailed

        raise StageFailed(
            tr(f"A worker stopped: {answer['what']}.", f"工作进程出错：{answer['what']}。"),
            where=answer["where"],
            todo=tr("What is done is kept; the next run goes on from there.", "已完成的会保留，下次运行从此处继续。"),
        )
    raise getattr(errors, kind, StudyError)(answer["what"], where=answer["where"], todo=answer["todo"])


def _done(task: dict) -> dict | None:
    if "trial" in task:
        batch.made([batch.Entry(*entry) for entry in task["trial"]])
    if "entries" not in task:
        return None
    entries = [batch.Entry(*entry) for entry in task["entries"]]
    entries = [entry._replace(fault=entry.fault and tuple(entry.fault)) for entry in entries]
    lost = {name: tuple(why) for name, why in task["lost"].items()}
    # The digest is taken before the files are read: what changes in between is done again by the next run.
    key = None if lost else parts.key(entries, task["code"])
    passing: list[str] = []
    tables = batch.made(entries, lost, passing)
    # The run may have been killed and another begun while we were at it (on a cluster, workers outlive their run).
    return parts.write(Path(task["out"]), task["number"], None if passing else key, tables, lambda: _in_sight(task))


def _in_sight(task: dict) -> None:
    """Make sure that we see the folder of the results, and in it the mark of the run that sent the task."""
    mark = Path(task["out"]) / parts.STATE / "run" / task["run"]
    if not mark.is_file():
        raise StudyError(
            tr(
                "A worker does not see the folder of the results, or the run has ended.",
                "工作进程看不到结果文件夹，或该次运行已结束。",
            ),
            where=task["out"],
            todo=tr(
                "Source and --out must lie on a disk that all machines share, under the same path.",
                "来源与 --out 须位于各台机器以相同路径共享的磁盘上。",
            ),
        )


def _same_code(task: dict) -> None:
    """Make sure that we are the same lanxikit as the one that sent the task."""
    if _code() != task["code"]:
        raise StudyError(
            tr(
                "A worker has another lanxikit, or other packages, than this machine.",
                "工作进程的 lanxikit 或依赖包版本与本机不同。",
            ),
            todo=tr("Install the same requirements.lock everywhere.", "请在各台机器上安装同一份 requirements.lock。"),
        )


@cache
def _code() -> str:
    return parts.code()


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    before = os.environ.get("LANXI_LANG")
    os.environ["LANXI_LANG"] = language
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("LANXI_LANG", None)
        else:
            os.environ["LANXI_LANG"] = before
