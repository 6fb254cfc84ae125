"""Documents that are there twice: the same bytes or id is an error, the same text in two files a remark."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lanxikit.errors import ReadingError
from lanxikit.messages import tr

_SAID = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")


class Twins:
    """Refuses a document that is there already."""

    def __init__(self) -> None:
        self._digests: dict[str, Any] = {}
        self._ids: dict[str, Any] = {}

    def meet(self, document: Any) -> None:
        """Remember a document, or raise a ReadingError if its bytes or its id have been met."""
        twin = self._digests.get(document.sha256)
        if twin:
            raise ReadingError(
                tr(
                    f"The same document is there twice: {twin.source} and {document.source}.",
                    f"同一文件出现两次：{twin.source} 与 {document.source}。",
                ),
                where=document.source,
                todo=tr("Remove one of the two.", "请移走其中一个。"),
            )
        twin = self._ids.get(document.doc_id)
        if twin:
            raise ReadingError(
                tr(
                    f"Two files have the id {document.doc_id!r}: {twin.source} and {document.source}.",
                    f"两个文件的编号同为 {document.doc_id!r}：{twin.source} 与 {document.source}。",
                ),
                where=document.source,
                todo=tr(
                    "Rename one, or give ids in documents.csv.", "请重命名其中一个，或在 documents.csv 中给出 doc_id。"
                ),
            )
        self._digests[document.sha256] = self._ids[document.doc_id] = document


def same_text(documents: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Go through the pairs of documents that say the same, whatever their encoding, layout and punctuation.

    Examples
    --------
    >>> from types import SimpleNamespace as File
    >>> texts = {"a": "一、总则", "b": "一 总则"}
    >>> [(one.source, other.source) for one, other in same_text(File(source=k, text=v) for k, v in texts.items())]
    [('a', 'b')]
    """
    seen: dict[str, Any] = {}
    for document in documents:
        words = "".join(_SAID.findall(document.text))
        twin = seen.setdefault(hashlib.sha256(words.encode("utf-8")).hexdigest(), document)
        if twin is not document:
            yield twin, document
