"""Half and full width made one, character for character, so that offsets do not move."""

from __future__ import annotations

_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(
    [0x00A0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B), ord("\t"), ord("\v"), ord("\f")], ord(" ")
)
_TABLE = _ASCII | _SPACES


def fold(text: str) -> str:
    """Fold full-width ASCII and all kinds of blanks to their plain form.

    Every character is replaced by exactly one (NFKC would shift offsets), so
    ``fold(s)[i]`` stands for ``s[i]``. Line breaks stay.

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
    """
    return text.translate(_TABLE)


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
