"""Word lists and rules as tables that a researcher can read, change and extend.

Each list is a TSV file in this folder (see README.md there). A study may hold a folder
of its own: a file of the same name there is read after ours, and a row with the same
first column replaces ours; a first column that begins with ``-`` takes our row away.
"""

from __future__ import annotations

import csv
import os
from functools import lru_cache
from pathlib import Path

from lanxikit.errors import LexiconError
from lanxikit.messages import tr

FOLDER = Path(__file__).parent


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
    return _load(name, None if folder is None else str(Path(folder).resolve()))


@lru_cache(maxsize=128)
def _load(name: str, folder: str | None) -> tuple[dict[str, str], ...]:
    shipped = FOLDER / f"{name}.tsv"
    own = Path(folder) / f"{name}.tsv" if folder else None
    if not shipped.exists() and not (own and own.exists()):
        raise LexiconError(
            tr("There is no such word list.", "没有这个词表。"),
            where=f"{name}.tsv",
            todo=tr(f"The lists are in {FOLDER}.", f"词表都在 {FOLDER}。"),
        )
    rows = list(_read(shipped)) if shipped.exists() else []
    if own and own.exists():
        rows = _extend(rows, list(_read(own)))
    return tuple(rows)


def _read(path: Path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = (line for line in stream if line.strip() and not line.startswith("#"))
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
        for row in reader:
            if None in row:
                raise LexiconError(
                    tr("A row has more cells than the header.", "有一行的单元格比表头多。"),
                    where=f"{path}: {row}",
                    todo=tr("Separate cells by one tab each.", "单元格之间请只用一个制表符。"),
                )
            yield {key: value.strip() for key, value in row.items()}


def _extend(rows: list[dict], more: list[dict]) -> list[dict]:
    key = next(iter(rows[0])) if rows else None
    for row in more:
        name = next(iter(row.values()))
        drop = name.startswith("-")
        rows = [old for old in rows if key is None or old[key] != name.lstrip("-")]
        if not drop:
            rows.append(row)
    return rows
