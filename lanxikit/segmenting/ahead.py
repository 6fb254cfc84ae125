"""What lies ahead in a body: numbers that stand above others, how run-in headings close, where a list or text ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.depth import Place
from lanxikit.segmenting.headings import after, caption, closed_caption, heading_like, phrased
from lanxikit.segmenting.manners import Item, manners
from lanxikit.segmenting.place_costs import BOX, TITLE
from lanxikit.segmenting.table_rows import PASSIVE, Row
from lanxikit.segmenting.wording import appeals, closes, in_force

_POINT = "是"  # 一是…: a point of a sentence heads nothing


class Ahead:
    """Reads ahead in the blocks of a body whose numbers have their places.

    Parameters
    ----------
    source : str
        The decoded file.
    blocks : list of Block
    texts : list of str
        Their texts, folded.
    rows : sequence of Row or None
    places : list of Place or None
    lexicon : str, optional
        Folder of the user's own word lists.
    """

    def __init__(
        self,
        source: str,
        blocks: list[Block],
        texts: list[str],
        rows: Sequence[Row | None],
        places: list[Place | None],
        lexicon: str | None = None,
    ) -> None:
        self.source = source
        self.lexicon = lexicon
        self._blocks, self._texts, self._rows, self._places = blocks, texts, rows, places
        self._numbered = [index for index, place in enumerate(places) if place]
        self._last: dict[int, list[int]] = {}  # for the last item of each list those before it
        self.closed: set[int] = set()  # headings with a full stop behind
        self.manners = self._how_headings_close()

    def _how_headings_close(self) -> dict[int, str | None]:
        """For each numbered block, how the run-in headings of its like are closed."""
        items: dict[int, Item] = {}
        lists: list[int] = []  # the list that is open at each depth
        members: dict[int, list[int]] = {}
        named: dict[tuple[str, int], bool] = {}  # whether words can be those of a heading
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
                key = text, marker.length
                if key not in named:
                    words = text[marker.length :]
                    named[key] = heading_like(words, self.lexicon) or caption(words, self.lexicon)
                title = named[key] and marker.style != _POINT and bool(self.holds(index, depth, True))
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
            if like and self.holds(index, self._places[index].depth, True):
                self.closed.add(index)
                items[index] = item._replace(title=True)

    def bare(self, index: int, words: str, open_: bool) -> bool:
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
        if not others or self.manners.get(index) is not None:
            return False
        return not any(self.holds(other, self._places[other].depth, True) for other in others)

    def holds(self, index: int, depth: int, title: bool) -> str | None:
        """Tell whether a number stands above others: a deeper number, paragraphs or a table follow it.

        ``"label"`` where a duty of its own stands between.
        """
        owed = None
        blocks = self._blocks
        for below in range(index + 1, len(blocks)):
            if blocks[below].form in PASSIVE:
                continue
            place, row = self._places[below], self._rows[below]
            if row is not None and row.form != "group":
                return "table"
            if place is not None:
                deeper = place.depth > depth and (place.marker.style != BOX or title)
                return (owed or "number") if deeper else None
            if blocks[below].form == "label":
                owed = "label"
            elif title or owed:
                return None if owed else "text"
        return None

    def opens(self, index: int) -> bool:
        """Tell whether a list begins with a block."""
        place = self._places[index]
        return place.marker.value == 1 if place else self._blocks[index].bullet

    def list_ends(self, index: int, opened: int) -> bool:
        """Tell whether the list that is open, the last of so many, does not go on below a paragraph."""
        nth = bisect_right(self._numbered, index)
        return nth == len(self._numbered) or self._places[self._numbered[nth]].depth < opened - 1

    def closing(self, index: int) -> int | None:
        """The block, when nothing but paragraphs that close the text follow it."""
        hearers = appeals(self._texts[index], self.lexicon)
        for below in after(self._blocks, index, PASSIVE):
            if self._places[below] or self._rows[below] or not (hearers or closes(self._texts[below], self.lexicon)):
                return None
        return index
