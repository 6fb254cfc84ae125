"""The lines that make up a row of a table: its cells have line breaks of their own, or a page cuts it."""

from __future__ import annotations

from collections.abc import Sequence

from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import ends_whole, shape
from lanxikit.segmenting.duty_lists import names_agency
from lanxikit.segmenting.tasktable import Cell, cells
from lanxikit.text.fold import fold

PASSIVE = frozenset(("page", "footnote", "contents", "blank", "note"))
GROUP = 40  # characters of a line that heads the rows below it
FINISHED = frozenset("。;!?")
_WRAPPED = 60  # lines that one row may take


def runs(blocks: Sequence[Block]):
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


def of_line(source: str, block: Block) -> list[Cell] | None:
    """The cells of a line; one with text in a single cell, not the first, is a row as well."""
    if block.form == "table":
        return cells(source, block)
    if block.form in ("plain", "label", "marker") and len(block.parts) == 1:
        lead = source[block.start : block.spans[0][0]]
        if "\t" in lead and "\n" not in lead:
            return cells(source, block)
    return None


def taken(run, texts, named, index: int, width: int, lexicon: str | None) -> int:
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


def torn(run, texts, at: int, lasts: set[str], lexicon: str | None) -> bool:
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
    if len(text) > GROUP or (texts[at + 1] is None and run[at + 1].form not in PASSIVE):
        return False
    if folded[-1] in "、,(《" or fold(text[0]) in ",、。;)》":
        return True
    if folded[-1] in FINISHED:
        return False
    return fold(text[-1]) in "。;" or (not ends_whole(folded, lexicon) and names_agency(last + text, lexicon))


def one(lines: list[Block]) -> Block:
    spans = [span for block in lines for span in block.spans]
    parts = [part for block in lines for part in block.parts]
    return Block(lines[0].start, lines[-1].end, spans, parts, "table")
