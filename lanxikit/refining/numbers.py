"""Facets of number and time: quantified, tightened, loosened, time_bound."""

from __future__ import annotations

import pandas as pd

from lanxikit import lexicons
from lanxikit.comparing.grams import grams
from lanxikit.refining.leaf import Leaf
from lanxikit.refining.pair import Pair

SAME_INDICATOR = 0.5  # overlap of character pairs from which two indicators are one
MULTIPLIERS = {"万": 1e4, "亿": 1e8}
TAKEN_UP = 0.3  # likeness from which a clause takes up another
MORE_IS_STRICTER = (">=", "increase", "decrease")  # a larger decrease is the stricter one


def numbers(pair: Pair, lexicon=None) -> dict[str, str | None]:
    """Return the evidence of each facet of number and time, None where it does not hold."""
    new, tighter, looser = [], [], []
    for below in pair.lower.notes.get("targets", ()):
        same = [above for above in pair.upper.notes.get("targets", ()) if _same(above, below)]
        if not same:
            new.append(pair.lower.cite_note(below))
        for above in same:
            place = jurisdiction(pair.lower, below)
            turn = _turn(above, below, lexicon) if place and place == jurisdiction(pair.upper, above) else 0
            if turn:
                cited = f"{pair.upper.cite_note(above)} → {pair.lower.cite_note(below)}"
                (tighter if turn > 0 else looser).append(cited)
    return {
        "quantified": "; ".join(new) or None,
        "tightened": "; ".join(tighter) or None,
        "loosened": "; ".join(looser) or None,
        "time_bound": _time_bound(pair),
    }


def jurisdiction(leaf: Leaf, target) -> str:
    """Return the place a number is for: the last one named before it in its clause, else the document's region."""
    begin, end = leaf.within(int(target.start), int(target.end))
    head = next((span[0] for span in leaf.clauses() if span[0] <= begin < span[1]), begin)
    named = [
        (at, str(row.adcode))
        for row in leaf.notes.get("places", ())
        if pd.notna(row.adcode) and head <= (at := leaf.within(int(row.start), int(row.end))[0]) < max(end, begin + 1)
    ]
    return max(named)[1] if named else leaf.adcode or leaf.region


def _same(above, below) -> bool:
    one, other = (set(grams(str(row.indicator))) for row in (above, below))
    alike = len(one & other) / min(len(one), len(other)) if one and other else above.indicator == below.indicator
    return alike >= SAME_INDICATOR and _scale(above.unit)[0] == _scale(below.unit)[0]


def _turn(above, below, lexicon) -> int:
    """Return 1 where the lower number asks for more, −1 where for less, 0 where that cannot be said."""
    signs = {_sign(row, lexicon) for row in (above, below)}
    high, low = _value(below), _value(above)
    if len(signs) != 1 or pd.isna(high) or pd.isna(low) or high == low:
        return 0
    turn = signs.pop() * (1 if high > low else -1)
    years = [str(row.deadline)[:4] for row in (above, below) if pd.notna(getattr(row, "deadline", None))]
    if len(years) == 2 and (years[1] > years[0] if turn > 0 else years[1] < years[0]):
        return 0  # more, but later; less, but sooner: a step on the way
    return turn


def _sign(row, lexicon) -> int:
    """Return 1 where a larger number is the stricter one, −1 where a smaller one is."""
    comparator = str(row.comparator)
    if comparator in MORE_IS_STRICTER:
        return 1
    if comparator == "<=":
        return -1
    burden = any(word["word"] in str(row.indicator) for word in lexicons.load("burden_words", lexicon))
    return -1 if burden else 1


def _value(row) -> float:
    values = [value for value in (row.value, row.value_high) if pd.notna(value)]
    return float(min(values)) * _scale(row.unit)[1] if values else float("nan")


def _scale(unit: object) -> tuple[str, float]:
    """Return a unit without its multiplier, and the multiplier: 亿元 → 元, 10⁸."""
    name, factor = str(unit), 1.0
    while len(name) > 1 and name[0] in MULTIPLIERS:
        name, factor = name[1:], factor * MULTIPLIERS[name[0]]
    return name, factor


def _time_bound(pair: Pair) -> str | None:
    above, below = (
        [row for row in leaf.notes.get("deadlines", ()) if getattr(row, "resolution", "") != "recurring"]
        for leaf in (pair.upper, pair.lower)
    )
    before = {str(row.deadline) for row in above}
    found = []
    for row in below:
        if str(row.deadline) in before:
            continue
        old = _in_clause(pair, above, row)  # a limit moved, not set
        moved = f"{pair.upper.cite_note(old)} → " if old is not None else ""
        found.append(moved + pair.lower.cite_note(row))
    return "; ".join(found) or None


def _in_clause(pair: Pair, above: list, row):
    """Return the time limit of the upper clause that the clause of this one takes up, if any."""
    begin, end = pair.lower.within(int(row.start), int(row.end))
    match = next((one for one in pair.down if one.own[0] <= begin < max(one.own[1], end)), None)
    if match is None or match.likeness < TAKEN_UP:
        return None
    for old in above:
        at = pair.upper.within(int(old.start), int(old.end))
        if at[0] < at[1] and match.other[0] <= at[0] < match.other[1]:
            return old
    return None
