"""What a fitted topic is about: its words by three measures, and the units in which it weighs most."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.segmenting import leaves, need_units
from lanxikit.tables.topic_reading import EXEMPLARS, TOPIC_WORDS
from lanxikit.topics.matrix import count
from lanxikit.topics.recipe import check_fitted, whole

PLACED = ("unit_id", "doc_id", "path", "heading", "text", "start", "end", "is_leaf")


def topic_words(
    model: object, units: pd.DataFrame | Sequence[str], *, n_terms: int = 10, relevance: float = 0.6, frex: float = 0.5
) -> pd.DataFrame:
    """List the terms of each topic by plain weight, by relevance and by FREX.

    Plain weight favours words that are common in every topic, exclusivity alone favours
    rare ones; the two other measures stand between.

    Parameters
    ----------
    model : TopicModel
        Fitted.
    units : DataFrame or list of str
        The units it was fitted on: how often they hold a term says how far its
        exclusivity can be believed.
    n_terms : int
        Terms of each topic and measure.
    relevance : float
        λ, 0 to 1: weight of the term's own weight against its lift.
    frex : float
        w, 0 to 1: weight of frequency against exclusivity.

    Returns
    -------
    DataFrame
        ``topic``; ``measure`` (``weight``, ``relevance``, ``frex``); ``rank``; ``term``;
        ``score``, the value of the measure; ``weight``, share of the topic's term weight;
        ``exclusivity``, share of the term that lies in this topic, 0–1, not shrunk;
        ``n_units``, units that hold the term; ``label``; ``stability``, of the topic. Terms without weight in a topic
        are not listed.

    Raises
    ------
    LanxiError
        A model that is not fitted, or a number out of its bounds.

    Notes
    -----
    Relevance (Sievert & Shirley 2014, LDAvis): ``λ log φ + (1 − λ) log(φ / p)``, with φ the
    share of the term in the topic and p its share in all topics, each counting by its
    prevalence; they found λ = 0.6 to serve readers best. p is the model's own, not that
    of the counts, so that it stands on the same scale as the weights of a TF-IDF model.
    FREX (Bischof & Airoldi 2012), as R's stm defines it: the harmonic mean
    ``1 / (w / F + (1 − w) / E)`` of the term's ranks, from 0 to 1, by frequency in the topic
    and by exclusivity to it; exclusivity is first shrunk towards even shares by the
    estimator of James and Stein for the term's count (Hausser & Strimmer 2009), else the
    rarest words would always come first.

    Examples
    --------
    >>> from lanxikit.topics.model import TopicModel
    >>> texts = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 3
    >>> found = topic_words(TopicModel(2, min_df=1).fit(texts), texts, n_terms=1)
    >>> found[["topic", "measure", "rank"]].values.tolist()[:3]
    [[1, 'weight', 1], [1, 'relevance', 1], [1, 'frex', 1]]
    """
    check_fitted(model)
    whole("n_terms", n_terms, least=1)
    for name, value in (("relevance", relevance), ("frex", frex)):
        share(name, value)
    counts = count(model._read(units)[1], model.vocabulary_)
    weights = model.components_
    prevalence = model.quality_["prevalence"].to_numpy()
    scores = {
        "weight": weights,
        "relevance": relevance_scores(weights, prevalence, relevance),
        "frex": frex_scores(weights, np.asarray(counts.sum(axis=0)).ravel(), frex),
    }
    alone = exclusivity(weights)
    spread, stable = np.diff(counts.tocsc().indptr), model.quality_["stability"].tolist()
    rows = []
    for topic in range(len(weights)):
        for measure, values in scores.items():
            for rank, term in enumerate(_best(values[topic], weights[topic], n_terms), 1):
                rows.append(
                    (topic + 1, measure, rank, model.vocabulary_[term], values[topic, term], weights[topic, term],
                     alone[topic, term], spread[term], model.labels_[topic], stable[topic])
                )  # fmt: skip
    return check(pd.DataFrame(rows, columns=TOPIC_WORDS.names()), TOPIC_WORDS)


def relevance_scores(weights: np.ndarray, prevalence: np.ndarray, relevance: float) -> np.ndarray:
    """Relevance of each term to each topic; minus infinity without weight.

    Examples
    --------
    >>> relevance_scores(np.array([[0.5, 0.5], [0.0, 1.0]]), np.array([0.5, 0.5]), 0.0).round(3).tolist()
    [[0.693, -0.405], [-inf, 0.288]]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(weights)
        lift = logs - np.log(prevalence @ weights)
        found = relevance * logs + (1 - relevance) * lift
    return np.where(weights > 0, found, -np.inf)


relevance_scores.paper = "Sievert & Shirley 2014, LDAvis: A method for visualizing and interpreting topics"


def exclusivity(weights: np.ndarray) -> np.ndarray:
    """Share of each term's weight that lies in each topic; 0 for a term without any."""
    total = weights.sum(axis=0)
    return weights / np.where(total > 0, total, 1.0)


