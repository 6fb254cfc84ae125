"""``lx.kwic``: key words in their context."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cache
from itertools import accumulate

import pandas as pd

from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.segmenting import need_units
from lanxikit.tables.textstats import KWIC
from lanxikit.text.cutter import cutter
from lanxikit.text.fold import fold
from lanxikit.text.pieces import SourceMap
from lanxikit.textstats.patterns import patterns
from lanxikit.textstats.words import in_place, whole

FIELDS = (("heading", "heading_pieces"), ("text", "pieces"))


def kwic(
    units: pd.DataFrame,
    pattern: str | Iterable[str],
    *,
    window: int = 20,
    whole_words: bool = False,
    heading: bool = True,
    tokenizer: str = "jieba",
    lexicon: object = None,
    dictionary: str = "all",
) -> pd.DataFrame:
    """Find words, and show each with what stands around it.

    The text is searched, not the list of tokens: 生态保护 is found however the tokenizer cuts it.

    Parameters
    ----------
    units : DataFrame
        The table of ``lx.segment``; its leaves are searched.
    pattern : str or iterable of str
        A word or a list of words. ``?`` stands for one letter or character, ``*`` between words for
        up to ten of them, ``*`` at an end for the rest of the word as the tokenizer cuts it
        (``黄河*`` finds 黄河流域). No other sign is special: there are no regular expressions.
    window : int
        Characters of context on either side, at most; context ends with the heading or text.
    whole_words : bool
        Only where the pattern begins and ends with a word of the tokenizer: 水 but not 水利.
    heading : bool
        Whether the unit's own heading is searched too, where ``heading_pieces`` tells its place. One
        that several units share is found with the first of them.
    tokenizer, lexicon, dictionary
        As in :func:`lanxikit.topics.tokens.tokenize`; they decide where words begin and end.

    Returns
    -------
    DataFrame
        A row an occurrence, by document and place, whatever the order of the units: ``doc_id``;
        ``unit_id``; ``field`` (``heading`` or ``text``); ``start``, ``end`` (characters in the file:
        ``corpus[doc_id].text[start:end]`` is the key word, with the line break or blanks the file may
        have within it); ``before``, ``keyword``, ``after``; ``pattern``. No occurrence: no rows.

    Raises
    ------
    TableError
        No table of units.
    LanxiError
        A pattern is empty or has more than two ``*`` within it, or ``window`` is no whole number.

    Warns
    -----
    UserWarning
        The units have no ``pieces``, and places in the file cannot be told; or no
        ``heading_pieces``, and their headings are not searched.

    Notes
    -----
    Luhn 1960, *Key word-in-context index for technical literature*.

    Examples
    --------
    >>> from lanxikit.reading.corpus import from_texts
    >>> from lanxikit.segmenting.segment import segment
    >>> corpus = from_texts({"a": "一、治理黄河，推进黄河流域生态保护。\\n"})
    >>> found = kwic(segment(corpus), "黄河*", window=2)
    >>> found[["before", "keyword", "after"]].values.tolist()
    [['治理', '黄河', '，推'], ['推进', '黄河流域', '生态']]
    >>> corpus["a"].text[found["start"][1] : found["end"][1]]
    '黄河流域'
    """
    need_units(units, ("doc_id", "unit_id", "text", "start"))
    whole(window, "window", 0)
    wanted = patterns(pattern)
    own = cutter(tokenizer, None if lexicon is None else str(lexicon), dictionary)
    rows = in_place(units)
    if heading and "heading" in rows.columns and "heading_pieces" not in rows.columns:
        warnings.warn(
            tr("These units have no column heading_pieces: their headings are not searched.",
               "单元表没有 heading_pieces 列：不检索标题。"),
            stacklevel=2,
        )  # fmt: skip
    found: list[tuple] = []
    seen: set[tuple] = set()  # a heading that several units share stands in the file once
    for row in rows.itertuples(index=False):
        for field, pieces in FIELDS if heading else FIELDS[1:]:
            text = getattr(row, field, None)
            if not isinstance(text, str) or not text or (field == "heading" and not _placed(row, pieces)):
                continue
            for begin, end, written in _hits(text, wanted, own, whole_words):
                start, stop = _source(row, pieces).span(begin, end)
                if (place := (row.doc_id, start, stop, written)) in seen:
                    continue
                seen.add(place)
                around = text[max(begin - window, 0) : begin], text[begin:end], text[end : end + window]
                found.append((row.doc_id, row.unit_id, field, start, stop, *around, written))
    found.sort(key=lambda hit: (str(hit[0]), hit[3], hit[4]))
    return check(pd.DataFrame(found, columns=KWIC.names()), KWIC)


def _hits(text: str, wanted: list, own, whole_words: bool) -> Iterable[tuple[int, int, str]]:
    plain = fold(text)

    @cache
    def edges() -> list[int]:
        return [0, *accumulate(map(len, own.cut(text)))]

    for one in wanted:
        for begin, end in one.spans(plain, edges, whole_words):
            yield begin, end, one.written


def _placed(row, pieces: str) -> bool:
    cell = getattr(row, pieces, None)
    return isinstance(cell, str) and bool(cell)


def _source(row, pieces: str) -> SourceMap:
    return SourceMap(getattr(row, pieces) if _placed(row, pieces) else None, row.start)
