"""A study of two stages, quick enough to be killed at any moment; its documents are plain text."""

from __future__ import annotations

import os
import time

from lanxikit.errors import ReadingError
from lanxikit.study.pipeline import Stage


def read(study, _):
    import pandas as pd

    if (study.root / "BUG").exists():
        raise ZeroDivisionError("a mistake of ours")
    texts = {path.stem: path.read_text("utf-8") for path in sorted(study.raw.glob("*.txt"))}
    if not texts:
        raise ReadingError("The folder holds no documents.", where=study.raw, todo="Put some there.")
    _linger()
    row = {"issuers": ("甲", "乙"), "level": "county", "region": "平安区", "year": 2022, "sha256": "0"}
    absent = ("number", "adcode", "signed", "published", "genre", "index_number", "theme", "reader")
    missing = dict.fromkeys(absent)
    rows = [
        {"doc_id": name, "title": text.strip(), "source": name, "n_chars": len(text), **row, **missing}
        for name, text in texts.items()
    ]
    return {"documents": pd.DataFrame(rows)}


def pair(study, tables):
    import pandas as pd

    _linger()
    names = list(tables["documents"]["doc_id"])
    relation = study.options.get("lineage", {}).get("relation", "unrelated")
    rows = [
        {"upper_id": upper, "lower_id": lower, "relation": relation, "evidence": None, "start": None, "end": None}
        for upper in names
        for lower in names
        if upper != lower
    ]
    return {"lineage": pd.DataFrame(rows)}


def _linger():
    time.sleep(float(os.environ.get("TINY_SECONDS", "0")))


PIPELINE = (
    Stage("read", read, ("documents",), from_raw=True),
    Stage("pair", pair, ("lineage",), ("documents",), sections=("lineage",)),
)
