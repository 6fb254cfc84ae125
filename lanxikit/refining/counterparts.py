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


class Profile:
    """A leaf's clauses as weighted grams, made once and set against many leaves.

    Parameters
    ----------
    leaf : Leaf
    weights : Weights
    cut : re.Pattern or None
        Formula words, which no gram holds.
    """

    def __init__(self, leaf: Leaf, weights: Weights, cut: re.Pattern | None) -> None:
        self.weights = weights
        self.spans = leaf.clauses()
        bags = [grams(leaf.text[slice(*span)], cut) for span in self.spans]
        self.kept = [n for n, bag in enumerate(bags) if any(gram in weights.index for gram in bag)]
        self.whole = frozenset(grams(f"{leaf.heading}\n{leaf.text}", cut))
        self.matrix = weights.matrix(bags)
        text = leaf.bare()
        self.bare = [[gram for gram in grams(text[slice(*self.spans[n])], cut) if gram in weights.index]
                     for n in self.kept]
        self.mass = weights.mass([bags[n] for n in self.kept])
        self.left = weights.mass(self.bare)


def counterparts(own: Profile, other: Profile) -> list[Counterpart]:
    """Return a counterpart for each clause of ``own`` that has content, in order."""
    if not own.kept:
        return []
    shared = own.weights.mass([[gram for gram in bag if gram in other.whole] for bag in own.bare])
    share = np.divide(shared, own.left, out=np.ones_like(own.left), where=own.left > 0)
    spans = other.spans or [(0, 0)]
    near = (own.matrix @ other.matrix.T).toarray()[own.kept] if other.spans else np.zeros((len(own.kept), 1))
    best = near.argmax(axis=1)
    return [
        Counterpart(own.spans[n], spans[best[i]], float(share[i]), float(near[i, best[i]]),
                    float(own.mass[i] / own.mass.sum()))
        for i, n in enumerate(own.kept)
    ]
