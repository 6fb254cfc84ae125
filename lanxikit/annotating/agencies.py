"""What the name of an agency is made of: (head) (place) core, and the field of policy it serves.

国家税务总局 | 青海省 | 税务局;  | 州 | 生态环境局;  | 各县区 | 政府.  A name in a list may lack any part; which
part it borrows from its neighbours is settled in agency_lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agency_places import Place, PlaceWords, place_words
from lanxikit.lexicons import load

_LONGEST = 60  # characters; a longer piece is no name
NOWHERE = Place("", "", "", "", "")


class Name(NamedTuple):
    """A name taken apart.

    ``head`` national body before the place; ``place`` see ``agency_places.Place``; ``core`` what follows, without its
    ending; ``suffix`` the ending, empty where the name is cut short; ``form`` what the ending says: government,
    department, area, company, township or body; ``field`` whether the core begins with a known field of policy.
    """

    head: str
    place: Place
    core: str
    suffix: str
    form: str
    field: bool


def alternation(words) -> str:
    """Return a regular expression for any of the words, the longest first; without words it finds nothing."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) or "(?!)"


@dataclass(frozen=True, eq=False)
class AgencyWords:
    """The word lists about agencies, ready for use."""

    heads: re.Pattern
    stems: re.Pattern
    suffixes: re.Pattern
    forms: dict[str, str]
    sure: frozenset[str]
    bodies: frozenset[str]  # 站, 中心: marks an agency where a place and a field stand before it
    committees: tuple[str, ...]  # 管委会: what a zone's committee is called, the longest first
    brands: re.Pattern  # 移动, 中国移动: companies of many branches
    ends: re.Pattern
    rulers: re.Pattern
    bosses: re.Pattern  # 党工委, 党委: departments of theirs follow
    party: re.Pattern
    fields: dict[str, tuple[str, ...]]
    whole: dict[str, tuple[str, ...]]
    places: PlaceWords


@lru_cache(maxsize=16)
def agency_words(folder: str | None = None) -> AgencyWords:
    """Load the word lists about agencies, with those of a folder added."""
    suffixes, functions = load("agency_suffixes", folder), load("agency_functions", folder)
    by_place = {where: [row for row in functions if row["where"] == where] for where in ("end", "stem", "whole")}
    zones = [row["suffix"] for row in suffixes if row["suffix"].endswith("区")]
    return AgencyWords(
        heads=re.compile(alternation(row["head"] for row in load("agency_heads", folder))),
        stems=re.compile(alternation(row["stem"] for row in by_place["stem"])),
        suffixes=re.compile(f"(?:{alternation(row['suffix'] for row in suffixes)})$"),
        forms={row["suffix"]: row["form"] for row in suffixes},
        sure=frozenset(row["suffix"] for row in suffixes if row["kind"] == "sure"),
        bodies=frozenset(row["suffix"] for row in suffixes if row["kind"] == "local"),
        committees=tuple(row["suffix"] for row in suffixes if row["kind"] == "sure" and row["form"] == "area"),
        brands=re.compile(f"(?:中国)?(?:{alternation(row['suffix'] for row in suffixes if row['kind'] == 'brand')})"),
        ends=re.compile(f"(?:{alternation(row['stem'] for row in by_place['end'])})$"),
        bosses=re.compile(alternation(row["suffix"] for row in suffixes if row["suffix"].endswith(("工委", "党委")))),
        party=re.compile(alternation(row["stem"] for row in load("agency_party", folder))),
        rulers=re.compile(alternation(row["suffix"] for row in suffixes if row["form"] == "government")),
        fields={row["stem"]: tuple(row["function"].split("、")) for row in by_place["end"] + by_place["stem"]},
        whole={row["stem"]: tuple(row["function"].split("、")) for row in by_place["whole"]},
        places=place_words(folder, tuple(zones)),
    )


@lru_cache(maxsize=65536)
def read_name(text: str, folder: str | None = None) -> Name:
    """Take a written name apart.

    Parameters
    ----------
    text : str
        Folded, without blanks.
    folder : str, optional
        A folder of word lists of one's own.

    Returns
    -------
    Name

    Examples
    --------
    >>> name = read_name("临夏州生态环境")
    >>> name.place.text, name.core, name.suffix
    ('临夏州', '生态环境', '')
    >>> read_name("市市场监管局")[2:5], read_name("市场监管局")[2:5]
    (('市场监管', '局', 'department'), ('市场监管', '局', 'department'))
    """
    if len(text) > _LONGEST:
        return Name("", NOWHERE, text, "", "", False)
    words = agency_words(folder)
    found = words.heads.match(text)
    head = found.group() if found else ""
    rest = text[len(head) :]
    if head and not rest:
        return Name(head, NOWHERE, "", "", "body", True)

    def plausible(tail: str) -> bool:
        ending = words.suffixes.match(tail)
        ruler = words.rulers.match(tail)
        stem = words.stems.match(tail) or (ruler and words.stems.match(tail, ruler.end()))
        return bool(stem) or (ending is not None and ending.end() == len(tail))

    def ended(tail: str) -> bool:
        return words.suffixes.search(tail) is not None

    place = NOWHERE if rest in words.forms else words.places.find(rest, plausible, ended) or NOWHERE
    rest = rest[len(place.text) :]
    suffix = words.suffixes.search(rest)
    ending = suffix.group() if suffix else ""
    core = rest[: len(rest) - len(ending)]
    ruler = words.rulers.match(rest) or words.bosses.match(rest)  # 县级以上人民政府 | 教育, 党工委 | 组织部
    field = words.stems.match(rest) or (ruler and words.stems.match(rest, ruler.end()))
    return Name(head, place, core, ending, words.forms.get(ending, ""), bool(field))


@lru_cache(maxsize=65536)
def agency_fields(name: str, folder: str | None = None) -> tuple[str, ...]:
    """Return the fields of policy that an agency serves, the main one first; none where the lists do not tell.

    The same at every level and through the reforms of 2018 and 2023: what counts is the stem of the name.

    Examples
    --------
    >>> [agency_fields(name)[0] for name in ("省生态环境厅", "州生态环境局", "县环保局", "兰州新区管委会")]
    ['生态环境', '生态环境', '生态环境', '园区']
    >>> agency_fields("区自然资源和林业草原局")
    ('自然资源', '林草')
    """
    words = agency_words(folder)
    parts = read_name(name, folder)
    rest = parts.core + parts.suffix
    if parts.place.text and not rest and not parts.head:
        return ("政府",)
    if name in words.whole:
        return words.whole[name]
    if rest in words.whole and not parts.head:
        return words.whole[rest]
    end = None if parts.head == name else words.ends.search(rest)
    if end:
        return words.fields[end.group()]
    found: list[str] = []
    within = words.rulers.sub(" ", parts.head + rest)  # 人民政府 does not name 民政
    for stem in words.stems.findall(within) or words.stems.findall(parts.place.text):  # 祁连山国家公园甘肃省|管理局
        found += [field for field in words.fields[stem] if field not in found]
    return tuple(found)
