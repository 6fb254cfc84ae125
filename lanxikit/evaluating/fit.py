"""Fit the weights and the calibration that ship with the kit, and show what they reach on documents they have not seen.

    python -m lanxikit.evaluating.fit data/processed/units.parquet data/gold/alignment.csv [--spread] [--write]

prints, for each annotated document, what weights and calibration fitted on the *other* documents reach on it, with and
without the sentence encoder; with ``--write`` it renews ``score_weights.tsv`` and ``link_model.tsv``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from lanxikit import lexicons
from lanxikit.comparing.align import features, probabilities
from lanxikit.comparing.components import COMPONENTS, WORDING
from lanxikit.evaluating import weights
from lanxikit.evaluating.gold import document
from lanxikit.evaluating.links import labelled, link_quality, right_first
from lanxikit.evaluating.weights import Choices, ranked, scored

TOP = 10  # candidates of a lower leaf that are judged
MISSED = 0.1  # share of the true links that may fall below "unsure"
FAR = 0.02  # share of the true links below the level from which a leaf may have a source at all
RIDGE = 0.1  # inverse strength of the ridge of the logistic regression
WORDS = tuple(name for name in COMPONENTS if not name.startswith("semantic"))


def fitted(
    scores: pd.DataFrame,
    gold: pd.DataFrame,
    names=COMPONENTS,
    without: str | None = None,
    *,
    ridge: float = weights.RIDGE,
    strength: float = RIDGE,
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Fit weights, calibration and bounds on all annotated documents but one.

    Parameters
    ----------
    scores : DataFrame
        ``lx.compare`` with ``top`` as large as the number of upper leaves.
    gold : DataFrame
        Annotated pairs.
    names : sequence of str
        Components to use.
    without : str, optional
        The document to leave out.
    ridge, strength : float
        Of the ridge of the weights, and inverse of that of the calibration.

    Returns
    -------
    tuple
        ``scores`` by the fitted weights, all pairs; and the model of ``align``: ``mean``, ``spread``, ``intercept``, a
        coefficient a feature, ``floor``, ``link``, ``unsure``.
    """
    table, known = scored(Choices(scores, gold, names), scores, without, ridge)
    candidates = table[table["rank"] <= TOP].reset_index(drop=True)
    found = candidates[["lower_id", "upper_id"]].join(features(candidates, known))
    others = gold[gold["lower_unit"].map(document) != without]
    model = known | calibration(found, others, strength)
    chance = probabilities(candidates, model)
    link, unsure = bounds(chance[candidates["lower_id"].isin(set(others["lower_unit"]))])
    return table, model | {"link": link, "unsure": unsure}


def judged(table: pd.DataFrame, model: dict[str, float]) -> pd.DataFrame:
    """Return scored pairs with ``probability`` (0 beyond the ten candidates) and ``decision``."""
    chance = pd.Series(0.0, index=table.index)
    near = table["rank"] <= TOP
    chance[near] = probabilities(table[near], model)
    decision = np.select([chance >= model["link"], chance >= model["unsure"]], ["link", "unsure"], "")
    return table.assign(probability=chance, decision=decision)


def calibration(pairs: pd.DataFrame, gold: pd.DataFrame, strength: float = RIDGE) -> dict[str, float]:
    """Fit the logistic regression of ``align`` on pairs whose two readings agree.

    Parameters
    ----------
    pairs : DataFrame
        ``lower_id``, ``upper_id`` and the features of ``align``; only lower leaves that stand in ``gold`` are used.
    gold : DataFrame
        Annotated pairs.
    strength : float
        Inverse strength of the ridge.

    Returns
    -------
    dict
        ``intercept``, a coefficient a feature, and ``floor``, the level below which 2 % of the true links lie.
    """
    from sklearn.linear_model import LogisticRegression

    table = labelled(pairs, gold)
    agreed = table[table["link"].notna()]
    found = agreed[[name for name in pairs.columns if name not in ("lower_id", "upper_id")]]
    mean, spread = found.mean(), found.std()
    model = LogisticRegression(C=strength, max_iter=2000).fit((found - mean) / spread, agreed["link"].astype(int))
    slope = {name: float(value) for name, value in zip(found.columns, model.coef_[0] / spread, strict=True)}
    intercept = float(model.intercept_[0] - sum(slope[name] * mean[name] for name in slope))
    floor = float(found["level"][agreed["link"].astype(bool)].quantile(FAR))
    return {"intercept": intercept, **slope, "floor": floor}


def bounds(chance: np.ndarray) -> tuple[float, float]:
    """Return the probability from which a pair is a link, and that from which it is unsure.

    A link: where the F1 that the probabilities lead to expect is best, which is at half that F1 (Lipton et al. 2014,
    doi:10.1007/978-3-662-44851-9_15). Unsure: below lies at most a tenth of the links to be expected.

    Parameters
    ----------
    chance : ndarray
        Probabilities of pairs.

    Returns
    -------
    tuple of float
    """
    falling = np.sort(chance)[::-1]
    expected = np.cumsum(falling)
    best = (2 * expected / (np.arange(1, len(falling) + 1) + expected[-1])).max()
    below = np.cumsum(falling[::-1]) / expected[-1]
    unsure = falling[::-1][np.searchsorted(below, MISSED)]
    return round(float(best / 2), 2), round(min(float(unsure), float(best / 2)), 2)


