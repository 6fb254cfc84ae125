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
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from lanxikit.annotating.frames import Frames
from lanxikit.lexicons import load

_YEAR = r"(?:19|20)\d\d|[二一][九〇零○][〇零○一二三四五六七八九]{2}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = r"3[01]|[12]\d|0?[1-9]"
_HOUR = r"(?:[ ]?\d{1,2}[ ]?[时点])?"
_COUNT = r"[一二两三四五六七八九十]|\d{1,2}"
_TAIL = r"年?(?:底|末|年中|上旬|中旬|下旬|内|中)?[ ]?(?:之前|以前|前|之内|止)?"
_FIRM = ("前", "内", "止", "底", "末")
_CHINESE = {char: str(index) for index, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_SMALL = {char: index for index, char in enumerate("一二三四五六七八九十", start=1)} | {"两": 2, "十一": 11, "十二": 12}
_AHEAD = {"明年": 1, "后年": 2}
_HORIZON = 15  # 20年内 is no plan's time limit


@dataclass(frozen=True, slots=True)
class Time:
    """An expression of time at ``text[begin:end]``.

    ``status`` is ``limit``, ``past`` (before the document's time) or ``every`` (a rhythm without a limit: 每年);
    ``every`` names the rhythm.
    """

    begin: int
    end: int
    deadline: str | None
    resolution: str
    basis: str
    status: str
    every: str = ""


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where expressions are read: the text and the date of its document."""

    text: str
    frames: Frames
    year: int | None
    signed: str | None
    field: bool  # a cell for time limits, in which a bare year or month is one


class Times:
    """Finds expressions of time; made once for the word lists, see :func:`times`."""

    def __init__(self, words, cues, periods) -> None:
        self._words = {row["word"]: row for row in words}
        self._last = {row["name"]: int(row["last"]) for row in periods}
        self._cues = {
            (side, effect): tuple(row["word"] for row in cues if (row["side"], row["effect"]) == (side, effect))
            for side in ("before", "after")
            for effect in ("limit", "none", "past")
        }
        hints = {next((char for char in word if char in "年月季期"), word[:1]) for word in self._words}
        hints |= {name[-1] for name in self._last} | set("年月季期周日内")
        self._hint = re.compile("[" + re.escape("".join(sorted(hints))) + "]")  # most texts hold no time: skip them
        parts = _any(word for word, row in self._words.items() if row["kind"] == "part")
        whole = (row for row in words if row["kind"] in ("limit", "past") and row["year"] and not row["month"])
        years = _any(row["word"] for row in whole if row["word"].endswith("年"))
        self._pattern = re.compile(
            rf"(?P<from>{_YEAR})[ ]?年?[ ]?[-—–~至到]{{1,3}}[ ]?(?P<upto>{_YEAR})[ ]?年(?P<ppart>{parts})?"
            rf"(?P<ptail>{_TAIL})"
            rf"|(?<!\d)(?P<y>{_YEAR})[ ]?年(?:[ ]?(?:度[ ]?)?(?P<part>{parts})"
            rf"|[ ]?(?P<m>{_MONTH})[ ]?月份?(?:[ ]?(?P<d>{_DAY})[ ]?日)?{_HOUR})?"
            rf"[ ]?(?P<tail>{_TAIL})"
            rf"|每(?P<every>年度?|月|季度|季|周|半年|日)(?:[ ]?(?:{_MONTH})[ ]?月份?)?(?:[ ]?(?:{_DAY})[ ]?日)?"
            r"[ ]?(?:底|末|初|中旬|终)?(?:之前|以前|前|内)?"
            rf"|[“\"]?(?P<plan>{_any(self._last)})[”\"]?(?:规划)?(?:期间|时期|期末|末|期内|以内|内)"
            r"|(?<![\d零〇一二三四五六七八九十])(?P<rel>今年|明年|后年|当年|本年)?[ ]?(?<![一二三四五六七八九十\d]年)"
            rf"(?P<m2>{_MONTH})[ ]?月份?(?:[ ]?(?P<d2>{_DAY})[ ]?日)?{_HOUR}[ ]?(?P<tail2>{_TAIL})"
            rf"|(?P<span>{_COUNT})[ ]?年(?:左右)?(?:之内|以内|内)|用(?P<span2>{_COUNT})[ ]?年(?:左右)?的?时间"
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
        setting = _Setting(text, frames, year, signed, field)
        found = []
        for match in self._pattern.finditer(text):
            if not frames.titled(match.start()):
                time = self._read(match, setting)
                if time:
                    found.append(time)
        return found

    def _read(self, match: re.Match, setting: _Setting) -> Time | None:
        if match["from"]:
            return _stated(match, match["upto"], self._month_of(match["ppart"]), None, match["ptail"], setting)
        if match["y"]:
            return self._year(match, setting)
        if match["every"]:
            limit = len(match.group().strip()) > len(match["every"]) + 1
            every = match["every"].removesuffix("度") if match["every"] == "年度" else match["every"]
            return _time(match, None, "recurring", "stated", "limit" if limit else "every", every)
        if match["plan"]:
            last = self._last[match["plan"]]
            past = setting.year is not None and last < setting.year
            return _time(match, str(last), "year", "plan", "past" if past else "limit")
        if match["m2"]:
            return _month(match, setting)
        if match["about"]:
            year, part = self._words[match["about"]], self._words[match["inner"]]
            return _counted(match, year["year"], part["month"], year["kind"], setting)
        if match["word"]:
            return self._word(match, setting)
        count = _count(match["span"] or match["span2"])
        limit = str(setting.year + count) if setting.year else None
        return _time(match, limit, "year", "document", "limit") if count <= _HORIZON else None

    def _year(self, match: re.Match, setting: _Setting) -> Time | None:
        text, firm = setting.text, bool(match["part"]) or (match["tail"] or "").endswith(_FIRM)
        if text.startswith(self._cues["after", "past"], match.end()):
            return _time(match, None, "year", "stated", "past")
        before = text[max(match.start() - 6, 0) : match.start()].rstrip()
        if before.endswith(self._cues["before", "none"]) or text.startswith(self._cues["after", "none"], match.end()):
            return None
        if not (firm or setting.field or self._stands_alone(match, setting)):
            return None
        month = self._month_of(match["part"]) or match["m"]
        return _stated(match, match["y"], month, match["d"], match["tail"], setting)

    def _month_of(self, part: str | None) -> str | None:
        return self._words[part]["month"] if part else None

    def _stands_alone(self, match: re.Match, setting: _Setting) -> bool:
        low, high = setting.frames.clause(match.start())
        before = setting.text[max(low, match.start() - 8) : match.start()].rstrip()
        after = setting.text[match.end() : min(high, match.end() + 8)].lstrip()
        if not before or not after or before.endswith(self._cues["before", "limit"]):
            return True
        return after.startswith(self._cues["after", "limit"])

    def _word(self, match: re.Match, setting: _Setting) -> Time | None:
        row = self._words[match["word"]]
        if row["kind"] == "none" or (row["kind"] == "open" and not setting.field):
            return None
        if row["kind"] == "open":
            return _time(match, None, "recurring", "document", "limit")
        kind = "past" if row["kind"] == "past" else "limit"
        if kind == "limit" and match.start() and setting.text[match.start() - 1] in "去上往历前每多百":
            return None
        return _counted(match, row["year"], row["month"], kind, setting)


def _time(match: re.Match, deadline, resolution, basis, status, every="") -> Time:
    return Time(match.start(), match.start() + len(match.group().rstrip()), deadline, resolution, basis, status, every)


def _counted(match: re.Match, years: str, month: str, status: str, setting: _Setting) -> Time:
    """A time that counts from the document's year."""
    limit = None
    if setting.year is not None:
        limit = f"{setting.year + int(years or 0)}" + (f"-{month}" if month else "")
    return _time(match, limit, "month" if month else "year", "document", status)


def _stated(match: re.Match, year: str, month, day, tail, setting: _Setting) -> Time:
    number = int(year) if year.isdigit() else int("".join(_CHINESE[char] for char in year))
    limit, resolution = _iso(number, month, day, tail)
    past = setting.year is not None and number < setting.year
    if month and setting.signed and not (tail or "").endswith("前"):
        past = past or limit < setting.signed[: len(limit)]
    return _time(match, limit, resolution, "stated", "past" if past else "limit")


def _month(match: re.Match, setting: _Setting) -> Time | None:
    tail = match["tail2"] or ""
    if not setting.field and not tail.endswith(("前", "底", "末", "止")):
        return None
    if setting.year is None:
        return _time(match, None, "day" if match["d2"] else "month", "document", "limit")
    limit, resolution = _iso(setting.year + _AHEAD.get(match["rel"], 0), match["m2"], match["d2"], tail)
    signed = setting.signed
    if signed and not match["rel"] and limit < signed[: len(limit)]:
        limit = f"{setting.year + 1}{limit[4:]}"  # 3月底前 in a notice of December is the next year's
    return _time(match, limit, resolution, "document", "limit")


def _iso(year: int, month: str | None, day: str | None, tail: str | None) -> tuple[str, str]:
    tail = (tail or "").replace(" ", "").lstrip("年")
    if month is None:
        if tail.startswith(("底", "末")):
            return f"{year}-12", "month"
        return (f"{year}-06", "month") if tail.startswith("中") else (str(year), "year")
    if day is None:
        return f"{year}-{_count(month):02d}", "month"
    return f"{year}-{_count(month):02d}-{int(day):02d}", "day"


def _any(words) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _SMALL[written]


def governing(
    text: str, moments: list[Time], begin: int, sentence: int, clause_end: int
) -> tuple[str | None, str | None] | None:
    """Return the time limit and the rhythm that govern a number; None where it reports what is over.

    A limit governs what follows it in its sentence, until another one; or the number before it in its clause; or, where
    a unit opens with 到2025年, all of the unit that has no other.

    Parameters
    ----------
    text : str
    moments : list of Time
        Of the text, in order.
    begin : int
        Where the number stands.
    sentence, clause_end : int
        Where its sentence begins and its clause ends.
    """
    index = bisect_left(moments, begin, key=lambda time: time.begin)
    before = [time for time in moments[max(index - 12, 0) : index] if time.begin >= sentence]
    every = next((t.every for t in reversed(before) if t.every and not _parted(text, t.end, begin)), None)
    dated = [time for time in before if time.resolution != "recurring"]
    if dated:
        return None if dated[-1].status == "past" else (dated[-1].deadline, every)
    for time in moments[index : index + 3]:
        if time.begin < clause_end and time.status == "limit" and time.deadline:
            return time.deadline, every
    head = moments[0] if moments else None
    opens = head and head.status == "limit" and head.basis != "document" and head.begin < sentence
    if opens and text[: head.begin].strip().endswith(("到", "至")) and head.begin <= 4:
        return head.deadline, every
    return None, every


def last_limit(moments: list[Time]) -> str | None:
    """Return the last time limit of a cell that holds nothing else."""
    return next((time.deadline for time in reversed(moments) if time.status == "limit" and time.deadline), None)


def overlaps(quantities: list, moments: list[Time]) -> list:
    """Return the quantities that are no part of an expression of time."""
    starts = [time.begin for time in moments]
    kept = []
    for quantity in quantities:
        index = bisect_left(starts, quantity.end)
        if not index or moments[index - 1].end <= quantity.begin:
            kept.append(quantity)
    return kept


def _parted(text: str, low: int, high: int) -> bool:
    return high - low > 80 or any(mark in text[low:high] for mark in ",;。")


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
