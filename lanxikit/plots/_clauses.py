"""What the documents are made of: their chapters, and how many units stand in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("doc_id", "level", "chapter_no", "chapter", "section_no", "section", "n_units", "share")


def clause_structure_data(units: pd.DataFrame) -> pd.DataFrame:
    """Count the leaf units by document, chapter and section.

    Parameters
    ----------
    units : DataFrame
        Table ``units``.

    Returns
    -------
    DataFrame
        A row a section, in document order: ``doc_id``, ``level`` (of the document),
        ``chapter_no`` (from 1), ``chapter`` (outermost heading), ``section_no`` (within the
        chapter, from 1), ``section`` (heading below it, missing where the units stand right
        under the chapter), ``n_units``, ``share`` (of the document's units, 0–1).

    Examples
    --------
    >>> units = pd.DataFrame({"doc_id": ["a"] * 3, "unit_id": ["a#001", "a#002", "a#003"], "is_leaf": True,
    ...     "doc_level": "county", "path": [("一、交通",), ("一、交通",), ("二、生态", "（一）水")]})
    >>> clause_structure_data(units)[["chapter", "section", "n_units"]].values.tolist()
    [['一、交通', nan, 2], ['二、生态', '（一）水', 1]]
    """
    leaves = units[units["is_leaf"].astype(bool)]
    rows = []
    for doc in wording.ordered(leaves):
        part = leaves[leaves["doc_id"] == doc]
        outline = [(*wording.headings(path), "", "")[:2] for path in part["path"]]
        counts: dict[tuple[str, str], int] = {}
        for key in outline:
            counts[key] = counts.get(key, 0) + 1
        chapters = list(dict.fromkeys(chapter for chapter, _ in outline))
        sections = {chapter: [s for c, s in counts if c == chapter] for chapter in chapters}
        rows += [
            {
                "doc_id": doc,
                "level": part["doc_level"].iloc[0],
                "chapter_no": chapters.index(chapter) + 1,
                "chapter": chapter or None,
                "section_no": sections[chapter].index(section) + 1,
                "section": section or None,
                "n_units": n,
                "share": n / len(part),
            }
            for (chapter, section), n in counts.items()
        ]
    data = pd.DataFrame(rows, columns=COLUMNS)
    text = dict.fromkeys(["doc_id", "level", "chapter", "section"], "str")
    whole = dict.fromkeys(["chapter_no", "section_no", "n_units"], "int64")
    return style.rounded(data.astype(text | whole | {"share": "float64"}))


def clause_structure(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw a bar for each chapter, as long as it has units, divided into its sections.

    Parameters
    ----------
    data : DataFrame
        From :func:`clause_structure_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "clause_structure")
    say = style.speaker(lang)
    documents = list(dict.fromkeys(data["doc_id"]))
    n_bars = len(data.drop_duplicates(["doc_id", "chapter_no"]))
    with style.canvas(ax, height=1.4 + 0.42 * n_bars + 0.75 * len(documents)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        y, ticks = 0.0, []
        for doc in documents:
            part = data[data["doc_id"] == doc]
            y += 0.75
            _title(ax, y, part, wording.document_name(doc, names), say)
            for _, chapter in part.groupby("chapter_no"):
                y += 1
                _bar(ax, y, chapter)
                ticks.append((y, wording.cut(_heading(chapter, say), 19)))
            y += 0.85
        ax.set_yticks([at for at, _ in ticks], [label for _, label in ticks])
        ax.set_ylim(y + 0.0, 0.0)
        ax.set_xlim(0, 1.06 * data.groupby(["doc_id", "chapter_no"])["n_units"].sum().max())
        ax.set_xlabel(say("units (measures, tasks, policy paragraphs)", "条目数（措施、任务、政策段落）"))
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.grid(axis="x", color=style.PALE, lw=0.6)
    return ax


def _heading(chapter: pd.DataFrame, say) -> str:
    first = chapter["chapter"].iloc[0]
    return first if isinstance(first, str) else say("no heading", "（无标题）")


def _title(ax: Axes, y: float, part: pd.DataFrame, name: str, say) -> None:
    level = part["level"].iloc[0]
    n = int(part["n_units"].sum())
    sort = say(*style.LEVEL_NAMES.get(level, (level, level)))
    ax.text(0, y, say(f"{name}  ({sort}, {n} units)", f"{name}（{sort}，{n}条）"), va="center", clip_on=False)


def _bar(ax: Axes, y: float, chapter: pd.DataFrame) -> None:
    colour = style.LEVEL_COLOURS.get(chapter["level"].iloc[0], style.GREY)
    left = 0
    for n in chapter["n_units"]:
        ax.barh(y, n, left=left, height=0.72, color=colour, edgecolor="white", linewidth=0.8)
        left += n
    ax.annotate(str(left), (left, y), xytext=(3, 0), textcoords="offset points", va="center", fontsize=style.SMALL)
