"""Where a document names other documents: 《…》, “…”协议, 〔2022〕5号, and titles without marks.

A bracket behind a name may give its number and the short name that the text uses from there on:
《甲省规划》(甲政发〔2022〕5号,以下简称《规划》).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lanxikit.lexicons import load
from lanxikit.reading.numbers import NUMBER, normal, numbers
from lanxikit.text.fold import fold

_AGREEMENT = re.compile(r"“([^“”]{1,20})”[\u4e00-\u9fff]{0,6}?(?:协议|备忘录)")
_LONGEST = 160
_BRACKET = re.compile(r"\s{0,3}\(([^()]{0,60}(?:\([^()]{0,20}\)[^()]{0,60})?)\)")
_SHORT_NAME = re.compile(r"(?:以下|下)(?:统|简|通)?(?:一)?简?称(?:为)?\s?[:,]?\s?[“《]{1,2}([^“”《》]{2,30})[”》]{1,2}")
# What stands before the code of a number in running text: 省政府办公厅 + 川办发〔2023〕18号.
_BEFORE_CODE = re.compile(
    r"根据|依据|按照|依照|遵照|贯彻|落实|执行|结合|转发|办公厅|办公室|政府|委员会|国务院|省委|市委|州委|县委|区委|关于|以及|印发|的|及|与"
    r"|文件|精神|要求|等|通知|意见|办法|方案|规划(?![发字函资])|报告|批复|决定|条例|规定|细则|清单|措施"
)
_JOINS = re.compile(r"^[和按](?=[国厅中发财京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇云藏陕甘青宁新])")
# A title without its marks, as older texts cite: 根据国务院关于促进市场公平竞争的若干意见.
_UNMARKED = re.compile(
    r"(?:根据|依据|按照|依照|贯彻|落实|贯彻落实|执行)((?:[\u4e00-\u9fff、]{2,30}?)?关于[\u4e00-\u9fff“”、—\d]{4,60}?的"
    r"(?:若干|实施|指导)?(?:意见|决定|通知|批复|决议|方案|办法|措施))(?![》的])"
)
_PERIOD = re.compile(r"国民经济和社会发展第(十[一二三四五六]?|[一二三四五六七八九])个五年规划")
_OUTLINE = re.compile(r"规划(?:和|暨|与)?(?:2035年|二0三五年)远景目标纲要")


class Mention(NamedTuple):
    """A named document: its name as written, where the name stands (marks included), number and short name."""

    name: str
    start: int
    end: int
    number: str | None = None
    alias: str | None = None
    after: int = -1  # where the bracket behind the name ends


def mentions(source: str) -> list[Mention]:
    """Find the documents that a text names, nested book marks included.

    Examples
    --------
    >>> [m.name for m in mentions("落实《平安区贯彻落实《实施方案》任务清单》和“1+3+10”合作框架协议")]
    ['平安区贯彻落实《实施方案》任务清单', '实施方案', '“1+3+10”合作框架协议']
    >>> mentions("《甲省规划》（甲政发〔2022〕5号，以下简称《规划》）")[0][3:5]
    ('甲政发〔2022〕5号', '规划')
    """
    folded = fold(source)
    found: list[Mention] = []
    opened: list[int] = []
    for match in re.finditer(r"[《》]", folded):
        index = match.start()
        if match.group() == "《":
            opened.append(index)
        elif opened:
            start = opened.pop()
            if index - start <= _LONGEST:
                found.append(_named(folded, _flat(source[start + 1 : index]), start, index + 1))
    agreements = _AGREEMENT.finditer(source)
    found.extend(Mention(_flat(match.group()), *match.span(), after=match.end()) for match in agreements)
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _named(folded: str, name: str, start: int, end: int) -> Mention:
    number = alias = None
    after = end
    bracket = _BRACKET.match(folded, end)
    if bracket:
        inside = bracket.group(1)
        numbered, short = NUMBER.search(inside), _SHORT_NAME.search(inside)
        number = _normal(numbered) if numbered else None
        alias = short.group(1) if short else None
        after = bracket.end()
    return Mention(name, start, end, number, alias, after)


def _normal(match: re.Match) -> str:
    _, year, first, running = match.groups()
    return normal(_code(match), year, running, first)


def _code(match: re.Match) -> str:
    """The code of a number without the words before it."""
    code, before = match.group(1), match.string[max(match.start() - 1, 0) : match.start()]
    # the letters of a title may stand apart: 若 干 意 见郑政〔2019〕16号
    ahead = "".join(match.string[max(match.start() - 12, 0) : match.start()].split(" "))[-4:]
    whole = ahead + code
    cuts = [cut.end() for cut in _BEFORE_CODE.finditer(whole) if len(ahead) < cut.end() < len(whole)]
    if cuts:
        return _JOINS.sub("", whole[cuts[-1] :])
    # behind another name 和 joins (》和甲政发…); a county's own number may begin with it (和政〔2024〕9号)
    return code[1:] if code[0] in "和并" and before in tuple("》)号、”") and len(code) > 2 else _JOINS.sub("", code)


def numbered(source: str, marked: list[Mention]) -> list[Mention]:
    """Find documents named by their number alone; numbers in the bracket behind a name belong to that name.

    Examples
    --------
    >>> [m.name for m in numbered("根据省政府办公厅川办发[2023]18号和国发〔2022〕12号文件精神", [])]
    ['川办发[2023]18号', '国发〔2022〕12号']
    """
    folded = fold(source)
    taken = [(mention.start, mention.after) for mention in marked]
    found, at = [], 0
    for match in numbers(folded):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        start = match.end() - len(match.group()) + len(match.group(1)) - len(_code(match))
        if any(low <= start < high for low, high in taken[at : at + 4]):
            continue
        found.append(Mention(_flat(source[start : match.end()]), start, match.end(), _normal(match), None, match.end()))
    return found


def unmarked(source: str) -> list[Mention]:
    """Find titles cited without marks, right behind a word that makes them a basis.

    Examples
    --------
    >>> [m.name for m in unmarked("根据国务院关于促进市场公平竞争的若干意见，制定本方案")]
    ['国务院关于促进市场公平竞争的若干意见']
    """
    folded = fold(source)
    return [
        _named(folded, _flat(source[match.start(1) : match.end(1)]), *match.span(1))
        for match in _UNMARKED.finditer(folded)
    ]


def key(name: str) -> str:
    """Return what two ways of writing one name share: Han characters, letters, digits.

    Agreements go by their quoted name alone, since 合作协议 and 合作框架协议 are used for one.

    Examples
    --------
    >>> key("兰州—西宁城市群发展“十四五”实施方案") == key("兰州-西宁城市群发展 “十四五” 实施方案")
    True
    """
    agreement = _AGREEMENT.fullmatch(name)
    return "".join(char for char in fold(agreement.group(1) if agreement else name) if char.isalnum() or char == "+")


def canonical(name: str, folder: str | None = None) -> str:
    """Return the key with usual abbreviations written out: 兰西城市群, “十四五”规划纲要.

    Examples
    --------
    >>> canonical("兰西城市群发展规划") == canonical("兰州—西宁城市群发展规划")
    True
    >>> canonical("甘肃省国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要")
    '甘肃省十四五规划纲要'
    """
    found = key(name).replace("〇", "0").replace("○", "0").replace("零", "0")
    for short, full in _areas(folder):
        if short in found and full not in found:
            found = found.replace(short, full)
    return _OUTLINE.sub("规划纲要", _PERIOD.sub(lambda match: f"{match.group(1)}五规划", found))


@lru_cache(maxsize=16)
def _areas(folder: str | None) -> tuple[tuple[str, str], ...]:
    rows = load("place_aliases", folder)
    pairs = {(key(row["name"]), key(row["full"])) for row in rows if row["kind"] == "area" and row["full"]}
    return tuple(sorted(((a, b) for a, b in pairs if a != b and len(a) > 2), key=lambda pair: -len(pair[0])))


def inner_title(title: str) -> str:
    """Return the name of the text that a 通知 transmits, or the title itself.

    Examples
    --------
    >>> inner_title("青海省人民政府办公厅关于印发兰州—西宁城市群发展“十四五”实施方案的通知")
    '兰州—西宁城市群发展“十四五”实施方案'
    """
    found = re.search(r"(?:印发|转发|批转|发布|下发|公布)(.+)的(?:通知|函|通报|公告|决定|令)$", title)
    name = found.group(1) if found else title
    return name[1:-1] if name.startswith("《") and name.endswith("》") and name.count("《") == 1 else name


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)
