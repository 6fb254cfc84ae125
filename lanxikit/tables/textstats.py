"""Tables of corpus statistics."""

from __future__ import annotations

from lanxikit.tables.notes import note_columns
from lanxikit.tables.schema import Column, Table

_TERM = Column("term", "string", "word, in the dictionary's spelling")
_NOTES = note_columns("what to mind about this row")

FEATURES = Table(
    "features",
    "A row a unit (or group of units) and word that it holds: the document-feature table in long form.",
    (
        Column("unit_id", "string", "unit, or the name of a group of units"),
        _TERM,
        Column("value", "number", "count, or the weight asked for; words that a unit lacks have no row"),
    ),
    key=("unit_id", "term"),
)

KEYNESS = Table(
    "keyness",
    "A row a word: how much more common it is in the target units than in the reference units.",
    (
        _TERM,
        Column("target_count", "integer", "occurrences in the target units", low=0),
        Column("reference_count", "integer", "occurrences in the reference units", low=0),
        Column("target_words", "integer", "all words of the target units that were counted", low=1),
        Column("reference_words", "integer", "all words of the reference units that were counted", low=1),
        Column("target_expected", "number", "occurrences in the target units if both used the word alike", low=0),
        Column("reference_expected", "number", "the same for the reference units", low=0),
        Column("target_rate", "number", "occurrences per 1,000 words of the target units", low=0),
        Column("reference_rate", "number", "occurrences per 1,000 words of the reference units", low=0),
        Column("g2", "number", "log-likelihood G², of either direction", low=0),
        Column("log_ratio", "number", "log₂ of target rate ÷ reference rate; a count of 0 taken as 0.5"),
        Column("log_ratio_low", "number", "lower end of its bootstrap interval over units", missing=True),
        Column("log_ratio_high", "number", "upper end of that interval", missing=True),
        Column("percent_diff", "number", "%DIFF: (target rate − reference rate) ÷ reference rate × 100", missing=True),
        Column("target_units", "integer", "target units that hold the word", low=0),
        Column("reference_units", "integer", "reference units that hold it", low=0),
        Column("target_documents", "integer", "documents in whose target units it stands", low=0),
        Column("reference_documents", "integer", "documents in whose reference units it stands", low=0),
        *_NOTES,
    ),
    key=("term",),
)

KWIC = Table(
    "kwic",
    "A row an occurrence: the key word with what stands before and after it.",
    (
        Column("doc_id", "string", "document"),
        Column("unit_id", "string", "unit"),
        Column("field", "string", "where in the unit it stands", values=("heading", "text")),
        Column("start", "integer", "where it starts in the decoded file, characters", low=0),
        Column("end", "integer", "where it ends there, exclusive", low=0),
        Column("before", "string", "the characters before it in heading or text"),
        Column("keyword", "string", "the words found, as they read in heading or text"),
        Column("after", "string", "the characters after it"),
        Column("pattern", "string", "the pattern that found it"),
    ),
    key=("unit_id", "field", "start", "end", "pattern"),
    links=(("unit_id", "units", "unit_id"), ("doc_id", "documents", "doc_id")),
)

COLLOCATIONS = Table(
    "collocations",
    "A row two words: how much more often the one follows the other within a clause than by chance.",
    (
        Column("first", "string", "the word that stands first"),
        Column("second", "string", "the word that follows within the window"),
        Column("count", "integer", "how often it does", low=1),
        Column("first_count", "integer", "pairs in a window of which the first is the first", low=1),
        Column("second_count", "integer", "pairs in a window of which the second is the second", low=1),
        Column("n_pairs", "integer", "all pairs of words in a window", low=1),
        Column("expected", "number", "count if the words did not care for one another", low=0),
        Column("g2", "number", "log-likelihood G²", low=0),
        Column("npmi", "number", "normalized pointwise mutual information", low=-1, high=1),
        Column("n_units", "integer", "units that hold the pair", low=1),
        Column("n_documents", "integer", "documents that hold it", low=1),
    ),
    key=("first", "second"),
)

DISPERSION = Table(
    "dispersion",
    "A row a word: how evenly it is spread over the parts of the corpus.",
    (
        _TERM,
        Column("count", "integer", "occurrences", low=0),
        Column("rate", "number", "occurrences per 1,000 words", low=0),
        Column("n_units", "integer", "units that hold it", low=0),
        Column("n_documents", "integer", "documents that hold it (the range)", low=0),
        Column("n_parts_with", "integer", "parts that hold it", low=0),
        Column("n_parts", "integer", "all parts with at least one word", low=0),
        Column("dp", "number", "Gries' DP: 0 even, towards 1 all in one small part", missing=True, low=0, high=1),
        Column("dp_norm", "number", "DP ÷ the largest it can be with these parts", missing=True, low=0, high=1),
        Column("juilland_d", "number", "Juilland's D: 1 even, 0 all in one part", missing=True, low=0, high=1),
        *_NOTES,
    ),
    key=("term",),
)
