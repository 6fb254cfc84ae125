"""The tables that headline numbers are made of, checked and brought together once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from lanxikit.comparing.evidence import annotation
from lanxikit.comparing.pairs import linked_leaves
from lanxikit.comparing.reuse import reuse as reused_passages
from lanxikit.comparing.sides import both, hanging
from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.tables.inference import PARTS
from lanxikit.tables.refining import STATUSES
from lanxikit.tables.usable import flags, need, numbers
from lanxikit.text.pieces import decode

REST = {
    "cites": "cites the upper one but does not rest on it",
    "sibling": "rests on a third one, as the upper one does",
    "predates": "is older than the upper one",
    "unrelated": "does not rest on the upper one",
}


@dataclass(frozen=True)
class Material:
    """What the measures are taken from.

    ``above``: the upper leaves; ``below``, ``links``, ``doubtful``: give a lower document's leaves and
    its pairs decided link and unsure, the links with the ``step`` from the upper leaf's strongest verb
    to the lower one's; ``facets``: whether pairs have them; ``outcomes``: for each document the
    status of each upper leaf, or None; ``coded``: for each document its upper and added leaves whose
    status coders decided; ``relations``: in words, of documents that do not descend;
    ``written``: for each lower leaf its reused characters and all its characters.
    """

    above: pd.DataFrame
    below: Callable[[str], pd.DataFrame]
    links: Callable[[str], pd.DataFrame]
    doubtful: Callable[[str], pd.DataFrame]
    facets: bool
    outcomes: Mapping[str, Mapping[str, str]] | None
    coded: Mapping[str, set[str]]
    relations: Mapping[str, str]
    written: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, pairs, upper, lower, uptake, reuse, commitment) -> Material:
        """Check the tables, compute what is not given, and put them in order."""
        above, below = both(upper, lower)
        linked_leaves(pairs, above, below, "links")
        pairs = pairs.assign(doc_id=pairs["lower_id"].map(dict(zip(below["unit_id"], below["doc_id"], strict=True))))
        facets = set(PARTS) <= set(pairs.columns)
        for name in PARTS if facets else ():
            flags(pairs, name, "refinement")
        decision = pairs["decision"].astype("str") if "decision" in pairs else pd.Series("link", index=pairs.index)
        links, doubtful = pairs[decision == "link"], pairs[decision == "unsure"]
        outcomes, relations = _outcomes(uptake, above)
        strength = pd.Series(_strength(commitment, upper, lower, links), dtype="float64")
        low, high = (links[name].map(strength).astype("float64") for name in ("lower_id", "upper_id"))
        return cls(
            above, *map(_by_document, (below, links.assign(step=low - high), doubtful)), facets, outcomes,
            _coded(uptake), relations, _written(reuse, upper, lower, above, below),
        )  # fmt: skip


def _by_document(table: pd.DataFrame) -> Callable[[str], pd.DataFrame]:
    places = table.groupby("doc_id").indices
    return lambda doc: table.iloc[places.get(doc, [])]


def _outcomes(uptake: pd.DataFrame | None, above: pd.DataFrame):
    if uptake is None:
        return None, {}
    need(uptake, ("upper_id", "lower_doc", "status"), "uptake", _todo("uptake"))
    goals = uptake[uptake["upper_id"].notna()]
    strange = sorted(set(uptake["status"].astype("str")) - set(STATUSES))
    if strange:
        raise TableError(
            tr(f"No status: {strange[0]}", f"不是承接状态：{strange[0]}"),
            where="uptake.status",
            todo=tr(f"It takes: {', '.join(STATUSES)}.", f"可用的值：{'、'.join(STATUSES)}。"),
        )
    _known("uptake.upper_id", goals["upper_id"], above["unit_id"])
    outcomes = {
        str(doc): dict(zip(rows["upper_id"], rows["status"].astype("str"), strict=True))
        for doc, rows in goals.groupby("lower_doc", observed=True)
    }
    relations = {}
    if "relation" in goals:
        for doc, rows in goals.groupby("lower_doc", observed=True):
            found = set(rows["relation"].dropna().astype("str"))
            if found - {"descends"}:
                words = [REST.get(name, name) for name in sorted(found - {"descends"})]
                relations[str(doc)] = " or ".join(words) + (" (some of them)" if "descends" in found else "")
    return outcomes, relations


def _coded(uptake: pd.DataFrame | None) -> dict[str, set[str]]:
    if uptake is None or "decided_by" not in uptake:
        return {}
    rows = uptake[uptake["decided_by"].astype("str") == "coders"]
    leaves = rows["upper_id"].fillna(rows["lower_id"]) if "lower_id" in rows else rows["upper_id"]
    return {str(doc): set(found.dropna()) for doc, found in leaves.groupby(rows["lower_doc"], observed=True)}


def _written(reuse: pd.DataFrame | None, upper, lower, above, below) -> dict[str, tuple[int, int]]:
    if reuse is None:
        reuse = reused_passages(upper, lower)
    need(reuse, ("upper_id", "lower_id", "lower_start", "lower_end"), "reuse", _todo("reuse"))
    own = reuse[reuse["upper_id"].isin(above["unit_id"]) & reuse["lower_id"].isin(below["unit_id"])]
    if len(reuse) and own.empty and len(above) and len(below):
        _known("reuse", reuse["lower_id"], below["unit_id"])
        _known("reuse", reuse["upper_id"], above["unit_id"])
    own = own.assign(**{name: numbers(own, name, "reuse", whole=True) for name in ("lower_start", "lower_end")})
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in own.itertuples(index=False):
        spans.setdefault(row.lower_id, []).append((int(row.lower_start), int(row.lower_end)))
    written = {}
    for row in below.itertuples(index=False):
        text = row.text if isinstance(row.text, str) else ""
        pieces = getattr(row, "pieces", None)
        found = decode(pieces) if isinstance(pieces, str) else []
        slices = (found or [(int(row.start), int(row.start) + len(text))]) if text else []
        length = sum(stop - begin for begin, stop in slices)
        written[row.unit_id] = (_covered(spans.get(row.unit_id, []), slices), length)
    return written


def _covered(spans: list[tuple[int, int]], slices: list[tuple[int, int]]) -> int:
    """Count the characters of the slices that lie in any of the spans, each once."""
    count, reached = 0, -1
    for start, end in sorted(spans):
        start = max(start, reached)
        count += sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in slices)
        reached = max(reached, end)
    return count


def _strength(commitment: pd.DataFrame | None, upper, lower, links) -> dict[str, int]:
    """Return the strength of each linked leaf's strongest verb; leaves without one are absent."""
    if commitment is None:
        if links.empty:
            return {}
        ids = [set(links["upper_id"]), set(links["lower_id"])]
        upper, lower = (hanging(side, own) for side, own in zip((upper, lower), ids, strict=True))
    found = annotation("commitment", upper, lower, commitment, ("strength",))
    return found.groupby("unit_id")["strength"].max().astype(int).to_dict() if len(found) else {}


def _todo(verb: str) -> str:
    return tr(f"Pass the result of lx.{verb} unchanged.", f"请原样传入 lx.{verb} 的结果。")


def _known(where: str, ids: pd.Series, leaves: pd.Series) -> None:
    strange = sorted(set(ids) - set(leaves))
    if strange:
        raise TableError(
            tr("The table names units that are not leaves of the tables given.", "表中的单元不在所给的表里。"),
            where=f"{where}: {', '.join(map(str, strange[:3]))}",
            todo=tr("Make it from the same upper and lower.", "请用同样的 upper 与 lower 生成该表。"),
        )
