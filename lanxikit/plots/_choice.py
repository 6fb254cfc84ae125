"""How many topics: each measure for each number tried, as bands over the runs, and the verdict in words."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style
from lanxikit.tables.topic_verdict import MEASURES, not_behind, verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = (
    "method", "measure", "n_topics", "mean", "low", "high", "run_low", "run_high", "n_runs", "not_behind",
    "verdict", "verdict_zh",
)  # fmt: skip
TITLES = {
    "stability": ("stability of\ntop words", "主题词稳定性"),
    "agreement": ("agreement of\nassignment (ARI)", "归类一致性（ARI）"),
    "npmi": ("coherence\n(NPMI)", "一致性（NPMI）"),
    "c_v": ("coherence\n(c_v)", "一致性（c_v）"),
    "coherence": ("coherence", "一致性"),
}
COLOUR = style.LEVEL_COLOURS["province"]


def choose_n_topics_data(choice: pd.DataFrame) -> pd.DataFrame:
    """Bring the table of ``lx.choose_n_topics`` into long form, with its bands and its verdict.

    Parameters
    ----------
    choice : DataFrame
        From ``lx.choose_n_topics``, of one method or of several: ``n_topics`` and, of each
        measure, ``<measure>_mean`` and ``<measure>_std``.

    Returns
    -------
    DataFrame
        A row a method, measure and number of topics: ``method``; ``measure``
        (``stability``, ``agreement``, ``npmi``, ``c_v``; ``coherence`` where the table
        has no other); ``n_topics``; ``mean``, ``low`` and ``high`` (mean ∓ one standard
        deviation over the runs); ``run_low`` and ``run_high`` (the middle 95 % of the
        runs); ``n_runs``; ``not_behind`` (its spread overlaps with that of the best);
        ``verdict`` and ``verdict_zh`` (one text for a method).

    Examples
    --------
    >>> choice = pd.DataFrame({"n_topics": [5, 8], "coherence_mean": [0.4, 0.2], "coherence_std": [0.1, 0.05],
    ...     "stability_mean": [0.8, 0.6], "stability_std": [0.05, 0.05], "n_seeds": [10, 10]})
    >>> data = choose_n_topics_data(choice)
    >>> data[["measure", "n_topics", "low", "high", "not_behind"]].values.tolist()
    [['stability', 5, 0.75, 0.85, True], ['stability', 8, 0.55, 0.65, False],
     ['coherence', 5, 0.3, 0.5, True], ['coherence', 8, 0.15, 0.25, False]]
    """
    parts = []
    whole = choice if "method" in choice else choice.assign(method="")
    for method, table in whole.groupby("method", sort=False):
        if "npmi_mean" not in table and "coherence_mean" in table:
            table = table.rename(columns=lambda name: name.replace("coherence_", "npmi_"))
            named = {"npmi": "coherence"}
        else:
            named = {}
        words = verdict(table, "en"), verdict(table, "zh")
        good = not_behind(table)
        runs = table["n_seeds"] * table.get("n_subsamples", 1)
        for measure in MEASURES:
            if f"{measure}_mean" not in table:
                continue
            mean = table[f"{measure}_mean"]
            spread = table[f"{measure}_std"].fillna(0.0)
            parts.append(
                pd.DataFrame(
                    {
                        "method": method,
                        "measure": named.get(measure, measure),
                        "n_topics": table["n_topics"],
                        "mean": mean,
                        "low": mean - spread,
                        "high": mean + spread,
                        "run_low": table.get(f"{measure}_low"),
                        "run_high": table.get(f"{measure}_high"),
                        "n_runs": runs,
                        "not_behind": table["n_topics"].isin(good.get(measure, table["n_topics"])),
                        "verdict": words[0],
                        "verdict_zh": words[1],
                    }
                ).sort_values("n_topics", kind="stable")
            )
    data = pd.concat(parts) if parts else pd.DataFrame(columns=COLUMNS)
    kinds = dict.fromkeys(["mean", "low", "high", "run_low", "run_high"], "float64")
    kinds |= dict.fromkeys(["method", "measure", "verdict", "verdict_zh"], "str")
    return style.rounded(data.astype(kinds | {"n_topics": "int64", "n_runs": "int64", "not_behind": "bool"}))


def choose_n_topics(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw each measure against the number of topics as bands over the runs; say the verdict below.

    The dark band is one standard deviation to each side of the mean, the light one the
    middle 95 % of the runs. A full dot is a number of topics whose spread overlaps with
    that of the best one, a hollow dot one that is behind.

    Parameters
    ----------
    data : DataFrame
        From :func:`choose_n_topics_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`. The panels are laid into ``ax``, a row a
        method, a column a measure.

    Returns
    -------
    Axes
        The frame; its panels are ``ax.child_axes``.
    """
    style.need(data, COLUMNS, "choose_n_topics")
    named = data["method"].astype("object").fillna("")  # an empty name comes back missing from a CSV file
    data = data.assign(method=named)
    say = style.speaker(lang)
    methods = list(dict.fromkeys(data["method"]))
    room = style.WIDTH / 2.54 if ax is None else ax.get_position().width * ax.figure.get_figwidth()
    with style.canvas(ax, height=1.6 + 5.6 * max(1, len(methods))) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        ax.set_axis_off()
        measures = list(dict.fromkeys(data["measure"]))
        row, column = 1 / len(methods), 1 / len(measures)
        for i, method in enumerate(methods):
            part = data[data["method"] == method]
            for j, measure in enumerate(measures):
                box = (j * column + 0.035, 1 - (i + 1) * row + 0.36 * row, column - 0.055, 0.46 * row)
                panel = ax.inset_axes(box)
                _panel(panel, part[part["measure"] == measure])
                panel.set_title(say(*TITLES[measure]) if i == 0 else "", loc="left", fontsize=style.SMALL)
            words = part["verdict" if lang == "en" else "verdict_zh"].iloc[0]
            name = f"{method.upper()}{say(': ', '：')}" if method else ""
            ax.text(
                0.0,
                1 - (i + 1) * row + 0.185 * row,
                "\n".join(_lines(name + words, room * 72 / style.NORMAL)),
                va="top",
                transform=ax.transAxes,
            ).set_in_layout(False)
            ax.text(
                0.5,
                1 - (i + 1) * row + 0.24 * row,
                say("number of topics", "主题数"),
                ha="center",
                va="center",
                fontsize=style.SMALL,
                transform=ax.transAxes,
            )
        runs = int(data["n_runs"].iloc[0])
        _key(ax, say, runs)
    return ax


