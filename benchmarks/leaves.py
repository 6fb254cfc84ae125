"""Comparing leaves by `lx.compare`: how time grows with the candidates weighed, and what they find of all pairs.

    python -m benchmarks comparing      # this, after the nearest clauses

Leaves are those of ``lx.segment`` on texts grown from the study's five documents, either side from other texts, with
annotations made beforehand; no encoder. How much is found: some lower leaves against many upper ones, in full and by
candidates; once as they come, where each lower leaf has upper ones grown from the same document, and once where no
upper document is grown from the same as a lower one, so that nothing is nearly alike.
"""

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count, pairwise
from math import log
from pathlib import Path

from benchmarks.measured import Cost, apart, report
from benchmarks.results import Result, Row, grid, rows_of

HERE = "benchmarks.leaves"
SIZES = {"quick": (300, 900), "usual": (1_000, 3_000, 10_000), "full": (1_000, 3_000, 10_000, 30_000)}
RECALL = {"quick": (900, 50), "usual": (20_000, 200), "full": (20_000, 1_000)}  # upper leaves, lower ones
KINSHIP = {"kin": "as they come", "unlike": "no two documents of a kind"}
TOP = 10
CANDIDATES = 200
BATCH = 20  # documents at a time
FAR = 1_000_000  # number of the first document of the lower side


def compared(folder: Path, how: str) -> Result:
    """Run all; return the tables."""
    sizes, (n_upper, n_lower) = SIZES[how], RECALL[how]
    files = [folder / "upper.pickle", folder / "lower.pickle"]
    with ThreadPoolExecutor(2) as pool:
        for _ in pool.map(_grown, files, (0, FAR), (max(n_upper, *sizes), max(sizes))):
            pass
    costs = {size: _apart("--compare", files, size, size) for size in sizes}
    found = {name: _apart("--recall", files, n_upper, n_lower, name) for name in KINSHIP}
    return _joined(_growth(costs), _recall(found, n_lower))


def _growth(costs: dict[int, Cost]) -> Result:
    few = min(CANDIDATES, *costs)
    body = [
        (f"{size:,}", f"{size * few:,}", f"{cost.wall:.1f}", f"{cost.processor:.1f}", f"{cost.peak:.2f}")
        for size, cost in costs.items()
    ]
    grown = {
        (one, two): log(costs[two].processor / costs[one].processor) / log(two / one) for one, two in pairwise(costs)
    }
    told = ", ".join(f"{value:.2f} ({one:,}–{two:,} leaves)" for (one, two), value in grown.items())
    rows = [row for size, cost in costs.items() for row in rows_of("comparing", size, {"candidates": [cost]})]
    rows += [Row("comparing", "candidates", two, 1, "exponent", value, "") for (_, two), value in grown.items()]
    heading = f"Comparing leaves: `lx.compare`, {few} candidates each"
    head = ("leaves a side", "pairs weighed", "seconds", "seconds of processor", "peak GB")
    text = f"Exponent of the processor's time in the pairs weighed: {told}. All pairs would make it 2."
    return Result(grid(heading, head, body, text), rows)


def _recall(found: dict[str, Cost], n_lower: int) -> Result:
    body, rows = [], []
    for name, cost in found.items():
        told = json.loads(cost.said)
        shares = [f"{told[f'top {top}']:.4f}" for top in (1, TOP)]
        seconds = [f"{told[way]:.1f}" for way in ("full", "candidates")]
        body.append((KINSHIP[name], f"{told['upper']:,}", f"{n_lower:,}", *shares, *seconds))
        for top in (1, TOP):
            rows.append(Row("comparing", f"recall, {name}", told["upper"], 1, f"top {top}", told[f"top {top}"], ""))
    heading = f"What {CANDIDATES} candidates find of the full comparison"
    head = ("documents", "upper leaves", "lower leaves", "best found", f"best {TOP} found", "in full", "by candidates")
    text = "Seconds of processor; making rows of the texts costs both ways the same and is most of it here."
    return Result(grid(heading, head, body, text), rows)


