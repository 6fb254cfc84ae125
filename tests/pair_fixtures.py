"""What the tests of comparing and refining share: units made by hand, and the study scored once."""

from __future__ import annotations

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.tables.segmenting import UNITS

UPPER = "qinghai-gansu-2022"


def units_of(doc_id: str, *texts: str, adcode: str | None = None) -> pd.DataFrame:
    """A document whose leaves are these texts, one after the other in a file of nothing else."""
    rows, start = [], 0
    for number, text in enumerate(texts, 1):
        rows.append({
            "doc_id": doc_id, "unit_id": f"{doc_id}#{number:03d}", "position": number, "kind": "measure", "level": 1,
            "path": (), "heading": None, "text": text, "start": start, "end": start + len(text), "is_leaf": True,
            "adcode": adcode,
        })
        start += len(text)
    return pd.DataFrame(rows).reindex(columns=UNITS.names())


@pytest.fixture(scope="session")
def make_units():
    return units_of


@pytest.fixture(scope="session")
def study(units):
    """The plan, and the other four documents."""
    above = units["doc_id"] == UPPER
    return units[above], units[~above]


@pytest.fixture(scope="session")
def study_scores(study):
    return lx.compare(*study)


@pytest.fixture(scope="session")
def gold(root):
    return lambda name: pd.read_csv(root / "data" / "gold" / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def study_links(study_scores):
    return lx.align(study_scores)


@pytest.fixture(scope="session")
def study_refinement(study, study_links):
    return lx.refine(study_links, *study)


@pytest.fixture(scope="session")
def gold_refinement(study, gold):
    """The annotated modes, and what refine says of the same pairs."""
    modes = gold("refinement_modes")
    links = modes.rename(columns={"upper_unit": "upper_id", "lower_unit": "lower_id"})[["upper_id", "lower_id"]]
    return modes, lx.refine(links, *study)
