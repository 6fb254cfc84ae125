"""What is looked for in a text, and the words around it that decide (``place_words.tsv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from lanxikit.gazetteer.divisions import Division, atlas
from lanxikit.lexicons import load

_FAR = 12  # characters of a functional area's name that no list holds
_NO_NAME = re.compile(
    r"[^\u4e00-\u9fff]|[与和及把将以在的为]|建设|推进|推动|打造|争创|创建|开展|实施|加快|支持|设立|成为|获批|入选|列入|申报|引领"
)
GENERIC = tuple("省市县区州盟旗")
_DASH = re.compile("[–－―─~～﹣-]")


class Pattern(NamedTuple):
    """What the automaton looks for, and what it may mean."""

    word: str
    square: int  # its weight, but for what speaks for a meaning
    guard: bool  # an ordinary word that outweighs a name in it
    row: dict[str, str] | None  # of an area, or of an abbreviation of several divisions
    entries: tuple  # (form, division)


def dashed(text: str) -> str:
    """Write all dashes alike, so that 兰州-西宁 is found as 兰州—西宁."""
    return _DASH.sub("—", text)


@dataclass(frozen=True, slots=True)
class Words:
    """The automaton, its patterns in the order of their numbers, and the words that decide."""

    automaton: AhoCorasick
    patterns: tuple[Pattern, ...]
    names: int  # so many of them, the first ones, may be a name; the others are guards alone
    bare: frozenset[str]  # the names without a word such as 市 at their end: 兰州
    ordinary: frozenset[str]
    by_kind: dict[str, tuple[str, ...]]
    by_code: dict[str, Division]
    by_head: dict[str, dict[str, tuple[str, ...]]]  # kind → first character → words, the longest first

    def at(self, kind: str, plain: str, at: int) -> str:
        """Return the longest word of a kind that begins there; empty if none does."""
        for word in self.by_head[kind].get(plain[at : at + 1], ()):
            if plain.startswith(word, at):
                return word
        return ""


def words_of(lexicon=None) -> Words:
    """Return the words and the automaton; built once for each lexicon folder."""
    return _words(None if lexicon is None else str(lexicon))


@lru_cache(maxsize=8)
def _words(lexicon: str | None) -> Words:
    book = atlas(lexicon)
    by_kind: dict[str, list[str]] = {}
    for row in load("place_words", lexicon):
        by_kind.setdefault(row["kind"], []).append(dashed(row["word"]))
    listed = {
        dashed(row["name"]): row
        for row in load("place_aliases", lexicon)
        if row["kind"] == "area" or "、" in row["codes"]
    }
    meanings = {
        name: tuple(entry for entry in entries if entry[1].level != "country") for name, entries in book.by_name.items()
    }
    guards = frozenset(by_kind.get("word", ()))
    names = list(dict.fromkeys((*(name for name, entries in meanings.items() if entries), *listed)))
    searched = [*names, *sorted(guards - set(names))]
    sorted_kinds = {kind: tuple(sorted(found, key=len, reverse=True)) for kind, found in by_kind.items()}
    return Words(
        AhoCorasick(searched),
        tuple(
            Pattern(name, 5 * len(name) ** 2, name in guards, listed.get(name), meanings.get(name, ()))
            for name in searched
        ),
        len(names),
        frozenset(name for name, entries in meanings.items() if _is_bare(name, entries)),
        frozenset(by_kind.get("ordinary", ())),
        sorted_kinds,
        book.by_code,
        {kind: _by_head(sorted_kinds.get(kind, ())) for kind in ("area", "middle", "after", "tail", "facility")},
    )


def _is_bare(name: str, entries: tuple) -> bool:
    return not name.endswith(GENERIC) or all(form == "short" for form, _ in entries)


def _by_head(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[0], []).append(word)
    return {head: tuple(found) for head, found in heads.items()}


def area_end(plain: str, at: int, words: Words) -> int:
    """Where the name of a functional area that goes on at ``at`` ends; ``at`` if there is none."""
    end, opened = at, False
    for _ in range(3):
        ending = words.at("area", plain, end)
        if ending:
            return end + len(ending)
        middle = words.at("middle", plain, end)
        if not middle:
            return _far_end(plain, at, end, words) if opened else at
        end, opened = end + len(middle), True
    return _far_end(plain, at, end, words)


def _far_end(plain: str, at: int, begin: int, words: Words) -> int:
    """Where a longer name ends: 景德镇 + 国家 + 陶瓷文化传承创新 + 试验区; verbs and marks end the search."""
    stop = _NO_NAME.search(plain, begin, begin + _FAR)
    for end in range(begin, stop.start() if stop else min(begin + _FAR, len(plain))):
        ending = words.at("area", plain, end)
        if ending:
            return end + len(ending)
    return at
