"""How many intruders people found."""

from __future__ import annotations

import math
from numbers import Real

import numpy as np
import pandas as pd

from lanxikit.coding.coefficients import MISSING, alpha, percent
from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.topic_reading import INTRUSION_ANSWERS, INTRUSION_SCORES, TASKS
from lanxikit.tables.usable import flags, need, numbers


def intrusion_scores(answers: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Give the share of intruders that people found, by topic, and how far the raters agree.

    Parameters
    ----------
    answers : DataFrame
        Result of ``lx.read_intrusion``.
    confidence : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame
        A row a task (``word``, ``topic``) and topic, after a row a task over all topics
        (``topic`` missing): ``task``; ``topic``; ``label``; ``n_items``, ``n_raters``,
        ``n_answers``; ``found``, share of the answers that name the intruder, 0–1 (model
        precision); ``low, high``; ``n_effective``; ``chance``, the share that guessing finds;
        ``percent``, of the answers to a question, taken two by two, that agree; ``alpha``,
        Krippendorff's. A topic whose ``low`` is not above ``chance`` has not been shown to
        mean anything to people.

    Raises
    ------
    TableError
        A column is missing, a value makes no sense, or a rater answered twice.
    LanxiError
        ``confidence`` makes no sense.

    Notes
    -----
    Model precision: Chang et al. (2009). Answers to one question hang together, for one
    intruder is easier than another: the interval is Wilson's for the effective number of
    answers, ``n ÷ (1 + (m − 1) ρ)``, with m the answers a question and ρ their intraclass
    correlation over all questions of the task (Kish 1965; Franco et al. 2019). Where ρ
    cannot be told (all found, or one question), it is taken as 1: each question counts
    once. That raters differ from each other is not in it: it speaks of these raters.
    Alpha (nominal, Krippendorff 2011) is over the option chosen; options stand in a random
    order in the key, so that its chance is that of guessing.

    Examples
    --------
    >>> answers = pd.DataFrame({"rater": ["甲", "乙", "甲", "乙"], "item": ["Q001", "Q001", "Q002", "Q002"],
    ...     "task": "word", "topic": [1, 1, 2, 2], "label": ["水", "水", "路", "路"], "unit_id": None, "chosen": "x",
    ...     "intruder": "x", "found": [True, True, True, False], "slot": [3, 3, 1, 2], "n_options": 6, "source": "f:2"})
    >>> intrusion_scores(answers)[["topic", "n_answers", "found", "percent"]].values.tolist()
    [[<NA>, 4, 0.75, 50.0], [1, 2, 1.0, 100.0], [2, 2, 0.5, 0.0]]
    """
    if isinstance(confidence, bool) or not isinstance(confidence, Real) or not 0 < confidence < 1:
        raise LanxiError(
            tr(f"confidence is {confidence!r}.", f"confidence 为 {confidence!r}。"),
            where="confidence",
            todo=tr("Give a number between 0 and 1, such as 0.95.", "请给出 0 与 1 之间的数，如 0.95。"),
        )
    answers = _usable(answers)
    rows = []
    for task in TASKS:
        own = answers[answers["task"] == task]
        if own.empty:
            continue
        rho = intraclass(own)
        rows.append({"task": task, "topic": None, "label": None} | _scored(own, rho, confidence))
        for (topic, label), part in own.groupby(["topic", "label"], sort=True):
            rows.append({"task": task, "topic": topic, "label": label} | _scored(part, rho, confidence))
    return check(pd.DataFrame(rows) if rows else INTRUSION_SCORES.empty(), INTRUSION_SCORES)


def intraclass(answers: pd.DataFrame) -> float:
    """Intraclass correlation of ``found`` within items, by analysis of variance, 0 to 1; 1 where it cannot be told.

    Examples
    --------
    >>> table = pd.DataFrame({"item": list("aabb"), "found": [True, True, False, False]})
    >>> intraclass(table), intraclass(table.assign(found=[True, False, True, False]))
    (1.0, 0.0)
    """
    groups = [part.to_numpy(float) for _, part in answers.groupby("item", sort=True)["found"]]
    sizes = np.array([len(part) for part in groups])
    n, k = sizes.sum(), len(groups)
    if n == k:
        return 0.0  # one answer a question: nothing is counted twice
    if k < 2:
        return 1.0
    mean = sum(part.sum() for part in groups) / n
    between = sum(len(part) * (part.mean() - mean) ** 2 for part in groups) / (k - 1)
    within = sum(((part - part.mean()) ** 2).sum() for part in groups) / (n - k)
    size = (n - (sizes**2).sum() / n) / (k - 1)
    total = between + (size - 1) * within
    return float(np.clip((between - within) / total, 0, 1)) if total > 0 else 1.0


def wilson(share: float, n: float, confidence: float) -> tuple[float, float]:
    """Wilson's interval of a share for any, also broken, number of answers.

    Examples
    --------
    >>> [round(end, 3) for end in wilson(0.8, 10, 0.95)]
    [0.49, 0.943]
    """
    from scipy.stats import norm

    z = float(norm.ppf((1 + confidence) / 2))
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return max(min(centre - half, share), 0.0), min(max(centre + half, share), 1.0)


def _scored(own: pd.DataFrame, rho: float, confidence: float) -> dict[str, object]:
    found, n = float(own["found"].mean()), len(own)
    sizes = own.groupby("item").size()
    effective = n / (1 + ((sizes**2).sum() / n - 1) * rho)
    low, high = wilson(found, effective, confidence)
    table = own.pivot(index="rater", columns="item", values="slot")
    slots = table.fillna(MISSING + 1).to_numpy().astype(int) - 1
    return {
        "n_items": len(sizes), "n_raters": own["rater"].nunique(), "n_answers": n, "found": found, "low": low,
        "high": high, "n_effective": effective, "chance": float((1 / own["n_options"]).mean()),
        "percent": percent(slots), "alpha": float(alpha(slots)[0]),
    }  # fmt: skip


def _usable(answers: pd.DataFrame) -> pd.DataFrame:
    todo = tr("Pass the result of lx.read_intrusion.", "请传入 lx.read_intrusion 的结果。")
    need(answers, INTRUSION_ANSWERS.names(), "answers", todo)
    for name in ("slot", "n_options", "topic"):
        numbers(answers, name, "answers", low=1, whole=True, todo=todo)
    answers = answers.assign(found=flags(answers, "found", "answers", todo))
    twice = answers[answers.duplicated(["rater", "item"])]
    if len(twice):
        row = twice.iloc[0]
        raise TableError(
            tr("A rater answered twice.", "同一评判者对同一题答了两次。"),
            where=f"{row['rater']}, {row['item']}",
            todo=todo,
        )
    return check(answers, INTRUSION_ANSWERS)
