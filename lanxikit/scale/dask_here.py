"""A Dask cluster on this machine, in a process of its own: it tells its address and ends with its caller.

Dask starts workers by running the caller's script once more, up to its ``if __name__ == "__main__"``, which few
scripts have. Started from here, they run this module instead.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys


def main(jobs: int, scratch: str) -> None:
    """Keep a cluster until nobody is there any more."""
    import dask
    from distributed import LocalCluster

    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's
    # A document at which a worker dies is told by ourselves, in the same way on every engine.
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    cluster = LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=scratch,
        silence_logs=logging.CRITICAL,
    )
    print(json.dumps({"address": cluster.scheduler_address}), file=answers, flush=True)
    sys.stdin.read()
    cluster.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
