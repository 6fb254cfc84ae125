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

from lanxikit.reading.lines import BLANK, INLINE, Span, read, tidy
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import shape
from lanxikit.text.fold import fold, fold_file

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
UNDER_MEASURES = (*_ATTACHED, "outcome")  # roles of cells that hang on a measure
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
# A cell with the tab or bar behind it (3): one with nothing to leave out but blanks around it (1), or any other (2).
_CELL = {
    bar: re.compile(
        rf"(?:[{blank}]*+([^{BLANK}*_\]#<{bar}]*+)[{blank}]*+(?={bar}|\Z)|([^{bar}]*+))"
        rf"({bar}|\Z)"
    )
    for bar, blank in ((r"\t", INLINE.removeprefix(r"\t")), (r"\|", BLANK))
}


class Cell(NamedTuple):
    """One cell: its place in the file, its reading slices and its text, as written and in half width."""

    start: int
    end: int
    spans: tuple[Span, ...]
    text: str
    folded: str


class Placed(NamedTuple):
    """A cell with the column it belongs to; ``label`` is that column's header, ``at`` its number."""

    cell: Cell
    role: str
    label: str
    at: int = -1


def cells(source: str, block: Block) -> list[Cell]:
    """Cut a table block at its tabs, or at the bars of a Markdown table; the cells join to the block."""
    pattern = _CELL[r"\|" if block.parts[0].startswith("|") else r"\t"]
    found, folded = [], fold_file(source)
    line = source.find("\n", block.spans[-1][1], block.end)  # empty rows may stand behind it
    limit = block.end if line < 0 else line
    new = tuple.__new__  # a row has many cells
    for match in pattern.finditer(source, block.start, limit):
        (start, end), span, (_, other), (stop, _) = match.regs
        last = stop == end
        if last:
            end = block.end
        if other < 0:
            low, high = span
            found.append(new(Cell, (start, end, (span,) if low < high else (), match[1], folded[low:high])))
        else:
            spans = tuple(_unbroken(source, tidy(source, start, other)))
            text = read(source, spans)
            found.append(Cell(start, end, spans, text, fold(text)))
        if last:
            break
    return found


def _unbroken(source: str, spans: list[Span]) -> list[Span]:
    """Leave out the line breaks that Markdown tables write as ``<br>``."""
    if not spans or source.find("<", spans[0][0], spans[-1][1]) < 0:
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


def core(placed: list[Placed], apart: tuple[str, ...] = _ATTACHED) -> tuple[int, int]:
    """Return the bounds of the longest run of cells that say what is to be done (a number may lead it).

    ``apart``: the roles of cells that hang on others.
    """
    best, most, start, weight = (0, 0), 0, 0, 0
    for index, item in enumerate(placed):
        role = item.role
        if role in apart:
            if weight > most:
                best, most = (start, index), weight
            start, weight = index + 1, 0
        elif role != "ordinal":
            weight += len(item.cell.text)
    return (start, len(placed)) if weight > most else best


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
    new = tuple.__new__  # a table has many cells
    if whole and len(row) == len(columns):
        pairs = enumerate(zip(row, columns, strict=True))
        return [new(Placed, (cell, role, label, at)) for at, (cell, (role, label)) in pairs if cell.text]
    filled = [cell for cell in row if cell.text]
    forms = tuple([(at, shape(cell.folded, lexicon)) for at, cell in enumerate(row) if cell.text])
    wide = len(row) > len(columns)
    slots = _slots(tuple(columns), wide)
    placed = []
    for cell, slot in zip(filled, _assign(forms, slots, wide), strict=True):
        role, label, _, number = slots[slot]
        placed.append(new(Placed, (cell, role, label, number)))
    return _merged(placed, row, columns)


@lru_cache(maxsize=256)
def _slots(columns: tuple[tuple[str, str], ...], wide: bool) -> tuple[tuple[str, str, int, int], ...]:
    """(role, label, place, number) of the columns, with an unnamed sub-task column after the task.

    In a row with more cells than the header has columns, the sub-task column is what came
    in between, and the columns after it stand one further to the right.
    """
    slots, moved = [], 0
    for index, (role, label) in enumerate(columns):
        slots.append((role, label, index + moved, index))
        if role == "task":
            moved = int(wide)
            slots.append(("subtask", label, index + 1, index))
    return tuple(slots)


@lru_cache(maxsize=4096)  # most rows of a table are of one form
def _assign(filled: tuple[tuple[int, str], ...], slots: tuple[tuple[str, str, int, int], ...], wide: bool) -> list[int]:
    """Order-keeping assignment of least cost (dynamic programme over cells × columns)."""
    table: list[list[tuple[float, int]]] = []
    for index, (at, form) in enumerate(filled):
        line = []
        before, back = (0.0, -1) if index == 0 else (_IMPOSSIBLE * 4, -1)
        for number, (role, _, column, _) in enumerate(slots):
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
