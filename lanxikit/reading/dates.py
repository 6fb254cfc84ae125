"""Dates as official documents write them: 2022年4月7日, 二○二二年四月七日, 2022-04-07, 2O22年4月7日.

GB/T 9704-2012 §7.3.5.4 asks for Arabic digits; older documents spell the year with 〇, which
typists and OCR turn into ○, 0, O or 零.
"""

from __future__ import annotations

import re

_NIL = "〇○◯零Oo0ОΟ"  # the last two are Cyrillic and Greek
_ONES = "一二三四五六七八九"
_DAY = rf"[0-9OolI]{{1,2}}|[{_ONES}十廿卅]{{1,3}}"
DATE = re.compile(
    rf"(?:([12][0-9Oo]{{3}})|([一二][{_NIL}{_ONES}]{{3}}))\s?年\s?([0-9OolI]{{1,2}}|[{_ONES}十元正]{{1,2}})\s?月\s?({_DAY})\s?日"
)
_MONTH = re.compile(
    rf"(?:([12][0-9Oo]{{3}})|([一二][{_NIL}{_ONES}]{{3}}))\s?年\s?([0-9OolI]{{1,2}}|[{_ONES}十元正]{{1,2}})\s?月"
)
# a clock may follow without a blank: 2022-05-0619:04
_NUMERIC = re.compile(r"(?<!\d)([12]\d{3})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d\d(?=\d\d:\d\d)|\d{1,2}(?!\d))")
_COMPACT = re.compile(r"(?<!\d)(20[0-3]\d)([01]\d)([0-3]\d)(?!\d)")
_LOOKALIKES = str.maketrans("OolI", "0011")


def is_date(line: str) -> bool:
    """Tell whether a folded line is a date (also in brackets) and nothing else.

    Examples
    --------
    >>> is_date("(二○二二年四月七日)"), is_date("自2022年4月7日起施行")
    (True, False)
    """
    if len(line) > 24:
        return False
    return DATE.fullmatch(line.strip("() ")) is not None


def is_month(line: str) -> bool:
    """Tell whether a folded line is a year and a month and nothing else, as on a cover (二〇二一年九月)."""
    return len(line) <= 20 and _MONTH.fullmatch(line.strip("() ")) is not None


def iso_date(text: str) -> str | None:
    """Return the first date in a folded text as ISO, or None.

    Examples
    --------
    >>> iso_date("发布时间:2022-04-07"), iso_date("二〇二二年八月十六日"), iso_date("2022.4.7 10:30")
    ('2022-04-07', '2022-08-16', '2022-04-07')
    """
    return next(iter(iso_dates(text)), None)


def iso_dates(text: str) -> list[str]:
    """Return all dates in a folded text as ISO, in their order.

    Examples
    --------
    >>> iso_dates("2021年9月29日通过 自2022年1月1日起施行")
    ['2021-09-29', '2022-01-01']
    """
    found = [(m.start(), *map(int, m.groups())) for m in _NUMERIC.finditer(text)]
    for match in DATE.finditer(text):
        digits, words, month, day = match.groups()
        found.append((match.start(), _year(digits, words), _number(month), _number(day)))
    if not found:
        found = [(m.start(), *map(int, m.groups())) for m in _COMPACT.finditer(text)]
    return [
        f"{year:04d}-{month:02d}-{day:02d}"
        for _, year, month, day in sorted(found)
        if 1 <= month <= 12 and 1 <= day <= 31
    ]


def year_of(line: str) -> int | None:
    """Return the year of a line that is a year and a month.

    Examples
    --------
    >>> year_of("二〇二一年九月")
    2021
    """
    found = _MONTH.match(line.strip("() "))
    return _year(found.group(1), found.group(2)) if found else None


def _year(digits: str | None, words: str | None) -> int:
    if digits:
        return int(digits.translate(_LOOKALIKES))
    return int("".join("0" if char in _NIL else str(_ONES.index(char) + 1) for char in words))


def _number(text: str) -> int:
    if text in ("元", "正"):
        return 1
    text = text.translate(_LOOKALIKES)
    if text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    value = _ONES.find
    return ((value(tens) + 1 if tens else 1) * 10 if ten else 0) + (value(ones) + 1 if ones else 0)
