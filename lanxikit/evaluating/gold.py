"""The gold annotations: readers' answers for some of the units, and which units they cover."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lanxikit.errors import StudyError
from lanxikit.messages import tr

COLUMNS = {
    "leaf_counts": ("doc_id", "leaf_units"),
    "units": ("unit", "doc_id", "path", "ordinal", "heading", "text"),
    "responsibilities": ("unit", "role", "agency", "role_is_ambiguous"),
    "targets": ("unit", "indicator", "comparator", "value", "value_high", "unit_of_measure", "deadline", "kind"),
    "alignment": ("lower_unit", "upper_unit", "relation_first_reading", "relation_second_reading"),
    "refinement_modes": ("lower_unit", "upper_unit", "modes_first_reading", "modes_second_reading"),
}
KEYS = {"leaf_counts": ["doc_id"], "units": ["unit"], "alignment": ["lower_unit", "upper_unit"],
        "refinement_modes": ["lower_unit", "upper_unit"]}  # fmt: skip
NAMED = {name: columns[:1] for name, columns in COLUMNS.items()} | {"refinement_modes": ("lower_unit", "upper_unit")}
"""Columns that name a document or a unit in every row."""
RELATIONS = {"strong", "related", ""}


@dataclass(frozen=True)
class Gold:
    """The tables as written (all cells strings), and the ids of the units they cover."""

    leaf_counts: pd.DataFrame
    units: pd.DataFrame
    responsibilities: pd.DataFrame
    targets: pd.DataFrame
    alignment: pd.DataFrame
    refinement_modes: pd.DataFrame

    @property
    def covered(self) -> set[str]:
        """The units that the readers annotated; only these are scored."""
        return set(self.units["unit"])


def read_gold(folder: str | os.PathLike) -> Gold:
    """Read the gold tables of a folder.

    Raises
    ------
    StudyError
        A table is missing or damaged, lacks a column, holds a row twice, or a cell that cannot be.
    """
    tables = {}
    for name, columns in COLUMNS.items():
        path = Path(folder) / f"{name}.csv"
        if not path.is_file():
            raise _wrong("A gold table is missing.", "缺少一个标注表。", path)
        try:
            table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise _wrong(f"The gold table cannot be read: {error}", f"标注表无法读取：{error}", path) from None
        lacking = [column for column in columns if column not in table]
        if lacking:
            raise _wrong("The gold table lacks columns.", "标注表缺少列。", f"{path}: {', '.join(lacking)}")
        for why, rows in _unusable(name, table):
            if len(rows):
                raise _wrong(*why, f"{path}, row {rows.index[0] + 2}")
        tables[name] = table
    return Gold(**tables)


def _unusable(name: str, table: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    """Yield what would be wrong with a table, in both languages, and the rows where it is."""
    yield ("A row names no unit.", "有的行没有写明单元。"), table[table[list(NAMED[name])].eq("").any(axis=1)]
    if name in KEYS:
        yield ("A row stands twice.", "有重复的行。"), table[table.duplicated(KEYS[name])]
    if name == "alignment":
        readings = table[["relation_first_reading", "relation_second_reading"]]
        yield ("A relation is not known.", "有不能识别的关系。"), table[~readings.isin(RELATIONS).all(axis=1)]
    for column in {"leaf_counts": ("leaf_units",), "targets": ("value", "value_high")}.get(name, ()):
        cells = table.loc[table[column].ne(""), column] if name == "targets" else table[column]
        number = pd.to_numeric(cells, errors="coerce")
        yield (f"{column} is no number.", f"{column} 不是数。"), table.loc[number.index[number.isna()]]


def belongs(gold: Gold, documents: Collection[str]) -> None:
    """Make sure that what is annotated was read, and that each document stands on one side.

    Parameters
    ----------
    gold : Gold
    documents : collection of str
        Those that were read.

    Raises
    ------
    StudyError
        A document is annotated that was not read; or one is an upper document here and a lower one there, or none is
        an upper one.
    """
    named = set(gold.leaf_counts["doc_id"])
    for name, columns in NAMED.items():
        named |= {document(unit) for column in columns for unit in getattr(gold, name)[column]}
    above, below = ({document(unit) for unit in gold.alignment[f"{side}_unit"] if unit} for side in ("upper", "lower"))
    strange, both = sorted((named | above) - set(documents)), sorted(above & below)
    if strange:
        raise _wrong("The gold tables name documents that were not read.", "标注中的文件不在所读的文件里。",
                     ", ".join(strange[:5]))
    if both or (below and not above):
        raise _wrong("alignment.csv must set lower documents against upper ones.",
                     "alignment.csv 须以下位文件对上位文件。", ", ".join(both[:5]) or "upper_unit")


def _wrong(english: str, chinese: str, where: object) -> StudyError:
    todo = tr("Its columns are described in data/gold/README.md.", "各列说明见 data/gold/README.md。")
    return StudyError(tr(english, chinese), where=where, todo=todo)


def document(unit_id: str) -> str:
    """Return the document of a leaf id.

    Examples
    --------
    >>> document("haidong-2024#012")
    'haidong-2024'
    """
    return unit_id.split("#")[0]
