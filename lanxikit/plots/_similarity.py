"""How near the chapters of the lower documents come to those of the upper one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = (
    "upper_no",
    "upper_chapter",
    "lower_doc",
    "lower_level",
    "lower_no",
    "lower_chapter",
    "score",
    "n",
    "n_lower",
)


def similarity_matrix_data(scores: pd.DataFrame, upper: pd.DataFrame, lower: pd.DataFrame) -> pd.DataFrame:
    """Average, by pairs of chapters, how well each lower unit is matched by its best upper unit there.

    Parameters
    ----------
    scores : DataFrame
        Table ``scores``.
    upper, lower : DataFrame
        The two ``units`` tables that were compared.

    Returns
    -------
    DataFrame
        A row an upper chapter and a lower chapter: ``upper_no``, ``upper_chapter`` (number from
        1, heading), ``lower_doc``, ``lower_level``, ``lower_no``, ``lower_chapter``, ``score``
        (for each lower unit its best score in the upper chapter; their mean, 0–1; missing where
        no pair was scored), ``n`` (lower units with such a score), ``n_lower`` (lower units
        of the chapter).

    Notes
    -----
    ``scores`` lists the best upper units of each lower unit only. A lower unit without a pair
    in an upper chapter is left out of the mean, not counted as 0: ``n`` says how many are in.

    Examples
    --------
    >>> upper = pd.DataFrame({"doc_id": "p", "unit_id": ["p#001"], "is_leaf": True, "path": [("一、交通",)]})
    >>> lower = pd.DataFrame({"doc_id": "c", "unit_id": ["c#001"], "is_leaf": True, "path": [("一、铁路",)],
    ...     "doc_level": "county"})
    >>> scores = pd.DataFrame({"upper_id": ["p#001"], "lower_id": ["c#001"], "score": [0.5], "rank": [1]})
    >>> similarity_matrix_data(scores, upper, lower)[["upper_chapter", "lower_chapter", "score", "n"]].values.tolist()
    [['一、交通', '一、铁路', 0.5, 1]]
    """
    above, below = wording.chapters(upper), wording.chapters(lower)
    best = scores.assign(up=scores["upper_id"].map(above["chapter"])).dropna(subset=["up"])
    best = best.groupby(["lower_id", "up"], sort=False)["score"].max().reset_index()
    best = best.assign(doc=best["lower_id"].map(below["doc_id"]), down=best["lower_id"].map(below["chapter"]))
    mean = best.groupby(["up", "doc", "down"])["score"].agg(["mean", "size"])
    tops = list(dict.fromkeys(above["chapter"]))
    rows = []
    for (doc, chapter), part in below.groupby(["doc_id", "chapter"], sort=False):
        for i, top in enumerate(tops):
            known = (top, doc, chapter) in mean.index
            rows.append(
                {
                    "upper_no": i + 1,
                    "upper_chapter": top,
                    "lower_doc": doc,
                    "lower_level": part["level"].iloc[0],
                    "lower_no": int(part["number"].iloc[0]),
                    "lower_chapter": chapter,
                    "score": mean.loc[(top, doc, chapter), "mean"] if known else None,
                    "n": int(mean.loc[(top, doc, chapter), "size"]) if known else 0,
                    "n_lower": len(part),
                }
            )
    kinds = dict.fromkeys(COLUMNS, "str") | {"score": "float64"}
    kinds |= dict.fromkeys(["upper_no", "lower_no", "n", "n_lower"], "int64")
    return style.rounded(pd.DataFrame(rows, columns=COLUMNS).astype(kinds))


def similarity_matrix(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw a cell for each pair of chapters: darker for nearer, with the number of lower units in it.

    Parameters
    ----------
    data : DataFrame
        From :func:`similarity_matrix_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "similarity_matrix")
    say = style.speaker(lang)
    data = wording.blank(data, "upper_chapter", "lower_chapter")
    lines = data.drop_duplicates(["lower_doc", "lower_no"])
    documents = list(dict.fromkeys(lines["lower_doc"]))
    with style.canvas(ax, height=4.2 + 0.47 * len(lines) + 0.62 * len(documents)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        tops = data.drop_duplicates("upper_no")
        room = max(11.0 / len(tops) / 0.25, 2.0)  # Chinese characters that fit over a column
        y, ticks, rows = 0.0, [], {}
        for doc in documents:
            y += 1.15
            name = wording.document_name(doc, names)
            level = lines.loc[lines["lower_doc"] == doc, "lower_level"].iloc[0]
            ax.text(0.5, y - 0.05, f"{name}  ({say(*style.LEVEL_NAMES.get(level, (level, level)))})", va="center")
            for line in lines[lines["lower_doc"] == doc].itertuples(index=False):
                y += 1.0
                rows[doc, line.lower_no] = y
                label = wording.cut(line.lower_chapter or say("no heading", "（无标题）"), 18)
                ticks.append((y, f"{label}  {line.n_lower}"))
        _cells(ax, data, rows, say)
        ax.set_yticks([at for at, _ in ticks], [label for _, label in ticks])
        ax.set_xticks(
            tops["upper_no"],
            [wording.stacked(text, room) or say("no heading", "（无标题）") for text in tops["upper_chapter"]],
        )
        ax.tick_params(axis="both", length=0)
        ax.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, labelsize=6.5)
        ax.set_xlim(0.5, len(tops) + 0.5)
        ax.set_ylim(y + 0.6, 0.5)
        ax.spines[["left", "bottom"]].set_visible(False)
    return ax


def _cells(ax: Axes, data: pd.DataFrame, rows: dict, say) -> None:
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, Normalize
    from matplotlib.patches import Rectangle

    shades = LinearSegmentedColormap.from_list("lanxi", ["#f3f6f9", "#9fbbd3", "#1f4e79", "#0c2340"])
    top = data["score"].max()
    norm = Normalize(0, top if top > 0 else 1)
    for cell in data.itertuples(index=False):
        y = rows[cell.lower_doc, cell.lower_no]
        if cell.n == 0:
            ax.plot(cell.upper_no, y, ".", ms=1.5, color=style.RULE)
            continue
        colour = shades(norm(cell.score))
        ax.add_patch(Rectangle((cell.upper_no - 0.48, y - 0.46), 0.96, 0.92, fc=colour, lw=0))
        ax.text(
            cell.upper_no, y, str(cell.n), ha="center", va="center", fontsize=style.SMALL, color=style.ink_on(colour)
        )
    bar = ax.figure.colorbar(
        ScalarMappable(norm, shades), ax=ax, orientation="horizontal", aspect=40, fraction=0.03, pad=0.02, shrink=0.6
    )
    bar.outline.set_visible(False)
    bar.set_label(
        say(
            "mean best score;  figure in a cell: lower units with a scored pair, behind a chapter: its units",
            "最佳得分均值；格中数字：有得分配对的下级条目数，章名后数字：该章条目数",
        ),
        fontsize=style.SMALL,
    )
