"""The words around a number: where those begin that belong to it, and what they tell at a glance."""

from __future__ import annotations

import re
from bisect import bisect_left

from lanxikit.annotating.frames import Frames
from lanxikit.annotating.numbers import Quantity
from lanxikit.annotating.target_groups import JOINTS, Find
from lanxikit.annotating.times import Time

_ORIGIN = 10  # how far before a number 由 or 从 may stand
_TOWARDS = re.compile(r"(?:左右|以上|多)?[提增下上扩压缩减][高加降升大减短少长][到至为]")
_NAME = 15  # a quotation up to this long is a name: “300公里产业带”
_STRIVEN = "力争|确保|争取|努力|目标"
_FORETOLD = re.compile(rf"预[计测](?:(?!{_STRIVEN})[^;。]){{0,60}}?将(?:(?!{_STRIVEN})[^;。]){{0,30}}$")
_JOINED = re.compile("[及和与]")
_PLACE = 5  # characters of the name of a place
_ADDRESSED = re.compile(r"[ ]*(?:对|凡是?)(?![外接口标照])")
_GRANTED = re.compile(r"[,;][ ]?(?:[^,;。]{0,12}?)(?:给予|予以|奖励|奖补|补助|补贴|资助|约谈|通报)")
CLAUSE = 160  # how far from a number its clause is read, characters
WORD = re.compile(r"[一-鿿A-Za-z]")
_DIGITS = "[一二三四五六七八九十]"
MARK = re.compile(rf"(?:\((?:\d{{1,2}}|{_DIGITS}{{1,3}})\)|[①-⑳⑴-⒛㈠-㈩])[ 、]?")
_OPENING = re.compile(rf"[ ]*(?:\d{{1,2}}(?:[.](?!\d)|[、)])|{_DIGITS}{{1,2}}(?:、(?!{_DIGITS})|是))")


def is_spoken(text: str, end: int, following: Quantity | None) -> bool:
    """Tell whether words stand behind a number, before the next one."""
    return bool(WORD.search(text, end, following.begin if following else len(text)))


def is_origin(text: str, find: Find) -> bool:
    """Tell whether a number is but where something starts: 由0.6%下降为零."""
    left = find.left[-_ORIGIN:]
    return ("由" in left or "从" in left) and bool(_TOWARDS.match(text, find.quantity.end))


def is_leaning(text: str, finds: list[Find], quantity: Quantity) -> bool:
    """Tell whether a number without words may take those before it: a list, 30亿元,10%, 森林覆盖率:8%."""
    if not finds or quantity.begin - finds[-1].end > 4:
        return False
    between = text[finds[-1].end : quantity.begin].strip()
    return between in JOINTS or between in (",", ":", "")  # 5.2万户20万人


def past_marks(text: str, low: int, begin: int) -> int:
    """Return where the words up to ``begin`` start behind the last number of an item: (1), ①, 1., 一是."""
    for mark in MARK.finditer(text, low, begin):
        low = mark.end()
    opening = _OPENING.match(text, low, begin)
    return opening.end() if opening else low


def is_dated(moments: list[Time], low: int, high: int) -> bool:
    """Tell whether a date in full or the end of a plan stands beside a number."""
    index = bisect_left(moments, low, key=lambda time: time.begin)
    near = moments[index : index + 12]
    return any(t.begin < high and t.status == "limit" and t.basis != "document" and t.deadline for t in near)


def has_limit(moments: list[Time], low: int, high: int) -> bool:
    index = bisect_left(moments, low, key=lambda time: time.begin)
    return any(time.begin < high and time.status == "limit" and time.deadline for time in moments[index : index + 3])


def is_barred(text: str, barred: Quantity | None, quantity: Quantity, before: Find | None = None) -> bool:
    """Tell whether a number goes on with one that is none: a part of it, or one more of its list."""
    if barred is None or (before and before.quantity.begin > barred.begin):
        return False
    between = text[barred.end : quantity.begin] if quantity.begin - barred.end < CLAUSE else "。"
    if "其中" in between and "。" not in between and ";" not in between:
        return True
    if barred.unit != quantity.unit or barred.dimension in ("count", "share"):
        return False
    return text[barred.end : quantity.begin].strip() in JOINTS


def is_name(frames: Frames, position: int) -> bool:
    if frames.bracket(position) not in ("“", "「", "『"):
        return False
    low, high = frames.inside(position)
    return high - low <= _NAME


def is_counted(quantity: Quantity, rows: list[dict], after: dict | None, left: str) -> bool:
    """Tell whether a Chinese numeral below ten sets a goal: 不少于三个, 提高一个百分点, not 三大任务."""
    return any(row["comparator"] in (">=", "<=") for row in rows) or "至少" in left


def is_foretold(text: str, low: int, begin: int) -> bool:
    """Tell whether a number is a prediction: 预计到2025年老年人口将达到255万人, without 力争 or 确保 in between."""
    return bool(_FORETOLD.search(text, max(low, begin - CLAUSE), begin))


def is_addressed(text: str, clause: str, high: int) -> bool:
    """Tell whether a number tells whom a grant goes to: 对存栏1000头、3000头以上的牧场,分别给予…."""
    return bool(_ADDRESSED.match(clause) and _GRANTED.match(text, high))


def is_enumerated(quantity: Quantity, clause: str, named: str, places: tuple[str, ...]) -> bool:
    """Tell whether a number only counts the places named before it: 太原、阳泉、长治3个城市."""
    names = clause.strip().split("、")
    noun = _JOINED.split(named, maxsplit=1)[0]
    if len(names) < 2 or quantity.value != len(names) or not noun.endswith(places):
        return False
    return all(len(name) <= _PLACE for name in names)


def left_edge(text: str, low: int, last: int, begin: int) -> int:
    """Return where the words that belong to a number begin: after the number before it and its noun."""
    if last <= low:
        return low
    if text.startswith("级", last):  # 50万吨级码头1座
        last += 1
    comma = text.rfind("、", last, begin)
    if comma >= 0:
        return comma + 1
    for word in ("以及", "和", "及", "与"):  # 3项和民和县2项: only right after the number, for 和 stands in many names
        if text.startswith(word, last):
            return last + len(word)
    return last
