"""Headings: on lines of their own, run into their paragraph, or without any number.

Headings of official documents are short, without a full stop inside, and alike: where one
item of a style opens with a heading, its siblings do, closed by the same sign (。 ： a blank,
bold type, 【】). So the items of a style are judged together, never one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.remembered import duties_behind
from lanxikit.segmenting.wording import leads_in

_LONGEST = 40  # a heading is no longer than this, in characters
_CAPTION = 45  # … of its own line, whatever it says
_PHRASE = 14  # a clause of a heading above a paragraph is no longer
_CLAUSE = 11  # a clause of a heading with commas is no longer
_UNEVEN = 2  # clauses of a heading with commas differ by no more characters
_BODY = 12  # what follows a blank is a paragraph from so many characters on
SHORT = 20  # headings are no longer on the average, nor any that only one list tells
_AMOUNT = re.compile(r"\d(?:[万亿]?(?:个(?!方面)|所|座|公里|家|人|户|%|套|亩|吨|元|处|公顷|平方)|[万亿]$)")
_CLOSED = frozenset("。;:!?")  # marks of no heading
_BRACKETS = ("【", "[", "〔")
_WITHIN = frozenset(",、;的了和与及等()!?")  # behind bold words: their sentence goes on
MANNERS = ("bracket", "bold", "mark", "blank")
_BETWEEN = (None, "bold", "blank")  # told by what stands between the characters


class Split(NamedTuple):
    """A run-in heading: its bounds in the block's text, and where the body begins."""

    begin: int
    end: int
    body: int


def split(
    source: str, block: Block, text: str, begin: int, manner: str | None, lexicon: str | None = None
) -> Split | None:
    """Split a numbered block into its run-in heading and its body.

    Parameters
    ----------
    source : str
        The decoded file.
    block : Block
    text : str
        The block's text, folded.
    begin : int
        Where it begins behind the number.
    manner : {"mark", "bold", "blank", "bracket"} or None
        How the headings of this style are closed (see :func:`lanxikit.segmenting.manners.manners`).
    lexicon : str, optional
        Folder of the user's own word lists.
    """
    if len(block.spans) == 1 and manner in _BETWEEN:
        return None  # nothing stands between its characters
    if manner is None:
        return _pointed(source, block, begin, text)
    found = _SPLITS[manner](source, block, begin, text)
    if found is None or found.end <= found.begin:
        return None
    duties = duties_behind(text, lexicon) if text[-1] in ")]】。;" or ":" in text[found.body :] else ()
    stop = duties[0].start if duties else len(text)
    return None if found.body >= stop or leads_in(text[found.begin : found.end] + ":", lexicon) == "sure" else found


def ways(source: str, block: Block, text: str, begin: int) -> list[str]:
    """Return the manners in which a numbered block may be split at all: the first look, before :func:`split`."""
    whole = len(block.spans) == 1
    stop = begin + _LONGEST + 1
    found = ["bracket"] if text.startswith(_BRACKETS, begin) else []
    if not whole and _bold_mark(source[block.start : block.spans[-1][0]]):
        found.append("bold")
    if text.find("。", begin, stop) > 0 or text.find(":", begin, stop) > 0:
        found.append("mark")
    return found if whole else [*found, "blank"]


def _marked(source: str, block: Block, begin: int, text: str) -> Split | None:
    stop = begin + _LONGEST + 1
    end, colon = text.find("。", begin, stop), text.find(":", begin, stop)
    if 0 < colon < end or end <= 0:
        end = colon
    return Split(begin, end, end + 1) if end > 0 and _titled(text[begin:end]) else None


def _bold(source: str, block: Block, begin: int, text: str) -> Split | None:
    """Bold type that opens the item and closes with 。 or ： or a blank; bold words within a sentence only stress.

    Behind a number it may run straight into its body: there all items of the style bear it out.
    """
    opened = _bold_mark(source[block.start : block.spans[0][0]])
    position = 0
    for (low, high), (after, _) in zip(block.spans, block.spans[1:], strict=False):
        position += high - low
        if position > begin + _LONGEST:
            return None
        gap = source[high:after]
        if not _bold_mark(gap):
            continue
        if not opened:
            if position > begin:
                return None
            opened = True
        elif position > begin:
            end = body = position
            while end > begin and text[end - 1] in "。:":
                end -= 1
            while body < len(text) and text[body] in "。:":
                body += 1
            apart = body > end or gap[-1:].isspace()
            runs_on = not apart and (not begin or text[body : body + 1] in _WITHIN)
            return None if runs_on else Split(begin, end, body)
        else:
            opened = False
    return None


