"""lx.lineage and lx.bases on the five: only 平安 descends from the plan."""


import pytest

import lanxikit as lx
from lanxikit.reading.corpus import from_texts
from tests.clock import within

PLAN = "qinghai-gansu-2022"


def relation(table, upper, lower):
    return table.set_index(["upper_id", "lower_id"]).loc[(upper, lower)]


def test_relations_to_the_plan(corpus):
    table = lx.lineage(corpus)
    assert len(table) == 20
    found = table[table["upper_id"] == PLAN].set_index("lower_id")["relation"].astype(str).to_dict()
    assert found == {
        "pingan-2022": "descends",
        "haidong-2020": "predates",
        "linxia-2022": "unrelated",
        "haidong-2024": "unrelated",
    }


def test_evidence_is_quoted_from_the_lower_document(corpus):
    row = relation(lx.lineage(corpus), PLAN, "pingan-2022")
    assert row["evidence"].startswith("根据青海、甘肃两省政府共同印发的《兰州—西宁城市群")
    assert corpus["pingan-2022"].text[row["start"] : row["end"]] == row["evidence"]


def test_two_texts_on_one_agreement_are_siblings(corpus):
    row = relation(lx.lineage(corpus), "haidong-2020", PLAN)
    assert row["relation"] == "sibling" and "1+3+10" in row["evidence"]


def test_other_parents_are_named(corpus):
    found = lx.bases(corpus).groupby("doc_id")["basis"].agg(list)
    assert "“十四五”兰州经济圈发展规划" in found["linxia-2022"]
    assert found["haidong-2024"] == ["海东市推进西宁—海东都市圈一体化发展行动计划"]


def test_the_plan_is_a_basis_of_the_district(corpus):
    rows = lx.bases(corpus).dropna(subset="basis_id")
    assert rows[["doc_id", "basis_id"]].values.tolist() == [["pingan-2022", PLAN]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("根据《甲省城市群发展规划》，制定本方案。", "descends"),
        ("为贯彻落实省政府2021年印发的《甲省城市群发展规划》，制定本方案。", "descends"),
        ("根据《国家规划》和《甲省城市群发展规划》，制定本方案。", "descends"),
        ("即日起停止执行《甲省城市群发展规划》。", "cites"),
        ("本方案实施后，《甲省城市群发展规划》同时废止。", "cites"),
        ("根据工作安排，现就修订《甲省城市群发展规划》征求意见。", "cites"),
        ("按照省政府要求，做好与《甲省城市群发展规划》的衔接。", "cites"),
        ("根据《乙省条例》，参考《甲省城市群发展规划》，制定本方案。", "cites"),
    ],
)
def test_a_cue_must_govern_the_name(words, expected):
    texts = {
        "up": "甲省人民政府关于印发甲省城市群发展规划的通知\n2021年1月5日\n",
        "low": f"乙市人民政府关于印发实施方案的通知\n2022年1月5日\n{words}\n一、总体要求\n",
    }
    assert relation(lx.lineage(from_texts(texts)), "up", "low")["relation"] == expected


def test_mention_outside_the_preamble_is_a_citation():
    texts = {
        "up": "甲省人民政府关于印发甲省城市群发展规划的通知\n2021年1月5日\n",
        "low": "乙市人民政府关于印发实施方案的通知\n2022年1月5日\n一、任务\n1.做好与《甲省城市群发展规划》的衔接。\n",
    }
    assert relation(lx.lineage(from_texts(texts)), "up", "low")["relation"] == "cites"


def test_one_document_has_no_pairs():
    assert lx.lineage(from_texts({"a": "一、总则"})).empty


def test_a_number_names_a_document():
    texts = {
        "up": "川办发〔2023〕18号\n四川省人民政府办公厅关于印发若干措施的通知\n2023年1月5日\n",
        "low": "成都市人民政府关于印发实施方案的通知\n2023年5月5日\n根据省政府办公厅川办发[2023]18号文件精神，制定本方案。\n一、总则\n",
    }
    assert relation(lx.lineage(from_texts(texts)), "up", "low")["relation"] == "descends"


# --- what a text rests on, in the ways that governments write it (names without the corpus)

