"""Tables of the comparing stage."""

from lanxikit.tables.schema import Column, Table

DECISIONS = ("link", "unsure")
DECIDERS = ("machine", "coders")

SCORES = Table(
    "scores",
    "A row a pair of an upper and a lower leaf; for each lower leaf its best upper leaves, best first.",
    (
        Column("upper_id", "string", "leaf of the upper document"),
        Column("lower_id", "string", "leaf of a lower document"),
        Column("score", "number", "how well the two agree: weighted sum of the components, 0 to 1", low=0, high=1),
        Column("rank", "integer", "1 for the best upper leaf of this lower leaf", low=1),
        Column(
            "standing",
            "number",
            "standard deviations above the mean score of all upper leaves for this lower leaf; missing where few",
            missing=True,
        ),
        Column(
            "agreement",
            "number",
            "share of lexical, clause, words, semantic and semantic_clause that put the pair first for its lower leaf",
            low=0,
            high=1,
        ),
        Column("lexical", "number", "cosine of the two texts' character pairs, formula words left out, 0 to 1"),
        Column("clause", "number", "how well the lower leaf's clauses are matched, each by its best upper one, 0 to 1"),
        Column("words", "number", "cosine of the two texts' words, rare ones counting more, 0 to 1"),
        Column("semantic", "number", "cosine of the leaves' sentence vectors; missing without encoder", missing=True),
        Column(
            "semantic_clause",
            "number",
            "the same of the lower leaf's clauses, each with its best upper one; missing without encoder",
            missing=True,
        ),
        Column(
            "heading", "number", "cosine of what heads the two leaves (own heading, else the one above)", missing=True
        ),
        Column(
            "duty",
            "number",
            "agreement of the policy fields of the agencies in charge, 0 to 1; missing where one side names no agency",
            missing=True,
        ),
        Column(
            "place",
            "number",
            "share of the places in the upper headings that the lower leaf names or lies in; missing without any",
            missing=True,
        ),
        Column("section", "number", "1 where both stand among tasks, aims or safeguards of their text, else 0"),
    ),
    key=("lower_id", "upper_id"),
    links=(("upper_id", "units", "unit_id"), ("lower_id", "units", "unit_id")),
)

LINKS = Table(
    "links",
    "A row a pair that is linked or may be; a pair that is absent was not linked.",
    (
        Column("upper_id", "string", "leaf of the upper document"),
        Column("lower_id", "string", "leaf of a lower document"),
        Column("score", "number", "score of the pair (table scores)", low=0, high=1),
        Column(
            "decision",
            "string",
            "link: the lower leaf takes up the upper one; unsure: a person should look",
            values=DECISIONS,
        ),
        Column(
            "probability",
            "number",
            "probability of a link, from the calibration that ships with the kit",
            low=0,
            high=1,
        ),
        Column("rank", "integer", "rank of the pair among the lower leaf's candidates", low=1),
        Column("decided_by", "string", "machine, or coders who confirmed it (lx.apply_coding)", values=DECIDERS),
    ),
    key=("lower_id", "upper_id"),
    links=(("upper_id", "units", "unit_id"), ("lower_id", "units", "unit_id")),
)

REUSE = Table(
    "reuse",
    "A row a passage that stands, word for word or nearly, in an upper and in a lower leaf; place names may differ.",
    (
        Column("upper_id", "string", "leaf of the upper document"),
        Column("lower_id", "string", "leaf of a lower document"),
        Column("upper_start", "integer", "where the passage starts in the upper file, characters", low=0),
        Column("upper_end", "integer", "where it ends there, exclusive", low=0),
        Column("lower_start", "integer", "where the passage starts in the lower file, characters", low=0),
        Column("lower_end", "integer", "where it ends there, exclusive", low=0),
        Column("n_chars", "integer", "length in the lower leaf, characters, punctuation and blanks not counted", low=1),
        Column(
            "similarity", "number", "1 for word for word; else 1 − edits ÷ length of the longer passage", low=0, high=1
        ),
        Column("upper_text", "string", "the passage as it reads in the upper leaf"),
        Column("lower_text", "string", "the passage as it reads in the lower leaf"),
        Column(
            "comparison",
            "string",
            "verbatim: as written; masked: a place name stands for another, and similarity takes the two for the same",
            values=("verbatim", "masked"),
        ),
        Column("written", "number", "similarity with the place names as they stand", low=0, high=1),
        Column("replaced", "string", "the names that differ, 兰州市→海东市; missing where none", missing=True),
    ),
    key=("lower_id", "upper_id", "lower_start", "upper_start"),
    links=(("upper_id", "units", "unit_id"), ("lower_id", "units", "unit_id")),
)
