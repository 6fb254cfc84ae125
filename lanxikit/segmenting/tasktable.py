"""Rows of a task table: which cell is the task, the measure, the lead, the support.

A table that went through a PDF or a web page loses its grid: merged cells come back blank,
a row slips to the left or right, two duty columns melt into one. So the cells of a row are
not read by their number but assigned to the columns of the header as a whole: the cheapest
assignment that keeps their order, where a cell costs little in a column whose shape it has
(see ``_COST``) and a little more the further it stands from its place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lanxikit.reading.lines import Span, read, tidy
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import shape
from lanxikit.text.fold import fold

# What a cell of some shape costs in a column of some role; None: it cannot stand there.
_COST = {
    ("ordinal", "ordinal"): 0.0,
    ("ordinal", "outcome"): 0.5,
    ("ordinal", "measure"): 3.0,
    ("ordinal", "person"): 3.0,
    ("ordinal", "value"): 0.0,
    ("phrase", "value"): 0.3,
    ("phrase", "group"): 0.3,
    ("phrase", "indicator"): 0.0,
    ("phrase", "contact"): 0.5,
    ("time", "value"): 0.3,
    ("sentence", "value"): 1.0,
    ("sentence", "deadline"): 1.5,
    ("phrase", "task"): 0.0,
    ("phrase", "subtask"): 0.0,
    ("phrase", "field"): 0.0,
    ("sentence", "field"): 2.5,
    ("agencies", "field"): 4.0,
    ("phrase", "measure"): 1.0,
    ("phrase", "outcome"): 0.3,
    ("phrase", "deadline"): 0.5,
    ("phrase", "duty"): 3.0,
    ("phrase", "person"): 0.5,
    ("phrase", "other"): 1.0,
    ("time", "deadline"): 0.0,
    ("time", "outcome"): 2.0,
    ("time", "measure"): 3.0,
    ("time", "other"): 0.5,
    ("ordinal", "deadline"): 1.0,
    ("ordinal", "other"): 1.0,
    ("sentence", "task"): 2.5,
    ("sentence", "subtask"): 3.0,
    ("sentence", "measure"): 0.0,
    ("sentence", "outcome"): 0.2,
    ("sentence", "other"): 1.0,
    ("agencies", "duty"): 0.0,
    ("agencies", "task"): 4.0,
    ("agencies", "measure"): 3.0,
    ("agencies", "person"): 2.0,
    ("agencies", "other"): 2.0,
}
_SHIFT = 0.15  # a cell that stands one column from its place
_UNNAMED = 0.5  # a sub-task in a row that has no column more than the header
_IMPOSSIBLE = 50.0
_ATTACHED = ("duty", "deadline", "person", "other")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


class Cell(NamedTuple):
    """One cell: its place in the file, its reading slices and its text."""

    start: int
    end: int
    spans: tuple[Span, ...]
    text: str


class Placed(NamedTuple):
    """A cell with the column it belongs to; ``label`` is that column's header, ``at`` its number."""

    cell: Cell
    role: str
    label: str
    at: int = -1


def cells(source: str, block: Block) -> list[Cell]:
    """Cut a table block at its tabs, or at the bars of a Markdown table; the cells join to the block."""
    bar = "|" if block.parts[0].startswith("|") else "\t"
    found, start = [], block.start
    line = source.find("\n", block.spans[-1][1], block.end)  # empty rows may stand behind it
    limit = block.end if line < 0 else line
    while True:
        stop = source.find(bar, start, limit)
        end = block.end if stop < 0 else stop + 1
        high = limit if stop < 0 else stop
        text = source[start:high]
        if not text or text.isalnum():  # nothing to leave out
            found.append(Cell(start, end, ((start, high),) if text else (), text))
        else:
            spans = _unbroken(source, tidy(source, start, high))
            found.append(Cell(start, end, tuple(spans), read(source, spans)))
        if stop < 0:
            return found
        start = end


def _unbroken(source: str, spans: list[Span]) -> list[Span]:
    """Leave out the line breaks that Markdown tables write as ``<br>``."""
    if not any("<" in source[low:high] for low, high in spans):
        return spans
    kept = []
    for low, high in spans:
        for mark in _BREAK.finditer(source, low, high):
            kept.append((low, mark.start()))
            low = mark.end()
        kept.append((low, high))
    return [(low, high) for low, high in kept if low < high]


