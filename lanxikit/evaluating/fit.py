"""Fit the weights and the calibration that ship with the kit, and show what they reach on documents they have not seen.

    python -m lanxikit.evaluating.fit data/processed/units.parquet data/gold/alignment.csv [--write]

prints, for each annotated document, what weights and calibration fitted on the *other* documents reach on it, with and
without the sentence encoder; with ``--write`` it renews ``score_weights.tsv`` and ``link_model.tsv``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from lanxikit import lexicons
from lanxikit.comparing.align import features
from lanxikit.comparing.components import COMPONENTS
from lanxikit.evaluating.gold import document
from lanxikit.evaluating.links import labelled, link_quality
from lanxikit.evaluating.weights import Choices, scored

STEPS = np.round(np.arange(0.1, 0.9, 0.02), 2)
TOP = 10  # candidates of a lower leaf that are judged
MISSED = 0.1  # share of the true links among the candidates that may fall below "unsure"
WORDS = tuple(name for name in COMPONENTS if not name.startswith("semantic"))


def calibration(scores: pd.DataFrame, gold: pd.DataFrame, known: dict[str, float]) -> dict[str, float]:
    """Fit the logistic regression of ``align`` on pairs whose two readings agree.

    Parameters
    ----------
    scores : DataFrame
        Scored pairs of ``weights.scored``.
    gold : DataFrame
        Annotated pairs; only lower leaves that stand in it are used.
    known : dict
        ``scale``, ``mean``, ``spread`` of the scores.

    Returns
    -------
    dict
        ``known``, ``intercept`` and a coefficient a feature.
    """
    from sklearn.linear_model import LogisticRegression

    table = labelled(scores, gold)
    agreed = table[table["link"].notna()]
    found = features(agreed, known)
    mean, spread = found.mean(), found.std()
    model = LogisticRegression(C=1.0, max_iter=2000).fit((found - mean) / spread, agreed["link"].astype(int))
    slope = dict(zip(found.columns, model.coef_[0] / spread, strict=True))
    intercept = model.intercept_[0] - sum(slope[name] * mean[name] for name in found.columns)
    return {**known, "intercept": float(intercept), **{name: float(value) for name, value in slope.items()}}


def probability(scores: pd.DataFrame, model: dict[str, float]) -> np.ndarray:
    """Return the probability of a link of each scored pair."""
    found = features(scores, model)
    logit = model["intercept"] + sum(model[name] * found[name] for name in found.columns)
    return (1 / (1 + np.exp(-logit.clip(-30, 30)))).to_numpy()


def bounds(scores: pd.DataFrame, chance: np.ndarray, gold: pd.DataFrame) -> tuple[float, float]:
    """Return the probability from which a pair is a link (best F1), and that from which it is unsure.

    Below the second lie no more than a tenth of the true links that are among the candidates.
    """
    quality = {
        step: link_quality(scores.assign(decision=np.where(chance >= step, "link", "")), gold)["f1"].iloc[-1]
        for step in STEPS
    }
    link = float(max(STEPS, key=lambda step: quality[step]))
    judged = labelled(scores.assign(chance=chance), gold)
    true = judged.loc[judged["link"].fillna(False).astype(bool), "chance"]
    kept = [float(step) for step in np.arange(0.02, link, 0.01) if (true < step).mean() <= MISSED]
    return link, round(max(kept, default=0.02), 2)


def unseen(scores: pd.DataFrame, gold: pd.DataFrame, names=COMPONENTS) -> pd.DataFrame:
    """Decide each annotated document with weights, calibration and bounds fitted on the others.

    Parameters
    ----------
    scores : DataFrame
        ``lx.compare`` with ``top`` as large as the number of upper leaves.
    gold : DataFrame
        Annotated pairs.
    names : sequence of str
        Components to use.

    Returns
    -------
    DataFrame
        The pairs of the annotated leaves, all candidates: ``upper_id, lower_id, score, rank, probability``,
        ``decision`` (``link``, ``unsure``, or empty), ``document``.
    """
    choices, found = Choices(scores, gold, names), []
    judged = scores["lower_id"].isin(set(gold["lower_unit"]))
    for name in sorted(set(choices.documents)):
        table, known = scored(choices, scores[judged], without=name)
        own = table["lower_id"].map(document).eq(name)
        others = gold[gold["lower_unit"].map(document) != name]
        seen, here = table[~own & (table["rank"] <= TOP)], table[own]
        model = calibration(seen, others, known)
        link, unsure = bounds(seen, probability(seen, model), others)
        chance = np.where(here["rank"] <= TOP, probability(here, model), 0)
        decision = np.select([chance >= link, chance >= unsure], ["link", "unsure"], "")
        found.append(here.assign(probability=chance, decision=decision, document=name))
    columns = ["upper_id", "lower_id", "score", "rank", "probability", "decision", "document"]
    return pd.concat(found, ignore_index=True)[columns]


def shipped(scores: pd.DataFrame, gold: pd.DataFrame, names=COMPONENTS) -> tuple[dict, dict, dict]:
    """Fit on all documents: weights of the components, their neutral values, and the model of ``align``.

    The bounds are those of predictions for documents left out of the fit.
    """
    choices = Choices(scores, gold, names)
    judged = scores["lower_id"].isin(set(gold["lower_unit"]))
    table, known = scored(choices, scores[judged])
    model = calibration(table[table["rank"] <= TOP], gold, known)
    out = unseen(scores, gold, names)
    candidates = out[out["rank"] <= TOP]
    link, unsure = bounds(candidates, candidates["probability"].to_numpy(), gold)
    return choices.raw(choices.fit()), choices.neutral, {**model, "link": link, "unsure": unsure}


def main(arguments: list[str] | None = None) -> None:
    """Run the fit from the command line."""
    from lanxikit.comparing.compare import compare
    from lanxikit.evaluating.links import right_first

    parser = argparse.ArgumentParser(prog="python -m lanxikit.evaluating.fit", description=__doc__.split("\n")[0])
    parser.add_argument("units", help="table of lx.segment, Parquet")
    parser.add_argument("gold", help="annotated pairs, CSV")
    parser.add_argument("--write", action="store_true", help="renew the shipped score_weights.tsv and link_model.tsv")
    given = parser.parse_args(arguments)
    units = pd.read_parquet(given.units)
    gold = pd.read_csv(given.gold, dtype=str, keep_default_na=False)
    above = units["doc_id"].isin({document(unit) for unit in gold["upper_unit"] if unit})
    upper, lower = units[above], units[~above]
    scores = compare(upper, lower, top=int(upper["is_leaf"].sum()))
    fitted = {}
    for title, names in (("weight", COMPONENTS), ("without_encoder", WORDS)):
        out = unseen(scores, gold, names)
        print(title, right_first(out, gold).round(3), link_quality(out, gold).round(3), sep="\n")
        fitted[title] = shipped(scores, gold, names)
        print(pd.Series(fitted[title][0]).round(4), pd.Series(fitted[title][2]).round(4), sep="\n", end="\n\n")
    if given.write:
        cells = {
            name: {"neutral": fitted["weight"][1][name]}
            | {title: fitted[title][0].get(name, 0.0) for title in fitted}
            for name in COMPONENTS
        }
        _write(lexicons.FOLDER / "score_weights.tsv", cells)
        with_encoder, without = fitted["weight"][2], fitted["without_encoder"][2]
        terms = {term: {"value": value, "without_encoder": without[term]} for term, value in with_encoder.items()}
        _write(lexicons.FOLDER / "link_model.tsv", terms)


def _write(path: Path, cells: dict[str, dict[str, float]]) -> None:
    """Write fitted numbers into a list, keeping its comments and explanations."""
    lines, head = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        if not line.startswith("#"):
            if head is None:
                head = row
            elif row[0] in cells:
                for name, value in cells[row[0]].items():
                    row[head.index(name)] = f"{value:.4f}"
        lines.append("\t".join(row))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
