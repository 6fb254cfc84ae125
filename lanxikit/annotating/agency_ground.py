"""Whose agency it is: what 省, 两省 or 兰州 means in a document of a region."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agency_places import Place
from lanxikit.gazetteer import Division, find, lineage_of, lookup, region_of

_WHOLE = {"地": "地区"}  # 地委
_TYPES = frozenset("省市州县区旗盟")


class Site(NamedTuple):
    """A place that an agency belongs to: its ``name`` in agency names, and the division where it is known."""

    name: str
    division: Division | None


@dataclass(frozen=True)
class Ground:
    """The document's own region(s), and the gazetteer seen from there.

    Parameters
    ----------
    own : tuple of Division
        The regions that issued the document; several for a joint one.
    near : str
        Their codes, joined by 、.
    folder : str or None
        The folder of word lists in use.
    """

    own: tuple[Division, ...]
    near: str
    folder: str | None
    _known: dict[str, list[Division]] = field(default_factory=dict, repr=False, compare=False)

    def bare(self, kind: str) -> list[Division]:
        """Return what 省, 州, 区 alone mean here: of each own region the nearest one above or itself."""
        if kind not in self._known:
            self._known[kind] = self._bare(kind)
        return self._known[kind]

    def _bare(self, kind: str) -> list[Division]:
        found = []
        for region in self.own:
            above = reversed(lineage_of(region, lexicon=self.folder))
            division = next((item for item in above if item.name.endswith(_WHOLE.get(kind, kind))), None)
            if division and division not in found:
                found.append(division)
        return found

    def sites(self) -> list[Site]:
        """Return the own regions, under the names that lists use."""
        return [Site(usual_name(division, folder=self.folder), division) for division in self.own]

    def is_own(self, kind: str) -> bool:
        """Tell whether 省, 州, 区 alone means the level that issued the document."""
        return any(region.name.endswith(kind) for region in self.own)

    def named(self, name: str) -> Division | None:
        """Look up a name as it stands before an agency."""
        return _lookup(name, self.near, self.folder)

    def near_by(self, name: str) -> Division | None:
        """Look up a short name; that of a county in another province is more likely another word."""
        found = self.named(name)
        far = found and found.level == "county" and self.near and found.code[:2] not in self._provinces()
        return None if far else found

    def _provinces(self) -> set[str]:
        return {code[:2] for code in self.near.split("、")}

    def of_agency(self, name: str) -> Division | None:
        """Return the division that a name without a place of its own tells of: 兰州新区管委会, 兰州海关."""
        return _region(name, self.near, self.folder)


@lru_cache(maxsize=65536)
def _lookup(name: str, near: str, folder: str | None) -> Division | None:
    return lookup(name, near=near, lexicon=folder)


@lru_cache(maxsize=65536)
def _region(name: str, near: str, folder: str | None) -> Division | None:
    found = region_of(name, near=near, lexicon=folder)
    if (
        found
        and found.level == "county"
        and name.startswith(found.aliases)
        and near
        and found.code[:2] not in {code[:2] for code in near.split("、")}
    ):
        return None  # a short name of a far county is more likely an ordinary word
    return found


@lru_cache(maxsize=4096)
def ground(region: str, adcode: str, folder: str | None = None) -> Ground:
    """Read the region cells of a units table.

    Examples
    --------
    >>> [item.name for item in ground("青海省、甘肃省", "630000、620000").own]
    ['青海省', '甘肃省']
    >>> [item.name for item in ground("平安区", "630203").bare("市")]
    ['海东市']
    """
    names, codes = [name for name in region.split("、") if name], adcode.split("、")
    codes += [""] * (len(names) - len(codes))
    found = (lookup(name, near=code or adcode, lexicon=folder) for name, code in zip(names, codes, strict=False))
    own = tuple(division for division in found if division)
    return Ground(own, "、".join(division.code for division in own), folder)


@lru_cache(maxsize=16384)
def usual_name(division: Division, kind: str = "", folder: str | None = None) -> str:
    """Return the name that lists of agencies use: 民和县 for 民和回族土族自治县, 兰州市 for 兰州.

    Parameters
    ----------
    division : Division
    kind : str
        The type that follows in the list (化隆、循化县政府), preferred where the division has such a name.
    folder : str or None
    """
    names = [division.name, *(name for name in division.aliases if name[-1] in _TYPES and len(name) > 2)]
    names = [name for name in names if lookup(name, near=division.code, lexicon=folder) == division]
    fitting = [name for name in names if kind and name.endswith(kind)] or names
    return min(fitting, key=len, default=division.name)


def number_of(place: Place, count: int, sources: Iterable[Callable[[], list[Site]]]) -> list[Site] | None:
    """Resolve 两省 or 三市州 by the first source that names exactly so many such places.

    Parameters
    ----------
    place : Place
    count : int
    sources : iterable of callable
        Each returns the places that one part of the document names, nearest first; called only where needed.

    Returns
    -------
    list of Site or None
        None where no source settles it: the name stays as it is written.
    """
    kinds = tuple(char for char in place.type if char in _TYPES)
    for source in sources:
        sites: dict[str, Site] = {}
        for site in source():
            if site.name.endswith(kinds) and (site.division is None or _fits(site.division, kinds)):
                sites.setdefault(site.division.code if site.division else site.name, site)
        if len(sites) == count:
            return list(sites.values())
    return None


def _fits(division: Division, kinds: tuple[str, ...]) -> bool:
    if division.level == "province":
        return "省" in kinds
    if division.level == "county":
        return not {"省", "州", "盟"} & set(kinds)
    return division.level == "prefecture" and bool({"市", "州", "盟"} & set(kinds))


def sites_in(text: str, where: Ground) -> list[Site]:
    """Return the places that a text names, in its order, each with the name a list of agencies would use."""
    return list(_sites_in(text, where.near, where.folder))


@lru_cache(maxsize=2048)
def _sites_in(text: str, near: str, folder: str | None) -> tuple[Site, ...]:
    return tuple(
        Site(text[a:b] if text[b - 1] in _TYPES else usual_name(division, folder=folder), division)
        for a, b, division in find(text, near=near, lexicon=folder)
    )
