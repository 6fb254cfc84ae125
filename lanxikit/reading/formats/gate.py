"""The gate before every parser: what a file really is, and whether it is harmless enough to be parsed.

A file is known by its content, which must agree with its name. Nothing is unpacked or
parsed before it has passed; the limits are those of `Limits`. Design and measurements:
bombs of 1 MB took 2 GB of memory in common parsers, and all were told by these checks. How deep the
elements of a web page may nest is settled by its reader, which loses no text over it.
"""

from __future__ import annotations

import re

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.formats import IMAGES
from lanxikit.reading.formats.limits import Limits
from lanxikit.reading.formats.package import Package, surveyed

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_PICTURES = ("png", "jpeg", "tiff", "bmp")
_WANTED = {".docx": ("docx",), ".pdf": ("pdf",), ".html": ("html", "text"), ".htm": ("html", "text")}
_WANTED |= dict.fromkeys(IMAGES, _PICTURES)
_PDF = re.compile(rb"%PDF-\d\.\d")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_NAMES = {
    "docx": ("a Word document (.docx)", "Word 文档（.docx）"),
    "xlsx": ("an Excel file", "Excel 文件"),
    "pptx": ("a PowerPoint file", "PowerPoint 文件"),
    "ofd": ("an OFD document", "OFD 版式文件"),
    "odt": ("an OpenDocument text", "OpenDocument 文档"),
    "zip": ("a packed archive", "压缩包"),
    "archive": ("a packed archive", "压缩包"),
    "ole": ("an old Office document (.doc, .wps, .xls)", "旧版 Office 文档（.doc、.wps、.xls）"),
    "locked": ("an Office document with a password", "加密的 Office 文档"),
    "rtf": ("an RTF document", "RTF 文档"),
    "word xml": ("a Word document saved as XML", "另存为 XML 的 Word 文档"),
    "mht": ("a web archive (.mht)", "单个文件网页（.mht）"),
    "html": ("a web page (HTML)", "网页（HTML）"),
    "pdf": ("a PDF document", "PDF 文件"),
    "program": ("a program", "程序文件"),
    "empty": ("empty", "空文件"),
    "text": ("plain text", "纯文本"),
} | dict.fromkeys((*_PICTURES, "gif"), ("a picture", "图片"))


def kind(data: bytes) -> str:
    """Tell what a file is by its content.

    Returns
    -------
    str
        ``docx xlsx pptx ofd odt zip archive ole locked rtf pdf html mht "word xml" png jpeg
        tiff bmp gif program text empty``; ``text`` is whatever is none of the others.

    Examples
    --------
    >>> kind(b"%PDF-1.7"), kind("兰州市".encode())
    ('pdf', 'text')
    """
    head = data[:4096]
    if not head.strip():
        return "empty"
    if head.startswith(_ZIP):
        return _zipped(data)
    for magic, name in _MAGIC:
        if head.startswith(magic):
            if name == "program" and b"\x00" not in head[:64]:
                break  # a text that happens to begin with these letters
            return "locked" if name == "ole" and "EncryptedPackage".encode("utf-16-le") in data else name
    if head[:2] == b"BM" and len(data) > 26 and int.from_bytes(data[14:18], "little") in (12, 40, 52, 56, 64, 108, 124):
        return "bmp"
    if _PDF.search(head, 0, 1024) and not _is_page(head):
        return "pdf"
    return _markup(head)


def _zipped(data: bytes) -> str:
    """What a zip holds, by the names in it; they stand in its directory, at its end."""
    tail = data[-400_000:] + data[:4096]
    for mark, name in (
        (b"word/", "docx"), (b"OFD.xml", "ofd"), (b"xl/", "xlsx"), (b"ppt/", "pptx"),
        (b"application/vnd.oasis.opendocument", "odt"),
    ):  # fmt: skip
        if mark in tail:
            return name
    return "zip"


def _markup(head: bytes) -> str:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = head.decode("utf-16", "replace").encode("utf-8", "replace")
    if b"mso-application" in plain[:600] or b"wordDocument" in plain[:600]:
        return "word xml"
    if _is_page(plain):
        return "html"
    if re.match(rb"(?:From: <Saved by|MIME-Version:|Subject:|Date:)", plain) and b"multipart/related" in plain:
        return "mht"
    return "text"


