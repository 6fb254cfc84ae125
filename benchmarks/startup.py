"""Seconds of ``import lanxikit`` beside ``import pandas``; and of a reproduce run that finds nothing to do.

    python -m benchmarks startup               # 30 processes each; then a copy of the study is made, and 10 runs in it
    python -m benchmarks.startup --repeats 30 --runs 10

Each import is the first of a fresh process; the sides take turns. Timed are the import alone, by the process itself,
and the whole process from outside, Python's own start and end included; an empty process stands beside them. All files
have been read once before, so that the disk does not count. The copy is made by ``lanxikit reproduce --out`` into a
temporary folder (a minute or two), then the same command is run again as a user would.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import ROOT, Cost, in_turn, spread
from benchmarks.results import FASTER, Result, Row, faster, grid, rows_of

SIDES = {"lanxikit": "`import lanxikit`", "pandas": "`import pandas`", "nothing": "an empty process"}
SIZES = {"quick": (3, 0), "usual": (30, 10), "full": (30, 10)}
_TIMED = """
import sys, time
wall, processor = time.perf_counter(), time.process_time()
{work}
wall, processor = time.perf_counter() - wall, time.process_time() - processor
from benchmarks.measured import peak
import json
print(json.dumps([wall, processor, peak()]))
"""


def run(how: str = "usual") -> Result:
    """Time imports, and the study where that is not too long."""
    return measure(*SIZES[how])


def measure(repeats: int, runs: int) -> Result:
    """Time so many imports and so many runs."""
    imports = _imports(repeats)
    if not runs:
        return imports
    study = _study(runs)
    return Result(f"{imports.markdown}\n{study.markdown}", imports.rows + study.rows)


def _imports(repeats: int) -> Result:
    for side in SIDES:
        _fresh(side)
    costs = in_turn(list(SIDES), repeats, _fresh, "start-up")
    rows, body = rows_of("startup", 1, costs), []
    for side, title in SIDES.items():
        whole = [float(cost.said) for cost in costs[side]]
        rows += [Row("startup", side, 1, at, "whole process", value, "s") for at, value in enumerate(whole, 1)]
        alone = spread([cost.wall * 1e3 for cost in costs[side]], 0 if side == "pandas" else 1)
        peak = max(cost.peak for cost in costs[side]) * 1e3
        body.append((title, alone, spread([1e3 * value for value in whole], 0), f"{peak:.0f}"))
    whole = {side: [cost._replace(wall=float(cost.said)) for cost in runs] for side, runs in costs.items()}
    told = []
    for name, runs in (("import alone", costs), ("whole process", whole)):
        found = [row for row in faster("startup", 1, runs, "lanxikit", "pandas") if row.measure == FASTER]
        rows += [row._replace(side=f"{row.side} ({name})") for row in found]
        told.append(f"{spread([1 / row.value for row in found], 3)} ({name})")
    below = f"`import lanxikit` takes of the seconds of `import pandas`: {', '.join(told)}."
    head = ("", "milliseconds of the import", "… of the whole process", "peak MB")
    title = f"Start-up: {repeats} fresh processes each, in turn"
    return Result(grid(title, head, body, below), rows)


def _fresh(side: str) -> Cost:
    work = "pass" if side == "nothing" else f"import {side}"
    command = [sys.executable, "-c", _TIMED.format(work=work)]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True, check=True)
    return Cost(*json.loads(done.stdout), str(time.perf_counter() - begun))


def _study(runs: int) -> Result:
    from tqdm import tqdm

    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "lanxikit", "reproduce", "--study", str(ROOT), "--out", folder]
        print("startup: making a copy of the study, a minute or two", file=sys.stderr, flush=True)
        _reproduce(command)
        spent = []
        for _ in tqdm(range(runs), desc="reproduce", file=sys.stderr, leave=False, disable=None):
            begun = time.perf_counter()
            told = _reproduce(command)
            spent.append(time.perf_counter() - begun)
            if "Nothing to do" not in told:
                raise SystemExit(f"the study was not at rest: {told}")
        tables = len(list(Path(folder, "data", "processed").glob("*.csv")))
    rows = [Row("startup", "reproduce", tables, at, "seconds", value, "s") for at, value in enumerate(spent, 1)]
    title = f"`lanxikit reproduce` with nothing to do: {runs} runs"
    return Result(grid(title, ("", "seconds"), [(f"{tables} tables and their figures", spread(spent, 2))]), rows)


def _reproduce(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"reproduce failed: {done.stderr.strip()}")
    return done.stdout


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return os.environ | {"PYTHONPATH": path, "LANXI_LANG": "en", "PYTHONIOENCODING": "utf-8"}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--runs", type=int, default=10)
    asked = parser.parse_args()
    print(measure(asked.repeats, asked.runs).markdown)


if __name__ == "__main__":
    main()
