"""Numbers that say how large a thing is: 4.3米焦炉, 3个5亿元以上项目, 年产1600万吨炼油、120万吨乙烯."""

from __future__ import annotations

import re

from lanxikit.annotating.numbers import Quantity
from lanxikit.annotating.target_groups import Find

_OF_RATE = re.compile(r"(?:率|比重|比例|占比|覆盖面)(?:[达超提不均保占]|$)")
_WIDE = 20  # metres: what is smaller is the height or width of the thing behind (4.3米焦炉)
_WORKED = re.compile("改造|整治|提升|修缮|加固|更新|维修|拆除")
_SIZED = re.compile(
    r"[一-鿿]{0,12}?(?:超过?|达到?|不低于|不少于|突破|在)?\d{1,6}(?:\.\d{1,2})?[万亿]{0,2}[一-鿿]{1,3}?"
    r"(?:(?:以上|左右)?的|以上(?=[一-鿿]{2}))"
)


def is_sized(quantity: Quantity, named: str, bounded: bool, settled: tuple[str, ...]) -> bool:
    """Tell whether a number only says how large the thing behind it is: 4.3米焦炉, 30户以上自然村."""
    if not named:
        return False
    if quantity.unit == "米":
        return quantity.value < _WIDE
    if not bounded or quantity.dimension not in ("count", "people", "heads"):
        return False
    return bool(_OF_RATE.search(named)) or (quantity.unit in ("户", "人") and named.endswith(settled))


def shares_size(before: Find | None, quantity: Quantity, left: str, named: bool) -> bool:
    """Tell whether a number goes on with the sizes of a thing: 年产1600万吨炼油、120万吨乙烯."""
    if before is None or before.kind != "capacity" or not named or left.strip():
        return False
    return before.quantity.unit == quantity.unit and quantity.dimension in ("mass", "power", "volume", "heads")


def is_of_work(text: str, before: Find | None, quantity: Quantity, left_at: int) -> bool:
    """Tell whether an area is what is worked on, with the things counted before it: 改造小区26个,建筑面积85万平方米."""
    if before is None or before.kind != "target" or quantity.dimension != "area":
        return False
    return before.quantity.dimension == "count" and left_at - before.end <= 1 and bool(_WORKED.search(before.left))


def past_size(text: str, end: int, stop: int, high: int) -> tuple[int, int]:
    """Return where the thing counted is read from and to: past the size between (3个年营业收入超10亿元的旅游集团)."""
    sized = _SIZED.match(text, end, high)
    return (sized.end(), high) if sized else (end, stop)


def goes_on(text: str, before: Find | None, low: int, left_at: int) -> bool:
    """Tell whether a number goes on with a goal of its clause: 新增供暖面积200万平方米、光伏装机50万千瓦."""
    if before is None or before.kind != "target" or before.quantity.begin < low:
        return False
    return text[before.end : left_at].strip() == "、"
