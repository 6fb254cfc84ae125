"""What the blocks around a body are: title, addressees, signature, date, 抄送, words of a web page.

GB/T 9704-2012 §7 lays them out; lines that are neither form nor list tell by their place and by
the words of the list ``zone_words``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.reading import front
from lanxikit.segmenting.block import Block

_FORMS = ("date", "number", "letterhead", "imprint")
_ADDRESS = 600  # characters of a list of addressees at most
_ABOUT = 120
_LONG = 60
_TITLE = 60
_SENTENCE = frozenset("。;!")
_SIGNATURE = 30
_MARKS = frozenset("。;!,、:?《》")
DASHED = ("——", "--", "—")
# 现将《…》印发你们, 现批转各地: what is passed on, and the verb, in one clause of the sentence.
_PASSES = re.compile(
    r"现(?:已)?[将把][^。;]{1,300}?(?:印发|转发|下发|发布|公布|颁布|印送|批转|发送)(?=[,。]|[你给至各]|实施|施行|执行|$)"
)
BRACKETED = re.compile(r"\([^()]{1,120}\)")


@lru_cache(maxsize=16)
def words(folder: str | None) -> dict[str, tuple[str, ...]]:
    """Return the words of the list ``zone_words`` by their role."""
    found: dict[str, list[str]] = {}
    for row in load("zone_words", folder):
        found.setdefault(row["role"], []).append(row["word"])
    return {role: tuple(group) for role, group in found.items()}


def _passes(text: str, folder: str | None) -> bool:
    return any(word in text for word in words(folder)["transmit"]) or bool(_PASSES.search(text))


_passes_short = lru_cache(maxsize=2048)(_passes)


class Around:
    """Tells what blocks outside a body are.

    Parameters
    ----------
    blocks : list of Block
    texts : list of str
        Their texts in half width; empty where one is too long for a title or an addressee.
    lexicon : str, optional
        Folder of the user's own word lists.
    """

    def __init__(self, blocks: list[Block], texts: list[str], lexicon: str | None) -> None:
        self._blocks = blocks
        self._texts = texts
        self._lexicon = lexicon

    def addresses(self, index: int) -> bool:
        """Tell whether a block names the addressees: it ends with a colon and tells nothing."""
        block, text = self._blocks[index], self._texts[index]
        known = words(self._lexicon)
        return (
            block.form == "plain"
            and text.endswith(":")
            and not _SENTENCE & set(text[:-1])
            and not any(word in text[-20:] for word in known["noaddress"])
            and any(word in text for word in known["address"])
        )

    def passes(self, index: int) -> bool:
        """Tell whether a block is the sentence that transmits a text."""
        block = self._blocks[index]
        if block.form != "plain" or block.length > _ADDRESS:
            return False
        text = self._texts[index]
        return _passes_short(text, self._lexicon) if len(text) <= _SIGNATURE else _passes(text, self._lexicon)

    def transmits(self, start: int, end: int) -> bool:
        return any(self.passes(index) for index in range(start, end))

    def closes(self, index: int) -> bool:
        text = self._texts[index]
        return 0 < len(text) <= 12 and text.rstrip("。!") in words(self._lexicon)["close"]

    def signs(self, index: int, end: int) -> bool:
        """Tell whether a block signs: a body, or a short line with the date or another signature below it."""
        text = self._texts[index]
        if self._blocks[index].form != "plain" or not text:
            return False
        if front.is_organ(text):
            return True
        if len(text) > _SIGNATURE or set(text) & _MARKS or index + 1 >= end:
            return False
        after = self._blocks[index + 1]
        return after.form == "date" or (after.form == "plain" and self.signs(index + 1, min(end, index + 3)))

    def is_subtitle(self, text: str) -> bool:
        if BRACKETED.fullmatch(text):
            return True
        return text.startswith(DASHED) and len(text) <= _LONG and not _SENTENCE & set(text)

    def front(self, start: int, end: int, *, notice: bool, after: bool, titled: bool = False) -> dict[int, str]:
        """Return the kinds of the blocks before a body.

        ``notice``: they are a notice that transmits; ``after``: they do not begin the file;
        ``titled``: the title was read already.
        """
        blocks, texts = self._blocks, self._texts
        kinds: dict[int, str] = {}
        titles = {i for i in range(start, end) if self._is_title(i)}
        if not titles and not titled:
            titles = self._guess_title(start, end)
        first = min(titles, default=start)
        named = range(start if not titles else first + 1, end)
        addressed = next((i for i in named if self.addresses(i)), None)
        closed = end
        if addressed is not None:
            closed = next((i for i in range(addressed, end) if blocks[i].form == "date"), end)
        below = None  # the next block that names no body
        for index in range(end - 1, start - 1, -1):
            block, text = blocks[index], texts[index]
            organ = bool(text) and block.form == "plain" and front.is_organ(text)
            early = bool(titles) and index < first
            kinds[index] = self._frame(index, early) or (
                "title"
                if index in titles
                else "salutation"
                if index == addressed
                else ("title" if below in titles else "letterhead" if early else "signature")
                if organ or (index > first and self.signs(index, end))  # before a title the issuing body opens it
                else self._below_title(text)
                if (titles or titled) and index > first and self.is_subtitle(text)
                else self._before_title(block, text)
                if early and not after
                else "signature"
                if titles and index > first and self._speaks(text, index, addressed)
                else "notice"
                if notice and (index > first if addressed is None else addressed < index < closed)
                else "preamble"
            )
            below = below if organ else index
        return kinds

    def _frame(self, index: int, early: bool) -> str | None:
        """The kind that a block's form tells: date, number, words of a page."""
        block, text = self._blocks[index], self._texts[index]
        if block.form in _FORMS:
            return block.form
        if block.page == "note" and early and text.startswith("公开") and len(text) < _SIGNATURE:
            return "index"  # 公开方式：主动公开 among the lines of an index table
        return block.page

    def _is_title(self, index: int) -> bool:
        text = self._texts[index]
        if self._blocks[index].form != "plain" or not text or text.endswith((":", "。")):
            return False
        about = text.startswith(("关于", "印发")) and len(text) <= _ABOUT
        return about or front.is_title(text, self._lexicon)

    def _below_title(self, text: str) -> str:
        """A line below the title: its years and version, or when a regulation was passed."""
        issue = any(word in text for word in words(self._lexicon)["issue"]) and any(c.isdigit() for c in text)
        return "note" if issue and text[0] == "(" else "title"

    def _before_title(self, block: Block, text: str) -> str:
        if block.length > _LONG or text.endswith("。"):
            return "note"
        return "letterhead" if text.isdigit() else "navigation"

    def _speaks(self, text: str, index: int, addressed: int | None) -> bool:
        """Tell whether a short line between title and addressees names who speaks."""
        if not text or addressed is None or index > addressed or len(text) > _SIGNATURE:
            return False
        return not _SENTENCE & set(text) and "," not in text

    def _guess_title(self, start: int, end: int) -> set[int]:
        """Without a genre the title is the first short line that is no sentence."""
        for index in range(start, end):
            text = self._texts[index]
            if self._blocks[index].form == "plain" and text and not front.is_organ(text):
                short = len(text) <= _TITLE and not _SENTENCE & set(text) and text[-1] not in ":,、"
                return {index} if short and not self.is_subtitle(text) else set()
        return set()

    def back(self, start: int, end: int) -> dict[int, str]:
        """Return the kinds of the blocks behind a body."""
        kinds: dict[int, str] = {}
        current = "footer"
        for index in range(start, end):
            block = self._blocks[index]
            if block.form in _FORMS:
                kinds[index] = block.form
                current = "footer"
            elif block.form in ("attachment", "contents", "footnote"):
                kinds[index] = block.page
            elif block.page == "page":
                kinds[index] = "page"
            elif block.form == "page":
                current = block.page if block.page not in ("navigation", "index") else "footer"
                kinds[index] = current
            elif self.signs(index, end):
                kinds[index] = "signature"
            elif self.closes(index):
                kinds[index] = "notice"
            else:
                kinds[index] = current if current in ("copy", "footer") else "footer"
        return kinds
