"""Time and memory of the nearest clauses beside scikit-learn's; and of comparing leaves, by candidates and in full.

    python -m benchmarks comparing            # 46,777 × 46,777 clauses; 1,000 to 10,000 leaves a side
    python -m benchmarks comparing --full     # every block of scikit-learn's, and 30,000 leaves

Clauses are those of ``lx.segment`` on texts grown from the study's five documents (``grown.py``), the two sides from
different texts. Many clauses of such texts are alike, as they are in official documents, and the kit compares each
different one once; so the same is measured of clauses that are all different. Each side does its work in a process of
its own, one at a time, in turn: texts in memory → the ten nearest of each. scikit-learn: ``TfidfVectorizer`` of
character pairs (also those across punctuation, which we leave out: some 7 % more multiplications), 32 bits, blocks of
500 rows against all, ``argpartition``. Its blocks all take the same time; every fifth is done, and its time counted
five times (``--full``: all are done). Leaves: ``leaves.py``.
"""

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import leaves
from benchmarks.measured import Cost, apart, in_turn, report, spread
from benchmarks.results import Result, faster, grid, rows_of, sentence

HERE = "benchmarks.comparing"
SIDES = {
    "kit": "`lx.nearest`",
    "kit-2": "`lx.nearest`, `jobs=2`",
    "sklearn": "`TfidfVectorizer`, blocks, `argpartition`",
}
KINDS = {"grown": "as they come", "different": "all different"}
SIZES = {"quick": (3_000, 1, 1), "usual": (46_777, 3, 5), "full": (46_777, 3, 1)}
TOP = 10
BLOCK = 500
BATCH = 20  # documents at a time
FAR = 1_000_000  # number of the first document of the lower side


def run(how: str = "usual") -> Result:
    """Run both parts."""
    with TemporaryDirectory() as folder:
        parts = [nearest(Path(folder), *SIZES[how]), leaves.compared(Path(folder), how)]
    return Result("\n".join(part.markdown for part in parts), [row for part in parts for row in part.rows])


def nearest(folder: Path, n_clauses: int, repeats: int, every: int) -> Result:
    """Ten nearest clauses: the kit beside scikit-learn, of which every so-manieth block is done."""
    body, below, rows = [], [], []
    for kind, title in KINDS.items():
        files = [folder / f"{kind}-{side}.json" for side in ("upper", "lower")]
        _both(files, "--kind", kind, "--clauses", str(n_clauses))
        given = ("--texts", *map(str, files), "--every", str(every))

        def one(side: str, given: tuple[str, ...] = given) -> Cost:
            return _whole(apart(HERE, "--side", side, *given))

        costs = in_turn(tuple(SIDES), repeats, one, f"clauses {kind}")
        for side, what in SIDES.items():
            wall, processor, peaks = ([cost[at] for cost in costs[side]] for at in range(3))
            note = json.loads(costs[side][-1].said)["note"]
            body.append((title, what, spread(wall), spread(processor), f"{max(peaks):.2f}", note))
        rows += rows_of("comparing", n_clauses, {f"{side}, {kind}": found for side, found in costs.items()})
        for side in ("kit", "kit-2"):
            both = {f"{side}, {kind}": costs[side], "sklearn": costs["sklearn"]}
            ratios = faster("comparing", n_clauses, both, *both)
            rows += ratios
            below.append(sentence(ratios, f"{SIDES[side]}, clauses {title}", "scikit-learn's blocks"))
    share = "" if every == 1 else f"; of scikit-learn's blocks one in {every}, its time times {every}"
    heading = (
        f"Nearest clauses: {n_clauses:,} × {n_clauses:,}, the best {TOP} of each, {repeats} repeats in turn{share}"
    )
    head = ("clauses", "", "seconds", "seconds of processor", "peak GB", "")
    return Result(grid(heading, head, body, *below), rows)


def kit(sides: list[list[str]], jobs: int = 1) -> str:
    """Find the nearest by the kit."""
    from lanxikit.comparing.nearest import nearest

    found = nearest(*sides, top=TOP, jobs=jobs)
    different = " × ".join(f"{len(set(side)):,}" for side in sides)
    return json.dumps({"note": f"{len(found):,} pairs; {different} different", "rest": [0, 0]})


def theirs(sides: list[list[str]], every: int) -> str:
    """Find the nearest by scikit-learn, a block of rows at a time; tell what the blocks left out would have cost."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), dtype=np.float32)
    vectorizer.fit(sides[0] + sides[1])
    upper, lower = (vectorizer.transform(side) for side in sides)
    turned, done = upper.T.tocsr(), 0
    begun = time.perf_counter(), time.process_time()
    for at in range(0, lower.shape[0], BLOCK * every):
        cells = (lower[at : at + BLOCK] @ turned).toarray()
        best = np.argpartition(-cells, TOP, axis=1)[:, :TOP]
        values = np.take_along_axis(cells, best, axis=1)
        order = np.argsort(-values, axis=1)
        best, values = (np.take_along_axis(part, order, axis=1) for part in (best, values))
        done += len(cells)
    spent = time.perf_counter() - begun[0], time.process_time() - begun[1]
    rest = [seconds * (lower.shape[0] / done - 1) for seconds in spent]
    return json.dumps({"note": f"{done:,} of {lower.shape[0]:,} rows", "rest": rest})


def _whole(cost: Cost) -> Cost:
    """Add what was left out."""
    rest = json.loads(cost.said)["rest"]
    return cost._replace(wall=cost.wall + rest[0], processor=cost.processor + rest[1])


def _both(files: list[Path], *arguments: str) -> None:
    """Grow the two sides at the same time."""
    with ThreadPoolExecutor(2) as pool:
        starts = (("--start", str(start)) for start in (0, FAR))
        for _ in pool.map(lambda given: apart(HERE, "--grow", str(given[0]), *given[1], *arguments),
                          zip(files, starts, strict=True)):  # fmt: skip
            pass


def _grow(file: Path, start: int, kind: str, n_clauses: int) -> str:
    import lanxikit as lx
    from benchmarks.grown import documents
    from lanxikit.reading.corpus import from_texts

    texts: list[str] = []
    for at in count(start, BATCH):
        found = lx.segment(from_texts(dict(documents(BATCH, start=at))), unit="clause")
        texts += found.loc[found["is_leaf"], "text"].tolist()
        if kind == "different":
            texts = list(dict.fromkeys(texts))
        if len(texts) >= n_clauses:
            break
    file.write_text(json.dumps(texts[:n_clauses], ensure_ascii=False), "utf-8")
    return "grown"


def main() -> None:
    """Print the tables; or, in a process of its own, do the work of one side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparing", description=__doc__.splitlines()[0])
    for inner in ("--grow", "--kind", "--side"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    parser.add_argument("--texts", nargs=2, help=argparse.SUPPRESS)
    for inner in ("--start", "--clauses", "--every"):
        parser.add_argument(inner, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grow:
        report(_grow, Path(asked.grow), asked.start, asked.kind, asked.clauses)
    elif asked.side:
        sides = [json.loads(Path(file).read_text("utf-8")) for file in asked.texts]
        work = {
            "kit": kit,
            "kit-2": lambda given: kit(given, jobs=2),
            "sklearn": lambda given: theirs(given, asked.every),
        }
        report(work[asked.side], sides)
    else:
        print(run().markdown)


if __name__ == "__main__":
    main()
