"""Reads the targets of one passage after the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from lanxikit.annotating.comparators import comparators, exclusions
from lanxikit.annotating.frames import Frames
from lanxikit.annotating.indicators import indicators
from lanxikit.annotating.numbers import Quantity, numbers
from lanxikit.annotating.passages import Passage
from lanxikit.annotating.target_groups import JOINTS, Find, is_baseline, is_listed, is_next, origin, share, split
from lanxikit.annotating.times import Time, governing, last_limit, overlaps, times

_GAUGES = ("share", "point", "ratio", "doubling")
_LOOSE = ("count", "heads", *_GAUGES)
_THINGS = ("count", "heads")
_NAME = 15  # a quotation up to this long is a name: “300公里产业带”
_CLAUSE = 160  # how far from a number its clause is read, characters
_MOST = 200  # numbers of a clause that are read
_WORD = re.compile(r"[一-鿿A-Za-z]")
_DIGITS = "[一二三四五六七八九十]"
_MARK = re.compile(rf"(?:\((?:\d{{1,2}}|{_DIGITS}{{1,3}})\)|[①-⑳⑴-⒛㈠-㈩])[ 、]?")
_OPENING = re.compile(rf"[ ]*(?:\d{{1,2}}(?:[.](?!\d)|[、)])|{_DIGITS}{{1,2}}(?:、(?!{_DIGITS})|是))")


class TargetReader:
    """Holds the finders of one set of word lists; see :func:`reader`."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder
        self._numbers = numbers(folder)
        self._times = times(folder)
        self._comparators = comparators(folder)
        self._exclusions = exclusions(folder)
        self._indicators = indicators(folder)

    def limit(self, passage: Passage) -> str | None:
        """Return the last time limit of a 完成时限 cell."""
        frames = Frames(passage.folded)
        return last_limit(self._times.find(passage.folded, frames, passage.year, passage.signed, field=True))

    def read(self, passage: Passage) -> list[Find]:
        """Return the targets of a passage, in order.

        Of a clause the first 200 numbers are read: no clause of the genre has so many, and a text that is all
        numbers (a spoilt table) takes no longer than one of words. A number with no word beside it is passed over,
        and so is a count of nothing (最多5次); a share or a sum may stand without indicator (达到90%以上).
        """
        text = passage.folded
        quantities = self._numbers.find(text)
        if not quantities:
            return []
        frames = Frames(text)
        moments = self._times.find(text, frames, passage.year, passage.signed)
        reports = self._exclusions.reports(text)
        quantities = overlaps(quantities, moments)
        finds: list[Find] = []
        listed: list[Find] = []
        barred: Quantity | None = None
        last, high, count = 0, 0, 0
        for quantity, following in zip(quantities, [*quantities[1:], None], strict=False):
            if quantity.begin >= high:
                high, count = frames.clause(quantity.begin)[1], 0
            count += 1
            silent = not _WORD.search(text, last, quantity.begin) and not _spoken(text, quantity.end, following)
            last = quantity.end
            if count > _MOST or (silent and not _leans(text, finds, quantity)):
                continue
            find = self._one(text, frames, moments, reports, quantity, finds[-1] if finds else None, following)
            if find is None or _follows(text, barred, quantity):
                barred = quantity  # 分别奖励10万元、20万元: what follows a number that is none is none either
                continue
            before = finds[-1] if finds else None
            if before and is_baseline(text, moments, before, find, self._comparators):
                finds.pop()
                self._rise(before, find, moments)
                before = finds[-1] if finds else None
            elif before and is_listed(text, before, find):
                listed = listed or [before]
                listed.append(find)
            else:
                share(listed, finds[: -len(listed)] if listed else finds, moments)
                listed = []
            if before and not find.subject and not find.named and not listed and is_next(text, before, find):
                find.indicator = self._inherited(before, find)
            finds.append(find)
        share(listed, finds[: -len(listed)] if listed else finds, moments)
        split(text, frames, finds, self._folder)
        return [find for find in finds if find.indicator or find.quantity.dimension not in _THINGS]

    def _inherited(self, before: Find, find: Find) -> str:
        """Return the indicator that a number takes from the one in the clause before, of its own dimension only.

        What changes may be given by its level as well (旅游收入增长10%,达到30亿元), a level by its change (收入30亿元,
        增长10%), what is counted by its size just behind (仓库3座,5万平方米).
        """
        one, other = before.quantity.dimension, find.quantity.dimension
        if one == other or {one, other} == {"share", "point"} or (find.meaning.change and one not in _GAUGES):
            return before.indicator
        level = self._indicators.level(before.indicator)
        if (before.meaning.change or level != before.indicator) and not find.meaning.change:
            return level
        sized = one in _THINGS and other not in _GAUGES and not _WORD.search(find.left)
        return before.indicator if sized else find.indicator

    def _one(self, text, frames, moments, reports, quantity, before, following) -> Find | None:
        begin = quantity.begin
        if frames.titled(begin) or _is_name(frames, begin):
            return None
        low, high = frames.clause(begin)
        low, high = max(low, begin - _CLAUSE), min(high, quantity.end + _CLAUSE)
        clause = text[low:begin]
        if quantity.needs and not any(word in clause for word in quantity.needs):
            return None
        after, end = self._comparators.after(text, quantity.end)
        left_at = _past_marks(text, _left_edge(text, low, before.quantity.end if before else 0, begin), begin)
        left = text[left_at:begin]
        rows, words = self._comparators.before(left)
        if rows and rows[-1]["change"] and self._comparators.keeps(words):
            words += rows[-1]["word"]  # 年均增长 says what the number is a rate of
        subject, complete = self._preceding(moments, left_at, words)
        named = self._following(text, end, high, following)
        if quantity.dimension in _GAUGES and complete:
            named = ""
        meaning = self._comparators.meaning(quantity, rows, after, clause, bool(named))
        if quantity.style == "small" and not _counts(quantity, rows, after, clause):
            return None
        start, _ = frames.sentence(begin)
        if self._exclusions.excludes(quantity, clause, text[end:high]):
            return None
        if self._exclusions.is_report(text, reports, start, begin):
            return None
        if named and quantity.dimension not in _LOOSE and self._comparators.is_condition(rows, after):
            return None
        governed = governing(text, moments, begin, start, high)
        if governed is None:
            return None
        if not complete:
            subject = self._from_before(text, frames, moments, before, left_at, low) or subject
        dated = _has_limit(moments, low, high)
        capacity = self._exclusions.is_capacity(quantity, left, text[end:high], bool(named), dated)
        capacity = capacity and not meaning.explicit
        kind = "capacity" if capacity else "target"
        return Find(quantity, end, left, left_at, named, complete, meaning, named or subject, kind, *governed)

    def _following(self, text: str, end: int, high: int, following: Quantity | None) -> str:
        stop = min(high, following.begin) if following else high
        if following and following.style == "bare" and not text[end : following.begin].strip():
            stop = high  # 2个百万千瓦光伏基地: the size belongs to the thing counted
        mark = _MARK.search(text, end, max(stop, end))
        stop = mark.start() if mark else stop
        return self._indicators.following(text[end:stop]) if end < stop else ""

    def _preceding(self, moments: list[Time], at: int, words: str) -> tuple[str, bool]:
        inside = [(t.begin - at, t.end - at) for t in moments if t.begin >= at and t.end <= at + len(words)]
        return self._indicators.preceding(words, inside)

    def _from_before(self, text, frames, moments, before, left_at, low) -> str:
        """Return the subject where it stands in the clause before: 贫困发生率,由3%降到1%."""
        if left_at > low or low < 1 or text[low - 1] not in ",:":
            return ""
        begin = max(frames.clause(low - 1)[0], low - _CLAUSE)
        if before and before.quantity.end > begin:
            return ""
        begin = _past_marks(text, begin, low - 1)
        return self._preceding(moments, begin, self._comparators.before(text[begin : low - 1])[1])[0]

    def _rise(self, before: Find, find: Find, moments: list[Time]) -> None:
        """Join a number with the one it starts from."""
        words = before.left[: origin(before.left)]
        if not find.named:
            find.indicator = self._preceding(moments, before.left_at, words)[0] or before.indicator
        find.baseline, find.left, find.left_at = before.quantity.value, before.left, before.left_at


