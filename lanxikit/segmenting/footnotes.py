"""Footnotes: lines that open with a mark which stands in the text, 注： with its items, a glossary (名词解释)."""

from __future__ import annotations

import re

_MARK = re.compile(r"\[\d{1,3}\]|〔\d{1,3}〕|\[\^\w{1,8}\]:?|[①-⑳㉑-㉟]|\*{1,3}(?=[^*])|※")
_OPENS = frozenset("[〔*※①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟")  # what a mark begins with
_NOTE = re.compile(r"[(\[]?备?注(?:释)?\d{0,2}[)\]]?:|\[注\]|注\d{1,2}[.、]|(?:填表|填报|填写|几点)说明:")
_ITEM = re.compile(r"(?:(\d{1,2})[.、](?!\d)|\((\d{1,2})\))")
_ITEMS = 4  # lines of one item of a note, where lines were wrapped
_GLOSSARY = re.compile(
    r"[(\[]?(?:附(?:件|录)?[一二三四五六七八九十\d]{0,2}[:.、]?)?"
    r"(?:《[^《》]{1,60}》)?(?:有关|相关|部分|主要|专业|报告|文中|重点){0,2}"
    r"(?:名词|术语|用语|概念)(?:和|及|、)?(?:名词|术语|缩略语|概念)?(?:的)?(?:解释|注释|说明|释义|注解)[)\]]?:?"
)
_TERMS = ("名词", "术语", "用语", "概念")  # one of them is in the title of every glossary
_OUTER = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,5}[编章节条]")
_ANNEX = re.compile(r"附[件表录]")
_CIRCLED = re.compile(r"[①-⑳㉑-㉟]")
# Before a circled number that counts items, not before one that points to a note.
_COUNTS = frozenset("。;:,、(《“ ")


def footnote_lines(folded: list[str], outside: set[int] = frozenset(), skip: set[int] = frozenset()) -> set[int]:
    """Find the lines that are footnotes (a footnote may go on in the lines below).

    Parameters
    ----------
    folded : list of str
        The lines' texts in half width.
    outside : set of int
        Lines of the foot of a document or a page (抄送, 印发, a table), which end a glossary.
    skip : set of int
        Lines of a table of contents and page numbers.

    Returns
    -------
    set of int

    Examples
    --------
    >>> sorted(footnote_lines(["建设“一核两翼”[1]格局。", "[1]一核:主城区。", "①建设公园。", "注:①为约束性指标。"]))
    [1, 3]
    >>> sorted(footnote_lines(["1.甲。", "注:1.每月报送。", "2.进展按实填写。", "名词解释", "1.乙:指丙。"]))
    [1, 2, 3, 4]
    """
    found = _notes(folded, skip) | _glossary(folded, outside, skip)
    heads = [(i, match) for i, text in enumerate(folded) if text[:1] in _OPENS and (match := _MARK.match(text))]
    if not heads:
        return found
    circled = _pointers(folded)
    whole = "".join(folded)  # a line's end may stand before a mark or in it
    last = {match.group().rstrip(":"): index for index, match in heads}
    for index, match in heads:
        mark = match.group().rstrip(":")
        if _CIRCLED.fullmatch(mark):
            if circled.get(mark, index) < index:
                found.add(index)
        elif mark[0] in "[〔" and last[mark] == index and whole.count(mark) > 1:
            found.add(index)
    return found


def _notes(folded: list[str], skip: set[int]) -> set[int]:
    """注： lines, with the items that a note numbers: 注：1.…, 2.… on lines of their own."""
    found: set[int] = set()
    for index, text in enumerate(folded):
        match = _NOTE.match(text) if text and text[0] in "注备填几([" else None
        if match is None or index in skip:
            continue
        found.add(index)
        rest = text[match.end() :]
        item = _ITEM.match(rest)
        if rest and not item:
            continue
        expected, between = (2 if item and int(item.group(1) or item.group(2)) == 1 else 1), []
        for place in range(index + 1, len(folded)):
            if not folded[place] or place in skip:
                continue
            item = _ITEM.match(folded[place])
            if item and int(item.group(1) or item.group(2)) == expected:
                found.update(between, (place,))
                expected, between = expected + 1, []
            elif _OUTER.match(folded[place]) or _ANNEX.match(folded[place]) or len(between) == _ITEMS:
                break
            else:
                between.append(place)
    return found


def _glossary(folded: list[str], outside: set[int], skip: set[int]) -> set[int]:
    """A glossary, from its title to the next attachment, the next outer number, the foot or the end."""
    found: set[int] = set()
    whole = "\n".join(folded)
    if not any([word in whole for word in _TERMS]):
        return found
    for index, text in enumerate(folded):
        if not 4 <= len(text) <= 80 or index in skip or index in found or not _GLOSSARY.fullmatch(text):
            continue
        below = (i for i in range(index + 1, len(folded)) if folded[i] and i not in skip)
        inner = None  # whether its own items are numbered like the outer text
        found.update(() if _ANNEX.match(text) else (index,))
        for place in below:
            outer = _OUTER.match(folded[place]) is not None
            inner = outer if inner is None else inner
            if place in outside or _ANNEX.match(folded[place]) or (outer and not inner):
                break
            found.add(place)
    return found


def _pointers(folded: list[str]) -> dict[str, int]:
    """The first line in which a circled number points to a note: behind a word, not behind a mark."""
    found: dict[str, int] = {}
    for index, text in enumerate(folded):
        if not text.isascii():
            for match in _CIRCLED.finditer(text, 1):
                if text[match.start() - 1] not in _COUNTS and not _CIRCLED.match(text[match.start() - 1]):
                    found.setdefault(match.group(), index)
    return found