def frex_scores(weights: np.ndarray, counts: np.ndarray, frex: float) -> np.ndarray:
    """FREX of each term in each topic, 0 to 1.

    Parameters
    ----------
    weights : ndarray
        Topics × terms, rows sum to 1.
    counts : ndarray
        How often each term occurs.
    frex : float
        Weight of frequency against exclusivity.

    Examples
    --------
    >>> frex_scores(np.array([[0.6, 0.4, 0.0], [0.0, 0.4, 0.6]]), np.array([9, 9, 9]), 0.5).round(3).tolist()
    [[1.0, 0.667, 0.333], [0.333, 0.667, 1.0]]
    """
    n_topics, n_terms = weights.shape
    alone, even = exclusivity(weights), 1 / n_topics
    apart = ((alone - even) ** 2).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shrink = (alone * (1 - alone)).sum(axis=0) / ((counts - 1) * apart)
    # A single occurrence says nothing of where a word belongs; where it is even already, nothing is to be shrunk.
    shrink = np.where(counts <= 1, 1.0, np.where(apart == 0, 0.0, np.clip(np.nan_to_num(shrink), 0, 1)))
    alone = shrink * even + (1 - shrink) * alone
    often, own = (rankdata(np.round(table, 12), axis=1) / n_terms for table in (weights, alone))
    return 1 / (frex / often + (1 - frex) / own)


frex_scores.paper = "Bischof & Airoldi 2012, Summarizing topical content with word frequency and exclusivity"


def exemplars(model: object, units: pd.DataFrame, *, n_units: int = 3, min_words: int = 5) -> pd.DataFrame:
    """Find the units in which each topic weighs most, with their place in the source.

    Parameters
    ----------
    model : TopicModel
        Fitted.
    units : DataFrame
        The table of ``lx.segment``, of the documents to quote from.
    n_units : int
        Units of each topic, if so many have any share of it.
    min_words : int
        Words known to the model that a unit must hold: of a unit with one such word the
        share is 1, and means little.

    Returns
    -------
    DataFrame
        ``topic``; ``label``; ``rank``; ``share``, of the topic in the unit, 0–1; ``doc_id``;
        ``unit_id``; ``path``, the headings above; ``heading``; ``text``; ``start, end``, where
        the unit stands in the decoded file, characters; ``n_words``, known words. Of equal
        shares (rounded to 9 decimals) the unit of more known words comes first, then that
        which stands first.

    Raises
    ------
    LanxiError
        A model that is not fitted, or a number that makes no sense.
    TableError
        No table of units.

    Notes
    -----
    As ``findThoughts`` of R's stm (Roberts, Stewart & Tingley 2019): read the texts before
    you name a topic.

    Examples
    --------
    >>> from lanxikit.topics.model import TopicModel
    >>> texts = ["治理黄河流域水污染", "修建西宁铁路公路"] * 3
    >>> units = pd.DataFrame({"unit_id": [f"a#{n}" for n in range(6)], "doc_id": "a", "path": [()] * 6, "heading": None,
    ...                       "text": texts, "start": 0, "end": 9, "is_leaf": True, "pieces": "0-9"})
    >>> model = TopicModel(2, min_df=1).fit(units)
    >>> found = exemplars(model, units, n_units=1, min_words=1)
    >>> sorted(found["text"]), found["start"].tolist()
    (['修建西宁铁路公路', '治理黄河流域水污染'], [0, 0])
    """
    whole("n_units", n_units, least=1)
    whole("min_words", min_words, least=1)
    rows, shares, n_words = units_and_shares(model, units, PLACED)
    told, stable = np.flatnonzero(n_words >= min_words), model.quality_["stability"].tolist()
    parts = []
    for topic in range(model.n_topics):
        own = np.round(shares[told, topic], 9)
        order = np.lexsort((told, -n_words[told], -own))[:n_units]
        order = order[own[order] > 0]
        part = rows.iloc[told[order]][[name for name in PLACED if name != "is_leaf"]]
        parts.append(
            part.assign(topic=topic + 1, label=model.labels_[topic], rank=range(1, len(order) + 1),
                        share=own[order], n_words=n_words[told[order]], stability=stable[topic])
        )  # fmt: skip
    return check(pd.concat(parts), EXEMPLARS)


def units_and_shares(
    model: object, units: pd.DataFrame, columns: Sequence[str]
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return the leaves, the topics' shares in them, and how many of their words the model knows.

    Raises
    ------
    LanxiError
        A model that is not fitted.
    TableError
        ``units`` lacks one of the columns.
    """
    check_fitted(model)
    need_units(units, columns)
    rows = leaves(units)
    words = model._read(rows)[1]
    shares, _ = model._shares(words)
    return rows, shares, np.asarray(count(words, model.vocabulary_).sum(axis=1)).ravel().astype(int)


def share(name: str, value: object) -> None:
    """Refuse a value that is no number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value <= 1:
        raise LanxiError(
            tr(f"{name} is {value!r}.", f"{name} 为 {value!r}。"),
            where=name,
            todo=tr("Give a number from 0 to 1.", "请给出 0 到 1 之间的数。"),
        )


def _best(values: np.ndarray, weights: np.ndarray, n_terms: int) -> list[int]:
    """Columns of the best terms that have any weight; of equal ones the heavier, then the vocabulary's order."""
    there = np.flatnonzero(np.round(weights, 9) > 0)
    order = np.lexsort((there, -np.round(weights[there], 9), -np.round(values[there], 9)))
    return there[order[:n_terms]].tolist()
