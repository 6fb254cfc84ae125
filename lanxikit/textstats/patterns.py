"""Search patterns that cannot run away: literal words, ``?`` and ``*``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.text.fold import fold

REACH = 10  # letters that a * between two words may stand for
STARS = 2  # such stars in a pattern: bounds the work at each place of the text
LONGEST = 200  # characters


class Pattern(NamedTuple):
    """A pattern as written, its core, and whether it goes on to the word's beginning and end."""

    written: str
    core: re.Pattern[str]
    opens: bool
    closes: bool

    def spans(self, text: str, edges: Callable[[], Sequence[int]], whole_words: bool) -> Iterator[tuple[int, int]]:
        """Yield where a folded text holds the pattern; ``edges()`` are the text's word boundaries, sorted."""
        done = -1
        for found in self.core.finditer(text):
            begin, end = found.span()
            if self.opens or self.closes or whole_words:
                marks = edges()
                first, last = marks[bisect_right(marks, begin) - 1], marks[bisect_left(marks, end)]
                if whole_words and ((first != begin and not self.opens) or (last != end and not self.closes)):
                    continue
                begin, end = first if self.opens else begin, last if self.closes else end
            if begin >= done:  # two cores in one word are one hit
                yield begin, end
                done = end


def patterns(asked: str | Iterable[str]) -> list[Pattern]:
    """Read patterns.

    ``?`` stands for one letter, digit or character; ``*`` between words for up to ten of them;
    ``*`` at an end for the rest of the word, as the tokenizer cuts it. Everything else stands for
    itself, in half or full width, in simplified or traditional script, in capitals or not.

    Raises
    ------
    LanxiError
        No pattern, an empty one, one of wildcards only, or with too many of them.

    Examples
    --------
    >>> [one.core.findall("生态保护和环境保护") for one in patterns(["生态", "?境", "生态*环境"])]
    [['生态'], ['环境'], ['生态保护和环境']]
    """
    listed = [asked] if isinstance(asked, str) else list(asked) if isinstance(asked, Iterable) else [asked]
    if not listed:
        _refuse(asked, tr("No pattern was given.", "没有给出检索词。"))
    return [_pattern(one) for one in dict.fromkeys(listed)]


def _pattern(one: object) -> Pattern:
    if not isinstance(one, str):
        _refuse(one, tr("A pattern must be a text.", "检索词必须是文字。"))
    plain = fold(one).strip()
    core = plain.strip("*")
    if not re.search(r"[^\s*?]", core):
        _refuse(one, tr("A pattern needs at least one letter or character.", "检索词至少要有一个字。"))
    core = re.sub(r"\*{2,}", "*", core)
    if core.count("*") > STARS or len(core) > LONGEST:
        _refuse(one, tr(f"A pattern may hold at most {STARS} stars within it, and {LONGEST} characters.",
                        f"检索词中间最多可有 {STARS} 个星号，总长不超过 {LONGEST} 个字。"))  # fmt: skip
    signs = {"?": r"[^\W_]", "*": rf"[^\W_]{{0,{REACH}}}?"}
    source = "".join(signs.get(char) or re.escape(char) for char in core)
    return Pattern(one, re.compile(source, re.IGNORECASE), plain.startswith("*"), plain.endswith("*"))


def _refuse(asked: object, what: str) -> None:
    raise LanxiError(
        what,
        where=f"pattern={asked!r}",
        todo=tr('Write words, such as "黄河*", "生态?境" or ["铁路", "公路"].',
                '请写词语，如 "黄河*"、"生态?境" 或 ["铁路", "公路"]。'),
    )  # fmt: skip
