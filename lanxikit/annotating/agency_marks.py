"""What stands in a duty list and is no part of a name: numbers of the list, brackets around duties, stray brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ROUNDED = re.compile(r"[\[\]{}【】〔〕〖〗∶﹕︰]")
_ROUND = str.maketrans("[]{}【】〔〕〖〗∶﹕︰", "()()()()():::")
_NUMBER = re.compile(
    r"\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)"  # (1) (一)
    r"|[①-⑳⑴-⒛❶-❿㈠-㈩]"
    r"|(?<![\d.A-Za-z第])\d{1,2}[.、)](?!\d)"  # 1. 1、 1)
    r"|(?<![^\s、,;。:(])(?:\d{1,2}(?=\s)|[一二三四五六七八九十]{1,3}[、.])"
)
_NUMBERED = re.compile(r"[\d一二三四五六七八九十①-⑳⑴-⒛❶-❿㈠-㈩](?:[.、)\s]|(?<=[①-⑳⑴-⒛❶-❿㈠-㈩]))")  # what one takes
_DOT = re.compile(r"(?<=[局厅委办府部会])[.·•](?=[\u4e00-\u9fff])")  # 市水务局.市财政局
_DOTS = re.compile(r"[…⋯‥︙.·•・]|。\s?。")
_ELLIPSIS = re.compile(
    r"[…⋯‥︙](?:[\s…⋯‥︙]{0,8}[…⋯‥︙])?"
    r"|(?<![.\d])\.(?:\s?\.){2,11}(?!\d)"
    r"|(?<!·)[·•・](?:\s{0,2}[·•・]){2,11}"
    r"|(?<=[局厅委办府部会门位等])\s?。(?:\s?。){2,11}"  # 市财政局。。。
)
_ASIDE = re.compile(r"\((?:含|不含|包括|以下)[^()]{1,40}\)")
_MAXIM = re.compile(
    r"谁[^谁、,;。:“”()]{1,6}(?:(?:[、,;]\s?)?谁[^谁、,;。:“”()]{1,6}(?=[、,;]?\s?谁)){0,4}"
    r"(?:[、,;]\s?)?谁[^谁、,;。:“”()的原]{1,3}"
)
_TWIN = re.compile(r"(?<=办事处|管委会|街道办)\(((?:乡|镇|乡镇|乡\(镇\)|县|区|县区|街道)(?:人民政府|政府|办事处|办))\)")
_EDGE = re.compile(r"[()]")
_BRACKET = re.compile(r"\([^()]{0,60}\)")
_BEFORE = re.compile(r"(?:^|[、,;。:])\s{0,4}$")
_BEHIND = re.compile(r"\s{0,4}(?:$|[、,;。:])")
_STAR = re.compile(r"[★☆※▲△◆◎]|\*{1,3}|_{2}|#")
_APART = frozenset("、,;。:()/ \n")
_FIRST = re.compile(r"\s{0,4}(?P<number>1)(?=[\u4e00-\u9fff])")
_DEEPEST = 8  # brackets inside brackets; deeper ones are no text
_LONGEST = 60  # characters; longer brackets belong to no name


def rounded(text: str) -> str:
    """Make all brackets round ones, character for character."""
    return text.translate(_ROUND) if _ROUNDED.search(text) else text


def masked(text: str) -> str:
    """Hide brackets with their words, character for character.

    Examples
    --------
    >>> masked("县(市、区)政府")
    '县□□□□□政府'
    """
    return _BRACKET.sub(lambda found: "□" * len(found.group()), text) if "(" in text else text


def flat(text: str, phrase: re.Pattern, edge: str) -> tuple[str, list[tuple[int, int]]]:
    """Take away the brackets that belong to no name.

    Brackets without a partner become blanks, and those behind a separator (、(市能源局),); those around a duty
    (市能源局配合), or around the whole text, become ``edge``; those of a name, 县(区) or 市发展改革委(市能源局), stay.

    Parameters
    ----------
    text : str
        Folded, with round brackets only.
    phrase : Pattern
        What makes a bracket's words a duty.
    edge : str
        One character.

    Returns
    -------
    tuple
        The text, as long as before, and where the words of the opened brackets stand; not of those within others.

    Examples
    --------
    >>> flat("市水务局)、县(区)政府(市财政局配合)", re.compile("局配合"), ",")
    ('市水务局 、县(区)政府,市财政局配合,', [(13, 19)])
    """
    if "(" not in text and ")" not in text:
        return text, []
    marks, opened, name = list(text), [], -1
    stray = {found.start() for found in _EDGE.finditer(text)}
    first, last = len(text) - len(text.lstrip()), len(text.rstrip("。. ")) - 1
    for left, right in sorted(_pairs(text)):
        stray -= {left, right}
        if (left, right) == (first, last) or phrase.search(text, left + 1, right):
            marks[left] = marks[right] = edge
            if not opened or left > opened[-1][1]:
                opened.append((left + 1, right))
        elif left < name or right - left > _LONGEST or _apart(text, left, right):
            marks[left] = marks[right] = " "
        else:
            name = right
    for at in stray:
        marks[at] = " "
    return "".join(marks), opened


def _apart(text: str, left: int, right: int) -> bool:
    """Tell whether a bracket stands between separators: no name for it to belong to."""
    return bool(_BEFORE.search(text, max(left - 5, 0), left) and _BEHIND.match(text, right + 1))


def numberless(text: str) -> str:
    """Put 、 for the numbers of a list: 1.市水务局 2.市财政局, ①市水务局②市财政局; as long as before.

    Examples
    --------
    >>> numberless("1.市水务局 (2)市财政局")
    '、 市水务局 、  市财政局'
    """
    text = _DOT.sub("、", text) if "." in text or "·" in text or "•" in text else text
    if not _NUMBERED.search(text):
        return text
    return _NUMBER.sub(lambda found: "、".ljust(len(found.group())), text)


def elided(text: str) -> str:
    """Write every ellipsis as one … with blanks behind it: ......, ⋯⋯, ···; as long as before.

    Examples
    --------
    >>> elided("市水务局......等"), elided("市水务局……")
    ('市水务局…     等', '市水务局… ')
    """
    return _ELLIPSIS.sub(lambda found: "…".ljust(len(found.group())), text) if _DOTS.search(text) else text


def unglued(text: str) -> str:
    """Put 、 for running numbers without a mark behind them: 1市水务局2市财政局; as long as before.

    Examples
    --------
    >>> unglued("1市水务局2市财政局"), unglued("1个专班")
    ('、市水务局、市财政局', '1个专班')
    """
    first = _FIRST.match(text)
    if not first:
        return text
    marks, at, number = list(text), first.end(), 1
    places = [first.start("number")]
    while (
        (at := text.find(str(number + 1), at)) > 0
        and _is_han(text, at - 1)
        and _is_han(text, at + len(str(number + 1)))
    ):
        number += 1
        places.extend(range(at, at + len(str(number))))
        at += len(str(number))
    if number > 1:
        for place in places:
            marks[place] = "、"
    return "".join(marks)


def _is_han(text: str, at: int) -> bool:
    return at < len(text) and "\u4e00" <= text[at] <= "\u9fff"


def starred(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Take the marks off the names that lead (★市水务局、市财政局*、**市教育局**).

    Returns
    -------
    tuple
        The text with blanks in place of the marks, and where each marked name has a character, with its mark.

    Examples
    --------
    >>> starred("★市水务局、市财政局*")
    (' 市水务局、市财政局 ', [(1, '★'), (9, '*')])
    """
    if not _STAR.search(text):
        return text, []
    marks, found = list(text), []
    for mark in _STAR.finditer(text):
        start, end = mark.span()
        opens = start == 0 or text[start - 1] in _APART
        closes = end == len(text) or text[end] in _APART
        if opens and closes:
            continue
        if not opens and not closes:  # 市教育局★市财政局: behind the first, if no name begins with a mark
            if len(mark.group()) == 1 and mark.start():
                found.append((start - 1, mark.group()))
                marks[start:end] = "、"
            continue
        found.append((end if opens else start - 1, mark.group()))
        marks[start:end] = " " * (end - start)
    return "".join(marks), found


