"""A table's rows as pieces: the task is a leaf, its duty, deadline and outcome cells hang on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lanxikit.reading.lines import Span, cut
from lanxikit.segmenting import columns as heads
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import parted
from lanxikit.segmenting.markers import readings
from lanxikit.segmenting.piece import Piece
from lanxikit.segmenting.table_rows import Row
from lanxikit.segmenting.tasktable import UNDER_MEASURES, Cell, Placed, core, place
from lanxikit.text.fold import fold

if TYPE_CHECKING:
    from lanxikit.segmenting.columns import Column
    from lanxikit.segmenting.outline import Outline

_CELLS = {"duty": "duty", "deadline": "deadline", "person": "person"} | dict.fromkeys(
    ("outcome", "measure", "task", "subtask"), "outcome"
)
_HANGING = ("duty", "deadline", "person")
_MEASURES = frozenset(("measure", "subtask"))
_STYLES = ("digit", "digit_paren", "cn", "cn_paren", "decimal")
_BRACKETS = re.compile(r"^\(?([^()]*?)\)?[.、]?$")


class Rows:
    """Writes the rows of tables into an outline."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._leaf: int | None = None  # the last row's
        self.task: Cell | None = None  # the last task cell: blank ones below take it over
        self._fields: dict[int, str] = {}  # the last cells of the columns that stand over the task
        self._columns: list[Column] | None = None  # of the last row: what follows from them is found once a table
        self._kind, self._roles, self._over_task = "", frozenset(), frozenset()

    def take(self, block: Block, row: Row) -> None:
        """Add the pieces of a row."""
        outline = self._outline
        if row.form in ("header", "rule"):
            named = [Placed(cell, "other", "") for cell in row.cells if cell.text]
            spans = _joined(outline.source, named) if row.form == "header" else []
            outline.add(
                Piece("table_header", block.start, block.end, spans, 0, None, outline.path(), None, outline.parent())
            )
            return
        if row.form in ("list", "sum"):
            self._apart(block)
            return
        columns = row.columns
        if columns is not self._columns:
            self._columns, self._kind = columns, heads.kind(columns)
            self._roles = frozenset([role for role, _ in columns])
            self._over_task = frozenset([at for at, (role, _) in enumerate(columns) if role == "field"])
        if self._kind == "indicators":
            placed = [Placed(cell, *column) for cell, column in zip(row.cells, columns, strict=False) if cell.text]
            placed += [Placed(cell, "value", "") for cell in row.cells[len(columns) :] if cell.text]
        else:
            placed = place(row.cells, columns, outline.lexicon, whole=row.whole)
        if row.form == "more" and self._more(block, placed):
            return
        self._task_row(block, placed)

    def _apart(self, block: Block) -> None:
        """Add a row that is no task."""
        outline = self._outline
        outline.add(Piece("cell", block.start, block.end, block.spans, 0, None, outline.path(), None, outline.parent()))

    def _more(self, block: Block, placed: list[Placed]) -> bool:
        """Hang the cells of a row that goes on with the one above on that one's leaf."""
        leaf = self._leaf
        if leaf is None:
            return False
        start, path = block.start, self._outline.path()
        for item, after in zip(placed, [*placed[1:], None], strict=True):
            end = block.end if after is None else after.cell.start
            self._cell(item, start, end, self._outline.pieces[leaf].level, path, leaf)
            start = end
        return True

    def _task_row(self, block: Block, placed: list[Placed]) -> None:
        outline = self._outline
        ordinal = task = None
        for item in placed:
            if item.role == "ordinal":
                ordinal = ordinal or item
            elif item.role == "task":
                task = task or item
        if self._over_task or self._fields:
            self._over(placed)
        self.task = task.cell if task else self.task
        first, last, content, heading = self._main(placed, task)
        if not content:  # a number, a duty, and nothing to do
            self._apart(block)
            return
        above = outline.path()  # of the cells
        over = tuple([self._fields[at] for at in sorted(self._fields)])
        level, path = outline.level + len(over), above + over
        before, after = placed[:first], placed[last:]
        leaf = len(outline.pieces) + len(before)
        for number, item in enumerate(before):
            start = block.start if number == 0 else item.cell.start
            self._cell(item, start, placed[number + 1].cell.start, level, above, leaf)
        start = placed[first].cell.start if before else block.start
        stop = after[0].cell.start if after else block.end
        named = None if heading is None else heading.text
        named_spans = [] if heading is None else list(heading.spans)
        number = None if ordinal is None else _BRACKETS.sub(r"\1", ordinal.cell.folded)
        spans = _joined(outline.source, content)
        if "ordinal" not in self._roles:
            number, spans = _numbered(spans, content[0].cell.folded, outline.lexicon)
        outline.add(Piece("task", start, stop, spans, level, number, path, named, outline.parent(), named_spans))
        outline.lead_on(leaf)
        self._leaf = leaf
        for number, item in enumerate(after, start=1):
            end = block.end if number == len(after) else after[number].cell.start
            self._cell(item, item.cell.start, end, level, above, leaf)

    def _over(self, placed: list[Placed]) -> None:
        """Take note of the cells that stand over the task; a new one ends what stood below the old one."""
        self._fields = {at: text for at, text in self._fields.items() if at in self._over_task}
        for item in placed:
            if item.role == "field" and self._fields.get(item.at) != item.cell.text:
                self._fields = {at: text for at, text in self._fields.items() if at < item.at}
                self._fields[item.at] = item.cell.text
                self.task = None

    def _main(self, placed: list[Placed], task: Placed | None):
        """The bounds of the cells that say what is to be done, those that make up the text, and the heading."""
        if self._kind == "indicators":
            first, last = _but(placed, _HANGING)
            return first, last, [item for item in placed[first:last] if item.role != "ordinal"], None
        measures = "measure" in self._roles
        if measures and not _MEASURES.isdisjoint([item.role for item in placed]):
            first, last = core(placed, UNDER_MEASURES)
        else:
            first, last = core(placed)
        content = [item for item in placed[first:last] if item.role not in ("ordinal", "task", "field")]
        if (not content or not measures) and task in placed[first:last]:
            # Without a column of measures the task is the measure.
            return first, last, [item for item in placed[first:last] if item.role not in ("ordinal", "field")], None
        if not content:
            first = next((at for at, p in enumerate(placed) if p.role not in ("ordinal", "field", *_HANGING)), 0)
            last = first + 1
            content = [item for item in placed[first:last] if item.role not in ("ordinal", "field", *_HANGING)]
        return first, last, content, self.task

    def _cell(self, item: Placed, start: int, end: int, level: int, path: tuple[str, ...], leaf: int) -> None:
        outline = self._outline
        kind = _CELLS.get(item.role, "cell")
        label = item.label or None
        if kind != "duty" or len(item.cell.spans) == 1:
            outline.pieces.append(Piece(kind, start, end, list(item.cell.spans), level, None, path, label, leaf))
            return
        parts = _lines(outline.source, item.cell.spans)
        ends = [*(part[0][0] for part in parts[1:]), end]
        for part, stop in zip(parts, ends, strict=True):
            spans = parted(outline.source, part, outline.lexicon)
            outline.add(Piece(kind, start, stop, spans, level, None, path, label, leaf))
            start = stop


