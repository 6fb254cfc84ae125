"""From units to words: what of a unit is read, and which of its words may carry a topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables.segmenting import leaves
from lanxikit.text.cutter import cutter, entries

_HAN_NUMBER = "[零〇一二两三四五六七八九十百千万亿点]"
_NUMERAL = re.compile(rf"[0-9][0-9.,]*[%‰十百千万亿]{{0,2}}|(?:百分之)?{_HAN_NUMBER}{{2,12}}|百分之{_HAN_NUMBER}")


class Texts(NamedTuple):
    """Units as the topic stage reads them: their ids and their texts."""

    unit_ids: list[str]
    texts: list[str]


def read_units(units: pd.DataFrame | Iterable[str], *, heading: bool = True) -> Texts:
    """Take the leaves of a table of units, or a plain list of texts.

    Parameters
    ----------
    units : DataFrame or iterable of str
        A table with ``unit_id`` and ``text``; where it has ``is_leaf``, the leaves are
        taken, else all rows. Texts of a list are named ``text#001`` and so on.
    heading : bool
        Whether a unit's own heading is read before its text.

    Raises
    ------
    LanxiError
        A single text where several are asked for, a list with what is no text, a table
        without these columns, or with a unit twice.

    Examples
    --------
    >>> read_units(["治理黄河", "修建铁路"]).unit_ids
    ['text#001', 'text#002']
    """
    if isinstance(units, str):
        raise LanxiError(
            tr("One text was given where several units are needed.", "这里需要多个单元，而给的是一段文字。"),
            where="units",
            todo=tr("Give a list of texts, or the table of lx.segment.", "请给出文本列表，或 lx.segment 的结果。"),
        )
    if not isinstance(units, pd.DataFrame):
        texts = _only_texts(units)
        return Texts([f"text#{number:03d}" for number in range(1, len(texts) + 1)], texts)
    absent = [name for name in ("unit_id", "text") if name not in units.columns]
    if absent:
        raise LanxiError(
            tr("The table of units lacks columns: ", "单元表缺少列：") + ", ".join(absent),
            where="units",
            todo=tr("Give the table that lx.segment returns.", "请给出 lx.segment 返回的表。"),
        )
    rows = leaves(units) if "is_leaf" in units.columns else units
    twice = rows["unit_id"][rows["unit_id"].duplicated()]
    if len(twice):
        raise LanxiError(
            tr("A unit stands twice in the table.", "表中有重复的单元。"),
            where=f"units: {twice.iloc[0]}",
            todo=tr("Give each unit once: units.drop_duplicates('unit_id').",
                    "请去掉重复：units.drop_duplicates('unit_id')。"),
        )  # fmt: skip
    texts = rows["text"].astype("object").fillna("").astype("str")
    if heading and "heading" in rows.columns:
        texts = rows["heading"].astype("object").fillna("").astype("str") + "\n" + texts
    return Texts(rows["unit_id"].astype("str").tolist(), texts.str.strip().tolist())


def _only_texts(units: Iterable[str]) -> list[str]:
    """Return a list of texts, once read; refuse what is no text (an array of numbers, a missing value)."""
    if not isinstance(units, Iterable):
        units = [units]  # refused below
    texts = list(units)
    for number, text in enumerate(texts, 1):
        if not isinstance(text, str):
            raise LanxiError(
                tr(f"A unit is no text: {repr(text)[:60]}.", f"有一个单元不是文字：{repr(text)[:60]}。"),
                where=f"units: {number}",
                todo=tr(
                    "Give a list of texts without missing ones, or the table of lx.segment; words are counted for you.",
                    "请给出没有缺失的文本列表，或 lx.segment 的结果；词会自动统计。",
                ),
            )
    return texts


def tokenize(
    units: pd.DataFrame | Iterable[str],
    *,
    tokenizer: str = "jieba",
    lexicon: object = None,
    heading: bool = True,
    stop_words: bool = True,
    formula_words: bool = True,
    single: bool = False,
    numbers: bool = True,
    dictionary: str = "all",
) -> list[list[str]]:
    """Cut units into words.

    Punctuation is dropped after cutting, never before, so that 6.5% stays 6.5%. Words of
    the dictionary with dashes, quotation marks or dots (兰州—西宁城市群, “十四五”) come out
    whole and in the dictionary's spelling.

    Parameters
    ----------
    units : DataFrame or iterable of str
        The table of ``lx.segment`` (its leaves are read), or a list of texts.
    tokenizer : {"jieba", "rjieba"}
        The second is some twenty times faster and needs the package rjieba.
    lexicon : path, optional
        Folder of own word lists: ``policy_terms``, ``stop_words``, ``formula_words``,
        ``divisions``, ``place_aliases``.
    heading : bool
        Whether a unit's own heading is read before its text.
    stop_words, formula_words : bool
        Whether function words (的, 以及) and words of the genre (加快, 推进) are dropped.
    single : bool
        Whether words of one character are kept.
    numbers : bool
        Whether bare numbers (25, 90%, 4万) are kept.
    dictionary : {"all", "terms", "places", "none"}
        Which words are added to the tokenizer's own: the word lists, the names of
        divisions (民和县, 互助土族自治县), both, or none. The lists of words to drop are
        used all the same.

    Returns
    -------
    list of list of str
        The words of each unit, in the order of the text.

    Raises
    ------
    LanxiError
        Unknown tokenizer or dictionary, or ``units`` is neither.

    Examples
    --------
    >>> tokenize(["加快推进黄河流域综合治理，空气质量优良天数比例达到90%以上。"])
    [['黄河流域', '综合治理', '空气质量', '优良', '天数', '比例', '90%']]
    """
    texts = read_units(units, heading=heading).texts
    return cut_texts(
        texts,
        tokenizer=tokenizer,
        lexicon=lexicon,
        stop_words=stop_words,
        formula_words=formula_words,
        single=single,
        numbers=numbers,
        dictionary=dictionary,
    )


def cut_texts(
    texts: Iterable[str],
    *,
    tokenizer: str = "jieba",
    lexicon: object = None,
    stop_words: bool = True,
    formula_words: bool = True,
    single: bool = False,
    numbers: bool = True,
    dictionary: str = "all",
) -> list[list[str]]:
    """Do the same for texts; parameters and result as for `tokenize`."""
    own = cutter(tokenizer, None if lexicon is None else str(lexicon), dictionary)
    lists = [name for wanted, name in ((stop_words, "stop_words"), (formula_words, "formula_words")) if wanted]
    dropped = {word for name in lists for word in entries(name, lexicon)}
    return [
        [
            word
            for word in own.words(text)
            if word not in dropped
            and (single or len(word) > 1 or word[0].isdigit())
            and (numbers or not _NUMERAL.fullmatch(word))
        ]
        for text in texts
    ]
