"""Which upper clause each lower clause takes up, if any."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from lanxikit.comparing.grams import Weights, grams
from lanxikit.refining.leaf import Leaf

Span = tuple[int, int]


@dataclass(frozen=True)
class Counterpart:
    """A clause, the clause of the other leaf nearest to it, and how near.

    ``share`` is the part of this clause's weight, names and numbers aside, that also stands
    somewhere in the other leaf (1 where there is nothing else), ``likeness`` the cosine
    with the nearest clause; both 0 to 1. ``weight`` is the clause's share of its leaf.
    """

    own: Span
    other: Span
    share: float
    likeness: float
    weight: float


def counterparts(leaf: Leaf, other: Leaf, weights: Weights, cut: re.Pattern | None) -> list[Counterpart]:
    """Return a counterpart for each clause of ``leaf`` that has content, in order."""
    own_spans, other_spans = leaf.clauses(), other.clauses()
    own = [grams(leaf.text[slice(*span)], cut) for span in own_spans]
    kept = [n for n, bag in enumerate(own) if any(gram in weights.index for gram in bag)]
    if not kept:
        return []
    whole = set(grams(f"{other.heading}\n{other.text}", cut))
    mass = weights.mass([own[n] for n in kept])
    text = leaf.bare()
    bare = [[gram for gram in grams(text[slice(*own_spans[n])], cut) if gram in weights.index] for n in kept]
    left = weights.mass(bare)
    shared = weights.mass([[gram for gram in bag if gram in whole] for bag in bare])
    share = np.divide(shared, left, out=np.ones_like(left), where=left > 0)
    bags = [grams(other.text[slice(*span)], cut) for span in other_spans]
    if bags:
        near = (weights.matrix([own[n] for n in kept]) @ weights.matrix(bags).T).toarray()
    else:
        other_spans, near = [(0, 0)], np.zeros((len(kept), 1))
    best = near.argmax(axis=1)
    return [
        Counterpart(own_spans[n], other_spans[best[i]], float(share[i]), float(near[i, best[i]]),
                    float(mass[i] / mass.sum()))
        for i, n in enumerate(kept)
    ]
