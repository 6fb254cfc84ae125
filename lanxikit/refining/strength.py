"""Facets of strength: weakened, strengthened."""

from __future__ import annotations

from lanxikit import lexicons
from lanxikit.refining.leaf import Leaf
from lanxikit.refining.pair import Pair

NEAR = 0.3  # likeness from which a lower clause takes up an upper one
DOING = 4  # stage from which a clause commits to doing the thing, not to exploring, supporting or preparing it


def strength(pair: Pair, lexicon=None) -> dict[str, str | None]:
    """Compare the commitment of each lower clause with that of the upper clause it takes up.

    The strongest verb of a clause counts. Only a step over the line between preparing and
    doing is called weaker or stronger: 实施 against 推进 is a matter of style. Verbs that
    say whose job it is (配合) do not count: who helps does not ask for less. Evidence is
    None where a facet does not hold.
    """
    helping = {row["word"] for row in lexicons.load("helping_words", lexicon)}
    weaker, stronger = [], []
    for match in pair.down:
        if match.likeness < NEAR:
            continue
        above = _commitment(pair.upper, match.other, helping)
        below = _commitment(pair.lower, match.own, helping)
        if above is None or below is None or (above < DOING) == (below < DOING):
            continue
        (weaker if below < above else stronger).append(f"{pair.cite(match)} ({above:g} → {below:g})")
    return {"weakened": "; ".join(weaker) or None, "strengthened": "; ".join(stronger) or None}


def _commitment(leaf: Leaf, clause: tuple[int, int], helping: set[str]) -> float | None:
    """Return the strength of a clause's strongest verb; None without one, or where it helps with another's job."""
    found = []
    for row in leaf.notes.get("commitment", ()):
        begin, end = leaf.within(int(row.start), int(row.end))
        if begin < clause[1] and end > clause[0]:
            if leaf.text[begin:end].startswith(tuple(helping)):
                return None
            found.append(float(row.strength))
    return max(found, default=None)
