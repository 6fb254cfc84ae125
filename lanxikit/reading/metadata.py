"""What a document says of itself: title, number, issuers, dates, level, region, genre."""

from __future__ import annotations

import re
from typing import NamedTuple

from lanxikit.gazetteer import Division, find, region_of
from lanxikit.reading import front
from lanxikit.reading.lines import Line, lines
from lanxikit.text.fold import fold

_HEAD = 60  # lines of text that may hold the front matter
_ORDER = ("country", "province", "prefecture", "county", "township")
_SIGNED = re.compile(r"成文(?:日期|时间)\s?[:：]?(.{6,24})")
_PUBLISHED = re.compile(r"(?:发布|公开|发文|生成)(?:日期|时间)\s?[:：]?(.{6,24})|(?<!文)时间\s?[:：](.{6,24})")
_TRANSMITS = re.compile(r"(?:印发|转发|发布|下发)(.+?)的(?:通知|函|通报)$")


class Metadata(NamedTuple):
    """The columns of ``documents`` that the text itself gives; None where it gives none."""

    title: str | None
    number: str | None
    issuers: tuple[str, ...]
    level: str | None
    region: str | None
    adcode: str | None
    signed: str | None
    published: str | None
    year: int | None
    genre: str | None


def metadata(source: str, lexicon: str | None = None) -> Metadata:
    """Read the metadata of a document from its front matter (GB/T 9704-2012 §7.2–7.3).

    Parameters
    ----------
    source : str
        The decoded file.
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    Metadata
    """
    every = [line for line in lines(source) if line.text]
    head = _head(every)
    title_lines = _title_lines(head, lexicon)
    issuers, title = _issuers_and_title([line.text for line in title_lines])
    issuers = issuers or _letterhead(head)
    places = [place for place in map(region_of, issuers) if place] or _place_of(title)
    signed = _signed(head, every, title_lines)
    published = _labelled(head, _PUBLISHED)
    dated = signed or published
    level = min((place.level for place in places), key=_ORDER.index, default=None)
    return Metadata(
        title=title,
        number=_number(head),
        issuers=issuers,
        level=level,
        region="、".join(dict.fromkeys(place.name for place in places)) or None,
        adcode="、".join(dict.fromkeys(place.code for place in places)) or None,
        signed=signed,
        published=published,
        year=int(dated[:4]) if dated else _year(title),
        genre=_genre(title, lexicon),
    )


def _head(every: list[Line]) -> list[Line]:
    """The lines before the first numbered heading."""
    for index, line in enumerate(every[:_HEAD]):
        if line.tabs or re.match(r"[一二三四五六七八九十]{1,3}、|第[一1][编章条]|\(一\)", fold(line.text)):
            return every[:index]
    return every[:_HEAD]


def _title_lines(head: list[Line], lexicon: str | None) -> list[Line]:
    """The lines of the title: up from one that ends in a genre to the one that names the issuer."""
    for index, line in enumerate(head):
        text = fold(line.text)
        if line.tabs or front.page_kind(text, lexicon) or front.is_letterhead(text):
            continue
        if not front.is_title(text, lexicon):
            continue
        first = index
        joined = text
        while first and len(joined) < 160:
            above = fold(head[first - 1].text)
            goes_on = "关于" not in joined or (joined.startswith("关于") and front.is_organ(above))
            opens = front.page_kind(above, lexicon) or front.is_letterhead(above) or front.is_number(above)
            if not goes_on or opens or above[-1] in "。;:,!?" or front.is_date(above):
                break
            first, joined = first - 1, above + joined
            if first and front.is_organ(above) and not front.is_organ(fold(head[first - 1].text)):
                break
        return head[first : index + 1]
    return []


def _issuers_and_title(parts: list[str]) -> tuple[tuple[str, ...], str | None]:
    joined = "".join(parts)
    if not joined:
        return (), None
    before, about, after = joined.partition("关于")
    folded = fold(before)
    if about and before and front.is_organ(folded):
        issuers = tuple(match.group() for match in front.ORGAN.finditer(folded))
        return issuers, " ".join(issuers) + about + after
    return (), joined


def _letterhead(head: list[Line]) -> tuple[str, ...]:
    """The issuer from the letterhead, the index table or the signature."""
    for line in head:
        text = fold(line.text)
        if front.is_letterhead(text):
            return (text.removesuffix("文件"),)
        found = re.search(r"(?:发布机构|发文机关|制发机关)\s?:\s?([\u4e00-\u9fff]{4,30}?)(?=公文|发文|成文|$|\s)", text)
        if found and front.is_organ(found.group(1)):
            return (found.group(1),)
    return tuple(dict.fromkeys(fold(line.text) for line in head if front.is_organ(fold(line.text))))[:3]


def _place_of(title: str | None) -> list[Division]:
    """The place that a title opens with, where no issuing body is named: 广东省…实施方案."""
    end, opening = 0, []
    for start, stop, division in find(title or ""):
        if start != end:
            break
        end, opening = stop, [division]
    return opening


def _number(head: list[Line]) -> str | None:
    """The 发文字号: a line of its own first, else the index table's."""
    folded = [fold(line.text) for line in head]
    alone = [text for text in folded if front.is_number(text)]
    labelled = [text[text.find("发文字号") :] for text in folded if "发文字号" in text]
    for text in (*alone, *labelled):
        found = front.NUMBER.search(text.removeprefix("发文字号").lstrip(": "))
        if found:
            code, year, running = found.groups()
            return f"{code}〔{year}〕{running}号"
    return None


def _signed(head: list[Line], every: list[Line], title: list[Line]) -> str | None:
    """The date under the signature, the index table's 成文日期, or a date that ends the text."""
    after = title[-1].start if title else -1
    for line in head:
        text = fold(line.text)
        if line.start > after and front.is_date(text):
            return front.iso_date(text)
    labelled = _labelled(head, _SIGNED)
    if labelled:
        return labelled
    for line in head:  # (2022年3月1日甲省人民政府令第395号公布 自2022年5月1日起施行)
        text = fold(line.text)
        if text.startswith("(") and re.search(r"公布|通过|发布|批准", text) and front.iso_date(text):
            return front.iso_date(text)
    closing = [fold(line.text) for line in every[-40:]]
    return next((front.iso_date(text) for text in reversed(closing) if front.is_date(text)), None)


def _labelled(head: list[Line], pattern: re.Pattern) -> str | None:
    for line in head:
        found = pattern.search(fold(line.text))
        if found:
            date = front.iso_date(next(group for group in found.groups() if group))
            if date:
                return date
    return None


def _year(title: str | None) -> int | None:
    found = re.search(r"(?<!\d)((?:19|20)\d{2})年", fold(title or ""))
    return int(found.group(1)) if found else None


def _genre(title: str | None, lexicon: str | None) -> str | None:
    """The genre of the text itself: of what a 通知 transmits, else of the document."""
    if not title:
        return None
    inner = _TRANSMITS.search(title)
    if inner:
        found = front.genre_of(inner.group(1), lexicon)
        if found:
            return found
    return front.genre_of(title, lexicon)
