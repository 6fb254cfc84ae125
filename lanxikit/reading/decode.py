"""Bytes to text: which encoding a file is in, or a plain word that it is in none.

Byte-order mark first, then strict UTF-8, then UTF-16 by its lanes of zero bytes, then
strict GB18030 (which holds GBK and GB2312). On damaged or short Chinese files this order
was found more reliable than statistical detectors; what it decodes is checked for sense.
"""

from __future__ import annotations

import codecs

from lanxikit.errors import ReadingError
from lanxikit.messages import tr

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r\f\v")
_SAMPLE = 20_000


def decode(data: bytes, where: object = None) -> tuple[str, str]:
    """Decode a file.

    Parameters
    ----------
    data : bytes
    where : object
        Named in the error.

    Returns
    -------
    tuple of str
        The text (line breaks as they are, byte-order mark gone) and the encoding.

    Raises
    ------
    ReadingError
        The bytes are empty, no text, or text in no known encoding.

    Examples
    --------
    >>> decode("兰州市".encode("gb18030"))
    ('兰州市', 'gb18030')
    """
    if not data.strip():
        raise ReadingError(
            tr("The file is empty.", "文件是空的。"),
            where=where,
            todo=tr("Save the document again, or remove the file.", "请重新保存该文件，或将它移走。"),
        )
    text, encoding = _decoded(data, where)
    _sensible(text, encoding, where)
    return text, encoding


def _decoded(data: bytes, where: object) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, where), encoding
    lanes = _utf16(data)
    if lanes:
        return _strict(data, lanes, where), lanes
    if b"\x00" in data[:_SAMPLE]:
        raise _binary(where)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        spoilt = error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _common(text) >= 0.9:
        return text, "gb18030"
    raise _wrong(where, f"byte {spoilt.start}") from None


def _strict(data: bytes, encoding: str, where: object) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong(where, f"{encoding}, byte {error.start}") from None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: the byte order in which nearly all characters are Chinese or ASCII."""
    if len(data) % 2 or b"\x00" not in data[:_SAMPLE]:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            sample = data.decode(encoding)[:_SAMPLE]
        except UnicodeDecodeError:
            continue
        if not _CONTROL & set(sample) and sum(map(_usual, sample)) >= 0.97 * len(sample):
            return encoding
    return None


def _usual(char: str) -> bool:
    return char < "\u0100" or "\u2000" <= char <= "\u206f" or "\u3000" <= char <= "\u9fff" or char >= "\uff00"


def _common(text: str) -> float:
    """Share of the Han characters that GB 2312 holds: near 1 in mainland texts, far less in garbled ones."""
    han = [char for char in text[:_SAMPLE] if "\u3400" <= char <= "\u9fff" or char > "\uffff"]
    if not han:
        return 1.0 if text.isascii() else 0.0
    inside = 0
    for char in han:
        try:
            char.encode("gb2312")
            inside += 1
        except UnicodeEncodeError:
            pass
    return inside / len(han)


def _sensible(text: str, encoding: str, where: object) -> None:
    sample = text[:_SAMPLE]
    if not sample.strip():
        raise ReadingError(
            tr("The file holds blanks only.", "文件中只有空白。"),
            where=where,
            todo=tr("Save the document again, or remove the file.", "请重新保存该文件，或将它移走。"),
        )
    if sum(char in _CONTROL for char in sample) > 0.01 * len(sample):
        raise _binary(where)
    foreign = sum("\u0080" <= char <= "\u00ff" for char in sample) + sample.count("\ufffd")
    han = sum("\u3400" <= char <= "\u9fff" for char in sample)
    # UTF-8 read as Latin-1 and saved again, or characters already lost: 兰州 has become å…°å·ž.
    if foreign > max(20, 0.2 * len(sample)) and foreign > han:
        raise _wrong(where, encoding)
    if sample.count("\ufffd") > 0.01 * len(sample):
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
            f"The file's encoding is neither UTF-8, GB18030 nor UTF-16 ({what}).",
            f"文件编码不是 UTF-8、GB18030 或 UTF-16（{what}）。",
        ),
        where=where,
        todo=tr("Open it in an editor and save it as UTF-8.", "请用编辑器打开并另存为 UTF-8。"),
    )
