"""Characters a second of cutting clauses into words, beside plain jieba and rjieba.

    python -m benchmarks tokenizing            # the clauses of 60 documents of 15,000 characters, 3 repeats
    python -m benchmarks.tokenizing --documents 60 --repeats 3

Ours is what topics are made of by default (`lanxikit.topics.fastcut.cut`): policy terms and places whole, numbers with
their magnitudes, words of the genre and of no content dropped; rjieba where it cuts the same words as jieba, jieba
elsewhere; and the same with jieba alone. Theirs is ``jieba.lcut`` and ``rjieba.Jieba().cut`` of the same texts and
nothing else. Each side works in a process of its own, in turn. Dictionaries are loaded before, by a first clause; the
seconds this takes stand in a column of their own.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import apart, in_turn, report, spread
from benchmarks.results import Result, Row, faster, grid, rows_of, sentence

HERE = "benchmarks.tokenizing"
SIDES = {
    "lanxikit": "the kit's default",
    "plain": "the kit's without rjieba",
    "jieba": "`jieba.lcut`",
    "rjieba": "`rjieba.Jieba().cut`",
}
SIZES = {"quick": (2, 2), "usual": (60, 5), "full": (60, 5)}


def run(how: str = "usual") -> Result:
    """Run the sides in turn."""
    return measure(*SIZES[how])


def measure(n_documents: int, repeats: int, sides: Sequence[str] = tuple(SIDES)) -> Result:
    """Run the sides in turn on so many documents."""
    sides = [side for side in sides if side != "rjieba" or find_spec("rjieba")]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "clauses.json"
        size = int(apart(HERE, "--grow", str(file), "--documents", str(n_documents)).said)
        costs = in_turn(sides, repeats, lambda side: apart(HERE, "--side", side, "--texts", str(file)), "tokenizing")
    rows, body = rows_of("tokenizing", size, costs), []
    for side in sides:
        told = [json.loads(cost.said) for cost in costs[side]]
        rates = [spread([size / cost[at] / 1e3 for cost in costs[side]], 0) for at in (0, 1)]
        loading = spread([one["loading"] for one in told])
        rows += [Row("tokenizing", side, size, at, "loading", one["loading"], "s") for at, one in enumerate(told, 1)]
        peak = max(cost.peak for cost in costs[side])
        body.append((SIDES[side], f"{rates[0]} k", f"{rates[1]} k", loading, f"{peak:.2f}", f"{told[-1]['words']:,}"))
    below = []
    for ours, theirs in (("lanxikit", "jieba"), ("lanxikit", "rjieba"), ("plain", "jieba")):
        if ours in sides and theirs in sides:
            found = faster("tokenizing", size, costs, ours, theirs)
            rows += found
            below.append(sentence(found, f"{SIDES[ours][0].upper()}{SIDES[ours][1:]}", SIDES[theirs], 2))
    if not find_spec("rjieba"):
        below.append("rjieba is not installed and left out; ours cuts with jieba then (`pip install rjieba`).")
    title = f"Tokenizing: the clauses of {n_documents} documents, {size:,} characters, {repeats} repeats in turn"
    head = ("", "characters a second", "… of processor", "seconds to load", "peak GB", "words")
    return Result(grid(title, head, body, *below), rows)


def cutting(side: str):
    """Return what cuts a list of texts."""
    if side in ("lanxikit", "plain"):
        from lanxikit.topics.fastcut import cut

        return lambda texts: cut(texts, tokenizer="auto" if side == "lanxikit" else "jieba")
    if side == "jieba":
        import jieba

        jieba.setLogLevel(60)
        return lambda texts: [jieba.lcut(text) for text in texts]
    import rjieba

    own = rjieba.Jieba()
    return lambda texts: [own.cut(text) for text in texts]


def _work(side: str, texts: list[str]) -> None:
    begun = time.perf_counter()
    cut = cutting(side)
    cut([texts[0], "PM2.5-1"])  # of the kind that goes to jieba in any case
    loading = time.perf_counter() - begun
    report(lambda: json.dumps({"loading": loading, "words": sum(map(len, cut(texts)))}))


def _grow(file: Path, n_documents: int) -> str:
    import lanxikit as lx
    from benchmarks.grown import documents
    from lanxikit.reading.corpus import from_texts

    units = lx.segment(from_texts(dict(documents(n_documents))), unit="clause")
    texts = units.loc[units["is_leaf"], "text"].tolist()
    file.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    return str(sum(map(len, texts)))


def main() -> None:
    """Print the table; or, in a process of its own, do the work of one side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tokenizing", description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--repeats", type=int, default=5)
    for inner in ("--grow", "--side", "--texts"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grow:
        report(_grow, Path(asked.grow), asked.documents)
    elif asked.side:
        _work(asked.side, json.loads(Path(asked.texts).read_text("utf-8")))
    else:
        print(measure(asked.documents, asked.repeats).markdown)


if __name__ == "__main__":
    main()
