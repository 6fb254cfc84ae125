"""The numerals of official documents: 二十三, 〇, XII, b."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_ROMAN = {"I": 1, "V": 5, "X": 10}


def value_of(ordinal: str, numerals: str = "han") -> int:
    """Return the value of a number as written; 0 for what is none.

    Examples
    --------
    >>> [value_of(n) for n in ("一", "十", "二十三", "一百零五", "12", "〇")]
    [1, 10, 23, 105, 12, 0]
    """
    if numerals in ("upper", "lower"):
        return ord(ordinal.lower()) - 96
    if numerals == "roman":
        values = [_ROMAN[char] for char in ordinal]
        return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    if ordinal.isdigit() and ordinal.isascii():
        return int(ordinal)
    total, digit = 0, 0
    for char in ordinal:
        if char in _DIGITS:
            digit = _DIGITS[char] if not digit else digit * 10 + _DIGITS[char]
        elif char in "十百":
            total += (digit or (0 if total and char == "百" else 1)) * (10 if char == "十" else 100)
            digit = 0
        else:
            return 0
    return total + digit
