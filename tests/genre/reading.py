"""Let the kit read the synthetic documents, and score it."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

import lanxikit as lx
from lanxikit.reading.corpus import from_texts

from .make import Synthetic
from .scoring import Score, score

EMPTY = pd.DataFrame()


def judge(documents: Iterable[Synthetic]) -> Iterator[tuple[Synthetic, Score]]:
    """Read, segment and annotate each document; give it with its score. A crash is an error like any other."""
    for document in documents:
        crashes: list[str] = []
        try:
            corpus = _corpus(document)
            text = next(iter(corpus)).text
            units = lx.segment(corpus)
        except Exception as error:
            crashes.append(f"CRASH {error!r}")
            corpus = from_texts({"d": document.text})
            text, units = (
                "",
                pd.DataFrame(
                    columns=["unit_id", "kind", "ordinal", "path", "heading", "text", "start", "end", "is_leaf"]
                ),
            )
        tables = []
        for verb in (lx.responsibilities, lx.targets):
            try:
                tables.append(verb(units))
            except Exception as error:
                crashes.append(f"CRASH {verb.__name__} {error!r}")
                tables.append(EMPTY)
        found = score(document, text, units, *tables, with_kinds=bool(text) and text == document.text)
        found.errors[:0] = crashes
        yield document, found


def _corpus(document: Synthetic):
    if not document.data:
        return from_texts({"d": document.text})
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        path = Path(folder) / ("d" + document.suffix)
        path.write_bytes(document.data)
        warnings.simplefilter("ignore")  # remarks on the reading
        return lx.read_corpus(str(path))
