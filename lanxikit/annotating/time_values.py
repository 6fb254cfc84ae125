"""What an expression of time means: its ISO date, how fine it is, what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lanxikit.annotating.frames import Frames

_CHINESE = {char: str(index) for index, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○0O", "0")
_HANDLED = re.compile(r"(?:^|[,;。:、 ])(?:针?对|将|把)[^,;。:、]{0,10}$")
_DONE_SINCE = re.compile(r"(?:年|月|日)?(?:以来)?[^,;。了]{1,16}的")
_SMALL = {char: index for index, char in enumerate("一二三四五六七八九", start=1)} | {"两": 2}


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
class Setting:
    """Where expressions are read: the text and the date of its document."""

    text: str
    frames: Frames
    year: int | None
    signed: str | None
    field: bool  # a cell for time limits, in which a bare year or month is one


def make(match: re.Match, deadline, resolution, basis, status, every="") -> Time:
    return Time(match.start(), match.start() + len(match.group().rstrip()), deadline, resolution, basis, status, every)


def counted(match: re.Match, years: str, month: str, status: str, setting: Setting) -> Time:
    """A time that counts from the document's year."""
    limit = None
    if setting.year is not None:
        limit = f"{setting.year + int(years or 0)}" + (f"-{month}" if month else "")
    return make(match, limit, "month" if month else "year", "document", status)


def stated(match: re.Match, year: str, month, day, tail, setting: Setting) -> Time:
    number = int(year) if year.isdigit() else int("".join(_CHINESE[char] for char in year))
    limit, resolution = iso(number, month, day, tail)
    past = setting.year is not None and number < setting.year
    if month and setting.signed and not (tail or "").endswith("前"):
        past = past or limit < setting.signed[: len(limit)]
    return make(match, limit, resolution, "stated", "past" if past else "limit")


def this_month(match: re.Match, ahead: int, setting: Setting) -> Time | None:
    """月底前, 下月底前: the month of signing, or a later one."""
    signed = day_of(setting.signed)
    limit = later(signed, ahead).isoformat()[:7] if signed else None
    return make(match, limit, "month", "document", "limit")


def day_of(signed: str | None) -> date | None:
    """Return the day of signing, None where it is not known to the day."""
    try:
        return date.fromisoformat(signed or "")
    except ValueError:
        return None


def later(start: date, months: int) -> date:
    year, month = divmod(start.month - 1 + months, 12)
    return date(start.year + year, month + 1, min(start.day, 28)) if months else start


def iso(year: int, month: str | None, day: str | None, tail: str | None) -> tuple[str, str]:
    tail = (tail or "").replace(" ", "").lstrip("年")
    if month is None:
        if tail.startswith(("底", "末")):
            return f"{year}-12", "month"
        return (f"{year}-06", "month") if tail.startswith("中") else (str(year), "year")
    if day is None:
        return f"{year}-{number_of(month):02d}", "month"
    return f"{year}-{number_of(month):02d}-{int(day):02d}", "day"


def of_object(text: str, begin: int, end: int) -> bool:
    """Tell whether a time since when only says which things are meant: 对2013年以来改造的户厕, no report."""
    return bool(_HANDLED.search(text, max(begin - 16, 0), begin) and _DONE_SINCE.match(text, end))


def number_of(written: str) -> int:
    """Return a count in digits or in Chinese numerals below a hundred (三十)."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.partition("十")
    return (_SMALL.get(tens, 1) * 10 if ten else _SMALL.get(tens, 0)) + _SMALL.get(ones, 0)
