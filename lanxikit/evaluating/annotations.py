"""Responsibilities and targets against gold, by the rules of the gold's README."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from lanxikit.evaluating.gold import Gold, document
from lanxikit.evaluating.scores import Counts
from lanxikit.evaluating.structure import bare


def own_names(units: pd.DataFrame) -> dict[str, list[str]]:
    """For each document of one place that place's name; of two provinces each name must be told apart."""
    found = {}
    for doc_id, rows in units.groupby("doc_id", observed=True):
        names = rows["region"].dropna().unique()
        found[doc_id] = [] if len(names) != 1 or "、" in names[0] else list(names)
    return found


def _agency(name: str, own: list[str]) -> str:
    """An agency without the leading name of the document's own place: 平安区财政局 = 区财政局."""
    name = bare(name)
    return next((name[len(place) - 1 :] for place in map(bare, own) if name.startswith(place)), name)


def responsibility_counts(
    found: pd.DataFrame, units: pd.DataFrame, gold: Gold
) -> tuple[dict[str, Counts], pd.DataFrame]:
    """Count (unit, role, agency) triples per document; where gold calls the role ambiguous any role counts.

    Returns
    -------
    tuple
        Counts by document, and a table of the wrong and missing triples.
    """
    return _compare(*responsibility_answers(found, units, gold))


def responsibility_answers(found: pd.DataFrame, units: pd.DataFrame, gold: Gold) -> tuple[set[tuple], set[tuple]]:
    """Return the triples found and those expected, names as they are compared; the unit comes first in each."""
    own = own_names(units)
    loose = set(gold.responsibilities.loc[gold.responsibilities["role_is_ambiguous"] == "1", "unit"])

    def triples(rows) -> set[tuple]:
        return {
            (unit, "any" if unit in loose else role, _agency(agency, own.get(document(unit), [])))
            for unit, role, agency in rows
        }

    scored = found[found["unit_id"].isin(gold.covered)]
    return (
        triples(scored[["unit_id", "role", "agency"]].astype(str).itertuples(index=False)),
        triples(gold.responsibilities[["unit", "role", "agency"]].itertuples(index=False)),
    )


def target_counts(found: pd.DataFrame, gold: Gold) -> tuple[dict[str, Counts], pd.DataFrame, dict[str, float]]:
    """Count (unit, value, value_high, unit of measure) per document, kinds target and breakdown.

    ``capacity`` rows are neither asked for nor wrong. Comparator, deadline and indicator
    (character overlap of at least 0.5) are scored on the matches, where there are any.

    Returns
    -------
    tuple
        Counts by document, a table of the wrong and missing ones, and the share of the
        matches whose comparator, deadline and indicator are right.
    """
    ours, theirs = target_answers(found, gold)
    counts, differing = _compare(set(ours), set(theirs))
    pairs = [(ours[name], theirs[name]) for name in theirs if name in ours]
    shares = {} if not pairs else {
        "comparator": _share(str(a.comparator) == b.comparator for a, b in pairs),
        "deadline": _share((a.deadline if isinstance(a.deadline, str) else "") == b.deadline for a, b in pairs),
        "indicator": _share(_overlap(a.indicator, b.indicator) >= 0.5 for a, b in pairs),
    }
    return counts, differing, shares


def target_answers(found: pd.DataFrame, gold: Gold) -> tuple[dict[tuple, tuple], dict[tuple, tuple]]:
    """Return the targets found and those expected: what is compared, the unit first, and the row it stands in."""
    asked = gold.targets[gold.targets["kind"] != "capacity"]
    free = {_target(row.unit, row.value, row.value_high, row.unit_of_measure) for row in gold.targets.itertuples()}
    scored = found[found["unit_id"].isin(gold.covered) & (found["kind"] != "capacity")]
    ours = {_target(row.unit_id, row.value, row.value_high, row.unit): row for row in scored.itertuples()}
    theirs = {_target(row.unit, row.value, row.value_high, row.unit_of_measure): row for row in asked.itertuples()}
    return {name: row for name, row in ours.items() if name in theirs or name not in free}, theirs


def _target(unit: str, value, high, measure) -> tuple:
    def number(cell):
        return None if cell in ("", None) or pd.isna(cell) else round(float(cell), 6)

    return unit, number(value), number(high), bare(measure)


def _by_document(names: set[tuple]) -> dict[str, set]:
    sets = defaultdict(set)
    for name in names:
        sets[document(name[0])].add(name)
    return sets


def _compare(found: set[tuple], wanted: set[tuple]) -> tuple[dict[str, Counts], pd.DataFrame]:
    given, expected = _by_document(found), _by_document(wanted)
    counts, rows = {}, []
    for doc in sorted(set(given) | set(expected)):
        ours, theirs = given.get(doc, set()), expected.get(doc, set())
        counts[doc] = Counts.of(ours, theirs)
        rows += [("wrong", *map(str, name)) for name in sorted(ours - theirs, key=str)]
        rows += [("missing", *map(str, name)) for name in sorted(theirs - ours, key=str)]
    return counts, pd.DataFrame(
        [(row[0], row[1], " ".join(row[2:])) for row in rows], columns=["what", "unit_id", "answer"]
    )


def _share(answers) -> float:
    answers = list(answers)
    return sum(answers) / len(answers) if answers else 1.0


def _overlap(first: object, second: str) -> float:
    a, b = set(bare(first)), set(bare(second))
    return len(a & b) / len(a | b) if a | b else 1.0
