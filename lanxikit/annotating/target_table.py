"""Reads the row of a table of indicators: 常住人口城镇化率（%） 60.2 65 预期性, below 指标 2020年 2025年 属性.

The value in the column of the last year is the target, the one in the first year's column its baseline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lanxikit.annotating.comparators import Meaning
from lanxikit.annotating.numbers import Quantity
from lanxikit.annotating.target_groups import Find

_YEAR = re.compile(
    r"(20\d\d)年?度?(?:目标|规划|计划|预期|指标|基期|现状|实际|完成|基础)?(?:值|数|目标)?(?:\([^()]{1,8}\))?"
)
_RATE = re.compile(r"[^0-9]{0,8}(?:年均|累计|增速|增幅|增长|变化)[^0-9]{0,8}")
_VALUE = re.compile(
    r"[\[(]?(?P<sign>≥|≤|>=|<=|>|<|不低于|不少于|不高于|不超过|约)?(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d{1,4})?)"
    r"(?P<unit>%|‰|万|亿)?(?:-(?P<high>\d{1,9}(?:\.\d{1,4})?)%?)?(?P<bound>以上|以内|以下|左右)?[\])]?"
)
_EMPTY = frozenset(("-", "—", "--", "——", "/", "–", "完成", "待定"))
_UNIT = re.compile(r"\(([^()]{1,12})\)$")
_BOUNDS = {"≥": ">=", ">=": ">=", ">": ">=", "不低于": ">=", "不少于": ">=", "以上": ">="}
_BOUNDS |= {"≤": "<=", "<=": "<=", "<": "<=", "不高于": "<=", "不超过": "<=", "以内": "<=", "以下": "<="}
_BOUNDS |= {"约": "~", "左右": "~"}
_ORDER = ("序号", "编号")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of numbers: years in order, None for a rate of growth; whether there are those of 序号 and 单位."""

    years: tuple[int | None, ...]
    numbered: bool
    unit: bool


def columns(header: str) -> Columns | None:
    """Read a folded header; None where it is not that of a table of indicators by year.

    Examples
    --------
    >>> columns("序号 指标 单位 2020年 2025年 年均增长 属性").years
    (2020, 2025, None)
    """
    if "指标" not in header and "目标" not in header:
        return None
    cells = header.replace("|", " ").split()
    years: list[int | None] = []
    for cell in cells:
        year = _YEAR.fullmatch(cell)
        if year:
            years.append(int(year[1]))
        elif _RATE.fullmatch(cell) and years:
            years.append(None)
    if not any(years):
        return None
    return Columns(tuple(years), cells[0] in _ORDER, any(cell in ("单位", "计量单位") for cell in cells))


def row_finds(text: str, header: Columns) -> list[Find]:
    """Return the target of a folded row, none where its cells do not fit the header."""
    cells = [(match.start(), match.group()) for match in re.finditer(r"[^\s|]+", text)]
    if header.numbered and cells and cells[0][1].isdigit():
        cells = cells[1:]
    spots = [at for at, (_, cell) in enumerate(cells) if at and (_VALUE.fullmatch(cell) or cell in _EMPTY)]
    if len(spots) != len(header.years) or not cells:
        return []
    last = max(range(len(spots)), key=lambda at: header.years[at] or 0)
    begin, written = cells[spots[last]]
    match = _VALUE.fullmatch(written)
    if not match:
        return []
    names = [cell for _, cell in cells[: spots[0]]]
    unit = names.pop() if header.unit and len(names) > 1 else ""
    name = "".join(names)
    aside = _UNIT.search(name)
    if aside and not unit:
        unit, name = aside[1], name[: aside.start()]
    first = _VALUE.fullmatch(cells[spots[0]][1]) if spots[0] != spots[last] and header.years[0] else None
    high = float(match["high"]) if match["high"] else None
    comparator = "range" if high else _BOUNDS.get(match["sign"] or match["bound"] or "", "=")
    unit = unit.strip("()")
    unit = unit if match["unit"] in (None, unit) else match["unit"] + unit
    end = begin + len(written)
    start = cells[0][0]
    quantity = Quantity(begin, end, _number(match["value"]), high, unit, "share", "digits")
    find = Find(
        quantity=quantity,
        end=end,
        left=text[start:begin],
        left_at=start,
        named="",
        subject=True,
        meaning=Meaning(comparator, None, True),
        indicator=name,
        kind="target",
        deadline=str(header.years[last]),
        every=None,
        baseline=_number(first["value"]) if first else None,
    )
    return [find]


def _number(written: str) -> float:
    return float(written.replace(",", ""))
