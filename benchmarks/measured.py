"""One piece of work in a process of its own: its time, its processor time, its peak memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Cost(NamedTuple):
    """Seconds by the clock, seconds of processor (all threads), most memory held in GB, and what the work says."""

    wall: float
    processor: float
    peak: float
    said: str


def apart(module: str, *arguments: str, python: str = sys.executable) -> Cost:
    """Run ``python -m module arguments`` and read the cost that it prints by `report`."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    command = [python, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def report(work: Callable[..., str], *given: object) -> None:
    """Do the work and print its cost, for `apart` to read."""
    warnings.simplefilter("ignore")
    wall, processor = time.perf_counter(), _processor_time()
    said = work(*given)
    cost = Cost(time.perf_counter() - wall, _processor_time() - processor, peak(), said)
    print(json.dumps(cost, ensure_ascii=True))


def in_turn(sides: Sequence[str], repeats: int, do: Callable[[str], Cost], title: str) -> dict[str, list[Cost]]:
    """Do the work of each side so many times, in turn, with a bar; the order turns with each repeat."""
    from tqdm import tqdm

    turns = [side for at in range(repeats) for side in (sides if at % 2 == 0 else sides[::-1])]
    costs: dict[str, list[Cost]] = {side: [] for side in sides}
    for side in tqdm(turns, desc=title, file=sys.stderr, leave=False, disable=None):
        costs[side].append(do(side))
    return costs


def processors() -> int:
    """How many processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor_time() -> float:
    """Seconds of processor of this process and of those that it started and that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def peak() -> float:
    """Most memory this process held, in GB."""
    most = peak_of(os.getpid())
    if most is not None:
        return most
    import psutil

    info = psutil.Process().memory_info()
    if hasattr(info, "peak_wset"):  # Windows
        return info.peak_wset / 1e9
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e9  # macOS counts bytes


def peak_of(process: int) -> float | None:
    """Most memory that a process held so far, in GB, where the system keeps count (Linux)."""
    try:  # getrusage would count what the parent held before it started the process
        found = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text())
    except OSError:
        return None
    return int(found[1]) * 1024 / 1e9 if found else None


def middle(values: Iterable[float]) -> float:
    """Median.

    >>> middle([3.0, 1.0, 2.0]), middle([1.0, 2.0])
    (2.0, 1.5)
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return (ordered[half] + ordered[-half - 1]) / 2


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median, and lowest to highest where there is more than one.

    >>> spread([3.0, 1.0, 2.0]), spread([0.456], 2)
    ('2.0 (1.0–3.0)', '0.46')
    """
    low_high = f" ({min(values):.{digits}f}–{max(values):.{digits}f})" if len(values) > 1 else ""
    return f"{middle(values):.{digits}f}{low_high}"
