"""Named projects: 西宁至成都铁路, 响河峡水库, 海东市生活垃圾焚烧发电设施."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import pandas as pd

from lanxikit.annotating.frames import Frames
from lanxikit.annotating.project_heads import Head, Heads
from lanxikit.annotating.project_lists import is_listed, listed_clauses, project_titles
from lanxikit.annotating.project_words import ProjectWords, project_words
from lanxikit.annotating.region_leaves import LeafText, leaf_texts
from lanxikit.tables import check, table

_COLUMNS = ("unit_id", "project", "type", "action", "start", "end", "name")
_NAMING = re.compile(
    r"[GSXY]\d{2,4}(?!\d)|\d+(?:\.\d+)?(?:兆瓦|万?千瓦|千伏|k[Vv]|万?吨|万?立方米)|[一二三四五六]期|有限公司|集团"
    r"|第[一二三四五六七八九十]{1,2}(?:中学|小学|医院|人民医院|幼儿园|水厂|污水|垃圾|条)|[\u4e00-\u9fff)]至[\u4e00-\u9fff]"
)
_JOIN = re.compile(r"(以及|及(?!其))|和")
_PARTING = re.compile(r"[(《“\[)》”\]、和及以]")
_LONGEST = 80  # characters of a name
_NAME = 16  # characters a member without a class word of its own may have


@dataclass(frozen=True, slots=True)
class _Item:
    """A member of a list of objects; ``shared`` is what its name takes from the list."""

    start: int
    end: int
    head: str
    shared: str
    action: str


def projects(units: pd.DataFrame, *, lexicon=None) -> pd.DataFrame:
    """Find named projects: objects of a verb of building, or members of a list of projects, that bear a name.

    A name is a place, a road number, a landmark, a capacity, a quoted name, a firm, an
    ordinal, or, before a word for a single work (水库, 机场, 大桥), any word that is not a
    general one. Lists (A、B、C等项目) are split, and each name takes the class word that closes
    them: 西宁至成都、兰州至合作铁路 are two 铁路.
    Below a heading that says 项目 or 工程 (专栏3 重大工程), and behind such a label (重点项目：…), no verb is needed.
    A first form, careful rather than complete: elsewhere a project named without a verb of building
    (提升兰州中川国际机场…功能) is left out.

    Parameters
    ----------
    units : DataFrame
        As :func:`lanxikit.segment` gives it; only the leaves are read, with ``path`` and ``heading`` where
        the table has them.
    lexicon : path, optional
        Folder whose ``project_words.tsv`` extends the shipped one.

    Returns
    -------
    DataFrame
        A row a project. Columns: ``unit_id``; ``project`` (its name, with the class word of the
        list where the name itself has none); ``type`` (road, rail, air, water, energy, industry,
        agriculture, culture, education, health, environment, logistics, digital, urban, relief,
        zone, other); ``action`` (the verb that says what is done with it; empty in a
        list without one); ``start``, ``end``
        (span of the words that name it in the source file, without a class word that stands
        elsewhere in the list, characters, end exclusive); ``name`` (the same as ``project``).

    Raises
    ------
    TableError
        The units lack a column.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame([{"doc_id": "d", "unit_id": "d#001", "kind": "measure", "is_leaf": True, "start": 0,
    ...     "text": "加快西宁至成都铁路建设，力争实现乐都杨家、民和满坪水库完成蓄水验收，推进重点项目建设。",
    ...     "pieces": None, "adcode": "630200"}])
    >>> projects(units)[["project", "type", "action"]]
       project   type  action
    0  西宁至成都铁路   rail      加快
    1   乐都杨家水库  water  完成蓄水验收
    2   民和满坪水库  water  完成蓄水验收
    """
    words = project_words(lexicon)
    rows: list[tuple] = []
    texts = leaf_texts(units)
    below = project_titles(units, words)
    for leaf in texts:
        listed = leaf.unit_id in below
        if leaf.part == "heading" and not below.get(leaf.unit_id):
            continue
        for start, end, kind, action, name in _find(leaf, words, lexicon, listed):
            rows.append((leaf.unit_id, name, kind, action, *leaf.source.span(start, end), name))
    return check(pd.DataFrame(rows, columns=_COLUMNS) if rows else table("projects").empty(), "projects")


class _Text:
    """A folded text: its class words, and the places it names, which are looked for when first asked."""

    def __init__(self, leaf: LeafText, words: ProjectWords, lexicon) -> None:
        self.plain, self.words = leaf.folded, words
        self.heads = Heads(self.plain, words)
        self._leaf, self._lexicon = leaf, lexicon

    @cached_property
    def _spots(self) -> list[tuple[int, int]]:
        return [(item.start, item.end) for item in self._leaf.reader(self._lexicon).mentions()]

    def places(self, low: int, high: int) -> list[tuple[int, int]]:
        """Return the places that start within ``low:high``."""
        return self._spots[bisect_left(self._spots, (low, 0)) : bisect_left(self._spots, (high, 0))]

    def place(self, at: int) -> tuple[int, int]:
        """Return the place around a position; an empty one where there is none."""
        index = bisect_left(self._spots, (at + 1, 0)) - 1
        return self._spots[index] if index >= 0 and at < self._spots[index][1] else (at, at)


def _find(leaf: LeafText, words: ProjectWords, lexicon, below: bool = False):
    """Yield (start, end, type, action, name) for each project of a text."""
    text, plain = leaf.text, leaf.folded
    whole = _Text(leaf, words, lexicon)
    labelled = below or ":" in plain
    if not labelled and not whole.heads:
        return
    carried = ""
    clauses = Frames(plain).clauses()
    lists = set(listed_clauses(plain, clauses, below, words)) if labelled else ()
    if not lists and not whole.heads:
        return
    wanted = _wanted(plain, clauses, whole.heads) if not lists else range(len(clauses))
    for index in wanted:
        start, end = clauses[index]
        action, begin = words.opening(plain, start, end)
        stop, closing = words.ending(plain, begin, end)
        if carried and not action and not closing and whole.places(begin, begin + 2):
            action = carried  # 建设完成互助县…公路,民和县…公路
        last = plain[end : end + 1] in "。;"
        carried = "" if last else action or closing or carried
        listed = index in lists and not action
        if not (listed or ((action or closing) and whole.heads.within(begin, stop))):
            continue
        for item in _items(whole, begin, stop, closing or action, bool(closing), listed):
            written = text[item.start : item.end]
            name = plain[item.start : item.end] + item.shared
            yield item.start, item.end, words.kind(name, item.shared or item.head), item.action, written + item.shared


def _wanted(plain: str, clauses: list[tuple[int, int]], heads: Heads) -> Iterator[int]:
    """Yield the numbers of the clauses whose sentence holds a class word: in no other can a project be named."""
    first = 0
    for index, (_, end) in enumerate(clauses):
        if plain[end : end + 1] in "。;" or index == len(clauses) - 1:
            if heads.within(clauses[first][0], end):
                yield from range(first, index + 1)
            first = index + 1


def _items(text: _Text, begin: int, stop: int, action: str, subject: bool, listed: bool):
    """The named members of the list at ``begin:stop``, the objects or, before a closing verb, the subjects."""
    plain, words = text.plain, text.words
    spans = list(_members(text, begin, stop))
    opened = [words.opening(plain, low, high) for low, high in spans[1:]]
    verbs = ["", *(verb for verb, _ in opened)]
    spans = [*spans[:1], *((low, high) for (_, low), (_, high) in zip(opened, spans[1:], strict=True))]
    if not spans:
        return []
    last = text.heads.head(*spans[-1])
    if last is None and len(spans) > 1 and not (subject or listed):
        return []  # the last member says something else of the list: A、B等循环化改造工作
    found, shared, after = [], last, ""
    verbs = list(accumulate(verbs, lambda before, verb: verb or before, initial=action))[1:]
    for (low, high), verb in zip(reversed(spans), reversed(verbs), strict=True):
        head = text.heads.head(low, high)
        shared = head if head and head.closing else shared
        item = _item(text, low, high, head, shared)
        if listed and not item:
            item = _bare(text, low, high, head)
        if item:
            start, stop, word, borrowed = item
            tail = words.parallel(plain[start:stop], after) if borrowed else ""
            found.append(_Item(start, stop, word, tail or borrowed, verb))
        after = plain[low : head.end if head else high]
    return found[::-1]


def _item(text: _Text, low: int, high: int, head: Head | None, shared: Head | None):
    """One member: (start, end, head, class word taken from the list), or None if it names no project."""
    plain, words = text.plain, text.words
    end = head.end if head else high
    own = head if head and not head.closing else text.heads.head(low, end) if head else None
    if own:
        fits = own.end - low <= _LONGEST and _named(text, low, own.end, own.word)
        return (low, own.end, own.word, "") if fits else None
    name = plain[low:end]
    if not shared or not 2 <= len(name) <= _NAME + (16 if head else 0) or name.endswith(("镇", "乡", "村")):
        return None
    counted = shared.closing == "count" and len(words.without_generic(name)) > 1
    borrowed = shared.word if shared.word in words.works and shared.closing != "etc" else ""
    if not words.vague.search(name) and (counted or _named(text, low, end, borrowed)):
        spare = shared.word not in words.works and name.endswith(words.endings)
        return low, end, shared.word, "" if spare else shared.word
    return None


def _bare(text: _Text, low: int, high: int, head: Head | None):
    """A member of a list of projects whose heading says what it is: 引大入秦延伸增效工程, 兰州至张掖铁路中兰段."""
    plain, words = text.plain, text.words
    low = words.numberless(plain, low, high)
    end = head.end if head and not head.closing else high
    name = plain[low:end].rstrip()
    if len(name) > _LONGEST or words.vague.search(name) or words.stops.match(name):
        return None
    named = text.places(low, end) or _NAMING.search(name) or words.inner.search(name, 2)
    if head and not head.closing:
        rest = words.without_generic(name.removesuffix(head.word))
        return (low, end, head.word, "") if len(rest) > 1 else None
    return (low, low + len(name), "", "") if is_listed(name, bool(named), words) else None


def _members(text: _Text, begin: int, stop: int):
    """Split at 、 outside brackets; at 和 where what stands before it ends like a work; at 及 also before a place."""
    depth, low = 0, begin
    for mark in _PARTING.finditer(text.plain, begin, stop):
        at, char = mark.start(), mark.group()
        if char in "(《“[":
            depth += 1
        elif char in ")》”]":
            depth = max(depth - 1, 0)
        elif depth or at <= low:
            continue
        elif char == "、":
            yield low, at
            low = at + 1
        elif (join := _JOIN.match(text.plain, at, stop)) and _parts(text, begin, low, join, stop):
            yield low, at
            low = join.end()
    if low < stop:
        yield low, stop


def _parts(text: _Text, begin: int, low: int, join: re.Match, stop: int) -> bool:
    """Tell whether 和 or 及 parts two members: it is no character of a place's name, and names stand beside it."""
    end = join.end()
    before_place = join.group(1) and end < stop and text.place(end)[0] == end < text.place(end)[1]
    if not before_place and not text.heads.head(low, join.start()):
        return False
    start, shut = text.place(join.start())
    return not begin <= start <= join.start() < shut


def _named(text: _Text, low: int, cut: int, head: str) -> bool:
    """Whether the words before the head name one project rather than a class of them."""
    plain, words = text.plain, text.words
    name = plain[low:cut]
    if words.vague.search(name):
        return False
    stem = name.removesuffix(head) if head else name
    placed = [(a - low, b - low) for a, b in text.places(low, low + len(stem)) if b <= low + len(stem)]
    if (head in words.works and placed) or _NAMING.search(stem):
        return True
    if words.landmark.search(name):  # 黄河大桥, 南北山绿化, but not 黄河上游水电站
        return stem in words.landmarks or len(words.positions.sub("", stem)) > 1
    work = words.inner.search(stem, 2) if head not in words.works else None
    if work and len(words.without_generic(stem[: work.start()])) > 1:
        return True  # 牙扎水库配套工程
    rest = "".join(char for at, char in enumerate(stem) if not any(a <= at < b for a, b in placed))
    rest = words.without_generic(words.positions.sub("", rest))
    if placed:
        return len(rest) >= 2
    return head in words.works and len(rest) >= 2 and len(rest) * 2 >= len(stem)
