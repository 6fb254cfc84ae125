"""Pieces of printed lines with their place, from a PDF's text layer or from OCR alike; and blocks (tables)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Run:
    """A piece of one printed line, or a block. Lengths run to the right and down the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float
    block: tuple[str, ...] | None = None

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


def rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Put the runs that stand on one line together, from the top down and from left to right."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.middle, run.x0)):
        if (
            found
            and run.block is None
            and found[-1][0].block is None
            and abs(run.middle - found[-1][0].middle) < 0.5 * max(run.size, found[-1][0].size)
        ):
            found[-1].append(run)
        else:
            found.append([run])
    return [sorted(row, key=lambda run: run.x0) for row in found]
