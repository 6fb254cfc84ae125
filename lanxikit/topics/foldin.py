"""Topics' shares in units, given the topics: without a random draw, each unit by itself."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits

ROUNDS, ENOUGH = 200, 1e-6
BLOCK = 2_000  # units at a time: what is held at once is their words × topics


def fold_in(counts: sparse.csr_matrix, components: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Find the shares of given topics in units by fixed-point iteration.

    The update of MAP estimation in latent Dirichlet allocation (Asuncion, Welling, Smyth &
    Teh 2009, On smoothing and inference for topic models), from equal shares: the same unit
    gets the same shares however often it is asked, in whatever order and company.

    Parameters
    ----------
    counts : sparse matrix
        Units × terms.
    components : ndarray
        Topics × terms, each row sums to 1.
    prior : ndarray
        Dirichlet parameter of each topic.

    Returns
    -------
    ndarray
        Units × topics, each row sums to 1; equal shares for a unit without words.

    Examples
    --------
    >>> fold_in(sparse.csr_matrix([[2, 0], [0, 0]]), np.array([[1.0, 0.0], [0.0, 1.0]]), np.ones(2)).round(2).tolist()
    [[0.75, 0.25], [0.5, 0.5]]
    """
    terms = np.maximum(components, 1e-12)
    parts = [_block(counts[begin : begin + BLOCK], terms, prior) for begin in range(0, counts.shape[0], BLOCK)]
    return np.vstack(parts) if parts else np.empty((0, len(components)))


def _block(counts: sparse.csr_matrix, terms: np.ndarray, prior: np.ndarray) -> np.ndarray:
    n_units, n_topics = counts.shape[0], len(terms)
    rows = np.repeat(np.arange(n_units), np.diff(counts.indptr))
    of_word = np.ascontiguousarray(terms.T)[counts.indices]  # each entry's weight in each topic
    shares = np.full((n_units, n_topics), 1.0 / n_topics)
    going = np.diff(counts.indptr) > 0
    with threadpool_limits(limits=1):
        for _ in range(ROUNDS):
            ratio = counts.data / np.einsum("ij,ij->i", shares[rows], of_word)
            spread = sparse.csr_matrix((ratio, counts.indices, counts.indptr), shape=counts.shape)
            renewed = prior + shares * (spread @ terms.T)
            renewed /= renewed.sum(axis=1, keepdims=True)
            change = np.abs(renewed - shares).max(axis=1)
            shares[going] = renewed[going]
            going &= change >= ENOUGH  # a unit that has settled stays, whatever its company still does
            if not going.any():
                break
    return shares
