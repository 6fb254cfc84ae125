"""Numbers that belong together: lists under one verb, a value and where it starts from, a whole and its parts.

城乡居民收入分别增长7%和8% · 由60%提高到70% · 治理6项,其中循化县3项、互助县2项
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from lanxikit.annotating.comparators import Comparators, Meaning
from lanxikit.annotating.frames import Frames
from lanxikit.annotating.numbers import Quantity
from lanxikit.annotating.times import Time
from lanxikit.lexicons import load

JOINTS = ("和", "、", "及", "与", "以及")
# places, levels, stages and owners that one noun behind the last serves
SIDES = ("城市", "农村", "城镇", "乡村", "县城", "乡镇", "建制镇", "市区", "城区", "中心城区")
SIDES += ("国家级", "省级", "市级", "县级", "乡级", "村级", "国道", "省道", "县道", "乡道", "村道", "工业", "农业")
SIDES += ("学前", "小学", "初中", "高中", "公办", "民办", "一产", "二产", "三产", "男", "女", "生活")
_OWN = 3  # characters of a measure as 施用量
_ALIKE = 6  # characters by which the last of several things may be longer than the others
_PART_ENDS = (*"省市州县区盟旗镇乡村级", "县城", "主城", "新城", "老城", "街道")
_RATES = ("share", "point", "ratio", "doubling")
_MULTIPLIERS = {"万": 1e4, "亿": 1e8}
_WHOLE = 40  # how many numbers back a whole may stand before its parts


@dataclass(slots=True)
class Find:
    """A quantity with what the words around it say."""

    quantity: Quantity
    end: int  # after 以上, 左右
    left: str  # the words between the number before, or the head of the clause, and this one
    left_at: int
    named: str  # the noun after the number, where it is what is counted
    subject: bool  # whether a noun stands before the number
    meaning: Meaning
    indicator: str
    kind: str
    deadline: str | None
    every: str | None
    baseline: float | None = None
    part: str | None = None


def is_next(text: str, before: Find, find: Find) -> bool:
    """Tell whether a number stands in the clause after another one, or right after it: 小区326个、5.2万户."""
    between = text[before.end : find.quantity.begin]
    return between.count(",") == 1 or not between.strip() or between.strip() in JOINTS or between.lstrip()[0] == "、"


def is_listed(text: str, before: Find, find: Find, head: Find) -> bool:
    """Tell whether two numbers form a list under one head: 分别增长7%和8%以上, 分别达到10万头和50万只."""
    between = text[before.end : find.quantity.begin].strip()
    if between not in JOINTS or before.named:
        return False
    same = before.quantity.dimension == find.quantity.dimension and "分别" in head.left
    return same or before.quantity.unit == find.quantity.unit


def share(listed: list[Find], earlier: list[Find], moments: list[Time], measures: tuple[str, ...]) -> None:
    """Give the numbers of a list the head of the first, the bound of the last and, one each, the times before them."""
    if len(listed) < 2:
        return
    first, last = listed[0], listed[-1]
    names = [first.indicator] * len(listed)
    if last.named and not first.subject:  # 分别建成30个、40个、50个社区食堂
        names = [last.named] * len(listed)
    elif "分别" in first.left or _is_coordinate(first.indicator, len(listed)):
        names = _subjects(first, earlier, len(listed), measures)
    bound = last.meaning if last.meaning.comparator not in ("=", "range") else first.meaning
    # 分别下降8%、8%、10%以上、10%以上: where one in the midst has its bound, each has its own
    own = any(find.meaning.comparator in (">=", "<=", "~") for find in listed[1:-1])
    head = first.meaning
    change = first.meaning.change or last.meaning.change
    for find, name in zip(listed, names, strict=True):
        if find.meaning.comparator in ("=", "increase", "decrease"):
            find.meaning = head if own else bound
        find.meaning = replace(find.meaning, change=change)
        find.indicator = name or find.indicator
        find.deadline, find.every = first.deadline, first.every
        find.left, find.left_at = first.left, first.left_at
    if "分别" in first.left:
        for find, moment in zip(listed, _dates(first, moments, len(listed)), strict=False):
            find.deadline = moment.deadline


def _is_coordinate(indicator: str, count: int) -> bool:
    """Tell whether an indicator names as many places or levels as there are numbers: 城市、农村生活垃圾处理率."""
    items = indicator.replace("和", "、").split("、")
    return len(items) == count and all(item in SIDES for item in items[:-1]) and items[-1].startswith(SIDES)


def _dates(first: Find, moments: list[Time], count: int) -> list[Time]:
    """Return the times of 到2025年、2030年,…分别达到20%、25% where there is one for each number."""
    at = bisect_left(moments, first.quantity.begin, key=lambda time: time.begin)
    dates = [time for time in moments[max(at - count, 0) : at] if time.status == "limit" and time.deadline]
    close = all(after.begin - before.end <= 2 for before, after in pairwise(dates))
    return dates if len(dates) == count and close else []


def _subjects(first: Find, earlier: list[Find], count: int, measures: tuple[str, ...]) -> list[str]:
    subject = first.indicator
    if not first.subject and len(earlier) >= count:  # 接待500万人次,收入30亿元,分别增长15%和20%
        return [find.indicator for find in earlier[-count:]]
    if subject.startswith("城乡居民") and count == 2:
        return [subject.replace("城乡", "城镇", 1), subject.replace("城乡", "农村", 1)]
    items = subject.replace("和", "、").replace("及", "、").split("、")
    if len(items) != count or any(len(item) < 2 for item in items):
        return [subject] * count
    side = next((word for word in SIDES if items[-1].startswith(word)), "")
    if side and all(item in SIDES for item in items[:-1]):  # 城市、农村生活垃圾处理率
        return [item + items[-1][len(side) :] for item in items[:-1]] + [items[-1]]
    measure = next((word for word in measures if items[-1].endswith(word)), "")
    own = items[-1][len(items[0]) :]  # 化肥、农药施用量: what the last has over the first, of the same length
    if len({len(item) for item in items[:-1]}) == 1 and measure and own.endswith(measure) and len(own) <= _OWN:
        measure = own
    if len(items[-1]) - max(map(len, items[:-1])) > _ALIKE and not all(item.endswith(measures) for item in items):
        return [subject] * count  # 高血压、糖尿病患者规范管理率: what is measured stands at the end, for all
    return [item if item.endswith(measures) else item + measure for item in items]


def origin(left: str) -> int:
    """Return where 由 or 从 stands, or -1."""
    return max(left.rfind("由"), left.rfind("从"))


def is_baseline(text: str, moments: list[Time], before: Find, find: Find, words: Comparators) -> bool:
    """Tell whether the number before is where this one starts from: 由60%提高到2025年的70%."""
    low, high = before.end, find.quantity.begin
    if high - low > 30 or not _is_measured_alike(before.quantity, find.quantity) or origin(before.left) < 0:
        return False
    between = text[low:high]
    at = bisect_left(moments, low, key=lambda time: time.begin)
    for moment in reversed(moments[at : at + 3]):
        if moment.end <= high:
            between = between[: moment.begin - low] + between[moment.end - low :]
    between = between.strip().removesuffix("的").strip()
    if not between.endswith(("到", "至", "为")) or len(between) > 8 or "," in between:
        return False
    return len(between) <= 2 or words.rises(between)


def _is_measured_alike(before: Quantity, quantity: Quantity) -> bool:
    """Tell whether two numbers have one unit, in full with the second: 由0.5吨降到0.4吨标准煤, 8000元到1.2万元."""
    one, other = _base(before), _base(quantity)
    return one == other or (before.dimension == quantity.dimension and other.startswith(one) and "/" not in other)


def in_unit(before: Quantity, quantity: Quantity) -> float:
    """Return a value in the multiple (万, 亿) of another one's unit."""
    return round(before.value * _scale(before) / _scale(quantity), 6)


