"""Named projects: 西宁至成都铁路, 响河峡水库, 海东市生活垃圾焚烧发电设施."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd

from lanxikit.annotating.frames import Frames
from lanxikit.annotating.project_lists import is_listed, listed_clauses, project_titles
from lanxikit.annotating.project_words import Head, ProjectWords, project_words
from lanxikit.annotating.region_leaves import leaf_texts
from lanxikit.gazetteer import mentions
from lanxikit.tables import check, table
from lanxikit.text.fold import fold

_NAMING = re.compile(
    r"[GSXY]\d{2,4}(?!\d)|\d+(?:\.\d+)?(?:兆瓦|万?千瓦|千伏|k[Vv]|万?吨|万?立方米)|[一二三四五六]期|有限公司|集团"
    r"|第[一二三四五六七八九十]{1,2}(?:中学|小学|医院|人民医院|幼儿园|水厂|污水|垃圾|条)|[\u4e00-\u9fff)]至[\u4e00-\u9fff]"
)
_JOIN = re.compile(r"(以及|及(?!其))|和")
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
    rows: list[dict] = []
    texts = list(leaf_texts(units, headings=True))
    below = project_titles(units, words)
    for leaf in texts:
        listed = leaf.unit_id in below
        if leaf.part == "heading" and not below.get(leaf.unit_id):
            continue
        for start, end, kind, action, name in _find(leaf.text, leaf.near, words, lexicon, listed):
            first, last = leaf.source.span(start, end)
            cells = {"project": name, "type": kind, "action": action, "start": first, "end": last, "name": name}
            rows.append({"unit_id": leaf.unit_id, **cells})
    return check(pd.DataFrame(rows) if rows else table("projects").empty(), "projects")


def _find(text: str, near: str | None, words: ProjectWords, lexicon, below: bool = False):
    """Yield (start, end, type, action, name) for each project of a text."""
    plain = fold(text)
    spots = [(item.start, item.end) for item in mentions(text, near=near, lexicon=lexicon)]
    carried = ""
    clauses = Frames(plain).clauses()
    lists = set(listed_clauses(plain, clauses, below, words))
    for index, (start, end) in enumerate(clauses):
        action, begin = words.opening(plain, start, end)
        stop, closing = words.ending(plain, begin, end)
        if not action and not closing and _between(spots, begin, begin + 2):
            action = carried  # 建设完成互助县…公路,民和县…公路
        last = plain[end : end + 1] in "。;"
        carried = "" if last else action or closing or carried
        listed = index in lists and not action
        if not (action or closing or listed):
            continue
        for item in _items(plain, begin, stop, closing or action, bool(closing), spots, words, listed):
            written = text[item.start : item.end]
            name = plain[item.start : item.end] + item.shared
            yield item.start, item.end, words.kind(name, item.shared or item.head), item.action, written + item.shared


def _items(plain: str, begin: int, stop: int, action: str, subject: bool, spots: list, words: ProjectWords, listed):
    """The named members of the list at ``begin:stop``, the objects or, before a closing verb, the subjects."""
    spans = list(_members(plain, begin, stop, spots, words))
    opened = [words.opening(plain, low, high) for low, high in spans[1:]]
    verbs = ["", *(verb for verb, _ in opened)]
    spans = [*spans[:1], *((low, high) for (_, low), (_, high) in zip(opened, spans[1:], strict=True))]
    if not spans:
        return []
    last = words.head(plain, *spans[-1])
    if last is None and len(spans) > 1 and not (subject or listed):
        return []  # the last member says something else of the list: A、B等循环化改造工作
    found, shared, after = [], last, ""
    verbs = list(accumulate(verbs, lambda before, verb: verb or before, initial=action))[1:]
    for (low, high), verb in zip(reversed(spans), reversed(verbs), strict=True):
        head = words.head(plain, low, high)
        shared = head if head and head.closing else shared
        item = _item(plain, low, high, head, shared, spots, words)
        if listed and not item:
            item = _bare(plain, low, high, head, spots, words)
        if item:
            start, stop, word, borrowed = item
            tail = words.parallel(plain[start:stop], after) if borrowed else ""
            found.append(_Item(start, stop, word, tail or borrowed, verb))
        after = plain[low : head.end if head else high]
    return found[::-1]


def _item(plain: str, low: int, high: int, head: Head | None, shared: Head | None, spots: list, words: ProjectWords):
    """One member: (start, end, head, class word taken from the list), or None if it names no project."""
    end = head.end if head else high
    own = head if head and not head.closing else words.head(plain, low, end) if head else None
    if own:
        fits = own.end - low <= _LONGEST and _named(plain, low, own.end, own.word, spots, words)
        return (low, own.end, own.word, "") if fits else None
    name = plain[low:end]
    if not shared or not 2 <= len(name) <= _NAME + (16 if head else 0) or name.endswith(("镇", "乡", "村")):
        return None
    counted = shared.closing == "count" and len(words.without_generic(name)) > 1
    borrowed = shared.word if shared.word in words.works and shared.closing != "etc" else ""
    if not any(word in name for word in words.vague) and (counted or _named(plain, low, end, borrowed, spots, words)):
        spare = shared.word not in words.works and name.endswith(words.endings)
        return low, end, shared.word, "" if spare else shared.word
    return None


def _bare(plain: str, low: int, high: int, head: Head | None, spots: list, words: ProjectWords):
    """A member of a list of projects whose heading says what it is: 引大入秦延伸增效工程, 兰州至张掖铁路中兰段."""
    low = words.numberless(plain, low, high)
    end = head.end if head and not head.closing else high
    name = plain[low:end].rstrip()
    if len(name) > _LONGEST or any(word in name for word in words.vague) or words.stops.match(name):
        return None
    named = _between(spots, low, end) or _NAMING.search(name) or words.inner.search(name, 2)
    if head and not head.closing:
        rest = words.without_generic(name.removesuffix(head.word))
        return (low, end, head.word, "") if len(rest) > 1 else None
    return (low, low + len(name), "", "") if is_listed(name, bool(named), words) else None


def _members(plain: str, begin: int, stop: int, spots: list, words: ProjectWords):
    """Split at 、 outside brackets; at 和 where what stands before it ends like a work; at 及 also before a place."""
    depth, low = 0, begin
    places = _between(spots, begin, stop)
    inside = {at for a, b in places for at in range(a, b)}
    starts = {a for a, _ in places}
    for at in range(begin, stop):
        char = plain[at]
        if char in "(《“[":
            depth += 1
        elif char in ")》”]":
            depth = max(depth - 1, 0)
        elif depth or at <= low:
            continue
        elif char == "、":
            yield low, at
            low = at + 1
        elif char in "和及以" and at not in inside:
            join = _JOIN.match(plain, at, stop)
            if join and ((join.group(1) and join.end() in starts) or words.head(plain, low, at)):
                yield low, at
                low = join.end()
    if low < stop:
        yield low, stop


def _named(plain: str, low: int, cut: int, head: str, spots: list, words: ProjectWords) -> bool:
    """Whether the words before the head name one project rather than a class of them."""
    name = plain[low:cut]
    if any(word in name for word in words.vague):
        return False
    stem = name.removesuffix(head) if head else name
    placed = [(a - low, b - low) for a, b in _between(spots, low, low + len(stem)) if b <= low + len(stem)]
    if (head in words.works and placed) or _NAMING.search(stem):
        return True
    if any(mark in name for mark in words.landmarks):  # 黄河大桥, 南北山绿化, but not 黄河上游水电站
        return stem in words.landmarks or len(words.positions.sub("", stem)) > 1
    work = words.inner.search(stem, 2) if head not in words.works else None
    if work and len(words.without_generic(stem[: work.start()])) > 1:
        return True  # 牙扎水库配套工程
    rest = "".join(char for at, char in enumerate(stem) if not any(a <= at < b for a, b in placed))
    rest = words.without_generic(words.positions.sub("", rest))
    if placed:
        return len(rest) >= 2
    return head in words.works and len(rest) >= 2 and len(rest) * 2 >= len(stem)


def _between(spots: list[tuple[int, int]], low: int, high: int) -> list[tuple[int, int]]:
    """The places that start within ``low:high``."""
    return spots[bisect_left(spots, (low, 0)) : bisect_left(spots, (high, 0))]
