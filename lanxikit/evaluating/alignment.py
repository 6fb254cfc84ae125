"""Alignment and refinement against gold: right goal first, links, facets."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from lanxikit.evaluating.gold import Gold, document
from lanxikit.evaluating.scores import Counts

# Mode of the gold → facet of lx.refine. ``narrow`` is left out: the two readings do not agree on it.
FACETS = {
    "copy": "copied",
    "localise": "localised",
    "quantify": "quantified",
    "schedule": "time_bound",
    "extend": "extended",
    "weaken": "weakened",
}


def right_first(scores: pd.DataFrame, gold: Gold) -> dict[str, tuple[int, int]]:
    """Count the lower units whose best-scored upper unit is one the first reading calls strong.

    Returns
    -------
    dict
        document: (right, units that have a strong upper unit).
    """
    strong = gold.alignment[gold.alignment["relation_first_reading"] == "strong"]
    wanted = strong.groupby("lower_unit")["upper_unit"].agg(set)
    best = scores[scores["rank"] == 1].set_index("lower_id")["upper_id"].to_dict()
    counts = defaultdict(lambda: [0, 0])
    for lower, uppers in wanted.items():
        counts[document(lower)][0] += best.get(lower) in uppers
        counts[document(lower)][1] += 1
    return {doc: tuple(pair) for doc, pair in counts.items()}


def link_counts(links: pd.DataFrame, gold: Gold) -> dict[str, Counts]:
    """Count links (decision ``link``) per document; a pair strong in one reading only counts neither way."""
    table = gold.alignment
    first = table["relation_first_reading"] == "strong"
    second = table["relation_second_reading"] == "strong"
    pairs = list(zip(table["lower_unit"], table["upper_unit"], strict=True))
    both = {pair for pair, a, b in zip(pairs, first, second, strict=True) if a and b}
    split = {pair for pair, a, b in zip(pairs, first, second, strict=True) if a != b}
    scored = set(table["lower_unit"])
    linked = links[links["decision"] == "link"]
    given = {pair for pair in zip(linked["lower_id"], linked["upper_id"], strict=True) if pair[0] in scored} - split
    found, expected = defaultdict(set), defaultdict(set)
    for pair in given:
        found[document(pair[0])].add(pair)
    for pair in both:
        expected[document(pair[0])].add(pair)
    return {doc: Counts.of(found[doc], expected[doc]) for doc in sorted(set(found) | set(expected))}


def facet_counts(refinement: pd.DataFrame, gold: Gold) -> dict[str, Counts]:
    """Count each facet on the gold pairs that are in ``refinement`` and on which both readings agree."""
    rows = refinement.set_index(["lower_id", "upper_id"])
    counts = {}
    for mode, facet in FACETS.items():
        found, expected = set(), set()
        for pair in gold.refinement_modes.itertuples():
            name = (pair.lower_unit, pair.upper_unit)
            first, second = mode in pair.modes_first_reading.split(), mode in pair.modes_second_reading.split()
            if first != second or name not in rows.index:
                continue
            if first:
                expected.add(name)
            if bool(rows.loc[name, facet]):
                found.add(name)
        counts[facet] = Counts.of(found, expected)
    return counts
