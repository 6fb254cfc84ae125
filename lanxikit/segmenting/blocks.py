"""Physical lines joined into blocks: a paragraph, a heading, a label with its list, a table row.

Lines break where a page ends or a column is narrow. A line goes on with the block before
it when that block is unfinished and the line opens nothing of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lanxikit.reading import front
from lanxikit.reading.lines import Line, Span, lines
from lanxikit.segmenting.cells import ends_whole
from lanxikit.segmenting.labels import Label, label
from lanxikit.segmenting.markers import Marker, marker
from lanxikit.text.fold import fold

_FINISHED = frozenset("。！？；：!?;:")
_HEADING_LENGTH = 60
_FEW = 4  # lines that hold the tail of a list
_TITLE_LENGTH = 120
_LONG = 10_000  # a block of many lines is longer than any title or heading


@dataclass
class Block:
    """A paragraph of the document, with all its lines.

    ``form`` is ``marker``, ``label``, ``table``, ``date``, ``imprint``, ``number``,
    ``letterhead``, ``page`` or ``plain``.
    """

    start: int
    end: int
    spans: list[Span]
    parts: list[str]
    form: str
    marker: Marker | None = None
    label: Label | None = None
    page: str | None = None

    @property
    def text(self) -> str:
        """What is to be read of the block."""
        if len(self.parts) > 1:  # joined when asked for: a block may have thousands of lines
            self.parts = ["".join(self.parts)]
        return self.parts[0]

    @property
    def length(self) -> int:
        """Number of characters to be read."""
        return sum(map(len, self.parts)) if len(self.parts) < _FEW else _LONG

    @property
    def tail(self) -> str:
        """The last characters in half width, enough to see whether the block is finished."""
        return fold("".join(self.parts[-_FEW:]))

    @property
    def folded(self) -> str:
        """The block's text in half width, character for character."""
        return fold(self.text)


def blocks(source: str, lexicon: str | None = None) -> list[Block]:
    """Join the lines of a file into blocks; blank lines belong to the block before them.

    Parameters
    ----------
    source : str
        The decoded file.
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    list of Block
        Their ``[start, end)`` follow one another from 0 to the length of the file.
    """
    found: list[Block] = []
    lead = 0  # blank lines before the first block belong to it
    body = False
    for line in lines(source):
        if not line.text:
            if found:
                found[-1].end = line.end
            continue
        opened = _open(line, lexicon)
        body = body or opened.form == "table" or bool(opened.marker)
        if found and _goes_on(found[-1], opened, body, lexicon):
            _join(found[-1], line, source)
        else:
            if not found:
                opened.start = lead
            found.append(opened)
    return found


def _open(line: Line, lexicon: str | None) -> Block:
    text = fold(line.text)
    block = Block(line.start, line.end, list(line.spans), [line.text], "plain")
    if line.tabs:
        block.form = "table"
    elif front.is_date(text):
        block.form = "date"
    elif front.is_imprint(text):
        block.form = "imprint"
    elif front.is_number(text):
        block.form = "number"
    elif front.is_letterhead(text):
        block.form = "letterhead"
    elif found := label(text, lexicon):
        block.form, block.label = "label", found
    elif found := marker(text):
        block.form, block.marker = "marker", found
    elif found := front.page_kind(text, lexicon):
        block.form, block.page = "page", found
    return block


def _goes_on(before: Block, now: Block, body: bool, lexicon: str | None) -> bool:
    """Tell whether the line ``now`` continues the block ``before``."""
    tail = before.tail
    if now.form != "plain" or before.form not in ("marker", "label", "plain") or tail[-1] in _FINISHED:
        return False
    if now.parts[0].startswith(("——", "--", "●", "★")):
        return False
    if before.form == "label" and before.label.kind == "duty":
        return tail.endswith((",", "、", "及", "和", ":")) or not ends_whole(tail, lexicon)
    if before.form == "marker":
        # A heading stands alone; only a body that breaks off goes on in the next line.
        return before.length > _HEADING_LENGTH or bool(re.search(r"[。;,]", before.folded[:-1]))
    if body:
        return True
    short = before.length <= _TITLE_LENGTH
    whole = short and (front.is_organ(before.folded) or front.is_title(before.folded, lexicon))
    return not whole and not front.is_organ(now.folded)


def _join(block: Block, line: Line, source: str) -> None:
    last, first = block.spans[-1][1], line.spans[0][0]
    if (
        source[last - 1].isascii()
        and source[first].isascii()
        and source[last - 1].isalnum()
        and source[first].isalnum()
    ):
        block.spans.append((first - 1, first))
        block.parts.append(" ")
    block.spans.extend(line.spans)
    block.parts.append(line.text)
    block.end = line.end
