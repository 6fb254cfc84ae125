"""What stands beside the document on a page, with no link or name to give it away: plain menus, lists of readings.

Saved pages lose their links, old ones name no blocks: a list of short names before the first paragraph is a menu,
and what stands below 相关解读, or is called 《…》政策解读, speaks of the document and is no part of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.reading.formats.html_lines import Line
from lanxikit.text.fold import fold

_PROSE = re.compile(r"[，。；：,;]")
_SENTENCE = re.compile(r"[，。；]")  # not the colon of 当前位置：
_STOPPED = re.compile(r"[。；;]")
_ITEM = 16  # characters of a menu's item
_NOT_MENU = re.compile(
    r"[，。；：,;:《\t]|^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|^第[一二三四五六七八九十\d]{1,3}[编章节条]"
)
_READING = re.compile(
    r"(?:[\[【(]?(?:一图读懂|一图看懂|图解|(?:政策|文字|图文|图片|视频|专家|部门)?解读)[\]】)]?\s?[:|]?\s?)?"
    r"(?:关于)?《[^《》]{4,120}》的?(?:(?:政策|文字|图文|图片|视频|专家|部门)?(?:解读|图解|问答)(?:材料|之[一二三四五])?)"
    r"|[\[【(]?(?:一图读懂|一图看懂|图解|(?:政策|文字|图文|图片|视频|专家|部门)解读)[\]】)]?\s?[:|]\s?[^。;]{4,120}"
)


def is_prose(line: Line) -> bool:
    """Tell whether a line is a paragraph of a text."""
    return len(line.text) >= 20 and not linked(line) and (line.row or len(_PROSE.findall(line.text)) > 0)


def linked(line: Line) -> bool:
    """Tell whether a line is a link, and to no file."""
    return line.links >= 0.8 * len(line.text) and not attached(line)


def attached(line: Line) -> bool:
    """Tell whether a line links to a file or names an attachment."""
    return line.file or line.text.startswith(("附件", "附表"))


def beside(lines: list[Line], folder: str | None = None) -> set[int]:
    """Return the numbers of the lines that stand beside the document.

    Parameters
    ----------
    lines : list of Line
        All lines of the page.
    folder : str, optional
        Folder of the user's own word lists (``page_words.tsv``: the words of links).
    """
    first = next((at for at, line in enumerate(lines) if _SENTENCE.search(line.text) and not linked(line)), None)
    if first is None:
        return set()
    return _menus(lines[:first]) | _readings(lines, first, folder)


def _menus(lines: list[Line]) -> set[int]:
    """Lists of two or more short names before the first paragraph."""
    lists: dict = {}
    for number, line in enumerate(lines):
        parent = line.block.getparent() if line.block.tag == "li" else None
        if parent is not None and parent.tag == "ul":
            lists.setdefault(parent, []).append(number)
    menus = (numbers for numbers in lists.values() if len(numbers) > 1 and all(_item(lines[at].text) for at in numbers))
    return {number for numbers in menus for number in numbers}


def _item(text: str) -> bool:
    return len(text) <= _ITEM and not _NOT_MENU.search(text)


def _readings(lines: list[Line], first: int, folder: str | None) -> set[int]:
    """What is called a reading of a text, and what is listed below 相关解读, behind the first paragraph."""
    found: set[int] = set()
    below = None  # the block whose lines are such a list
    for number in range(first + 1, len(lines)):
        line = lines[number]
        text = fold(line.text)
        if text.strip(" :|[]【】>") in _heads(folder):
            below = line.block.getparent()
            found.add(number)
        elif below is not None and below.tag not in ("body", "html") and _lies_in(line.block, below):
            if is_prose(line) and _STOPPED.search(text):
                below = None
            elif not attached(line):
                found.add(number)
        else:
            below = None
        if len(text) < 160 and _READING.fullmatch(text):
            found.add(number)
    return found


def _lies_in(block, whole) -> bool:
    for _ in range(6):
        if block is None or block is whole:
            break
        block = block.getparent()
    return block is whole


@lru_cache(maxsize=16)
def _heads(folder: str | None) -> frozenset[str]:
    """The words of page_words that head lists of links: 相关解读, 推荐阅读 …"""
    rows = load("page_words", folder)
    words = {fold(row["word"]).strip(":") for row in rows if row["kind"] == "footer" and row.get("about") == "links"}
    return frozenset(word for word in words if not word.startswith(("上一", "下一")))
