"""Facets of strength: weakened, strengthened."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from lanxikit import lexicons
from lanxikit.refining.leaf import Leaf
from lanxikit.refining.pair import Pair

NEAR = 0.3  # likeness from which a lower clause takes up an upper one
TOUCHES = 0.1  # likeness from which a leaf as a whole has anything in common with an upper clause
DOING = 4  # strength from which a clause commits to doing the thing, not to exploring, supporting or preparing it
PREPARING = 3  # preparing weakens only where the clause says 前期工作 or the like; to draw up a plan is a thing done


@dataclass(frozen=True)
class Words:
    """The lists that the rules read."""

    helping: tuple[str, ...]
    preparing: tuple[str, ...]
    outcome: tuple[str, ...]

    @classmethod
    @lru_cache(maxsize=8)
    def load(cls, lexicon=None) -> Words:
        """Read them, once for many pairs."""
        verbs, labels = lexicons.load("commitment_verbs", lexicon), lexicons.load("duty_labels", lexicon)
        return cls(
            tuple(row["word"] for row in lexicons.load("helping_words", lexicon)),
            tuple(row["verb"] for row in verbs if row["kind"] == "object"),
            tuple(row["label"] for row in labels if row["kind"] == "outcome"),
        )


def strength(pair: Pair, lexicon=None) -> dict[str, str | None]:
    """Compare the commitment of each lower clause with that of the upper clause it takes up.

    The strongest verb of a clause counts. Only a step over the line between preparing and
    doing is called weaker or stronger: 实施 against 推进 is a matter of style. Verbs that
    say whose job it is (配合, 支持) do not count: who helps does not ask for less. A leaf that
    as a whole does no more than explore, plan or prepare is weaker than a goal that asks for
    doing, whichever of its clauses comes nearest; where it states an outcome (工作成果), that is
    what it commits to. Evidence is None where a facet does not hold.
    """
    words = Words.load(lexicon)
    weaker, stronger = [], []
    for match in pair.down:
        if match.likeness < NEAR:
            continue
        above = _commitment(pair.upper, match.other, words)
        below = _commitment(pair.lower, match.own, words)
        if above is None or below is None:
            continue
        cited = f"{pair.cite(match)} ({above:g} → {below:g})"
        if above >= DOING and _short(pair.lower, match.own, below, words):
            weaker.append(cited)
        elif below >= DOING and _short(pair.upper, match.other, above, words):
            stronger.append(cited)
    whole = _whole(pair, words)
    return {"weakened": "; ".join(weaker) or whole, "strengthened": "; ".join(stronger) or None}


def _whole(pair: Pair, words: Words) -> str | None:
    """Return the evidence that the leaf as a whole only prepares what the goal wants done."""
    begin = max((pair.lower.text.find(label) for label in words.outcome), default=-1)
    ours = {match.own: _commitment(pair.lower, match.own, words) for match in pair.down}
    found = [(span, value) for span, value in ours.items() if value is not None]
    outcome = [(span, value) for span, value in found if span[0] >= begin >= 0]
    found = outcome or found
    if not found or not all(_short(pair.lower, span, value, words) for span, value in found):
        return None
    theirs = [(match.likeness, _commitment(pair.upper, match.other, words), match) for match in pair.down]
    nearest = max(theirs, key=lambda one: one[0])
    if nearest[0] < TOUCHES or nearest[1] is None or nearest[1] < DOING:
        return None
    span, value = max(found, key=lambda one: one[1])
    cited = f"{pair.upper.cite_text(*nearest[2].other)} → {pair.lower.cite_text(*span)}"
    return f"{cited} (as a whole, {nearest[1]:g} → {value:g})"


def _short(leaf: Leaf, clause: tuple[int, int], value: float, words: Words) -> bool:
    """Tell whether a clause of this strength stops short of doing."""
    begin, end = clause
    return value < PREPARING or (value < DOING and any(word in leaf.text[begin:end] for word in words.preparing))


def _commitment(leaf: Leaf, clause: tuple[int, int], words: Words) -> float | None:
    """Return the strength of a clause's strongest verb; None without one, or where it helps with another's job."""
    verbs, longest = leaf.verbs
    near = verbs[bisect_left(verbs, (clause[0] - longest,)) : bisect_left(verbs, (clause[1],))]
    found = [(begin, end, value) for begin, end, value in near if end > clause[0]]
    if any(leaf.text[begin:end].startswith(words.helping) for begin, end, _ in found):
        return None
    return max((value for _, _, value in found), default=None)
