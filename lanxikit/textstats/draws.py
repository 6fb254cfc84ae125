"""Draws units anew within their documents, a block of draws at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import numpy as np

CELLS = 4_000_000  # numbers held at a time, about 32 MB


def draws(
    strata: Sequence[object], names: Sequence[str], n_boot: int, random_state: int
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield the number of the first draw of a block, and how often each unit is drawn: draws × units.

    Parameters
    ----------
    strata : sequence
        The document of each unit; as many units are drawn from each as it has.
    names : sequence of str
        The units' ids, by which they are ordered: the order of a table's rows changes nothing.
    n_boot, random_state : int

    Examples
    --------
    >>> [(begin, block.sum(axis=1).tolist()) for begin, block in draws(["a", "a", "b"], ["x", "y", "z"], 2, 0)]
    [(0, [3.0, 3.0])]
    """
    from tqdm import tqdm

    keys = sorted(range(len(names)), key=lambda i: (str(strata[i]), str(names[i])))
    groups: dict[str, list[int]] = {}
    for i in keys:
        groups.setdefault(str(strata[i]), []).append(i)
    random = np.random.default_rng(random_state)
    step = max(1, min(n_boot, CELLS // max(len(names), 1)))
    with tqdm(total=n_boot, desc="bootstrap", delay=2, file=sys.stderr, leave=False) as bar:
        for begin in range(0, n_boot, step):
            size = min(step, n_boot - begin)
            block = np.zeros((size, len(names)))
            for rows in groups.values():
                block[:, rows] = random.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=size)
            yield begin, block
            bar.update(size)
