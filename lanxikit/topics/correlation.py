"""Which topics go together in a unit."""

from __future__ import annotations

from itertools import combinations
from numbers import Real

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.topic_reading import TOPIC_CORRELATION
from lanxikit.topics.reading import units_and_shares
from lanxikit.topics.resamples import check_bootstrap, resamples

DEALS = 50


def topic_correlation(
    model: object,
    units: pd.DataFrame,
    *,
    zero: float = 0.01,
    n_boot: int = 1000,
    interval: float = 0.95,
    random_state: int = 0,
) -> pd.DataFrame:
    """Correlate the topics' shares over units, as log-ratios.

    Shares of a unit sum to 1: where one grows the others must shrink, so that their plain
    correlations are pushed below zero whatever the topics mean. Ratios of shares are free
    of that; the centred log-ratio sets each share against the geometric mean of the
    unit's shares.

    Parameters
    ----------
    model : TopicModel
        Fitted.
    units : DataFrame
        The table of ``lx.segment``.
    zero : float
        Shares below it count as nothing, and are set to 65 % of it (the rest is scaled to
        keep the sum of 1), for 0 has no logarithm. Between 0 and 1 ÷ topics.
    n_boot : int
        Draws of the bootstrap.
    interval : float
        Its width.
    random_state : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        A row a pair of topics: ``topic`` and ``other`` (the greater number);
        ``correlation``, Pearson's of the log-ratios, −1 to 1, missing where one does not
        vary; ``low, high``, percentile bootstrap over units within documents, these
        documents fixed, missing where in a draw one does not vary; ``unrelated``, the mean
        where the same shares are dealt to units independently: centring leaves about
        −1 ÷ (topics − 1) there, and that, not 0, is what ``low`` and ``high`` are to be
        held against; ``n_units``, units that hold a known word; ``label, other_label``;
        ``stability``, of the less stable of both topics.

    Raises
    ------
    LanxiError
        A model that is not fitted, fewer than 3 topics (two shares can only mirror each
        other), fewer than 3 units, or numbers that make no sense.
    TableError
        No table of units.

    Notes
    -----
    Log-ratios: Aitchison (1986), The Statistical Analysis of Compositional Data; zeros:
    Martín-Fernández, Barceló-Vidal & Pawlowsky-Glahn (2003). Most shares of NMF are zero:
    the correlation then says above all whether topics appear in the same units.

    Examples
    --------
    >>> from lanxikit.topics.model import TopicModel
    >>> texts = ["治理黄河流域水污染", "修建西宁铁路公路", "发展教育医疗卫生"] * 3
    >>> units = pd.DataFrame({"unit_id": [f"a#{n}" for n in range(9)], "doc_id": "a", "heading": None, "text": texts,
    ...                       "is_leaf": True, "pieces": "0-9"})
    >>> found = topic_correlation(TopicModel(3, min_df=1).fit(units), units)
    >>> found[["topic", "other", "correlation"]].round(2).values.tolist()
    [[1.0, 2.0, -0.5], [1.0, 3.0, -0.5], [2.0, 3.0, -0.5]]
    """
    tails = check_bootstrap(n_boot, interval, random_state)
    rows, shares, n_words = units_and_shares(model, units, ("unit_id", "doc_id", "heading", "text", "is_leaf"))
    known = n_words > 0
    shares, documents = shares[known], rows["doc_id"].astype("str").to_numpy()[known]
    n_units, n_topics = shares.shape
    if isinstance(zero, bool) or not isinstance(zero, Real) or not 0 < zero < 1 / n_topics:
        raise LanxiError(
            tr(f"zero is {zero!r}.", f"zero 为 {zero!r}。"),
            where="zero",
            todo=tr(f"Give a number between 0 and {1 / n_topics:.3g}.", f"请给出 0 与 {1 / n_topics:.3g} 之间的数。"),
        )
    if n_topics < 3 or n_units < 3:
        raise LanxiError(
            tr(f"{n_topics} topics in {n_units} units cannot be correlated.",
               f"{n_units} 个单元、{n_topics} 个主题，无法计算相关。"),
            where="topic_correlation",
            todo=tr("It needs 3 topics, and 3 units with a known word.", "至少要有 3 个主题和 3 个含已知词的单元。"),
        )  # fmt: skip
    random = np.random.default_rng([random_state, 1])
    once = np.ones((1, n_units))
    with threadpool_limits(limits=1):
        ratios = log_ratios(shares, zero)
        value = correlations(ratios, once)[0]
        drawn = np.concatenate(
            [correlations(ratios, block) for block in resamples(documents, n_boot, random_state, tr("topics", "主题"))]
        )
        dealt = np.mean([correlations(_dealt(shares, zero, random), once)[0] for _ in range(DEALS)], axis=0)
    low, high = np.quantile(drawn, tails, axis=0)  # missing where a draw has no variation: no interval is honest there
    stable = model.quality_["stability"].tolist()
    found = [
        (one + 1, other + 1, value[one, other], min(low[one, other], value[one, other]),
         max(high[one, other], value[one, other]), dealt[one, other], n_units, model.labels_[one], model.labels_[other],
         min(stable[one], stable[other]))
        for one, other in combinations(range(n_topics), 2)
    ]  # fmt: skip
    return check(pd.DataFrame(found, columns=TOPIC_CORRELATION.names()), TOPIC_CORRELATION)


def log_ratios(shares: np.ndarray, zero: float) -> np.ndarray:
    """Centred log-ratios of shares, those below ``zero`` replaced by 65 % of it.

    Examples
    --------
    >>> log_ratios(np.array([[0.5, 0.5, 0.0]]), 0.01).round(3).tolist()
    [[1.445, 1.445, -2.891]]
    """
    nothing, small = shares < zero, 0.65 * zero
    kept = np.where(nothing, 0.0, shares)
    room = 1 - small * nothing.sum(axis=1, keepdims=True)
    logs = np.log(np.where(nothing, small, kept / kept.sum(axis=1, keepdims=True) * room))
    return logs - logs.mean(axis=1, keepdims=True)


def correlations(ratios: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Pearson's correlations of columns for many weightings of the rows; missing where a column does not vary."""
    n_rows, n_columns = ratios.shape
    total = weights.sum(axis=1)[:, None]
    mean = weights @ ratios / total
    products = (ratios[:, :, None] * ratios[:, None, :]).reshape(n_rows, -1)
    spread = (weights @ products / total).reshape(-1, n_columns, n_columns) - mean[:, :, None] * mean[:, None, :]
    alone = np.sqrt(np.maximum(np.diagonal(spread, axis1=1, axis2=2), 0))
    alone = np.where(alone > 1e-6, alone, np.nan)
    return np.clip(spread / (alone[:, :, None] * alone[:, None, :]), -1, 1)


def _dealt(shares: np.ndarray, zero: float, random: np.random.Generator) -> np.ndarray:
    """Log-ratios where each topic's shares were dealt to the units anew, and each unit's brought back to 1."""
    found = random.permuted(shares, axis=0)
    total = found.sum(axis=1, keepdims=True)
    return log_ratios(np.where(total > 0, found / np.where(total > 0, total, 1), 1 / shares.shape[1]), zero)