def is_rule(row: list[Cell]) -> bool:
    """Tell whether a row is the line of dashes below the header of a Markdown table."""
    return any(cell.text for cell in row) and all(not cell.text.strip(":-") for cell in row)


def core(placed: list[Placed]) -> tuple[int, int]:
    """Return the bounds of the longest run of cells that say what is to be done (a number may lead it)."""
    best, start = (0, 0), 0
    for index in range(len(placed) + 1):
        if index == len(placed) or placed[index].role in _ATTACHED:
            if _weight(placed[start:index]) > _weight(placed[slice(*best)]):
                best = start, index
            start = index + 1
    return best


def _weight(run: list[Placed]) -> int:
    return sum(len(item.cell.text) for item in run if item.role != "ordinal")


def place(
    row: list[Cell], columns: list[tuple[str, str]], lexicon: str | None = None, *, whole: bool = False
) -> list[Placed]:
    """Assign the cells of a row to the columns of its table.

    Parameters
    ----------
    row : list of Cell
    columns : list of (role, label)
        From :func:`lanxikit.segmenting.columns.header`. A sub-task column may stand after the task column without
        being named in the header.
    lexicon : str, optional
        Folder of the user's own word lists.
    whole : bool
        Every row of the table has its cells: each stands in its own column.

    Returns
    -------
    list of Placed
        The cells that hold text, in their order.
    """
    if whole and len(row) == len(columns):
        return [Placed(cell, *columns[at], at) for at, cell in enumerate(row) if cell.text]
    filled = [(i, cell, shape(fold(cell.text), lexicon)) for i, cell in enumerate(row) if cell.text]
    wide = len(row) > len(columns)
    slots = _slots(tuple(columns), wide)
    best = _assign(tuple([(at, form) for at, _, form in filled]), slots, wide)
    numbers = [at for at, (role, _) in enumerate(columns) for _ in range(1 + (role == "task"))]
    placed = [
        Placed(cell, *slots[slot][:2], numbers[slot]) for (_, cell, _), slot in zip(filled, best, strict=True)
    ]
    return _merged(placed, row, columns)


@lru_cache(maxsize=256)
def _slots(columns: tuple[tuple[str, str], ...], wide: bool) -> tuple[tuple[str, str, int], ...]:
    """(role, label, place) of the columns, with an unnamed sub-task column after the task.

    In a row with more cells than the header has columns, the sub-task column is what came
    in between, and the columns after it stand one further to the right.
    """
    slots, moved = [], 0
    for index, (role, label) in enumerate(columns):
        slots.append((role, label, index + moved))
        if role == "task":
            moved = int(wide)
            slots.append(("subtask", label, index + 1))
    return tuple(slots)


@lru_cache(maxsize=4096)  # most rows of a table are of one form
def _assign(filled: tuple[tuple[int, str], ...], slots: tuple[tuple[str, str, int], ...], wide: bool) -> list[int]:
    """Order-keeping assignment of least cost (dynamic programme over cells × columns)."""
    table: list[list[tuple[float, int]]] = []
    for index, (at, form) in enumerate(filled):
        line = []
        before, back = (0.0, -1) if index == 0 else (_IMPOSSIBLE * 4, -1)
        for number, (role, _, column) in enumerate(slots):
            if index and number and table[-1][number - 1][0] < before:
                before, back = table[-1][number - 1][0], number - 1
            cost = _COST.get((form, role), _IMPOSSIBLE) + _UNNAMED * (role == "subtask" and not wide)
            line.append((before + cost + _SHIFT * abs(at - column), back))
        table.append(line)
    if not table:
        return []
    path = [min(range(len(slots)), key=lambda k: table[-1][k][0])]
    for line in reversed(table[1:]):
        path.append(max(line[path[-1]][1], 0))
    return path[::-1]


def _merged(placed: list[Placed], row: list[Cell], columns: list[tuple[str, str]]) -> list[Placed]:
    """One duty cell where the header has two, in a row without a blank one: the columns melted."""
    duties = [index for index, item in enumerate(placed) if item.role == "duty"]
    labels = [label for role, label in columns if role == "duty"]
    if len(duties) != 1 or len(labels) != 2:
        return placed
    index = duties[0]
    item = placed[index]
    several = any(after > before for (_, before), (after, _) in zip(item.cell.spans, item.cell.spans[1:], strict=False))
    label = " ".join(labels) if several and item.cell is row[-1] else labels[0]
    return [*placed[:index], Placed(item.cell, "duty", label), *placed[index + 1 :]]
