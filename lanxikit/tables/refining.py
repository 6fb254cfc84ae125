"""Tables of the refining stage."""

from lanxikit.tables.comparing import DECIDERS, DECISIONS
from lanxikit.tables.reading import RELATIONS
from lanxikit.tables.schema import Column, Table

FACETS = {
    "copied": "a passage of the lower leaf, 10 characters or more, stands nearly word for word in the upper leaf; the "
    "rest may differ (how much is taken over: table reuse)",
    "paraphrased": "nothing is copied, but a clause of the lower leaf says what an upper clause says in other words: "
    "the two share words enough; a link whose wording has little in common is not thereby a paraphrase",
    "localised": "the lower leaf names a place, firm or project of its own region that the upper leaf, or the clause "
    "taken up, does not name",
    "quantified": "the lower leaf gives a number for something that the upper leaf gives none for",
    "tightened": "both give a number for the same indicator, unit and jurisdiction, and the lower one asks for more",
    "loosened": "the same, and the lower one asks for less",
    "time_bound": "the lower leaf sets a time limit that the upper leaf does not set, or moves one",
    "assigned": "the lower leaf names an agency in charge where the upper leaf names none of that policy field, "
    "or only one of a higher level",
    "project_named": "the lower leaf names a project that the upper leaf does not name",
    "extended": "a clause of the lower leaf has no counterpart in the upper leaf",
    "narrowed": "at least half of what the upper leaf says has no counterpart in the lower leaf",
    "weakened": "a clause of the lower leaf, or the leaf as a whole, only explores or prepares what the upper clause "
    "that it takes up wants done",
    "strengthened": "a clause of the lower leaf does what the upper clause it takes up only explores or prepares",
}
"""What each facet means. Two are narrower or wider than in the typology of refinement that we began with, on purpose:

- copied there: four fifths of the lower leaf, nothing new. That would be three of our links; we follow what readers
  annotated (data/gold/README.md), a clause of about 10 characters.
- paraphrased there: linked, with little overlap. That holds for nine links in ten, whatever they do with the goal,
  and says no more than that nothing is copied; we ask for a clause that resembles one of the goal.
"""
FIRED = {
    "copied": "wording kept",
    "paraphrased": "same in other words",
    "localised": "own name",
    "quantified": "new number",
    "tightened": "asks for more",
    "loosened": "asks for less",
    "time_bound": "new time limit",
    "assigned": "new body in charge",
    "project_named": "new project",
    "extended": "clause without counterpart",
    "narrowed": "goal left out in part",
    "weakened": "stops short of doing",
    "strengthened": "does what was prepared",
}
"""The rule of each facet, as its evidence names it."""
STATUSES = ("taken_up", "not_taken_up", "not_applicable", "unsure", "added")
READINGS = ("implements", "same matter")
RULES = ("linked", "other places", "doubtful pair", "other bodies", "reserved matter", "frame", "no descent",
         "mostly other places", "silence", "no source")  # fmt: skip

REFINEMENT = Table(
    "refinement",
    "A row a pair of links: how the lower leaf changes what the upper leaf says; facets do not exclude one another.",
    (
        Column("upper_id", "string", "leaf of the upper document"),
        Column("lower_id", "string", "leaf of a lower document"),
        Column("decision", "string", "decision of the pair (table links)", values=DECISIONS),
        Column("probability", "number", "probability of the link", missing=True, low=0, high=1),
        Column("decided_by", "string", "who decided the pair (table links): machine or coders", values=DECIDERS),
        *(Column(name, "boolean", about) for name, about in FACETS.items()),
        *(
            Column(
                f"{name}_evidence",
                "string",
                f"what {name} rests on: words and characters of the files, upper[start:end] and lower[start:end]; "
                "missing where the facet does not hold",
                missing=True,
            )
            for name in FACETS
        ),
    ),
    key=("lower_id", "upper_id"),
    links=(("upper_id", "units", "unit_id"), ("lower_id", "units", "unit_id")),
)

UPTAKE = Table(
    "uptake",
    "A row an upper leaf and lower document, and a row a lower leaf without any source.",
    (
        Column("upper_id", "string", "leaf of the upper document; missing in the rows of added leaves", missing=True),
        Column("lower_doc", "string", "lower document"),
        Column("lower_id", "string", "the added leaf; missing in all other rows", missing=True),
        Column(
            "status",
            "string",
            "taken_up: a leaf of the lower document is linked; not_taken_up: none is, and the lower document rests on "
            "the upper one; not_applicable: the upper leaf is for other places or bodies; unsure: a pair is unsure, or "
            "silence proves nothing; added: no source among the upper documents given",
            values=STATUSES,
        ),
        Column("relation", "string", "relation of the two documents (table lineage)", values=RELATIONS, missing=True),
        Column(
            "reading",
            "string",
            "what a link says: implements, where the lower document descends from the upper; otherwise only: same "
            "matter; missing where nothing is linked",
            values=READINGS,
            missing=True,
        ),
        Column("lower_ids", "tuple", "linked leaves of the lower document; where unsure, those to look at"),
        Column("n_links", "integer", "number of linked leaves", low=0),
        Column("evidence", "string", "what the status rests on"),
        Column("rule", "string", "the rule that gave the status", values=RULES),
        Column(
            "decided_by", "string", "coders where they confirmed one of the pairs of lower_ids or, by lx.apply_coding, "
            "rejected a pair of a goal that is not taken up or of an added leaf; else machine",
            values=DECIDERS,
        ),
    ),
    key=("upper_id", "lower_doc", "lower_id"),
    links=(("upper_id", "units", "unit_id"), ("lower_id", "units", "unit_id"), ("lower_doc", "documents", "doc_id")),
)
