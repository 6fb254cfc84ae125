"""lx.headline and lx.similarity_null: the numbers, their intervals, and what cannot be said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from threadpoolctl import threadpool_limits

from lanxikit.errors import LanxiError, TableError
from lanxikit.inference.bootstrap import FEWEST, ratio
from lanxikit.inference.headline import headline
from lanxikit.inference.similarity_null import ALL, similarity_null
from lanxikit.plots._headline import headline as draw
from lanxikit.plots._headline import headline_data
from lanxikit.tables.inference import HEADLINE, MEASURES, PARTS, SIMILARITY_NULL

pytest_plugins = ["pair_fixtures"]

NO_REUSE = pd.DataFrame(columns=["upper_id", "lower_id", "lower_start", "lower_end"])
NO_VERBS = pd.DataFrame(columns=["unit_id", "strength"])


def pairs(*rows, **facets):
    table = pd.DataFrame(rows, columns=["upper_id", "lower_id", "decision"])
    return table.assign(**{name: [name in facets and n in facets[name] for n in range(len(table))] for name in PARTS})


@pytest.fixture
def sides(make_units):
    """A plan of six goals; a city of five tasks of ten characters each, and a town of two."""
    plan = make_units("plan", *["修路办学治水种树通信。"[:10]] * 6)
    return plan, pd.concat([make_units("city", *["修乡道建医院种果树。"] * 5), make_units("town", "修桥。", "栽花。")],
                           ignore_index=True)  # fmt: skip


@pytest.fixture
def told(sides):
    def told(table, **options):
        options = {"reuse": NO_REUSE, "commitment": NO_VERBS, "n_boot": 200} | options
        return headline(table, *sides, **options).set_index(["doc_id", "measure"])

    return told


LINKS = (("plan#001", "city#001", "link"), ("plan#002", "city#001", "link"), ("plan#002", "city#002", "link"),
         ("plan#003", "city#003", "unsure"), ("plan#001", "town#001", "link"))  # fmt: skip


# --- the interval -------------------------------------------------------------------------------------------------


def _inside(made, truth: float, times: int = 300) -> float:
    """The share of simulated samples whose interval holds the truth."""
    random, hits = np.random.default_rng(7), 0
    for number in range(times):
        top, bottom = made(random)
        found = ratio(top, bottom, np.zeros(len(top), int), n_boot=1000, seed=number)
        hits += found.low - 1e-12 <= truth <= found.high + 1e-12
    return hits / times


@pytest.mark.parametrize(("n", "share"), [(25, 0.5), (37, 0.1), (47, 0.2), (69, 0.5), (194, 0.3)])
def test_the_interval_of_a_share_holds_the_truth_as_often_as_it_says(n, share):
    held = _inside(lambda random: ((random.random(n) < share).astype(int), np.ones(n, int)), share)
    assert 0.90 <= held <= 0.98


def test_links_of_a_leaf_that_stand_or_fall_together_widen_the_interval():
    def clustered(random):
        size = random.integers(1, 5, 40)
        return size * (random.random(40) < 0.4), size

    assert 0.90 <= _inside(clustered, 0.4) <= 0.98
    size = np.tile([1, 2, 3, 4], 10)
    hits = size * (np.arange(40) % 5 < 2)
    torn = np.repeat(hits > 0, size).astype(int)
    together, apart = ratio(hits, size, np.zeros(40)), ratio(torn, np.ones(100, int), np.zeros(100))
    assert together.value == apart.value == 0.4
    assert together.high - together.low > 1.3 * (apart.high - apart.low)


def test_documents_are_never_drawn():
    """Two documents, one all covered and one not at all: drawing documents would give 0 to 1."""
    top, strata = np.repeat([1, 0], 20), np.repeat(["a", "b"], 20)
    found = ratio(top, np.ones(40, int), strata)
    assert (found.value, found.method) == (0.5, "none") and "a document are alike" in found.note
    top[0], top[20] = 0, 1
    found = ratio(top, np.ones(40, int), strata)
    assert 0.4 < found.low < 0.5 < found.high < 0.6


def test_where_all_units_are_alike_the_interval_is_the_exact_one():
    found = ratio(np.zeros(20, int), np.ones(20, int), np.zeros(20))
    assert (found.low, round(found.high, 4), found.method) == (0, 0.1684, "exact binomial")  # 1 − .025^(1/20)
    full = ratio(np.ones(20, int), np.ones(20, int), np.zeros(20), level=0.9)
    assert (round(full.low, 4), full.high) == (0.8609, 1)  # .05^(1/20)
    mean = ratio(np.full(20, 2), np.ones(20, int), np.zeros(20), share=False)
    assert mean.value == 2 and np.isnan(mean.low) and mean.note.endswith("no interval")


def test_fewer_than_five_units_give_no_interval():
    few = ratio(np.array([1, 0, 0, 1]), np.ones(4, int), np.zeros(4))
    assert few.value == 0.5 and np.isnan(few.low) and few.note == "fewer than 5 units: no interval"
    assert FEWEST == 5 and ratio(np.array([1, 0, 0, 1, 0]), np.ones(5, int), np.zeros(5)).method == "BCa bootstrap"


def test_a_wider_level_gives_a_wider_interval():
    top, bottom = np.arange(60) % 3, np.full(60, 3)
    narrow, wide = (ratio(top, bottom, np.zeros(60), level=level) for level in (0.5, 0.99))
    assert wide.low < narrow.low <= narrow.value <= narrow.high < wide.high


def test_many_units_take_little_memory_and_time():
    random = np.random.default_rng(0)
    found = ratio(random.integers(0, 300, 100_000), np.full(100_000, 300), np.zeros(100_000), share=False)
    assert found.high - found.low < 0.01


# --- the headline numbers -----------------------------------------------------------------------------------------


def test_a_row_for_every_document_and_measure(told):
    table = told(pairs(*LINKS)).reset_index()
    assert list(table["doc_id"]) == ["city"] * 9 + ["town"] * 9
    assert list(table["measure"].astype(str)) == [*MEASURES] * 2
    assert set(HEADLINE.names()) == set(table.columns)
    assert not {name for name in table if name.startswith("p")} and "p_value" not in table


def test_coverage_counts_goals_with_a_link(told):
    row = told(pairs(*LINKS)).loc[("city", "coverage")]
    assert (row["value"], row["n"], row["total"], row["unit"]) == (0.333333, 6, 6, "upper leaf")
    assert row["low"] < 0.333333 < row["high"]
    assert row["note"] == "whether a goal applies was not looked at: give uptake; 1 goals have unsure pairs only and count as not covered"


def test_goals_that_do_not_apply_are_left_out_of_coverage(told):
    uptake = pd.DataFrame({"upper_id": [f"plan#00{n}" for n in range(1, 7)] * 2, "lower_doc": ["city"] * 6 + ["town"] * 6,
                           "status": ["taken_up", "taken_up", "unsure", "not_applicable", "not_taken_up", "not_taken_up"] * 2,
                           "relation": ["descends"] * 6 + ["predates"] * 6})  # fmt: skip
    table = told(pairs(*LINKS), uptake=uptake)
    row = table.loc[("city", "coverage")]
    assert (row["value"], row["n"]) == (0.4, 5)
    assert row["note"].startswith("1 goals concern other places and are left out; 1 goals have unsure")
    assert "is older than the upper one: the same matter, not uptake" in table.loc[("town", "coverage"), "note"]
    other = told(pairs(*LINKS), uptake=uptake[uptake["lower_doc"] == "city"]).loc[("town", "coverage")]
    assert other["n"] == 6 and "uptake says nothing of this document" in other["note"]


def test_what_coders_decided_stands_in_the_notes(told):
    by, facets = ["coders", "machine", "coders", "coders", "machine"], [("assigned",), (), ("copied",), (), ()]
    links = pairs(*LINKS).assign(decided_by=by, coded_facets=facets)
    uptake = pd.DataFrame({"upper_id": [f"plan#00{n}" for n in range(1, 7)] + [None], "lower_doc": "city",
                           "lower_id": [None] * 6 + ["city#005"], "relation": "descends",
                           "status": ["taken_up"] * 2 + ["unsure"] + ["not_taken_up"] * 3 + ["added"],
                           "decided_by": ["coders"] + ["machine"] * 3 + ["coders", "machine", "coders"]})  # fmt: skip
    verbs = pd.DataFrame({"unit_id": ["plan#001", "plan#002", "city#001"], "strength": [3, 5, 4]})
    notes = told(links, uptake=uptake, commitment=verbs).loc["city", "note"]
    assert notes["coverage"].endswith("; 2 of 3 links decided by coders; status of 2 of 6 goals decided by coders")
    assert notes["novelty"].endswith("; 2 of 3 links decided by coders; status of 1 of 5 leaves decided by coders")
    assert "2 of 3 links decided by coders; facets of 1 of 3 links decided by coders" in notes["specification_gain"]
    assert "facets of 1 of 3 links" in notes["assigned"] and "facets of" not in notes["quantified"]
    assert "1 of 2 links decided by coders" in notes["commitment_shift"]
    assert "coders" not in str(notes["reuse_share"])
    assert not told(links).loc["town", "note"].str.contains("coders", na=False).any()
    assert not told(pairs(*LINKS).assign(decided_by="machine"))["note"].str.contains("coders", na=False).any()


def test_novelty_counts_leaves_without_linked_or_unsure_pair(told):
    table = told(pairs(*LINKS))
    row = table.loc[("city", "novelty")]
    assert (row["value"], row["n"], row["note"]) == (0.4, 5, "1 leaves have unsure pairs only and count as not new; with them 0.60")
    town = table.loc[("town", "novelty")]
    assert (town["value"], town["n"], town["method"], town["note"]) == (0.5, 2, "none", "fewer than 5 units: no interval")
    assert np.isnan(town["low"]) and np.isnan(town["high"])


def test_specification_gain_is_the_share_of_links_with_any_of_four_facets(told):
    table = told(pairs(*LINKS, quantified=[0, 3], assigned=[0, 2, 4]))
    shares = {name: table.loc[("city", name), "value"] for name in ("specification_gain", *PARTS)}
    assert shares == {"specification_gain": 0.666667, "quantified": 0.333333, "time_bound": 0, "project_named": 0,
                      "assigned": 0.666667}  # fmt: skip
    row = table.loc[("city", "specification_gain")]
    assert (row["n"], row["total"], row["unit"]) == (2, 3, "linked lower leaf")


def test_links_without_facets_say_what_is_missing(told):
    table = told(pairs(*LINKS).drop(columns=list(PARTS)))
    for name in ("specification_gain", *PARTS):
        row = table.loc[("city", name)]
        assert np.isnan(row["value"]) and row["n"] == 0 and "give the result of lx.refine" in row["note"]
    assert table.loc[("city", "coverage"), "value"] == 0.333333


def test_reuse_counts_each_character_once_and_none_outside_the_pieces(told, sides):
    spans = pd.DataFrame([("plan#001", "city#001", 0, 6), ("plan#002", "city#001", 4, 8), ("plan#001", "city#003", 20, 27)],
                         columns=NO_REUSE.columns)  # fmt: skip
    row = told(pairs(*LINKS), reuse=spans).loc[("city", "reuse_share")]
    assert (row["value"], row["n"], row["total"]) == (0.3, 5, 50)
    plan, lower = sides
    broken = lower.assign(pieces=["0-3;5-12", *[None] * 6])  # the page number 3:5 belongs to no text
    found = headline(pairs(*LINKS), plan, broken, reuse=spans, commitment=NO_VERBS, n_boot=100)
    assert found.loc[found["measure"] == "reuse_share", "value"].iloc[0] == 0.26  # 6 of 0:8, 7 of 20:27


def test_commitment_shift_is_the_mean_step_of_the_strongest_verbs(told):
    verbs = pd.DataFrame([("plan#001", 4), ("plan#001", 2), ("plan#002", 6), ("city#001", 7), ("city#001", 1), ("city#002", 5)],
                         columns=["unit_id", "strength"])  # fmt: skip
    table = told(pairs(*LINKS), commitment=verbs)
    row = table.loc[("city", "commitment_shift")]
    assert (row["value"], row["total"], row["n"]) == (1.0, 3, 2)  # 7 − 4, 7 − 6, 5 − 6
    town = table.loc[("town", "commitment_shift")]
    assert np.isnan(town["value"]) and town["note"] == "1 of 1 links left out: a side has no verb of commitment"


def test_a_document_without_links_beside_one_with(told):
    verbs = pd.DataFrame({"unit_id": ["plan#001", "city#001"], "strength": [4, 7]})
    table = told(pairs(*LINKS[:4]), commitment=verbs)
    assert table.loc[("city", "commitment_shift"), "value"] == 3
    assert table.loc[("town", "commitment_shift"), "note"] == table.loc[("town", "assigned"), "note"] == "no link"
    assert (table.loc[("town", "coverage"), "value"], table.loc[("town", "novelty"), "value"]) == (0, 1)


def test_what_is_not_given_is_computed(make_units):
    plan = make_units("plan", "探索建设兰州至西宁城际铁路并完善城市交通智能管理信息系统。")
    city = make_units("city", "完成完善城市交通智能管理信息系统任务。", "推进办学。")
    table = headline(pairs(("plan#001", "city#001", "link")), plan, city, n_boot=100).set_index("measure")
    assert table.loc["reuse_share", "value"] == 0.583333  # 14 of 24
    assert table.loc["commitment_shift", "value"] == 6


def test_no_links_are_a_clear_answer(told):
    table = told(pairs())
    assert table.loc[("city", "coverage"), "value"] == 0 and table.loc[("city", "coverage"), "high"] == 0.459258
    assert table.loc[("city", "novelty"), "value"] == 1 and table.loc[("city", "novelty"), "method"] == "exact binomial"
    for name in ("specification_gain", "assigned", "commitment_shift"):
        assert np.isnan(table.loc[("city", name), "value"]) and table.loc[("city", name), "note"] == "no link"


def test_every_missing_number_has_a_note(told, sides):
    lost = [told(pairs()), told(pairs(*LINKS)), headline(pairs(), sides[0].iloc[:0], sides[1])]
    for table in lost:
        assert table.loc[table["low"].isna() | table["value"].isna(), "note"].notna().all()
        assert (table["method"].astype(str) == "none").eq(table["low"].isna()).all()


def test_empty_sides_and_empty_units(sides, make_units):
    plan, city = sides
    assert headline(pairs(), plan, city.iloc[:0]).empty
    table = headline(pairs(), plan.iloc[:0], city, n_boot=100).set_index(["doc_id", "measure"])
    assert table.loc[("city", "coverage"), "note"] == "no applicable upper goal"
    assert table.loc[("city", "novelty"), "note"].startswith("no upper leaf")
    blank = headline(pairs(), plan, make_units("blank", "", ""), n_boot=100).set_index("measure")
    assert blank.loc["reuse_share", "note"] == "the document has no leaf with text"
    heading = make_units("bare", "一、总则").assign(is_leaf=False)
    bare = headline(pairs(), plan, heading, n_boot=100).set_index("measure")
    assert bare.loc["novelty", "note"] == "the document has no leaf" and bare["n"].tolist()[1:] == [0] * 8


def test_the_same_again_on_any_threads_in_any_order_and_beside_any_document(sides):
    plan, lower = sides
    options = {"n_boot": 300, "reuse": NO_REUSE}
    first = headline(pairs(*LINKS), plan, lower, **options)
    with threadpool_limits(limits=1):
        pd.testing.assert_frame_equal(headline(pairs(*LINKS), plan, lower, **options), first)
    turned = headline(pairs(*LINKS).iloc[::-1], plan.iloc[::-1], lower.iloc[::-1], **options)
    turned = turned.sort_values(["doc_id", "measure"], ignore_index=True)
    pd.testing.assert_frame_equal(turned, first)
    alone = headline(pairs(*LINKS[:4]), plan, lower[lower["doc_id"] == "city"], **options)
    pd.testing.assert_frame_equal(alone, first[first["doc_id"] == "city"])
    one, other = (ratio(np.arange(50) ** 2, np.full(50, 7), np.zeros(50), seed=seed) for seed in (0, 1))
    assert one.value == other.value and one.low != other.low


def test_bad_input_is_refused(told, sides):
    plan, _ = sides
    with pytest.raises(TableError, match="both sides"):
        headline(pairs(), plan, plan)
    with pytest.raises(TableError, match="city#009"):
        told(pairs(("plan#001", "city#009", "link")))
    with pytest.raises(TableError, match="no column lower_id"):
        told(pairs(*LINKS).drop(columns="lower_id"))
    with pytest.raises(TableError, match=r"twice.*plan#001 → city#001"):
        told(pairs(LINKS[0], LINKS[0]))
    with pytest.raises(TableError, match="quantified"):
        told(pairs(*LINKS).assign(quantified=[True, None, True, True, True]))
    with pytest.raises(TableError, match="reuse lacks: lower_end"):
        told(pairs(*LINKS), reuse=NO_REUSE.drop(columns="lower_end"))
    with pytest.raises(TableError, match="other#001"):
        told(pairs(*LINKS), reuse=pd.DataFrame([("plan#001", "other#001", 0, 3)], columns=NO_REUSE.columns))
    with pytest.raises(TableError, match="commitment lacks: strength"):
        told(pairs(*LINKS), commitment=pd.DataFrame({"unit_id": ["city#001"]}))
    with pytest.raises(TableError, match="uptake lacks: status"):
        told(pairs(*LINKS), uptake=pd.DataFrame({"upper_id": [], "lower_doc": []}))
    for wrong in ({"n_boot": 10}, {"n_boot": True}, {"level": 95}, {"level": 1.0}, {"random_state": -1}):
        with pytest.raises(LanxiError, match=next(iter(wrong))):
            told(pairs(*LINKS), **wrong)


def test_headline_of_the_study(study, study_refinement):
    table = headline(study_refinement, *study, n_boot=500)
    assert len(table) == 4 * 9
    shares = table[table["measure"] != "commitment_shift"]
    known = shares["low"].notna()
    assert known.all() and shares["low"].ge(0).all() and shares["high"].le(1).all()
    assert (table["low"] <= table["value"]).eq(table["low"].notna()).all()
    units = table[table["measure"] == "novelty"].set_index("doc_id")["n"].to_dict()
    assert units == {"haidong-2020": 37, "haidong-2024": 194, "linxia-2022": 47, "pingan-2022": 25}


# --- the null -----------------------------------------------------------------------------------------------------


def scored(*documents):
    """Scores of documents given as (name, score of each leaf …); None for a leaf without a row."""
    rows = [("plan#001", f"{doc}#{n:03d}", score, 1) for doc, *own in documents for n, score in enumerate(own, 1)
            if score is not None]  # fmt: skip
    return pd.DataFrame(rows, columns=["upper_id", "lower_id", "score", "rank"])


@pytest.fixture
def shuffled(make_units):
    def shuffled(*documents, genres=None, **options):
        plan = make_units("plan", "修路。")
        lower = pd.concat([make_units(doc, *["修路。"] * len(own)) for doc, *own in documents], ignore_index=True)
        listed = None if genres is None else pd.DataFrame({"doc_id": [doc for doc, *_ in documents], "genre": genres})
        found = similarity_null(plan, lower, scores=scored(*documents), documents=listed, **options)
        return found.set_index("doc_id")

    return shuffled


def test_a_document_that_stands_out_does_so_in_the_null(shuffled):
    table = shuffled(("near", *[0.8] * 10), ("far", *[0.2] * 10), ("mid", *[0.2, 0.8] * 5), genres=["方案"] * 3)
    near = table.loc["near"]
    assert (near["observed"], near["n"], near["n_perm"], near["pool"]) == (0.8, 10, 200, "方案")
    assert near["share_null_above"] == round(1 / 201, 6) and near["z"] > 2.5 and near["null_high"] < 0.8
    assert abs(table["null_mean"] - 0.5).max() < 0.02
    assert 0.2 < table.loc["mid", "share_null_above"] < 0.8 and abs(table.loc["mid", "z"]) < 0.5
    assert table.loc["far", "share_null_above"] == 1 and pd.isna(near["note"])


def test_units_are_exchanged_within_the_genre_only(shuffled):
    table = shuffled(("a", *[0.9] * 6), ("b", *[0.7] * 6), ("c", *[0.1] * 6), ("d", *[0.1] * 6),
                     genres=["方案", "方案", "清单", "清单"])  # fmt: skip
    assert abs(table.loc["a", "null_mean"] - 0.8) < 0.01 and table.loc["c", "null_mean"] == 0.1
    assert "score the same" in table.loc["c", "note"] and np.isnan(table.loc["c", "z"])
    assert table.loc["c", "share_null_above"] == 1


def test_the_only_document_of_its_genre_is_set_against_all_and_says_so(shuffled):
    table = shuffled(("a", *[0.9] * 6), ("b", *[0.7] * 6), ("c", *[0.2] * 6), genres=["方案", "方案", "条例"])
    assert table["pool"].tolist() == ["方案", "方案", ALL]
    assert abs(table.loc["c", "null_mean"] - 0.6) < 0.03
    assert table.loc["c", "note"] == "no other lower document is a 条例: shuffled over all lower documents, so genre is not held still"
    unknown = shuffled(("a", *[0.9] * 6), ("b", *[0.7] * 6))
    assert unknown["note"].str.startswith("its genre is not known").all()


def test_the_sum_over_a_pool_is_kept(shuffled):
    """What one document gains another loses: the null means weigh up to the pool's mean."""
    table = shuffled(("a", 0.9, 0.1, 0.4, 0.5, 0.2), ("b", *[0.3, 0.6] * 6), n_perm=50)
    whole = (table["null_mean"] * table["n"]).sum() / 17
    assert whole == pytest.approx((2.1 + 5.4) / 17, abs=1e-6)


