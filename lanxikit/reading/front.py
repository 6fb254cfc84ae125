"""What the lines around a document's body are: title, 发文字号, date, issuing body, web page.

GB/T 9704-2012 lays the parts out: 版头 (letterhead, number), 标题, 主送机关, 正文, 署名, 成文日期,
附件, 版记 (抄送, 印发). Pages of government websites put navigation and an index table around it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.text.fold import fold

_DIGITS = "〇○零一二三四五六七八九"
_DATE = re.compile(
    rf"\(?(?:(\d{{4}})|([一二][{_DIGITS}]{{3}}))年(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月"
    rf"(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日\)?"
)
_IMPRINT = re.compile(r".{0,30}\d{4}年\d{1,2}月\d{1,2}日印发$")
NUMBER = re.compile(r"([\u4e00-\u9fff]{2,16})\s?[〔\[(【](\d{4})[〕\])】](?:第)?\s?(\d{1,4})\s?号")
_BODY = r"(?:人民政府|政府|委员会|管委会|领导小组|指挥部|[省市区县州]委|厅|局)(?:办公室|办公厅)?"
ORGAN = re.compile(rf"[\u4e00-\u9fff]{{2,24}}?{_BODY}")
_ORGANS = re.compile(rf"(?:[\u4e00-\u9fff]{{2,24}}?{_BODY}[\s、]?){{1,4}}")
_LETTERHEAD = re.compile(rf"[\u4e00-\u9fff]{{2,24}}{_BODY}文件")
_SENTENCE_MARKS = frozenset("。；;！!？?")


@lru_cache(maxsize=16)
def _page_words(folder: str | None):
    rows = [(fold(row["word"]), row["kind"], row["place"]) for row in load("page_words", folder)]
    return (
        tuple((word, kind) for word, kind, place in rows if place == "start"),
        tuple((word, kind) for word, kind, place in rows if place == "any"),
    )


@lru_cache(maxsize=16)
def genre_words(folder: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return (word, genre), longest word first."""
    rows = [(row["word"], row["genre"]) for row in load("genres", folder)]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def page_kind(line: str, folder: str | None = None) -> str | None:
    """Return the kind of a folded line that belongs to the page, not to the document.

    Examples
    --------
    >>> page_kind("首页>政府信息公开")
    'navigation'
    """
    starts, anywhere = _page_words(folder)
    for word, kind in starts:
        if line.startswith(word):
            return kind
    return next((kind for word, kind in anywhere if word in line), None)


def genre_of(title: str, folder: str | None = None) -> str | None:
    """Return the genre that a title ends with.

    Examples
    --------
    >>> genre_of("兰州—西宁城市群发展“十四五”实施方案")
    '方案'
    """
    bare = re.sub(r"\(.{0,30}\)$", "", fold(title)).rstrip("》")
    return next((genre for word, genre in genre_words(folder) if bare.endswith(word)), None)


def is_date(line: str) -> bool:
    """Tell whether a folded line is a date and nothing else."""
    return _DATE.fullmatch(line) is not None


def is_imprint(line: str) -> bool:
    """Tell whether a folded line is the 印发 line at the foot of a document."""
    return _IMPRINT.match(line) is not None


def is_number(line: str) -> bool:
    """Tell whether a folded line is a 发文字号 and nothing else."""
    return NUMBER.fullmatch(line) is not None


def is_letterhead(line: str) -> bool:
    """Tell whether a folded line is a letterhead: …人民政府办公室文件."""
    return _LETTERHEAD.fullmatch(line) is not None


def is_organ(line: str) -> bool:
    """Tell whether a folded line names issuing bodies (also several run together) and nothing else."""
    return len(line) <= 60 and _ORGANS.fullmatch(line) is not None


def is_title(text: str, folder: str | None = None) -> bool:
    """Tell whether a folded line, or lines joined, can be a title: no sentence, and a genre at its end."""
    bare = re.sub(r"《[^《》]{0,80}》", "", text)
    return (
        4 <= len(text) <= 120
        and not _SENTENCE_MARKS & set(bare)
        and "," not in bare
        and not text.endswith(":")
        and genre_of(text, folder) is not None
    )


def iso_date(text: str) -> str | None:
    """Return the first date in a folded text as ISO, or None.

    Examples
    --------
    >>> iso_date("发布时间:2022-04-07"), iso_date("二〇二二年八月十六日")
    ('2022-04-07', '2022-08-16')
    """
    found = re.search(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", text)
    if found:
        year, month, day = map(int, found.groups())
    else:
        found = _DATE.search(text)
        if not found:
            return None
        year = int(
            found.group(1)
            or "".join(
                str("〇一二三四五六七八九".index(c.replace("○", "〇").replace("零", "〇"))) for c in found.group(2)
            )
        )
        month, day = (_number(part) for part in found.group(3, 4))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.partition("十") if "十" in text else ("", "", text)
    value = "一二三四五六七八九".find
    return ((value(tens) + 1) if tens else int("十" in text)) * 10 * ("十" in text) + ((value(ones) + 1) if ones else 0)
