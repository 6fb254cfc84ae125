"""One piece of work in a process of its own: its time, its processor time, its peak memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Cost(NamedTuple):
    """Seconds by the clock, seconds of processor (all threads), most memory held in GB, and what the work says."""

    wall: float
    processor: float
    peak: float
    said: str


def apart(module: str, *arguments: str) -> Cost:
    """Run ``python -m module arguments`` and read the cost that it prints by `report`."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def report(work: Callable[..., str], *given: object) -> None:
    """Do the work and print its cost, for `apart` to read."""
    warnings.simplefilter("ignore")
    wall, processor = time.perf_counter(), time.process_time()
    said = work(*given)
    cost = Cost(time.perf_counter() - wall, time.process_time() - processor, peak(), said)
    print(json.dumps(cost, ensure_ascii=True))


def peak() -> float:
    """Most memory this process held, in GB."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage would count what the parent held before it started this process
        return int(re.search(r"VmHWM:\s*(\d+) kB", status.read_text())[1]) * 1024 / 1e9
    import psutil

    info = psutil.Process().memory_info()
    if hasattr(info, "peak_wset"):  # Windows
        return info.peak_wset / 1e9
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e9  # macOS counts bytes


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median, and lowest to highest where there is more than one.

    >>> spread([3.0, 1.0, 2.0]), spread([0.456], 2)
    ('2.0 (1.0–3.0)', '0.46')
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    middle = (ordered[half] + ordered[-half - 1]) / 2
    low_high = f" ({ordered[0]:.{digits}f}–{ordered[-1]:.{digits}f})" if len(ordered) > 1 else ""
    return f"{middle:.{digits}f}{low_high}"