def test_leaves_without_a_score_count_as_nothing_and_documents_without_one_are_left_out(shuffled):
    table = shuffled(("a", 0.8, None, 0.4, 0.6, 0.2), ("b", *[0.5] * 6), ("c", None, None))
    assert table.loc["a", "observed"] == 0.4 and "1 leaves share nothing" in table.loc["a", "note"]
    assert np.isnan(table.loc["c", "observed"]) and "not compared" in table.loc["c", "note"]
    assert table.loc["c", "n_perm"] == 0 and table.loc["b", "null_mean"] == pytest.approx(5 / 11, abs=0.02)


def test_one_document_has_no_null(shuffled):
    row = shuffled(("a", 0.8, 0.4), genres=["方案"]).loc["a"]
    assert (row["observed"], row["n_perm"]) == (0.6, 0) and np.isnan(row["null_mean"]) and np.isnan(row["share_null_above"])
    assert row["note"] == "one lower document: there is none to exchange units with; fewer than 5 leaves"


def test_a_document_that_is_most_of_its_pool_says_so(shuffled):
    table = shuffled(("a", *[0.1, 0.9] * 10), ("b", *[0.5] * 6), genres=["方案"] * 2)
    assert table.loc["a", "note"] == "20 of the 26 leaves of its pool are its own: compared mainly with itself"
    assert pd.isna(table.loc["b", "note"])


