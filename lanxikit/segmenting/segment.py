"""``lx.segment``: documents in, a row a piece of text out, nothing lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.reading.lines import read
from lanxikit.segmenting.blocks import blocks
from lanxikit.segmenting.outline import Outline, Piece
from lanxikit.segmenting.sentences import split
from lanxikit.segmenting.zones import zones
from lanxikit.tables import check
from lanxikit.tables.segmenting import LEAF_KINDS, UNITS
from lanxikit.text.collector import resting
from lanxikit.text.pieces import encode

if TYPE_CHECKING:
    from lanxikit.reading.corpus import Corpus

_NUMBERS = [f"{number:03d}" for number in range(1000)]
GRAINS = ("item", "sentence", "clause")
_OWN = [name for name in UNITS.names() if name not in ("doc_level", "region", "adcode", "year", "signed")]


def segment(corpus: Corpus, unit: str = "item", *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """Cut the documents of a corpus into pieces, in document order.

    The rows of a document follow one another from 0 to the length of its text without gap
    or overlap, so that their slices join to the file. Numbering follows GB/T 9704-2012
    §7.3.3 in either width and with levels skipped; lines cut by a page or a column are
    joined; a task table is read row by row (see ``lanxikit.segmenting.tasktable``).

    Parameters
    ----------
    corpus : Corpus
        From :func:`lanxikit.read_corpus`.
    unit : {"item", "sentence", "clause"}
        How fine the leaves are. With ``"sentence"`` and ``"clause"`` each leaf is replaced
        by its sentences or clauses, whose ``parent_id`` is the leaf; a clause is one
        action, verb and object.
    lexicon : path, optional
        A folder with word lists of your own (``duty_labels.tsv``, ``page_words.tsv``,
        ``table_columns.tsv`` …); see ``lanxikit/lexicons/README.md``.

    Returns
    -------
    DataFrame
        ``doc_id`` document; ``unit_id`` of a leaf ``doc_id#NNN`` (counted from 1), of any
        other row ``doc_id/NNN``; ``parent_id`` the row above (a heading, or the leaf of a
        duty line); ``position`` order in the document, from 1; ``kind`` what the piece is;
        ``level`` depth in the outline; ``ordinal`` its number as written; ``path`` the
        headings above, outermost first; ``heading`` the run-in heading, the task column,
        or the label of a duty line; ``text`` for reading; ``start``, ``end`` the row's
        span in the file in characters, ``end`` exclusive; ``is_leaf`` whether it carries
        policy content; ``pieces`` the slices of the file that make up ``text``, ``heading_pieces`` those of a
        leaf's ``heading``; and the
        document's ``doc_level``, ``region``, ``adcode``, ``year``, ``signed``.

    Raises
    ------
    LanxiError
        ``unit`` is none of the three, or what is given is no corpus.

    Examples
    --------
    >>> import lanxikit as lx
    >>> from lanxikit.reading.corpus import from_texts
    >>> corpus = from_texts({"a": "一、总体要求\\n（一）发展目标。\\n到2025年，建成基地。\\n责任单位：市水务局\\n"})
    >>> units = lx.segment(corpus)
    >>> units["unit_id"].tolist()
    ['a/001', 'a/002', 'a#001', 'a/004']
    >>> units["text"].tolist()
    ['一、总体要求', '（一）发展目标。', '到2025年，建成基地。', '市水务局']
    """
    if unit not in GRAINS:
        raise LanxiError(
            tr(f"unit={unit!r} is not known.", f"不认识 unit={unit!r}。"),
            todo=tr('Use "item", "sentence" or "clause".', '请用 "item"、"sentence" 或 "clause"。'),
        )
    if not hasattr(corpus, "documents"):
        raise LanxiError(
            tr(f"This is no corpus: {corpus!r}.", f"这不是语料：{corpus!r}。"),
            todo=tr("Read the documents first: lx.read_corpus(folder).", "请先读取文件：lx.read_corpus(文件夹)。"),
        )
    folder = None if lexicon is None else os.fspath(lexicon)
    with resting():
        frame = _frame(corpus, unit, folder)
    about = corpus.documents[["doc_id", "level", "region", "adcode", "year", "signed"]]
    frame = frame.merge(about.rename(columns={"level": "doc_level"}), on="doc_id", how="left", suffixes=("", "_doc"))
    return check(frame, UNITS)


def _frame(corpus: Corpus, unit: str, lexicon: str | None) -> pd.DataFrame:
    """The rows of all documents; what they were made of is gone before the collector sets to work."""
    rows: list[tuple] = []
    for document in corpus:
        rows.extend(_rows(document.doc_id, document.text, unit, lexicon))
    return pd.DataFrame(rows, columns=_OWN)


def _rows(doc_id: str, source: str, unit: str, lexicon: str | None) -> list[tuple]:
    pieces = cut(source, lexicon)
    ids = _ids(doc_id, pieces)
    rows: list[tuple] = []
    for piece, unit_id in zip(pieces, ids, strict=True):
        kind, heading = piece.kind, piece.heading_spans
        leaf = kind in LEAF_KINDS
        if unit != "item" and leaf:
            parent = unit_id
            parts = [
                (f"{unit_id}.{number}", *part)
                for number, part in enumerate(split(source, piece, unit, lexicon), start=1)
            ]
        else:
            parent = None if piece.parent is None else ids[piece.parent]
            parts = ((unit_id, piece.start, piece.end, piece.spans),)
        named = (encode(heading) or None) if heading else None
        for name, start, end, spans in parts:
            text, slices = "", None
            if len(spans) == 1:
                low, high = spans[0]
                text, slices = source[low:high], f"{low}-{high}" if low != high else None
                text = text if text.isprintable() else read(source, spans)
            elif spans:
                text, slices = read(source, spans), encode(spans) or None
            rows.append((
                doc_id, name, parent, len(rows) + 1, kind, piece.level, piece.ordinal, piece.path, piece.heading,
                text, start, end, leaf, slices, named,
            ))  # fmt: skip
    return rows


def cut(source: str, lexicon: str | None = None) -> list[Piece]:
    """Cut one text into pieces whose ``[start, end)`` join to it."""
    found = blocks(source, lexicon)
    if not found:
        return [Piece("blank", 0, len(source))] if source else []
    around = zones(found, lexicon)
    pieces: list[Piece] = []
    at = 0
    for part in [*around.parts, None]:
        stop = part.first if part else len(found)
        for index in range(at, stop):
            block = found[index]
            pieces.append(Piece(around.kinds[index], block.start, block.end, block.spans))
        if part:
            path = (part.title,) if part.title else ()
            body = Outline(source, found[part.first : part.last], lexicon, path=path).build()
            above = len(pieces)
            for piece in body if above else ():
                if piece.parent is not None:
                    piece.parent += above
            pieces += body
            at = part.last
    return pieces


def _ids(doc_id: str, pieces: list[Piece]) -> list[str]:
    ids, leaves, leaf, other = [], 0, f"{doc_id}#", f"{doc_id}/"
    for number, piece in enumerate(pieces, start=1):
        if piece.kind in LEAF_KINDS:
            leaves += 1
            ids.append(leaf + (_NUMBERS[leaves] if leaves < 1000 else str(leaves)))
        else:
            ids.append(other + (_NUMBERS[number] if number < 1000 else str(number)))
    return ids
