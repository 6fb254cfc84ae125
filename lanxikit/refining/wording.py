"""Facets of wording: copied, paraphrased, extended, narrowed."""

from __future__ import annotations

from lanxikit.refining.pair import Pair

COPIED_CHARS = 10
COPIED_LIKENESS = 0.8
SAME = 0.35  # likeness from which two clauses say the same in other words
NEW = 0.35  # a clause that shares less than this with the other leaf has no counterpart there
MOST = 0.5


def wording(pair: Pair) -> dict[str, str | None]:
    """Return the evidence of each facet of wording, None where it does not hold."""
    return {
        "copied": _copied(pair),
        "paraphrased": _paraphrased(pair),
        "extended": _extended(pair),
        "narrowed": _narrowed(pair),
    }


def _copied(pair: Pair) -> str | None:
    found = [row for row in pair.taken if row.n_chars >= COPIED_CHARS and _written(row) >= COPIED_LIKENESS]
    if not found:
        return None
    row = max(found, key=lambda row: (row.n_chars, -row.lower_start))
    sides = (pair.upper.cite(row.upper_start, row.upper_end, row.upper_text),
             pair.lower.cite(row.lower_start, row.lower_end, row.lower_text))
    return f"{' → '.join(sides)} ({row.n_chars} characters, similarity {_written(row):.2f})"


def _written(row) -> float:
    """The likeness with the names as they stand: 兰州市 for 海东市 is no copy."""
    return float(getattr(row, "written", row.similarity))


def _paraphrased(pair: Pair) -> str | None:
    if _copied(pair):
        return None
    best = max(pair.down, key=lambda match: match.likeness, default=None)
    return pair.cite(best) if best and best.likeness >= SAME else None


def _extended(pair: Pair) -> str | None:
    new = [match for match in pair.down if match.share < NEW]
    return "; ".join(pair.lower.cite_text(*match.own) for match in new) or None


def _narrowed(pair: Pair) -> str | None:
    left = [match for match in pair.up if match.share < NEW]
    if sum(match.weight for match in left) < MOST:
        return None
    return "; ".join(pair.upper.cite_text(*match.own) for match in left) or None
