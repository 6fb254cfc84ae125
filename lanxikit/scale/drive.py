"""How batches go through an engine: a bounded number under way, none lost when a worker dies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Protocol

from lanxikit.messages import tr
from lanxikit.scale.task import WorkerDied, answered

AHEAD = 2
"""Tasks handed over for each place to work."""
TELLING = 5
"""So many documents that all kill their worker one by one: then it is not the documents."""


class Engine(Protocol):
    """Does tasks somewhere."""

    slots: int

    def submit(self, task: dict) -> Future[dict]:
        """Have a task done; the future raises WorkerDied if nobody is left to answer."""

    def close(self) -> None:
        """Stop, whatever is under way."""


def greet(engine: Engine, task: dict) -> None:
    """Make sure that a worker starts, is the same lanxikit as we are, and sees the folder of the results."""
    if _tried(engine, task) is None:
        raise _dying()


def drive(engine: Engine, tasks: Iterable[dict], done: Callable[[dict, dict], None]) -> None:
    """Have all tasks done and tell of each with its receipt.

    When a worker dies, all its tasks are suspect: they are done again one at a time, with
    nothing beside them, and where that fails too, document by document.

    Parameters
    ----------
    engine : Engine
    tasks : iterable of dict
        As described in `lanxikit.scale.task`.
    done : callable
        Called with the task and its receipt.
    """
    tasks, flying, suspects = iter(tasks), {}, []
    while True:
        while not suspects and len(flying) < AHEAD * engine.slots:
            task = next(tasks, None)
            if task is None:
                break
            flying[engine.submit(task)] = task
        if flying:
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                task = flying.pop(future)
                try:
                    done(task, answered(future.result()))
                except WorkerDied:
                    suspects.append(task)
        elif suspects:
            task = suspects.pop(0)
            done(task, _alone(engine, task))
        else:
            return


def _alone(engine: Engine, task: dict) -> dict:
    receipt = _tried(engine, task)
    if receipt is not None:
        return receipt
    common = {name: value for name, value in task.items() if name not in ("entries", "number", "lost")}
    names = [entry[1] for entry in task["entries"]]
    lost = [entry[1] for entry in task["entries"] if _tried(engine, common | {"trial": [entry]}) is None]
    if len(lost) == len(names) >= TELLING:
        raise _dying()
    alone = tr("The process that worked on this document died, also when it had nothing else to do.",
               "处理此文件的进程异常终止，单独处理时亦然。")  # fmt: skip
    todo = tr("Look at the document; it may need more memory than there is.", "请检查该文件，可能内存不足。")
    receipt = _tried(engine, task | {"lost": dict.fromkeys(lost, (alone, todo))})
    if receipt is not None:
        return receipt
    together = tr("The process died when this document was worked on together with its neighbours.",
                  "与相邻文件一起处理时，进程异常终止。")  # fmt: skip
    todo = tr("Choose smaller batches: --batch 1.", "请减小批量：--batch 1。")
    receipt = _tried(engine, task | {"lost": dict.fromkeys(names, (together, todo))})
    if receipt is None:
        raise _dying()
    return receipt


def _tried(engine: Engine, task: dict) -> dict | None:
    """Do a task with nothing beside it; return its receipt, or nothing if the worker dies."""
    try:
        return answered(engine.submit(task).result()) or {}
    except WorkerDied:
        return None


def _dying() -> Exception:
    from lanxikit.study.crew import StageFailed

    return StageFailed(
        tr("The workers die one after another, whatever they are given.", "无论处理什么，工作进程都接连异常终止。"),
        todo=tr(
            "See to memory and installation, and run again: what is done is kept.",
            "请检查内存与安装后重新运行：已完成的部分会保留。",
        ),
    )
