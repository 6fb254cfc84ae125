"""What a document says of itself: title, number, issuers, dates, level, region, genre, index number, theme."""

from __future__ import annotations

import re
from typing import NamedTuple

from lanxikit.reading import front, titles, townships, whereabouts
from lanxikit.reading.dates import DATE, iso_date, year_of
from lanxikit.reading.head import Row, rows, written
from lanxikit.reading.index_table import fields
from lanxikit.reading.numbers import NUMBER, number_in
from lanxikit.reading.signature import adoption, imprint, order, parties, signature
from lanxikit.text.fold import fold, narrow

_ORDER = ("country", "province", "prefecture", "county", "township")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2})年?[-—–~至到]{1,2}(?:19|20)\d{2}年")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_SIGNER = re.compile(r"(?:代理?)?(?:省|市|州|县|区|旗|盟|局|部|厅|总理)?(?:长|主席|主任|总理)")
_MINUTES = re.compile(r"[(〔\[]([12]\d{3})[)〕\]]第?(\d{1,4})号")
_OWN_BODY = re.compile(r"(?:省|自治区|市|州|盟|地区|县|区|旗)(?:委|人民政府|政府|人大)")  # of the document's own place
_TABLE = 90  # first lines that may hold the index table,
_REACH = 40_000  # and first characters


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
    index_number: str | None
    theme: str | None


def metadata(source: str, lexicon: str | None = None) -> Metadata:
    """Read the metadata of a document from its front matter (GB/T 9704-2012 §7.2–7.4).

    Parameters
    ----------
    source : str
        The decoded file.
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    Metadata

    Examples
    --------
    >>> lines = ("甘肃省人民政府令", "第167号", "《甘肃省供水办法》已经审议通过，现予公布。", "2022年1月20日",
    ...          "甘肃省供水办法", "第一章 总则")
    >>> found = metadata(chr(10).join(lines))
    >>> found.title, found.number, found.issuers, found.signed, found.genre
    ('甘肃省供水办法', '甘肃省人民政府令第167号', ('甘肃省人民政府',), '2022-01-20', '办法')
    """
    every = written(source)
    head = rows(source, every, lexicon)
    table = fields([part for part in source[:_REACH].splitlines() if part.strip()][:_TABLE], lexicon)
    title, start = titles.title_of(head, table.get("title"), lexicon)
    number, ordering = order(head)
    number = _number(head, table) or number
    note = adoption(head, start)
    number = number or note.number or (_of_minutes(head) if _genre(title, lexicon) == "纪要" else None)
    signer, printer = signature(every, start, lexicon), imprint(every, lexicon)
    near = whereabouts.near_of(source, number, lexicon)
    told = whereabouts.opening(title or "", near, lexicon)
    held = _held(head, start, lexicon) if _genre(title, lexicon) == "纪要" else ()
    signed_by = (note.issuers, ordering, signer.issuers, held)
    issuers, sure = _issuers(title, head, signed_by, table, printer.issuers, lexicon)
    # a page's 来源:市政府办公室 says less of where the text is from than its title does
    home = told[0].code if told and not sure else near
    issuers = tuple(dict.fromkeys(whereabouts.full(name, home, lexicon) for name in issuers))
    places = (told if told and not sure else []) or whereabouts.places(issuers, near, lexicon) or told
    towns = _towns(issuers if sure else (), title, source, near, lexicon)
    places = towns or places or whereabouts.joint(title, lexicon)
    if fold(title or "") != narrow(title or ""):  # traditional: names stay as the source writes them
        shown = narrow(source[:_REACH])
        issuers, number = tuple(_as_written(name, shown) for name in issuers), number and _as_written(number, shown)
    labelled = {name: iso_date(fold(table[name])) for name in ("signed", "sent", "published") if name in table}
    ordered = next((iso_date(row.text) for row in head if row.start < start and _dated(row)), None)
    signed = (
        (ordered if ordering else None)
        or (signer.date if signer.issuers else None)
        or labelled.get("signed")
        or note.date
        or signer.date
        or labelled.get("sent")
        or printer.date
        or _above_title(head, start, lexicon)
    )
    published = labelled.get("published") or _page_date(head)
    dated = signed or published
    return Metadata(
        title=title,
        number=number,
        issuers=issuers,
        level=min((place.level for place in places), key=_ORDER.index, default=None),
        region="、".join(dict.fromkeys(place.name for place in places)) or None,
        adcode="、".join(dict.fromkeys(place.code for place in places if place.code)) or None,
        signed=signed,
        published=published,
        year=int(dated[:4]) if dated else _year(title, head),
        genre=_genre(title, lexicon),
        index_number=table.get("index_number"),
        theme=table.get("theme"),
    )