def _is_page(head: bytes) -> bool:
    """Tell whether a file opens like a web page, after an XML declaration and comments."""
    head = head.lstrip()
    while head.startswith((b"<?xml", b"<!--")):
        head = head.partition(b"?>" if head.startswith(b"<?") else b"-->")[2].lstrip()
    return _PAGE.match(head) is not None


def admit(data: bytes, name: str, suffix: str, limits: Limits | None = None) -> None:
    """Let a file pass, or say why not.

    Parameters
    ----------
    data : bytes
    name : str
        Named in the error.
    suffix : str
        The ending of its name, such as ``.docx``.
    limits : Limits, optional

    Raises
    ------
    ReadingError
        The content is not what the ending says, the file is locked with a password, or
        it is larger (packed, unpacked) than the limits allow.

    Examples
    --------
    >>> admit(b"<html><p>x</p></html>", "a.html", ".html")
    """
    limits = limits or Limits()
    suffix = suffix.lower()
    if len(data) > limits.bytes:
        raise too_large(name, len(data), limits)
    found = kind(data)
    wanted = _WANTED.get(suffix, ("text",))
    if found not in wanted:
        raise _other(found, suffix, name)
    if found == "docx":
        surveyed(Package(data, name, limits))


def too_large(name: str, size: int, limits: Limits) -> ReadingError:
    """Return the error for a file of too many bytes."""
    return ReadingError(
        tr(
            f"The file has {size:,} bytes (at most {limits.bytes:,} are read).",
            f"文件有 {size:,} 字节（最多读取 {limits.bytes:,} 字节）。",
        ),
        where=name,
        todo=tr(
            "Make its pictures smaller, or raise the limit: read_corpus(…, limits=Limits(bytes=…)).",
            "请压缩其中的图片，或提高上限：read_corpus(…, limits=Limits(bytes=…))。",
        ),
    )


def _other(found: str, suffix: str, name: str) -> ReadingError:
    english, chinese = _NAMES[found]
    todo = {
        "docx": tr("Give it the ending .docx.", "请把扩展名改为 .docx。"),
        "pdf": tr("Give it the ending .pdf.", "请把扩展名改为 .pdf。"),
        "html": tr("Give it the ending .html.", "请把扩展名改为 .html。"),
        "locked": tr("Open it with its password and save it without one.", "请用密码打开后另存为不加密的文件。"),
        "empty": tr("Get the document again, or remove the file.", "请重新获取该文件，或将它移走。"),
        "zip": tr("Unpack it and give the documents in it.", "请先解压，再给出其中的文件。"),
        "archive": tr("Unpack it and give the documents in it.", "请先解压，再给出其中的文件。"),
        "mht": tr(
            "Open it in a browser and save it as “web page, HTML only”.", "请用浏览器打开，另存为“网页，仅 HTML”。"
        ),
        "program": tr("Remove the file.", "请移走该文件。"),
        "text": tr("Get the document again, or give it the ending .txt.", "请重新获取该文件，或把扩展名改为 .txt。"),
    }.get(found)
    if found in _PICTURES:
        todo = tr(f"Give it the ending .{found}.", f"请把扩展名改为 .{found}。")
    if found == "text" and suffix == ".pdf":
        english, chinese = "no PDF", "PDF"
        what = tr("The file is no PDF, whatever its name says.", "该文件虽以 .pdf 命名，内容却不是 PDF。")
    elif found == "empty":
        what = tr("The file is empty.", "文件是空的。")
    elif suffix in (".txt", ".md"):
        what = tr(
            f"The file is not text (binary data or markup): it is {english}.",
            f"文件不是纯文本（二进制数据或标记语言）：内容是{chinese}。",
        )
    else:
        what = tr(
            f"The file's name ends in {suffix}, but it is {english}.", f"文件扩展名是 {suffix}，内容却是{chinese}。"
        )
    return ReadingError(
        what,
        where=name,
        todo=todo or tr("Open it in Word or WPS and save it as .docx.", "请用 Word 或 WPS 打开，另存为 .docx。"),
    )
