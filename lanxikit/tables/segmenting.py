"""Tables of the segmenting stage, and how to walk through one."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.tables.reading import LEVELS
from lanxikit.tables.schema import Column, Table

if TYPE_CHECKING:
    import pandas as pd

LEAF_KINDS = ("measure", "task", "paragraph")
KINDS = (
    *LEAF_KINDS,
    "heading",  # numbered heading above the leaves
    "outcome",  # 工作成果 where it stands apart from its task
    "duty",  # 责任单位, 牵头单位 …; heading = its label in the document's words
    "person",  # 责任人
    "deadline",  # 完成时限
    "lead",  # lead-in of a list: 重点做好以下工作：
    "preamble",  # unnumbered text between the title and the first heading
    "title",
    "number",  # 发文字号 line
    "letterhead",  # 版头: …文件
    "salutation",  # 主送机关
    "notice",  # body of the 通知 that transmits the text
    "signature",
    "date",
    "note",  # 此件公开发布 …
    "attachment",  # 附件 line
    "table_header",
    "cell",  # empty or unplaced table cell, ordinal cell
    "navigation",  # of a website
    "index",  # 索引号, 来源, 发布时间 …
    "copy",  # 抄送
    "imprint",  # 印发 line
    "footer",
    "contents",  # line of a table of contents
    "footnote",
    "page",  # page number, running head
    "blank",
)

UNITS = Table(
    "units",
    "A row a piece of text, in document order; the spans of a document's rows join to its file.",
    (
        Column("doc_id", "string", "document"),
        Column("unit_id", "string", "doc_id#NNN for a leaf, counted from 1; doc_id/NNN for any other row"),
        Column("parent_id", "string", "the row above: heading of a leaf, leaf of a duty line or clause", missing=True),
        Column("position", "integer", "order within the document, from 1", low=1),
        Column("kind", "string", "what the piece is", values=KINDS),
        Column("level", "integer", "depth in the outline: 1 for 一、, 0 outside it", low=0),
        Column("ordinal", "string", "number in the document's own writing, without brackets: 一, 3, 12", missing=True),
        Column("path", "tuple", "headings above, outermost first, each with its ordinal"),
        Column("heading", "string", "run-in heading, task column, or label of a duty line", missing=True),
        Column("text", "string", "for reading: lines joined, layout spaces and markup gone"),
        Column("start", "integer", "where the row starts in the decoded file, characters", low=0),
        Column("end", "integer", "where it ends, exclusive", low=0),
        Column("is_leaf", "boolean", "whether the row carries policy content (measure, task, paragraph)"),
        Column("pieces", "string", "slices of the file that make up text: start-end;start-end", missing=True),
        Column("heading_pieces", "string", "slices of the file that make up heading, of a leaf", missing=True),
        Column("doc_level", "string", "administrative level of the document", values=LEVELS, missing=True),
        Column("region", "string", "region of the document", missing=True),
        Column("adcode", "string", "code(s) of that region", missing=True),
        Column("year", "integer", "year of the document", missing=True),
        Column("signed", "date", "day the document was signed, ISO", missing=True),
    ),
    key=("unit_id",),
    links=(("doc_id", "documents", "doc_id"),),
)


def need_units(units: pd.DataFrame, columns: Iterable[str]) -> None:
    """Make sure that a table has these columns of ``units``, and warn where its offsets cannot be led back.

    Raises
    ------
    TableError
        It is no table, or lacks one of them.

    Warns
    -----
    UserWarning
        A text is not the slice that ``start`` and ``end`` name, and there are no ``pieces`` to say which it is.
    """
    absent = [name for name in columns if name not in getattr(units, "columns", ())]
    if absent:
        raise TableError(
            tr("This is no table of units; it lacks: ", "这不是单元表，缺少列：") + ", ".join(absent),
            where="units",
            todo=tr("Make it with lx.segment(corpus).", "请用 lx.segment(corpus) 得到它。"),
        )
    if "pieces" not in units.columns and {"text", "start", "end"} <= set(units.columns):
        length = (units["end"] - units["start"]).to_numpy()
        if (units["text"].str.len().fillna(0).to_numpy() != length).any():
            warnings.warn(
                tr(
                    "These units have no column `pieces`: where lines were joined, `start` and `end` of what is found "
                    "count from the unit's start and may miss the words in the file. Keep all columns of lx.segment.",
                    "单元表没有 pieces 列：凡合并过换行的单元，结果中的 start、end 只从单元起点数起，"
                    "可能对不上原文。请保留 lx.segment 的全部列。",
                ),
                stacklevel=3,
            )


def leaves(units: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that carry policy content, in document order."""
    return units[units["is_leaf"].astype(bool)]


def attached(units: pd.DataFrame, *kinds: str) -> dict[str, list]:
    """Return, for each leaf id, its duty, outcome, deadline … rows (as named tuples) of these kinds."""
    found: dict[str, list] = {}
    rows = units[units["kind"].isin(kinds) & units["parent_id"].notna()]
    for row in rows.itertuples(index=False):
        found.setdefault(row.parent_id, []).append(row)
    return found
