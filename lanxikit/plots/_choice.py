"""How many topics: coherence and stability for each number tried, over the seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("n_topics", "measure", "mean", "low", "high", "n_seeds")
MEASURES = {"coherence": ("coherence", "一致性"), "stability": ("stability", "稳定性")}
LOOKS = {"coherence": (style.LEVEL_COLOURS["province"], "o"), "stability": (style.LEVEL_COLOURS["prefecture"], "s")}


def choose_n_topics_data(choice: pd.DataFrame) -> pd.DataFrame:
    """Bring the table of ``lx.choose_n_topics`` into long form, with a band of one standard deviation.

    Parameters
    ----------
    choice : DataFrame
        From ``lx.choose_n_topics``: ``n_topics`` and, of each measure, its mean (``coherence``
        or ``coherence_mean``) and spread (``coherence_sd`` or ``coherence_std``).

    Returns
    -------
    DataFrame
        A row a number of topics and measure: ``n_topics``, ``measure`` (``coherence``,
        ``stability``), ``mean``, ``low`` and ``high`` (mean ∓ one standard deviation over the
        seeds), ``n_seeds``.

    Examples
    --------
    >>> choice = pd.DataFrame({"n_topics": [5], "coherence_mean": [0.4], "coherence_sd": [0.1],
    ...     "stability_mean": [0.3], "stability_sd": [0.05], "n_seeds": [10]})
    >>> choose_n_topics_data(choice)[["measure", "low", "high"]].values.tolist()
    [['coherence', 0.3, 0.5], ['stability', 0.25, 0.35]]
    """
    parts = []
    for measure in MEASURES:
        mean = _first(choice, measure, f"{measure}_mean")
        spread = _first(choice, f"{measure}_sd", f"{measure}_std", f"{measure}_spread")
        if mean is None:
            continue
        spread = 0.0 if spread is None else spread.fillna(0.0)
        seeds = _first(choice, "n_seeds", "n_runs")
        parts.append(
            pd.DataFrame(
                {
                    "n_topics": choice["n_topics"],
                    "measure": measure,
                    "mean": mean,
                    "low": mean - spread,
                    "high": mean + spread,
                    "n_seeds": pd.NA if seeds is None else seeds,
                }
            )
        )
    data = pd.concat(parts) if parts else pd.DataFrame(columns=COLUMNS)
    kinds = {"n_topics": "int64", "measure": "str", "n_seeds": "Int64"} | dict.fromkeys(
        ["mean", "low", "high"], "float64"
    )
    return style.rounded(data.astype(kinds).sort_values(["measure", "n_topics"], kind="stable"))


def _first(frame: pd.DataFrame, *names: str) -> pd.Series | None:
    return next((frame[name] for name in names if name in frame), None)


def choose_n_topics(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw coherence and stability against the number of topics, each with its band over the seeds.

    Parameters
    ----------
    data : DataFrame
        From :func:`choose_n_topics_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "choose_n_topics")
    say = style.speaker(lang)
    with style.canvas(ax, height=7.0) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        for measure, part in data.groupby("measure", sort=False):
            colour, marker = LOOKS[measure]
            ax.fill_between(part["n_topics"], part["low"], part["high"], color=style.tint(colour, 0.22), lw=0)
            ax.plot(
                part["n_topics"],
                part["mean"],
                marker=marker,
                ms=5,
                mec="white",
                color=colour,
                label=say(*MEASURES[measure]),
            )
        ax.set_xticks(sorted(set(data["n_topics"])))
        ax.set_xlabel(say("number of topics", "主题数"))
        seeds = data["n_seeds"].dropna()
        over = say(f" over {seeds.iloc[0]} seeds", f"，{seeds.iloc[0]} 个随机种子") if len(seeds) else ""
        ax.set_ylabel(say("mean and one standard deviation", "均值与一个标准差") + over)
        ax.grid(axis="y", color=style.PALE, lw=0.6)
        style.legend(ax, ax.get_legend_handles_labels()[0])
    return ax
