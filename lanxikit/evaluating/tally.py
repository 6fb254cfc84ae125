"""What is counted leaf by leaf, what is computed from the sums, and how sure that is.

Annotated leaves are a sample; how far a measure would move with other leaves of the same documents is told by the
bootstrap (Efron 1979): leaves are drawn with replacement within each document, the percentiles of the draws are the
interval. It has no width where every answer is right: then it says nothing of the leaves nobody annotated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from lanxikit.evaluating.gold import document

DRAWS = 2000
SEED = 20221
LEVEL = 95  # per cent of the draws that lie within the interval

Statistic = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Result:
    """A measure on one document (or ``"all"``): value, interval, counts; None where that says nothing."""

    document: str
    value: float
    low: float | None = None
    high: float | None = None
    right: int | None = None
    of: int | None = None
    precision: float | None = None
    recall: float | None = None


class Tally:
    """Numbers of each leaf, and the measure computed from their sums.

    Parameters
    ----------
    leaves : iterable of str
        Ids of the leaves that were judged.
    numbers : array
        A row a leaf: what its measure adds up.
    measure : callable
        From sums (the last axis) to the value; NaN where they say nothing.
    whole : bool
        Whether the first number counts right answers and the last those expected, to be shown beside the value.

    Examples
    --------
    >>> tally = Tally(["a#001", "a#002", "b#001"], [[1, 1], [0, 1], [1, 1]], share)
    >>> [(result.document, result.value) for result in tally.results()]
    [('a', 0.5), ('b', 1.0), ('all', 0.6666666666666666)]
    """

    def __init__(self, leaves: Iterable[str], numbers, measure: Statistic, *, whole: bool = True) -> None:
        self.leaves = list(leaves)
        self.measure = measure
        self.whole = whole
        self.numbers = np.asarray(numbers, dtype=float)
        self._documents = np.array([document(leaf) for leaf in self.leaves], dtype=object)

    def results(self, draws: int = DRAWS) -> list[Result]:
        """Return the measure of each document, in the order of their names, and of all together."""
        if not self.leaves:
            return []
        generator = np.random.default_rng(SEED)
        found, total = [], np.zeros((draws, self.numbers.shape[1]))
        for name in sorted(set(self._documents)):
            own = self.numbers[self._documents == name]
            drawn = generator.multinomial(len(own), np.full(len(own), 1 / len(own)), size=draws) @ own
            total += drawn
            found.append(self._result(name, own.sum(axis=0), drawn))
        found.append(self._result("all", self.numbers.sum(axis=0), total))
        return [result for result in found if not np.isnan(result.value)]

    def _result(self, name: str, sums: np.ndarray, drawn: np.ndarray) -> Result:
        value = float(self.measure(sums))
        values = self.measure(drawn)
        values = values[~np.isnan(values)]
        tail = (100 - LEVEL) / 2
        low, high = map(float, np.percentile(values, [tail, 100 - tail])) if len(values) else (None, None)
        right = of = precision = recall = None
        if self.whole:
            right, of = int(sums[0]), int(sums[-1])
        if self.measure is f1:
            given = int(sums[1])
            precision, recall = right / given if given else 1.0, right / of if of else 1.0
        return Result(name, value, low, high, right, of, precision, recall)


def share(sums: np.ndarray) -> np.ndarray:
    """Part of the whole, or mean, from (part, whole)."""
    return _ratio(sums[..., 0], sums[..., 1])


def f1(sums: np.ndarray) -> np.ndarray:
    """Harmonic mean of precision and recall (van Rijsbergen 1979), from (right, given, expected)."""
    return _ratio(2 * sums[..., 0], sums[..., 1] + sums[..., 2])


def macro_f1(sums: np.ndarray) -> np.ndarray:
    """Mean F1 of several kinds of answer, each (right, given, expected); a kind that is not expected has none."""
    kinds = sums.reshape(*sums.shape[:-1], -1, 3)
    known = kinds[..., 2] > 0
    values = np.where(known, np.nan_to_num(f1(kinds)), 0)
    return _ratio(values.sum(axis=-1), known.sum(axis=-1))


def calibration_error(sums: np.ndarray) -> np.ndarray:
    """Expected calibration error (Naeini et al. 2015), from (number, probabilities, links) of each bin."""
    bins = sums.reshape(*sums.shape[:-1], -1, 3)
    return _ratio(np.abs(bins[..., 1] - bins[..., 2]).sum(axis=-1), bins[..., 0].sum(axis=-1))


def answers(leaves: Iterable[str], given: Iterable[tuple], expected: Iterable[tuple]) -> Tally:
    """Tally two sets of answers, each a tuple with its leaf first, as F1."""
    leaves = sorted(leaves)
    return Tally(leaves, counted(leaves, set(given), set(expected)), f1)


def counted(leaves: list[str], given: set[tuple], expected: set[tuple]) -> np.ndarray:
    """Count (right, given, expected) for each leaf."""
    row = {leaf: at for at, leaf in enumerate(leaves)}
    numbers = np.zeros((len(leaves), 3))
    for column, kind in enumerate((given & expected, given, expected)):
        for answer in kind:
            numbers[row[answer[0]], column] += 1
    return numbers


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    above, below = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
