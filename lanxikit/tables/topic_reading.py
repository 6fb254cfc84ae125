"""Tables that help to read topics: their words, their units, their chapters, and what people found in them."""

from __future__ import annotations

from lanxikit.tables.notes import note_columns
from lanxikit.tables.schema import Column, Table
from lanxikit.tables.segmenting import UNITS
from lanxikit.tables.topics import TOPICS

MEASURES = ("weight", "relevance", "frex")
TASKS = ("word", "topic")
_TOPIC, _LABEL, _STABILITY = TOPICS["topic"], TOPICS["label"], TOPICS["stability"]


def _share(name: str, about: str, *, missing: bool = False) -> Column:
    return Column(name, "number", about, missing=missing, low=0, high=1)


TOPIC_WORDS = Table(
    "topic_words",
    "A row a topic, measure and term: the best terms of each topic by three measures.",
    (
        _TOPIC,
        Column("measure", "string", "by what the terms are ranked", values=MEASURES),
        Column("rank", "integer", "1 for the best term", low=1),
        Column("term", "string", "word, in the dictionary's spelling"),
        Column("score", "number", "value of the measure: weight 0 to 1, relevance a log, frex 0 to 1"),
        _share("weight", "share of the topic's whole term weight"),
        _share("exclusivity", "share of the term's weight, all topics weighing alike, that lies in this topic"),
        Column("n_units", "integer", "units that hold the term", low=0),
        _LABEL,
        _STABILITY,
    ),
    key=("topic", "measure", "term"),
)

EXEMPLARS = Table(
    "exemplars",
    "A row a topic and unit: the units in which a topic weighs most.",
    (
        _TOPIC,
        _LABEL,
        Column("rank", "integer", "1 for the unit with the largest share", low=1),
        _share("share", "share of the topic in the unit"),
        *(UNITS[name] for name in ("doc_id", "unit_id", "path", "heading", "text", "start", "end")),
        Column("n_words", "integer", "words of the unit that the model knows", low=0),
        _STABILITY,
    ),
    key=("topic", "unit_id"),
    links=(("doc_id", "documents", "doc_id"), ("unit_id", "units", "unit_id")),
)

CHAPTER_AGREEMENT = Table(
    "chapter_agreement",
    "A row a document: how far the units' heaviest topics agree with the document's own chapters.",
    (
        UNITS["doc_id"],
        Column("n_units", "integer", "units compared: with a chapter, and a word that the model knows", low=0),
        Column("n_left_out", "integer", "leaves without chapter or known word", low=0),
        Column("n_chapters", "integer", "chapters of these units", low=0),
        Column("n_topics", "integer", "topics that are the heaviest of one of them", low=0),
        _share("nmi", "normalised mutual information, 1 where each tells the other", missing=True),
        _share("nmi_low", "lower end of its bootstrap interval over units", missing=True),
        _share("nmi_high", "upper end", missing=True),
        _share("nmi_chance", "mean where the chapters are shuffled over the units: the floor to compare with",
               missing=True),
        Column("ari", "number", "adjusted Rand index, 0 what chance gives", missing=True, low=-1, high=1),
        Column("ari_low", "number", "lower end of its bootstrap interval over units", missing=True, low=-1, high=1),
        Column("ari_high", "number", "upper end", missing=True, low=-1, high=1),
        *note_columns("why a number is missing"),
        Column("stability", "number", "of the model: the mean of its topics'", missing=True, low=0, high=1),
    ),
    key=("doc_id",),
    links=(("doc_id", "documents", "doc_id"),),
)

TOPIC_CHAPTERS = Table(
    "topic_chapters",
    "A row a document, topic and chapter in which the topic is the heaviest of a unit.",
    (
        UNITS["doc_id"],
        _TOPIC,
        _LABEL,
        Column("chapter", "string", "outermost heading, as written"),
        Column("n", "integer", "units of the chapter whose heaviest topic it is", low=1),
        Column("n_topic", "integer", "units of the document whose heaviest topic it is", low=1),
        Column("n_chapter", "integer", "units of the chapter", low=1),
        _share("share_of_topic", "n by n_topic"),
        _share("share_of_chapter", "n by n_chapter"),
        Column("is_best", "boolean", "whether it is the topic's best-matching chapter in this document"),
        Column("suggested", "string", "that chapter without its ordinal: a label for the topic; only in its row",
               missing=True),
        _share("low", "lower end of the Wilson interval of share_of_topic; only in the best row", missing=True),
        _share("high", "upper end", missing=True),
        _STABILITY,
    ),
    key=("doc_id", "topic", "chapter"),
    links=(("doc_id", "documents", "doc_id"),),
)

TOPIC_CORRELATION = Table(
    "topic_correlation",
    "A row a pair of topics: whether units that hold the one hold the other.",
    (
        _TOPIC,
        Column("other", "integer", "number of the other topic, always the greater", low=2),
        Column("correlation", "number", "of the centred log-ratios of their shares over units", missing=True,
               low=-1, high=1),
        Column("low", "number", "lower end of the bootstrap interval over units within documents", missing=True,
               low=-1, high=1),
        Column("high", "number", "upper end", missing=True, low=-1, high=1),
        Column("unrelated", "number", "what the same shares give where topics are dealt to units independently",
               missing=True, low=-1, high=1),
        Column("n_units", "integer", "units that hold a word that the model knows", low=0),
        _LABEL,
        Column("other_label", "string", "label of the other topic"),
        Column("stability", "number", "of the less stable of both topics", missing=True, low=0, high=1),
    ),
    key=("topic", "other"),
)

INTRUSION_ANSWERS = Table(
    "intrusion_answers",
    "A row a question that a rater answered: which of the words, or of the topics, does not belong.",
    (
        Column("rater", "string", "who answered"),
        Column("item", "string", "number of the question"),
        Column("task", "string", "word: of a topic's words; topic: of the topics of a unit", values=TASKS),
        Column("topic", "integer", "topic asked about: whose words are shown, or the heaviest of the unit", low=1),
        Column("label", "string", "its label"),
        Column("unit_id", "string", "unit shown", missing=True),
        Column("chosen", "string", "what the rater took for the intruder"),
        Column("intruder", "string", "what it was"),
        Column("found", "boolean", "whether these are the same"),
        Column("slot", "integer", "place of the chosen one among the options, in the key's order, from 1", low=1),
        Column("n_options", "integer", "options offered", low=2),
        Column("source", "string", "file and row of the answer"),
    ),
    key=("rater", "item"),
)

INTRUSION_SCORES = Table(
    "intrusion_scores",
    "A row a task and topic, and one a task over all topics: the share of intruders that people found.",
    (
        Column("task", "string", "word or topic", values=TASKS),
        Column("topic", "integer", "topic asked about; missing: all of them", missing=True),
        Column("label", "string", "its label", missing=True),
        Column("n_items", "integer", "questions answered", low=1),
        Column("n_raters", "integer", "people who answered", low=1),
        Column("n_answers", "integer", "answers", low=1),
        _share("found", "share of the answers that name the intruder (model precision)"),
        _share("low", "lower end of its Wilson interval for the effective number of answers"),
        _share("high", "upper end"),
        Column("n_effective", "number", "answers, discounted for being about the same questions", low=0),
        _share("chance", "share that guessing finds"),
        Column("percent", "number", "percent of answers to a question, taken two by two, that agree", missing=True,
               low=0, high=100),
        Column("alpha", "number", "Krippendorff's alpha of the raters, nominal; missing where undefined", missing=True,
               high=1),
    ),
    key=("task", "topic"),
)
