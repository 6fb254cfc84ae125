"""Decide which scored pairs are links, which are not, and where a person should look."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from numbers import Real

import numpy as np
import pandas as pd

from lanxikit import lexicons
from lanxikit.comparing.pairs import usable_pairs
from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.comparing import LINKS
from lanxikit.tables.usable import need, numbers


class FewGoalsWarning(UserWarning):
    """Fewer upper leaves than the calibration can be trusted with."""


def align(
    scores: pd.DataFrame,
    *,
    link: float | None = None,
    unsure: float | None = None,
    lexicon: str | os.PathLike | None = None,
) -> pd.DataFrame:
    """Turn scores into links: many to many, each with its probability.

    What counts is not the score alone but how it stands beside the other candidates of the same
    lower leaf, and whether the kinds of evidence agree on it. Neither one-to-one assignment nor the order of the
    documents is imposed: tasks are re-ordered, split and merged on their way down.

    Parameters
    ----------
    scores : DataFrame
        Result of ``lx.compare``: ``upper_id, lower_id, score, rank``; all its rows, since
        a pair is judged beside its rivals.
    link, unsure : float, optional
        Probability from which a pair is a link, and from which it is unsure. The fitted
        values ship in ``lexicons/link_model.tsv``.
    lexicon : path, optional
        Folder whose ``link_model.tsv`` overrides ours.

    Returns
    -------
    DataFrame
        A row a pair that is linked or may be, in the order of ``scores``: ``upper_id``,
        ``lower_id``, ``score``; ``decision``, ``link`` or ``unsure``; ``probability``,
        0 to 1; ``rank``; ``decided_by``, ``machine`` (see ``lx.apply_coding``). A pair that is absent was not linked.

    Raises
    ------
    TableError
        A column is missing, a score is missing or outside 0 to 1, a rank is none, or a pair stands twice.
    LanxiError
        The bounds are not 0 ≤ unsure ≤ link ≤ 1.

    Warns
    -----
    FewGoalsWarning
        The scores were made with so few upper leaves that ``standing`` is missing.

    Notes
    -----
    Logistic calibration (Platt 1999) on the features of a pair (see ``features``), fitted to the
    pairs on which two readings agree, by ``python -m lanxikit.evaluating.fit``. The bound of a link is
    where the F1 that the probabilities lead to expect is best, half that F1 (Lipton et al. 2014); below
    that of "unsure" lies a tenth of the links to be expected. A lower leaf whose best score is below
    that of all but 2 % of the true links has no source: how a pair stands beside its rivals then means
    nothing. ``lanxikit evaluate`` says how many true
    links were missed in documents left out of the fit. Scores made without the sentence encoder have a
    model of their own.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({"upper_id": ["plan#001", "plan#002"], "lower_id": ["city#001"] * 2,
    ...                        "score": [0.6, 0.05], "rank": [1, 2]})
    >>> align(scores)[["upper_id", "decision"]]
       upper_id decision
    0  plan#001     link
    """
    scores = _usable(scores)
    encoded = "semantic" not in scores.columns or scores["semantic"].notna().any()
    fitted = "value" if encoded else "without_encoder"
    model = {row["term"]: float(row[fitted]) for row in lexicons.load("link_model", lexicon)}
    link = model["link"] if link is None else link
    if unsure is None:
        unsure = min(model["unsure"], link) if isinstance(link, Real) else link
    if not all(isinstance(bound, Real) for bound in (link, unsure)) or not 0 <= unsure <= link <= 1:
        raise LanxiError(
            tr("The bounds are not in order.", "阈值次序不对。"),
            where=f"unsure={unsure}, link={link}",
            todo=tr("Choose 0 ≤ unsure ≤ link ≤ 1.", "应满足 0 ≤ unsure ≤ link ≤ 1。"),
        )
    if scores.empty:
        return check(LINKS.empty(), LINKS)
    if "standing" in scores.columns and scores["standing"].isna().all():
        warnings.warn(
            tr(
                "So few goals were given that none can stand out: take the probabilities as an order only.",
                "上级条款太少，无法看出哪一条明显突出：概率只表示先后，不表示大小。",
            ),
            FewGoalsWarning,
            stacklevel=2,
        )
    probability = np.round(probabilities(scores, model), 6)
    table = scores[["upper_id", "lower_id", "score", "rank"]].assign(
        probability=probability, decision=np.where(probability >= link, "link", "unsure"), decided_by="machine"
    )
    return check(table[probability >= unsure], LINKS)


def probabilities(scores: pd.DataFrame, model: Mapping[str, float]) -> np.ndarray:
    """Return the probability of a link of each pair; 0 where the best of its lower leaf is too far from any true link.

    Parameters
    ----------
    scores : DataFrame
    model : mapping
        What ``features`` needs; ``intercept``, a coefficient a feature; ``floor``, a level.
    """
    found = features(scores, model)
    logit = model["intercept"] + sum(model[name] * found[name] for name in found)
    best = found["level"].groupby(scores["lower_id"]).transform("max")
    return np.where(best < model["floor"], 0, 1 / (1 + np.exp(-logit.clip(-30, 30))))


def features(scores: pd.DataFrame, model: Mapping[str, float]) -> pd.DataFrame:
    """Return what the decision rests on, a row a pair.

    Parameters
    ----------
    scores : DataFrame
    model : mapping
        ``mean``, ``spread``: of the scores of all pairs it was fitted on.

    Returns
    -------
    DataFrame
        ``level``: the score, in standard deviations of all scores of the fit; ``standing``: standard deviations above
        the mean of all upper leaves for this lower leaf (where missing: ``level``); ``log_rank``; ``agreement``: share
        of the kinds of evidence on wording and sense that put the pair first (where missing: 1 for the best score,
        else 0); ``mutual``: 1 where each of the two is the other's best, among the leaves of the lower document.
    """
    score = scores["score"].astype(float)
    first = score.eq(score.groupby(scores["lower_id"]).transform("max"))
    document = scores["lower_id"].astype("str").str.rpartition("#")[0]
    wanted = score.eq(score.groupby([scores["upper_id"].astype("str"), document]).transform("max"))
    level = (score - model["mean"]) / model["spread"]
    given = scores.reindex(columns=["standing", "agreement"]).astype(float)
    return pd.DataFrame(
        {
            "level": level,
            "standing": given["standing"].fillna(level),
            "log_rank": np.log(scores["rank"].astype(float).clip(lower=1)),
            "agreement": given["agreement"].fillna(first.astype(float)),
            "mutual": (first & wanted).astype(float),
        }
    )


def _usable(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the scores with numbers where numbers belong, and only if they can be judged."""
    todo = tr("Pass the result of lx.compare(upper, lower).", "请传入 lx.compare(upper, lower) 的结果。")
    need(scores, ("upper_id", "lower_id", "score", "rank"), "scores", todo)
    usable_pairs(scores, "scores")
    typed = {
        "score": numbers(scores, "score", "scores", low=0, high=1, todo=todo),
        "rank": numbers(scores, "rank", "scores", low=1, whole=True, todo=todo),
    }
    for name in ("standing", "agreement", "semantic"):
        if name in scores.columns:
            typed[name] = numbers(scores, name, "scores", missing=True, todo=todo)
    return scores.assign(**typed)
