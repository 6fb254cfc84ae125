"""How the lines of a file were laid out: wrapped at a width, paragraphs indented, blank lines between all.

A text copied from a page or a PDF has its lines cut at a width. Then a full line goes on in
the next one and a short one ends its paragraph; where paragraphs are indented (two full-width
blanks, GB/T 9704-2012 §7.3.3), a line that is not indented goes on. All is read off the whole file.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from lanxikit.reading.lines import Line

_FINISHED = frozenset("。！？；：!?;:")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|第[一二三四五六七八九十百\d]{1,5}[章条]"
)
_NARROWEST, _WIDEST = 10, 66  # characters
_SHARE = 0.08  # of all lines at least are full in a wrapped text
_OVER = 0.03  # of all lines may be wider
_FEWEST = 3
_BROKEN = 0.6  # of the full lines end in mid-sentence
_CONVENTION = 0.1  # share of indented and of not indented lines that makes indenting a convention
# A line this much narrower than the width is still full: no mark may open a line, numbers stay whole.
_SLACK = {"characters": 2, "columns": 8}
_WHOLE = re.compile(r"[0-9A-Za-z.%]{2,12}")
_INDENT = 8  # columns of an indent that count for the width
_RARE = 4  # bytes of a rare character at most
_BAND = {"characters": 1, "columns": 3}


def columns(text: str) -> int:
    """Return how wide a text is in half-width columns.

    Examples
    --------
    >>> columns("到2025年，")
    10
    """
    return len(text.encode("gb18030", "replace")) if not text.isascii() else len(text)


def _characters(line: Line) -> int:
    return line.spans[-1][1] - line.start


def _columns(line: Line) -> int:
    return columns(line.text) + min(line.indent, _INDENT)


@dataclass(frozen=True)
class Layout:
    """What holds for the file: ``width`` (0: not wrapped) in ``unit``, ``indented``, ``parted``.

    ``unit``: a program wraps after so many characters, a page at so many columns; ``indented``:
    paragraphs open with an indent; ``parted``: blank lines stand between paragraphs, not
    between all lines; ``headed``: numbered lines are indented as well; ``longest``: characters
    of the longest line.
    """

    width: int = 0
    unit: str = "columns"
    indented: bool = False
    parted: bool = False
    headed: bool = False
    longest: int = 0

    def reaches(self, line: Line) -> bool:
        """Tell whether a line is as long as the longest of a text whose width is not known."""
        return _characters(line) >= self.longest - 2

    def full(self, line: Line, after: Line) -> bool:
        """Tell whether a line reaches the width at which lines were cut; a number that opens the next stays whole."""
        wide = _characters(line) if self.unit == "characters" else _columns(line)
        whole = _WHOLE.match(after.folded)
        return wide >= self.width - _SLACK[self.unit] - (whole.end() - 1 if whole else 0)

    def brims(self, line: Line, after: Line) -> bool:
        """Tell whether not one character more went into a line: a sentence that ends there need not end a paragraph."""
        wide = _characters(line) if self.unit == "characters" else _columns(line)
        whole = _WHOLE.match(after.folded)
        return wide >= self.width - _BAND[self.unit] - (whole.end() - 1 if whole else 0)

    def opens(self, line: Line) -> bool:
        """Tell whether a line opens a paragraph by its indent."""
        return self.indented and line.indent >= 2


def layout(lines: list[Line]) -> Layout:
    """Infer the layout of a file from all its lines (from :func:`lanxikit.reading.lines.lines`).

    Examples
    --------
    >>> from lanxikit.reading.lines import lines
    >>> text = "现将工作安排如下，请认真抓\\n好落实。\\n各乡镇要落实责任，确保全县\\n面积稳定。\\n"
    >>> text += "各部门要密切配合，形成工作\\n合力。"
    >>> layout(lines(text)).width  # thirteen Han characters
    26
    """
    texts = [line for line in lines if line.text and not line.tabs]
    longest = max(map(_characters, texts), default=0)
    if len(texts) < 2 * _FEWEST:
        return Layout(longest=longest)
    if _RARE * longest + _INDENT < 2 * _NARROWEST:  # no line is wide enough to have been cut
        return Layout(longest=longest)
    long = [len(line.text) > _WIDEST for line in texts]
    if sum(long) > _OVER * len(texts):
        return Layout(longest=longest)
    opened = [bool(_NUMBERED.match(line.text)) for line in texts]
    best = max((*_width(texts, opened, unit), unit) for unit in ("columns", "characters"))
    if not best[0]:
        return Layout(longest=longest)
    inner = [line.indent for line in texts if line.indent <= 8]
    indents = sum(indent >= 2 for indent in inner)
    indented = indents >= _CONVENTION * len(texts) and len(inner) - indents >= _CONVENTION * len(texts)
    gaps = sum(1 for line, after in itertools.pairwise(lines) if line.text and not after.text)
    heads = [line.indent >= 2 for line, head in zip(texts, opened, strict=True) if head]
    headed = sum(heads) >= 0.8 * max(len(heads), 1)
    return Layout(best[1], best[2], indented, 0 < gaps < 0.7 * len(texts), headed, longest)


def _width(texts: list[Line], opened: list[bool], unit: str) -> tuple[int, int]:
    """How many lines end just below the width at which lines were cut, and that width.

    Most of them end in mid-sentence, no number opens the next line, and hardly any line is wider.
    """
    widths = [_characters(line) if unit == "characters" else _columns(line) for line in texts]
    count = Counter(widths)
    band, scale = _BAND[unit], 1 if unit == "characters" else 2
    best, most = 0, 0
    for width in count:
        if _NARROWEST * scale <= width <= _WIDEST * scale:
            inside = sum(count[near] for near in range(width - band, width + 1))
            if (inside, width) > (most, best):
                best, most = width, inside
    if most < max(_SHARE * len(widths), _FEWEST) or sum(width > best + 2 for width in widths) > _OVER * len(widths):
        return 0, 0
    near = [i for i, width in enumerate(widths[:-1]) if best - band <= width <= best + 2]
    broken = sum(texts[i].text[-1] not in _FINISHED and not opened[i + 1] for i in near)
    return (broken, best) if broken >= _BROKEN * len(near) else (0, 0)
