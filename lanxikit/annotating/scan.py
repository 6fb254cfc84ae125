"""Finds all words of a list in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable


class Scan:
    """Leftmost-longest search for many words at once (Aho & Corasick 1975).

    Examples
    --------
    >>> Scan(["推进", "加快推进"]).find("加快推进建设,推进")
    [('加快推进', 0), ('推进', 7)]
    """

    def __init__(self, words: Iterable[str]) -> None:
        import ahocorasick_rs

        self._words = sorted({word for word in words if word})
        self._search = None
        if self._words:
            longest = ahocorasick_rs.MatchKind.LeftmostLongest
            self._search = ahocorasick_rs.AhoCorasick(self._words, matchkind=longest)

    def find(self, text: str) -> list[tuple[str, int]]:
        """Return the words found and where each begins, in order, without overlap."""
        if self._search is None:
            return []
        return [(self._words[index], begin) for index, begin, _ in self._search.find_matches_as_indexes(text)]
