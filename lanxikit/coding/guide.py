"""What the coders are told: the names and definitions of the items, and how to fill in the sheet."""

from __future__ import annotations

import os

from lanxikit import lexicons
from lanxikit.errors import LexiconError
from lanxikit.messages import tr
from lanxikit.tables.coding import ITEMS, LINK

CHOICES = {LINK: ("yes", "no", "unsure")}
FACET_CHOICES = ("1", "0")

HOW_TO = (
    ("每一行是一对条款：上位文件的一条与下位文件的一条。请独立判断，不与他人讨论，不查看机器的结果。",
     "Each row is a pair: a measure of the upper document and one of the lower. Judge on your own, without talking it "
     "over and without looking at what the machine said."),
    ("先填 link：yes 是，no 否，unsure 不确定（也可写 是／否／不确定）。",
     "First fill in link: yes, no or unsure."),
    ("link 为 yes 时，逐列判断各细化方式：1 成立，0 不成立，可同时成立多项。空白表示没有判断，不等于 0。",
     "Where link is yes, judge each facet: 1 holds, 0 does not; several may hold. Blank means not judged, not 0."),
    ("只凭两段文字和标题判断，不用其他知识。", "Judge by the two texts and their headings alone."),
    ("请勿改动表头、upper_id、lower_id 与 coder 列；可以排序、筛选、删行，分几次填完。",
     "Leave the header and the columns upper_id, lower_id and coder as they are; sort, filter or delete rows at will."),
    ("答案请直接写值，不要写公式。", "Write values, no formulas."),
)


def guide(lexicon: str | os.PathLike | None = None) -> dict[str, dict[str, str]]:
    """Return, for each item, its Chinese name, definitions and example.

    Parameters
    ----------
    lexicon : path, optional
        Folder whose ``coding_guide.tsv`` overrides ours.

    Raises
    ------
    LexiconError
        An item is without definition.

    Examples
    --------
    >>> guide()["localised"]["zh"]
    '本地化'
    """
    found = {row["item"]: row for row in lexicons.load("coding_guide", lexicon)}
    lacking = [item for item in ITEMS if item not in found]
    if lacking:
        raise LexiconError(
            tr("The guide for coders does not define: ", "编码说明缺少定义：") + ", ".join(lacking),
            where="coding_guide.tsv",
            todo=tr("Add a row for each.", "请各补一行。"),
        )
    return {item: found[item] for item in ITEMS}


def choices(item: str) -> tuple[str, ...]:
    """Return what the drop-down of an item offers."""
    return CHOICES.get(item, FACET_CHOICES)
