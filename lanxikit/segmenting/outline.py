"""The body of a document: its headings, its leaves, and what hangs on them.

Where each number stands is settled before (signs.py, depth.py); here every block becomes
a row: a heading where deeper numbers, paragraphs or a table follow, else a leaf.
"""

from __future__ import annotations

from lanxikit.reading.lines import at, cut
from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.cells import parted
from lanxikit.segmenting.depth import BOX, TITLE
from lanxikit.segmenting.headings import (
    Item,
    after,
    caption,
    closed_caption,
    heading_like,
    manners,
    phrased,
    split,
)
from lanxikit.segmenting.labels import Part, labelled, names_duties, trailing
from lanxikit.segmenting.piece import Piece
from lanxikit.segmenting.signs import signs
from lanxikit.segmenting.table_pieces import Rows
from lanxikit.segmenting.table_rows import PASSIVE, assemble
from lanxikit.segmenting.wording import appeals, blank_form, closes, in_force, leads_in, opens_list, turns
from lanxikit.tables.segmenting import LEAF_KINDS

__all__ = ["Outline", "Piece"]

_LABEL = 60  # characters of a measure that stand in the path of its sub-items
_MERGED = ("measure", "paragraph")  # an outcome line joins the leaf it follows at once
_ARTICLE = "第条"
_POINT = "是"  # 一是…: a point of a sentence heads nothing
_APART = {form: form for form in ("date", "number", "imprint", "letterhead", "attachment")} | {"annex": "attachment"}


