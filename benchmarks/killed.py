"""``lanxikit process`` killed twice on the way and started again, beside an undisturbed run: the same tables?

    python -m benchmarks killed                # 10,000 short documents, 2 jobs
    python -m benchmarks.killed --documents 300 --jobs 2

An undisturbed run comes first. Then the command is started as a user would, and when a third and when two thirds of
the documents are done, it and its workers are killed at once (SIGKILL to their group), without a chance to tidy up. The
same command, once more, has to end with every Parquet file of every table byte for byte as in the undisturbed run, and
with no other file among them.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.growth import fill
from benchmarks.measured import ROOT
from benchmarks.results import Result, Row, grid

SIZES = {"quick": 240, "usual": 10_000, "full": 10_000}
JOBS = 2
TIMES = 2
_TABLE = "units"  # each batch leaves a part of each table


def run(how: str = "usual") -> Result:
    """Run, and run with two kills; compare."""
    return measure(SIZES[how], JOBS)


def measure(n_documents: int, jobs: int) -> Result:
    """Run on so many documents; end the programme with an error where the tables differ."""
    with TemporaryDirectory() as folder:
        source, calm, torn = (Path(folder, name) for name in ("source", "calm", "torn"))
        fill(source, n_documents)
        batch = max(1, min(50, n_documents // 40))
        rows, body = [], []

        def attempt(name: str, out: Path, until: int | None = None) -> None:
            before = parts(out)
            seconds = started(source, out, jobs, batch, until)
            repeat = sum(row[0] == name for row in body) + 1
            rows.append(Row("killed", name, n_documents, repeat, "seconds", seconds, "s"))
            rows.append(Row("killed", name, n_documents, repeat, "parts before", before, ""))
            body.append((name, f"{before:,}", f"{parts(out):,}", f"{seconds:.1f}"))

        attempt("undisturbed", calm)
        whole = parts(calm)
        for time_ in range(1, TIMES + 1):
            attempt("killed", torn, until=time_ * whole // (TIMES + 1))
        attempt("resumed", torn)
        wanted, found = digests(calm), digests(torn)
    differing = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    rows.append(Row("killed", "resumed", n_documents, 1, "files that differ", len(differing), ""))
    if differing:
        raise SystemExit(f"{len(differing)} of {len(wanted)} files differ, the first: {differing[0]}")
    told = f"All {len(wanted):,} Parquet files of the resumed run have the bytes of the undisturbed one."
    head = ("run", "batches done before", "… after", "seconds")
    title = f"Killed twice and resumed: {n_documents:,} documents, {jobs} jobs"
    return Result(grid(title, head, body, told), rows)


def started(source: Path, out: Path, jobs: int, batch: int, until: int | None = None) -> float:
    """Start the command, and wait for its end or kill it when so many batches are done; return the seconds."""
    command = [sys.executable, "-m", "lanxikit", "process", str(source), "--out", str(out),
               "--jobs", str(jobs), "--batch", str(batch)]  # fmt: skip
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    begun = time.perf_counter()
    running = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while running.poll() is None:
            if until is not None and parts(out) >= until:
                _kill(running)
                return time.perf_counter() - begun
            time.sleep(0.1)
    finally:
        if running.poll() is None:  # Ctrl-C
            _kill(running)
    if running.returncode or until is not None:
        raise SystemExit(f"lanxikit process ended with status {running.returncode} (killed at: {until})")
    return time.perf_counter() - begun


def _kill(running: subprocess.Popen) -> None:
    """Kill the process and all that it started, so that none can tell another."""
    if hasattr(os, "killpg"):
        os.killpg(running.pid, signal.SIGKILL)
    else:
        import psutil

        for process in (*psutil.Process(running.pid).children(recursive=True), running):
            process.kill()
    running.wait()


def parts(out: Path) -> int:
    """How many batches have left their rows."""
    return len(list((out / _TABLE).glob("part-*.parquet")))


def digests(out: Path) -> dict[str, str]:
    """SHA-256 of every Parquet file below a folder."""
    found = {}
    for file in sorted(out.rglob("*.parquet")):
        with file.open("rb") as stream:
            found[file.relative_to(out).as_posix()] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.killed", description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=SIZES["usual"])
    parser.add_argument("--jobs", type=int, default=JOBS)
    asked = parser.parse_args()
    print(measure(asked.documents, asked.jobs).markdown)


if __name__ == "__main__":
    main()
