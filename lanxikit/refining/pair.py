"""A link seen from both sides: what each facet is judged on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lanxikit.refining.counterparts import Counterpart
from lanxikit.refining.leaf import Leaf


@dataclass(frozen=True)
class Pair:
    """Two linked leaves.

    Parameters
    ----------
    upper, lower : Leaf
    taken : sequence
        Rows of ``lx.reuse`` for the two (named tuples).
    down : sequence of Counterpart
        For each clause of the lower leaf its nearest upper clause.
    up : sequence of Counterpart
        For each clause of the upper leaf its nearest lower clause.
    """

    upper: Leaf
    lower: Leaf
    taken: Sequence
    down: Sequence[Counterpart]
    up: Sequence[Counterpart]

    def cite(self, match: Counterpart) -> str:
        """Return ``upper[…] words → lower[…] words`` for a matched lower clause."""
        return f"{self.upper.cite_text(*match.other)} → {self.lower.cite_text(*match.own)}"
