"""Radicals and compatibility forms that PDF files put in place of ordinary characters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from lanxikit.lexicons import load


@lru_cache(maxsize=4)
def _table(folder: str | None) -> dict[int, str]:
    table = {ord(row["radical"]): row["character"] for row in load("radicals", folder)}
    for code in range(0xF900, 0xFB00):
        plain = unicodedata.normalize("NFC", chr(code))
        if plain != chr(code) and len(plain) == 1:
            table[code] = plain
    return table


def ordinary(text: str, folder: str | None = None) -> str:
    """Put ordinary characters for radicals, one for one.

    Chromium and others write ⽣⽔⼯ (U+2F00 ff.) and ⺠⻘⻓ (U+2E80 ff.) where a font maps a radical and a character to
    one glyph. NFKC mends only the former; the latter, and nothing else, are in ``radicals.tsv``.

    Examples
    --------
    >>> ordinary("⺠⽣⼯程，⻓江、⻩河")
    '民生工程，长江、黄河'
    """
    return text.translate(_table(folder))
