"""Lines whose breaks were lost: a document, a page or a section that became one line.

Numbers inside running text are taken for the heads of lines where they continue a sequence:
一、 after 。 or a blank, （二） after （一）, 第三条 after 第二条. A sequence that lives inside one
paragraph only (一个文档的“（1）…；（2）…”) is an enumeration and stays. Where breaks became
blanks, the blanks tell; where they left nothing, the end of a sentence, of a heading or of a
list of agencies must stand before the number.
"""

from __future__ import annotations

from collections import defaultdict

from lanxikit.reading.lines import Line
from lanxikit.segmenting.cutting import places, run_in, split
from lanxikit.segmenting.inside import HEADING, REPAIRED, Candidate, gaps, inside
from lanxikit.segmenting.markers import Marker, styles

_SOUND = ("gap", "end", "list", "head")
_LISTED = ("cn_paren", "digit", "decimal")  # hardly ever written inside a paragraph, sentence by sentence
_FEW = 3  # lines of a document that lost all its breaks
_LONG = 300  # characters of a line, on average, where breaks were lost
_PARAGRAPH = 150
_BLANKS = 0.2  # of all characters: more blanks than that are layout
_STOPS = frozenset("。;:,!?、")
_MANY = 0.5  # of a document's characters stand in lines with lost breaks: all its lines are looked at


def restore(
    lines: list[Line], heads: list[Marker | None], source: str, lexicon: str | None = None
) -> dict[int, list[Line]]:
    """Cut lines whose breaks were lost.

    Parameters
    ----------
    lines : list of Line
    heads : list of Marker or None
        The number that each line opens with.
    source : str
        The decoded file.
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    dict
        For the place of each such line the lines that it holds; their ``[start, end)`` join to it.

    Examples
    --------
    >>> from lanxikit.reading.lines import lines
    >>> text = "一、总要求（一）思想。坚持创新。（二）目标。建成基地。二、任务（一）公路。修路。（二）铁路。修铁路。"
    >>> found = restore(lines(text), [None], text)
    >>> [line.text[:5] for line in found[0]]
    ['一、总要求', '（一）思想', '（二）目标', '二、任务', '（一）公路', '（二）铁路']
    """
    return _Restorer(lines, heads, source, lexicon).run()


