"""Tables of topics over groups of units: how common they are, and how two groups differ."""

from __future__ import annotations

from collections.abc import Sequence

from lanxikit.tables.annotating import RESPONSIBILITIES
from lanxikit.tables.notes import note_columns
from lanxikit.tables.schema import Column, Table
from lanxikit.tables.segmenting import LEVELS, UNITS

DRAWN = ("documents, then units", "units", "nothing")

_TOPIC = Column("topic", "integer", "number of the topic, from 1", low=1)
_LABEL = Column("label", "string", "the topic's label")
_STABILITY = Column(
    "stability",
    "number",
    "of the topic's top words when a tenth of the units is left out; the interval leaves this doubt out",
    missing=True,
    low=0,
    high=1,
)
_DRAWN = Column(
    "drawn",
    "string",
    "what the bootstrap drew anew: documents, then units: where a group holds several; units: the documents stay; "
    "nothing: no interval",
    values=DRAWN,
)
_NOTES = note_columns("what these documents cannot show; missing where nothing is to be said")
_LEAD = "lead (or the role asked for) of the unit; missing: it names none"
_GROUPS = {
    "level": Column("level", "string", "administrative level of the document", values=LEVELS, missing=True),
    **{column.name: column for column in UNITS.columns if column.name in ("doc_id", "doc_level", "region", "year")},
    "agency": Column("agency", "string", f"{RESPONSIBILITIES['agency'].about}; {_LEAD}", missing=True),
    "function": Column("function", "string", f"{RESPONSIBILITIES['function'].about}; {_LEAD}", missing=True),
}


def prevalence_table(by: Sequence[str]) -> Table:
    """Declare the prevalence table for the given group columns."""
    groups = tuple(_GROUPS.get(name, Column(name, "string", "group of units", missing=True)) for name in by)
    return Table(
        "topic_prevalence",
        "A row a group of units and topic: the topic's mean share, with an interval for units in documents.",
        (
            *groups,
            _TOPIC,
            Column("prevalence", "number", "mean share of the topic over these units", missing=True, low=0, high=1),
            Column("low", "number", "lower end of the bootstrap interval", missing=True, low=0, high=1),
            Column("high", "number", "upper end of the bootstrap interval", missing=True, low=0, high=1),
            Column("n_units", "integer", "units of the group that hold a known word", low=0),
            Column("weight", "number", "what these count for: less than n_units where a unit has several leads", low=0),
            Column("n_documents", "integer", "documents these units come from", low=0),
            _DRAWN,
            *_NOTES,
            _LABEL,
            _STABILITY,
        ),
        key=(*by, "topic"),
    )


TOPIC_PREVALENCE = prevalence_table(("level", "year"))

PREVALENCE_DIFFERENCE = Table(
    "prevalence_difference",
    "A row a topic: by how much its mean share differs between two groups of units, with an interval.",
    (
        _TOPIC,
        Column("group_a", "string", "first group: its values, joined by ·"),
        Column("group_b", "string", "second group"),
        Column("prevalence_a", "number", "mean share of the topic over the units of the first group", low=0, high=1),
        Column("prevalence_b", "number", "the same of the second group", low=0, high=1),
        Column("difference", "number", "prevalence_a − prevalence_b", low=-1, high=1),
        Column("low", "number", "lower end of its bootstrap interval", missing=True, low=-1, high=1),
        Column("high", "number", "upper end of its bootstrap interval", missing=True, low=-1, high=1),
        Column("n_units_a", "integer", "units of the first group that hold a known word", low=1),
        Column("n_units_b", "integer", "the same of the second group", low=1),
        Column("n_documents_a", "integer", "documents of the first group", low=1),
        Column("n_documents_b", "integer", "documents of the second group", low=1),
        _DRAWN,
        *_NOTES,
        _LABEL,
        _STABILITY,
    ),
    key=("topic",),
)
