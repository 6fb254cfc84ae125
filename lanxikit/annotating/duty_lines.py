"""The duty lines of a leaf, or the duties its sentences name, read into agencies with their roles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agencies import AgencyWords, agency_words
from lanxikit.annotating.agency_ground import Ground, Site
from lanxikit.annotating.agency_items import items
from lanxikit.annotating.agency_lists import Agency, Said, resolve
from lanxikit.annotating.duty_roles import Chunk, DutyWords, chunks, duty_words, heading_roles

_SENTENCE = re.compile(r"[^。;!?\n]+")
_LIST_START = re.compile(r"由|[,:]")
_BLANK = re.compile(r"\s*")
_REACH = 150  # characters before the word that gives a role

Sources = Iterable[Callable[[], list[Site]]]


class Duty(NamedTuple):
    """An agency with its role, in line ``line`` of those that were read."""

    line: int
    role: str
    agency: Agency


def read_lines(lines: Iterable[tuple[str, str]], where: Ground, sources: Sources = ()) -> list[Duty]:
    """Read the duty lines of one leaf.

    Parameters
    ----------
    lines : iterable of (str, str)
        Label and folded text of each line, in document order.
    where : Ground
        The document's own region.
    sources : iterable of callable
        Where else to look for the places that 两省 or 三市州 means, nearest first.

    Examples
    --------
    >>> from lanxikit.annotating.agency_ground import ground
    >>> line = ("责任单位", "兰州市、西宁市政府牵头,甘肃省科技厅、省水利厅等部门按职责分工负责")
    >>> [(d.role, d.agency.name) for d in read_lines([line], ground("青海省、甘肃省", "630000、620000"))]
    [('lead', '兰州市政府'), ('lead', '西宁市政府'), ('responsible', '甘肃省科技厅'), ('responsible', '甘肃省水利厅')]
    """
    duties, names = duty_words(where.folder), agency_words(where.folder)
    found, said = [], Said()
    for number, (heading, text) in enumerate(lines):
        plain, tags = _untagged(text, duties)
        for chunk in chunks(plain, heading_roles(heading, duties), duties):
            agencies = _agencies(plain, chunk, where, said, sources, duties, names)
            for index, agency in enumerate(agencies):
                blank = _BLANK.match(plain, agency.end).end()
                at = bisect_left(tags, (agency.end, ""))
                tagged = at < len(tags) and tags[at][0] < blank
                role = tags[at][1] if tagged else chunk.roles[min(index, 1)]
                found.append(Duty(number, role, agency))
    return found


def read_sentences(text: str, where: Ground, sources: Sources = ()) -> list[Duty]:
    """Find the duties that running text names: 由X牵头，Y、Z配合.

    Kept only where every name before the word that gives the role is a whole one, so that 配合省级部门 or 积极参与
    yield nothing.

    Examples
    --------
    >>> from lanxikit.annotating.agency_ground import ground
    >>> text = "建立联席会议制度,由市发展改革委牵头,市财政局、市水务局配合,积极参与国际合作。"
    >>> [(d.role, d.agency.name) for d in read_sentences(text, ground("海东市", "630200"))]
    [('lead', '市发展改革委'), ('support', '市财政局'), ('support', '市水务局')]
    """
    duties, names = duty_words(where.folder), agency_words(where.folder)
    found: list[Duty] = []
    likely = _likely(where.folder)
    for sentence in _SENTENCE.finditer(text) if likely.search(text) else ():
        if not likely.search(text, sentence.start(), sentence.end()):
            continue
        said, begin = Said(), sentence.start()
        for chunk in chunks(sentence.group(), None, duties):
            start, end = sentence.start() + chunk.start, sentence.start() + chunk.end
            low = max(start, begin, end - _REACH)
            for cut in _LIST_START.finditer(text, low, end):
                if text[cut.end() : end].strip():
                    low = cut.end()
            agencies = _agencies(text, Chunk(low, end, chunk.roles), where, said, sources, duties, names)
            sure = [agency for agency in agencies if _sure(agency, names)]
            if sure and all(agency in sure or not agency.place for agency in agencies):
                found += [Duty(0, chunk.roles[0], agency) for agency in sure]
            begin = end
    return found


@lru_cache(maxsize=16)
def _likely(folder: str | None) -> re.Pattern:
    """Return what a sentence that names duties holds: the last character of an agency, and the word behind it."""
    last = "".join(sorted({suffix[-1] for suffix in agency_words(folder).sure}))
    return re.compile(rf"[{last}]{duty_words(folder).said}")


def _agencies(
    text: str,
    chunk: Chunk,
    where: Ground,
    said: Said,
    sources: Sources,
    duties: DutyWords,
    names: AgencyWords,
) -> list[Agency]:
    listed = items(text, chunk.start, chunk.end, names, duties.open_end, where.folder)
    return resolve(listed, where, said, sources, names.places)


def _sure(agency: Agency, names: AgencyWords) -> bool:
    suffix = names.suffixes.search(agency.name)
    if not suffix or suffix.group() not in names.sure:
        return False
    return agency.site is not None or agency.form == "area" or (agency.form == "government" and bool(agency.place))


def _untagged(text: str, duties: DutyWords) -> tuple[str, list[tuple[int, str]]]:
    """Blank out the roles in brackets behind single names (X(牵头)); return where they stood."""
    tags: list[tuple[int, str]] = []

    def blank(found: re.Match) -> str:
        tags.append((found.start(), duties.marker_roles[found["word"]]))
        return " " * len(found.group())

    return duties.tags.sub(blank, text), tags
