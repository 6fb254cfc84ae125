"""lanxikit evaluate: what is counted, the intervals, the baselines, and the table."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lanxikit.evaluating import report
from lanxikit.evaluating.baselines import CHARACTERS, baselines, best_only
from lanxikit.evaluating.calibration import missed_tally, probability_tallies, unsure_tally
from lanxikit.evaluating.facets import FACETS, facet_tallies
from lanxikit.evaluating.links import differing_links, first_tally, gold_pairs, link_quality, right_first
from lanxikit.evaluating.tally import Tally, answers, calibration_error, f1, macro_f1, share

pytest_plugins = ["pair_fixtures"]

READINGS = ["lower_unit", "upper_unit", "relation_first_reading", "relation_second_reading"]
GOLD = pd.DataFrame(
    [("c#1", "p#1", "strong", "strong"), ("c#1", "p#2", "strong", "related"), ("c#2", "", "", ""),
     ("d#1", "p#3", "strong", "strong"), ("d#1", "p#4", "related", "related")],
    columns=READINGS,
)  # fmt: skip


def decided(*rows):
    return pd.DataFrame(rows, columns=["lower_id", "upper_id", "probability", "decision"])


def test_pairs_that_the_readings_differ_on_count_neither_way():
    assert gold_pairs(GOLD)["link"].tolist() == [True, pd.NA, True, False]
    links = decided(("c#1", "p#1", 1, "link"), ("c#1", "p#2", 1, "link"), ("c#2", "p#9", 1, "link"),
                    ("d#1", "p#3", 1, "unsure"), ("e#1", "p#1", 1, "link"))
    found = link_quality(links, GOLD).set_index("doc_id")
    assert found.loc["c"].tolist() == [1, 2, 0.5, 1.0, 2 / 3]
    assert found.loc["d"].tolist() == [1, 0, 0.0, 0.0, 0.0]
    assert found.loc["all"].tolist() == [2, 2, 0.5, 0.5, 0.5]
    assert differing_links(links, GOLD).values.tolist() == [["wrong", "c#2", "p#9"], ["missing", "d#1", "p#3"]]


def test_right_first_looks_at_leaves_with_a_strong_goal():
    scores = pd.DataFrame({"lower_id": ["c#1", "c#1", "d#1", "d#1", "c#2"], "upper_id": ["p#2", "p#1", "p#4", "p#3", "p#1"],
                           "rank": [1, 2, 1, 2, 1]})
    assert right_first(scores, GOLD).values.tolist() == [["c", 1, 1.0], ["d", 1, 0.0]]
    assert first_tally(scores, GOLD, 2).results()[-1].value == 1.0


def test_missed_and_unsure():
    links = decided(("c#1", "p#1", 0.2, "unsure"), ("c#2", "p#1", 0.2, "unsure"), ("d#1", "p#3", 0.0, ""))
    assert [(r.document, r.right, r.of) for r in missed_tally(links, GOLD).results()] == [
        ("c", 0, 1), ("d", 1, 1), ("all", 1, 2)]
    assert [(r.document, r.value) for r in unsure_tally(links, GOLD).results()] == [("c", 1), ("d", 0), ("all", 2 / 3)]


def test_brier_score_and_calibration_error_by_hand():
    pairs = decided(("c#1", "p#1", 0.9, ""), ("c#1", "p#2", 0.5, ""), ("c#2", "p#1", 0.3, ""), ("d#1", "p#3", 1.0, ""),
                    ("d#1", "p#4", 0.1, ""))
    value = {name: tally.results()[-1].value for name, tally in probability_tallies(pairs, GOLD).items()}
    # c#1, p#2 counts neither way
    assert value["brier"] == pytest.approx((0.1**2 + 0.3**2 + 0 + 0.1**2) / 4)
    assert value["error"] == pytest.approx((abs(1.9 - 2) + 0.3 + 0.1) / 4)  # bins: 0.9 and 1.0; 0.3; 0.1
    assert value["usual"] == pytest.approx(0.25)  # each document has one link among two


def test_statistics_work_on_sums_and_on_draws():
    assert f1(np.array([1, 2, 3])) == 0.4
    assert share(np.array([[1, 4], [0, 2]])).tolist() == [0.25, 0]
    assert np.isnan(share(np.array([0, 0]))) and np.isnan(f1(np.zeros(3)))
    # a kind that is expected nowhere has no F1
    assert macro_f1(np.array([1, 1, 1, 0, 5, 0, 0, 0, 2])) == 0.5
    assert np.isnan(macro_f1(np.zeros(6)))
    assert calibration_error(np.array([2, 1.0, 2, 2, 1.0, 1])) == 0.25


def test_intervals_are_drawn_over_leaves_within_documents():
    generator = np.random.default_rng(1)
    hits = generator.random(100) < 0.8
    tally = Tally([f"c#{leaf}" for leaf in range(100)], np.stack([hits, np.ones(100)], axis=1), share)
    first, whole = tally.results()
    middle, wide = hits.mean(), 1.96 * (hits.mean() * (1 - hits.mean()) / 100) ** 0.5
    assert (first.low, first.high) == pytest.approx((middle - wide, middle + wide), abs=0.015)
    assert (whole.low, whole.high) == (first.low, first.high) and (whole.right, whole.of) == (int(hits.sum()), 100)
    assert tally.results() == tally.results()  # seeded


def test_documents_are_never_drawn_themselves():
    """Two documents that differ, each without variation: all draws are alike."""
    tally = Tally(["c#1", "c#2", "d#1"], [[1, 1], [1, 1], [0, 1]], share)
    assert [(r.value, r.low, r.high) for r in tally.results()] == [(1, 1, 1), (0, 0, 0), (2 / 3, 2 / 3, 2 / 3)]


def test_nothing_counted_nothing_said():
    assert Tally([], [], share).results() == []
    assert Tally(["c#1"], [[0, 0, 0]], f1).results() == []


def test_answers_of_leaves():
    tally = answers({"c#1", "c#2", "d#1"}, {("c#1", "a"), ("c#1", "b")}, {("c#1", "a"), ("c#2", "a")})
    assert tally.numbers.tolist() == [[1, 2, 1], [0, 0, 1], [0, 0, 0]]
    first, whole = tally.results()  # of d nothing is asked, and nothing is said
    assert (first.document, first.value, first.precision, first.recall, first.right, first.of) == ("c", 0.5, 0.5, 0.5, 1, 2)
    assert whole.value == 0.5


def test_facets_where_both_readings_agree():
    modes = pd.DataFrame(
        [("c#1", "p#1", "copy extend", "copy"), ("c#2", "p#1", "extend", "extend"), ("d#1", "p#1", "copy", "copy")],
        columns=["lower_unit", "upper_unit", "modes_first_reading", "modes_second_reading"],
    )
    said = pd.DataFrame({"lower_id": ["c#1", "c#2"], "upper_id": "p#1"}).assign(**dict.fromkeys(FACETS.values(), False))
    said["copied"] = True
    found = {name: [t.numbers.sum(axis=0).tolist() for t in pair]
             for name, pair in facet_tallies(said, SimpleNamespace(refinement_modes=modes)).items()}
    assert found["copied"] == [[1, 2, 1], [1, 2, 1]]
    assert found["extended"] == [[0, 0, 1], [1, 1, 1]]  # c#1: the readings differ
    assert found["weakened"] == [[0, 0, 0], [0, 2, 0]]
    ours, always = facet_tallies(said, SimpleNamespace(refinement_modes=modes))["macro"]
    assert ours.results()[-1].value == pytest.approx((2 / 3 + 0) / 2)
    assert always.results()[-1].value == pytest.approx((2 / 3 + 1) / 2)


def test_baselines_rank_every_pair(make_units):
    plan, city = make_units("plan", "治理河道。", "修建农村公路。"), make_units("city", "农村公路修建。", "举办篮球赛。")
    ways = baselines(plan, city)
    assert set(ways) == {"tf-idf of jieba words", CHARACTERS, "headings alone"}
    for table in ways.values():
        assert len(table) == 4 and sorted(table["rank"]) == [1, 1, 2, 2]
    words = ways["tf-idf of jieba words"]
    assert words.iloc[0].tolist() == ["city#001", "plan#002", pytest.approx(1), 1]  # the order of words is lost
    assert ways[CHARACTERS].iloc[0]["upper_id"] == "plan#002" and 0 < ways[CHARACTERS].iloc[0]["score"] < 1
    assert not ways["headings alone"]["score"].any()
    assert best_only(ways[CHARACTERS])[["lower_id", "upper_id", "decision"]].values.tolist() == [
        ["city#001", "plan#002", "link"]]


def test_the_table_of_the_readme():
    rows = [("share", "c", 0.5, 0.25, 0.75, 1, 2, None, None), ("score", "all", 0.03456, 0.03, 0.04, *[None] * 4),
            ("facets macro-F1", "all", 0.9, 0.8, 0.95, *[None] * 4), ("count", "c", 1.0, None, None, 3, 3, None, None)]
    assert report.markdown(rows).split("\n") == [
        "| measure | c | all |",
        "|---|---|---|",
        "| share | 0.50 (1/2) [0.25–0.75] |  |",
        "| score |  | 0.035 [0.030–0.040] |",
        "| facets macro-F1 |  | 0.90 [0.80–0.95] |",
        "| count | 1.00 (3/3) |  |",
    ]
    assert "0.250" in report.text(rows)


def test_gold_of_one_document_leaves_none_to_learn_from():
    gold = SimpleNamespace(alignment=GOLD[GOLD["lower_unit"].str.startswith("c")])
    scores = pd.DataFrame({"lower_id": ["c#1"], "upper_id": ["p#1"], "score": [0.5], "rank": [1]})
    kit = {"": report.Compared(scores, decided(("c#1", "p#1", 0.9, "link")), True)}
    rows = list(report.alignment_rows(kit, {CHARACTERS: scores}, gold))
    assert {row[0] for row in rows} == {
        "right goal first, as shipped", f"right goal first, baseline: {CHARACTERS}",
        "right goal among the first 3, as shipped", f"right goal among the first 3, baseline: {CHARACTERS}",
        "links F1, as shipped", f"links F1, baseline: the best by {CHARACTERS}",
    }
    assert report.only_as_shipped(rows) and not report.only_as_shipped([])
    assert not report.only_as_shipped([*rows, ("links F1, decided without the document",)])
