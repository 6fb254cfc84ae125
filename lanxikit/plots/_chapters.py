"""How far topics follow a document's own chapters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.plots import style, wording
from lanxikit.tables.usable import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("doc_id", "topic", "label", "chapter", "chapter_no", "n", "n_topic", "n_chapter", "is_best",
           "nmi", "nmi_low", "nmi_high", "nmi_chance")  # fmt: skip
DIGITS = "〇一二三四五六七八九"
# 十二、 第三章 第二十篇
ORDINAL = re.compile(rf"第?(?:([{DIGITS}])?(十))?([{DIGITS}])?(?<=[{DIGITS}十])[、章节篇编部]")


def topic_chapters_data(
    chapters: pd.DataFrame, agreement: pd.DataFrame | None = None, *, document: str | None = None
) -> pd.DataFrame:
    """Put topics and chapters of one document in drawing order.

    Parameters
    ----------
    chapters : DataFrame
        From ``lx.topic_chapters``.
    agreement : DataFrame, optional
        From ``lx.chapter_agreement``: NMI is written above the figure.
    document : str, optional
        ``doc_id``; by default the first of the table.

    Returns
    -------
    DataFrame
        A row a topic and chapter that meet: ``doc_id``; ``topic``; ``label``; ``chapter``;
        ``chapter_no`` (order of the chapters, by ordinal where they have one); ``n`` (units);
        ``n_topic, n_chapter``; ``is_best``; ``nmi, nmi_low, nmi_high, nmi_chance`` (missing
        without ``agreement``).

    Raises
    ------
    TableError
        Not the results of these verbs, or the document is not in the table.

    Examples
    --------
    >>> chapters = pd.DataFrame({"doc_id": "a", "topic": [1, 2], "label": ["水", "路"], "chapter": ["二、水", "一、路"],
    ...     "n": 1, "n_topic": 1, "n_chapter": 1, "is_best": True})
    >>> topic_chapters_data(chapters)[["label", "chapter_no"]].values.tolist()
    [['水', 2], ['路', 1]]
    """
    asked = ("doc_id", "topic", "label", "chapter", "n", "n_topic", "n_chapter", "is_best")
    need(chapters, asked, "chapters", "Pass the result of lx.topic_chapters.")
    if agreement is not None:
        need(agreement, ["doc_id", *COLUMNS[9:]], "agreement", "Pass the result of lx.chapter_agreement.")
    documents = list(dict.fromkeys(chapters["doc_id"]))
    chosen = document if document is not None else next(iter(documents), None)
    if document is not None and document not in documents:
        raise TableError(
            tr(f"The document {document} is not in the table.", f"表中没有文件 {document}。"),
            where="document",
            todo=tr(f"Choose from: {', '.join(documents)}.", f"可选：{'、'.join(documents)}。"),
        )
    data = chapters[chapters["doc_id"] == chosen].sort_values("topic", kind="stable")
    names = sorted(dict.fromkeys(data["chapter"]), key=_ordinal)
    data = data.assign(chapter_no=[names.index(name) + 1 for name in data["chapter"]])
    measured = None if agreement is None else agreement[agreement["doc_id"] == chosen]
    for name in COLUMNS[9:]:
        data[name] = float("nan") if measured is None or measured.empty else float(measured[name].iloc[0])
    kinds = dict.fromkeys(["doc_id", "label", "chapter"], "str") | {"is_best": "bool"}
    kinds |= dict.fromkeys(["topic", "chapter_no", "n", "n_topic", "n_chapter"], "int64")
    return style.rounded(data[list(COLUMNS)].astype(kinds))


def topic_chapters(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw topics against chapters: the darker, the more of the topic's units stand in the chapter.

    The number of units stands in each cell; a frame marks each topic's best chapter.

    Parameters
    ----------
    data : DataFrame
        From :func:`topic_chapters_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "topic_chapters")
    say = style.speaker(lang)
    topics = data.drop_duplicates("topic")
    chapters = data.drop_duplicates("chapter_no").sort_values("chapter_no")
    with style.canvas(ax, height=3.8 + 0.58 * max(len(topics), 1)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        from matplotlib.patches import Rectangle

        rows = {topic: y for y, topic in enumerate(topics["topic"])}
        columns = {number: x for x, number in enumerate(chapters["chapter_no"])}
        for row in data.itertuples(index=False):
            x, y = columns[row.chapter_no], rows[row.topic]
            share = row.n / row.n_topic
            colour = style.tint(style.LEVEL_COLOURS["province"], 0.08 + 0.92 * share)
            edge = style.LEVEL_COLOURS["prefecture"] if row.is_best else "none"
            ax.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, fc=colour, ec=edge, lw=1.3))
            ax.text(x, y, str(row.n), ha="center", va="center", fontsize=style.SMALL, color=style.ink_on(colour))
        room = 48 / max(len(columns), 1)
        ax.set_xticks(range(len(columns)), [wording.stacked(name, max(room, 4)) for name in chapters["chapter"]])
        ax.set_yticks(range(len(rows)), [f"{wording.cut(row.label, 13)}  {row.n_topic}" for row in topics.itertuples()])
        ax.xaxis.tick_top()
        ax.tick_params(length=0)
        ax.set_xlim(-0.5, len(columns) - 0.5)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.spines[:].set_visible(False)
        ax.set_xlabel(_caption(data.iloc[0], names, say), loc="left")
    return ax


def _caption(row, names: Mapping[str, str] | None, say) -> str:
    said = wording.document_name(row.doc_id, names)
    key = say("number: units; beside a topic: all of its units; darker: a larger part of them; frame: best chapter",
              "数字为条目数，主题旁为其全部条目数；颜色越深占比越高；边框为该主题最吻合的章")  # fmt: skip
    if pd.isna(row.nmi):
        return f"{said}\n{key}"
    ends = f"{row.nmi:.2f} [{row.nmi_low:.2f}, {row.nmi_high:.2f}]"
    said += say(f":  NMI {ends}, by chance {row.nmi_chance:.2f}", f"：NMI {ends}，随机时为 {row.nmi_chance:.2f}")
    return f"{said}\n{key}"


def _ordinal(chapter: str) -> tuple[int, str]:
    """Return a chapter's number up to 九十九, for sorting; chapters without one come after them by spelling."""
    found = ORDINAL.match(chapter)
    if not found:
        return (100, chapter)
    tens, ten, ones = found.groups()
    return ((DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (DIGITS.index(ones) if ones else 0), chapter)
