"""Whether a line goes on with the block before it: a paragraph cut by a page, a column or a wrap.

A line goes on when the block before it is unfinished and the line opens nothing of its own; in
a text that is wrapped throughout, the layout of the whole file decides (see layout.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from lanxikit.reading import front
from lanxikit.reading.lines import Line
from lanxikit.segmenting.block import FRONT_ENDS, Block, front_form, is_sure
from lanxikit.segmenting.cells import ends_whole
from lanxikit.segmenting.layout import Layout

_FINISHED = frozenset("。！？；：!?;:")
_CENTRED = 8  # columns; a line further in is centred or stands to the right
_COMMA = 36  # 二、坚持产业优先，提升发展质量 is a heading; a longer line with a comma is a body that was cut
_BRACKET = 60  # a bracket at a line's end was opened so near
_SPEAKER = 20  # 青河县县长 李明, above 各位代表：
_SHORT = 45  # a line of a title, a heading without a number
_ASIDE = ("page", "footnote")  # may stand in the midst of a paragraph
_JOINED = ("marker", "label", "plain", "box")
_MARKS = frozenset("。;,")
_STOPS = frozenset("。;")
_LONGEST_TITLE = 160  # characters
_OPENED = {"(": ")", "[": "]", "【": "】", "《": "》", "“": "”", "〔": "〕"}
_OPENING = re.compile(r"[(\[【《“〔]")
_HEADING_LENGTH = 60
_TITLE_LENGTH = 120


class Joiner:
    """Adds lines to the blocks before them, one by one."""

    def __init__(self, source: str, laid: Layout, lexicon: str | None) -> None:
        self.found: list[Block] = []
        self._source = source
        self._layout = laid
        self._lexicon = lexicon
        self._body = False
        self._broken = 0  # how many blocks of the page stand behind the last block of the text

    def add(self, lines: Iterable[Line], blocks: Iterable[Block | None]) -> None:
        """Take all lines; a block is what a line opens, None where it is blank."""
        found = self.found
        wrapped = self._layout.width > 0
        for line, block in zip(lines, blocks, strict=True):
            if block is None:
                if found:
                    found[-1].end = line.end
            elif (
                found
                and not self._broken
                and block.page not in _ASIDE
                and block.form != "attachment"
                and (found[-1].form == "table" or (not wrapped and found[-1].tail[-1] in _FINISHED))
            ):  # most lines: the one before is finished
                found.append(block)
                self._turn(block)
            else:
                self._add(line, block)

    def _add(self, line: Line, block: Block) -> None:
        found = self.found
        if not found:
            block.start = 0  # blank lines before the first block belong to it
            found.append(block)
        elif block.page in _ASIDE:
            self._broken += 1
            found.append(block)
        else:
            before = found[-1 - self._broken] if self._broken < len(found) else None
            note = found[-1] if self._broken and found[-1].form == "footnote" else None
            if note is not None and self._note_goes_on(note, block, line):
                self._join(note, line)
            elif before is not None and self._goes_on(before, block, line):
                if self._broken:
                    del found[-self._broken :]
                self._join(before, line)
                self._broken = 0
                text = before.folded if before.form == "plain" and before.length <= _HEADING_LENGTH else ""
                if text and text[-1] in FRONT_ENDS:
                    before.form = front_form(text) or "plain"  # a date, an imprint that was cut
            else:
                found.append(block)
                self._broken = 0
        self._turn(block)

    def _turn(self, block: Block) -> None:
        """Take note of where a body begins and ends."""
        if block.form in ("annex", "date"):
            self._body = False
        elif self._body:
            return
        elif block.form in ("table", "box") or (block.marker and is_sure(block.marker, self._lexicon)):
            self._body = True

    def _note_goes_on(self, note: Block, now: Block, line: Line) -> bool:
        laid = self._layout
        wrapped = laid.width and laid.full(note.last, line) and not laid.opens(line) and note.tail[-1] not in _FINISHED
        return bool(wrapped) and now.form == "plain"

    def _goes_on(self, before: Block, now: Block, line: Line) -> bool:
        """Tell whether the line ``now`` continues the block ``before``."""
        tail = before.tail
        if now.form == "attachment":
            return now.title == "+" and before.form == "attachment"
        if before.page == "copy":
            whole = front.is_organ(now.folded) and ends_whole(tail, self._lexicon)
            return now.form == "plain" and tail[-1] not in _FINISHED and not whole
        laid = self._layout
        if before.form not in _JOINED or line.bullet:
            return False
        if now.form != "plain" and not self._hidden(before, now, line):
            return False
        finished = _finished(tail) and not (laid.width and laid.full(before.last, line) and _gapes(tail[-_BRACKET:]))
        if laid.width:
            if laid.opens(line) and (self._body or line.indent <= _CENTRED or before.last.indent <= _CENTRED):
                return False
            if not self._body and now.folded.endswith(":") and self._titled(before):
                return False
            if laid.full(before.last, line) and line.indent <= _CENTRED:
                gap = before.end > before.last.end and not self._broken
                if now.form == "plain" and line.text[0] in "（([【" and before.form == "marker" and not gap:
                    return True  # its duties in brackets
                if finished and not gap:
                    return not front.is_organ(now.folded) and (
                        laid.indented or self._runs_over(before, now, line, tail)
                    )
                if finished or not (gap and laid.parted):
                    return not finished
                return before.form != "marker" or not _MARKS.isdisjoint(before.last.folded) or bool(before.marks)
            if not finished and tail[-1] in ",、":
                return True
            if self._body and before.form != "label":
                return False
        return not finished and self._unfinished(before, now, tail)

    def _titled(self, before: Block) -> bool:
        """Tell whether a block is a title; one of many lines is not put together to see."""
        if sum(map(len, islice(before.folds, _LONGEST_TITLE + 1))) > _LONGEST_TITLE:
            return False
        return front.is_title(before.folded, self._lexicon)

    def _runs_over(self, before: Block, now: Block, line: Line, tail: str) -> bool:
        """Tell whether a paragraph goes on although a sentence ends where its line is full to the brim."""
        if before.form == "label" or tail[-1] in ":;" or tail.endswith("如下。"):
            return False
        return self._layout.brims(before.last, line) and (now.length > _SPEAKER or now.tail[-1] in _FINISHED)

    def _hidden(self, before: Block, now: Block, line: Line) -> bool:
        """Tell whether what looks like a number at the line's head is none: the line goes on with a cut one."""
        laid = self._layout
        if now.form not in ("marker", "label", "page") or before.form not in _JOINED:
            return False
        tail = before.tail
        finished = tail[-1] in _FINISHED
        if before.form != "box" and not finished and _gapes(tail[-_BRACKET:]):
            return now.form == "label" or bool(laid.width and laid.full(before.last, line))
        if not laid.width or not laid.full(before.last, line):
            return False
        if laid.indented and laid.headed and line.indent < 2 and before.end == before.last.end:
            return not finished or tail[-1] in ":;"
        return now.form == "marker" and not finished and not is_sure(now.marker, self._lexicon)

    def _unfinished(self, before: Block, now: Block, tail: str) -> bool:
        """Tell whether a block without a closing mark goes on in the next line."""
        if before.form == "label" and before.label.kind == "duty":
            return tail.endswith((",", "、", "及", "和", ":")) or not ends_whole(tail, self._lexicon)
        if before.form in ("marker", "box"):
            # A heading stands alone; only a body that breaks off goes on in the next line.
            if before.length > _HEADING_LENGTH or _gapes(tail) or tail[-1] in ",、":
                return True
            if before.length > _COMMA or self._layout.reaches(before.last):
                return bool(before.marks) or not _MARKS.isdisjoint(before.last.folded[:-1])
            return not (_STOPS.isdisjoint(before.marks) and _STOPS.isdisjoint(before.last.folded[:-1]))
        if before.bullet:
            return before.length > _HEADING_LENGTH or self._layout.reaches(before.last)
        if self._body:
            signed = now.length <= _SHORT and front.is_organ(now.folded) and front.is_organ(before.folded)
            return not signed and not self._heads(before, now)
        if now.folded.endswith(":") and before.length <= _SPEAKER and not set(",、") & set(before.folded):
            return False
        short = before.length <= _TITLE_LENGTH
        whole = short and (front.is_organ(before.folded) or front.is_title(before.folded, self._lexicon))
        if before.parts[0].startswith(("(", "（", "——")) and not _gapes(tail):
            return False
        return not whole and not front.is_organ(now.folded) and not self._heads(before, now)

    @staticmethod
    def _heads(before: Block, now: Block) -> bool:
        """Tell whether a line without a number stands above the paragraph that follows."""
        if before.length > _SHORT or _gapes(before.tail) or "》" in before.folded[:-1]:
            return False
        text = now.folded
        return not set("。;,、") & set(before.folded) and ("。" in text or len(text) > _HEADING_LENGTH)

    def _join(self, block: Block, line: Line) -> None:
        source, last, first = self._source, block.spans[-1][1], line.spans[0][0]
        a, b = source[last - 1], source[first]
        if a.isascii() and b.isascii() and a.isalpha() and b.isalpha() and (a.islower() or b.islower()):
            block.spans.append((first - 1, first))  # two words; a number or a short form is cut in itself
            block.parts.append(" ")
            block.folds.append(" ")
        block.marks |= _MARKS.intersection(block.last.folded)
        block.spans.extend(line.spans)
        block.parts.append(line.text)
        block.folds.append(line.folded)
        block.end = line.end
        block.last = line


def _finished(tail: str) -> bool:
    """Tell whether a text ends with a sentence, also in quotation marks or with duties in brackets behind it."""
    end = tail.rstrip("”’")
    if end[-1:] in _FINISHED:
        return True
    if end.endswith((")", "]", "】", "〕")):
        opened = max(end.rfind(mark) for mark in "([【〔")
        return opened > 0 and end[opened - 1] in _FINISHED
    return False


def _gapes(tail: str) -> bool:
    """Tell whether a bracket is open at the end of a text."""
    if _OPENING.search(tail) is None:
        return False
    return any([tail.count(left) > tail.count(right) for left, right in _OPENED.items()])
