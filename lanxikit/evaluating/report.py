"""``lanxikit evaluate``: every measure in one table, each with what it was counted on."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lanxikit.evaluating import annotations, facets, fit, structure
from lanxikit.evaluating import links as links_quality
from lanxikit.evaluating.gold import Gold
from lanxikit.evaluating.scores import Counts
from lanxikit.reading.corpus import Corpus

COLUMNS = ["measure", "document", "value", "right", "of", "precision", "recall"]


def structure_rows(corpus: Corpus, units: pd.DataFrame, gold: Gold) -> Iterator[tuple]:
    """Leaf counts, the no-loss rule, and the leaves against gold."""
    expected = dict(zip(gold.leaf_counts["doc_id"], gold.leaf_counts["leaf_units"].astype(int), strict=True))
    leaves = units[units["is_leaf"]]
    found = leaves["doc_id"].value_counts()
    for doc_id, number in expected.items():
        ours = int(found.get(doc_id, 0))
        yield ("leaf units", doc_id, float(ours == number), ours, number, None, None)
    for doc_id, holds in structure.joins(corpus, units).items():
        yield ("spans join to the file", doc_id, float(holds), int(holds), 1, None, None)
    differing = structure.differing_units(units, gold)
    wrong = differing["unit_id"].nunique()
    total = len(gold.units)
    yield ("leaf: ordinal, path, heading, text", "all", (total - wrong) / total, total - wrong, total, None, None)


def annotation_rows(
    responsibilities: pd.DataFrame, targets: pd.DataFrame, units: pd.DataFrame, gold: Gold
) -> Iterator[tuple]:
    """Responsibilities and targets."""
    counts, _ = annotations.responsibility_counts(responsibilities, units, gold)
    yield from _f1("responsibilities F1", counts)
    counts, _, shares = annotations.target_counts(targets, gold)
    yield from _f1("targets F1", counts)
    for name, share in shares.items():
        yield (f"targets: {name} right, on matches", "all", share, None, None, None, None)


def alignment_rows(scores: pd.DataFrame, links: pd.DataFrame, refinement: pd.DataFrame, gold: Gold) -> Iterator[tuple]:
    """Right goal first and among the first three, links, facets: as shipped, and with each document left out."""
    for k, measure in ((1, "right goal first, as shipped"), (3, "right goal among the first 3, as shipped")):
        for row in links_quality.right_first(scores, gold.alignment, k).itertuples():
            yield (measure, row.doc_id, row.share, round(row.share * row.n), row.n, None, None)
    yield from _links("links F1, as shipped", links_quality.link_quality(links, gold.alignment))
    bound = fit.fit(scores, gold.alignment)["link"]
    yield from _links("links F1, calibrated without the document", fit.left_out_quality(scores, gold.alignment, bound))
    for facet, (count, always) in facets.facet_counts(refinement, gold).items():
        yield _row(f"facet F1 on linked or unsure pairs: {facet}", "all", count)
        yield _row(f"… {facet}: always saying yes", "all", always)


def weight_rows(scores: pd.DataFrame, gold: Gold, neutral: dict[str, float]) -> Iterator[tuple]:
    """Right goal first with weights chosen without the document; ``scores`` holds every pair."""
    totals = links_quality.right_first(scores, gold.alignment).set_index("doc_id")["n"]
    for row in fit.weights_left_out(scores, gold.alignment, neutral).itertuples():
        if row.left_out in totals.index:
            n = int(totals[row.left_out])
            yield (
                "right goal first, weights chosen without the document",
                row.left_out,
                row.share,
                round(row.share * n),
                n,
                None,
                None,
            )


def _links(measure: str, table: pd.DataFrame) -> Iterator[tuple]:
    for row in table.itertuples():
        right = round(row.precision * row.n_found)
        yield (measure, row.doc_id, row.f1, right, row.n_gold, row.precision, row.recall)


def _f1(measure: str, counts: dict[str, Counts]) -> Iterator[tuple]:
    for doc_id, count in counts.items():
        yield _row(measure, doc_id, count)
    yield _row(measure, "all", sum(counts.values(), Counts(0, 0, 0)))


def _row(measure: str, doc_id: str, count: Counts) -> tuple:
    return (measure, doc_id, count.f1, count.right, count.right + count.missing, count.precision, count.recall)


def text(rows: list[tuple]) -> str:
    """Lay the rows out for a terminal."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    for name in ("value", "precision", "recall"):
        frame[name] = frame[name].map(lambda cell: "" if pd.isna(cell) else f"{cell:.3f}")
    for name in ("right", "of"):
        frame[name] = frame[name].map(lambda cell: "" if pd.isna(cell) else f"{int(cell)}")
    return frame.to_string(index=False)


def markdown(rows: list[tuple]) -> str:
    """Lay the rows out as the table of the README: a row a measure, a column a document."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    shown = frame[frame["of"].notna()]
    cells = {
        (row.measure, row.document): f"{row.value:.2f} ({int(row.right)}/{int(row.of)})" for row in shown.itertuples()
    }
    documents = [name for name in dict.fromkeys(shown["document"]) if name != "all"] + ["all"]
    lines = [f"| measure | {' | '.join(documents)} |", "|---" * (len(documents) + 1) + "|"]
    for measure in dict.fromkeys(shown["measure"]):
        lines.append(f"| {measure} | " + " | ".join(cells.get((measure, name), "") for name in documents) + " |")
    return "\n".join(lines)
