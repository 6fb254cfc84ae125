"""The engine of a Dask cluster: one that is running, or one that is started on this machine."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from pathlib import Path

from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.scale.task import WorkerDied, perform

EXTRA = "cluster"
PATIENCE = 30  # seconds for the scheduler to answer


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
    """

    def __init__(self, address: str | None, jobs: int, scratch: Path) -> None:
        distributed = _distributed()
        self._killed = distributed.scheduler.KilledWorker
        self._own = None
        if address is None:
            self._own = _started(distributed, jobs, scratch)
        try:
            self._client = distributed.Client(self._own or address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise StudyError(
                tr(f"The scheduler does not answer ({error}).", f"调度器没有响应（{error}）。"),
                where=address,
                todo=tr("Check the address: --scheduler tcp://HOST:8786.", "请检查地址：--scheduler tcp://主机:8786。"),
            ) from None
        self._flying: dict[Future, object] = {}

    @property
    def slots(self) -> int:
        """How many tasks can be under way; a cluster may grow and shrink."""
        return max(1, sum(self._client.nthreads().values()))

    def submit(self, task: dict) -> Future[dict]:
        """Have a task done; the future raises WorkerDied if its worker is lost."""
        asked, told = self._client.submit(perform, task, pure=False), Future()
        self._flying[told] = asked

        def settle(done) -> None:
            try:
                told.set_result(done.result())
            except (self._killed, CancelledError):
                told.set_exception(WorkerDied())
            except Exception as error:
                told.set_exception(_lost(error))
            finally:
                self._flying.pop(told, None)

        asked.add_done_callback(settle)
        return told

    def close(self) -> None:
        """Let go of the cluster; one of our own ends."""
        self._client.cancel(list(self._flying.values()), force=True)
        self._client.close()
        if self._own is not None:
            self._own.close()


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


def _started(distributed, jobs: int, scratch: Path):
    import logging

    import dask

    # A document at which a worker dies is told by ourselves, in the same way on every engine.
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        return distributed.LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            local_directory=str(scratch),
            silence_logs=logging.CRITICAL,
        )


def _lost(error: Exception) -> StudyError:
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
