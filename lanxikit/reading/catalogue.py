"""Which files a corpus is made of, and what ``documents.csv`` says of them."""

from __future__ import annotations

import csv
import io
import os
import warnings
from collections.abc import Iterable
from pathlib import Path

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.decode import decode

CATALOGUE = "documents.csv"
TEXT_TYPES = (".txt", ".md")
OTHER_TYPES = (".doc", ".docx", ".wps", ".odt", ".rtf", ".pdf", ".html", ".htm", ".mht", ".ofd")


def listed(source) -> list[Path]:
    """Return the files of a folder, one file, or a list of files; each must exist and be of a known type."""
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if path.is_dir():
            return _folder(path)
        paths = [path]
    elif not isinstance(source, Iterable) or not all(isinstance(item, (str, os.PathLike)) for item in source):
        raise ReadingError(
            tr(f"This names no files: {source!r}.", f"无法识别为文件：{source!r}。"),
            todo=tr("Give a folder, a file or a list of files.", "请给出一个文件夹、一个文件或一组文件。"),
        )
    else:
        paths = [Path(item) for item in source]
        if not paths:
            raise ReadingError(
                tr("The list of files is empty.", "文件列表是空的。"),
                todo=tr("Give a folder, a file or a list of files.", "请给出一个文件夹、一个文件或一组文件。"),
            )
    for path in paths:
        if path.is_dir():
            raise ReadingError(
                tr("A list must hold files; this is a folder.", "列表中只能是文件，这里是文件夹。"),
                where=path,
                todo=tr("Give the folder alone.", "请单独给出该文件夹。"),
            )
        if not path.is_file():
            raise ReadingError(
                tr("There is no such file or folder.", "没有这个文件或文件夹。"),
                where=path,
                todo=tr(
                    "Check the path; it is taken from the folder you are in.",
                    f"请检查路径；当前文件夹是 {Path.cwd()}。",
                ),
            )
        if path.suffix.lower() not in TEXT_TYPES:
            raise ReadingError(
                tr(
                    f"Files of the type {path.suffix or '(none)'} cannot be read.",
                    f"不能读取 {path.suffix or '（无扩展名）'} 类型的文件。",
                ),
                where=path,
                todo=tr(f"Save it as one of: {', '.join(TEXT_TYPES)}.", f"请另存为：{'、'.join(TEXT_TYPES)}。"),
            )
    return paths


def _folder(folder: Path) -> list[Path]:
    named = [
        path
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.is_file() and path.stem.split(".")[0].upper() != "README" and not path.name.startswith((".", "~$"))
    ]
    found = [path for path in named if path.suffix.lower() in TEXT_TYPES]
    passed = [path.name for path in named if path.suffix.lower() in OTHER_TYPES]
    if not found:
        raise ReadingError(
            tr("The folder holds no documents.", "文件夹中没有可读的文件。"),
            where=folder,
            todo=tr(
                f"Put files of these types into it: {', '.join(TEXT_TYPES)}.",
                f"请放入以下类型的文件：{'、'.join(TEXT_TYPES)}。",
            ),
        )
    if passed:
        shown = ", ".join(passed[:5])
        warnings.warn(
            tr(
                f"{len(passed)} file(s) of a type that cannot be read yet were passed over: {shown}",
                f"有 {len(passed)} 个文件的类型暂不能读取，已跳过：{shown}",
            ),
            stacklevel=4,
        )
    return found


def contents(path: Path) -> bytes:
    """Return a file's bytes, or a plain word why not."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(
            tr(f"The file cannot be opened ({error.strerror}).", f"文件无法打开（{error.strerror}）。"),
            where=path,
            todo=tr(
                "Close it in other programs and check that you may read it.", "请在其他程序中关闭它，并检查读取权限。"
            ),
        ) from None


def catalogued(files: list[Path], source) -> dict[Path, dict[str, str]]:
    """The rows of the ``documents.csv`` beside the files, by path; every row's file must be there."""
    rows: dict[Path, dict[str, str]] = {}
    asked = Path(source) if isinstance(source, (str, os.PathLike)) else None
    for folder in dict.fromkeys(path.parent for path in files):
        table = folder / CATALOGUE
        if not table.is_file():
            continue
        for row in _catalogue_rows(table):
            path = folder / row["file"]
            if asked is not None and asked.is_dir() and not path.is_file():
                raise ReadingError(
                    tr(
                        f"documents.csv names a file that is not there: {row['file']}.",
                        f"documents.csv 所列的文件不存在：{row['file']}。",
                    ),
                    where=table,
                    todo=tr(
                        "Put the file into the folder, or take its row out.", "请把该文件放入文件夹，或删去这一行。"
                    ),
                )
            rows[path.resolve()] = row
    return rows


def _catalogue_rows(table: Path) -> list[dict[str, str]]:
    text, _ = decode(contents(table), table)
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    if "file" not in (reader.fieldnames or ()):
        raise ReadingError(
            tr("documents.csv has no column called file.", "documents.csv 缺少名为 file 的列。"),
            where=table,
            todo=tr(
                "Its first line must name the columns, e.g. doc_id,file,sha256,received.",
                "首行应为列名，如 doc_id,file,sha256,received。",
            ),
        )
    rows = []
    for number, row in enumerate(reader, start=2):
        cells = {key: (value or "").strip() for key, value in row.items() if key}
        name = cells["file"]
        if not name:
            continue
        if Path(name).name != name or name in (".", ".."):
            raise ReadingError(
                tr(
                    f"documents.csv must name files of its own folder: {name!r}.",
                    f"documents.csv 只能列出本文件夹中的文件：{name!r}。",
                ),
                where=f"{table}, line {number}",
                todo=tr("Give the file name alone, without a path.", "请只写文件名，不要写路径。"),
            )
        if set(cells.get("doc_id", "")) & set("#/\\ \t") or any(name == row["file"] for row in rows):
            raise ReadingError(
                tr(
                    f"documents.csv gives {name} twice, or an id with #, / or a blank.",
                    f"documents.csv 中 {name} 出现两次，或编号含有 #、/ 或空格。",
                ),
                where=f"{table}, line {number}",
                todo=tr(
                    "One row a file; ids of letters, digits, - and _.", "每个文件一行；编号只用字母、数字、- 和 _。"
                ),
            )
        rows.append(cells | {"where": f"{table}, line {number}"})
    return rows
