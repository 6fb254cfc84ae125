"""``lx.read_corpus``: files in, a corpus of documents with their metadata out."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.decode import decode
from lanxikit.reading.metadata import metadata
from lanxikit.tables import check
from lanxikit.tables.reading import DOCUMENTS

CATALOGUE = "documents.csv"
TEXT_TYPES = (".txt", ".md")
_OVERRIDES = ("title", "number", "issuers", "level", "region", "adcode", "signed", "published", "year", "genre")


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
    files = _files(source)
    catalogue = _catalogue(files, source)
    documents: list[Document] = []
    for path in files:
        data = _bytes(path)
        digest = hashlib.sha256(data).hexdigest()
        row = catalogue.get(path.resolve(), {})
        if row.get("sha256") and row["sha256"] != digest:
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


def _files(source) -> list[Path]:
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        if path.is_dir():
            return _folder(path)
        paths = [path]
    else:
        paths = [Path(item) for item in source]
        if not paths:
            raise ReadingError(
                tr("The list of files is empty.", "文件列表是空的。"),
                todo=tr("Give a folder, a file or a list of files.", "请给出一个文件夹、一个文件或一组文件。"),
            )
    for path in paths:
        if not path.is_file():
            raise ReadingError(
                tr("There is no such file or folder.", "没有这个文件或文件夹。"),
                where=path,
                todo=tr(
                    "Check the path; it is taken from the folder you are in.",
                    f"请检查路径；当前文件夹是 {Path.cwd()}。",
                ),
            )
        if path.suffix.lower() not in TEXT_TYPES:
            raise ReadingError(
                tr(
                    f"Files of the type {path.suffix or '(none)'} cannot be read.",
                    f"不能读取 {path.suffix or '（无扩展名）'} 类型的文件。",
                ),
                where=path,
                todo=tr(f"Save it as one of: {', '.join(TEXT_TYPES)}.", f"请另存为：{'、'.join(TEXT_TYPES)}。"),
            )
    return paths


def _folder(folder: Path) -> list[Path]:
    named = [
        path
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.is_file() and not path.name.startswith(("README", ".", "~$"))
    ]
    found = [path for path in named if path.suffix.lower() in TEXT_TYPES]
    if not found:
        raise ReadingError(
            tr("The folder holds no documents.", "文件夹中没有可读的文件。"),
            where=folder,
            todo=tr(
                f"Put files of these types into it: {', '.join(TEXT_TYPES)}.",
                f"请放入以下类型的文件：{'、'.join(TEXT_TYPES)}。",
            ),
        )
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadingError(
            tr(f"The file cannot be opened ({error.strerror}).", f"文件无法打开（{error.strerror}）。"),
            where=path,
            todo=tr(
                "Close it in other programs and check that you may read it.", "请在其他程序中关闭它，并检查读取权限。"
            ),
        ) from None


def _catalogue(files: list[Path], source) -> dict[Path, dict[str, str]]:
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
    text, _ = decode(_bytes(table), table)
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
        rows.append(cells)
    return rows


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
        override = {
            name: cell
            for name, cell in given.get(document.doc_id, {}).items()
            if name in _OVERRIDES and cell not in ("", None)
        }
        if "issuers" in override and isinstance(override["issuers"], str):
            override["issuers"] = tuple(part.strip() for part in override["issuers"].split(" / "))
        if "signed" in override and "year" not in override:
            override["year"] = int(str(override["signed"])[:4])
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
