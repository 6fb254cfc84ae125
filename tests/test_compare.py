"""lx.compare: scores, their order, their components and the blocks they are made in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.comparing.clauses import clauses
from lanxikit.comparing.components import COMPONENTS, Components
from lanxikit.comparing.grams import Weights, formula, grams
from lanxikit.comparing.sides import both
from lanxikit.errors import TableError

pytest_plugins = ["pair_fixtures"]

NONE = {
    "responsibilities": pd.DataFrame(columns=["unit_id", "role", "function"]),
    "places": pd.DataFrame(columns=["unit_id", "adcode"]),
}
PLAN = ["加快农村公路建设，改造危桥。", "培育高新技术企业，建设创新平台。", "推进污水处理设施建设，治理河道。"]


def test_the_leaf_with_the_same_words_comes_first(make_units):
    scores = lx.compare(make_units("plan", *PLAN), make_units("city", "新建污水处理设施2座。", "高新技术企业达到7家。"), **NONE)
    first = scores[scores["rank"] == 1].set_index("lower_id")["upper_id"].to_dict()
    assert first == {"city#001": "plan#003", "city#002": "plan#002"}


def test_ranks_follow_scores_and_top_cuts_them(make_units):
    plan = make_units("plan", *[f"完善{name}公共服务设施。" for name in ("教育", "医疗", "养老", "文化", "体育")])
    scores = lx.compare(plan, make_units("city", "建设养老公共服务设施。"), top=3, **NONE)
    assert scores["rank"].tolist() == [1, 2, 3]
    assert scores["score"].is_monotonic_decreasing
    assert scores["upper_id"].iloc[0] == "plan#003"


def test_equal_scores_keep_the_order_of_the_upper_document(make_units):
    scores = lx.compare(make_units("plan", "治理河道。", "治理河道。"), make_units("city", "治理河道。"), **NONE)
    assert scores["upper_id"].tolist() == ["plan#001", "plan#002"]
    assert scores["score"].nunique() == 1


def test_a_leaf_that_shares_nothing_has_no_row(make_units):
    scores = lx.compare(make_units("plan", *PLAN), make_units("city", "举办篮球赛。", ""), **NONE)
    assert scores.empty
    assert scores.columns.tolist()[:4] == ["upper_id", "lower_id", "score", "rank"]


def test_duty_decides_between_equal_words(make_units):
    duties = pd.DataFrame(
        [("plan#001", "lead", "交通运输"), ("plan#002", "lead", "水利"), ("city#001", "lead", "水利")],
        columns=["unit_id", "role", "function"],
    )
    plan, city = make_units("plan", "改造提升老旧设施。", "改造提升老旧设施。"), make_units("city", "改造老旧设施。")
    scores = lx.compare(plan, city, responsibilities=duties, places=NONE["places"])
    assert scores["upper_id"].iloc[0] == "plan#002"
    assert scores["duty"].tolist() == [1.0, 0.0]


def test_absent_is_missing_and_not_zero(make_units):
    scores = lx.compare(make_units("plan", *PLAN), make_units("city", "改造危桥。"), **NONE)
    assert scores[["duty", "place"]].isna().all().all()
    assert scores["score"].notna().all()


def test_without_duties_a_leaf_is_neither_raised_nor_lowered_beside_the_others(make_units):
    duties = pd.DataFrame([("plan#001", "lead", "交通运输"), ("plan#002", "lead", "科技")],
                          columns=["unit_id", "role", "function"])
    plan, city = make_units("plan", *PLAN), make_units("city", "改造危桥。", "治理河道。", "建设创新平台。")
    plain, other = (lx.compare(plan, city, responsibilities=table, places=NONE["places"])
                    for table in (NONE["responsibilities"], duties))
    pd.testing.assert_frame_equal(plain, other)


def test_a_weight_of_zero_takes_a_component_out(make_units):
    plan, city = make_units("plan", *PLAN), make_units("city", "新建污水处理设施2座。")
    only = dict.fromkeys(COMPONENTS, 0) | {"lexical": 1}
    scores = lx.compare(plan, city, weights=only, **NONE)
    assert np.allclose(scores["score"], scores["lexical"])


@pytest.mark.parametrize("weights", [{"lexicl": 1}, {"duty": -1}, dict.fromkeys(COMPONENTS, 0)])
def test_weights_that_cannot_be_used(make_units, weights):
    with pytest.raises(lx.LanxiError, match="weights"):
        lx.compare(make_units("plan", *PLAN), make_units("city", "治理河道。"), weights=weights, **NONE)


@pytest.mark.parametrize("top", [0, -1, 2.5, True])
def test_top_must_be_a_whole_number(make_units, top):
    with pytest.raises(lx.LanxiError, match="top"):
        lx.compare(make_units("plan", *PLAN), make_units("city", "治理河道。"), top=top, **NONE)


def test_a_document_on_both_sides_is_refused(make_units):
    plan = make_units("plan", *PLAN)
    with pytest.raises(TableError, match=r"both sides.*plan"):
        lx.compare(plan, plan, **NONE)


def test_a_table_that_is_not_of_segment_is_refused(make_units):
    with pytest.raises(TableError, match="is_leaf"):
        lx.compare(make_units("plan", *PLAN).drop(columns="is_leaf"), make_units("city", "治理河道。"), **NONE)
    with pytest.raises(TableError, match="twice"):
        city = make_units("city", "治理河道。")
        lx.compare(make_units("plan", *PLAN), pd.concat([city, city]), **NONE)


def test_a_side_without_rows_gives_an_empty_table(make_units):
    plan = make_units("plan", *PLAN)
    for upper, lower in ((plan, plan.iloc[:0]), (plan.iloc[:0], plan)):
        assert lx.compare(upper, lower, **NONE).empty


def test_blocks_give_what_one_piece_gives(make_units):
    plan = make_units("plan", *PLAN)
    city = make_units("city", *[text + more for text in PLAN for more in ("新建桥梁。", "完善监测，治理扬尘，造林。")])
    parts = Components(*both(plan, city), **NONE)
    cut = parts.blocks(cells=12)
    assert len(cut) > 1 and cut[0][0] == 0 and cut[-1][1] == len(city)
    whole = parts.block(0, len(city))
    for name in COMPONENTS:
        joined = np.concatenate([parts.block(*piece)[name] for piece in cut])
        np.testing.assert_allclose(joined, whole[name], equal_nan=True)


def test_formula_words_are_cut_only_where_documents_share_them():
    assert formula(["加快修路", "加快办学"], ["a", "b"]).search("加快")
    assert formula(["加快修路", "加快办学"], ["a", "a"]) is None
    assert grams("加快推进农村公路", formula(["加快推进"] * 2, ["a", "b"])) == ["农村", "村公", "公路"]


def test_width_does_not_matter():
    assert grams("Ｇ109小峡口（改扩建）") == grams("G109小峡口(改扩建)")


def test_rare_grams_weigh_more():
    weights = Weights([["公路", "桥梁"], ["公路"], ["公路"]])
    assert weights.idf[weights.index["桥梁"]] > weights.idf[weights.index["公路"]]


def test_clauses_cover_every_word_once():
    text = "一是、加快建设，提质；到2025年，建成7家。"
    spans = clauses(text)
    joined = "".join(text[slice(*span)] for span in spans)
    assert [char for char in joined if char.isalnum()] == [char for char in text if char.isalnum()]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert clauses("") == []


def test_the_study_is_scored_as_well_as_said(study_scores, gold):
    from lanxikit.evaluating.links import right_first

    share = right_first(study_scores, gold("alignment")).set_index("doc_id")["share"]
    assert share["pingan-2022"] >= 0.95
    assert share["haidong-2024"] >= 0.70
    assert share["haidong-2020"] >= 0.75
    third = right_first(study_scores, gold("alignment"), 3).set_index("doc_id")["share"]
    assert third["haidong-2024"] >= 0.85


def test_each_document_alone_is_scored_too(units):
    upper, lower = (units[units["doc_id"] == name] for name in ("qinghai-gansu-2022", "pingan-2022"))
    scores = lx.compare(upper, lower, top=1)
    assert len(scores) == 25
    assert scores.set_index("lower_id").loc["pingan-2022#010", "upper_id"] == "qinghai-gansu-2022#035"
