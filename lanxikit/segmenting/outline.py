"""The body of a document: its headings, its leaves, and what hangs on them.

Where each number stands is settled before (signs.py, depth.py); here every block becomes
a row: a heading where deeper numbers, paragraphs or a table follow, else a leaf.
"""

from __future__ import annotations

from typing import NamedTuple

from lanxikit.reading.lines import at, cut
from lanxikit.segmenting.ahead import Ahead
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.growing import Above, Growing
from lanxikit.segmenting.headings import after, caption, heading_like, split
from lanxikit.segmenting.labels import labelled, names_duties
from lanxikit.segmenting.piece import Piece
from lanxikit.segmenting.place_costs import BOX, TITLE
from lanxikit.segmenting.remembered import duties_behind
from lanxikit.segmenting.signs import signs
from lanxikit.segmenting.table_pieces import Rows
from lanxikit.segmenting.table_rows import PASSIVE, assemble
from lanxikit.segmenting.wording import appeals, blank_form, closes, leads_in, opens_list, turns
from lanxikit.tables.segmenting import LEAF_KINDS

__all__ = ["Outline", "Piece"]

_BRIEF = 60  # words that only lead in, or only say that duties follow, are no longer
_LABEL = 60  # characters of a measure that stand in the path of its sub-items
_MERGED = ("measure", "paragraph")  # an outcome line joins the leaf it follows at once
_ARTICLE = "第条"
_POINT = "是"  # 一是…: a point of a sentence heads nothing
_APART = {form: form for form in ("date", "number", "imprint", "letterhead", "attachment")} | {"annex": "attachment"}


class _Words(NamedTuple):
    """What the words behind a number say by themselves, wherever they stand: the same line may come again."""

    words: str
    open: bool
    title: bool
    lead: str | None
    duties: bool | None


