"""``lx.read_corpus``: files in, a corpus of documents with their metadata out."""

from __future__ import annotations

import hashlib
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.catalogue import catalogued, contents, listed, unreadable
from lanxikit.reading.formats.limits import Limits
from lanxikit.reading.intake import Intake, counted
from lanxikit.reading.metadata import metadata
from lanxikit.reading.overrides import overrides
from lanxikit.reading.twins import Twins, same_text
from lanxikit.tables import check
from lanxikit.tables.reading import DOCUMENTS

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Document:
    """One document: its id, its text (all offsets count in it), its file, and what made the text of the file.

    The text of a .txt or .md file is the decoded file, unchanged; that of any other type is
    what its reader made, kept as ``text/<file name>.txt`` beside the file. ``notes`` are the
    reader's remarks.
    """

    doc_id: str
    text: str
    source: str
    sha256: str
    reader: str
    notes: tuple[str, ...] = ()


class Corpus:
    """Documents and the table that describes them.

    Attributes
    ----------
    documents : DataFrame
        A row a document; the columns are listed at :func:`lanxikit.read_corpus`.
    doc_ids : list of str
        In the order of the table.
    unread : DataFrame
        A row a file that could not be read: ``source``, ``reason``, ``todo``.
    notes : DataFrame
        A row a remark of a reader, such as “page 3 has no text layer”: ``doc_id``, ``note``.

    Examples
    --------
    >>> corpus = from_texts({"a": "关于印发方案的通知"})
    >>> corpus.doc_ids, len(corpus), corpus["a"].text
    (['a'], 1, '关于印发方案的通知')
    """

    def __init__(self, documents: Iterable[Document], table: pd.DataFrame, unread: Iterable[ReadingError] = ()) -> None:
        self._documents = {document.doc_id: document for document in documents}
        self.documents = table
        rows = [(Path(error.where or "").name, error.what, error.todo or "") for error in unread]
        self.unread = pd.DataFrame(rows, columns=["source", "reason", "todo"], dtype="str")

    @property
    def notes(self) -> pd.DataFrame:
        """The readers' remarks."""
        rows = [(document.doc_id, note) for document in self for note in document.notes]
        return pd.DataFrame(rows, columns=["doc_id", "note"], dtype="str")

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


def read_corpus(
    source,
    *,
    on_error: str = "raise",
    keep: bool = True,
    limits: Limits | None = None,
    lexicon: str | os.PathLike | None = None,
) -> Corpus:
    """Read official documents from a folder, one file, or a list of files.

    Types: .txt .md .html .htm .docx .pdf, and pictures (.png .jpg .tif .bmp) by OCR. All but the
    plain ones are parsed in a process of their own, and the text made of them is kept as
    ``text/<file name>.txt`` beside the raw file: all offsets count in it, it is not made again
    while file and reader stay the same, and corrections in it are used.

    A folder may hold ``documents.csv``: a row a file, with the columns ``file`` and
    ``doc_id`` and any of the metadata columns below. Its filled cells override what was
    read from the document; where it gives ``sha256``, the file must still be that file;
    ``encoding`` names the encoding of a plain text. A document's id is its row's ``doc_id``,
    else its file name without extension. Files whose name begins with ``README`` or a dot
    are no documents.

    Parameters
    ----------
    source : path or list of path
    on_error : {"raise", "skip"}
        What to do with a file that cannot be read: stop there, or go on and list it in
        ``corpus.unread``.
    keep : bool
        Whether to keep the texts made of web pages, Word files, PDFs and pictures, and to use
        those kept.
    limits : Limits, optional
        How large a file may be, and how long reading it may take
        (`lanxikit.reading.formats.limits.Limits`).
    lexicon : path, optional
        A folder with word lists of your own (``genres.tsv``, ``page_words.tsv``).

    Returns
    -------
    Corpus
        ``corpus.documents`` has ``doc_id``; ``title``; ``number`` (发文字号); ``issuers``
        (tuple, the leading one first); ``level`` (country < province < prefecture < county
        < township); ``region`` and ``adcode`` (GB/T 2260); ``signed`` and ``published`` (ISO
        dates); ``year``; ``genre`` of the policy text; ``source`` file name; ``sha256`` of its
        bytes; ``n_chars`` of its text; ``index_number`` (索引号); ``theme`` (主题分类); ``reader``:
        the encoding of a plain text, else ``html``, ``docx``, ``pdf text``, ``ocr``, with
        “corrected by hand” where the kept text was changed. ``corpus[doc_id].text`` is the
        text, ``corpus.unread`` lists what could not be read, ``corpus.notes`` what the readers
        remark.

    Raises
    ------
    ReadingError
        No such file or folder, no document in it, a file that is empty, binary, in an
        unknown encoding or of an unknown type, dangerous or too large, the same file or id
        twice, or a ``documents.csv`` that names a file that is not there.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "plan.txt").write_text("兰州市人民政府关于印发发展规划的通知", encoding="utf-8")
    >>> read_corpus(folder).documents.loc[0, ["doc_id", "region", "genre"]].tolist()
    ['plan', '兰州市', '规划']
    """
    if on_error not in ("raise", "skip"):
        raise ReadingError(
            tr(f"on_error cannot be {on_error!r}.", f"on_error 不能取 {on_error!r}。"),
            todo=tr("Write on_error='raise' or on_error='skip'.", "请写 on_error='raise' 或 on_error='skip'。"),
        )
    files, passed = listed(source)
    catalogue = catalogued(files, source)
    unread = [unreadable(path) for path in passed]
    documents: dict[Path, Document] = {}
    twins = Twins()
    with Intake(limits, keep=keep) as intake:
        for path in counted(files):
            try:
                document = read_document(path, catalogue.get(path.resolve(), {}), intake)
                twins.meet(document)
            except ReadingError as error:
                if on_error == "raise":
                    raise
                unread.append(error)
            else:
                documents[path] = document
    if not documents:
        raise unread[-1]
    _tell(unread, documents.values())
    given = {document.doc_id: catalogue.get(path.resolve(), {}) for path, document in documents.items()}
    table = metadata_table(list(documents.values()), given, lexicon)
    return Corpus(documents.values(), table, unread)