def _towns(issuers: tuple[str, ...], title: str | None, source: str, near: str | None, lexicon: str | None) -> list:
    """The townships of the bodies; where no body is sure, that of the title."""
    texts = issuers or ((title,) if title else ())
    found = [townships.township(text, source, near, lexicon) for text in texts]
    return [town for town in found if town] if found and all(found) else []


def _as_written(name: str, shown: str) -> str:
    """A name found in the folded text, or its Han characters before a bracket, in the characters of the source."""
    code = re.match(r"[\u4e00-\u9fff]+", name)
    at = fold(shown).find(code.group()) if code else -1
    return shown[at : at + code.end()] + name[code.end() :] if at >= 0 else name


def _dated(row: Row) -> bool:
    """A date alone, or behind the name of who signs the order: 省长某某2020年11月30日."""
    named = row.kind == "plain" and len(row.text) < 36 and row.text[-1] == "日" and _SIGNER.match(row.text)
    return row.kind == "date" or bool(named and DATE.search(row.text))


def _of_minutes(head: list[Row]) -> str | None:
    """Minutes are numbered without a code: 〔2023〕12号."""
    found = next((match for row in head if (match := _MINUTES.fullmatch(row.text.replace(" ", "")))), None)
    return f"〔{found.group(1)}〕{found.group(2)}号" if found else None


def _above_title(head: list[Row], start: int, lexicon: str | None) -> str | None:
    """The date beside a body over the title, as minutes have it."""
    found = _beside(head, start, lexicon)
    return found[1] if found else None


def _beside(head: list[Row], start: int, lexicon: str | None) -> tuple[tuple[str, ...], str | None] | None:
    """The line of a body and a date over the title: 甲市人民政府办公室 2023年5月6日."""
    for row in head:
        found = DATE.search(row.text) if row.start < start and len(row.text) < 60 else None
        names = front.organs(row.text[: found.start()].strip(), lexicon) if found else ()
        if names and found.end() == len(row.text):
            return tuple(names), iso_date(found.group())
    return None


def _held(head: list[Row], start: int, lexicon: str | None) -> tuple[str, ...]:
    """Who made minutes: a body alone over them, that beside the date, that of the line 甲市人民政府专题会议纪要."""
    alone = next((row for row in head if row.kind == "organ" and not DATE.search(row.text)), None)
    if alone:
        return tuple(front.organs(alone.text, lexicon))
    beside = _beside(head, start, lexicon)
    if beside:
        return beside[0]
    for row in head:
        text = row.text.replace(" ", "")
        if row.kind in ("plain", "organ") and 6 < len(text) < 40 and text.endswith(("纪要", "纪要文件")):
            cuts = range(len(text) - 2, 2, -1)
            names = next((found for cut in cuts if (found := front.organs(text[:cut], lexicon))), ())
            if names:
                return tuple(names)
    return ()


def _page_date(head: list[Row]) -> str | None:
    """The date of a page's source line without a label: 2022-05-06 19:04 来源:新华社."""
    for row in head:
        if row.kind in ("page", "plain") and re.match(r"\d{4}[-/.年]", row.text):
            rest = row.text[8:]
            if re.search(r"来源|\d:\d\d|字号|字体|浏览|阅读|打印|分享", rest) and iso_date(row.text):
                return iso_date(row.text)
    return None


