"""The rows of the tables in a body: which blocks make up one row, and what each row is.

A cell with line breaks of its own cuts its row into several lines; a page cuts it as well
and repeats the header behind the cut. The lines of a row are those whose cells together
are as many as the table has columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lanxikit.segmenting import columns as heads
from lanxikit.segmenting import table_heads
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.table_forms import Row, judge
from lanxikit.segmenting.table_lines import PASSIVE, of_line, one, runs, taken, torn
from lanxikit.segmenting.tasktable import cells, is_rule

__all__ = ["PASSIVE", "Row", "assemble"]


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
    for run in runs(blocks):
        if isinstance(run, Block):
            joined.append(run)
            rows.append(None)
        else:
            _table(source, run, joined, rows, lexicon)
    return joined, rows


def _table(source: str, run: list[Block], joined: list[Block], rows: list[Row | None], lexicon: str | None) -> None:
    split = [of_line(source, block) for block in run]
    texts = [[cell.text for cell in row] if row else None for row in split]
    named = [heads.header(row, lexicon) if row else None for row in texts]
    passive = [block.form in PASSIVE for block in run]
    columns = None if named[0] is None and len(texts) > 1 and named[1] is None else next(filter(None, named), None)
    usual = Counter(len(row) for row in texts if row and sum(map(bool, row)) > 1).most_common(1)
    lasts = {row[-1] for row in texts if row and len(row) > 1}
    first = len(joined)
    index = 0
    while index < len(run):
        if split[index] is None:
            if len(joined) > first and rows[-1] is not None and torn(run, texts, index, lasts, lexicon):
                joined[-1] = one([joined[-1], run[index]])
                rows[-1].cells = cells(source, joined[-1])
            else:
                joined.append(run[index])
                rows.append(None)
            index += 1
            continue
        if named[index]:
            columns, deep = table_heads.read(texts, named, passive, index, lexicon)
            for at in range(index, index + deep):
                joined.append(run[at])
                form = "rule" if split[at] and is_rule(split[at]) else "header"
                rows.append(Row(form, split[at], columns) if split[at] else None)
            index += deep
            continue
        width = len(columns) if columns else usual[0][0] if usual else 0
        count = taken(run, texts, named, index, width, lexicon)
        block = run[index] if count == 1 else one(run[index : index + count])
        row = split[index] if count == 1 else cells(source, block)
        joined.append(block)
        rows.append(Row("rule" if is_rule(row) else "row", row, columns or []))
        index += count
    judge(joined, rows, first, lexicon)
