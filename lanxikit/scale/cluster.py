"""The engine of a Dask cluster: one that is running, or one that is started on this machine."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, Future
from pathlib import Path

from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.scale.child import child
from lanxikit.scale.task import WorkerDied, perform

EXTRA = "cluster"
PATIENCE = 30  # seconds for the scheduler to answer
WAITING = 60  # seconds for a first worker, or for another when all are gone
GLANCE = 2.0  # seconds between two looks at the cluster
RUNNING = "running"


class Cluster:
    """Does tasks on the workers of a Dask cluster, by the same interface as `lanxikit.scale.local.Local`.

    The time limit of a task is not heeded: it runs in a thread of its worker and cannot be ended alone.

    Parameters
    ----------
    address : str, optional
        Of the scheduler, such as ``tcp://10.0.0.1:8786``; without it workers are started
        on this machine.
    jobs : int
        How many are started, if they are.
    scratch : Path
        A folder for what Dask spills to disk.

    Raises
    ------
    StudyError
        Dask is not installed, the scheduler does not answer, or it has no workers.
    """

    def __init__(self, address: str | None, jobs: int, scratch: Path) -> None:
        distributed = _distributed()
        self._log = logging.getLogger("distributed.client")
        self._level = self._log.level
        self._log.setLevel(logging.CRITICAL)  # that the scheduler is gone we say ourselves
        self._killed = distributed.scheduler.KilledWorker
        self._own = _Own(jobs, scratch) if address is None else None
        self._lock, self._closed = threading.Lock(), threading.Event()
        self._flying: dict[Future, object] = {}
        self._lost: StudyError | None = None
        self._client = None
        try:
            self._client = _connected(distributed, self._own.address if self._own else address)
            self.slots = _first(self._client)
        except BaseException:
            self.close()
            raise
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, task: dict) -> Future[dict]:
        """Have a task done; the future raises WorkerDied if its worker is lost, StudyError if the cluster is."""
        told: Future[dict] = Future()
        with self._lock:
            if self._lost is not None:
                told.set_exception(self._lost)
                return told
            try:
                asked = self._client.submit(perform, task, pure=False)
            except Exception as error:  # of many kinds, where the connection is gone
                told.set_exception(_back(error))
                return told
            self._flying[told] = asked

        def settle(done) -> None:
            try:
                answer, error = done.result(), None
            except self._killed:
                answer, error = None, WorkerDied()
            except CancelledError:  # by the scheduler, or because it is gone
                answer, error = None, WorkerDied() if self._client.status == RUNNING else _gone()
            except Exception as other:
                answer, error = None, _back(other)
            self._tell(told, answer, error)

        asked.add_done_callback(settle)
        return told

    def close(self) -> None:
        """Let go of the cluster; one of our own ends."""
        self._closed.set()
        if self._client is not None:
            with contextlib.suppress(Exception):  # a scheduler that is gone cannot be told
                if self._client.status == RUNNING:
                    self._client.cancel(list(self._flying.values()), force=True)
            with contextlib.suppress(Exception):
                self._client.close(timeout=GLANCE)
        if self._own is not None:
            self._own.close()
        self._log.setLevel(self._level)

    def _tell(self, told: Future, answer: dict | None, error: Exception | None) -> None:
        with self._lock:
            if self._flying.pop(told, None) is None:
                return  # it has been told already
        if error is None:
            told.set_result(answer)
        else:
            told.set_exception(error)

    def _watch(self) -> None:
        """Look at the cluster again and again; when nobody is left to work, say so to all who wait."""
        seen = time.monotonic()
        while not self._closed.wait(GLANCE):
            count = _threads(self._client)
            if count:
                self.slots, seen = count, time.monotonic()
            elif self._client.status == "closed" or time.monotonic() - seen > WAITING:
                with self._lock:
                    self._lost = _gone() if count is None else _no_workers()
                    waiting = list(self._flying)
                for told in waiting:
                    self._tell(told, None, self._lost)
                return


class _Own:
    """A cluster on this machine, of which the workers need nothing of the script that calls us."""

    def __init__(self, jobs: int, scratch: Path) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self._process = child("lanxikit.scale.dask_here", str(jobs), str(scratch), stderr=subprocess.DEVNULL)
        try:
            line = self._process.stdout.readline()
            if not line:
                raise StudyError(
                    tr("No Dask cluster could be started on this machine.", "无法在本机启动 Dask 集群。"),
                    todo=tr("Use --engine local, which needs none.", "请用 --engine local，无需集群。"),
                )
            self.address = json.loads(line)["address"]
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End it: with its input."""
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def _distributed():
    try:
        import distributed
    except ImportError:
        raise lacking("Dask") from None
    return distributed


def lacking(name: str) -> StudyError:
    """Return the error for a package that is not installed."""
    return StudyError(
        tr(f"{name} is not installed.", f"未安装 {name}。"),
        todo=tr(
            f'Install the extra "{EXTRA}": pip install "lanxikit[{EXTRA}]".',
            f'请安装附加组件 {EXTRA}：pip install "lanxikit[{EXTRA}]"。',
        ),
    )


def _connected(distributed, address: str):
    try:
        return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except Exception as error:  # of many kinds: no such host, another protocol, other certificates
        raise StudyError(
            tr(f"The scheduler does not answer ({error}).", f"调度器没有响应（{error}）。"),
            where=address,
            todo=tr("Check the address: --scheduler tcp://HOST:8786.", "请检查地址：--scheduler tcp://主机:8786。"),
        ) from None


def _first(client) -> int:
    """Wait for a worker; return how many threads there are to work."""
    from tqdm import tqdm

    end, told = time.monotonic() + WAITING, False
    while not (count := _threads(client)):
        if time.monotonic() > end:
            raise _no_workers()
        if not told:
            told = True
            said = tr(f"Waiting for workers, {WAITING} s at most …", f"等待工作进程，最多 {WAITING} 秒……")
            tqdm.write(said, file=sys.stderr)  # beside the bar
        time.sleep(min(GLANCE, 0.5))
    return count


def _threads(client) -> int | None:
    """Return how many threads the workers have; nothing if the scheduler does not answer."""
    try:
        return sum(client.sync(client.scheduler.ncores, callback_timeout=PATIENCE).values())
    except Exception:  # of many kinds, down to attributes that are None while it connects anew
        return None


def _gone() -> StudyError:
    return StudyError(
        tr("The connection to the scheduler is lost.", "与调度器的连接已断开。"),
        todo=tr("See to it and run again: what is done is kept.", "请检查调度器后重新运行：已完成的会保留。"),
    )


def _no_workers() -> StudyError:
    return StudyError(
        tr(f"The cluster has no workers (for {WAITING} s).", f"集群没有工作进程（已等待 {WAITING} 秒）。"),
        todo=tr(
            "Start some: dask worker tcp://HOST:8786 --nthreads 1; run again: what is done is kept.",
            "请启动：dask worker tcp://主机:8786 --nthreads 1；重新运行时，已完成的会保留。",
        ),
    )


def _back(error: Exception) -> StudyError:
    return StudyError(
        tr(
            f"The cluster gave a task back ({type(error).__name__}: {error}).",
            f"集群退回了任务（{type(error).__name__}：{error}）。",
        ),
        todo=tr(
            "Check that lanxikit is installed on its workers; run again to go on from here.",
            "请检查各工作节点是否已安装 lanxikit；重新运行将从此处继续。",
        ),
    )
