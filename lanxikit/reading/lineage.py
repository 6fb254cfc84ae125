"""``lx.lineage`` and ``lx.bases``: which document rests on which, in their own words."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from lanxikit.reading.bases import REACH, aliases, governed, named, passage
from lanxikit.reading.lines import read, tidy
from lanxikit.reading.mentions import Mention, canonical, key
from lanxikit.reading.names import Index, Known, index, target, year_of
from lanxikit.tables import check
from lanxikit.tables.reading import BASES, LINEAGE
from lanxikit.text.fold import fold

if TYPE_CHECKING:
    from lanxikit.reading.corpus import Corpus, Document

_CARRIES = re.compile(r"(?:^|[。；\s])为(?:了|深入|全面|认真|切实|进一步|做好|扎实){0,3}(?:贯彻|落实|实施|执行){1,2}$")

# Who issued a named document, right before it: 国务院, 中共中央办公厅、国务院办公厅印发的, 省政府关于印发
_ISSUED = re.compile(
    r"(?:(?P<nation>国务院|中共中央|中央|国家|全国|[\u4e00-\u9fff]{2,12}(?:总局|总署|部))(?:委员会)?(?:办公厅|办公室)?"
    r"|(?P<kind>省|自治区|市|州|盟|地区|行署|县|区|旗)(?:委员会|委|人民政府|政府|[\u4e00-\u9fff]{0,12}[厅局委会])?(?:办公厅|办公室|两办)?)"
    r"(?:等?[\u4e00-\u9fff]{0,3}(?:部门|部委|单位))?(?:[12]\d{3}年)?(?:联合)?(?:关于)?(?:(?:印发|下发|发布|出台|制定|公布)的?)?(?:关于)?$"
)
_ISSUER_LEVELS = {"省": ("province",), "自治区": ("province",), "县": ("county",), "区": ("county",), "旗": ("county",)}
_ISSUER_LEVELS |= dict.fromkeys(("州", "盟", "地区", "行署"), ("prefecture",))
_ISSUER_LEVELS |= {"市": ("province", "prefecture")}  # a province too: 上海市


class _Named(NamedTuple):
    """A document that another one names: the mention, the document it is, the word that makes it a basis."""

    mention: Mention
    target: str | None
    cue: str | None


def _carried(text: str, mention: Mention) -> bool:
    """Whether a sentence, not the title, says that the named document is carried out: 为贯彻实施《…纲要》."""
    return _CARRIES.search(text[max(mention.start - 16, 0) : mention.start]) is not None


def _of_another(text: str, mention: Mention, own: Known, folder: str | None) -> bool:
    """Whether the words before a name give it to a body of another level: 国务院《打赢蓝天保卫战三年行动计划》.

    Such a name is the document's own title without its place, and means the one above that it carries out.
    """
    if any(canonical(mention.name, folder).startswith(canonical(name, folder)) for name in own.regions):
        return False
    issuer = _ISSUED.search("".join(fold(text[max(mention.start - REACH, 0) : mention.start]).split()))
    if not issuer:
        return False
    if issuer["nation"]:
        return own.level != "country"
    levels = _ISSUER_LEVELS[issuer["kind"]]
    # 市政府 of a county-level city is its own
    return own.level is not None and own.level not in levels and not own.regions[0].endswith(issuer["kind"])


def bases(corpus: Corpus, *, look_up: bool = True, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """List what each document names as its basis.

    A basis is a document (《…》, a 发文字号, a title cited without marks) or agreement (“…”协议) behind one of
    the words of ``basis_words`` (根据, 依据, 按照, 贯彻, 落实 …) or between those of ``basis_frames``
    (推动《…》落地): before the first numbered heading, in a sentence that says why the text is made
    (根据《…》，制定本办法), or in a list under 编制依据. Names that one word governs (《甲》《乙》和《丙》精神)
    are listed each; a short name (以下简称《规划》) is listed as what it stands for.

    Parameters
    ----------
    corpus : Corpus
    look_up : bool
        Whether a name is looked up among the documents of the corpus; if not, each document is
        read as if it were the only one.
    lexicon : path, optional
        A folder with a ``basis_words.tsv`` or ``basis_frames.tsv`` of your own.

    Returns
    -------
    DataFrame
        ``doc_id``; ``basis`` the name as written; ``basis_id`` the document it is, where it
        is in the corpus (never another year's edition, never a younger document); ``number`` its 发文字号
        and ``year``, where the document states them; ``cue`` the word that makes it a basis;
        ``start``, ``end`` of the name in the document, in characters.

    Examples
    --------
    >>> from lanxikit.reading.corpus import from_texts
    >>> found = bases(from_texts({"a": "根据《“十四五”兰州经济圈发展规划》（甘政发〔2021〕9号）,制定本方案。"}))
    >>> found[["basis", "number", "cue"]].values.tolist()
    [['“十四五”兰州经济圈发展规划', '甘政发〔2021〕9号', '根据']]
    """
    folder = None if lexicon is None else os.fspath(lexicon)
    known = index(corpus, folder)
    if not look_up:
        known = Index(known.docs, {}, {}, {}, {})
    rows = []
    for document in corpus:
        seen: set[str] = set()
        own = known.docs[document.doc_id]
        for mention, where, cue in _bases(document, named(document.text), known, folder):
            name = canonical(mention.name, folder)
            # A part of the document's own title (《2024年重点任务清单》) is no other document.
            mine = where is None and any(name in title for title in own.exact)
            mine = mine and not (_carried(document.text, mention) or _of_another(document.text, mention, own, folder))
            if mine or name in seen or (where and where in seen):
                continue
            seen |= {name, where or name}
            cells = (mention.number, year_of(mention), cue, mention.start, mention.end)
            rows.append((document.doc_id, mention.name, where, *cells))
    return check(pd.DataFrame(rows, columns=BASES.names()), BASES)


def lineage(corpus: Corpus, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """Tell for each ordered pair of documents how the lower one relates to the upper one.

    Shared wording proves no descent, so descent is read from what the lower document says
    of itself, and a document cannot carry out one that is younger.

    Parameters
    ----------
    corpus : Corpus
    lexicon : path, optional
        A folder with a ``basis_words.tsv`` or ``basis_frames.tsv`` of your own.

    Returns
    -------
    DataFrame
        A row an ordered pair: ``upper_id``, ``lower_id``; ``relation``: ``predates`` (the lower
        one is older), ``descends`` (it names the upper one, or the text that one transmits,
        as its basis), ``cites`` (mentions it), ``sibling`` (both rest on the same third document, named
        by each as basis or by a document of the corpus that each rests on), ``unrelated``; ``evidence`` the
        passage of the lower document, with ``start`` and ``end`` in it, in characters. The first relation that
        holds, in this order, is given.

    Examples
    --------
    >>> from lanxikit.reading.corpus import from_texts
    >>> texts = {"up": "甲省人民政府关于印发甲省城市群发展规划的通知\\n2021年1月5日\\n",
    ...          "low": "乙市人民政府关于印发乙市实施方案的通知\\n2022年1月5日\\n根据《甲省城市群发展规划》,制定。"}
    >>> lineage(from_texts(texts))["relation"].tolist()
    ['descends', 'predates']
    """
    folder = None if lexicon is None else os.fspath(lexicon)
    known = index(corpus, folder)
    found = {document.doc_id: named(document.text) for document in corpus}
    all_named = {document.doc_id: _all(document, found[document.doc_id], known, folder) for document in corpus}
    based = {document.doc_id: _bases(document, found[document.doc_id], known, folder) for document in corpus}
    roots = {doc_id: _roots(doc_id, based, folder) for doc_id in based}
    rows = []
    for upper in corpus:
        for lower in corpus:
            if upper is lower:
                continue
            relation, span = _relation(upper.doc_id, lower.doc_id, known, all_named, based, roots)
            begin, end = passage(lower.text, *span) if span else (None, None)
            evidence = read(lower.text, tidy(lower.text, begin, end)) if span else None
            rows.append((upper.doc_id, lower.doc_id, relation, evidence, begin, end))
    return check(pd.DataFrame(rows, columns=LINEAGE.names()), LINEAGE)


def _all(document: Document, found: list[Mention], known: Index, folder: str | None) -> list[_Named]:
    """Every document that a text names, with what it is in the corpus."""
    short = aliases(found)
    return [
        _Named(mention, _target(document, short.get(key(mention.name), mention), mention.start, known, folder), None)
        for mention in found
    ]


def _bases(document: Document, found: list[Mention], known: Index, folder: str | None) -> list[_Named]:
    """Those that it rests on."""
    return [
        _Named(mention, _target(document, mention, mention.start, known, folder), cue)
        for mention, cue in governed(document.text, found, folder)
    ]


def _target(document: Document, mention: Mention, start: int, known: Index, folder: str | None) -> str | None:
    before = document.text[max(start - REACH, 0) : start]
    return target(mention, before, known, document.doc_id, folder)


def _roots(doc_id: str, based: dict[str, list[_Named]], folder: str | None) -> dict[str, Mention]:
    """All that a document rests on, over the documents of the corpus that stand between: name or id → own mention."""
    found: dict[str, Mention] = {}
    for mention, where, _ in based[doc_id]:  # what it names itself is its own evidence
        found.setdefault(where or canonical(mention.name, folder), mention)
    for mention, where, _ in based[doc_id]:
        todo, seen = [(where or canonical(mention.name, folder), where)], set()
        while todo:
            name, place = todo.pop()
            if name in seen or place == doc_id:
                continue
            seen.add(name)
            found.setdefault(name, mention)
            todo += [(w or canonical(m.name, folder), w) for m, w, _ in based.get(place or "", ())]
    return found


def _relation(upper: str, lower: str, known: Index, all_named, based, roots):
    one, two = known.docs[upper], known.docs[lower]
    if one.signed and two.signed and two.signed < one.signed:
        return "predates", None
    hits = [item.mention for item in based[lower] if item.target == upper]
    if hits:
        best = max(hits, key=lambda mention: mention.start)  # the preamble says it plainer than the title
        return "descends", (best.start, best.end)
    hits = [item.mention for item in all_named[lower] if item.target == upper]
    if hits:
        return "cites", (hits[0].start, hits[0].end)
    own = one.exact | two.exact | {upper, lower}
    shared = [mention for name, mention in roots[lower].items() if name in roots[upper] and name not in own]
    if shared:
        best = min(shared, key=lambda mention: mention.start)
        return "sibling", (best.start, best.end)
    return "unrelated", None
