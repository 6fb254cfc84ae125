"""Latent Dirichlet allocation by tomotopy, with the face of the other engines."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import sparse

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.topics.engines import _terms_to_one
from lanxikit.topics.foldin import fold_in


class TomotopyLda:
    """Latent Dirichlet allocation by collapsed Gibbs sampling (Griffiths & Steyvers 2004).

    One worker: with two the result is another one. What is kept of the fit are numbers
    (the topics' terms and the prior), no tomotopy object, so that a model can be pickled;
    a unit's shares are found from them by `lanxikit.topics.foldin`.

    Parameters
    ----------
    n_topics, random_state : int
    max_iter : int
        Sweeps over all words.

    Raises
    ------
    LanxiError
        tomotopy is not installed.
    """

    def __init__(self, n_topics: int, *, random_state: int = 0, max_iter: int = 500) -> None:
        self.n_topics, self.random_state, self.max_iter = n_topics, random_state, max_iter
        _tomotopy()

    def fit(self, counts: sparse.csr_matrix) -> TomotopyLda:
        """Learn the topics of a table of word counts."""
        tomotopy = _tomotopy()
        model = tomotopy.LDAModel(k=self.n_topics, seed=self.random_state)
        for first, last in pairwise(counts.indptr):
            words = np.repeat(counts.indices[first:last], counts.data[first:last].astype(int))
            if len(words):
                model.add_doc([str(word) for word in words])
        model.train(self.max_iter, workers=1, show_progress=False)
        columns = [int(word) for word in model.used_vocabs]
        table = np.zeros((self.n_topics, counts.shape[1]))
        for topic in range(self.n_topics):
            table[topic, columns] = model.get_topic_word_dist(topic)
        self.components = _terms_to_one(table)
        self._prior = np.asarray(model.alpha, dtype=float)
        return self

    def weights(self, counts: sparse.csr_matrix) -> np.ndarray:
        """Return how much of each unit belongs to each topic."""
        return fold_in(counts, self.components, self._prior)


def _tomotopy():
    try:
        import tomotopy
    except ImportError:
        raise LanxiError(
            tr("The topic program tomotopy is not installed.", "没有安装主题模型程序 tomotopy。"),
            where="backend",
            todo=tr(
                'Install the extra: pip install "lanxikit[fast]", or take backend="sklearn".',
                '请安装扩展：pip install "lanxikit[fast]"，或改用 backend="sklearn"。',
            ),
        ) from None
    return tomotopy