def _spoken(text: str, end: int, following: Quantity | None) -> bool:
    """Tell whether words stand behind a number, before the next one."""
    return bool(_WORD.search(text, end, following.begin if following else len(text)))


def _leans(text: str, finds: list[Find], quantity: Quantity) -> bool:
    """Tell whether a number without words may take those before it: a list, 30亿元,10%, 森林覆盖率:8%."""
    if not finds or quantity.begin - finds[-1].end > 4:
        return False
    between = text[finds[-1].end : quantity.begin].strip()
    return between in JOINTS or between in (",", ":")


def _past_marks(text: str, low: int, begin: int) -> int:
    """Return where the words up to ``begin`` start behind the last number of an item: (1), ①, 1., 一是."""
    for mark in _MARK.finditer(text, low, begin):
        low = mark.end()
    opening = _OPENING.match(text, low, begin)
    return opening.end() if opening else low


def _has_limit(moments: list[Time], low: int, high: int) -> bool:
    index = bisect_left(moments, low, key=lambda time: time.begin)
    return any(time.begin < high and time.status == "limit" and time.deadline for time in moments[index : index + 3])


def _follows(text: str, barred: Quantity | None, quantity: Quantity) -> bool:
    if barred is None or barred.unit != quantity.unit or barred.dimension in ("count", "share"):
        return False
    return text[barred.end : quantity.begin].strip() in JOINTS


def _is_name(frames: Frames, position: int) -> bool:
    if frames.bracket(position) not in ("“", "「", "『"):
        return False
    low, high = frames.inside(position)
    return high - low <= _NAME


def _counts(quantity: Quantity, rows: list[dict], after: dict | None, left: str) -> bool:
    """Tell whether a Chinese numeral below ten sets a goal: 不少于三个, 提高一个百分点, not 三大任务."""
    if quantity.dimension in _GAUGES:
        return bool(rows or after)
    return any(row["comparator"] in (">=", "<=") for row in rows) or "至少" in left


def _left_edge(text: str, low: int, last: int, begin: int) -> int:
    """Return where the words that belong to a number begin: after the number before it and its noun."""
    if last <= low:
        return low
    comma = text.rfind("、", last, begin)
    if comma >= 0:
        return comma + 1
    for word in ("以及", "和", "及", "与"):  # 3项和民和县2项: only right after the number, for 和 stands in many names
        if text.startswith(word, last):
            return last + len(word)
    return last


@lru_cache(maxsize=8)
def reader(folder: str | None = None) -> TargetReader:
    """Return the reader for the shipped word lists, or for those of a study's folder."""
    return TargetReader(folder)
