"""Whom a goal concerns: by the places it and its headings name, by those in charge, by the matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from lanxikit.comparing.sides import above, headline
from lanxikit.gazetteer.codes import codes, inside, related, stem
from lanxikit.gazetteer.mentions import Reader
from lanxikit.lexicons import load
from lanxikit.tables.reading import LEVELS
from lanxikit.text.fold import fold
from lanxikit.text.pieces import SourceMap

GOVERNMENTS = ("政府", "管委会", "管理委员会")  # of those in charge, bodies that stand for a place
COUNTRY = "100000"
SENTENCES = 2  # that name other places only; a single one may give an example
MOST = 0.5  # of the text
_SENTENCE = re.compile(r"[^。;!?\n]{4,}")


class Sentence(NamedTuple):
    """How long a sentence is, and the places that it names: code to words."""

    n_chars: int
    named: Mapping[str, str]


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
    sentences : sequence of Sentence
        Of the leaf; none where no place stands in its text.
    section : sequence of Sentence
        Those of all leaves under the heading that the leaf stands under.
    """

    region: tuple[str, ...]
    named: Mapping[str, str]
    headed: Mapping[str, str]
    charged: Sequence
    shared: bool
    headline: str
    sentences: Sequence[Sentence] = ()
    section: Sequence[Sentence] = ()

    def elsewhere(self, region: tuple[str, ...]) -> str | None:
        """Return the places that the goal is for, where none of them is the lower document's; else None.

        The headings decide, unless the goal itself names the lower document's region or a place
        in it; without them the goal, if each of its sentences names a place: else the places
        may be examples. The upper document's whole region (两省) sets nobody apart.
        """
        narrow = {code: name for code, name in self.named.items() if not self._wide(code)}
        if not region or _any(narrow, region) or _any(self.headed, region):
            return None
        if self.headed:
            return _list(self.headed, "its heading names only ", region)
        if narrow and all(sentence.named for sentence in self.sentences) and not _any(self.named, region):
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

    def mostly(self, region: tuple[str, ...]) -> str | None:
        """Return the other places that most of the goal is for, though not plainly all of it; else None.

        Most, where sentences that name other places only are at least half of the text; or where
        governments that are named are in charge, the lower document's not among them, and the goals
        under the same heading (建设甘青区域合作创新发展示范区) name other places only. A goal that names the
        lower document's region or a place in it is its business. Places outside the upper document's
        region are partners: no goal is for them.
        """
        named = (code for sentence in self.sentences for code in sentence.named)
        if not region or _any(self.headed, region) or any(self._own(code, region) for code in named):
            return None
        others = self._others(self.sentences, region)
        length = sum(sentence.n_chars for sentence in self.sentences)
        if len(others) >= SENTENCES and sum(sentence.n_chars for sentence in others) >= MOST * length:
            return _list(self._narrow(others), "half of it or more names only ", region)
        others = self._others(self.section, region)
        if not self._given(region) or len(others) < SENTENCES or _any(self._narrow(self.section), region):
            return None
        return _list(self._narrow(others), "the goals under its heading name only ", region)

    def reserved(self, region: tuple[str, ...], fields: Sequence[Mapping[str, str]]) -> str | None:
        """Return the matter that governments of the lower document's level have no say in; else None."""
        if not region:
            return None
        level = max(map(_level, region))
        for row in fields:
            if row["word"] in self.headline and level > LEVELS.index(row["level"]):
                return f"{row['word']} in its heading: decided by a {row['level']} or above, not by a {LEVELS[level]}"
        return None

    def _others(self, sentences: Sequence[Sentence], region: tuple[str, ...]) -> list[Sentence]:
        """Return the sentences that name other places only."""
        narrow = ((sentence, self._narrow([sentence])) for sentence in sentences)
        return [sentence for sentence, named in narrow if named and not _any(named, region)]

    def _narrow(self, sentences: Sequence[Sentence]) -> dict[str, str]:
        """Return the places of the sentences that lie in the upper document's region."""
        return {
            code: name for sentence in sentences for code, name in sentence.named.items()
            if not self.region or any(wide == COUNTRY or inside(code, wide) for wide in self.region)
        }  # fmt: skip

    def _given(self, region: tuple[str, ...]) -> bool:
        """Tell whether governments below the upper level are in charge that are all named, none of the lower region."""
        own = min(map(_level, self.region), default=0)
        local = [row for row in self.charged if str(row.level) in LEVELS and LEVELS.index(str(row.level)) > own]
        places = [codes(row.adcode) for row in local if str(row.agency).endswith(GOVERNMENTS)]
        return bool(places) and all(places) and not any(self._own(code, region) for found in places for code in found)

    @staticmethod
    def _own(code: str, region: tuple[str, ...]) -> bool:
        return any(stem(code).startswith(stem(mine)) for mine in region)

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
    spots: dict[str, list] = {}
    for row in places[places["adcode"].notna()].itertuples(index=False):
        for code in codes(row.adcode):
            named.setdefault(row.unit_id, {})[code] = str(getattr(row, "place", code))
        if hasattr(row, "start"):
            spots.setdefault(row.unit_id, []).append(row)
    charged: dict[str, list] = {}
    for row in duties.itertuples(index=False):
        charged.setdefault(row.unit_id, []).append(row)
    shared = {doc: _shares(rows, charged) for doc, rows in leaves.groupby("doc_id", sort=False)}
    told = {leaf.unit_id: _sentences(leaf, spots.get(leaf.unit_id, ()))
            for leaf in leaves.itertuples(index=False)}
    sections: dict[tuple, list] = {}
    for leaf in leaves.itertuples(index=False):
        if above(leaf):
            sections.setdefault((leaf.doc_id, above(leaf)), []).extend(told[leaf.unit_id])
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
                           headline(leaf), told[unit], sections.get((leaf.doc_id, above(leaf)), ()))  # fmt: skip
    return found


def reserved_fields(lexicon=None) -> list[dict[str, str]]:
    """Return the rows of ``reserved_fields.tsv``; a level we do not know is refused."""
    return [row for row in load("reserved_fields", lexicon) if row["level"] in LEVELS]


def _sentences(leaf, spots: Sequence) -> list[Sentence]:
    """Return the sentences of the leaf; none where no place stands in the text."""
    text = leaf.text if isinstance(leaf.text, str) else ""
    source = SourceMap(getattr(leaf, "pieces", None), leaf.start)
    at = [(span[0], row) for row in spots if (span := source.find(int(row.start), int(row.end)))]
    return [
        Sentence(len(mark[0]), {
            code: str(getattr(row, "place", code))
            for place, row in at
            if mark.start() <= place < mark.end()
            for code in codes(row.adcode)
        })
        for mark in (_SENTENCE.finditer(fold(text)) if at else ())
    ]  # fmt: skip


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
