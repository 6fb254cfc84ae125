"""Cuts Chinese prose into words, with a dictionary that belongs to nobody else.

The word cutter is jieba's (or rjieba's, the same algorithm in Rust) as an own instance:
adding our words changes no other program's results. jieba's start is done by hand, so
that it writes no cache file and no log line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

from lanxikit import lexicons
from lanxikit.errors import LanxiError
from lanxikit.gazetteer.divisions import divisions
from lanxikit.messages import tr
from lanxikit.text.fold import fold

BACKENDS = ("jieba", "rjieba")
DICTIONARIES = ("policy_terms", "formula_words", "stop_words")
WORDS = {"all": ("terms", "places"), "terms": ("terms",), "places": ("places",), "none": ()}

_DASH, _DOT, _QUOTES = "-—–―‐−", "·•・‧", '“”"「」『』'
_UNMATCHABLE = re.compile(r"[^\u4e00-\u9fd5a-zA-Z0-9+#&._%-]")  # jieba breaks the text here before it looks up
_NUMBER = re.compile(r"[0-9][0-9.,]*%?")
_THOUSANDS = r"(?<![0-9.])(?<![0-9],)[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9,])(?:\.[0-9]{1,9})?%?"
_PLACE = re.compile("..+[省市州盟县区旗]")  # shorter or bare names (和县, 平安) are parts of other words
_MAGNITUDES = frozenset(
    ["%", "‰", "十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"]
)


class Cutter:
    """A word cutter with the policy dictionary and the names of China's divisions.

    Parameters
    ----------
    tokenizer : {"jieba", "rjieba"}
        The second is some twenty times faster and needs the package rjieba.
    lexicon : path, optional
        Folder whose ``policy_terms.tsv``, ``stop_words.tsv``, ``formula_words.tsv``,
        ``divisions.tsv`` and ``place_aliases.tsv`` extend or override ours.
    dictionary : {"all", "terms", "places", "none"}
        Which words are added to jieba's own: the word lists and the places (full and
        former names with their 省, 市, 州, 县, 区 …), one of both, or none, to see what
        they change (`lanxikit.topics.sensitivity`).

    Raises
    ------
    LanxiError
        Unknown tokenizer or dictionary, or rjieba is not installed.

    Examples
    --------
    >>> cutter = Cutter()
    >>> cutter.cut("推进兰州—西宁城市群“十四五”生态环境联防联控")
    ['推进', '兰州—西宁城市群', '“十四五”', '生态环境', '联防联控']
    >>> cutter.cut("民和回族土族自治县和平安区")
    ['民和回族土族自治县', '和', '平安区']
    >>> "".join(cutter.cut("投资1.5亿元，优良天数达90%。"))
    '投资1.5亿元,优良天数达90%。'
    """

    def __init__(self, *, tokenizer: str = "jieba", lexicon: object = None, dictionary: str = "all") -> None:
        _known("tokenizer", "分词器", tokenizer, BACKENDS)
        _known("dictionary", "词典", dictionary, tuple(WORDS))
        terms = []
        if "terms" in WORDS[dictionary]:
            terms += [term for name in DICTIONARIES for term in entries(name, lexicon)]
        if "places" in WORDS[dictionary]:
            terms += places(lexicon)
        bare = {term.strip(_QUOTES) for term in terms if len(term) > 1}
        self._joined = _join_pattern(term for term in terms if _UNMATCHABLE.search(term))
        self._canonical = {_plain(term): term for term in terms if _UNMATCHABLE.search(term)}
        words = sorted((word for word in bare if not _UNMATCHABLE.search(word)), key=lambda word: (len(word), word))
        self._cut = _jieba(words) if tokenizer == "jieba" else _rjieba(words)

    def cut(self, text: str) -> list[str]:
        """Return all pieces of a text in their order, punctuation and blanks included.

        The text is folded to half width first; the pieces join to the folded text.
        """
        written = text
        text = fold(text)
        pieces: list[str] = []
        done = 0
        for found in self._joined.finditer(text):
            if found.group()[0].isdigit() and "，" in written[found.start() : found.end()]:
                continue  # 1，200 are two numbers, 1,200 is one
            pieces += self._cut(text[done : found.start()])
            pieces.append(found.group())
            done = found.end()
        pieces += self._cut(text[done:])
        return _with_magnitudes(pieces)

    def words(self, text: str) -> list[str]:
        """Return the pieces that hold a letter, a digit or a character, terms in their dictionary spelling."""
        spelling = self._canonical
        return [spelling.get(_plain(piece), piece) for piece in self.cut(text) if any(map(str.isalnum, piece))]


@lru_cache(maxsize=8)
def cutter(tokenizer: str = "jieba", lexicon: str | None = None, dictionary: str = "all") -> Cutter:
    """Return a cutter, made once for each setting (loading a dictionary takes a second)."""
    return Cutter(tokenizer=tokenizer, lexicon=lexicon, dictionary=dictionary)


@lru_cache(maxsize=1)
def plain_cut() -> Callable[[str], list[str]]:
    """Return jieba's cutting of a text with its own dictionary and no word of ours."""
    return _own_jieba().lcut


