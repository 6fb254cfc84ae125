"""A place named in a text, and the functional areas (兰州新区, 兰州—白银都市圈) that names make."""

from __future__ import annotations

from dataclasses import dataclass

from lanxikit.gazetteer.divisions import Division, codes_of, is_above
from lanxikit.gazetteer.readings import Reading
from lanxikit.gazetteer.words import Words, area_end


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text.

    Parameters
    ----------
    start, end : int
        Where it stands in the text, characters, end exclusive.
    name : str
        Official name of the division, or the usual name of the functional area.
    kind : str
        ``administrative`` or ``functional area``.
    divisions : tuple of Division
        The division itself; for an abbreviation of several (甘青) each of them; for a
        functional area those it lies in.
    """

    start: int
    end: int
    name: str
    kind: str
    divisions: tuple[Division, ...]


def areas(plain: str, kept: list[Reading], words: Words) -> list[Mention]:
    """Turn readings into mentions; a division with the generic word of a functional area behind it is that area."""
    found: list[Mention] = []
    for item in kept:
        if item.row:
            codes = codes_of(item.row["codes"])
            parts = tuple(words.by_code[code] for code in codes if code in words.by_code)
            area = item.row["kind"] == "area"
            kind = "functional area" if area else "administrative"
            name = item.row["full"] or (item.row["name"] if area else "、".join(part.name for part in parts))
        else:
            parts, kind, name = (item.division,), "administrative", item.division.name
        end = item.end if kind == "functional area" else area_end(plain, item.end, words)
        mention = Mention(item.start, item.end, name, kind, parts)
        if end > item.end:
            mention = _joined(plain, found, mention, end)
        found.append(mention)
    return found


def _joined(plain: str, found: list[Mention], mention: Mention, end: int) -> Mention:
    """The area of a division, or of two with a dash or nothing between them (兰州—白银都市圈)."""
    start, parts = mention.start, mention.divisions
    if found and found[-1].kind == "administrative":
        other = found[-1]
        dash = other.end + 1 == start and plain[other.end] == "—"
        if dash or (other.end == start and not is_above(other.divisions[-1], parts[0])):
            found.pop()
            start, parts = other.start, (*other.divisions, *parts)
    return Mention(start, end, plain[start:end], "functional area", parts)
