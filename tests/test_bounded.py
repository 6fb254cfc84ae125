"""The best of each row by bounds are the best of all pairs: the same pairs, the same products."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import lanxikit as lx
from benchmarks.grown import documents
from lanxikit.comparing import bounded
from lanxikit.comparing.bounded import Bounded
from lanxikit.comparing.charpairs import pairs_of, plain
from lanxikit.comparing.clauses import clauses
from lanxikit.comparing.nearest import nearest
from lanxikit.comparing.topn import DIGITS, Best

N = 10


def in_full(upper, lower, n):
    """Work out all cells; of equal ones the lower column first."""
    cells = np.round(np.minimum((lower @ upper.T).toarray(), 1), DIGITS)
    columns = np.argsort(-cells, axis=1, kind="stable")[:, :n]
    values = np.take_along_axis(cells, columns, axis=1)
    kept = values > 0
    return np.nonzero(kept)[0], columns[kept], values[kept]


def same(found, expected):
    """The same rows and columns, products to the last digit kept; ties that rounding alone decides may change place."""
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_allclose(found[2], expected[2], rtol=0, atol=1.1 * 10.0**-DIGITS)
    other = found[1] != expected[1]
    for row in np.unique(found[0][other]):
        mine, true = (cells[2][cells[0] == row] for cells in (found, expected))
        assert np.diff(true).max() > -2 * 10.0**-DIGITS or (mine == true).all()
    assert other.mean() < 0.001


def drawn(n_rows, seed, families=40):
    """Rows of length 1 as texts have them: few columns common, most rare, many rows nearly alike."""
    draw = np.random.default_rng(seed)
    kinds = [np.unique(np.minimum(draw.zipf(1.4, 14), 700) - 1) for _ in range(families)]
    rows, columns = [], []
    for row in range(n_rows):
        kind = kinds[draw.integers(families)]
        own = np.r_[kind[draw.random(len(kind)) < 0.8], np.minimum(draw.zipf(1.4, draw.integers(0, 6)), 700) - 1]
        own = np.unique(own) if row % 50 else own[:0]
        rows += [row] * len(own)
        columns += own.tolist()
    table = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(n_rows, 700))
    table.data *= (np.log(n_rows / (1 + np.bincount(table.indices, minlength=700))) + 1)[table.indices].clip(0.1)
    length = np.sqrt(table.multiply(table).sum(axis=1))
    table.data /= np.repeat(length, np.diff(table.indptr))
    return table


@pytest.fixture(scope="module")
def texts():
    """Clauses of grown documents, all different, of either side."""
    sides = []
    for start in (0, 1000):
        whole = [text for _, text in documents(12, seed=5, start=start)]
        sides.append(plain(list(dict.fromkeys(text[a:b] for text in whole for a, b in clauses(text)))))
    return sides


@pytest.mark.parametrize("n", [1, 3, N, 2000])
@pytest.mark.parametrize("seed", [1, 2])
def test_rows_drawn_at_random(n, seed):
    upper, lower = drawn(1500, seed), drawn(400, seed + 10)
    same(Bounded(upper).ordered(lower, n), in_full(upper, lower, n))


@pytest.mark.parametrize("settings", [
    {"FEW": 10}, {"FEW": 10**9}, {"COMMON": 0}, {"COMMON": 5}, {"COMMON": 700}, {"SHARE": 0}, {"SHARE": 0.99},
    {"CROWD": 1}, {"CROWD": 30}, {"CROWD": 10**6}, {"PAIRS": 7}, {"FEW": 50, "COMMON": 700, "SHARE": 0.99, "CROWD": 2000},
], ids=str)  # fmt: skip
def test_no_setting_changes_what_is_found(settings, monkeypatch):
    upper, lower = drawn(1500, 3), drawn(300, 13)
    expected = in_full(upper, lower, N)
    for name, value in settings.items():
        monkeypatch.setattr(bounded, name, value)
    same(Bounded(upper).ordered(lower, N), expected)


def test_clauses(texts):
    upper, lower = pairs_of(*texts)
    assert upper.shape[0] > 2000 and lower.shape[0] > 2000
    found = Bounded(upper).ordered(lower, N)
    same(found, in_full(upper, lower, N))
    every = Best(upper).ordered(lower, N)  # without bounds
    same(found, every)


def test_most_multiplications_are_left_out(monkeypatch):
    upper, lower = drawn(6000, 4, families=300), drawn(1000, 14, families=300)
    lower = sparse.csr_array(sparse.vstack([lower[:500], upper[::12]], format="csr"))
    often = lambda matrix: np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(float)  # noqa: E731
    done = []

    def product(rows, turned, *given, real=bounded.product, **options):
        done.append(often(rows) @ np.diff(turned.indptr))
        return real(rows, turned, *given, **options)

    monkeypatch.setattr(bounded, "product", product)
    monkeypatch.setattr("lanxikit.comparing.topn.product", product)
    same(Bounded(upper).ordered(lower, 3), in_full(upper, lower, 3))
    assert sum(done) < 0.7 * (often(lower) @ often(upper)), done


def test_threads_and_pieces_change_nothing(texts):
    upper, lower = pairs_of(*texts)
    one, two = (Bounded(upper, jobs).ordered(lower, N) for jobs in (1, 2))
    parts = [Bounded(upper).ordered(lower[at : at + 333], N) for at in range(0, lower.shape[0], 333)]
    rows = np.concatenate([cells[0] + 333 * at for at, cells in enumerate(parts)])
    pieces = (rows, *(np.concatenate([cells[which] for cells in parts]) for which in (1, 2)))
    for other in (two, pieces):
        for mine, theirs in zip(one, other, strict=True):
            np.testing.assert_array_equal(mine, theirs)


def test_rows_without_anything():
    none, some = sparse.csr_array((3, 4)), sparse.csr_array(np.eye(4))
    for upper, lower in ((none, some), (some, none), (none, none), (some[:0], some), (some, some[:0])):
        found = Bounded(sparse.csr_array(upper)).ordered(sparse.csr_array(lower), 2)
        assert [len(cells) for cells in found] == [0, 0, 0]
    assert Bounded(some).ordered(some, 9)[1].tolist() == [0, 1, 2, 3]


def test_nearest_is_public(texts):
    pd.testing.assert_frame_equal(lx.nearest(texts[0][:50], texts[1][:50]), nearest(texts[0][:50], texts[1][:50]))


def test_missing_texts_of_a_list_are_empty_as_in_a_table():
    found = lx.nearest(["农村公路", None, float("nan"), pd.NA], ["农村公路", None])
    assert found[["upper_id", "lower_id"]].values.tolist() == [[0, 0]]


def test_texts_that_are_all_equally_near_need_no_room_for_all_pairs():
    import tracemalloc

    upper, lower = ([f"建设，{chr(0x4E00 + 2 * n + side)}{chr(0x3400 + n)}" for n in range(1500)] for side in (0, 1))
    tracemalloc.start()
    found = lx.nearest(upper, lower)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 15_000 and most < 150e6  # all pairs: 2.25 M × 24 bytes, several times over
