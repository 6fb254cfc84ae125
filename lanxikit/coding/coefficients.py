"""Krippendorff's alpha and Cohen's kappa of nominal answers, for many weightings of the pairs at once.

A bootstrap is a weighting: how often each pair was drawn. One matrix product
then serves a thousand of them. Both coefficients are written from their papers: the
package ``krippendorff`` is under the GPL, and scikit-learn's kappa takes one weighting at
a time.
"""

from __future__ import annotations

import numpy as np

MISSING = -1


def alpha(answers: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return Krippendorff's alpha for nominal data.

    Parameters
    ----------
    answers : array of int, coders × pairs
        Categories from 0; ``MISSING`` where a coder did not answer.
    weights : array, weightings × pairs, optional
        How often each pair counts; by default each once.

    Returns
    -------
    array
        One value a weighting, at most 1 (perfect), 0 what chance would give; NaN where all
        answers are the same or no pair was answered twice: alpha is then undefined.

    Notes
    -----
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: 1 − observed ÷ expected
    disagreement, both from the coincidences of values within pairs answered twice or more.

    Examples
    --------
    >>> alpha(np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]])).round(3)
    array([0.095])
    """
    counts = tally(answers)
    m = counts.sum(axis=1)
    counts, m = counts[m > 1], m[m > 1]
    w = np.ones((1, len(answers[0]))) if weights is None else weights
    w = w[:, tally(answers).sum(axis=1) > 1]
    same = w @ ((counts * (counts - 1)).sum(axis=1) / (m - 1)) if len(m) else np.zeros(len(w))
    values = w @ counts
    n = values.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = (n - same) / n
        expected = (n**2 - (values**2).sum(axis=1)) / (n * (n - 1))
        return np.where(expected > 0, np.minimum(1 - observed / expected, 1), np.nan)


def kappa(one: np.ndarray, other: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return Cohen's kappa of two coders, over the pairs that both answered.

    Parameters
    ----------
    one, other : array of int
        Categories from 0, a pair each; ``MISSING`` where the coder did not answer.
    weights : array, weightings × pairs, optional
        How often each pair counts.

    Returns
    -------
    array
        One value a weighting; NaN where both gave one and the same answer throughout, or no
        pair is answered by both: kappa is then undefined.

    Notes
    -----
    Cohen (1960), A coefficient of agreement for nominal scales: (po − pe) ÷ (1 − pe), pe
    from each coder's own shares.

    Examples
    --------
    >>> one = np.repeat([0, 0, 1, 1], [20, 5, 10, 15])
    >>> other = np.repeat([0, 1, 0, 1], [20, 5, 10, 15])
    >>> kappa(one, other).round(3)
    array([0.4])
    """
    both = (one != MISSING) & (other != MISSING)
    w = np.ones((1, len(one))) if weights is None else weights
    size = max(int(max(one.max(initial=0), other.max(initial=0))) + 1, 1)
    first, second = np.eye(size)[one[both]], np.eye(size)[other[both]]
    w = w[:, both]
    n = w.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        agreed = w @ (one[both] == other[both]).astype(float) / n
        chance = ((w @ first) * (w @ second)).sum(axis=1) / n**2
        return np.where(1 - chance > 1e-12, np.minimum((agreed - chance) / (1 - chance), 1), np.nan)


def percent(answers: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Return the percent of answers to a pair, taken two by two, that agree; NaN where no pair was answered twice."""
    counts = tally(answers)
    m = counts.sum(axis=1)
    w = np.ones(len(m)) if weights is None else weights[0]
    total = w @ (m * (m - 1))
    return 100 * float(w @ (counts * (counts - 1)).sum(axis=1)) / total if total else float("nan")


def tally(answers: np.ndarray) -> np.ndarray:
    """Return how often each pair was given each category: pairs × categories."""
    size = max(int(answers.max(initial=0)) + 1, 1)
    return np.stack([(answers == value).sum(axis=0) for value in range(size)], axis=1).astype(float)
