"""Groups laid out one after another, none smaller than its label needs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """Where a group begins and ends (cm), and how many members lie evenly in it."""

    start: float
    end: float
    n: int

    @property
    def middle(self) -> float:
        """Return the middle of the band."""
        return (self.start + self.end) / 2

    def at(self, place: int) -> float:
        """Return where the member of this place (from 1) lies."""
        return self.start + (place - 0.5) / self.n * (self.end - self.start)


def lay_out(
    sizes: Mapping[Hashable, int], *, step: float, least: float, gap: float = 0.0, start: float = 0.0
) -> dict[Hashable, Band]:
    """Lay groups out along a line.

    Parameters
    ----------
    sizes : mapping
        Number of members by group, in order.
    step : float
        Length of a member, cm.
    least : float
        Least length of a group, cm.
    gap : float
        Between groups, cm.
    start : float
        Where the first one begins, cm.

    Returns
    -------
    dict
        A :class:`Band` for each group.

    Examples
    --------
    >>> bands = lay_out({"a": 10, "b": 1}, step=0.1, least=0.5, gap=0.25)
    >>> bands["b"].start, bands["b"].end, bands["b"].at(1)
    (1.25, 1.75, 1.5)
    """
    bands: dict[Hashable, Band] = {}
    for name, n in sizes.items():
        length = max(n * step, least)
        bands[name] = Band(start, start + length, n)
        start += length + gap
    return bands


def fit(sizes: Mapping[Hashable, int], length: float, *, least: float, gap: float = 0.0) -> dict[Hashable, Band]:
    """Lay groups out so that together they take a length, by choosing the step.

    Examples
    --------
    >>> bands = fit({"a": 30, "b": 1}, 10.0, least=1.0)
    >>> round(bands["a"].end, 3), round(bands["b"].end, 3)
    (9.0, 10.0)
    """
    free, small = length - gap * max(len(sizes) - 1, 0), set()
    while True:
        rest = {name: n for name, n in sizes.items() if name not in small}
        step = max(free - least * len(small), 0.0) / max(sum(rest.values()), 1)
        more = {name for name, n in rest.items() if n * step < least}
        if not more:
            return lay_out(sizes, step=step, least=min(least, free / max(len(sizes), 1)), gap=gap)
        small |= more
