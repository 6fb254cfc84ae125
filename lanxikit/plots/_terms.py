"""What the topics are about: their best words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("topic", "term", "weight", "rank", "share", "stability")
ACROSS = 4  # blocks side by side


def topic_terms_data(topics: pd.DataFrame, *, n_terms: int = 8) -> pd.DataFrame:
    """Keep the best words of each topic.

    Parameters
    ----------
    topics : DataFrame
        ``TopicModel.topics_``.
    n_terms : int
        How many.

    Returns
    -------
    DataFrame
        ``topic``, ``term``, ``weight``, ``rank`` (from 1), ``share`` (weight ÷ the topic's
        largest, 0–1) and ``stability`` (of the topic; missing where the table does not say).

    Examples
    --------
    >>> topics = pd.DataFrame({"topic": 0, "term": ["铁路", "公路"], "weight": [0.4, 0.1], "rank": [1, 2]})
    >>> topic_terms_data(topics)["share"].tolist()
    [1.0, 0.25]
    """
    data = topics[topics["rank"] <= n_terms].sort_values(["topic", "rank"], kind="stable")
    most = data.groupby("topic", sort=False)["weight"].transform("max")
    data = data.assign(share=(data["weight"] / most.where(most > 0)).fillna(0.0))
    if "stability" not in data:
        data["stability"] = None
    kinds = {"term": "str", "weight": "float64", "rank": "int64", "share": "float64", "stability": "float64"}
    return style.rounded(data[list(COLUMNS)].astype(kinds))


def topic_terms(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the best words of each topic, a block of bars for each; hollow bars where its stability is below 0.5.

    Parameters
    ----------
    data : DataFrame
        From :func:`topic_terms_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "topic_terms")
    say = style.speaker(lang)
    topics = list(dict.fromkeys(data["topic"]))
    deep = int(data["rank"].max()) if len(data) else 1
    down = -(-len(topics) // ACROSS)
    with style.canvas(ax, height=0.4 + down * (0.44 * deep + 1.0)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        ax.set_axis_off()
        for i, topic in enumerate(topics):
            left, top = i % ACROSS, (i // ACROSS) * (deep + 2.2)
            rows = data[data["topic"] == topic]
            shaky = style.unstable(rows["stability"].iloc[0])
            colour = style.LEVEL_COLOURS["province"]
            look = {"facecolor": "white", "edgecolor": colour, "lw": 0.8} if shaky else {"color": colour}
            name = say(f"Topic {topic}", f"主题{topic}") + (say(", unstable", "（不稳定）") if shaky else "")
            ax.text(left, top, name, va="center")
            ax.plot([left, left + 0.9], [top + 0.6, top + 0.6], color=style.RULE, lw=0.6)
            for row in rows.itertuples(index=False):
                y = top + 0.35 + row.rank
                ax.text(left, y, wording.cut(row.term, 7), va="center", fontsize=style.SMALL)
                ax.barh(y, 0.44 * row.share, left=left + 0.46, height=0.55, **look)
        ax.set_xlim(0, ACROSS - 0.08)
        ax.set_ylim(down * (deep + 2.2) - 1.2, -0.8)
    return ax
