"""Where a line that lost its breaks is cut: at numbers, blanks that were breaks, common headings, seams."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

from lanxikit.lexicons import load
from lanxikit.reading import front
from lanxikit.reading.lines import Line, cut, read
from lanxikit.segmenting.cells import ends_whole
from lanxikit.segmenting.inside import HEADING, SHORTEST, gaps
from lanxikit.segmenting.markers import Marker, marker
from lanxikit.segmenting.seams import seams
from lanxikit.text.fold import fold, is_cjk

_ENDS = frozenset("。!?")
_STOPS = frozenset("。;:,!?、")
_FULL_STOPS = frozenset("。;:,!?")
_MOST = 0.6  # of the long lines of a style have a heading parted by a blank
_ANNEX = re.compile(r"附[件表录](?:[一二三四五六七八九十]|\d{1,2})?:?")
_DASHES = re.compile(r"(?<=[。;:])——")
_SHORT = 2  # a blank this near another is layout: 第一章 总 则


def places(line: Line, cuts: list[int], by_gap: bool, source: str, lexicon: str | None = None) -> list[int]:
    """Return all places of a line's text where lines begin.

    Parameters
    ----------
    line : Line
        A line that lost its breaks.
    cuts : list of int
        Where numbers open lines.
    by_gap : bool
        Whether the breaks became blanks.
    source : str
        The decoded file.
    lexicon : str, optional
        Folder of the user's own word lists.
    """
    text = line.folded
    dashes = [match.start() for match in _DASHES.finditer(text)]
    found = {*cuts, *dashes}
    if dashes:
        found.update(_first_dashes(text, cuts, dashes))
    if by_gap:
        found |= _blank_cuts(gaps(line, source), text, found, lexicon)
    else:
        found |= _heading_cuts(text, found, lexicon)
    edges = sorted({0, *found, len(text)})
    for low, high in pairwise(edges):
        found.update(low + at for at in seams(text[low:high], lexicon))
    return sorted(place for place in found if 0 < place < len(text))


def _first_dashes(text: str, cuts: list[int], dashes: list[int]) -> list[int]:
    """Dashes right behind a short heading, where others follow in the same item: （三）攻坚战——实施…。——引领…。"""
    found = []
    for low, high in pairwise([*cuts, len(text)]):
        at = text.find("——", low, low + HEADING)
        if at > low and not set(text[low:at]) & _FULL_STOPS and any(at < dash < high for dash in dashes):
            found.append(at)
    return found


def split(line: Line, places: list[int], source: str) -> list[Line]:
    """Cut a line at places of its text; the ``[start, end)`` of the new lines join to it."""
    heads = [_source_place(line, place) for place in places]
    starts = [line.start, *heads]
    ends = [*heads, line.end]
    bounds = [0, *places, len(line.text)]
    found = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        spans = cut(line.spans, bounds[number], bounds[number + 1])
        indent, bullet = (line.indent, line.bullet) if number == 0 else (0, False)
        text = read(source, spans)
        feed = line.feed and end == line.end
        found.append(Line(start, end, text, spans, False, indent, bullet, feed, fold(text)))
    return found


def run_in(lines: list[Line], heads: list[Marker | None], source: str) -> dict[int, int]:
    """Where a blank parts a heading from its paragraph in the same line, if most lines of its style do so."""
    found: dict[int, int] = {}
    whole: dict[str, int] = defaultdict(int)
    parted: dict[str, list[int]] = defaultdict(list)
    plain = blanks = 0
    for index, (line, head) in enumerate(zip(lines, heads, strict=True)):
        if line.tabs or len(line.text) < SHORTEST:
            continue
        parts = len(line.spans)
        if head is None:
            plain += 1
            blanks += parts > 1 and bool(gaps(line, source))
            continue
        if head.damage or head.style == "第条":
            continue
        whole[head.style] += 1
        if not 1 < parts <= 3:
            continue  # no blank, or blanks everywhere
        inner = [gap for gap in gaps(line, source) if gap > head.length]
        if len(inner) != 1 or not 3 <= inner[0] - head.length <= HEADING // 2 + 4:
            continue
        heading, text = line.text[head.length : inner[0]], line.text[inner[0] :]
        if (
            not set(fold(heading)) & _STOPS
            and text[-1] in "。；：）)"
            and len(text) > 2 * len(heading)
            and text[0] > "一"
        ):
            parted[head.style].append(index)
            found[index] = inner[0]
    if blanks > 2 and blanks * 3 > plain:
        return {}  # blanks inside paragraphs are layout here
    for style, indexes in parted.items():
        if len(indexes) < 2 or len(indexes) < _MOST * whole[style]:
            for index in indexes:
                del found[index]
    return found


def _blank_cuts(blanks: set[int], text: str, places: set[int], lexicon: str | None) -> set[int]:
    """Blanks between Chinese characters that were line breaks."""
    gaps = sorted(blanks)
    found: set[int] = set()
    edges = sorted({0, *gaps, *places, len(text)})
    last = 0
    for at, gap in enumerate(edges[1:-1], start=1):
        if gap in places:
            last = gap
            continue
        before, after, end = text[last:gap], text[gap : edges[at + 1]], text[gap - 1]
        number = marker(before[:24], lexicon)
        if number is not None and number.length >= len(before):
            continue  # 第一章 总则
        near = min(gap - edges[at - 1], len(after)) > _SHORT
        cjk = (is_cjk(end) or end in ":;!?)%") and (is_cjk(after[0]) or after[0] in "(—[①")
        listed = near and ends_whole(before[-12:], lexicon) and _is_listed(text, gap)
        numbered = after.isdigit() and len(after) <= 2 and (is_cjk(end) or end == " ")
        apart = front.is_organ(after) or front.is_date(after) or _ANNEX.fullmatch(before)
        apart = apart or (len(before) <= HEADING + 18 and front.is_title(before, lexicon))
        if (cjk and (end in _ENDS or (near and not listed))) or numbered or apart:
            found.add(gap)
            last = gap
    return found


def _heading_cuts(text: str, places: set[int], lexicon: str | None) -> set[int]:
    """Where a common heading without a mark runs into its paragraph: 一、总体目标到2025年…"""
    found = set()
    headings = _headings(lexicon)
    edges = sorted({0, *places, len(text)})
    for low, high in pairwise(edges):
        number = marker(text[low : low + 24], lexicon)
        if number is None:
            continue
        begin = low + number.length
        word = next((w for w in headings.get(text[begin : begin + 1], ()) if text.startswith(w, begin)), None)
        after = begin + len(word) if word else high
        if high - after > HEADING // 2 and text[after] not in "。:;,、的和与及":
            found.add(after)
    return found


@lru_cache(maxsize=16)
def _headings(folder: str | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted((row["word"] for row in load("heading_words", folder)), key=len, reverse=True):
        found[word[0]].append(word)
    return found


def _is_listed(text: str, gap: int) -> bool:
    """Tell whether a blank stands between two names of a duty list."""
    low = max(text.rfind("。", 0, gap), text.rfind("单位:", 0, gap), text.rfind("部门:", 0, gap))
    return low >= 0 and text.startswith(("单位:", "部门:"), low)


def _source_place(line: Line, place: int) -> int:
    for low, high in line.spans:
        if place < high - low:
            return low + place
        place -= high - low
    return line.spans[-1][1]
