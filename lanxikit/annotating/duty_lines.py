"""The duty lines of a leaf, read into agencies with their roles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agencies import agency_words
from lanxikit.annotating.agency_ground import Ground, Site
from lanxikit.annotating.agency_items import Item, items
from lanxikit.annotating.agency_lists import Agency, Said, resolve
from lanxikit.annotating.agency_marks import (
    elided,
    flat,
    masked,
    numberless,
    rounded,
    starred,
    twinned,
    unglued,
    without_asides,
)
from lanxikit.annotating.duty_order import Order, ruled
from lanxikit.annotating.duty_roles import LEAD, RESPONSIBLE, Chunk, DutyWords, Role, chunks, duty_words, heading_roles
from lanxikit.text.fold import fold

_SHORT = 600  # characters; longer lines do not come again
_BLANK = re.compile(r"\s*")

Sources = Iterable[Callable[[], list[Site]]]


class Duty(NamedTuple):
    """An agency with its role, in line ``line`` of those that were read; ``word``: what the document calls the role."""

    line: int
    role: str
    agency: Agency
    word: str


def read_lines(
    lines: Iterable[tuple[str, str]], where: Ground, sources: Sources = (), *, order: bool = False
) -> list[Duty]:
    """Read the duty lines of one leaf.

    Parameters
    ----------
    lines : iterable of (str, str)
        Label and folded text of each line, in document order.
    where : Ground
        The document's own region.
    sources : iterable of callable
        Where else to look for the places that 两省 or 三市州 means, nearest first.
    order : bool
        Whether the document says elsewhere that the first agency of a list leads, see ``duty_order``.

    Examples
    --------
    >>> from lanxikit.annotating.agency_ground import ground
    >>> line = ("责任单位", "兰州市、西宁市政府牵头,甘肃省科技厅、省水利厅等部门按职责分工负责")
    >>> [(d.role, d.agency.name) for d in read_lines([line], ground("青海省、甘肃省", "630000、620000"))]
    [('lead', '兰州市政府'), ('lead', '西宁市政府'), ('responsible', '甘肃省科技厅'), ('responsible', '甘肃省水利厅')]
    """
    places = agency_words(where.folder).places
    rule = Order(None, below=True, formal=True, word="牵头单位") if order else None
    found, said = [], Said()
    for number, (heading, text) in enumerate(lines):
        first = len(found)
        line = (_remembered if len(text) <= _SHORT else _Line.read)(heading, text, where.folder)
        plain, stars, tags = line.plain, line.stars, line.tags
        rule = line.rule or rule
        for chunk, listed in line.listed:
            agencies = resolve(listed, where, said, sources, places)
            role, others = chunk.roles  # of the first, of the others
            for agency in agencies:
                name, word = (tags and _tag(tags, plain, agency.end)) or role
                found.append(Duty(number, name, agency, word))
                role = others
        found[first:] = _starred(found[first:], stars) if stars else found[first:]
    return _ordered(found, rule) if rule else found


def _tag(tags: list[tuple[int, Role]], plain: str, end: int) -> Role | None:
    """Return the role in brackets behind a name that ends there."""
    at = bisect_left(tags, (end, Role("", "")))
    return tags[at][1] if at < len(tags) and tags[at][0] < _BLANK.match(plain, end).end() else None


class _Line(NamedTuple):
    """What a duty line says by itself, wherever it stands: the same lines come again and again."""

    plain: str
    rule: Order | None
    stars: list[tuple[int, str]]
    tags: list[tuple[int, Role]]
    listed: list[tuple[Chunk, list[Item]]]

    @classmethod
    def read(cls, heading: str, text: str, folder: str | None) -> _Line:
        """Take a line apart."""
        duties = duty_words(folder)
        label, above = ruled(rounded(fold(heading)), folder)
        plain, within = ruled(numberless(unglued(twinned(without_asides(elided(rounded(text)))))), folder)
        plain, stars = starred(plain)
        plain, tags = _untagged(plain, duties)
        plain, opened = flat(plain, duty_phrase(folder, places=True), ",")
        parts = sorted(_chunks(plain, opened, heading_roles(label, duties), duties))
        listed = [(chunk, _items(part, chunk, folder)) for chunk, part in parts]
        return cls(plain, within or above, stars, tags, listed)


_remembered = lru_cache(maxsize=8192)(_Line.read)


def _items(text: str, chunk: Chunk, folder: str | None) -> list[Item]:
    return items(text, chunk.start, chunk.end, agency_words(folder), duty_words(folder).open_end, folder)


def agencies_in(text: str, chunk: Chunk, where: Ground, said: Said, sources: Sources = ()) -> list[Agency]:
    """Return the agencies that a stretch of a flat text means."""
    return resolve(_items(text, chunk, where.folder), where, said, sources, agency_words(where.folder).places)


@lru_cache(maxsize=16)
def duty_phrase(folder: str | None, *, places: bool = False) -> re.Pattern:
    """Return what words that name duties hold: the last character of an agency with a role behind it, or a label.

    With ``places`` that of a place will do: 青海省牵头.
    """
    names, duties = agency_words(folder), duty_words(folder)
    last = {suffix[-1] for suffix in names.sure} | {kind[-1] for kind in names.places.types if places}
    return re.compile(rf"[{re.escape(''.join(sorted(last)))}]{duties.said}|(?:{duties.duty_names})\s?:")


def _chunks(
    text: str, opened: list[tuple[int, int]], roles: tuple[Role, Role] | None, duties: DutyWords
) -> Iterator[tuple[Chunk, str]]:
    """Cut a line where its words change the role; a bracket about duties is a list of its own: X(Y配合)、Z牵头.

    Each stretch comes with the text that it stands in.
    """
    marks = list(text)
    for start, end in opened:
        marks[start:end] = " " * (end - start)
        for chunk in chunks(masked(text[start:end]), roles, duties):
            yield chunk._replace(start=start + chunk.start, end=start + chunk.end), text
    outer = "".join(marks)
    for chunk in chunks(masked(outer), roles, duties):
        yield chunk, outer


def _ordered(found: list[Duty], rule: Order) -> list[Duty]:
    """Let the first agency lead where no other does, and give the others the role that the rule says."""
    first = next((duty for duty in found if duty.role == RESPONSIBLE), None)
    if first is None or any(duty.role == LEAD for duty in found):
        return found
    ordered = []
    for duty in found:
        role = duty.role
        if duty.line == first.line and role == RESPONSIBLE:
            leads = duty.agency.start == first.agency.start
            role = LEAD if leads else rule.others or role
            duty = duty._replace(word=rule.word) if leads else duty
        ordered.append(duty._replace(role=role))
    return ordered


def _starred(found: list[Duty], stars: list[tuple[int, str]]) -> list[Duty]:
    """Let the marked agencies lead, where others are unmarked."""
    places = [at for at, _ in stars]

    def mark(duty: Duty) -> str:
        at = bisect_left(places, duty.agency.start)
        return stars[at][1] if at < len(stars) and places[at] < duty.agency.end else ""

    marked = [mark(duty) for duty in found]
    if all(marked):
        return found
    return [
        duty._replace(role=LEAD, word=star) if star and duty.role == RESPONSIBLE else duty
        for duty, star in zip(found, marked, strict=True)
    ]


def _untagged(text: str, duties: DutyWords) -> tuple[str, list[tuple[int, Role]]]:
    """Blank out the roles in brackets behind single names (X(牵头)); return where they stood.

    Where the text begins with one ((牵头)X (配合)Y), they are labels.
    """
    if duties.tags.match(text, _BLANK.match(text).end()):
        return duties.tags.sub(lambda found: f" {found.group()[1:-1]}:", text), []
    tags: list[tuple[int, Role]] = []

    def blank(found: re.Match) -> str:
        label, word = found["label"], found["word"]
        role = duties.label_roles[label] if label else duties.marker_roles[word]
        tags.append((found.start(), Role(role, label or word)))
        return " " * len(found.group())

    return duties.tags.sub(blank, text), tags
