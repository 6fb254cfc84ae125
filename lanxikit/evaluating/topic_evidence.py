"""Why the default topic model is the default: all methods on the same units, in one table.

    python -m lanxikit.evaluating.topic_evidence            # the study's five documents, some minutes
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterable, Mapping
from importlib.util import find_spec

import numpy as np
import pandas as pd

from lanxikit.messages import tr
from lanxikit.topics.choose import choose_n_topics
from lanxikit.topics.labels import chapter_agreement
from lanxikit.topics.model import TopicModel
from lanxikit.topics.stability import InstabilityWarning

PLAN = "qinghai-gansu-2022"
METHODS = {
    "NMF, the default": {"method": "nmf"},
    "guided, the kit's codebook": {"method": "guided"},
    "LDA, scikit-learn": {"method": "lda"},
    "LDA, scikit-learn, 200 rounds": {"method": "lda", "max_iter": 200},
    "LDA, gensim": {"method": "lda", "backend": "gensim"},
    "LDA, tomotopy": {"method": "lda", "backend": "tomotopy"},
}
"""Name → options of `TopicModel`; all else as it comes."""
MEASURES = ("stability", "agreement", "npmi", "c_v")


def evidence(
    units: pd.DataFrame,
    methods: Mapping[str, Mapping[str, object]] | None = None,
    *,
    n_topics: int = 10,
    seeds: Iterable[int] = range(5),
    document: str = PLAN,
) -> pd.DataFrame:
    """Measure how far each method's topics hold, and how far they agree with a document's chapters.

    Parameters
    ----------
    units : DataFrame
        The table of ``lx.segment``.
    methods : mapping, optional
        Name → options of `TopicModel`; by default `METHODS`, without tomotopy where it is not installed.
    n_topics : int
    seeds : iterable of int
    document : str
        ``doc_id`` of the document whose chapters are compared with.

    Returns
    -------
    DataFrame
        A row a method: ``method``; the mean over runs of ``stability, agreement, npmi,
        c_v`` (`lanxikit.topics.choose.choose_n_topics`: a run is a seed and a tenth of the
        units taken away), each with ``…_low, …_high``, the middle 95 % of the runs; ``nmi``
        with the document's chapters, mean over seeds of fits on all units, with ``nmi_low,
        nmi_high``, the 95 % interval over the document's units, mean over seeds, and
        ``nmi_chance``, where chapters are shuffled (`lanxikit.topics.labels.chapter_agreement`).

    Raises
    ------
    LanxiError
        As in `TopicModel.fit` and in `chapter_agreement`.

    Examples
    --------
    >>> texts = ["治理黄河流域水污染", "修建西宁铁路公路"] * 6
    >>> units = pd.DataFrame({"unit_id": [f"a#{n}" for n in range(12)], "doc_id": "a", "heading": None, "text": texts,
    ...                       "path": [("一、生态",), ("二、交通",)] * 6, "is_leaf": True, "pieces": "0-9"})
    >>> found = evidence(units, {"NMF": {"min_df": 1}}, n_topics=2, seeds=[0], document="a")
    >>> found[["method", "stability", "nmi"]].values.tolist()
    [['NMF', 1.0, 1.0]]
    """
    from tqdm import tqdm

    methods, seeds = available() if methods is None else methods, list(seeds)
    bar = tqdm(methods.items(), desc=tr("methods", "方法"), delay=2, file=sys.stderr, leave=False, disable=None)
    rows = []
    for name, options in bar:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", InstabilityWarning)  # the table says it
            runs = choose_n_topics(units, [n_topics], seeds, **options).iloc[0]
            fits = [TopicModel(n_topics, random_state=seed, stability_repeats=1, **options) for seed in seeds]
            told = pd.concat([chapter_agreement(model.fit(units), units, documents=document) for model in fits])
        row = {"method": name} | {each: runs[f"{each}_mean"] for each in MEASURES}
        row |= {f"{each}_{end}": runs[f"{each}_{end}"] for each in MEASURES for end in ("low", "high")}
        rows.append(row | {each: told[each].mean() for each in ("nmi", "nmi_low", "nmi_high", "nmi_chance")})
    return pd.DataFrame(rows)


def available() -> dict[str, dict[str, object]]:
    """Return the methods that this machine can run."""
    return {
        name: options
        for name, options in METHODS.items()
        if options.get("backend") != "tomotopy" or find_spec("tomotopy") is not None
    }


def markdown(table: pd.DataFrame) -> str:
    """Return the table as Markdown."""
    titles = ("method", "stability", "agreement", "NPMI", "c_v", "NMI with the chapters", "NMI by chance")
    lines = ["| " + " | ".join(titles) + " |", "|---" * len(titles) + "|"]
    for row in table.to_dict("records"):
        cells = [ranged(row, name) for name in (*MEASURES, "nmi")]
        lines.append(f"| {row['method']} | {' | '.join(cells)} | {row['nmi_chance']:.2f} |")
    return "\n".join(lines) + "\n"


def ranged(row: Mapping[str, float], name: str, value: str | None = None) -> str:
    """Write a number with its range; a dash where there is none.

    Examples
    --------
    >>> ranged({"nmi": 0.456, "nmi_low": 0.4, "nmi_high": 0.5}, "nmi"), ranged({"nmi": float("nan")}, "nmi")
    ('0.46 [0.40–0.50]', '–')
    """
    middle = row[value or name]
    if np.isnan(middle):
        return "–"
    return f"{middle:.2f} [{row[f'{name}_low']:.2f}–{row[f'{name}_high']:.2f}]"


def main() -> None:
    """Print the table."""
    from lanxikit.reading.corpus import read_corpus
    from lanxikit.segmenting.segment import segment

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", default="data/raw", help="documents (data/raw)")
    parser.add_argument("--document", default=PLAN, help=f"whose chapters to compare with ({PLAN})")
    parser.add_argument("--topics", type=int, default=10)
    asked = parser.parse_args()
    units = segment(read_corpus(asked.folder))
    print(markdown(evidence(units, n_topics=asked.topics, document=asked.document)))


if __name__ == "__main__":
    main()
