"""Where an expression of time may begin: sought first, so that its grammar is tried only there."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FIGURES = "一二三四五六七八九十两半"
_OTHERS = '二一每用“‘"今明后当本自从未次翌来下'
_UNIT = "[年月份日天个周星工至到—–~-]"  # what may stand behind a figure, or join it to another


def openings(words: Iterable[str]) -> re.Pattern:
    """Return an expression for the first character of a time; a figure only before a unit of time or another figure.

    Parameters
    ----------
    words : iterable of str
        Expressions that are times by themselves: 年底, 一季度, 十四五.

    Examples
    --------
    >>> found = openings(["年底", "十四五"])
    >>> [match.start() for match in found.finditer("新建5所,2025年底前达到300套,三个月内办结,一批项目")]
    [5, 7, 8, 9, 19]
    """
    words = list(words)
    figures = set(_FIGURES) | set("123456789")
    firsts = {word[0] for word in words} | figures | set(_OTHERS)
    pairs = sorted({word[:2] for word in words if word[0] in figures})
    named = "".join(rf"|(?<={pair[0]})(?={re.escape(pair[1:])})" for pair in pairs)
    return re.compile(
        rf"[{re.escape(''.join(sorted(firsts)))}]"
        rf"(?:(?<![{_FIGURES}1-9])|(?<=[1-9])(?=\d{{0,3}}[ ]?(?:{_UNIT}|(?<= )\d))"
        rf"|(?<=[二一])(?=[九〇零○0O])|(?<=[{_FIGURES}])(?=[{_FIGURES}]{{0,2}}[ ]?(?:{_UNIT}|\d)){named})"
    )
