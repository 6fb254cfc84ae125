"""Tables drawn with rules: lines on a page to cells, cells to rows.

Finding the cells is pdfplumber's work (its ``table`` module, after Nurminen 2013), on rules
that come from a PDF's drawing or from a scanned picture alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import pairwise

from lanxikit.reading.formats import grid

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom; down the page."""

MOST_RULES = 4_000
_MOST_POINTS = 3_000
_MOST_CLOSED = 1_000
_OPEN_END = 20.0


def tables(rules: Iterable[Box], near: float = 3.0, beyond: list[str] | None = None) -> list[list[Box]]:
    """Find the tables that rules make.

    Parameters
    ----------
    rules : iterable of (x0, top, x1, bottom)
        Each lying or standing.
    near : float
        What lies so near is the same place.
    beyond : list of str, optional
        Is told ``rules`` where there are too many to look at.

    Returns
    -------
    list of list of box
        The cells of each table; boxes of one cell are no table.

    Examples
    --------
    >>> lying = [(0, y, 20, y) for y in (0, 10, 20)]
    >>> standing = [(x, 0, x, 20) for x in (0, 10, 20)]
    >>> [len(cells) for cells in tables(lying + standing)]
    [4]
    """
    from pdfplumber import table

    edges = [_edge(rule) for rule in rules]
    if len(edges) < 4:
        return []
    beyond = [] if beyond is None else beyond
    if len(edges) > MOST_RULES:
        beyond.append("rules")
        return []
    merged = table.merge_edges(edges, near, near, near, near)
    merged = [edge for edge in merged if max(edge["width"], edge["height"]) > 2 * near]
    if len(merged) <= _MOST_CLOSED:
        merged += _closing(merged, near)
    count = sum(edge["orientation"] == "h" for edge in merged)
    if count * (len(merged) - count) > 50 * _MOST_POINTS:
        beyond.append("rules")
        return []
    points = table.edges_to_intersections(merged, near, near)
    if len(points) > _MOST_POINTS:
        beyond.append("rules")
        return []
    return table.cells_to_tables(table.intersections_to_cells(points))


def _closing(edges: list[dict], near: float) -> list[dict]:
    """The ends of cells that a page break cuts: their sides run to the page's end, and no rule shuts them."""
    lying = [edge for edge in edges if edge["orientation"] == "h"]
    standing = [edge for edge in edges if edge["orientation"] == "v"]
    if not lying or len(standing) < 3:
        return []
    more: list[dict] = []
    for side, sign in (("bottom", 1), ("top", -1)):
        end = max(sign * edge[side] for edge in standing)
        last = max(sign * edge["top"] for edge in lying)
        level = last if last > end - _OPEN_END else end
        cut = sorted((edge for edge in standing if sign * edge[side] >= level - near), key=lambda edge: edge["x0"])
        for one, other in pairwise(cut):
            middle = (one["x0"] + other["x0"]) / 2
            if other["x0"] - one["x0"] <= 2 * near:
                continue
            over = [sign * edge["top"] for edge in lying if edge["x0"] <= middle <= edge["x1"]]
            far = "top" if side == "bottom" else "bottom"
            deep = max(sign * one[far], sign * other[far])
            within = [place for place in over if deep - near <= place]
            if within and max(within) < level - near:
                more.append(_edge((one["x0"], sign * level, other["x0"], sign * level)))
    return more


def _edge(rule: Box) -> dict:
    x0, top, x1, bottom = rule
    lying = x1 - x0 >= bottom - top
    if lying:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if lying else "v", "object_type": "line",
    }  # fmt: skip


def outline(cells: list[Box]) -> Box:
    """The box around cells."""
    return min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)


def laid(cells: list[Box], text: Callable[[Box], str], near: float = 3.0) -> list[list[grid.Cell]]:
    """Return a table's rows of (text, rowspan, colspan), for `grid.lines`.

    Parameters
    ----------
    cells : list of box
    text : callable
        What a cell says.
    near : float
    """
    xs = _steps([x for c in cells for x in (c[0], c[2])], near)
    ys = _steps([y for c in cells for y in (c[1], c[3])], near)
    found: list[list[tuple[int, grid.Cell]]] = [[] for _ in ys]
    covered: set[tuple[int, int]] = set()
    for cell in cells:
        column, end = _step(xs, cell[0], near), _step(xs, cell[2], near)
        row, last = _step(ys, cell[1], near), _step(ys, cell[3], near)
        down, across = max(last - row, 1), max(end - column, 1)
        found[row].append((column, (text(cell), down, across)))
        covered |= {(row + i, column + j) for i in range(down) for j in range(across)}
    for row in range(len(ys) - 1):
        found[row] += [(column, ("", 1, 1)) for column in range(len(xs) - 1) if (row, column) not in covered]
    return [[cell for _, cell in sorted(row, key=lambda place: place[0])] for row in found[:-1]]


def _steps(places: list[float], near: float) -> list[float]:
    steps: list[float] = []
    for place in sorted(places):
        if not steps or place - steps[-1] > near:
            steps.append(place)
    return steps


def _step(steps: list[float], place: float, near: float) -> int:
    return min(max(bisect_left(steps, place - near), 0), len(steps) - 1)


class Cells:
    """Tells which cell of a page's tables a place lies in."""

    def __init__(self, found: list[list[Box]]) -> None:
        self._cells = sorted((cell, number) for number, cells in enumerate(found) for cell in cells)
        self._starts = [cell[0] for cell, _ in self._cells]
        self._outlines = [outline(cells) for cells in found]

    def at(self, x: float, y: float) -> tuple[int, Box] | None:
        """The table's number and the smallest cell around a place."""
        if not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in self._outlines):
            return None
        best = None
        for (x0, top, x1, bottom), number in self._cells[: bisect_left(self._starts, x + 0.01)]:
            if x <= x1 and top <= y <= bottom:
                area = (x1 - x0) * (bottom - top)
                if best is None or area < best[0]:
                    best = area, number, (x0, top, x1, bottom)
        return best and best[1:]
