"""Half and full width, traditional and simplified made one, character for character, so that offsets do not move."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lanxikit.lexicons import load

_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(
    [0x00A0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B), ord("\t"), ord("\v"), ord("\f")], ord(" ")
)
_WIDTH = _ASCII | _SPACES
_TABLE = _WIDTH | {ord(row["traditional"]): ord(row["simplified"]) for row in load("traditional")}

_SEAM = "\0"
_PLANE = 0x10000  # the table holds no code point beyond the first plane
_FEW = 100  # characters up to which a text may come again: a cell, a label, a name
_MANY = 400  # characters from which on a table of all code points is faster


def fold(text: str) -> str:
    """Fold full-width ASCII, all kinds of blanks and traditional characters to their plain form.

    Every character is replaced by exactly one (NFKC would shift offsets), so
    ``fold(s)[i]`` stands for ``s[i]``. Line breaks stay, and so do characters of GB 2312
    (``traditional.tsv``): what a simplified text writes stays as it is.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        As long as ``text``.

    Examples
    --------
    >>> fold("（一）９０％，到２０２５年")
    '(一)90%,到2025年'
    >>> fold("責任單位：市發展改革委")
    '责任单位:市发展改革委'
    """
    if len(text) <= _FEW:
        return _fold_few(text)
    return text.translate(_TABLE) if len(text) < _MANY else _fold_many(text)


@lru_cache(maxsize=16384)
def _fold_few(text: str) -> str:
    return text.translate(_TABLE)


@lru_cache(maxsize=1)
def fold_file(source: str) -> str:
    """Fold a whole file; the steps that read it one after another ask for it again.

    Examples
    --------
    >>> fold_file("（一）") is fold_file("（一）")
    True
    """
    return fold(source)


def fold_all(texts: Sequence[str]) -> list[str]:
    """Fold many texts at once, which is faster than one by one.

    Examples
    --------
    >>> fold_all(["（一）", "", "９０％"])
    ['(一)', '', '90%']
    """
    whole = _SEAM.join(texts)
    if whole.count(_SEAM) >= max(len(texts), 1):  # a text holds the mark of the seams
        return [fold(text) for text in texts]
    return fold(whole).split(_SEAM) if texts else []


def _fold_many(text: str) -> str:
    """Fold a long text by its code points, all at once."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").copy()
    plain = codes < _PLANE
    codes[plain] = _codes()[codes[plain]]
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=1)
def _codes():
    """What each code point of the first plane becomes."""
    import numpy as np

    codes = np.arange(_PLANE, dtype="<u4")
    for code, plain in _TABLE.items():
        codes[code] = ord(plain) if isinstance(plain, str) else plain
    return codes


def narrow(text: str) -> str:
    """Fold widths and blanks alone: for what is shown, which stays in the characters of the source.

    Examples
    --------
    >>> narrow("臨河縣　２０２５年")
    '臨河縣 2025年'
    """
    return text.translate(_WIDTH)


def bare(text: str) -> str:
    """Return the characters and digits of a text, folded: what two ways of writing it share.

    Examples
    --------
    >>> bare("《兰州—西宁》 规划（試行）")
    '兰州西宁规划试行'
    """
    return "".join(char for char in fold(text) if char.isalnum())


def is_cjk(char: str) -> bool:
    """Tell whether a character is a Han character or CJK / full-width punctuation."""
    code = ord(char)
    return (
        0x2E80 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
        or char in "—–“”‘’…·"
    )
