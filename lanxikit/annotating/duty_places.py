"""The places that a whole document names together, which 两省 or 三市 in its lists mean: 湘赣边, 湖南省、江西省."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lanxikit.annotating.agency_ground import Ground, Site, sites_in, usual_name
from lanxikit.gazetteer import divisions
from lanxikit.gazetteer.glance import several
from lanxikit.lexicons import load

_MOST = 2000  # rows of a document that are looked through
_LEVELS = ("province", "prefecture", "county")
_LINES = "铁路|高铁|高速|公路|线|高原|通道|运河|走廊"
_TOGETHER = "两|三|四|边|省际|交界|毗邻|合作|协作|跨省"


@lru_cache(maxsize=16)
def _letters(folder: str | None) -> tuple[dict[str, str], re.Pattern, re.Pattern]:
    rows = load("number_prefixes", folder)
    codes = {row["prefix"]: row["code"] for row in rows if len(row["prefix"]) == 1 and row["code"] != "100000"}
    codes |= {"贵": "520000", "蒙": "150000"}
    run = rf"[{''.join(codes)}]{{2,6}}"
    return codes, re.compile(rf"{run}(?!{_LINES})"), re.compile(rf"{run}(?={_TOGETHER})")


def lettered(text: str, where: Ground, *, title: bool = False) -> list[list[Site]]:
    """Return the provinces that a text calls by their letters side by side: 湘赣边, 川渝合作.

    Examples
    --------
    >>> from lanxikit.annotating.agency_ground import ground
    >>> [[site.name for site in found] for found in lettered("湘赣边区域合作任务清单", ground("", ""), title=True)]
    [['湖南省', '江西省']]
    """
    codes, named, sure = _letters(where.folder)
    found = []
    for run in (named if title else sure).finditer(text):
        wanted = list(dict.fromkeys(codes[char] for char in run.group()))
        known = _provinces(where.folder)
        sites = [Site(usual_name(known[code], folder=where.folder), known[code]) for code in wanted if code in known]
        if len(sites) > 1:
            found.append(sites)
    return found


@lru_cache(maxsize=16)
def _provinces(folder: str | None) -> dict:
    return {division.code: division for division in divisions(lexicon=folder) if division.level == "province"}


def document_places(title: str, texts: Iterable[str], where: Ground) -> Iterator[list[Site]]:
    """Yield groups of places that a document names together: by letters in its title first, then the most frequent.

    Examples
    --------
    >>> from lanxikit.annotating.agency_ground import ground
    >>> texts = ["学习广东省、浙江省经验。", "湖南省、江西省发展改革委", "湖南省和江西省商定"]
    >>> [[site.name for site in group] for group in document_places("任务清单", texts, ground("", ""))]
    [['湖南省', '江西省'], ['广东省', '浙江省']]
    """
    yield from lettered(title, where, title=True)
    groups: dict[frozenset[str], list[Site]] = {}
    count: dict[frozenset[str], int] = {}
    texts = list(islice(texts, _MOST))
    _, _, side_by_side = _letters(where.folder)
    for text, may in zip(texts, several(texts, lexicon=where.folder), strict=True):
        if not may and not side_by_side.search(text):
            continue
        named = [site for site in sites_in(text, where) if site.division]
        by_level = [[site for site in named if site.division.level == level] for level in _LEVELS]
        for sites in (*by_level, *lettered(text, where)):
            key = frozenset(site.division.code for site in sites)
            if len(key) > 1:
                groups.setdefault(key, sites)
                count[key] = count.get(key, 0) + 1
    yield from (groups[key] for key in sorted(groups, key=lambda key: -count[key]))