PASSAGES = {
    "为深入贯彻落实《黄河流域生态保护和高质量发展规划纲要》，结合我市实际，制定本方案。": ["黄河流域生态保护和高质量发展规划纲要"],
    "根据《中华人民共和国水法》《甘肃省水资源管理条例》和《兰州市供水管理办法》等法律法规，结合本县实际，制定本办法。": [
        "中华人民共和国水法", "甘肃省水资源管理条例", "兰州市供水管理办法"],
    "根据《国务院办公厅关于全面推进城镇老旧小区改造工作的指导意见》（国办发〔2020〕23号）、《省政府办公厅关于推进老旧小区改造的实施意见》（甘政办发〔2020〕79号）精神，制定本方案。": [
        "国务院办公厅关于全面推进城镇老旧小区改造工作的指导意见", "省政府办公厅关于推进老旧小区改造的实施意见"],
    "按照《甲省数字经济发展规划》（甲政发〔2021〕3号，以下简称《规划》）要求，为推动《规划》落地见效，制定本方案。": ["甲省数字经济发展规划"],
    "为推动《成渝地区双城经济圈建设规划纲要》落地落实，现提出如下意见。": ["成渝地区双城经济圈建设规划纲要"],
    "以《长江三角洲区域一体化发展规划纲要》为统领，加快建设。": ["长江三角洲区域一体化发展规划纲要"],
    "根据国务院关于促进市场公平竞争维护市场正常秩序的若干意见，制定本方案。": ["国务院关于促进市场公平竞争维护市场正常秩序的若干意见"],
    "根据国发〔2022〕12号、甘政发〔2022〕33号文件精神，制定本措施。": ["国发〔2022〕12号", "甘政发〔2022〕33号"],
    "为全面贯彻党的二十大精神，认真落实省委、省政府《关于促进民营经济发展的若干措施》，制定本清单。": ["关于促进民营经济发展的若干措施"],
    "为贯彻\n落实《甘肃省“十四五”\n能源发展规划》，制定本方案。": ["甘肃省“十四五”能源发展规划"],
    "按照省人民政府办公厅印发的《青海省黄河流域水资源规划》和省水利厅《实施细则汇编》有关要求，制定本方案。": [
        "青海省黄河流域水资源规划", "实施细则汇编"],
    "对照《甲省重点任务清单》，细化任务，制定如下计划。": ["甲省重点任务清单"],
    "自《甲省数字经济发展规划》印发实施以来，成效明显。": [],
    "做好与《甲省国土空间规划》的衔接。": [],
    "参照《乙省实施方案范本》，制定。": [],
    "即日起，《甲省城市供水条例》同时废止。": [],
    "《甲省城市群发展规划》提出，到2025年形成一体化格局。": [],
    "对《甲省城市供水办法》执行情况开展检查。": [],
    "现将实施方案印发给你们。《乙省年度计划》另行印发。": [],
}


@pytest.mark.parametrize("words", PASSAGES)
def test_bases_of_a_preamble(words):
    text = f"某市人民政府办公室关于印发某项工作方案的通知\n2023年1月5日\n{words}\n一、总体要求\n"
    assert lx.bases(from_texts({"a": text}))["basis"].tolist() == PASSAGES[words]


def test_numbers_and_years_of_absent_parents():
    text = "根据《甲省规划纲要》（甲政发[2021]0号）、《甲省2023年重点任务清单》和甲办发(2022]7号文件，制定本方案。\n一、总则\n"
    rows = lx.bases(from_texts({"a": text.replace("0号", "10号")}))
    assert rows["number"].fillna("").tolist() == ["甲政发〔2021〕10号", "", "甲办发〔2022〕7号"]
    assert rows["year"].tolist() == [2021, 2023, 2022]
    assert rows["basis_id"].isna().all()


def test_first_article_and_list_of_bases():
    law = "甲省供水条例\n第一章 总则\n第一条 为了加强管理，根据《中华人民共和国水法》等法律，结合本省实际，制定本条例。\n第二条 适用《甲省水价办法》。\n"
    plan = "甲市规划\n第一章 总论\n一、编制依据\n1.《中华人民共和国城乡规划法》；\n2.《甲省城镇体系规划》；\n二、范围\n按照《乙规范要求书》执行。\n"
    found = lx.bases(from_texts({"law": law, "plan": plan}))
    assert found["basis"].tolist() == ["中华人民共和国水法", "中华人民共和国城乡规划法", "甲省城镇体系规划"]
    assert found["cue"].tolist() == ["根据", "编制依据", "编制依据"]


def test_preamble_behind_a_table_of_contents():
    text = "甲市规划\n目录\n一、总体要求…1\n二、重点任务…5\n根据《甲省城镇体系规划》，编制。\n一、总体要求\n二、重点任务\n"
    assert lx.bases(from_texts({"a": text}))["basis"].tolist() == ["甲省城镇体系规划"]


UP = "甲省人民政府办公厅关于印发甲省数字经济发展实施方案（2021—2023年）的通知\n甲政办发〔2021〕18号\n2021年3月1日\n一、要求\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("根据《甲省人民政府办公厅关于印发甲省数字经济发展实施方案（2021—2023年）的通知》（甲政办发〔2021〕18号），制定本方案。", "descends"),
        ("根据《关于印发甲省数字经济发展实施方案（2021—2023年）的通知》，制定本方案。", "descends"),
        ("根据《甲省数字经济发展实施方案》，制定本方案。", "descends"),
        ("根据《甲省数字经济发展实施方案(2021-2023年)》，制定本方案。", "descends"),
        ("根据甲政办发﹝2021﹞18号文件，制定本方案。", "descends"),
        ("根据省政府办公厅甲政办发【2021】18号精神，制定本方案。", "descends"),
        ("根据《甲省数字经济发展实施方案（2024—2026年）》，制定本方案。", "unrelated"),
        ("根据《甲省数字经济发展实施方案》（甲政办发〔2024〕5号），制定本方案。", "unrelated"),
        ("根据《乙省数字经济发展实施方案》，制定本方案。", "unrelated"),
        ("一、要求\n1.落实《甲省数字经济发展实施方案（2021—2023年）》。", "cites"),
    ],
)
def test_a_document_by_any_of_its_names_but_never_another_edition(words, expected):
    low = f"乙市人民政府关于印发乙市实施方案的通知\n2022年1月5日\n{words}\n一、总体要求\n"
    assert relation(lx.lineage(from_texts({"up": UP, "low": low})), "up", "low")["relation"] == expected


