"""Who signs a document, and when: the block under the text, the 印发 line, the order, the adoption note.

GB/T 9704-2012 §7.3.5: signature of the body (all bodies of a joint document, the leading one first),
then 成文日期. Laws carry (…年…月…日…会议通过) under the title, reports ——…年…月…日在…会议上.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lanxikit.reading import front
from lanxikit.reading.dates import DATE, is_date, iso_date, iso_dates
from lanxikit.reading.head import Row
from lanxikit.reading.lines import Line
from lanxikit.reading.numbers import order_in, order_line
from lanxikit.text.fold import fold

_ABOVE = 16  # lines above a date that may name who signs
_CONGRESS = re.compile(
    r"([\u4e00-\u9fff]{2,18}?)(?:第[一二三四五六七八九十百]{1,4}届)?(人民代表大会常务委员会|人大常委会|人民代表大会|人大)"
    r"(?:第[一二三四五六七八九十百]{1,4}[届次]|常务委员会|会议|令|公告|批准|通过)"
)
_ENDED = re.compile(r"(?<=通过)|(?<=审议)(?!并?通过)|(?<=修订)|(?<=修正)|(?<=公布)|(?<=批准)|(?<=发布)")
_ADOPTS = re.compile(r"通过|修订|修正|公布|发布|批准")
_HEAD = re.compile(r"^([\u4e00-\u9fff]{2,24}人民政府)(?:代理?)?(?:[省市州县区旗盟]长|主席)")
_ORDERING = re.compile("(?:令|公告|通告)$")
_MEETING = re.compile(r"在([\u4e00-\u9fff]{2,20}?)第[一二三四五六七八九十百]{1,4}届人民代表大会")


class Signed(NamedTuple):
    """Bodies, and the date beside them as ISO."""

    issuers: tuple[str, ...]
    date: str | None


def signature(every: list[Line], after: int, lexicon: str | None = None) -> Signed:
    """The first block of bodies with a date under it behind the title; else the first date alone in a line.

    Parameters
    ----------
    every : list of Line
        All lines that are not blank.
    after : int
        Where the title stands.
    """
    lonely = None
    for index, line in enumerate(every):
        if line.start <= after or line.tabs or len(line.text) > 90 or not line.text.rstrip(" )）").endswith("日"):
            continue
        text = fold(line.text)
        found = DATE.search(text)
        if not found or text[found.end() :].strip("() "):
            continue
        before = text[: found.start()].strip("( ")
        names = tuple(front.organs(before, lexicon)) if before else _above(every, index, after, lexicon)
        if names:
            return Signed(names, iso_date(found.group()))
        if not before and lonely is None:
            lonely = iso_date(text)
    return Signed((), lonely)


def _above(every: list[Line], index: int, after: int, lexicon: str | None) -> tuple[str, ...]:
    """The bodies in the lines above a date."""
    names: list[list[str]] = []
    for line in reversed(every[max(index - _ABOVE, 0) : index]):
        text = fold(line.text)
        if line.start <= after or line.tabs or not front.is_organ(text, lexicon):
            break
        names.insert(0, front.organs(text, lexicon))
    return tuple(dict.fromkeys(name for row in names for name in row))


def parties(head: list[Row], lexicon: str | None = None) -> tuple[str, ...]:
    """The parties of an agreement: 甲方:甘肃省人民政府."""
    found = [re.match(r"[甲乙丙丁戊]方(?:\(.{0,10}\))?\s?:(.{3,40})", row.text) for row in head]
    return tuple(dict.fromkeys(name for match in found if match for name in front.organs(match.group(1), lexicon)))


def imprint(every: list[Line], lexicon: str | None = None) -> Signed:
    """The last 印发 line: who printed it, and when."""
    for index in range(len(every) - 1, max(len(every) - 80, -1), -1):
        text = fold(every[index].text)
        if not front.is_imprint(text):
            continue
        found = DATE.search(text)
        before = text[: found.start()].strip() or (fold(every[index - 1].text) if index else "")
        return Signed(tuple(front.organs(before, lexicon)), iso_date(found.group()))
    return Signed((), None)


def order(head: list[Row]) -> tuple[str | None, tuple[str, ...]]:
    """The number of an order or announcement in its head, and its body: 甘肃省人民政府令 / 第167号."""
    for index, row in enumerate(head):
        if row.kind != "order":
            continue
        alone = order_line(row.text)
        above = next((head[at] for at in range(index - 1, max(index - 4, -1), -1) if head[at].kind != "page"), None)
        if alone and above is not None:
            named = [head[at].text for at in range(max(index - 2, 0), index) if head[at].kind in ("plain", "organ")]
            body = "".join(named).replace(" ", "")
            if len(named) > 1 and _ORDERING.sub("", nearest := named[-1].replace(" ", "")) != nearest:
                body = nearest if front.is_organ(_ORDERING.sub("", nearest)) else body
            if body.endswith(("令", "公告", "通告")):
                return f"{body}{alone}", _body_of(body)
        number = order_in(row.text)
        if number and not alone:
            return number, _body_of(re.split(r"(?:\d{4}年)?第", number)[0])
    return None, ()


def _body_of(body: str) -> tuple[str, ...]:
    body = body.removesuffix("令").removesuffix("公告").removesuffix("通告")
    body = body.replace("中华人民共和国国务院", "国务院")
    return tuple(front.organs(body)) or ((body,) if len(body) > 3 else ())


class Adoption(NamedTuple):
    """What the note under the title of a law or report says."""

    issuers: tuple[str, ...]
    date: str | None
    number: str | None


def adoption(head: list[Row], start: int) -> Adoption:
    """Read the note under the title: (…通过), (…令第395号公布), ——…在…会议上, and the speaker's line."""
    below = [row for row in head if row.start > start] if start >= 0 else head
    note, issuers, spoken = "", (), None
    for row in below[:12]:
        text = row.text
        if row.kind in ("addressee", "heading", "table") and not note:
            break
        speaker = _HEAD.match(text)
        if speaker:
            issuers = (speaker.group(1),)
        if _MEETING.search(text) and text[0] in "—-─(":
            spoken = spoken or text
        if not note and text[0] == "(" and (DATE.search(text) or text.count(")") == 0):
            note = text
        elif note and note.count("(") > note.count(")") and len(note) < 1500:
            note += text
        if note and note.count("(") <= note.count(")"):
            break
    if spoken:
        place = _MEETING.search(spoken).group(1)
        return Adoption(issuers or (f"{place}人民政府",), iso_date(spoken), None)
    if not _ADOPTS.search(note):
        return Adoption(issuers, iso_date(note) if note and is_date(note) else None, None)
    return _adopted(note, issuers)


