"""lx.refine: which facets hold for a link, and what they rest on."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.errors import TableError
from lanxikit.gazetteer.codes import inside, related, stem
from lanxikit.tables.refining import FACETS

pytest_plugins = ["pair_fixtures"]

NOTES = {
    "responsibilities": ["unit_id", "role", "agency", "function", "level", "start", "end"],
    "targets": ["unit_id", "indicator", "comparator", "value", "value_high", "unit", "deadline", "start", "end"],
    "deadlines": ["unit_id", "deadline", "start", "end"],
    "places": ["unit_id", "place", "adcode", "start", "end"],
    "projects": ["unit_id", "project", "start", "end"],
    "commitment": ["unit_id", "strength", "start", "end"],
}


@pytest.fixture
def one_link(make_units):
    """Refine a link between two one-leaf documents; annotations are written as (unit, word, …)."""

    def refined(upper, lower, *, upper_code="630000", lower_code="630200", **notes):
        sides = make_units("plan", upper, adcode=upper_code), make_units("city", lower, adcode=lower_code)
        text = {"plan#001": upper, "city#001": lower}
        tables = {}
        for name, columns in NOTES.items():
            rows = []
            for unit, word, *cells in notes.get(name, ()):
                start = text[unit].find(word)
                rows.append([unit, *cells, start, start + len(word)])
            tables[name] = pd.DataFrame(rows, columns=columns)
        links = pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["city#001"]})
        return lx.refine(links, *sides, **tables).iloc[0]

    return refined


def test_copied_gives_both_passages(one_link):
    row = one_link("完善城市交通智能管理信息系统，健全监督体系。", "我区完善城市交通智能管理信息系统。")
    assert row["copied"] and not row["paraphrased"]
    assert row["copied_evidence"].startswith("upper[0:14] 完善城市交通智能管理信息系统 → lower[2:16] 完善城市")


def test_paraphrased_is_the_same_in_other_words(one_link):
    row = one_link("提升污水处理厂运行水平。", "改造污水处理厂，达标运行。")
    assert row["paraphrased"] and not row["copied"]
    assert "污水处理厂" in row["paraphrased_evidence"]


def test_extended_names_the_clause_without_counterpart(one_link):
    row = one_link("改造农村公路。", "改造农村公路，举办足球联赛。")
    assert row["extended"]
    assert row["extended_evidence"] == "lower[7:13] 举办足球联赛 [clause without counterpart; not in upper[0:7]]"
    assert not one_link("改造农村公路，举办足球联赛。", "改造农村公路。")["extended"]


def test_narrowed_where_half_of_the_goal_is_left_out(one_link):
    assert one_link("改造农村公路，举办足球联赛，培训乡村教师。", "改造农村公路。")["narrowed"]
    assert not one_link("改造农村公路。", "改造农村公路，举办足球联赛。")["narrowed"]


def test_localised_needs_a_place_of_the_document_itself(one_link):
    place = ("city#001", "平安区", "平安区", "630203")
    row = one_link("改造污水处理厂。", "改造平安区污水处理厂。", places=[place])
    assert row["localised"] and row["localised_evidence"] == "lower[2:5] 平安区 [own name; not in upper[0:8]]"
    other = ("city#001", "兰州市", "兰州市", "620100")
    assert not one_link("改造污水处理厂。", "改造兰州市污水处理厂。", places=[other])["localised"]
    assert not one_link("改造平安区污水处理厂。", "改造平安区污水处理厂。", places=[place])["localised"]


def test_project_named_unless_the_goal_names_it_too(one_link):
    project = ("city#001", "曹家堡机场三期扩建工程", "曹家堡机场三期扩建工程")
    assert one_link("优化机场布局。", "配合曹家堡机场三期扩建工程。", projects=[project])["project_named"]
    assert not one_link("推进西宁曹家堡国际机场三期扩建工程。", "配合曹家堡机场三期扩建工程。", projects=[project])["project_named"]


def test_quantified_where_the_goal_has_no_number(one_link):
    target = ("city#001", "高新技术企业达到7家", "高新技术企业", "=", 7, None, "家", None)
    row = one_link("培育高新技术企业。", "力争高新技术企业达到7家。", targets=[target])
    assert row["quantified"] and row["quantified_evidence"] == "lower[2:12] 高新技术企业达到7家 [new number; not in upper[0:9]]"
    assert not row["tightened"] and not row["loosened"]


def targets(above, below, unit="%", years=(None, None)):
    return [("plan#001", "优良天数比例", "优良天数比例", ">=", above, None, unit, years[0]),
            ("city#001", "优良天数比例", "优良天数比例", ">=", below, None, "%", years[1])]


def test_numbers_are_compared_within_one_jurisdiction_only(one_link):
    texts = "优良天数比例达到90%以上。", "优良天数比例达到95%以上。"
    same = one_link(*texts, upper_code="630200", targets=targets(90, 95))
    assert same["tightened"] and not same["loosened"] and not same["quantified"]
    assert one_link(*texts, upper_code="630200", targets=targets(90, 85))["loosened"]
    province = one_link(*texts, targets=targets(90, 95))
    assert not province["tightened"] and not province["quantified"]


def test_a_place_named_before_the_number_is_its_jurisdiction(one_link):
    places = [("plan#001", "海东市", "海东市", "630200")]
    row = one_link("海东市优良天数比例达到90%以上。", "优良天数比例达到95%以上。", targets=targets(90, 95), places=places)
    assert row["tightened"]


def test_numbers_of_different_units_are_not_compared(one_link):
    row = one_link("优良天数比例达到330天。", "优良天数比例达到95%以上。", upper_code="630200", targets=targets(330, 95, "天"))
    assert row["quantified"] and not row["tightened"]


def test_less_is_stricter_for_what_is_to_fall(one_link):
    rows = [("plan#001", "化学需氧量排放", "化学需氧量排放", "=", 100, None, "吨", None),
            ("city#001", "化学需氧量排放", "化学需氧量排放", "=", 80, None, "吨", None)]
    row = one_link("化学需氧量排放100吨。", "化学需氧量排放80吨。", upper_code="630200", targets=rows)
    assert row["tightened"] and not row["loosened"]


def test_time_bound_by_a_limit_that_is_new(one_link):
    limit = ("city#001", "年底前", "2024-12")
    row = one_link("建成污水处理厂。", "年底前建成污水处理厂。", deadlines=[limit])
    assert row["time_bound"] and row["time_bound_evidence"] == "lower[0:3] 年底前 [new time limit; not in upper[0:8]]"
    both = [limit, ("plan#001", "2024年12月", "2024-12")]
    assert not one_link("2024年12月建成污水处理厂。", "年底前建成污水处理厂。", deadlines=both)["time_bound"]


def test_assigned_by_a_new_field_or_a_nearer_level(one_link):
    above = ("plan#001", "治理", "lead", "青海省水利厅", "水利", "province")
    nearer = ("city#001", "治理", "lead", "市水务局", "水利", "prefecture")
    same = ("city#001", "治理", "support", "青海省水利厅", "水利", "province")
    row = one_link("治理河道。", "治理河道。", responsibilities=[above, nearer])
    assert row["assigned"] and "市水务局 (lead)" in row["assigned_evidence"]
    assert not one_link("治理河道。", "治理河道。", responsibilities=[above, same])["assigned"]


def test_an_agency_named_in_short_is_quoted_as_written(make_units):
    lower = "改造公路。责任单位：海东市、兰州市交通运输部门"
    duty = pd.DataFrame({"unit_id": ["city#001"] * 2, "role": ["responsible"] * 2, "function": ["交通运输"] * 2,
                         "agency": ["海东市交通运输部门", "兰州市交通运输部门"], "level": ["prefecture"] * 2, "start": [10, 14],
                         "agency_raw": ["海东市、兰州市交通运输部门", "兰州市交通运输部门"], "end": [23, 23]})
    links = pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["city#001"]})
    row = lx.refine(links, make_units("plan", "改造公路。"), make_units("city", lower), responsibilities=duty).iloc[0]
    assert row["assigned_evidence"].startswith(
        "lower[10:23] 海东市、兰州市交通运输部门 = 海东市交通运输部门 (responsible); lower[14:23] 兰州市交通运输部门 (responsible) [")


def test_a_time_limit_in_a_cell_of_its_own_is_quoted(make_units):
    limit = pd.DataFrame({"unit_id": ["city#001"], "deadline": ["2020-12"], "expression": ["2020年12月底前"], "start": [40], "end": [50]})
    links = pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["city#001"]})
    row = lx.refine(links, make_units("plan", "改造公路。"), make_units("city", "改造公路。"), deadlines=limit).iloc[0]
    assert row["time_bound_evidence"].startswith("lower[40:50] 2020年12月底前 [new time limit")


def test_weakened_and_strengthened_by_the_verb_of_the_same_clause(one_link):
    texts = "建立水质监测信息共享机制。", "探索水质监测信息共享机制。"
    verbs = [("plan#001", "建立", 4), ("city#001", "探索", 1)]
    row = one_link(*texts, commitment=verbs)
    assert row["weakened"] and not row["strengthened"]
    assert row["weakened_evidence"].endswith("(4 → 1) [stops short of doing]")
    turned = [("plan#001", "建立", 1), ("city#001", "探索", 4)]
    assert one_link(*texts, commitment=turned)["strengthened"]


def test_verbs_of_other_clauses_are_not_compared(one_link):
    verbs = [("plan#001", "建成", 6), ("city#001", "探索", 1)]
    row = one_link("建成体育馆。", "探索水质监测信息共享机制。", commitment=verbs)
    assert not row["weakened"]


def test_more_but_later_is_no_tightening(one_link):
    texts = "优良天数比例达到90%以上。", "优良天数比例达到95%以上。"
    later = one_link(*texts, upper_code="630200", targets=targets(90, 95, years=("2023", "2025")))
    assert not later["tightened"] and not later["loosened"]
    assert one_link(*texts, upper_code="630200", targets=targets(90, 95, years=("2025", "2023")))["tightened"]
    sooner = one_link(*texts, upper_code="630200", targets=targets(90, 85, years=("2025", "2023")))
    assert not sooner["loosened"]


def test_multiples_of_a_unit_are_compared(one_link):
    rows = [("plan#001", "投资", "投资", ">=", 1.2, None, "亿元", None), ("city#001", "投资", "投资", ">=", 8000, None, "万元", None)]
    row = one_link("完成投资1.2亿元以上。", "完成投资8000万元以上。", upper_code="630200", targets=rows)
    assert row["loosened"] and not row["quantified"] and not row["tightened"]


def test_a_limit_that_is_moved_cites_the_old_one(one_link):
    limits = [("plan#001", "2023年底前", "2023-12"), ("city#001", "2025年底前", "2025-12")]
    row = one_link("2023年底前建成污水处理厂。", "2025年底前建成污水处理厂。", deadlines=limits)
    assert row["time_bound_evidence"] == "upper[0:7] 2023年底前 → lower[0:7] 2025年底前 [new time limit]"


def test_a_leaf_that_only_prepares_is_weaker_whichever_clause_is_nearest(one_link):
    goal, verbs = "新建兰州至永靖高速公路，畅通出口通道。", [("plan#001", "新建", 5), ("plan#001", "畅通", 4)]
    task = "推进兰州至永靖高速公路项目。工作成果：开展项目前期工作。"
    row = one_link(goal, task, commitment=[*verbs, ("city#001", "推进", 4), ("city#001", "开展", 3)])
    assert row["weakened"] and "(as a whole, 5 → 3)" in row["weakened_evidence"]
    built = task.replace("开展项目前期工作", "开工建设")
    row = one_link(goal, built, commitment=[*verbs, ("city#001", "推进", 4), ("city#001", "开工", 6)])
    assert not row["weakened"]


def test_a_plan_drawn_up_and_a_helping_hand_are_not_weaker(one_link):
    goal = "建立一体化协调推进机制。"
    drawn = one_link(goal, "制定一体化协调推进方案。", commitment=[("plan#001", "建立", 5), ("city#001", "制定", 3)])
    assert not drawn["weakened"]
    helped = one_link(goal, "支持建立一体化协调推进机制。", commitment=[("plan#001", "建立", 5), ("city#001", "支持", 2)])
    assert not helped["weakened"]


def test_localised_by_what_lies_above_a_district_but_below_the_goal(one_link):
    row = one_link("整治突出问题。", "整治海东片区突出问题。", lower_code="630203",
                   places=[("city#001", "海东", "海东", "630200")])
    assert row["localised"]
    wide = one_link("整治突出问题。", "整治青海省突出问题。", lower_code="630203",
                    places=[("city#001", "青海省", "青海省", "630000")])
    assert not wide["localised"]


def test_localised_where_the_place_is_new_to_the_clause(one_link):
    goal = "加快乐都至平安公路建设，建立一体化协调推进机制。"
    places = [("plan#001", "平安", "平安", "630203"), ("city#001", "平安", "平安", "630203")]
    assert one_link(goal, "制定平安一体化协调推进机制。", places=places)["localised"]
    assert not one_link(goal, "建设乐都至平安公路。", places=places)["localised"]


def test_a_line_between_other_places_is_not_local(one_link):
    project, places = "兰州至西宁城际铁路", [("city#001", "兰州", "兰州", "620100"), ("city#001", "西宁", "西宁", "630100")]
    row = one_link("改善交通。", f"配合{project}。", projects=[("city#001", project, project)], places=places)
    assert row["project_named"] and not row["localised"]
    firm = one_link("发展产业。", "建设重庆亿众产业园。", projects=[("city#001", "重庆亿众产业园", "重庆亿众产业园")],
                    places=[("city#001", "重庆", "重庆", "500000")])
    assert firm["localised"]


def test_a_copy_with_another_place_is_judged_as_written(one_link):
    goal, task = "推动兰州市、白银市、定西市联合开展执法", "推动海东市、西宁市、平安区联合开展执法"
    places = [("plan#001", name, name, "620100") for name in ("兰州市", "白银市", "定西市")]
    places += [("city#001", name, name, "630200") for name in ("海东市", "西宁市", "平安区")]
    assert not one_link(goal, task, places=places)["copied"]
    assert one_link(goal, goal, places=places[:3])["copied"]


def test_units_without_duties_numbers_or_dates(one_link):
    row = one_link("修路。", "修路。")
    assert not any(row[name] for name in ("assigned", "quantified", "time_bound", "tightened", "loosened"))
    assert row[list(FACETS)].notna().all()


def test_the_same_document_on_both_sides_is_refused(make_units):
    plan = make_units("plan", "修路。")
    links = pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["plan#001"]})
    with pytest.raises(TableError, match="both sides"):
        lx.refine(links, plan, plan)


def test_evidence_is_there_exactly_where_the_facet_holds(study_refinement):
    for name in FACETS:
        assert (study_refinement[name] == study_refinement[f"{name}_evidence"].notna()).all(), name


CITED = re.compile(r"(?<!not in )(upper|lower)\[(\d+):(\d+)\](.*?)(?=; (?:upper|lower)\[| → (?:upper|lower)\[| = | \(| \[|$)")


def test_every_quotation_stands_where_it_says(study_refinement, corpus):
    texts = {document.doc_id: document.text for document in corpus}
    quoted, wrong = 0, []
    for row in study_refinement.to_dict("records"):
        for name in (name for name in FACETS if row[name]):
            found = CITED.findall(row[f"{name}_evidence"])
            assert found, (row["lower_id"], name)
            for side, begin, end, words in found:
                source = "".join(texts[row[f"{side}_id"].split("#")[0]][int(begin):int(end)].split())
                words = "".join(words.split())
                cut = words.endswith("…") and len(words) > 40 and source.startswith(words[:-1])
                quoted += 1
                if not words or (words != source and not cut):
                    wrong.append((name, row["lower_id"], words, source))
    assert quoted > 10_000 and not wrong, wrong[:3]


def test_a_row_a_link_in_the_order_of_the_links(study_links, study_refinement):
    assert study_refinement[["upper_id", "lower_id"]].values.tolist() == study_links[["upper_id", "lower_id"]].values.tolist()
    assert (study_refinement["decision"].astype(str).to_numpy() == study_links["decision"].astype(str).to_numpy()).all()


def test_no_links_no_rows(make_units):
    links = pd.DataFrame({"upper_id": [], "lower_id": []})
    assert lx.refine(links, make_units("plan", "修路。"), make_units("city", "修路。")).empty


def test_units_without_text_are_answered_without_nan(one_link):
    row = one_link("", "")
    assert not any(row[name] for name in FACETS)


def test_links_of_other_documents_are_refused(make_units):
    links = pd.DataFrame({"upper_id": ["plan#009"], "lower_id": ["city#001"]})
    with pytest.raises(TableError, match="plan#009"):
        lx.refine(links, make_units("plan", "修路。"), make_units("city", "修路。"))
    with pytest.raises(TableError, match="no column upper_id"):
        lx.refine(links.drop(columns="upper_id"), make_units("plan", "修路。"), make_units("city", "修路。"))


def test_codes():
    assert [stem(code) for code in ("630000", "630200", "630203", "630203100000")] == ["63", "6302", "630203", "630203100"]
    assert inside("630203", "630200") and not inside("630200", "630200") and not inside("630000", "630200")
    assert related("630000", "630203") and not related("620100", "630200")


@pytest.mark.parametrize(
    ("mode", "facet", "least"),
    [("copy", "copied", 0.9), ("localise", "localised", 0.85), ("quantify", "quantified", 0.9),
     ("schedule", "time_bound", 0.9), ("extend", "extended", 0.85), ("weaken", "weakened", 0.75)],
)
def test_facets_agree_with_the_readings(gold_refinement, mode, facet, least):
    modes, found = gold_refinement
    first, second = (modes[f"modes_{which}_reading"].str.split().map(lambda cell: mode in cell) for which in ("first", "second"))
    agreed = (first == second).to_numpy()
    true, said = first.to_numpy()[agreed], found[facet].to_numpy()[agreed]
    assert 2 * (true & said).sum() / (true.sum() + said.sum()) >= least
