"""``lx.read_corpus``: files in, a corpus of documents with their metadata out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.catalogue import catalogued, contents, listed
from lanxikit.reading.decode import decode
from lanxikit.reading.metadata import metadata
from lanxikit.reading.overrides import overrides
from lanxikit.tables import check
from lanxikit.tables.reading import DOCUMENTS


@dataclass(frozen=True)
class Document:
    """One document: its id, its decoded text (unchanged; all offsets count in it), and its file."""

    doc_id: str
    text: str
    source: str
    sha256: str
    encoding: str


class Corpus:
    """Documents and the table that describes them.

    Attributes
    ----------
    documents : DataFrame
        A row a document; the columns are listed at :func:`lanxikit.read_corpus`.
    doc_ids : list of str
        In the order of the table.

    Examples
    --------
    >>> corpus = from_texts({"a": "关于印发方案的通知"})
    >>> corpus.doc_ids, len(corpus), corpus["a"].text
    (['a'], 1, '关于印发方案的通知')
    """

    def __init__(self, documents: Iterable[Document], table: pd.DataFrame) -> None:
        self._documents = {document.doc_id: document for document in documents}
        self.documents = table

    @property
    def doc_ids(self) -> list[str]:
        """The documents' ids."""
        return list(self._documents)

    def __getitem__(self, doc_id: str) -> Document:
        try:
            return self._documents[doc_id]
        except KeyError:
            raise ReadingError(
                tr(f"There is no document {doc_id!r}.", f"没有文件 {doc_id!r}。"),
                todo=tr(f"The documents are: {', '.join(self.doc_ids)}.", f"现有：{'、'.join(self.doc_ids)}。"),
            ) from None

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents.values())

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._documents

    def __repr__(self) -> str:
        return f"Corpus({len(self)} documents: {', '.join(self.doc_ids)})"


def read_corpus(source, *, lexicon: str | os.PathLike | None = None) -> Corpus:
    """Read official documents from a folder, one file, or a list of files.

    A folder may hold ``documents.csv``: a row a file, with the columns ``file`` and
    ``doc_id`` and any of the metadata columns below. Its filled cells override what was
    read from the document; where it gives ``sha256``, the file must still be that file.
    A document's id is its row's ``doc_id``, else its file name without extension. Files
    whose name begins with ``README`` or a dot are no documents.

    Parameters
    ----------
    source : path or list of path
    lexicon : path, optional
        A folder with word lists of your own (``genres.tsv``, ``page_words.tsv``).

    Returns
    -------
    Corpus
        ``corpus.documents`` has ``doc_id``; ``title``; ``number`` (发文字号); ``issuers``
        (tuple, the leading one first); ``level`` (country < province < prefecture < county
        < township); ``region`` and ``adcode`` (GB/T 2260); ``signed`` and ``published`` (ISO
        dates); ``year``; ``genre`` of the policy text; ``source`` file name; ``sha256`` of its
        bytes; ``n_chars`` of its decoded text. ``corpus[doc_id].text`` is that text, unchanged.

    Raises
    ------
    ReadingError
        No such file or folder, no document in it, a file that is empty, binary, in an
        unknown encoding or of an unknown type, the same file or id twice, or a
        ``documents.csv`` that names a file that is not there.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "plan.txt").write_text("兰州市人民政府关于印发发展规划的通知", encoding="utf-8")
    >>> read_corpus(folder).documents.loc[0, ["doc_id", "region", "genre"]].tolist()
    ['plan', '兰州市', '规划']
    """
    files = listed(source)
    catalogue = catalogued(files, source)
    documents: list[Document] = []
    for path in files:
        data = contents(path)
        digest = hashlib.sha256(data).hexdigest()
        row = catalogue.get(path.resolve(), {})
        if row.get("sha256") and row["sha256"].lower() != digest:
            raise ReadingError(
                tr(
                    "The file is not the one that documents.csv describes (sha256 differs).",
                    "文件与 documents.csv 所记不符（sha256 不同）。",
                ),
                where=path,
                todo=tr(
                    "Put the original file back; corrections belong in a table.", "请恢复原文件；更正应写在更正表中。"
                ),
            )
        text, encoding = decode(data, path)
        documents.append(Document(row.get("doc_id") or path.stem, text, path.name, digest, encoding))
    _unique(documents)
    given = {
        document.doc_id: catalogue.get(path.resolve(), {}) for document, path in zip(documents, files, strict=True)
    }
    return Corpus(documents, _table(documents, given, None if lexicon is None else os.fspath(lexicon)))


def from_texts(texts: Mapping[str, str], **columns: Mapping[str, object]) -> Corpus:
    """Make a corpus of texts that are in memory already.

    Parameters
    ----------
    texts : mapping of doc_id to text
    **columns : mapping of doc_id to value
        Metadata that override what the texts say, e.g. ``signed={"a": "2022-08-16"}``.

    Returns
    -------
    Corpus

    Examples
    --------
    >>> from_texts({"a": "一、总则"}, year={"a": 2024}).documents.loc[0, "year"]
    np.int64(2024)
    """
    documents = [
        Document(doc_id, text, "", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "utf-8")
        for doc_id, text in texts.items()
    ]
    given = {doc_id: {name: cells[doc_id] for name, cells in columns.items() if doc_id in cells} for doc_id in texts}
    return Corpus(documents, _table(documents, given, None))


def _unique(documents: list[Document]) -> None:
    ids: dict[str, Document] = {}
    digests: dict[str, Document] = {}
    for document in documents:
        twin = digests.setdefault(document.sha256, document)
        if twin is not document:
            raise ReadingError(
                tr(
                    f"The same document is there twice: {twin.source} and {document.source}.",
                    f"同一文件出现两次：{twin.source} 与 {document.source}。",
                ),
                where=document.source,
                todo=tr("Remove one of the two.", "请移走其中一个。"),
            )
        twin = ids.setdefault(document.doc_id, document)
        if twin is not document:
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


def _table(documents: list[Document], given: dict[str, dict], lexicon: str | None) -> pd.DataFrame:
    rows = []
    for document in documents:
        row = metadata(document.text, lexicon)._asdict()
        cells = given.get(document.doc_id, {})
        override = overrides(cells, cells.get("where") or document.doc_id)
        row |= override
        row |= {
            "doc_id": document.doc_id,
            "source": document.source,
            "sha256": document.sha256,
            "n_chars": len(document.text),
        }
        row["year"] = None if row["year"] is None else int(row["year"])
        rows.append(row)
    return check(pd.DataFrame(rows, columns=DOCUMENTS.names()), DOCUMENTS)
