"""lx.reuse: passages taken over, and where they stand in both files."""

from __future__ import annotations

import pytest

import lanxikit as lx

pytest_plugins = ["pair_fixtures"]


def spans(make_units, upper, lower, **options):
    return lx.reuse(make_units("plan", upper), make_units("city", lower), **options)


def test_word_for_word_without_regard_to_width_and_punctuation(make_units):
    found = spans(make_units, "完善“一站式”服务,健全监督体系。", "我市完善“一站式”服务、健全监督体系，成效明显")
    assert found[["lower_text", "n_chars", "similarity"]].values.tolist() == [["完善“一站式”服务、健全监督体系", 13, 1.0]]


def test_a_few_characters_may_differ(make_units):
    found = spans(make_units, "推进湟水规模化林场、南北山绿化等项目建设", "推进湟水规范化林场、南北山绿化等项目建设")
    assert len(found) == 1
    assert found["n_chars"].iloc[0] == 19
    assert found["similarity"].iloc[0] == pytest.approx(1 - 1 / 19, abs=1e-3)


def test_too_short_or_too_different_is_no_reuse(make_units):
    assert spans(make_units, "推进基础设施建设", "推进基础设施建设").empty
    assert spans(make_units, "加强农村公路养护管理工作", "举办乒乓球公开赛等赛事").empty
    assert len(spans(make_units, "推进基础设施建设", "推进基础设施建设", min_chars=8)) == 1


def test_two_passages_of_one_pair_are_two_rows(make_units):
    one, two = "提升自然生态系统的稳定性和生态服务功能", "构建相互协调和联通的城市绿化景观"
    filler = "，认真做好全年各项日常工作安排，"
    found = spans(make_units, one + "。" + two, two + filler + one)
    assert found["lower_text"].tolist() == [two, one]
    assert found["upper_start"].is_monotonic_decreasing


def test_a_passage_that_stands_twice_is_found_twice(make_units):
    words = "深入推进河湖长制全面落实"
    found = spans(make_units, words, f"{words}。另外安排其他事项，{words}")
    assert found["lower_start"].nunique() == 2


def test_empty_tables_and_texts(make_units):
    plan = make_units("plan", "", "加强农村公路养护管理工作")
    assert lx.reuse(plan, make_units("city", "")).empty
    assert lx.reuse(plan, plan.iloc[:0]).empty


def test_another_place_is_still_reuse_but_masked(make_units):
    words = "推动{0}优化营商环境，支持{0}企业上市融资"
    found = spans(make_units, words.format("兰州市"), words.format("海东市"))
    assert found[["comparison", "replaced", "n_chars", "similarity"]].values.tolist() == [["masked", "兰州市→海东市", 22, 1.0]]
    assert found["written"].iloc[0] == pytest.approx(1 - 4 / 22, abs=1e-3)
    assert found["lower_text"].iloc[0] == words.format("海东市")


def test_masks_of_names_of_any_length(make_units):
    found = spans(make_units, "完善兰州市公共卫生应急体系和机制。", "完善积石山保安族东乡族撒拉族自治县公共卫生应急体系和机制。")
    assert found["replaced"].tolist() == ["兰州市→积石山保安族东乡族撒拉族自治县"]
    assert (found["lower_start"].iloc[0], found["lower_end"].iloc[0]) == (0, 28)
    assert found["similarity"].iloc[0] == 1.0 and found["written"].iloc[0] < 0.6


def test_the_same_place_is_verbatim(make_units):
    words = "推动海东市优化营商环境和支持企业"
    found = spans(make_units, words, words)
    assert found[["comparison", "similarity", "written"]].values.tolist() == [["verbatim", 1.0, 1.0]]
    assert found["replaced"].isna().all()


def test_without_masks(make_units):
    words = "完善{}公共卫生应急体系和机制"
    options = dict(mask=False)
    found = spans(make_units, words.format("兰州市"), words.format("积石山县"), **options)
    assert set(found["comparison"]) == {"verbatim"}
    assert found["lower_text"].tolist() == ["公共卫生应急体系和机制"]