def without_asides(text: str) -> str:
    """Blank out remarks in brackets: 市(含定州市,下同)政府, 市场监管局(以下简称主管部门).

    Examples
    --------
    >>> without_asides("有关市(含定州)政府、县(区)政府")
    '有关市     政府、县(区)政府'
    """
    return _ASIDE.sub(lambda found: " " * len(found.group()), text) if "(" in text else text


def without_maxims(text: str) -> str:
    """Hide maxims, whose words give nobody a role; as long as before.

    Examples
    --------
    >>> without_maxims("按照“谁主管、谁负责”的原则"), without_maxims("谁使用谁负责")
    ('按照“□□□□□□□”的原则', '□□□□□□')
    """
    return _MAXIM.sub(lambda found: "□" * len(found.group()), text) if "谁" in text else text


def twinned(text: str) -> str:
    """Put 、 for the bracket around a second body: 街道办事处(乡镇人民政府); as long as before.

    Examples
    --------
    >>> twinned("街道办事处(乡镇人民政府)协助"), twinned("区政府(管委会)")
    ('街道办事处、乡镇人民政府 协助', '区政府(管委会)')
    """
    return _TWIN.sub(r"、\1 ", text) if "(" in text else text


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where brackets open and close, none nested too deep."""
    waiting: list[int] = []
    for found in _EDGE.finditer(text):
        if found.group() == "(":
            waiting.append(found.start())
        elif waiting:
            left = waiting.pop()
            if len(waiting) < _DEEPEST:
                yield left, found.start()
