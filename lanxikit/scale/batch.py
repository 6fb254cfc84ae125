"""From a batch of documents to its tables: the one function that every engine calls, a function of the files alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lanxikit.reading.failures import told

if TYPE_CHECKING:
    import pandas as pd

    from lanxikit.reading.corpus import Document

ANNOTATIONS = ("responsibilities", "targets", "deadlines", "places", "projects", "commitment", "instruments")
TABLES = ("documents", "texts", "remarks", "bases", "units", *ANNOTATIONS, "unread")
"""The tables made of each batch."""


class Entry(NamedTuple):
    """A file of the source.

    Parameters
    ----------
    path : str
        Where it lies.
    name : str
        Its path from the source folder on, with ``/``.
    doc_id : str
    cells : dict
        What ``documents.csv`` says of it.
    fault : tuple of str, optional
        Why there is no use in trying to read it, and what to do about it.
    """

    path: str
    name: str
    doc_id: str
    cells: Mapping[str, str]
    fault: tuple[str, str] | None = None


def fingerprint(entry: Entry) -> str:
    """Return what identifies a file's content; for one that cannot be opened, why not."""
    if entry.fault:
        return "fault"
    try:
        with open(entry.path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return f"errno {error.errno}"


def made(
    entries: Iterable[Entry], lost: Mapping[str, tuple[str, str]] | None = None, passing: list[str] | None = None
) -> dict[str, pd.DataFrame]:
    """Read documents and make all tables of them.

    Each document is taken by itself: the rows are the same whatever batch it is in, and
    `bases` names no other document of the source by its id.

    Parameters
    ----------
    entries : iterable of Entry
    lost : mapping of name to (reason, todo), optional
        Documents that are not to be tried again.
    passing : list of str, optional
        Is given the names of those that failed for want of memory or time, or by another trouble that may pass.

    Returns
    -------
    dict of DataFrame
        By the names in ``TABLES``, with the columns declared in ``lanxikit.tables``. ``unread``
        has a row for each file that could not be read or made the kit stop.
    """
    from lanxikit.reading.intake import Intake

    entries = list(entries)
    failed = {entry.name: entry.fault for entry in entries if entry.fault} | dict(lost or {})
    read: list[tuple[Entry, Document]] = []
    with Intake(keep=False) as intake:
        for entry in entries:
            if entry.name in failed:
                continue
            try:
                read.append((entry, _read(entry, intake)))
            except Exception as error:
                failed[entry.name] = told(error, entry.name, passing)
    try:
        tables = _tables(read)
    except Exception:
        tables = _one_by_one(read, failed, passing)
    rows = [(_printable(entry.name), *failed[entry.name]) for entry in entries if entry.name in failed]
    return tables | {"unread": _frame("unread", rows)}


def _read(entry: Entry, intake) -> Document:
    from lanxikit.reading.corpus import read_document

    document = read_document(Path(entry.path), entry.cells, intake)
    return replace(document, doc_id=entry.doc_id, source=_printable(entry.name))


def _tables(read: list[tuple[Entry, Document]]) -> dict[str, pd.DataFrame]:
    from importlib import import_module

    from lanxikit.reading.corpus import Corpus, metadata_table
    from lanxikit.reading.lineage import bases
    from lanxikit.segmenting.segment import segment
    from lanxikit.text.collector import resting
    from lanxikit.text.shared import sharing

    documents = [document for _, document in read]
    with sharing(), resting():  # the lines of the files
        corpus = Corpus(documents, metadata_table(documents, {entry.doc_id: entry.cells for entry, _ in read}))
        units = segment(corpus)
        based = bases(corpus, look_up=False)  # which other documents are in its batch must not show
    tables = {
        "documents": corpus.documents,
        "texts": _frame("texts", [(document.doc_id, document.text) for document in documents]),
        "remarks": _frame("remarks", [(document.doc_id, note) for document in documents for note in document.notes]),
        "bases": based,
        "units": units,
    }
    with sharing(), resting():  # the passages of the units, their times and places
        return tables | {
            name: getattr(import_module(f"lanxikit.annotating.{name}"), name)(units) for name in ANNOTATIONS
        }


def _one_by_one(read: list[tuple[Entry, Document]], failed: dict, passing: list[str] | None) -> dict[str, pd.DataFrame]:
    """Make the tables of each document by itself, and leave out those at which the kit stops."""
    import pandas as pd

    parts = [_tables([])]
    for entry, document in read:
        try:
            parts.append(_tables([(entry, document)]))
        except Exception as error:
            failed[entry.name] = told(error, entry.name, passing)
    full = {name: [part[name] for part in parts if len(part[name])] for name in parts[0]}
    return {name: pd.concat(found, ignore_index=True) if found else parts[0][name] for name, found in full.items()}


def _frame(name: str, rows: list[tuple]) -> pd.DataFrame:
    import pandas as pd

    from lanxikit.tables import check, table

    return check(pd.DataFrame(rows, columns=table(name).names()), name)


def _printable(name: str) -> str:
    """Return a path as text that any file can hold; bytes that are no text become U+FFFD."""
    return name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
