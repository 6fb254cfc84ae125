"""Counts of right and wrong answers, and what is computed from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Right answers, wrong answers, and answers that are missing.

    Examples
    --------
    >>> Counts.of({1, 2, 3}, {2, 3, 4}).f1
    0.6666666666666666
    """

    right: int
    wrong: int
    missing: int

    @classmethod
    def of(cls, found: set, expected: set) -> Counts:
        """Compare two sets of answers."""
        return cls(len(found & expected), len(found - expected), len(expected - found))

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missing + other.missing)

    @property
    def precision(self) -> float:
        """Share of the answers given that are right; 1 where none is given."""
        given = self.right + self.wrong
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        """Share of the answers expected that are given; 1 where none is expected."""
        expected = self.right + self.missing
        return self.right / expected if expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missing
        return 2 * self.right / total if total else 1.0
