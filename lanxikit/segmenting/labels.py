"""The labels of official documents: 责任单位: …, 工作成果: …, 完成时限: …"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lanxikit.lexicons import load


class Label(NamedTuple):
    """A label at the head of a line: its words, what kind of row it opens, its length with the colon."""

    word: str
    kind: str
    length: int


@lru_cache(maxsize=16)
def _labels(folder: str | None):
    rows = load("duty_labels", folder)
    words = sorted((row["label"] for row in rows), key=len, reverse=True)
    kinds = {row["label"]: row["kind"] for row in rows}
    head = re.compile(rf"({'|'.join(map(re.escape, words))})\s?:\s?")
    duty = "|".join(re.escape(word) for word in words if kinds[word] == "duty")
    return head, re.compile(rf"[(\[【]({duty})\s?:"), kinds


def label(line: str, folder: str | None = None) -> Label | None:
    """Return the duty, outcome, deadline or person label that a folded line opens with.

    Examples
    --------
    >>> label("责任单位:区财政局")
    Label(word='责任单位', kind='duty', length=5)
    """
    pattern, _, kinds = _labels(folder)
    found = pattern.match(line)
    return Label(found.group(1), kinds[found.group(1)], found.end()) if found else None


def inline_duty(text: str, folder: str | None = None) -> tuple[int, int, str] | None:
    """Find a bracketed duty at the end of a folded paragraph.

    Returns
    -------
    tuple or None
        Where its bracket opens, where its words begin, and its label.

    Examples
    --------
    >>> inline_duty("建设公园。(责任单位:省民(宗)委牵头)")
    (5, 11, '责任单位')
    """
    if not text.rstrip("。.").endswith((")", "]", "】")):
        return None
    _, pattern, _ = _labels(folder)
    found = list(pattern.finditer(text))
    return (found[-1].start(), found[-1].end(), found[-1].group(1)) if found else None
