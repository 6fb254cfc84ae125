"""Which pairs are put before the coders."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables.usable import numbers, seed

STRATA = ("link", "unsure", "below")
"""The machine's decision; ``below``: not linked, but the best of its lower leaf's candidates that are not."""


def candidates(
    links: pd.DataFrame, scores: pd.DataFrame | None, sample: int | Mapping[str, int] | None, random_state: int
) -> pd.DataFrame:
    """Return the pairs to code, each with its stratum in the column ``decision``.

    Parameters
    ----------
    links : DataFrame
        ``upper_id, lower_id`` and, if known, ``decision``; further columns are kept.
    scores : DataFrame or None
        Result of ``lx.compare``; its columns are joined to the pairs.
    sample : int, mapping or None
        See ``lx.coding_sheet``.
    random_state : int
        Seed of the draw.

    Raises
    ------
    LanxiError
        Nothing to code, or a sample that cannot be drawn.
    """
    keys = ["upper_id", "lower_id"]
    decision = links["decision"].astype("str") if "decision" in links.columns else "link"
    found = links.assign(decision=decision).drop_duplicates(keys)
    if scores is not None:
        scores = scores.assign(score=numbers(scores, "score", "scores", low=0, high=1)) if "score" in scores else scores
        known = [name for name in scores.columns if name in keys or name not in links.columns]
        found = found.merge(scores[known].drop_duplicates(keys), on=keys, how="left", sort=False)
        if sample is not None:
            found = pd.concat([found, _below(found, scores)], ignore_index=True)
    if sample is not None:
        found = _drawn(found, sample, random_state)
    if found.empty:
        raise LanxiError(
            tr("There is no pair to code.", "没有可编码的成对条款。"),
            where="links",
            todo=tr("Lower the bound unsure of lx.align, or pass scores= and sample=.",
                    "请降低 lx.align 的 unsure 阈值，或给出 scores= 与 sample=。"),
        )
    return found.reset_index(drop=True)


def _below(found: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """For each lower leaf, its best candidate that is neither linked nor unsure."""
    linked = pd.MultiIndex.from_frame(found[["upper_id", "lower_id"]])
    rest = scores[~pd.MultiIndex.from_frame(scores[["upper_id", "lower_id"]]).isin(linked)]
    best = rest.sort_values("score", ascending=False, kind="stable").drop_duplicates("lower_id").sort_index()
    return best.assign(decision="below")


def _drawn(found: pd.DataFrame, sample: int | Mapping[str, int], random_state: int) -> pd.DataFrame:
    strata = {name: list(found.index[found["decision"] == name]) for name in STRATA}
    seed(random_state)
    wanted = _shares(sample, {name: len(rows) for name, rows in strata.items()})
    draw = np.random.default_rng(random_state)
    chosen = [draw.permutation(strata[name])[: wanted.get(name, 0)] for name in STRATA]
    return found.loc[np.sort(np.concatenate(chosen).astype(int))]


def _shares(sample: int | Mapping[str, int], sizes: Mapping[str, int]) -> dict[str, int]:
    """How many of each stratum: equal shares, and what one cannot give is taken from the others."""
    named = isinstance(sample, Mapping)
    wanted = dict(sample) if named else {"": sample}
    usable = all(isinstance(n, int | np.integer) and not isinstance(n, bool) and n >= 0 for n in wanted.values())
    if not usable or sum(wanted.values()) == 0 or (named and set(wanted) - set(sizes)):
        raise LanxiError(
            tr("This sample cannot be drawn.", "无法按此抽样。"),
            where=f"sample={sample!r}",
            todo=tr(f"Give a number of pairs, or a number for each of: {', '.join(sizes)}.",
                    f"请给出总对数，或分别给出各层的对数：{'、'.join(sizes)}。"),
        )
    if named:
        return {name: min(n, sizes[name]) for name, n in wanted.items()}
    shares, left = dict.fromkeys(sizes, 0), min(int(sample), sum(sizes.values()))
    while left:
        open_ones = [name for name in sizes if shares[name] < sizes[name]]
        for name in open_ones[:left] if left < len(open_ones) else open_ones:
            given = min(max(left // len(open_ones), 1), sizes[name] - shares[name])
            shares[name] += given
        left = min(int(sample), sum(sizes.values())) - sum(shares.values())
    return shares
