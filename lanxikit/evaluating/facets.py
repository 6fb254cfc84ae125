"""The facets of refinement against gold."""

from __future__ import annotations

import pandas as pd

from lanxikit.evaluating.gold import Gold
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


def facet_counts(refinement: pd.DataFrame, gold: Gold) -> dict[str, tuple[Counts, Counts]]:
    """Count each facet on the gold pairs that are in ``refinement`` and on which both readings agree.

    Returns
    -------
    dict
        facet: the counts, and those of always saying yes, which any rule must beat.
    """
    rows = refinement.set_index(["lower_id", "upper_id"])
    counts = {}
    for mode, facet in FACETS.items():
        found, expected, every = set(), set(), set()
        for pair in gold.refinement_modes.itertuples():
            name = (pair.lower_unit, pair.upper_unit)
            first, second = mode in pair.modes_first_reading.split(), mode in pair.modes_second_reading.split()
            if first != second or name not in rows.index:
                continue
            every.add(name)
            if first:
                expected.add(name)
            if bool(rows.loc[name, facet]):
                found.add(name)
        counts[facet] = Counts.of(found, expected), Counts.of(every, expected)
    return counts
