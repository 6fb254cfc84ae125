"""Expressions of time and what they mean in a document of a given year.

到2025年, 2024年底前, 2024年上半年, 年内, 12月底前, “十四五”期间, 三年内, 每月5日前. The words stand in
``deadline_words.tsv`` (what counts from the document's date), ``deadline_cues.tsv`` and ``plan_periods.tsv``; here is
the grammar.

A year alone is a time limit only where it stands as one: at the head of a clause, before a comma, or beside a
cue (到, 力争 …); in 2024年源网荷储项目 it is part of a name. A time before the document's own is no limit: it marks
a report.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.annotating.frames import Frames
from lanxikit.annotating.time_counted import (
    HORIZON,
    WITHIN,
    coming,
    day_of_month,
    follows,
    quarter,
    recurs,
    since_document,
    within,
)
from lanxikit.annotating.time_openings import openings
from lanxikit.annotating.time_values import Setting, Time, counted, iso, make, number_of, of_object, stated, this_month
from lanxikit.lexicons import load

_YEAR = r"(?:19|20)\d\d|[二一][九〇零○0O][〇零○0O一二三四五六七八九]{2}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"3[01]|[12]\d|0?[1-9]"
_HOUR = r"(?:[ ]?\d{1,2}[ ]?[时点])?"
_COUNT = r"[一二两三四五六七八九十]|\d{1,2}"
_TO = r"[ ]?[-—–~至到]{1,3}[ ]?"
_TAIL = r"年?(?:底|末|年中|上旬|中旬|下旬|内|中)?[ ]?(?:之前|以前|前|之内|止)?"
_EVENT = r"(?:主?汛期?|雨季|春节|国庆节?|中秋节?|五一|春耕|秋收|[采供]暖[季期]|入冬"
_EVENT += r"|(?:秋季)?开学|[春秋]季学期(?:开学)?)(?:之前|以前|前)"
_FIRM = ("前", "内", "止", "底", "末")
_AHEAD = {"明年": 1, "后年": 2, "次年": 1, "翌年": 1, "来年": 1}
_FOLLOWING = ("次年", "翌年")
_RELATED = re.compile(r"的\d{1,4}(?:\.\d{1,2})?倍")
_COMPARES = ("比", "较", "与", "同", "超", "于", "超过", "不超过", "相当于", "恢复到", "恢复至")
_NEXT_YEAR = re.compile(rf"(?:{_YEAR})[ ]?年")
_CELL = re.compile(
    r"(?<![\d.])(?P<y>20[1-4]\d)(?:[./-](?P<m>1[0-2]|0?[1-9])(?:[./-](?P<d>3[01]|[12]\d|0?[1-9]))?)?(?![\d年.%])"
)
_COUNTED = tuple("个一二三四五六七八九十两0123456789")


class Times:
    """Finds expressions of time; made once for the word lists, see :func:`times`."""

    def __init__(self, words, cues, periods) -> None:
        self._words = {row["word"]: row for row in words}
        self._last = {row["name"]: int(row["last"]) for row in periods}
        self._first = {row["name"]: int(row["first"]) for row in periods}
        self._cues = {
            (side, effect): tuple(row["word"] for row in cues if (row["side"], row["effect"]) == (side, effect))
            for side in ("before", "after", "span", "event")
            for effect in ("limit", "none", "past")
        }
        parts = _any(word for word, row in self._words.items() if row["kind"] == "part")
        whole = (row for row in words if row["kind"] in ("limit", "past") and row["year"] and not row["month"])
        years = _any(row["word"] for row in whole if row["word"].endswith("年"))
        self._opens = openings([*self._words, *self._last])
        bare = [word for word in (*self._words, *self._last) if not set(word) & set("年月季期周日内")]
        self._hint = re.compile(_any(["年", "月", "季", "期", "周", "日", "内", *bare]))
        self._pattern = re.compile(
            rf"(?<!\d)(?P<from>{_YEAR})[ ]?年?{_TO}(?P<upto>{_YEAR})[ ]?年(?P<ppart>{parts})?(?P<ptail>{_TAIL})"
            rf"|(?<!\d)(?P<y>{_YEAR})[ ]?年(?:[ ]?(?:度[ ]?)?(?P<part>{parts})"
            rf"|[ ]?(?P<m>{_MONTH})[ ]?(?:月份?(?:[ ]?(?P<d>{_DAY})[ ]?日)?"
            rf"(?:{_TO}(?:(?P<y3>{_YEAR})[ ]?年)?(?P<m3>{_MONTH})[ ]?月份?(?:[ ]?(?P<d3>{_DAY})[ ]?日)?)?"
            rf"|{_TO}(?P<m4>{_MONTH})[ ]?月份?){_HOUR})?[ ]?(?P<tail>{_EVENT}|{_TAIL})"
            rf"|每(?P<every>学年|学期|年度?|月|季度|季|周|旬|半年|两年|[二三四五]年|日|天)(?:[一二三四五六日](?!次))?(?:首月|末月)?"
            rf"(?:[ ]?(?:{_MONTH})[ ]?月份?)?(?:[ ]?(?:{_DAY})[ ]?[日号])?[ ]?(?:底|末|初|中旬|终)?(?:之前|以前|前|内)?"
            rf"|[“‘\"]?(?P<plan>{_any(self._last)})[”’\"]?(?:规划)?(?:期间|时期|期末|末期|末|期内|以内|内|以来"
            r"|(?P<midway>中期)(?!评估|调整|检查|监测|评价|考核|总结|报告))"
            r"|(?<![\d零〇一二三四五六七八九十])(?P<rel>今年|明年|后年|当年|本年|次年|翌年|来年)?[ ]?"
            r"(?<![一二三四五六七八九十\d]年)"
            rf"(?:(?P<m0>{_MONTH})[ ]?月?份?(?:[ ]?(?P<d0>{_DAY})[ ]?日)?{_TO})?"
            rf"(?P<m2>{_MONTH})[ ]?月份?(?:[ ]?(?P<d2>{_DAY})[ ]?日)?{_HOUR}[ ]?(?P<tail2>{_TAIL})"
            rf"|(?P<span>{_COUNT})(?:{_TO}(?P<span3>{_COUNT}))?[ ]?年(?:左右)?(?:之内|以内|内)"
            rf"|(?P<coming>今后|未来)[ ]?(?P<span5>{_COUNT})(?:{_TO}(?P<span6>{_COUNT}))?[ ]?年(?:内|间|时间)?"
            rf"|(?P<nextmonth>下个?月|次月|本月|当月)[ ]?(?P<nday>{_DAY})[ ]?日(?:之前|以前|前)"
            rf"|用(?P<span2>{_COUNT})(?:{_TO}(?P<span4>{_COUNT}))?[ ]?年(?:左右)?的?时间"
            rf"|[自从](?P<event>[^,;。:、自从]{{2,16}})(?:之日|后)起?(?P<days>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})"
            r"(?:个?(?P<work>工作日)|(?P<months>个月|年)|(?P<weeks>周)|日|天)(?:之内|以内|内)"
            rf"|{WITHIN}"
            rf"|(?P<about>{years})(?P<inner>{parts})[ ]?(?:之前|以前|前|之内|内)?"
            rf"|(?P<word>{_any(self._words)})(?:之前|以前|前)?"
        )

    def find(
        self, text: str, frames: Frames, year: int | None, signed: str | None, *, field: bool = False
    ) -> list[Time]:
        """Return the expressions of a folded text, in order.

        Parameters
        ----------
        text : str
        frames : Frames
            Of the same text.
        year : int or None
            The document's year; without it what counts from it stays open.
        signed : str or None
            ISO date of signing.
        field : bool
            The text is a cell for time limits (完成时限), so that a bare year or month is one.
        """
        if not field and not self._hint.search(text):
            return []
        setting = Setting(text, frames, year, signed, field)
        found, at = [], 0
        for opening in self._opens.finditer(text):
            if opening.start() < at:
                continue
            match = self._pattern.match(text, opening.start())
            if not match:
                continue
            at = match.end()
            if not frames.titled(match.start()):
                time = self._read(match, setting, found[-1] if found else None)
                if time:
                    found.append(time)
        return self._cells(found, setting) if field else found

    @staticmethod
    def _cells(found: list[Time], setting: Setting) -> list[Time]:
        """Add what only a cell for time limits holds: 2024.06, 2024-12-31, 2025."""
        for match in _CELL.finditer(setting.text):
            if not any(time.begin < match.end() and match.start() < time.end for time in found):
                limit, resolution = iso(int(match["y"]), match["m"], match["d"], "")
                found.append(Time(match.start(), match.end(), limit, resolution, "stated", "limit"))
        return sorted(found, key=lambda time: time.begin)

    def _read(self, match: re.Match, setting: Setting, last: Time | None) -> Time | None:
        if match["from"]:
            return stated(match, match["upto"], self._month_of(match["ppart"]), None, match["ptail"], setting)
        if match["y"]:
            return self._year(match, setting, last)
        if match["every"]:
            limit = match.group().strip().endswith(("底", "末", "初", "旬", "终", "前", "内", "日", "号"))
            every = match["every"].removesuffix("度") if match["every"] == "年度" else match["every"]
            limit = limit and len(match.group().strip()) > len(match["every"]) + 1
            return make(match, None, "recurring", "stated", "limit" if limit else "every", every)
        if match["plan"]:
            final = self._last[match["plan"]]
            if match["midway"]:
                final = (self._first[match["plan"]] + final) // 2
            past = match.group().endswith("以来") or (setting.year is not None and final < setting.year)
            return make(match, str(final), "year", "plan", "past" if past else "limit")
        if match["m2"]:
            return self._month(match, setting, last)
        if match["coming"]:
            firm = setting.field or match.group().endswith("内") or self._stands_alone(match, setting)
            return coming(match, setting) if firm else None
        if match["nextmonth"]:
            goes_on = match["nextmonth"] in ("次月", "当月") or recurs(last, match, setting)
            return make(match, None, "recurring", "stated", "limit") if goes_on else day_of_month(match, setting)
        if match["within"]:
            return within(match, setting, self._cues["event", "limit"], self._cues["after", "limit"])
        if match["about"]:
            year, part = self._words[match["about"]], self._words[match["inner"]]
            return counted(match, year["year"], part["month"], year["kind"], setting)
        if match["word"]:
            return self._word(match, setting, last)
        if match["event"]:
            return since_document(match, setting, self._cues["event", "limit"])
        return self._span(match, setting)

    def _span(self, match: re.Match, setting: Setting) -> Time | None:
        """三年内, 用3至5年时间: counted from the document's year; not 近三年内, 三年内不得."""
        number = number_of(match["span3"] or match["span4"] or match["span"] or match["span2"])
        before = setting.text[max(match.start() - 14, 0) : match.start()]
        if before.endswith(self._cues["span", "none"]) or "之日起" in before:
            return None
        if setting.text.startswith(self._cues["after", "none"], match.end()) or number > HORIZON:
            return None
        limit = str(setting.year + number) if setting.year else None
        return make(match, limit, "year", "document", "limit")

    def _year(self, match: re.Match, setting: Setting, last: Time | None) -> Time | None:
        text, firm = setting.text, bool(match["part"]) or (match["tail"] or "").endswith(_FIRM)
        if text.startswith(self._cues["after", "past"], match.end()):
            if of_object(text, match.start(), match.end()):
                return None
            return make(match, None, "year", "stated", "past")
        before = text[max(match.start() - 6, 0) : match.start()].rstrip()
        if before.endswith(self._cues["before", "none"]) or text.startswith(self._cues["after", "none"], match.end()):
            return None
        if _RELATED.match(text, match.end()):  # 达到2020年的1.5倍
            return None
        listed = text.startswith("、", match.end()) and _NEXT_YEAR.match(text, match.end() + 1)
        follows = last is not None and last.status == "limit" and text[last.end : match.start()] == "、"
        ranged = bool(match["m3"] or match["m4"])
        stands = firm or setting.field or ranged or listed or follows or self._stands_alone(match, setting)
        if not stands:
            return None
        month, day, year = self._month_of(match["part"]) or match["m"], match["d"], match["y"]
        if ranged:
            month, day, year = match["m3"] or match["m4"], match["d3"], match["y3"] or year
        return stated(match, year, month, day, match["tail"], setting)

    def _month_of(self, part: str | None) -> str | None:
        return self._words[part]["month"] if part else None

    def _stands_alone(self, match: re.Match, setting: Setting) -> bool:
        low, high = setting.frames.clause(match.start())
        before = setting.text[max(low, match.start() - 8) : match.start()].rstrip()
        after = setting.text[match.end() : min(high, match.end() + 8)].lstrip()
        if not before or not after or before.endswith(self._cues["before", "limit"]):
            return True
        return after.startswith(self._cues["after", "limit"])

    def _month(self, match: re.Match, setting: Setting, last: Time | None) -> Time | None:
        """6月底前, 明年3月, 6月—8月; a bare month is a limit only at the head of a clause, before a verb: 9月完成."""
        tail, day = match["tail2"] or "", match["d2"]
        firm = setting.field or tail.endswith(("前", "底", "末", "止")) or bool(match["rel"])
        if not firm:
            low, high = setting.frames.clause(match.start())
            head = not setting.text[low : match.start()].strip("到至在于 ")
            rest = setting.text[match.end() : high].lstrip()
            if not head or not (match["m0"] or rest.startswith(self._cues["after", "limit"])):
                return None
        if match["rel"] in _FOLLOWING and recurs(last, match, setting):  # 每年12月底前…,次年3月底前…
            return make(match, None, "recurring", "stated", "limit")
        if match["rel"] in _FOLLOWING and follows(last, match, setting):  # 2025年12月底前…,次年3月底前…
            limit, resolution = iso(int(last.deadline[:4]) + 1, match["m2"], day, tail)
            return make(match, limit, resolution, last.basis, "limit")
        if setting.year is None:
            return make(match, None, "day" if day else "month", "document", "limit")
        limit, resolution = iso(setting.year + _AHEAD.get(match["rel"], 0), match["m2"], day, tail)
        signed = setting.signed
        if signed and limit < signed[: len(limit)]:
            if match["rel"]:
                return make(match, limit, resolution, "document", "past")
            if not firm:
                return None
            limit = f"{setting.year + 1}{limit[4:]}"  # 3月底前 in a notice of December is the next year's
        return make(match, limit, resolution, "document", "limit")

    def _word(self, match: re.Match, setting: Setting, last: Time | None) -> Time | None:
        row = self._words[match["word"]]
        if row["kind"] == "none" or (row["kind"] == "open" and not setting.field):
            return None
        if row["kind"] == "open":
            return make(match, None, "recurring", "document", "limit")
        if row["kind"] == "undated":
            return make(match, None, "year", "document", "limit")
        if row["kind"] == "quarter":
            return quarter(match, int(row["month"] or 0), setting)
        if row["kind"] == "event":
            return self._season(match, row["month"], setting, last)
        if row["kind"] == "month" and setting.text[: match.start()].endswith(_COUNTED):
            return None  # 一个月内: a term of procedure
        if row["kind"] == "month":
            return this_month(match, int(row["month"] or 0), setting)
        if match["word"] == "当年" and last is not None and last.basis == "stated" and match.start() - last.end < 12:
            return None  # 到2030年,当年新增
        if setting.text.endswith(_COMPARES, 0, match.start()):
            return None  # 比上年增加1000亿元
        kind = "past" if row["kind"] == "past" else "limit"
        if kind == "limit" and match.start() and setting.text[match.start() - 1] in "去上往历前每多百":
            return None
        return counted(match, row["year"], row["month"], kind, setting)

    def _season(self, match: re.Match, month: str, setting: Setting, last: Time | None) -> Time | None:
        """汛期前, 入冬前: no day is fixed, so the year alone; the next one where the season came before signing."""
        if recurs(last, match, setting) and not setting.text[last.end : match.start()].strip():
            return make(match, None, "recurring", "stated", "limit")
        if not (setting.field or self._stands_alone(match, setting)):
            return None
        late = bool(setting.signed) and setting.signed[5:7] >= month
        limit = str(setting.year + late) if setting.year else None
        return make(match, limit, "year", "document", "limit")


def _any(words) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"


@lru_cache(maxsize=8)
def times(folder: str | None = None) -> Times:
    """Return the finder for the shipped words, or for those of a study's folder.

    Examples
    --------
    >>> text = "年内建设129个,2025年底前全面完成,“十四五”期间达到7家"
    >>> [(t.deadline, t.resolution, t.basis) for t in times().find(text, Frames(text), 2024, "2024-07-09")]
    [('2024', 'year', 'document'), ('2025-12', 'month', 'stated'), ('2025', 'year', 'plan')]
    """
    return Times(load("deadline_words", folder), load("deadline_cues", folder), load("plan_periods", folder))
