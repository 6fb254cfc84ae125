"""Time and memory of the default topic model against scikit-learn's NMF on jieba's words.

    python -m benchmarks topics            # 47,000 clauses, 20 topics, 3 repeats
    python -m benchmarks.topics --clauses 47000 --topics 20 --repeats 3

The clauses are grown from the study's five documents: each takes two to five phrases from
leaf units that stand within ten of each other, so that there are topics to find. Each side
reads them in a process of its own, one process at a time; the sides take turns, and the
order turns with each repeat. Measured is: texts in memory → words → TF-IDF → topics and the
units' shares, with the loading of libraries and dictionaries. Our side also refits for
stability and measures coherence, as it always does.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import ROOT, Cost, apart, report, spread

SIDES = {
    "lanxikit": "`lx.TopicModel`, default",
    "sklearn": "jieba + `TfidfVectorizer` + `sklearn.decomposition.NMF`",
    "plain": "`lx.TopicModel`, `tokenizer=\"jieba\"`: without the extra `fast`",
}
HERE = "benchmarks.topics"  # also where it is run as a script, whose own name is __main__
ONCE = ("plain",)  # beside the comparison, in the last repeat only


def grown(n_clauses: int, seed: int = 0) -> list[str]:
    """Recombine phrases of neighbouring leaf units."""
    import lanxikit as lx
    from lanxikit.topics.tokens import read_units

    texts = read_units(lx.segment(lx.read_corpus(ROOT / "data" / "raw"))).texts
    phrases = [[part for part in re.split(r"(?<=[，；。])", text) if len(part) > 3] for text in texts]
    near = [list(chain.from_iterable(phrases[max(0, at - 5) : at + 5])) for at in range(len(phrases))]
    draw = random.Random(seed)
    return ["".join(draw.choices(draw.choice(near), k=draw.randint(2, 5))) for _ in range(n_clauses)]


def ours(texts: list[str], n_topics: int, tokenizer: str = "auto") -> str:
    """Fit the default model."""
    import lanxikit as lx
    from lanxikit.topics.fastcut import name_of

    model = lx.TopicModel(n_topics, tokenizer=tokenizer).fit(texts)
    return f"cut by {name_of(tokenizer)}, {len(model.vocabulary_)} words, stability {model.stability_:.2f}"


def theirs(texts: list[str], n_topics: int) -> str:
    """Fit scikit-learn's NMF on jieba's words, all as it comes but for the same pruning of rare and common words."""
    import jieba
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    jieba.setLogLevel(60)
    vectorizer = TfidfVectorizer(min_df=2, max_df=0.5)  # its pattern drops words of one character, as ours does
    table = vectorizer.fit_transform([" ".join(jieba.cut(text)) for text in texts])
    model = NMF(n_topics, random_state=0)
    model.fit_transform(table)
    return f"{table.shape[1]} words, {model.n_iter_} iterations"


def table(n_clauses: int = 47_000, n_topics: int = 20, repeats: int = 3, *, quick: bool = False) -> str:
    """Run the sides in turn; return the table of their costs and the ratios."""
    from tqdm import tqdm

    if quick:
        n_clauses, n_topics = 2_000, 10
    costs: dict[str, list[Cost]] = {side: [] for side in SIDES}
    pair = [side for side in SIDES if side not in ONCE]
    turns = [side for at in range(repeats) for side in (pair if at % 2 == 0 else pair[::-1])]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "clauses.json"
        apart(HERE, "--grow", str(file), "--clauses", str(n_clauses))
        for side in tqdm([*turns, *ONCE], desc="topics", file=sys.stderr, leave=False, disable=None):
            costs[side].append(apart(HERE, "--side", side, "--texts", str(file), "--topics", str(n_topics)))
    lines = [
        f"## Topics: {n_clauses:,} clauses, {n_topics} topics, {repeats} repeats in turn", "",
        "| | seconds | seconds of processor | peak GB | |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for side, title in SIDES.items():
        wall, processor, peaks = ([cost[at] for cost in costs[side]] for at in range(3))
        lines.append(f"| {title} | {spread(wall)} | {spread(processor)} | {max(peaks):.2f} | {costs[side][-1].said} |")
    ratios = ([a[at] / b[at] for a, b in zip(costs["lanxikit"], costs["sklearn"], strict=True)] for at in range(2))
    wall, processor = (spread(list(values), 2) for values in ratios)
    lines += ["", f"Default ÷ scikit-learn, by repeat: {wall} of the seconds, {processor} of the processor's."]
    return "\n".join([*lines, "Median (lowest–highest); peak: the highest of the repeats.", ""])


def main() -> None:
    """Print the table; or, in a process of its own, do the work of one side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.topics", description=__doc__.splitlines()[0])
    parser.add_argument("--clauses", type=int, default=47_000)
    parser.add_argument("--topics", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=3)
    for inner in ("--grow", "--side", "--texts"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.grow:
        report(_grow, Path(asked.grow), asked.clauses)
    elif asked.side:
        texts = json.loads(Path(asked.texts).read_text("utf-8"))
        work = {"lanxikit": ours, "sklearn": theirs, "plain": lambda *given: ours(*given, tokenizer="jieba")}
        report(work[asked.side], texts, asked.topics)
    else:
        print(table(asked.clauses, asked.topics, asked.repeats))


def _grow(file: Path, n_clauses: int) -> str:
    file.write_text(json.dumps(grown(n_clauses), ensure_ascii=False), "utf-8")
    return "grown"


if __name__ == "__main__":
    main()
