"""How well the top words of a topic belong together.

A metric is a pure function of the topics' top words and the units' words. It carries its
``direction`` and the ``paper`` it comes from; METRICS lists all by name.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lanxikit.topics.matrix import count


def npmi(topics: Sequence[Sequence[str]], words: Sequence[Sequence[str]]) -> np.ndarray:
    """Mean normalised pointwise mutual information of each topic's pairs of top words.

    For words a and b, with P the share of units that hold them:
    ``log(P(a,b) / (P(a) P(b))) / -log P(a,b)``; -1 if they never meet, 1 if one never
    stands without the other.

    Parameters
    ----------
    topics : sequence of sequence of str
        The top words of each topic.
    words : sequence of sequence of str
        The words of each unit of the reference corpus.

    Returns
    -------
    ndarray
        A number a topic, between -1 and 1; missing for a topic of fewer than two words,
        and pairs with a word that the corpus lacks are left out.

    Examples
    --------
    >>> units = [["黄河", "治理"], ["黄河", "治理"], ["铁路", "公路"], ["铁路", "机场"]]
    >>> npmi([["黄河", "治理"], ["铁路", "黄河"]], units).round(2).tolist()
    [1.0, -1.0]
    """
    terms = sorted({term for topic in topics for term in topic})
    column = {term: index for index, term in enumerate(terms)}
    present = count(words, terms)
    present.data[:] = 1.0
    share = (present.T @ present).toarray() / max(len(words), 1)
    alone = share.diagonal()
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(share / np.outer(alone, alone)) / -np.log(share)
    value[share == 0] = -1.0
    value[share == 1] = 1.0
    value[alone == 0, :] = np.nan
    value[:, alone == 0] = np.nan
    return np.array([_mean_of_pairs(value, [column[term] for term in topic]) for topic in topics])


npmi.direction = "higher"
npmi.paper = (
    "Bouma 2009, Normalized (pointwise) mutual information in collocation extraction; "
    "Lau, Newman & Baldwin 2014, Machine reading tea leaves"
)


def c_v(topics: Sequence[Sequence[str]], words: Sequence[Sequence[str]]) -> np.ndarray:
    """c_v coherence, computed by gensim (sliding windows of 110 words).

    Parameters and result as for `npmi`; between 0 and 1. Not to be compared with the c_v
    of other programs, whose windows differ.

    Examples
    --------
    >>> c_v([["黄河", "治理"]], [["黄河", "治理"], ["铁路", "公路"]]).round(2).tolist()
    [1.0]
    """
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    found = np.full(len(topics), np.nan)
    real = [index for index, topic in enumerate(topics) if len(topic) > 1]
    if not real:
        return found
    model = CoherenceModel(
        topics=[list(topics[index]) for index in real],
        texts=[list(unit) for unit in words],
        dictionary=Dictionary([list(unit) for unit in words]),
        coherence="c_v",
        processes=1,
    )
    found[real] = model.get_coherence_per_topic()
    return found


c_v.direction = "higher"
c_v.paper = "Röder, Both & Hinneburg 2015, Exploring the space of topic coherence measures"

METRICS = {"npmi": npmi, "c_v": c_v}


def _mean_of_pairs(value: np.ndarray, indices: list[int]) -> float:
    pairs = value[np.ix_(indices, indices)][np.triu_indices(len(indices), 1)]
    pairs = pairs[~np.isnan(pairs)]
    return float(pairs.mean()) if len(pairs) else float("nan")
