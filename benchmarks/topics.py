"""Time and memory of the default topic model beside scikit-learn's NMF, gensim's LDA and tomotopy's, on jieba's words.

    python -m benchmarks topics            # 47,000 clauses, 20 topics, 3 repeats (the slower sides once)
    python -m benchmarks.topics --clauses 47000 --topics 20 --repeats 3

The clauses are grown from the study's five documents: each takes two to five phrases from
leaf units that stand within ten of each other, so that there are topics to find. Each side
reads them in a process of its own, one process at a time; the sides take turns, and the
order turns with each repeat. Measured is: texts in memory → words → weights → topics and the
units' shares, with the loading of libraries and dictionaries. Our side also refits for
stability and measures coherence, as it always does. The others take all as it comes, but for the same pruning of rare
and common words: NMF to 200 rounds, gensim one pass over the units, tomotopy 100 rounds on all processors, as its
documentation's first example has it. gensim and tomotopy run once; what is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import ROOT, apart, in_turn, report, spread
from benchmarks.results import Result, faster, grid, rows_of, sentence

SIDES = {
    "lanxikit": "`lx.TopicModel`, default",
    "sklearn": "jieba + `TfidfVectorizer` + `sklearn.decomposition.NMF`",
    "gensim": "jieba + `CountVectorizer` + `gensim.models.LdaModel`",
    "tomotopy": "jieba + `CountVectorizer` + `tomotopy.LDAModel`",
    "plain": '`lx.TopicModel`, `tokenizer="jieba"`: without the extra `fast`',
}
HERE = "benchmarks.topics"  # also where it is run as a script, whose own name is __main__
ONCE = ("gensim", "tomotopy", "plain")  # after the others
ROUNDS = 100  # of tomotopy
SIZES = {"quick": (2_000, 10, 2), "usual": (47_000, 20, 3), "full": (47_000, 20, 3)}


def run(how: str = "usual") -> Result:
    """Run the sides in turn."""
    return measure(*SIZES[how])


def measure(n_clauses: int, n_topics: int, repeats: int) -> Result:
    """Run the sides in turn on so many clauses; those that take long once."""
    there = [side for side in SIDES if side not in ("gensim", "tomotopy") or find_spec(side)]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "clauses.json"
        apart(HERE, "--grow", str(file), "--clauses", str(n_clauses))

        def do(side: str):
            return apart(HERE, "--side", side, "--texts", str(file), "--topics", str(n_topics))

        costs = in_turn([side for side in there if side not in ONCE], repeats, do, "topics")
        costs |= in_turn([side for side in there if side in ONCE], 1, do, "topics, once")
    rows, body, below = rows_of("topics", n_clauses, costs), [], []
    for side in there:
        wall, processor, peaks = ([cost[at] for cost in costs[side]] for at in range(3))
        body.append((SIDES[side], spread(wall), spread(processor), f"{max(peaks):.2f}", costs[side][-1].said))
        if side not in ("lanxikit", "plain"):
            found = faster("topics", n_clauses, costs, "lanxikit", side)
            rows += found
            below.append(sentence(found, "Default", SIDES[side], 2))
    absent = [side for side in SIDES if side not in there]
    below += [f"{' and '.join(absent)}: not installed, left out."] if absent else []
    title = f"Topics: {n_clauses:,} clauses, {n_topics} topics, {repeats} repeats in turn ({', '.join(ONCE)}: once)"
    return Result(grid(title, ("", "seconds", "seconds of processor", "peak GB", ""), body, *below), rows)


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


def by_sklearn(texts: list[str], n_topics: int) -> str:
    """Fit scikit-learn's NMF on jieba's words."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    table = TfidfVectorizer(**PRUNED).fit_transform(_cut(texts))
    model = NMF(n_topics, random_state=0)
    model.fit_transform(table)
    return f"{table.shape[1]} words, {model.n_iter_} iterations"


def by_gensim(texts: list[str], n_topics: int) -> str:
    """Fit gensim's LDA on the same words."""
    from gensim.matutils import Sparse2Corpus
    from gensim.models import LdaModel
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(**PRUNED)
    bags = list(Sparse2Corpus(vectorizer.fit_transform(_cut(texts)), documents_columns=False))
    names = dict(enumerate(vectorizer.get_feature_names_out()))
    model = LdaModel(bags, num_topics=n_topics, id2word=names, random_state=0)
    shares, _ = model.inference(bags)
    return f"{len(names)} words, {model.passes} pass, {len(shares):,} units"


def by_tomotopy(texts: list[str], n_topics: int) -> str:
    """Fit tomotopy's LDA on the same words."""
    import tomotopy
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(**PRUNED)
    joined = _cut(texts)
    known = set(vectorizer.fit(joined).get_feature_names_out())
    split = vectorizer.build_analyzer()
    model = tomotopy.LDAModel(k=n_topics, seed=0)
    for text in joined:
        words = [word for word in split(text) if word in known]
        if words:  # it takes no unit without
            model.add_doc(words)
    model.train(ROUNDS)
    shares = [unit.get_topic_dist() for unit in model.docs]
    return f"{len(known)} words, {ROUNDS} rounds, {len(shares):,} units"


PRUNED = {"min_df": 2, "max_df": 0.5}  # their pattern drops words of one character, as ours does


def _cut(texts: list[str]) -> list[str]:
    import jieba

    jieba.setLogLevel(60)
    return [" ".join(jieba.cut(text)) for text in texts]


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
        work = {"lanxikit": ours, "sklearn": by_sklearn, "gensim": by_gensim, "tomotopy": by_tomotopy,
                "plain": lambda *given: ours(*given, tokenizer="jieba")}  # fmt: skip
        report(work[asked.side], texts, asked.topics)
    else:
        print(measure(asked.clauses, asked.topics, asked.repeats).markdown)


def _grow(file: Path, n_clauses: int) -> str:
    file.write_text(json.dumps(grown(n_clauses), ensure_ascii=False), "utf-8")
    return "grown"


if __name__ == "__main__":
    main()
