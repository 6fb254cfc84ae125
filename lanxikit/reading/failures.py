"""Why a document could not be read, in words that fit a run over many; and whether that may be otherwise next time."""

from __future__ import annotations

import errno

from lanxikit.errors import LanxiError
from lanxikit.messages import tr

_NAMES = ("EAGAIN", "EBUSY", "EINTR", "EIO", "EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "ESTALE", "ETIMEDOUT")
_PASSING = {getattr(errno, name) for name in _NAMES if hasattr(errno, name)}
_LIMITS = "limits=Limits("


def told(error: Exception, name: str, passing: list[str] | None = None) -> tuple[str, str]:
    """Return reason and remedy; where another time may bring another result, add the name to ``passing``."""
    again = passes(error)
    if again and passing is not None:
        passing.append(name)
    if isinstance(error, LanxiError):
        return error.what, _fitting(error.todo or "", again)
    said = " ".join(str(error).split())[:200]
    what = tr(
        f"The kit stopped at this document ({type(error).__name__}: {said}).",
        f"处理此文件时程序出错（{type(error).__name__}：{said}）。",
    )
    if again:
        return what, _again()
    return what, tr("Please report it, with the document if you may.", "请反馈此问题，如允许请附上该文件。")


def passes(error: BaseException | None) -> bool:
    """Tell whether an error is one of memory, time or the machine, and not of the document.

    Examples
    --------
    >>> passes(MemoryError()), passes(OSError(errno.EMFILE, "")), passes(OSError(errno.EACCES, "")), passes(KeyError())
    (True, True, False, False)
    """
    from lanxikit.reading.formats.workshop import Interrupted

    while error is not None:
        if isinstance(error, (MemoryError, Interrupted)) or (isinstance(error, OSError) and error.errno in _PASSING):
            return True
        error = error.__cause__ or error.__context__
    return False


def _fitting(todo: str, again: bool) -> str:
    if again:
        return _again()
    if _LIMITS in todo:  # said of `lx.read_corpus`, where limits can be given
        return tr(
            "Make it smaller, e.g. its pictures, or cut it into several files.",
            "请缩小该文件（如压缩图片），或拆分为多个文件。",
        )
    return todo


def _again() -> str:
    return tr(
        "The next run tries it again; if it fails once more, save it anew or in parts, or free some memory.",
        "下次运行会重试；若仍失败，请另存或拆分该文件，或释放内存。",
    )
