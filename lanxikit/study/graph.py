"""The task graph: pytask behind one door.

What pytask gives: the order, what has to run again, a journal that survives a kill at any
moment. What is ours: files are known by their content, never by their time; a step rests
on a digest of code and settings too; the state lies in one folder and is thrown away,
a copy kept, when it cannot be read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytask

from lanxikit.study import files
from lanxikit.study.plan import Step

SETTINGS = "pytask.toml"
STATE = (".pytask", "pytask.lock", "pytask.lock.journal", SETTINGS)


class StateBroken(Exception):
    """What pytask remembers cannot be read."""


@dataclass(frozen=True)
class Result:
    """What became of a step: ``done``, ``kept`` (nothing to do), ``failed``, ``left`` (after a failure) or ``due``."""

    name: str
    outcome: str
    error: BaseException | None = None


class _File(pytask.PathNode):
    """A file known by its content; pytask's own node trusts an unchanged modification time."""

    def state(self) -> str | None:
        return files.sha256(self.path) if self.path.is_file() else None


@dataclass
class _Node:
    """What is neither file nor task: a name and a state."""

    name: str
    find: Callable[[], str | None]
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()

    def state(self) -> str | None:
        return self.find()

    def load(self, is_product: bool = False) -> None:
        return None

    def save(self, value: object) -> None:
        raise NotImplementedError


class _Task(pytask.TaskWithoutPath):
    def state(self) -> str:
        return "1"  # the code is in the stamp


@dataclass(frozen=True)
class Results:
    """What became of all steps, in the order they were looked at."""

    all: tuple[Result, ...]

    def by(self, *outcomes: str) -> tuple[str, ...]:
        """Return the names of the steps with one of these outcomes."""
        return tuple(result.name for result in self.all if result.outcome in outcomes)

    @property
    def errors(self) -> list[BaseException]:
        """What the failed steps raised."""
        return [result.error for result in self.all if result.error is not None]


def run(steps: Iterable[Step], do: Callable[[str], None], *, state: Path, dry: bool = False) -> Results:
    """Do every step whose inputs, outputs or stamp are not as they were when it was last done.

    Parameters
    ----------
    steps : iterable of Step
    do : callable
        Called with the name of a step that has to be done; raises when it cannot be.
    state : Path
        Folder for what is remembered, and for what pytask prints (``pytask.log``).
    dry : bool
        Only find out what is ``due``.

    Raises
    ------
    StateBroken
        What is remembered cannot be read; see `set_aside`.
    """
    files.write(state / SETTINGS, b"[tool.pytask.ini_options]\n")
    with (state / "pytask.log").open("w", encoding="utf-8") as log, contextlib.redirect_stdout(log):
        session = pytask.build(
            tasks=[_task(step, do) for step in steps],
            paths=state,
            config=state / SETTINGS,
            database_url="sqlite://",  # in memory: the lock file beside it holds all that counts
            dry_run=dry,
            capture="no",
            show_traceback=False,
            disable_warnings=True,
            check_casing_of_paths=False,
        )
    if session.exit_code in (pytask.ExitCode.OK, pytask.ExitCode.FAILED) and session.execution_reports:
        return Results(tuple(map(_result, session.execution_reports)))
    raise StateBroken(session.exit_code)


def set_aside(state: Path) -> Path:
    """Move what pytask remembers into a folder of its own and return that; the next run starts afresh."""
    number = 1 + sum(1 for _ in state.glob("broken-*"))
    aside = state / f"broken-{number}"
    aside.mkdir(parents=True)
    for name in STATE:
        with contextlib.suppress(FileNotFoundError):
            os.replace(state / name, aside / name)
    return aside


def _task(step: Step, do: Callable[[str], None]) -> _Task:
    inputs: list[Any] = [_File(name=str(path), path=path) for path in step.inputs]
    outputs: list[Any] = [_File(name=str(path), path=path) for path in step.outputs]
    if step.drawn:
        outputs.append(_Node(f"figures of {step.name}", step.drawn.state))
    return _Task(
        name=step.name,
        function=lambda **_: do(step.name),
        depends_on={"inputs": [_Node(f"stamp of {step.name}", lambda: step.stamp), *inputs]},
        produces={"outputs": outputs},
    )


def _result(report: pytask.ExecutionReport) -> Result:
    outcome = {
        pytask.TaskOutcome.SUCCESS: "done",
        pytask.TaskOutcome.SKIP_UNCHANGED: "kept",
        pytask.TaskOutcome.FAIL: "failed",
        pytask.TaskOutcome.WOULD_BE_EXECUTED: "due",
    }.get(report.outcome, "left")
    error = report.exc_info[1] if report.exc_info and outcome == "failed" else None
    return Result(report.task.name, outcome, error)
