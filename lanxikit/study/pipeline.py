"""The stages of a study, in order: which tables each one reads, which it writes, and the call in between.

A stage is a pure function of files: it reads documents or written (rounded) tables and
returns tables. It knows nothing of where they are stored or whether it has run before.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import lanxikit as lx
from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.study.config import Study

if TYPE_CHECKING:
    import pandas as pd

    Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Stage:
    """One step of the study.

    Parameters
    ----------
    name : str
    run : callable
        Takes the study and the tables read; returns the tables written, by name.
    reads, writes : tuple of str
        Names of tables.
    rooms : tuple of str
        The packages of lanxikit that do the work: a change in them makes the stage run again.
    sections : tuple of str
        Sections of ``study.toml`` that the stage heeds.
    from_raw : bool
        Whether it reads the documents themselves.
    compares : bool
        Whether it needs an upper and a lower document named.
    """

    name: str
    run: Callable[[Study, Tables], Tables]
    writes: tuple[str, ...]
    reads: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    from_raw: bool = False
    compares: bool = False


def read(study: Study, _: Tables) -> Tables:
    """Documents and what they say of one another."""
    corpus = _call(study, "read_corpus", study.raw)
    return {"documents": corpus.documents} | {name: _call(study, name, corpus) for name in ("bases", "lineage")}


def segment(study: Study, _: Tables) -> Tables:
    """Every piece of every document."""
    return {"units": _call(study, "segment", _call(study, "read_corpus", study.raw))}


def annotate(study: Study, tables: Tables) -> Tables:
    """Duties, targets, dates, places, projects, strength of verbs and instruments."""
    return {name: _call(study, name, tables["units"]) for name in ANNOTATIONS}


def topics(study: Study, tables: Tables) -> Tables:
    """Topics, how much of each unit they take up, their shares by group, and what helps to read them."""
    from lanxikit.tables import table

    units = tables["units"]
    model = lx.TopicModel(**options(study, "topics", lx.TopicModel)).fit(units)
    by = {"by": ["level", "year"]} | options(study, "prevalence", model.prevalence_by, extra=("by",))
    duties = {"responsibilities": tables["responsibilities"]}
    related = model.n_topics >= CORRELATED
    return {
        "topics": model.topics_,
        "topic_weights": model.weights(units),
        "topic_quality": model.quality_,
        "topic_prevalence": model.prevalence_by(units, **by, **duties),
        "topic_correlation": lx.topic_correlation(model, units) if related else table("topic_correlation").empty(),
    } | {name: _call(study, name, model, units) for name in READING}


def choose(study: Study, tables: Tables) -> Tables:
    """How coherent and stable each number of topics is, for each method asked for."""
    import pandas as pd

    asked = {name: value for name, value in options(study, "topics", lx.TopicModel).items() if name not in VARIED}
    own = asked.pop("method", "nmf")
    asked |= options(study, "choose_n_topics", lx.choose_n_topics, lx.TopicModel, extra=("methods",))
    methods = asked.pop("methods", [asked.pop("method", own)])
    parts = [lx.choose_n_topics(tables["units"], **asked, method=method) for method in methods]
    return {"topic_choice": pd.concat(parts, ignore_index=True)}


def sensitivity(study: Study, tables: Tables) -> Tables:
    """How far the topics rest on the dictionary, the stop words and what counts as one text."""
    asked = options(study, "topics", lx.TopicModel)
    asked |= options(study, "topic_sensitivity", lx.topic_sensitivity, lx.TopicModel)
    return {"topic_sensitivity": lx.topic_sensitivity(tables["units"], **asked)}


def compare(study: Study, tables: Tables) -> Tables:
    """Scores, links and passages taken over, from the upper document to the lower ones."""
    upper, lower = _sides(study, tables["units"])
    scores = _call(study, "compare", upper, lower, **_known(tables, "responsibilities", "places"))
    reuse = _call(study, "reuse", upper, lower, **_known(tables, "places"))
    return {"scores": scores, "links": _call(study, "align", scores), "reuse": reuse}


def refine(study: Study, tables: Tables) -> Tables:
    """What became of each goal on its way down."""
    upper, lower = _sides(study, tables["units"])
    known = _known(tables, "responsibilities", "targets", "deadlines", "places", "projects", "commitment")
    refinement = _call(study, "refine", tables["links"], upper, lower, spans=tables["reuse"], **known)
    return {
        "refinement": refinement,
        "uptake": _call(
            study, "uptake", refinement, upper, lower, tables["lineage"], **_known(tables, "places", "responsibilities")
        ),
    }


def infer(study: Study, tables: Tables) -> Tables:
    """How sure the headline numbers are, and whether the documents resemble the upper one more than by chance."""
    upper, lower = _sides(study, tables["units"])
    known = _known(tables, "uptake", "reuse", "commitment")
    return {
        "headline": _call(study, "headline", tables["refinement"], upper, lower, **known),
        "similarity_null": _call(
            study, "similarity_null", upper, lower, scores=tables["scores"], **_known(tables, "documents")
        ),
    }


ANNOTATIONS = ("responsibilities", "targets", "deadlines", "places", "projects", "commitment", "instruments")
"""Verbs of the annotating stage; each gives the table of its own name."""

READING = ("topic_words", "exemplars", "chapter_agreement", "topic_chapters")
"""Verbs that take the topic model and the units; each gives the table of its own name."""

TOPICS = ("topics", "topic_weights", "topic_quality", "topic_prevalence", "topic_correlation", *READING)
VARIED = ("n_topics", "random_state", "n_terms", "stability_repeats")
"""Options of the topic model that choosing the number of topics sets itself."""

CORRELATED = 3  # fewer topics have no correlation: two shares can only mirror each other

PIPELINE = (
    Stage("read", read, ("documents", "bases", "lineage"), (), ("reading",),
          ("read_corpus", "bases", "lineage"), from_raw=True),
    Stage("segment", segment, ("units",), ("documents",), ("reading", "segmenting"),
          ("read_corpus", "segment"), from_raw=True),
    Stage("annotate", annotate, ANNOTATIONS, ("units",), ("annotating",), ANNOTATIONS),
    Stage("topics", topics, TOPICS, ("units", "responsibilities"), ("topics",), ("topics", "prevalence", *READING)),
    Stage("choose", choose, ("topic_choice",), ("units",), ("topics",), ("topics", "choose_n_topics")),
    Stage("sensitivity", sensitivity, ("topic_sensitivity",), ("units",), ("topics",),
          ("topics", "topic_sensitivity")),
    Stage("compare", compare, ("scores", "links", "reuse"), ("units", "responsibilities", "places"),
          ("comparing",), ("compare", "align", "reuse"), compares=True),
    Stage("refine", refine, ("refinement", "uptake"), ("units", "lineage", "links", "reuse", *ANNOTATIONS),
          ("refining",), ("refine", "uptake"), compares=True),
    Stage("infer", infer, ("headline", "similarity_null"),
          ("documents", "units", "scores", "reuse", "refinement", "uptake", "commitment"),
          ("inference",), ("headline", "similarity_null"), compares=True),
)  # fmt: skip


def stages(study: Study, pipeline: tuple[Stage, ...] = PIPELINE) -> tuple[Stage, ...]:
    """Return the stages that this study asks for: without documents to compare, nothing is compared."""
    return tuple(stage for stage in pipeline if study.upper or not stage.compares)


def _call(study: Study, name: str, *given: object, **known: object) -> object:
    """Call a verb with the options that ``study.toml`` sets for it."""
    verb = getattr(lx, name)
    return verb(*given, **options(study, name, verb), **known)


def options(study: Study, name: str, *verbs: Callable, extra: tuple[str, ...] = ()) -> dict[str, object]:
    """Return the options that ``study.toml`` sets in a section, checked against those that the verbs have."""
    found = [one for verb in verbs for one in inspect.signature(verb).parameters.values()]
    accepted = [*extra, *(one.name for one in found if one.default is not one.empty)]
    asked = dict(study.options.get(name, {}))
    unknown = [option for option in asked if option not in accepted]
    if unknown:
        raise StudyError(
            tr(f"The section {name} has no option {unknown[0]!r}.", f"{name} 一节没有选项 {unknown[0]!r}。"),
            where=f"{study.file}: [{name}]",
            todo=tr(f"It has: {', '.join(accepted)}.", f"可用的有：{'、'.join(accepted)}。"),
        )
    if study.lexicon and "lexicon" in accepted:
        asked.setdefault("lexicon", study.lexicon)
    return asked


def _known(tables: Tables, *names: str) -> Tables:
    return {name: tables[name] for name in names}


def _sides(study: Study, units: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    present = set(units["doc_id"])
    absent = [name for name in (study.upper, *study.lower) if name not in present]
    if absent:
        raise StudyError(
            tr("The settings name documents that are not in data/raw: ", "设置中写明的文件不在 data/raw 中：")
            + ", ".join(map(str, absent)),
            where=f"{study.file}: [documents]",
            todo=tr(f"There are: {', '.join(sorted(present))}.", f"现有：{'、'.join(sorted(present))}。"),
        )
    return units[units["doc_id"] == study.upper], units[units["doc_id"].isin(study.lower)]
