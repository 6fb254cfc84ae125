"""Time and memory of the default topic model against scikit-learn's NMF on jieba's words.

    python benchmarks/topics.py --clauses 47000 --topics 20

The clauses are grown from the study's five documents: each takes two to five phrases from
leaf units that stand within ten of each other, so that there are topics to find. Both
sides run in a process of their own, one after the other: the texts in memory → words →
TF-IDF → topics and the units' shares. Our side also refits for stability and measures
coherence, as it always does.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
import warnings
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIDES = {
    "lanxikit": "lx.TopicModel, default",
    "sklearn": "jieba.lcut + TfidfVectorizer + sklearn.decomposition.NMF, defaults",
}


def grown(n_clauses: int, seed: int = 0) -> list[str]:
    """Recombine phrases of neighbouring leaf units."""
    import lanxikit as lx
    from lanxikit.topics.tokens import read_units

    texts = read_units(lx.segment(lx.read_corpus(ROOT / "data" / "raw"))).texts
    phrases = [[part for part in re.split(r"(?<=[，；。])", text) if len(part) > 3] for text in texts]
    near = [list(chain.from_iterable(phrases[max(0, at - 5) : at + 5])) for at in range(len(phrases))]
    draw = random.Random(seed)
    return ["".join(draw.choices(draw.choice(near), k=draw.randint(2, 5))) for _ in range(n_clauses)]


def ours(texts: list[str], n_topics: int) -> str:
    """Fit the default model."""
    import lanxikit as lx

    model = lx.TopicModel(n_topics).fit(texts)
    return f"{len(model.vocabulary_)} words, stability {model.stability_:.2f}"


def theirs(texts: list[str], n_topics: int) -> str:
    """Fit scikit-learn's NMF on jieba's words."""
    import jieba
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    jieba.setLogLevel(60)
    vectorizer = TfidfVectorizer(analyzer=jieba.lcut, min_df=2, max_df=0.5)
    table = vectorizer.fit_transform(texts)
    model = NMF(n_topics, random_state=0)
    model.fit_transform(table)
    return f"{table.shape[1]} words, {model.n_iter_} iterations"


def main() -> None:
    """Run both sides and print their times and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clauses", type=int, default=47_000)
    parser.add_argument("--topics", type=int, default=20)
    parser.add_argument("--side", choices=tuple(SIDES), help="run this side only, in this process")
    asked = parser.parse_args()
    if asked.side:
        warnings.simplefilter("ignore")
        texts = grown(asked.clauses)
        start, cpu = time.perf_counter(), time.process_time()
        said = (ours if asked.side == "lanxikit" else theirs)(texts, asked.topics)
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(f"{wall:7.1f} s ({cpu:.1f} s of processor), peak {_peak():.2f} GB, {said}")
        return
    print(f"{asked.clauses} clauses, {asked.topics} topics")
    for side, title in SIDES.items():
        command = [sys.executable, __file__, "--side", side]
        command += ["--clauses", str(asked.clauses), "--topics", str(asked.topics)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        print(f"{title}:\n  {done.stdout.strip()}", flush=True)


def _peak() -> float:
    """Most memory this process held, in GB."""
    import psutil

    info = psutil.Process().memory_info()
    if hasattr(info, "peak_wset"):  # Windows
        return info.peak_wset / 1e9
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9


if __name__ == "__main__":
    main()
