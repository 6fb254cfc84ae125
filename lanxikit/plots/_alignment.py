"""Which unit of the lower documents is linked to which unit of the upper one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import bands, style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = (
    "mark",
    "upper_id",
    "upper_place",
    "upper_chapter",
    "lower_id",
    "lower_doc",
    "lower_level",
    "lower_place",
    "lower_chapter",
    "decision",
    "probability",
)


def alignment_data(links: pd.DataFrame, upper: pd.DataFrame, lower: pd.DataFrame) -> pd.DataFrame:
    """Give every unit its place in its document, and every link the places it joins.

    Parameters
    ----------
    links : DataFrame
        Table ``links``.
    upper, lower : DataFrame
        The two ``units`` tables that were compared.

    Returns
    -------
    DataFrame
        A row a mark: ``mark`` (``upper``: a unit of the upper document; ``lower``: one of a lower
        document; ``link``), ``upper_id``, ``upper_place`` (number of the unit in its document),
        ``upper_chapter``, ``lower_id``, ``lower_doc``, ``lower_level``, ``lower_place``,
        ``lower_chapter``, and of a link ``decision`` and ``probability``.

    Examples
    --------
    >>> upper = pd.DataFrame({"doc_id": "p", "unit_id": ["p#001"], "is_leaf": True, "path": [("一、交通",)]})
    >>> lower = pd.DataFrame({"doc_id": "c", "unit_id": ["c#001"], "is_leaf": True, "path": [("一、铁路",)],
    ...     "doc_level": "county"})
    >>> links = pd.DataFrame({"upper_id": ["p#001"], "lower_id": ["c#001"], "decision": ["link"], "probability": [0.9]})
    >>> alignment_data(links, upper, lower)[["mark", "upper_place", "lower_place"]].values.tolist()
    [['upper', 1, <NA>], ['lower', <NA>, 1], ['link', 1, 1]]
    """
    above, below = wording.chapters(upper), wording.chapters(lower)
    rows = [
        {"mark": "upper", "upper_id": row.Index, "upper_place": row.place, "upper_chapter": row.chapter}
        for row in above.itertuples()
    ]
    rows += [{"mark": "lower", "lower_id": row.Index} | _lower(row) for row in below.itertuples()]
    joined = links[links["upper_id"].isin(above.index) & links["lower_id"].isin(below.index)]
    at = {row.Index: row for row in above.itertuples()} | {row.Index: row for row in below.itertuples()}
    pairs = [
        {
            "mark": "link",
            "upper_id": link.upper_id,
            "upper_place": at[link.upper_id].place,
            "upper_chapter": at[link.upper_id].chapter,
            "lower_id": link.lower_id,
            **_lower(at[link.lower_id]),
            "decision": link.decision,
            "probability": getattr(link, "probability", None),
        }
        for link in joined.itertuples(index=False)
    ]
    pairs.sort(key=lambda row: (row["lower_doc"], row["lower_place"], row["upper_place"]))
    kinds = dict.fromkeys(COLUMNS, "str") | dict.fromkeys(["upper_place", "lower_place"], "Int64")
    return style.rounded(pd.DataFrame(rows + pairs, columns=COLUMNS).astype(kinds | {"probability": "float64"}))


def _lower(row) -> dict:
    return {
        "lower_doc": row.doc_id,
        "lower_level": row.level,
        "lower_place": row.place,
        "lower_chapter": row.chapter,
    }


LEFT, ACROSS, DOWN = 4.9, 10.9, 18.0  # cm: labels, the field across, the most that it takes down


def alignment(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw a dot for each link: the upper units across, the lower units down, chapters as bands.

    A filled dot is a link, an open one is unsure.

    Parameters
    ----------
    data : DataFrame
        From :func:`alignment_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "alignment")
    say = style.speaker(lang)
    data = wording.blank(data, "upper_chapter", "lower_chapter")
    upper, lower = data[data["mark"] == "upper"], data[data["mark"] == "lower"]
    columns = bands.fit(_sizes(upper["upper_chapter"]), ACROSS, least=1.2, gap=0.06)
    rows, heads, height = _rows(lower)
    with style.canvas(ax, height=height + 2.9) as ax:
        if upper.empty or lower.empty:
            style.nothing(ax, say)
            return ax
        ax.set_axis_off()
        _chapters(ax, columns, rows, say)
        for doc, y in heads.items():
            level = lower.loc[lower["lower_doc"] == doc, "lower_level"].iloc[0]
            name = wording.document_name(doc, names)
            ax.text(0, y, f"{name}  ({say(*style.LEVEL_NAMES.get(level, (level, level)))})", va="center")
        handles = _dots(ax, data[data["mark"] == "link"], columns, rows, _firsts(upper, lower), say)
        ax.set_xlim(-LEFT, ACROSS)
        ax.set_ylim(height, -1.4)
        ax.text(
            -0.12,
            -0.55,
            say("lower units (down)\nupper units (across)", "下级条目（纵）\n上级条目（横）"),
            ha="right",
            va="center",
            fontsize=style.SMALL,
            color=style.GREY,
        )
        style.legend(ax, handles, loc="upper right", bbox_to_anchor=(1, 0), borderaxespad=0.0)
    return ax


def _sizes(chapters: pd.Series) -> dict:
    return {name: int((chapters == name).sum()) for name in dict.fromkeys(chapters)}


def _rows(lower: pd.DataFrame) -> tuple[dict, dict, float]:
    """Lay the chapters of all lower documents out downward, a headline above each document."""
    documents = {doc: lower[lower["lower_doc"] == doc] for doc in dict.fromkeys(lower["lower_doc"])}
    n_chapters = sum(part["lower_chapter"].nunique() for part in documents.values())
    free = DOWN - 0.55 * len(documents) - 0.04 * n_chapters
    step = min(0.3, max(0.03, (free - 0.33 * n_chapters) / max(len(lower), 1)))
    rows, heads, y = {}, {}, 0.0
    for doc, part in documents.items():
        heads[doc], y = y + 0.3, y + 0.55
        laid = bands.lay_out(_sizes(part["lower_chapter"]), step=step, least=0.33, gap=0.04, start=y)
        rows |= {(doc, chapter): band for chapter, band in laid.items()}
        y = max(band.end for band in laid.values())
    return rows, heads, y


def _chapters(ax: Axes, columns: dict, rows: dict, say) -> None:
    from matplotlib.patches import Rectangle

    for i, (chapter, across) in enumerate(columns.items()):
        label = wording.stacked(chapter or say("no heading", "（无标题）"), 5)
        ax.text(across.middle, -0.1, label, ha="center", va="bottom", fontsize=6.5)
        for down in rows.values():
            shade = "#e9eef2" if i % 2 == 0 else "#f4f6f8"
            size = (across.end - across.start, down.end - down.start)
            ax.add_patch(Rectangle((across.start, down.start), *size, fc=shade, lw=0, zorder=0))
    for (_, chapter), down in rows.items():
        label = wording.cut(chapter or say("no heading", "（无标题）"), 17)
        ax.text(-0.12, down.middle, f"{label}  {down.n}", ha="right", va="center", fontsize=style.SMALL)


def _firsts(upper: pd.DataFrame, lower: pd.DataFrame) -> dict[str, int]:
    """Return the place of every unit within its chapter, from 1."""
    within = upper.groupby("upper_chapter", sort=False).cumcount() + 1
    places = dict(zip(upper["upper_id"], within, strict=True))
    within = lower.groupby(["lower_doc", "lower_chapter"], sort=False).cumcount() + 1
    return places | dict(zip(lower["lower_id"], within, strict=True))


def _dots(ax: Axes, links: pd.DataFrame, columns: dict, rows: dict, place: dict[str, int], say) -> list:
    full = style.STATUS_COLOURS["taken_up"]
    looks = {
        "unsure": {"ms": 2.4, "mfc": "white", "mec": "#7d9c9c", "mew": 0.5, "label": say("unsure", "待定")},
        "link": {"ms": 3.4, "mfc": full, "mec": "white", "mew": 0.3, "label": say("link", "对应")},
    }
    handles = []
    for decision, look in looks.items():
        part = links[links["decision"] == decision]
        x = [columns[row.upper_chapter].at(place[row.upper_id]) for row in part.itertuples(index=False)]
        y = [rows[row.lower_doc, row.lower_chapter].at(place[row.lower_id]) for row in part.itertuples(index=False)]
        look["label"] += f" (n = {len(part)})"
        handles += ax.plot(x, y, "o", zorder=4 if decision == "link" else 3, **look)
    return handles[::-1]
