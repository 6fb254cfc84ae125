"""lx.lineage and lx.bases on the five: only 平安 descends from the plan."""

import pytest

import lanxikit as lx
from lanxikit.reading.corpus import from_texts

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
