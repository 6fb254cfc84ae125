"""lx.align: from scores to links, and the calibration that ships."""

from __future__ import annotations

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit import lexicons
from lanxikit.comparing.align import features
from lanxikit.errors import TableError
from lanxikit.evaluating.fit import fit, left_out_quality
from lanxikit.evaluating.links import gold_pairs, link_quality

pytest_plugins = ["pair_fixtures"]


def scores(*rows):
    return pd.DataFrame(rows, columns=["upper_id", "lower_id", "score", "rank"])


def test_a_clear_best_is_linked_and_a_weak_rest_is_not():
    links = lx.align(scores(("p#001", "c#001", 0.6, 1), ("p#002", "c#001", 0.05, 2), ("p#002", "c#002", 0.03, 1),
                            ("p#001", "c#002", 0.03, 2)))
    assert links[["upper_id", "lower_id", "decision"]].values.tolist() == [["p#001", "c#001", "link"]]


def test_a_leaf_may_have_two_sources_and_a_goal_two_tasks():
    links = lx.align(scores(("p#001", "c#001", 0.5, 1), ("p#002", "c#001", 0.49, 2), ("p#001", "c#002", 0.5, 1),
                            ("p#002", "c#002", 0.02, 2)), link=0.2, unsure=0.2)
    assert set(zip(links["upper_id"], links["lower_id"], strict=True)) == {
        ("p#001", "c#001"), ("p#002", "c#001"), ("p#001", "c#002")}


def test_probability_grows_with_the_score():
    low, high = (lx.align(scores(("p#001", "c#001", score, 1)), unsure=0)["probability"].iloc[0] for score in (0.1, 0.3))
    assert low < high


def test_bounds_move_the_decision():
    table = scores(("p#001", "c#001", 0.3, 1), ("p#002", "c#001", 0.2, 2))
    assert lx.align(table, link=0, unsure=0)["decision"].eq("link").all()
    assert lx.align(table, link=1, unsure=0)["decision"].eq("unsure").all()
    assert lx.align(table, link=1, unsure=1).empty
    with pytest.raises(lx.LanxiError, match="order"):
        lx.align(table, link=0.2, unsure=0.5)


def test_nothing_in_nothing_out():
    links = lx.align(scores())
    assert links.empty and list(links.columns[:5]) == ["upper_id", "lower_id", "score", "decision", "probability"]


def test_a_missing_score_is_named():
    with pytest.raises(TableError, match="p#002, c#001"):
        lx.align(scores(("p#001", "c#001", 0.3, 1), ("p#002", "c#001", float("nan"), 2)))
    with pytest.raises(TableError, match="rank"):
        lx.align(scores(("p#001", "c#001", 0.3, 1)).drop(columns="rank"))


def test_features_of_a_single_pair_are_finite():
    assert features(scores(("p#001", "c#001", 0.0, 1))).notna().all().all()


def test_pairs_that_the_readings_differ_on_count_neither_way():
    gold = pd.DataFrame(
        [("c#1", "p#1", "strong", "strong"), ("c#1", "p#2", "strong", "related"), ("c#2", "", "", "")],
        columns=["lower_unit", "upper_unit", "relation_first_reading", "relation_second_reading"],
    )
    assert gold_pairs(gold)["link"].isna().tolist() == [False, True]
    links = pd.DataFrame({"upper_id": ["p#1", "p#2", "p#9"], "lower_id": ["c#1", "c#1", "c#2"], "decision": "link"})
    both = link_quality(links, gold).set_index("doc_id").loc["all"]
    assert (both["n_found"], both["precision"], both["recall"]) == (2, 0.5, 1.0)


def test_the_shipped_numbers_are_those_that_the_fit_gives(study_scores, gold):
    shipped = {row["term"]: float(row["value"]) for row in lexicons.load("link_model")}
    assert fit(study_scores, gold("alignment")) == pytest.approx(shipped, abs=0.1)


def test_links_of_documents_left_out_of_the_fit(study_scores, gold):
    model = {row["term"]: float(row["value"]) for row in lexicons.load("link_model")}
    quality = left_out_quality(study_scores, gold("alignment"), model["link"]).set_index("doc_id")["f1"]
    assert quality["all"] >= 0.68
    assert quality["pingan-2022"] >= 0.78