class _Above:
    """A number that is open: what it adds to the path of what stands below it, and its row."""

    __slots__ = ("index", "label", "style")

    def __init__(self, style: str, label: str | None, index: int | None) -> None:
        self.style = style
        self.label = label
        self.index = index


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
    path : tuple of str
        Outermost elements of every piece's path: the title of an annex.
    """

    def __init__(
        self, source: str, blocks: list[Block], lexicon: str | None = None, path: tuple[str, ...] = ()
    ) -> None:
        self.source = source
        self.lexicon = lexicon
        self._outer = tuple(path)
        self._blocks, self._rows = assemble(source, blocks, lexicon)
        self._texts = [block.folded for block in self._blocks]
        self._places = signs(source, self._blocks, self._texts, self._rows, lexicon)
        self._last: dict[int, list[int]] = {}  # for the last item of each list those before it
        self._closed: set[int] = set()  # headings with a full stop behind
        self._manners = self._how_headings_close()
        self._stack: list[_Above] = []
        self._leaf: int | None = None
        self._table = Rows(self)
        self.pieces: list[Piece] = []

    def build(self) -> list[Piece]:
        """Return the pieces; their ``[start, end)`` follow one another."""
        for index, block in enumerate(self._blocks):
            row, place = self._rows[index], self._places[index]
            if row is not None and row.form != "group":
                if place is not None:  # a table whose headings count apart from the text around it
                    self._open(place.depth)
                    self._stack.append(_Above(BOX, None, None))
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
        return self.pieces

    # -- numbers and headings ---------------------------------------------------------

    def _how_headings_close(self) -> dict[int, str | None]:
        """For each numbered block, how the run-in headings of its like are closed."""
        items: dict[int, Item] = {}
        lists: list[int] = []  # the list that is open at each depth
        members: dict[int, list[int]] = {}
        for index, place in enumerate(self._places):
            if place is None:
                continue
            depth, marker, block = place.depth, place.marker, self._blocks[index]
            if depth >= len(lists):
                lists.append(index)
            del lists[depth + 1 :]
            members.setdefault(lists[depth], []).append(index)
            if self._rows[index] is None and marker.style not in (TITLE, BOX):
                text = self._texts[index]
                words = text[marker.length :]
                named = heading_like(words, self.lexicon) or caption(words, self.lexicon)
                title = named and marker.style != _POINT and bool(self._holds(index, depth, True))
                items[index] = Item(marker.style, lists[depth], block, text, marker.length, title)
        for held in members.values():
            self._like_siblings(held, items)
        self._last = {held[-1]: held[:-1] for held in members.values() if len(held) > 1}
        return dict(zip(items, manners(self.source, items.values(), self.lexicon), strict=True))

    def _like_siblings(self, held: list[int], items: dict[int, Item]) -> None:
        """A short line that ends with a full stop is a heading where most of its siblings are."""
        heads = sum(index in items and items[index].title for index in held)
        if not 0 < heads < len(held) <= 2 * heads:
            return
        for index in held:
            item = items.get(index)
            like = item and not item.title and closed_caption(item.text[item.begin :], self.lexicon)
            if like and self._holds(index, self._places[index].depth, True):
                self._closed.add(index)
                items[index] = item._replace(title=True)

    def _placed(self, index: int, block: Block) -> None:
        place = self._places[index]
        marker, depth = place.marker, place.depth
        self._open(depth)
        article = next((above for above in self._stack if above.style == _ARTICLE), None)
        if article is not None and self._leaf is not None:  # 款 项 目 belong to their article
            self._stack.append(_Above(marker.style, None, None))
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
        found = split(self.source, block, text, marker.length, self._manners.get(index), self.lexicon)
        words = text[marker.length :]
        open_ = caption(words, self.lexicon)
        title = (open_ or index in self._closed or heading_like(words, self.lexicon)) and marker.style != _POINT
        lead = leads_in(words, self.lexicon)
        holds = self._holds(index, depth, found is None and title and not self._bare(index, words, open_))
        if not holds and names_duties(words, self.lexicon) and (above := self._leaf_above(index)) is not None:
            self._heading(block, marker, 0, len(text))
            self._leaf = above
        elif marker.style == _ARTICLE or not holds:
            self._numbered_leaf(block, marker, found)
        elif holds == "label" or (found is None and not title and lead != "sure"):
            # A measure with sub-items below it: a leaf that is a heading as well.
            duties = trailing(text, self.lexicon)
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

    def _open(self, depth: int) -> None:
        """Close what stands at a depth or deeper."""
        del self._stack[depth:]
        self._stack.extend(_Above("", None, None) for _ in range(depth - len(self._stack)))

    def _heading(self, block: Block, marker, begin: int, end: int) -> None:
        self._leaf = None
        whole = end == len(block.text)
        spans = cut(block.spans, begin, end)
        stop = block.end if whole else at(block.spans, end)
        level, path, parent = self.level, self.path(), self.parent()
        self.add(Piece("heading", block.start, stop, spans, level, marker.ordinal or None, path, None, parent))
        label = "".join(self.source[a:b] for a, b in spans)
        self._stack.append(_Above(marker.style, label, len(self.pieces) - 1))

    def _numbered_leaf(self, block: Block, marker, found, label: str | None = None) -> None:
        """A measure; ``label`` is given where it is the heading of what follows as well."""
        self.leaf(block, "measure", marker.ordinal, marker.length, found)
        leaf = self._leaf
        text = None if label is None else block.text[: len(label)]
        self._stack.append(_Above(marker.style, text, None if label is None else leaf))

    def _bare(self, index: int, words: str, open_: bool) -> bool:
        """Tell whether an item holds no text of its own, though a paragraph follows it and it could be a heading.

        So the last item of a list whose items are all alike and have nothing below them, and
        what may be the first line of a sentence.
        """
        titled = heading_like(words, self.lexicon)
        if words.endswith("。"):
            below = next(after(self._blocks, index, PASSIVE), None)
            text = "" if below is None or self._places[below] else self._texts[below]
            if in_force(text, self.lexicon) or appeals(text, self.lexicon):
                return True
        elif titled or not open_:
            return False
        elif not phrased(words):
            return True
        others = self._last.get(index)
        if not others or self._manners.get(index) is not None:
            return False
        return not any(self._holds(other, self._places[other].depth, True) for other in others)

    def _holds(self, index: int, depth: int, title: bool) -> str | None:
        """Tell whether a number stands above others: a deeper number, paragraphs or a table follow it.

        ``"label"`` where a duty of its own stands between.
        """
        owed = None
        for below in after(self._blocks, index, PASSIVE):
            place, row = self._places[below], self._rows[below]
            if row is not None and row.form != "group":
                return "table"
            if place is not None:
                deeper = place.depth > depth and (place.marker.style != BOX or title)
                return (owed or "number") if deeper else None
            if self._blocks[below].form == "label":
                owed = "label"
            elif title or owed:
                return None if owed else "text"
        return None

    # -- paragraphs -------------------------------------------------------------------

    def _paragraph(self, index: int, block: Block) -> None:
        text = self._texts[index]
        before = self.pieces[self._leaf] if self._leaf is not None else None
        if before is not None and before.kind == "measure":
            article = any(above.style == _ARTICLE for above in self._stack)
            ends = not article and closes(text, self.lexicon) and index == self._closing(index)
            apart = ends or appeals(text, self.lexicon) or (turns(text, self.lexicon) and self._list_ends(index))
            if self._touches(before) and (article or not apart):
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
        if below is not None and not lead and opens_list(text) and self._opens(below):
            lead = "likely"
        if lead and (self._places[below] or self._rows[below] or self._blocks[below].bullet or lead == "sure"):
            self._lead(block)
            return
        while self._stack and self._stack[-1].label is None:  # a measure holds no paragraphs of their own
            self._stack.pop()
        found = split(self.source, block, text, 0, "bold", self.lexicon)
        self.leaf(block, "paragraph", None, 0, found)

    def _opens(self, index: int) -> bool:
        """Tell whether a list begins with a block."""
        place = self._places[index]
        return place.marker.value == 1 if place else self._blocks[index].bullet

    def _list_ends(self, index: int) -> bool:
        """Tell whether the open list does not go on below a paragraph."""
        below = next((at_ for at_ in range(index + 1, len(self._blocks)) if self._places[at_]), None)
        return below is None or self._places[below].depth < len(self._stack) - 1

    def _form_line(self, block: Block, text: str) -> bool:
        """Tell whether a line of an annex is one of a form to be filled in, or the number of an empty row."""
        if text.isdigit() and self.pieces and self.pieces[-1].kind in ("table_header", "cell"):
            return True
        return bool(self._outer) and blank_form(text, self.lexicon)

    def _closing(self, index: int) -> int | None:
        """The block, when nothing but paragraphs that close the text follow it."""
        hearers = appeals(self._texts[index], self.lexicon)
        for below in after(self._blocks, index, PASSIVE):
            if self._places[below] or self._rows[below] or not (hearers or closes(self._texts[below], self.lexicon)):
                return None
        return index

    def _lead(self, block: Block) -> None:
        level = self.level
        self.add(Piece("lead", block.start, block.end, block.spans, level, None, self.path(), None, self.parent()))

    def _touches(self, leaf: Piece) -> bool:
        """Tell whether nothing but page numbers and the like stands behind a leaf."""
        return all(piece.kind in PASSIVE for piece in self.pieces[self.pieces.index(leaf, self._leaf) + 1 :])

    def _join(self, block: Block) -> None:
        """Add a paragraph to the leaf it follows, over the page numbers between."""
        leaf = self.pieces[self._leaf]
        del self.pieces[self._leaf + 1 :]
        duties = trailing(block.folded, self.lexicon)
        stop = duties[0].start if duties else len(block.text)
        first, last = block.spans[0][0], leaf.spans[-1][1] if leaf.spans else 0
        if self.source[last - 1 : last].isalnum() and self.source[last - 1 : first + 1].isascii():
            leaf.spans.append((first - 1, first))  # a blank between two Latin words
        leaf.spans.extend(cut(block.spans, 0, stop) if duties else block.spans)
        leaf.end = block.end if not duties else at(block.spans, stop) if stop else block.start
        self._attach(block, duties)

    def leaf(self, block: Block, kind: str, ordinal: str | None = None, begin: int = 0, found=None) -> None:
        """Add a leaf, and the duties that trail behind it."""
        duties = trailing(block.folded, self.lexicon)
        if duties and duties[0].start == 0:  # a list and nothing before it
            duties = []
        stop = duties[0].start if duties else len(block.text)
        end = at(block.spans, stop) if duties else block.end
        spans = cut(block.spans, begin if found is None else found.body, stop)
        heading = None if found is None else block.text[found.begin : found.end]
        named = [] if found is None else cut(block.spans, found.begin, found.end)
        level = self.level
        self.add(Piece(kind, block.start, end, spans, level, ordinal, self.path(), heading, self.parent(), named))
        self._leaf = len(self.pieces) - 1
        self._attach(block, duties)

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
                spans = parted(self.source, spans, self.lexicon)
            self.add(Piece(part.kind, start, end, spans, leaf.level, None, leaf.path, part.word, self._leaf))

    # -- bookkeeping ------------------------------------------------------------------

    def add(self, piece: Piece) -> None:
        """Add a row."""
        self.pieces.append(piece)

    def path(self) -> tuple[str, ...]:
        """The headings above what comes next."""
        return self._outer + tuple(above.label for above in self._stack if above.label is not None)

    def parent(self) -> int | None:
        """The row above what comes next."""
        return next((above.index for above in reversed(self._stack) if above.index is not None), None)

    @property
    def level(self) -> int:
        """The depth of what comes next."""
        return sum(above.label is not None for above in self._stack) + 1

    def lead_on(self, leaf: int | None) -> None:
        """Say which row the labels that follow belong to."""
        self._leaf = leaf
