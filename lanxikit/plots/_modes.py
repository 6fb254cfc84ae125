"""How the lower units change what they take up: the facets of refinement, by lower document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = 0.54  # of a column
COLUMNS = ("facet", "scored", "lower_doc", "lower_level", "n", "n_links", "share")
# Facets with readers' answers in data/gold, which ``lanxikit evaluate`` scores; they stand first.
SCORED = ("copied", "localised", "quantified", "time_bound", "extended", "weakened")
FACETS = {
    "copied": ("copied", "照录"),
    "paraphrased": ("paraphrased", "转述"),
    "localised": ("localised", "落地（地名、企业、项目）"),
    "quantified": ("quantified", "量化"),
    "tightened": ("number raised", "指标加码"),
    "loosened": ("number lowered", "指标放宽"),
    "time_bound": ("time set", "明确时限"),
    "assigned": ("agency named", "明确责任"),
    "project_named": ("project named", "列出项目"),
    "extended": ("action added", "增加举措"),
    "narrowed": ("narrowed", "收窄"),
    "weakened": ("commitment weaker", "力度减弱"),
    "strengthened": ("commitment stronger", "力度增强"),
}


def refinement_modes_data(refinement: pd.DataFrame, lower: pd.DataFrame) -> pd.DataFrame:
    """Count, for each lower document, on how many of its links each facet holds.

    Parameters
    ----------
    refinement : DataFrame
        Table ``refinement``; pairs that are unsure are left out.
    lower : DataFrame
        The lower ``units`` table.

    Returns
    -------
    DataFrame
        ``facet``; ``scored``, whether the annotations hold answers for it; ``lower_doc``;
        ``lower_level``; ``n`` (links on which it holds), ``n_links``
        (links of the document), ``share`` (0–1; missing without links).

    Examples
    --------
    >>> lower = pd.DataFrame({"doc_id": "c", "unit_id": ["c#001"], "is_leaf": True, "path": [()],
    ...     "doc_level": "county"})
    >>> refinement = pd.DataFrame({"upper_id": ["p#001"], "lower_id": ["c#001"], "copied": True, "quantified": False})
    >>> refinement_modes_data(refinement, lower)[["facet", "n", "n_links", "share"]].values.tolist()
    [['copied', 1, 1, 1.0], ['quantified', 0, 1, 0.0]]
    """
    levels = wording.chapters(lower).drop_duplicates("doc_id").set_index("doc_id")["level"].to_dict()
    links = refinement.assign(doc=wording.document_of(refinement["lower_id"]))
    if "decision" in links:
        links = links[links["decision"].astype("object") == "link"]
    rows = []
    for facet in sorted(FACETS, key=lambda facet: facet not in SCORED):
        if facet not in links:
            continue
        for doc, level in levels.items():
            part = links[links["doc"] == doc]
            n = int(part[facet].astype(bool).sum())
            rows.append(
                {
                    "facet": facet,
                    "scored": facet in SCORED,
                    "lower_doc": doc,
                    "lower_level": level,
                    "n": n,
                    "n_links": len(part),
                    "share": n / len(part) if len(part) else None,
                }
            )
    kinds = dict.fromkeys(COLUMNS, "str") | {"scored": "bool", "n": "int64", "n_links": "int64", "share": "float64"}
    return style.rounded(pd.DataFrame(rows, columns=COLUMNS).astype(kinds))


def refinement_modes(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw, for each facet and lower document, the share of links on which it holds, as a bar in a cell.

    Facets that no annotation scores stand below a line and are paler: read them as hints.

    Parameters
    ----------
    data : DataFrame
        From :func:`refinement_modes_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "refinement_modes")
    say = style.speaker(lang)
    facets = list(dict.fromkeys(data["facet"]))
    documents = data.drop_duplicates("lower_doc")
    with style.canvas(ax, height=1.5 + 0.55 * max(len(facets), 1)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        for i, doc in enumerate(documents.itertuples(index=False)):
            name = wording.document_name(doc.lower_doc, names)
            ax.text(i, -1.38, name, va="baseline")
            count = say(f"{doc.n_links} links", f"{doc.n_links}对")
            ax.text(i, -0.68, count, va="baseline", fontsize=style.SMALL, color=style.GREY)
            colour = style.LEVEL_COLOURS.get(doc.lower_level, style.GREY)
            for row in data[data["lower_doc"] == doc.lower_doc].itertuples(index=False):
                _cell(ax, i, facets.index(row.facet), row, colour)
        n_scored = data.loc[data["scored"], "facet"].nunique()
        if 0 < n_scored < len(facets):
            ax.axhline(n_scored - 0.5, color=style.GREY, lw=0.6, clip_on=False)
        ax.set_yticks(range(len(facets)), [say(*FACETS.get(facet, (facet, facet))) for facet in facets])
        ax.set_xticks([])
        ax.tick_params(axis="y", length=0)
        ax.set_xlim(-0.05, len(documents) - 0.08)
        ax.set_ylim(len(facets) - 0.5, -1.95)
        ax.spines[["left", "bottom"]].set_visible(False)
    return ax


def _cell(ax: Axes, i: int, y: int, row, colour: str) -> None:
    ax.barh(y, BAR, left=i, height=0.62, color=style.PALE, lw=0)
    if pd.isna(row.share):
        return
    ax.barh(y, BAR * row.share, left=i, height=0.62, color=colour, lw=0, alpha=1 if row.scored else 0.45)
    ax.text(i + BAR + 0.03, y, f"{row.share:.0%}  {row.n}", va="center", fontsize=style.SMALL)