def _number(head: list[Row], table: dict[str, str]) -> str | None:
    """The 发文字号: a line of its own, else what the index table gives, else beside the letterhead or the title."""
    alone = next((row.text for row in head if row.kind == "number"), None)
    given = fold(table.get("number", ""))
    for text in filter(None, (alone, given)):
        found = number_in(text)
        if found:
            return found
    for row in head:
        if row.kind in ("prose", "addressee", "heading"):
            continue
        found = NUMBER.search(row.text)
        # 甘政办发〔2022〕5号 签发人:某某; …的通知(甘政办发〔2022〕5号); never one that a sentence cites
        if found and (found.start() == 0 or row.text[found.start() - 1] in "( :") and row.kind != "bracket":
            return number_in(found.group())
    return None


def _issuers(title, head: list[Row], signed, table, printed, lexicon: str | None) -> tuple[tuple[str, ...], bool]:
    """The bodies from title, letterhead, note or order, signature, index table, 印发 line: the first that names any.

    Where another place names the same leading body and more, all of them count. Also returned: whether more than
    the page's source line names them.
    """
    names, more, _ = titles.parted(fold(title or ""), lexicon)
    given = tuple(front.organs(fold(table.get("issuers", "")), lexicon))
    told = tuple(front.organs(fold(table.get("source", "")), lexicon))
    sources = [tuple(names), _letterhead(head, lexicon), *signed, given, parties(head, lexicon), printed]
    sources += [_named(head, lexicon), told]
    chosen = next((found for found in sources if found), ())
    for found in sources:
        whole = {_short(name) for name in found}
        if len(found) > len(chosen) and (more or {_short(name) for name in chosen} <= whole):
            rest = [name for name in found if _short(name) not in {_short(known) for known in chosen}]
            chosen = (*chosen, *rest)
    return tuple(_in_full(name, sources) for name in chosen), any(sources[:-1])


def _in_full(name: str, sources: list[tuple[str, ...]]) -> str:
    """市政府办公室 of the title is the 甲市人民政府办公室 of the signature."""
    if not _OWN_BODY.match(name):
        return name
    short = _short(name)
    told = (other for found in sources for other in found if not _OWN_BODY.match(other))
    return next((other for other in told if _short(other) != short and _short(other).endswith(short)), name)


def _named(head: list[Row], lexicon: str | None) -> tuple[str, ...]:
    """The bodies that stand alone in lines of the head."""
    names = (name for row in head if row.kind == "organ" for name in front.organs(row.text, lexicon))
    return tuple(dict.fromkeys(names))[:3]


def _short(name: str) -> str:
    """A body by what its ways of writing share: 发展和改革委员会, 发展改革委."""
    for word, short in (("委员会", "委"), ("和", ""), ("人民政府", "政府"), ("中共", ""), ("发展改革委", "发改委")):
        name = name.replace(word, short)
    return name


def _letterhead(head: list[Row], lexicon: str | None) -> tuple[str, ...]:
    """The bodies of the letterhead, 文件 in their line or in one of its own."""
    for index, row in enumerate(head):
        if row.kind != "letterhead":
            continue
        names = front.letterhead_organs(row.text, lexicon)
        for above in reversed(head[max(index - 8, 0) : index]):
            if above.kind != "organ":
                break
            names = front.organs(above.text, lexicon) + names
        below = []
        for under in head[index + 1 : index + 8]:
            if under.kind != "organ":
                break
            below += front.organs(under.text, lexicon)
        number_next = index + 1 + len(below) < len(head) and head[index + 1 + len(below)].kind == "number"
        if names:
            return tuple(dict.fromkeys(names + (below if number_next else [])))
    return ()


def _year(title: str | None, head: list[Row]) -> int | None:
    """The year that a cover gives, else the first in the title."""
    cover = next((year_of(row.text) for row in head if row.kind == "month"), None)
    found = _PERIOD.search(fold(title or "")) or _YEAR.search(fold(title or ""))
    return cover or (int(found.group(1)) if found else None)


def _genre(title: str | None, lexicon: str | None) -> str | None:
    """The genre of the text itself: of what a 通知 transmits, else of the document."""
    if not title:
        return None
    text = titles.inner(title)
    main = re.split(r"——|--", fold(title))[0]  # 政府工作报告——2024年1月5日在…会议上
    return (front.genre_of(text, lexicon) if text else None) or front.genre_of(main, lexicon)
