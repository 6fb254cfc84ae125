"""The weights of ``lx.compare``: conditional logit over the candidates of each lower leaf, with a ridge.

Which of all upper leaves is a right one for a given lower leaf is a discrete choice (McFadden 1974); its
log-likelihood is maximised over non-negative weights of the standardised components. Few leaves are annotated, so
the weights are drawn toward equal ones (ridge), and each document counts alike, however many leaves it has.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lanxikit.comparing.components import COMPONENTS
from lanxikit.evaluating.gold import document
from lanxikit.evaluating.links import gold_pairs

EQUAL = 0.5  # what the ridge draws each standardised weight toward
RIDGE = 0.1


class Choices:
    """The scored pairs of the annotated lower leaves, laid out as a choice a leaf.

    Parameters
    ----------
    scores : DataFrame
        ``lx.compare`` with ``top`` as large as the number of upper leaves.
    gold : DataFrame
        Annotated pairs.
    names : sequence of str
        Components to weigh.
    """

    def __init__(self, scores: pd.DataFrame, gold: pd.DataFrame, names: Sequence[str] = COMPONENTS) -> None:
        self.names = tuple(names)
        self.neutral = {name: float(scores[name].mean()) for name in names}
        raw = np.stack([scores[name].fillna(self.neutral[name]) for name in names], axis=1)
        self.spread = np.where(raw.std(axis=0) > 0, raw.std(axis=0), 1)
        standard = (raw - raw.mean(axis=0)) / self.spread
        pairs = gold_pairs(gold)
        strong = set(zip(pairs.loc[pairs["strong"], "lower_id"], pairs.loc[pairs["strong"], "upper_id"], strict=True))
        right = np.array([pair in strong for pair in zip(scores["lower_id"], scores["upper_id"], strict=True)])
        known = {lower for lower, _ in strong}
        self.leaves, self._evidence, self._right = [], [], []
        for lower, rows in scores.groupby("lower_id", sort=False).indices.items():
            if lower in known and right[rows].any():
                self.leaves.append(lower)
                self._evidence.append(standard[rows])
                self._right.append(right[rows])
        self.documents = np.array([document(leaf) for leaf in self.leaves])

    def fit(self, without: str | None = None, ridge: float = RIDGE) -> np.ndarray:
        """Return the weights of the standardised components, fitted without one document."""
        from scipy.optimize import minimize

        used = [at for at, name in enumerate(self.documents) if name != without]
        names, sizes = np.unique(self.documents[used], return_counts=True)
        share = {name: 1 / (size * len(names)) for name, size in zip(names, sizes, strict=True)}
        start = np.full(len(self.names), EQUAL)

        def loss(weight: np.ndarray) -> tuple[float, np.ndarray]:
            total, slope = ridge * ((weight - start) ** 2).sum(), 2 * ridge * (weight - start)
            for at in used:
                evidence, right = self._evidence[at], self._right[at]
                logit = evidence @ weight
                chance = np.exp(logit - logit.max())
                chance /= chance.sum()
                hit = chance[right].sum()
                within = np.where(right, chance / hit, 0)
                total -= share[self.documents[at]] * np.log(hit)
                slope -= share[self.documents[at]] * ((within - chance) @ evidence)
            return total, slope

        return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start)).x

    def first(self, weight: np.ndarray) -> pd.Series:
        """Return, for each lower leaf, whether the pair of the highest score is a right one."""
        hit = [right[np.argmax(evidence @ weight)] for evidence, right in zip(self._evidence, self._right, strict=True)]
        return pd.Series(hit, index=self.leaves)

    def raw(self, weight: np.ndarray) -> dict[str, float]:
        """Return weights of the components as they stand in the table, that sum to 1."""
        own = weight / self.spread
        return dict(zip(self.names, map(float, own / own.sum()), strict=True))


def scored(
    choices: Choices, scores: pd.DataFrame, without: str | None = None, ridge: float = RIDGE
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Score all pairs with weights fitted without one document.

    Returns
    -------
    tuple
        ``scores`` with ``score``, ``rank`` and ``standing`` by those weights, ordered; and the numbers that ``align``
        needs to know of them: ``mean``, ``spread``.
    """
    weight = choices.raw(choices.fit(without, ridge))
    score = sum(share * scores[part].fillna(choices.neutral[part]) for part, share in weight.items())
    table = ranked(scores.assign(score=score.clip(0, 1).round(6)))
    seen = table.loc[table["lower_id"].map(document) != without, "score"]
    known = {"mean": float(seen.mean()), "spread": float(seen.std(ddof=0))}
    return table, known


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Return scored pairs by lower leaf and score, with ``rank`` and ``standing`` anew."""
    by_lower = table["score"].groupby(table["lower_id"])
    table = table.assign(standing=(table["score"] - by_lower.transform("mean")) / by_lower.transform("std", ddof=0))
    table = table.sort_values(["lower_id", "score"], ascending=[True, False], kind="stable")
    return table.assign(rank=table.groupby("lower_id").cumcount() + 1).reset_index(drop=True)
