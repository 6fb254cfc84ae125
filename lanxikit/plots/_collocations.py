"""Which words keep each other's company: a mark for each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording
from lanxikit.tables.usable import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("rank", "first", "second", "npmi", "g2", "count", "expected", "n_units", "n_documents")
ROW = 0.46  # cm


def collocations_data(collocations: pd.DataFrame, *, n_pairs: int = 25, min_documents: int = 1) -> pd.DataFrame:
    """Keep the strongest pairs.

    Parameters
    ----------
    collocations : DataFrame
        From ``lx.collocations``.
    n_pairs : int
        How many, by G².
    min_documents : int
        In how many documents a pair must stand.

    Returns
    -------
    DataFrame
        ``rank`` (from 1, by ``g2``), ``first``, ``second``, ``npmi``, ``g2``, ``count``,
        ``expected``, ``n_units``, ``n_documents``.

    Raises
    ------
    TableError
        Not the result of ``lx.collocations``.

    Examples
    --------
    >>> table = pd.DataFrame({"first": ["城市", "空气"], "second": ["群", "质量"], "npmi": [0.5, 0.9],
    ...     "g2": [20.0, 40.0], "count": 5, "expected": 0.5, "n_units": 4, "n_documents": 2})
    >>> collocations_data(table)[["rank", "first", "second"]].values.tolist()
    [[1, '空气', '质量'], [2, '城市', '群']]
    """
    need(collocations, COLUMNS[1:], "collocations", "Pass the result of lx.collocations.")
    data = collocations[collocations["n_documents"] >= min_documents]
    data = data.sort_values(["g2", "first", "second"], ascending=[False, True, True], kind="stable").head(n_pairs)
    data = data.assign(rank=range(1, len(data) + 1))
    kinds = dict.fromkeys(["first", "second"], "str")
    kinds |= dict.fromkeys(["rank", "count", "n_units", "n_documents"], "int64")
    kinds |= dict.fromkeys(["npmi", "g2", "expected"], "float64")
    return style.rounded(data[list(COLUMNS)].astype(kinds))


def collocations(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the NPMI of each pair, the pair with most evidence (G²) on top.

    A hollow mark stands for a pair of one document only. To the right: how often the pair occurs,
    how often it would by chance, and in how many documents.

    Parameters
    ----------
    data : DataFrame
        From :func:`collocations_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "collocations")
    say = style.speaker(lang)
    with style.canvas(ax, height=2.2 + ROW * len(data)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        colour = style.LEVEL_COLOURS["province"]
        left = min(0.0, float(data["npmi"].min()))
        for y, row in enumerate(data.itertuples(index=False)):
            fill = "white" if row.n_documents == 1 else colour
            ax.plot([left, row.npmi], [y, y], color=style.RULE, lw=1.0, zorder=1)
            ax.plot([row.npmi], [y], marker="o", ms=5, mfc=fill, mec=colour, ls="", zorder=3, clip_on=False)
            docs = say(f"{row.n_documents} doc{'s' if row.n_documents != 1 else ''}", f"{row.n_documents} 份文件")
            chance = f"{row.expected:.1f}" if row.expected >= 0.05 else "<0.1"
            words = say(f"{row.count}, by chance {chance} · {docs}", f"{row.count} 次，随机 {chance} 次 · {docs}")
            ax.text(1.04, y, words, va="center", fontsize=style.SMALL, color=style.GREY)
        ax.set_yticks(range(len(data)), [wording.cut(f"{row.first} … {row.second}", 16) for row in data.itertuples()])
        ax.set_ylim(len(data) - 0.4, -0.6)
        ax.set_xlim(left - 0.01, 1.5)
        ax.set_xticks([tick for tick in (-1, -0.5, 0, 0.25, 0.5, 0.75, 1) if tick >= left])
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "−"))
        ax.set_xlabel(
            say("NPMI: 0 by chance, 1 never apart; most evidence (G²) on top",
                "NPMI：0 为随机，1 为从不分离；按 G² 排序")
        )  # fmt: skip
        ax.xaxis.label.set_horizontalalignment("left")
        ax.xaxis.label.set_x(0)
        ax.tick_params(axis="y", length=0)
        for edge in ("left", "bottom"):
            ax.spines[edge].set_visible(False)
        if (data["n_documents"] == 1).any():
            _key(ax, colour, say)
    return ax


def _key(ax: Axes, colour: str, say) -> None:
    from matplotlib.lines import Line2D

    look = {"marker": "o", "ms": 5, "ls": "", "mec": colour}
    style.legend(
        ax,
        [
            Line2D([], [], mfc=colour, label=say("several documents", "多份文件"), **look),
            Line2D([], [], mfc="white", label=say("one document only", "仅一份文件"), **look),
        ],
    )