def test_the_null_is_the_same_again_in_any_order_and_by_any_chunk(make_units, monkeypatch):
    random = np.random.default_rng(1)
    given = scored(*((doc, *random.random(30).round(6)) for doc in "abc"))
    plan, lower = make_units("plan", "修路。"), pd.concat([make_units(doc, *["修路。"] * 30) for doc in "abc"])
    first = similarity_null(plan, lower, scores=given)
    pd.testing.assert_frame_equal(similarity_null(plan, lower, scores=given.iloc[::-1]), first)
    turned = similarity_null(plan, lower.iloc[::-1], scores=given).iloc[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(turned, first)
    monkeypatch.setattr("lanxikit.inference.similarity_null.CELLS", 200)
    pd.testing.assert_frame_equal(similarity_null(plan, lower, scores=given), first)
    assert not similarity_null(plan, lower, scores=given, random_state=1).equals(first)


def test_no_scores_no_leaves(make_units):
    plan, city = make_units("plan", "修路。"), make_units("city", "修路。")
    assert similarity_null(plan, city.iloc[:0]).empty
    assert list(similarity_null(plan, city.iloc[:0]).columns) == SIMILARITY_NULL.names()
    bare = similarity_null(plan, city.assign(is_leaf=False)).iloc[0]
    assert bare["note"] == "the document has no leaf" and bare["n"] == 0
    assert similarity_null(plan.iloc[:0], city).iloc[0]["note"] == "no upper leaf to be like"
    with pytest.raises(TableError, match="both sides"):
        similarity_null(plan, plan)


def test_scores_that_do_not_belong_are_refused(make_units):
    plan, city = make_units("plan", "修路。"), make_units("city", "修路。")
    good = scored(("city", 0.5))
    for wrong, said in [
        (good.drop(columns="score"), "scores lacks: score"),
        (good.assign(lower_id="town#001"), "town#001"),
        (good.assign(upper_id=None), "scores.upper_id: NaN"),
        (good.assign(score=1.5), "outside 0 to 1"),
        (good.assign(score=np.nan), "missing"),
    ]:
        with pytest.raises(TableError, match=said):
            similarity_null(plan, city, scores=wrong)
    with pytest.raises(TableError, match="documents lacks: genre"):
        similarity_null(plan, city, scores=good, documents=pd.DataFrame({"doc_id": ["city"]}))
    for wrong in ({"n_perm": 0}, {"n_perm": 2.5}, {"random_state": "a"}, {"level": 2.0}):
        with pytest.raises(LanxiError, match=next(iter(wrong))):
            similarity_null(plan, city, scores=good, **wrong)


def test_the_scores_are_not_computed_for_each_shuffle(study, study_scores, corpus, monkeypatch):
    calls = []
    monkeypatch.setattr("lanxikit.inference.similarity_null.compare", lambda *a, **k: calls.append(1) or study_scores)
    table = similarity_null(*study, documents=corpus.documents, n_perm=100)
    assert calls == [1] and table["n_perm"].tolist() == [100] * 4
    best = study_scores.groupby("lower_id")["score"].max()
    observed = best.groupby(best.index.str.split("#").str[0]).mean()
    assert table.set_index("doc_id")["observed"].to_dict() == pytest.approx(observed.round(6).to_dict(), abs=2e-6)


# --- the figure ---------------------------------------------------------------------------------------------------


@pytest.fixture
def figures():
    yield
    pyplot.close("all")


def test_the_figure_shows_what_the_table_says(told, figures):
    verbs = pd.DataFrame({"unit_id": ["plan#001", "plan#002", "city#001", "city#002"], "strength": [4, 6, 7, 5]})
    data = headline_data(told(pairs(*LINKS), commitment=verbs).reset_index())
    assert list(dict.fromkeys(data["measure"])) == [name for name in MEASURES if name not in PARTS]
    ax = draw(data)
    marks = sorted(line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o")
    shares = data[data["measure"] != "commitment_shift"]["value"].dropna()
    assert marks == pytest.approx(sorted([*shares, 0.5 + 1 / 2]))  # +1 on a scale from −1 to 1
    spans = [tuple(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2]
    known = data.dropna(subset="low")
    assert set(zip(known["low"], known["high"], strict=True)) <= set(spans)
    said = [text.get_text() for text in ax.texts]
    assert "+1.00  no interval  n = 2" in said and said.count("nothing to measure") == 1


def test_parts_can_be_drawn_and_empty_tables_too(told, figures):
    table = told(pairs(*LINKS)).reset_index()
    data = headline_data(table, measures=["assigned", "coverage"])
    assert list(dict.fromkeys(data["measure"])) == ["assigned", "coverage"]
    assert [text.get_text() for text in draw(headline_data(table.iloc[:0])).texts] == ["no rows"]
    assert any("覆盖率" in text.get_text() for text in draw(data, lang="zh").texts)
    with pytest.raises(LanxiError, match="cover"):
        headline_data(table, measures=["cover"])
    with pytest.raises(TableError, match=r"lx\.plots\.headline_data"):
        draw(table.drop(columns="unit"))
