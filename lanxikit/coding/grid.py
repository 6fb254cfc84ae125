"""The cells of a coder's file: Excel, or CSV as Excel and other programs save it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lanxikit.coding.machine import PREFIX
from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.decode import decode

Row = tuple[int, dict[str, object]]


def rows(path: Path, needed: tuple[str, ...]) -> Iterator[Row]:
    """Go through a file's rows.

    Parameters
    ----------
    path : Path
        ``.xlsx`` or ``.csv``.
    needed : tuple of str
        Columns without which it is no coding sheet.

    Yields
    ------
    tuple
        Number of the row, the header being row 1, and its cells by column; a header cell counts up to its first line
        break. Rows that are blank throughout are passed over.

    Raises
    ------
    ReadingError
        The file is absent, of another kind, damaged, no coding sheet, or the machine's key to one.
    """
    readers = {".xlsx": _excel, ".csv": _csv}
    if path.suffix.lower() not in readers:
        raise _wrong(path, "This is neither an Excel nor a CSV file.", "这既不是 .xlsx 也不是 .csv 文件。")
    if not path.is_file():
        raise _wrong(path, "There is no such file.", "没有这个文件。")
    lacking, key = list(needed), False
    for table in readers[path.suffix.lower()](path):
        names = [str(cell or "").strip().split("\n")[0].strip() for cell in next(table, ())]
        lacking = min(lacking, [name for name in needed if name not in names], key=len)
        key |= f"{PREFIX}decision" in names
        if lacking:
            continue
        twice = sorted({name for name in names if name and names.count(name) > 1})
        if twice:
            raise _wrong(path, f"A column stands twice: {', '.join(twice)}", f"有重复的列：{'、'.join(twice)}")
        for number, cells in enumerate(table, 2):
            found = {name: cell for name, cell in zip(names, cells, strict=False) if name}
            if any(cell is not None and str(cell).strip() for cell in found.values()):
                yield number, found
        return
    if key:
        raise _wrong(path, "This file holds what the machine decided, and no answers.",
                     "这个文件是机器的判断，不是编码表。")
    raise _wrong(path, f"This is no coding sheet; it lacks the columns: {', '.join(lacking)}",
                 f"这不是编码表，缺少列：{'、'.join(lacking)}")


def _excel(path: Path) -> Iterator[Iterator[tuple]]:
    """The tables of a workbook, one a sheet. Formulas are read as they are written, not what they came to."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, data_only=False)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise _wrong(path, "The file is damaged, or no Excel file.", "文件已损坏，或不是 Excel 文件。") from error
    for sheet in book.worksheets:
        yield sheet.iter_rows(values_only=True)


def _csv(path: Path) -> Iterator[Iterator[list[str]]]:
    text, _ = decode(path.read_bytes(), path)
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    csv.field_size_limit(10_000_000)
    yield _lines(csv.reader(io.StringIO(text, newline=""), delimiter=mark), path)


def _lines(reader: Iterator[list[str]], path: Path) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise _wrong(path, "The file is damaged, or no CSV file.", "文件已损坏，或不是 CSV 文件。") from error


def _wrong(path: Path, english: str, chinese: str) -> ReadingError:
    return ReadingError(
        tr(english, chinese),
        where=path,
        todo=tr("Give a sheet of lx.coding_sheet, saved as .xlsx or .csv.",
                "请给出 lx.coding_sheet 的编码表（.xlsx 或 .csv）。"),
    )
