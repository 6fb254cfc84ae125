"""Tables of the topics stage."""

from __future__ import annotations

from lanxikit.tables.prevalence import PREVALENCE_DIFFERENCE, TOPIC_PREVALENCE
from lanxikit.tables.schema import Column, Table
from lanxikit.tables.sensitivity import TOPIC_SENSITIVITY

__all__ = [
    "PREVALENCE_DIFFERENCE", "TOPICS", "TOPIC_CHOICE", "TOPIC_PREVALENCE", "TOPIC_QUALITY",
    "TOPIC_SENSITIVITY", "TOPIC_WEIGHTS",
]  # fmt: skip

_TOPIC = Column(
    "topic", "integer", "number of the topic, from 1; the most prevalent first (guided: codebook order)", low=1
)
_LABEL = Column("label", "string", "the codebook's label, or the topic's three heaviest terms joined by ·")
_STABILITY = Column(
    "stability",
    "number",
    "mean Jaccard overlap of the topic's ten top words with its match in refits on nine tenths of the units",
    missing=True,
    low=0,
    high=1,
)

TOPICS = Table(
    "topics",
    "A row a topic and term: the heaviest terms of each topic.",
    (
        _TOPIC,
        Column("term", "string", "word, in the dictionary's spelling"),
        Column("weight", "number", "share of the topic's whole term weight", low=0, high=1),
        Column("rank", "integer", "1 for the heaviest term", low=1),
        _LABEL,
        _STABILITY,
    ),
    key=("topic", "term"),
)

TOPIC_WEIGHTS = Table(
    "topic_weights",
    "A row a unit and topic: how much of the unit belongs to the topic.",
    (
        Column("unit_id", "string", "leaf unit"),
        _TOPIC,
        Column(
            "weight", "number", "share; a unit's shares sum to 1, equal ones if it holds no known word", low=0, high=1
        ),
        _LABEL,
        _STABILITY,
    ),
    key=("unit_id", "topic"),
    links=(("unit_id", "units", "unit_id"),),
)

TOPIC_QUALITY = Table(
    "topic_quality",
    "A row a topic: how common it is and how far it can be trusted.",
    (
        _TOPIC,
        _LABEL,
        Column("prevalence", "number", "mean share over the units the model was fitted on", low=0, high=1),
        Column("coherence", "number", "coherence of the top words (NPMI unless another was asked for)", missing=True),
        _STABILITY,
        Column("nearest", "integer", "the other topic that shares most of the ten top words", low=1),
        Column("nearest_overlap", "number", "Jaccard overlap of both's ten top words; 0.5: near-copies", low=0, high=1),
    ),
    key=("topic",),
)

_MEASURES = {
    "stability": "matched overlap of top words",
    "agreement": "adjusted Rand index of the units' heaviest topics, between fit and refit",
    "npmi": "NPMI coherence of the refits' topics",
    "c_v": "c_v coherence of the refits' topics",
}
_PARTS = {
    "mean": "mean over the runs",
    "std": "standard deviation over the runs",
    "low": "2.5 % of the runs lie below",
    "high": "2.5 % of the runs lie above",
}
_RANGES = [
    Column(f"{measure}_{part}", "number", f"{about}: {text}", missing=True, low=0 if part == "std" else None)
    for measure, about in _MEASURES.items()
    for part, text in _PARTS.items()
    if (measure, part) not in (("stability", "mean"), ("stability", "std"))
]

TOPIC_CHOICE = Table(
    "topic_choice",
    "A row a number of topics: coherence and stability, mean and spread over the runs (seeds × subsamples).",
    (
        Column("n_topics", "integer", "number of topics", low=2),
        Column(
            "coherence_mean",
            "number",
            "mean coherence of the refits' topics (NPMI unless another was asked for), over the runs",
            missing=True,
        ),
        Column("coherence_std", "number", "its standard deviation over the runs", missing=True, low=0),
        Column("stability_mean", "number", "mean matched overlap of top words, over the runs", low=0, high=1),
        Column("stability_std", "number", "its standard deviation over the runs", missing=True, low=0),
        Column("n_seeds", "integer", "number of seeds, each with its own tenths of the units left out", low=1),
        Column("method", "string", "nmf, lda or guided"),
        *_RANGES,
        Column("n_subsamples", "integer", "tenths of the units left out for each seed, one after the other", low=1),
        Column("verdict", "string", "which candidates the measures cannot tell apart; one text for a method"),
        Column("verdict_zh", "string", "the same in Chinese"),
    ),
    key=("n_topics", "method"),
)
