"""What the lines around a document's body are: title, 发文字号, date, issuing body, web page.

GB/T 9704-2012 lays the parts out: 版头 (letterhead, number), 标题, 主送机关, 正文, 署名, 成文日期,
附件, 版记 (抄送, 印发). Pages of government websites put navigation and an index table around it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.reading.dates import DATE, is_date, iso_date
from lanxikit.reading.numbers import NUMBER, is_number
from lanxikit.reading.organs import is_organ, is_place, opens, organs
from lanxikit.text.fold import fold

__all__ = [
    "NUMBER",
    "genre_of",
    "genre_words",
    "is_date",
    "is_imprint",
    "is_letterhead",
    "is_number",
    "is_organ",
    "is_place",
    "is_title",
    "iso_date",
    "letterhead_organs",
    "opens",
    "without_brackets",
]
_IMPRINT = re.compile(rf"[^。;:]{{0,40}}?\s?(?:{DATE.pattern})\s?(?:印发?|印制|翻印)$")
_BRACKETS = re.compile(r"\([^()]{0,60}\)$")
_BOOK = re.compile(r"《[^《》]{0,100}》")
_QUOTE = re.compile(r"“[^“”]{0,60}”")
_SENTENCE_MARKS = frozenset("。；;！!？?")
_YEARS = re.compile(r"(?:[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})(?:年|[—-])|“?十[一二三四五六]?五”?")


@lru_cache(maxsize=16)
def genre_words(folder: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return (word, genre), longest word first."""
    rows = [(row["word"], row["genre"]) for row in load("genres", folder)]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@lru_cache(maxsize=16)
def _endings(folder: str | None) -> tuple[tuple[str, ...], frozenset[str], tuple[str, ...]]:
    """The genre words, their last characters, and those that a title cannot rest on alone."""
    words = tuple(word for word, _ in genre_words(folder))
    needy = tuple(row["word"] for row in load("genres", folder) if row.get("needs") == "opening")
    return words, frozenset(word[-1] for word in words), needy


def without_brackets(title: str) -> str:
    """Return a folded title without the brackets that end it: (试行), (2023—2025年).

    Examples
    --------
    >>> without_brackets("甲市行动计划(2023—2025年)(试行)")
    '甲市行动计划'
    """
    for _ in range(4):
        shorter = _BRACKETS.sub("", title)
        if shorter == title:
            break
        title = shorter
    return title


def genre_of(title: str, folder: str | None = None) -> str | None:
    """Return the genre that a title ends with.

    Examples
    --------
    >>> genre_of("兰州—西宁城市群发展“十四五”实施方案"), genre_of("甲市养犬管理办法（试行）")
    ('方案', '办法')
    """
    if not title or not _may_end(fold(title[-1]), folder):
        return None
    bare = without_brackets(fold(title)).rstrip("》”")
    bare = without_brackets(bare)
    if bare.startswith("中华人民共和国") and bare.endswith("法") and not bare.endswith("办法"):
        return "法"
    return next((genre for word, genre in genre_words(folder) if bare.endswith(word)), None)


def _may_end(char: str, folder: str | None) -> bool:
    return char in ")》”" or char in _endings(folder)[1]


def is_imprint(line: str) -> bool:
    """Tell whether a folded line is the 印发 line at the foot of a document.

    Examples
    --------
    >>> is_imprint("海东市人民政府办公室 2024年7月9日印发"), is_imprint("2024年7月9日印发的通知")
    (True, False)
    """
    return line.endswith(("印发", "印", "印制")) and len(line) <= 70 and _IMPRINT.match(line) is not None


def is_letterhead(line: str) -> bool:
    """Tell whether a folded line is a letterhead: …人民政府办公室文件.

    Examples
    --------
    >>> is_letterhead("海东市人民政府办公室文件"), is_letterhead("贯彻上级文件")
    (True, False)
    """
    return bool(letterhead_organs(line))


def letterhead_organs(line: str, folder: str | None = None) -> list[str]:
    """Return the bodies of a letterhead; an empty list where a folded line is none.

    Examples
    --------
    >>> letterhead_organs("中共兰州市委办公室兰州市人民政府办公室文件")
    ['中共兰州市委办公室', '兰州市人民政府办公室']
    """
    if len(line) > 120 or not line.endswith(("文件", "(文件)")):
        return []
    return organs(line.removesuffix("(文件)").removesuffix("文件").strip(), folder)


def is_title(text: str, folder: str | None = None) -> bool:
    """Tell whether a folded line, or lines joined, can be a title: no sentence, and a genre at its end.

    Examples
    --------
    >>> is_title("2023年民生实事任务清单"), is_title("强化政策"), is_title("关于完善若干政策的通知(试行)")
    (True, False, True)
    """
    if not 4 <= len(text) <= 160 or not _may_end(text[-1], folder):
        return False
    bare = _QUOTE.sub("", _BOOK.sub("", text))
    if _SENTENCE_MARKS & set(bare) or "," in bare or text.count("(") != text.count(")"):
        return False
    if text.count("《") != text.count("》") or genre_of(text, folder) is None:
        return False
    if without_brackets(text).rstrip("》").endswith(_endings(folder)[2]):
        return "关于" in text or text.startswith("《") or bool(_YEARS.match(text)) or opens(text, 0, folder)
    return True
