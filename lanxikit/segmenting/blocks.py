"""Physical lines joined into blocks: a paragraph, a heading, a label with its list, a table row.

What a line opens shows in the line itself (a number, a label, a date) or in the whole file (page
numbers, contents, footnotes, 附件); what goes on with the block before it, see joining.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from lanxikit.reading import front
from lanxikit.reading.lines import Line, lines
from lanxikit.reading.pagewords import page_kind
from lanxikit.segmenting.annexes import Annex, annex_lines
from lanxikit.segmenting.block import FRONT_ENDS, Block, front_form, is_sure
from lanxikit.segmenting.breaks import restore
from lanxikit.segmenting.contents import contents_lines
from lanxikit.segmenting.footnotes import footnote_lines
from lanxikit.segmenting.joining import Joiner
from lanxikit.segmenting.labels import Label, label
from lanxikit.segmenting.layout import layout
from lanxikit.segmenting.markers import Marker, bare, marker
from lanxikit.segmenting.pages import page_lines
from lanxikit.segmenting.wrapped import mend_labels, one_line

__all__ = ["Block", "blocks", "is_sure"]
_FINISHED = frozenset("。！？；：!?;:")
_SHORT = 45  # a line of a title, a heading without a number
_BOX = re.compile(r"专栏(?:[一二三四五六七八九十]{1,3}|\d{1,2})?(?:[:、.]|(?=[^一二三四五六七八九十\d]))")
_HEADING_LENGTH = 60
_FRONT = 40  # lines, among which an index block stands
_FIELD = 16  # characters of a field that was wrapped
_DATE_REST = re.compile(r"\d{0,3}(?:年\d{1,2})?(?:月\d{0,2})?日?")
_TITLE_LENGTH = 120


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
    raw = one_line(lines(source), source, lexicon)
    every = mend_labels(raw, source, lexicon)
    opened = [_open(line, lexicon) if line.text else None for line in every]
    mended = every is not raw
    every, opened = _restored(every, opened, source, lexicon)
    _mark(every, opened, lexicon)
    joiner = Joiner(source, layout(raw if mended else every), lexicon)
    joiner.add(every, opened)
    return joiner.found


def _restored(every, opened, source: str, lexicon: str | None):
    """The lines with those cut whose breaks were lost."""
    found = restore(every, [block and block.marker for block in opened], source, lexicon)
    if not found:
        return every, opened
    lines_, blocks_ = [], []
    for place, (line, block) in enumerate(zip(every, opened, strict=True)):
        new = found.get(place)
        lines_ += new or [line]
        blocks_ += [_open(each, lexicon) for each in new] if new else [block]
    return lines_, blocks_


def _open(line: Line, lexicon: str | None) -> Block:
    start, end, written, spans, tabs, _, bullet, _, text = line
    number = named = page = None
    if tabs:
        page = "index" if page_kind(text, lexicon) == "index" else None
        form = "page" if page else "table"
    elif len(spans) > 1 and text[-1] == "日" and _signed(line):
        form = "date"
    else:
        form, number, named, page = _told(text, lexicon) if len(text) > _HEADING_LENGTH else _told_short(text, lexicon)
    return Block(start, end, spans.copy(), [written], form, number, named, page, None, bullet, line, [text])


def _told(text: str, lexicon: str | None) -> tuple[str, Marker | None, Label | None, str | None]:
    """What the words of a line tell: the form of its block, the number, the label or the words of a page it opens."""
    if text[-1] in FRONT_ENDS and len(text) <= _TITLE_LENGTH and (form := front_form(text)):
        return form, None, None, None
    if found := label(text, lexicon):
        return "label", None, found, None
    if found := marker(text, lexicon):
        return "marker", found, None, None
    if found := page_kind(text, lexicon):
        return "page", None, None, found
    if text[0] == "专" and len(text) <= _HEADING_LENGTH and _BOX.match(text) and text[-1] not in _FINISHED:
        return "box", None, None, None
    return "plain", None, None, None


_told_short = lru_cache(maxsize=4096)(_told)  # numbers and labels come again


def _signed(line: Line) -> bool:
    """Tell whether a line holds a body and, behind blanks, a date: 甲市人民政府办公室    2023年4月20日."""
    if len(line.text) > _HEADING_LENGTH:
        return False
    at = 0
    for low, high in line.spans[:-1]:
        at += high - low
        if line.folded[at].isdigit() or line.folded[at] == "二":
            return front.is_date(line.folded[at:]) and front.is_organ(line.folded[:at])
    return False


def _mark(every: list[Line], opened: list[Block | None], lexicon: str | None) -> None:
    """Give page numbers, contents, footnotes and 附件 lines their form: they show in the whole file only."""
    folded = [line.folded for line in every]
    forms = [block.form if block is not None else None for block in opened]
    own = [form is not None and form != "plain" and form != "page" for form in forms]
    numbered = [form == "marker" for form in forms]
    known = {i for i, form in enumerate(forms) if form == "page" and opened[i].page == "page"}
    aside = page_lines(every, folded, own, known)
    contents = contents_lines(folded, numbered, aside)
    for place in _index_rest(opened, folded):
        if opened[place].form in ("plain", "label", "table", "marker"):
            opened[place].form, opened[place].page = "page", "index"
            opened[place].marker = opened[place].label = None
    foot = {i for i, block in enumerate(opened) if block is not None and _is_foot(block)}
    notes = footnote_lines(folded, foot, aside | contents) - contents
    for places, form in ((aside, "page"), (contents, "contents"), (notes, "footnote")):
        for place in places:
            opened[place].form = opened[place].page = form
            opened[place].marker = opened[place].label = None
    _bare_numbers(every, opened, lexicon)
    for place, annex in annex_lines(folded, aside | contents | notes, lexicon).items():
        _annex(opened[place], annex)


def _index_rest(opened: list[Block | None], folded: list[str]) -> list[int]:
    """What is left of a field of the index block whose line was wrapped: between two fields, or the rest of a date."""
    found: list[int] = []
    filled = [i for i, block in enumerate(opened[:_FRONT]) if block is not None]
    fields = [at for at, index in enumerate(filled) if opened[index].page == "index"]
    for at, after in zip(fields, [*fields[1:], None], strict=False):
        if after is not None and 1 < after - at <= 3 and len(folded[filled[at]]) > _FIELD:
            rest = filled[at + 1 : after]
            if all(len(folded[i]) <= len(folded[filled[at]]) + 4 and folded[i][-1] != "。" for i in rest):
                found += rest
        elif at + 1 < len(filled) and folded[filled[at]][-1].isdigit() and _DATE_REST.fullmatch(folded[filled[at + 1]]):
            found.append(filled[at + 1])
    return found


def _is_foot(block: Block) -> bool:
    return block.form in ("imprint", "table") or block.page in ("copy", "footer")


def _bare_numbers(every: list[Line], opened: list[Block | None], lexicon: str | None) -> None:
    """1 总则 above 1.1 目的, 一 总则 before 二 任务: numbers parted from their words by a blank only."""
    filled = [i for i, block in enumerate(opened) if block is not None]
    found: list[tuple[int, Marker]] = []
    for index in filled:
        line, block = every[index], opened[index]
        if block.form != "plain" or len(line.spans) < 2 or len(line.text) > _SHORT or line.text[-1] in "。；":
            continue
        if number := bare(line.folded, line.spans[0][1] - line.spans[0][0], lexicon):
            found.append((index, number))
    if not found:
        return
    below = {index: opened[after].marker for index, after in pairwise(filled)}
    kept: set[int] = set()
    run: dict[str, int] = {}
    for index, number in found:
        after = below.get(index)
        held = after is not None and after.style == "decimal" and after.ordinal.split(".")[0] == number.ordinal
        follows = run.get(number.style) == number.value - 1
        if held or (follows and number.value > 1):
            kept.add(index)
            run[number.style] = number.value
        elif number.style == "cn" and number.value == 1 and any(n.style == "cn" and n.value == 2 for _, n in found):
            kept.add(index)
            run["cn"] = 1
    for index, number in found:
        if index in kept:
            opened[index].form, opened[index].marker = "marker", number._replace(damage=0.0)


def _annex(block: Block, annex: Annex) -> None:
    block.form, block.page = ("attachment" if annex.listed else "annex"), "attachment"
    block.marker = block.label = None
    block.title = "+" if annex.wrapped else annex.title and block.text[-len(annex.title) :]
