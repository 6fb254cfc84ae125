"""How batches go through an engine: a bounded number under way, none lost when a worker dies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Protocol

from lanxikit.messages import tr
from lanxikit.scale.task import WorkerDied, WorkerHung, answered

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
    nothing beside them, and where that fails too, document by document. A task that took longer
    than its limit is taken apart at once.

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
                except WorkerDied as death:
                    suspects.append((task, isinstance(death, WorkerHung)))
        elif suspects:
            task, hung = suspects.pop(0)
            done(task, _alone(engine, task, hung))
        else:
            return


def _alone(engine: Engine, task: dict, hung: bool) -> dict:
    receipt = None if hung else _tried(engine, task)
    if receipt is not None:
        return receipt
    common = {name: value for name, value in task.items() if name not in ("entries", "number", "lost")}
    names = [entry[1] for entry in task["entries"]]
    lost = {}
    for entry in task["entries"]:
        try:
            answered(engine.submit(common | {"trial": [entry]}).result())
        except WorkerDied as death:
            lost[entry[1]] = _why(death, task)
    if len(lost) == len(names) >= TELLING:
        raise _dying()
    # Each of the others was done within the limit, so all of them are within as many.
    rest = task | {"limit": len(names) * task["limit"]} if task.get("limit") else task
    receipt = _tried(engine, rest | {"lost": lost})
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


def _why(death: WorkerDied, task: dict) -> tuple[str, str]:
    if isinstance(death, WorkerHung):
        seconds = f"{task['limit']:g}"
        return (
            tr(
                f"Working on this document took longer than {seconds} seconds and was stopped.",
                f"处理此文件超过 {seconds} 秒，已中止。",
            ),
            tr(
                "Look at the document; if it is only long, give more time: --time-limit.",
                "请检查该文件；若只是篇幅过长，请用 --time-limit 放宽时限。",
            ),
        )
    return (
        tr(
            "The process that worked on this document died, also when it had nothing else to do.",
            "处理此文件的进程异常终止，单独处理时亦然。",
        ),
        tr("Look at the document; it may need more memory than there is.", "请检查该文件，可能内存不足。"),
    )


def _dying() -> Exception:
    from lanxikit.study.crew import StageFailed

    return StageFailed(
        tr(
            "The workers die one after another, or give no answer in time, whatever they are given.",
            "无论处理什么，工作进程都接连异常终止或超时无应答。",
        ),
        todo=tr(
            "See to memory and installation, and run again: what is done is kept.",
            "请检查内存与安装后重新运行：已完成的部分会保留。",
        ),
    )
