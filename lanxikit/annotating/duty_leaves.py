"""The leaves of a units table with their duty lines, whether the leaves are whole or cut into sentences or clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lanxikit.annotating.agency_marks import rounded
from lanxikit.annotating.duty_order import ruled, speaks_of_order
from lanxikit.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("doc_id", "unit_id", "parent_id", "kind", "is_leaf")
_MORE = ("heading", "text", "start", "pieces", "region", "adcode")


@dataclass
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
    rows = list(_tuples(units, *_COLUMNS, *_MORE))
    others = {unit for _, unit, _, _, is_leaf, *_ in rows if not is_leaf}
    ordered, below = set(), set()  # documents whose lists are in order: all of them, or those that follow
    for doc, unit, parent, kind, is_leaf, heading, text, start, pieces, region, adcode in rows:
        duty, heading, text = str(kind) == "duty", _cell(heading), _cell(text)
        whole = _cell(parent) if duty else _whole(unit, _cell(parent))
        if is_leaf or (duty and whole and whole not in others):
            leaf = found.setdefault(whole, DutyLeaf(doc, whole, order=doc in below))
            leaf.region, leaf.adcode = leaf.region or _cell(region), leaf.adcode or _cell(adcode)
        if duty and whole in found:
            found[whole].lines.append((heading, text, start, pieces))
        elif is_leaf:
            _add(leaf, heading, text, start, _cell(pieces))
        said = [part for part in (heading, text) if part and speaks_of_order(part, folder)]
        rules = [rule for _, rule in (ruled(rounded(fold(part)), folder) for part in said) if rule]
        if duty and any(rule.below for rule in rules):
            below.add(doc)
        elif not duty and any(rule.formal for rule in rules):
            ordered.add(doc)
    for leaf in found.values():
        leaf.order = leaf.order or leaf.doc in ordered
    return list(found.values())


def _whole(unit: str, parent: str) -> str:
    """Return the id of the leaf: that of its row, or the one above a clause of it (x#003.2 of x#003)."""
    return parent if parent and unit.startswith(parent + ".") else unit


def _add(leaf: DutyLeaf, heading: str, text: str, start: int, pieces: str) -> None:
    pieces = pieces or f"{start}-{start + len(text)}"
    if not leaf.text:
        leaf.heading, leaf.start = heading, start
    leaf.text += text
    leaf.pieces = f"{leaf.pieces};{pieces}" if leaf.pieces else pieces


def _tuples(frame: pd.DataFrame, *names: str) -> Iterator[tuple]:
    columns = [frame[name].tolist() if name in frame.columns else [None] * len(frame) for name in names]
    return zip(*columns, strict=True)


def _cell(value: object) -> str:
    return value if isinstance(value, str) else ""