def unseen(scores: pd.DataFrame, gold: pd.DataFrame, names=COMPONENTS, **constants: float) -> pd.DataFrame:
    """Decide each annotated document with weights, calibration and bounds fitted on the others.

    Parameters
    ----------
    scores : DataFrame
        ``lx.compare`` with ``top`` as large as the number of upper leaves.
    gold : DataFrame
        Annotated pairs.
    names : sequence of str
        Components to use.
    **constants : float
        ``ridge`` and ``strength`` of ``fitted``.

    Returns
    -------
    DataFrame
        The pairs of the annotated leaves, all candidates: ``upper_id, lower_id, score, rank, probability``,
        ``decision`` (``link``, ``unsure``, or empty), ``document``.
    """
    found = []
    annotated = set(gold["lower_unit"])
    for name in sorted(set(map(document, annotated))):
        table = judged(*fitted(scores, gold, names, without=name, **constants))
        own = table["lower_id"].isin(annotated) & table["lower_id"].map(document).eq(name)
        found.append(table[own].assign(document=name))
    columns = ["upper_id", "lower_id", "score", "rank", "probability", "decision", "document"]
    return pd.concat(found, ignore_index=True)[columns]


def bereft(scores: pd.DataFrame, gold: pd.DataFrame, names=COMPONENTS) -> pd.DataFrame:
    """Decide each annotated document as ``unseen`` does, after the goals that a reading named were taken away.

    What is then linked is linked wrongly: the leaf's own goals are gone, their neighbours in the plan are still there.
    The worst case of a leaf without source, for the plan covers its field.
    """
    found = []
    named = pd.MultiIndex.from_frame(gold[["lower_unit", "upper_unit"]])
    for name in sorted(set(gold["lower_unit"].map(document))):
        table, model = fitted(scores, gold, names, without=name)
        own = table[table["lower_id"].isin(set(gold["lower_unit"])) & table["lower_id"].map(document).eq(name)]
        left = own[~pd.MultiIndex.from_frame(own[["lower_id", "upper_id"]]).isin(named)]
        kinds = [kind for kind in WORDING if left[kind].notna().any()]
        most = left.groupby("lower_id")[kinds].transform("max")
        agreement = (left[kinds].gt(0) & left[kinds].eq(most)).mean(axis=1)
        found.append(judged(ranked(left.assign(agreement=agreement)), model))
    return pd.concat(found, ignore_index=True)[["upper_id", "lower_id", "rank", "probability", "decision"]]


def spread(scores: pd.DataFrame, gold: pd.DataFrame, names=COMPONENTS) -> pd.DataFrame:
    """Return what ``unseen`` reaches with other strengths of the two ridges: right goal first, and F1 of the links."""
    rows = []
    for ridge in (0.03, 0.1, 0.3, 1.0):
        for strength in (0.03, 0.1, 0.3, 1.0):
            out = unseen(scores, gold, names, ridge=ridge, strength=strength)
            first = right_first(out, gold).set_index("doc_id")["share"].to_dict()
            f1 = link_quality(out, gold)["f1"].iloc[-1]
            rows.append({"ridge": ridge, "strength": strength, **first, "link F1": f1})
    return pd.DataFrame(rows)


def main(arguments: list[str] | None = None) -> None:
    """Run the fit from the command line."""
    from lanxikit.comparing.compare import compare

    parser = argparse.ArgumentParser(prog="python -m lanxikit.evaluating.fit", description=__doc__.split("\n")[0])
    parser.add_argument("units", help="table of lx.segment, Parquet")
    parser.add_argument("gold", help="annotated pairs, CSV")
    parser.add_argument("--spread", action="store_true", help="print what other strengths of the two ridges reach")
    parser.add_argument("--write", action="store_true", help="renew the shipped score_weights.tsv and link_model.tsv")
    given = parser.parse_args(arguments)
    units = pd.read_parquet(given.units)
    gold = pd.read_csv(given.gold, dtype=str, keep_default_na=False)
    above = units["doc_id"].isin({document(unit) for unit in gold["upper_unit"] if unit})
    upper, lower = units[above], units[~above]
    shipped = {}
    for title, names, encoder in (("weight", COMPONENTS, "auto"), ("without_encoder", WORDS, None)):
        scores = compare(upper, lower, top=int(upper["is_leaf"].sum()), encoder=encoder)
        if given.spread:
            print(title, spread(scores, gold, names).round(3).to_string(index=False), sep="\n", end="\n\n")
            continue
        out = unseen(scores, gold, names)
        print(title, right_first(out, gold).round(3), link_quality(out, gold).round(3), sep="\n")
        choices = Choices(scores, gold, names)
        model = fitted(scores, gold, names)[1]
        shipped[title] = choices.raw(choices.fit()), choices.neutral, model
        print(pd.Series(shipped[title][0]).round(4), pd.Series(model).round(4), sep="\n", end="\n\n")
    if given.write and shipped:
        cells = {
            name: {"neutral": shipped["weight"][1][name]}
            | {title: shipped[title][0].get(name, 0.0) for title in shipped}
            for name in COMPONENTS
        }
        _write(lexicons.FOLDER / "score_weights.tsv", cells)
        with_encoder, without = shipped["weight"][2], shipped["without_encoder"][2]
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
