"""Which blocks of a document are text to outline, and what those around it are.

A document is a sequence of sections: what stands before the annexes, and each annex. The first
may be a 通知 that transmits a text: the notice ends with its signature and date, the text has its
own title. In each section a front (title, addressees, preamble) comes before the body, and
signature, date, 抄送 and 印发 or the foot of a web page after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lanxikit.reading import front
from lanxikit.segmenting.around import BRACKETED, DASHED, Around, words
from lanxikit.segmenting.blocks import Block, is_sure
from lanxikit.segmenting.markers import Marker

_FORMS = ("date", "number", "letterhead", "imprint")
_INSIDE = ("page", "footnote", "contents")  # kinds of rows that may stand in the midst of a body
_ADDRESS = 600
_LONG = 60
_TITLE = 60
_SENTENCE = frozenset("。;!")
_SIGNATURE = 30
_MARKS = frozenset("。;!,、:?《》")


@dataclass(frozen=True)
class Part:
    """A body to outline: ``blocks[first:last]``; ``title`` of the annex it stands in, else None."""

    first: int
    last: int
    title: str | None = None


@dataclass
class Zones:
    """The parts of a document in order; ``kinds`` names the kind of every block outside them."""

    parts: list[Part] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)


def zones(blocks: list[Block], lexicon: str | None = None) -> Zones:
    """Find the bodies of a document, and the kinds of the blocks around them.

    Examples
    --------
    >>> from lanxikit.segmenting.blocks import blocks
    >>> text = "甲市实施方案\\n为落实工作，制定本方案。\\n一、任务\\n（一）建设公园。\\n附件1\\n分工表\\n1.修路。"
    >>> found = zones(blocks(text))
    >>> [(part.first, part.last, part.title) for part in found.parts]
    [(2, 4, None), (6, 7, '分工表')]
    >>> dict(sorted(found.kinds.items()))
    {0: 'title', 1: 'preamble', 4: 'attachment', 5: 'title'}
    """
    return _Zoner(blocks, lexicon).find()


class _Zoner:
    def __init__(self, blocks: list[Block], lexicon: str | None) -> None:
        self._blocks = blocks
        self._lexicon = lexicon
        self._texts = [
            (block.folds[0] if len(block.folds[0]) <= _ADDRESS else "")
            if len(block.folds) == 1
            else (block.folded if block.length <= _ADDRESS else "")
            for block in blocks
        ]
        numbers = [block.marker for block in blocks if block.marker and not block.marker.damage]
        self._sound = {(number.style, number.value) for number in numbers if number.style in ("cn", "cn_paren")}
        self._around = Around(blocks, self._texts, lexicon)
        self._strong = [
            block.form in ("table", "box") or (block.form == "marker" and self._is_strong(block.marker))
            for block in blocks
        ]
        self._found = Zones()

    def find(self) -> Zones:
        """Cut at the annexes, then each section into front, body and back."""
        blocks = self._blocks
        annexes = [i for i, block in enumerate(blocks) if block.form == "annex"]
        first = annexes[0] if annexes else len(blocks)
        self._main(0, first)
        for start, end in zip(annexes, [*annexes[1:], len(blocks)], strict=False):
            self._annex(start, end)
        self._settle()
        return self._found

    # -- sections -----------------------------------------------------------------------

    def _main(self, start: int, end: int) -> None:
        """The document before its annexes: one text, or a notice and the text that it transmits."""
        last = self._notice_end(start, end)
        if last is None:
            self._section(start, end)
            return
        self._section(start, last, notice=True)
        self._section(last, end, after=True)

    def _annex(self, start: int, end: int) -> None:
        block = self._blocks[start]
        self._found.kinds[start] = "attachment"
        first = self._body_start(start + 1, end)
        limit = end if first is None else first
        title, at = block.title, start + 1
        kinds: dict[int, str] = {}
        while at < limit and (self._blocks[at].page == "page" or self._is_annex_title(at, title)):
            if self._blocks[at].page == "page":
                kinds[at] = "page"
                at += 1
                continue
            kinds[at] = "title"
            text = self._blocks[at].text
            named = BRACKETED.fullmatch(self._texts[at]) or self._texts[at].startswith(DASHED)
            title = title if named and title else (title or "") + text
            at += 1
        self._found.kinds |= kinds
        self._section(at, end, title=title, titled=bool(title), after=True, annex=True)

    def _is_annex_title(self, at: int, title: str | None) -> bool:
        block, text = self._blocks[at], self._texts[at]
        if block.form == "plain" and text and len(text) <= _TITLE and not _SENTENCE & set(text) and text[-1] != ":":
            if title is None or BRACKETED.fullmatch(text) or text.startswith(DASHED):
                return True
            whole = front.is_title(title, self._lexicon) or title.endswith(words(self._lexicon)["list"])
            return not whole and front.is_title(text, self._lexicon)
        return False

    def _section(
        self, start: int, end: int, *, notice=False, title=None, titled=False, after=False, annex=False
    ) -> None:
        """Front, body and back of one section.

        ``notice``: it is the notice before a transmitted text; ``after``: it does not begin the file;
        ``titled``: its title was read already.
        """
        if start >= end:
            return
        stop = self._stop(start, end)
        first = self._body_start(start, stop, sure=notice)
        if first is None and (notice or self._around.transmits(start, end)):
            self._found.kinds |= self._around.front(start, end, notice=True, after=after)
            return
        if first is None:
            first = self._plain_start(start, stop, titled)
        if first >= stop:
            self._found.kinds |= self._around.front(start, end, notice=notice, after=after)
            return
        last = self._body_end(first, stop)
        self._found.kinds |= self._around.front(
            start, first, notice=notice or self._around.transmits(start, first), after=after, titled=titled
        )
        if first < last:
            self._found.parts.append(Part(first, last, title))
        self._found.kinds |= self._around.back(last, end)

    # -- where things begin and end ---------------------------------------------------------

    def _is_strong(self, number: Marker) -> bool:
        if number.damage and (number.style, number.value + 1) in self._sound:
            return True  # —、 above 二、
        return is_sure(number, self._lexicon)

    def _body_start(self, start: int, end: int, sure: bool = False) -> int | None:
        """The first numbered block, table, box, or the paragraph above a duty label; weak numbers if no other are."""
        weak = None
        for index in range(start, end):
            block = self._blocks[index]
            if self._strong[index]:
                return (
                    index
                    if sure or weak is None or index - weak < 2 or self._blocks[weak].marker is None
                    else min(weak, index)
                )
            if sure or (block.form == "label" and BRACKETED.fullmatch(self._texts[index])):
                continue  # (责任单位列首位的为牵头单位，下同)
            if block.form == "label":
                above = index > start and self._blocks[index - 1].form == "plain"
                above = above and not front.is_title(self._texts[index - 1], self._lexicon)
                return weak if weak is not None else index - above
            if block.form == "marker" and weak is None:
                weak = index
        return weak

    def _plain_start(self, start: int, end: int, titled: bool) -> int:
        """Without any numbering the body begins after the last title, addressee or date of the front."""
        first = start
        for index in range(start, end):
            block, text = self._blocks[index], self._texts[index]
            sentence = block.length > _LONG or text.endswith("。")
            opens = text.rstrip("。:").endswith("如下")
            if (
                block.form != "plain"
                or opens
                or self._is_front(index, start)
                or (not sentence and index == first and not titled)
            ):
                first = index + 1
            elif sentence:
                break
        return first if first < end or not titled else start

    def _is_front(self, index: int, start: int) -> bool:
        text = self._texts[index]
        if not text:
            return False
        title = index + 1 < len(self._blocks) and front.is_title(text, self._lexicon)
        return self._around.addresses(index) or title or front.is_organ(text) or self._around.is_subtitle(text)

    def _stop(self, start: int, end: int) -> int:
        """Where the foot of the document or of the page begins: 抄送, 印发, words of a web page."""
        strong = [i for i in range(start, end) if self._strong[i]]
        if not strong:
            return end
        for index in range(strong[0] + 1, end):
            block = self._blocks[index]
            if block.page == "copy" or block.form == "imprint":
                return index
            if block.form == "page" and block.page not in _INSIDE and sum(i > index for i in strong) * 3 < len(strong):
                return index
        return end

    def _body_end(self, first: int, end: int) -> int:
        """The back begins after the last numbered, labelled or tabled block, at the first word of a foot."""
        structural = [i for i in range(first, end) if self._blocks[i].form in ("marker", "label", "table", "box")]
        for index in range((structural[-1] if structural else first) + 1, end):
            block = self._blocks[index]
            outside = block.form in (*_FORMS, "attachment") or (block.form == "page" and block.page not in _INSIDE)
            if outside or self._around.signs(index, end) or self._around.closes(index):
                return index
        return end

    def _notice_end(self, start: int, end: int) -> int | None:
        """Where the transmitted text begins, or None where there is none.

        After the notice's own date, or where that is lacking, at the title that follows the
        sentence which transmits.
        """
        head = next((i for i in range(start, end) if self._around.addresses(i)), None)
        passed = next((i for i in range(start, end) if self._around.passes(i)), None)
        if head is None and passed is None:
            return None
        begin = head if passed is None or (head is not None and head < passed) else passed
        dated = [i for i in range(begin, end) if self._blocks[i].form == "date"]
        for date in dated:
            after = self._after_notice(date + 1, end)
            if after is not None and self._has_text(after, end):
                return after
        if passed is not None and not any(self._strong[start:passed]):
            for index in range(passed + 1, end):
                if self._strong[index]:
                    return None
                if self._blocks[index].form == "plain" and front.is_title(self._texts[index], self._lexicon):
                    return index
        return None

    def _after_notice(self, start: int, end: int) -> int | None:
        """Skip what stands between the date of a notice and the title of the text."""
        for index in range(start, end):
            block = self._blocks[index]
            if block.form in ("plain", "contents") and not front.is_organ(self._texts[index]):
                return index
            if self._strong[index]:
                return index
        return None

    def _has_text(self, start: int, end: int) -> bool:
        """Tell whether a text of its own follows: a title or numbers, or long paragraphs below a title."""
        title = front.is_title(self._texts[start], self._lexicon) or self._blocks[start].form == "contents"
        strong = any(self._strong[start:end])
        foot = any(self._blocks[i].page in ("footer", "copy") for i in range(max(start - 3, 0), start + 1))
        long = sum(self._blocks[i].form == "plain" and self._blocks[i].length > _LONG for i in range(start, end))
        return (strong and not foot) or (title and (long > 0 or strong)) or (long > 1 and not foot)

    def _settle(self) -> None:
        """Inside a body only pages, footnotes and contents are rows apart; other words of a page are text."""
        for part in self._found.parts:
            for index in range(part.first, part.last):
                block = self._blocks[index]
                if block.page and block.page not in _INSIDE:
                    block.page, block.form = None, "plain"
