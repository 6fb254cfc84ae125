"""The figures, a function each: ``lx.plots.<name>(data, *, ax=None, lang="en", ...) -> Axes``.

Compute first, draw then. ``lx.plots.<name>_data(tables …)`` makes the table of the plotted
numbers, ``lx.plots.<name>(data)`` draws it and nothing else; nothing is saved or shown.

    data = lx.plots.timeline_data(documents, lineage)
    ax = lx.plots.timeline(data)
    lx.save_figure(ax, "timeline", data)
"""

from __future__ import annotations

from importlib import import_module

# The modules are private so that none of them hides the function of the same name.
_MODULES = {
    "timeline": "_timeline",
    "clause_structure": "_clauses",
    "duty_network": "_duties",
    "targets_by_level": "_targets",
    "target_ladder": "_ladder",
    "prevalence_difference": "_difference",
    "topic_sensitivity": "_sensitivity",
    "topic_words": "_words",
    "topic_chapters": "_chapters",
    "topic_correlation": "_correlation",
    "keyness": "_keyness",
    "collocations": "_collocations",
    "lexical_dispersion": "_barcode",
    "common_words": "_common",
    "topic_prevalence": "_prevalence",
    "topic_terms": "_terms",
    "choose_n_topics": "_choice",
    "similarity_matrix": "_similarity",
    "alignment": "_alignment",
    "refinement_matrix": "_refinement",
    "refinement_modes": "_modes",
    "uptake_flow": "_flow",
    "headline": "_headline",
}
_FUNCTIONS = {
    name + suffix: f"lanxikit.plots.{module}" for name, module in _MODULES.items() for suffix in ("", "_data")
}

__all__ = list(_FUNCTIONS)


def __getattr__(name: str):
    if name not in _FUNCTIONS:
        raise AttributeError(f"module 'lanxikit.plots' has no attribute {name!r}")
    value = getattr(import_module(_FUNCTIONS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
