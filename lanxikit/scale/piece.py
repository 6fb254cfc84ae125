"""One part of a table: read with the declared types, and what is said where it is damaged or lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit.errors import LanxiError, StudyError
from lanxikit.messages import tr
from lanxikit.scale.account import again

if TYPE_CHECKING:
    import pandas as pd


def read(path: Path, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read one part of a table.

    Parameters
    ----------
    path : Path
    name : str
        The table.
    columns : sequence of str, optional

    Raises
    ------
    StudyError
        The part is damaged or lost.
    """
    from lanxikit.study.tables import read_parquet
    from lanxikit.tables import table

    if not path.is_file():
        raise StudyError(tr("A part of the table is lost.", "表的一个分区文件已丢失。"), where=path, todo=again())
    try:
        return read_parquet(path, table(name), columns)
    except (ValueError, LookupError, OSError) as error:
        said = error.what if isinstance(error, LanxiError) else f"{type(error).__name__}: {error}"
        raise StudyError(
            tr(f"A part of the table is damaged. {said}", f"表的一个分区文件已损坏。{said}"), where=path, todo=again()
        ) from None


def joined(path: Path, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read one part of a table, with texts in place of tuples."""
    return with_texts(read(path, name, columns), name)


def with_texts(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table with texts in place of tuples, their values joined as in CSV files."""
    import pandas as pd

    from lanxikit.study.tables import JOINT
    from lanxikit.tables import table

    tuples = [one.name for one in table(name).columns if one.kind == "tuple" and one.name in frame]
    return frame.assign(**{one: pd.Series(list(map(JOINT.join, frame[one])), frame.index, "str") for one in tuples})
