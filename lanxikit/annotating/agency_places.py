"""The place that the name of an agency begins with: 青海省…, 市…, 各县区…, 两省…, 有关市州…."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lanxikit.gazetteer import divisions
from lanxikit.lexicons import load

_LONGEST = 16  # characters of the longest name: 积石山保安族东乡族撒拉族自治县
_ABOVE = 2  # places that may stand before one: 甘肃省兰州市红古区
_SHORT = range(4, 1, -1)  # characters of a short name, the longest first
_TIERS = ("两级", "三级", "四级")
_GOES_ON = ("直", "级", "属", "委", "人民政府", "政府", "(", "有关", "相关", "各")


class Place(NamedTuple):
    """How a place stands in a name.

    ``kind``: ``named`` (青海省), ``short`` (青海), ``bare`` (省: the document's own, or the one named before),
    ``all`` (各县区: places unnamed), ``number`` (两省: places named elsewhere). ``text`` is what stands there,
    ``name`` the same without a count behind it (青海 in 甘肃、青海两省). ``type`` is the word at the end of the
    name (省, 市州), empty where there is none; ``level`` the administrative level that this word means by itself.
    """

    text: str
    kind: str
    type: str
    level: str
    name: str


@dataclass(frozen=True)
class PlaceWords:
    """The words for places, and the reading of a place at the beginning of a name."""

    levels: dict[str, str]
    types: tuple[str, ...]
    types_by_first: dict[str, tuple[str, ...]]  # by their first character, the longest first
    numbers: tuple[str, ...]
    ahead: re.Pattern  # 各, 有关, 两 before the word for a kind of place
    counts: re.Pattern  # 两省, 两地 behind the places that they sum up
    named: re.Pattern
    bracket: re.Pattern  # (园区) behind 各县区
    zones: tuple[str, ...]
    shorts: frozenset[str]
    parties: re.Pattern  # 地 of 地委: a place before a party committee only
    areas: re.Pattern  # 开发区 before unnamed departments
    sets: re.Pattern  # 县级以上: places unnamed, by themselves
    known: frozenset[str]

    def find(self, text: str, plausible: Callable[[str], bool], ended: Callable[[str], bool]) -> Place | None:
        """Return the place at the beginning of ``text``, if there is one.

        Parameters
        ----------
        text : str
            A name without its head, folded.
        plausible : callable
            Whether what follows begins like an agency (a field of policy, or an ending and no more).
        ended : callable
            Whether what follows ends like an agency.
        """
        ahead = self.ahead.match(text)
        if ahead:
            begin = ahead.end()
            typed = self._typed(text[begin:], plausible, ended)
            if typed is None:
                return None
            word, size = typed
            return self._place(text[: begin + size], "number" if ahead["number"] else "all", word)
        whole = self.sets.match(text)
        if (
            whole
            and not plausible(text)
            and (whole.end() == len(text) or plausible(text[whole.end() :]) or ended(text[whole.end() :]))
        ):
            return self._place(whole.group(), "all", whole.group())
        party = self.parties.match(text)
        zone = self.areas.match(text)
        if zone and text.endswith("部门") and plausible(text[zone.end() :]):
            return self._place(zone.group(), "bare", zone.group())
        typed = (party.group(), party.end()) if party else self._typed(text, plausible)
        if typed:
            return self._bare(text, typed)
        if plausible(text):
            return None
        place = self._named(text, plausible) or self._short(text, plausible)
        if place and place.kind == "named" and place.name not in self.known:
            typed = self._typed(text, ended)  # 市公园城市局: no place is called 市公园城市
            place = self._bare(text, typed) if typed else place
        if place or not ended(text):
            return place
        typed = self._typed(text, ended)
        if typed:
            return self._bare(text, typed)
        return self._named(text, ended) or self._short(text, ended)

    def _typed(self, text: str, *fits: Callable[[str], bool]) -> tuple[str, int] | None:
        """Return the word for a kind of place that ``text`` begins with, and how far it reaches with its bracket."""
        for fit in fits:
            for word in self.types_by_first.get(text[:1], ()):
                if text.startswith(word):
                    size = self._with_bracket(text, len(word))
                    if size == len(text) or fit(text[size:]) or text.startswith(_GOES_ON, size):
                        return word, size
            if fit(text):  # 市场监管局, 乡村振兴局: the character belongs to the field
                return None
        return None

    def _with_bracket(self, text: str, end: int) -> int:
        """Return the end of (园区) behind 各县区, and of 两级 behind 市、县."""
        bracket = self.bracket.match(text, end)
        end = bracket.end() if bracket else end
        return end + 2 if text.startswith(_TIERS, end) else end

    def _bare(self, text: str, typed: tuple[str, int]) -> Place:
        written = text[: typed[1]]
        return self._place(written, "bare", typed[0], written[:-2] if written.endswith(_TIERS) else written)

    def _named(self, text: str, fits: Callable[[str], bool], above: int = 0) -> Place | None:
        for found in self.named.finditer(text[:_LONGEST]):
            kind, end = found.group(), found.end()
            name = text[:end]
            if len(name) <= len(kind):
                continue
            if len(name) < (2 if kind == "县" else 3) or name.endswith(self.zones):  # 兰州 is no 州
                continue
            if name[-len(kind) - 1] in self.numbers:  # 青海两省
                continue
            size = self._behind_count(text, end)
            bracket = self.bracket.match(text, end)  # 化隆、循化县(区)政府
            if bracket and fits(text[bracket.end() :]):
                return self._place(text[: bracket.end()], "named", kind + bracket.group(), name)
            if size == len(text) or fits(text[size:]):
                return self._place(text[:size], "named", kind, name)
            inner = self._named(text[end:], fits, above + 1) if above < _ABOVE else None
            if inner:
                return self._place(name + inner.text, "named", inner.type, name + inner.name)
        return None

    def _short(self, text: str, fits: Callable[[str], bool]) -> Place | None:
        for length in _SHORT:
            if text[:length] in self.shorts:
                size = self._behind_count(text, length)
                if size >= len(text) or fits(text[size:]):
                    counted = self.named.search(text, length, size)
                    return self._place(text[:size], "short", counted.group() if counted else "", text[:length])
        return None

    def _behind_count(self, text: str, end: int) -> int:
        """Return the end of 两省 or 三地 where it sums up the places counted up before it."""
        count = self.counts.match(text, end)
        return count.end() if count else end

    def _place(self, text: str, kind: str, type_: str, name: str | None = None) -> Place:
        return Place(text, kind, type_, self.levels.get(type_, ""), text if name is None else name)

    def count(self, place: Place) -> int:
        """Return how many places 两省 or 三市州 means."""
        digits = re.match(r"\d+", place.text)
        if digits:
            return int(digits.group())
        return max(self.numbers.index(place.text[0]), 1) + 1  # 两 and 二 come first in the list


@lru_cache(maxsize=16)
def place_words(folder: str | None, zones: tuple[str, ...]) -> PlaceWords:
    """Load the words for places; ``zones`` are endings that are no administrative places (开发区, 军分区)."""
    rows = load("agency_places", folder)
    of = {
        kind: [row["word"] for row in rows if kind in row["kind"].split("、")]
        for kind in ("type", "types", "all", "number", "party", "area")
    }
    longest = sorted((*of["type"], *of["types"]), key=lambda word: (-len(word), word))
    kinds = "|".join(map(re.escape, longest))
    every = "|".join(map(re.escape, sorted(of["all"], key=len, reverse=True)))
    number = "|".join(map(re.escape, of["number"]))
    names = [name for division in divisions(lexicon=folder) for name in (division.name, *division.aliases)]
    sets = sorted((row["word"] for row in rows if "set" in row["kind"].split("、")), key=lambda word: -len(word))
    return PlaceWords(
        levels={row["word"]: row["level"] for row in rows if row["level"]},
        sets=re.compile("|".join(map(re.escape, sets)) or "(?!)"),
        parties=re.compile(rf"(?:{'|'.join(map(re.escape, of['party'])) or '(?!)'})(?=委(?!员))"),
        areas=re.compile(rf"(?:{'|'.join(map(re.escape, of['area'])) or '(?!)'})(?!管|部门)"),
        known=frozenset(names),
        types=tuple(longest),
        types_by_first={
            first: tuple(word for word in longest if word[0] == first) for first in {word[0] for word in longest}
        },
        numbers=tuple(of["number"]),
        ahead=re.compile(rf"(?:(?P<number>{number}|\d{{1,2}})个?|(?:{every}))(?={kinds})"),
        counts=re.compile(rf"(?:{number})(?:{kinds}|地|方|家)"),
        named=re.compile("|".join(map(re.escape, sorted(of["type"], key=len, reverse=True)))),
        bracket=re.compile(rf"\((?:{kinds}|{'|'.join(map(re.escape, zones))}|[、和]){{1,6}}\)"),
        zones=zones,
        shorts=frozenset(n for n in names if len(n) in _SHORT and (len(n) == 2 or not n.endswith(tuple(of["type"])))),
    )
