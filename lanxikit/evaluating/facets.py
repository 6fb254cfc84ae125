"""The facets of refinement against gold."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lanxikit.evaluating.gold import Gold
from lanxikit.evaluating.tally import Tally, counted, f1, macro_f1

# Mode of the gold → facet of lx.refine. ``narrow`` is left out: the two readings do not agree on it.
FACETS = {
    "copy": "copied",
    "localise": "localised",
    "quantify": "quantified",
    "schedule": "time_bound",
    "extend": "extended",
    "weaken": "weakened",
}
ALL = "macro"


def facet_tallies(refinement: pd.DataFrame, gold: Gold) -> dict[str, tuple[Tally, Tally]]:
    """Tally each facet on the gold pairs that are in ``refinement`` and on which both readings agree.

    Returns
    -------
    dict
        facet, and ``macro`` for the mean of all: the tally, and that of always saying yes, which any rule must beat.
    """
    rows = refinement.set_index(["lower_id", "upper_id"])
    pairs = [
        ((row.lower_unit, row.upper_unit), row.modes_first_reading.split(), row.modes_second_reading.split())
        for row in gold.refinement_modes.itertuples()
        if (row.lower_unit, row.upper_unit) in rows.index
    ]
    leaves = sorted({name[0] for name, _, _ in pairs})
    ours, always = {}, {}
    for mode, facet in FACETS.items():
        told = set(rows.index[rows[facet].fillna(False).astype(bool)])
        agreed = {name: mode in first for name, first, second in pairs if (mode in first) == (mode in second)}
        expected = {name for name, yes in agreed.items() if yes}
        ours[facet] = counted(leaves, told & set(agreed), expected)
        always[facet] = counted(leaves, set(agreed), expected)
    found = {facet: (Tally(leaves, ours[facet], f1), Tally(leaves, always[facet], f1)) for facet in FACETS.values()}
    return found | {
        ALL: tuple(Tally(leaves, np.hstack(list(kind.values())), macro_f1, whole=False) for kind in (ours, always))
    }
