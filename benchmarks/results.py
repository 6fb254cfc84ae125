"""What a benchmark hands back: a table to read and tidy rows to keep; and how both go into the documentation.

    docs/benchmarks.csv   a row a number: benchmark, side, size, repeat, measure, value, unit, processors, python
    docs/benchmarks.md    the tables, each between its two markers; what stands around them is kept
    docs/benchmarks.svg   the picture, and .png (plot.py)

What was measured of other benchmarks stays as it is.
"""

from __future__ import annotations

import csv
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured import Cost, processors, spread

FASTER, FASTER_CPU = "times as fast", "times as fast by processor"
COLUMNS = ("benchmark", "side", "size", "repeat", "measure", "value", "unit", "processors", "python")


class Row(NamedTuple):
    """One number: of which benchmark and side, of how much data, in which repeat."""

    benchmark: str
    side: str
    size: int
    repeat: int
    measure: str
    value: float
    unit: str


class Result(NamedTuple):
    """What a benchmark found: Markdown with its heading, and the numbers behind it."""

    markdown: str
    rows: list[Row]


def rows_of(benchmark: str, size: int, costs: Mapping[str, Sequence[Cost]]) -> list[Row]:
    """Make three rows of each run: seconds, seconds of processor, peak memory."""
    return [
        Row(benchmark, side, size, repeat, measure, value, unit)
        for side, runs in costs.items()
        for repeat, cost in enumerate(runs, 1)
        for measure, value, unit in (("seconds", cost.wall, "s"), ("processor", cost.processor, "s"),
                                     ("peak", cost.peak, "GB"))
    ]  # fmt: skip


def faster(benchmark: str, size: int, costs: Mapping[str, Sequence[Cost]], ours: str, theirs: str) -> list[Row]:
    """Make rows of how many times as fast our side was, by the clock and by processor, repeat by repeat.

    Where a side ran less often, its runs are held against the other's last ones.
    """
    number = min(len(costs[ours]), len(costs[theirs]))
    return [
        Row(benchmark, f"{ours} : {theirs}", size, repeat, measure, b[at] / a[at], "×")
        for at, measure in ((0, FASTER), (1, FASTER_CPU))
        for repeat, (a, b) in enumerate(zip(costs[ours][-number:], costs[theirs][-number:], strict=True), 1)
    ]


def said(rows: Iterable[Row], measure: str = FASTER, digits: int = 1) -> str:
    """Tell the median and the spread of one measure.

    >>> said([Row("parsing", "a : b", 9, n, FASTER, float(n), "×") for n in (1, 2, 3)])
    '2.0 (1.0–3.0)'
    """
    return spread([row.value for row in rows if row.measure == measure], digits)


def sentence(rows: Sequence[Row], ours: str, theirs: str, digits: int = 1) -> str:
    """Tell how many times as fast."""
    clock, processor = (said(rows, measure, digits) for measure in (FASTER, FASTER_CPU))
    return f"{ours}: {clock} times as fast as {theirs}, {processor} by processor."


def grid(heading: str, head: Sequence[str], body: Iterable[Sequence[object]], *below: str) -> str:
    """Make a Markdown table with a heading above and sentences below."""
    lines = [f"## {heading}", "", _line(head), "|" + "---|" * len(head), *map(_line, body)]
    return "\n".join([*lines, "", *(line for text in below for line in (text, "")), NOTE, ""])


NOTE = "Median (lowest–highest); peak: the highest of the repeats."


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def write(folder: Path, results: Mapping[str, Result]) -> None:
    """Put what was measured into the documentation, in place of what stood there of the same benchmarks."""
    from benchmarks.plot import draw

    table = folder / "benchmarks.csv"
    write_rows(table, results)
    page = folder / "benchmarks.md"
    text = page.read_text("utf-8") if page.is_file() else "# Benchmarks\n"
    for name, result in results.items():
        text = placed(text, name, f"{_machine(name)}\n\n{result.markdown.strip()}")
    page.write_text(text, "utf-8")
    draw(read_rows(table), folder / "benchmarks")


def write_rows(file: Path, results: Mapping[str, Result]) -> None:
    """Write the rows of these benchmarks beside those that the file holds of others, by name."""
    kept = [row for row in read_rows(file) if row["benchmark"] not in results]
    machine = {"processors": str(processors()), "python": platform.python_version()}
    new = [row._asdict() | {"value": f"{row.value:.6g}"} | machine for found in results.values() for row in found.rows]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted([*kept, *new], key=lambda row: row["benchmark"]))


def read_rows(file: Path) -> list[dict[str, str]]:
    """Read the rows of the file, if there is one."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def placed(text: str, name: str, section: str) -> str:
    """Put a section between its markers, at the end where there are none.

    >>> placed("above\\n<!-- a -->\\nold\\n<!-- /a -->\\nbelow\\n", "a", "new")
    'above\\n<!-- a -->\\nnew\\n<!-- /a -->\\nbelow\\n'
    """
    section = re.sub("^#", "##", section, flags=re.MULTILINE)
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = text.partition(opening)
    _, ended, after = rest.partition(closing)
    if found and not ended:
        raise SystemExit(f"The page has {opening} without {closing}: put it behind the section.")
    before, after = (before, after) if found else (f"{text.rstrip()}\n\n", "\n")
    return f"{before}{opening}\n{section}\n{closing}{after}"


def _machine(name: str) -> str:
    return f"By `python -m benchmarks {name}`, {processors()} processors, Python {platform.python_version()}."
