"""Time and memory of the nearest clauses beside scikit-learn's; and of comparing leaves, by candidates and in full.

    python -m benchmarks comparing            # 46,777 × 46,777 clauses; 1,000 to 30,000 leaves a side
    python -m benchmarks.comparing --clauses 46777 --repeats 3

Clauses and leaves are those of ``lx.segment`` on texts grown from the study's five documents (``grown.py``), the
two sides from different texts. Many clauses of such texts are alike, as they are in official documents, and the kit
compares each different one once; so the same is measured of clauses that are all different. Each side does its
work in a process of its own, one at a time, in turn. The first table measures texts in memory → the ten
nearest of each. scikit-learn: ``TfidfVectorizer`` of the same character pairs, 32 bits, blocks of 500 rows against all,
``argpartition``. The second measures ``lx.compare`` without encoder on units in memory, annotations made beforehand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import Cost, apart, report, spread

HERE = "benchmarks.comparing"
SIDES = {
    "kit": "`lx.nearest`",
    "kit-2": "`lx.nearest`, `jobs=2`",
    "sklearn": "`TfidfVectorizer`, blocks, `argpartition`",
}
KINDS = {"grown": "as they come", "different": "all different"}
SIZES = (1_000, 3_000, 10_000, 30_000)
WHOLE = 3_000  # leaves up to which the full comparison is run too
TOP = 10
CANDIDATES = 200
_BATCH = 20  # documents at a time


def table(n_clauses: int = 46_777, repeats: int = 3, sizes: tuple[int, ...] = SIZES, *, quick: bool = False) -> str:
    """Run all; return the tables."""
    if quick:
        n_clauses, repeats, sizes = 3_000, 1, (300, 900)
    with TemporaryDirectory() as folder:
        return "\n".join([nearest(Path(folder), n_clauses, repeats), compared(Path(folder), sizes)])


def nearest(folder: Path, n_clauses: int, repeats: int) -> str:
    """Ten nearest clauses: the kit beside scikit-learn."""
    from tqdm import tqdm

    lines = [
        f"## Nearest clauses: {n_clauses:,} × {n_clauses:,}, the best {TOP} of each, {repeats} repeats in turn", "",
        "| clauses | | seconds | seconds of processor | peak GB | |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    said = []
    names = list(SIDES)
    turns = [name for at in range(repeats) for name in (names if at % 2 == 0 else names[::-1])]
    for kind, title in KINDS.items():
        file = folder / f"{kind}.json"
        apart(HERE, "--grow", str(file), "--kind", kind, "--clauses", str(n_clauses))
        costs: dict[str, list[Cost]] = {name: [] for name in SIDES}
        for name in tqdm(turns, desc=f"clauses {kind}", file=sys.stderr, leave=False, disable=None):
            costs[name].append(apart(HERE, "--side", name, "--texts", str(file)))
        for name, what in SIDES.items():
            wall, processor, peaks = ([cost[at] for cost in costs[name]] for at in range(3))
            note = costs[name][-1].said
            lines.append(f"| {title} | {what} | {spread(wall)} | {spread(processor)} | {max(peaks):.2f} | {note} |")
        said += [f"scikit-learn ÷ {SIDES[name]}, clauses {title}, by repeat: {_ratios(costs, name)}." for name in SIDES
                 if name != "sklearn"]  # fmt: skip
    return "\n".join([*lines, "", *said, "Median (lowest–highest); peak: the highest of the repeats.", ""])


def compared(folder: Path, sizes: tuple[int, ...]) -> str:
    """Leaves compared by candidates, and in full where that is not too long."""
    from tqdm import tqdm

    file = folder / "leaves.pickle"
    apart(HERE, "--leaves", str(file), "--size", str(max(sizes)))
    lines = [
        f"## Comparing leaves: `lx.compare`, {CANDIDATES} candidates each", "",
        "| leaves a side | pairs weighed | | seconds | seconds of processor | peak GB | best found | best ten found |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    spent = {}
    for size in tqdm(sizes, desc="leaves", file=sys.stderr, leave=False, disable=None):
        recall = ["", ""]
        if size <= min(WHOLE, max(sizes)):
            whole = apart(HERE, "--compare", str(file), "--size", str(size), "--every")
            lines.append(_row(size, size * size, "in full", whole, ["1", "1"]))
            recall = json.loads(apart(HERE, "--recall", str(file), "--size", str(size)).said)
        cost = apart(HERE, "--compare", str(file), "--size", str(size))
        spent[size] = cost.processor
        lines.append(_row(size, size * min(CANDIDATES, size), "candidates", cost, recall))
    grown = [f"{log(spent[two] / spent[one]) / log(two / one):.2f} ({one:,}–{two:,})" for one, two in pairwise(sizes)]
    return "\n".join([*lines, "", f"Exponent of the processor's time in the candidate pairs: {', '.join(grown)}.", ""])


def _row(size: int, pairs: int, how: str, cost: Cost, recall: list[str]) -> str:
    found = " | ".join(map(str, recall))
    return f"| {size:,} | {pairs:,} | {how} | {cost.wall:.1f} | {cost.processor:.1f} | {cost.peak:.2f} | {found} |"


def _ratios(costs: dict[str, list[Cost]], name: str) -> str:
    wall, processor = (
        spread([theirs[at] / ours[at] for theirs, ours in zip(costs["sklearn"], costs[name], strict=True)])
        for at in range(2)
    )
    return f"{wall} of the seconds, {processor} of the processor's"


def kit(sides: list[list[str]], jobs: int = 1) -> str:
    """Find the nearest by the kit."""
    from lanxikit.comparing.nearest import nearest

    found = nearest(*sides, top=TOP, jobs=jobs)
    different = " × ".join(f"{len(set(side)):,}" for side in sides)
    return f"{len(found):,} pairs; {different} different"


def theirs(sides: list[list[str]]) -> str:
    """Find the nearest by scikit-learn, a block of rows at a time."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), dtype=np.float32)
    vectorizer.fit(sides[0] + sides[1])
    upper, lower = (vectorizer.transform(side) for side in sides)
    turned, count = upper.T.tocsr(), 0
    for at in range(0, lower.shape[0], 500):
        cells = (lower[at : at + 500] @ turned).toarray()
        best = np.argpartition(-cells, TOP, axis=1)[:, :TOP]
        values = np.take_along_axis(cells, best, axis=1)
        order = np.argsort(-values, axis=1)
        best, values = (np.take_along_axis(part, order, axis=1) for part in (best, values))
        count += int((values > 0).sum())
    return f"{count:,} pairs"


