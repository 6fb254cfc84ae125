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
from lanxikit.annotating.duty_leaves import duty_leaves
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
        columns = list(map(list, zip(*_rows(units, folder), strict=True))) or [[] for _ in names]
    return check(pd.DataFrame(dict(zip(names, columns, strict=True))), "responsibilities")


def _rows(units: pd.DataFrame, folder: str | None) -> Iterator[tuple]:
    """Yield the rows of the table, leaf by leaf."""
    titles = _titles(units)
    said = cache(partial(_texts, units))

    @cache
    def groups(doc: str, where: Ground) -> list[list[Site]]:
        return list(document_places(titles.get(doc, ""), said().get(doc, ()), where))

    reader, above = _Reader(), {}  # above: the last list under each label, which 同上 means
    leaves = duty_leaves(units, folder)
    plain = fold_all([leaf.text for leaf in leaves])
    plain_lines = iter(fold_all([line for leaf in leaves for _, line, _, _ in leaf.lines]))
    for leaf, text in zip(leaves, plain, strict=True):
        where = ground(leaf.region, leaf.adcode, folder)
        lines = leaf.lines
        if lines:
            texts = [_meant(leaf.doc, label, next(plain_lines), above, folder) for label, *_ in lines]
            key = tuple((label, text) for (label, *_), text in zip(lines, texts, strict=True))
            passages = (f"{leaf.heading}。{leaf.text}", titles.get(leaf.doc, ""))
            found = reader.lines(key, where, _Sources(where, passages, partial(groups, leaf.doc, where)), leaf.order)
            within = reader.sentences(text, where)
            if within:
                lines, texts = [*lines, ("", leaf.text, leaf.start, leaf.pieces)], [*texts, None]
                known = {row[3][:2] for row in found}
                found = [(len(lines) - 1, *row[1:]) for row in within if row[3][:2] not in known] + found
        else:
            found = reader.sentences(text, where)
            lines, texts = [("", leaf.text, leaf.start, leaf.pieces)], [None]
        maps = [SourceMap(cell, begin) for _, _, begin, cell in lines] if found else ()
        for line, begin, end, (role, agency, *whose), (open_list, expanded, *rest) in found:
            written = lines[line][1]
            if texts[line] is not None and len(texts[line]) != len(written):  # 同上 stands for the whole list
                begin, end, expanded = 0, len(written), True
            raw, span = written[begin:end], maps[line].span(begin, end)
            yield leaf.unit, role, agency, raw, *whose, open_list, expanded, *span, *rest


def _meant(doc: str, label: str, text: str, above: dict[tuple[str, str], str], folder: str | None) -> str:
    """Return a duty list, with the one above under the same label in place of 同上 and 〃: 同上,市财政局."""
    known = (doc, label)
    first = _FIRST.match(text).group()
    if first.strip(" 。;") in duty_words(folder).same and known in above:
        text = above[known].rstrip(" 。;") + text[len(first) :].rstrip(" 。;")
    above[known] = text
    return text


class _Reader:
    """Reads a duty text once, however often it recurs under the same region.

    Each duty comes as its line, its span in that line, the columns before the span and those after it.
    """

    def __init__(self) -> None:
        self._known: dict[tuple, list[tuple]] = {}

    def lines(
        self, lines: tuple[tuple[str, str], ...], where: Ground, sources: _Sources, order: bool
    ) -> list[tuple]:
        key = (lines, where.near, order)
        if key not in self._known:
            duties = _described(read_lines(lines, where, sources, order=order), where)
            if sources.asked:  # 两市 in the same words may mean others elsewhere
                return duties
            self._known[key] = duties
        return self._known[key]

    def sentences(self, text: str, where: Ground) -> list[tuple]:
        return _described(read_sentences(text, where), where)


def _described(duties: list[Duty], where: Ground) -> list[tuple]:
    """Add what is known of each agency; one named twice in a role counts once."""
    seen, rows = set(), []
    for line, role, agency, word in duties:
        if (role, agency.name) not in seen:
            seen.add((role, agency.name))
            fields = agency_fields(agency.name, where.folder)
            level, jurisdiction, adcode = _belongs(agency, where)
            before = (role, agency.name, fields[0] if fields else None, level, jurisdiction)
            after = (agency.open_list, agency.expanded, adcode, fields, word)
            rows.append((line, agency.start, agency.end, before, after))
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
    bare = agency.name.removeprefix(site.name if site else "")
    town = _TOWN.fullmatch(bare) or (_TOWN.fullmatch(agency.name) if bare[:1] in "镇乡街" else None)
    if agency.form == "township" or (town and agency.form == "government"):
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

    def __init__(self, where: Ground, passages: tuple[str, str], groups: Callable[[], list[list[Site]]]) -> None:
        self._where, self._passages, self._groups = where, passages, groups
        self.asked = False

    def __iter__(self) -> Iterator[Callable[[], list[Site]]]:
        self.asked = True
        for passage in self._passages:
            yield partial(sites_in, passage, self._where)
        for sites in self._groups():
            yield partial(list, sites)


def _titles(units: pd.DataFrame) -> dict[str, str]:
    """Return the title of each document."""
    titles: dict[str, str] = {}
    rows = units[units["kind"].astype("str") == "title"]
    for doc, text in zip(rows["doc_id"], rows["text"], strict=True):
        titles[doc] = titles.get(doc, "") + text
    return titles


def _texts(units: pd.DataFrame) -> dict[str, list[str]]:
    """Return the texts of each document's rows."""
    texts: dict[str, list[str]] = {}
    for doc, text in zip(units["doc_id"], units["text"], strict=True):
        if isinstance(text, str):
            texts.setdefault(doc, []).append(text)
    return texts