def test_a_list_of_places_alone_is_no_masked_passage(make_units):
    found = spans(make_units, "兰州市、白银市、定西市、武威市、天水市", "西宁市、海东市、玉树市、德令哈市、茫崖市")
    assert found.empty


def test_places_that_are_given_are_used(make_units):
    import pandas as pd

    words = "完善{}公共卫生应急体系和机制"
    places = pd.DataFrame({"unit_id": ["plan#001", "city#001"], "start": [2, 2], "end": [5, 5]})
    found = spans(make_units, words.format("甲乙丙"), words.format("丁戊己"), places=places)
    assert found["replaced"].tolist() == ["甲乙丙→丁戊己"]


def test_a_passage_does_not_grow_into_what_differs(make_units):
    found = spans(make_units, "加强黄河干流及其支流两岸生态修复和治理。对湟水河、大通河电站检查",
                  "共同加强黄河干流及其支流湟水河两岸生态修复和治理工作,推进湟水河两岸生态建设")
    assert found["lower_text"].tolist() == ["加强黄河干流及其支流湟水河两岸生态修复和治理"]
    assert found["similarity"].iloc[0] == pytest.approx(1 - 3 / 22, abs=1e-3)


def test_it_is_not_all_pairs(make_units):
    """Ten times the upper leaves, nothing shared: about ten times the reading, far from a hundred times."""
    import random
    import time

    def texts(count, seed):
        chance = random.Random(seed)
        return ["".join(chr(0x4E00 + chance.randrange(5000)) for _ in range(120)) for _ in range(count)]

    def seconds(count):
        upper, lower = make_units("plan", *texts(count, 1)), make_units("city", *texts(count, 2))
        start = time.perf_counter()
        assert lx.reuse(upper, lower, mask=False).empty
        return time.perf_counter() - start

    seconds(50)
    assert seconds(2000) < 40 * max(seconds(200), 0.02)


def test_hostile_text_ends_soon(make_units):
    import time

    start = time.perf_counter()
    for words in ("建设" * 25000, "推进基础设施互联互通建设，" * 4000, "兰州市、" * 12000):
        lx.reuse(make_units("plan", words), make_units("city", words))
    assert time.perf_counter() - start < 20


def test_a_document_on_both_sides_is_refused(make_units):
    plan = make_units("plan", "加强农村公路养护管理工作")
    with pytest.raises(lx.LanxiError, match="both sides"):
        lx.reuse(plan, plan)


def test_lengths_below_one_are_refused(make_units):
    with pytest.raises(lx.LanxiError, match="length"):
        spans(make_units, "公路", "公路", seed=0)


def test_offsets_lead_to_the_words_in_both_files(corpus, study):
    upper, lower = study
    found = lx.reuse(upper, lower)
    for row in found.itertuples():
        for side in ("upper", "lower"):
            doc_id = getattr(row, f"{side}_id").rsplit("#", 1)[0]
            source = corpus[doc_id].text[getattr(row, f"{side}_start") : getattr(row, f"{side}_end")]
            plain = "".join(char for char in source if char.isalnum() or char == "%")
            quoted = "".join(char for char in getattr(row, f"{side}_text") if char.isalnum() or char == "%")
            assert quoted in plain or plain == quoted
    assert found["n_chars"].min() >= 10


def test_what_pingan_takes_over_from_the_plan(study):
    upper, lower = study
    found = lx.reuse(upper, lower[lower["doc_id"] == "pingan-2022"])
    texts = found.loc[found["lower_id"] == "pingan-2022#009", "lower_text"].tolist()
    assert "探索推进城市治理“一网统管”，提升城市智慧高效运行能力" in texts
    longest = found.loc[found["n_chars"].idxmax()]
    assert longest["n_chars"] >= 40 and longest["similarity"] >= 0.9
