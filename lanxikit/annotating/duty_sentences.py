"""Duties that a paragraph names: in its sentences, in brackets (X牵头，Y、Z配合), behind a label (责任单位：X)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from lanxikit.annotating.agencies import AgencyWords, agency_words, read_name
from lanxikit.annotating.agency_ground import Ground
from lanxikit.annotating.agency_items import Item, items
from lanxikit.annotating.agency_lists import Agency, Said
from lanxikit.annotating.agency_marks import (
    elided,
    flat,
    masked,
    numberless,
    rounded,
    twinned,
    without_asides,
    without_maxims,
)
from lanxikit.annotating.duty_lines import Duty, Sources, agencies_in, duty_phrase
from lanxikit.annotating.duty_roles import UNSAID, Chunk, Role, chunks, duty_words
from lanxikit.annotating.duty_running import running

_RUN_IN = re.compile(r"。(?<=[局厅委办部会]。)(?=(?:主要|具体|统筹)?负责|牵头)")  # 市财政局。负责资金保障
_SENTENCE = re.compile(r"[^。;!?\n]+")


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
    words = duty_words(where.folder)
    if not words.hint.search(text):
        return []
    within, cue = duty_phrase(where.folder, places=True), words.cue
    text = twinned(without_maxims(without_asides(numberless(elided(rounded(text))))))
    text, brackets = flat(_RUN_IN.sub(":", text), within, "。")
    found: list[Duty] = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        duties = None
        if brackets and (at := bisect_right(brackets, (start, len(text))) - 1) >= 0 and start < brackets[at][1]:
            duties = _list(text, _chunks(text, start, end, (UNSAID, UNSAID), where), where, sources)
        elif not cue.search(text, start, end):
            continue
        if duties is None:
            duties = _labelled(text, start, end, where, sources)
        if duties is None:
            duties = running(text, start, end, where, sources)
        found += duties
    return found


def _labelled(text: str, start: int, end: int, where: Ground, sources: Sources) -> list[Duty] | None:
    """Read the lists behind labels in a sentence; None where there is none."""
    if not duty_words(where.folder).colon.search(text, start, end):
        return None
    found: list[Duty] = []
    for chunk in _chunks(text, start, end, None, where):
        if chunk.labelled:
            found += _list(text, [chunk], where, sources) or []
    return found or None


def _chunks(text: str, start: int, end: int, roles: tuple[Role, Role] | None, where: Ground) -> Iterator[Chunk]:
    for chunk in chunks(masked(text[start:end]), roles, duty_words(where.folder)):
        yield chunk._replace(start=start + chunk.start, end=start + chunk.end)


def _list(text: str, listed: Iterable[Chunk], where: Ground, sources: Sources) -> list[Duty] | None:
    """Read a list from its first name on; None where it holds other words than the names of agencies."""
    found, said = [], Said()
    names, open_end = agency_words(where.folder), duty_words(where.folder).open_end
    for chunk in listed:
        written = items(text, chunk.start, chunk.end, names, open_end, where.folder)
        agencies = agencies_in(text, chunk, where, said, sources)
        whole = all(_begins(item, open_end, where.folder) for item in written)
        if not whole or not all(agency.placed and _ends(agency, names, where.folder) for agency in agencies):
            return None
        for index, agency in enumerate(agencies):
            role = chunk.roles[min(index, 1)]
            found.append(Duty(0, role.role, agency, role.word))
    return found


def _begins(item: Item, open_end: re.Pattern, folder: str | None) -> bool:
    """Tell whether a written name begins like that of an agency: with a place, a field, a head; or is 有关企业."""
    name = read_name(item.text, folder)
    return bool(name.head or name.place.text or name.field or open_end.fullmatch("等" + item.text))


def _ends(agency: Agency, names: AgencyWords, folder: str | None) -> bool:
    return bool(names.suffixes.search(agency.name)) or read_name(agency.name, folder).place.text == agency.name
