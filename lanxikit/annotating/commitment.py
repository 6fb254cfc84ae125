"""``lx.commitment``: how far the verb of each clause commits."""

from __future__ import annotations

import os
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lanxikit.annotating.frames import Frames
from lanxikit.annotating.passages import passages
from lanxikit.annotating.scan import Scan
from lanxikit.annotating.times import Time, times
from lanxikit.errors import LexiconError
from lanxikit.lexicons import load
from lanxikit.messages import tr
from lanxikit.tables import check, table

if TYPE_CHECKING:
    import pandas as pd

_SUBJECT = 14  # a verb this far behind the clause's head, after a hedge or an adverb, still heads it
_WORDS = 8  # how many words of the lists are read at the head of a clause
_LOOSE = " 到在于至、)。"
_INSIDE = 24  # how many words of the lists are read within a clause
_RESULT = 6  # from this strength on a verb that ends a clause (…项目建成通车) is its result


def commitment(units: pd.DataFrame, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """Place the verb of each clause on an ordered scale from exploring to having done.

    A clause reaches from one of ，；：。 to the next, outside brackets and quotation marks. Its *head* is the first
    word of ``commitment_verbs.tsv`` that has nothing before it but adverbs, hedges, expressions of time and a partner
    (与西宁市…), or, after a short subject (各县市要加强…), an adverb or hedge just before it. Its *result* is a verb of
    the two highest stages that ends it (推动项目年内开工建设). Where it has neither, a verb inside it
    counts (将园区打造成高地, 水平显著提高): *inner*. A clause yields up to two
    rows; one without any verb of the list yields none.

    Parameters
    ----------
    units : DataFrame
        As ``lx.segment`` gives it. Read are the leaves and the outcomes (工作成果) that hang on them.
    lexicon : path, optional
        A folder whose ``commitment_verbs.tsv`` and ``commitment_hedges.tsv`` extend or override ours.

    Returns
    -------
    DataFrame
        A row a verb, in the order of the text:

        - ``unit_id``: the leaf;
        - ``verb``: as written;
        - ``strength``: 1 explore (研究, 谋划, 探索), 2 encourage, 3 prepare, 4 advance (推进, 加快), 5 carry out,
          6 start (开工), 7 complete (建成, 完成); capped at 3 where the object is preparation (完成前期工作), at 2
          behind a permission (可以给予); a prohibition (不得新建) is 5, and what it forbids is no row;
        - ``stage``: the name of that strength; of a prohibition ``forbid``;
        - ``clause``: the words of the clause;
        - ``hedge``: words before the verb that take something back (力争, 争取, 适时), joined by 、; missing where
          none;
        - ``start``, ``end``: where the verb stands in the file, characters, end exclusive;
        - ``emphasis``: words before it that add weight (必须, 应当, 严格), likewise; they leave the strength to
          the verb (应当研究: 1), and are verbs of their own where no other follows;
        - ``place``: ``head``, ``result`` or ``inner``.

    Raises
    ------
    TableError
        ``units`` is no table of units.
    LexiconError
        A word list cannot be read, or a strength is no whole number.

    Notes
    -----
    The scale is ours; ordinal, so compare ranks, not differences. A unit's strength is the highest of its rows
    (``commitment(units).groupby("unit_id")["strength"].max()``): a measure commits as far as its farthest clause. To
    leave out what is only striven for, drop the rows with a ``hedge`` first. A unit without rows has no strength, not
    zero.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame({"unit_id": ["d#001"], "parent_id": [None], "kind": ["task"], "is_leaf": [True],
    ...     "text": ["研究谋划北移项目,加快推进铁路建设,力争年内建成通车"], "start": [0], "year": [2024]})
    >>> commitment(units)[["verb", "strength", "hedge"]].fillna("").values.tolist()
    [['研究谋划', 1, ''], ['加快推进', 4, ''], ['建成通车', 7, '力争']]
    """
    import pandas as pd

    scale = _scale(None if lexicon is None else str(lexicon))
    rows = []
    for passage in passages(units, "outcome"):
        for found in scale.read(passage.folded, passage.frames, passage.moments(scale.times)):
            rows.append(
                (
                    passage.unit_id,
                    passage.text[found.begin : found.end],
                    found.strength,
                    found.stage,
                    passage.text[found.low : found.high].strip(),
                    "、".join(found.hedges) or None,
                    *passage.source(found.begin, found.end),
                    "、".join(found.firm) or None,
                    found.place,
                )
            )
    names = table("commitment").names()
    return check(pd.DataFrame(rows, columns=names) if rows else table("commitment").empty(), "commitment")


class _Found(NamedTuple):
    begin: int
    end: int
    strength: int
    stage: str
    low: int
    high: int
    hedges: tuple[str, ...]
    firm: tuple[str, ...]
    place: str


class _Scale:
    """Reads clauses with one set of word lists."""

    def __init__(self, folder: str | None) -> None:
        rows = load("commitment_verbs", folder)
        self._strength = {row["verb"]: _whole(row) for row in rows}
        self._verbs = {row["verb"] for row in rows if row["kind"] in ("verb", "predicate")}
        openers = load("commitment_openers", folder)
        self._openers = tuple(row["word"] for row in openers if row["kind"] == "preposition")
        self._frames = tuple(row["word"] for row in openers if row["kind"] == "frame")
        self._conditions = tuple(row["word"] for row in openers if row["kind"] == "condition")
        self._nominal = {row["word"] for row in openers if row["kind"] == "nominal"}
        self._hiding = frozenset(row["word"] for row in openers if row["kind"] == "word")
        self._objects = {row["verb"] for row in rows if row["kind"] == "object"}
        self._stage = {row["verb"]: row["stage_en"] for row in rows}
        self._kinds = {row["word"]: row["kind"] for row in load("commitment_hedges", folder)}
        self._plain_verbs = self._verbs - set(self._kinds)
        self._forbidding = {word for word in self._verbs if self._kinds.get(word) == "forbid"}
        self._scan = Scan([*self._strength, *self._kinds, *self._hiding])
        self.times = times(folder)

    def read(self, text: str, frames: Frames, moments: list[Time]) -> list[_Found]:
        """Return the verbs of a folded text, in order."""
        words = [found for found in self._scan.find(text) if found[0] not in self._hiding]
        if frames.has_brackets:
            words = [found for found in words if not frames.bracket(found[1])]
        starts = [begin for _, begin in words]
        clause = self._free if self._forbidding.isdisjoint([word for word, _ in words]) else self._clause
        found: list[_Found] = []
        for low, high in frames.clauses():
            first, last = bisect_left(starts, low), bisect_left(starts, high)
            if first < last:
                inside = ()
                if moments:
                    near = bisect_left(moments, low, key=_begin)
                    inside = [time for time in moments[near : near + 4] if time.end <= high]
                found += clause(text, low, high, words[first:last], inside)
        return found

    def _clause(self, text, low, high, words, moments) -> list[_Found]:
        barred = self._forbids(text, low, high, words)
        if barred is None:
            return self._free(text, low, high, words, moments)
        before = words[:barred]
        head = self._head(text, low, words[: barred + 1][:_WORDS], moments)
        if head == barred or not before:
            place = "inner" if head is None else "head"
            return [self._make(words, barred, low, high, place)]
        found = [] if head is None else [self._make(before, head, low, high, "head")]
        return [*found, self._make(words, barred, low, high, "inner")]

    def _forbids(self, text: str, low: int, high: int, words: list[tuple[str, int]]) -> int | None:
        """Return the first word that forbids: what follows it is not done. Not one that tells whom a rule concerns.

        对不再符合条件的企业…, 依法应当缴纳而不予缴纳的,
        """
        for index, (word, begin) in enumerate(words[:_INSIDE]):
            if word not in self._forbidding:
                continue
            behind = text[begin + len(word) : high].rstrip(" ")
            named = text.endswith(self._openers, low, begin) and "的" in behind
            if not behind.endswith("的") and not named and not text.endswith(self._conditions, low, begin):
                return index
        return None

    def _free(self, text, low, high, words, moments) -> list[_Found]:
        """Return the verbs of a clause that forbids nothing."""
        head = self._head(text, low, words[:_WORDS], moments)
        last = self._result(text, high, words)
        if head is None and last is None:
            last = self._inner(text, low, high, words)
            return [] if last is None else [self._make(words, last, low, high, "inner")]
        found = [] if head is None else [self._make(words, head, low, high, "head")]
        return found if last is None or last == head else [*found, self._make(words, last, low, high, "result")]

    def _inner(self, text: str, low: int, high: int, words: list[tuple[str, int]]) -> int | None:
        """Return the verb of a clause that neither opens nor ends with one: 将…打造成高地, 水平显著提高.

        A verb behind an adverb, hedge or modal comes first; behind a preposition the last verb counts, else the first.
        A verb that may close a noun (生态治理) counts only behind an adverb.
        """
        clause = text[low:high].strip()
        opened = clause.startswith(self._openers)
        if opened and clause.endswith(self._frames):
            return None
        loose = []
        for index in range(min(len(words), _INSIDE)):
            word, begin = words[index]
            if word not in self._verbs or text.endswith(self._conditions, low, begin):
                continue
            before = words[index - 1] if index else ("", 0)
            if before[0] in self._kinds and before[1] + len(before[0]) == begin:
                return index
            if word not in self._nominal and not text.startswith("的", begin + len(word)):
                loose.append(index)
        if not loose:
            return None
        return loose[-1] if opened else loose[0]

    def _head(self, text: str, low: int, words: list[tuple[str, int]], moments: list[Time]) -> int | None:
        """Return the index of the verb that heads a clause."""
        if not moments and words[0][1] == low and words[0][0] in self._plain_verbs:
            return 0  # most clauses open with their verb
        reached = low
        ends = {time.begin: time.end for time in moments}
        steps = sorted([(begin, index) for index, (_, begin) in enumerate(words)] + [(begin, -1) for begin in ends])
        partner = False
        for begin, index in steps:
            if begin < reached:
                continue
            gap = begin - reached if text[reached:begin].strip(_LOOSE) else 0
            if index < 0:
                if not gap:
                    reached = ends[begin]
                continue
            word = words[index][0]
            introduced = (partner and gap <= _SUBJECT) or (begin - low <= _SUBJECT and self._leads(words, index))
            if gap and not introduced:
                return None
            if word in self._verbs and (self._kinds.get(word) == "forbid" or not self._leads(words, index)):
                return index
            if word not in self._kinds:
                return None
            partner = partner or self._kinds[word] == "joint"
            reached = begin + len(word)
        return None

    def _leads(self, words: list[tuple[str, int]], index: int) -> bool:
        """Tell whether a word is an adverb or hedge with another word of the lists just behind it: 各县市要加强…"""
        word, begin = words[index]
        return word in self._kinds and index + 1 < len(words) and words[index + 1][1] == begin + len(word)

    def _result(self, text: str, high: int, words: list[tuple[str, int]]) -> int | None:
        word, begin = words[-1]
        ends = not text[begin + len(word) : high].strip(_LOOSE)
        return len(words) - 1 if word in self._verbs and ends and self._strength[word] >= _RESULT else None

    def _make(self, words, index, low, high, place) -> _Found:
        word, begin = words[index]
        strength, stage = self._strength[word], self._stage[word]
        end = begin + len(word)
        if len(words) == 1:
            return _Found(begin, end, strength, stage, low, high, (), (), place)
        for other, _ in words[index + 1 : index + 1 + _WORDS]:
            if other in self._objects:
                strength, stage = min((strength, stage), (self._strength[other], self._stage[other]))
        hedges, firm = [], []
        for other, _ in words[max(index - _WORDS, 0) : index]:
            kind = self._kinds.get(other)
            if kind == "permit" and self._strength.get(other, strength) < strength:
                strength, stage = self._strength[other], self._stage[other]
            if kind in ("hedge", "permit"):
                hedges.append(other)
            elif kind == "firm":
                firm.append(other)
        return _Found(begin, end, strength, stage, low, high, tuple(hedges), tuple(firm), place)


def _begin(time: Time) -> int:
    return time.begin


def _whole(row: dict[str, str]) -> int:
    try:
        return int(row["strength"])
    except ValueError:
        raise LexiconError(
            tr("The strength of a verb is no whole number.", "动词的强度不是整数。"),
            where=f"commitment_verbs.tsv: {row['verb']} {row['strength']}",
            todo=tr("Write 1 for the weakest, and so on.", "请写 1（最弱）、2……。"),
        ) from None


@lru_cache(maxsize=8)
def _scale(folder: str | None) -> _Scale:
    return _Scale(folder)
