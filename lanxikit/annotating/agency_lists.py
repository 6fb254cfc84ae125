"""The agencies that a written list means, each with its full name and its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from lanxikit.annotating.agency_blocks import Block, blocks, lending
from lanxikit.annotating.agency_ground import Ground, Site, number_of, usual_name
from lanxikit.annotating.agency_items import Item
from lanxikit.annotating.agency_places import Place, PlaceWords

_RULER = 12  # characters of a government without a known place
_NAMELESS = (
    "厅",
    "局",
    "部",
    "办",
    "处",
    "门",
    "部门",
    "单位",
    "机构",
    "机关",
    "企业",
    "公司",
)  # what a cut list leaves
_LONGEST = 40  # characters; a longer piece is no name
_NO_PLACE, _NO_FIELD = ((None, None, None),), ((None, ""),)
_TOLD = frozenset(("named", "short", "number", "bare"))  # kinds of places that the document settles


class Agency(NamedTuple):
    """An agency of a list.

    ``start`` and ``end`` enclose the words that its name was put together from, from that of its place to that of its
    field.
    """

    name: str
    site: Site | None
    place: Place | None
    form: str
    start: int
    end: int
    open_list: bool
    expanded: bool

    @property
    def placed(self) -> bool:
        """Tell whether the place that the name begins with is one: 海东市; not 具体工作由市."""
        named = self.place is not None and self.place.kind in ("named", "short")
        return not named or (self.site is not None and self.site.division is not None)


@dataclass(slots=True)
class Said:
    """What a duty line has named so far, which 省 or 两省 behind it may mean."""

    sites: list[Site] = field(default_factory=list)
    last: dict[str, list[Site]] = field(default_factory=dict)  # type → places of the last department that named some
    rulers: dict[str, list[Site]] = field(default_factory=dict)  # the same for governments
    lender: Block | None = None  # the last department with a place, of whatever role
    own: set[str] = field(default_factory=set)  # types that stood alone for the document's own place

    def hear(self, sites: list[Site], form: str) -> None:
        """Take in the places of a block."""
        by_type: dict[str, list[Site]] = {}
        for site in sites:
            by_type.setdefault(site.name[-1], []).append(site)
        (self.rulers if form in ("government", "") else self.last).update(by_type)
        self.sites += [site for site in sites if site not in self.sites]


def resolve(
    items: list[Item],
    where: Ground,
    said: Said,
    sources: Iterable[Callable[[], list[Site]]],
    words: PlaceWords,
) -> list[Agency]:
    """Return the agencies that a list means.

    Parameters
    ----------
    items : list of Item
    where : Ground
        The document's own region, and the folder of word lists in use.
    said : Said
        What the same duty line named before; grows.
    sources : iterable of callable
        Where else to look for the places that 两省 or 三市州 means, nearest first.
    words : PlaceWords
    """
    found: list[Agency] = []
    grouped, said.lender = _grouped(tuple(items), where.folder, said.lender)
    for block, known in grouped:
        if known is not None:
            found += known
            continue
        placed, named = [], []
        for item, place in block.places:
            for site in _sites(place, block, where, said, sources, words):
                placed.append((item, place, site))
                if site and place.kind in ("named", "short", "number"):
                    named.append(site)
        if named and not block.head:
            said.hear(named, block.form)
        found += _agencies(block, placed)
    return found


@lru_cache(maxsize=8192)
def _grouped(
    items: tuple[Item, ...], folder: str | None, lender: Block | None
) -> tuple[list[tuple[Block, list[Agency] | None]], Block | None]:
    """Return the blocks of a list and the one that lends its place to the next list: the same lists come again.

    Each block comes with its agencies where these are the same in all documents: without a place, or with places that
    stay unnamed (各县区).
    """
    found = blocks(list(items), folder, lender)
    grouped = []
    for block in found:
        if not (block.suffix or block.head or block.places or block.stem):
            continue  # no agency: a remark, the name of a person
        known = None
        if all(place.kind not in _TOLD for _, place in block.places):
            known = _agencies(block, [(item, place, None) for item, place in block.places])
        grouped.append((block, known))
    return grouped, lending(found, lender)


def _agencies(block: Block, placed: list[tuple[Item | None, Place | None, Site | None]]) -> list[Agency]:
    """Return the agencies of a block: every place with every field."""
    found = []
    head, form, suffix = block.head, block.form, block.suffix
    fields = block.fields or _NO_FIELD
    for at, place, site in placed or _NO_PLACE:
        begins = head + (site.name if site else place.name if place else "")
        for of, core in fields:
            name = begins + core + suffix
            size = len(name)
            if size > _LONGEST or (size > _RULER and form == "government" and not place) or name in _NAMELESS:
                continue
            first, last = at or of, of or at
            start, end = first.start, last.end
            if first is not last:
                start, end = min(start, last.start), max(end, first.end)
            expanded = first is not last or name != last.text
            found.append(Agency(name, site, place, form, start, end, last.open_list, expanded))
    return found


def _sites(
    place: Place,
    block: Block,
    where: Ground,
    said: Said,
    sources: Iterable[Callable[[], list[Site]]],
    words: PlaceWords,
) -> list[Site | None]:
    """Return the places that a place in a name means; None where they stay unnamed."""
    if place.kind == "named":
        return [Site(place.name, where.named(place.name))]
    if place.kind == "short":
        kind = next((other.type for _, other in reversed(block.places) if other.type), "")
        division = where.near_by(place.name)
        full = usual_name(division, kind, where.folder) if division else place.name + kind
        return [Site(full if kind else place.name, division)]
    if place.kind == "number":
        found = number_of(place, words.count(place), chain((lambda: said.sites, where.sites), sources))
        return found or [None]
    return _bare(place, where, said) if place.kind == "bare" else [None]


def _bare(place: Place, where: Ground, said: Said) -> list[Site | None]:
    """省 alone: the province named before it in the line, else the document's own, of a joint one each."""
    kind, own = place.type, where.bare(place.type)
    if len(own) == 1 and where.is_own(kind):
        before = [site for site in said.last.get(kind, ()) if site.division not in own] if kind not in said.own else []
    else:
        before = said.last.get(kind) or said.rulers.get(kind) or []
    if before:
        return list(before)
    said.own.add(kind)
    if len(own) > 1:
        return [Site(usual_name(division, kind, where.folder), division) for division in own]
    return [Site(place.name, own[0] if own else None)]
