"""The files that go to coders: one each, never over answers, whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from lanxikit.errors import LanxiError
from lanxikit.messages import tr

PLAIN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what file names cannot hold


def excel_path(path: object) -> Path:
    """Return a path, or raise a LanxiError where it is none."""
    if not isinstance(path, str | os.PathLike):
        raise LanxiError(
            tr("A coding sheet needs a file.", "编码表需要文件路径。"),
            where=f"path={path!r}",
            todo=tr("Choose a path that ends in .xlsx.", "请使用以 .xlsx 结尾的路径。"),
        )
    return Path(path)


def coder_files(
    path: Path, aside: Path | None, coders: Sequence[str], overwrite: bool, *, role: str = "coders"
) -> dict[str, Path]:
    """Return each coder's file, by name; ``aside`` is the file kept from them.

    Raises
    ------
    LanxiError
        Names that are not distinct, a file that is not ``.xlsx``, or one that exists.
    """
    given = [coders] if isinstance(coders, str) or not isinstance(coders, Iterable) else list(coders)
    names = [name.strip() if isinstance(name, str) else "" for name in given]
    if len(names) > 1:
        files = [path.with_name(f"{path.stem}_{PLAIN.sub('_', name)}{path.suffix}") for name in names]
    else:
        files = [path]
    if not names or not all(names) or len({file.name.casefold() for file in files}) < len(names):
        raise LanxiError(
            tr("The coders' names are not distinct.", "编码员的名字不能为空或重复。"),
            where=f"{role}={given!r}",
            todo=tr("Name each coder once.", "请给每位编码员一个不同的名字。"),
        )
    if path.suffix.lower() != ".xlsx":
        raise LanxiError(
            tr("A coding sheet is an Excel file.", "编码表是 Excel 文件。"),
            where=path,
            todo=tr("Choose a path that ends in .xlsx.", "请使用以 .xlsx 结尾的路径。"),
        )
    there = [str(file) for file in (*files, *filter(None, [aside])) if file.exists()]
    if there and not overwrite:
        raise LanxiError(
            tr("The file exists, and may hold answers.", "文件已存在，其中可能有编码结果。"),
            where=", ".join(there),
            todo=tr("Choose another path, or overwrite=True.", "请换一个路径，或用 overwrite=True 覆盖。"),
        )
    return dict(zip(names, files, strict=True))


def write(path: Path, data: bytes) -> None:
    """The file appears whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        os.replace(draft, path)
    except (PermissionError, FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise LanxiError(
            tr("The file cannot be written.", "无法写入文件。"),
            where=path,
            todo=tr("Close it in Excel, or choose another folder.", "请先在 Excel 中关闭它，或换一个文件夹。"),
        ) from error
    finally:
        if draft.parent.is_dir():
            draft.unlink(missing_ok=True)
