"""Word lists and rules as tables that a researcher can read, change and extend.

Each list is a TSV file in this folder (see README.md there), a codebook may be YAML. A
study may hold a folder of its own: a file of the same name there is read after ours, and
a row with the same first column replaces ours; a first column that begins with ``-``
takes our row away.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from functools import lru_cache
from pathlib import Path

from lanxikit.errors import LexiconError
from lanxikit.lexicons import yaml_lists
from lanxikit.messages import tr

FOLDER = Path(__file__).parent
YAML = ("codebook_city_cluster",)  # label → words; as TSV the columns label and seeds


def load(name: str, folder: str | os.PathLike | None = None) -> tuple[dict[str, str], ...]:
    """Read a word list.

    Parameters
    ----------
    name : str
        The list's name: the file name without ``.tsv``.
    folder : path, optional
        A folder whose list of the same name extends or overrides the shipped one.

    Returns
    -------
    tuple of dict
        A dict a row, keyed by the header; every value is a string.

    Raises
    ------
    LexiconError
        No such list, or a row with too many cells.

    Examples
    --------
    >>> [row["label"] for row in load("duty_labels")][:2]
    ['牵头单位', '牵头部门']
    """
    own = None if folder is None else _own(Path(folder), name)
    return _load(name, own, own.stat().st_mtime_ns if own else 0)


def _own(folder: Path, name: str) -> Path | None:
    if not folder.is_dir():
        raise LexiconError(
            tr("There is no such folder of word lists.", "没有这个词表文件夹。"),
            where=folder,
            todo=tr("Check the path given as lexicon.", "请检查 lexicon 给出的路径。"),
        )
    return file_of(folder.resolve(), name)


def file_of(folder: Path, name: str) -> Path | None:
    """Return the file that holds the list; only the lists of `YAML` may be YAML."""
    endings = (".tsv", *yaml_lists.ENDINGS) if name in YAML else (".tsv",)
    return next((folder / f"{name}{ending}" for ending in endings if (folder / f"{name}{ending}").exists()), None)


def names(folder: str | os.PathLike = FOLDER) -> list[str]:
    """Return the names of the lists in a folder.

    Examples
    --------
    >>> {"duty_labels", "codebook_city_cluster"} <= set(names())
    True
    """
    found = {path.stem for path in Path(folder).iterdir() if path.suffix == ".tsv"}
    return sorted(found | {name for name in YAML if file_of(Path(folder), name)})


@lru_cache(maxsize=128)
def _load(name: str, own: Path | None, _changed: int) -> tuple[dict[str, str], ...]:
    shipped = file_of(FOLDER, name)
    if shipped is None and own is None:
        raise LexiconError(
            tr("There is no such word list.", "没有这个词表。"),
            where=f"{name}.tsv",
            todo=tr(f"The lists are in {FOLDER}.", f"词表都在 {FOLDER}。"),
        )
    rows = list(_read(shipped)) if shipped else []
    return tuple(_extend(rows, list(_read(own)), own) if own else rows)


def rows_of(path: str | os.PathLike) -> list[dict[str, str]]:
    """Return the rows of one file as they stand, comments left out; nothing is added or taken away.

    Examples
    --------
    >>> rows_of(FOLDER / "plan_periods.tsv")[0]["first"]
    '1996'
    """
    return list(_read(Path(path)))


def _read(path: Path):
    if path.suffix in yaml_lists.ENDINGS:
        for label, words in yaml_lists.pairs(path):
            yield {"label": label, "seeds": " ".join(words)}
        return
    lines = (line for line in io.StringIO(_text(path)) if line.strip() and not line.startswith("#"))
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    for row in reader:
        if None in row:
            raise LexiconError(
                tr("A row has more cells than the header.", "有一行的单元格比表头多。"),
                where=f"{path}: {row}",
                todo=tr("Separate cells by one tab each.", "单元格之间请只用一个制表符。"),
            )
        yield {key: value.strip() for key, value in row.items()}


def _text(path: Path) -> str:
    """A list as editors and Excel save it: UTF-8 with or without mark, UTF-16 with mark, or GB18030."""
    data = path.read_bytes()
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LexiconError(
        tr("The word list is in no known encoding.", "词表的编码无法识别。"),
        where=path,
        todo=tr("Save it as UTF-8.", "请另存为 UTF-8。"),
    )


def _extend(rows: list[dict], more: list[dict], own: Path) -> list[dict]:
    header = list(rows[0]) if rows else []
    lacking = [name for name in header[:2] if more and name not in more[0]]
    if lacking:
        raise LexiconError(
            tr(f"The word list lacks the column {lacking[0]}.", f"词表缺少列 {lacking[0]}。"),
            where=own,
            todo=tr(f"Tabs between the columns: {', '.join(header)}.", f"列之间用制表符分隔：{'、'.join(header)}。"),
        )
    kept = {row[header[0]]: row for row in rows} if header else {}
    extended = list(rows)
    for row in more:
        row = dict.fromkeys(header, "") | row
        name = row[header[0]] if header else next(iter(row.values()))
        bare = name.removeprefix("-")
        if bare in kept:
            extended = [old for old in extended if old[header[0]] != bare]
        if not name.startswith("-"):
            extended.append(row)
    return extended
