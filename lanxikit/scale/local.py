"""The engine on this machine: a few worker processes, each of which may die without harm to the others."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.scale.child import child
from lanxikit.scale.task import WorkerDied, WorkerHung

MANY = 200
"""Batches after which a worker is replaced, in case a library leaks."""


class Local:
    """Does tasks in worker processes of this machine.

    Parameters
    ----------
    jobs : int
        How many of them.
    log : Path
        File for what they say: crashes of compiled code and the like.
    """

    def __init__(self, jobs: int, log: Path) -> None:
        self.slots, self._log = jobs, log
        self._pool = ThreadPoolExecutor(jobs)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, task: dict) -> Future[dict]:
        """Have a task done; the future raises WorkerDied if its process ends without an answer.

        Where the task has a ``limit``, the process is ended after so many seconds (WorkerHung).
        """
        return self._pool.submit(self._do, task)

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.end()
        self._pool.shutdown(cancel_futures=True)

    def _do(self, task: dict) -> dict:
        with self._lock:
            if self._closed:
                raise WorkerDied
            worker = self._idle.pop() if self._idle else None
            if worker is None:
                self._all.add(worker := _Worker(self._log))
        try:
            answer = worker.do(task)
        except BaseException:
            self._leave(worker)
            raise
        if worker.served >= MANY:
            self._leave(worker)
        else:
            with self._lock:
                self._idle.append(worker)
        return answer

    def _leave(self, worker: _Worker) -> None:
        worker.end()
        with self._lock:
            self._all.discard(worker)


class _Worker:
    """One process of `lanxikit.scale.worker`, seen from here."""

    def __init__(self, log: Path) -> None:
        with log.open("ab") as said:
            self._process = child("lanxikit.scale.worker", stderr=said)
        self._log, self.served = log, -1

    def do(self, task: dict) -> dict:
        """Have a task done."""
        late, limit = threading.Event(), task.get("limit")
        if self.served < 0:
            if not self._process.stdout.readline():
                raise _not_started(self._log)
            self.served = 0
        self.served += 1
        answer = ""
        with _alarm(limit, late, self._process), contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(task) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if late.is_set():
            raise WorkerHung
        if not answer.endswith("\n"):
            raise WorkerDied
        return json.loads(answer)

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, ValueError):
                stream.close()


@contextlib.contextmanager
def _alarm(limit: float | None, late: threading.Event, process: subprocess.Popen) -> Iterator[None]:
    """End a process after so many seconds, and say so."""

    def ring() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(limit, ring) if limit else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        if timer:
            timer.cancel()


def _not_started(log: Path) -> StudyError:
    return StudyError(
        tr("A worker process could not be started.", "无法启动工作进程。"),
        where=log,
        todo=tr("Check the installation: python -m lanxikit --help.", "请检查安装：python -m lanxikit --help。"),
    )
