"""The faster cutter where it is installed, and only where it cuts the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec

from lanxikit.text.fold import fold
from lanxikit.topics.tokens import cut_texts

# jieba and rjieba part Latin words, dashes in a row and chains of numbers differently; Chinese they cut alike
_DIFFER = re.compile(r"_|[A-Za-z][.&+#%-]|[.&+#%-][A-Za-z]|[-.]{2}|\.[0-9]+[.A-Za-z]|[0-9]-|-[0-9]")


def cut(texts: Sequence[str], *, tokenizer: str = "auto", **options: object) -> list[list[str]]:
    """Cut texts into words; ``"auto"`` takes rjieba where it is installed and gives jieba's words.

    Parameters
    ----------
    texts : sequence of str
    tokenizer : {"auto", "jieba", "rjieba"}
        With ``"auto"``, texts in which the two are known to differ (Latin words with
        dots or dashes, dashed or chained numbers) go to jieba in any case, so that the
        words are the same on machines with and without rjieba.
    **options
        As in `lanxikit.topics.tokens.cut_texts`.

    Returns
    -------
    list of list of str
        The words of each text.

    Examples
    --------
    >>> cut(["治理黄河流域", "2022-02-07修建"])
    [['治理', '黄河流域'], ['2022', '02', '07', '修建']]
    """
    if tokenizer != "auto":
        return cut_texts(texts, tokenizer=tokenizer, **options)
    texts = list(texts)
    fast = find_spec("rjieba") is not None
    alike = [fast and not _DIFFER.search(fold(text)) for text in texts]
    streams = {}
    for same, name in ((True, "rjieba"), (False, "jieba")):
        part = [text for text, is_alike in zip(texts, alike, strict=True) if is_alike is same]
        streams[same] = iter(cut_texts(part, tokenizer=name, **options) if part else ())
    return [next(streams[is_alike]) for is_alike in alike]


def name_of(tokenizer: str) -> str:
    """Return the cutter that ``"auto"`` stands for on this machine; other names as they are."""
    return ("rjieba" if find_spec("rjieba") else "jieba") if tokenizer == "auto" else tokenizer
