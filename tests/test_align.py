"""lx.align: from scores to links, and the calibration that ships."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import lanxikit as lx
from lanxikit import lexicons
from lanxikit.comparing.align import FewGoalsWarning, features
from lanxikit.errors import TableError
from lanxikit.evaluating.links import link_quality

pytest_plugins = ["pair_fixtures"]

MODEL = {"mean": 0.1, "spread": 0.05}


def scores(*rows):
    return pd.DataFrame(rows, columns=["upper_id", "lower_id", "score", "rank"])


def whole(*rows):
    """A table with all that ``features`` looks at."""
    columns = ["upper_id", "lower_id", "score", "rank", "standing", "agreement", "semantic"]
    return pd.DataFrame(rows, columns=columns)


def test_a_table_of_four_columns_a_clear_best_is_linked_and_a_weak_rest_is_not():
    links = lx.align(scores(("p#001", "c#001", 0.6, 1), ("p#002", "c#001", 0.05, 2), ("p#002", "c#002", 0.03, 1),
                            ("p#001", "c#002", 0.03, 2)))
    assert links[["upper_id", "lower_id", "decision"]].values.tolist() == [["p#001", "c#001", "link"]]
    assert links.columns.tolist() == ["upper_id", "lower_id", "score", "decision", "probability", "rank", "decided_by"]
    assert links["decided_by"].tolist() == ["machine"]


def test_a_leaf_may_have_two_sources_and_a_goal_two_tasks():
    links = lx.align(scores(("p#001", "c#001", 0.5, 1), ("p#002", "c#001", 0.49, 2), ("p#001", "c#002", 0.5, 1),
                            ("p#002", "c#002", 0.02, 2)), link=0.2, unsure=0.2)
    assert set(zip(links["upper_id"], links["lower_id"], strict=True)) == {
        ("p#001", "c#001"), ("p#002", "c#001"), ("p#001", "c#002")}


def test_probability_grows_with_the_score():
    low, high = (lx.align(scores(("p#001", "c#001", score, 1)), unsure=0)["probability"].iloc[0] for score in (0.1, 0.3))
    assert low < high


@pytest.mark.parametrize("column", ["standing", "agreement"])
def test_probability_grows_with_standing_and_agreement(column):
    row = {"upper_id": "p#001", "lower_id": "c#001", "score": 0.2, "rank": 1, "standing": 2.0, "agreement": 0.5}
    low, high = (
        lx.align(pd.DataFrame([row | {column: value, "semantic": 0.5}]), unsure=0)["probability"].iloc[0]
        for value in ((1.0, 4.0) if column == "standing" else (0.0, 1.0))
    )
    assert low < high


def test_features_of_a_pair_by_hand():
    found = features(whole(("p#001", "c#001", 0.5, 1, 4.0, 0.75, 0.1), ("p#002", "c#001", 0.4, 2, 3.0, 0.25, 0.1)), MODEL)
    assert found["level"].tolist() == pytest.approx([8.0, 6.0])
    assert found["log_rank"].tolist() == pytest.approx([0, np.log(2)])
    assert found["mutual"].tolist() == [1.0, 0.0]
    assert found["standing"].tolist() == [4.0, 3.0] and found["agreement"].tolist() == [0.75, 0.25]


def test_what_a_table_lacks_is_filled_from_the_scores():
    few = scores(("p#001", "c#001", 0.5, 1), ("p#002", "c#001", 0.4, 2), ("p#002", "c#002", 0.2, 1))
    found = features(few, MODEL)
    assert found["standing"].tolist() == pytest.approx([8.0, 6.0, 2.0])  # beside the scores of the fit
    assert found["agreement"].tolist() == [1.0, 0.0, 1.0]
    told = few.assign(standing=np.nan, agreement=np.nan)
    pd.testing.assert_frame_equal(features(told, MODEL), found)


def test_features_of_a_single_pair_are_finite():
    found = features(scores(("p#001", "c#001", 0.0, 1)), MODEL)
    assert np.isfinite(found).all().all() and found["log_rank"].iloc[0] == 0


def test_mutual_is_the_best_of_both_within_the_lower_document():
    table = scores(("p#001", "c#001", 0.5, 1), ("p#001", "c#002", 0.4, 1), ("p#001", "d#001", 0.3, 1),
                   ("p#002", "d#001", 0.2, 2))  # fmt: skip
    assert features(table, MODEL)["mutual"].tolist() == [1.0, 0.0, 1.0, 0.0]


def test_scores_without_the_encoder_have_a_model_of_their_own(tmp_path):
    terms = [row["term"] for row in lexicons.load("link_model")]
    unsure = {"link": ("0.5", "0.5"), "unsure": ("0.1", "0.1"), "spread": ("1", "1"), "intercept": ("-1", "1")}
    lines = ["\t".join((term, *unsure.get(term, ("0", "0")), "")) for term in terms]
    (tmp_path / "link_model.tsv").write_text("term\tvalue\twithout_encoder\tabout\n" + "\n".join(lines) + "\n", "utf-8")
    row = ("p#001", "c#001", 0.5, 1, 4.0, 0.75)
    sense = lx.align(whole((*row, 0.3)), lexicon=tmp_path)
    words = lx.align(whole((*row, np.nan)), lexicon=tmp_path)
    assert (sense["decision"].tolist(), words["decision"].tolist()) == (["unsure"], ["link"])
    assert sense["probability"].tolist() == pytest.approx([1 / (1 + np.e)], abs=1e-6)
    assert words["probability"].tolist() == pytest.approx([np.e / (1 + np.e)], abs=1e-6)


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


@pytest.mark.parametrize(("doc_id", "floor"), [
    ("haidong-2020", 0.76), ("pingan-2022", 0.76), ("haidong-2024", 0.66), ("all", 0.71),
])  # fmt: skip
def test_links_as_shipped(study_links, gold, doc_id, floor):
    assert link_quality(study_links, gold("alignment")).set_index("doc_id")["f1"][doc_id] >= floor


def test_a_leaf_far_from_every_goal_has_no_pair_however_it_stands_out():
    floor = {row["term"]: float(row["value"]) for row in lexicons.load("link_model")}
    level = floor["mean"] + floor["spread"] * (floor["floor"] - 0.1)
    row = {"upper_id": "p#001", "lower_id": "c#001", "score": level, "rank": 1, "standing": 9.0, "agreement": 1.0,
           "semantic": 0.1}  # fmt: skip
    near = row | {"lower_id": "c#002", "score": floor["mean"] + floor["spread"] * (floor["floor"] + 0.1)}
    assert lx.align(pd.DataFrame([row, near]))["lower_id"].tolist() == ["c#002"]


def test_few_goals_are_told():
    row = {"upper_id": "p#001", "lower_id": "c#001", "score": 0.5, "rank": 1, "standing": np.nan, "agreement": 1.0}
    with pytest.warns(FewGoalsWarning):
        lx.align(pd.DataFrame([row]))


def test_tasks_of_other_fields_are_not_linked(study, make_units):
    kitchen = make_units("kitchen", "将面粉与水按二比一揉成面团，静置半小时后擀开。", "象棋开局宜先出车马，控制中路要道。",
                         "炖肉时加入八角和桂皮，小火慢炖两小时。", adcode="630212")  # fmt: skip
    assert lx.align(lx.compare(study[0], kitchen)).empty