class _Restorer:
    def __init__(self, lines, heads, source, lexicon) -> None:
        self._lines = lines
        self._heads = heads
        self._source = source
        self._lexicon = lexicon
        self._rank = styles(lexicon)

    def run(self) -> dict[int, list[Line]]:
        inner = inside(self._lines, self._heads, self._source, self._lexicon)
        parted = run_in(self._lines, self._heads, self._source)
        glued = self._glued(inner) if inner else set()
        glued |= self._whole()
        if not glued:
            return {index: split(self._lines[index], [place], self._source) for index, place in parted.items()}
        by_gap = self._by_gap(inner, glued)
        cuts = self._accept(inner, glued, by_gap)
        found = {}
        for index in sorted(glued | set(parted)):
            if index not in glued:
                found[index] = split(self._lines[index], [parted[index]], self._source)
                continue
            edges = places(self._lines[index], cuts.get(index, []), by_gap, self._source, self._lexicon)
            if edges:
                found[index] = split(self._lines[index], edges, self._source)
        return found

    # -- which lines were glued -----------------------------------------------------------------

    def _glued(self, inner: dict[int, list[Candidate]]) -> set[int]:
        texts = [line for line in self._lines if line.text]
        few = len(texts) <= _FEW or sum(len(line.text) for line in texts) > _LONG * len(texts)
        glued = {index for index, found in inner.items() if self._is_glued(index, found, few)}
        if not glued:
            return glued
        whole = sum(len(line.text) for line in self._lines)
        if sum(len(self._lines[index].text) for index in glued) >= _MANY * whole:
            glued |= set(inner)
        return glued

    def _whole(self) -> set[int]:
        """A document of a line or two without any number, whose sentences are parted by blanks or run on."""
        texts = [i for i, line in enumerate(self._lines) if line.text]
        if len(texts) > 2 or not texts:
            return set()
        return {i for i in texts if len(self._lines[i].text) > _PARAGRAPH and not self._lines[i].tabs}

    def _is_glued(self, index: int, found: list[Candidate], few: bool) -> bool:
        """Tell whether a line holds what stands on lines of its own: 一、 or 第X条, or its own number's successors."""
        head = self._heads[index]
        values: dict[str, set[int]] = defaultdict(set)
        if head is not None:
            values[head.style].add(head.value)
        for c in found:
            if c.before in _SOUND or (c.before == "weak" and c.style == "cn" and c.value == 1):
                values[c.style].add(c.value)
        annex = head is None and self._lines[index].folded.startswith("附件")
        for c in found:
            style, value = c.style, c.value
            if c.before not in _SOUND or not c.found:
                continue
            near = value - 1 in values[style] or value + 1 in values[style]
            if style == "cn" or style.startswith("第"):
                if near and (c.before != "head" or value > 1 or style != "cn"):
                    return True
                if value > 1 and c.before in ("gap", "end") and self._earlier(style, value - 1, index):
                    return True
            elif head is not None and style == head.style and value == head.value + 1 and c.before != "head":
                return True
            elif style in _LISTED and value + 1 in values[style]:
                if value == 1 and (annex or (few and (3 in values[style] or len(values) > 1))):
                    return True
                if head is not None and self._rank[head.style].rank < self._rank[style].rank:
                    return True
            elif few and style in _LISTED and {value - 1, value + 1} <= values[style]:
                return True
            elif few and head is None and style == "cn_paren" and value > 1 and value + 1 in values[style]:
                return True  # a passage out of the midst of a text
        return False

    def _earlier(self, style: str, value: int, index: int) -> bool:
        return any(
            head is not None and head.style == style and head.value == value
            for head in self._heads[max(index - 40, 0) : index]
        )

    # -- which numbers are heads of lines ---------------------------------------------------------

    def _by_gap(self, inner: dict[int, list[Candidate]], glued: set[int]) -> bool:
        """Tell whether lost breaks left blanks."""
        sure = [
            c
            for index in glued
            for c in inner.get(index, ())
            if (c.style in ("cn", "cn_paren") or c.style.startswith("第")) and c.before != "none"
        ]
        if not any(inner.get(index) for index in glued):
            texts = [(self._lines[i].folded, gap) for i in glued for gap in gaps(self._lines[i], self._source)]
            return any(text[gap - 1] in "。:" for text, gap in texts)
        sure = sure or [c for index in glued for c in inner.get(index, ()) if c.before in ("gap", "end")]
        blanks = sum(len(gaps(self._lines[index], self._source)) for index in glued)
        chars = sum(len(self._lines[index].folded) for index in glued)
        return bool(sure) and sum(c.before == "gap" for c in sure) >= 0.6 * len(sure) and blanks < _BLANKS * chars

    def _accept(self, inner, glued: set[int], by_gap: bool) -> dict[int, list[int]]:
        """Go through all numbers in order and keep those that continue a sequence."""
        order: list[Candidate] = []
        for index, head in enumerate(self._heads):
            if head is not None and (head.damage == 0 or head.style in REPAIRED):
                order.append(Candidate(index, 0, head, head.style, head.value, "start"))
            if index in glued:
                order.extend(c for c in inner.get(index, ()) if c.before != "none")
        nexts, goes_on = _nexts(order)
        last: dict[str, int] = {}
        ever: dict[str, int] = {}
        inline: dict[str, int] = {}
        cuts: dict[int, list[int]] = defaultdict(list)
        above: Candidate | None = None
        for place, c in enumerate(order):
            follower = nexts[place] or self._alone(c, above, ever)
            if c.before == "start" or self._continues(c, last, ever, inline, follower, by_gap) or (
                goes_on[place] and c.style not in ever and (c.before == "gap" or (not by_gap and c.before in _SOUND))
            ):
                above = c
                if c.style in ("专栏", "附件"):
                    cuts[c.line].append(c.at)
                    if c.style == "附件":
                        last.clear()
                        ever.clear()
                    continue
                rank = self._rank[c.style].rank
                for style in [style for style in last if self._rank[style].rank > rank]:
                    del last[style]
                last[c.style] = ever[c.style] = c.value
                inline.clear()
                if c.before != "start":
                    cuts[c.line].append(c.at)
        return cuts

    def _alone(self, c: Candidate, above: Candidate | None, ever: dict[str, int]) -> bool:
        """Tell whether a lone number 1 stands right below a heading, in a style that the document counts with."""
        if above is None or above.found is None or c.style not in ever or c.line != above.line or c.before == "weak":
            return False
        between = self._lines[c.line].folded[above.at + above.found.length : c.at].rstrip("。")
        return 2 <= len(between) <= HEADING and not set(between) & _STOPS

    def _continues(self, c: Candidate, last, ever, inline, follower: bool, by_gap: bool) -> bool:
        if c.style in ("专栏", "附件"):
            return c.before == "gap" or (c.before in ("end", "list") and not by_gap)
        strong = c.before in ("gap", "end", "list")
        top = c.style == "cn" or c.style.startswith("第")
        if by_gap and c.before != "gap" and not (top and c.before == "end"):
            return False
        if c.style == "circled" and not (by_gap and c.before == "gap"):
            return False
        if c.before == "weak":
            if inline.get(c.style) == c.value - 1 and c.value > 1:
                inline[c.style] = c.value
                return False
            if c.value == 1 and (last.get(c.style) or not follower or c.style == "digit_paren"):
                inline[c.style] = 1
                return False
        if c.style == "decimal" and by_gap and c.before == "gap":
            return True
        now = last.get(c.style, 0)
        if c.value == now + 1 and (now or follower or (top and strong)):
            return True
        if c.value == ever.get(c.style, 0) + 1 and c.value > 1:
            return True
        if c.value == 1 and follower:
            return True
        if c.value == 2 and strong and not now and (c.style == "cn_paren" or (top and not ever.get(c.style))):
            return True  # the first was spoilt beyond reading
        return strong and c.value == now + 2 and now > 0


def _nexts(order: list[Candidate]) -> tuple[list[bool], list[bool]]:
    """For each number 1: does 2 of its style follow before the next 1? For a later one: is the next its successor?"""
    found = [True] * len(order)
    goes_on = [False] * len(order)
    waiting: dict[str, int] = {}
    after: dict[str, int] = {}
    for place in range(len(order) - 1, -1, -1):
        c = order[place]
        if c.value == 1:
            found[place] = waiting.get(c.style) == 2
        elif c.style in ("cn", "cn_paren"):
            goes_on[place] = after.get(c.style) == c.value + 1
        waiting[c.style] = c.value if c.value <= 2 else waiting.get(c.style, 0)
        after[c.style] = c.value
    return found, goes_on
