"""Printed lines to running text: columns in reading order, wrapped lines joined to paragraphs.

What a page holds is given as runs: pieces of text with their place, from a PDF's text layer
or from OCR alike; and blocks (tables), whose lines are made already. The way down the page
is a recursive X-Y cut (Nagy & Seth 1984); a paragraph ends where its last line ends short
or the next is indented (GB/T 9704-2012: two characters).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from lanxikit.reading import front
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
_HALVES = 4


@dataclass(slots=True)
class Run:
    """A piece of one printed line, or a block. Lengths run to the right and down the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float
    block: tuple[str, ...] | None = None

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


def rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Put the runs that stand on one line together, from the top down and from left to right."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.middle, run.x0)):
        if (
            found
            and run.block is None
            and found[-1][0].block is None
            and abs(run.middle - found[-1][0].middle) < 0.5 * max(run.size, found[-1][0].size)
        ):
            found[-1].append(run)
        else:
            found.append([run])
    return [sorted(row, key=lambda run: run.x0) for row in found]


def bands(runs: list[Run], depth: int = 0, usual: float | None = None) -> list[list[list[Run]]]:
    """Part a page into stretches of one column each, in reading order.

    Parameters
    ----------
    runs : list of Run
    depth : int
        How many cuts were made already.
    usual : float, optional
        Where other pages are cut: a page of few lines is cut there too.

    Returns
    -------
    list of list of row
        Each stretch with its rows.
    """
    cut = gutter(runs) if depth < _HALVES else None
    if cut is None and usual is not None and sum(run.x0 < usual < run.x1 for run in runs) <= 0.3 * len(runs):
        cut = usual
    if cut is None:
        return [rows(runs)] if runs else []
    stretches: list[tuple[list[Run], list[Run], list[Run]]] = [([], [], [])]
    for run in sorted(runs, key=lambda run: (run.middle, run.x0)):
        wide, lefts, rights = stretches[-1]
        if run.x0 < cut < run.x1:
            if lefts and rights:
                stretches.append(([run], [], []))
            else:
                # What stands on one side only, above a line over both, is a short line of it.
                wide += [*lefts, *rights, run]
                lefts.clear()
                rights.clear()
        else:
            (lefts if run.x1 <= cut else rights).append(run)
    found: list[list[list[Run]]] = []
    for wide, lefts, rights in stretches:
        if wide:
            found.append(rows(wide))
        for side in (lefts, rights):
            found += bands(side, depth + 1)
    return found


def gutter(runs: list[Run]) -> float | None:
    """The place of a gap between two columns of prose, if there is one.

    Hardly a line crosses it, and both sides are wide and have many full lines: else it is a list
    or a table without rules.
    """
    plain = [run for run in runs if run.block is None]
    if len(plain) < 12:
        return None
    size = median(run.size for run in plain)
    start, end = min(run.x0 for run in plain), max(run.x1 for run in plain)
    steps = sorted([(run.x0, 1) for run in plain] + [(run.x1, -1) for run in plain])
    crossing, best = 0, None
    for (place, change), (following, _) in pairwise(steps):
        crossing += change
        share = (place + following - 2 * start) / 2 / max(end - start, 1.0)
        if following - place >= 0.8 * size and 0.2 < share < 0.8:
            found = (crossing, abs(share - 0.5), (place + following) / 2)
            best = found if best is None or found < best else best
    if best is None or best[0] > 0.3 * len(plain):
        return None
    cut = best[2]
    sides = [run for run in plain if run.x1 <= cut], [run for run in plain if run.x0 >= cut]
    if _overflow(*sides, cut):
        return cut
    for side in sides:
        if len(side) < 5:
            return None
        right = max(run.x1 for run in side)
        full = sum(run.x1 > right - 2 * size for run in side)
        if right - min(run.x0 for run in side) < 8 * size or full < 0.3 * len(side):
            return None
    return cut


def _overflow(lefts: list[Run], rights: list[Run], cut: float) -> bool:
    """Tell whether the few lines on the right are where a full column of prose on the left goes on."""
    if len(lefts) < 12 or not 2 <= len(rights) < 5:
        return False
    size, start = lefts[0].size, min(run.x0 for run in rights)
    lefts, rights = sorted(lefts, key=lambda run: run.middle), sorted(rights, key=lambda run: run.middle)
    width = max(run.x1 for run in lefts) - min(run.x0 for run in lefts)
    right = max(run.x1 for run in lefts)
    full = sum(run.x1 > right - 2.2 * size for run in lefts)
    steps = [below.middle - above.middle for above, below in pairwise(rights)]
    return (
        full >= 0.5 * len(lefts)
        and width >= 12 * size
        and rights[0].middle < lefts[2].middle
        and max(steps) < 3 * size
        and all(abs(run.x0 - start) < 2.2 * size for run in rights)
        and all(abs(run.x1 - start - width) < 2.2 * size for run in rights[:-1])
        and lefts[-1].x1 > right - 2.2 * size
        and lefts[-1].text[-1] not in "。；;：:"
    )


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
