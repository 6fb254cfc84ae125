"""Facets of names: localised, project_named, assigned."""

from __future__ import annotations

import pandas as pd

from lanxikit.comparing.grams import grams
from lanxikit.gazetteer.codes import codes, inside, related
from lanxikit.refining.leaf import Leaf
from lanxikit.refining.pair import Pair
from lanxikit.tables.reading import LEVELS

SAME_NAME = 0.6  # 曹家堡机场三期扩建工程 and 西宁曹家堡国际机场三期扩建工程 are one: so many pairs of characters agree


def names(pair: Pair) -> dict[str, str | None]:
    """Return the evidence of each facet of names, None where it does not hold."""
    projects = _new(pair, "projects")
    own = [row for row in pair.lower.notes.get("places", ()) if _local(row, pair) and _fresh(row, pair)]
    return {
        "localised": _cited(pair.lower, [*own, *(row for row in projects if not _elsewhere(row, pair))]),
        "project_named": _cited(pair.lower, projects),
        "assigned": _assigned(pair),
    }


def _new(pair: Pair, kind: str) -> list:
    """Return the annotations of the lower leaf whose words the upper leaf does not hold, as such or nearly."""
    held = set(grams(f"{pair.upper.heading}\n{pair.upper.text}"))
    found = []
    for row in pair.lower.notes.get(kind, ()):
        words = grams(pair.lower.said(row))
        if words and sum(word in held for word in words) < SAME_NAME * len(words):
            found.append(row)
    return found


def _local(row, pair: Pair) -> bool:
    """The lower document's region, a place in it, or one above it that is narrower than the upper document's region."""
    above = codes(pair.upper.adcode)
    return any(
        code == region or inside(code, region) or (inside(region, code) and any(inside(code, wide) for wide in above))
        for code in codes(row.adcode)
        for region in codes(pair.lower.adcode)
    )


def _fresh(row, pair: Pair) -> bool:
    """The goal does not name the place, or not in the clause that is taken up here."""
    words = pair.lower.said(row)
    if not set(grams(words)) <= set(grams(f"{pair.upper.heading}\n{pair.upper.text}")):
        return True
    at = pair.lower.within(int(row.start), int(row.end))
    match = next((match for match in pair.down if match.own[0] <= at[0] < match.own[1]), None)
    return match is not None and at[1] > at[0] and words not in pair.upper.text[slice(*match.other)]


def _elsewhere(row, pair: Pair) -> bool:
    """A line between places (兰州至西宁), none the document's own or around it; a single one may be an investor's."""
    named = [
        place for place in pair.lower.notes.get("places", ()) if row.start <= place.start and place.end <= row.end
    ]
    own = codes(pair.lower.adcode)
    return len(named) > 1 and bool(own) and not any(
        related(code, region) for place in named for code in codes(place.adcode) for region in own
    )


def _cited(leaf: Leaf, found: list) -> str | None:
    spans = {(int(row.start), int(row.end)): leaf.said(row) for row in found}
    return "; ".join(leaf.cite(*span, spans[span]) for span in sorted(spans)) or None


def _assigned(pair: Pair) -> str | None:
    above: dict[str, int] = {}
    for row in pair.upper.notes.get("responsibilities", ()):
        key = _field(row)
        above[key] = max(above.get(key, -1), _rank(row.level))
    new = {}
    for row in pair.lower.notes.get("responsibilities", ()):
        key = _field(row)
        if key not in above or (-1 < above[key] < _rank(row.level)):
            new.setdefault(str(row.agency), f"{_in_charge(pair.lower, row)} ({row.role})")
    return "; ".join(new.values()) or None


def _in_charge(leaf: Leaf, row) -> str:
    """Cite the words of the file, and the agency that they stand for where that is not what they say.

    海东市、兰州市发展改革部门 = 海东市发展改革部门: the document names both at once.
    """
    agency, written = str(row.agency), getattr(row, "agency_raw", None)
    words = written if isinstance(written, str) and written else agency
    cited = leaf.cite(int(row.start), int(row.end), words)
    return cited if "".join(words.split()) == agency else f"{cited} = {agency}"


def _field(row) -> str:
    return str(row.function) if pd.notna(row.function) else str(row.agency)


def _rank(level) -> int:
    return LEVELS.index(level) if level in LEVELS else -1
