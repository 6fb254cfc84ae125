"""``lanxikit evaluate``: every measure in one table, each with its interval and what it was counted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from lanxikit.comparing.components import COMPONENTS
from lanxikit.evaluating import annotations, fit, structure
from lanxikit.evaluating.baselines import CHARACTERS, best_only
from lanxikit.evaluating.calibration import (
    bereft_tally,
    missed_tally,
    probability_tallies,
    sourceless_tally,
    unsure_tally,
)
from lanxikit.evaluating.facets import ALL, facet_tallies
from lanxikit.evaluating.gold import Gold
from lanxikit.evaluating.links import first_tally, learnable, link_tally
from lanxikit.evaluating.tally import Result, Tally, answers, share
from lanxikit.reading.corpus import Corpus

COLUMNS = ["measure", "document", "value", "low", "high", "right", "of", "precision", "recall"]
WITHOUT = "without the encoder"
MAIN = (
    "leaf units",
    "responsibilities F1",
    "targets F1",
    "right goal first, weights fitted without the document",
    f"right goal first, baseline: {CHARACTERS}",
    "links F1, decided without the document",
    f"links F1, baseline: the best by {CHARACTERS}",
    "true links missed, neither linked nor unsure",
    "leaves without source F1, decided without the document",
    "facets macro-F1, all annotated pairs (rules saw them)",
    "facets macro-F1, all annotated pairs, baseline: always yes",
)
"""The measures to look at first."""


@dataclass(frozen=True)
class Compared:
    """What ``lx.compare``, ``lx.align`` and ``lx.refine`` say of the annotated documents.

    Parameters
    ----------
    scores : DataFrame
        ``lx.compare`` with ``top`` as large as the number of upper leaves.
    links : DataFrame
        ``lx.align`` of its ten best to each lower leaf.
    encoded : bool
        Whether the sentence encoder had part in it.
    """

    scores: pd.DataFrame
    links: pd.DataFrame
    encoded: bool

    def unseen(self, gold: Gold) -> pd.DataFrame:
        """Return the pairs as decided by what was fitted on the other documents."""
        return fit.unseen(self.scores, gold.alignment, self._names())

    def bereft(self, gold: Gold) -> pd.DataFrame:
        """Return the same where the goals that a reading named were taken away."""
        return fit.bereft(self.scores, gold.alignment, self._names())

    def _names(self) -> tuple[str, ...]:
        return COMPONENTS if self.encoded else fit.WORDS


def structure_rows(corpus: Corpus, units: pd.DataFrame, gold: Gold) -> Iterator[tuple]:
    """Leaf counts, the no-loss rule, and the leaves against gold."""
    expected = dict(zip(gold.leaf_counts["doc_id"], gold.leaf_counts["leaf_units"].astype(int), strict=True))
    leaves = units[units["is_leaf"]]
    found = leaves["doc_id"].value_counts()
    for doc_id, number in expected.items():
        ours = int(found.get(doc_id, 0))
        yield _row("leaf units", Result(doc_id, float(ours == number), right=ours, of=number))
    for doc_id, holds in structure.joins(corpus, units).items():
        yield _row("spans join to the file", Result(doc_id, float(holds), right=int(holds), of=1))
    wrong = set(structure.differing_units(units, gold)["unit_id"])
    numbers = [[unit not in wrong, 1] for unit in gold.units["unit"]]
    yield from _rows("leaf: ordinal, path, heading, text", Tally(gold.units["unit"], numbers, share))


def annotation_rows(
    responsibilities: pd.DataFrame, targets: pd.DataFrame, units: pd.DataFrame, gold: Gold
) -> Iterator[tuple]:
    """Responsibilities and targets."""
    duties = annotations.responsibility_answers(responsibilities, units, gold)
    yield from _rows("responsibilities F1", answers(_units(gold, *duties), *duties))
    numbers = annotations.target_answers(targets, gold)
    yield from _rows("targets F1", answers(_units(gold, *numbers), *numbers))
    for name, value in annotations.target_counts(targets, gold)[2].items():
        yield _row(f"targets: {name} right, on matches", Result("all", value))


def goal_rows(ways: Mapping[str, pd.DataFrame], gold: Gold) -> Iterator[tuple]:
    """The right goal first and among the first three, by each way of scoring the pairs."""
    for k, measure in ((1, "right goal first"), (3, "right goal among the first 3")):
        for way, scores in ways.items():
            yield from _rows(f"{measure}, {way}", first_tally(scores, gold.alignment, k))


def link_rows(ways: Mapping[str, pd.DataFrame], gold: Gold) -> Iterator[tuple]:
    """The links, by each way of deciding."""
    for way, links in ways.items():
        yield from _rows(f"links F1, {way}", link_tally(links, gold.alignment))


def alignment_rows(
    shipped: Mapping[str, Compared], plain: Mapping[str, pd.DataFrame], gold: Gold
) -> Iterator[tuple]:
    """Goals, links and their probabilities: as shipped, without the document, and by the plain baselines.

    Parameters
    ----------
    shipped : mapping
        What the kit says, by the words that follow the measure: ``""``, ``"without the encoder"``.
    plain : mapping
        Scores of ``baselines``.
    gold : Gold
        Annotations.
    """
    scores, links, unseen, alone = {}, {}, {}, {}
    several = all(learnable(kit.scores[kit.scores["rank"] <= fit.TOP], gold.alignment) for kit in shipped.values())
    for way, kit in shipped.items():
        told = f", {way}" if way else ""
        scores[f"as shipped{told}"], links[f"as shipped{told}"] = kit.scores, kit.links
        if several:
            unseen[told], alone[told] = kit.unseen(gold), kit.bereft(gold)
            scores[f"weights fitted without the document{told}"] = unseen[told]
            links[f"decided without the document{told}"] = unseen[told]
    yield from goal_rows(scores | {f"baseline: {name}": table for name, table in plain.items()}, gold)
    yield from link_rows(links | {f"baseline: the best by {CHARACTERS}": best_only(plain[CHARACTERS])}, gold)
    for told, decided in unseen.items():
        tallies = probability_tallies(decided[decided["rank"] <= fit.TOP], gold.alignment)
        yield from _rows(f"Brier score of unseen links (0 is best){told}", tallies["brier"])
        if not told or len(unseen) == 1:
            yield from _rows("Brier score, baseline: always the share of links", tallies["usual"])
        yield from _rows(f"calibration error of unseen links (0 is best){told}", tallies["error"])
        yield from _rows(f"true links missed, neither linked nor unsure{told}", missed_tally(decided, gold.alignment))
        yield from _rows(f"unsure pairs to look at, a leaf{told}", unsure_tally(decided, gold.alignment))
        yield from _rows(f"leaves without source F1, decided without the document{told}",
                         sourceless_tally(decided, gold.alignment))  # fmt: skip
        yield from _rows(f"leaves whose goals were taken out of the plan, then not linked{told}",
                         bereft_tally(alone[told], gold.alignment))  # fmt: skip


def facet_rows(linked: pd.DataFrame, annotated: pd.DataFrame, gold: Gold) -> Iterator[tuple]:
    """The facets, beside always saying yes.

    Parameters
    ----------
    linked, annotated : DataFrame
        ``lx.refine`` of the pairs that the kit links or is unsure of, and of those that the readers judged.
    gold : Gold
        Annotations.
    """
    ours, always = facet_tallies(annotated, gold)[ALL]
    yield from _rows("facets macro-F1, all annotated pairs (rules saw them)", ours)
    yield from _rows("facets macro-F1, all annotated pairs, baseline: always yes", always)
    tallies = facet_tallies(linked, gold)
    yield from _rows("facets macro-F1, linked or unsure pairs (rules saw them)", tallies.pop(ALL)[0])
    for facet, (ours, always) in tallies.items():
        yield from _rows(f"facet F1, linked or unsure pairs: {facet}", ours)
        yield from _rows(f"… {facet}: baseline, always yes", always)


def _units(gold: Gold, *kinds) -> set[str]:
    return gold.covered | {answer[0] for kind in kinds for answer in kind}


def _rows(measure: str, tally: Tally) -> Iterator[tuple]:
    for result in tally.results():
        if result.of != 0:  # nothing was asked of this document
            yield _row(measure, result)


def _row(measure: str, result: Result) -> tuple:
    return (measure, *(getattr(result, name) for name in COLUMNS[1:]))


def text(rows: list[tuple]) -> str:
    """Lay the rows out for a terminal."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    for name in ("value", "low", "high", "precision", "recall"):
        frame[name] = frame[name].map(lambda cell: "" if pd.isna(cell) else f"{cell:.3f}")
    for name in ("right", "of"):
        frame[name] = frame[name].map(lambda cell: "" if pd.isna(cell) else f"{int(cell)}")
    return frame.to_string(index=False)


