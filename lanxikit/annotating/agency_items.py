"""A list of agencies cut at its separators: 、 ， blanks, 及, 和; not within 农业农村和科技局, 县(市、区)政府."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agencies import AgencyWords, read_name
from lanxikit.annotating.agency_marks import masked
from lanxikit.gazetteer import lookup

_SEPARATOR = re.compile(r"[、,;。:/]|\s+|以及|及其|及|和|与|暨|或者")
_NEXT = re.compile(r"\s*([^、,;。\s]{0,60})")
_LAST = re.compile(r"\([^()]*\)$")
_REACH = 60  # characters; no name is longer
_DEPARTMENTS = re.compile(r"(?:行政主管|主管)?部门")
REMARKS = ("以下", "上述", "不再", "下列")  # 以下任务均需各县区政府落实
_EDGE_BEFORE = re.compile(r"([、,])\s{0,4}$")
_EDGE_BEHIND = re.compile(r"\s*([、,;。:)]?)")
_LIST_END = re.compile(r"[,;。:]")
_SENTENCE_END = re.compile(r"[。;]")
_SINGLE = re.compile(r"(?:^|[\s、,;。:(])\S$")
_BEFORE = re.compile(r"(?:[\s、,;。:由\"“]|以及|及其|及|和|与|并|为|是|系){1,8}")
_BY = re.compile(r"[^()]{1,20}?(?<!自)由")
_BEHIND = re.compile(r"(?:[\s、,;。:\"”*—]|共同){1,8}$")


class Item(NamedTuple):
    """One written name: ``text`` without blanks, where it stands, and whether 等 closes its list."""

    text: str
    start: int
    end: int
    open_list: bool


def items(text: str, start: int, end: int, words: AgencyWords, open_end: re.Pattern, folder: str | None) -> list[Item]:
    """Cut ``text[start:end]`` into written names.

    Parameters
    ----------
    text : str
        Folded.
    start, end : int
    words : AgencyWords
    open_end : Pattern
        What closes an open list: 等, 等有关部门.
    folder : str or None
        The folder of word lists in use.
    """
    found: list[Item] = []
    begin, opened, hidden = start, start, masked(text[start:end])
    for stop in open_end.finditer(hidden):
        listed = _closed(text, begin, start + stop.start(), True, words, folder)
        found += _lend_ending(listed, stop, folder)
        begin = start + stop.end()
        opened = _resumed(text, start + stop.start(), begin, end) if stop.group() == "…" else begin
    rest = _closed(text, begin, end, False, words, folder)
    return found + [item._replace(open_list=item.end <= opened) for item in rest]


def _resumed(text: str, left: int, right: int, end: int) -> int:
    """Return how far the list goes on behind an ellipsis amid its names: 市水务局……市财政局, 市水务局、…、市财政局."""
    before, behind = _EDGE_BEFORE.search(text, max(left - 5, 0), left), _EDGE_BEHIND.match(text, right, end)
    if behind.group(1) and (not before or before.group(1) != behind.group(1)):
        return right
    stop = _LIST_END.search(text, behind.end(), end)
    return stop.start() if stop else end


def _lend_ending(found: list[Item], stop: re.Match, folder: str | None) -> list[Item]:
    """发展改革、财政等部门 names departments, 三合镇、古城乡等乡镇人民政府 governments: the ending stands behind 等."""
    closing, ruler = stop.group(), stop.groupdict().get("ruler")
    if ruler:
        for index in range(len(found) - 1, -1, -1):
            name = read_name(found[index].text, folder)
            if (name.core or not name.place.text) and name.form != "township":
                break
            found[index] = found[index]._replace(text=found[index].text + ruler)
    if found and "部门" in closing:
        name = read_name(found[-1].text, folder)
        if name.field and not name.suffix and (name.core or not name.head):  # 国家邮政局 is whole
            found[-1] = found[-1]._replace(text=found[-1].text + _DEPARTMENTS.search(closing).group())
    return found


def _closed(text: str, start: int, end: int, open_list: bool, words: AgencyWords, folder: str | None) -> list[Item]:
    cuts = _cuts(masked(text[start:end]), words, folder)
    spans = [_trim(text, start + left, start + right, folder) for left, right in cuts]
    listed, remark = [], -1  # a remark reaches to the end of its sentence: 以下均需各县市委和政府落实
    for left, right in spans:
        if left < right and text.startswith(REMARKS, left):
            stop = _SENTENCE_END.search(text, left)
            remark = stop.start() if stop else len(text)
        elif left < right and left >= remark:
            listed.append(Item(_named(text[left:right], folder), left, right, open_list))
    return listed


@lru_cache(maxsize=2048)
def _cuts(hidden: str, words: AgencyWords, folder: str | None) -> tuple[tuple[int, int], ...]:
    """Where the names of a list begin and end."""
    cuts, begin = [], 0
    for found in _SEPARATOR.finditer(hidden):
        if found.start() < begin:
            continue
        if found.group()[0] in "、,;。:/" or _parts(hidden, begin, found, words, folder):
            cuts.append((begin, found.start()))
            begin = found.end()
    return (*cuts, (begin, len(hidden)))


def _parts(hidden: str, begin: int, found: re.Match, words: AgencyWords, folder: str | None) -> bool:
    """Tell whether a blank or a connective separates two names, rather than standing within one."""
    begin = max(begin, found.start() - _REACH)
    left = _plain(hidden[begin : found.start()]).replace("□", "")
    right = _NEXT.match(hidden, found.end()).group(1).replace("□", "")
    if not left or not right:
        return False
    if found.group().isspace() and len(right) == 1 and _SINGLE.search(hidden, begin, found.start()):
        return False  # 各 县 区 政府: blanks between characters
    suffix = words.suffixes.search(left)
    blank = found.group().isspace()
    if blank and _spanned(left[-12:], right[:12], words.stems):
        return False  # 住房城乡 建设局
    if suffix and (blank or suffix.group() in words.sure):
        return suffix.group() != right and not (blank and _ending(right, folder))
    name = read_name(left, folder)
    if name.place.text and not name.core and not name.suffix and name.place.kind != "bare":
        return not blank or bool(read_name(right, folder).place.text)  # 临夏州 发改部门 is one
    # 生态环境和水务部门 are two, 农业农村和科技局 is one
    if blank or not right.endswith("部门") or not name.field:
        return False
    whole = _plain(hidden[begin : found.start()]) + found.group() + right
    at = len(whole) - len(right) - len(found.group())
    return bool(words.stems.match(right)) and not any(
        stem.start() < at < stem.end() for stem in words.stems.finditer(whole)
    )


@lru_cache(maxsize=4096)
def _spanned(left: str, right: str, stems: re.Pattern) -> bool:
    """Tell whether the name of a field reaches over a blank."""
    both = left + right
    return any(stem.start() < len(left) < stem.end() for stem in stems.finditer(both))


def _ending(right: str, folder: str | None) -> bool:
    """Tell whether a word is the end of the name before the blank: 州委 办公室, 兰州新区 管委会; not 市委 政府."""
    name = read_name(right, folder)
    return not name.head and not name.place.text and not name.core and name.form in ("department", "area")


def _trim(text: str, left: int, right: int, folder: str | None) -> tuple[int, int]:
    """Leave out connectives and punctuation at the edges, but not the 和 of 和政县."""
    before = _BEFORE.match(text, left, right)
    if before:
        at = before.end() - 1
        left = at if text[at] == "和" and lookup(read_name(text[at:right], folder).place.text) else before.end()
    by = _BY.match(text, left, right)
    if by and read_name(_plain(text[by.end() : right]), folder).place.text:  # 具体工作由市水务局
        left = by.end()
    behind = _BEHIND.search(text, left, right)
    return left, behind.start() if behind else right


def _named(text: str, folder: str | None) -> str:
    """Leave out what brackets behind a name add (市发展改革委(市能源局)), but not those of 县(区)."""
    text = _plain(text)
    if text.endswith(")"):
        name = read_name(text, folder)
        if name.core and not name.suffix:
            return _LAST.sub("", text)
    return text


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
