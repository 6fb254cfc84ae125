"""``lx.collocations``: words that keep each other's company."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from lanxikit.tables import check
from lanxikit.tables.textstats import COLLOCATIONS
from lanxikit.textstats.likelihood import g2
from lanxikit.textstats.words import cut_many, each_once, read, whole

_CLAUSE_END = re.compile(r"(?:[，。；;：:！!？?\n（）()]|,(?![0-9]{3}))+")
ALL = {"stop_words": False, "formula_words": False, "single": True, "numbers": True}


def collocations(
    units: pd.DataFrame | Iterable[str],
    *,
    window: int = 4,
    min_count: int = 5,
    heading: bool = True,
    numbers: bool = False,
    **cut: object,
) -> pd.DataFrame:
    """Find pairs of words that follow one another more often than chance would have it.

    A pair is two words of one clause (up to ，。；：！？ or a bracket), the second at most ``window``
    words behind the first. Distances count all words; words that are dropped are in no pair.

    Parameters
    ----------
    units : DataFrame or iterable of str
        The table of ``lx.segment`` (its leaves are read), or a list of texts.
    window : int
        Farthest distance in words; 1 for neighbours only.
    min_count : int
        A pair that occurs less often is left out (it stays in the totals).
    heading : bool
        Whether a unit's own heading is read too.
    numbers : bool
        Whether bare numbers are kept.
    **cut
        As in :func:`lanxikit.topics.tokens.tokenize`.

    Returns
    -------
    DataFrame
        A row a pair, by ``g2``: ``first``, ``second``; ``count``; ``first_count``, ``second_count``
        (pairs with that word in that place); ``n_pairs`` (all pairs); ``expected`` (first_count ×
        second_count ÷ n_pairs); ``g2``; ``npmi`` (1 never without each other, 0 by chance, below 0
        they avoid each other); ``n_units``, ``n_documents`` that hold the pair. No pair: no rows.

    Raises
    ------
    LanxiError
        No table of units, or a number cannot be used.

    Notes
    -----
    G²: Dunning 1993, with the pairs of words as observations (Evert 2005). NPMI: Bouma 2009. A pair
    of high ``g2`` and ``n_documents`` of 1 is a habit of that document.

    Examples
    --------
    >>> found = collocations(["黄河流域综合治理", "黄河流域综合治理，铁路", "湟水综合治理"], min_count=2)
    >>> found[["first", "second", "count", "first_count", "second_count", "n_pairs"]].values.tolist()
    [['黄河流域', '综合治理', 2, 2, 3, 3]]
    """
    whole(window, "window", 1)
    whole(min_count, "min_count", 1)
    rows, texts = read(each_once(units), heading=heading)
    clauses = [(i, part) for i, text in enumerate(texts) for part in _CLAUSE_END.split(text) if part.strip()]
    parts = [part for _, part in clauses]
    running = cut_many(parts, **(cut | ALL))
    kept = _kept(parts, running, **cut, numbers=numbers)
    pairs, n_units, in_documents = Counter(), Counter(), Counter()
    seen: dict[str, set] = {}
    documents = rows["doc_id"].tolist()
    for i, own in _by_unit(clauses, running, kept, window):
        pairs.update(own)
        n_units.update(own.keys())
        seen.setdefault(documents[i], set()).update(own)
    for held in seen.values():
        in_documents.update(held)
    return check(_table(pairs, n_units, in_documents, min_count), COLLOCATIONS)


def _kept(parts: list[str], running: list[list[str]], **cut: object) -> set[str]:
    """Return the words that are not dropped: cut again, with the options, clauses that hold each word once."""
    seen: set[str] = set()
    telling = []
    for part, words in zip(parts, running, strict=True):
        if not seen.issuperset(words):
            seen.update(words)
            telling.append(part)
    return {word for words in cut_many(telling, **cut) for word in words}


def _by_unit(clauses, running, kept: set[str], window: int) -> Iterator[tuple[int, Counter]]:
    """Yield each unit's number and its pairs."""
    unit, own = None, Counter()
    for (i, _), words in zip(clauses, running, strict=True):
        if i != unit and unit is not None:
            yield unit, own
            own = Counter()
        unit = i
        for place, word in enumerate(words):
            if word in kept:
                own.update((word, other) for other in words[place + 1 : place + 1 + window] if other in kept)
    if unit is not None:
        yield unit, own


def _table(pairs: Counter, n_units: Counter, in_documents: Counter, min_count: int) -> pd.DataFrame:
    left, right = Counter(), Counter()
    for (first, second), number in pairs.items():
        left[first] += number
        right[second] += number
    often = sorted(pair for pair, number in pairs.items() if number >= min_count)
    table = pd.DataFrame(often, columns=["first", "second"])
    table["count"] = [pairs[pair] for pair in often]
    table["first_count"] = [left[first] for first, _ in often]
    table["second_count"] = [right[second] for _, second in often]
    total = sum(pairs.values())
    table["n_pairs"] = total
    a, row, col = (table[name].to_numpy(dtype=float) for name in ("count", "first_count", "second_count"))
    table["expected"] = row * col / max(total, 1)
    table["g2"] = g2(a, row, col, max(total, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(a * total / (row * col)) / -np.log(a / max(total, 1))
    table["npmi"] = np.clip(np.where(a == total, 1.0, npmi), -1, 1)  # one pair and no other: 0 ÷ 0
    table["n_units"] = [n_units[pair] for pair in often]
    table["n_documents"] = [in_documents[pair] for pair in often]
    table[["expected", "g2", "npmi"]] = table[["expected", "g2", "npmi"]].round(6) + 0.0
    return table.sort_values(["g2", "first", "second"], ascending=[False, True, True], kind="stable")
