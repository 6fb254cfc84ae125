"""A corpus of any size, grown from the study's five documents: no two of its texts are alike, all are of the genre.

A document keeps the frame of one of the five (title, notice, headings, signature) and its
numbering. Its measures, each with its duty lines, are drawn anew from those of the same form
in that document; phrases change between measures, some words give way to others of their
meaning, numbers and years change, and the places are moved to other provinces, each with what lies below it.

    from benchmarks.grown import documents
    for doc_id, text in documents(1000, seed=0): ...                # of about 15,000 characters
    for doc_id, text in documents(100_000, length=1500): ...        # short ones, as most of a legal database are

Short documents are the beginnings of such: they end with the measure that reaches their length, and the signature.

A document depends on its number and the seed alone, so that a corpus can be made in parts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from benchmarks.measured import ROOT

WORDS = (
    ("加快", "加速"), ("推动", "推进"), ("加强", "强化"), ("完善", "健全"), ("提升", "提高"), ("积极", "大力"),
    ("深入", "扎实"), ("支持", "扶持"), ("协同", "联合"), ("构建", "建立"), ("探索", "研究"), ("有序", "稳步"),
    ("着力", "全力"), ("持续", "不断"),
)  # fmt: skip
"""Words that stand for each other in running text; none of them tells a duty or an agency."""

_NUMBER = re.compile(r"(?<![\d.—-])(?:[1-9]\d{0,5}(?:\.\d{1,2})?)(?![\d.])")
_PHRASE = re.compile(r"(?<=[,，;；])[^,，;；。:：、\n\t（）()《》“”\d]{6,20}(?=[,，;；])")
_SWAPPED = 0.15  # of the phrases
_WORDED = re.compile("|".join(chain.from_iterable(WORDS)))
_OTHER = {one: other for pair in WORDS for one, other in (pair, pair[::-1])}
_WORDS_TOO = ("共和", "合作", "平安")  # places, and words
_LEVELS = ("province", "prefecture", "county")


class Slot(NamedTuple):
    """A stretch of a document as it stands; or a measure of a form (``key``), its number in front, duties behind."""

    front: str
    body: str
    key: str
    duties: str = ""


class Base(NamedTuple):
    """One of the five documents: its stretches, and the measures and phrases to draw from."""

    slots: tuple[Slot, ...]
    pools: dict[str, tuple[Slot, ...]]
    phrases: tuple[str, ...]


def documents(n: int, seed: int = 0, start: int = 0, length: int | None = None) -> Iterator[tuple[str, str]]:
    """Yield ``n`` documents from the one numbered ``start`` on: of about 15,000 characters, or about ``length``.

    Examples
    --------
    >>> (one, text), (other, _) = documents(2)
    >>> one, other, 5_000 < len(text) < 40_000, text == next(documents(1))[1]
    ('grown-000000', 'grown-000001', True, True)
    >>> 1_000 < sum(len(text) for _, text in documents(50, length=1500)) / 50 < 2_000
    True
    """
    for number in range(start, start + n):
        yield f"grown-{number:06d}", document(number, seed, length)


def document(number: int, seed: int = 0, length: int | None = None) -> str:
    """Make the document of one number."""
    draw = random.Random(f"{seed}/{number}")
    found = bases()
    base = found[number % len(found)]
    text = "".join([_filled(base, slot, draw) for slot in base.slots]) if length is None else _short(base, draw, length)
    names, moved = _moved(draw)
    return names.sub(lambda name: moved[name.group()], text)


def _short(base: Base, draw: random.Random, length: int) -> str:
    """Begin like the whole; end with the measure that reaches the length, and what stands below the last one."""
    enough = length * draw.uniform(0.4, 1.4)
    last = max(at for at, slot in enumerate(base.slots) if slot.key)
    text = ""
    for slot in base.slots[: last + 1]:
        text += _filled(base, slot, draw)
        if slot.key and len(text) >= enough:
            break
    return text + "".join(slot.body for slot in base.slots[last + 1 :])


def _filled(base: Base, slot: Slot, draw: random.Random) -> str:
    return slot.front + (_measure(base, slot, draw) if slot.key else slot.body)


def _measure(base: Base, slot: Slot, draw: random.Random) -> str:
    drawn = draw.choice(base.pools[slot.key])
    text = drawn.body
    if base.phrases:
        text = _PHRASE.sub(lambda own: draw.choice(base.phrases) if draw.random() < _SWAPPED else own.group(), text)
    text = _WORDED.sub(lambda own: _OTHER[own.group()] if draw.random() < 0.5 else own.group(), text)
    return _NUMBER.sub(lambda own: _number(own.group(), draw), text) + drawn.duties


def _number(written: str, draw: random.Random) -> str:
    whole, dot, rest = written.partition(".")
    if len(whole) == 4 and whole[:2] == "20":
        return f"20{draw.randint(21, 35)}{dot}{rest}"
    digits = str(draw.randint(10 ** (len(whole) - 1), 10 ** len(whole) - 1))
    return digits + dot + "".join(str(draw.randint(1, 9)) for _ in rest)


@lru_cache(maxsize=1)
def bases() -> tuple[Base, ...]:
    """Take the five documents apart."""
    import lanxikit as lx

    corpus = lx.read_corpus(ROOT / "data" / "raw")
    units = lx.segment(corpus)
    return tuple(_base(corpus[doc].text, rows) for doc, rows in units.groupby("doc_id", sort=False))


def _base(source: str, units) -> Base:
    columns = [units[name].tolist() for name in ("unit_id", "parent_id", "start", "end", "is_leaf", "pieces")]
    named = units["heading_pieces"].tolist()
    slots: list[Slot] = []
    leaf = None
    for (unit, parent, start, end, is_leaf, pieces), heading in zip(zip(*columns, strict=True), named, strict=True):
        if is_leaf:
            leaf = unit
            firsts = [int(cell.split("-")[0]) for cell in (heading, pieces) if isinstance(cell, str)]
            begin = min([first for first in firsts if first >= start], default=start)  # a merged cell stands above
            front = source[start:begin]
            slots.append(Slot(front, source[begin:end], re.sub(r"\w", "", front) or "-"))
        elif leaf is not None and parent == leaf:
            slots[-1] = slots[-1]._replace(duties=slots[-1].duties + source[start:end])
        else:
            slots.append(Slot("", source[start:end], ""))
    pools: dict[str, list[Slot]] = {}
    for slot in slots:
        if slot.key:
            pools.setdefault(slot.key, []).append(slot)
    bodies = [slot.body for slot in chain.from_iterable(pools.values())]
    phrases = tuple(dict.fromkeys(chain.from_iterable(map(_PHRASE.findall, bodies))))
    return Base(tuple(slots), {key: tuple(kept) for key, kept in pools.items()}, phrases)


@lru_cache(maxsize=1)
def _places() -> tuple[re.Pattern, dict[str, tuple[str, str]]]:
    """Return an expression for the places of the five documents; each name with its code and its form."""
    from lanxikit.gazetteer.divisions import atlas

    text = "".join(slot.front + slot.body + slot.duties for base in bases() for slot in base.slots)
    homes = ("63", "62")
    known: dict[str, tuple[str, str]] = {}
    for division in atlas().divisions:
        if division.code[:2] in homes and division.level in _LEVELS:
            with_kind = [name + division.name[-1] for name in division.aliases if len(name) > 1]
            for name in (division.name, *with_kind, *division.aliases):
                if len(name) > 1 and name in text and name not in _WORDS_TOO:
                    known.setdefault(name, (division.code, _form(name)))
    return re.compile("|".join(sorted(known, key=len, reverse=True))), known


def _form(name: str) -> str:
    return name[-1] if name[-1] in "省市州县区" else ""


@lru_cache(maxsize=1)
def _lands() -> tuple[dict[str, list], dict[str, list]]:
    """Return the prefectures of each province that has eight or more, and the counties of each prefecture."""
    from lanxikit.gazetteer.divisions import atlas

    below: dict[str, dict[str, list]] = {"prefecture": {}, "county": {}}
    for division in atlas().divisions:
        if division.level in below:
            below[division.level].setdefault(division.parent, []).append(division)
    return {code: kept for code, kept in below["prefecture"].items() if len(kept) >= 8}, below["county"]


def _moved(draw: random.Random) -> tuple[re.Pattern, dict[str, str]]:
    """Return the expression for all places, and what each of their names becomes."""
    from lanxikit.gazetteer.divisions import atlas

    pattern, known = _places()
    prefectures, counties = _lands()
    lands = draw.sample(sorted(prefectures), 2)
    by_code = atlas().by_code
    chosen = {"630000": by_code[lands[0]], "620000": by_code[lands[1]]}
    for code in sorted({code for code, _ in known.values()}, key=lambda code: (code[4:] != "00", code)):
        above = by_code[code].parent
        if code in chosen:
            continue
        if by_code[code].level == "prefecture":
            chosen[code] = draw.choice(prefectures[chosen[above].code])
        else:
            home = chosen.get(above) or chosen[code[:2] + "0000"]
            chosen[code] = draw.choice(counties.get(home.code) or [home])
    return pattern, {name: _written(chosen[code], form) for name, (code, form) in known.items()}


def _written(division, form: str) -> str:
    short = next((name for name in division.aliases if len(name) > 1 and not _form(name)), division.name)
    if not form:
        return short
    if form == "州" and division.name.endswith("自治州"):
        return short + "州"
    return division.name
