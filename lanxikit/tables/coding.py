"""Tables of the coding stage: what people answered, and how far they agree."""

from lanxikit.tables.refining import FACETS
from lanxikit.tables.schema import Column, Table

LINK, COMMENT = "link", "comment"
ITEMS = (LINK, *FACETS, COMMENT)
ANSWERS = ("yes", "no", "unsure")
VERDICTS = ("reliable", "tentative", "unreliable", "undefined")

CODING = Table(
    "coding",
    "A row an answer: what one coder said of one item of one pair. A cell left blank is no row.",
    (
        Column("pair", "string", "upper_id → lower_id"),
        Column("coder", "string", "who answered"),
        Column("item", "string", "link, a facet of the table refinement, or comment", values=ITEMS),
        Column("value", "string", "yes, no or, of the link only, unsure; the coder's words for a comment"),
        Column("upper_id", "string", "leaf of the upper document"),
        Column("lower_id", "string", "leaf of the lower document"),
        Column("source", "string", "file and row of the answer", missing=True),
    ),
    key=("pair", "coder", "item"),
    links=(("upper_id", "units", "unit_id"), ("lower_id", "units", "unit_id")),
)

AGREEMENT = Table(
    "agreement",
    "A row an item and group of coders; of three coders or more also a row for each two of them.",
    (
        Column("item", "string", "link, or a facet of the table refinement", values=ITEMS[:-1]),
        Column("coders", "tuple", "the coders compared"),
        Column("n_pairs", "integer", "pairs that two or more of them answered", low=0),
        Column("n_coders", "integer", "coders among them who answered one of these pairs", low=0),
        Column(
            "percent",
            "number",
            "percent of the answers to a pair, taken two by two, that agree",
            missing=True,
            low=0,
            high=100,
        ),
        Column("alpha", "number", "Krippendorff's alpha, nominal; missing where undefined", missing=True, high=1),
        Column("alpha_low", "number", "lower end of its bootstrap interval over lower leaves, each with its pairs",
               missing=True, high=1),
        Column("alpha_high", "number", "upper end", missing=True, high=1),
        Column("kappa", "number", "Cohen's kappa; of three coders or more its mean over twos", missing=True, high=1),
        Column("kappa_low", "number", "lower end of its bootstrap interval, likewise", missing=True, high=1),
        Column("kappa_high", "number", "upper end", missing=True, high=1),
        Column("verdict", "string", "by alpha: reliable from .8, tentative from .667, or not", values=VERDICTS),
        Column("note", "string", "why something is undefined, or what to beware of", missing=True),
    ),
    key=("item", "coders"),
)