class Outline(Growing):
    """Builds the pieces of a document's body, block by block.

    Parameters
    ----------
    source : str
        The decoded file.
    blocks : list of Block
        The blocks of the body.
    lexicon : str, optional
        Folder of the user's own word lists.
    path : tuple of str
        Outermost elements of every piece's path: the title of an annex.
    """

    def __init__(
        self, source: str, blocks: list[Block], lexicon: str | None = None, path: tuple[str, ...] = ()
    ) -> None:
        super().__init__(source, lexicon, path)
        self._blocks, self._rows = assemble(source, blocks, lexicon)
        self._texts = [block.folded for block in self._blocks]
        self._places = signs(source, self._blocks, self._texts, self._rows, lexicon)
        self._ahead = Ahead(source, self._blocks, self._texts, self._rows, self._places, lexicon)
        self._table = Rows(self)
        self._known: dict[tuple[str, int], _Words] = {}

    def build(self) -> list[Piece]:
        """Return the pieces; their ``[start, end)`` follow one another."""
        for index, block in enumerate(self._blocks):
            row, place = self._rows[index], self._places[index]
            if row is not None and row.form != "group":
                if place is not None:  # a table whose headings count apart from the text around it
                    self._open(place.depth)
                    self._stack.append(Above(BOX, None, None))
                self._table.take(block, row)
            elif place is not None:
                self._placed(index, block)
            elif block.form in PASSIVE or block.form in _APART:
                kind = _APART.get(block.form) or block.page or block.form
                self.add(Piece(kind, block.start, block.end, block.spans))
            elif block.form == "label":
                self._labelled(block)
            else:
                self._paragraph(index, block)
        del self._table  # the two hold each other: nothing would be given back before the collector comes
        return self.pieces

    # -- numbers and headings ---------------------------------------------------------

    def _placed(self, index: int, block: Block) -> None:
        place = self._places[index]
        marker, depth = place.marker, place.depth
        self._open(depth)
        if self._leaf is not None and _ARTICLE in [above.style for above in self._stack]:  # 款 项 目 belong to it
            self._stack.append(Above(marker.style, None, None))
            self._join(block)
            return
        self._table.task = None
        row = self._rows[index]
        if row is not None and row.cells:  # a cell over the whole table
            cell = next(cell for cell in row.cells if cell.text)
            block = Block(block.start, block.end, list(cell.spans), [cell.text], "table")
        if marker.style in (TITLE, BOX) or row is not None:
            self._heading(block, marker, 0, len(block.text))
            return
        text = self._texts[index]
        found = split(self.source, block, text, marker.length, self._ahead.manners.get(index), self.lexicon)
        said = self._known.get((text, marker.length)) or self._words(text, marker.length)
        words, open_, lead = said.words, said.open, said.lead
        title = (said.title or index in self._ahead.closed) and marker.style != _POINT
        holds = self._ahead.holds(index, depth, found is None and title and not self._ahead.bare(index, words, open_))
        if not holds and said.duties and (above := self._leaf_above(index)) is not None:
            self._heading(block, marker, 0, len(text))
            self._leaf = above
        elif marker.style == _ARTICLE or not holds:
            self._numbered_leaf(block, marker, found)
        elif holds == "label" or (found is None and not title and lead != "sure"):
            # A measure with sub-items below it: a leaf that is a heading as well.
            duties = duties_behind(text, self.lexicon)
            stop = duties[0].start if duties else len(text)
            self._numbered_leaf(block, marker, found, text[: min(stop, marker.length + _LABEL)])
        else:
            body = None if found is None else found.body
            self._heading(block, marker, 0, len(text) if body is None else body)
            if body is not None:  # a heading with its own text before the numbers below it
                stop = at(block.spans, body)
                rest = Block(stop, block.end, cut(block.spans, body, len(text)), [block.text[body:]], "plain")
                if leads_in(rest.folded, self.lexicon):
                    self._lead(rest)
                else:
                    self.leaf(rest, "paragraph")

    def _words(self, text: str, length: int) -> _Words:
        words = text[length:]
        open_ = caption(words, self.lexicon)
        title = open_ or heading_like(words, self.lexicon)
        lead = duties = None
        if len(words) <= _BRIEF:
            lead, duties = leads_in(words, self.lexicon), names_duties(words, self.lexicon)
        found = self._known[text, length] = _Words(words, open_, title, lead, duties)
        return found

    def _leaf_above(self, index: int) -> int | None:
        """The last leaf of a section, where nothing but duties follows its heading."""
        below = next(after(self._blocks, index, PASSIVE), None)
        if below is None or self._blocks[below].form != "label":
            return None
        path = self.path()
        for at_ in range(len(self.pieces) - 1, -1, -1):
            piece = self.pieces[at_]
            if piece.path[: len(path)] != path and piece.kind not in PASSIVE:
                return None
            if piece.kind in LEAF_KINDS:
                return at_
        return None

    def _numbered_leaf(self, block: Block, marker, found, label: str | None = None) -> None:
        """A measure; ``label`` is given where it is the heading of what follows as well."""
        self.leaf(block, "measure", marker.ordinal, marker.length, found)
        leaf = self._leaf
        text = None if label is None else block.text[: len(label)]
        self._stack.append(Above(marker.style, text, None if label is None else leaf))

    # -- paragraphs -------------------------------------------------------------------

    def _paragraph(self, index: int, block: Block) -> None:
        text = self._texts[index]
        before = self.pieces[self._leaf] if self._leaf is not None else None
        if before is not None and before.kind == "measure":
            article = any(above.style == _ARTICLE for above in self._stack)
            ends = not article and closes(text, self.lexicon) and index == self._ahead.closing(index)
            apart = (
                ends
                or appeals(text, self.lexicon)
                or (turns(text, self.lexicon) and self._ahead.list_ends(index, len(self._stack)))
            )
            if self._touches() and (article or not apart):
                below = next(after(self._blocks, index, PASSIVE), None)
                deeper = below is not None and self._places[below] and self._places[below].depth >= len(self._stack)
                if deeper and (leads_in(text, self.lexicon) or opens_list(text)) and not article:
                    self._lead(block)
                else:
                    self._join(block)
                return
            if ends:
                self._stack.clear()  # it closes the whole text
        below = next(after(self._blocks, index, PASSIVE), None)
        if self._form_line(block, text):
            self.add(Piece("cell", block.start, block.end, block.spans, 0, None, self.path(), None, self.parent()))
            return
        lead = leads_in(text, self.lexicon) if below is not None else None
        if below is not None and not lead and opens_list(text) and self._ahead.opens(below):
            lead = "likely"
        if lead and (self._places[below] or self._rows[below] or self._blocks[below].bullet or lead == "sure"):
            self._lead(block)
            return
        while self._stack and self._stack[-1].label is None:  # a measure holds no paragraphs of their own
            self._stack.pop()
        found = split(self.source, block, text, 0, "bold", self.lexicon)
        self.leaf(block, "paragraph", None, 0, found)

    def _form_line(self, block: Block, text: str) -> bool:
        """Tell whether a line of an annex is one of a form to be filled in, or the number of an empty row."""
        if text.isdigit() and self.pieces and self.pieces[-1].kind in ("table_header", "cell"):
            return True
        return bool(self._outer) and blank_form(text, self.lexicon)

    # -- labels -----------------------------------------------------------------------

    def _labelled(self, block: Block) -> None:
        if self._outer and blank_form(block.folded, self.lexicon):
            self.add(Piece("cell", block.start, block.end, block.spans, 0, None, self.path(), None, self.parent()))
            return
        if self._leaf is None:
            self.leaf(block, "paragraph")
            return
        leaf = self.pieces[self._leaf]
        parts = labelled(block.folded, folder=self.lexicon)
        if not parts or parts[0].start:  # a later line belies the label: 单位：游厅\n，推进
            self.leaf(block, "paragraph")
            return
        alone = len(parts) == 1 and parts[0].kind == "outcome"
        if alone and leaf.kind in _MERGED and leaf.end == block.start:
            leaf.spans = [*leaf.spans, *block.spans]
            leaf.end = block.end
            return
        self._attach(block, parts)
