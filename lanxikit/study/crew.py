"""Worker processes: each stage and notebook is done in one of its own, several at a time.

The settings that make results the same every time stand here: one thread for linear
algebra, a fixed hash seed, one time zone, no settings from the user's home.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from lanxikit import errors
from lanxikit.errors import LanxiError, StudyError
from lanxikit.messages import language, tr
from lanxikit.study.digests import HOUSE
from lanxikit.study.progress import Progress
from lanxikit.study.worker import FAULT, OUR_FAULT, USER_FAULT

STAGING = "staging"
REPORT = "report.txt"
THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")


class StageFailed(LanxiError):
    """A stage stopped for a reason that is not the user's."""


class Crew:
    """Does tasks in worker processes, each at most once, up to ``jobs`` of them at a time.

    Parameters
    ----------
    tasks : mapping of str to dict
        What a worker is told, by name of the step.
    after : mapping of str to set of str
        The steps that must be settled before a step may be begun.
    state : Path
        Folder for what is being made.
    jobs : int
    progress : Progress
    """

    def __init__(
        self, tasks: dict[str, dict], after: dict[str, frozenset[str]], *, state: Path, jobs: int, progress: Progress
    ) -> None:
        self._tasks, self._after, self._state, self._progress = tasks, after, state, progress
        self._pool = ThreadPoolExecutor(jobs)
        self._alone = jobs == 1
        self._begun: dict[str, Future[Path]] = {}
        self._running: set[subprocess.Popen] = set()
        self._stopped = False
        self._lock = threading.Lock()

    def __enter__(self) -> Crew:
        shutil.rmtree(self._state / STAGING, ignore_errors=True)
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()
        self._pool.shutdown(cancel_futures=True)
        shutil.rmtree(self._state / STAGING, ignore_errors=True)

    def do(self, name: str, ahead: Iterable[str] = (), settled: Iterable[str] = ()) -> Path:
        """Do a step and return the folder with what it made.

        Steps ``ahead`` whose own ground is ``settled`` are begun at the same time, since
        they will be asked for next.
        """
        self._begin(name)
        done = set(settled)
        for other in () if self._alone else ahead:
            if self._after[other] <= done:
                self._begin(other)
        return self._begun[name].result()

    def _begin(self, name: str) -> None:
        if name not in self._begun:
            self._begun[name] = self._pool.submit(self._work, name)

    def _work(self, name: str) -> Path:
        staging = self._state / STAGING / name
        staging.mkdir(parents=True)
        self._progress.begin(name)
        start, code = time.monotonic(), OUR_FAULT
        try:
            code = self._run(self._tasks[name] | {"staging": str(staging)}, staging / REPORT)
        finally:
            report = (staging / REPORT).read_text("utf-8", errors="replace") if (staging / REPORT).exists() else ""
            for line in report.splitlines():
                self._progress.note(f"{name}: {line}")
            self._progress.end(name, time.monotonic() - start, failed=code != 0)
        if code:
            raise self._fault(name, code, staging, report)
        (staging / REPORT).unlink()
        return staging

    def _run(self, task: dict, report: Path) -> int:
        command = [sys.executable, "-P", "-X", "utf8", "-m", "lanxikit.study.worker"]
        with report.open("wb") as stream:
            with self._lock:
                if self._stopped:
                    return OUR_FAULT
                process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=stream, stderr=stream, env=_environment(self._state)
                )
                self._running.add(process)
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write((json.dumps(task) + "\n").encode())
                process.stdin.flush()
            code = process.wait()
            process.stdin.close()
            with self._lock:
                self._running.discard(process)
        return code

    def _fault(self, name: str, code: int, staging: Path, report: str) -> LanxiError:
        if code == USER_FAULT:
            with contextlib.suppress(OSError, ValueError):
                told = json.loads((staging / FAULT).read_text("utf-8"))
                kind = getattr(errors, told.pop("kind"), StudyError)
                return kind(told["what"], where=told["where"], todo=told["todo"])
        lines = report.strip().splitlines() or [tr(f"it ended with code {code}", f"以代码 {code} 结束")]
        return StageFailed(
            tr(f"The step {name} stopped: {lines[-1]}.", f"步骤 {name} 中断：{lines[-1]}。"),
            where=self._progress.path,
            todo=tr(
                "The log tells more; finished steps are kept, and the next run goes on from there.",
                "详情见日志；已完成的步骤会保留，下次运行从此处继续。",
            ),
        )


def _environment(state: Path) -> dict[str, str]:
    fixed = {f"{name}_NUM_THREADS": "1" for name in THREADS} | {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": "315532800",
        "MPLCONFIGDIR": str(state / "matplotlib"),
        "LANXI_LANG": language(),
    }
    paths = [os.environ.get("PYTHONPATH", ""), str(HOUSE.parent)]
    return os.environ | fixed | {"PYTHONPATH": os.pathsep.join(path for path in paths if path)}
