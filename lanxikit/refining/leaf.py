"""A leaf with all that is known of it, and how its words are cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from lanxikit.comparing.clauses import clauses
from lanxikit.comparing.sides import prose
from lanxikit.text.pieces import SourceMap, decode

LONGEST = 60  # characters of a quotation
NAMED = ("places", "projects", "targets")


@dataclass(frozen=True)
class Leaf:
    """One side of a link.

    Parameters
    ----------
    side : str
        ``"upper"`` or ``"lower"``, written before each citation.
    unit_id, doc_id, heading, text : str
        As in the units table.
    pieces, start
        Where the text stands in the file.
    region, adcode : str
        Of the document; empty where unknown.
    notes : mapping of str to list
        Annotations of the leaf, named tuples: ``targets``, ``places`` …
    """

    side: str
    unit_id: str
    doc_id: str
    heading: str
    text: str
    pieces: str
    start: int
    region: str
    adcode: str
    notes: Mapping[str, list] = field(default_factory=dict)

    @classmethod
    def of(cls, side: str, row, notes: Mapping[str, list]) -> Leaf:
        """Make one of a row of the units table (a named tuple)."""
        heading, text = prose(row)
        pieces, region, adcode = (
            value if isinstance(value, str) else "" for value in (getattr(row, name, "") for name in _OPTIONAL)
        )
        return cls(side, row.unit_id, row.doc_id, heading, text, pieces, int(row.start), region, adcode, notes)

    def clauses(self) -> list[tuple[int, int]]:
        """Return the clauses as positions in the text."""
        return clauses(self.text)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return positions in the text of what stands at ``start:end`` in the file; empty if it is not in the text."""
        found, head = [], 0
        for begin, stop in decode(self.pieces) or [(self.start, self.start + len(self.text))]:
            low, high = max(start, begin), min(end, stop)
            if low < high:
                found += [head + low - begin, head + high - begin]
            head += stop - begin
        return (found[0], found[-1]) if found else (0, 0)

    @cached_property
    def verbs(self) -> tuple[list[tuple[int, int, float]], int]:
        """The verbs of commitment as (begin, end, strength) in the text, in order, and the length of the longest."""
        rows = self.notes.get("commitment", ())
        found = sorted((*self.within(int(row.start), int(row.end)), float(row.strength)) for row in rows)
        return found, max((end - begin for begin, end, _ in found), default=0)

    def bare(self) -> str:
        """Return the text with names and numbers blanked, character for character: what is done, not to what."""
        text = list(self.text)
        for kind in NAMED:
            for row in self.notes.get(kind, ()):
                begin, end = self.within(int(row.start), int(row.end))
                text[begin:end] = " " * (end - begin)
        return "".join(text)

    def cite(self, start: int, end: int, words: str = "") -> str:
        """Return ``lower[123:140] words`` for a span of the file."""
        words = words or self.text[slice(*self.within(start, end))]
        return f"{self.side}[{start}:{end}] {_short(words)}".rstrip()

    def said(self, row) -> str:
        """Return the words of an annotation; those in a heading or a cell of their own it holds itself."""
        text = self.text[slice(*self.within(int(row.start), int(row.end)))]
        return text or next((str(getattr(row, name)) for name in _WORDS if hasattr(row, name)), "")

    def cite_note(self, row) -> str:
        """Return ``lower[123:140] words`` for an annotation."""
        return self.cite(int(row.start), int(row.end), self.said(row))

    def where(self) -> str:
        """Return ``lower[123:456]`` for the whole text."""
        start, end = SourceMap(self.pieces, self.start).span(0, len(self.text))
        return f"{self.side}[{start}:{end}]"

    def cite_text(self, begin: int, end: int) -> str:
        """Return the same for a span of the text."""
        return self.cite(*SourceMap(self.pieces, self.start).span(begin, end), self.text[begin:end])


_OPTIONAL = ("pieces", "region", "adcode")
_WORDS = ("place", "project", "quote", "expression")  # columns of annotations that hold words of the file


def by_unit(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, list]]:
    """Return, for each unit, its annotation rows by table."""
    found: dict[str, dict[str, list]] = {}
    for name, table in tables.items():
        for row in table.itertuples(index=False):
            found.setdefault(row.unit_id, {}).setdefault(name, []).append(row)
    return found


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
