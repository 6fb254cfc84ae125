"""The words of named projects (``project_words.tsv``) and what they say at the edges of a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from lanxikit.lexicons import load

_TIME = re.compile(r"(?:到|至|在)?(?:20\d\d年)?(?:年内|年底前|\d{1,2}月底?前?|底前|末)?[,:]?")
_COMPANION = re.compile(r"(?:与|同|会同|联合)[\u4e00-\u9fff]{2,10}?(?=协同|共同|联合|推进|建设|开展|实施)")
_STRETCH = re.compile(r"[\u4e00-\u9fff]{2,8}至[\u4e00-\u9fff]{2,8}段")  # 郑州至济南高速铁路 + 濮阳至济南段
_ITEM = re.compile(r"[—\-●▪·\s]{0,4}(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)、]|[.](?!\d)))?\s{0,4}")
_NOTHING = re.match("", "")
_ROAD = re.compile(r"[GSXY]\d{2,4}(?!\d)")
_PREPOSITIONS = frozenset("与对以为同向从由在按把将")


@dataclass(frozen=True, slots=True)
class ProjectWords:
    """The word lists, the longer words first."""

    types: dict[str, str]
    works: frozenset[str]
    classes: AhoCorasick  # the words of types
    before: re.Pattern
    after: tuple[str, ...]
    closers: re.Pattern  # the words of after
    adverbs: re.Pattern
    tails: re.Pattern
    stops: re.Pattern
    vague: re.Pattern
    excluded: tuple[str, ...]
    landmarks: tuple[str, ...]
    landmark: re.Pattern  # any of them
    generic: re.Pattern
    positions: re.Pattern
    inner: re.Pattern
    endings: tuple[str, ...]
    pairs: tuple[str, ...]
    listed: tuple[str, ...]
    unlisted: tuple[str, ...]
    titles: tuple[str, ...]
    hints: AhoCorasick
    hinted: tuple[str, ...]  # their types

    def opening(self, plain: str, start: int, end: int) -> tuple[str, int]:
        """Return the verb a clause opens with, and where its object begins; no verb where the object is no work."""
        at, action = start, ""
        while at < end:
            step = _TIME.match(plain, at, end).end() - at if at == start else 0
            verb = self.before.match(plain, at, end)
            aside = verb or self.adverbs.match(plain, at, end) or _COMPANION.match(plain, at, end)
            if aside:
                action, step = verb.group() if verb else action, len(aside.group())
            elif plain[at] == " " or (action and plain[at] in "和并" and self.before.match(plain, at + 1, end)):
                step = 1
            if not step:
                break
            at += step
        if at < end and (plain[at] in _PREPOSITIONS or self.stops.match(plain, at, end)):
            return "", at
        return action, at

    def ending(self, plain: str, start: int, end: int) -> tuple[int, str]:
        """Return where the subject of a closing verb ends (建成通车, 开工建设), and that verb."""
        if not self.closers.search(plain, start + 3, end):
            return end, ""
        for word in self.after:
            at = plain.rfind(word, start + 3, end)
            if at >= 0 and self.only_tail(plain[at + len(word) : end]):
                return at, word
        return end, ""

    def only_tail(self, rest: str) -> bool:
        """Tell whether what stands behind a class word or verb says nothing of its own."""
        at = 0
        while at < len(rest):
            tail = self.tails.match(rest, at) or _STRETCH.match(rest, at) or _NOTHING
            step = 1 if rest[at] in "并且 " else len(tail.group())
            if not step:
                return False
            at += step
        return True

    def without_generic(self, text: str) -> str:
        """Take the general words away, and all that is no letter."""
        return re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", self.generic.sub("", text))

    def numberless(self, plain: str, low: int, high: int) -> int:
        """Return where a member begins behind its number or dash: 1.引洮供水二期工程, ——能源."""
        found = _ITEM.match(plain, low, high)
        return found.end() if found else low

    def parallel(self, name: str, after: str) -> str:
        """Return what a name shares with the next one where both have a like word (土族、撒拉族文化生态保护区)."""
        pair = next((word for word in self.pairs if name.endswith(word)), "")
        return after.partition(pair)[2] if pair else ""

    def kind(self, name: str, head: str) -> str:
        """Return the type of a project: of its head, else of the last word in the name that tells it."""
        if self.types.get(head):
            return self.types[head]
        found = self.hints.find_matches_as_indexes(name, overlapping=True)
        if found:
            index, _, _ = max(found, key=lambda hit: (hit[2], hit[2] - hit[1]))
            return self.hinted[index]
        return "road" if _ROAD.search(name) else "other"


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))


def _any(words: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def project_words(lexicon=None) -> ProjectWords:
    """Return the words; read once for each lexicon folder."""
    return _project_words(None if lexicon is None else str(lexicon))


@lru_cache(maxsize=8)
def _project_words(lexicon: str | None) -> ProjectWords:
    rows = load("project_words", lexicon)

    def of(kind: str, which: str | None = None) -> tuple[str, ...]:
        return _longest(row["word"] for row in rows if row["kind"] == kind and which in (None, row["type"]))

    types = {row["word"]: row["type"] for row in rows if row["kind"] in ("work", "class")}
    hints: dict[str, str] = {}
    for row in rows:
        if row["kind"] in ("hint", "work") and row["type"]:
            hints[row["word"]] = max(row["type"], hints.get(row["word"], ""))
    return ProjectWords(
        types=types,
        works=frozenset(of("work")),
        classes=AhoCorasick(list(types)),
        before=_any(of("action", "before")),
        after=of("action", "after"),
        closers=_any(of("action", "after")),
        adverbs=_any(of("adverb")),
        tails=_any(_longest((*of("tail"), *of("adverb"), *of("action", "after")))),
        stops=_any(of("stop")),
        vague=_any(of("vague")),
        excluded=of("not"),
        landmarks=of("landmark"),
        landmark=_any(of("landmark")),
        generic=_any(of("generic")),
        positions=_any(_longest((*of("position"), *of("landmark")))),
        inner=_any(of("work")),
        endings=of("ending"),
        pairs=of("pair"),
        listed=of("listed"),
        unlisted=of("unlisted"),
        titles=of("title"),
        hints=AhoCorasick(list(hints)),
        hinted=tuple(hints.values()),
    )
