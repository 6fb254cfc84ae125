"""What each row of a table is: a row of its own, one that heads others, a sum, or the rest of the row above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lanxikit.segmenting import columns as heads
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import ends_whole, shape
from lanxikit.segmenting.columns import Column
from lanxikit.segmenting.table_lines import FINISHED, GROUP
from lanxikit.segmenting.tasktable import Cell
from lanxikit.text.fold import fold

_HEADING = ("phrase", "agencies")  # what a cell that heads others looks like
_SUMS = ("合计", "总计", "小计", "共计", "总和")


@dataclass
class Row:
    """A row of a table: ``form`` is ``header``, ``rule``, ``group``, ``row``, ``more``, ``sum`` or ``list``.

    ``group`` heads the rows below it, ``more`` goes on with the row above, ``list`` belongs
    to a table without leaves. ``whole``: every row of the table has all its cells.
    """

    form: str
    cells: list[Cell]
    columns: list[Column]
    whole: bool = False


def judge(joined: list[Block], rows: list[Row | None], first: int, lexicon: str | None) -> None:
    """Find columns for tables without a header, and tell groups, sums and continued rows from rows."""
    plain = [row for row in rows[first:] if row and row.form == "row"]
    bare = [row for row in plain if not row.columns]
    if bare:
        inferred = heads.infer([[cell.text for cell in row.cells] for row in bare], lexicon)
        for row in bare:
            row.columns = inferred
    _settle(rows[first:], lexicon)
    full = [row for row in plain if sum(bool(cell.text) for cell in row.cells) > 1]
    whole = bool(full) and all(len(row.cells) == len(row.columns) for row in full)
    before: Row | None = None
    columns, people = None, False
    for at in range(first, len(rows)):
        row = rows[at]
        if row is None:
            if _groups(joined[at], rows, at):
                rows[at] = Row("group", [], [])
                before = None
            continue
        row.whole = whole
        if row.form != "row":
            continue
        if row.columns is not columns:
            columns = row.columns
            people = heads.kind(columns) == "people"
        row.form = "list" if people else _form(row, before, lexicon)
        before = row if row.form == "row" else before


def _settle(rows: Sequence[Row | None], lexicon: str | None) -> None:
    """Settle the columns of each header by the cells of all the rows that it stands over."""
    under: dict[tuple[Column, ...], list[Row]] = {}
    for row in rows:
        if row and row.columns and row.form in ("row", "header"):
            under.setdefault(tuple(row.columns), []).append(row)
    for columns, held in under.items():
        texts = [[cell.text for cell in row.cells] for row in held if row.form == "row"]
        found = heads.settle(list(columns), texts, lexicon, headed=any(row.form == "header" for row in held))
        for row in held:
            row.columns = found


def _groups(block: Block, rows: list[Row | None], at: int) -> bool:
    """Tell whether a short line between two rows is a cell merged over the whole table."""
    text = block.text
    between = at and rows[at - 1] is not None and at + 1 < len(rows) and rows[at + 1] is not None
    return bool(between) and block.form == "plain" and len(text) <= GROUP and fold(text[-1]) not in "。;,:、"


def _form(row: Row, before: Row | None, lexicon: str | None) -> str:
    filled = [cell for cell in row.cells if cell.text]
    if not filled:
        return "list"
    first = filled[0]
    if first.folded.startswith(_SUMS) or (len(filled) > 1 and filled[1].folded.startswith(_SUMS)):
        return "sum"
    text = first.text
    alone = len(row.cells) > 2 and len(text) <= GROUP and first in row.cells[:2]
    alone = alone and all([cell.text == text for cell in filled]) and first.folded[-1] not in "。;,"
    if alone and shape(first.folded, lexicon) in _HEADING and not _ends_open(before):
        return "group"
    return "more" if before is not None and _continues(row, before, lexicon) else "row"


def _ends_open(row: Row | None) -> bool:
    """Tell whether the last words of a row break off."""
    words = [cell.text for cell in row.cells if cell.text] if row else []
    return bool(words) and fold(words[-1][-1]) in ",、(《“"


def _continues(row: Row, before: Row, lexicon: str | None) -> bool:
    """Tell whether a row goes on with the one above: no number, no task, and what it adds was unfinished there."""
    width = len(row.columns)
    if not row.whole or row.columns != before.columns or not len(row.cells) == len(before.cells) == width:
        return False
    filled = [(at, cell.text) for at, cell in enumerate(row.cells) if cell.text]
    roles = [role for role, _ in row.columns]
    above = [cell.text for cell in before.cells]
    own = {roles[at] for at, text in filled if text != above[at]}
    if own & {"ordinal", "task", "field", "indicator"} or ("ordinal" in roles and not above[roles.index("ordinal")]):
        return False
    if not own & {"measure", "subtask"}:
        return bool(own) or all(above[at] == text for at, text in filled)
    if any(roles[at] in ("ordinal", "task") for at, _ in filled):  # a merged cell, repeated by the reader
        return False
    hanging = [above[at] for at, _ in filled if roles[at] in ("duty", "deadline") and above[at]]
    if any(ends_whole(fold(text), lexicon) for text in hanging):  # whole there, and another here
        return False
    for at, text in filled:
        if roles[at] in ("measure", "subtask") and text != above[at]:
            return bool(above[at]) and fold(above[at][-1]) not in FINISHED and shape(fold(text), lexicon) == "sentence"
    return False
