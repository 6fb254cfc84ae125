"""Plain baselines: what anyone gets from cosine similarity of tf-idf alone, scored on the same leaves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lanxikit.comparing.sides import both, headline, prose
from lanxikit.text.cutter import plain_cut

CHARACTERS = "tf-idf of character 2–3-grams"


def baselines(upper: pd.DataFrame, lower: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Score every pair by words (jieba), by characters, and by the characters of the headings alone.

    Parameters
    ----------
    upper, lower : DataFrame
        Tables of ``lx.segment``.

    Returns
    -------
    dict of str to DataFrame
        Name of the baseline: ``lower_id``, ``upper_id``, ``score`` (0 to 1), ``rank``.

    Notes
    -----
    The settings of scikit-learn (Pedregosa et al. 2011) as they come; rarity learnt from the leaves of both sides.
    """
    sides = both(upper, lower)
    texts, heads = (
        [[say(row) for row in side.itertuples(index=False)] for side in sides] for say in (_whole, headline)
    )
    characters = {"analyzer": "char", "ngram_range": (2, 3)}
    ids = [side["unit_id"].to_numpy() for side in sides]
    return {
        "tf-idf of jieba words": _ranked(ids, texts, analyzer=_words),
        CHARACTERS: _ranked(ids, texts, **characters),
        "headings alone": _ranked(ids, heads, **characters),
    }


def best_only(scores: pd.DataFrame) -> pd.DataFrame:
    """Link each lower leaf to the best upper one, whatever its score."""
    return scores[(scores["rank"] == 1) & (scores["score"] > 0)].assign(decision="link")


def _ranked(ids: Sequence[np.ndarray], texts: Sequence[list[str]], **settings) -> pd.DataFrame:
    from sklearn.feature_extraction.text import TfidfVectorizer

    upper, lower = texts
    score = np.zeros((len(lower), len(upper)))
    if any(text.strip() for text in (*upper, *lower)):
        model = TfidfVectorizer(**settings).fit([*upper, *lower])
        score = (model.transform(lower) @ model.transform(upper).T).toarray()
    order = np.argsort(-score, axis=1, kind="stable")
    n_lower, n_upper = score.shape
    return pd.DataFrame({
        "lower_id": np.repeat(ids[1], n_upper),
        "upper_id": ids[0][order.ravel()],
        "score": np.take_along_axis(score, order, axis=1).ravel(),
        "rank": np.tile(np.arange(1, n_upper + 1), n_lower),
    })


def _words(text: str) -> list[str]:
    return [word for word in plain_cut()(text) if any(char.isalnum() for char in word)]


def _whole(row) -> str:
    return "\n".join(prose(row))
