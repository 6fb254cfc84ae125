"""The leaves of a units table with their duty lines, whether the leaves are whole or cut into sentences or clauses."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from lanxikit.annotating.agency_marks import rounded
from lanxikit.annotating.duty_order import places_of_order, ruled, speaks_of_order
from lanxikit.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = (
    "doc_id", "unit_id", "parent_id", "kind", "is_leaf", "heading", "text", "start", "pieces", "region", "adcode",
)  # fmt: skip
_WORDS = frozenset(("parent_id", "heading", "text", "pieces", "region", "adcode"))


@dataclass(slots=True)
class DutyLeaf:
    """A leaf, put together again where it was cut.

    ``lines`` are its duty rows: label, text, start and pieces; ``order`` says that another row makes the first agency
    of a list the leader (排名第一的为牵头单位，下同).
    """

    doc: str
    unit: str
    heading: str = ""
    text: str = ""
    start: int = 0
    pieces: str = ""
    region: str = ""
    adcode: str = ""
    order: bool = False
    lines: list[tuple[str, str, int, object]] = field(default_factory=list)


def duty_leaves(units: pd.DataFrame, folder: str | None = None) -> list[DutyLeaf]:
    """Return the leaves in document order, those included of which only duty rows stand in the table.

    Parameters
    ----------
    units : DataFrame
        Rows of ``segment``, of any unit.
    folder : str or None
        The folder of word lists in use.
    """
    found: dict[str, DutyLeaf] = {}
    columns = [_cells(units, name) for name in _COLUMNS]
    rows = zip(*columns, strict=True)
    _, ids, _, _, leafy, headings, texts, *_ = columns
    speaking = _speaking(headings, texts, folder)
    others = {unit for unit, is_leaf in zip(ids, leafy, strict=True) if not is_leaf}
    ordered, below = set(), set()  # documents whose lists are in order: all of them, or those that follow
    for index, (doc, unit, parent, kind, is_leaf, heading, text, start, pieces, region, adcode) in enumerate(rows):
        duty = kind == "duty"
        if is_leaf or duty:
            whole = parent if duty else _whole(unit, parent)
            leaf = found.get(whole)
            if is_leaf or (whole and whole not in others):
                if leaf is None:
                    leaf = found[whole] = DutyLeaf(doc, whole, order=doc in below)
                leaf.region, leaf.adcode = leaf.region or region, leaf.adcode or adcode
            if duty and leaf is not None:
                leaf.lines.append((heading, text, start, pieces))
            elif is_leaf:
                _add(leaf, heading, text, start, pieces)
        if index not in speaking:
            continue
        said = [part for part in (heading, text) if part and speaks_of_order(part, folder)]
        rules = [rule for _, rule in (ruled(rounded(fold(part)), folder) for part in said) if rule]
        if duty and any(rule.below for rule in rules):
            below.add(doc)
        elif not duty and any(rule.formal for rule in rules):
            ordered.add(doc)
    for leaf in found.values():
        leaf.order = leaf.order or leaf.doc in ordered
    return list(found.values())


def _speaking(headings: list[str], texts: list[str], folder: str | None) -> set[int]:
    """Return the rows that may hold a rule about the order of lists, sought in all texts at once."""
    both = [f"{heading}\n{text}\n" for heading, text in zip(headings, texts, strict=True)]
    ends = list(accumulate(map(len, both)))
    return {bisect_right(ends, at) for at in places_of_order("".join(both), folder)}


def _whole(unit: str, parent: str) -> str:
    """Return the id of the leaf: that of its row, or the one above a clause of it (x#003.2 of x#003)."""
    return parent if parent and unit.startswith(parent + ".") else unit


def _add(leaf: DutyLeaf, heading: str, text: str, start: int, pieces: str) -> None:
    pieces = pieces or f"{start}-{start + len(text)}"
    if not leaf.text:
        leaf.heading, leaf.start = heading, start
    leaf.text += text
    leaf.pieces = f"{leaf.pieces};{pieces}" if leaf.pieces else pieces


def _cells(frame: pd.DataFrame, name: str) -> list:
    """Return a column as a list; missing words as empty ones."""
    if name not in frame.columns:
        return [""] * len(frame)
    values = frame[name].astype("object").tolist()
    if name not in _WORDS or set(map(type, values)) == {str}:
        return values
    return [value if isinstance(value, str) else "" for value in values]
