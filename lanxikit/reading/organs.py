"""Issuing bodies: where their names begin and end, also when several are run together in one line.

中共兰州市委兰州市人民政府 is two bodies: a name ends in an ending of ``organ_endings.tsv`` where the
line ends or the next name opens (a place, 中共, 国家 …, 省/市/县 + body).
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.gazetteer.divisions import atlas
from lanxikit.lexicons import load

_LONGEST = 30
_MOST = 40  # bodies in one list
_OPENINGS = ("中华人民共和国", "中共", "共青团", "民革", "民盟", "九三学社", "最高人民", "全国", "中国", "国家")
_OPENINGS += ("新疆生产建设兵团",)
# 省发展改革委, 市委, 区人民政府; not 市场监管局, 区域 …, 县级 …
_OWN = re.compile(r"(?:省|自治区|市|州|自治州|地区|盟|县|区|旗|镇|乡)(?![场域位间级别划容民道际])[\u4e00-\u9fff]")
# 某市人民政府: a place that no list holds
_ANY_PLACE = re.compile(
    r"(?:(?![厅局委办部会])[\u4e00-\u9fff]){1,3}?(?:省|市|州|县|区|旗|盟|镇|乡|街道)(?=人民政府|政府|委|人大|办事处|财政|发展)"
)
# 乌日根塔拉镇人民政府: names of townships are in no list, and may be long
_ANY_TOWN = re.compile(
    r"(?![各全本该])(?:(?![厅局委办部会政府省市县])[\u4e00-\u9fff]){1,8}?(?:镇|乡|苏木|街道)"
    r"(?=人民政府|政府|党委|党工委|办事处|人大)"
)
_BRANCH = re.compile(
    r"(?:(?![局行队部])[\u4e00-\u9fff]){2,9}(?:税务局|调查总队|调查队|专员办|监管局|监察局|分局|分行|支行|管理部)"
)
_SPLIT = re.compile(r"[\s、,;/]+")
_MARKS = frozenset("。；;！!？?：:《》%()0123456789")
_TAIL = re.compile(r"(?:\(?(?:代章|盖章|印章|章)\)?)$")


@lru_cache(maxsize=16)
def _endings(folder: str | None) -> tuple[dict[int, frozenset[str]], dict[int, frozenset[str]], tuple[str, ...]]:
    """The endings by length (those that end a name; those of kind inner), and all their last characters."""
    ends: dict[int, set[str]] = {}
    inner: dict[int, set[str]] = {}
    last = set()
    for row in load("organ_endings", folder):
        (inner if row["kind"] == "inner" else ends).setdefault(len(row["ending"]), set()).add(row["ending"])
        last.add(row["ending"][-1])
    frozen = ({size: frozenset(words) for size, words in group.items()} for group in (ends, inner))
    return (*frozen, tuple(last))


@lru_cache(maxsize=16)
def _national(folder: str | None) -> tuple[str, ...]:
    return tuple(row["word"] for row in load("place_words", folder) if row["kind"] == "national")


def opens(text: str, at: int = 0, folder: str | None = None) -> bool:
    """Tell whether the name of a body can open at a place of a folded text.

    Examples
    --------
    >>> opens("兰州市人民政府"), opens("省发展改革委"), opens("市场监管局"), opens("办公厅")
    (True, True, False, False)
    """
    if text.startswith(_OPENINGS, at) or text.startswith(_national(folder), at) or _OWN.match(text, at):
        return True
    names = atlas(folder).by_name
    if any(text[at : at + size] in names for size in range(min(15, len(text) - at), 1, -1)):
        return True
    return _ANY_PLACE.match(text, at) is not None or _ANY_TOWN.match(text, at) is not None


def is_place(line: str, folder: str | None = None) -> bool:
    """Tell whether a folded line is the name of a place, also after those it lies in, and nothing else.

    Examples
    --------
    >>> is_place("平凉市崆峒区"), is_place("平凉市崆峒区规划")
    (True, False)
    """
    names, start = atlas(folder).by_name, 0
    if len(line) > 30:
        return False
    while start < len(line):
        sizes = range(min(15, len(line) - start), 1, -1)
        size = next((size for size in sizes if line[start : start + size] in names), 0)
        if not size:
            return False
        start += size
    return start > 0


def organs(text: str, folder: str | None = None) -> list[str]:
    """Return the bodies that a folded text names, if it is nothing but names of bodies; else an empty list.

    Parameters
    ----------
    text : str
        A line, or lines joined; blanks and 、 part names.
    folder : str, optional
        Folder of the user's own word lists.

    Examples
    --------
    >>> organs("中共兰州市委兰州市人民政府"), organs("青海省人民政府办公厅 甘肃省人民政府办公厅")
    (['中共兰州市委', '兰州市人民政府'], ['青海省人民政府办公厅', '甘肃省人民政府办公厅'])
    >>> organs("国家发展改革委住房城乡建设部"), organs("加强组织领导")
    (['国家发展改革委', '住房城乡建设部'], [])
    """
    if not 3 <= len(text) <= _LONGEST * _MOST or _MARKS & set(text):
        return []
    plain = "".join(_SPLIT.split(text)).replace("“", "").replace("”", "")  # “一带一路”建设领导小组
    if not plain or not plain.endswith(_endings(folder)[2]):
        return []
    return _parts(plain, folder)


def _parts(plain: str, folder: str | None) -> list[str]:
    """Cut names run together: each as long as it must be for the next to open behind it."""
    found: list[str] = []
    start = 0
    while start < len(plain) and len(found) < _MOST:
        if not opens(plain, start, folder):
            return []
        stop = next((end for end in _ends(plain, start, folder) if _next(plain, start, end, folder)), None)
        if stop is None:
            return []
        found.append(plain[start:stop])
        start = stop
    return found if start == len(plain) else []


def _next(plain: str, start: int, end: int, folder: str | None) -> bool:
    """Whether the name may end here: the text does, or another name opens, and not one of its own offices."""
    if end == len(plain):
        return True
    if not opens(plain, end, folder):
        return False
    # 国家税务总局 + 青海省税务局 is one body, and so is 中国人民银行 + 兰州中心支行
    return not (plain.startswith(("国家", "中国"), start) and _BRANCH.match(plain, end))


def _ends(plain: str, start: int, folder: str | None):
    """Where a name that opens at ``start`` may end, nearest first."""
    ends, inner, _ = _endings(folder)
    last = None
    for end in range(start + 2, min(len(plain), start + _LONGEST) + 1):
        ended = any(plain[end - size : end] in words and end - size >= start for size, words in ends.items())
        if not ended and last:
            ended = any(plain[end - size : end] in words and end - size >= last for size, words in inner.items())
        if ended:
            last = end
            yield end


def is_organ(line: str, folder: str | None = None) -> bool:
    """Tell whether a folded line names issuing bodies and nothing else.

    Examples
    --------
    >>> is_organ("甘肃省发展和改革委员会甘肃省财政厅"), is_organ("提升服务能力,建设一流窗口单位")
    (True, False)
    """
    if not 3 <= len(line) <= 120 or line[0] in "各全本该其":
        return False
    names = organs(_TAIL.sub("", line), folder)
    # 兰州科技创新中心 is a thing to build as well as a body: beside a sure body it is one
    weak, sure = _strength(folder)
    return any(not name.endswith(weak) or name.endswith(sure) for name in names)


@lru_cache(maxsize=16)
def _strength(folder: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Endings that need a sure one beside them (院), and the sure ones (国务院)."""
    rows = load("organ_endings", folder)
    weak = tuple(row["ending"] for row in rows if row["kind"] == "weak")
    return weak, tuple(row["ending"] for row in rows if row["kind"] == "sure")
