"""Bytes to text: which encoding a file is in, or a plain word that it is in none.

Byte-order mark first, then strict UTF-8, then UTF-16 by its lanes of zero bytes, then GB18030
(which holds GBK and GB2312) or Big5, whichever gives more common characters; last the same
with a few damaged bytes, each shown as U+FFFD. On damaged or short Chinese files this order was
found more reliable than statistical detectors; what it decodes is checked for sense.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.damaged import LOST, likeness, mended

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FOREIGN = re.compile("[\x80-\x9f\xa1-\xff]")
_HAN = re.compile("[\u3400-\u9fff]")
_USUAL = re.compile("[\x00-\xff\u2000-\u206f\u3000-\u9fff\uff00-\U0010ffff]")
_PLACE = re.compile(f"{LOST}+")
_SAVED = re.compile(rb"(?:\xef\xbf\xbd)+")
_SAMPLE = 20_000
_SENSE = 0.8
"""Least share of common characters; running text has 0.98 and more, garbled text less than 0.6."""
_DAMAGE = 0.01
"""Most characters that may be lost."""
_OTHER_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "cp950": "big5"}


class Decoded(NamedTuple):
    """A text, its encoding, and in how many places it is damaged (one U+FFFD or several side by side)."""

    text: str
    encoding: str
    damaged: int


def decode(data: bytes, where: object = None) -> tuple[str, str]:
    """Decode a file; see `decoded`, which tells of damage too.

    Examples
    --------
    >>> decode("兰州市".encode("gb18030"))
    ('兰州市', 'gb18030')
    """
    return decoded(data, where)[:2]


def decoded(data: bytes, where: object = None, encoding: str | None = None) -> Decoded:
    """Decode a file.

    Parameters
    ----------
    data : bytes
    where : object
        Named in the error.
    encoding : str, optional
        The encoding where it is known: nothing is guessed then.

    Returns
    -------
    Decoded
        The text (line breaks as they are, byte-order mark gone), the encoding, and the
        number of damaged places.

    Raises
    ------
    ReadingError
        The bytes are empty, no text, text in no known encoding, or too many of them are
        damaged.

    Examples
    --------
    >>> decoded("蘭州市".encode("big5")).encoding
    'big5'
    >>> decoded("兰州市人民政府".encode() * 30 + b"\\xff").damaged
    1
    """
    if not data.strip():
        raise ReadingError(
            tr("The file is empty.", "文件是空的。"),
            where=where,
            todo=tr("Save the document again, or remove the file.", "请重新保存该文件，或将它移走。"),
        )
    text, found = _given(data, where, encoding) if encoding else _found(data, where)
    # Characters that were lost before, and saved so, are no damage of this file.
    saved = len(_SAVED.findall(data)) if found.startswith("utf-8") else 0
    lost = max(len(_PLACE.findall(text)) - saved, 0)
    _sensible(text, found, where)
    return Decoded(text, found, lost)


def _found(data: bytes, where: object) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _whole(data, encoding, where), encoding
    lanes = _utf16(data)
    if lanes:
        return data.decode(lanes, "replace"), lanes
    if b"\x00" in data[:_SAMPLE]:
        raise _binary(where)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        spoilt = f"byte {error.start}"
    for name in _chinese(data):
        with suppress(UnicodeDecodeError):
            text = data.decode(name)
            if likeness(text[:_SAMPLE]) >= _SENSE:
                return text, _OTHER_NAMES.get(name, name).removesuffix("hkscs")
    tries = [(data.decode("utf-8", "replace"), "utf-8")]
    tries += [(_damaged(data, name), name) for name in ("gb18030", "big5")]
    text, name = min(tries, key=lambda item: item[0].count(LOST) / max(len(item[0]), 1) - likeness(item[0][:_SAMPLE]))
    if _readable(text):
        return text, name
    raise _wrong(where, spoilt)


def _chinese(data: bytes) -> list[str]:
    """GB18030 and the forms of Big5, the one first whose text has more common characters."""
    sample = data[:_SAMPLE]
    names = ["gb18030", "big5", "big5hkscs", "cp950"]
    if len(data) % 2 == 0:  # UTF-16 without a mark and without one ASCII character
        names += ["utf-16-le", "utf-16-be"]
    return sorted(names, key=lambda name: -round(likeness(sample.decode(name, "replace")), 4))


def _damaged(data: bytes, name: str) -> str:
    return mended(data) if name == "gb18030" else data.decode(name, "replace")


def _readable(text: str) -> bool:
    """Tell whether a text with damage is worth having: little is lost, and the rest is Chinese."""
    return text.count(LOST) <= max(_DAMAGE * len(text), 1) and likeness(text[:_SAMPLE]) >= _SENSE


def _given(data: bytes, where: object, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding.strip()).name
        text = data.decode(_OTHER_NAMES.get(name, name), "replace")
    except (LookupError, UnicodeError, ValueError):
        raise ReadingError(
            tr(f"There is no encoding called {encoding!r}.", f"没有名为 {encoding!r} 的编码。"),
            where=where,
            todo=tr("Write utf-8, gb18030, big5 or utf-16.", "请填写 utf-8、gb18030、big5 或 utf-16。"),
        ) from None
    if text.count(LOST) > max(0.05 * len(text), 1):
        raise _wrong(where, tr(f"it is not {encoding}", f"并非 {encoding}"))
    return text.removeprefix("\ufeff"), _OTHER_NAMES.get(name, name)


def _whole(data: bytes, encoding: str, where: object) -> str:
    text = data.decode(encoding, "replace")
    if text.count(LOST) > max(_DAMAGE * len(text), 1):
        raise _wrong(where, encoding)
    return text


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: the byte order in which nearly all characters are Chinese or ASCII."""
    if b"\x00" not in data[:_SAMPLE]:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[:_SAMPLE].decode(encoding, "replace")
        if not _CONTROL.search(sample) and len(_USUAL.findall(sample)) >= 0.97 * len(sample):
            return encoding
    return None