def _bold_mark(gap: str) -> bool:
    return "**" in gap or "__" in gap


def _blank(source: str, block: Block, begin: int, text: str) -> Split | None:
    position = 0
    for (low, high), (after, _) in zip(block.spans, block.spans[1:], strict=False):
        position += high - low
        if position > begin + _LONGEST or "\n" in source[high:after]:
            return None
        if position > begin + 2 and after > high and source[high:after].isspace():
            words = text[begin:position]
            fine = not set(words) & set(",;。:、") and len(text) - position >= _BODY
            return Split(begin, position, position) if fine else None
    return None


def _pointed(source: str, block: Block, begin: int, text: str) -> Split | None:
    """A heading parted by a blank from the points of its paragraph: 工作要求 一是…"""
    at = text.find("一是", begin + 2, begin + SHORT + 2)
    found = _blank(source, block, begin, text) if at > 0 and "二是" in text else None
    return found if found and found.body == at else None


def _bracket(source: str, block: Block, begin: int, text: str) -> Split | None:
    if not text.startswith(_BRACKETS, begin):
        return None
    end = min((at for mark in "】]〕" if (at := text.find(mark, begin, begin + _LONGEST)) > 0), default=-1)
    return Split(begin + 1, end, end + 1) if end > 0 else None


_SPLITS = {"mark": _marked, "bold": _bold, "blank": _blank, "bracket": _bracket}


def _titled(words: str) -> bool:
    """No sentence: no inner mark, no amount; commas only between clauses of like length without numbers."""
    if ";" in words or "。" in words or _AMOUNT.search(words):
        return False
    if "," not in words:
        return True
    sizes = [len(clause) for clause in words.split(",")]
    even = max(sizes) <= _CLAUSE and max(sizes) - min(sizes) <= _UNEVEN
    return even and "、" not in words and not any(char.isdigit() for char in words)


def heading_like(text: str, lexicon: str | None = None) -> bool:
    """Tell whether the folded words behind a number can be a heading: short, no sentence, no duty behind.

    Examples
    --------
    >>> heading_like("强化组织领导,落实主体责任"), heading_like("新建学校5所,加强师资建设。")
    (True, False)
    """
    words = text.rstrip("。:")
    return len(words) <= _LONGEST and _heading_like(text, words, lexicon)


@lru_cache(maxsize=4096)
def _heading_like(text: str, words: str, lexicon: str | None) -> bool:
    if "," in words and text.endswith("。"):
        return False
    return _titled(words) and not (words.endswith((")", "]")) and duties_behind(text, lexicon))


def caption(text: str, lexicon: str | None = None) -> bool:
    """Tell whether the folded words behind a number are short and left open: a heading where something stands below.

    Examples
    --------
    >>> caption("全力以赴扩内需,推动经济运行回升向好"), caption("建立容错纠错机制。")
    (True, False)
    """
    if not 2 <= len(text) <= _CAPTION or text[-1] in "。;:!?,、" or not _CLOSED.isdisjoint(text):
        return False
    return text[-1] not in ")]" or not duties_behind(text, lexicon)


def phrased(text: str) -> bool:
    """Tell whether folded words are a phrase or two of a heading, not the first line of a cut sentence.

    Examples
    --------
    >>> phrased("全力以赴扩内需,推动经济运行回升向好"), phrased("加强治理,规模养殖场粪污处理设施配套率达到")
    (True, False)
    """
    clauses = text.split(",")
    return len(clauses) <= 3 and max(map(len, clauses)) <= _PHRASE and not re.search(r"[\d、]", text)


def closed_caption(text: str, lexicon: str | None = None) -> bool:
    """Tell whether folded words are those of a heading but for the full stop behind: one where its siblings head.

    Examples
    --------
    >>> closed_caption("提高站位,压实责任。"), closed_caption("新建学校5所,加强师资建设。")
    (True, False)
    """
    return text.endswith("。") and caption(text[:-1], lexicon) and phrased(text[:-1])


def emphasised(source: str, block: Block) -> bool:
    """Tell whether a line is set off by markup: ``**…**`` or ``##``."""
    before = source[block.start : block.spans[0][0]] if block.spans else ""
    return "#" in before or (_bold_mark(before) and _bold_mark(source[block.spans[-1][1] : block.end]))


def after(blocks: list[Block], index: int, passive: frozenset[str]) -> Iterator[int]:
    """Yield the indices of the blocks after one, without page numbers and the like."""
    for at in range(index + 1, len(blocks)):
        if blocks[at].form not in passive:
            yield at
