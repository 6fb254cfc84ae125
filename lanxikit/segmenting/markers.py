"""The numbering of official documents: what a line opens with.

The styles are the list ``marker_styles``: GB/T 9704-2012 §7.3.3 orders 一、 （一） 1. （1）;
legislation counts 编 章 节 条. Documents mix widths and skip levels, and scans spoil
numbers, so a line may have several readings; which one holds, and how deep it stands, is
found over the whole document (see depth.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from lanxikit.lexicons import load
from lanxikit.segmenting.numerals import value_of

_LIMIT = 300  # no outline counts further
_HEAD = 12  # a marker is no longer than this
_NEAR = 40  # … and what tells it from other numbers stands within so many characters
_CLASSES = {
    "han": r"[一二三四五六七八九十百零〇\d]{1,6}",
    "cn": r"[一二三四五六七八九十百零〇]{1,5}",
    "arab": r"\d{1,3}",
    "roman": r"[IVX]{1,5}",
    "upper": r"[A-Z]",
    "lower": r"[a-z]",
}
_FIRST = {
    "han": "一二三四五六七八九十百0123456789",
    "cn": "一二三四五六七八九十百",
    "arab": "0123456789",
    "roman": "IVX",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lower": "abcdefghijklmnopqrstuvwxyz",
}
# One of the brackets around a number is lost.
_HALF = tuple(
    (style, name, re.compile(rf"({one})\)|\(({one})(?![)\d年月日、,.亿万%一二三四五六七八九十])"))
    for style, name, one in (("cn_paren", "cn", _CLASSES["cn"]), ("digit_paren", "arab", _CLASSES["arab"]))
)
_RANGE = re.compile(r"(.)-(.)")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d%])(?:\.(?!\d)|、)?")
# 1.2023年…, 2.5G网络, 3.12345热线: an item that opens with a number of its own, which is no decimal fraction.
_BEFORE_NUMBER = re.compile(r"(\d{1,3})[.、](?=\d{1,2}[A-Za-z]|\d{4,})")
# 第五条之一: an article put in later; not 第五条之一的规定, which refers to one of several.
_INSERTED = re.compile(r"之([一二三四五六七八九十]{1,2})(?![的、,和或及])")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|[-—~至])")


class Marker(NamedTuple):
    """A number at the head of a line.

    Its style, the number as written (or as meant, where the scan spoilt it), its length,
    its value (of a decimal number the last part), and how much of it had to be repaired:
    0 for a sound one.
    """

    style: str
    ordinal: str
    length: int
    value: int = 0
    damage: float = 0.0


class Style(NamedTuple):
    """A numbering style: its usual place, and whether it also occurs by chance."""

    name: str
    rank: int
    doubt: bool


class _Grammar(NamedTuple):
    patterns: dict[str, tuple]  # by the first character of a line
    repairs: dict[str, tuple]  # the same for spoilt numbers
    singles: dict[str, tuple[str, int]]
    exceptions: dict[str, tuple[str, ...]]
    meant: dict[str, dict[int, str]]
    styles: dict[str, Style]
    firsts: frozenset[str]  # the characters that a number may begin with, sound or spoilt


@lru_cache(maxsize=16)
def _grammar(folder: str | None) -> _Grammar:
    patterns: dict[str, list] = {}
    repairs: dict[str, list] = {}
    singles: dict[str, tuple[str, int]] = {}
    styles: dict[str, Style] = {}
    alike = _lookalikes(folder)
    for row in load("marker_styles", folder):
        style, numerals = row["style"], row["numerals"]
        styles[style] = Style(style, int(row["rank"] or 50), row["doubt"] == "1")
        for form in row["forms"].split():
            if found := _RANGE.fullmatch(form):
                for value, code in enumerate(range(ord(found[1]), ord(found[2]) + 1)):
                    first = unicodedata.numeric(found[1], 1.0)
                    singles[chr(code)] = style, int(first) + value
                continue
            before, _, after = form.partition("N")
            end = re.escape(after)
            if after == "." or (after == "、" and numerals == "arab"):
                end += r"(?!\d)"
            if after == ".":
                end = r"\\?" + end  # Markdown writes 1\.
            pattern = re.compile(rf"{re.escape(before)}\s?({_CLASSES[numerals]})\s?{end}")
            entry = style, numerals, pattern, after
            firsts = before[:1] or _FIRST[numerals]
            for first in firsts:
                patterns.setdefault(first, []).append(entry)
            if numerals in ("cn", "arab") and after in ("、", ".", ")"):
                spoilt = firsts + "".join(w for w, _ in alike["mark" if before else numerals])
                for first in set(spoilt):
                    repairs.setdefault(first, []).append(entry)
    styles["decimal"] = Style("decimal", 25, True)
    exceptions: dict[str, list[str]] = {}
    for row in load("marker_exceptions", folder):
        for style in row["styles"].split():
            exceptions.setdefault(style, []).append(row["word"])
    meant = {where: {ord(w): m for w, m in rows} for where, rows in alike.items()}
    firsts = {*patterns, *repairs, *singles, *_FIRST["han"], "零", "〇", "("}
    firsts.update(written for rows in alike.values() for written, _ in rows)
    fixed = lambda found: {first: tuple(dict.fromkeys(entries)) for first, entries in found.items()}  # noqa: E731
    return _Grammar(
        fixed(patterns), fixed(repairs), singles, {k: tuple(v) for k, v in exceptions.items()}, meant, styles,
        frozenset(firsts),
    )  # fmt: skip


def _lookalikes(folder: str | None) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {"cn": [], "inside": [], "arab": [], "mark": []}
    for row in load("marker_lookalikes", folder):
        if len(row["written"]) == len(row["meant"]) == 1:  # character for character, so that lengths stay
            found.setdefault(row["where"], []).append((row["written"], row["meant"]))
    return found


def styles(folder: str | None = None) -> dict[str, Style]:
    """Return the numbering styles by name (list ``marker_styles``)."""
    return _grammar(folder).styles


def marker(line: str, folder: str | None = None) -> Marker | None:
    """Return the marker that a folded line opens with, in its likeliest reading.

    Parameters
    ----------
    line : str
        A cleaned line, folded to half width.
    folder : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    Marker or None

    Examples
    --------
    >>> marker("(一)指导思想。")
    Marker(style='cn_paren', ordinal='一', length=3, value=1, damage=0.0)
    >>> marker("2022年4月2日") is None, marker("—、总体要求").ordinal
    (True, '一')
    """
    found = readings(line, folder)
    return found[0] if found else None


def readings(line: str, folder: str | None = None) -> tuple[Marker, ...]:
    """Return every way to read the number at the head of a folded line, sound ones first.

    Examples
    --------
    >>> [(m.style, m.value, m.damage > 0) for m in readings("I.推进")]
    [('roman', 1, False), ('upper', 9, False), ('digit', 1, True)]
    """
    first = line[:1]
    if first not in _grammar(folder).firsts and not first.isdecimal():
        return ()
    return _readings(line[:_NEAR], folder)


@lru_cache(maxsize=8192)
def _readings(line: str, folder: str | None) -> tuple[Marker, ...]:
    first = line[:1]
    grammar = _grammar(folder)
    if first in grammar.singles:
        style, value = grammar.singles[first]
        return (Marker(style, first, 1, value),)
    entries = grammar.patterns.get(first, ())
    found: list[Marker] = []
    for style, numerals, pattern, _ in entries:
        match = pattern.match(line)
        if match and all(old.style != style for old in found):
            ordinal, end = match[1], match.end()
            if style == "第条" and (more := _INSERTED.match(line, end)):
                ordinal, end = f"{ordinal}之{more[1]}", more.end()
            _take(found, grammar, line, Marker(style, ordinal, end, value_of(match[1], numerals)))
    if first.isdigit() and first.isascii():
        found.extend(_decimals(grammar, line))
    if not found or found[0].style in ("roman", "upper", "lower", "digit_half"):
        kept = {old.style for old in found}
        found.extend(new for new in _repaired(grammar, line) if new.style not in kept)
    return tuple(found)


def _take(found: list[Marker], grammar: _Grammar, line: str, new: Marker) -> None:
    exceptions = grammar.exceptions.get(new.style)
    if 0 < new.value <= _LIMIT and not (exceptions and line.startswith(exceptions, new.length)):
        found.append(new)


def _decimals(grammar: _Grammar, line: str) -> list[Marker]:
    """1.1, 1.1.1; and 1.2023年: a number before a year."""
    found: list[Marker] = []
    match = _DECIMAL.match(line)
    if match:
        parts = [int(part) for part in match[1].split(".")]
        if all(parts):
            _take(found, grammar, line, Marker("decimal", match[1], match.end(), parts[-1]))
    match = _BEFORE_NUMBER.match(line)
    if match and int(match[1]):
        year = _YEAR.match(line, match.end())
        found.append(Marker("digit", match[1], match.end(), int(match[1]), 0.0 if year else 0.7))
    return sorted(found, key=lambda item: item.damage)


def _repaired(grammar: _Grammar, line: str) -> list[Marker]:
    found: list[Marker] = []
    head = line[:_HEAD]
    marks = head.translate(grammar.meant["mark"])
    for style, numerals, pattern, _ in grammar.repairs.get(line[:1], ()):
        if any(old.style == style for old in found):
            continue
        spoilt = marks.translate(grammar.meant[numerals])
        if numerals == "cn" and marks[:1] == "(":
            spoilt = spoilt.translate(grammar.meant["inside"])
        match = pattern.match(spoilt)
        if match and line[match.start(1) : match.end(1)] in ("-", "_") and not match.start(1):
            match = None  # a dash bullet
        if match:
            _take(found, grammar, line, Marker(style, match[1], match.end(), value_of(match[1], numerals), 1.0))
    if not any(old.style.endswith("_paren") for old in found):
        found.extend(_half_bracketed(grammar, line, marks))
    return found


def _half_bracketed(grammar: _Grammar, line: str, marks: str) -> list[Marker]:
    """A bracket lost: （一 推进, 一）推进; and 1） for （1）."""
    found: list[Marker] = []
    for style, numerals, pattern in _HALF:
        head = marks.translate(grammar.meant["cn"]) if numerals == "cn" else marks
        if any(old.style == style for old in found):
            continue
        match = pattern.match(head)
        if match and style in grammar.styles:
            ordinal = match[1] or match[2]
            _take(found, grammar, line, Marker(style, ordinal, match.end(), value_of(ordinal, numerals), 1.0))
    return found


def bare(line: str, gap: int, folder: str | None = None) -> Marker | None:
    """Return the marker of a line whose number is parted from its words by a blank only: 一 总则, 1 总则.

    Parameters
    ----------
    line : str
        The cleaned, folded line, its blanks gone.
    gap : int
        How many characters stood before the first blank.
    """
    head = line[:gap]
    for style, numerals in (("cn", "cn"), ("digit", "arab")):
        if 0 < gap < len(line) and gap <= 3 and re.fullmatch(_CLASSES[numerals], head):
            value = value_of(head, numerals)
            rest = grammar_exceptions(style, folder)
            if 0 < value <= _LIMIT and not line.startswith(rest, gap) and not line[gap].isdigit():
                return Marker(style, head, gap, value, 0.5)
    return None


def grammar_exceptions(style: str, folder: str | None = None) -> tuple[str, ...]:
    """Return the words after which a number of a style is none; never empty."""
    return _grammar(folder).exceptions.get(style, ()) or ("\0",)
