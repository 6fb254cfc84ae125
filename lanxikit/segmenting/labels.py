"""The labels of official documents: 责任单位: …, 工作成果: …, 完成时限: …, at a line's head or behind a measure.

A label with its colon is one wherever it stands. Without one, or cut (任单位:, 单位:), it must stand before an agency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lanxikit.lexicons import load
from lanxikit.segmenting.duty_lists import agency_list, names_agencies, names_agency
from lanxikit.text.lenient import lenient, mended, opening

ENDS = "。.;, "
_OPEN_ENDED = ("..", "。。")  # an ellipsis as it is typed: the list goes on
OPEN, CLOSED = "([{【〔〖「<", ")]}】〕〗」>"
_EXTRA = r"(?:\((?:单位|部门|责任|人|及责任人|个人|县区|地区){1,3}\))?"
_TIME = re.compile(r"\d|长期|持续|常年|全年|每|立即|即")
_BEFORE = frozenset("。;!?,:、 " + OPEN + CLOSED)
BACK = 3000  # characters; a duty list is no longer
EDGES = re.compile(f"[{re.escape(OPEN + CLOSED)}]")
_CLOSING = re.compile(f"[{re.escape(CLOSED)}]")
_APART = frozenset("、,;/ " + OPEN + CLOSED)


class Label(NamedTuple):
    """A label at the head of a line: its words, what kind of row it opens, its length with the colon."""

    word: str
    kind: str
    length: int


class Part(NamedTuple):
    """A labelled list within a block: where its row starts, and where its words begin and end."""

    word: str
    kind: str
    start: int
    begin: int
    end: int


@dataclass(frozen=True)
class Labels:
    """The patterns of all labels, and what they say."""

    head: re.Pattern
    inner: re.Pattern
    hint: re.Pattern  # what every label of duties holds
    kinds: dict[str, str]
    alike: dict[str, str]
    whole: dict[str, str]  # cut label → the label it was
    firsts: frozenset[str]  # the characters that a label at a line's head may begin with

    def read(self, found: re.Match, stop: int, folder: str | None, *, first: bool) -> tuple[str, str] | None:
        """Return label and kind, if what stands behind a match bears it out."""
        text, cut = found.string, found["cut"] is not None
        if found["said"]:  # 主办:市水务局
            apart = first or text[found.start() - 1] in _BEFORE
            return (found["said"], "duty") if apart and names_agency(text[found.end() : stop][:60], folder) else None
        word = mended(found["cut"] or found["word"], self.whole if cut else self.kinds, self.alike)
        word = self.whole.get(word, word) if cut else word
        kind = self.kinds.get(word)
        if kind is None:
            return None
        end, colon = found.end(), found["colon"]
        colon = ":" if colon and colon in "∶﹕︰" else colon
        if colon == ":" and not cut:
            return word, kind
        if not first and colon != ":" and text[found.start() - 1] not in _BEFORE:
            return None
        if kind == "duty":
            alone = first and not cut and end == stop
            return (word, kind) if alone or names_agencies(text[end : min(end + 60, stop)], folder) else None
        if kind == "outcome":
            return None
        if colon or not text[found.end("word") : end].isspace():
            return (word, kind) if colon and not cut else None
        return (word, kind) if kind == "person" or _TIME.match(text, end) else None


@lru_cache(maxsize=16)
def label_grammar(folder: str | None) -> Labels:
    """Return the label grammar of a folder of word lists."""
    rows = load("duty_labels", folder)
    alike = {row["char"]: row["instead"] for row in load("label_lookalikes", folder)}
    kinds = {row["label"]: row["kind"] for row in rows}
    full = [label for label in kinds if len(label) > 1]
    whole: dict[str, str] = {}
    for label in full:
        if kinds[label] == "duty" and len(label) == 4:
            whole.setdefault(label[1:], label)
    for end in ("单位", "部门"):
        whole.setdefault(end, f"责任{end}")
    cut = "|".join(sorted((end for end in whole if end not in kinds), key=len, reverse=True))
    before, behind = r"[(【\[〔]?\*{0,2}", rf"{_EXTRA}\*{{0,2}}[)】\]〕]?\s?(?P<colon>[:;∶﹕︰]?)\*{{0,2}}\s{{0,4}}"
    long = lenient(full, alike)
    words = (row for row in load("duty_words", folder) if row["role"] and len(row["word"]) == 2)
    roles = [row["word"] for row in words if {"after", "closing"} & set(row["kind"].split("、"))]
    role = "|".join(roles) or "(?!)"
    ends = {label[-2:] for label in full if kinds[label] == "duty"}

    def begins(words: Iterable[str]) -> str:  # with what a scan makes of them
        return "".join(word[0] + alike.get(word[0], "") for word in words)

    said = rf"(?P<said>{role})(?=\s?:)"
    short = "|".join(re.escape(label) for label in kinds if len(label) == 1) or "(?!)"
    return Labels(
        head=re.compile(
            rf"{before}(?:(?P<word>{long}|(?:{short})(?=\s?:))|(?P<cut>{cut})(?=\s?[:;∶﹕︰])|{said})"
            rf"(?P<tail>{behind})"
        ),
        inner=re.compile(
            rf"{opening('(【[〔*', begins(full), whole, roles)}"
            rf"{before}(?:(?P<word>{long})|(?<=[(【\[〔。])(?P<cut>{cut})(?=\s?:)|{said})(?P<tail>{behind})"
        ),
        hint=re.compile(rf"{opening(begins(ends), roles)}(?:{lenient(ends, alike)}|(?:{role})\s?:)"),
        kinds=kinds,
        alike=alike,
        whole=whole,
        firsts=frozenset("([【〔*").union(begins(kinds), *(word[:1] for word in (*whole, *roles))),
    )


def label(line: str, folder: str | None = None) -> Label | None:
    """Return the duty, outcome, deadline or person label that a folded line opens with.

    Examples
    --------
    >>> label("责任单位:区财政局")
    Label(word='责任单位', kind='duty', length=5)
    >>> label("贵任单住 区财政局").word, label("任单位:区财政局").word, label("责任单位落实不力的")
    ('责任单位', '责任单位', None)
    """
    labels = label_grammar(folder)
    found = labels.head.match(line) if line[:1] in labels.firsts else None
    if found and found["said"]:  # 主办:省人民政府 is the foot of a site
        return None
    read = labels.read(found, len(line.rstrip()), folder, first=True) if found else None
    return Label(*read, found.end()) if read else None


def names_duties(words: str, folder: str | None = None) -> bool:
    """Tell whether a folded heading only says that duties follow.

    Examples
    --------
    >>> names_duties("责任分工"), names_duties("建设公园")
    (True, False)
    """
    return label_grammar(folder).kinds.get(words.rstrip("。:")) == "duty"


def lists_on(block: str, line: str, folder: str | None = None) -> bool:
    """Tell whether a folded line goes on with the duty list of a labelled block: its label stands on a line alone.

    Examples
    --------
    >>> lists_on("责任单位:", "市科技局、市财政局"), lists_on("责任单位", "建设学校3所。")
    (True, False)
    """
    found = label(block, folder)
    return found is not None and found.kind == "duty" and agency_list(line, folder)


def labelled(text: str, start: int = 0, stop: int | None = None, folder: str | None = None) -> list[Part]:
    """Cut a folded text at its labels; what stands before the first one belongs to none.

    Examples
    --------
    >>> [(part.word, part.kind) for part in labelled("责任领导:张三;牵头单位:市水务局")]
    [('责任领导', 'person'), ('牵头单位', 'duty')]
    """
    labels = label_grammar(folder)
    stop = len(text) if stop is None else stop
    first = labels.head.match(text, start, stop)
    read = labels.read(first, stop, folder, first=True) if first else None
    matches: list[tuple[re.Match, tuple[str, str]]] = [(first, read)] if read else []
    for found in labels.inner.finditer(text, first.end() if read else start, stop):
        read = labels.read(found, stop, folder, first=False)
        if read:
            matches.append((found, read))
    parts = []
    for number, (found, (word, kind)) in enumerate(matches, start=1):
        end = stop if number == len(matches) else matches[number][0].start()
        begin = min(found.end(), end)
        if kind == "duty" and _CLOSING.search(text, begin, end):
            end = _shut(text, begin, end, folder)
        while end > begin and not text.startswith(_OPEN_ENDED, end - 2) and (
            text[end - 1] in ENDS or _stray(text, begin, end)
        ):
            end -= 1
        parts.append(Part(word, kind, found.start(), begin, end))
    return parts


def _shut(text: str, begin: int, end: int, folder: str | None) -> int:
    """Return where a duty list ends whose bracket, opened before it, closes: 县财政局)来安县人民政府办公室."""
    depth = 0
    for edge in EDGES.finditer(text, begin, min(end, begin + BACK)):
        index = edge.start()
        depth += 1 if edge.group() in OPEN else -1
        if depth < 0:
            behind = text[index + 1 : end].lstrip()
            over = behind and behind[0] not in _APART and agency_list(text[begin:index], folder)
            return index if over else end
    return end


def _stray(text: str, begin: int, end: int) -> bool:
    """Tell whether the last character is a bracket without its partner in text[begin:end]."""
    char = text[end - 1]
    if char not in CLOSED:
        return char in OPEN
    opened = sum([text.count(one, begin, end) for one in OPEN])
    return sum([text.count(one, begin, end) for one in CLOSED]) > opened
