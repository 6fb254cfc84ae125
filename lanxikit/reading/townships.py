"""Townships: no list holds their 40 000 names, so the name itself and what the document says around it must tell."""

from __future__ import annotations

import re

from lanxikit.gazetteer import Division, find
from lanxikit.gazetteer.divisions import atlas
from lanxikit.text.fold import fold

_NAME = r"((?:(?![厅局委办部会各全本])[\u4e00-\u9fff]){1,8}?(?:镇|乡|苏木|街道))"
_BODY = re.compile(_NAME + r"(?=人民政府|政府|党委|党工委|办事处|人大)")
_TITLED = re.compile(_NAME + r"(?=[12]\d{3}|关于|“?十[一二三四五六]五|[\u4e00-\u9fff])")
_DATED = re.compile(r"[12]\d{3}|关于|“?十[一二三四五六]五")
# 城镇, 小城镇, 美丽乡(村), 乡镇(街道) say what kind of place is meant, and name none.
_KIND = re.compile(
    r"(?:新型|特色|重点|中心|美丽|和美|工业|经济|专业|建制|文明|有关|相关|山区|农村"
    r"|推进|关于|实施|开展|加强|支持|小|大|老|新){0,4}"
    r"(?:城|乡|村|集|小|古|强|名|建制|中心|重点|特色|返|下|回|入|家)?(?:乡镇|镇|乡|街道|苏木)"
)
_READ = 6000


def township(text: str, source: str, near: str | None = None, lexicon: str | None = None) -> Division | None:
    """Return the township that a title, or the name of a body, opens with; what it lies in may stand before it.

    A body's name says it outright (沙河乡人民政府); a title needs a year or 关于 behind the name, or the township's
    government in the text. The code is that of the county, where title or text name it in full, else empty.

    Parameters
    ----------
    text : str
        A title or the name of a body.
    source : str
        The document.
    near : str, optional
        The division that the document speaks of as its own.
    lexicon : str, optional
        Folder of the user's own word lists.

    Examples
    --------
    >>> found = township("沙河乡2024年工作方案", "沙河乡2024年工作方案")
    >>> found.name, found.level, found.code
    ('沙河乡', 'township', '')
    >>> township("沙河市城镇2024年工作方案", "") is None, township("乡镇人民政府", "") is None
    (True, True)
    """
    text = re.sub(r"^(?:中共)?(?:[12]\d{3}年(?:度)?)?", "", fold(text))
    at, above = 0, None
    for start, end, division in find(text[:60], near=near, lexicon=lexicon):
        if start != at or (text[start:end] != division.name and text[end : end + 1] in ("乡", "镇")):
            break  # 沙河乡 is not in 沙河市
        at, above = end, division
    body = _BODY.match(text, at)
    found = body or _TITLED.match(text, at)
    if not found or _KIND.fullmatch(found.group(1)):
        return None
    name = found.group(1)
    if not body and not _DATED.match(text, found.end()) and not _governs(name, source):
        return None
    if above is not None and above.level not in ("county", "prefecture"):
        above = None
    county = above if above is not None and above.level == "county" else _county(source, near, lexicon)
    return Division(county.code if county else "", name, "township", county.code if county else "")


def _governs(name: str, source: str) -> bool:
    return any(name + word in source for word in ("人民政府", "党委", "党工委", "街道办事处", "办事处"))


def _county(source: str, near: str | None, lexicon: str | None) -> Division | None:
    """The county that the document is near, where it names it in full."""
    division = atlas(lexicon).by_code.get(near) if near else None
    return division if division and division.level == "county" and division.name in source[:_READ] else None
