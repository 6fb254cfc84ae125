"""A last sentence that is nothing but a list of duties: …。由市教育局牵头,市财政局、各县区配合。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lanxikit.gazetteer import lookup
from lanxikit.lexicons import load

_LONGEST = 400  # characters of such a sentence
_NAME = 30  # characters of a name with its place
_BY = re.compile(r"(?:具体)?由")
_MANY = re.compile(r"(?:各|有关|相关|其他|其它)")
_BARE = re.compile(r"自治区|[省市县区州旗盟]")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?[省市县区州旗盟]")
_PLACES = re.compile(r"[\u4e00-\u9fff]{0,8}[省市县区州旗盟镇乡]|[\u4e00-\u9fff]{1,8}街道|各地区?")
_OTHER = re.compile(r"[要应须把对在为是的其该本并]")  # hardly a name holds one
_ENDS = "。.; "


@dataclass(frozen=True)
class _Words:
    said: re.Pattern  # the words of a role at the end of a name
    lasts: tuple[str, ...]  # what such a sentence ends in
    clear: tuple[str, ...]  # 牵头, 负责, 配合: words that say a role wherever they stand
    ends: tuple[str, ...]
    alike: tuple[str, ...]
    fields: tuple[str, ...]
    heads: tuple[str, ...]


@lru_cache(maxsize=16)
def _words(folder: str | None) -> _Words:
    rows = load("duty_words", folder)
    of = {
        kind: [row["word"] for row in rows if kind in row["kind"].split("、")]
        for kind in ("after", "closing", "manner", "many")
    }
    said, how, many = (
        "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        for words in (of["after"] + of["closing"], of["manner"], of["many"])
    )
    said = rf"(?:{how}){{0,3}}(?:{said})(?:{said}|{how}){{0,2}}"
    return _Words(
        said=re.compile(rf"(?:等(?:{many}|\d){{0,4}})?(?:{said}|\({said}\))$"),
        lasts=tuple(end for word in of["after"] + of["closing"] for end in (word, word + ")")),
        clear=tuple(of["after"]),
        ends=(*(row["suffix"] for row in load("agency_suffixes", folder) if row["kind"] == "sure"), "部门"),
        alike=tuple(row["word"] for row in load("agency_lookalikes", folder)),
        fields=tuple(row["stem"] for row in load("agency_functions", folder) if row["where"] == "stem"),
        heads=tuple(row["head"] for row in load("agency_heads", folder)),
    )


def duty_sentence(text: str, folder: str | None = None) -> tuple[int, int] | None:
    """Return where the last sentence begins and ends, if it holds agencies and words of roles, and nothing more.

    Something must stand before it. With an object (由市教育局牵头制定方案) it says what is to be done.

    Parameters
    ----------
    text : str
        A folded paragraph.
    folder : str, optional
        A folder of word lists of one's own.

    Returns
    -------
    tuple of int or None

    Examples
    --------
    >>> duty_sentence("新建学校3所。由市教育局牵头,市财政局配合。")
    (7, 21)
    >>> duty_sentence("新建学校3所。由市教育局牵头制定方案。"), duty_sentence("由市教育局负责。")
    (None, None)
    """
    words, end = _words(folder), len(text.rstrip(_ENDS))
    if not text.endswith(words.lasts, 0, end):
        return None
    low = max(end - _LONGEST, 0)
    start = max(text.rfind(mark, low, end) for mark in "。!?") + 1
    if not start:
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    opened = _BY.match(text, start, end)
    certain, clear, role = bool(opened), bool(opened), None
    for piece in re.split(r"[、,;]", text[opened.end() if opened else start : end]):
        piece = re.sub(r"\s", "", piece)
        role = words.said.search(piece)
        name = _BY.sub("", piece[: role.start()] if role else piece, count=1)
        if not _agency(name, words, folder, known=bool(opened)):
            return None
        certain = certain or not _MANY.match(name)
        clear = clear or bool(role and any(word in role.group() for word in words.clear))
    return (start, end) if certain and clear and role else None


def _agency(name: str, words: _Words, folder: str | None, *, known: bool) -> bool:
    """Tell whether a name ends as that of an agency does and, unless it is ``known`` to be one, begins like it."""
    if not 0 < len(name) <= _NAME or name.endswith(words.alike) or _OTHER.search(name):
        return False
    many = _MANY.match(name)
    if not name.endswith((*words.ends, *words.fields)) and not _PLACES.fullmatch(name):
        return name == "单位" or (bool(many) and name.endswith(("单位", "企业", "机构")))
    if known or many or _BARE.match(name) or name.startswith((*words.heads, *words.fields)):
        return True
    place = _PLACE.match(name)
    return bool(place) and lookup(place.group()) is not None