def only_as_shipped(rows: list[tuple]) -> bool:
    """Tell whether the links were scored, but none without the document."""
    measures = [row[0] for row in rows]
    return any("as shipped" in name for name in measures) and not any("without the document" in n for n in measures)


def main(rows: list[tuple]) -> list[tuple]:
    """Return the rows to look at first."""
    return [row for row in rows if row[0] in MAIN]


def markdown(rows: list[tuple]) -> str:
    """Lay the rows out as a table of the README: a row a measure, a column a document."""
    shown = pd.DataFrame(rows, columns=COLUMNS)
    cells = {(row.measure, row.document): _cell(row) for row in shown.itertuples()}
    documents = [name for name in dict.fromkeys(shown["document"]) if name != "all"] + ["all"]
    lines = [f"| measure | {' | '.join(documents)} |", "|---" * (len(documents) + 1) + "|"]
    for measure in dict.fromkeys(shown["measure"]):
        lines.append(f"| {measure} | " + " | ".join(cells.get((measure, name), "") for name in documents) + " |")
    return "\n".join(lines)


def _cell(row) -> str:
    counted = not pd.isna(row.of)
    digits = 2 if counted or row.measure.startswith(("facets", "targets")) else 3
    cell = f"{row.value:.{digits}f}" + (f" ({int(row.right)}/{int(row.of)})" if counted else "")
    return cell if pd.isna(row.low) else f"{cell} [{row.low:.{digits}f}–{row.high:.{digits}f}]"
