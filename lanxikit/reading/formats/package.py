"""The zip that a .docx is: its parts, read one by one within the limits and without document types."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.formats.limits import Limits

_LARGE = 1_000_000


class Package:
    """The parts of a packed document.

    Parameters
    ----------
    data : bytes
    name : str
        Named in errors.
    limits : Limits

    Raises
    ------
    ReadingError
        It cannot be opened.
    """

    def __init__(self, data: bytes, name: str, limits: Limits | None = None) -> None:
        self.name, self.limits, self.packed = name, limits or Limits(), len(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError) as error:
            raise self._damaged(error) from None
        self.members = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self.members

    def read(self, part: str) -> bytes:
        """Return a part unpacked; never more than the limit, whatever the directory says of its size."""
        info, most = self.members[part], self.limits.part
        if info.flag_bits & 1:
            raise self.refused(
                tr("It is locked with a password.", "文件已加密。"),
                tr("Open it with its password and save it without one.", "请用密码打开后另存为不加密的文件。"),
            )
        if info.file_size > most:
            raise self.too_much(tr(f"{part} has {info.file_size:,} bytes", f"{part} 有 {info.file_size:,} 字节"))
        try:
            with self._zip.open(info) as stream:
                data = stream.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self._damaged(error) from None
        if len(data) > most:
            raise self.too_much(tr(f"{part} has more than {most:,} bytes", f"{part} 超过 {most:,} 字节"))
        return data

    def xml(self, part: str):
        """Return the root element of a part; document types and entities are refused, nothing is fetched."""
        from lxml import etree

        data = self.read(part)
        self._plain(data, part)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                                 remove_pis=True)  # fmt: skip
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(f"{part}: {error}") from None

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to inside the package: id → (kind, part); what lies outside is left out."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.members:
            return {}
        found = {}
        for row in self.xml(rels):
            target = row.get("Target") or ""
            if row.get("TargetMode", "").lower() == "external" or ":" in target or not target:
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[row.get("Id") or path] = ((row.get("Type") or "").rpartition("/")[2], path)
        return found

    def _plain(self, data: bytes, part: str) -> None:
        """Refuse a document type. It can only stand before the root, so the look ends there."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.sax import parseString

        try:
            parseString(data, _UntilRoot(), forbid_dtd=True)
        except _Root:
            return
        except DefusedXmlException:
            raise self.refused(
                tr(
                    f"It declares a document type or entities ({part}), as attacks do.",
                    f"其中（{part}）声明了文档类型或实体，常见于恶意文件。",
                ),
                tr("Do not use this file; get the document elsewhere.", "请勿使用该文件，从其他渠道获取文件。"),
            ) from None
        except (SAXException, ValueError, LookupError) as error:
            raise self._damaged(f"{part}: {error}") from None
        raise self._damaged(part)

    def refused(self, what: str, todo: str) -> ReadingError:
        """Return an error for this file."""
        return ReadingError(what, where=self.name, todo=todo)

    def too_much(self, how: str) -> ReadingError:
        """Return the error for a file that would unpack to too much."""
        return self.refused(
            tr(f"The file unpacks to too much: {how}.", f"文件解压后过大：{how}。"),
            tr(
                "If you trust it, save it again in Word or WPS, or raise the limit: read_corpus(…, limits=Limits(…)).",
                "如果文件可信，请在 Word 或 WPS 中另存，或提高上限：read_corpus(…, limits=Limits(…))。",
            ),
        )

    def _damaged(self, error: object) -> ReadingError:
        return self.refused(
            tr(f"The file is damaged or cut off ({error}).", f"文件已损坏或不完整（{error}）。"),
            tr("Get it again, or open it in Word or WPS and save it anew.", "请重新获取，或用 Word、WPS 打开后另存。"),
        )


def surveyed(package: Package) -> None:
    """Raise a ReadingError if the directory of a package promises more than the limits allow."""
    limits, members = package.limits, package._zip.infolist()
    if len(members) > limits.members:
        raise package.too_much(tr(f"{len(members):,} members", f"{len(members):,} 个成员"))
    total = sum(info.file_size for info in members)
    if total > limits.expanded:
        raise package.too_much(tr(f"{total:,} bytes", f"{total:,} 字节"))
    for info in members:
        if info.file_size > _LARGE and info.file_size > limits.ratio * max(info.compress_size, 1):
            times = info.file_size // max(info.compress_size, 1)
            raise package.too_much(tr(f"{info.filename} grows {times:,} times", f"{info.filename} 膨胀 {times:,} 倍"))
    # Members that share one packed stream cannot hold more than the file itself.
    if sum(info.compress_size for info in members) > package.packed:
        raise package.too_much(tr("its members overlap", "各成员互相重叠"))


class _Root(Exception):
    """The root element has begun."""


class _UntilRoot(ContentHandler):
    def startElement(self, name, attrs) -> None:
        raise _Root
