"""Prevalence of topics in groups of units."""

import numpy as np
import pandas as pd
import pytest

from lanxikit import LanxiError
from lanxikit.topics.groups import group_columns
from lanxikit.topics.prevalence import prevalence

SHARES = np.array([[1.0, 0.0], [0.6, 0.4], [0.2, 0.8], [0.0, 1.0], [0.5, 0.5]])
DOCUMENTS = ["a", "a", "b", "b", "b"]


def average(groups, documents=DOCUMENTS, known=None, **options):
    known = np.ones(len(SHARES), bool) if known is None else np.array(known)
    return prevalence(SHARES, documents, pd.DataFrame(groups), known=known, **options)


def test_means_counts_and_order():
    found = average({"year": [2024, 2024, 2020, 2020, 2024]})
    assert found[["year", "topic", "n_units", "n_documents"]].astype(int).values.tolist() == [
        [2020, 1, 2, 1],
        [2020, 2, 2, 1],
        [2024, 1, 3, 2],
        [2024, 2, 3, 2],
    ]
    assert found["prevalence"].tolist() == pytest.approx([0.1, 0.9, 0.7, 0.3])


def test_interval_holds_the_mean_and_is_wider_for_a_higher_level():
    wide, narrow = (average({"x": ["x"] * 5}, interval=level) for level in (0.95, 0.5))
    assert (wide["low"] <= wide["prevalence"]).all()
    assert (wide["prevalence"] <= wide["high"]).all()
    assert (wide["high"] - wide["low"] > narrow["high"] - narrow["low"]).all()


def test_documents_stay_as_they_are_where_units_are_drawn():
    # within each document all units are alike: nothing varies, though the documents differ
    shares = np.repeat([[1.0, 0.0], [0.0, 1.0]], 10, axis=0)
    given = (shares, ["a"] * 10 + ["b"] * 10, pd.DataFrame({"x": ["x"] * 20}))
    found = prevalence(*given, known=np.ones(20, bool), draw="units")
    assert found["low"].tolist() == found["high"].tolist() == [0.5, 0.5]
    assert found["drawn"].tolist() == ["units", "units"]
    # documents drawn anew: both times a, both times b, or one of each
    found = prevalence(*given, known=np.ones(20, bool))
    assert found["low"].tolist() == [0.0, 0.0]
    assert found["high"].tolist() == [1.0, 1.0]
    assert found["drawn"].tolist() == ["documents, then units"] * 2


def test_interval_of_many_documents_holds_the_mean_of_all_documents_and_that_of_their_units_does_not():
    random, held = np.random.default_rng(1), {"documents": 0, "units": 0}
    documents, groups = np.repeat([f"{i:02d}" for i in range(30)], 8), pd.DataFrame({"x": ["x"] * 240})
    for seed in range(60):  # the mean of all documents is 0.5; documents differ far more than their units
        share = np.clip(np.repeat(random.uniform(0.2, 0.8, 30), 8) + random.uniform(-0.1, 0.1, 240), 0, 1)
        for draw in held:
            found = prevalence(np.column_stack([share, 1 - share]), documents, groups, known=np.ones(240, bool), n_boot=300,
                               draw=draw, random_state=seed)  # fmt: skip
            held[draw] += found["low"][0] <= 0.5 <= found["high"][0]
    assert held["documents"] >= 52
    assert held["units"] <= 30


def test_weights_count_in_mean_and_interval():
    found = average({"x": ["x"] * 5}, weights=[1, 1, 0.5, 0.5, 0])
    assert found["prevalence"][0] == pytest.approx((1.0 + 0.6 + 0.5 * 0.2) / 3)
    assert found["weight"].tolist() == [3.0, 3.0]
    assert found["low"][0] < found["prevalence"][0] < found["high"][0]


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"draw": "clusters"}, "documents, units"),
        ({"n_boot": 0}, "n_boot"),
        ({"n_boot": 2.5}, "n_boot"),
        ({"interval": 95}, "0.95"),
        ({"interval": float("nan")}, "0.95"),
    ],
)
def test_wrong_options_of_the_bootstrap(option, said):
    with pytest.raises(LanxiError, match=said):
        average({"x": ["x"] * 5}, **option)


def test_interval_agrees_with_theory():
    random = np.random.default_rng(0)
    first = random.uniform(size=400)
    shares = np.column_stack([first, 1 - first])
    found = prevalence(shares, ["a"] * 400, pd.DataFrame({"x": ["x"] * 400}), known=np.ones(400, bool), n_boot=4000)
    half = 1.96 * first.std() / np.sqrt(400)
    assert found["low"][0] == pytest.approx(first.mean() - half, abs=0.004)
    assert found["high"][0] == pytest.approx(first.mean() + half, abs=0.004)


def test_no_interval_from_single_units_and_no_group_lost():
    given = {"known": [True, False, True, True, True], "draw": "units"}
    found = average({"x": ["p", "q", "p", "r", "r"]}, **given).set_index(["x", "topic"])
    assert found.loc[("p", 1), "drawn"] == "nothing"
    assert found.loc[("p", 1), "note"].startswith("one unit a document: no interval")
    assert found.loc[("q", 1), "note"].startswith("no unit with a known word")
    assert found.loc[("p", 1), ["n_units", "n_documents"]].tolist() == [2, 2]
    assert np.isnan(found.loc[("p", 1), "low"])  # two documents with one unit each
    assert found.loc[("q", 1), "n_units"] == 0
    assert np.isnan(found.loc[("q", 1), "prevalence"])
    assert not np.isnan(found.loc[("r", 1), "low"])


def test_missing_group_values_are_a_group():
    found = average({"year": pd.array([2020, 2020, None, None, None], dtype="Int64")})
    assert found["n_units"].tolist() == [2, 2, 3, 3]
    assert found["year"].isna().tolist() == [False, False, True, True]


def test_same_seed_same_interval():
    first = np.random.default_rng(0).uniform(size=30)
    shares, groups = np.column_stack([first, 1 - first]), pd.DataFrame({"x": ["x"] * 30})
    same, again, other = (
        prevalence(shares, ["a"] * 30, groups, known=np.ones(30, bool), random_state=seed) for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(same, again)
    assert not same["low"].equals(other["low"])


def test_level_is_the_level_of_the_document():
    units = pd.DataFrame({"doc_id": list("ab"), "level": [2, 1], "doc_level": ["prefecture", "province"]})
    assert group_columns(units, ["level"])["level"].cat.categories[0] == "country"
    assert group_columns(units, ["level"])["level"].tolist() == ["prefecture", "province"]
    assert group_columns(units.drop(columns="doc_level"), ["level"])["level"].tolist() == [2, 1]


def test_absent_column_is_named():
    with pytest.raises(LanxiError, match=r"colour.*doc_id, year"):
        group_columns(pd.DataFrame({"doc_id": ["a"], "year": [2020]}), ["colour"])
    with pytest.raises(LanxiError, match="No column"):
        group_columns(pd.DataFrame({"doc_id": ["a"]}), [])
