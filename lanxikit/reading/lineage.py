"""``lx.lineage`` and ``lx.bases``: which document rests on which, in their own words."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.lexicons import load
from lanxikit.reading.lines import lines, read, tidy
from lanxikit.reading.mentions import Mention, inner_title, key, mentions
from lanxikit.tables import check
from lanxikit.tables.reading import BASES, LINEAGE
from lanxikit.text.fold import fold

if TYPE_CHECKING:
    from lanxikit.reading.corpus import Corpus, Document

_REACH = 80  # characters between a cue (根据 …) and the name it governs, within a sentence
_SENTENCE = "。；;！？\n"
_CLAUSE = _SENTENCE + ",，"
_CHAIN = re.compile(r"\s*(?:[、和及与,，]|以及)\s*")  # 根据《甲》和《乙》
_SHORTEST = 8  # a name of fewer characters (规划, 方案 …) is no name


def bases(corpus: Corpus, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """List what each document names as its basis, before its first numbered heading.

    A basis is a document (《…》) or agreement (“…”协议) named in a sentence behind one of
    the words of the list ``basis_words`` (根据, 依据, 按照, 贯彻, 落实 …).

    Parameters
    ----------
    corpus : Corpus
    lexicon : path, optional
        A folder with a ``basis_words.tsv`` of your own.

    Returns
    -------
    DataFrame
        ``doc_id``; ``basis`` the name as written; ``basis_id`` the document it is, where it
        is in the corpus; ``cue`` the word that makes it a basis; ``start``, ``end`` of the name
        in the document, in characters.

    Examples
    --------
    >>> from lanxikit.reading.corpus import from_texts
    >>> bases(from_texts({"a": "根据《“十四五”兰州经济圈发展规划》,制定本方案。"}))["basis"].tolist()
    ['“十四五”兰州经济圈发展规划']
    """
    folder = None if lexicon is None else os.fspath(lexicon)
    names, numbers = _names(corpus), _numbers(corpus)
    rows = []
    for document in corpus:
        seen: set[str] = set()
        for mention, cue in _basis_mentions(document, numbers, folder):
            target = _target(mention, names, document.doc_id)
            # A part of the document's own title (《2024年重点任务清单》) is no other document.
            own = target is None and any(key(mention.name) in name for name in names[document.doc_id])
            if own or key(mention.name) in seen:
                continue
            seen.add(key(mention.name))
            rows.append((document.doc_id, mention.name, target, cue, mention.start, mention.end))
    return check(pd.DataFrame(rows, columns=BASES.names()), BASES)


def lineage(corpus: Corpus, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """Tell for each ordered pair of documents how the lower one relates to the upper one.

    Shared wording proves no descent, so descent is read from what the lower document says
    of itself, and a document cannot carry out one that is younger.

    Parameters
    ----------
    corpus : Corpus
    lexicon : path, optional
        A folder with a ``basis_words.tsv`` of your own.

    Returns
    -------
    DataFrame
        A row an ordered pair: ``upper_id``, ``lower_id``; ``relation``: ``predates`` (the lower
        one is older), ``descends`` (it names the upper one, or the text that one transmits,
        as its basis), ``cites`` (mentions it), ``sibling`` (both name the same third document
        as basis), ``unrelated``; ``evidence`` the passage of the lower document, with ``start``
        and ``end`` in it, in characters. The first relation that holds, in this order, is given.

    Examples
    --------
    >>> from lanxikit.reading.corpus import from_texts
    >>> texts = {"up": "甲省人民政府关于印发甲省城市群发展规划的通知\\n2021年1月5日\\n",
    ...          "low": "乙市人民政府关于印发乙市实施方案的通知\\n2022年1月5日\\n根据《甲省城市群发展规划》,制定。"}
    >>> lineage(from_texts(texts))["relation"].tolist()
    ['descends', 'predates']
    """
    folder = None if lexicon is None else os.fspath(lexicon)
    names = _names(corpus)
    dates = dict(zip(corpus.documents["doc_id"], corpus.documents["signed"], strict=True))
    numbers = _numbers(corpus)
    named = {document.doc_id: _named(document.text, numbers) for document in corpus}
    based = {document.doc_id: [m for m, _ in _basis_mentions(document, numbers, folder)] for document in corpus}
    rows = []
    for upper in corpus:
        for lower in corpus:
            if upper is lower:
                continue
            relation, span = _relation(upper, lower, names, dates, named, based)
            begin, end = _passage(lower.text, *span) if span else (None, None)
            evidence = read(lower.text, tidy(lower.text, begin, end)) if span else None
            rows.append((upper.doc_id, lower.doc_id, relation, evidence, begin, end))
    return check(pd.DataFrame(rows, columns=LINEAGE.names()), LINEAGE)


def _relation(upper: Document, lower: Document, names, dates, named, based):
    first, second = dates[upper.doc_id], dates[lower.doc_id]
    if pd.notna(first) and pd.notna(second) and second < first:
        return "predates", None
    hits = [m for m in based[lower.doc_id] if _target(m, names, lower.doc_id) == upper.doc_id]
    if hits:
        best = max(hits, key=lambda mention: mention.start)  # the preamble says it plainer than the title
        return "descends", (best.start, best.end)
    hits = [m for m in named[lower.doc_id] if _target(m, names, lower.doc_id) == upper.doc_id]
    if hits:
        return "cites", (hits[0].start, hits[0].end)
    own = names[upper.doc_id] | names[lower.doc_id]
    shared = {key(m.name) for m in based[upper.doc_id]} - own
    hits = [m for m in based[lower.doc_id] if key(m.name) in shared]
    return ("sibling", (hits[0].start, hits[0].end)) if hits else ("unrelated", None)


def _numbers(corpus: Corpus) -> list[re.Pattern]:
    """The 发文字号 of the corpus, in any style of bracket."""
    found = []
    for number in corpus.documents["number"].dropna():
        parts = re.fullmatch(r"(.+)〔(\d{4})〕(\d+号)", number)
        if parts:
            code, year, running = parts.groups()
            found.append(re.compile(rf"{re.escape(code)}\s?[〔\[(（【]{year}[〕\])）】]\s?{running}"))
    return found


def _named(text: str, numbers: list[re.Pattern]) -> list[Mention]:
    by_number = [Mention(match.group(), *match.span()) for number in numbers for match in number.finditer(text)]
    return sorted([*mentions(text), *by_number], key=lambda mention: (mention.start, -mention.end))


def _names(corpus: Corpus) -> dict[str, set[str]]:
    """For each document the keys it goes by: its title, the text it transmits, its number."""
    found = {}
    for row in corpus.documents.itertuples():
        title = row.title if isinstance(row.title, str) else ""
        keys = {key(title), key(inner_title(title))}
        if isinstance(row.number, str):
            keys.add(key(row.number))
        found[row.doc_id] = {name for name in keys if len(name) >= _SHORTEST}
    return found


def _target(mention: Mention, names: dict[str, set[str]], own: str) -> str | None:
    name = key(mention.name)
    return next((doc_id for doc_id, keys in names.items() if doc_id != own and name in keys), None)


@lru_cache(maxsize=16)
def _cues(folder: str | None) -> tuple[re.Pattern, re.Pattern]:
    """What puts a name in the place of a basis (right before it), and what denies it (anywhere beside it)."""
    rows = load("basis_words", folder)

    def words(*kinds: str) -> str:
        found = (row["word"] for row in rows if row["kind"] in kinds)
        return "|".join(map(re.escape, sorted(found, key=len, reverse=True)))

    return re.compile(words("basis", "agreement")), re.compile(words("denial"))


@lru_cache(maxsize=16)
def _agreement_cues(folder: str | None) -> frozenset[str]:
    return frozenset(row["word"] for row in load("basis_words", folder) if row["kind"] == "agreement")


def _basis_mentions(document: Document, numbers: list[re.Pattern], folder: str | None) -> list[tuple[Mention, str]]:
    """The names that a cue governs in the same sentence, before the first numbered heading."""
    text = document.text[: _front_end(document.text)]
    named = _named(text, numbers)
    found: list[tuple[Mention, str]] = []
    for mention in named:
        chained = next((cue for other, cue in found if _CHAIN.fullmatch(text, other.end, mention.start)), None)
        cue = chained or _governing(text, mention, named, folder)
        if cue and len(key(mention.name)) >= min(_SHORTEST, 4):
            found.append((mention, cue))
    return found


def _governing(text: str, mention: Mention, named: list[Mention], folder: str | None) -> str | None:
    """The cue right before a name: only its issuer, year and the like may stand between, no comma."""
    begin = max(text.rfind(mark, 0, mention.start) for mark in _SENTENCE) + 1
    closing = [at for at in (text.find(mark, mention.end) for mark in _CLAUSE) if at >= 0]
    stop = min(closing, default=len(text))
    basis, denial = _cues(folder)
    # A cue inside another name (推进 in 《…推进…行动计划》) governs nothing behind that name.
    inside = [(m.start, m.end) for m in named if m.end <= mention.start]
    cues = [
        found
        for found in basis.finditer(text, max(begin, mention.start - _REACH), mention.start)
        if not any(start <= found.start() < end for start, end in inside)
    ]
    if not cues or any(mark in text[cues[-1].end() : mention.start] for mark in ",，：:"):
        return None
    opening = max(text.rfind(mark, 0, cues[-1].start()) for mark in _CLAUSE) + 1
    beside = text[opening : mention.start] + text[mention.end : stop]
    if denial.search(beside):
        return None
    cue = cues[-1].group()
    return cue if cue not in _agreement_cues(folder) or text[mention.start] != "《" else None


def _front_end(text: str) -> int:
    for line in lines(text):
        if re.match(r"[一二三四五六七八九十]{1,3}、|第[一1][编章条]", fold(line.text)):
            return line.start
    return len(text)


def _passage(text: str, start: int, end: int) -> tuple[int, int]:
    """From the last comma or sentence mark before a name to the name's end."""
    begin = max(text.rfind(mark, 0, start) for mark in _CLAUSE) + 1
    return max(begin, start - _REACH), end
