"""Duties that running text names: 由X牵头，Y、Z配合; in brackets (X牵头，Y、Z配合); 责任单位：X within a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from lanxikit.annotating.agencies import AgencyWords, agency_words, read_name
from lanxikit.annotating.agency_ground import Ground
from lanxikit.annotating.agency_items import Item, items
from lanxikit.annotating.agency_lists import Agency, Said
from lanxikit.annotating.agency_marks import flat, masked, numberless, rounded
from lanxikit.annotating.duty_lines import Duty, Sources, agencies_in, duty_phrase
from lanxikit.annotating.duty_roles import RESPONSIBLE, Chunk, chunks, duty_words

_SENTENCE = re.compile(r"[^。;!?\n]+")
_LIST_START = re.compile(r"(?<!自)由|[,:]")  # 由, but not that of 自由贸易
_REACH = 150  # characters before the word that gives a role


def read_sentences(text: str, where: Ground, sources: Sources = ()) -> list[Duty]:
    """Find the duties that running text names.

    Kept only where every name before the word that gives the role is a whole one, so that 配合省级部门 or 积极参与
    yield nothing. In brackets, and behind a label, a list is read from its first name on, where it holds nothing but
    agencies.

    Parameters
    ----------
    text : str
        Folded.
    where : Ground
        The document's own region.
    sources : iterable of callable
        Where else to look for the places that 两省 or 三市州 means, nearest first.

    Examples
    --------
    >>> from lanxikit.annotating.agency_ground import ground
    >>> text = "建立联席会议制度,由市发展改革委牵头,市财政局、市水务局配合,积极参与国际合作。"
    >>> [(d.role, d.agency.name) for d in read_sentences(text, ground("海东市", "630200"))]
    [('lead', '市发展改革委'), ('support', '市财政局'), ('support', '市水务局')]
    >>> [d.agency.name for d in read_sentences("建设水库(市水务局、财政局负责)。", ground("海东市", "630200"))]
    ['市水务局', '市财政局']
    """
    phrase, within = duty_phrase(where.folder), duty_phrase(where.folder, places=True)
    if not within.search(text):
        return []
    text, brackets = flat(numberless(rounded(text)), within, "。")
    found: list[Duty] = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        at = bisect_right(brackets, (start, len(text))) - 1
        duties = None
        if at >= 0 and start < brackets[at][1]:
            duties = _list(text, _chunks(text, start, end, (RESPONSIBLE, RESPONSIBLE), where), where, sources)
        if duties is None and phrase.search(text, start, end):
            duties = _running(text, start, end, where, sources)
        found += duties or []
    return found


def _chunks(text: str, start: int, end: int, roles: tuple[str, str] | None, where: Ground) -> Iterator[Chunk]:
    for chunk in chunks(masked(text[start:end]), roles, duty_words(where.folder)):
        yield chunk._replace(start=start + chunk.start, end=start + chunk.end)


def _list(text: str, listed: Iterator[Chunk] | list[Chunk], where: Ground, sources: Sources) -> list[Duty] | None:
    """Read a list from its first name on; None where it holds other words than the names of agencies."""
    found, said = [], Said()
    names, open_end = agency_words(where.folder), duty_words(where.folder).open_end
    for chunk in listed:
        written = items(text, chunk.start, chunk.end, names, open_end, where.folder)
        agencies = agencies_in(text, chunk, where, said, sources)
        whole = all(_begins(item, open_end, where.folder) for item in written)
        if not whole or not all(_known(agency) and _ends(agency, names, where.folder) for agency in agencies):
            return None
        found += [Duty(0, chunk.roles[min(index, 1)], agency) for index, agency in enumerate(agencies)]
    return found


def _running(text: str, begin: int, end: int, where: Ground, sources: Sources) -> list[Duty]:
    found: list[Duty] = []
    said, names = Said(), agency_words(where.folder)
    for chunk in _chunks(text, begin, end, None, where):
        if chunk.labelled:
            found += _list(text, [chunk], where, sources) or []
            begin = chunk.end
            continue
        low = max(chunk.start, begin, chunk.end - _REACH)
        for cut in _LIST_START.finditer(text, low, chunk.end):
            if text[cut.end() : chunk.end].strip():
                low = cut.end()
        agencies = agencies_in(text, chunk._replace(start=low), where, said, sources)
        sure = [agency for agency in agencies if _sure(agency, names)]
        if sure and all(agency in sure or not agency.place for agency in agencies):
            found += [Duty(0, chunk.roles[0], agency) for agency in sure]
        begin = chunk.end
    return found


def _sure(agency: Agency, names: AgencyWords) -> bool:
    suffix = names.suffixes.search(agency.name)
    if not suffix or suffix.group() not in names.sure:
        return False
    if agency.site is not None:
        return _known(agency)
    return agency.form == "area" or (agency.form == "government" and bool(agency.place))


def _known(agency: Agency) -> bool:
    """Tell whether the place that a name begins with is one: 海东市; not 具体工作由市."""
    named = agency.place is not None and agency.place.kind in ("named", "short")
    return not named or (agency.site is not None and agency.site.division is not None)


def _begins(item: Item, open_end: re.Pattern, folder: str | None) -> bool:
    """Tell whether a written name begins like that of an agency: with a place, a field, a head; or is 有关企业."""
    name = read_name(item.text, folder)
    return bool(name.head or name.place.text or name.field or open_end.fullmatch("等" + item.text))


def _ends(agency: Agency, names: AgencyWords, folder: str | None) -> bool:
    return bool(names.suffixes.search(agency.name)) or read_name(agency.name, folder).place.text == agency.name
