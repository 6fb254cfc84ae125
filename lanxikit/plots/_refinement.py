"""Each goal of the upper document, and what became of it in each lower one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording
from lanxikit.plots.outcome import outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = (
    "upper_id",
    "upper_place",
    "upper_chapter",
    "label",
    "lower_doc",
    "lower_level",
    "status",
    "n_links",
    "probability",
)
ROW, HEAD = 0.40, 0.62  # cm: a goal, the headline of a chapter
ONE_BLOCK = 30  # goals; more are set in two blocks side by side


def refinement_matrix_data(
    uptake: pd.DataFrame, upper: pd.DataFrame, lower: pd.DataFrame, refinement: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Put what became of each upper unit in each lower document into one table.

    Parameters
    ----------
    uptake : DataFrame
        Table ``uptake``.
    upper, lower : DataFrame
        The two ``units`` tables.
    refinement : DataFrame, optional
        Table ``refinement`` (or ``links``); gives the probability.

    Returns
    -------
    DataFrame
        A row an upper unit and lower document: ``upper_id``, ``upper_place`` (number of the unit
        in its document), ``upper_chapter``, ``label`` (its heading, or how it begins),
        ``lower_doc``, ``lower_level``, ``status`` (as :func:`lanxikit.plots.outcome.outcome`
        says), ``n_links`` (linked lower units), ``probability`` (of the best pair, 0–1).

    Examples
    --------
    >>> upper = pd.DataFrame({"doc_id": "p", "unit_id": ["p#001"], "is_leaf": True, "path": [("一、交通",)],
    ...     "heading": None, "text": "———建设铁路。还有公路。"})
    >>> lower = pd.DataFrame({"doc_id": "c", "unit_id": ["c#001"], "is_leaf": True, "path": [("一、铁路",)],
    ...     "doc_level": "county"})
    >>> uptake = pd.DataFrame({"upper_id": ["p#001"], "lower_doc": "c", "status": "taken_up", "relation": "descends",
    ...     "n_links": 1})
    >>> refinement_matrix_data(uptake, upper, lower)[["label", "lower_doc", "status"]].values.tolist()
    [['建设铁路', 'c', 'taken_up']]
    """
    above = wording.chapters(upper)
    leaves = upper[upper["is_leaf"].astype(bool)]
    labels = {row.unit_id: _label(row) for row in leaves.itertuples(index=False)}
    below = wording.chapters(lower)
    levels = below.drop_duplicates("doc_id").set_index("doc_id")["level"].to_dict()
    order = {doc: i for i, doc in enumerate(levels)}
    rows = uptake.assign(shown=outcome(uptake))
    rows = rows[rows["upper_id"].isin(above.index) & (rows["shown"] != "added")]
    best = {}
    if refinement is not None and "probability" in refinement:
        keyed = refinement.assign(doc=wording.document_of(refinement["lower_id"]))
        best = keyed.groupby(["upper_id", "doc"])["probability"].max().to_dict()
    made = [
        {
            "upper_id": row.upper_id,
            "upper_place": above.loc[row.upper_id, "place"],
            "upper_chapter": above.loc[row.upper_id, "chapter"],
            "label": labels[row.upper_id],
            "lower_doc": row.lower_doc,
            "lower_level": levels.get(row.lower_doc),
            "status": row.shown,
            "n_links": row.n_links,
            "probability": best.get((row.upper_id, row.lower_doc)),
        }
        for row in rows.itertuples(index=False)
    ]
    place = {unit: i for i, unit in enumerate(above.index)}
    made.sort(key=lambda row: (place[row["upper_id"]], order.get(row["lower_doc"], len(order)), row["lower_doc"]))
    kinds = dict.fromkeys(COLUMNS, "str") | {"upper_place": "int64", "n_links": "int64", "probability": "float64"}
    return style.rounded(pd.DataFrame(made, columns=COLUMNS).astype(kinds))


def _label(row) -> str:
    heading = getattr(row, "heading", None)
    text = heading if isinstance(heading, str) and heading else row.text
    return re.split(r"[。；;]", text.lstrip("—-－– "))[0].strip(" .，,：:")


