"""The rows of the tables in a body: which blocks make up one row, and what each row is.

A cell with line breaks of its own cuts its row into several lines; a page cuts it as well
and repeats the header behind the cut. The lines of a row are those whose cells together
are as many as the table has columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lanxikit.segmenting import columns as heads
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import ends_whole, shape
from lanxikit.segmenting.columns import Column
from lanxikit.segmenting.duty_lists import names_agency
from lanxikit.segmenting.tasktable import Cell, cells, is_rule
from lanxikit.text.fold import fold

PASSIVE = frozenset(("page", "footnote", "contents", "blank", "note"))
_WRAPPED = 60  # lines that one row may take
_GROUP = 40  # characters of a line that heads the rows below it
_AGENCY = ("单位", "部门")
_SUMS = ("合计", "总计", "小计", "共计", "总和")
_FINISHED = frozenset("。;!?")


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


def assemble(source: str, blocks: Sequence[Block], lexicon: str | None = None) -> tuple[list[Block], list[Row | None]]:
    """Join the lines of each row, and tell what the rows are.

    Parameters
    ----------
    source : str
        The decoded file.
    blocks : sequence of Block
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    tuple
        The blocks, those of one row joined to one of form ``table``; and for each its Row,
        None for what is no row of a table.
    """
    if not any(block.form == "table" for block in blocks):
        return list(blocks), [None] * len(blocks)
    joined: list[Block] = []
    rows: list[Row | None] = []
    for run in _runs(blocks):
        if isinstance(run, Block):
            joined.append(run)
            rows.append(None)
        else:
            _table(source, run, joined, rows, lexicon)
    return joined, rows


def _runs(blocks: Sequence[Block]):
    """Yield single blocks, and lists of blocks from a table's first row to its last."""
    index = 0
    while index < len(blocks):
        if blocks[index].form != "table":
            yield blocks[index]
            index += 1
            continue
        last, at, gap = index, index + 1, 0
        while at < len(blocks) and gap <= _WRAPPED:
            if blocks[at].form == "table":
                last, gap = at, 0
            elif blocks[at].form in ("annex", "attachment"):
                break
            else:
                gap += 1
            at += 1
        yield list(blocks[index : last + 1])
        index = last + 1


def _table(source: str, run: list[Block], joined: list[Block], rows: list[Row | None], lexicon: str | None) -> None:
    split = [_cells(source, block) for block in run]
    texts = [[cell.text for cell in row] if row else None for row in split]
    named = [heads.header(row, lexicon) if row else None for row in texts]
    columns = None if named[0] is None and len(texts) > 1 and named[1] is None else next(filter(None, named), None)
    usual = Counter(len(row) for row in texts if row and sum(map(bool, row)) > 1).most_common(1)
    lasts = {row[-1] for row in texts if row and len(row) > 1}
    first = len(joined)
    index = 0
    while index < len(run):
        if split[index] is None:
            if len(joined) > first and rows[-1] is not None and _torn(run, texts, index, lasts, lexicon):
                joined[-1] = _one([joined[-1], run[index]])
                rows[-1].cells = cells(source, joined[-1])
            else:
                joined.append(run[index])
                rows.append(None)
            index += 1
            continue
        if named[index]:
            columns, taken = _header(texts, named, index, lexicon)
            for at in range(index, index + taken):
                joined.append(run[at])
                rows.append(Row("header", split[at], columns))
            index += taken
            continue
        width = len(columns) if columns else usual[0][0] if usual else 0
        taken = _lines(run, texts, named, index, width, lexicon)
        block = run[index] if taken == 1 else _one(run[index : index + taken])
        row = split[index] if taken == 1 else cells(source, block)
        joined.append(block)
        rows.append(Row("rule" if is_rule(row) else "row", row, columns or []))
        index += taken
    _judge(joined, rows, first, lexicon)


def _cells(source: str, block: Block) -> list[Cell] | None:
    """The cells of a line; one with text in a single cell, not the first, is a row as well."""
    if block.form == "table":
        return cells(source, block)
    if block.form in ("plain", "label", "marker") and len(block.parts) == 1:
        lead = source[block.start : block.spans[0][0]]
        if "\t" in lead and "\n" not in lead:
            return cells(source, block)
    return None


def _header(texts, named, index: int, lexicon: str | None) -> tuple[list[Column], int]:
    """The columns of a header, and how many rows it takes: the second divides cells of the first."""
    columns, after = named[index], index + 1
    below = texts[after] if after < len(texts) else None
    if below is not None:
        joined = heads.second(below, columns, lexicon)
        if joined and any(below) and below != texts[index] and (not all(texts[index]) or not all(below)):
            return _settled(joined), 2
        same = [a == b for a, b in zip(texts[index], below, strict=False)]
        if joined and any(same) and not all(same):
            return _settled(joined), 2
    return _settled(columns), 1


def _settled(columns: list[Column]) -> list[Column]:
    """Settle what a column means from its neighbours: the first of two columns of measures holds the tasks."""
    roles = [role for role, _ in columns]
    if "duty" not in roles and {"task", "measure"} & set(roles):  # 单位 is an agency where no indicator has units
        columns = [("duty", label) if label in _AGENCY else (role, label) for role, label in columns]
    if "task" not in roles and roles.count("measure") > 1:
        first = roles.index("measure")
        return [("task", label) if at == first else (role, label) for at, (role, label) in enumerate(columns)]
    return columns