def _lines(text: str, ems: float) -> list[str]:
    """Break a text into lines of so many ems: at blanks, in Chinese after any character but before no stop."""
    if text.isascii():
        return wrap(text, int(ems / 0.52))
    lines, used = [""], 0.0
    for char in text:
        wide = 0.55 if char.isascii() else 1.0
        if used + wide > ems - 1 and char not in "，。、；：）":
            lines, used = [*lines, ""], 0.0
        lines[-1] += char
        used += wide
    return [line.strip() for line in lines]


def _panel(panel: Axes, part: pd.DataFrame) -> None:
    """One measure of one method: the bands, and a dot for each number tried."""
    x = part["n_topics"]
    if part["run_low"].notna().all():
        panel.fill_between(x, part["run_low"], part["run_high"], color=style.tint(COLOUR, 0.14), lw=0)
    panel.fill_between(x, part["low"], part["high"], color=style.tint(COLOUR, 0.36), lw=0)
    for good, fill in ((True, COLOUR), (False, "white")):
        dots = part[part["not_behind"] == good]
        panel.plot(dots["n_topics"], dots["mean"], ls="", marker="o", ms=4.5, mfc=fill, mec=COLOUR, mew=0.9)
    panel.set_xticks(list(x))
    pad = 0.08 * max(float(x.max() - x.min()), 1.0)
    panel.set_xlim(x.min() - pad, x.max() + pad)
    panel.locator_params(axis="y", nbins=4)
    panel.grid(axis="y", color=style.PALE, lw=0.6)
    panel.tick_params(labelsize=style.SMALL, labelfontfamily=style.fonts.family())


def _key(ax: Axes, say, runs: int) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    dot = {"ls": "", "marker": "o", "ms": 4.5, "mec": COLOUR}
    handles = [
        Patch(
            color=style.tint(COLOUR, 0.36),
            label=say(f"± one standard deviation, {runs} runs", f"±1 个标准差（{runs} 次运行）"),
        ),
        Patch(color=style.tint(COLOUR, 0.14), label=say("middle 95 % of the runs", "中间 95% 的运行")),
        Line2D([], [], **dot, mfc=COLOUR, label=say("not behind the best", "不落后于最佳")),
        Line2D([], [], **dot, mfc="white", label=say("behind", "落后")),
    ]
    style.legend(ax, handles, bbox_to_anchor=(0, 0.97))