def split(text: str, frames: Frames, finds: list[Find], folder: str | None) -> None:
    """Mark the parts of a whole: as long as unit of measure and sum agree, what follows 其中 is a breakdown."""
    if "其中" not in text:
        return
    whole: Find | None = None
    total = 0.0
    for index, find in enumerate(finds):
        begin = find.quantity.begin
        low, _ = frames.part(begin)
        at = text.rfind("其中", max(low, begin - 400), begin)
        if at < 0:
            whole = None
            continue
        if whole is None or not low <= whole.quantity.begin < at:
            whole, total = _whole(finds[max(index - _WHOLE, 0) : index], low, at, find), 0.0
        if whole is None or _base(whole.quantity) != _base(find.quantity) or find.kind != "target":
            continue
        if find.quantity.dimension in _RATES:  # 参保率达到95%,其中脱贫人口100%: shares do not add up
            continue
        value = find.quantity.value * _scale(find.quantity)
        if total + value > whole.quantity.value * _scale(whole.quantity) * 1.000001:
            continue
        total += value
        find.kind, find.part = "breakdown", _part(find)
        if not find.indicator or find.indicator.endswith(_PART_ENDS) or find.indicator in _places(folder):
            find.indicator = whole.indicator


def _whole(earlier: list[Find], low: int, at: int, find: Find) -> Find | None:
    for candidate in reversed(earlier):
        if candidate.quantity.begin < low:
            return None
        if candidate.quantity.end <= at and _base(candidate.quantity) == _base(find.quantity):
            return candidate
    return None


def _base(quantity: Quantity) -> str:
    """Return a unit of measure without its multiplier: 2000亿元 is a part of 1.6万亿元."""
    return quantity.unit.lstrip("万亿") or quantity.unit


def _scale(quantity: Quantity) -> float:
    scale = 1.0
    for char in quantity.unit[: len(quantity.unit) - len(_base(quantity))]:
        scale *= _MULTIPLIERS[char]
    return scale


def _part(find: Find) -> str | None:
    return find.left.replace("其中", "").strip(" :,、") or find.named or None


@lru_cache(maxsize=4)
def _places(folder: str | None) -> frozenset[str]:
    rows = load("divisions", folder)
    return frozenset(row["short"] for row in rows if len(row["short"]) >= 2)
