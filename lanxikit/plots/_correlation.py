"""Which topics go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording
from lanxikit.tables.usable import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("topic", "label", "other", "other_label", "correlation", "low", "high", "unrelated", "stands")
MORE, LESS = style.STATUS_COLOURS["taken_up"], style.LEVEL_COLOURS["prefecture"]
FULL = 0.4  # distance from unrelated at which the colour is full


def topic_correlation_data(correlation: pd.DataFrame) -> pd.DataFrame:
    """Say of each pair of topics whether its correlation stands out from that of unrelated topics.

    Parameters
    ----------
    correlation : DataFrame
        From ``lx.topic_correlation``.

    Returns
    -------
    DataFrame
        ``topic, label, other, other_label``; ``correlation`` of the log-ratios, −1 to 1; ``low,
        high``; ``unrelated``; ``stands``: ``more`` or ``less`` often together than unrelated
        topics, where the interval leaves ``unrelated`` out, else ``open``.

    Raises
    ------
    TableError
        Not the result of ``lx.topic_correlation``.

    Examples
    --------
    >>> pairs = pd.DataFrame({"topic": [1, 1], "label": "水", "other": [2, 3], "other_label": ["路", "城"],
    ...     "correlation": [0.2, -0.1], "low": [0.1, -0.2], "high": [0.3, 0.0], "unrelated": -0.1})
    >>> topic_correlation_data(pairs)["stands"].tolist()
    ['more', 'open']
    """
    need(correlation, COLUMNS[:-1], "correlation", "Pass the result of lx.topic_correlation.")
    more, less = correlation["low"] > correlation["unrelated"], correlation["high"] < correlation["unrelated"]
    stands = pd.Series("open", index=correlation.index).mask(more, "more").mask(less, "less")
    kinds = dict.fromkeys(["label", "other_label", "stands"], "str") | {"topic": "int64", "other": "int64"}
    kinds |= dict.fromkeys(["correlation", "low", "high", "unrelated"], "float64")
    return style.rounded(correlation.assign(stands=stands)[list(COLUMNS)].astype(kinds))


def topic_correlation(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the correlation of each pair of topics; pairs that do not stand out stay pale.

    Below each correlation stands its interval, where there are eleven topics or fewer.

    Parameters
    ----------
    data : DataFrame
        From :func:`topic_correlation_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "topic_correlation")
    say = style.speaker(lang)
    labels = dict(zip(data["topic"], data["label"], strict=True))
    labels |= dict(zip(data["other"], data["other_label"], strict=True))
    topics = sorted(labels)
    with style.canvas(ax, height=3.1 + min(0.72 * len(topics), 19)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        from matplotlib.patches import Patch, Rectangle

        wide = len(topics) <= 11  # cells that hold an interval
        place = {topic: number for number, topic in enumerate(topics)}
        for row in data.itertuples(index=False):
            x, y = place[row.topic], place[row.other]
            away = min(abs(row.correlation - row.unrelated) / FULL, 1) if row.stands != "open" else 0
            colour = style.tint(MORE if row.stands == "more" else LESS, 0.2 + 0.8 * away) if away else style.PALE
            ax.add_patch(Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, fc=colour, lw=0))
            said = _written(row.correlation)
            if pd.notna(row.low) and wide:
                said += f"\n{_written(row.low)}, {_written(row.high)}"
            ink = style.GREY if row.stands == "open" else style.ink_on(colour)
            ax.text(x, y, said, ha="center", va="center", fontsize=style.SMALL - 0.5, color=ink)
        room = min(5.0, max(2.0, 46 / len(topics)))
        ax.set_xticks(range(len(topics) - 1), [_stacked(labels[topic], room) for topic in topics[:-1]])
        ax.set_yticks(range(1, len(topics)), [wording.cut(labels[topic], 13) for topic in topics[1:]])
        ends = [_written(data["unrelated"].agg(end)) for end in ("min", "max")]  # each pair has a value of its own
        what = say("correlation of log-ratios", "对数比的相关系数")
        what += say(" and its interval", "及其区间") if wide else ""
        about = what + say("; unrelated topics: {} to {}, by pair", "；无关主题：{} 至 {}，因主题对而异").format(*ends)
        ax.set_xlabel(about, loc="left")
        ax.set_xlim(-0.5, len(topics) - 1.5)
        ax.set_ylim(len(topics) - 0.5, 0.5)
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        style.legend(ax, [
            Patch(color=style.tint(MORE, 0.7), label=say("more often together than unrelated topics", "多于无关主题")),
            Patch(color=style.tint(LESS, 0.7), label=say("less often", "少于无关主题")),
            Patch(color=style.PALE, label=say("cannot be told", "无法判断")),
        ])  # fmt: skip
    return ax


def _written(value: float) -> str:
    """Return a correlation with two decimals and no 0 before the point, which it has always."""
    if pd.isna(value):
        return "–"
    return f"{round(value, 2) + 0.0:.2f}".replace("0.", ".").replace("-", "−")


def _stacked(label: str, room: float) -> str:
    """Return a label in at most three lines, a word each where they fit."""
    words = label.split("·")
    if len(words) in (2, 3):
        return "\n".join(wording.cut(word, room) for word in words)
    return wording.wrap(label, room, 3)
