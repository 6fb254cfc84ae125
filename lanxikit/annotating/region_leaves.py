"""The leaves with the region of their document: what place names are read against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanxikit.gazetteer.mentions import Reader
from lanxikit.tables.segmenting import leaves, need_units
from lanxikit.text.fold import fold, fold_all
from lanxikit.text.pieces import SourceMap, decode
from lanxikit.text.shared import shared

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("unit_id", "kind", "text", "start", "is_leaf")
_READ = ("unit_id", "text", "start")
_ALSO = ("doc_id", "adcode", "pieces", "heading", "heading_pieces", "end")


@dataclass(slots=True)
class LeafText:
    """A text of a leaf (``part``: text or heading), its way back to the file, and the adcode of its document."""

    doc_id: str | None
    unit_id: str
    part: str
    text: str
    folded: str
    source: SourceMap
    near: str | None
    _reader: tuple[object, Reader] | None = None

    def reader(self, lexicon=None) -> Reader:
        """Return the readings of its place names, read when first asked."""
        if self._reader is None or self._reader[0] != lexicon:
            self._reader = lexicon, Reader(self.text, near=self.near, lexicon=lexicon, folded=self.folded)
        return self._reader[1]


def leaf_texts(units: pd.DataFrame) -> list[LeafText]:
    """Return the text of each leaf, its run-in heading first, where the file shows it before the text.

    Raises
    ------
    TableError
        Not a table of units.
    """
    need_units(units, _NEEDED)
    # the table is kept with its texts, so that no other one can get its id
    return shared(("leaf texts", id(units)), lambda: (units, list(_leaf_texts(units))))[1]


def _leaf_texts(units: pd.DataFrame) -> Iterator[LeafText]:
    rows = leaves(units)
    ids, texts, starts, *also = (
        rows[name].tolist() if name in rows.columns else [None] * len(rows) for name in (*_READ, *_ALSO)
    )
    folded = fold_all([text if isinstance(text, str) else "" for text in texts])
    for unit_id, text, start, plain, *cells, end in zip(ids, texts, starts, folded, *also, strict=True):
        doc_id, near, pieces, heading, slices = (cell if isinstance(cell, str) else None for cell in cells)
        if slices and heading is not None and _within(slices, start, end):
            yield LeafText(doc_id, unit_id, "heading", heading, fold(heading), SourceMap(slices), near)
        if isinstance(text, str) and text:
            yield LeafText(doc_id, unit_id, "text", text, plain, SourceMap(pieces, start), near)


def _within(slices: str, start: int, end: int | None) -> bool:
    """Tell whether the heading stands within the leaf; outside it does where a task cell covers several rows."""
    spans = decode(slices)
    return bool(spans) and end is not None and start <= spans[0][0] and spans[-1][1] <= end
