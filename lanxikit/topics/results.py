"""The tidy tables of a fitted topic model: terms, shares of the units, how far to trust each topic."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lanxikit.tables import check
from lanxikit.topics import stability
from lanxikit.topics.coherence import METRICS


def arranged(means: np.ndarray, tops: list[list[str]], *, n_labels: int) -> list[int]:
    """Order of the topics: labels as in the codebook, then by prevalence, then by top words.

    Examples
    --------
    >>> arranged(np.array([0.1, 0.3, 0.6]), [["水"], ["路"], ["城"]], n_labels=1)
    [0, 2, 1]
    """
    free = range(n_labels, len(means))
    return [*range(n_labels), *sorted(free, key=lambda index: (-round(means[index], 6), tops[index]))]


def topics(components: np.ndarray, vocabulary: list[str], quality: pd.DataFrame, *, n_terms: int) -> pd.DataFrame:
    """Return the heaviest terms of each topic: ``topic, term, weight, rank, label, stability``."""
    labels, stable = quality["label"].tolist(), quality["stability"].tolist()
    tops = stability.top_words(components, vocabulary, n_terms)
    column = {term: index for index, term in enumerate(vocabulary)}
    rows = [
        (topic, term, components[topic - 1, column[term]], rank, labels[topic - 1], stable[topic - 1])
        for topic, top in enumerate(tops, 1)
        for rank, term in enumerate(top, 1)
    ]
    return check(pd.DataFrame(rows, columns=["topic", "term", "weight", "rank", "label", "stability"]), "topics")


def weights(unit_ids: list[str], shares: np.ndarray, quality: pd.DataFrame) -> pd.DataFrame:
    """Return a row a unit and topic: ``unit_id, topic, weight, label, stability``."""
    n_units, n_topics = shares.shape
    frame = pd.DataFrame(
        {
            "unit_id": np.repeat(np.asarray(unit_ids, dtype=object), n_topics),
            "topic": np.tile(np.arange(1, n_topics + 1), n_units),
            "weight": shares.ravel(),
            "label": np.tile(quality["label"].to_numpy(dtype=object), n_units),
            "stability": np.tile(quality["stability"].to_numpy(dtype=float), n_units),
        }
    )
    return check(frame, "topic_weights")


def quality(
    shares: np.ndarray,
    tops: list[list[str]],
    words: list[list[str]],
    refits: list[list[list[str]]],
    *,
    labels: list[str],
    coherence: str,
) -> pd.DataFrame:
    """Return a row a topic: prevalence, coherence, stability, and the topic it shares most top words with."""
    other, shared = stability.nearest(tops)
    overlap = np.mean([stability.matched_overlap(tops, other) for other in refits], axis=0) if refits else np.nan
    frame = pd.DataFrame(
        {
            "topic": range(1, len(tops) + 1),
            "label": labels,
            "prevalence": shares.mean(axis=0),
            "coherence": METRICS[coherence](tops, words),
            "stability": overlap,
            "nearest": other + 1,
            "nearest_overlap": shared,
        }
    )
    return check(frame, "topic_quality")
