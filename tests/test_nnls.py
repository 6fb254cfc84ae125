"""Shares of known topics by non-negative least squares."""

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import nnls

from lanxikit.topics.nnls import parts_of


def test_as_scipys_nnls_row_by_row():
    draw = np.random.default_rng(3)
    topics = draw.random((6, 40)) * (draw.random((6, 40)) < 0.3)
    units = draw.random((50, 40)) * (draw.random((50, 40)) < 0.3)
    expected = [nnls(topics.T, unit)[0] for unit in units]
    assert parts_of(sparse.csr_matrix(units), topics) == pytest.approx(np.array(expected), abs=1e-4)
    assert (np.array(expected) == 0).any()


def test_a_dead_topic_and_an_empty_unit_get_nothing():
    topics = np.array([[1.0, 0.0], [0.0, 0.0]])
    assert parts_of(sparse.csr_matrix([[2.0, 1.0], [0.0, 0.0]]), topics).tolist() == [[2.0, 0.0], [0.0, 0.0]]
    assert parts_of(sparse.csr_matrix((0, 2)), topics).shape == (0, 2)
