"""Table of what becomes of the topics when the words or the units are taken otherwise."""

from lanxikit.tables.notes import note_columns
from lanxikit.tables.schema import Column, Table

CUTS = {
    "leaf": "a leaf with its heading",
    "sentence": "a sentence of a leaf, up to 。！？；",
    "section": "the leaves of a document under the same heading",
}
DROPPED = {
    "both": ("stop_words", "formula_words"),
    "stop_words": ("stop_words",),
    "formula_words": ("formula_words",),
    "none": (),
}

TOPIC_SENSITIVITY = Table(
    "topic_sensitivity",
    "A row a setting of dictionary, stop words and unit: how far its topics are from those of the reference.",
    (
        Column("dictionary", "string", "words added to the tokenizer's: all, terms, places, none; or a lexicon folder"),
        Column("stop_words", "string", "lists of words that are dropped", values=tuple(DROPPED)),
        Column("unit", "string", "; ".join(f"{name}: {about}" for name, about in CUTS.items()), values=tuple(CUTS)),
        Column("reference", "boolean", "whether the others are compared with this setting"),
        Column("n_units", "integer", "units that hold a word of the vocabulary", low=0),
        Column("n_terms", "integer", "words of the vocabulary", low=0),
        Column(
            "overlap",
            "number",
            "Jaccard overlap of the topics' ten top words with those of the matched topics of the reference, mean",
            missing=True,
            low=0,
            high=1,
        ),
        Column(
            "least", "number", "the same of the reference topic that is least found again", missing=True, low=0, high=1
        ),
        Column("least_label", "string", "its three heaviest words in the reference", missing=True),
        Column(
            "words_left",
            "number",
            "share of the reference's top words that are in the vocabulary",
            missing=True,
            low=0,
            high=1,
        ),
        Column(
            "agreement",
            "number",
            "adjusted Rand index of the leaves' heaviest topics with those of the reference; 0: as by chance",
            missing=True,
            low=-1,
            high=1,
        ),
        Column(
            "coherence", "number", "coherence of the ten top words, over leaves cut the same way, mean", missing=True
        ),
        Column(
            "stability", "number", "mean overlap with refits on nine tenths of the units", missing=True, low=0, high=1
        ),
        *note_columns("why the setting could not be fitted; missing where it was"),
    ),
    key=("dictionary", "stop_words", "unit"),
)
