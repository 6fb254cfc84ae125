"""Printed lines to running text: wrapped lines joined to paragraphs.

What a page holds is given as runs: pieces of text with their place, and blocks (tables), whose lines
are made already. A paragraph ends where its last line ends short or the next is indented
(GB/T 9704-2012: two characters).
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from lanxikit.reading import front
from lanxikit.reading.formats.runs import Run
from lanxikit.text.fold import fold, is_cjk

_MARKER = re.compile(
    r"(?:[(（]?[一二三四五六七八九十百]{1,4}[)）、.]|[(（]\d{1,3}[)）]|\d{1,3}(?:\.\d{1,2}){0,3}[.、]?(?![\d年月日%])|[①-⑳]|"
    r"第[一二三四五六七八九十百零\d]{1,5}[编章节条]|[一二三四五六七八九十]是|——|[●▪·•])"
)
_SUB = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]\S")
_TOP = re.compile(r"[一二三四五六七八九十]{1,3}、")
_STOP = re.compile("[。；;]")
_ENDS = "。；;：:！!？?”）)》"
_CLOSING = "，。；：、！？”’）》」』】%％,.;:!?)]"
_TOKEN = re.compile(r"[A-Za-z0-9.,%/\-—－–·±+:~～]{1,40}")


def paragraphs(lines: list[list[Run]], margins: tuple[float, float] | None = None) -> list[str]:
    """Join the lines of a stretch to paragraphs.

    Parameters
    ----------
    lines : list of row
    margins : tuple, optional
        Where lines begin and end; else taken from the lines.

    Returns
    -------
    list of str
        A paragraph each; the lines of blocks as they are.
    """
    plain = [row for row in lines if row[0].block is None]
    left, right = margins or edges(plain)
    pitch = _pitch(plain)
    written: list[str] = []
    before: list[Run] | None = None
    origin = 0.0
    for row in lines:
        if row[0].block is not None:
            written += row[0].block
            before = None
            continue
        text = said(row)
        if not text:
            continue
        hangs = row[0].x0 - origin > 0.8 * row[0].size and bool(written) and bool(_MARKER.match(fold(written[-1][:20])))
        if (
            before is not None
            and not _begins(before, row, written[-1][-1], text, (left, right), pitch, hangs)
            and not _apart(written[-1], text)
        ):
            written[-1] = joined(written[-1], text)
        else:
            written.append(text)
            origin = row[0].x0
        before = row
    return written


def runs_on(above: list[list[Run]], below: list[list[Run]], text: str) -> bool:
    """Tell whether a paragraph goes on from the foot of one column or page at the head of the next.

    Parameters
    ----------
    above, below : list of row
    text : str
        What stands above so far. Where it ends a sentence, only a page of indented paragraphs can tell.
    """
    last, first = above[-1], below[0]
    if last[0].block is not None or first[0].block is not None or not text:
        return False
    plain = [row for row in below if row[0].block is None]
    upper, lower = edges([row for row in above if row[0].block is None]), edges(plain)
    next_text, size = said(first), last[0].size
    indented = sum(1.2 * size < row[0].x0 - lower[0] < 3 * size for row in plain)
    if text[-1] in "。！!？?；;" and not (indented and len(plain) > 3):
        return False
    # Alike in width, they stand in one place: the longer of the two tells where lines begin.
    left = min(upper[0], lower[0]) if abs(upper[1] - lower[1]) < size else lower[0]
    return (
        abs(first[0].size - size) <= 0.18 * size
        and upper[1] - last[-1].x1 <= _first(first, next_text) + 0.6 * size
        and first[0].x0 - left <= 1.2 * size
        and not _MARKER.match(fold(next_text))
    )


def said(row: list[Run]) -> str:
    """The text of a printed line; a gap is a blank."""
    return " ".join(part for part in (" ".join(run.text.split()) for run in row) if part)


def joined(one: str, other: str) -> str:
    """Join two lines; a blank only between words of letters.

    Examples
    --------
    >>> joined("推进兰州", "西宁合作"), joined("GDP of", "Lanzhou"), joined("到20", "25年")
    ('推进兰州西宁合作', 'GDP of Lanzhou', '到2025年')
    """
    if not one or not other:
        return one + other
    letters = one[-1].isascii() and one[-1].isalpha() and other[0].isascii() and other[0].isalpha()
    return one + (" " if letters else "") + other


def edges(lines: list[list[Run]]) -> tuple[float, float]:
    """Where the lines of a stretch begin and end: the outermost places that two lines share."""
    if not lines:
        return 0.0, 0.0
    size = median(row[0].size for row in lines)
    starts = sorted(row[0].x0 for row in lines)
    # Punctuation may hang over the margin.
    ends = sorted((row[-1].x1 - (row[-1].text[-1:] in _CLOSING) * row[-1].size for row in lines), reverse=True)
    left = next((a for a, b in pairwise(starts) if b - a < 0.5 * size), starts[0]) if len(lines) > 8 else starts[0]
    right = next((a for a, b in pairwise(ends) if a - b < 1.2 * size), ends[0])
    return left, right


def _pitch(lines: list[list[Run]]) -> float:
    steps = [b[0].middle - a[0].middle for a, b in pairwise(lines)]
    return median(steps) if len(steps) >= 3 else 1.8 * max((row[0].size for row in lines), default=0.0)


def _begins(before, row, sign: str, text: str, margins: tuple[float, float], pitch: float, hangs: bool) -> bool:
    """Tell whether a line begins a paragraph, after one that ends in `sign`."""
    left, right = margins
    size = before[0].size
    if abs(row[0].size - size) > 0.18 * max(size, row[0].size):
        return True
    if row[0].middle - before[0].middle > 1.7 * max(pitch, size):
        return True
    if right - before[-1].x1 > _first(row, text) + 0.6 * size:
        return True
    marked = sign in _ENDS and bool(_MARKER.match(fold(text)))
    if row[0].x0 - left > 1.2 * size:
        # Below a marker the further lines of its paragraph may stand further in (hanging indent).
        return marked or not hangs
    return marked and before[0].x0 - left < 1.2 * size


def _apart(above: str, text: str) -> bool:
    """Tell from the words alone that a line begins anew: a number, an issuer under a full stop, (一) under 一、."""
    line, over = fold(text), fold(above[-60:])
    if front.is_number(over) or (front.is_number(line) and over[-1] not in "(（《、,"):
        return True
    if over[-1] == ":" and above[0] == "各" and len(above) < 300:
        return True  # the addressees
    if over[-1] in "。;" and (front.is_date(line) or front.is_organ(line)):
        return True
    return bool(_SUB.match(line)) and bool(_TOP.match(above)) and len(above) < 60 and not _STOP.search(above)


def _first(row: list[Run], text: str) -> float:
    """The width of what cannot be parted at a line's begin: it went down whole, and left a gap above."""
    token = _TOKEN.match(text)
    count = token.end() if token else 1
    while count < len(text) and text[count] in _CLOSING:
        count += 1
    wide = sum(1.0 if is_cjk(char) else 0.55 for char in text[:count])
    return wide * row[0].size
