"""Time and memory of ``lanxikit process`` from 1,000 to 100,000 documents: does either grow faster than the source?

    python -m benchmarks growth                # 1,000 and 10,000 documents, three times and twice
    python -m benchmarks growth --full         # 100,000 too, once
    python -m benchmarks.growth --sizes 1000 10000 --jobs 2

The documents are short ones (grown.py): about 1,500 characters, a tenth of the study's, as most of a legal database
are. They are written to a temporary folder one at a time, in folders of 1,000, and removed afterwards; so are the
tables. Each run is a process of its own, which calls ``lx.process`` as the command does: worker processes, all tables,
Parquet on disk. Time is from the call to its return; processor time is that of all processes; the memory of the workers
is looked up ten times a second, and the system keeps count of the highest (elsewhere than on Linux, the highest seen).
The exponent is the slope of log seconds over log documents: 1 is twice the time for twice the documents.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Sequence
from functools import partial
from itertools import pairwise, product
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import Cost, apart, in_turn, middle, peak_of, processors, report, spread
from benchmarks.results import Result, Row, grid, rows_of

HERE = "benchmarks.growth"
SIZES = {"quick": {20: 2, 60: 2}, "usual": {1_000: 3, 10_000: 2}, "full": {1_000: 3, 10_000: 2, 100_000: 1}}
LENGTH = 1_500  # characters of a document
FOLDER = 1_000  # documents in a folder
MEASURES = ("exponent", "exponent by processor", "times the memory")


def run(how: str = "usual") -> Result:
    """Process collections of growing size."""
    return measure(SIZES[how], processors())


def measure(sizes: dict[int, int], jobs: int) -> Result:
    """Process collections of these sizes, each so many times."""
    rows, body, costs, worker, before = [], [], {}, {}, 0
    for size, repeats in sizes.items():
        if before:
            seconds = repeats * size * middle(run.wall for run in costs[before]) / before
            print(f"growth: {size:,} documents, {repeats} times: about {seconds / 60:.0f} minutes", file=sys.stderr)
        with TemporaryDirectory() as folder:
            characters = fill(Path(folder, "source"), size)
            runs = in_turn(["kit"], repeats, partial(_apart, folder, jobs), f"{size:,} documents")["kit"]
        told = [json.loads(cost.said) for cost in runs]
        costs[size], worker[size] = runs, [one["worker"] for one in told]
        rows += rows_of("growth", size, {"kit": runs})
        for at, (cost, one) in enumerate(zip(runs, told, strict=True), 1):
            rows += [
                Row("growth", "kit", size, at, measure, value, unit)
                for measure, value, unit in (("worker's peak", one["worker"], "GB"), ("characters", characters, ""),
                                             ("documents a second", size / cost.wall, "1/s"))
            ]  # fmt: skip
        body.append((
            f"{size:,}", f"{characters / 1e6:.1f} M", spread([cost.wall for cost in runs]),
            spread([cost.processor for cost in runs]), spread([size / cost.wall for cost in runs]),
            spread([characters / cost.wall / 1e3 for cost in runs], 0) + " k", f"{max(cost.peak for cost in runs):.2f}",
            f"{max(worker[size]):.2f}", f"{told[-1]['rows']:,}",
        ))  # fmt: skip
        before = size
    told, more = _growth(costs, worker)
    head = ("documents", "characters", "seconds", "seconds of processor", "documents a second", "characters a second",
            "peak GB, main process", "peak GB, largest worker", "rows written")  # fmt: skip
    return Result(grid(f"Growth: `lanxikit process`, {jobs} jobs", head, body, *told), rows + more)


def _growth(costs: dict[int, list[Cost]], worker: dict[int, list[float]]) -> tuple[list[str], list[Row]]:
    """Exponents and ratios of memory from each size to the next, with the lowest and highest of all pairs of runs."""
    told, rows = [], []
    for small, large in pairwise(costs):
        step = f"{small:,} to {large:,} documents"
        pairs = list(product(costs[small], costs[large]))
        slopes = [[log(b[at] / a[at]) / log(large / small) for a, b in pairs] for at in (0, 1)]
        main = [b.peak / a.peak for a, b in pairs]
        most = [b / a for a, b in product(worker[small], worker[large])]
        told.append(
            f"From {step}: exponent {spread(slopes[0], 2)} by the clock, {spread(slopes[1], 2)} by processor; "
            f"{spread(main, 2)} times the memory of the main process, {spread(most, 2)} times of the largest worker."
        )
        for measure, values in zip((*MEASURES, f"{MEASURES[2]} of a worker"), (*slopes, main, most), strict=True):
            rows += [Row("growth", f"from {small}", large, at, measure, one, "") for at, one in enumerate(values, 1)]
    if sum(map(len, costs.values())) > 2:
        told.append("Over all runs: " + "; ".join(f"exponent {_line(costs, at)} {name}" for at, name in
                                                  enumerate(("by the clock", "by processor"))) + ".")  # fmt: skip
    return told, rows


def _line(costs: dict[int, list[Cost]], at: int) -> str:
    """Slope of the least-squares line through all runs, with its interval of 95 %."""
    from scipy import stats

    points = [(log(size), log(cost[at])) for size, runs in costs.items() for cost in runs]
    fitted = stats.linregress(*zip(*points, strict=True))
    half = stats.t.ppf(0.975, len(points) - 2) * fitted.stderr
    return f"{fitted.slope:.3f} (95 %: {fitted.slope - half:.3f}–{fitted.slope + half:.3f})"


def fill(folder: Path, n: int, length: int = LENGTH) -> int:
    """Write so many documents, one at a time, a thousand to a folder; return their characters."""
    from tqdm import tqdm

    from benchmarks.grown import documents

    size = 0
    made = documents(n, length=length)
    bar = tqdm(made, total=n, desc="growing documents", unit=" docs", file=sys.stderr, leave=False, disable=None)
    for number, (name, text) in enumerate(bar):
        place = folder / f"{number // FOLDER:03d}"
        if number % FOLDER == 0:
            place.mkdir(parents=True)
        (place / f"{name}.txt").write_text(text, "utf-8")
        size += len(text)
    return size


def _apart(folder: str, jobs: int, _: str) -> Cost:
    with TemporaryDirectory(dir=folder) as out:
        return apart(HERE, "--process", str(Path(folder, "source")), "--out", out, "--jobs", str(jobs))


def _process(source: str, out: str, jobs: int) -> str:
    import lanxikit as lx

    with Watch() as watch:
        done = lx.process(source, out, jobs=jobs)
    if done.unread:
        raise SystemExit(f"{done.unread} documents were not read")
    tables = lx.scan(out)
    return json.dumps({"worker": watch.most, "rows": sum(len(tables[name]) for name in tables)})


class Watch:
    """Looks ten times a second how much memory the processes below this one have held; ``most`` is the largest's."""

    def __enter__(self) -> Watch:
        self.most, self._over = 0.0, threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        import psutil

        below: Sequence[psutil.Process] = ()
        turn = 0
        while not self._over.wait(0.1):
            if turn % 10 == 0:  # workers are replaced now and then
                below = psutil.Process().children(recursive=True)
            turn += 1
            for process in below:
                try:
                    held = peak_of(process.pid) or process.memory_info().rss / 1e9
                except psutil.Error:
                    continue
                self.most = max(self.most, held)


def main() -> None:
    """Print the table; or, in a process of its own, do one run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES["usual"]))
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=processors())
    for inner in ("--process", "--out"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.process:
        report(_process, asked.process, asked.out, asked.jobs)
    else:
        print(measure(dict.fromkeys(asked.sizes, asked.repeats), asked.jobs).markdown)


if __name__ == "__main__":
    main()