def test_the_right_year_of_an_annual_list():
    def list_of(year):
        return f"甲市人民政府关于印发甲市{year}年重点任务清单的通知\n{year}年2月1日\n一、任务\n"

    texts = {str(year): list_of(year) for year in (2022, 2023, 2024)}
    texts["low"] = "乙县人民政府关于印发方案的通知\n2024年5月1日\n根据《甲市2023年重点任务清单》，制定本方案。\n一、任务\n"
    found = lx.bases(from_texts(texts))
    assert found["basis_id"].tolist() == ["2023"]


def test_one_third_document_over_a_chain_makes_siblings():
    texts = {
        "a": "甲省人民政府关于印发甲省城市群发展规划的通知\n2021年1月5日\n一、要求\n",
        "b": "乙市人民政府关于印发乙市城市群实施方案的通知\n2022年1月5日\n根据《甲省城市群发展规划》，制定。\n一、要求\n",
        "c": "丙县人民政府关于印发丙县任务清单的通知\n2023年1月5日\n落实《乙市城市群实施方案》，制定。\n一、要求\n",
        "d": "丁市人民政府关于印发丁市工作计划的通知\n2022年6月5日\n按照《甲省城市群发展规划》，制定。\n一、要求\n",
    }
    table = lx.lineage(from_texts(texts))
    assert relation(table, "b", "c")["relation"] == "descends"
    assert relation(table, "b", "d")["relation"] == "sibling"
    assert relation(table, "d", "c")["relation"] == "sibling"
    assert relation(table, "d", "c")["evidence"] == "落实《乙市城市群实施方案》"
    assert relation(table, "a", "c")["relation"] == "unrelated"  # 丙县 does not name it


def test_usual_abbreviations_of_a_name():
    texts = {
        "up": "甲省人民政府关于印发兰州—西宁城市群发展规划的通知\n2018年3月5日\n一、要求\n",
        "low": "乙市人民政府关于印发方案的通知\n2022年1月5日\n落实《兰西城市群发展规划》，制定本方案。\n一、要求\n",
    }
    assert relation(lx.lineage(from_texts(texts)), "up", "low")["relation"] == "descends"


@pytest.mark.parametrize("unit", ["《", "根据《甲", "制定本", "根据〔2022〕1号、", "《甲省规划方案》（国发〔2022〕12号", "一、编制依据《甲》\n", "推动《甲乙丙丁》落地"])
def test_hostile_text_takes_no_long(unit):
    text = "目录\n" + unit * (60_000 // len(unit))
    within(3, lambda: lx.bases(from_texts({"a": text})))


def test_what_both_name_is_better_evidence_than_a_chain(corpus):
    row = relation(lx.lineage(corpus), "haidong-2020", "pingan-2022")
    assert row["relation"] == "sibling" and row["evidence"].endswith("“1+3+10”合作框架协议")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("为落实国务院《打赢蓝天保卫战三年行动计划》和《乙省实施意见》，制定本计划。", ["打赢蓝天保卫战三年行动计划", "乙省实施意见"]),
        ("根据国务院办公厅2018年印发的《打赢蓝天保卫战三年行动计划》，制定本计划。", ["打赢蓝天保卫战三年行动计划"]),
        ("根据中共中央办公厅、国务院办公厅《打赢蓝天保卫战三年行动计划》，制定本计划。", ["打赢蓝天保卫战三年行动计划"]),
        ("根据省政府《打赢蓝天保卫战三年行动计划》，制定本计划。", []),  # its own
        ("根据《打赢蓝天保卫战三年行动计划》，制定本计划。", []),
        ("根据国务院《辽宁省打赢蓝天保卫战三年行动计划》，制定本计划。", []),
    ],
)
def test_another_body_s_text_of_the_own_name_is_the_one_above(words, expected):
    title = "辽宁省打赢蓝天保卫战三年行动计划"
    text = f"辽宁省人民政府关于印发{title}的通知\n\n各市人民政府：\n现印发给你们。\n辽宁省人民政府\n2018年10月5日\n\n{title}\n{words}\n一、总体要求\n"
    assert lx.bases(from_texts({"a": text}))["basis"].tolist() == expected
