"""Worker processes: stages and notebooks are done there, several at a time.

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
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from lanxikit import errors
from lanxikit.errors import LanxiError, StudyError
from lanxikit.messages import language, tr
from lanxikit.study.digests import HOUSE
from lanxikit.study.progress import Progress
from lanxikit.study.worker import FAULT, FINE, OUR_FAULT, REPORT, USER_FAULT

STAGING = "staging"
THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")


class StageFailed(LanxiError):
    """A step stopped for a reason that is not the user's."""


class Crew:
    """Does tasks in worker processes, each task at most once, up to ``jobs`` of them at a time.

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
        self,
        tasks: Mapping[str, dict],
        after: Mapping[str, frozenset[str]],
        *,
        state: Path,
        jobs: int,
        progress: Progress,
    ) -> None:
        self._tasks, self._after, self._progress = tasks, after, progress
        self._staging, self._environment = state / STAGING, _environment(state)
        self._jobs = jobs
        self._pool = ThreadPoolExecutor(jobs)
        self._begun: dict[str, Future[Path]] = {}
        self._workers: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._stopped = False
        self._lock = threading.Lock()

    def __enter__(self) -> Crew:
        shutil.rmtree(self._staging, ignore_errors=True)
        self._idle = [self._hire() for _ in range(self._jobs)]
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._stopped = True
            for worker in self._workers:
                worker.stop()
        self._pool.shutdown(cancel_futures=True)
        shutil.rmtree(self._staging, ignore_errors=True)

    def do(self, name: str, ahead: Iterable[str] = (), settled: Iterable[str] = ()) -> Path:
        """Do a step and return the folder with what it made.

        Steps ``ahead`` whose own ground is ``settled`` are begun at the same time, since
        they will be asked for next.
        """
        self._begin(name)
        for other in () if self._jobs == 1 else ahead:
            if self._after[other] <= set(settled):
                self._begin(other)
        return self._begun[name].result()

    def _begin(self, name: str) -> None:
        if name not in self._begun:
            self._begun[name] = self._pool.submit(self._work, name)

    def _work(self, name: str) -> Path:
        staging = self._staging / name
        staging.mkdir(parents=True)
        self._progress.begin(name)
        start = time.monotonic()
        code = self._hand_over(self._tasks[name] | {"staging": str(staging)})
        report = (staging / REPORT).read_text("utf-8", errors="replace") if (staging / REPORT).exists() else ""
        for line in report.splitlines():
            self._progress.note(f"{name}: {line}")
        self._progress.end(name, time.monotonic() - start, failed=code != FINE)
        if code != FINE:
            raise self._fault(name, code, staging, report)
        (staging / REPORT).unlink()
        return staging

    def _hand_over(self, task: dict) -> int:
        with self._lock:
            if self._stopped:
                return OUR_FAULT
            worker = self._idle.pop() if self._idle else self._hire()
        code = worker.do(task)
        if worker.lives:
            with self._lock:
                self._idle.append(worker)
        return code

    def _hire(self) -> _Worker:
        self._workers.append(_Worker(self._environment))
        return self._workers[-1]

    def _fault(self, name: str, code: int, staging: Path, report: str) -> LanxiError:
        if code == USER_FAULT:
            with contextlib.suppress(OSError, ValueError):
                told = json.loads((staging / FAULT).read_text("utf-8"))
                kind = getattr(errors, told.pop("kind"), StudyError)
                return kind(told["what"], where=told["where"], todo=told["todo"])
        lines = report.strip().splitlines() or [tr(f"its process ended with code {code}", f"进程以代码 {code} 结束")]
        return StageFailed(
            tr(f"The step {name} stopped: {lines[-1]}.", f"步骤 {name} 中断：{lines[-1]}。"),
            where=self._progress.path,
            todo=tr(
                "The log tells more; finished steps are kept, and the next run goes on from there.",
                "详情见日志；已完成的步骤会保留，下次运行从此处继续。",
            ),
        )


class _Worker:
    """One process of `lanxikit.study.worker`, seen from here."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "lanxikit.study.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            text=True,
        )
        self.lives = True

    def do(self, task: dict) -> int:
        """Have a task done; return 0, or the code of what went wrong."""
        answer = ""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(task) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if not answer:
            self.lives = False
            return self._process.wait() or OUR_FAULT
        return int(answer)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()


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