def _sensible(text: str, encoding: str, where: object) -> None:
    sample = text[:_SAMPLE]
    if not sample.strip():
        raise ReadingError(
            tr("The file holds blanks only.", "文件中只有空白。"),
            where=where,
            todo=tr("Save the document again, or remove the file.", "请重新保存该文件，或将它移走。"),
        )
    if len(_CONTROL.findall(sample)) > 0.01 * len(sample):
        raise _binary(where)
    foreign = len(_FOREIGN.findall(sample)) + sample.count(LOST)
    # UTF-8 read as Latin-1 and saved again, or characters already lost: 兰州 has become å…°å·ž.
    if foreign > max(20, 0.2 * len(sample)) and foreign > len(_HAN.findall(sample)):
        raise _wrong(where, encoding)
    if sample.count(LOST) > max(_DAMAGE * len(sample), 1):
        raise _wrong(where, tr("characters already lost (U+FFFD)", "已有字符丢失（U+FFFD）"))


def _binary(where: object) -> ReadingError:
    return ReadingError(
        tr("The file is not text (binary data).", "文件不是文本（二进制数据）。"),
        where=where,
        todo=tr(
            "Save it as plain text (UTF-8), or give it its proper file name extension.",
            "请另存为纯文本（UTF-8），或改用正确的扩展名。",
        ),
    )


def _wrong(where: object, what: str) -> ReadingError:
    return ReadingError(
        tr(
            f"The file's encoding is neither UTF-8, GB18030, Big5 nor UTF-16, or it is damaged ({what}).",
            f"文件编码不是 UTF-8、GB18030、Big5 或 UTF-16，或文件已损坏（{what}）。",
        ),
        where=where,
        todo=tr(
            "Open it in an editor and save it as UTF-8, or name its encoding in documents.csv (column encoding).",
            "请用编辑器打开并另存为 UTF-8，或在 documents.csv 的 encoding 列写明编码。",
        ),
    )
