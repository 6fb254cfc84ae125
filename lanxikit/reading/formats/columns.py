"""The columns of a printed page in reading order: a recursive X-Y cut (Nagy & Seth 1984)."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from lanxikit.reading.formats.runs import Run, rows

_HALVES = 4


def bands(runs: list[Run], depth: int = 0, usual: float | None = None) -> list[list[list[Run]]]:
    """Part a page into stretches of one column each, in reading order.

    Parameters
    ----------
    runs : list of Run
    depth : int
        How many cuts were made already.
    usual : float, optional
        Where other pages are cut: a page of few lines is cut there too.

    Returns
    -------
    list of list of row
        Each stretch with its rows.
    """
    cut = gutter(runs) if depth < _HALVES else None
    if cut is None and usual is not None and sum(run.x0 < usual < run.x1 for run in runs) <= 0.3 * len(runs):
        cut = usual
    if cut is None:
        return [rows(runs)] if runs else []
    stretches: list[tuple[list[Run], list[Run], list[Run]]] = [([], [], [])]
    for run in sorted(runs, key=lambda run: (run.middle, run.x0)):
        wide, lefts, rights = stretches[-1]
        if run.x0 < cut < run.x1:
            if lefts and rights:
                stretches.append(([run], [], []))
            else:
                # What stands on one side only, above a line over both, is a short line of it.
                wide += [*lefts, *rights, run]
                lefts.clear()
                rights.clear()
        else:
            (lefts if run.x1 <= cut else rights).append(run)
    found: list[list[list[Run]]] = []
    for wide, lefts, rights in stretches:
        if wide:
            found.append(rows(wide))
        for side in (lefts, rights):
            found += bands(side, depth + 1)
    return found


def gutter(runs: list[Run]) -> float | None:
    """The place of a gap between two columns of prose, if there is one.

    Hardly a line crosses it, and both sides are wide and have many full lines: else it is a list
    or a table without rules.
    """
    plain = [run for run in runs if run.block is None]
    if len(plain) < 12:
        return None
    size = median(run.size for run in plain)
    start, end = min(run.x0 for run in plain), max(run.x1 for run in plain)
    steps = sorted([(run.x0, 1) for run in plain] + [(run.x1, -1) for run in plain])
    crossing, best = 0, None
    for (place, change), (following, _) in pairwise(steps):
        crossing += change
        share = (place + following - 2 * start) / 2 / max(end - start, 1.0)
        if following - place >= 0.8 * size and 0.2 < share < 0.8:
            found = (crossing, abs(share - 0.5), (place + following) / 2)
            best = found if best is None or found < best else best
    if best is None or best[0] > 0.3 * len(plain):
        return None
    cut = best[2]
    sides = [run for run in plain if run.x1 <= cut], [run for run in plain if run.x0 >= cut]
    if _overflow(*sides, cut):
        return cut
    for side in sides:
        if len(side) < 5:
            return None
        right = max(run.x1 for run in side)
        full = sum(run.x1 > right - 2 * size for run in side)
        if right - min(run.x0 for run in side) < 8 * size or full < 0.3 * len(side):
            return None
    return cut


def _overflow(lefts: list[Run], rights: list[Run], cut: float) -> bool:
    """Tell whether the few lines on the right are where a full column of prose on the left goes on."""
    if len(lefts) < 12 or not 2 <= len(rights) < 5:
        return False
    size, start = lefts[0].size, min(run.x0 for run in rights)
    lefts, rights = sorted(lefts, key=lambda run: run.middle), sorted(rights, key=lambda run: run.middle)
    width = max(run.x1 for run in lefts) - min(run.x0 for run in lefts)
    right = max(run.x1 for run in lefts)
    full = sum(run.x1 > right - 2.2 * size for run in lefts)
    steps = [below.middle - above.middle for above, below in pairwise(rights)]
    return (
        full >= 0.5 * len(lefts)
        and width >= 12 * size
        and rights[0].middle < lefts[2].middle
        and max(steps) < 3 * size
        and all(abs(run.x0 - start) < 2.2 * size for run in rights)
        and all(abs(run.x1 - start - width) < 2.2 * size for run in rights[:-1])
        and lefts[-1].x1 > right - 2.2 * size
        and lefts[-1].text[-1] not in "。；;：:"
    )
