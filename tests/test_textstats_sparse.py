"""Dispersion over thousands of parts never fills in the zeros, and gives what the filled table gives."""

import time
import tracemalloc

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from lanxikit.textstats.dispersion import _measured, dispersion
from lanxikit.textstats.sums import by_label, held_by


def filled(counts, sizes, parts):
    """Reckon all measures from the full table of parts × terms, as the papers write them."""
    codes, names = pd.factorize(np.asarray(parts, dtype=object))
    sums = np.array([counts[codes == i].sum(axis=0) for i in range(len(names))])
    weights = np.array([sizes[codes == i].sum() for i in range(len(names))])
    sums, weights = sums[weights > 0], weights[weights > 0]
    own, shares, rates = sums.sum(axis=0), weights / weights.sum(), sums / weights[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        dp = np.abs(sums / own - shares[:, None]).sum(axis=0) / 2
        juilland = 1 - rates.std(axis=0) / rates.mean(axis=0) / np.sqrt(len(weights) - 1)
        return own, (sums > 0).sum(axis=0), dp, dp / (1 - shares.min()), juilland


@st.composite
def cases(draw):
    n_units, n_terms = draw(st.integers(2, 12)), draw(st.integers(1, 5))
    row = st.lists(st.sampled_from([0, 0, 0, 1, 2, 40]), min_size=n_terms, max_size=n_terms)
    counts = np.array(draw(st.lists(row, min_size=n_units, max_size=n_units)), dtype=float)
    others = draw(st.lists(st.integers(0, 30), min_size=n_units, max_size=n_units))
    parts = draw(st.lists(st.sampled_from("abcdef"), min_size=n_units, max_size=n_units))
    return counts, counts.sum(axis=1) + others, parts


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_numbers_are_those_of_the_filled_table(case):
    counts, sizes, parts = case
    terms = [f"w{i}" for i in range(counts.shape[1])]
    found = _measured(sparse.csr_matrix(counts), terms, sizes, parts, parts)
    n_parts = len({part for part, size in zip(parts, sizes, strict=True) if size})
    assert found["n_parts"].eq(n_parts).all()
    assert found["n_documents"].tolist() == found["n_parts_with"].tolist()
    assert found["n_units"].tolist() == (counts > 0).sum(axis=0).tolist()
    if not n_parts:
        assert found["dp"].isna().all()
        return
    own, with_it, *measures = filled(counts, sizes, parts)
    assert found["count"].tolist() == own.tolist() and found["n_parts_with"].tolist() == with_it.tolist()
    fair = (own > 0) & (n_parts > 1)
    for name, theirs in zip(("dp", "dp_norm", "juilland_d"), measures, strict=True):
        assert np.allclose(found[name][fair], np.clip(theirs[fair], 0, 1), atol=1.01e-6, rtol=0)
        assert found[name][~fair].isna().all()


def test_twenty_thousand_parts_take_little_memory():
    n_units, n_terms, rng = 20_000, 30_000, np.random.default_rng(0)
    counts = sparse.random(n_units, n_terms, density=50 / n_terms, format="csr", rng=rng, data_rvs=lambda n: rng.integers(1, 4, n))
    counts = counts.astype("float64")
    sizes = np.asarray(counts.sum(axis=1)).ravel() + 10
    terms, parts = [f"w{i}" for i in range(n_terms)], np.array([f"t{i}" for i in range(n_units)], dtype=object)
    tracemalloc.start()
    began = time.process_time()
    found = _measured(counts, terms, sizes, parts, parts)
    took, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300e6  # filled in: 4.8 GB
    assert took < 10
    some = rng.choice(n_terms, 20, replace=False)
    own, _, dp, _, juilland = filled_of_units(counts[:, some].toarray(), sizes)
    assert found["count"][some].tolist() == own.tolist()
    assert np.allclose(found["dp"][some], dp, atol=1.01e-6) and np.allclose(found["juilland_d"][some], juilland, atol=1.01e-6)


def filled_of_units(counts, sizes):
    own, shares, rates = counts.sum(axis=0), sizes / sizes.sum(), counts / sizes[:, None]
    dp = np.abs(counts / own - shares[:, None]).sum(axis=0) / 2
    return own, None, dp, None, 1 - rates.std(axis=0) / rates.mean(axis=0) / np.sqrt(len(sizes) - 1)


def test_a_list_of_twenty_thousand_texts():
    made = ["铁路公路", "黄河", "铁路湟水黄河", "公路"]
    found = dispersion(made * 5000, min_count=5).set_index("term")
    assert found.loc["铁路", ["count", "n_documents", "n_parts"]].tolist() == [10_000, 10_000, 20_000]
    # a quarter of the parts holds 2 words, one of them 铁路; a quarter 3; a half 1: shares of 铁路 ½ ½ 0 0 against 2/8 … of 7
    assert found.loc["铁路", "dp"] == round((abs(1 / 2 - 2 / 7) + abs(1 / 2 - 3 / 7) + 2 / 7) / 2, 6)
    assert found.index.tolist() == ["公路", "铁路", "黄河", "湟水"]


def test_units_without_a_label_belong_to_none():
    assert by_label(["a", None, "b", float("nan"), "a"]).toarray().tolist() == [[1, 0, 0, 0, 1], [0, 0, 1, 0, 0]]
    assert held_by(sparse.csr_matrix([[1], [1], [0]]), ["a", None, "b"]).tolist() == [1]
    assert held_by(sparse.csr_matrix((0, 3)), []).tolist() == [0, 0, 0]
