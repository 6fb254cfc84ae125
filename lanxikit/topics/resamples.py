"""Bootstrap draws of units, as counts of how often each unit was drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from numbers import Real

import numpy as np

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.topics.recipe import whole

AT_ONCE = 4_000_000  # cells of a block of draws: some 30 MB


def resamples(strata: Sequence[object], n_boot: int, random_state: int, desc: str) -> Iterator[np.ndarray]:
    """Draw units with replacement, within each stratum as many as it has; yield blocks of draws × units.

    Examples
    --------
    >>> found = next(resamples(["a", "a", "b"], 4, 0, "draws"))
    >>> found.shape, found[:, :2].sum(axis=1).tolist(), found[:, 2].tolist()
    ((4, 3), [2.0, 2.0, 2.0, 2.0], [1.0, 1.0, 1.0, 1.0])
    """
    from tqdm import tqdm

    strata = np.asarray(strata, dtype=object)
    members = [np.flatnonzero(strata == stratum) for stratum in dict.fromkeys(strata)]
    block = max(1, min(n_boot, AT_ONCE // max(len(strata), 1)))
    random = np.random.default_rng(random_state)
    with tqdm(total=n_boot, desc=desc, delay=2, file=sys.stderr, leave=False, disable=None) as bar:
        for begin in range(0, n_boot, block):
            size = min(block, n_boot - begin)
            found = np.zeros((size, len(strata)))
            for own in members:
                found[:, own] = random.multinomial(len(own), np.full(len(own), 1 / len(own)), size=size)
            yield found
            bar.update(size)


def check_bootstrap(n_boot: object, interval: object, random_state: object) -> tuple[float, float]:
    """Refuse numbers that make no bootstrap; return the two tails of the interval."""
    whole("n_boot", n_boot, least=1)
    whole("random_state", random_state, least=0)
    if isinstance(interval, bool) or not isinstance(interval, Real) or not 0 < interval < 1:
        raise LanxiError(
            tr(f"interval is {interval!r}.", f"interval 为 {interval!r}。"),
            where="interval",
            todo=tr("Give a number between 0 and 1, such as 0.95.", "请给出 0 与 1 之间的数，如 0.95。"),
        )
    return (1 - interval) / 2, (1 + interval) / 2
