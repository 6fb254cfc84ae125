"""Where the issuing bodies are: level, region and code, homonyms settled by the document itself."""

from __future__ import annotations

import re
from collections import Counter

from lanxikit.gazetteer import Division, find, region_of
from lanxikit.gazetteer.divisions import atlas, is_above, lineage_of
from lanxikit.reading.numbers import province_of
from lanxikit.text.fold import fold

_READ = 6000  # characters of the text that are asked where the document comes from
_OWN = re.compile(r"^(省|自治区|市|州|自治州|地区|盟|县|区|旗)(?![场域位间级别划])")
_OF = re.compile("人民政府|政府|市委|委")
_LEVELS = {"省": "province", "自治区": "province", "市": "prefecture", "州": "prefecture", "自治州": "prefecture"}
_LEVELS |= {"地区": "prefecture", "盟": "prefecture", "县": "county", "区": "county", "旗": "county"}
_JOINT = re.compile(
    r"([\u4e00-\u9fff]{2,5}?)(?=边(?:界|区|境)?|毗邻|交界|接壤|两省|两地|[三四五]省|省际|省界|跨省|区域|合作|协同|联动|三角|一体化)"
)
_DIRECT = ("11", "12", "31", "50")  # cities that are provinces


def near_of(source: str, number: str | None, lexicon: str | None = None) -> str | None:
    """Return the code of the lowest division that a document speaks of as its own, as a hint.

    The divisions named in its first pages vote, each for itself and those above; a number such as
    甘政办发〔2022〕1号 votes for its province.
    """
    book = atlas(lexicon)
    votes: Counter[str] = Counter()
    text = source[:_READ]
    for start, end, division in find(text, lexicon=lexicon):
        full = text[start:end] == division.name
        if not full and text[end : end + 1] in ("乡", "镇"):
            continue  # 沙河乡 is not 沙河市
        for above in lineage_of(division, lexicon=lexicon):
            votes[above.code] += 2 if full else 1
    hint = province_of(number, lexicon)
    if hint and hint != "100000":
        votes[hint] += 1
    best = None
    for level in ("province", "prefecture", "county"):
        here = [
            (count, -int(code))
            for code, count in votes.items()
            if book.by_code[code].level == level and (best is None or is_above(book.by_code[best], book.by_code[code]))
        ]
        if not here:
            continue
        here.sort(reverse=True)
        if len(here) > 1 and here[0][0] == here[1][0]:
            break
        best = f"{-here[0][1]:06d}"
    return best


def places(issuers: tuple[str, ...], near: str | None, lexicon: str | None = None) -> list[Division]:
    """The division of each body, each once."""
    found = [place for name in issuers if (place := placed(name, near, lexicon))]
    return list({(place.code, place.name): place for place in found}.values())


def placed(name: str, near: str | None, lexicon: str | None = None) -> Division | None:
    """The division of a body; a name that several places have goes to the one the document is near."""
    place = region_of(name, near=near, lexicon=lexicon)
    if place is None and near:
        own = _OWN.match(fold(name))
        if own:
            return own_division(own.group(1), near, lexicon)
    return place


def own_division(word: str, near: str, lexicon: str | None = None) -> Division | None:
    """The division that 省, 市, 县 … means in a document that is near a code."""
    division = atlas(lexicon).by_code.get(near)
    above = lineage_of(division, lexicon=lexicon) if division else ()
    level = _LEVELS[word]
    if word == "市" and near[:2] in _DIRECT:
        level = "province"
    found = next((item for item in above if item.level == level), None)
    if found is None and word == "市" and division and division.name.endswith("市"):
        return division
    return found


def full(name: str, near: str | None, lexicon: str | None = None) -> str:
    """Write out a body that is named by its level alone: 省发展改革委 → 甘肃省发展改革委.

    Examples
    --------
    >>> full("省发展改革委", "620000"), full("市委办公室", "620100"), full("甘肃省财政厅", "620000")
    ('甘肃省发展改革委', '兰州市委办公室', '甘肃省财政厅')
    """
    own = _OWN.match(name)
    if not own or not near or region_of(name, lexicon=lexicon):
        return name
    division = own_division(own.group(1), near, lexicon)
    return division.name + name[own.end() :] if division else name


def opening(title: str, near: str | None, lexicon: str | None = None) -> list[Division]:
    """The place that a title opens with, where no body is named: 广东省…实施方案."""
    title = re.sub(r"^[12]\d{3}年(?:度)?", "", fold(title))
    end, found = 0, []
    for start, stop, division in find(title, near=near, lexicon=lexicon):
        if start != end:
            break
        if found and not is_above(found[0], division):
            break  # 广州市黄埔区广州开发区: the second body lies in a place named already
        end, found = stop, [division]
    if found and not _OF.match(title, end):
        names = atlas(lexicon).by_name
        for size in range(min(12, len(title) - end), 2, -1):
            inside = [item for _, item in names.get(title[end : end + size], ()) if is_above(found[0], item)]
            if len(inside) == 1 and title[end : end + size] == inside[0].name:
                return inside
    return found


def joint(title: str | None, lexicon: str | None = None) -> list[Division]:
    """The provinces whose characters a title opens with: 湘赣边区域…, 闽粤赣三省…

    Examples
    --------
    >>> [place.name for place in joint("湘赣边区域合作示范区2023年工作方案")], joint("晋江市工作方案")
    (['湖南省', '江西省'], [])
    """
    found = _JOINT.match(re.sub(r"^(?:[12]\d{3}年(?:度)?|关于)", "", fold(title or "")))
    codes = [province_of(char, lexicon) for char in found.group(1)] if found else []
    if not codes or not all(codes) or len(set(codes)) < len(codes) or "100000" in codes:
        return []
    return [atlas(lexicon).by_code[code] for code in codes]
