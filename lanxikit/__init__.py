"""lanxikit: what becomes of a policy goal on its way down.

Read → segment → annotate → (topics | compare) → refine → plots. Every verb takes tidy
tables and returns one; every row leads back to the words it rests on.

    import lanxikit as lx
    corpus = lx.read_corpus("data/raw")
    units = lx.segment(corpus)

Nothing is loaded before it is used.
"""

from __future__ import annotations

from importlib import import_module

from lanxikit.errors import LanxiError

__version__ = "0.1.0"

_VERBS = {
    "read_corpus": "lanxikit.reading.corpus",
    "Corpus": "lanxikit.reading.corpus",
    "Limits": "lanxikit.reading.formats.limits",
    "lineage": "lanxikit.reading.lineage",
    "bases": "lanxikit.reading.lineage",
    "segment": "lanxikit.segmenting.segment",
    "responsibilities": "lanxikit.annotating.responsibilities",
    "targets": "lanxikit.annotating.targets",
    "deadlines": "lanxikit.annotating.deadlines",
    "places": "lanxikit.annotating.places",
    "projects": "lanxikit.annotating.projects",
    "commitment": "lanxikit.annotating.commitment",
    "instruments": "lanxikit.annotating.instruments",
    "findings": "lanxikit.annotating.findings",
    "explain": "lanxikit.annotating.explain",
    "lint": "lanxikit.evaluating.lint",
    "dfm": "lanxikit.textstats.features",
    "keyness": "lanxikit.textstats.keyness",
    "kwic": "lanxikit.textstats.kwic",
    "collocations": "lanxikit.textstats.collocations",
    "dispersion": "lanxikit.textstats.dispersion",
    "TopicModel": "lanxikit.topics.model",
    "choose_n_topics": "lanxikit.topics.choose",
    "compare_prevalence": "lanxikit.topics.contrast",
    "topic_sensitivity": "lanxikit.topics.sensitivity",
    "topic_words": "lanxikit.topics.reading",
    "exemplars": "lanxikit.topics.reading",
    "chapter_agreement": "lanxikit.topics.labels",
    "topic_chapters": "lanxikit.topics.labels",
    "topic_correlation": "lanxikit.topics.correlation",
    "compare": "lanxikit.comparing.compare",
    "nearest": "lanxikit.comparing.nearest",
    "align": "lanxikit.comparing.align",
    "reuse": "lanxikit.comparing.reuse",
    "refine": "lanxikit.refining.refine",
    "uptake": "lanxikit.refining.uptake",
    "headline": "lanxikit.inference.headline",
    "similarity_null": "lanxikit.inference.similarity_null",
    "intrusion_sheet": "lanxikit.coding.intrusion",
    "read_intrusion": "lanxikit.coding.intrusion_read",
    "intrusion_scores": "lanxikit.coding.intrusion_scores",
    "coding_sheet": "lanxikit.coding.sheet",
    "read_coding": "lanxikit.coding.read",
    "agreement": "lanxikit.coding.agreement",
    "apply_coding": "lanxikit.coding.apply",
    "process": "lanxikit.scale.process",
    "scan": "lanxikit.scale.scan",
    "load_table": "lanxikit.study.tables",
    "save_figure": "lanxikit.study.figures",
}

__all__ = ["LanxiError", "__version__", "plots", *_VERBS]


def __getattr__(name: str):
    if name == "plots":
        return import_module("lanxikit.plots")
    if name not in _VERBS:
        raise AttributeError(f"module 'lanxikit' has no attribute {name!r}")
    value = getattr(import_module(_VERBS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
