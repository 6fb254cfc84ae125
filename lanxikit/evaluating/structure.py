"""Leaf units against gold: count, order, ordinal, path, heading and text; and the no-loss rule."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from lanxikit.evaluating.gold import Gold
from lanxikit.reading.corpus import Corpus


def bare(text: object) -> str:
    """Drop white space, markup and punctuation width, as the gold's README counts a match."""
    return re.sub(r"[\s*#|]", "", unicodedata.normalize("NFKC", text)) if isinstance(text, str) else ""


def joins(corpus: Corpus, units: pd.DataFrame) -> dict[str, bool]:
    """Tell for each document whether its rows' spans join to the file."""
    found = {}
    for document in corpus:
        rows = units[units["doc_id"] == document.doc_id]
        joined = "".join(document.text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True))
        chained = [0, *rows["end"]] == [*rows["start"], len(document.text)]
        found[document.doc_id] = joined == document.text and chained
    return found


def differing_units(units: pd.DataFrame, gold: Gold) -> pd.DataFrame:
    """List the leaves that differ from gold, with what differs: ordinal, path, heading or text.

    Gold gives the text of a table row with its duty cells, and the task line of a unit
    without its 工作成果; so the one must begin with ours, ours with the other.
    """
    leaves = units[units["is_leaf"]].set_index("unit_id")
    rows = []
    for expected in gold.units.itertuples():
        if expected.unit not in leaves.index:
            rows.append((expected.unit, "missing", expected.text, ""))
            continue
        found = leaves.loc[expected.unit]
        ours, theirs = bare(found["text"]), bare(expected.text)
        pairs = {
            "ordinal": (bare(found["ordinal"]), bare(expected.ordinal)),
            "path": (bare(" / ".join(found["path"])), bare(expected.path)),
            "heading": (bare(found["heading"]), bare(expected.heading)),
            "text": (ours, ours if theirs.startswith(ours) or ours.startswith(theirs) else theirs),
        }
        rows.extend((expected.unit, what, b, a) for what, (a, b) in pairs.items() if a != b)
    return pd.DataFrame(rows, columns=["unit_id", "what", "gold", "found"])
