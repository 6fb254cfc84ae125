"""The rows of a body as they grow: headings that stand open, leaves, and what hangs on them."""

from __future__ import annotations

from collections.abc import Sequence

from lanxikit.reading.lines import at, cut
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import parted
from lanxikit.segmenting.labels import Part
from lanxikit.segmenting.markers import Marker
from lanxikit.segmenting.piece import Piece
from lanxikit.segmenting.remembered import duties_behind
from lanxikit.segmenting.table_rows import PASSIVE


class Above:
    """A number that is open: what it adds to the path of what stands below it, and its row."""

    __slots__ = ("index", "label", "style")

    def __init__(self, style: str, label: str | None, index: int | None) -> None:
        self.style = style
        self.label = label
        self.index = index


class Growing:
    """The pieces of a body so far, the numbers that are open, and the last leaf.

    Parameters
    ----------
    source : str
        The decoded file.
    lexicon : str, optional
        Folder of the user's own word lists.
    path : tuple of str
        Outermost elements of every piece's path.
    """

    def __init__(self, source: str, lexicon: str | None = None, path: tuple[str, ...] = ()) -> None:
        self.source = source
        self.lexicon = lexicon
        self.pieces: list[Piece] = []
        self._outer = tuple(path)
        self._stack: list[Above] = []
        self._leaf: int | None = None

    def _open(self, depth: int) -> None:
        """Close what stands at a depth or deeper."""
        del self._stack[depth:]
        while len(self._stack) < depth:
            self._stack.append(Above("", None, None))

    def _heading(self, block: Block, marker: Marker, begin: int, end: int) -> None:
        self._leaf = None
        whole = end == len(block.text)
        spans = cut(block.spans, begin, end)
        stop = block.end if whole else at(block.spans, end)
        level, path, parent = self.level, self.path(), self.parent()
        self.add(Piece("heading", block.start, stop, spans, level, marker.ordinal or None, path, None, parent))
        label = "".join(self.source[a:b] for a, b in spans)
        self._stack.append(Above(marker.style, label, len(self.pieces) - 1))

    def _lead(self, block: Block) -> None:
        level = self.level
        self.add(Piece("lead", block.start, block.end, block.spans, level, None, self.path(), None, self.parent()))

    def _touches(self) -> bool:
        """Tell whether nothing but page numbers and the like stands behind the last leaf."""
        return all([piece.kind in PASSIVE for piece in self.pieces[self._leaf + 1 :]])

    def _join(self, block: Block) -> None:
        """Add a paragraph to the leaf it follows, over the page numbers between."""
        leaf = self.pieces[self._leaf]
        del self.pieces[self._leaf + 1 :]
        duties = duties_behind(block.folded, self.lexicon)
        stop = duties[0].start if duties else len(block.text)
        first, last = block.spans[0][0], leaf.spans[-1][1] if leaf.spans else 0
        if self.source[last - 1 : last].isalnum() and self.source[last - 1 : first + 1].isascii():
            leaf.spans.append((first - 1, first))  # a blank between two Latin words
        leaf.spans.extend(cut(block.spans, 0, stop) if duties else block.spans)
        leaf.end = block.end if not duties else at(block.spans, stop) if stop else block.start
        self._attach(block, duties)

    def leaf(self, block: Block, kind: str, ordinal: str | None = None, begin: int = 0, found=None) -> None:
        """Add a leaf, and the duties that trail behind it."""
        duties = duties_behind(block.folded, self.lexicon)
        if duties and duties[0].start == 0:  # a list and nothing before it
            duties = ()
        stop = duties[0].start if duties else len(block.text)
        end = at(block.spans, stop) if duties else block.end
        spans = cut(block.spans, begin if found is None else found.body, stop)
        heading = None if found is None else block.text[found.begin : found.end]
        named = [] if found is None else cut(block.spans, found.begin, found.end)
        level, path, parent = (self.level, self.path(), self.parent()) if self._stack else (1, self._outer, None)
        self.pieces.append(Piece(kind, block.start, end, spans, level, ordinal, path, heading, parent, named))
        self._leaf = len(self.pieces) - 1
        if duties:
            self._attach(block, duties)

    def _attach(self, block: Block, parts: Sequence[Part]) -> None:
        """Hang labelled lists on the leaf; each row reaches to where the next one starts."""
        if not parts:
            return
        starts = [block.start if part.start == 0 else at(block.spans, part.start) for part in parts]
        leaf = self.pieces[self._leaf]
        for part, start, end in zip(parts, starts, [*starts[1:], block.end], strict=True):
            spans = cut(block.spans, part.begin, part.end)
            if part.kind == "duty" and len(spans) > 1:
                spans = parted(self.source, spans, self.lexicon)
            self.add(Piece(part.kind, start, end, spans, leaf.level, None, leaf.path, part.word, self._leaf))

    def add(self, piece: Piece) -> None:
        """Add a row."""
        self.pieces.append(piece)

    def path(self) -> tuple[str, ...]:
        """The headings above what comes next."""
        return self._outer + tuple([above.label for above in self._stack if above.label is not None])

    def parent(self) -> int | None:
        """The row above what comes next."""
        for above in reversed(self._stack):
            if above.index is not None:
                return above.index
        return None

    @property
    def level(self) -> int:
        """The depth of what comes next."""
        return len([above for above in self._stack if above.label is not None]) + 1

    def lead_on(self, leaf: int | None) -> None:
        """Say which row the labels that follow belong to."""
        self._leaf = leaf
