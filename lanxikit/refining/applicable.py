"""Whom a goal concerns: by the places it and its headings name, by those in charge, by the matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from lanxikit.comparing.sides import above, headline
from lanxikit.gazetteer.codes import codes, related, stem
from lanxikit.gazetteer.mentions import Reader
from lanxikit.lexicons import load
from lanxikit.tables.reading import LEVELS
from lanxikit.text.fold import fold
from lanxikit.text.pieces import SourceMap

GOVERNMENTS = ("政府", "管委会", "管理委员会")  # of those in charge, bodies that stand for a place
_SENTENCE = re.compile(r"[^。;!?\n]{4,}")


@dataclass(frozen=True)
class Goal:
    """An upper leaf, and what says whom it concerns.

    Parameters
    ----------
    region : tuple of str
        Codes of the upper document.
    named, headed : mapping of str to str
        Code of a place to the words that name it, in the leaf and in the headings above it.
    charged : sequence
        Rows of ``lx.responsibilities`` of the leaf (named tuples).
    shared : bool
        Whether the upper document puts lower governments in charge of some of its goals.
    headline : str
        The heading nearest to the leaf.
    general : bool
        Whether a sentence of the leaf names no place, so that the places of the others are examples.
    """

    region: tuple[str, ...]
    named: Mapping[str, str]
    headed: Mapping[str, str]
    charged: Sequence
    shared: bool
    headline: str
    general: bool = False

    def elsewhere(self, region: tuple[str, ...]) -> str | None:
        """Return the places that the goal is for, where none of them is the lower document's; else None.

        The headings decide, unless the goal itself names the lower document's region or a place
        in it; without them the goal, if each of its sentences names a place. The upper
        document's whole region (两省) sets nobody apart.
        """
        narrow = {code: name for code, name in self.named.items() if not self._wide(code)}
        if not region or _any(narrow, region) or _any(self.headed, region):
            return None
        if self.headed:
            return _list(self.headed, "its heading names only ", region)
        if narrow and not self.general and not _any(self.named, region):
            return _list(narrow, "names only ", region)
        return None

    def others(self, region: tuple[str, ...]) -> str | None:
        """Return who is in charge, where that is the upper level alone or other places' governments; else None."""
        if not region or not self.charged or not self.region:
            return None
        own = min(map(_level, self.region))
        local = [row for row in self.charged if str(row.level) in LEVELS and LEVELS.index(str(row.level)) > own]
        if not local:
            if not self.shared or any(bool(row.open_list) or pd.isna(row.level) for row in self.charged):
                return None
            return "in charge are bodies of the upper level alone: " + _few(str(row.agency) for row in self.charged)
        places = [row for row in local if str(row.agency).endswith(GOVERNMENTS)]
        if not places or any(not codes(row.adcode) for row in places):  # 有关市州政府
            return None
        if any(related(code, mine) for row in places for code in codes(row.adcode) for mine in region):
            return None
        return "in charge are other places: " + _few(str(row.agency) for row in places)

    def reserved(self, region: tuple[str, ...], fields: Sequence[Mapping[str, str]]) -> str | None:
        """Return the matter that governments of the lower document's level have no say in; else None."""
        if not region:
            return None
        level = max(map(_level, region))
        for row in fields:
            if row["word"] in self.headline and level > LEVELS.index(row["level"]):
                return f"{row['word']} in its heading: decided by a {row['level']} or above, not by a {LEVELS[level]}"
        return None

    def _wide(self, code: str) -> bool:
        return any(stem(region).startswith(stem(code)) for region in self.region)


def goals(leaves: pd.DataFrame, places: pd.DataFrame, duties: pd.DataFrame, lexicon=None) -> dict[str, Goal]:
    """Return a goal for each upper leaf.

    Parameters
    ----------
    leaves : DataFrame
        The upper leaves.
    places, duties : DataFrame
        Results of ``lx.places`` and ``lx.responsibilities`` for them.
    lexicon : path, optional
        Folder that extends the place names.
    """
    named: dict[str, dict[str, str]] = {}
    spots: dict[str, list[tuple[int, int]]] = {}
    for row in places[places["adcode"].notna()].itertuples(index=False):
        for code in codes(row.adcode):
            named.setdefault(row.unit_id, {})[code] = str(getattr(row, "place", code))
        if hasattr(row, "start"):
            spots.setdefault(row.unit_id, []).append((int(row.start), int(row.end)))
    charged: dict[str, list] = {}
    for row in duties.itertuples(index=False):
        charged.setdefault(row.unit_id, []).append(row)
    shared = {doc: _shares(rows, charged) for doc, rows in leaves.groupby("doc_id", sort=False)}
    found = {}
    for leaf in leaves.itertuples(index=False):
        cell = getattr(leaf, "adcode", None)
        near = cell if isinstance(cell, str) else None
        bare = Goal(codes(near), {}, {}, (), False, "")
        headings = (*above(leaf), leaf.heading if isinstance(leaf.heading, str) else "")
        headed = {
            code: name for heading in headings if heading for code, name in _mentioned(heading, near, lexicon)
            if not bare._wide(code)
        }  # fmt: skip
        unit = leaf.unit_id
        found[unit] = Goal(bare.region, named.get(unit, {}), headed, charged.get(unit, ()), shared[leaf.doc_id],
                           headline(leaf), _general(leaf, spots.get(unit, ())))  # fmt: skip
    return found


def reserved_fields(lexicon=None) -> list[dict[str, str]]:
    """Return the rows of ``reserved_fields.tsv``; a level we do not know is refused."""
    return [row for row in load("reserved_fields", lexicon) if row["level"] in LEVELS]


def _general(leaf, spots: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a sentence of the leaf names none of the places."""
    text = leaf.text if isinstance(leaf.text, str) else ""
    source = SourceMap(getattr(leaf, "pieces", None), leaf.start)
    at = [span[0] for start, end in spots if (span := source.find(start, end))]
    return bool(at) and any(
        not any(mark.start() <= place < mark.end() for place in at) for mark in _SENTENCE.finditer(fold(text))
    )


def _shares(leaves: pd.DataFrame, charged: Mapping[str, list]) -> bool:
    """Tell whether a document puts governments of different levels in charge."""
    found = {str(row.level) for unit in leaves["unit_id"] for row in charged.get(unit, ())}
    return len(found & set(LEVELS)) > 1


@lru_cache(maxsize=4096)
def _mentioned(heading: str, near: str | None, lexicon) -> tuple[tuple[str, str], ...]:
    return tuple(
        (division.code, heading[mention.start : mention.end])
        for mention in Reader(heading, near=near, lexicon=lexicon).mentions()
        for division in mention.divisions
    )


def _any(named: Mapping[str, str], region: tuple[str, ...]) -> bool:
    return any(related(code, mine) for code in named for mine in region)


def _level(code: str) -> int:
    """Return the level of a code, as its place in ``LEVELS``."""
    return {0: 0, 1: 0, 2: 1, 4: 2, 6: 3}.get(len(stem(code)) if code != "100000" else 0, 4)


def _list(named: Mapping[str, str], lead: str, region: tuple[str, ...]) -> str:
    return f"{lead}{_few(named.values())}, outside {'、'.join(region)}"


def _few(names) -> str:
    names = list(dict.fromkeys(names))
    return "、".join(names[:5]) + ("…" if len(names) > 5 else "")
