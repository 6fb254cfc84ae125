"""Tables of the inference stage."""

from lanxikit.tables.schema import Column, Table

PARTS = {
    "quantified": "links whose lower leaf gives a number where the upper one gives none",
    "time_bound": "links whose lower leaf sets a time limit that the upper one does not set",
    "project_named": "links whose lower leaf names a project that the upper one does not name",
    "assigned": "links whose lower leaf names an agency in charge that the upper one does not name",
}
MEASURES = {
    "coverage": "applicable upper leaves with a link into this document",
    "novelty": "leaves of this document without a linked or unsure pair",
    "specification_gain": "links that are quantified, time_bound, project_named or assigned",
    **PARTS,
    "reuse_share": "characters of this document's leaves that stand in a reused passage",
    "commitment_shift": "mean difference of the strongest clause's strength over the links, lower − upper, in steps",
}
DRAWN = ("upper leaf", "lower leaf", "linked lower leaf")
METHODS = ("BCa bootstrap", "exact binomial", "none")

HEADLINE = Table(
    "headline",
    "A row a lower document and measure: one number for the document, with its interval over units.",
    (
        Column("doc_id", "string", "lower document"),
        Column(
            "measure",
            "string",
            "; ".join(f"{name}: {about}" for name, about in MEASURES.items()),
            values=tuple(MEASURES),
        ),
        Column(
            "value",
            "number",
            "share, 0 to 1; of commitment_shift steps of the scale, −6 to 6; missing where there is nothing to measure",
            missing=True,
        ),
        Column("low", "number", "lower end of the interval; missing where none can be given", missing=True),
        Column("high", "number", "upper end of the interval; likewise", missing=True),
        Column("n", "integer", "units that are drawn anew", low=0),
        Column(
            "method",
            "string",
            "of the interval: BCa bootstrap over units in documents; exact binomial where all units are alike; none",
            values=METHODS,
        ),
        Column("unit", "string", "what n counts", values=DRAWN),
        Column("total", "integer", "what the value is a share or mean of: goals, leaves, links or characters", low=0),
        Column(
            "note",
            "string",
            "what to know before citing the number, also how many links, goals and facets coders decided; missing "
            "where nothing",
            missing=True,
        ),
    ),
    key=("doc_id", "measure"),
    links=(("doc_id", "documents", "doc_id"),),
)

SIMILARITY_NULL = Table(
    "similarity_null",
    "A row a lower document: its units' mean best score, and what units exchanged between documents would give.",
    (
        Column("doc_id", "string", "lower document"),
        Column("observed", "number", "mean over its leaves of the best score with any upper leaf", missing=True),
        Column("null_mean", "number", "mean of the same over the shuffles", missing=True),
        Column("null_low", "number", "lower end of the middle part of the shuffles", missing=True),
        Column("null_high", "number", "its upper end", missing=True),
        Column("z", "number", "(observed − null_mean) ÷ standard deviation of the shuffles", missing=True),
        Column(
            "share_null_above",
            "number",
            "share of arrangements, the observed one counted in, that reach the observed mean",
            missing=True,
            low=0,
            high=1,
        ),
        Column("n_perm", "integer", "number of shuffles; 0 where none was possible", low=0),
        Column("n", "integer", "leaves of the document", low=0),
        Column("pool", "string", "whose units were exchanged: a genre, or all lower documents", missing=True),
        Column("note", "string", "what to know before citing the number; missing where nothing", missing=True),
    ),
    key=("doc_id",),
    links=(("doc_id", "documents", "doc_id"),),
)