def entries(name: str, lexicon: object = None) -> list[str]:
    """Return the first column of a word list."""
    return [next(iter(row.values())) for row in lexicons.load(name, lexicon)]


def places(lexicon: object = None) -> list[str]:
    """Return the full and former names of all divisions that are too long to be part of another word.

    Examples
    --------
    >>> {"民和县", "平安区", "互助土族自治县", "平安", "和县"} & set(places()) == {"民和县", "平安区", "互助土族自治县"}
    True
    """
    names = dict.fromkeys(name for place in divisions(lexicon=lexicon) for name in (place.name, *place.aliases))
    return [name for name in names if _PLACE.fullmatch(name)]


def _known(name: str, chinese: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise LanxiError(
            tr(f"There is no {name} {value!r}.", f"没有{chinese} {value!r}。"),
            where=name,
            todo=tr(f"Choose one of {', '.join(allowed)}.", f"可选：{'、'.join(allowed)}。"),
        )


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    """One spelling for all dashes and dots, and no quotation marks."""
    if len(word) < 2:
        return word
    word = re.sub(f"[{_DASH}]{{1,3}}", "—", word)
    return "".join("·" if char in _DOT else char for char in word if char not in _QUOTES)


def _join_pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Match the terms that hold a character at which jieba breaks the text, in any of their spellings, and 1,200."""
    parts = []
    for term in sorted(terms, key=lambda term: (-len(term), term)):
        part = ""
        for char in term:
            if char in _DASH:
                part += f"[{_DASH}]{{1,3}}"
            elif char in _DOT:
                part += f"[{_DOT}]"
            elif char in _QUOTES:
                part += f"[{_QUOTES}]"
            else:
                part += re.escape(fold(char))
        parts.append(part)
    return re.compile("|".join([*parts, _THOUSANDS]))


def _with_magnitudes(pieces: list[str]) -> list[str]:
    """Put 4 and 万 together where jieba parted them."""
    if not any(_NUMBER.fullmatch(left) and right in _MAGNITUDES for left, right in pairwise(pieces)):
        return pieces
    joined: list[str] = []
    for piece in pieces:
        if joined and piece in _MAGNITUDES and _NUMBER.fullmatch(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _own_jieba():
    import jieba

    own = jieba.Tokenizer()
    own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())
    own.initialized = True  # initialize() would write a cache file into the shared temporary folder, and log it
    return own


def _jieba(words: list[str]):
    own = _own_jieba()
    for word in words:
        if own.lcut(word) != [word]:
            own.add_word(word)
    return own.lcut


def _rjieba(words: list[str]):
    try:
        import rjieba
    except ImportError:
        raise LanxiError(
            tr("The tokenizer rjieba is not installed.", "没有安装分词器 rjieba。"),
            where="tokenizer",
            todo=tr(
                'Install the extra: pip install "lanxikit[fast]", or take tokenizer="jieba".',
                '请安装扩展：pip install "lanxikit[fast]"，或改用 tokenizer="jieba"。',
            ),
        ) from None
    own = rjieba.Jieba()
    for word in words:
        if own.cut(word) != [word]:
            own.add_word(word, None, None)

    def cut(text: str) -> list[str]:
        pieces = own.cut(text)
        if "-" not in text:
            return pieces
        return [part for piece in pieces for part in re.split("(-)", piece) if part]  # jieba parts 2022-02-07

    return cut
