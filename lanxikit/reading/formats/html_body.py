"""Which lines of a web page are the document, and which are the site around it.

Whole comes before clean: the body is the smallest block that holds *all* prose of the page
outside named furniture (navigation, side bars, foot), and it grows as long as nothing but
clean lines join it. What is left out of it are lines that are furniture by name, by their
links or by their words (``web_blocks.tsv``, ``page_words.tsv``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.reading.formats.html_beside import attached, beside, is_prose, linked
from lanxikit.reading.formats.html_lines import BLOCKS, Line
from lanxikit.text.fold import fold

_PART = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+")
_NEVER = frozenset(("nav", "aside", "footer", "header", "form", "menu"))
_PROSE = re.compile(r"[，。；：,;]")
_TOOLS = re.compile(
    r"(?:[【\[(（]?\s?(?:字体|字号|大|中|小|打印|关闭|收藏|分享|下载|返回|本页|页面|窗口|到|至|微信|微博|扫一扫|手机|浏览|朗读|"
    r"语音播报|默认|超大|A|[+\-]|[|｜:：]|\s)[】\])）]?){1,14}"
)


@lru_cache(maxsize=16)
def _names(folder: str | None):
    rows = load("web_blocks", folder)
    whole = {kind: frozenset(r["word"] for r in rows if r["kind"] == kind and r["how"] == "part") for kind in _KINDS}
    return whole, tuple(row["word"] for row in rows if row["how"] == "in")


_KINDS = ("furniture", "content", "title")


@lru_cache(maxsize=16)
def _site_words(folder: str | None):
    rows = [(fold(r["word"]), r["place"]) for r in load("page_words", folder) if r["kind"] in ("navigation", "footer")]
    starts, anywhere = ([word for word, place in rows if place == wanted] for wanted in ("start", "any"))
    return tuple(starts), tuple(anywhere)


def kind(element, folder: str | None = None) -> str | None:
    """What a block is by its name: ``furniture``, ``content``, ``title`` or None."""
    if element.tag in _NEVER:
        return "furniture"
    name = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if not name.strip():
        return None
    whole, inside = _names(folder)
    parts = {part.lower() for part in _PART.findall(name)} | set(name.lower().split())
    for found in _KINDS:
        if parts & whole[found]:
            return found if found != "furniture" or not parts & whole["content"] else "content"
    low = name.lower()
    return "furniture" if any(word in low for word in inside) else None


class Body:
    """The lines of a page, told apart.

    Attributes
    ----------
    lines : list of Line
        The document.
    head, tail : list of Line
        What is left out of it before its first paragraph, and what follows it; furniture too.
    """

    def __init__(self, root, lines: list[Line], folder: str | None = None) -> None:
        self.folder = folder
        self._furniture: dict = {root: False}
        self._weigh(lines)
        apart = beside(lines, folder)
        clean = [self._clean(line) and number not in apart for number, line in enumerate(lines)]
        kept = [line for line, good in zip(lines, clean, strict=True) if good]
        block = _common([line.block for line in [line for line in kept if is_prose(line)] or kept], root)
        block = self._grown(block, lines, clean, root)
        alone = self._alone(lines, clean)
        kept = [
            _is_in(line.block, block) and (good or amid or attached(line))
            for line, good, amid in zip(lines, clean, alone, strict=True)
        ]
        told = list(zip(lines, kept, strict=True))
        first = next((at for at, (line, keep) in enumerate(told) if keep and is_prose(line)), len(lines))
        last = max((at for at, keep in enumerate(kept) if keep), default=len(lines))
        self.lines = [line for line, keep in told if keep]
        self.head = [line for line, keep in told[:first] if not keep]
        self.tail = [line for line, _ in told[last + 1 :]]

    def furniture(self, block) -> bool:
        """Tell whether a block lies in furniture that does not hold most of the page's prose."""
        way = []
        while block is not None and block not in self._furniture:
            way.append(block)
            block = block.getparent()
        known = self._furniture[block] if block is not None else False
        for element in reversed(way):
            known = known or (kind(element, self.folder) == "furniture" and self._share(element) < 0.3)
            self._furniture[element] = known
        return known

    def _alone(self, lines: list[Line], clean: list[bool]) -> list[bool]:
        """A link between two clean lines is part of the text; lists of links are not."""
        good = [False, *clean, False]
        return [
            good[at]
            and good[at + 2]
            and not clean[at]
            and not self.furniture(line.block)
            and not site_line(line.text, self.folder)
            for at, line in enumerate(lines)
        ]

    def _weigh(self, lines: list[Line]) -> None:
        """Count each block's prose, so that a badly named one is not taken for furniture."""
        own: dict = {}
        for line in lines:
            if is_prose(line):
                own[line.block] = own.get(line.block, 0) + len(line.text)
        self._prose: dict = {}
        for block, size in own.items():
            while block is not None:
                self._prose[block] = self._prose.get(block, 0) + size
                block = block.getparent()
        self._all = max(sum(own.values()), 1)

    def _share(self, element) -> float:
        return self._prose.get(element, 0) / self._all

    def _clean(self, line: Line) -> bool:
        return not (self.furniture(line.block) or linked(line) or site_line(line.text, self.folder))

    def _grown(self, block, lines: list[Line], clean: list[bool], root):
        """Go up to the largest block that adds clean lines only (a title, a signature, a table)."""
        bad: dict = {}
        for line, good in zip(lines, clean, strict=True):
            if good or attached(line):
                continue
            element = line.block
            while element is not None:
                bad[element] = bad.get(element, 0) + 1
                element = element.getparent()
        while block is not root and (parent := block.getparent()) is not None:
            named = kind(block, self.folder) == "content" and block.tag in ("div", "section", "article", "td")
            added = bad.get(parent, 0) - bad.get(block, 0)
            if added and (named or (block.tag in BLOCKS and block.tag not in ("p", "tr", "td", "th", "tbody", "li"))):
                break
            block = parent
        return block


def site_line(text: str, folder: str | None = None) -> bool:
    """Tell whether a line belongs to a website by its words.

    Examples
    --------
    >>> [site_line(t) for t in ("【打印】【关闭】", "关闭退出落后产能，推进转型。", "青ICP备05000001号")]
    [True, False, True]
    """
    line = fold(text).strip()
    if len(line) > 120:
        return False
    if _TOOLS.fullmatch(line):
        return True
    starts, anywhere = _site_words(folder)
    if any(word in line for word in anywhere):
        return True
    return len(line) <= 30 and not re.search(r"[。；;]", line) and line.startswith(starts) and not _PROSE.search(line)


def _common(blocks: list, root):
    """The smallest block that holds all these."""
    if not blocks:
        return root
    way = _up(blocks[0])
    shared = len(way)
    place = {element: index for index, element in enumerate(way)}
    for block in dict.fromkeys(blocks[1:]):
        while block is not None and block not in place:
            block = block.getparent()
        shared = min(shared, place[block] + 1 if block is not None else 1)
    return way[shared - 1]


def _up(block) -> list:
    way = []
    while block is not None:
        way.append(block)
        block = block.getparent()
    return way[::-1]


def _is_in(block, whole) -> bool:
    while block is not None:
        if block is whole:
            return True
        block = block.getparent()
    return False
