"""``lx.explain``: one unit as it stands in the source, with everything that was read in it marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.annotating.findings import KINDS, findings, names
from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables.segmenting import need_units
from lanxikit.text.pieces import SourceMap

if TYPE_CHECKING:
    import os

# Pale, and told apart by their numbers too: colour alone never carries the meaning.
_COLOURS = dict(
    zip(KINDS, ("#f6d5c3", "#fbe69b", "#e2d8f0", "#cfe6da", "#cfe0f2", "#ececec", "#f3dbe6"), strict=True)
)
_STYLE = "font-family:'Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif;line-height:1.9;max-width:52em"
_CELL = "text-align:left;vertical-align:top;padding:.15em .8em .15em 0"
_SMALL = "color:#767676;font-size:85%"


@dataclass(frozen=True)
class Mark:
    """Words of a line that a finding rests on: ``text[begin:end]``; ``number`` is the finding's row in the evidence."""

    begin: int
    end: int
    number: int
    finding: str


@dataclass(frozen=True)
class Line:
    """A row of the units table that belongs to the unit: its kind, its label, its text, and the marks in it."""

    kind: str
    label: str | None
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Explanation:
    """A unit with its evidence; shows itself marked up in a notebook, as plain text elsewhere.

    Attributes
    ----------
    unit_id, doc_id : str
    start, end : int
        Where the unit stands in the file, in characters.
    path : tuple of str
        The headings above.
    lines : list of Line
        The unit's text and the duty, deadline … rows that hang on it.
    evidence : DataFrame
        ``number`` as shown beside the words, ``finding``, ``says``, ``words``, ``start``, ``end``.
    """

    unit_id: str
    doc_id: str
    start: int
    end: int
    path: tuple[str, ...]
    lines: list[Line]
    evidence: pd.DataFrame

    def __str__(self) -> str:
        told = [f"{self.unit_id}  [{self.start}–{self.end}]", *(f"  {above}" for above in self.path)]
        for line in self.lines:
            told.append(f"  {line.label}: {_plain(line)}" if line.label else f"  {_plain(line)}")
        known = names()
        for row in self.evidence.itertuples(index=False):
            told.append(f"  {row.number:>3} {known[row.finding]}  {row.says}  “{row.words}” {row.start}–{row.end}")
        return "\n".join(told)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        above = "".join(f"<div style='{_SMALL}'>{escape(label)}</div>" for label in self.path)
        place = tr("characters", "字符") + f" {self.start}–{self.end}"
        lines = "".join(
            "<p style='margin:.3em 0'>"
            + (f"<span style='{_SMALL}'>{escape(line.label)} </span>" if line.label else "")
            + _marked(line)
            + "</p>"
            for line in self.lines
        )
        return (
            f"<div style=\"{_STYLE}\"><div><b>{escape(self.unit_id)}</b> <span style='{_SMALL}'>{place}</span></div>"
            f"{above}{lines}{_table(self.evidence)}</div>"
        )


def explain(units: pd.DataFrame, unit_id: str, *, lexicon: str | os.PathLike | None = None) -> Explanation:
    """Show one unit with the words marked that duties, targets, deadlines, places … were read from.

    Parameters
    ----------
    units : DataFrame
        From :func:`lanxikit.segment`: all rows of the unit's document, since what a document
        declares once (列第一位者为牵头单位) holds for all its units.
    unit_id : str
        A leaf, or a row that hangs on one (then the leaf is shown).
    lexicon : path, optional
        A folder with word lists of your own.

    Returns
    -------
    Explanation
        In a notebook the unit with its evidence in colour and a numbered table below it; its
        ``evidence`` is that table as a DataFrame, ``str()`` the same as plain text.

    Raises
    ------
    LanxiError
        No such unit, or no table of units.

    Examples
    --------
    >>> import lanxikit as lx
    >>> from lanxikit.reading.corpus import from_texts
    >>> text = "兰州市水利规划\\n一、供水\\n1.到2025年，新建水库3座。（市水务局牵头）\\n2.推进节水。\\n"
    >>> units = lx.segment(from_texts({"a": text}))
    >>> shown = explain(units, "a#001")
    >>> shown.evidence.query("finding == 'duty'")[["says", "words"]].values.tolist()
    [['lead: 市水务局 (水利)', '市水务局']]
    """
    need_units(units, ("doc_id", "unit_id", "parent_id", "kind", "path", "heading", "text", "start", "end", "is_leaf"))
    found = units[units["unit_id"] == unit_id]
    if found.empty:
        raise LanxiError(
            tr(f"There is no unit {unit_id!r} in this table.", f"表中没有单元 {unit_id!r}。"),
            where="units",
            todo=tr(
                "Take an id from its column unit_id, e.g. haidong-2024#006.",
                "请使用 unit_id 列中的编号，如 haidong-2024#006。",
            ),
        )
    row = found.iloc[0]
    parent = units[units["unit_id"] == row["parent_id"]]
    if not row["is_leaf"] and len(parent) and parent.iloc[0]["is_leaf"]:
        row = parent.iloc[0]
    document = units[units["doc_id"] == row["doc_id"]]
    every = findings(document, lexicon=lexicon)
    evidence = every[every["unit_id"] == row["unit_id"]].reset_index(drop=True)
    evidence.insert(0, "number", range(1, len(evidence) + 1))
    hanging = document[(document["parent_id"] == row["unit_id"]) & ~document["is_leaf"].astype(bool)]
    parts = [row, *(part for _, part in hanging.iterrows())]
    lines = [*_heading(row, evidence), *(_line(part, evidence) for part in parts)]
    evidence["words"] = _words(lines, evidence)
    return Explanation(
        str(row["unit_id"]),
        str(row["doc_id"]),
        int(row["start"]),
        int(row["end"]),
        tuple(row["path"]),
        lines,
        evidence[["number", "finding", "says", "words", "start", "end"]],
    )


