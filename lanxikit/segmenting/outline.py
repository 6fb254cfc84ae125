"""The body of a document: its headings, its leaves, and what hangs on them.

The depth of a numbering style is its place in the order in which styles open inside one
another, found as the document goes: 一、 may hold （一） or, with a level skipped, 1. at once,
and 1. may start again under each heading or run through the whole document.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lanxikit.reading.lines import Span, at, cut
from lanxikit.segmenting import tasktable
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import parted
from lanxikit.segmenting.labels import Part, labelled, trailing

_HEADING = 40  # a run-in heading is no longer than this, in characters
_LABEL = 60  # characters of a measure that stand in the path of its sub-items
_CELLS = {"duty": "duty", "deadline": "deadline", "person": "person"} | dict.fromkeys(
    ("outcome", "measure", "task", "subtask"), "outcome"
)
_MERGED = ("measure", "paragraph")  # an outcome line joins the leaf it follows at once


@dataclass
class Piece:
    """A row of the units table in the making; ``parent`` is the index of another piece."""

    kind: str
    start: int
    end: int
    spans: list[Span] = field(default_factory=list)
    level: int = 0
    ordinal: str | None = None
    path: tuple[str, ...] = ()
    heading: str | None = None
    parent: int | None = None


@dataclass
class _Heading:
    style: str
    label: str
    index: int


class Outline:
    """Builds the pieces of a document's body, block by block.

    Parameters
    ----------
    source : str
        The decoded file.
    blocks : list of Block
        The blocks of the body.
    lexicon : str, optional
        Folder of the user's own word lists.
    """

    def __init__(self, source: str, blocks: list[Block], lexicon: str | None = None) -> None:
        self._source = source
        self._blocks = blocks
        self._lexicon = lexicon
        self._run_in = run_in_styles(blocks, lexicon)
        self._stack: list[_Heading] = []
        self._leaf: int | None = None
        self._columns: list[tuple[str, str]] | None = None
        self._task = ""
        self.pieces: list[Piece] = []

    def build(self) -> list[Piece]:
        """Return the pieces; their ``[start, end)`` follow one another."""
        for index, block in enumerate(self._blocks):
            if block.form == "table":
                self._table(block)
            elif block.form == "marker":
                self._numbered(index, block)
            elif block.form == "label":
                self._labelled(block)
            else:
                self._paragraph(block)
        return self.pieces

    # -- what a block becomes ---------------------------------------------------------

    def _numbered(self, index: int, block: Block) -> None:
        style = block.marker.style
        while self._stack and any(entry.style == style for entry in self._stack):
            self._stack.pop()
        level = len(self._stack) + 1
        self._task = ""
        heading, body = split_heading(block, style in self._run_in, self._lexicon)
        if not self._holds(index, style):
            self._leaf_with_duty(block, "measure", level, block.marker.ordinal, heading, body)
            return
        if body is None and not heading_like(block, self._lexicon):
            # A measure with sub-items below it: a leaf that is a heading as well.
            self._leaf_with_duty(block, "measure", level, block.marker.ordinal, None, None)
            leaf = self.pieces[self._leaf]
            label = "".join(self._source[a:b] for a, b in cut(block.spans, 0, len(block.text)))
            self._stack.append(_Heading(style, label[:_LABEL], self.pieces.index(leaf)))
            return
        self._leaf = None
        title_end = block.end if body is None else body
        spans = cut(block.spans, 0, len(block.text) if body is None else body)
        stop = block.end if body is None else at(block.spans, title_end)
        label = "".join(self._source[a:b] for a, b in spans)
        self._add(
            Piece("heading", block.start, stop, spans, level, block.marker.ordinal, self._path(), None, self._parent())
        )
        self._stack.append(_Heading(style, label, len(self.pieces) - 1))
        if body is not None:  # a heading with its own text before the numbers below it
            rest = Block(stop, block.end, cut(block.spans, body, len(block.text)), [block.text[body:]], "plain")
            self._leaf_with_duty(rest, "paragraph", level + 1, None, None, None)

    def _paragraph(self, block: Block) -> None:
        before = self.pieces[self._leaf] if self._leaf is not None else None
        if before is not None and before.kind == "measure" and before.end == block.start:
            before.spans = [*before.spans, *block.spans]
            before.end = block.end
            return
        self._leaf_with_duty(block, "paragraph", len(self._stack) + 1, None, None, None)

    def _leaf_with_duty(self, block: Block, kind: str, level: int, ordinal, heading, body) -> None:
        begin = block.marker.length if block.marker else 0
        text_begin = body if body is not None and heading is not None else begin
        duties = trailing(block.folded, self._lexicon)
        stop = duties[0].start if duties else len(block.text)
        end = at(block.spans, stop) if duties else block.end
        self._add(
            Piece(
                kind,
                block.start,
                end,
                cut(block.spans, text_begin, stop),
                level,
                ordinal,
                self._path(),
                heading,
                self._parent(),
            )
        )
        self._leaf = len(self.pieces) - 1
        self._attach(block, duties)

    def _labelled(self, block: Block) -> None:
        if self._leaf is None:
            self._leaf_with_duty(block, "paragraph", len(self._stack) + 1, None, None, None)
            return
        leaf = self.pieces[self._leaf]
        parts = labelled(block.folded, folder=self._lexicon)
        alone = len(parts) == 1 and parts[0].kind == "outcome"
        if alone and leaf.kind in _MERGED and leaf.end == block.start:
            leaf.spans = [*leaf.spans, *block.spans]
            leaf.end = block.end
            return
        self._attach(block, parts)

    def _attach(self, block: Block, parts: list[Part]) -> None:
        """Hang labelled lists on the leaf; each row reaches to where the next one starts."""
        if not parts:
            return
        starts = [block.start if part.start == 0 else at(block.spans, part.start) for part in parts]
        leaf = self.pieces[self._leaf]
        for part, start, end in zip(parts, starts, [*starts[1:], block.end], strict=True):
            spans = cut(block.spans, part.begin, part.end)
            if part.kind == "duty":
                spans = parted(self._source, spans, self._lexicon)
            self._add(Piece(part.kind, start, end, spans, leaf.level, None, leaf.path, part.word, self._leaf))

    # -- tables -----------------------------------------------------------------------

    def _table(self, block: Block) -> None:
        row = tasktable.cells(self._source, block)
        columns = tasktable.header(row, self._lexicon)
        if columns:
            self._columns = columns
            self._add(
                Piece("table_header", block.start, block.end, block.spans, 0, None, self._path(), None, self._parent())
            )
            return
        if tasktable.is_rule(row):
            self._add(Piece("table_header", block.start, block.end, [], 0, None, self._path(), None, self._parent()))
            return
        columns = self._columns or tasktable.DEFAULT
        self._row(block, tasktable.place(row, columns, self._lexicon), columns)

    def _row(self, block: Block, placed: list[tasktable.Placed], columns: list[tuple[str, str]]) -> None:
        ordinal = next((item.cell.text for item in placed if item.role == "ordinal"), None)
        task = next((item for item in placed if item.role == "task"), None)
        self._task = task.cell.text if task else self._task
        first, last = tasktable.core(placed)
        core = [item for item in placed[first:last] if item.role != "ordinal"]
        content = [item for item in core if item is not task]
        if task in core and (not content or not any(role == "measure" for role, _ in columns)):
            content, heading = core, None  # without a column of measures the task is the measure
        else:
            heading = self._task or None
        level = len(self._stack) + 1
        before, after = placed[:first], placed[last:]
        leaf = len(self.pieces) + len(before)
        for number, item in enumerate(before):
            start = block.start if number == 0 else item.cell.start
            self._cell(item, start, placed[number + 1].cell.start, level, leaf)
        start = placed[first].cell.start if before else block.start
        stop = after[0].cell.start if after else block.end
        spans = self._content(content)
        self._add(Piece("task", start, stop, spans, level, ordinal, self._path(), heading, self._parent()))
        self._leaf = leaf
        ends = [*(item.cell.start for item in after[1:]), block.end]
        for item, end in zip(after, ends, strict=False):
            self._cell(item, item.cell.start, end, level, leaf)

    def _cell(self, item: tasktable.Placed, start: int, end: int, level: int, leaf: int) -> None:
        kind = _CELLS.get(item.role, "cell")
        spans = list(item.cell.spans)
        if kind == "duty":
            spans = parted(self._source, spans, self._lexicon)
        self._add(Piece(kind, start, end, spans, level, None, self._path(), item.label or None, leaf))

    def _content(self, items: list[tasktable.Placed]) -> list[Span]:
        spans: list[Span] = []
        for item in items:
            if spans:  # the tab between two cells reads as a blank
                spans.append((item.cell.start - 1, item.cell.start))
            spans.extend(item.cell.spans)
        return spans

    # -- bookkeeping ------------------------------------------------------------------

    def _add(self, piece: Piece) -> None:
        self.pieces.append(piece)

    def _path(self) -> tuple[str, ...]:
        return tuple(entry.label for entry in self._stack)

    def _parent(self) -> int | None:
        return self._stack[-1].index if self._stack else None

    def _holds(self, index: int, style: str) -> bool:
        """Tell whether the numbered block stands above others: a deeper number, text or a table follows it."""
        above = [entry.style for entry in self._stack] + [style]
        if index + 1 == len(self._blocks):
            return False
        block, after = self._blocks[index], self._blocks[index + 1]
        if after.form == "marker":
            return after.marker.style not in above
        if after.form in ("label", "table"):
            return after.form == "table"
        bare = split_heading(block, style in self._run_in, self._lexicon)[1] is None
        return bare and heading_like(block, self._lexicon)


def heading_like(block: Block, lexicon: str | None = None) -> bool:
    """Tell whether a numbered block can be a heading: short, no comma, no duty behind it."""
    text = block.folded[block.marker.length :].rstrip("。:")
    return len(text) <= _HEADING and not set(text) & set(",;。") and not trailing(block.folded, lexicon)


def split_heading(block: Block, run_in: bool, lexicon: str | None = None) -> tuple[str | None, int | None]:
    """Split a numbered block into its run-in heading and its body.

    Returns
    -------
    tuple
        The heading without its closing mark, and where the body begins in the block's
        text; (None, None) for a block that is one piece.
    """
    text = block.folded
    begin = block.marker.length
    duties = trailing(text, lexicon)
    stop = duties[0].start if duties else len(text)
    ends = [at for mark in "。:" if (at := text.find(mark, begin, begin + _HEADING + 1)) > 0]
    if not run_in or not ends or min(ends) + 1 >= stop:
        return None, None
    end = min(ends)
    heading = block.text[begin:end]
    return (None, None) if set(text[begin:end]) & set(",;") else (heading, end + 1)


def run_in_styles(blocks: list[Block], lexicon: str | None = None) -> set[str]:
    """Return the numbering styles whose items open with a heading: at least two, and most of them.

    One item alone cannot tell a heading from a first sentence; all items of a style can.
    """
    with_heading: dict[str, int] = {}
    whole: dict[str, int] = {}
    for block in blocks:
        if block.form == "marker":
            count = with_heading if split_heading(block, True, lexicon)[0] else whole
            count[block.marker.style] = count.get(block.marker.style, 0) + 1
    return {style for style, count in with_heading.items() if count > max(whole.get(style, 0), 1)}
