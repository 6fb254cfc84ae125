"""What each headline number is made of: two whole numbers for every unit that is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lanxikit.inference.material import Material
from lanxikit.tables.inference import PARTS


@dataclass(frozen=True)
class Sample:
    """One measure of one document.

    ``top`` and ``bottom`` belong to the units drawn, ``strata`` names their documents; ``unit``
    is what they are; ``share``, whether single cases of 0 or 1 are counted.
    """

    measure: str
    unit: str
    top: np.ndarray
    bottom: np.ndarray
    strata: np.ndarray
    share: bool = True
    notes: Sequence[str] = field(default=())


def samples(material: Material, doc: str) -> Iterator[Sample]:
    """Yield the samples of one lower document, a sample a measure, in the order of the table."""
    leaves, links, doubtful = material.below(doc), material.links(doc), material.doubtful(doc)
    yield _coverage(material, doc, links, doubtful)
    yield _novelty(material, doc, leaves, links, doubtful)
    yield from _specification(material, links)
    yield _reuse(material, leaves)
    yield _shift(links)


def _coverage(material: Material, doc: str, links: pd.DataFrame, doubtful: pd.DataFrame) -> Sample:
    goals, notes = material.above, []
    if material.outcomes is None:
        notes.append("whether a goal applies was not looked at: give uptake")
    else:
        status = material.outcomes.get(doc)
        if status is None:
            notes.append("uptake says nothing of this document: every goal counts as applicable")
        else:
            away = goals["unit_id"].map(status).eq("not_applicable") & ~goals["unit_id"].isin(links["upper_id"])
            goals = goals[~away]
            notes += [f"{away.sum()} goals concern other places and are left out"] if away.any() else []
        if doc in material.relations:
            notes.append(f"the document {material.relations[doc]}: the same matter, not uptake")
    linked = goals["unit_id"].isin(links["upper_id"]).to_numpy()
    unsure = goals["unit_id"].isin(doubtful["upper_id"]).to_numpy() & ~linked
    if unsure.any():
        notes.append(f"{unsure.sum()} goals have unsure pairs only and count as not covered")
    notes += _by_coders(links) + _statuses(goals, material.coded.get(doc, ()), "goals")
    if goals.empty:
        notes = ["no applicable upper goal"]
    return Sample("coverage", "upper leaf", *_cases(linked), goals["doc_id"].to_numpy(), notes=notes)


def _novelty(
    material: Material, doc: str, leaves: pd.DataFrame, links: pd.DataFrame, doubtful: pd.DataFrame
) -> Sample:
    notes = []
    if material.above.empty:
        leaves, notes = leaves.iloc[:0], ["no upper leaf: nothing that a leaf could come from"]
    elif leaves.empty:
        notes = ["the document has no leaf"]
    linked, unsure = (leaves["unit_id"].isin(pairs["lower_id"]).to_numpy() for pairs in (links, doubtful))
    if (unsure & ~linked).any():
        only, most = (unsure & ~linked).sum(), (~linked).mean()
        notes.append(f"{only} leaves have unsure pairs only and count as not new; with them {most:.2f}")
    notes += _by_coders(links) + _statuses(leaves, material.coded.get(doc, ()), "leaves")
    return Sample("novelty", "lower leaf", *_cases(~linked & ~unsure), leaves["doc_id"].to_numpy(), notes=notes)


def _specification(material: Material, links: pd.DataFrame) -> Iterator[Sample]:
    if not material.facets:
        links, notes = links.iloc[:0], ["the facets are not known: give the result of lx.refine, not of lx.align"]
        held = pd.DataFrame(columns=list(PARTS), dtype=bool)
    else:
        held, notes = links[list(PARTS)].astype(bool), ["no link"] if links.empty else []
    held = held.assign(specification_gain=held.any(axis=1))
    notes += _by_coders(links)
    for name in ("specification_gain", *PARTS):
        facets = _facets_by_coders(links, list(PARTS) if name == "specification_gain" else [name])
        yield _by_leaf(name, links["lower_id"], held[name].to_numpy(dtype=int), notes + facets)


def _reuse(material: Material, leaves: pd.DataFrame) -> Sample:
    written = [material.written.get(unit, (0, 0)) for unit in leaves["unit_id"]]
    taken, length = np.array(written, dtype=np.int64).reshape(-1, 2).T
    kept = length > 0
    notes = [] if kept.any() else ["the document has no leaf with text"]
    if kept.any() and not kept.all():
        notes.append(f"{(~kept).sum()} leaves without text are left out")
    doc = leaves["doc_id"].to_numpy()[kept]
    return Sample("reuse_share", "lower leaf", taken[kept], length[kept], doc, share=False, notes=notes)


def _shift(links: pd.DataFrame) -> Sample:
    known = links["step"].notna().to_numpy()
    notes = []
    if links.empty:
        notes = ["no link"]
    elif not known.all():
        notes = [f"{(~known).sum()} of {len(links)} links left out: a side has no verb of commitment"]
    notes += _by_coders(links[known])
    steps = links["step"][known].to_numpy(dtype=int)
    return _by_leaf("commitment_shift", links["lower_id"][known], steps, notes, share=False)


def _by_leaf(measure: str, lower: pd.Series, values: np.ndarray, notes: list[str], *, share: bool = True) -> Sample:
    """Gather the links of each lower leaf: they stand or fall together when the leaf is drawn."""
    table = pd.DataFrame({"unit": lower.to_numpy(), "top": values, "bottom": 1}).groupby("unit").sum()
    strata = np.zeros(len(table), dtype=int)
    top, bottom = table["top"].to_numpy(dtype=np.int64), table["bottom"].to_numpy(dtype=np.int64)
    return Sample(measure, "linked lower leaf", top, bottom, strata, share=share, notes=notes)


def _by_coders(links: pd.DataFrame) -> list[str]:
    coded = (links["decided_by"].astype("str") == "coders").sum() if "decided_by" in links else 0
    return [f"{coded} of {len(links)} links decided by coders"] if coded else []


def _facets_by_coders(links: pd.DataFrame, names: list[str]) -> list[str]:
    cells = links.get("coded_facets", ())
    coded = sum(isinstance(cell, (tuple, list)) and not set(names).isdisjoint(cell) for cell in cells)
    return [f"facets of {coded} of {len(links)} links decided by coders"] if coded else []


def _statuses(leaves: pd.DataFrame, coded: Iterable[str], what: str) -> list[str]:
    count = leaves["unit_id"].isin(list(coded)).sum()
    return [f"status of {count} of {len(leaves)} {what} decided by coders"] if count else []


def _cases(held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return held.astype(np.int64), np.ones(len(held), dtype=np.int64)
