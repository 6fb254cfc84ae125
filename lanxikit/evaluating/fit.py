"""Fit the calibration that ships with the kit, and show how good it is.

    python -m lanxikit.evaluating.fit data/processed/units.parquet data/gold/alignment.csv [--write]

prints the right goal first and third, the links' precision, recall and F1 — each document
decided by a model that has not seen it — and, with ``--write``, renews ``link_model.tsv``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from lanxikit import lexicons
from lanxikit.comparing.align import features
from lanxikit.comparing.components import COMPONENTS
from lanxikit.evaluating.gold import document
from lanxikit.evaluating.links import gold_pairs, link_quality, right_first

GRID = {
    "lexical": (0.5,),
    "clause": (0.25, 0.5, 0.75),
    "heading": (0, 0.03, 0.06),
    "duty": (0, 0.03, 0.06),
    "place": (0, 0.03, 0.06),
}
STEPS = np.round(np.arange(0.05, 0.96, 0.05), 2)
MISSED = 0.2  # share of true links, of those among the candidates, that may fall below "unsure"


def weights_left_out(scores: pd.DataFrame, gold: pd.DataFrame, neutral: dict[str, float]) -> pd.DataFrame:
    """Choose the weights of ``compare`` on all annotated documents but one, and try them on that one.

    Parameters
    ----------
    scores : DataFrame
        ``lx.compare`` with ``top`` as large as the number of upper leaves.
    gold : DataFrame
        Annotated pairs.
    neutral : dict
        Value of a component that is missing.

    Returns
    -------
    DataFrame
        A row an annotated document, and ``"none"`` (nothing left out: the weights that ship): the
        weights chosen by mean reciprocal rank of the first right goal, averaged over documents, and
        ``share``: right goals first, on the document left out (on all, for ``"none"``).
    """
    parts = np.stack([scores[name].fillna(neutral[name]) for name in COMPONENTS])
    pairs = gold_pairs(gold)
    strong = set(zip(pairs.loc[pairs["strong"], "lower_id"], pairs.loc[pairs["strong"], "upper_id"], strict=True))
    right = np.array([pair in strong for pair in zip(scores["lower_id"], scores["upper_id"], strict=True)])
    tried = []
    for weights in product(*GRID.values()):
        score = pd.Series(np.asarray(weights) @ parts / sum(weights))
        place = score.groupby(scores["lower_id"].to_numpy()).rank(method="first", ascending=False)
        first = place[right].groupby(scores["lower_id"].to_numpy()[right]).min()
        by = first.index.map(document)
        tried.append((weights, (1 / first).groupby(by).mean(), (first == 1).groupby(by).mean()))
    rows = []
    for left_out in [*sorted(tried[0][1].index), "none"]:
        best = max(tried, key=lambda one: one[1].drop(left_out, errors="ignore").mean())
        share = best[2].mean() if left_out == "none" else best[2][left_out]
        rows.append({"left_out": left_out, **dict(zip(GRID, best[0], strict=True)), "share": share})
    return pd.DataFrame(rows)


def fit(scores: pd.DataFrame, gold: pd.DataFrame) -> dict[str, float]:
    """Fit the logistic regression of ``align`` on pairs whose two readings agree.

    Returns
    -------
    dict
        ``intercept``, a coefficient a feature, and the bounds ``link`` (best F1) and ``unsure``
        (of the true links among the candidates, no more than a fifth lie below), both read off
        predictions for documents that were left out of the fit.
    """
    table = _labelled(scores, gold)
    model = _regress(table)
    unseen = pd.concat(_unseen(table))
    quality = {
        step: link_quality(unseen.assign(decision=np.where(unseen["p"] >= step, "link", "")), gold)["f1"].iloc[-1]
        for step in STEPS
    }
    true = unseen.loc[unseen["link"].fillna(False).astype(bool), "p"]
    link = max(STEPS, key=lambda step: quality[step])
    kept = [step for step in STEPS if (true < step).mean() <= MISSED and step <= link]
    return {**model, "link": float(link), "unsure": float(max(kept, default=STEPS[0]))}


def left_out_quality(scores: pd.DataFrame, gold: pd.DataFrame, link: float) -> pd.DataFrame:
    """Return ``link_quality``, each document decided by a model fitted on the others."""
    unseen = pd.concat(_unseen(_labelled(scores, gold)))
    return link_quality(unseen.assign(decision=np.where(unseen["p"] >= link, "link", "")), gold)


def _labelled(scores: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    table = pd.concat([scores[["upper_id", "lower_id", "score", "rank"]], features(scores)], axis=1)
    table = table[table["lower_id"].isin(set(gold["lower_unit"]))]
    table = table.merge(gold_pairs(gold)[["lower_id", "upper_id", "link"]], how="left", indicator=True)
    table["link"] = table["link"].mask(table["_merge"].eq("left_only"), False)
    return table.drop(columns="_merge")


def _regress(table: pd.DataFrame) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression

    agreed = table[table["link"].notna()]
    names = [name for name in agreed.columns if name not in ("upper_id", "lower_id", "score", "rank", "link", "p")]
    model = LogisticRegression(C=1.0, max_iter=2000).fit(agreed[names].to_numpy(), agreed["link"].astype(int))
    return {"intercept": float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}


def _unseen(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    documents = table["lower_id"].map(document)
    for name in sorted(documents.unique()):
        model = _regress(table[documents != name])
        here = table[documents == name]
        logit = model["intercept"] + sum(here[term] * value for term, value in model.items() if term != "intercept")
        yield here.assign(p=1 / (1 + np.exp(-logit)))


def main(arguments: list[str] | None = None) -> None:
    """Run the fit from the command line."""
    from lanxikit.comparing.compare import compare

    parser = argparse.ArgumentParser(prog="python -m lanxikit.evaluating.fit", description=__doc__.split("\n")[0])
    parser.add_argument("units", help="table of lx.segment, Parquet")
    parser.add_argument("gold", help="annotated pairs, CSV")
    parser.add_argument("--write", action="store_true", help="renew the shipped link_model.tsv")
    given = parser.parse_args(arguments)
    units = pd.read_parquet(given.units)
    gold = pd.read_csv(given.gold, dtype=str, keep_default_na=False)
    above = units["doc_id"].isin({document(unit) for unit in gold["upper_unit"] if unit})
    upper, lower = units[above], units[~above]
    neutral = {row["component"]: float(row["neutral"]) for row in lexicons.load("score_weights")}
    report = [weights_left_out(compare(upper, lower, top=len(upper)), gold, neutral)]
    scores = compare(upper, lower)
    model = fit(scores, gold)
    report += [right_first(scores, gold, 1), right_first(scores, gold, 3)]
    report += [left_out_quality(scores, gold, model["link"]), pd.Series(model, name="value").to_frame()]
    for table in report:
        print(table.round(3).to_string(), end="\n\n")
    if given.write:
        write(model, lexicons.FOLDER / "link_model.tsv")


def write(model: dict[str, float], path: Path) -> None:
    """Write the fitted numbers into ``link_model.tsv``, keeping its comments and explanations."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and cells[0] in model:
            cells[1] = f"{model[cells[0]]:.4f}"
        lines.append("\t".join(cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
