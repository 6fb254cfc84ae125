"""The gold annotations: readers' answers for some of the units, and which units they cover."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lanxikit.errors import StudyError
from lanxikit.messages import tr

FILES = ("leaf_counts", "units", "responsibilities", "targets", "alignment", "refinement_modes")


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
        A table is missing.
    """
    tables = {}
    for name in FILES:
        path = Path(folder) / f"{name}.csv"
        if not path.is_file():
            raise StudyError(
                tr("A gold table is missing.", "缺少一个标注表。"),
                where=path,
                todo=tr("Its columns are described in data/gold/README.md.", "各列说明见 data/gold/README.md。"),
            )
        tables[name] = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return Gold(**tables)


def document(unit_id: str) -> str:
    """Return the document of a leaf id.

    Examples
    --------
    >>> document("haidong-2024#012")
    'haidong-2024'
    """
    return unit_id.split("#")[0]
