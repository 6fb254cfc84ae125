"""A row of the units table in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from lanxikit.reading.lines import Span


@dataclass(slots=True)
class Piece:
    """A stretch of the file, what it is, and what it hangs on.

    ``spans`` are the slices that make up its text, ``heading_spans`` those of its heading
    (a task cell that holds for several rows stands outside ``[start, end)``); ``parent``
    is the index of another piece.
    """

    kind: str
    start: int
    end: int
    spans: list[Span] = field(default_factory=list)
    level: int = 0
    ordinal: str | None = None
    path: tuple[str, ...] = ()
    heading: str | None = None
    parent: int | None = None
    heading_spans: list[Span] = field(default_factory=list)
