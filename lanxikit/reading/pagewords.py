"""Lines that belong to the page, not to the document: known by their words (list ``page_words``)."""

from __future__ import annotations

from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.text.fold import fold

_LONGEST = {"navigation": 40, "index": 300, "footer": 300, "note": 150, "letterhead": 40}
_WORD = 16  # a line that opens with a word of two characters (分享, 打印) is no longer, if it belongs to the page
_SENTENCE = frozenset("。;")


@lru_cache(maxsize=16)
def _words(folder: str | None):
    starts: dict[str, list[tuple[str, str]]] = {}
    alone: dict[str, str] = {}
    anywhere: list[tuple[str, str]] = []
    for row in load("page_words", folder):
        word = fold(row["word"])
        if row["place"] == "line":
            alone[word] = row["kind"]
        elif row["place"] == "any":
            anywhere.append((word, row["kind"]))
        else:
            starts.setdefault(word[0], []).append((word, row["kind"]))
    return starts, alone, anywhere


def page_kind(line: str, folder: str | None = None) -> str | None:
    """Return the kind of a folded line that belongs to the page.

    Examples
    --------
    >>> page_kind("首页>政府信息公开"), page_kind("分享经济加快发展,培育平台企业20家。")
    ('navigation', None)
    """
    starts, alone, anywhere = _words(folder)
    if kind := alone.get(line.strip("|>:· ")):
        return kind
    if len(line) > 300 and not line.startswith(("抄送", "抄报", "分送", "主送")):
        return None
    for word, kind in starts.get(line[0], ()):
        if line.startswith(word) and (kind == "copy" or _fits(line, word, kind)):
            return kind
    for word, kind in anywhere:
        if word in line and _fits(line, word, kind):
            return kind
    return None


def _fits(line: str, word: str, kind: str) -> bool:
    longest = _LONGEST.get(kind, 300)
    if kind == "navigation" and len(word) == 2 and ">" not in line:
        longest = _WORD
    return len(line) <= longest and (kind != "navigation" or not _SENTENCE & set(line))
