"""lx.compare: scores, their order, their components and the blocks they are made in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import lanxikit as lx
from lanxikit import lexicons
from lanxikit.comparing.clauses import clauses
from lanxikit.comparing.components import COMPONENTS, Components
from lanxikit.comparing.encoder import Encoder
from lanxikit.comparing.grams import Weights, formula, grams
from lanxikit.comparing.sides import both
from lanxikit.errors import TableError
from lanxikit.evaluating.links import right_first

pytest_plugins = ["pair_fixtures"]

NONE = {  # words alone
    "encoder": None,
    "responsibilities": pd.DataFrame(columns=["unit_id", "role", "function"]),
    "places": pd.DataFrame(columns=["unit_id", "adcode"]),
}
PLAN = ["加快农村公路建设，改造危桥。", "培育高新技术企业，建设创新平台。", "推进污水处理设施建设，治理河道。"]


def sense(texts):
    """Vectors of three subjects: roads, firms, water."""
    subjects = (("路", "桥", "村"), ("企业", "平台"), ("水", "河"))
    return np.array([[any(word in text for word in words) for words in subjects] for text in texts], dtype=float)


@pytest.fixture
def headed(make_units):
    """A document of (headings above, own heading, text)."""
    def make(doc_id, *rows, adcode=None):
        units = make_units(doc_id, *[text for _, _, text in rows], adcode=adcode)
        units["path"] = [path for path, _, _ in rows]
        units["heading"] = [heading for _, heading, _ in rows]
        return units

    return make


@pytest.fixture(scope="module")
def study_words(study):
    return lx.compare(*study, encoder=None)


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
    assert scores.columns.tolist() == [
        "upper_id", "lower_id", "score", "rank", "standing", "agreement",
        "lexical", "clause", "words", "semantic", "semantic_clause", "heading", "duty", "place", "section",
    ]


def test_duty_decides_between_equal_words(make_units):
    duties = pd.DataFrame(
        [("plan#001", "lead", "交通运输"), ("plan#002", "lead", "水利"), ("city#001", "lead", "水利")],
        columns=["unit_id", "role", "function"],
    )
    plan, city = make_units("plan", "改造提升老旧设施。", "改造提升老旧设施。"), make_units("city", "改造老旧设施。")
    scores = lx.compare(plan, city, **NONE | {"responsibilities": duties})
    assert scores["upper_id"].iloc[0] == "plan#002"
    assert scores["duty"].tolist() == [1.0, 0.0]


def test_absent_is_missing_and_not_zero(make_units):
    scores = lx.compare(make_units("plan", *PLAN), make_units("city", "改造危桥。"), **NONE)
    assert scores[["semantic", "semantic_clause", "heading", "duty", "place"]].isna().all().all()
    assert scores["score"].notna().all()


def test_without_duties_a_leaf_is_neither_raised_nor_lowered_beside_the_others(make_units):
    duties = pd.DataFrame([("plan#001", "lead", "交通运输"), ("plan#002", "lead", "科技")],
                          columns=["unit_id", "role", "function"])
    plan, city = make_units("plan", *PLAN), make_units("city", "改造危桥。", "治理河道。", "建设创新平台。")
    plain, other = (lx.compare(plan, city, **NONE | {"responsibilities": table})
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
    parts = Components(*both(plan, city), **NONE | {"encoder": Encoder(sense)})
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


def test_sense_finds_what_words_do_not(make_units):
    plan, city = make_units("plan", *PLAN), make_units("city", "修通村道。")
    assert lx.compare(plan, city, **NONE).empty
    scores = lx.compare(plan, city, **NONE | {"encoder": sense})
    assert scores[["upper_id", "semantic", "semantic_clause", "lexical"]].values.tolist() == [["plan#001", 1, 1, 0]]


def test_sense_of_clauses_is_weighed_by_their_length(make_units):
    plan = make_units("plan", "治理河道。", "修路。")
    city = make_units("city", "引水入城工程建设；修桥改造。")  # 8 and 4 characters
    scores = lx.compare(plan, city, **NONE | {"encoder": sense}).set_index("upper_id")
    assert scores.loc["plan#001", "semantic"] == scores.loc["plan#002", "semantic"] == pytest.approx(0.5**0.5, abs=1e-6)
    assert scores["semantic_clause"].to_dict() == pytest.approx({"plan#001": 2 / 3, "plan#002": 1 / 3}, abs=1e-6)


def test_headings_are_their_own_or_the_innermost_above(headed):
    plan = headed("plan", (("一、河道治理", "（一）农村公路"), None, "改造公路。"), (("二、农村公路",), "河道治理", "改造。"))
    scores = lx.compare(plan, headed("city", ((), "河道治理", "改造。")), **NONE).set_index("upper_id")["heading"]
    assert scores.to_dict() == {"plan#002": 1.0, "plan#001": 0.0}


PLACES = ("二、加快打造兰州—白银都市圈", "三、支持海东发展", "四、建设兰州—西宁城市群", "五、支持青海省发展", "六、交通")


@pytest.mark.parametrize(("own", "named", "expected"), [
    ("630200", None, [0.0, 1.0]),  # Haidong is none of Lanzhou and Baiyin
    ("630203", None, [0.0, 1.0]),  # a district of Haidong
    ("620100", None, [0.5, 0.0]),
    ("630200", "620400", [0.5, 1.0]),  # a leaf that names Baiyin
    (None, None, [np.nan, np.nan]),
])  # fmt: skip
def test_place_is_the_share_of_the_headings_places(headed, own, named, expected):
    plan = headed("plan", *[((head,), None, "完善公交。") for head in PLACES], adcode="620000、630000")
    places = pd.DataFrame([("city#001", named)] if named else [], columns=["unit_id", "adcode"])
    city = headed("city", ((), None, "完善公交。"), adcode=own)
    scores = lx.compare(plan, city, **NONE | {"places": places}).set_index("upper_id")["place"].sort_index()
    # what names the plan's whole region, a wide area or no place sets nobody apart
    np.testing.assert_array_equal(scores, [*expected, np.nan, np.nan, np.nan])


def test_parts_of_the_text_agree_or_not(headed):
    rows = [(("一、总体要求",), None, "治理河道。"), (("二、重点任务",), None, "治理河道。"), (("五、保障措施",), None, "治理河道。")]
    scores = lx.compare(headed("plan", *rows), headed("city", *rows[1:]), **NONE).set_index(["lower_id", "upper_id"])
    section = scores["section"].unstack()
    assert section.values.tolist() == [[0, 1, 0], [0, 0, 1]]


def test_standing_is_told_beside_all_upper_leaves(make_units):
    names = ("教育", "医疗", "养老", "文化", "体育", "殡葬", "托育", "就业")
    plan, city = make_units("plan", *[f"完善{name}设施。" for name in names]), make_units("city", "建设养老设施。")
    whole, cut = lx.compare(plan, city, **NONE), lx.compare(plan, city, top=2, **NONE)
    score = whole["score"]
    assert np.allclose(whole["standing"], (score - score.mean()) / score.std(ddof=0), atol=1e-3)
    pd.testing.assert_frame_equal(cut, whole.head(2))
    assert lx.compare(plan.head(7), city, **NONE)["standing"].isna().all()


def test_agreement_is_the_share_of_words_and_senses_that_put_a_pair_first(make_units):
    plan, city = make_units("plan", "修建农村公路。", "农村村道建设。"), make_units("city", "修建农村桥梁。")
    words = lx.compare(plan, city, **NONE).set_index("upper_id")["agreement"]
    assert words.to_dict() == {"plan#001": 1.0, "plan#002": 0.0}
    both_ways = lx.compare(plan, city, **NONE | {"encoder": sense}).set_index("upper_id")["agreement"]
    assert both_ways.to_dict() == {"plan#001": 1.0, "plan#002": 0.4}  # the two senses tie


def test_neutral_values_stand_for_what_is_missing(make_units):
    rows = {row["component"]: row for row in lexicons.load("score_weights")}
    scores = lx.compare(make_units("plan", *PLAN), make_units("city", "改造危桥。"), **NONE)
    weight = {name: float(rows[name]["without_encoder"]) for name in COMPONENTS}
    parts = {name: scores[name].fillna(float(rows[name]["neutral"])) for name in COMPONENTS}
    expected = sum(weight[name] * parts[name] for name in COMPONENTS) / sum(weight.values())
    assert np.allclose(scores["score"], expected, atol=1e-5)
    assert weight["semantic"] == weight["semantic_clause"] == 0


@pytest.mark.parametrize(("doc_id", "first", "third"), [
    ("pingan-2022", 0.95, 0.95), ("haidong-2024", 0.80, 0.90), ("haidong-2020", 0.80, 0.85),
])  # fmt: skip
def test_the_study_is_scored_as_well_as_said(study_scores, gold, doc_id, first, third):
    for k, floor in ((1, first), (3, third)):
        assert right_first(study_scores, gold("alignment"), k).set_index("doc_id")["share"][doc_id] >= floor


@pytest.mark.parametrize(("doc_id", "first"), [("pingan-2022", 0.95), ("haidong-2024", 0.74), ("haidong-2020", 0.76)])
def test_and_without_the_encoder(study_words, gold, doc_id, first):
    assert right_first(study_words, gold("alignment")).set_index("doc_id")["share"][doc_id] >= first


def test_each_document_alone_is_scored_too(units):
    upper, lower = (units[units["doc_id"] == name] for name in ("qinghai-gansu-2022", "pingan-2022"))
    scores = lx.compare(upper, lower, top=1)
    assert len(scores) == 25
    assert scores.set_index("lower_id").loc["pingan-2022#010", "upper_id"] == "qinghai-gansu-2022#035"
