"""The leaves with the region of their document: what place names are read against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanxikit.tables.segmenting import leaves, need_units
from lanxikit.text.fold import fold, fold_all
from lanxikit.text.pieces import SourceMap, decode

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("unit_id", "kind", "text", "start", "is_leaf")
_ALSO = ("doc_id", "adcode", "pieces", "heading", "heading_pieces", "end")


@dataclass(frozen=True, slots=True)
class LeafText:
    """A text of a leaf (``part``: text or heading), its way back to the file, and the adcode of its document."""

    doc_id: str | None
    unit_id: str
    part: str
    text: str
    folded: str
    source: SourceMap
    near: str | None


def leaf_texts(units: pd.DataFrame, *, headings: bool = False) -> Iterator[LeafText]:
    """Yield the text of each leaf; with ``headings`` its run-in heading first, where the file shows it before the text.

    Raises
    ------
    TableError
        Not a table of units.
    """
    need_units(units, _NEEDED)
    read = [name for name in (*_NEEDED, *_ALSO) if name in units.columns]
    rows = leaves(units)[read]
    folded = fold_all([text if isinstance(text, str) else "" for text in rows["text"].tolist()])
    for row, plain in zip(rows.itertuples(index=False), folded, strict=True):
        doc_id, near, pieces = (_string(row, name) for name in ("doc_id", "adcode", "pieces"))
        if headings and (slices := _within(row)):
            yield LeafText(doc_id, row.unit_id, "heading", row.heading, fold(row.heading), SourceMap(slices), near)
        if isinstance(row.text, str) and row.text:
            yield LeafText(doc_id, row.unit_id, "text", row.text, plain, SourceMap(pieces, row.start), near)


def _string(row, name: str) -> str | None:
    cell = getattr(row, name, None)
    return cell if isinstance(cell, str) else None


def _within(row) -> str | None:
    """The slices of the heading; None where it stands outside the leaf, as a task cell over several rows does."""
    slices = _string(row, "heading_pieces")
    spans = decode(slices or "")
    return slices if spans and row.start <= spans[0][0] and spans[-1][1] <= row.end else None
