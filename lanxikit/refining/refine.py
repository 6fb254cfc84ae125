"""Describe how each linked lower leaf changes what the upper leaf says."""

from __future__ import annotations

import os
import sys

import pandas as pd

from lanxikit.comparing.evidence import annotation
from lanxikit.comparing.grams import Weights, formula, grams
from lanxikit.comparing.pairs import linked_leaves
from lanxikit.comparing.reuse import reuse
from lanxikit.comparing.sides import both, hanging, prose
from lanxikit.messages import tr
from lanxikit.refining.counterparts import Profile, counterparts
from lanxikit.refining.leaf import Leaf, by_unit
from lanxikit.refining.names import names
from lanxikit.refining.numbers import numbers
from lanxikit.refining.pair import Pair
from lanxikit.refining.strength import strength
from lanxikit.refining.wording import wording
from lanxikit.tables import check
from lanxikit.tables.refining import FACETS, FIRED, REFINEMENT
from lanxikit.tables.usable import need
from lanxikit.tables.usable import numbers as read_numbers

SPAN = ("upper_start", "upper_end", "lower_start", "lower_end", "n_chars")
NEEDED = {
    "responsibilities": ("start", "end", "role", "agency", "level", "function"),
    "targets": ("start", "end", "indicator", "comparator", "value", "value_high", "unit"),
    "deadlines": ("start", "end", "deadline"),
    "places": ("start", "end", "adcode"),
    "projects": ("start", "end"),
    "commitment": ("start", "end", "strength"),
}


def refine(
    links: pd.DataFrame,
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    *,
    responsibilities: pd.DataFrame | None = None,
    targets: pd.DataFrame | None = None,
    deadlines: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    projects: pd.DataFrame | None = None,
    commitment: pd.DataFrame | None = None,
    spans: pd.DataFrame | None = None,
    lexicon: str | os.PathLike | None = None,
) -> pd.DataFrame:
    """Say, for each link, which of thirteen facets of refinement hold, and why.

    The facets do not exclude one another: a task may copy a clause, name a project and set
    a date. They are labels by rule; ``lanxikit evaluate`` prints how
    six of them agree with two readings by a language model.

    Parameters
    ----------
    links : DataFrame
        Result of ``lx.align``: ``upper_id, lower_id``; ``decision`` and ``probability``
        are carried over (without them every row counts as a link). ``unsure`` pairs are
        described too, so that the person who decides has the evidence before her.
    upper, lower : DataFrame
        The tables of ``lx.segment`` that were compared.
    responsibilities, targets, deadlines, places, projects, commitment : DataFrame, optional
        Results of the verbs of those names for the units of both sides.
    spans : DataFrame, optional
        Result of ``lx.reuse(upper, lower)``. What is not given is computed here.
    lexicon : path, optional
        Folder whose ``formula_words.tsv``, ``burden_words.tsv`` or ``helping_words.tsv``
        extend ours.

    Returns
    -------
    DataFrame
        A row a row of ``links``: ``upper_id, lower_id, decision, probability, decided_by``; a
        boolean column for each facet — ``copied, paraphrased, localised, quantified, tightened,
        loosened, time_bound, assigned, project_named, extended, narrowed, weakened,
        strengthened``, defined in ``lanxikit.tables.refining.FACETS`` — and, for each, a
        column ``<facet>_evidence``: words and characters of both files and the rule that fired,
        ``lower[123:140] 高新技术企业达到7家 [new number; not in upper[40:80]]``; missing where the
        facet does not hold.

    Raises
    ------
    TableError
        A link names a unit that is no leaf of its side, or a table lacks a column.

    Notes
    -----
    Numbers are set against each other only for the same indicator, unit of measure and
    jurisdiction: a city's 95 % is not stricter than a province's 90 %. ``narrowed`` is
    exploratory: two readings of these documents did not agree on it.

    Examples
    --------
    >>> import pandas as pd
    >>> from lanxikit.tables.refining import REFINEMENT
    >>> REFINEMENT.names()[5:10]
    ['copied', 'paraphrased', 'localised', 'quantified', 'tightened']
    """
    above, below = both(upper, lower)
    linked_leaves(links, above, below, "links")
    if links.empty:
        return check(REFINEMENT.empty(), REFINEMENT)
    given = {"responsibilities": responsibilities, "targets": targets, "deadlines": deadlines, "places": places,
             "projects": projects, "commitment": commitment}
    upper, lower = (hanging(side, set(links[name])) for side, name in ((upper, "upper_id"), (lower, "lower_id")))
    notes = by_unit({name: annotation(name, upper, lower, table, NEEDED[name]) for name, table in given.items()})
    spans = reuse(upper, lower) if spans is None else _spans(spans)
    taken = {key: list(rows.itertuples(index=False)) for key, rows in spans.groupby(["upper_id", "lower_id"])}
    leaves = {
        row.unit_id: Leaf.of(name, row, notes.get(row.unit_id, {}))
        for name, side in (("upper", above), ("lower", below))
        for row in side.itertuples(index=False)
    }
    texts = ["\n".join(prose(row)) for side in (above, below) for row in side.itertuples(index=False)]
    cut = formula(texts, [*above["doc_id"], *below["doc_id"]], lexicon=lexicon)
    weights = Weights(grams(text, cut) for text in texts)
    linked = dict.fromkeys([*links["upper_id"], *links["lower_id"]])
    profiles = {unit: Profile(leaves[unit], weights, cut) for unit in linked}
    rows = []
    for link in _patient(links):
        high, low = profiles[link.upper_id], profiles[link.lower_id]
        pair = Pair(leaves[link.upper_id], leaves[link.lower_id], taken.get((link.upper_id, link.lower_id), []),
                    counterparts(low, high), counterparts(high, low))
        rows.append({
            "upper_id": link.upper_id,
            "lower_id": link.lower_id,
            "decision": getattr(link, "decision", "link"),
            "probability": getattr(link, "probability", float("nan")),
            "decided_by": getattr(link, "decided_by", "machine"),
            **_facets(pair, lexicon),
        })
    return check(pd.DataFrame(rows), REFINEMENT)


def _patient(links: pd.DataFrame):
    """Go through the links, with a bar where that takes long."""
    from tqdm import tqdm

    rows = links.itertuples(index=False)
    said = tr("refinement", "细化")
    return tqdm(rows, desc=said, total=len(links), delay=2, file=sys.stderr, leave=False, disable=None)


def _facets(pair: Pair, lexicon) -> dict[str, object]:
    evidence = {**wording(pair), **numbers(pair, lexicon), **names(pair), **strength(pair, lexicon)}
    held = {name: bool(evidence[name]) for name in FACETS}
    return held | {f"{name}_evidence": _told(name, evidence[name], pair) for name in FACETS}


def _told(name: str, evidence: str | None, pair: Pair) -> str | None:
    """Add the rule that fired, and where the other side was searched in vain."""
    if not evidence:
        return None
    absent = next((leaf for leaf in (pair.upper, pair.lower) if f"{leaf.side}[" not in evidence), None)
    return f"{evidence} [{FIRED[name]}{f'; not in {absent.where()}' if absent else ''}]"


def _spans(given: pd.DataFrame) -> pd.DataFrame:
    """The passages given, their numbers as numbers."""
    todo = tr("Pass the result of lx.reuse(upper, lower).", "请传入 lx.reuse(upper, lower) 的结果。")
    need(given, ("upper_id", "lower_id", *SPAN, "similarity"), "spans", todo)
    places = {name: read_numbers(given, name, "spans", whole=True, todo=todo).astype("int64") for name in SPAN}
    return given.assign(**places)
