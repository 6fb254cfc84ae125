"""``lanxikit lint``: entries of the word lists that can never match, or never decide anything.

An entry is tried in three ways: as it is written (a full-width bracket or a blank never meets
the folded text it is looked up in), beside its neighbours (given twice, in a column value that no
list of ours knows), and in use (see ``probes``: the verb that reads the list is given a text
made of the entry).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from lanxikit.errors import LexiconError
from lanxikit.evaluating.probes import PROBES
from lanxikit.lexicons import file_of, load, names, rows_of
from lanxikit.messages import tr
from lanxikit.text.fold import fold, is_cjk

COLUMNS = ["list", "entry", "problem", "remedy"]
# Lists matched against the text as it stands, not against the folded one.
_RAW = ("codebook_city_cluster", "policy_terms", "stop_words", "formula_words", "frame_words", "divisions")
# Columns that hold words to be looked up.
_WORDS = ("word", "unit", "verb", "label", "column", "stem", "suffix", "head", "name", "term")
# Columns whose values the code knows by name: another value is read and never used.
_CLOSED = ("kind", "role", "where", "side", "place", "form", "effect", "instrument", "comparator", "change")
_OPEN = ("policy_terms", "stop_words", "formula_words")  # their kind only sorts the list


class Problem(NamedTuple):
    """An entry that can never match: its list, the entry, why, and what to do."""

    list: str
    entry: str
    problem: str
    remedy: str


def lint(lexicon: str | os.PathLike | None = None, *, probe: bool = True) -> pd.DataFrame:
    """Find entries of the word lists that can never match.

    Parameters
    ----------
    lexicon : path, optional
        A folder with word lists of your own; without it the shipped lists are looked at.
    probe : bool
        Also try entries in use, where the list has a probe. Takes some seconds.

    Returns
    -------
    DataFrame
        A row an entry: ``list`` file name without .tsv, ``entry`` its first cell, ``problem``
        why it cannot match, ``remedy`` what to do about it. Empty where all is well.

    Raises
    ------
    LexiconError
        The folder is missing, or a list in it cannot be read at all.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "genres.tsv").write_text("word\\tgenre\\n（试行）办法\\t办法\\n", encoding="utf-8")
    >>> lint(folder, probe=False)[["list", "entry"]].values.tolist()
    [['genres', '（试行）办法']]
    """
    folder = None if lexicon is None else Path(lexicon)
    found: list[Problem] = []
    for name in _names(folder, found):
        rows = _own_rows(name, folder) if folder else load(name)
        found += _characters(name, rows)
        found += _twice(name, rows)
        if folder:
            found += _unknown(name, rows)
            found += _takes_nothing_away(name, rows)
        if probe and name in PROBES:
            kept = [row for row in rows if not _key(row).startswith("-")]
            found += [Problem(name, *failure) for failure in PROBES[name](kept, folder)]
    return pd.DataFrame(found, columns=COLUMNS)


def _names(folder: Path | None, found: list[Problem]) -> list[str]:
    shipped = names()
    if folder is None:
        return shipped
    if not folder.is_dir():
        load(shipped[0], folder)  # says so
    own = names(folder)
    for name in set(own) - set(shipped):
        found.append(
            Problem(
                name,
                "",
                tr("no verb reads a list of this name", "没有任何命令读取这个名称的词表"),
                tr(f"use one of: {', '.join(shipped)}", f"请使用：{'、'.join(shipped)}"),
            )
        )
    if not own:
        raise LexiconError(
            tr("The folder holds no word list (.tsv).", "文件夹中没有词表（.tsv）。"),
            where=folder,
            todo=tr("Give the folder that you pass as lexicon=.", "请给出作为 lexicon= 使用的文件夹。"),
        )
    return [name for name in own if name in shipped]


def _own_rows(name: str, folder: Path) -> list[dict[str, str]]:

    load(name, folder)  # refuses a list that lacks its columns
    return rows_of(file_of(folder, name))


def _key(row: dict[str, str]) -> str:
    return next(iter(row.values()))


def _looked_up(row: dict[str, str]) -> Iterator[str]:
    yield from (cell.removeprefix("-") for column, cell in row.items() if column in _WORDS and cell)


def _characters(name: str, rows) -> Iterator[Problem]:
    for row in rows:
        for word in _looked_up(row):
            plain = fold(word)
            if plain != word and name not in _RAW:
                yield Problem(
                    name,
                    _key(row),
                    tr("has full-width signs; texts are looked up in half width", "含全角符号；查找时文本已转为半角"),
                    tr(f"write {plain}", f"请写作 {plain}"),
                )
            elif any(a == " " and (is_cjk(b) or is_cjk(c)) for c, a, b in zip(word, word[1:], word[2:], strict=False)):
                yield Problem(
                    name,
                    _key(row),
                    tr(
                        "has a blank beside a Chinese character; such blanks are gone from texts",
                        "汉字旁有空格；文本中此类空格已去除",
                    ),
                    tr(f"write {word.replace(' ', '')}", f"请写作 {word.replace(' ', '')}"),
                )


def _twice(name: str, rows) -> Iterator[Problem]:
    seen: set[tuple] = set()
    for row in rows:
        said = tuple(cell for column, cell in row.items() if column != "about")
        if said in seen:
            yield Problem(
                name,
                _key(row),
                tr("stands in the list twice", "在词表中出现两次"),
                tr("keep one of the two rows", "请保留其中一行"),
            )
        seen.add(said)


def _unknown(name: str, rows) -> Iterator[Problem]:
    shipped = load(name)
    for column in shipped[0]:
        if column not in _CLOSED or name in _OPEN:
            continue
        values = {row[column] for row in shipped}
        for row in rows:
            if row.get(column, "") not in values and not _key(row).startswith("-"):
                yield Problem(
                    name,
                    _key(row),
                    tr(f"{column}={row.get(column, '')!r} is not known", f"不认识 {column}={row.get(column, '')!r}"),
                    tr(f"one of: {', '.join(sorted(values))}", f"可取：{'、'.join(sorted(values))}"),
                )


def _takes_nothing_away(name: str, rows) -> Iterator[Problem]:
    shipped = {_key(row) for row in load(name)}
    for row in rows:
        key = _key(row)
        if key.startswith("-") and key[1:] not in shipped:
            yield Problem(
                name,
                key,
                tr("takes away an entry that is not there", "要删去的条目并不存在"),
                tr("write it as in our list", "请与原词表写法一致"),
            )
