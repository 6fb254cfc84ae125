"""Tables of the topics stage."""

from __future__ import annotations

from collections.abc import Sequence

from lanxikit.tables.schema import Column, Table
from lanxikit.tables.segmenting import LEVELS, UNITS

_TOPIC = Column(
    "topic", "integer", "number of the topic, from 1; the most prevalent first (guided: codebook order)", low=1
)
_LABEL = Column("label", "string", "the codebook's label, or the topic's three heaviest terms joined by ·")

TOPICS = Table(
    "topics",
    "A row a topic and term: the heaviest terms of each topic.",
    (
        _TOPIC,
        Column("term", "string", "word, in the dictionary's spelling"),
        Column("weight", "number", "share of the topic's whole term weight", low=0, high=1),
        Column("rank", "integer", "1 for the heaviest term", low=1),
        _LABEL,
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
        Column(
            "stability",
            "number",
            "mean Jaccard overlap of the top words with the matched topic of refits on nine tenths of the units",
            missing=True,
            low=0,
            high=1,
        ),
    ),
    key=("topic",),
)

TOPIC_CHOICE = Table(
    "topic_choice",
    "A row a number of topics: coherence and stability, mean and spread over the seeds.",
    (
        Column("n_topics", "integer", "number of topics", low=2),
        Column("coherence_mean", "number", "mean coherence of the refits' topics, over the seeds", missing=True),
        Column("coherence_std", "number", "its standard deviation over the seeds", missing=True, low=0),
        Column("stability_mean", "number", "mean matched overlap of top words, over the seeds", low=0, high=1),
        Column("stability_std", "number", "its standard deviation over the seeds", missing=True, low=0),
        Column("n_seeds", "integer", "number of seeds, each with its own tenth of the units left out", low=1),
        Column("method", "string", "nmf, lda or guided"),
    ),
    key=("n_topics", "method"),
)

_GROUPS = {
    "level": Column("level", "string", "administrative level of the document", values=LEVELS, missing=True),
    **{column.name: column for column in UNITS.columns if column.name in ("doc_id", "doc_level", "region", "year")},
}


def prevalence_table(by: Sequence[str]) -> Table:
    """Declare the prevalence table for the given group columns."""
    groups = tuple(_GROUPS.get(name, Column(name, "string", "group of units", missing=True)) for name in by)
    return Table(
        "topic_prevalence",
        "A row a group of units and topic: the topic's mean share, with an interval for these documents.",
        (
            *groups,
            _TOPIC,
            Column("prevalence", "number", "mean share of the topic over these units", missing=True, low=0, high=1),
            Column("low", "number", "lower end of the bootstrap interval", missing=True, low=0, high=1),
            Column("high", "number", "upper end of the bootstrap interval", missing=True, low=0, high=1),
            Column("n_units", "integer", "units of the group that hold a known word", low=0),
            Column("n_documents", "integer", "documents these units come from", low=0),
            _LABEL,
        ),
        key=(*by, "topic"),
    )


TOPIC_PREVALENCE = prevalence_table(("level", "year"))
