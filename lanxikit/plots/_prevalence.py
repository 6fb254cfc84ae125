"""How much room the topics take at each level and in each year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("topic", "words", "doc_level", "year", "prevalence", "low", "high", "n_units", "stability")
MARKERS = "osD^vP*X"


def topic_prevalence_data(
    prevalence: pd.DataFrame, topics: pd.DataFrame | None = None, *, n_words: int = 4
) -> pd.DataFrame:
    """Put the prevalence of each topic by level and year in drawing order, with the topic's words.

    Parameters
    ----------
    prevalence : DataFrame
        What ``TopicModel.prevalence_by(units, ["level", "year"])`` returns. Where ``level`` (or
        ``doc_level``) or ``year`` is missing, the groups are told apart by the other one.
    topics : DataFrame, optional
        ``TopicModel.topics_``.
    n_words : int
        How many of a topic's best words stand for it.

    Returns
    -------
    DataFrame
        A row a topic and group: ``topic``, ``words``, ``doc_level``, ``year``, ``prevalence``
        (mean share of the topic in the group's units, 0–1), ``low`` and ``high`` (its interval),
        ``n_units``, ``stability`` (of the topic; missing where the table does not say).

    Examples
    --------
    >>> prevalence = pd.DataFrame({"doc_level": ["county", "province"], "year": 2022, "topic": 0,
    ...     "prevalence": [0.2, 0.3], "low": [0.1, 0.2], "high": [0.3, 0.4], "n_units": [25, 69]})
    >>> topics = pd.DataFrame({"topic": 0, "term": ["铁路", "公路"], "rank": [1, 2]})
    >>> topic_prevalence_data(prevalence, topics)[["words", "doc_level"]].values.tolist()
    [['铁路 公路', 'province'], ['铁路 公路', 'county']]
    """
    if "doc_level" not in prevalence and "level" in prevalence:
        prevalence = prevalence.rename(columns={"level": "doc_level"})
    data = prevalence.assign(words=prevalence["topic"].map(_words(topics, n_words)))
    for column in ("doc_level", "year", "n_units", "stability"):
        if column not in data:
            data[column] = None
    level = data["doc_level"].astype("object")
    rank = level.map({name: i for i, name in enumerate(style.LEVELS)}).fillna(len(style.LEVELS))
    data = data.assign(doc_level=level, _rank=rank).sort_values(["topic", "_rank", "year"], kind="stable")
    kinds = dict.fromkeys(["words", "doc_level"], "str") | dict.fromkeys(["year", "n_units"], "Int64")
    kinds |= dict.fromkeys(["prevalence", "low", "high", "stability"], "float64")
    return style.rounded(data[list(COLUMNS)].astype(kinds))


def _words(topics: pd.DataFrame | None, n_words: int) -> dict:
    if topics is None:
        return {}
    best = topics[topics["rank"] <= n_words].sort_values(["topic", "rank"], kind="stable")
    return {topic: " ".join(part["term"]) for topic, part in best.groupby("topic", sort=False)}


def topic_prevalence(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the prevalence of each topic, a mark with its interval for each level and year.

    The marks of a topic with a stability below 0.5 are hollow.

    Parameters
    ----------
    data : DataFrame
        From :func:`topic_prevalence_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "topic_prevalence")
    say = style.speaker(lang)
    topics = list(dict.fromkeys(data["topic"]))
    keys = data[["doc_level", "year"]].drop_duplicates()
    groups = sorted((_group(row) for row in keys.itertuples(index=False)), key=_group_order)
    years = sorted({year for _, year in groups if year is not None})
    pitch = 0.28 * max(len(groups), 1) + 0.35
    with style.canvas(ax, height=1.9 + pitch * max(len(topics), 1)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        step = 0.28 / pitch
        for y, topic in enumerate(topics):
            if y % 2 == 0:
                ax.axhspan(y - 0.5, y + 0.5, color="#f5f5f5", lw=0, zorder=0)
            for row in data[data["topic"] == topic].itertuples(index=False):
                at = y + (groups.index(_group(row)) - (len(groups) - 1) / 2) * step
                _mark(ax, at, row, years)
        ax.set_yticks(range(len(topics)), [_name(data, topic, say) for topic in topics])
        ax.set_ylim(len(topics) - 0.5, -0.5)
        ax.set_xlim(left=0)
        below = say("share of the topic in the units (mean, with interval)", "主题在条目中的占比（均值及区间）")
        if any(map(style.unstable, data["stability"])):
            below += "\n" + say("hollow: stability below 0.5", "空心：稳定性低于 0.5")
        ax.set_xlabel(below)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x", color=style.PALE, lw=0.6)
        _groups_key(ax, data, groups, years, say)
    return ax


def _group(row) -> tuple[str | None, int | None]:
    return (row.doc_level if isinstance(row.doc_level, str) else None, None if pd.isna(row.year) else int(row.year))


def _group_order(group: tuple) -> tuple:
    level, year = group
    return (style.LEVELS.index(level) if level in style.LEVELS else len(style.LEVELS), year or 0)


def _name(data: pd.DataFrame, topic: object, say) -> str:
    words = data.loc[data["topic"] == topic, "words"].iloc[0]
    title = say(f"Topic {topic}", f"主题{topic}")
    return f"{title}\n{wording.wrap(words, 11)}" if isinstance(words, str) else title


def _look(level: str | None, year: int | None, years: list[int]) -> dict:
    marker = MARKERS[years.index(year) % len(MARKERS)] if year in years else "o"
    return {"marker": marker, "color": style.LEVEL_COLOURS.get(level, style.GREY)}


def _mark(ax: Axes, y: float, row, years: list[int]) -> None:
    look = _look(*_group(row), years)
    ax.plot([row.low, row.high], [y, y], color=look["color"], lw=1.3, solid_capstyle="butt", zorder=2)
    hollow = style.unstable(row.stability)
    edge = {"mfc": "white", "mec": look["color"], "mew": 1.0} if hollow else {"mec": "white", "mew": 0.6}
    ax.plot([row.prevalence], [y], ms=5, ls="", zorder=3, **look, **edge)


def _groups_key(ax: Axes, data: pd.DataFrame, groups: list, years: list[int], say) -> None:
    from matplotlib.lines import Line2D

    size = {_group(row): row.n_units for row in data.itertuples(index=False)}
    handles = []
    for level, year in groups:
        parts = [say(*style.LEVEL_NAMES.get(level, (level, level))) if level else None, str(year) if year else None]
        name = " ".join(part for part in parts if part)
        if not pd.isna(size[level, year]):
            name += f" (n = {size[level, year]})"
        handles.append(Line2D([], [], lw=1.3, ms=5, mec="white", mew=0.6, label=name, **_look(level, year, years)))
    across = min(len(handles), 3)
    ordered = [handles[i] for col in range(across) for i in range(col, len(handles), across)]  # keys run down columns
    style.legend(ax, ordered, ncols=across)