def _joined(*parts: Result) -> Result:
    return Result("\n".join(part.markdown for part in parts), [row for part in parts for row in part.rows])


def _grown(file: Path, start: int, size: int) -> None:
    apart(HERE, "--grow", str(file), "--start", str(start), "--size", str(size))


def _apart(what: str, files: list[Path], n_upper: int, n_lower: int, kin: str = "kin") -> Cost:
    return apart(HERE, what, *map(str, files), "--size", str(n_upper), "--lower", str(n_lower), "--kin", kin)


def _grow(file: Path, start: int, size: int) -> str:
    import pandas as pd

    import lanxikit as lx
    from benchmarks.grown import documents
    from lanxikit.reading.corpus import from_texts

    parts, notes, held = [], {"responsibilities": [], "places": []}, 0
    for at in count(start, BATCH):
        found = lx.segment(from_texts(dict(documents(BATCH, start=at))))
        for name, tables in notes.items():
            tables.append(getattr(lx, name)(found))
        parts.append(found[found["is_leaf"]])
        held += len(parts[-1])
        if held >= size:
            break
    tables = {name: pd.concat(tables, ignore_index=True) for name, tables in notes.items()}
    pd.to_pickle((pd.concat(parts, ignore_index=True), tables), file)
    return "grown"


def _sides(files: list[str], n_upper: int, n_lower: int, kin: str) -> tuple[list, dict]:
    import numpy as np
    import pandas as pd

    (upper, notes), (lower, others) = map(pd.read_pickle, files)
    if kin == "unlike":  # two of the five documents above, the other three below
        upper, lower = (side[side["doc_id"].str[-6:].astype(int).mod(5).isin(kinds)] for side, kinds in
                        ((upper, (0, 1)), (lower, (2, 3, 4))))  # fmt: skip
    spread = np.linspace(0, len(lower) - 1, n_lower).astype(int) if n_lower < n_upper else np.arange(n_lower)
    sides = [upper.head(n_upper).reset_index(drop=True), lower.iloc[spread].reset_index(drop=True)]
    kept = set(sides[0]["unit_id"]) | set(sides[1]["unit_id"])
    both = {name: pd.concat([notes[name], others[name]]) for name in notes}
    return sides, {name: table[table["unit_id"].isin(kept)] for name, table in both.items()}


def _compare(sides: list, notes: dict) -> str:
    import lanxikit as lx

    few = min(CANDIDATES, len(sides[0]))
    return f"{len(lx.compare(*sides, encoder=None, candidates=few, **notes))} pairs"


def _found(sides: list, notes: dict) -> str:
    """Tell how many of the best, and of the best ten, of the full comparison are found."""
    import lanxikit as lx

    keys, tables, told = ["lower_id", "upper_id"], [], {"upper": len(sides[0])}
    lx.compare(*(side.head(5) for side in sides), encoder=None, **notes)  # dictionaries are loaded
    for name, few in (("full", None), ("candidates", min(CANDIDATES, len(sides[0]) // 2))):
        begun = time.process_time()
        tables.append(lx.compare(*sides, encoder=None, candidates=few, **notes))
        told[name] = time.process_time() - begun
    whole = tables[0]
    both = whole.merge(tables[1][keys], on=keys)
    shares = {f"top {top}": (both["rank"] <= top).sum() / (whole["rank"] <= top).sum() for top in (1, TOP)}
    return json.dumps(told | shares)


def main() -> None:
    """Do one piece of the work, in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.leaves", description=__doc__.splitlines()[0])
    parser.add_argument("--grow")
    for inner in ("--compare", "--recall"):
        parser.add_argument(inner, nargs=2, metavar=("UPPER", "LOWER"))
    for inner in ("--start", "--size", "--lower"):
        parser.add_argument(inner, type=int)
    parser.add_argument("--kin", choices=KINSHIP, default="kin")
    asked = parser.parse_args()
    if asked.grow:
        report(_grow, Path(asked.grow), asked.start, asked.size)
    else:
        given = _sides(asked.compare or asked.recall, asked.size, asked.lower, asked.kin)
        report(_compare if asked.compare else _found, *given)


if __name__ == "__main__":
    main()
