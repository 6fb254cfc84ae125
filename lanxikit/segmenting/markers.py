"""The numbering of official documents: what a line opens with.

GB/T 9704-2012 §7.3.3 orders 一、 （一） 1. （1）; legislation counts 编 章 节 条. Documents
mix widths and skip levels, so the order of depths is found in the document itself
(see outline.py), not here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CN = "一二三四五六七八九十"

# The order matters: the first pattern that fits names the style.
_STYLES = (
    *((f"第{unit}", re.compile(rf"第([{_CN}百零〇\d]{{1,5}}){unit}")) for unit in "编章节条"),
    ("cn", re.compile(rf"([{_CN}]{{1,3}})、")),
    ("cn_paren", re.compile(rf"\(([{_CN}]{{1,3}})\)、?")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.%年月日])")),
    ("digit", re.compile(r"(\d{1,3})(?:[.](?!\d)|、)")),
    ("digit_paren", re.compile(r"\((\d{1,2})\)、?")),
    ("digit_half", re.compile(r"(\d{1,2})\)")),
    ("circled", re.compile(r"([①-⑳])")),
)


class Marker(NamedTuple):
    """A number at the head of a line: its style, the number as written, and its length."""

    style: str
    ordinal: str
    length: int


def marker(line: str) -> Marker | None:
    """Return the marker that a folded line opens with.

    Parameters
    ----------
    line : str
        A cleaned line, folded to half width.

    Returns
    -------
    Marker or None

    Examples
    --------
    >>> marker("(一)指导思想。")
    Marker(style='cn_paren', ordinal='一', length=3)
    >>> marker("2022年4月2日") is None
    True
    """
    for style, pattern in _STYLES:
        found = pattern.match(line)
        if found:
            return Marker(style, found.group(1), found.end())
    return None
