"""What a cell of a table, or the tail of a list, looks like: agencies, a sentence, a phrase."""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.reading.lines import Span
from lanxikit.text.fold import fold

_TIME = re.compile(
    r"(?:到|至)?(?:\d{4}年?(?:[-—~至]\d{4}年?)?)?(?:\d{1,2}月|[一二三四]季度|第[一二三四]季度|[上下]半年|\d{1,2}日){0,3}"
    r"(?:年?(?:底|末|初|内))?(?:之?前|以前|完成|长期|常年|全年|持续推进|长期坚持|年底前?)?"
)
_MONTHS = re.compile(
    r"\d{4}[./-]\d{1,2}(?:[-—~至]\d{4}[./-]\d{1,2})?|每年|每季度|每月|每半年|立行立改|即知即改|近期|中期|远期"
)
_NUMBER = re.compile(r"\(?(?:\d{1,4}(?:[-.]\d{1,3}){0,2}|[一二三四五六七八九十]{1,3})\)?[.、]?|[①-⑳]")
_SEPARATORS = re.compile(r"[、,;\s]|及(?=[\u4e00-\u9fff]{2})")


@lru_cache(maxsize=16)
def _suffixes(folder: str | None) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Endings that alone mark an agency, all endings, and words that only look alike."""
    rows = load("agency_suffixes", folder)
    sure = tuple(row["suffix"] for row in rows if row["kind"] == "sure")
    alike = tuple(row["word"] for row in load("agency_lookalikes", folder))
    return sure, tuple(row["suffix"] for row in rows), alike


def pieces(text: str) -> list[str]:
    """Cut a list of agencies at its separators."""
    return [piece for piece in _SEPARATORS.split(text) if piece]


def ends_whole(text: str, folder: str | None = None) -> bool:
    """Tell whether a folded list of agencies ends with a whole name.

    Examples
    --------
    >>> ends_whole("州文旅局、州农业农"), ends_whole("州文旅局、州农业农村局")
    (False, True)
    """
    _, every, _ = _suffixes(folder)
    return text.rstrip("。.)").endswith((*every, "等"))


def agency_share(text: str, folder: str | None = None) -> float:
    """Return the share of the pieces of a folded cell that end like the name of an agency.

    Examples
    --------
    >>> agency_share("市发展改革委 市工业信息化局"), agency_share("制定工作方案。")
    (1.0, 0.0)
    """
    found = pieces(text)
    if not found or "。" in text or max(map(len, found)) > 30:
        return 0.0
    sure, _, alike = _suffixes(folder)
    named = [piece for piece in found if piece.endswith((*sure, "部门", "单位")) and not piece.endswith(alike)]
    return len(named) / len(found)


@lru_cache(maxsize=8192)  # a cell is looked at by itself, with its column and with its row
def shape(text: str, folder: str | None = None) -> str:
    """Return what a folded cell looks like: ``blank ordinal time agencies sentence phrase``.

    Examples
    --------
    >>> [shape(c) for c in ("", "30", "2023年6月底前", "市水务局", "开展项目前期工作。", "优化产业发展格局")]
    ['blank', 'ordinal', 'time', 'agencies', 'sentence', 'phrase']
    """
    text = text.strip()
    if not text:
        return "blank"
    if _NUMBER.fullmatch(text):
        return "ordinal"
    if _TIME.fullmatch(text) or _MONTHS.fullmatch(text):
        return "time"
    if agency_share(text, folder) >= 0.5:
        return "agencies"
    return "sentence" if text.endswith(("。", ";")) or len(text) > 40 or "。" in text else "phrase"


def parted(source: str, spans: list[Span], folder: str | None = None) -> list[Span]:
    """Return the slices of a duty list with the blanks that part two names kept.

    A blank after a whole name parts it from the next; a blank inside a name is layout.
    """
    kept: list[Span] = []
    for low, high in spans:
        if kept and low > kept[-1][1] and ends_whole(fold(source[kept[-1][0] : kept[-1][1]]), folder):
            kept.append((low - 1, low))
        kept.append((low, high))
    return kept
