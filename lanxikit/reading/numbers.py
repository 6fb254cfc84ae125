"""发文字号: the number of a document, in every style of bracket, also damaged; numbers of orders.

GB/T 9704-2012 §7.2.5: code of the issuing body, year in 〔〕, running number without 第 and zeros.
Orders and announcements are numbered by their issuer: 甘肃省人民政府令第167号.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.text.fold import fold

_OPEN, _SHUT = r"[〔﹝\[(【{〈<〖「［（]", r"[〕﹞\])】}〉>〗」］）]"
_YEAR = r"([12][0-9Oo]{3})"
_RUNNING = r"([0-9OolI]{1,5})"
_TAIL = rf"{_OPEN}\s{{0,3}}{_YEAR}\s{{0,3}}{_SHUT}\s{{0,3}}(第?)\s{{0,3}}{_RUNNING}\s{{0,3}}号"
NUMBER = re.compile(rf"([\u4e00-\u9fff]{{1,16}})\s{{0,3}}{_TAIL}")
_UNCODED = re.compile(_TAIL)
_CODE = re.compile(r"[\u4e00-\u9fff]{1,16}\s{0,3}\Z")
_ORDER = re.compile(
    r"([\u4e00-\u9fff]{2,24}(?:令|公告|通告))\s{0,3}[(〔\[]?\s{0,3}"
    r"(?:([12][0-9]{3})\s{0,3}[年〕\])]?)?\s{0,3}[(〔]?第\s{0,3}([0-9]{1,4}|[一二三四五六七八九十百〇零]{1,6})\s{0,3}号[)〕]?"
)
# What a code may be run together with where line breaks were lost.
_RUN_ON = re.compile(r"办公厅|办公室|人民政府|委员会|文件|报告|通知|意见|方案|措施|办法|规划|网站|特急")
_ORDER_LINE = re.compile(
    r"(?:[(〔\[]?\s?([12]\d{3})\s?[)〕\]年]\s?)?[(〔\[]?第\s?([0-9]{1,4}|[一二三四五六七八九十百〇零]{1,6})\s?号[)〕\]]?"
)
_LOOKALIKES = str.maketrans("OolI", "0011")
# A quotation leads into the number of another document: 根据国发〔2022〕12号.
_LEADS = re.compile(r"^(?:.{0,12}(?:根据|依据|按照|依照|贯彻|落实|执行|废止|原))")


def normal(code: str, year: str, running: str, first: str = "") -> str:
    """Write a number the way GB/T 9704 asks for.

    Examples
    --------
    >>> normal("甘政办发", "2O22", "l2")
    '甘政办发〔2022〕12号'
    """
    keep = first if code.endswith(("令", "公告", "通告")) else ""
    return f"{code}〔{year.translate(_LOOKALIKES)}〕{keep}{running.translate(_LOOKALIKES)}号"


def numbers(text: str) -> Iterator[re.Match]:
    """Find all numbers in a folded text, as ``NUMBER.finditer`` does, by their years in brackets, which are few.

    Examples
    --------
    >>> [found.group() for found in numbers("根据川办发[2023]18号和国发〔2022〕12号文件")]
    ['根据川办发[2023]18号', '和国发〔2022〕12号']
    """
    done = 0
    for tail in _UNCODED.finditer(text):
        low = max(done, tail.start() - 19)
        code = _CODE.search(text[low : tail.start()])
        if code:
            done = tail.end()
            yield NUMBER.match(text, low + code.start())


def is_number(line: str) -> bool:
    """Tell whether a folded line is a 发文字号 and nothing else.

    Examples
    --------
    >>> is_number("甘政办发(2022] 5号"), is_number("第一条 根据国发〔2022〕5号")
    (True, False)
    """
    if len(line) > 48 or "号" not in line:
        return False
    bare = line.strip(" ")
    if bare[:1] in "(〔[" and bare[-1:] in ")〕]":
        bare = bare[1:-1]
    found = NUMBER.fullmatch(bare)
    return bool(found) and not _LEADS.match(found.group(1))


def number_in(text: str) -> str | None:
    """Return the first number in a folded text, in its normal form, or None.

    Examples
    --------
    >>> number_in("文号:青政办 [2022] 第5号"), number_in("甘肃省人民政府令 第 167 号")
    ('青政办〔2022〕5号', '甘肃省人民政府令第167号')
    """
    found = NUMBER.search(text)
    if found:
        code, year, first, running = found.groups()
        return normal(code if code.endswith("令") else _RUN_ON.split(code)[-1] or code, year, running, first)
    return order_in(text)


def order_in(text: str) -> str | None:
    """Return the number of an order or announcement in a folded text: 甘肃省人民政府令第167号, …公告2022年第5号."""
    found = _ORDER.search(text)
    if not found:
        return None
    body, year, running = found.groups()
    return f"{body}{f'{year}年' if year else ''}第{running}号"


def order_line(line: str) -> str | None:
    """Return what a line like (第167号) or 〔2022〕第3号 adds to the name of an order, or None.

    Examples
    --------
    >>> order_line("(第 167 号)"), order_line("〔2022〕第3号"), order_line("第三章")
    ('第167号', '〔2022〕第3号', None)
    """
    found = _ORDER_LINE.fullmatch(line) if len(line) <= 24 else None
    if not found:
        return None
    year, running = found.groups()
    return f"{f'〔{year}〕' if year else ''}第{running}号"


def parts(number: str) -> tuple[str, ...]:
    """Return code, year and running number: the same for every way of writing one number.

    Examples
    --------
    >>> parts("川办发[2023]018号") == parts("川办发〔2023〕18号")
    True
    """
    found = NUMBER.search(fold(number))
    if not found:
        return (re.sub(r"\W", "", number),)
    code, year, _, running = found.groups()
    return code, year.translate(_LOOKALIKES), running.translate(_LOOKALIKES).lstrip("0")


@lru_cache(maxsize=16)
def _prefixes(folder: str | None) -> tuple[tuple[str, str], ...]:
    rows = [(row["prefix"], row["code"]) for row in load("number_prefixes", folder)]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def province_of(number: str | None, folder: str | None = None) -> str | None:
    """Return the code of the province that a number's first character stands for; a hint, no proof.

    Examples
    --------
    >>> province_of("甘政办发〔2022〕1号"), province_of("临州办发〔2022〕29号")
    ('620000', None)
    """
    return next((code for prefix, code in _prefixes(folder) if (number or "").startswith(prefix)), None)
