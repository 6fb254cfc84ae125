"""Reads the row of a table of indicators: 常住人口城镇化率（%） 60.2 65 预期性, below 指标 2020年 2025年 属性.

The value in the column of the last year is the target, the one in the first year's column its baseline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lanxikit.annotating.comparators import Meaning
from lanxikit.annotating.numbers import Quantity
from lanxikit.annotating.target_groups import Find

_YEAR = re.compile(r"(?:到|至)?(20\d\d)年?度?末?[一-鿿]{0,6}(?:\([^()]{1,8}\))?")
_OF_YEAR = re.compile(
    r"[一-鿿]{0,8}(?:目标|规划|计划|预期|指标|基期|现状|实际|完成|基础)(?:值|数)?"
    r"\(?(?:到|至)?(20\d\d)年?[一-鿿]{0,4}\)?"
)
_BASE = re.compile(r"(?:现状|基期|基础|基准|现有|上年|实际|完成|当前|目前)[一-鿿]{0,4}(?:值|数|水平)?|实绩|现值|基数")
_GOAL = re.compile(r"(?:规划|计划|预期|工作|年度|考核|期末|阶段)?目标(?:值|数)?|(?:规划|计划|预期|期末)(?:值|数)")
_NAMES = re.compile(r"[一-鿿]{0,4}指标(?:名称|内容|项)?|[一-鿿]{0,2}名称|[主具]体?要?目标(?:名称)?|项目")
_GROUPS = ("类别", "类型", "分类", "领域", "一级指标", "指标类别", "指标类型", "维度", "方面", "目标类别")
_RATE = re.compile(r"[^0-9]{0,8}(?:年均|累计|增速|增幅|增长|变化)[^0-9]{0,8}")
_VALUE = re.compile(
    r"[\[(〔【]?(?P<sign>≥|≤|>=|<=|>|<|不低于|不少于|不高于|不超过|约)?(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d{1,4})?)"
    r"(?P<unit>%|‰|万亿?|亿)?(?P<of>[一-鿿/]{0,6}(?:元|人|个|家|项|亩|吨|里|米|瓦|时|套|户|件|所|张|头|辆|顷|次|岁|天|座|处|名|倍|年|种|只|箱|床))??(?:-(?P<high>\d{1,9}(?:\.\d{1,4})?)%?)?(?P<bound>以上|以内|以下|左右)?[\])〕】]?"
)
_EMPTY = frozenset(("-", "—", "--", "——", "/", "–", "完成", "待定"))
_UNIT = re.compile(r"\(([^()]{1,12})\)$")
_BOUNDS = {"≥": ">=", ">=": ">=", ">": ">=", "不低于": ">=", "不少于": ">=", "以上": ">="}
_BOUNDS |= {"≤": "<=", "<=": "<=", "<": "<=", "不高于": "<=", "不超过": "<=", "以内": "<=", "以下": "<="}
_BOUNDS |= {"约": "~", "左右": "~"}
_ORDER = ("序号", "编号")
_SOME_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a header.

    ``years``: those of numbers in order, 0 for one of where things stand (现状值), 9999 for one of goals
    without a year, None for a rate of growth; whether there are columns of 序号 and 单位, and how many of
    groups (类别) stand before the name.
    """

    years: tuple[int | None, ...]
    numbered: bool
    unit: bool
    groups: int = 0


@lru_cache(maxsize=256)
def columns(header: str) -> Columns | None:
    """Read a folded header; None where it is not that of a table of indicators by year.

    Examples
    --------
    >>> columns("序号 指标 单位 2020年 2025年 年均增长 属性").years
    (2020, 2025, None)
    >>> columns("类别 指标名称 现状值 目标值(2025年) 责任单位").years
    (0, 2025)
    """
    if "指标" not in header and "目标" not in header:
        return None
    cells = header.replace("|", " ").split()
    years: list[int | None] = []
    groups = 0
    for cell in cells:
        year = _YEAR.fullmatch(cell) or _OF_YEAR.fullmatch(cell)
        if year:
            years.append(int(year[1]))
        elif _BASE.fullmatch(cell):
            years.append(0)
        elif _GOAL.fullmatch(cell) and (years or cell.endswith(("值", "数")) or "指标" in header):
            years.append(_SOME_YEAR)
        elif _RATE.fullmatch(cell) and years:
            years.append(None)
        elif cell in _GROUPS and not years:
            groups += 1
    if not any(years):
        return None
    if groups and not any(_NAMES.fullmatch(cell) and cell not in _GROUPS for cell in cells):
        groups -= 1  # 一级指标 alone is the name
    return Columns(tuple(years), cells[0] in _ORDER, any(cell in ("单位", "计量单位") for cell in cells), groups)


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
    if header.groups and len(names) > 1:
        names = names[min(header.groups, len(names) - 1) :]  # a merged cell of groups stands in its first row only
    name = "".join(names)
    aside = _UNIT.search(name)
    if aside and not unit:
        unit, name = aside[1], name[: aside.start()]
    base = header.years[0] is not None and spots[0] != spots[last]
    first = _VALUE.fullmatch(cells[spots[0]][1]) if base else None
    high = float(match["high"]) if match["high"] else None
    comparator = "range" if high else _BOUNDS.get(match["sign"] or match["bound"] or "", "=")
    unit = unit.strip("()")
    own = (match["unit"] or "") + (match["of"] or "")
    unit = unit if own in ("", unit) else own if match["of"] else own + unit
    end = begin + len(written)
    start = cells[0][0]
    year = header.years[last]
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
        deadline=None if year == _SOME_YEAR else str(year),
        every=None,
        baseline=_number(first["value"]) if first else None,
    )
    return [find]


def _number(written: str) -> float:
    return float(written.replace(",", ""))
