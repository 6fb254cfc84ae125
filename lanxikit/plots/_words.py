"""What the topics are about by three measures: weight, relevance, FREX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording
from lanxikit.tables.usable import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("topic", "label", "measure", "rank", "term", "new")
MEASURES = {"weight": ("weight", "权重"), "relevance": ("relevance", "相关度"), "frex": ("FREX", "FREX")}
ROW = 0.36  # cm


def topic_words_data(words: pd.DataFrame, *, n_terms: int = 8) -> pd.DataFrame:
    """Keep the best words of each topic and measure, and mark those that plain weight does not show.

    Parameters
    ----------
    words : DataFrame
        From ``lx.topic_words``.
    n_terms : int
        How many of each measure; for more than fifteen topics, 5 fit on a page.

    Returns
    -------
    DataFrame
        ``topic``; ``label``; ``measure``; ``rank`` (from 1); ``term``; ``new``, whether it is not
        among the topic's best by plain weight.

    Raises
    ------
    TableError
        Not the result of ``lx.topic_words``.

    Examples
    --------
    >>> words = pd.DataFrame({"topic": 1, "label": "路", "measure": ["weight", "frex"], "rank": 1,
    ...     "term": ["建设", "铁路"]})
    >>> topic_words_data(words)[["term", "new"]].values.tolist()
    [['建设', False], ['铁路', True]]
    """
    need(words, COLUMNS[:5], "words", "Pass the result of lx.topic_words.")
    data = words[words["rank"] <= n_terms].astype({"measure": "str"})
    plain = set(data.loc[data["measure"] == "weight", ["topic", "term"]].itertuples(index=False, name=None))
    pairs = data[["topic", "term"]].itertuples(index=False, name=None)
    data = data.assign(new=[pair not in plain for pair in pairs], _order=data["measure"].map(list(MEASURES).index))
    data = data.sort_values(["topic", "_order", "rank"], kind="stable")
    kinds = dict.fromkeys(["label", "measure", "term"], "str") | {"topic": "int64", "rank": "int64", "new": "bool"}
    return data[list(COLUMNS)].astype(kinds).reset_index(drop=True)


def topic_words(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """List the best words of each topic, a block for each, a column for each measure.

    Words that plain weight does not show are set on a coloured ground.

    Parameters
    ----------
    data : DataFrame
        From :func:`topic_words_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "topic_words")
    say = style.speaker(lang)
    topics = list(dict.fromkeys(data["topic"]))
    deep = int(data["rank"].max()) if len(data) else 1
    across = 2 if len(topics) <= 10 else 3  # blocks side by side
    down = -(-len(topics) // across)
    tall = deep + 3.2
    with style.canvas(ax, height=0.6 + down * ROW * tall) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        ax.set_axis_off()
        ground = style.tint(style.LEVEL_COLOURS["county"], 0.45)
        step = 0.94 / len(MEASURES)
        for i, topic in enumerate(topics):
            part = data[data["topic"] == topic]
            left, top = i % across, (i // across) * tall
            title = f"{say(f'Topic {topic}', f'主题{topic}')}  {part['label'].iloc[0]}"
            ax.text(left, top, wording.cut(title, 42 / across), va="center")
            ax.plot([left, left + 0.92], [top + 0.6, top + 0.6], color=style.RULE, lw=0.6)
            for column, (measure, name) in enumerate(MEASURES.items()):
                at = left + column * step
                ax.text(at, top + 1.1, say(*name), va="center_baseline", fontsize=style.SMALL, color=style.GREY)
                for row in part[part["measure"] == measure].itertuples(index=False):
                    word = ax.text(at, top + 1.25 + row.rank, wording.cut(row.term, 18 / across), va="center",
                                   fontsize=style.SMALL)  # fmt: skip
                    if row.new:
                        word.set_bbox({"facecolor": ground, "lw": 0, "pad": 0.9})
        ax.set_xlim(-0.01, across)
        ax.set_ylim(down * tall - 1.2, -1.6)
        from matplotlib.patches import Patch

        style.legend(ax, [Patch(color=ground, label=say("not among the best by weight", "按权重未列出的词"))])
    return ax
