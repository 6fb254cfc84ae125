"""Rows of cells to lines of text: the table model that HTML, Word and ruled pages share.

A table row is one line, its cells parted by tabs. A cell over several columns stands in
the first of them; a cell over several rows is repeated in each, because a merged 牵头单位
holds for every row that it covers. A row of one cell over the whole width is a plain line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Cell = tuple[str, int, int]
"""A cell's text, the rows it covers (0: all that follow) and the columns it covers."""

WIDEST = 1000
"""As many columns as the HTML standard lets a cell cover."""


def lines(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Lay a table out and write each row as a line.

    Parameters
    ----------
    rows : iterable of sequence of (text, rowspan, colspan)
        Each row with the cells that begin in it; covered cells are left out.

    Returns
    -------
    list of str
        A line a row in which a cell with text begins.

    Notes
    -----
    Cells are placed as the HTML standard does (section “Processing model” of tables).
    Repeated cells are limited to a multiple of those written, so that a hostile
    ``rowspan`` cannot blow the text up.

    Examples
    --------
    >>> lines([[("序号", 1, 1), ("任务", 1, 1)], [("一、产业", 1, 2)], [("1", 1, 1), ("修路\\n架桥", 1, 1)]])
    ['序号\\t任务', '一、产业', '1\\t修路 架桥']
    >>> lines([[("甲", 2, 1), ("乙", 1, 1)], [("丙", 1, 1)]])
    ['甲\\t乙', '甲\\t丙']
    """
    table = [[(" ".join(text.split()), down, across) for text, down, across in row] for row in rows]
    placed, width = _placed(table)
    starts = sorted({column for row in placed for column, *_ in row})
    place = {column: index for index, column in enumerate(starts)}
    roomy = len(starts) * len(placed) <= 20 * sum(map(len, placed)) + 10_000
    written = []
    for row in placed:
        if not any(own and text for _, _, text, own in row):
            continue  # it says nothing that the row above does not
        if row[0][0] == 0 and row[0][1] >= width:
            written.append(row[0][2])
            continue
        if not roomy:
            written.append("\t".join(text for _, _, text, _ in row))
            continue
        cells = [""] * len(starts)
        for column, _, text, _ in row:
            cells[place[column]] = text
        written.append("\t".join(cells))
    return written


def _placed(table: list[list[Cell]]) -> tuple[list[list[tuple[int, int, str, bool]]], int]:
    """Each row's cells as (column, end, text, begins here), and the table's width."""
    budget = 4 * sum(map(len, table)) + 20_000
    placed, width, hanging = [], 0, []
    for number, row in enumerate(table):
        found = [(column, end, text, False) for column, end, text, _ in hanging]
        budget -= len(hanging)
        taken, free, column = iter(hanging), [], 0
        block = next(taken, None)
        for text, down, across in row:
            while block and column >= block[0]:
                column, block = max(column, block[1]), next(taken, None)
            end = column + max(1, min(across, WIDEST))
            if block:
                end = min(end, block[0])
            found.append((column, end, text, True))
            last = len(table) if down == 0 else number + down
            if last > number + 1 and budget > 0:
                free.append((column, end, text, last))
            column = end
        hanging = sorted(cell for cell in (*hanging, *free) if cell[3] > number + 1 and budget > 0)
        found.sort(key=lambda cell: cell[0])
        width = max([width, *(end for _, end, *_ in found)])
        placed.append(found)
    return placed, width