def _heading(row, evidence: pd.DataFrame) -> list[Line]:
    text = row["heading"]
    if not isinstance(text, str) or not text:
        return []
    slices = row.get("heading_pieces")
    marks = _marks(text, SourceMap(slices), row, evidence) if isinstance(slices, str) else ()
    return [Line("heading", None, text, marks)]


def _line(row, evidence: pd.DataFrame) -> Line:
    label = None if row["is_leaf"] or not isinstance(row["heading"], str) else row["heading"]
    text = row["text"] if isinstance(row["text"], str) else ""
    return Line(str(row["kind"]), label, text, _marks(text, SourceMap(row.get("pieces"), row["start"]), row, evidence))


def _marks(text: str, back: SourceMap, row, evidence: pd.DataFrame) -> tuple[Mark, ...]:
    marks = []
    for found in evidence.itertuples(index=False):
        if row["start"] <= found.start < row["end"] and (part := back.find(found.start, found.end)):
            begin, end = part[0], min(part[1], len(text))
            if begin < end:
                marks.append(Mark(begin, end, found.number, found.finding))
    return tuple(marks)


def _words(lines: list[Line], evidence: pd.DataFrame) -> list[str]:
    said: dict[int, str] = {}
    for line in lines:
        for mark in line.marks:
            said[mark.number] = said.get(mark.number, "") + line.text[mark.begin : mark.end]
    return [said.get(number, "") for number in evidence["number"]]


def _runs(line: Line):
    """Cut a line where marks begin or end: (begin, end, marks over it)."""
    edges = sorted({0, len(line.text), *(m.begin for m in line.marks), *(m.end for m in line.marks)})
    for begin, end in pairwise(edges):
        yield begin, end, [mark for mark in line.marks if mark.begin <= begin and end <= mark.end]


def _plain(line: Line) -> str:
    told = []
    for begin, end, over in _runs(line):
        ending = "".join(f"[{mark.number}]" for mark in over if mark.end == end)
        told.append(line.text[begin:end] + ending)
    return "".join(told)


def _marked(line: Line) -> str:
    known, told = names(), []
    for begin, end, over in _runs(line):
        words = escape(line.text[begin:end])
        if over:
            colour = _COLOURS[min(over, key=lambda mark: mark.end - mark.begin).finding]
            title = escape("; ".join(f"{mark.number} {known[mark.finding]}" for mark in over), quote=True)
            words = f'<mark style="background:{colour};padding:.1em 0" title="{title}">{words}</mark>'
        ending = ",".join(str(mark.number) for mark in over if mark.end == end)
        told.append(words + (f"<sup style='{_SMALL}'>{ending}</sup>" if ending else ""))
    return "".join(told)


def _table(evidence: pd.DataFrame) -> str:
    if evidence.empty:
        return f"<p style='{_SMALL}'>{tr('Nothing was read in this unit.', '该单元中未读出任何内容。')}</p>"
    known = names()
    rows = "".join(
        f"<tr><td style='{_CELL}'>{row.number}</td>"
        f"<td style='{_CELL}'><span style='background:{_COLOURS[row.finding]}'>{known[row.finding]}</span></td>"
        f"<td style='{_CELL}'>{escape(row.says)}</td>"
        f"<td style='{_CELL}'>{escape(row.words)}</td>"
        f"<td style='{_CELL}'>{row.start}–{row.end}</td></tr>"
        for row in evidence.itertuples(index=False)
    )
    head = tr("no.|finding|what was read|words in the source|characters", "序号|类别|读出的内容|原文|字符位置")
    cells = "".join(f"<th style='{_CELL}'>{word}</th>" for word in head.split("|"))
    return f"<table style='border-collapse:collapse;font-size:90%'><tr>{cells}</tr>{rows}</table>"
