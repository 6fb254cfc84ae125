"""A block: a paragraph of the document, with all its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lanxikit.reading import front
from lanxikit.reading.lines import Line, Span
from lanxikit.segmenting.labels import Label
from lanxikit.segmenting.markers import Marker, styles
from lanxikit.text.fold import fold

_FEW = 4  # lines that hold the tail of a list
_LONG = 10_000  # a block of many lines is longer than any title or heading
_ISSUE = re.compile(r"[〔\[(]?(?:19|20)\d\d[〕\])]?年?\(?第?\d{1,4}[期号]\)?|\(?第\d{1,4}[期号]\)?")
FRONT_ENDS = frozenset("日)印发制号期件")  # of dates, numbers, letterheads


@dataclass(slots=True)
class Block:
    """A paragraph of the document, with all its lines.

    ``form`` is ``marker``, ``label``, ``table``, ``box``, ``date``, ``imprint``, ``number``,
    ``letterhead``, ``annex``, ``attachment``, ``contents``, ``footnote``, ``page`` or ``plain``;
    ``page`` the kind of row that a block outside the text becomes; ``title`` the title that
    stands in the line of an annex; ``bullet`` whether it opens with one; ``marks`` are the marks of
    sentence and clause in all lines but its last.
    """

    start: int
    end: int
    spans: list[Span]
    parts: list[str]
    form: str
    marker: Marker | None = None
    label: Label | None = None
    page: str | None = None
    title: str | None = None
    bullet: bool = False
    last: Line | None = None
    folds: list[str] = field(default_factory=list)
    marks: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """What is to be read of the block."""
        if len(self.parts) > 1:  # joined when asked for: a block may have thousands of lines
            self.parts = ["".join(self.parts)]
        return self.parts[0]

    @property
    def length(self) -> int:
        """Number of characters to be read."""
        parts = self.parts
        if len(parts) == 1:
            return len(parts[0])
        return sum(map(len, parts)) if len(parts) < _FEW else _LONG

    @property
    def tail(self) -> str:
        """The last characters in half width, enough to see whether the block is finished."""
        folds = self.folds
        if len(folds) == 1:
            return folds[0]
        return "".join(folds[-_FEW:]) if folds else fold(self.text)

    @property
    def folded(self) -> str:
        """The block's text in half width, character for character."""
        folds = self.folds
        if len(folds) != 1:
            folds = self.folds = ["".join(folds) if folds else fold(self.text)]
        return folds[0]


def front_form(text: str) -> str | None:
    """Return the form of a folded line that is a date, an imprint, a number or a letterhead."""
    if front.is_date(text):
        return "date"
    if front.is_imprint(text):
        return "imprint"
    if front.is_number(text) or _ISSUE.fullmatch(text):
        return "number"
    return "letterhead" if front.is_letterhead(text) else None


def is_sure(found: Marker, lexicon: str | None = None) -> bool:
    """Tell whether a number at a line's head is hardly ever there by chance."""
    return found.damage == 0 and (found.style == "第条" or not styles(lexicon)[found.style].doubt)
