"""Which language the kit speaks: ``LANXI_LANG`` first, then the machine's locale."""

from __future__ import annotations

import errno
import locale
import os


def language() -> str:
    """Return ``"zh"`` or ``"en"``.

    Examples
    --------
    >>> language() in {"zh", "en"}
    True
    """
    asked = os.environ.get("LANXI_LANG", "").strip().lower()
    if asked:
        return "zh" if asked.startswith(("zh", "cn", "chinese")) else "en"
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    found = next((name for name in named if name), None) or locale.getlocale()[0] or ""
    return "zh" if found.lower().startswith(("zh", "chinese")) else "en"


def tr(english: str, chinese: str) -> str:
    """Return the wording in the user's language; both are given where the message is made."""
    return chinese if language() == "zh" else english


def refusal(error: OSError) -> str:
    """Return what the system says, in the user's language where it is one of the common reasons.

    Examples
    --------
    >>> refusal(FileNotFoundError(2, "No such file")) in {"No such file", "文件或文件夹不存在"}
    True
    """
    said = error.strerror or str(error)
    return tr(said, _REFUSALS.get(error.errno, said))


_REFUSALS = {
    getattr(errno, name): chinese
    for name, chinese in {
        "ENOENT": "文件或文件夹不存在",
        "EACCES": "没有访问权限，或正被其他程序占用",
        "EPERM": "没有操作权限",
        "EBUSY": "正被其他程序占用",
        "EEXIST": "已存在同名文件或文件夹",
        "ENOTEMPTY": "文件夹不为空",
        "EISDIR": "这是文件夹，不是文件",
        "ENOTDIR": "路径中有一段不是文件夹",
        "ENAMETOOLONG": "文件名或路径过长",
        "EINVAL": "文件名或参数无效",
        "ELOOP": "链接互相指向，没有终点",
        "ENOSPC": "磁盘空间不足",
        "EDQUOT": "超出磁盘配额",
        "EFBIG": "文件超出允许的大小",
        "EROFS": "磁盘为只读",
        "EIO": "磁盘读写出错",
        "ESTALE": "网络磁盘上的文件已失效",
        "ENOMEM": "内存不足",
        "EMFILE": "打开的文件过多",
        "ENFILE": "打开的文件过多",
        "ETIMEDOUT": "连接超时",
        "ECONNREFUSED": "连接被拒绝",
        "EPIPE": "接收输出的程序已结束",
    }.items()
    if hasattr(errno, name)
}
