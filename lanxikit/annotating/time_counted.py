"""Times that count from the document, or from a time before them: 今后五年, 自印发之日起30日内, 下月10日前."""

from __future__ import annotations

import re
from datetime import timedelta

from lanxikit.annotating.time_values import Setting, Time, day_of, later, make, number_of

# 90天内, 三个月内, 半年内, 两周内, 30个工作日内
WITHIN = (
    r"(?P<within>\d{1,3}|[一二两三四五六七八九十]{1,3}|半(?=年))[ ]?"
    r"(?:(?P<wwork>个?工作日)|(?P<wmonths>个半?月|年)|(?P<wweeks>个?周|个?星期)|[天日])(?:之内|以内|内)"
)
HORIZON = 15  # 20年内 is no plan's time limit
_PUBLISHED = re.compile(r"(之日|之?后)起?[ ]?$")
_PROCEDURE = re.compile(r"[收接]到|受理|申请|提交|之日|届满|到期|逾期|应当|连续|每|近|最|不超过|一般")
_PLEDGED = ("力争", "确保", "争取", "要", "须", "在", "应在", "用", "于")
_SHORT = 60  # days: a shorter term that counts from no event is one of procedure (一个月内整改)
_BEFORE, _AFTER = 40, 10  # how far around a term its procedure, or what it is a limit of, is sought
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


def within(match: re.Match, setting: Setting, events: tuple[str, ...], done: tuple[str, ...]) -> Time | None:
    """90天内完成整改, 半年内, 文件印发后两周内: counted from the day of signing; not a term of procedure.

    What counts from no event must open its clause and stand before a word of completion: 受理后5日内, 3日内答复 do not.
    """
    text, begin = setting.text, match.start()
    before = text[max(begin - _BEFORE, setting.frames.sentence(begin)[0]) : begin]
    since = _PUBLISHED.search(before)
    published = bool(since) and before[: since.start()].endswith(events)
    if not published:
        clause = text[setting.frames.clause(begin)[0] : begin].strip()
        stands = not clause or clause in _PLEDGED
        ahead = text[match.end() : match.end() + _AFTER]
        days = number_of(match["within"]) * (30 if match["wmonths"] else 7 if match["wweeks"] else 1)
        short = days < _SHORT and match["within"] != "半"
        procedure = short or match["wwork"] or not stands or _PROCEDURE.search(before)
        if procedure or not any(word in ahead for word in done):
            return None
    half = match["within"] == "半"
    count = 6 if half else number_of(match["within"])
    start, limit = day_of(setting.signed), None
    if match["wmonths"] and start:
        count *= 1 if half or match["wmonths"] != "年" else 12
        limit = later(start, count).isoformat()[: 10 if published else 7]
    elif start and not match["wwork"]:
        limit = (start + timedelta(count * (7 if match["wweeks"] else 1))).isoformat()
    return make(match, limit, "month" if match["wmonths"] and not published else "day", "document", "limit")


def quarter(match: re.Match, ahead: int, setting: Setting) -> Time:
    """本季度末前, 下季度末: the last month of the quarter of signing, or of a later one."""
    signed, limit = day_of(setting.signed), None
    if signed:
        last = signed.replace(day=1, month=(signed.month + 2) // 3 * 3)
        limit = later(last, 3 * ahead).isoformat()[:7]
    return make(match, limit, "month", "document", "limit")
