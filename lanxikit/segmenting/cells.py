"""What a cell of a table, or the tail of a list, looks like: agencies, a sentence, a phrase."""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load

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


def shape(text: str, folder: str | None = None) -> str:
    """Return what a folded cell looks like: ``blank ordinal agencies sentence phrase``.

    Examples
    --------
    >>> [shape(c) for c in ("", "30", "市水务局", "开展项目前期工作。", "优化产业发展格局")]
    ['blank', 'ordinal', 'agencies', 'sentence', 'phrase']
    """
    text = text.strip()
    if not text:
        return "blank"
    if re.fullmatch(r"\d{1,4}", text):
        return "ordinal"
    if agency_share(text, folder) >= 0.5:
        return "agencies"
    return "sentence" if text.endswith(("。", ";")) or len(text) > 40 or "。" in text else "phrase"
