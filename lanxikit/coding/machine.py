"""The machine's part of a sheet: what it decided of each pair, how sure it is, and why."""

from __future__ import annotations

import pandas as pd

from lanxikit.tables.refining import FACETS

FIRST = ("decision", "probability", "score")
PREFIX = "machine_"  # no name of this part may be taken for a question to the coder
NOT_EVIDENCE = ("upper_id", "lower_id", "rank", "decided_by")


def machine(pairs: pd.DataFrame, refinement: pd.DataFrame | None) -> pd.DataFrame:
    """Return the machine's part, a row a pair.

    Parameters
    ----------
    pairs : DataFrame
        Result of ``candidates``.
    refinement : DataFrame or None
        Result of ``lx.refine``.

    Returns
    -------
    DataFrame
        ``machine_decision``, ``machine_probability``, ``machine_score``; each component of
        the score; for each facet its evidence where it holds, 0 where it does not, blank
        where the pair was not described.
    """
    described = refinement if refinement is not None else pairs if set(FACETS) <= set(pairs.columns) else None
    facets = {name for facet in FACETS for name in (facet, f"{facet}_evidence")}
    known = [name for name in pairs.columns if name not in facets and name not in NOT_EVIDENCE]
    ordered = [*(name for name in FIRST if name in known), *(name for name in known if name not in FIRST)]
    part = pairs[ordered].reset_index(drop=True)
    if described is not None:
        found = {(row["upper_id"], row["lower_id"]): row for row in described.to_dict("records")}
        rows = [found.get(key) for key in zip(pairs["upper_id"], pairs["lower_id"], strict=True)]
        for facet in FACETS:
            part[facet] = [None if row is None else _facet(row, facet) for row in rows]
    return part.rename(columns=lambda name: f"{PREFIX}{name}").astype("object")


def _facet(row: dict, facet: str) -> object:
    if not row.get(facet):
        return 0
    evidence = row.get(f"{facet}_evidence")
    return evidence if isinstance(evidence, str) and evidence else 1
