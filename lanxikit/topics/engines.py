"""The factorisations behind the topic model, all with one face.

An engine has ``fit(counts)``, which sets ``components`` (topics × terms, each row sums to
1), and ``weights(counts)`` (units × topics, each row sums to 1, equal weights for a unit
in which no topic finds a word). ``settled`` says whether NMF stopped by itself. All run on
one thread: on more, last digits change.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from itertools import pairwise

import numpy as np
from scipy import sparse
from sklearn.decomposition import NMF, LatentDirichletAllocation, non_negative_factorization
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

from lanxikit.topics.foldin import fold_in
from lanxikit.topics.nnls import parts_of
from lanxikit.topics.stability import LARGE

# Weight of the L2 penalty against the root of the number of units, the scale on which a topic's strength grows.
# On the study's units 0.06 to 0.1 raise the mean matched overlap from 0.64 to 0.66-0.68 without losing coherence.
SHRINKAGE = 0.08
# Where to stop. Coarse stopping costs the study's 372 units up to 0.08 of their stability; on 5,000 clauses grown from
# them it raises the error by 0.01 % and takes an eighth of the rounds, so it is kept for more than LARGE units.
FINE, COARSE = 1e-4, 1e-3


class Nmf:
    """Non-negative matrix factorisation of TF-IDF weights (Lee & Seung 1999), nndsvda start, lightly shrunk.

    Parameters
    ----------
    n_topics, random_state, max_iter : int
    """

    def __init__(self, n_topics: int, *, random_state: int = 0, max_iter: int = 1000) -> None:
        self.n_topics, self.random_state, self.max_iter = n_topics, random_state, max_iter

    def fit(self, counts: sparse.csr_matrix) -> Nmf:
        """Learn the topics of a table of word counts."""
        self._scale = TfidfTransformer(sublinear_tf=True)
        weighted = self._scale.fit_transform(counts)
        with threadpool_limits(limits=1):
            self._parts = self._factorise(weighted)
        self.components = _terms_to_one(self._parts)
        return self

    def weights(self, counts: sparse.csr_matrix) -> np.ndarray:
        """Return how much of each unit belongs to each topic."""
        size = self._parts.sum(axis=1)
        with threadpool_limits(limits=1):
            shares = parts_of(self._scale.transform(counts), self._parts)
        return _rows_to_one(shares * size)

    def _factorise(self, weighted: sparse.csr_matrix) -> np.ndarray:
        weight = SHRINKAGE * np.sqrt(weighted.shape[0])
        model = NMF(
            self.n_topics,
            init="nndsvda",
            random_state=self.random_state,
            tol=FINE if weighted.shape[0] <= LARGE else COARSE,
            max_iter=self.max_iter,
            alpha_W=weight / weighted.shape[1],  # scikit-learn multiplies it by the number of terms …
            alpha_H=weight / weighted.shape[0],  # … and this by the number of units
        )
        with _quiet():
            model.fit(weighted)
        self.settled = model.n_iter_ < self.max_iter
        return model.components_


class GuidedNmf(Nmf):
    """The same, led by seed words.

    To the units one anchor row is added for each label: its seed words, weighted by the
    root of how common they are. Multiplicative updates (Lee & Seung 2001) never leave
    zero, so an anchor, which starts with a share in its own topic only, can be explained
    by no other. The units' shares found so give the topics' terms by least squares; the
    anchors have no part in that step, so a topic's terms are those of its units. Topics
    beyond the labels are free.

    Parameters
    ----------
    n_topics, random_state, max_iter : int
    seeds : list of list of int
        For each label, the columns of its seed words.
    strength : float
        Weight of an anchor against the mean topic's units.
    """

    def __init__(
        self,
        n_topics: int,
        seeds: list[list[int]],
        *,
        random_state: int = 0,
        max_iter: int = 1000,
        strength: float = 0.1,
    ) -> None:
        super().__init__(n_topics, random_state=random_state, max_iter=max_iter)
        self.seeds, self.strength = seeds, strength

    def _factorise(self, weighted: sparse.csr_matrix) -> np.ndarray:
        n_units, n_labels = weighted.shape[0], len(self.seeds)
        marks = np.zeros((n_labels, weighted.shape[1]))
        for label, columns in enumerate(self.seeds):
            marks[label, columns] = 1.0
        start = np.random.default_rng(self.random_state).uniform(0.5, 1.5, (n_units, self.n_topics))
        start[:, :n_labels] = weighted @ marks.T
        start = start / np.maximum(start.sum(axis=0), 1e-12) + 1e-3 / n_units
        terms = np.asarray(weighted.T @ start).T
        terms[:n_labels, marks.any(axis=0)] *= marks[:, marks.any(axis=0)]

        anchors = marks * np.sqrt(np.asarray(weighted.sum(axis=0)).ravel())
        norm = np.maximum(np.linalg.norm(anchors, axis=1, keepdims=True), 1e-12)
        anchors *= np.sqrt(self.strength * n_units / self.n_topics) / norm
        own = np.eye(n_labels, self.n_topics) * start.max()
        model = NMF(self.n_topics, init="custom", solver="mu", max_iter=self.max_iter)
        with _quiet():
            shares = model.fit_transform(
                sparse.vstack([weighted, sparse.csr_matrix(anchors)], format="csr"), W=np.vstack([start, own]), H=terms
            )[:n_units]
            parts, _, rounds = non_negative_factorization(
                weighted.T.tocsr(),
                H=np.ascontiguousarray(shares.T),
                n_components=self.n_topics,
                update_H=False,
                max_iter=self.max_iter,
            )
        self.settled = max(model.n_iter_, rounds) < self.max_iter
        return np.ascontiguousarray(parts.T)


class Lda:
    """Latent Dirichlet allocation (Blei, Ng & Jordan 2003), variational, the whole corpus at a time.

    Parameters
    ----------
    n_topics, random_state, max_iter : int
    """

    def __init__(self, n_topics: int, *, random_state: int = 0, max_iter: int = 20) -> None:
        self.n_topics, self.random_state, self.max_iter = n_topics, random_state, max_iter

    def fit(self, counts: sparse.csr_matrix) -> Lda:
        """Learn the topics of a table of word counts."""
        self._model = LatentDirichletAllocation(
            self.n_topics, max_iter=self.max_iter, learning_method="batch", random_state=self.random_state, n_jobs=1
        )
        with threadpool_limits(limits=1):
            self._model.fit(counts)
        self.components = _terms_to_one(self._model.components_)
        return self

    def weights(self, counts: sparse.csr_matrix) -> np.ndarray:
        """Return how much of each unit belongs to each topic."""
        with threadpool_limits(limits=1):
            return _rows_to_one(self._model.transform(counts), wordless=_wordless(counts))


class GensimLda:
    """The same model by gensim (Hoffman, Blei & Bach 2010), for comparison; one process, ``max_iter`` passes."""

    def __init__(self, n_topics: int, *, random_state: int = 0, max_iter: int = 20) -> None:
        self.n_topics, self.random_state, self.max_iter = n_topics, random_state, max_iter

    def fit(self, counts: sparse.csr_matrix) -> GensimLda:
        """Learn the topics of a table of word counts."""
        from gensim.models import LdaModel

        with threadpool_limits(limits=1):
            model = LdaModel(
                _bags(counts),
                num_topics=self.n_topics,
                id2word={index: str(index) for index in range(counts.shape[1])},
                passes=self.max_iter,
                eval_every=None,
                random_state=self.random_state,
                dtype=np.float64,
            )
        self.components = _terms_to_one(model.get_topics())
        self._prior = np.asarray(model.alpha, dtype=float)
        return self

    def weights(self, counts: sparse.csr_matrix) -> np.ndarray:
        """Return how much of each unit belongs to each topic; gensim's own inference draws a new start each time."""
        return fold_in(counts, self.components, self._prior)


@contextmanager
def _quiet():
    """Keep scikit-learn's warning of unsettled fits to itself: refits would repeat it, and ``settled`` says it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def _bags(counts: sparse.csr_matrix) -> list[list[tuple[int, float]]]:
    """Counts as gensim wants them."""
    heads = counts.indptr
    return [list(zip(counts.indices[a:b].tolist(), counts.data[a:b].tolist(), strict=True)) for a, b in pairwise(heads)]


def _wordless(counts: sparse.csr_matrix) -> np.ndarray:
    return np.asarray(counts.sum(axis=1)).ravel() == 0


def _rows_to_one(table: np.ndarray, *, wordless: np.ndarray | None = None) -> np.ndarray:
    """Divide each row by its sum; a row of nothing gets equal shares."""
    total = table.sum(axis=1, keepdims=True)
    nothing = (total == 0) if wordless is None else (total == 0) | wordless[:, None]
    return np.where(nothing, 1.0 / table.shape[1], table / np.where(total == 0, 1.0, total))


def _terms_to_one(table: np.ndarray) -> np.ndarray:
    """Divide each topic's term weights by their sum; a topic of nothing stays so."""
    total = table.sum(axis=1, keepdims=True)
    return table / np.where(total == 0, 1.0, total)
