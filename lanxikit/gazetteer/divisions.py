"""The divisions themselves, and how a name leads to one of them.

Names are ambiguous: short names (海南: 海南省, 海南藏族自治州), full names (鼓楼区 stands
in five cities). The document's own region settles them, nearest first; what it cannot
settle stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.tables.reading import LEVELS
from lanxikit.text.fold import fold

FORMS = ("name", "alias", "short", "former")  # the better form wins where nothing else settles


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division.

    Parameters
    ----------
    code : str
        GB/T 2260, six digits; a township carries the code of its county.
    name : str
        Official full name, without the divisions above.
    level : str
        country, province, prefecture, county or township.
    parent : str
        Code of the division above; empty for the country.
    aliases : tuple of str
        Other names: short ones first, then former ones.
    """

    code: str
    name: str
    level: str
    parent: str
    aliases: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.code)


@dataclass(frozen=True, slots=True)
class Atlas:
    """All divisions, by code and by each of their names."""

    divisions: tuple[Division, ...]
    by_code: dict[str, Division]
    by_name: dict[str, tuple[tuple[str, Division], ...]]  # name → (form, division)


def divisions(*, lexicon=None) -> tuple[Division, ...]:
    """Return all divisions, country first, in the order of their codes.

    Parameters
    ----------
    lexicon : path, optional
        Folder whose ``divisions.tsv`` and ``place_aliases.tsv`` extend the shipped ones.

    Returns
    -------
    tuple of Division

    Examples
    --------
    >>> divisions()[0].name, len(divisions()) > 3000
    ('中国', True)
    """
    return atlas(lexicon).divisions


def atlas(lexicon=None) -> Atlas:
    """Return the divisions with their indexes; built once for each lexicon folder."""
    return _atlas(None if lexicon is None else str(lexicon))


@lru_cache(maxsize=8)
def _atlas(lexicon: str | None) -> Atlas:
    forms: dict[str, list[tuple[str, str]]] = {}
    rows = load("divisions", lexicon)
    for row in rows:
        names = [("name", row["name"])]
        names += [("alias", name) for name in row["aliases"].split("、")]
        names += [("short", row["short"])]
        names += [("former", name) for name in row["former"].split("、")]
        forms[row["code"]] = [(form, name) for form, name in names if name]
    for row in load("place_aliases", lexicon):
        codes = row["codes"].split("、")
        if row["kind"] == "alias" and len(codes) == 1 and codes[0] in forms:
            forms[codes[0]].append(("alias", row["name"]))
    found = []
    for row in rows:
        others = tuple(dict.fromkeys(name for form, name in forms[row["code"]] if form != "name"))
        found.append(Division(row["code"], row["name"], row["level"], row["parent"], others))
    by_name: dict[str, list] = {}
    for division in found:
        for form, name in forms[division.code]:
            by_name.setdefault(name, []).append((form, division))
    return Atlas(
        tuple(found),
        {division.code: division for division in found},
        {name: tuple(entries) for name, entries in by_name.items()},
    )


def codes_of(near: str | None) -> tuple[str, ...]:
    """Return the adcodes in a cell such as ``"630000、620000"``.

    >>> codes_of("630000、620000")
    ('630000', '620000')
    """
    return tuple(re.findall(r"\d{6}", near)) if isinstance(near, str) else ()


@lru_cache(maxsize=65536)
def closeness(code: str, near: tuple[str, ...]) -> int:
    """Tell how near a division is: 3 the very same, 2 same prefecture, 1 same province, 0 elsewhere.

    >>> [closeness(code, ("630203",)) for code in ("630203", "630200", "630100", "620100")]
    [3, 2, 1, 0]
    """
    return max((_closeness(code, other) for other in near), default=0)


def _closeness(code: str, other: str) -> int:
    if code == other:
        return 3
    if code[:4] == other[:4] and code[2:4] != "00":
        return 2
    return 1 if code[:2] == other[:2] else 0


