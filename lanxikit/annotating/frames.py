"""Where the sentences, clauses and brackets of a text begin and end.

A comma inside 《》 “” （） parts nothing outside it, and a number inside a title is no
number of the sentence: both questions are answered here, once a text, in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from itertools import pairwise

_PAIRS = {"》": "《", "”": "“", ")": "(", "】": "【", "〕": "〔", "』": "『", "」": "「"}
_OPENERS = frozenset(_PAIRS.values())
_SENTENCE = frozenset("。!?\n\r")
_PARTING = _SENTENCE | frozenset(",;:… ")
_SCANNED = frozenset(("_spans", "_outer", "_inner", "_sentences", "_parts", "_starts", "_titles"))
_FAR = 40  # so many brackets may open between a position and the one around it
_MARKS = re.compile(r"[《》“”()【】〔〕『』「」。!?\n\r,;:… ]")
_BORDER = re.compile(r"(?<=[一-鿿》”)])[ ]{1,8}(?=[一-鿿《“(])")
_DIGITS = re.compile(r"\d,\d{3}(?!\d)")


class Frames:
    """The frame of a folded text.

    Parameters
    ----------
    text : str
        As :func:`lanxikit.text.fold.fold` gives it.

    Examples
    --------
    >>> text = "建设《西部,陆海》通道,改造2000套。新建5所"
    >>> frames = Frames(text)
    >>> text[slice(*frames.clause(text.index("2000")))]
    '改造2000套'
    >>> frames.bracket(text.index("陆"))
    '《'
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def __getattr__(self, name: str):
        if name not in _SCANNED:
            raise AttributeError(name)
        self._scan()  # when first asked: many texts never are
        return getattr(self, name)

    def _scan(self) -> None:
        text = self.text
        marks = [(match.start(), match[0]) for match in _MARKS.finditer(text)]
        if " " in text:
            # A blank between two Han characters is what is left of a table cell's border; other blanks part nothing.
            marks = [(at, mark) for at, mark in marks if mark != " " or _BORDER.match(text, at)]
        grouped = {match.start() + 1 for match in _DIGITS.finditer(text)} if "," in text else ()
        closing = self._match(marks)
        self._spans: list[tuple[int, int]] = []  # matched brackets, by opening
        self._outer: list[int] = []  # bracket -> the one around it, or -1
        self._inner: dict[int, list[int]] = {-1: []}  # bracket -> marks that part clauses within it
        self._sentences: list[int] = []
        self._parts: list[int] = []
        if closing:
            self._nest(marks, closing, grouped)
        else:
            self._inner[-1] = [at for at, mark in marks if mark in _PARTING and at not in grouped]
            self._sentences = [at for at, mark in marks if mark in _SENTENCE]
            self._parts = [at for at, mark in marks if mark in _SENTENCE or mark == ";"]
        self._starts = [start for start, _ in self._spans]
        self._titles: list[tuple[int, int]] = []
        for span in self._spans:
            if self.text[span[0]] == "《" and not (self._titles and span[0] < self._titles[-1][1]):
                self._titles.append(span)

    def _nest(self, marks: list[tuple[int, str]], closing: dict[int, int], grouped: Collection[int]) -> None:
        """Note each mark with the innermost pair of brackets around it."""
        stack: list[int] = []
        for position, mark in marks:
            if position in closing:
                self._outer.append(stack[-1] if stack else -1)
                stack.append(len(self._spans))
                self._spans.append((position, closing[position]))
                self._inner[stack[-1]] = []
            elif stack and position == self._spans[stack[-1]][1]:
                stack.pop()
            elif mark in _PARTING and position not in grouped:
                self._inner[stack[-1] if stack else -1].append(position)
                if not stack and mark in _SENTENCE:
                    self._sentences.append(position)
                if not stack and (mark in _SENTENCE or mark == ";"):
                    self._parts.append(position)

    @staticmethod
    def _match(marks: list[tuple[int, str]]) -> dict[int, int]:
        stack: list[tuple[int, str]] = []
        found: dict[int, int] = {}
        for position, mark in marks:
            if mark in _PARTING:
                continue
            if mark in _OPENERS:
                stack.append((position, mark))
            else:
                for depth in range(len(stack) - 1, max(len(stack) - 4, -1), -1):
                    if stack[depth][1] == _PAIRS[mark]:  # an opener left open inside is dropped
                        found[stack[depth][0]] = position
                        del stack[depth:]
                        break
        return found

    def _within(self, position: int) -> int:
        """Return the innermost bracket around a position, or -1."""
        index = step = bisect_left(self._starts, position) - 1
        while step >= 0 and index - step < _FAR:
            if position < self._spans[step][1]:
                return step
            step = self._outer[step]
        return -1

    @property
    def has_brackets(self) -> bool:
        """Whether the text has any pair of brackets or quotation marks."""
        return bool(self._spans)

    def bracket(self, position: int) -> str:
        """Return the innermost opening bracket around a position; empty where there is none."""
        index = self._within(position)
        return self.text[self._spans[index][0]] if index >= 0 else ""

    def titled(self, position: int) -> bool:
        """Tell whether a position stands within 《》, at any depth."""
        index = bisect_left(self._titles, (position, -1)) - 1
        return index >= 0 and position < self._titles[index][1]

    def inside(self, position: int) -> tuple[int, int]:
        """Return the span between the innermost brackets around a position, or of the whole text."""
        index = self._within(position)
        return (self._spans[index][0] + 1, self._spans[index][1]) if index >= 0 else (0, len(self.text))

    def clause(self, position: int) -> tuple[int, int]:
        """Return the span of the clause around a position."""
        index = self._within(position)
        low, high = (self._spans[index][0] + 1, self._spans[index][1]) if index >= 0 else (0, len(self.text))
        return _around(self._inner[index], position, low, high)

    def sentence(self, position: int) -> tuple[int, int]:
        """Return the span of the sentence around a position; brackets do not part sentences."""
        return _around(self._sentences, position, 0, len(self.text))

    def part(self, position: int) -> tuple[int, int]:
        """Return the span of the part between full stops and semicolons around a position."""
        return _around(self._parts, position, 0, len(self.text))

    def clauses(self) -> list[tuple[int, int]]:
        """Return the spans of all clauses outside brackets, in order, empty ones left out."""
        edges = [-1, *self._inner[-1], len(self.text)]
        spans = [(low + 1, high) for low, high in pairwise(edges)]
        return [(low, high) for low, high in spans if self.text[low:high].strip()]


def _around(marks: list[int], position: int, low: int, high: int) -> tuple[int, int]:
    index = bisect_right(marks, position - 1)
    before = marks[index - 1] + 1 if index else low
    after = marks[index] if index < len(marks) else high
    return max(before, low), min(after, high)
