"""The leaves with the region of their document: what place names are read against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanxikit.tables.segmenting import leaves, need_units
from lanxikit.text.pieces import SourceMap, decode

if TYPE_CHECKING:
    import pandas as pd

_HAN = re.compile(r"[一二三四五六七八九十百千零〇]+")
_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、")
_NEEDED = ("unit_id", "kind", "text", "start", "is_leaf")


@dataclass(frozen=True, slots=True)
class LeafText:
    """A text of a leaf (``part``: text or heading), its way back to the file, and the adcode of its document."""

    doc_id: str | None
    unit_id: str
    part: str
    text: str
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
    for row in leaves(units).itertuples(index=False):
        doc_id, near, pieces = (_string(row, name) for name in ("doc_id", "adcode", "pieces"))
        start = _heading_start(row) if headings else None
        if start is not None:
            yield LeafText(doc_id, row.unit_id, "heading", row.heading, SourceMap(None, start), near)
        if isinstance(row.text, str) and row.text:
            yield LeafText(doc_id, row.unit_id, "text", row.text, SourceMap(pieces, row.start), near)


def _string(row, name: str) -> str | None:
    cell = getattr(row, name, None)
    return cell if isinstance(cell, str) else None


def _heading_start(row) -> int | None:
    """Where the run-in heading starts in the file; None unless it is sure to stand there without a gap.

    The heading has lost the blanks and the markup that the file has; that none were in it shows where the characters
    from the row's start to the text are as many as those of ordinal, marks and heading at least.
    """
    heading, ordinal = _string(row, "heading"), _string(row, "ordinal")
    spans = decode(_string(row, "pieces") or "")
    if not heading or not ordinal or not spans:
        return None
    start = spans[0][0] - 1 - len(heading)
    return start if start - row.start - len(ordinal) == _marks(row, ordinal) else None


def _marks(row, ordinal: str) -> int:
    """The fewest characters that stand with an ordinal: 1. 一、 a tab in a table; none with ① and 1.2."""
    if row.kind == "task" or (ordinal.isascii() and ordinal.isdigit()):
        return 1
    if not _HAN.fullmatch(ordinal):
        return 0
    # below 一、 comes （一） or 第一条: a style does not stand below itself
    above = getattr(row, "path", None)
    return 2 if isinstance(above, tuple) and any(_FIRST.match(label) for label in above) else 1
