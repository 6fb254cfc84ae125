"""Whether words are a list of agencies: (市教育局牵头,市财政局、各县区配合), and not (含市水务局负责的项目)."""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load

_PARTS = re.compile(r"[、,;/\s…]|\.{2,6}|(?:和|及|与)(?=[\u4e00-\u9fff]{2})")
_TIME = re.compile(r"(?:完成)?(?:时限|时间)?[:]?(?:\d{4}年|每|长期|持续|年底|全年|\d{1,2}月).{0,16}")
_MARKS = re.compile(r"[★☆*※▲△◆●_#]+|^\d{1,2}[.、)]?(?!\d)|^[①-⑳]")
_SOME = re.compile(r"(?:各|有关|相关|其他|县级以上|全市各|全省各|全州各|全县各|项目)\S{1,20}")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}[省市县区州旗盟乡镇]")
_NOT = re.compile(r"(?:以下|简称|含|包括|包含|不含|即|如|详见|见|除|原|现|又称|附)")
_FIRST = re.compile(r"[^、,;。:]{1,60}")
_LONGEST = 30  # characters of a name
_SHORT = 4  # characters of a name that borrows its ending
_ALL = 0.5  # the share of names that makes a list with roles one of agencies


@lru_cache(maxsize=16)
def _words(folder: str | None) -> tuple:
    """Sure endings, all endings, look-alikes; words for roles behind a name, before one, before a colon; 同上."""
    rows, words = load("agency_suffixes", folder), load("duty_words", folder)
    sure = tuple(row["suffix"] for row in rows if row["kind"] == "sure")
    alike = tuple(row["word"] for row in load("agency_lookalikes", folder))
    said = "|".join(
        sorted(
            (row["word"] for row in words if row["kind"] in ("after", "closing", "joint", "manner")),
            key=len,
            reverse=True,
        )
    )
    many = "|".join(row["word"] for row in words if row["kind"] == "many")
    roles = re.compile(rf"(?:等(?:{many}|\d){{0,5}})?(?:{said}){{0,6}}(?:工作|制定)?$")
    before, colon = re.compile(rf"^(?:由|具体|{said})+"), re.compile(rf"(?:{said})(?:单位|部门)?\s?:")
    same = frozenset(row["word"] for row in words if row["kind"] == "same")
    return sure, tuple(row["suffix"] for row in rows), alike, roles, before, colon, same


@lru_cache(maxsize=16)
def _fields(folder: str | None) -> tuple[str, ...]:
    """What a name ends in that borrows 部门 from the last one of its list: 教育."""
    return tuple(row["stem"] for row in load("agency_functions", folder) if row["where"] == "stem")


def names_agency(text: str, folder: str | None = None) -> bool:
    """Tell whether folded text opens with the name of an agency.

    Examples
    --------
    >>> [names_agency(text) for text in ("市水务局、市财政局", "市 水 务 局", "落实不力的", "万元")]
    [True, True, False, False]
    """
    found = _FIRST.match(text.lstrip())
    if not found:
        return False
    _, every, alike, roles, *_, same = _words(folder)
    bare = re.sub(r"\s", "", found.group())
    if bare.rstrip(")]】〕") in same:
        return True
    for name in (found.group().split()[0], bare):
        name = _MARKS.sub("", name).split("(")[0].rstrip(")]】〕")
        name = roles.sub("", name)
        if 2 <= len(name) <= _LONGEST and (
            (name.endswith(every) and not name.endswith(alike)) or _SOME.fullmatch(name) or _PLACE.fullmatch(name)
        ):
            return True
    return False


def names_agencies(text: str, folder: str | None = None) -> bool:
    """Tell whether folded text opens with the name of an agency and goes on with such names.

    Examples
    --------
    >>> names_agencies("市水务局、市财政局"), names_agencies("现场管理机构、人员等文件")
    (True, False)
    """
    if text[:1] in "和及与或" or not names_agency(text, folder):  # 建设单位和施工单位 speaks of both
        return False
    names = [name for name in re.split(r"[、,]", re.split(r"[。;:]", text, maxsplit=1)[0]) if name]
    return 2 * sum(names_agency(name, folder) for name in names) > len(names)


def agency_list(text: str, folder: str | None = None, *, sole: bool = True) -> bool:
    """Tell whether the folded words of a bracket are agencies, with their roles or without.

    Parameters
    ----------
    text : str
    folder : str, optional
        A folder of word lists of one's own.
    sole : bool
        Whether one agency without a role will do.

    Examples
    --------
    >>> agency_list("市教育局牵头,市财政局配合"), agency_list("市教育局、市财政局"), agency_list("含市水务局负责的项目")
    (True, True, False)
    """
    sure, every, alike, roles, ahead, labels, same = _words(folder)
    bare = re.sub(r"\([^()]{0,60}\)", "", text).rstrip("。;.…")
    bare = labels.sub(",", bare)
    if bare in same:
        return sole
    if "。" in bare or ":" in bare or not bare or _NOT.match(bare):
        return False
    named, certain, whole, short, said = 0, 0, 0, 0, False
    fields = _fields(folder) if sole and bare.endswith("部门") else ("\0",)
    for piece in _PARTS.split(bare):
        piece = _MARKS.sub("", piece)
        if not piece or _TIME.fullmatch(piece):
            continue
        name = ahead.sub("", roles.sub("", piece)) or piece
        said = said or name != piece
        whole += 1
        short += len(name) <= _SHORT
        if not 2 < len(name) <= _LONGEST or name.endswith(alike):
            continue
        certain += name.endswith((*sure, "部门", "单位"))
        ended = name.endswith((*every, "部门", "单位", *fields))
        named += ended or bool(_SOME.fullmatch(name) or _PLACE.fullmatch(name))
    if not whole:
        return False
    if said:
        return (named / whole >= _ALL and certain > 0) or named == whole
    cut = named < whole and certain > (fields == ("\0",)) and named + short >= whole  # 发展改革委，南宁、钦州市政府
    return (named == whole and certain > 0 and (sole or whole > 1)) or cut
