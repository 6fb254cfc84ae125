"""Whether the probabilities of links can be taken at their word, and what the bounds of ``lx.align`` cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lanxikit.evaluating.gold import document
from lanxikit.evaluating.links import gold_pairs, labelled, pair_set, true_links
from lanxikit.evaluating.tally import Tally, calibration_error, counted, f1, share

BINS = 5


def probability_tallies(candidates: pd.DataFrame, gold: pd.DataFrame) -> dict[str, Tally]:
    """Tally the errors of the probabilities; pairs on which the two readings differ are left out.

    Parameters
    ----------
    candidates : DataFrame
        Judged pairs: ``lower_id, upper_id, probability``.
    gold : DataFrame
        Annotated pairs.

    Returns
    -------
    dict
        ``brier``: mean squared error (Brier 1950); ``usual``: the same for always saying the share of links among the
        candidates of the other documents, which any probability must beat; ``error``: the expected calibration error
        over 5 bins of equal width. Of each, 0 is best.
    """
    table = labelled(candidates, gold)
    table = table[table["link"].notna()]
    chance, true = table["probability"].to_numpy(float), table["link"].to_numpy(bool).astype(float)
    documents = table["lower_id"].map(document).to_numpy()
    usual = np.zeros(len(table))
    for name in set(documents):
        others = true[documents != name]
        usual[documents == name] = others.mean() if len(others) else 0.0
    one = np.ones(len(table))
    inside = np.minimum((chance * BINS).astype(int), BINS - 1)[:, None] == np.arange(BINS)
    bins = inside[:, :, None] * np.stack([one, chance, true], axis=1)[:, None, :]

    def tally(numbers: np.ndarray, measure) -> Tally:
        sums = pd.DataFrame(numbers).groupby(table["lower_id"].to_numpy()).sum()
        return Tally(sums.index, sums.to_numpy(), measure, whole=False)

    return {
        "brier": tally(np.stack([(chance - true) ** 2, one], axis=1), share),
        "usual": tally(np.stack([(usual - true) ** 2, one], axis=1), share),
        "error": tally(bins.reshape(len(table), BINS * 3), calibration_error),
    }


def missed_tally(decided: pd.DataFrame, gold: pd.DataFrame) -> Tally:
    """Tally the true links that are neither linked nor unsure, of all true links, also of those no candidate."""
    true = true_links(gold)
    shown = pair_set(decided[decided["decision"].isin(["link", "unsure"])])
    leaves = sorted({lower for lower, _ in true})
    return Tally(leaves, counted(leaves, true - shown, true)[:, 1:], share)


def unsure_tally(decided: pd.DataFrame, gold: pd.DataFrame) -> Tally:
    """Tally how many pairs a reader of the annotated leaves is asked to look at, to a leaf."""
    leaves = sorted(set(gold["lower_unit"]))
    asked = decided.loc[decided["decision"].eq("unsure"), "lower_id"].value_counts()
    return Tally(leaves, [[asked.get(leaf, 0), 1] for leaf in leaves], share)


def sourceless_tally(decided: pd.DataFrame, gold: pd.DataFrame) -> Tally:
    """Tally the leaves without a link, against those that neither reading gives a strong goal.

    A leaf that only one of the readings gives one counts neither way.
    """
    pairs = gold[gold["relation_first_reading"].eq("strong") | gold["relation_second_reading"].eq("strong")]
    sourced = {lower for lower, _ in true_links(gold)}
    leaves = sorted(set(gold["lower_unit"]) - (set(pairs["lower_unit"]) - sourced))
    linked = set(decided.loc[decided["decision"].eq("link"), "lower_id"])
    said, true = (np.array([leaf not in known for leaf in leaves], dtype=int) for known in (linked, sourced))
    return Tally(leaves, np.stack([said * true, said, true], axis=1), f1)


def bereft_tally(decided: pd.DataFrame, gold: pd.DataFrame) -> Tally:
    """Tally the leaves without a link, of those that a reading gives a goal, where these goals were taken away.

    Parameters
    ----------
    decided : DataFrame
        Result of ``fit.bereft``.
    gold : DataFrame
        Annotated pairs.
    """
    leaves = sorted(set(gold_pairs(gold)["lower_id"]))
    linked = set(decided.loc[decided["decision"].eq("link"), "lower_id"])
    return Tally(leaves, [[leaf not in linked, 1] for leaf in leaves], share)
