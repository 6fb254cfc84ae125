"""Which document of a corpus a name means: by title, transmitted text or number; never another year's edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanxikit.reading import numbers
from lanxikit.reading.front import without_brackets
from lanxikit.reading.mentions import Mention, canonical, inner_title, key
from lanxikit.reading.titles import parted
from lanxikit.text.fold import fold

if TYPE_CHECKING:
    from lanxikit.reading.corpus import Corpus

SHORTEST = 8  # a name of fewer characters (规划, 方案 …) is no name
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|19\d\d)(?!\d)")
_OWN_LEVEL = {"省": "province", "自治区": "province", "市": "prefecture", "州": "prefecture"}
_OWN_LEVEL |= {"县": "county", "区": "county"}
_NATIONAL = re.compile(r"国家|国务院|中央|全国|部委?$|总局$|部联合$")


@dataclass(frozen=True)
class Known:
    """A document of the corpus by the keys it goes by."""

    doc_id: str
    exact: frozenset[str]  # whole titles
    loose: frozenset[str]  # titles without issuer or brackets: the document's region must agree
    bare: frozenset[str]  # titles without the place that they open with: the words before must say whose it is
    number: str | None
    codes: tuple[str, ...]
    regions: tuple[str, ...]
    level: str | None
    signed: str | None


@dataclass(frozen=True)
class Index:
    """The documents of a corpus, by id and by each key."""

    docs: dict[str, Known]
    exact: dict[str, tuple[Known, ...]]
    loose: dict[str, tuple[Known, ...]]
    bare: dict[str, tuple[Known, ...]]
    numbers: dict[tuple, tuple[Known, ...]]


def index(corpus: Corpus, folder: str | None = None) -> Index:
    """Return what each document of a corpus goes by."""
    docs = {row.doc_id: _known(row, folder) for row in corpus.documents.itertuples()}
    exact: dict[str, list[Known]] = {}
    loose: dict[str, list[Known]] = {}
    bare: dict[str, list[Known]] = {}
    by_number: dict[tuple, list[Known]] = {}
    for doc in docs.values():
        for names, table in ((doc.exact, exact), (doc.loose, loose), (doc.bare, bare)):
            for name in names:
                table.setdefault(name, []).append(doc)
        if doc.number:
            by_number.setdefault(numbers.parts(doc.number), []).append(doc)
    frozen = ({name: tuple(found) for name, found in table.items()} for table in (exact, loose, bare, by_number))
    return Index(docs, *frozen)


def _known(row, folder: str | None) -> Known:
    title = row.title if isinstance(row.title, str) else ""
    inner = inner_title(title)
    exact = {canonical(title, folder), canonical(inner, folder)}
    if isinstance(row.number, str):
        exact.add(key(row.number))
    regions = tuple(row.region.split("、")) if isinstance(row.region, str) else ()
    loose = {canonical(parted(fold(title), folder)[2], folder)}
    loose |= {canonical(without_brackets(fold(text)), folder) for text in (title, inner)}
    bare = {canonical(inner.removeprefix(name), folder) for name in regions if inner.startswith(name)}
    return Known(
        row.doc_id,
        frozenset(name for name in exact if len(name) >= SHORTEST),
        frozenset(name for name in loose - exact if len(name) >= SHORTEST),
        frozenset(name for name in bare - loose - exact if len(name) >= SHORTEST),
        row.number if isinstance(row.number, str) else None,
        tuple(row.adcode.split("、")) if isinstance(row.adcode, str) else (),
        regions,
        row.level if isinstance(row.level, str) else None,
        row.signed if isinstance(row.signed, str) else None,
    )


def target(mention: Mention, before: str, known: Index, own: str, folder: str | None = None) -> str | None:
    """Return the document that a mention names.

    A number settles it; then a whole title; then a title without issuer or brackets, where the document is
    of a region above the one that names it. What is younger, or another year's, is never meant.

    Parameters
    ----------
    mention : Mention
    before : str
        The words before it in its clause.
    known : Index
    own : str
        The document that names it.
    """
    name, me = canonical(mention.name, folder), known.docs[own]

    def older(found: tuple[Known, ...]) -> list[Known]:
        return [doc for doc in found if doc.doc_id != own and not _younger(doc, me)]

    if mention.number:
        hits = older(known.numbers.get(numbers.parts(mention.number), ()))
        if hits:
            return hits[0].doc_id
    # a number of the same code that differs is another edition
    hits = [doc for doc in older(known.exact.get(name, ())) if not _other_edition(doc, mention)]
    if not hits:
        named = [*known.loose.get(name, ()), *(doc for doc in known.bare.get(name, ()) if _fits(doc, before))]
        hits = [doc for doc in older(tuple(named)) if not _other_edition(doc, mention) and _above(doc, me)]
        if len(hits) > 1:
            years = set(_YEAR.findall(mention.name))
            hits = [doc for doc in hits if doc.signed and doc.signed[:4] in years]
    if len(hits) > 1:
        dated = sorted((doc for doc in hits if doc.signed), key=lambda doc: doc.signed)
        hits = dated[-1:] if dated and dated[0].signed != dated[-1].signed and me.signed else []
    return hits[0].doc_id if hits else None


def _other_edition(doc: Known, mention: Mention) -> bool:
    """Two numbers of one code that differ: 甘政办发〔2021〕5号 and 甘政办发〔2022〕5号."""
    if not doc.number or not mention.number:
        return False
    one, other = numbers.parts(doc.number), numbers.parts(mention.number)
    return one != other and one[0] == other[0]


def _younger(doc: Known, me: Known) -> bool:
    return bool(doc.signed and me.signed and doc.signed > me.signed)


def _above(doc: Known, me: Known) -> bool:
    """Whether a document is of the same region as the one that names it, or of one above."""
    if not doc.codes or not me.codes:
        return True
    return any(code == "100000" or mine.startswith(code.rstrip("0")) for code in doc.codes for mine in me.codes)


def _fits(doc: Known, before: str) -> bool:
    """Whether the words before a name speak for this document's level: 省《“十四五”规划》, not 国家《…》."""
    near = before[-16:]
    if _NATIONAL.search(near):
        return False
    return any(word in near and level == doc.level for word, level in _OWN_LEVEL.items())


def year_of(mention: Mention) -> int | None:
    """Return the year of a name's number, else the one year that the name gives as its edition.

    Examples
    --------
    >>> year_of(Mention("甲省2024年任务清单", 0, 9)), year_of(Mention("规划和2035年远景目标纲要", 0, 9))
    (2024, None)
    """
    found = re.search(r"〔(\d{4})〕", mention.number or "")
    if found:
        return int(found.group(1))
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})年(?!远景)", fold(mention.name))
    return int(years[0]) if len(set(years)) == 1 else None
