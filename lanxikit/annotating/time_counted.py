"""Times that count from the document, or from a time before them: 今后五年, 自印发之日起30日内, 下月10日前."""

from __future__ import annotations

import re
from datetime import timedelta

from lanxikit.annotating.time_values import Setting, Time, day_of, later, make, number_of

HORIZON = 15  # 20年内 is no plan's time limit
_NO_LIMIT = re.compile(r"是|的(?![^,;。:]{0,6}目标)")


def coming(match: re.Match, setting: Setting) -> Time | None:
    """今后五年: a text signed in the first quarter counts its own year in; not 今后五年的, 未来五年是."""
    if _NO_LIMIT.match(setting.text, match.end()):
        return None
    number = number_of(match["span6"] or match["span5"])
    if number > HORIZON:
        return None
    counts = bool(setting.signed) and "01" <= setting.signed[5:7] <= "03"
    limit = str(setting.year + number - counts) if setting.year else None
    return make(match, limit, "year", "document", "limit")


def since_document(match: re.Match, setting: Setting, ends: tuple[str, ...]) -> Time | None:
    """自本通知印发之日起30日内: counted from the day of signing; from any other event it is a term of procedure."""
    if not match["event"].endswith(ends):
        return None
    days = number_of(match["days"])
    start, limit = day_of(setting.signed), None
    if start and not match["work"]:
        days *= 12 if match["months"] == "年" else 7 if match["weeks"] else 1
        limit = later(start, days).isoformat() if match["months"] else (start + timedelta(days)).isoformat()
    return make(match, limit, "day", "document", "limit")


def day_of_month(match: re.Match, setting: Setting) -> Time:
    """下月10日前, 本月20日前: counted from the month of signing."""
    signed, limit = day_of(setting.signed), None
    if signed:
        month = later(signed.replace(day=1), int(match["nextmonth"].startswith("下")))
        limit = f"{month.isoformat()[:7]}-{int(match['nday']):02d}"
    return make(match, limit, "day", "document", "limit")


def recurs(last: Time | None, match: re.Match, setting: Setting) -> bool:
    """Tell whether a time goes on with one that recurs, in its sentence: 每月5日前报送,下月10日前汇总."""
    if last is None or last.resolution != "recurring":
        return False
    return "。" not in setting.text[last.end : match.start()]


def follows(last: Time | None, match: re.Match, setting: Setting) -> bool:
    """Tell whether a time counts from a date before it in its sentence: 2025年12月底前…,次年3月底前…."""
    if last is None or not last.deadline:
        return False
    return "。" not in setting.text[last.end : match.start()]
