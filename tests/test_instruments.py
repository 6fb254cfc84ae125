"""Suggested policy instruments and the words that triggered them."""

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.lexicons import load
from lanxikit.tables import table


def frame(text):
    return pd.DataFrame(
        {"unit_id": ["d#001"], "parent_id": [None], "kind": ["task"], "is_leaf": [True], "text": [text], "start": [50]}
    )


def found(text, **options):
    return lx.instruments(frame(text), **options)[["instrument", "tool", "word", "start", "end"]].values.tolist()


def test_each_class():
    assert found("加大投入,设立专项资金") == [["supply", "funding", "专项资金", 57, 61]]
    assert found("建立联席会议,降低融资成本") == [
        ["environment", "mechanism", "联席会议", 52, 56],
        ["environment", "finance", "融资", 59, 61],
    ]
    assert found("举办展会,推行政府采购") == [
        ["demand", "consumption and fairs", "展会", 52, 54],
        ["demand", "public procurement", "政府采购", 57, 61],
    ]


def test_the_longest_word_wins_and_words_do_not_overlap():
    assert [row[2] for row in found("建设示范区，成立产业引导基金")] == ["示范区", "引导基金"]


def test_titles_do_not_count():
    assert found("落实《专项资金管理办法》") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由省发展改革委、市大数据管理局、国家知识产权局负责", []),
        ("省人力资源社会保障厅、国家金融监督管理总局青海监管局配合", []),
        ("发展改革、财政、人力资源社会保障等部门要加强培训", ["培训"]),
        ("市场监管局加强监管，市公路局养护公路", ["监管", "公路"]),
        ("行政审批局优化审批流程，县公积金管理中心、省政府采购中心配合", ["审批"]),
        ("解决公路局部拥堵，制定培训办法", ["公路", "培训"]),
        ("开展培训、财政等部门配合", ["培训"]),
        ("金融机构加大信贷，建设大数据中心", ["金融机构", "信贷", "大数据"]),
    ],
)
def test_names_of_agencies_do_not_count(text, expected):
    assert [row[2] for row in found(text)] == expected


def test_a_word_of_a_study_does_not_count_in_a_name(tmp_path):
    header = "word\tinstrument\ttool\ttool_zh\n"
    (tmp_path / "instrument_words.tsv").write_text(
        header + "财政\tsupply\tfunding\t资金\n监督\tenvironment\tregulation\t监管\n", encoding="utf-8"
    )
    text = "财政局、市场监督管理局统筹财政投放，加强监督"
    assert [row[2] for row in found(text, lexicon=tmp_path)] == ["财政", "监督"]


def test_no_trigger_no_row():
    assert found("形成相关工作成果") == []


def test_a_study_adds_and_removes_words(tmp_path):
    header = "word\tinstrument\ttool\ttool_zh\n"
    (tmp_path / "instrument_words.tsv").write_text(header + "揭榜挂帅\tdemand\tprize\t揭榜\n-融资\n", encoding="utf-8")
    assert [row[:3] for row in found("揭榜挂帅,融资", lexicon=tmp_path)] == [["demand", "prize", "揭榜挂帅"]]


def test_the_list_covers_all_classes():
    rows = load("instrument_words")
    tools = {(row["instrument"], row["tool"]) for row in rows}
    assert {name for name, _ in tools} == {"supply", "environment", "demand"}
    assert len(tools) >= 15
    assert all(row["tool_zh"] for row in rows)


def test_the_documents(units, corpus):
    table_ = lx.instruments(units)
    assert set(table_["unit_id"]) <= set(units.loc[units["is_leaf"], "unit_id"])
    assert {"supply", "environment", "demand"} == set(table_["instrument"])
    by_tool = table_.groupby("tool").size()
    assert by_tool["infrastructure"] > by_tool["tax"]
    for row in table_.itertuples():
        source = corpus[row.unit_id.partition("#")[0]].text[row.start : row.end]
        assert "".join(source.split()) == row.word


def test_empty_units_give_an_empty_table(units):
    empty = lx.instruments(units.iloc[:0])
    assert empty.columns.tolist() == table("instruments").names()
    assert empty.empty