def _but(placed: list[Placed], roles: tuple[str, ...]) -> tuple[int, int]:
    """The bounds of the cells before the first one of these roles that stands behind content."""
    first = next((at for at, item in enumerate(placed) if item.role not in roles), 0)
    last = next((at for at in range(first, len(placed)) if placed[at].role in roles), len(placed))
    return first, last


def _joined(source: str, items: list[Placed]) -> list[Span]:
    """The slices of several cells; the tab between two reads as a blank."""
    spans: list[Span] = []
    for item in items:
        if spans:
            spans.extend(_gap(source, spans[-1][1], item.cell.spans[0][0]))
        spans.extend(item.cell.spans)
    return spans


def _lines(source: str, spans: Sequence[Span]) -> list[list[Span]]:
    """A cell's slices, cut where Markdown writes a line break: the tag leaves no blank to part two names."""
    parts: list[list[Span]] = [[]]
    for span in spans:
        if parts[-1] and "<" in source[parts[-1][-1][1] : span[0]]:
            parts.append([])
        parts[-1].append(span)
    return parts


def _gap(source: str, start: int, end: int) -> list[Span]:
    at = next((at for at in range(end - 1, start - 1, -1) if source[at].isspace()), None)
    return [] if at is None else [(at, at + 1)]


def _numbered(spans: list[Span], text: str, lexicon: str | None) -> tuple[str | None, list[Span]]:
    """The number that opens a cell, where the table has no column for it and the cell holds but one."""
    found = readings(fold(text[:16]), lexicon)
    if not found or found[0].damage or found[0].style not in _STYLES:
        return None, spans
    number = found[0]
    next_ = number.value + 1
    if any(sign in text for sign in (f"{next_}.", f"{next_}、", f"({next_})")):
        return None, spans
    return number.ordinal, cut(spans, number.length, sum(high - low for low, high in spans))
