"""How far the coders agree, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from numbers import Real

import numpy as np
import pandas as pd

from lanxikit.coding.answers import usable
from lanxikit.coding.coefficients import MISSING, alpha, kappa, percent
from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.coding import AGREEMENT, ANSWERS, COMMENT, ITEMS
from lanxikit.tables.usable import seed

RELIABLE, TENTATIVE = 0.8, 0.667
FEW = 20  # lower leaves below which an interval is rough
USABLE = 0.9  # share of resamples in which a coefficient must be defined


def agreement(
    coding: pd.DataFrame, *, n_boot: int = 1000, confidence: float = 0.95, random_state: int = 0
) -> pd.DataFrame:
    """Say, for the link and each facet, how far the coders agree beyond chance.

    Parameters
    ----------
    coding : DataFrame
        Result of ``lx.read_coding``: ``pair, coder, item, value, lower_id`` (without
        ``lower_id``, what stands behind the arrow in ``pair``). Compute agreement before the
        coders talk their differences over.
    n_boot : int
        Resamples of the lower leaves.
    confidence : float
        Of the intervals, 0 to 1.
    random_state : int
        Seed of the resamples.

    Returns
    -------
    DataFrame
        A row an item that was answered, and of three coders or more also a row for each two
        of them: ``item``; ``coders``; ``n_pairs``, pairs that two or more answered;
        ``n_coders``, who answered one of these; ``percent``, of the answers to a pair that
        agree, taken two by two; ``alpha``, Krippendorff's, −1 to 1, with ``alpha_low`` and
        ``alpha_high``; ``kappa``, Cohen's (of three or more the mean over each two), with
        ``kappa_low`` and ``kappa_high``; ``verdict``: ``reliable`` where alpha is .8 or
        more, ``tentative`` from .667, ``unreliable`` below, ``undefined``; ``note``: why a
        number is missing, or what to beware of.

    Raises
    ------
    TableError
        A column is missing, a value is none of yes, no, unsure, or a coder answered twice.
    LanxiError
        ``n_boot``, ``confidence`` or ``random_state`` makes no sense.

    Notes
    -----
    Alpha: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, nominal; all pairs
    that two or more answered count, and ``unsure`` is a value of its own. Kappa: Cohen (1960);
    its mean over each two coders: Light (1971). Bounds: Krippendorff (2004), Content Analysis,
    ch. 11. Intervals: percentile bootstrap over lower leaves, each drawn with all its pairs, for
    the pairs of a leaf depend on each other (Davison & Hinkley 1997, §3.8). Where all answers
    are the same, no coefficient can tell agreement from a coding that cannot tell anything
    apart: it is undefined, however high the percentage. A facet is coded only where its coder saw a
    link: its agreement is that on pairs which both took for links.

    Examples
    --------
    >>> rows = [(pair, coder, "link", value) for coder, values in (("甲", "yyyynnnnyn"), ("乙", "yyyynnnnyy"))
    ...         for pair, value in zip("abcdefghij", [{"y": "yes", "n": "no"}[v] for v in values], strict=True)]
    >>> found = agreement(pd.DataFrame(rows, columns=["pair", "coder", "item", "value"]))
    >>> found[["n_pairs", "percent", "alpha", "kappa", "verdict"]].round(3)
       n_pairs  percent  alpha  kappa    verdict
    0       10     90.0  0.808    0.8   reliable
    """
    seed(random_state)
    whole = isinstance(n_boot, int | np.integer) and not isinstance(n_boot, bool)
    if not (whole and n_boot > 0 and isinstance(confidence, Real) and 0 < confidence < 1):
        raise LanxiError(
            tr("The bootstrap cannot be made like this.", "无法这样做自助抽样。"),
            where=f"n_boot={n_boot}, confidence={confidence}",
            todo=tr("Choose n_boot ≥ 1 and 0 < confidence < 1.", "应满足 n_boot ≥ 1，0 < confidence < 1。"),
        )
    coding = usable(coding, ("pair", "coder", "item", "value"))
    coding = coding[coding["item"] != COMMENT]
    coding = coding.assign(code=coding["value"].map(ANSWERS.index))
    leaf_of = coding.get("lower_id", coding["pair"].astype("str").str.split(" → ").str[-1])
    leaf_of = dict(zip(coding["pair"], leaf_of, strict=True))
    rows = []
    for item in ITEMS:
        asked = coding[coding["item"] == item]
        if asked.empty:
            continue
        coders = [str(name) for name in asked["coder"].unique()]
        table = asked.pivot(index="coder", columns="pair", values="code").reindex(coders)
        answers = table.fillna(MISSING).to_numpy().astype(int)
        leaves = pd.factorize(table.columns.map(leaf_of))[0]
        groups = [tuple(range(len(coders)))]
        groups += combinations(range(len(coders)), 2) if len(coders) > 2 else ()
        for group in groups:
            measured = _measured(answers[list(group)], leaves, n_boot, confidence, random_state)
            rows.append({"item": item, "coders": tuple(coders[n] for n in group)} | measured)
    return check(pd.DataFrame(rows) if rows else AGREEMENT.empty(), AGREEMENT)


def _measured(
    answers: np.ndarray, leaves: np.ndarray, n_boot: int, confidence: float, random_state: int
) -> dict[str, object]:
    """What the table says of one item and group of coders; ``leaves`` says which pairs are drawn together."""
    shared = (answers != MISSING).sum(axis=0) > 1
    answers, leaves = answers[:, shared], np.unique(leaves[shared], return_inverse=True)[1]
    n_pairs, n_leaves = answers.shape[1], len(set(leaves))
    answers, kind, often = np.unique(answers, axis=1, return_inverse=True, return_counts=True)
    present = (answers != MISSING).any(axis=1)
    row: dict[str, object] = {"n_pairs": n_pairs, "n_coders": int(present.sum())}
    if not n_pairs:
        return row | dict.fromkeys(_NUMBERS, float("nan")) | {
            "verdict": "undefined", "note": "no pair was answered by two of these coders"
        }
    held = np.zeros((n_leaves, len(often)))  # pairs of each leaf that were answered alike
    np.add.at(held, (leaves, kind.ravel()), 1)
    evenly = np.full(n_leaves, 1 / n_leaves)
    draws = np.random.default_rng(random_state).multinomial(n_leaves, evenly, size=n_boot) @ held
    once = often[None].astype(float)
    twos = list(combinations(answers[present], 2))
    notes = []
    point = float(alpha(answers, once)[0])
    kappas = np.array([kappa(*two, once)[0] for two in twos])
    defined = [two for two, value in zip(twos, kappas, strict=True) if not np.isnan(value)]
    if np.isnan(point):
        value = ANSWERS[answers[answers != MISSING][0]]
        notes.append(f"all {n_pairs} pairs were answered {value} throughout: no variation, alpha and kappa undefined")
    elif len(defined) < len(twos):
        notes.append(f"kappa undefined for {len(twos) - len(defined)} of {len(twos)} pairs of coders (no variation, or "
                     "no pair in common)")
    spreads = {
        "alpha": (point, alpha(answers, draws)),
        "kappa": (
            float(kappas[~np.isnan(kappas)].mean()) if defined else float("nan"),
            np.mean([kappa(*two, draws) for two in defined], axis=0) if defined else np.empty(0),
        ),
    }
    for name, (value, drawn) in spreads.items():
        low, high, note = _interval(name, value, drawn if n_leaves > 1 else drawn[:0], confidence)
        row |= {name: value, f"{name}_low": low, f"{name}_high": high}
        notes += note
    if point == 1:
        notes.append("no disagreement: the interval cannot show what more pairs would bring")
    elif row["alpha_low"] < TENTATIVE <= point:
        notes.append(f"the interval of alpha reaches below {TENTATIVE}")
    if n_leaves < FEW:
        notes.append(f"only {n_leaves} lower leaves: the intervals are rough")
    return row | {"percent": percent(answers, once), "verdict": _verdict(point), "note": "; ".join(notes) or None}


def _interval(name: str, value: float, drawn: np.ndarray, confidence: float) -> tuple[float, float, Sequence[str]]:
    """Return both ends and what is to be said of them; resamples without variation cannot be used."""
    kept = drawn[~np.isnan(drawn)]
    if np.isnan(value):
        return float("nan"), float("nan"), ()
    if not len(drawn):
        return float("nan"), float("nan"), (f"no interval of {name}: all pairs are of one lower leaf",)
    if len(kept) < USABLE * len(drawn):
        share = 100 * (1 - len(kept) / len(drawn))
        return float("nan"), float("nan"), (f"no interval of {name}: {share:.0f} % of the resamples show no variation",)
    low, high = np.quantile(kept, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high), ()


def _verdict(value: float) -> str:
    if np.isnan(value):
        return "undefined"
    return "reliable" if value >= RELIABLE else "tentative" if value >= TENTATIVE else "unreliable"


_NUMBERS = ("percent", "alpha", "alpha_low", "alpha_high", "kappa", "kappa_low", "kappa_high")
