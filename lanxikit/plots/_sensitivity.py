"""How far the topics move with the dictionary, the stop words and the unit of analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.plots import style, wording
from lanxikit.tables.usable import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("dictionary", "stop_words", "unit", "reference", "value", "yardstick", "measure")
MEASURES = {
    "overlap": ("shared top words with the reference setting", "与基准设置主题词的重合度"),
    "agreement": ("agreement of the leaves' topics with the reference setting", "条目主题归属与基准设置的一致度"),
}
UNITS = {"leaf": ("leaves", "条目"), "sentence": ("sentences", "句子"), "section": ("sections", "章节")}
LOOKS = {
    "leaf": (style.LEVEL_COLOURS["province"], "o"),
    "sentence": (style.LEVEL_COLOURS["prefecture"], "s"),
    "section": (style.LEVEL_COLOURS["county"], "D"),
}
WORDS = {
    "all": ("terms and places", "术语＋地名"),
    "terms": ("terms", "术语"),
    "places": ("places", "地名"),
    "none": ("no dictionary", "不加词典"),
}
DROPPED = {
    "both": ("stop and formula words dropped", "去停用词和套语"),
    "stop_words": ("stop words dropped", "去停用词"),
    "formula_words": ("formula words dropped", "去套语"),
    "none": ("no word dropped", "不去词"),
}


def topic_sensitivity_data(sensitivity: pd.DataFrame, *, measure: str = "overlap") -> pd.DataFrame:
    """Take one measure off the table of ``lx.topic_sensitivity``, with its yardstick.

    Parameters
    ----------
    sensitivity : DataFrame
        From ``lx.topic_sensitivity``.
    measure : {"overlap", "agreement"}
        What is drawn.

    Returns
    -------
    DataFrame
        A row a setting: ``dictionary``, ``stop_words``, ``unit``, ``reference``,
        ``value`` (0–1; agreement may fall below 0; missing where it was not fitted),
        ``yardstick`` (the reference's stability: what leaving out a tenth of the units
        does to the top words; missing for agreement), ``measure``.

    Raises
    ------
    LanxiError
        An unknown measure, or a table without these columns.

    Examples
    --------
    >>> found = pd.DataFrame({"dictionary": ["all", "none"], "stop_words": "both", "unit": "leaf",
    ...     "reference": [True, False], "overlap": [1.0, 0.5], "stability": [0.7, 0.6]})
    >>> topic_sensitivity_data(found)[["dictionary", "value", "yardstick"]].values.tolist()
    [['all', 1.0, 0.7], ['none', 0.5, 0.7]]
    """
    if measure not in MEASURES:
        raise LanxiError(
            tr("There is no such measure.", "没有这种指标。"),
            where=f"measure: {measure}",
            todo=tr(f"Choose of: {', '.join(MEASURES)}.", f"可选：{'、'.join(MEASURES)}。"),
        )
    asked = (*COLUMNS[:4], measure, "stability")
    need(sensitivity, asked, "sensitivity", "Pass the result of lx.topic_sensitivity.")
    first = sensitivity.loc[sensitivity["reference"].astype("bool"), "stability"]
    data = sensitivity.assign(
        value=sensitivity[measure],
        yardstick=first.iloc[0] if len(first) and measure == "overlap" else float("nan"),
        measure=measure,
    )
    kinds = dict.fromkeys(["dictionary", "stop_words", "unit", "measure"], "str") | {"reference": "bool"}
    return style.rounded(data[list(COLUMNS)].astype(kinds | dict.fromkeys(["value", "yardstick"], "float64")))


def topic_sensitivity(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how much of the reference's topics each setting keeps, a row a dictionary and list of stop words.

    The dashed line is what leaving out a tenth of the units does: marks to its right move the topics no more.

    Parameters
    ----------
    data : DataFrame
        From :func:`topic_sensitivity_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "topic_sensitivity")
    say = style.speaker(lang)
    rows = list(dict.fromkeys(zip(data["dictionary"], data["stop_words"], strict=True)))
    with style.canvas(ax, height=2.4 + 0.75 * max(len(rows), 1)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        kinds = [kind for kind in UNITS if kind in set(data["unit"])]
        for row in data.itertuples(index=False):
            colour, marker = LOOKS[row.unit]
            y = rows.index((row.dictionary, row.stop_words)) + (kinds.index(row.unit) - (len(kinds) - 1) / 2) * 0.28
            look = {"marker": marker, "mec": colour, "mfc": "white" if row.reference else colour}
            ax.plot([row.value], [y], ms=5.5, ls="", zorder=3, clip_on=False, **look)
        line = data["yardstick"].dropna()
        if len(line):
            ax.axvline(line.iloc[0], color=style.GREY, lw=0.8, ls=(0, (4, 3)), zorder=1)
        ax.set_yticks(range(len(rows)), [_row_name(*row, say) for row in rows])
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.set_xlim(min(0.0, data["value"].min(skipna=True) - 0.05), 1.0)
        ax.set_xlabel(say(*MEASURES[data["measure"].iloc[0]]))
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x", color=style.PALE, lw=0.6)
        _key(ax, kinds, say, yardstick=bool(len(line)))
    return ax


def _row_name(dictionary: str, dropped: str, say) -> str:
    words = say(*WORDS[dictionary]) if dictionary in WORDS else wording.cut(dictionary.rstrip("/\\"), 14)
    return f"{words}\n{say(*DROPPED.get(dropped, (dropped, dropped)))}"


def _key(ax: Axes, kinds: list[str], say, *, yardstick: bool) -> None:
    from matplotlib.lines import Line2D

    handles = []
    for kind in kinds:
        colour, marker = LOOKS[kind]
        handles.append(Line2D([], [], marker=marker, ms=5.5, mfc=colour, mec=colour, ls="", label=say(*UNITS[kind])))
    hollow = {"marker": "o", "mfc": "white", "mec": style.INK}
    handles.append(Line2D([], [], ms=5.5, ls="", label=say("reference", "基准"), **hollow))
    if yardstick:
        name = say("without a tenth of the units", "去掉十分之一条目")
        handles.append(Line2D([], [], color=style.GREY, lw=0.8, ls=(0, (4, 3)), label=name))
    style.legend(ax, handles)