def settle(entries, near: tuple[str, ...]) -> Division | None:
    """Choose among divisions of one name: the nearest, then the better form, then the higher level."""
    if len(entries) == 1:
        return entries[0][1]
    ranked = sorted(
        (-closeness(division.code, near), FORMS.index(form), LEVELS.index(division.level), division.code, division)
        for form, division in entries
    )
    if not ranked:
        return None
    tied = [row[-1] for row in ranked if row[:3] == ranked[0][:3]]
    if len(tied) == 1:
        return tied[0]
    # 伊宁 is 伊宁市 rather than the 伊宁县 around it
    cities = [division for division in tied if division.name.endswith("市")]
    return cities[0] if len(cities) == 1 and len({division.parent for division in tied}) == 1 else None


def lookup(name: str, *, near: str | None = None, lexicon=None) -> Division | None:
    """Resolve a full, short or former name, also with the divisions above before it.

    Parameters
    ----------
    name : str
        民和回族土族自治县, 民和县, 民和, 湟中县 (now 湟中区), 青海省海东市民和县.
    near : str, optional
        Adcode of the document's own region, several joined by 、. Homonyms go to the same
        county first, then the same prefecture, then the same province.
    lexicon : path, optional
        Folder that extends the word lists.

    Returns
    -------
    Division or None
        None where no division has the name, or several of one level have it and
        ``near`` does not settle which.

    Examples
    --------
    >>> lookup("民和县").code, lookup("湟中县").name, lookup("吉林").name
    ('630222', '湟中区', '吉林省')
    >>> lookup("海南").name, lookup("海南", near="630200").name
    ('海南省', '海南藏族自治州')
    >>> lookup("城关区"), lookup("城关区", near="620000").code, lookup("拉萨市城关区").code
    (None, '620102', '540102')
    """
    book, codes = atlas(lexicon), codes_of(near)
    name = fold(name).strip()
    if name in book.by_name:
        return settle(book.by_name[name], codes)
    found, end = walk(name, codes, lexicon)
    return found if found and end == len(name) else None


def walk(name: str, near: tuple[str, ...], lexicon=None) -> tuple[Division | None, int]:
    """Follow the divisions a name opens with down as far as they go (省, 市, 区); return the last and its end."""
    by_name = atlas(lexicon).by_name
    found, end = None, 0
    while True:
        for stop in range(min(len(name), end + 20), end + 1, -1):
            entries = by_name.get(name[end:stop], ())
            if found:
                entries = [entry for entry in entries if is_above(found, entry[1])]
            step = settle(entries, (found.code,) if found else near)
            if step:
                found, end = step, stop
                break
        else:
            return found, end


def is_above(upper: Division, lower: Division) -> bool:
    """Tell whether one division lies in the other.

    >>> is_above(lookup("青海省"), lookup("民和县")), is_above(lookup("海东市"), lookup("湟中区"))
    (True, False)
    """
    if upper.code == lower.code or upper.level == lower.level:
        return False
    if upper.level == "country":
        return True
    if upper.level == "province":
        return upper.code[:2] == lower.code[:2]
    return upper.level == "prefecture" and lower.level in ("county", "township") and upper.code[:4] == lower.code[:4]


def lineage_of(division: Division, *, lexicon=None) -> tuple[Division, ...]:
    """Return the divisions above and the division itself, province first.

    Examples
    --------
    >>> [item.name for item in lineage_of(lookup("平安区"))]
    ['青海省', '海东市', '平安区']
    """
    by_code, row = atlas(lexicon).by_code, [division]
    while row[0].parent and row[0].parent != "100000":
        row.insert(0, by_code[row[0].parent])
    return tuple(row)


def full_name(division: Division, *, province: bool = False, lexicon=None) -> str:
    """Return the name with the divisions above it, the province only if asked for.

    Examples
    --------
    >>> full_name(lookup("平安区")), full_name(lookup("平安区"), province=True), full_name(lookup("青海"))
    ('海东市平安区', '青海省海东市平安区', '青海省')
    """
    row = lineage_of(division, lexicon=lexicon)
    kept = row if province or len(row) == 1 else [item for item in row if item.level != "province"]
    return "".join(item.name for item in kept)
