"""What in a body may be a number or a heading, and where each of them stands.

The blocks that open with a number, the lines that may be headings without one, the boxes
and the rows that head parts of a table go through the search of depth.py together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.depth import Place, Sign, places
from lanxikit.segmenting.headings import after, emphasised, heading_like
from lanxikit.segmenting.markers import Marker, bare, readings, styles
from lanxikit.segmenting.place_costs import BOX, TITLE
from lanxikit.segmenting.table_rows import PASSIVE, Row
from lanxikit.segmenting.unnumbered import title_like
from lanxikit.text.fold import fold

_PARAGRAPH = 30  # what stands below a heading without a number is longer
_GROUPS = 6  # headings of a table that stand one below the other
_BEFORE_DIGIT = re.compile(r"(\d{1,2})[.、](?=\d)")  # 3.11月底前…, 5.100%…
_POINTS = "一二三四五六七八九十"
_RUNS = ("digit", "decimal")
_CLOSED = frozenset("。;!?:")
_GROUP = Marker(TITLE, "", 0, 0, -1.0)  # a row that heads others is a heading for sure
_TITLE = Marker(TITLE, "", 0)
_BOX = Marker(BOX, "", 0)


def signs(
    source: str, blocks: list[Block], texts: list[str], rows: Sequence[Row | None], lexicon: str | None = None
) -> list[Place | None]:
    """Find the place of every block that is a number, a heading or a box.

    Parameters
    ----------
    source : str
        The decoded file.
    blocks : list of Block
        The blocks of a body, the rows of its tables joined.
    texts : list of str
        Their texts, folded.
    rows : sequence of Row or None
        From :func:`lanxikit.segmenting.table_rows.assemble`.
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    list of Place or None
        One for each block; None for what is none of these.
    """
    found: dict[int, tuple[Marker, ...]] = {}
    blanks: dict[int, Marker] = {}
    for index, (block, row) in enumerate(zip(blocks, rows, strict=True)):
        if row is not None:
            if row.form == "header" and found and _counts_anew(blocks, rows, index):
                found[index] = (_BOX,)  # its groups count apart from the text around
            if row.form == "group":
                words = fold(next((cell.text for cell in row.cells if cell.text), ""))
                found[index] = readings(words, lexicon) or (_GROUP,)
        elif block.form == "marker":
            ways = readings(texts[index], lexicon) or (block.marker,)
            if not _runs_on(texts[index], ways[0]):
                found[index] = ways
        elif block.form == "box":
            found[index] = (_BOX,)
        elif (
            block.form == "plain" and len(block.spans) > 1 and (number := _blank(source, block, texts[index], lexicon))
        ):
            blanks[index] = number
    found.update(_counted(blanks))
    _before_digits(blocks, texts, rows, found)
    found.update(_titles(source, blocks, texts, rows, found))
    order = sorted(found)
    placed = places(list(_in_order(blocks, rows, found, order)), styles(lexicon))
    result: list[Place | None] = [None] * len(blocks)
    for index, place in zip(order, placed, strict=True):
        result[index] = place
    return result


def _runs_on(text: str, number: Marker) -> bool:
    """Tell whether the points of a sentence follow one another in one paragraph: 一是…。二是…"""
    if number.style != "是" or number.value >= len(_POINTS):
        return False
    return f"{_POINTS[number.value]}是" in text[number.length :]


def _counts_anew(blocks: list[Block], rows: Sequence[Row | None], index: int) -> bool:
    """Tell whether a number stands between the header of a table and its first row."""
    below = next(after(blocks, index, PASSIVE), None)
    return below is not None and blocks[below].form == "marker" and _in_table(blocks, rows, below)


def _in_table(blocks: list[Block], rows: Sequence[Row | None], index: int) -> bool:
    """Tell whether a number heads rows of a table: a row follows it, or another number that heads rows."""
    for below in after(blocks, index, PASSIVE):
        if rows[below] is not None:
            return rows[below].form != "header"
        if blocks[below].form != "marker" or below > index + _GROUPS:
            return False
    return False


def _in_order(blocks: list[Block], rows: Sequence[Row | None], found: dict, order: list[int]) -> Iterator[Sign]:
    """The signs, each with what stands before it: after a table or a box a count may start again."""
    table, box, at = False, False, 0
    articles = _articles(found, order)
    for index in order:
        while at < index:
            table = table or (box and rows[at] is not None)
            at += 1
        first = found[index][0]
        outside = box and table and first.style != BOX and rows[index] is None and not _in_table(blocks, rows, index)
        box, table = (True, False) if first.style == BOX else (box and not outside, table and not outside)
        sure = index in articles
        yield Sign(found[index], bool(index and blocks[index - 1].form in ("table", "box")), outside, sure)


def _articles(found: dict, order: list[int]) -> set[int]:
    """The articles of a document of articles: their numbers rise, with gaps where it is an excerpt, or begin again."""
    numbers = [(index, found[index][0].value) for index in order if found[index][0].style == "第条"]
    if len(numbers) < 2:
        return set()
    sure, before = set(), 0
    for index, value in numbers:
        if value > before or value == 1:
            sure.add(index)
            before = value
    return sure


def _blank(source: str, block: Block, text: str, lexicon: str | None) -> Marker | None:
    """A number parted from its words by a blank: 一 总则."""
    (start, end), (after_, _) = block.spans[:2]
    if end - start > 3 or after_ <= end or not source[end:after_].isspace():
        return None
    found = bare(text, end - start, lexicon)
    return found if found and heading_like(text[found.length :], lexicon) else None


def _counted(blanks: dict[int, Marker]) -> dict[int, tuple[Marker, ...]]:
    """Numbers with nothing but a blank behind count where two of them follow one another."""
    values: dict[str, set[int]] = {}
    for number in blanks.values():
        values.setdefault(number.style, set()).add(number.value)
    near = lambda number: {number.value - 1, number.value + 1} & values[number.style]  # noqa: E731
    return {index: (number,) for index, number in blanks.items() if near(number)}


def _before_digits(blocks: list[Block], texts: list[str], rows: Sequence[Row | None], found: dict) -> None:
    """Numbers before a number of the text: 3.11月底前… is item 3 where item 2 stands before it, else a date."""
    last, run = "", None  # how the block before ends, and the last number of the run
    for index, block in enumerate(blocks):
        if block.form in PASSIVE:
            continue
        ways = found.get(index, ())
        text = rows[index] is None and block.form in ("plain", "marker")
        number = _BEFORE_DIGIT.match(texts[index]) if text else None
        if number and (not ways or all(way.style == "decimal" for way in ways)):
            value = int(number[1])
            opens = value == 1 and _second(blocks, texts, index)
            if (not last or last in _CLOSED) and (opens or (run and (run.style, run.value) == ("digit", value - 1))):
                ways = found[index] = (Marker("digit", number[1], number.end(), value, 0.5), *ways)
        if ways and ways[0].style in _RUNS:
            run = ways[0]
        elif ways:
            run = next((way for way in ways if way.style in _RUNS), None if ways[0].style == "cn" else run)
        last = "" if ways and ways[0].style not in _RUNS else texts[index][-1:]


def _second(blocks: list[Block], texts: list[str], index: int) -> bool:
    """Tell whether the next block is a second item."""
    below = next(after(blocks, index, PASSIVE), None)
    return below is not None and texts[below].startswith(("2.", "2、"))


def _titles(
    source: str, blocks: list[Block], texts: list[str], rows: Sequence[Row | None], found: dict
) -> dict[int, tuple[Marker, ...]]:
    """Lines that may be headings without a number: set off by markup, or several of them above paragraphs."""
    lines = [
        index
        for index, block in enumerate(blocks)
        if block.form == "plain" and rows[index] is None and index not in found and not block.bullet
        and len(block.parts) == 1 and title_like(texts[index]) and _heads(blocks, texts, rows, index, found)
    ]  # fmt: skip
    sure = [index for index in lines if emphasised(source, blocks[index])]
    sound = any(readings_[0].damage == 0 and readings_[0].style not in (BOX, TITLE) for readings_ in found.values())
    kept = sure if sound and sure else lines if len(lines) > 1 or sure else []
    return {index: (_TITLE,) for index in kept}


def _heads(blocks: list[Block], texts: list[str], rows: Sequence[Row | None], index: int, found: dict) -> bool:
    """Tell whether a paragraph, a table or a new list follows a line, and what precedes it is finished."""
    for before in range(index - 1, max(index - 4, -1), -1):
        if blocks[before].form not in PASSIVE:
            if blocks[before].form == "plain" and texts[before][-1:] not in "。:;!?":
                return False
            break
    below = next(after(blocks, index, PASSIVE), None)
    if below is None:
        return False
    if below in found:
        return found[below][0].value == 1
    text = texts[below]
    return rows[below] is not None or (
        blocks[below].form == "plain" and (len(text) > _PARAGRAPH or text.endswith(("。", ":")))
    )
