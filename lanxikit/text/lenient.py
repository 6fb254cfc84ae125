"""Expressions that find words through the damage of a scan: blanks between characters, look-alikes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping


def opening(*words: Iterable[str]) -> str:
    """Return an expression that holds where one of the words may begin: put before others, it spares trying them.

    Examples
    --------
    >>> opening(["牵头", "配合"], "…等")
    '(?=[…牵等配])'
    """
    firsts = "".join(sorted({word[0] for some in words for word in some if word}))
    return f"(?=[{re.escape(firsts)}])" if firsts else "(?!)"


def lenient(words: Iterable[str], alike: Mapping[str, str], *, blanks: bool = True) -> str:
    """Return an expression for any of the words, the longest first, without groups.

    The words are folded into a tree of their common beginnings, so that hundreds of them cost no more than a few.

    Parameters
    ----------
    words : iterable of str
    alike : mapping of str to str
        Character → the characters that a scan makes of it.
    blanks : bool
        Whether a blank may stand between two characters.

    Examples
    --------
    >>> pattern = re.compile(lenient(["责任单位", "责任人"], {"责": "贵", "位": "住仹"}))
    >>> [found.group() for found in pattern.finditer("责任单位 贵任单仹 责 任 人 任人")]
    ['责任单位', '贵任单仹', '责 任 人']
    """
    tree: dict = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _expression(tree, alike, " ?" if blanks else "") if tree else "(?!)"


def _expression(node: dict, alike: Mapping[str, str], gap: str) -> str:
    branches = []
    for char, below in node.items():
        if not char:
            continue
        one = f"[{re.escape(char + alike[char])}]" if char in alike else re.escape(char)
        if set(below) == {""}:
            branches.append(one)
        else:
            rest = _expression(below, alike, gap)
            branches.append(one + (f"(?:{gap}{rest})?" if "" in below else gap + rest))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def mended(text: str, words: Collection[str], alike: Mapping[str, str]) -> str:
    """Return the word that a damaged one stands for; the text itself without blanks where it is none of them.

    Examples
    --------
    >>> mended("贵 任单住", ["责任单位"], {"责": "贵", "位": "住"})
    '责任单位'
    """
    bare = "".join(text.split())
    if bare in words:
        return bare
    fitting = (word for word in set(words) if len(word) == len(bare) and _fits(bare, word, alike))
    return min(fitting, default=bare)


def _fits(text: str, word: str, alike: Mapping[str, str]) -> bool:
    return all(a == b or a in alike.get(b, "") for a, b in zip(text, word, strict=True))