def units(start: int, unit: str) -> Iterator:
    """Yield tables of the leaves of some grown documents at a time, from one number on."""
    import lanxikit as lx
    from benchmarks.grown import documents

    while True:
        with TemporaryDirectory() as folder:
            for name, text in documents(_BATCH, start=start):
                Path(folder, f"{name}.txt").write_text(text, "utf-8")
            yield lx.segment(lx.read_corpus(folder), unit=unit)
        start += _BATCH


def _grow(file: Path, kind: str, n_clauses: int) -> str:
    sides = []
    for start in (0, 1_000_000):
        texts: list[str] | dict[str, None] = [] if kind == "grown" else {}
        for found in units(start, "clause"):
            new = found.loc[found["is_leaf"], "text"].tolist()
            texts = texts + new if isinstance(texts, list) else texts | dict.fromkeys(new)
            if len(texts) >= n_clauses:
                break
        sides.append(list(texts)[:n_clauses])
    file.write_text(json.dumps(sides, ensure_ascii=False), "utf-8")
    return "grown"


def _leaves(file: Path, size: int) -> str:
    import pandas as pd

    import lanxikit as lx

    sides, notes = [], {"responsibilities": [], "places": []}
    for start in (0, 1_000_000):
        parts, held = [], 0
        for found in units(start, "item"):
            parts.append(found)
            held += int(found["is_leaf"].sum())
            for name, tables in notes.items():
                tables.append(getattr(lx, name)(found))
            if held >= size:
                break
        sides.append(pd.concat(parts, ignore_index=True))
    pd.to_pickle((*sides, {name: pd.concat(tables, ignore_index=True) for name, tables in notes.items()}), file)
    return "grown"


def _compare(file: Path, size: int, every: bool):
    import pandas as pd

    import lanxikit as lx

    upper, lower, notes = pd.read_pickle(file)
    sides = (side[side["is_leaf"]].head(size) for side in (upper, lower))
    return lx.compare(*sides, encoder=None, candidates=None if every else min(CANDIDATES, size), **notes)


def _recall(file: Path, size: int) -> str:
    """Tell how many of the best, and of the best ten, of the full comparison are found."""
    keys = ["lower_id", "upper_id"]
    whole, found = (_compare(file, size, every) for every in (True, False))
    both = whole.merge(found[keys], on=keys)
    shares = [(both["rank"] <= top).sum() / (whole["rank"] <= top).sum() for top in (1, TOP)]
    return json.dumps([f"{share:.4f}" for share in shares])


def main() -> None:
    """Print the tables; or, in a process of its own, do the work of one side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparing", description=__doc__.splitlines()[0])
    parser.add_argument("--clauses", type=int, default=46_777)
    parser.add_argument("--repeats", type=int, default=3)
    for inner in ("--grow", "--kind", "--side", "--texts", "--leaves", "--compare", "--recall"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--every", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grow:
        report(_grow, Path(asked.grow), asked.kind, asked.clauses)
    elif asked.leaves:
        report(_leaves, Path(asked.leaves), asked.size)
    elif asked.compare:
        report(lambda: f"{len(_compare(Path(asked.compare), asked.size, asked.every))} pairs")
    elif asked.recall:
        report(_recall, Path(asked.recall), asked.size)
    elif asked.side:
        sides = json.loads(Path(asked.texts).read_text("utf-8"))
        work = {"kit": kit, "kit-2": lambda given: kit(given, jobs=2), "sklearn": theirs}
        report(work[asked.side], sides)
    else:
        print(table(asked.clauses, asked.repeats))


if __name__ == "__main__":
    main()
