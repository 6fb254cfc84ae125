"""Who leads, who is responsible, who supports: the duties of each measure."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache, partial

import pandas as pd

from lanxikit.annotating.agencies import agency_fields
from lanxikit.annotating.agency_ground import Ground, Site, ground, sites_in
from lanxikit.annotating.agency_lists import Agency
from lanxikit.annotating.duty_leaves import DutyLeaf, duty_leaves
from lanxikit.annotating.duty_lines import Duty, read_lines
from lanxikit.annotating.duty_places import document_places
from lanxikit.annotating.duty_roles import duty_words
from lanxikit.annotating.duty_sentences import read_sentences
from lanxikit.tables import check, table
from lanxikit.tables.segmenting import need_units
from lanxikit.text.collector import resting
from lanxikit.text.fold import fold_all
from lanxikit.text.pieces import SourceMap

_NEEDED = ("doc_id", "unit_id", "parent_id", "kind", "heading", "text", "start", "is_leaf")
_TOWN = re.compile(r"(?P<name>(?!各|有关|相关|乡镇|街道)[^、()]{1,10}?(?:街道|镇|乡|苏木))(?:人民政府|政府|办事处|办)?")
_FIRST = re.compile(r"[^、,]*")
_EDGES = " 。;"
_OF_PLACE = ("unit_id", "agency_raw", "start", "end")
_OF_AGENCY = (
    "role", "agency", "function", "level", "jurisdiction", "open_list", "expanded", "adcode", "fields", "word",
)  # fmt: skip
_EXPANDED = _OF_AGENCY.index("expanded")
_RULING = ("township", "government")  # forms of agencies that may be those of a town
_CITY_FIRST = ("市", "市县", "市(县)", "市区县", "市县区")


def responsibilities(units: pd.DataFrame, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """List the agencies that each measure makes answerable, with their roles.

    Read are the duty lines of a leaf (责任单位, 牵头单位, 配合单位, in whatever form the document has them), and
    duties named in its own sentences or brackets (由X牵头，Y、Z配合; X应当…). Names that a list shortens
    are completed: the grammar is described in ``lanxikit.annotating.agency_blocks``, the words stand in
    ``agency_*.tsv`` and ``duty_*.tsv``. Where the document says so (列第一位者为牵头单位), the first agency leads.

    Parameters
    ----------
    units : DataFrame
        All rows of ``segment``: the leaves and the duty rows attached to them. Leaves cut into sentences or clauses
        give the same rows as whole ones.
    lexicon : path, optional
        A folder of word lists that extend or override the shipped ones.

    Returns
    -------
    DataFrame
        A row a unit, role and agency, in the order of the text:

        - ``unit_id``: the leaf, never a clause of it
        - ``role``: after the document's words: ``lead`` (牵头), ``responsible`` (责任单位, 按职责分工负责) or
          ``support`` (配合)
        - ``agency``: full name, shared parts and 两省, 三市州 resolved where the document tells which; otherwise
          as written (市发展改革委 in a city's own document stays so)
        - ``agency_raw``: the stretch of text it rests on, from the word of its place to that of its field
        - ``function``: field of policy it serves, the same at every level; missing where the lists do not tell
        - ``level``: administrative level of ``jurisdiction``, or of the places meant where they are unnamed
          (各县区政府)
        - ``jurisdiction``: official name of the division whose agency it is; for a zone or a company the division
          it lies in or serves; missing where unnamed or unknown
        - ``open_list``: the list it stands in closes with 等, 等部门, 等单位
        - ``expanded``: the name was put together from more than the written one
        - ``start``, ``end``: where ``agency_raw`` stands in the source file, in characters, ``end`` exclusive
        - ``adcode``: GB/T 2260 code of ``jurisdiction``
        - ``fields``: all fields of policy it serves, the main one first
        - ``word``: the document's own word for the role (牵头, 指导单位, 按职责分工负责); else 责任单位

    Raises
    ------
    TableError
        A column of the units table is missing.

    Examples
    --------
    >>> units = pd.DataFrame({
    ...     "doc_id": "a", "unit_id": ["a#001", "a/002"], "parent_id": [None, "a#001"], "kind": ["measure", "duty"],
    ...     "heading": [None, "责任单位"], "text": ["加强合作。", "两省水利厅牵头，省林草局等部门配合"],
    ...     "start": [0, 12], "is_leaf": [True, False], "region": "青海省、甘肃省", "adcode": "630000、620000",
    ... })
    >>> print(responsibilities(units)[["role", "agency", "function", "start", "end"]].to_string(index=False))
       role   agency function  start  end
       lead 青海省水利厅       水利     12   17
       lead 甘肃省水利厅       水利     12   17
    support 青海省林草局       林草     20   24
    support 甘肃省林草局       林草     20   24
    """
    need_units(units, _NEEDED)
    folder = None if lexicon is None else os.fspath(lexicon)
    names = table("responsibilities").names()
    with resting():
        columns = dict(zip((*_OF_PLACE, *_OF_AGENCY), _columns(units, folder), strict=True))
    return check(pd.DataFrame({name: columns[name] for name in names}), "responsibilities")


def _columns(units: pd.DataFrame, folder: str | None) -> list[list]:
    """Return the columns of the table, its rows leaf by leaf; those that only the agency tells stay together first."""
    titles = _titles(units)
    said = cache(partial(_texts, units))

    @cache
    def groups(doc: str, where: Ground) -> list[list[Site]]:
        return list(document_places(titles.get(doc, ""), said().get(doc, ()), where))

    reader, above = _Reader(), {}  # above: the last list under each label, which 同上 means
    leaves = duty_leaves(units, folder)
    plain = fold_all([leaf.text for leaf in leaves])
    plain_lines = iter(fold_all([line for leaf in leaves for _, line, _, _ in leaf.lines]))
    same = tuple(duty_words(folder).same)
    names, told, raws, starts, ends = [], [], [], [], []
    for leaf, text in zip(leaves, plain, strict=True):
        where = ground(leaf.region, leaf.adcode, folder)
        lines, texts, found = leaf.lines, [], ()
        if lines:
            for label, *_ in lines:
                line = next(plain_lines)
                if line.lstrip(_EDGES).startswith(same):
                    line = _meant(line, above.get((leaf.doc, label)), same)
                above[leaf.doc, label] = line
                texts.append(line)
            found = reader.lines(lines, texts, where, leaf, titles, groups)
        within = _described(read_sentences(text, where), where)
        if within:
            known = {row[3][:2] for row in found}
            within = [(len(lines), *row[1:]) for row in within if row[3][:2] not in known]
            lines, texts, found = [*lines, ("", leaf.text, leaf.start, leaf.pieces)], [*texts, None], [*within, *found]
        at = -1
        for line, begin, end, agency in found:
            if line != at:
                at, (_, written, first, pieces) = line, lines[line]
                shift = _shift(pieces, first)
                source = SourceMap(pieces, first) if shift is None else None
                whole = texts[line] is not None and len(texts[line]) != len(written)
            if whole:  # 同上 stands for the whole list
                begin, end, agency = 0, len(written), (*agency[:_EXPANDED], True, *agency[_EXPANDED + 1 :])
            start, stop = source.span(begin, end) if source else (shift + begin, shift + end)
            names.append(leaf.unit)
            told.append(agency)
            raws.append(written[begin:end])
            starts.append(start)
            ends.append(stop)
    agencies = map(list, zip(*told, strict=True)) if told else ([] for _ in _OF_AGENCY)
    return [names, raws, starts, ends, *agencies]


def _shift(pieces: str, start: int) -> int | None:
    """Return how far a text that is one piece of its file stands from the file's begin; None where it is several."""
    if ";" in pieces:
        return None
    return int(pieces[: pieces.index("-")]) if pieces else int(start)


def _meant(text: str, above: str | None, same: tuple[str, ...]) -> str:
    """Return a duty list, with the one above under the same label in place of 同上 and 〃: 同上,市财政局."""
    first = _FIRST.match(text).group()
    if above is None or first.strip(_EDGES) not in same:
        return text
    return above.rstrip(_EDGES) + text[len(first) :].rstrip(_EDGES)


class _Reader:
    """Reads a duty text once, however often it recurs under the same region.

    Each duty comes as its line, its span in that line, and the cells that only the agency tells.
    """

    def __init__(self) -> None:
        self._known: dict[tuple, list[tuple]] = {}

    def lines(self, lines: list[tuple], texts: list[str], where: Ground, leaf: DutyLeaf, titles, groups) -> list[tuple]:
        key = (*texts, *[line[0] for line in lines], where.near, leaf.order)
        found = self._known.get(key)
        if found is None:
            passages = (leaf.heading, leaf.text, titles.get(leaf.doc, ""))
            sources = _Sources(where, passages, partial(groups, leaf.doc, where))
            labelled = [(line[0], text) for line, text in zip(lines, texts, strict=True)]
            found = _described(read_lines(labelled, where, sources, order=leaf.order), where)
            if not sources.asked:  # 两市 in the same words may mean others elsewhere
                self._known[key] = found
        return found


def _described(duties: list[Duty], where: Ground) -> list[tuple]:
    """Add what is known of each agency; one named twice in a role counts once."""
    seen, rows, folder = set(), [], where.folder
    for line, role, agency, word in duties:
        name, site, _, form, start, end, open_list, expanded = agency
        if (role, name) in seen:
            continue
        seen.add((role, name))
        fields = agency_fields(name, folder)
        division = site.division if site and form not in _RULING else None
        if division:
            level, jurisdiction, adcode = division.level, division.name, division.code
        else:
            level, jurisdiction, adcode = _belongs(agency, where)
        field = fields[0] if fields else None
        told = (role, name, field, level, jurisdiction, open_list, expanded, adcode, fields, word)
        rows.append((line, start, end, told))
    return rows


def _belongs(agency: Agency, where: Ground) -> tuple[str | None, str | None, str | None]:
    """Return the level, the jurisdiction and its adcode."""
    place, site = agency.place, agency.site
    division = site.division if site else None
    if site is None and (place is None or place.level == "country"):
        unnamed = place is None and agency.name.endswith("部门")  # 生态环境部门 is not the 生态环境部
        division = None if unnamed else where.of_agency(agency.name)
        if division is None and agency.form in ("department", "government") and len(where.own) == 1:
            division = where.own[0]
    if agency.form in _RULING:
        bare = agency.name.removeprefix(site.name if site else "")
        town = _TOWN.fullmatch(bare) or (_TOWN.fullmatch(agency.name) if bare[:1] in "镇乡街" else None)
        if agency.form == "township" or town:
            named = site.division if site and town and town["name"] in bare else None
            county = named or next((own for own in where.own if own.level == "county"), None)
            return "township", town["name"] if town else None, county.code if county else None
    if division:
        return division.level, division.name, division.code
    if place is None:
        return None, None, None
    below = place.kind in ("all", "bare") and place.type in _CITY_FIRST
    if below and any(own.level == "prefecture" for own in where.own):
        return "county", None, None  # cities below a prefecture
    return place.level or None, None, None


class _Sources:
    """Where else 两市 may be named: the measure, the document's title, all of the document; ``asked`` if it was."""

    def __init__(self, where: Ground, passages: tuple[str, str, str], groups: Callable[[], list[list[Site]]]) -> None:
        self._where, self._passages, self._groups = where, passages, groups
        self.asked = False

    def __iter__(self) -> Iterator[Callable[[], list[Site]]]:
        self.asked = True
        heading, text, title = self._passages
        for passage in (f"{heading}。{text}", title):
            yield partial(sites_in, passage, self._where)
        for sites in self._groups():
            yield partial(list, sites)


def _titles(units: pd.DataFrame) -> dict[str, str]:
    """Return the title of each document."""
    titles: dict[str, str] = {}
    rows = units[units["kind"] == "title"]
    for doc, text in zip(rows["doc_id"], rows["text"], strict=True):
        titles[doc] = titles.get(doc, "") + text
    return titles


def _texts(units: pd.DataFrame) -> dict[str, list[str]]:
    """Return the texts of each document's rows."""
    texts: dict[str, list[str]] = {}
    for doc, text in zip(units["doc_id"].tolist(), units["text"].tolist(), strict=True):
        if isinstance(text, str):
            texts.setdefault(doc, []).append(text)
    return texts
