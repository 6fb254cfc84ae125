"""Words weighted by how rare they are twice over: in Chinese at large and in the units at hand.

推进, 加快, 建设 are frequent everywhere and count little, 冷凉蔬菜 is rare everywhere and counts much, even where
the documents at hand are few. The rarity in Chinese at large is the table that comes with jieba (``idf.txt``); a word
that is not in it counts as the median word. Words are cut with jieba's own dictionary, whose words the table counts:
our longer terms are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from statistics import median

import numpy as np
from scipy import sparse

from lanxikit.comparing.grams import Weights, counted, unit_length
from lanxikit.text.cutter import plain_cut
from lanxikit.text.fold import fold

_ENDLESS = re.compile(r"\w{400}")
_RUNS = re.compile(r"\w{1,400}|\W+")


class Words:
    """Texts as rare words; ``rows`` holds those learnt from, a row a text, as `matrix` makes them.

    Parameters
    ----------
    texts : sequence of str
        All units, from which the rarity among them is learnt.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        different = {text: at for at, text in enumerate(dict.fromkeys(texts))}  # each is cut once
        table, names = counted(map(_bag, different))
        table = table[[different[text] for text in texts]]
        at_large, usual = rarity()
        self._weights = Weights.of_table(table, names)
        self._at_large = sparse.diags_array(np.array([at_large.get(word, usual) for word in names], dtype=float))
        self.rows = self._weighed(self._weights.rows(table))

    def matrix(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return a row a text, of length 1 (or 0 where it holds no word)."""
        return self._weighed(self._weights.matrix(map(_bag, texts)))

    def _weighed(self, rows: sparse.csr_array) -> sparse.csr_array:
        return unit_length(sparse.csr_array(rows @ self._at_large))


def _bag(text: str) -> list[str]:
    words = [word for part in _parts(fold(text)) for word in plain_cut()(part)]
    return [word for word in words if len(word) > 1 and any(map(str.isalpha, word))]


def _parts(text: str) -> list[str]:
    """The text, cut only where it runs on without end: jieba's time grows with the square of such a run."""
    return _RUNS.findall(text) if _ENDLESS.search(text) else [text]


@cache
def rarity() -> tuple[dict[str, float], float]:
    """Return the inverse document frequency of words in Chinese at large, and the median one."""
    lines = files("jieba").joinpath("analyse", "idf.txt").read_text(encoding="utf-8").splitlines()
    found = {word: float(value) for word, value in (line.split(" ") for line in lines)}
    return found, median(found.values())
