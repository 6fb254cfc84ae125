"""Reads the targets of one passage after the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from lanxikit.annotating.comparators import comparators
from lanxikit.annotating.frames import Frames
from lanxikit.annotating.indicators import indicators
from lanxikit.annotating.numbers import Quantity, numbers
from lanxikit.annotating.passages import Passage
from lanxikit.annotating.target_exclusions import exclusions
from lanxikit.annotating.target_groups import Find, in_unit, is_baseline, is_listed, is_next, origin, share, split
from lanxikit.annotating.target_scope import is_of_goals, scopes, sets_level
from lanxikit.annotating.target_sizes import goes_on, is_of_work, is_sized, past_size, shares_size
from lanxikit.annotating.target_table import columns, row_finds
from lanxikit.annotating.target_words import (
    CLAUSE,
    MARK,
    WORD,
    has_limit,
    is_addressed,
    is_barred,
    is_counted,
    is_dated,
    is_enumerated,
    is_foretold,
    is_leaning,
    is_name,
    is_origin,
    is_spoken,
    left_edge,
    past_marks,
)
from lanxikit.annotating.time_scope import governing, last_limit, overlaps
from lanxikit.annotating.times import Time, times

_GAUGES = ("share", "point", "ratio", "doubling")
_THINGS = ("count", "people", "heads")
_LOOSE = (*_THINGS, *_GAUGES)
_RATES = ("share", "money", "ratio", "point")
_NEEDED = 60  # how far back a word is sought that a unit of measure needs
_MOST, _MOST_OF_ALL = 200, 4000  # numbers of a clause and of a text that are read
_DONE = 12  # how far behind a time 办结 may stand
_TERM = re.compile(r"之日|[收接]到|受理|[起后](?=[^,;]{0,4}$)|自|逾期|应当")  # a term of procedure: 自受理之日起


class TargetReader:
    """Holds the finders of one set of word lists; see :func:`reader`."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder
        self._numbers = numbers(folder)
        self.sought = self._numbers.opens  # no target is in a text without it
        self._times = times(folder)
        self._comparators = comparators(folder)
        self._exclusions = exclusions(folder)
        self._indicators = indicators(folder)
        self._scopes = scopes(folder)

    def limit(self, passage: Passage) -> str | None:
        """Return the last time limit of a 完成时限 cell."""
        return last_limit(passage.moments(self._times))

    def heading_limit(self, passage: Passage) -> str | None:
        """Return the time limit in the heading of goals or of a phase: (一)2025年目标, 第二阶段(2024年4月—10月)."""
        for text in reversed(passage.headings):
            if is_of_goals(text):
                limits = self._times.find(text, Frames(text), passage.year, passage.signed, field=True)
                return last_limit(limits)
        return None

    def read(self, passage: Passage) -> list[Find]:
        """Return the targets of a passage, in order.

        Of a clause the first 200 numbers are read and of a text the first 4000: no text of the genre has so many, and
        one that is all numbers (a spoilt table) takes no longer than one of words. A number with no word beside it is
        passed over, and so is a count of nothing (最多5次); a share or a sum may stand without indicator (达到90%以上).
        """
        text = passage.folded
        if passage.header:
            header = columns(passage.header)
            finds = row_finds(text, header) if header else []
            if finds:
                return finds
        quantities = self._numbers.find(text)
        if not quantities:
            return []
        frames, moments = passage.frames, passage.moments(self._times)
        reports = self._exclusions.reports(text)
        headings = passage.headings
        scope = self._scopes.of(headings, self._scopes.is_legal(passage.title))
        foretelling = ("预计" in text or "预测" in text) and not any("目标" in heading for heading in headings)
        quantities = overlaps(quantities[:_MOST_OF_ALL], moments)
        finds: list[Find] = []
        listed: list[Find] = []
        barred: Quantity | None = None
        last, high, count = 0, 0, 0
        for quantity, following in zip(quantities, [*quantities[1:], None], strict=False):
            if quantity.begin >= high:
                high, count = frames.clause(quantity.begin)[1], 0
            count += 1
            silent = not WORD.search(text, last, quantity.begin) and not is_spoken(text, quantity.end, following)
            last = quantity.end
            if count > _MOST or (silent and not is_leaning(text, finds, quantity)):
                continue
            before = finds[-1] if finds else None
            find = self._one(text, frames, moments, reports, scope, quantity, before, following, passage.year)
            if find and foretelling and is_foretold(text, frames.part(quantity.begin)[0], quantity.begin):
                find = None
            if find is None or is_barred(text, barred, quantity, before):
                barred = quantity  # 分别奖励10万元、20万元: what follows a number that is none is none either
                continue
            before = finds[-1] if finds else None
            if before and is_baseline(text, moments, before, find, self._comparators):
                finds.pop()
                self._rise(before, find, moments)
                before = finds[-1] if finds else None
            elif before and is_listed(text, before, find, listed[0] if listed else before):
                listed = listed or [before]
                listed.append(find)
            else:
                share(listed, finds[: -len(listed)] if listed else finds, moments, self._indicators.measures)
                listed = []
            if before and not find.named and not listed and is_next(text, before, find):
                if not find.subject:
                    find.indicator = self._inherited(before, find)
                elif find.meaning.change and not self._indicators.level(find.indicator):
                    find.indicator = self._indicators.level(before.indicator) + find.indicator  # 达到5亿元,年均增长6%
            finds.append(find)
        share(listed, finds[: -len(listed)] if listed else finds, moments, self._indicators.measures)
        split(text, frames, finds, self._folder)
        return [
            find
            for find in finds
            if (find.indicator or find.quantity.dimension not in _THINGS) and not is_origin(text, find)
        ]

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
        sized = one in _THINGS and other not in _GAUGES and not WORD.search(find.left)
        return before.indicator if sized else find.indicator

    def _one(self, text, frames, moments, reports, scope, quantity, before, following, year) -> Find | None:
        begin = quantity.begin
        if frames.has_brackets and (frames.titled(begin) or is_name(frames, begin)):
            return None
        within = frames.clause(begin)
        low, high = max(within[0], begin - CLAUSE), min(within[1], quantity.end + CLAUSE)
        clause = text[low:begin]
        start, _ = frames.sentence(begin)
        if not self._has_needed(text, quantity, max(start, begin - _NEEDED), high):
            return None
        after, end = self._comparators.after(text, quantity.end, quantity.dimension)
        rest = text[end:high]
        if self._exclusions.excludes(quantity, clause, rest):
            return None
        left_at = past_marks(text, left_edge(text, low, before.quantity.end if before else 0, begin), begin)
        left = text[left_at:begin]
        rows, words = self._comparators.before(left)
        if quantity.style == "small" and not is_counted(quantity, rows, after, clause):
            return None
        if rest.strip() == "的" or (after and self._exclusions.is_granted(rest)):
            return None  # 超过五百平方米的,应当…
        if rest.startswith("的") and quantity.dimension in _RATES and clause.lstrip().startswith(("对", "凡")):
            return None  # 对使用本地产品达到50%以上的企业
        if quantity.dimension not in _RATES and is_addressed(text, clause, high):
            return None
        if rows and rows[-1]["change"] and self._comparators.keeps(words):
            words += rows[-1]["word"]  # 年均增长 says what the number is a rate of
        subject, complete = self._preceding(moments, left_at, words)
        named = self._following(text, moments, end, high, following)
        if quantity.dimension == "time" and complete and named.startswith(self._indicators.done):
            named = ""  # 抵押登记1个工作日内办结
        if quantity.dimension in _GAUGES and complete and named:  # 具备5%以上的响应能力, but 覆盖率达到90%以上的目标
            bound = text.startswith("的", end) and not self._indicators.is_goal(named)
            named = named if bound else ""
        if complete and self._indicators.is_empty(named):
            named = ""
        meaning = self._comparators.meaning(quantity, rows, after, clause, bool(named))
        if is_enumerated(quantity, clause, named, self._indicators.places):
            return None
        if is_sized(quantity, named, bool(after), self._indicators.settled):
            return None
        bounded = bool(named) and self._comparators.is_condition(rows, after)
        if bounded and self._is_condition(quantity, complete, named, rest):
            return None
        governed = governing(text, moments, begin, start, within)
        if governed is None or self._is_over(text, reports, scope, moments, start, begin, after, year):
            return None
        if not complete:
            subject = self._from_before(text, frames, moments, before, left_at, low) or subject
        dated = has_limit(moments, low, high)
        norms = scope in ("terms", "articles")
        norms = norms or (scope == "legal" and not sets_level(quantity.dimension, named or subject))
        if norms and not is_dated(moments, start, high):
            return None
        said = clause if goes_on(text, before, low, left_at) else left
        capacity = self._exclusions.is_capacity(quantity, said, rest, bool(named), dated)
        if text[low - 1 : low] == "(" and self._exclusions.is_aside(quantity, clause):
            capacity, outer = True, frames.clause(low - 1)[0]  # 包神铁路(长836公里)
            subject = self._preceding(moments, outer, text[outer : low - 1])[0] or subject
        capacity = capacity and (not meaning.explicit or (quantity.dimension == "money" and meaning.comparator == "~"))
        capacity = capacity or shares_size(before, quantity, left, bool(named))
        capacity = capacity and not is_of_work(text, before, quantity, left_at)
        kind = "capacity" if capacity else "target"
        return Find(quantity, end, left, left_at, named, complete, meaning, named or subject, kind, *governed)

    def _has_needed(self, text: str, quantity: Quantity, low: int, high: int) -> bool:
        """Tell whether the words stand there that a unit of measure needs; of a time also what it takes: 1日办结."""
        if not quantity.needs:
            return True
        before = text[low : quantity.begin]
        if any(word in before for word in quantity.needs):
            return True
        if quantity.dimension != "time" or quantity.unit == "年" or before.endswith("月"):
            return False
        after = text[quantity.end : min(high, quantity.end + _DONE)]
        spoken = any(word in after and word + "率" not in after for word in self._indicators.done)
        return spoken and not _TERM.search(before)

    def _is_condition(self, quantity: Quantity, complete: bool, named: str, rest: str) -> bool:
        """Tell whether a bound before a noun says which things are meant: 投资5000万元以上的项目, 50人以上的企业."""
        if quantity.dimension not in _LOOSE:
            return True
        if self._indicators.is_goal(named):
            return False
        if quantity.dimension == "people" and not self._indicators.is_people(named):
            return True
        return complete and quantity.dimension in _THINGS and rest.startswith("的")

    def _is_over(self, text, reports, scope, moments, start, begin, bound, year) -> bool:
        """Tell whether a number is reported: behind 截至目前, or in a review, with no limit or 力争 in between."""
        last = self._exclusions.report(reports, start, begin)
        if last is None and not bound and self._exclusions.is_compared(text, start, begin):
            last = start
        if last is None and scope != "review":
            return False
        low = start if last is None else last
        index = bisect_left(moments, begin, key=lambda time: time.begin) - 1
        time = moments[index] if index >= 0 else None
        ahead = time and time.begin >= low and time.status == "limit" and time.deadline
        if ahead and (int(time.deadline[:4]) < year if year else scope == "review"):
            ahead = False  # “十三五”时期 below 发展基础
        return not ahead and not self._exclusions.resumes(text, low, begin, scope == "review")

    def _following(self, text: str, moments: list[Time], end: int, high: int, following: Quantity | None) -> str:
        stop = min(high, following.begin) if following else high
        if following and following.style == "bare" and not text[end : following.begin].strip():
            stop = high  # 2个百万千瓦光伏基地: the size belongs to the thing counted
        elif following:
            end, stop = past_size(text, end, stop, high)
        index = bisect_left(moments, end, key=lambda time: time.begin) if moments else 0
        if index < len(moments) and moments[index].status == "limit":
            stop = min(stop, moments[index].begin)  # 其余16个2024年底前完成
        mark = MARK.search(text, end, max(stop, end))
        stop = mark.start() if mark else stop
        return self._indicators.following(text[end:stop]) if end < stop else ""

    def _preceding(self, moments: list[Time], at: int, words: str) -> tuple[str, bool]:
        first = bisect_left(moments, at, key=lambda time: time.begin) if moments else 0
        last = at + len(words)
        inside = [(t.begin - at, t.end - at) for t in moments[first : first + 8] if t.end <= last] if moments else []
        return self._indicators.preceding(words, inside)

    def _from_before(self, text, frames, moments, before, left_at, low) -> str:
        """Return the subject where it stands in the clause before: 贫困发生率,由3%降到1%."""
        if left_at > low or low < 1 or text[low - 1] not in ",:":
            return ""
        begin = max(frames.clause(low - 1)[0], low - CLAUSE)
        if before and before.quantity.end > begin:
            return ""
        begin = past_marks(text, begin, low - 1)
        return self._preceding(moments, begin, self._comparators.before(text[begin : low - 1])[1])[0]

    def _rise(self, before: Find, find: Find, moments: list[Time]) -> None:
        """Join a number with the one it starts from."""
        words = before.left[: origin(before.left)]
        if not find.named:
            subject, find.subject = self._preceding(moments, before.left_at, words)
            find.indicator = subject or before.indicator
        find.baseline, find.left, find.left_at = in_unit(before.quantity, find.quantity), before.left, before.left_at


@lru_cache(maxsize=8)
def reader(folder: str | None = None) -> TargetReader:
    """Return the reader for the shipped word lists, or for those of a study's folder."""
    return TargetReader(folder)
