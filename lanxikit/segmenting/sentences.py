"""Leaves cut finer: into sentences, and into clauses of one action each."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise

from lanxikit.lexicons import load
from lanxikit.reading.lines import Span, at, cut, read
from lanxikit.segmenting.piece import Piece
from lanxikit.text.fold import fold

_OPEN, _CLOSE = "《“‘(（[【〔〈", "》”’)）]】〕〉"
_SENTENCE = "。！？!?;；"
_CLAUSE = ",，"
_MARKS = re.compile(r"[。!?;,:]")
# A point counted in the text: (一)…, ①…, 1.…, 一是…
_POINT = re.compile(
    r"\([一二三四五六七八九十]{1,3}\)|\(\d{1,2}\)|[①-⑳]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]是(?!否)"
)
# 各县区政府要…; not 主要, 重要, 需要.
_SUBJECT = re.compile(
    r"[\u4e00-\u9fff、()]{2,24}?(?:(?<![主重需不只首概纪必想])要(?!求|素|点|闻|件|道|塞|领|害|紧|么)|应当|必须|负责)"
)
_MODAL = ("要", "应当", "必须", "负责")
_TIME = re.compile(
    r"(?:力争|确保|争取)?(?:截至|截止|[到至在])?[“\"]?(?:\d{4}年|十[三四五]五[”\"]?|[今明当]年|[年月季])?"
    r"(?:\d{1,2}月|[上下]半年|[一二三四]季度)?(?:\d{1,2}日)?[底末初内中]?(?:期间|时期)?(?:之?前|以前|后)?"
    r"|[^,;。]{2,16}(?:期间|以来|基础上|情况下|方面|前提下|过程中|范围内)"
)
_ADJUNCT = 30  # characters
_ADJUNCTS = 3  # one behind the other
_NESTED = 8  # brackets inside brackets; deeper ones are no text


def split(source: str, piece: Piece, unit: str, lexicon: str | None = None) -> list[tuple[int, int, list[Span]]]:
    """Cut a leaf into sentences or clauses.

    Parameters
    ----------
    source : str
        The decoded file.
    piece : Piece
        The leaf.
    unit : {"sentence", "clause"}
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    list of (start, end, spans)
        ``[start, end)`` join to the leaf's span; ``spans`` are the slices of its text.
    """
    text = read(source, piece.spans)
    cuts = boundaries(text, clause=unit == "clause", lexicon=lexicon)
    edges = [0, *cuts, len(text)]
    parts = []
    for begin, end in pairwise(edges):
        if begin == end:
            continue
        start = piece.start if not parts else at(piece.spans, begin)
        parts.append([start, piece.end, cut(piece.spans, begin, end)])
    for part, after in pairwise(parts):
        part[1] = after[0]
    return [tuple(part) for part in parts] or [(piece.start, piece.end, piece.spans)]


def boundaries(text: str, *, clause: bool = False, lexicon: str | None = None) -> list[int]:
    """Return where a text is to be cut: after each sentence mark, or before each new action.

    A cut never falls inside 《》 “” （） nor in an enumeration with 、. Points that are counted
    in the text (：（一）…, ，二是…) are sentences of their own. A comma is a cut only where an
    action begins behind it: a verb of the list ``action_verbs``, also behind an adverb
    (加快, 积极 …) or a subject with 要 (各县区要 …); and only where one stands before it: what
    tells time, place or means (到2025年，) stays with the action that follows.

    Examples
    --------
    >>> text = "推进农村厕所革命，到2025年，新改建厕所7300座。完善机制，实现共享"
    >>> [text[a:b] for a, b in zip([0, *boundaries(text)], [*boundaries(text), None])]
    ['推进农村厕所革命，到2025年，新改建厕所7300座。', '完善机制，实现共享']
    >>> cuts = boundaries(text, clause=True)
    >>> [text[a:b] for a, b in zip([0, *cuts], [*cuts, None])]
    ['推进农村厕所革命，', '到2025年，新改建厕所7300座。', '完善机制，', '实现共享']
    """
    cuts: list[int] = []
    folded = fold(text)
    depths = _depths(text)
    commas: list[int] = []  # since the last cut
    for mark in _MARKS.finditer(folded):
        after = mark.end()
        if after >= len(text) or depths[after - 1]:
            continue
        char = text[after - 1]
        if char in _SENTENCE:
            if text[after] not in _CLOSE + _SENTENCE:
                cuts.append(after)
        elif _POINT.match(folded, after):
            cuts.append(after)
        elif clause and char in _CLAUSE:
            start = cuts[-1] if cuts else 0
            begun = adjunct(folded, commas[-1] if commas and commas[-1] >= start else start, after - 1, lexicon)
            if not begun and opens_action(folded, after, lexicon):
                cuts.append(after)
            commas.append(after)
    return cuts


def _depths(text: str) -> list[int]:
    """How many brackets are open at each character; a bracket without its partner opens nothing."""
    change = [0] * (len(text) + 1)
    opened: list[tuple[int, str]] = []
    for index, char in enumerate(text):
        if char in _OPEN:
            opened.append((index, _CLOSE[_OPEN.index(char)]))
        elif char in _CLOSE:
            near = range(len(opened) - 1, max(len(opened) - _NESTED, 0) - 1, -1)
            partner = next((at for at in near if opened[at][1] == char), None)
            if partner is not None:
                change[opened[partner][0]] += 1
                change[index] -= 1
                del opened[partner:]
    return list(accumulate(change))


@lru_cache(maxsize=16)
def _openers(folder: str | None) -> dict[str, dict[str, tuple[str, ...]]]:
    """The words of each kind, by their first character, longest first."""
    found: dict[str, dict[str, list[str]]] = {"verb": {}, "adverb": {}, "adjunct": {}, "plain": {}}
    for row in load("action_verbs", folder):
        found.setdefault(row["kind"], {}).setdefault(row["word"][0], []).append(row["word"])
    return {
        kind: {first: tuple(sorted(words, key=len, reverse=True)) for first, words in by_first.items()}
        for kind, by_first in found.items()
    }


def opens_action(folded: str, at: int, lexicon: str | None = None) -> bool:
    """Tell whether an action begins at a position of a folded text: adverbs, then a verb.

    What tells time or means and the subject of 要 may come first.

    Examples
    --------
    >>> [opens_action(t, 0) for t in ("积极推进改革", "各县区政府要加强领导", "到2025年,建成学校", "公路里程")]
    [True, True, True, False]
    """
    if _verb(folded, at, lexicon):
        return True
    near = folded[at : at + 28]
    subject = _SUBJECT.match(folded, at) if any(word in near for word in _MODAL) else None
    if subject and _verb(folded, subject.end(), lexicon):
        return True
    for _ in range(_ADJUNCTS):
        comma = folded.find(",", at, at + _ADJUNCT + 1)
        if comma < 0 or not adjunct(folded, at, comma, lexicon):
            return False
        at = comma + 1
        if _verb(folded, at, lexicon):
            return True
    return False


def adjunct(folded: str, start: int, stop: int, lexicon: str | None = None) -> bool:
    """Tell whether a part between commas only says when, where, by what means or on what ground.

    Examples
    --------
    >>> [adjunct(t, 0, len(t)) for t in ("到2025年底", "依托兰州新区", "按照统一部署加快推进建设", "加强领导")]
    [True, True, False, False]
    """
    if not start < stop <= start + _ADJUNCT or _verb(folded, start, lexicon):
        return False
    words = _openers(lexicon)
    if _TIME.fullmatch(folded, start, stop):
        return True
    before = _longest(words["adverb"], folded, start)  # 重点围绕…
    opened = _longest(words["adjunct"], folded, start) or (
        before and _longest(words["adjunct"], folded, start + len(before)) and before
    )
    if opened is None or _longest(words["plain"], folded, start) is not None:
        return False
    for place in range(start + len(opened), stop):  # 按照部署加快推进建设: an action of its own
        adverb = _longest(words["adverb"], folded, place)
        if adverb is not None and len(adverb) > 1 and _verb(folded, place + len(adverb), lexicon):
            return False
    return True


def _longest(words: dict[str, tuple[str, ...]], folded: str, at: int) -> str | None:
    return next((word for word in words.get(folded[at : at + 1], ()) if folded.startswith(word, at)), None)


def _verb(folded: str, at: int, lexicon: str | None) -> bool:
    words = _openers(lexicon)
    verbs, adverbs = words["verb"], words["adverb"]
    for _ in range(4):  # 年内积极配合共同推进: a handful of adverbs at most
        if folded.startswith(verbs.get(folded[at : at + 1], ("\0",)), at):
            return True
        adverb = _longest(adverbs, folded, at)
        if adverb is None:
            return False
        at += len(adverb)
    return False
