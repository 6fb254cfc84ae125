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
from lanxikit.evaluating.links import labelled
from lanxikit.evaluating.weights import Choices, scored

TOP = 10  # candidates of a lower leaf that are judged
MISSED = 0.1  # share of the true links that may fall below "unsure"
RIDGE = 0.1  # inverse strength of the ridge of the logistic regression
WORDS = tuple(name for name in COMPONENTS if not name.startswith("semantic"))


def fitted(scores: pd.DataFrame, gold: pd.DataFrame, names=COMPONENTS, without: str | None = None):
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

    Returns
    -------
    tuple
        ``scores`` by the fitted weights, all pairs, with ``probability`` (0 beyond the ten candidates); and the model
        of ``align``: ``mean``, ``spread``, ``intercept``, a coefficient a feature, ``link``, ``unsure``.
    """
    table, known = scored(Choices(scores, gold, names), scores, without)
    candidates = table[table["rank"] <= TOP].reset_index(drop=True)
    found = features(candidates, known)
    others = gold[gold["lower_unit"].map(document) != without]
    model = known | calibration(candidates[["lower_id", "upper_id"]].join(found), others, tuple(found.columns))
    logit = model["intercept"] + sum(model[name] * found[name] for name in found.columns)
    chance = 1 / (1 + np.exp(-logit.clip(-30, 30)))
    link, unsure = bounds(chance[candidates["lower_id"].isin(set(others["lower_unit"]))].to_numpy())
    candidates = candidates[["lower_id", "upper_id"]].assign(probability=chance)
    table = table.merge(candidates, on=["lower_id", "upper_id"], how="left", validate="one_to_one")
    return table.fillna({"probability": 0.0}), model | {"link": link, "unsure": unsure}


def calibration(pairs: pd.DataFrame, gold: pd.DataFrame, names: tuple[str, ...]) -> dict[str, float]:
    """Fit the logistic regression of ``align`` on pairs whose two readings agree.

    Parameters
    ----------
    pairs : DataFrame
        ``lower_id``, ``upper_id`` and the features of ``align``; only lower leaves that stand in ``gold`` are used.
    gold : DataFrame
        Annotated pairs.
    names : tuple of str
        The features.

    Returns
    -------
    dict
        ``intercept`` and a coefficient a feature.
    """
    from sklearn.linear_model import LogisticRegression

    table = labelled(pairs, gold)
    agreed = table[table["link"].notna()]
    found = agreed[list(names)]
    mean, spread = found.mean(), found.std()
    model = LogisticRegression(C=RIDGE, max_iter=2000).fit((found - mean) / spread, agreed["link"].astype(int))
    slope = dict(zip(names, model.coef_[0] / spread, strict=True))
    intercept = model.intercept_[0] - sum(slope[name] * mean[name] for name in names)
    return {"intercept": float(intercept), **{name: float(value) for name, value in slope.items()}}


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
    found = []
    judged = set(gold["lower_unit"])
    for name in sorted(set(map(document, judged))):
        table, model = fitted(scores, gold, names, without=name)
        here = table[table["lower_id"].isin(judged) & table["lower_id"].map(document).eq(name)]
        chance = here["probability"]
        decision = np.select([chance >= model["link"], chance >= model["unsure"]], ["link", "unsure"], "")
        found.append(here.assign(decision=decision, document=name))
    columns = ["upper_id", "lower_id", "score", "rank", "probability", "decision", "document"]
    return pd.concat(found, ignore_index=True)[columns]


def main(arguments: list[str] | None = None) -> None:
    """Run the fit from the command line."""
    from lanxikit.comparing.compare import compare
    from lanxikit.evaluating.links import link_quality, right_first

    parser = argparse.ArgumentParser(prog="python -m lanxikit.evaluating.fit", description=__doc__.split("\n")[0])
    parser.add_argument("units", help="table of lx.segment, Parquet")
    parser.add_argument("gold", help="annotated pairs, CSV")
    parser.add_argument("--write", action="store_true", help="renew the shipped score_weights.tsv and link_model.tsv")
    given = parser.parse_args(arguments)
    units = pd.read_parquet(given.units)
    gold = pd.read_csv(given.gold, dtype=str, keep_default_na=False)
    above = units["doc_id"].isin({document(unit) for unit in gold["upper_unit"] if unit})
    upper, lower = units[above], units[~above]
    shipped = {}
    for title, names, encoder in (("weight", COMPONENTS, "auto"), ("without_encoder", WORDS, None)):
        scores = compare(upper, lower, top=int(upper["is_leaf"].sum()), encoder=encoder)
        out = unseen(scores, gold, names)
        print(title, right_first(out, gold).round(3), link_quality(out, gold).round(3), sep="\n")
        choices = Choices(scores, gold, names)
        model = fitted(scores, gold, names)[1]
        shipped[title] = choices.raw(choices.fit()), choices.neutral, model
        print(pd.Series(shipped[title][0]).round(4), pd.Series(model).round(4), sep="\n", end="\n\n")
    if given.write:
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
