"""By how much the topics of two groups of units differ, with intervals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording
from lanxikit.tables.usable import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = (
    "topic", "label", "difference", "low", "high", "group_a", "group_b", "n_units_a", "n_units_b",
    "n_documents_a", "n_documents_b", "drawn", "stability",
)  # fmt: skip
DRAWN = {
    "documents, then units": ("interval: documents drawn anew, then their units", "区间：先重抽文件，再重抽条目"),
    "units": ("interval: units drawn anew, the documents stay", "区间：只重抽条目，文件不变"),
    "nothing": ("no interval", "无区间"),
}


def prevalence_difference_data(comparison: pd.DataFrame) -> pd.DataFrame:
    """Put the differences of ``lx.compare_prevalence`` in drawing order, the greatest first.

    Parameters
    ----------
    comparison : DataFrame
        From ``lx.compare_prevalence``.

    Returns
    -------
    DataFrame
        A row a topic: ``topic``, ``label``, ``difference`` (of mean shares, first − second
        group), ``low`` and ``high`` (missing: no interval), ``group_a``, ``group_b``,
        ``n_units_a``, ``n_units_b``, ``n_documents_a``, ``n_documents_b``, ``drawn``,
        ``stability``.

    Raises
    ------
    TableError
        Columns are missing.

    Examples
    --------
    >>> found = pd.DataFrame({"topic": [1, 2], "label": ["水", "路"], "difference": [-0.1, 0.1], "low": [-0.2, 0.0],
    ...     "high": [0.0, 0.2], "group_a": "2024", "group_b": "2020", "n_units_a": 9, "n_units_b": 9,
    ...     "n_documents_a": 1, "n_documents_b": 1, "drawn": "units", "stability": 0.7})
    >>> prevalence_difference_data(found)["label"].tolist()
    ['路', '水']
    """
    need(comparison, COLUMNS, "comparison", "Pass the result of lx.compare_prevalence.")
    data = comparison[list(COLUMNS)].sort_values(["difference", "topic"], ascending=[False, True], kind="stable")
    kinds = dict.fromkeys(["label", "group_a", "group_b", "drawn"], "str")
    kinds |= dict.fromkeys(["difference", "low", "high", "stability"], "float64")
    return style.rounded(data.astype(kinds))


def prevalence_difference(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the difference of each topic's prevalence between two groups, with its interval.

    A hollow mark is a topic with a stability below 0.5, or one without an interval. How many documents stand
    behind each group, and what was drawn anew, is written beside: intervals over the units of one document say
    nothing of others.

    Parameters
    ----------
    data : DataFrame
        From :func:`prevalence_difference_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "prevalence_difference")
    say = style.speaker(lang)
    with style.canvas(ax, height=3.2 + 0.62 * max(len(data), 1)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        ax.axvline(0, color=style.GREY, lw=0.8, zorder=1)
        more_a, more_b = (_colour(data[side].iloc[0]) for side in ("group_a", "group_b"))
        for y, row in enumerate(data.itertuples(index=False)):
            colour = more_a if row.difference > 0 else more_b
            hollow = pd.isna(row.low) or style.unstable(row.stability)
            ax.plot([row.low, row.high], [y, y], color=colour, lw=1.4, solid_capstyle="butt", zorder=2)
            ax.plot([row.difference], [y], marker="o", ms=5.5, mfc="white" if hollow else colour, mec=colour, zorder=3)
        ax.set_yticks(range(len(data)), [wording.cut(_name(row, say), 20) for row in data.itertuples(index=False)])
        ax.set_ylim(len(data) - 0.5, -0.5)
        far = max(data[["difference", "low", "high"]].abs().max().max() * 1.1, 0.02)
        ax.set_xlim(-far, far)
        ax.xaxis.set_major_formatter(_points)
        ax.set_xlabel(_below(data.iloc[0], say))
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x", color=style.PALE, lw=0.6)
        _sides(ax, data.iloc[0], say)
    return ax


def _name(row, say) -> str:
    title = say(f"Topic {row.topic}", f"主题{row.topic}")
    return f"{title} {row.label}" if isinstance(row.label, str) else title


def _below(row: pd.Series, say) -> str:
    what = say("difference in the topic's share, percentage points", "主题占比之差（百分点）")
    hollow = say("hollow: stability below 0.5 or no interval", "空心：稳定性低于 0.5 或无区间")
    return f"{what}\n{say(*DRAWN.get(row['drawn'], (row['drawn'],) * 2))}{say('; ', '；')}{hollow}"


def _sides(ax: Axes, row: pd.Series, say) -> None:
    """Write above each half which group has more of the topic, and what stands behind that group."""
    for side, x, align in (("b", 0.0, "left"), ("a", 1.0, "right")):
        documents, units = row[f"n_documents_{side}"], row[f"n_units_{side}"]
        group = wording.cut(_group(row[f"group_{side}"], say), 16)
        more = say(f"more in {group}", f"{group}更多")
        plural = "" if documents == 1 else "s"
        behind = say(f"{documents} document{plural}, {units} units", f"{documents} 份文件，{units} 条")
        text = f"← {more}" if side == "b" else f"{more} →"
        ax.annotate(
            f"{text}\n{behind}", (x, 1), (0, 4), xycoords="axes fraction", textcoords="offset points", ha=align,
            va="bottom", fontsize=style.SMALL, color=style.INK,
        )  # fmt: skip


def _group(name: object, say) -> str:
    parts = str(name).split(" · ")  # a year from a CSV file is a number
    parts = [wording.document_name(part) if re.fullmatch(r"[a-z-]+-\d{4}", part) else part for part in parts]
    return " · ".join(say(*style.LEVEL_NAMES.get(part, (part, part))) for part in parts)


def _points(value: float, _position: int) -> str:
    return f"{value * 100:+.0f}".replace("-", "−") if round(value, 9) else "0"


def _colour(group: object) -> str:
    """Return the colour of the group's level, as in every figure; groups that are no levels are told by their side."""
    found = [style.LEVEL_COLOURS[part] for part in str(group).split(" · ") if part in style.LEVEL_COLOURS]
    return found[0] if found else style.INK
