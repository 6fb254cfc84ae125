"""Leaves cut finer: into sentences, and into clauses of one action each."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise

from lanxikit.lexicons import load
from lanxikit.reading.lines import Span, at, cut, read
from lanxikit.segmenting.outline import Piece
from lanxikit.text.fold import fold

_OPEN, _CLOSE = "《“‘(（[【〔〈", "》”’)）]】〕〉"
_SENTENCE = "。！？!?;；"
_CLAUSE = ",，"
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

    A cut never falls inside 《》 “” （） nor in an enumeration with 、. A comma is a cut only
    where an action begins behind it: a verb of the list ``action_verbs``, also behind an
    adverb (加快, 积极 …).

    Examples
    --------
    >>> text = "推进农村厕所革命，年内新改建厕所7300座。完善机制，实现共享"
    >>> [text[a:b] for a, b in zip([0, *boundaries(text)], [*boundaries(text), None])]
    ['推进农村厕所革命，年内新改建厕所7300座。', '完善机制，实现共享']
    >>> cuts = boundaries(text, clause=True)
    >>> [text[a:b] for a, b in zip([0, *cuts], [*cuts, None])]
    ['推进农村厕所革命，', '年内新改建厕所7300座。', '完善机制，', '实现共享']
    """
    cuts: list[int] = []
    folded = fold(text)
    depths = _depths(text)
    for index, char in enumerate(text):
        after = index + 1
        if depths[index] or after >= len(text):
            continue
        if char in _SENTENCE:
            if text[after] not in _CLOSE + _SENTENCE:
                cuts.append(after)
        elif clause and char in _CLAUSE and opens_action(folded, after, lexicon):
            cuts.append(after)
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
def _openers(folder: str | None) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    verbs: dict[str, list[str]] = {}
    adverbs: dict[str, list[str]] = {}
    for row in load("action_verbs", folder):
        target = verbs if row["kind"] == "verb" else adverbs
        target.setdefault(row["word"][0], []).append(row["word"])
    order = lambda found: {k: tuple(sorted(v, key=len, reverse=True)) for k, v in found.items()}  # noqa: E731
    return order(verbs), order(adverbs)


def opens_action(folded: str, at: int, lexicon: str | None = None) -> bool:
    """Tell whether an action begins at a position of a folded text: adverbs, then a verb."""
    verbs, adverbs = _openers(lexicon)
    for _ in range(4):  # 年内积极配合共同推进: a handful of adverbs at most
        if folded.startswith(verbs.get(folded[at : at + 1], ("\0",)), at):
            return True
        adverb = next((word for word in adverbs.get(folded[at : at + 1], ()) if folded.startswith(word, at)), None)
        if adverb is None:
            return False
        at += len(adverb)
    return False
