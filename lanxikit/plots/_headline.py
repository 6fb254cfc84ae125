"""The headline numbers of each document, each with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr
from lanxikit.plots import style, wording
from lanxikit.tables.usable import need, numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("measure", "doc_id", "level", "value", "low", "high", "n", "unit")
MEASURES = {
    "coverage": ("Coverage: applicable upper goals with a link", "覆盖率：适用的上位目标中有对应者"),
    "novelty": ("Novelty: lower units without a source", "新增率：下位条目中无来源者"),
    "specification_gain": ("Specification: links that are made more specific", "具体化：对应关系中有所细化者"),
    "quantified": ("Quantified: links that gain a number", "量化：新增数量指标的对应关系"),
    "time_bound": ("Time-bound: links that gain a time limit", "定期：新增时限的对应关系"),
    "project_named": ("Projects: links that gain a named project", "项目化：新增具体项目的对应关系"),
    "assigned": ("Assigned: links that gain an agency in charge", "定责：新增责任单位的对应关系"),
    "reuse_share": ("Reuse: characters in passages taken over", "沿用率：沿用段落所占字数"),
    "commitment_shift": ("Commitment: lower − upper, steps of the scale", "力度变化：下位减上位，级"),
}
PARTS = ("quantified", "time_bound", "project_named", "assigned")
SHIFT = "commitment_shift"  # the only measure that is no share: it has a scale of its own
ROW = 0.42  # cm


def headline_data(
    headline: pd.DataFrame, units: pd.DataFrame | None = None, *, measures: Iterable[str] | None = None
) -> pd.DataFrame:
    """Put the headline numbers in drawing order.

    Parameters
    ----------
    headline : DataFrame
        What ``lx.headline`` returns.
    units : DataFrame, optional
        Table ``units``; gives the level, and the order of the documents: from the highest level down.
    measures : iterable of str, optional
        Which measures, in this order; all but the parts of ``specification_gain`` where not given.

    Returns
    -------
    DataFrame
        A row a measure and document: ``measure``, ``doc_id``, ``level``, ``value``, ``low`` and
        ``high`` (its interval; missing where there is none), ``n`` (units drawn anew), ``unit`` (what
        ``n`` counts).

    Raises
    ------
    LanxiError
        A measure is unknown.
    TableError
        A column is missing, a number is none, or a row stands twice.

    Examples
    --------
    >>> headline = pd.DataFrame({"doc_id": ["b", "a"], "measure": "novelty", "value": [0.2, 0.3], "low": [0.1, None],
    ...     "high": [0.4, None], "n": [25, 3], "unit": "lower leaf"})
    >>> headline_data(headline)[["measure", "doc_id", "value"]].values.tolist()
    [['novelty', 'b', 0.2], ['novelty', 'a', 0.3]]
    """
    asked = list(measures) if measures is not None else [name for name in MEASURES if name not in PARTS]
    unknown = [name for name in asked if name not in MEASURES]
    if unknown:
        raise LanxiError(
            tr("There is no such measure.", "没有这种指标。"),
            where=", ".join(map(str, unknown)),
            todo=tr(f"Choose of: {', '.join(MEASURES)}.", f"可选：{'、'.join(MEASURES)}。"),
        )
    todo = tr("Pass the result of lx.headline, and the table units.", "请传入 lx.headline 的结果和 units 表。")
    need(headline, [name for name in COLUMNS if name != "level"], "headline", todo)
    if units is not None:
        need(units, ("doc_id",), "units", todo)
    headline = headline.assign(
        n=numbers(headline, "n", "headline", low=0, whole=True, todo=todo),
        **{name: numbers(headline, name, "headline", missing=True, todo=todo) for name in ("value", "low", "high")},
    )
    strange = set(headline["measure"]) - set(MEASURES)
    if strange or headline["doc_id"].isna().any() or headline.duplicated(["doc_id", "measure"]).any():
        raise TableError(
            tr("A row has no document or an unknown measure, or stands twice.", "有的行缺少文件、指标不明，或重复。"),
            where=f"headline: {', '.join(map(str, strange)) or 'doc_id'}",
            todo=todo,
        )
    documents, levels = list(dict.fromkeys(headline["doc_id"])), {}
    if units is not None and "doc_level" in units:
        documents = [*wording.ordered(units[units["doc_id"].isin(documents)]), *documents]
        levels = units.drop_duplicates("doc_id").set_index("doc_id")["doc_level"].astype("object").to_dict()
    place = {doc: i for i, doc in enumerate(dict.fromkeys(documents))}
    data = headline.assign(measure=headline["measure"].astype("object"), level=headline["doc_id"].map(levels))
    data = data[data["measure"].isin(asked)]
    order = data["measure"].map(asked.index) * len(place) + data["doc_id"].map(place)
    data = data.loc[order.sort_values(kind="stable").index, list(COLUMNS)]
    kinds = dict.fromkeys(["measure", "doc_id", "level", "unit"], "str") | {"n": "int64"}
    return style.rounded(data.astype(kinds | dict.fromkeys(["value", "low", "high"], "float64")))


def headline(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw a mark with its interval for each measure and document, and write the numbers beside it.

    A hollow mark has no interval. The last block, where drawn, has the scale below it, not that above.

    Parameters
    ----------
    data : DataFrame
        From :func:`headline_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "headline")
    say = style.speaker(lang)
    shares, shifts = data[data["measure"] != SHIFT], data[data["measure"] == SHIFT]
    blocks = [block for _, block in [*shares.groupby("measure", sort=False), *shifts.groupby("measure")] if len(block)]
    rows = sum(1.15 + len(block) for block in blocks)
    with style.canvas(ax, height=1.6 + ROW * (rows + bool(len(shifts)))) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        reach = _reach(shifts)
        ticks, labels, y = [], [], 0.0
        for block in blocks:
            name = block["measure"].iloc[0]
            if y:
                ax.axhline(y - 0.1, color=style.PALE, lw=0.6, zorder=0)
            ax.text(0, y + 0.5, say(*MEASURES[name]), va="center", color=style.LEVEL_COLOURS["province"])
            y += 1.15
            shift = name == SHIFT
            if shift:
                _own_scale(ax, y, len(block), reach)
            for row in block.itertuples(index=False):
                _mark(ax, y + 0.35, row, (lambda value: 0.5 + value / (2 * reach)) if shift else float, say)
                ticks.append(y + 0.35)
                labels.append(wording.cut(wording.document_name(row.doc_id, names), 14))
                y += 1
        ax.set_yticks(ticks, labels)
        ax.tick_params(axis="y", length=0)
        ax.set_ylim(y + (1.0 if len(shifts) else 0.2), -0.2)
        ax.set_xlim(-0.02, 1.55)
        ax.xaxis.tick_top()
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1] if len(shares) else [], None)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        for side in ("left", "bottom", "top"):
            ax.spines[side].set_visible(False)
    return ax


def _reach(shifts: pd.DataFrame) -> int:
    """Return how many steps the scale of the commitment shift goes to either side."""
    largest = shifts[["value", "low", "high"]].abs().max().max()
    return max(1, ceil(largest)) if pd.notna(largest) else 1


def _own_scale(ax: Axes, y: float, count: int, reach: int) -> None:
    ax.plot([0.5, 0.5], [y - 0.1, y + count], color=style.RULE, lw=0.8, ls=(0, (3, 2)), zorder=1)
    for step in sorted({-reach, 0, reach} | ({-1, 1} if reach <= 4 else set())):
        sign = f"{step:+d}".replace("-", "−") if step else "0"
        ax.text(0.5 + step / (2 * reach), y + count + 0.55, sign, ha="center", va="center", fontsize=style.SMALL)


def _mark(ax: Axes, y: float, row, at, say) -> None:
    numbers = style.GREY if pd.isna(row.value) else style.INK
    ax.text(1.06, y, _written(row, say), va="center", fontsize=style.SMALL, color=numbers)
    if pd.isna(row.value):
        return
    colour = style.LEVEL_COLOURS.get(row.level, style.GREY)
    known = pd.notna(row.low) and pd.notna(row.high)
    if known:
        ax.plot([at(row.low), at(row.high)], [y, y], color=colour, lw=1.3, solid_capstyle="butt", zorder=2)
    fill = colour if known else "white"
    ax.plot([at(row.value)], [y], marker="o", ms=5, mfc=fill, mec=colour, mew=0.9, ls="", zorder=3, clip_on=False)


def _written(row, say) -> str:
    if pd.isna(row.value):
        return say("nothing to measure", "无从计算")
    form = "{:+.2f}" if row.measure == SHIFT else "{:.0%}"
    parts = (form.format(round(part, 2) or 0.0) if pd.notna(part) else "" for part in (row.value, row.low, row.high))
    value, low, high = (part.replace("-", "−").replace("+0.00", "0.00") for part in parts)
    span = f"  [{low}, {high}]" if pd.notna(row.low) else say("  no interval", "  无区间")
    return f"{value}{span}  n = {row.n}"
