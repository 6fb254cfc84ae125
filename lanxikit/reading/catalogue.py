"""Which files a corpus is made of, and what ``documents.csv`` says of them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

from lanxikit.errors import ReadingError
from lanxikit.messages import refusal, tr
from lanxikit.reading.decode import decode
from lanxikit.reading.formats import OFFICE, READABLE
from lanxikit.reading.formats.gate import too_large
from lanxikit.reading.formats.limits import Limits

CATALOGUE = "documents.csv"


def listed(source) -> tuple[list[Path], list[Path]]:
    """Return the files of a folder, one file, or a list of files, and the documents in it of a type that is not read.

    Each file named must exist; in a folder, files of foreign types are no documents.
    """
    if isinstance(source, (str, os.PathLike)) and os.fspath(source):
        path = Path(source)
        if path.is_dir():
            return _folder(path)
        return [_there(path)], []
    elif isinstance(source, str) or not (
        isinstance(source, Iterable) and all(isinstance(item, (str, os.PathLike)) for item in source)
    ):
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
    return [_there(path) for path in paths], []


def _there(path: Path) -> Path:
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
    return path


def unreadable(path: Path) -> ReadingError | None:
    """Return why files of this type are not read; nothing for those that are."""
    suffix = path.suffix.lower()
    if suffix in READABLE:
        return None
    if suffix in OFFICE:
        browser = suffix.startswith(".mht")
        return ReadingError(
            tr(f"Files of the type {suffix} cannot be read.", f"不能读取 {suffix} 类型的文件。"),
            where=path,
            todo=tr(
                "Open it in a browser and save it as “web page, HTML only”.", "请用浏览器打开，另存为“网页，仅 HTML”。"
            )
            if browser
            else tr("Open it in Word or WPS and save it as .docx.", "请用 Word 或 WPS 打开，另存为 .docx。"),
        )
    return ReadingError(
        tr(
            f"Files of the type {suffix or '(none)'} cannot be read.",
            f"不能读取 {suffix or '（无扩展名）'} 类型的文件。",
        ),
        where=path,
        todo=tr(f"Save it as one of: {', '.join(READABLE)}.", f"请另存为：{'、'.join(READABLE)}。"),
    )


def _folder(folder: Path) -> tuple[list[Path], list[Path]]:
    named = [
        path
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.is_file() and path.stem.split(".")[0].upper() != "README" and not path.name.startswith((".", "~$"))
    ]
    found = [path for path in named if path.suffix.lower() in READABLE]
    passed = [path for path in named if path.suffix.lower() in OFFICE]
    if not found:
        raise ReadingError(
            tr("The folder holds no documents.", "文件夹中没有可读的文件。"),
            where=folder,
            todo=tr(
                f"Put files of these types into it: {', '.join(READABLE)}.",
                f"请放入以下类型的文件：{'、'.join(READABLE)}。",
            ),
        )
    return found, passed


def contents(path: Path, limits: Limits | None = None) -> bytes:
    """Return a file's bytes, or a plain word why not; a file beyond the limit is not even loaded."""
    limits = limits or Limits()
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise too_large(str(path), size, limits)
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(
            tr(f"The file cannot be opened ({refusal(error)}).", f"文件无法打开（{refusal(error)}）。"),
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
        named = cells.get("doc_id", "")
        if set(named) & set("#/\\ \t<>&'\"") or named[:1] in tuple("=+-@") or any(name == row["file"] for row in rows):
            raise ReadingError(
                tr(
                    f"documents.csv gives {name} twice, or an id with #, /, a blank, a tag or a formula.",
                    f"documents.csv 中 {name} 出现两次，或编号含有 #、/、空格、标签或公式符号。",
                ),
                where=f"{table}, line {number}",
                todo=tr(
                    "One row a file; ids of letters, digits, - and _.", "每个文件一行；编号只用字母、数字、- 和 _。"
                ),
            )
        rows.append(cells | {"where": f"{table}, line {number}"})
    return rows