def _lines(run, texts, named, index: int, width: int, lexicon: str | None) -> int:
    """How many lines the row takes that begins at ``index``: until its cells are as many as the columns."""
    count = len(texts[index])
    if count >= width:
        return 1
    for at in range(index + 1, min(index + _WRAPPED, len(run))):
        if named[at] or run[at].form in PASSIVE or run[at].form in ("box", "annex"):
            return 1
        row = texts[at]
        if row and len(row) > 1 and shape(fold(row[0]), lexicon) == "ordinal" and len(row) >= width - 1:
            return 1
        count += len(row) - 1 if row else 0
        if count == width:
            return _tail(run, texts, at, width, lexicon) - index
        if count > width:
            return 1
    return 1


def _tail(run, texts, at: int, width: int, lexicon: str | None) -> int:
    """Lines without a tab after the last cell of a wrapped row are in that cell, where it is unfinished."""
    after = at + 1
    while after < len(run) and texts[after] is None and run[after].form in ("plain", "label"):
        last = texts[after - 1][-1] if texts[after - 1] else run[after - 1].text
        opens = after + 1 < len(run) and texts[after + 1] is not None
        if not last.endswith(("、", ",", "，")) or not opens:
            break
        after += 1
    return after


def _torn(run, texts, at: int, lasts: set[str], lexicon: str | None) -> bool:
    """Tell whether a line without a tab goes on with the last cell of the row above, and heads no rows.

    The cell breaks off, or both together are a cell of another row (预⏎期性), or an agency's name.
    """
    above, block = texts[at - 1], run[at]
    if not above or len(above) < 2 or block.form != "plain" or at + 1 == len(run) or not above[-1]:
        return False
    last, text = above[-1], block.text
    folded = fold(last)
    if last + text in lasts:
        return True
    if len(text) > _GROUP or (texts[at + 1] is None and run[at + 1].form not in PASSIVE):
        return False
    if folded[-1] in "、,(《" or fold(text[0]) in ",、。;)》":
        return True
    if folded[-1] in _FINISHED:
        return False
    return fold(text[-1]) in "。;" or (not ends_whole(folded, lexicon) and names_agency(last + text, lexicon))


def _one(lines: list[Block]) -> Block:
    spans = [span for block in lines for span in block.spans]
    parts = [part for block in lines for part in block.parts]
    return Block(lines[0].start, lines[-1].end, spans, parts, "table")


def _judge(joined: list[Block], rows: list[Row | None], first: int, lexicon: str | None) -> None:
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
        row.form = _form(row, before, lexicon)
        before = row if row.form == "row" else before


def _settle(rows: Sequence[Row | None], lexicon: str | None) -> None:
    """Settle the columns of each header by the cells of all the rows that it stands over."""
    under: dict[tuple[Column, ...], list[Row]] = {}
    for row in rows:
        if row and row.columns and row.form in ("row", "header"):
            under.setdefault(tuple(row.columns), []).append(row)
    for columns, held in under.items():
        texts = [[cell.text for cell in row.cells] for row in held if row.form == "row"]
        found = heads.settle(list(columns), texts, lexicon)
        for row in held:
            row.columns = found


def _groups(block: Block, rows: list[Row | None], at: int) -> bool:
    """Tell whether a short line between two rows is a cell merged over the whole table."""
    text = block.text
    between = at and rows[at - 1] is not None and at + 1 < len(rows) and rows[at + 1] is not None
    return bool(between) and block.form == "plain" and len(text) <= _GROUP and fold(text[-1]) not in "。;,:、"


def _form(row: Row, before: Row | None, lexicon: str | None) -> str:
    filled = [(at, cell.text) for at, cell in enumerate(row.cells) if cell.text]
    if not filled:
        return "list"
    if heads.kind(row.columns) == "people":
        return "list"
    words = {text for _, text in filled}
    at, text = filled[0]
    if fold(text).startswith(_SUMS) or (len(filled) > 1 and fold(filled[1][1]).startswith(_SUMS)):
        return "sum"
    form = shape(fold(text), lexicon)
    alone = len(words) == 1 and len(row.cells) > 2 and len(text) <= _GROUP and fold(text[-1]) not in "。;,"
    if alone and at <= 1 and form in ("phrase", "agencies") and not _ends_open(before):
        return "group"
    return "more" if before is not None and _continues(row, before, filled, lexicon) else "row"


def _ends_open(row: Row | None) -> bool:
    """Tell whether the last words of a row break off."""
    words = [cell.text for cell in row.cells if cell.text] if row else []
    return bool(words) and fold(words[-1][-1]) in ",、(《“"


def _continues(row: Row, before: Row, filled: list[tuple[int, str]], lexicon: str | None) -> bool:
    """Tell whether a row goes on with the one above: no number, no task, and what it adds was unfinished there."""
    width = len(row.columns)
    if not row.whole or row.columns != before.columns or not len(row.cells) == len(before.cells) == width:
        return False
    roles = [role for role, _ in row.columns]
    above = [cell.text for cell in before.cells]
    own = {roles[at] for at, text in filled if text != above[at]}
    if own & {"ordinal", "task", "field", "indicator"} or ("ordinal" in roles and not above[roles.index("ordinal")]):
        return False
    if not own & {"measure", "subtask"}:
        return bool(own) or all(above[at] == text for at, text in filled)
    for at, text in filled:
        if roles[at] in ("measure", "subtask") and text != above[at]:
            return bool(above[at]) and fold(above[at][-1]) not in _FINISHED and shape(fold(text), lexicon) == "sentence"
    return False
