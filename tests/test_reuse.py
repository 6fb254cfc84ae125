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