def _adopted(note: str, issuers: tuple[str, ...]) -> Adoption:
    number = order_in(note)
    if number and "令" in number and "人大" not in number:
        number = re.sub(r"^.{0,24}日", "", number)
        before = note[: note.find(number)]  # the order's date stands before its number
        ordered, amended = iso_dates(before)[-1:], _amended(note)
        return Adoption(issuers or _body_of(number.split("令")[0]), max([*ordered, *amended], default=None), number)
    # of the bodies that a note names (审议, 通过, 批准) the one that adopted is the maker
    passed = next((part for part in _parts(note) if part.endswith("通过")), note)
    congress = _CONGRESS.search(re.sub(r"^.{0,24}?日", "", passed.strip("( ")))
    if congress and not issuers:
        place, kind = congress.groups()
        place = re.sub(r"^第[一二三四五六七八九十百]{1,4}届", "", place)
        standing = "常务" in kind or "常委" in kind or "常务委员会" in congress.group()
        issuers = (place + "人民代表大会" + ("常务委员会" if standing else ""),)
    # of first adoption and amendments the last one made the text that we have
    dates = _dated(note, "通过") + _amended(note) or _dated(note, "公布|批准|发布")
    return Adoption(issuers, max(dates, default=iso_date(note)), None)


def _amended(note: str) -> list[str]:
    return _dated(note, "修订|修正")


def _dated(note: str, words: str) -> list[str]:
    """The dates of what a note tells, by the word that ends it."""
    return [iso_dates(part)[0] for part in _parts(note) if re.search(rf"(?:{words})$", part) and iso_dates(part)]


def _parts(note: str) -> list[str]:
    return _ENDED.split(note)
