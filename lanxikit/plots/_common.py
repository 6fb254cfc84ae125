"""The most common words of groups of units, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.plots import style, wording
from lanxikit.tables.usable import need, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

COLUMNS = ("group", "term", "count", "rate", "rank")
ROW = 0.48  # cm
MOST_GROUPS = 16


def common_words_data(features: pd.DataFrame, *, n_words: int = 20) -> pd.DataFrame:
    """Take the words that are most common over all groups, and their rates in each.

    Parameters
    ----------
    features : DataFrame
        ``lx.dfm(units, by=…).to_table()``: counts, a row a group and word.
    n_words : int
        How many: those of the highest mean rate, each group counting alike.

    Returns
    -------
    DataFrame
        A row a word and group: ``group``, ``term``, ``count``, ``rate`` (per 1,000 words of the
        group), ``rank`` (of the word, from 1).

    Raises
    ------
    TableError
        Not a table of features, or of weights instead of counts.

    Examples
    --------
    >>> features = pd.DataFrame(
    ...     {"unit_id": ["a", "a", "b"], "term": ["铁路", "公路", "铁路"], "value": [1.0, 3.0, 2.0]})
    >>> common_words_data(features, n_words=1).values.tolist()
    [['a', '铁路', 1, 250.0, 1], ['b', '铁路', 2, 1000.0, 1]]
    """
    todo = "Pass lx.dfm(units, by=…).to_table(), without weights."
    need(features, ["unit_id", "term", "value"], "features", todo)
    values = numbers(features, "value", "features", low=0, whole=True, todo=todo)
    wide = features.assign(value=values).pivot_table(
        index="term", columns="unit_id", values="value", aggfunc="sum", fill_value=0.0, sort=False
    )
    rates = wide / wide.sum() * 1000
    best = rates.mean(axis=1).rename("mean").reset_index().sort_values(["mean", "term"], ascending=[False, True])
    rows = [
        (group, term, wide.at[term, group], rates.at[term, group], rank)
        for rank, term in enumerate(best["term"].head(n_words), 1)
        for group in wide.columns
    ]
    kinds = {"group": "str", "term": "str", "count": "int64", "rate": "float64", "rank": "int64"}
    return style.rounded(pd.DataFrame(rows, columns=COLUMNS).astype(kinds))


def common_words(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw a grid of words and groups; the darker, the more common, with the rate in each cell.

    Parameters
    ----------
    data : DataFrame
        From :func:`common_words_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.
    names : mapping, optional
        What groups are called.

    Returns
    -------
    Axes

    Raises
    ------
    TableError
        There are more groups than columns can be told apart.
    """
    style.need(data, COLUMNS, "common_words")
    say = style.speaker(lang)
    groups, terms = list(dict.fromkeys(data["group"])), list(dict.fromkeys(data["term"]))
    if len(groups) > MOST_GROUPS:
        raise TableError(
            tr(f"{len(groups)} groups do not fit side by side.", f"{len(groups)} 组无法并列。"),
            where="lx.plots.common_words",
            todo=tr(f"Pass lx.dfm(units, by=…) of at most {MOST_GROUPS} groups.",
                    f"请用 lx.dfm(units, by=…) 分成不超过 {MOST_GROUPS} 组。"),
        )  # fmt: skip
    with style.canvas(ax, height=2.4 + ROW * len(terms)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        most = max(float(data["rate"].max()), 1e-9)
        for row in data.itertuples(index=False):
            x, y = groups.index(row.group), terms.index(row.term)
            share = (row.rate / most) ** 0.5  # area-like: small rates stay apart
            colour = style.tint(style.LEVEL_COLOURS["province"], share)
            ax.barh(y, 0.97, left=x - 0.485, height=0.94, color=colour, lw=0)
            ink = style.ink_on(colour) if row.count else style.GREY
            ax.text(x, y, f"{row.rate:.1f}" if row.count else "0", ha="center", va="center", color=ink,
                    fontsize=style.SMALL)  # fmt: skip
        ax.set_yticks(range(len(terms)), [wording.cut(term, 12) for term in terms])
        room = max(3.0, 54 / max(len(groups), 1))
        ax.set_xticks(range(len(groups)), [wording.wrap(_called(group, names, say), room, 3) for group in groups])
        ax.xaxis.tick_top()
        for label in ax.get_xticklabels():
            label.set_verticalalignment("baseline")
        ax.tick_params(length=0)
        ax.set_xlim(-0.5, len(groups) - 0.5)
        ax.set_ylim(len(terms) - 0.5, -0.5)
        for edge in ("left", "bottom"):
            ax.spines[edge].set_visible(False)
        ax.set_xlabel(say("occurrences per 1,000 words of the group", "每千词出现次数"))
    return ax


def _called(group: object, names: Mapping[str, str] | None, say) -> str:
    group = str(group)  # a year, from a CSV file
    if names and group in names:
        return names[group]
    return say(*style.LEVEL_NAMES[group]) if group in style.LEVEL_NAMES else wording.document_name(group)