def from_texts(texts: Mapping[str, str], **columns: Mapping[str, object]) -> Corpus:
    """Make a corpus of texts that are in memory already.

    Parameters
    ----------
    texts : mapping of doc_id to text
        Half of a surrogate pair, which no file can hold, becomes U+FFFD; offsets stay.
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
        Document(doc_id, text, "", hashlib.sha256(text.encode("utf-8")).hexdigest(), "text")
        for doc_id, text in ((doc_id, _SURROGATE.sub("\ufffd", text)) for doc_id, text in texts.items())
    ]
    given = {doc_id: {name: cells[doc_id] for name, cells in columns.items() if doc_id in cells} for doc_id in texts}
    return Corpus(documents, metadata_table(documents, given))


def read_document(path: Path, row: Mapping[str, str], intake: Intake) -> Document:
    """Read one file.

    Parameters
    ----------
    path : Path
    row : mapping of str
        What ``documents.csv`` says of it; may be empty.
    intake : Intake

    Returns
    -------
    Document
        Its id is the one in ``row``, else the file's name without extension.

    Raises
    ------
    ReadingError
        The file cannot be read, or is not the one that ``row`` describes.
    """
    foreign = unreadable(path)
    if foreign:
        raise foreign
    data = contents(path, intake.limits)
    digest = hashlib.sha256(data).hexdigest()
    if row.get("sha256") and row["sha256"].lower() != digest:
        raise ReadingError(
            tr(
                "The file is not the one that documents.csv describes (sha256 differs).",
                "文件与 documents.csv 所记不符（sha256 不同）。",
            ),
            where=path,
            todo=tr("Put the original file back; corrections belong in a table.", "请恢复原文件；更正应写在更正表中。"),
        )
    reading = intake.read(path, data, digest, row.get("encoding") or None)
    return Document(row.get("doc_id") or path.stem, reading.text, path.name, digest, reading.reader, reading.notes)


def _tell(unread: list[ReadingError], documents: Iterable[Document]) -> None:
    """Warn of what was not read, of readers' remarks and of one text in two files."""
    if unread:
        shown = "; ".join(f"{Path(error.where or '').name}: {error.what} {error.todo or ''}" for error in unread[:3])
        _warn(
            f"{len(unread)} file(s) were not read, see corpus.unread: {shown}",
            f"有 {len(unread)} 个文件未能读取，见 corpus.unread：{shown}",
        )
    remarks = [f"{document.source}: {note}" for document in documents for note in document.notes]
    if remarks:
        shown = "; ".join(remarks[:3])
        _warn(
            f"{len(remarks)} remark(s) on the reading, see corpus.notes: {shown}",
            f"读取时有 {len(remarks)} 条提示，见 corpus.notes：{shown}",
        )
    for one, other in same_text(documents):
        _warn(
            f"{one.source} and {other.source} hold the same text; it counts twice.",
            f"{one.source} 与 {other.source} 的文字相同，将被重复计入。",
        )


def _warn(english: str, chinese: str) -> None:
    warnings.warn(tr(english, chinese), stacklevel=4)


def metadata_table(
    documents: Iterable[Document], given: Mapping[str, Mapping], lexicon: str | os.PathLike | None = None
) -> pd.DataFrame:
    """Make the table of documents: what each says of itself, overridden by what is given for it.

    Parameters
    ----------
    documents : iterable of Document
    given : mapping of doc_id to cells
        Such as the rows of ``documents.csv``.
    lexicon : path, optional
        A folder with word lists of your own.

    Returns
    -------
    DataFrame
        A row a document; the columns are listed at :func:`lanxikit.read_corpus`.
    """
    folder = None if lexicon is None else os.fspath(lexicon)
    rows = []
    for document in documents:
        row = metadata(document.text, folder)._asdict()
        cells = given.get(document.doc_id, {})
        override = overrides(cells, cells.get("where") or document.doc_id)
        row |= override
        row |= {
            "doc_id": document.doc_id,
            "source": document.source,
            "sha256": document.sha256,
            "n_chars": len(document.text),
            "reader": document.reader,
        }
        row["year"] = None if row["year"] is None else int(row["year"])
        rows.append(row)
    return check(pd.DataFrame(rows, columns=DOCUMENTS.names()), DOCUMENTS)
