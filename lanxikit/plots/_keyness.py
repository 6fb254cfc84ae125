"""Which words set one group of units apart from another: bars to either side, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording
from lanxikit.tables.usable import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = (
    "side", "rank", "term", "log_ratio", "low", "high", "g2",
    "target_count", "reference_count", "target_documents", "reference_documents",
)  # fmt: skip
COLOURS = {"target": style.LEVEL_COLOURS["province"], "reference": style.LEVEL_COLOURS["prefecture"]}
SIDES = {"target": ("the target", "目标组"), "reference": ("the reference", "参照组")}
ROW = 0.46  # cm


def keyness_data(keyness: pd.DataFrame, *, n_words: int = 12, min_documents: int = 1) -> pd.DataFrame:
    """Keep the words that speak most for either group.

    Parameters
    ----------
    keyness : DataFrame
        From ``lx.keyness``.
    n_words : int
        How many for either group, by G².
    min_documents : int
        In how many documents of its group a word must stand.

    Returns
    -------
    DataFrame
        ``side`` (``target``, ``reference``), ``rank`` (from 1, by ``g2``), ``term``, ``log_ratio``,
        ``low``, ``high`` (its interval), ``g2``, ``target_count``, ``reference_count``,
        ``target_documents``, ``reference_documents``.

    Raises
    ------
    TableError
        Not the result of ``lx.keyness``.

    Examples
    --------
    >>> table = pd.DataFrame({"term": ["铁路", "公路"], "log_ratio": [1.0, -2.0], "log_ratio_low": 0.5,
    ...     "log_ratio_high": 1.5, "g2": [9.0, 4.0], "target_count": 4, "reference_count": 2,
    ...     "target_documents": 2, "reference_documents": 1})
    >>> keyness_data(table)[["side", "rank", "term"]].values.tolist()
    [['target', 1, '铁路'], ['reference', 1, '公路']]
    """
    asked = ["term", "log_ratio", "log_ratio_low", "log_ratio_high", *COLUMNS[6:]]
    need(keyness, asked, "keyness", "Pass the result of lx.keyness.")
    data = keyness.rename(columns={"log_ratio_low": "low", "log_ratio_high": "high"})
    parts = []
    for side, mine in (("target", data["log_ratio"] > 0), ("reference", data["log_ratio"] < 0)):
        part = data[mine & (data[f"{side}_documents"] >= min_documents)]
        part = part.sort_values(["g2", "term"], ascending=[False, True], kind="stable").head(n_words)
        parts.append(part.assign(side=side, rank=range(1, len(part) + 1)))
    kinds = dict.fromkeys(["side", "term"], "str") | dict.fromkeys(["rank", *COLUMNS[7:]], "int64")
    kinds |= dict.fromkeys(["log_ratio", "low", "high", "g2"], "float64")
    return style.rounded(pd.concat(parts)[list(COLUMNS)].astype(kinds))


def keyness(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", sides: tuple[str, str] | None = None
) -> Axes:
    """Draw the words of the target to the right, those of the reference to the left.

    Bar: log ratio; line: its interval; a pale bar has none. To the right: occurrences in target and
    reference, and how many documents of the word's own group hold it.

    Parameters
    ----------
    data : DataFrame
        From :func:`keyness_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.
    sides : tuple of str, optional
        What target and reference are called.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "keyness")
    say = style.speaker(lang)
    called = dict(zip(SIDES, sides, strict=True)) if sides else {side: say(*words) for side, words in SIDES.items()}
    with style.canvas(ax, height=2.6 + ROW * (len(data) + 2)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        reach = 1.06 * max(1.0, data[["log_ratio", "low", "high"]].abs().max().max())
        both = data["side"].nunique() > 1
        places = [i + (both and side == "reference") for i, side in enumerate(data["side"])]
        lone = bool((data[["target_documents", "reference_documents"]] <= 1).all(axis=None))
        for y, row in zip(places, data.itertuples(index=False), strict=True):
            _bar(ax, y, row, reach, None if lone else say)
        head = " : ".join(wording.cut(name, 8 if lone else 5.5) for name in called.values())
        head += "" if lone else say(" · in", " · 所在")
        ax.text(1.04 * reach, -0.95, head, va="center", color=style.GREY, fontsize=style.SMALL)
        ax.axvline(0, color=style.GREY, lw=0.6)
        ax.set_xlim(-reach, 1.75 * reach)
        ax.set_ylim(places[-1] + 0.7, -1.4)
        ax.set_yticks(places, [wording.cut(term, 10) for term in data["term"]])
        ax.tick_params(axis="y", length=0)
        for edge in ("left", "bottom"):
            ax.spines[edge].set_visible(False)
        step = max(1, round(reach / 4))
        ax.set_xticks([tick for tick in range(-4 * step, 4 * step + 1, step) if abs(tick) <= reach])
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:+g}".replace("-", "−") if value else "0")
        ax.grid(axis="x", color=style.PALE, lw=0.6)
        ax.set_xlabel(
            say("log ratio: +1 twice as common in {}, −1 in {}; line: interval over units",
                "对数比：+1 表示在{}中多一倍，−1 表示在{}中多一倍；横线：按条目重抽的区间").format(*called.values())
        )  # fmt: skip
        _key(ax, called, say)
    return ax


def _bar(ax: Axes, y: float, row, reach: float, say) -> None:
    known = pd.notna(row.low) and pd.notna(row.high)
    ax.barh(y, row.log_ratio, height=0.66, color=style.tint(COLOURS[row.side], 0.75 if known else 0.3), lw=0)
    if known:
        ax.plot([row.low, row.high], [y, y], color=style.INK, lw=0.9, solid_capstyle="butt")
    n = row.target_documents if row.side == "target" else row.reference_documents
    words = f"{row.target_count} : {row.reference_count}"
    if say:  # None: nowhere more than one document
        words += " · " + say(f"{n} doc{'s' if n != 1 else ''}", f"{n} 份文件")
    ax.text(1.04 * reach, y, words, va="center", color=style.GREY, fontsize=style.SMALL)


def _key(ax: Axes, called: dict[str, str], say) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(color=style.tint(COLOURS[side], 0.75), label=called[side]) for side in SIDES]
    handles.append(Patch(color=style.tint(style.INK, 0.25), label=say("pale: no interval", "浅色：无区间")))
    style.legend(ax, handles)
