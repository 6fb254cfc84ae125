"""The tables that headline numbers are made of, checked and brought together once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from lanxikit.comparing.evidence import annotation
from lanxikit.comparing.reuse import reuse as reused_passages
from lanxikit.comparing.sides import both, linked_leaves
from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.tables.inference import PARTS
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
    status of each upper leaf, or None; ``relations``: in words, of documents that do not descend;
    ``written``: for each lower leaf its reused characters and all its characters.
    """

    above: pd.DataFrame
    below: Callable[[str], pd.DataFrame]
    links: Callable[[str], pd.DataFrame]
    doubtful: Callable[[str], pd.DataFrame]
    facets: bool
    outcomes: Mapping[str, Mapping[str, str]] | None
    relations: Mapping[str, str]
    written: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, pairs, upper, lower, uptake, reuse, commitment) -> Material:
        """Check the tables, compute what is not given, and put them in order."""
        above, below = both(upper, lower)
        linked_leaves(pairs, above, below, "links")
        twice = pairs[pairs.duplicated(["upper_id", "lower_id"])]
        if len(twice):
            pair = " → ".join(map(str, twice[["upper_id", "lower_id"]].iloc[0]))
            _refuse("links", "A pair stands twice.", "有重复的对。", pair)
        pairs = pairs.assign(doc_id=pairs["lower_id"].map(dict(zip(below["unit_id"], below["doc_id"], strict=True))))
        facets = set(PARTS) <= set(pairs.columns)
        for name in PARTS if facets else ():
            if not pairs[name].isin([True, False]).all():
                _refuse("refinement", "A facet is neither true nor false.", "分面的值既非真也非假。", name)
        decision = pairs["decision"].astype("str") if "decision" in pairs else pd.Series("link", index=pairs.index)
        links, doubtful = pairs[decision == "link"], pairs[decision == "unsure"]
        outcomes, relations = _outcomes(uptake, above)
        strength = pd.Series(_strength(commitment, upper, lower, links), dtype="float64")
        step = links["lower_id"].map(strength) - links["upper_id"].map(strength)
        return cls(
            above, *map(_by_document, (below, links.assign(step=step), doubtful)), facets, outcomes, relations,
            _written(reuse, upper, lower, above, below),
        )  # fmt: skip


def _by_document(table: pd.DataFrame) -> Callable[[str], pd.DataFrame]:
    places = table.groupby("doc_id").indices
    return lambda doc: table.iloc[places.get(doc, [])]


def _outcomes(uptake: pd.DataFrame | None, above: pd.DataFrame):
    if uptake is None:
        return None, {}
    _has("uptake", uptake, ("upper_id", "lower_doc", "status"))
    goals = uptake[uptake["upper_id"].notna()]
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


def _written(reuse: pd.DataFrame | None, upper, lower, above, below) -> dict[str, tuple[int, int]]:
    if reuse is None:
        reuse = reused_passages(upper, lower)
    _has("reuse", reuse, ("upper_id", "lower_id", "lower_start", "lower_end"))
    own = reuse[reuse["upper_id"].isin(above["unit_id"]) & reuse["lower_id"].isin(below["unit_id"])]
    if len(reuse) and own.empty and len(above) and len(below):
        _known("reuse", reuse["lower_id"], below["unit_id"])
        _known("reuse", reuse["upper_id"], above["unit_id"])
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
        upper, lower = (
            side[side["unit_id"].isin(own) | side["parent_id"].isin(own)]
            for side, own in zip((upper, lower), ids, strict=True)
        )
    found = annotation("commitment", upper, lower, commitment)
    _has("commitment", found, ("unit_id", "strength"))
    found = found[found["strength"].notna()]
    return found.groupby("unit_id")["strength"].max().astype(int).to_dict() if len(found) else {}


def _has(name: str, table: pd.DataFrame, columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in getattr(table, "columns", ())]
    if missing:
        raise TableError(
            tr(f"The table {name} lacks: {', '.join(missing)}", f"表 {name} 缺少列：{', '.join(missing)}"),
            where=name,
            todo=tr(f"Pass the result of lx.{name} unchanged.", f"请原样传入 lx.{name} 的结果。"),
        )


def _known(where: str, ids: pd.Series, leaves: pd.Series) -> None:
    strange = sorted(set(ids) - set(leaves))
    if strange:
        raise TableError(
            tr("The table names units that are not leaves of the tables given.", "表中的单元不在所给的表里。"),
            where=f"{where}: {', '.join(map(str, strange[:3]))}",
            todo=tr("Make it from the same upper and lower.", "请用同样的 upper 与 lower 生成该表。"),
        )


def _refuse(table: str, english: str, chinese: str, where: str) -> None:
    raise TableError(
        tr(english, chinese),
        where=f"{table}: {where}",
        todo=tr("Pass the result of lx.align or lx.refine unchanged.", "请原样传入 lx.align 或 lx.refine 的结果。"),
    )