def refinement_matrix(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw a row for each upper unit and a cell for each lower document.

    A figure in a cell is the number of linked lower units.

    Parameters
    ----------
    data : DataFrame
        From :func:`refinement_matrix_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "refinement_matrix")
    say = style.speaker(lang)
    data = wording.blank(data, "upper_chapter")
    blocks = _blocks(data.drop_duplicates("upper_id"))
    documents = list(dict.fromkeys(data["lower_doc"]))
    titles = [wording.document_name(doc, names) for doc in documents]
    head = 0.3 + max((wording.width(title) for title in titles), default=0) * style.SMALL * 2.54 / 72
    deep = max((_depth(block) for block in blocks), default=1.0)
    with style.canvas(ax, height=head + deep + 1.5) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        ax.set_axis_off()
        wide = style.WIDTH / len(blocks) - 0.15
        cell = min(0.66, 0.4 * wide / len(documents))
        for i, block in enumerate(blocks):
            left = i * (wide + 0.3)
            columns = {doc: left + wide - (len(documents) - j) * cell for j, doc in enumerate(documents)}
            for doc, title in zip(documents, titles, strict=True):
                ax.text(
                    columns[doc] + cell / 2, -0.12, title, rotation=90, ha="center", va="bottom", fontsize=style.SMALL
                )
            _block(ax, block, data, left, columns, cell)
        ax.set_xlim(0, style.WIDTH)
        ax.set_ylim(deep, -head)
        _key(ax, data, say)
    return ax


def _blocks(goals: pd.DataFrame) -> list[pd.DataFrame]:
    """Split the goals after the chapter that leaves the two halves most alike."""
    if len(goals) <= ONE_BLOCK:
        return [goals] if len(goals) else []
    chapters = goals["upper_chapter"]
    starts = [i for i in range(1, len(goals)) if chapters.iloc[i] != chapters.iloc[i - 1]] or [len(goals) // 2]
    split = min(starts, key=lambda i: abs(_depth(goals.iloc[:i]) - _depth(goals.iloc[i:])))
    return [goals.iloc[:split], goals.iloc[split:]]


def _depth(goals: pd.DataFrame) -> float:
    return ROW * len(goals) + HEAD * goals["upper_chapter"].nunique()


def _block(ax: Axes, goals: pd.DataFrame, data: pd.DataFrame, left: float, columns: dict, cell: float) -> None:
    cells = {(row.upper_id, row.lower_doc): row for row in data.itertuples(index=False)}
    room = (min(columns.values()) - left - 0.62) / (style.SMALL * 2.54 / 72)
    y, chapter = 0.0, None
    for goal in goals.itertuples(index=False):
        if goal.upper_chapter != chapter:
            chapter, colour = goal.upper_chapter, style.LEVEL_COLOURS["province"]
            ax.text(left, y + HEAD * 0.62, wording.cut(chapter, room + 2), va="center", color=colour)
            y += HEAD
        middle = y + ROW / 2
        ax.text(left + 0.42, middle, str(goal.upper_place), ha="right", va="center", fontsize=6.5, color=style.GREY)
        ax.text(left + 0.55, middle, wording.cut(goal.label, room), va="center", fontsize=style.SMALL)
        for doc, x in columns.items():
            if (goal.upper_id, doc) in cells:
                _cell(ax, x, y, cell, cells[goal.upper_id, doc])
        y += ROW


def _cell(ax: Axes, x: float, y: float, wide: float, row) -> None:
    from matplotlib.patches import Rectangle

    colour = style.STATUS_COLOURS[row.status]
    edge = style.RULE if row.status == "not_applicable" else "none"
    ax.add_patch(Rectangle((x + 0.02, y + 0.02), wide - 0.04, ROW - 0.04, fc=colour, ec=edge, lw=0.5))
    sign = {"taken_up": str(row.n_links), "same_matter": str(row.n_links), "unsure": "?", "not_taken_up": "–"}
    if row.status in sign:
        ax.text(
            x + wide / 2,
            y + ROW / 2,
            sign[row.status],
            ha="center",
            va="center",
            fontsize=6.5,
            color=style.ink_on(colour),
        )


def _key(ax: Axes, data: pd.DataFrame, say) -> None:
    from matplotlib.patches import Patch

    used = [name for name in style.STATUS_NAMES if (data["status"] == name).any()]
    handles = [
        Patch(
            fc=style.STATUS_COLOURS[name],
            ec=style.RULE if name == "not_applicable" else "none",
            label=f"{say(*style.STATUS_NAMES[name])} ({int((data['status'] == name).sum())})",
        )
        for name in used
    ]
    style.legend(ax, handles, loc="upper left", bbox_to_anchor=(0, 0), ncols=3, handlelength=1.2, handleheight=0.9)
