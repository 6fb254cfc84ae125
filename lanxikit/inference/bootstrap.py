"""The interval of a share or mean, by drawing units anew within their documents."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

FEWEST = 5  # units below which a bootstrap interval is not worth its ink
CELLS = 4_000_000  # counts held at a time, about 32 MB
NONE = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A value, its interval, how that was made, and why it is missing if it is."""

    value: float
    low: float = NONE
    high: float = NONE
    method: str = "none"
    note: str | None = None


def ratio(
    top: np.ndarray,
    bottom: np.ndarray,
    strata: np.ndarray,
    *,
    share: bool = True,
    n_boot: int = 2000,
    level: float = 0.95,
    seed: int | list[int] = 0,
) -> Estimate:
    """Return sum of ``top`` ÷ sum of ``bottom`` over units, with its interval.

    Units are drawn with replacement within each stratum (document); a unit keeps its pair of
    numbers, so that the links of one unit are never torn apart. The interval is BCa. Where
    all units say the same, a bootstrap would give an interval of no width: a share of cases then
    gets the exact binomial interval of as many units, anything else none.

    Parameters
    ----------
    top, bottom : array of int
        A number for each unit; ``bottom`` at least 1.
    strata : array
        The document of each unit.
    share : bool
        Whether the value is a share of cases, a case counting 0 or 1.
    n_boot, level, seed
        As in ``lx.headline``.

    Notes
    -----
    BCa: Efron & Tibshirani 1993, ch. 14; several samples: Davison & Hinkley 1997, §5.3.2; exact:
    Clopper & Pearson 1934. Equal units are drawn together (multinomial counts of the distinct
    pairs): the same distribution, no matter how many units there are. All sums are of whole numbers, hence
    the same on any number of threads and in any order of the units.

    Examples
    --------
    >>> found = ratio(np.array([1] * 6 + [0] * 14), np.ones(20, int), np.zeros(20, int))
    >>> found.value, round(found.low, 2), round(found.high, 2), found.method
    (0.3, 0.1, 0.55, 'BCa bootstrap')
    """
    top, bottom, strata = (np.asarray(part) for part in (top, bottom, strata))
    if not len(top):
        return Estimate(NONE)
    t, b = int(top.sum()), int(bottom.sum())
    value = t / b
    if len(top) < FEWEST:
        return Estimate(value, note=f"fewer than {FEWEST} units: no interval")
    pairs = np.column_stack([top, bottom])
    groups = [np.unique(pairs[strata == name], axis=0, return_counts=True) for name in np.unique(strata)]
    rest = np.concatenate([_influence(*group, value) for group in groups]) / b
    if np.abs(rest).max() < 1e-12:
        return _alike(value, len(top), level if share else None)
    drawn = _draws(groups, n_boot, np.random.default_rng(seed))
    mine, whole = drawn[:, 0] * b, t * drawn[:, 1]  # compared crosswise: ties stay ties
    below = ((mine < whole).sum() + (mine == whole).sum() / 2) / n_boot
    bias = NormalDist().inv_cdf(min(max(below, 0.5 / n_boot), 1 - 0.5 / n_boot))
    skew = (rest**3).sum() / (6 * (rest**2).sum() ** 1.5)
    tails = [_tail((1 - level) / 2, bias, skew), _tail((1 + level) / 2, bias, skew)]
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], tails, method="inverted_cdf")
    single = sum(counts.sum() == 1 for _, counts in groups)
    note = f"{single} of {len(groups)} documents drawn from have a single unit and do not vary" if single else None
    return Estimate(value, float(min(low, value)), float(max(high, value)), "BCa bootstrap", note)


def _influence(kinds: np.ndarray, counts: np.ndarray, value: float) -> np.ndarray:
    """Return how each unit of a document pulls at the value, beside the document's own mean."""
    pull = kinds[:, 0] - value * kinds[:, 1]
    return np.repeat(pull - (pull * counts).sum() / counts.sum(), counts)


def _tail(share: float, bias: float, skew: float) -> float:
    normal = NormalDist()
    shifted = bias + normal.inv_cdf(share)
    room = 1 - skew * shifted
    if room <= 0:  # so skewed that the end of the draws is reached
        return 1.0 if share > 0.5 else 0.0
    return normal.cdf(bias + shifted / room)


def _draws(groups: list[tuple[np.ndarray, np.ndarray]], n_boot: int, random: np.random.Generator) -> np.ndarray:
    """Return the sums of either column in each draw."""
    sums = np.zeros((n_boot, 2), dtype=np.int64)
    for kinds, counts in groups:
        step = max(1, CELLS // len(kinds))
        for begin in range(0, n_boot, step):
            size = min(step, n_boot - begin)
            sums[begin : begin + size] += random.multinomial(counts.sum(), counts / counts.sum(), size=size) @ kinds
    return sums


def _alike(value: float, n: int, level: float | None) -> Estimate:
    """All units of each document say the same: what is known of the value then."""
    note = "all units of a document are alike: a bootstrap would show no doubt"
    if level is None or value not in (0.0, 1.0):
        return Estimate(value, note=f"{note}; no interval")
    edge = ((1 - level) / 2) ** (1 / n)
    low, high = (0.0, 1 - edge) if value == 0 else (edge, 1.0)
    return Estimate(value, low, high, "exact binomial", f"{note}; exact binomial interval instead")
