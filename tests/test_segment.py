"""lx.segment on the real documents and on damaged text: nothing lost, every leaf where it belongs."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lanxikit as lx
from lanxikit.evaluating.gold import read_gold
from lanxikit.evaluating.structure import differing_units, joins
from lanxikit.reading.corpus import from_texts
from lanxikit.segmenting.segment import cut
from lanxikit.tables.segmenting import UNITS
from lanxikit.text.pieces import decode

LEAVES = {"haidong-2020": 37, "qinghai-gansu-2022": 69, "pingan-2022": 25, "linxia-2022": 47, "haidong-2024": 194}

# Leaves where the gold keeps a cell that slipped into the wrong column as text; ours reads it as the task it is.
SLIPPED = {"haidong-2024#030", "haidong-2024#054"}


def rows(text, unit="item", **columns):
    return lx.segment(from_texts({"a": text}, **columns), unit=unit)


def leaf(units, unit_id):
    return units.set_index("unit_id").loc[unit_id]


def duties(units, unit_id):
    found = units[(units["parent_id"] == unit_id) & (units["kind"] == "duty")]
    return list(zip(found["heading"], found["text"], strict=True))


def test_leaf_counts_are_exact(units):
    assert units[units["is_leaf"]]["doc_id"].value_counts().to_dict() == LEAVES


def test_spans_join_to_the_file(corpus, units):
    assert joins(corpus, units) == dict.fromkeys(LEAVES, True)


@pytest.mark.parametrize("unit", ["sentence", "clause"])
def test_finer_grains_lose_nothing(corpus, units, unit):
    finer = lx.segment(corpus, unit=unit)
    assert joins(corpus, finer) == dict.fromkeys(LEAVES, True)
    leaves = units[units["is_leaf"]]
    parts = finer[finer["is_leaf"]]
    assert set(parts["parent_id"]) == set(leaves["unit_id"])
    assert parts.groupby("parent_id")["text"].agg("".join).to_dict() == leaves.set_index("unit_id")["text"].to_dict()


def test_pieces_lead_every_text_back_to_the_file(corpus, units):
    for row in units.dropna(subset="pieces").itertuples():
        source = corpus[row.doc_id].text
        joined = "".join(source[a:b] for a, b in decode(row.pieces))
        assert joined.replace("\t", " ").replace("\n", " ") == row.text
        assert row.start <= decode(row.pieces)[0][0] and decode(row.pieces)[-1][1] <= row.end


def test_leaves_equal_gold(root, units):
    differing = differing_units(units, read_gold(root / "data" / "gold"))
    assert set(differing["unit_id"]) == SLIPPED


def test_schema(units):
    assert units.columns.tolist() == UNITS.names()
    assert units["unit_id"].is_unique
    named = units["parent_id"].dropna()
    assert named.isin(units["unit_id"]).all()


def test_page_break_inside_a_sentence_is_joined(units):
    text = leaf(units, "pingan-2022#001")["text"]
    assert text.endswith("推动与乐都相向发展，实现优势互补、城市融合。")
    assert leaf(units, "pingan-2022#024")["text"].startswith("进一步优化社会保险关第转移接续功能")


def test_wrapped_duty_list_is_joined_inside_a_name(units):
    assert duties(units, "linxia-2022#003")[1] == (
        "责任单位",
        "州自然资源局、州住建局、州交通局、州生态环境局、州文旅局、州发改委、州工信局、临夏经济开发区",
    )


def test_unnumbered_paragraph_above_numbered_ones_is_a_leaf(units):
    assert leaf(units, "linxia-2022#004")["text"].startswith("“四带”是指")


def test_inline_duty_is_a_row_of_its_own(corpus, units):
    row = leaf(units, "qinghai-gansu-2022#014")
    assert row["text"].endswith("兰州城市副中心。")
    assert duties(units, "qinghai-gansu-2022#014") == [
        ("责任单位", "两省民政厅牵头,两省住房城乡建设厅、省民(宗)委等部门按职责分工负责")
    ]


@pytest.mark.parametrize(
    ("number", "heading", "begins", "duty"),
    [
        # shifted to the right by a blank cell, one duty column lost
        (30, "推动城市道路优化提升", "建成海东河湟新区", [("牵头单位", "海东工业园区管委会")]),
        (54, "协同推进“区域一体”垃圾处理设施建设", "推进已停运的", [("牵头单位", "市住房建设局")]),
        # task inherited from the row above
        (31, "推动城市道路优化提升", "开工建设职教路", [("牵头单位", "市住房建设局"), ("配合单位", "各县区政府")]),
        # six columns: a sub-task between task and measure
        (68, "积极完善城市联合防灾救灾体系", "建设重要生活物资应急保障基地 积极配合", [("牵头单位", "海东工业园区管委会"), ("配合单位", "市发展改革委")]),
        (76, "培育发展新兴产业", "加快新能源、装备制造、电子信息等产业发展 积极招引", [("牵头单位", "市工业信息化局"), ("配合单位", "各县区政府")]),
        # six columns, shifted to the left
        (79, "培育发展新兴产业", "联合西宁经开区", [("牵头单位", "海东工业园区管委会"), ("配合单位", "各县区政府")]),
        # duty columns melted into one cell
        (116, "促进与西宁基础教育联盟化和集团化", "打造初高中教育基地 探索组建", [("牵头单位 配合单位", "市教育局 乐都区政府 平安区政府")]),
        (119, "加强与西宁职业教育合作", "探索建立两市职业教育集团", [("牵头单位 配合单位", "市教育局 市人力资源社会保障局、市发展改革委，各县区政府")]),
        # seven columns
        (121, "推进区域医疗事业高水平发展", "打造全省康养基地 加快配合", [("牵头单位", "海东工业园区管委会"), ("配合单位", "市卫生健康委 市城投公司")]),
        (125, "推进区域医疗事业高水平发展", "深化“一老一小”健康照护服务工作 实施农村", [("牵头单位", "市民政局"), ("配合单位", "各县区政府")]),
        (127, "打造河湟文化新高地", "持续加强对《河湟》", [("牵头单位", "市文体旅游广电局"), ("配合单位", "各县区政府")]),
    ],
)  # fmt: skip
def test_damaged_table_rows(units, number, heading, begins, duty):
    unit_id = f"haidong-2024#{number:03d}"
    row = leaf(units, unit_id)
    assert (row["ordinal"], row["heading"]) == (str(number), heading)
    assert row["text"].startswith(begins)
    assert duties(units, unit_id) == duty


def test_front_matter_has_its_kinds(units):
    kinds = units[units["doc_id"] == "qinghai-gansu-2022"].head(18)["kind"].astype(str).tolist()
    assert kinds == [
        *["navigation"] * 4, *["index"] * 3, "title", "title", "number", "salutation", "notice",
        "signature", "signature", "date", "note", "title", "preamble",
    ]  # fmt: skip


def test_tail_has_its_kinds(units):
    kinds = units[units["doc_id"] == "haidong-2024"].tail(7)["kind"].astype(str).tolist()
    assert kinds == ["note", "copy", "copy", "copy", "copy", "signature", "imprint"]


def test_outcome_line_belongs_to_its_task(units):
    assert (
        leaf(units, "haidong-2020#008")["text"]
        == "启动永大一级高速与青大高速连接桥工程。工作成果:争取完成项目可研等前期工作。"
    )


def test_skipped_levels_and_restarting_numbers():
    found = rows("一、总则\n1.甲事项，要办好。\n2.乙事项，要办好。\n二、任务\n（一）分项\n1.丙事项，要办好。\n")
    leaves = found[found["is_leaf"]]
    assert leaves["path"].tolist() == [("一、总则",), ("一、总则",), ("二、任务", "（一）分项")]
    assert leaves["level"].tolist() == [2, 2, 3]


def test_run_in_heading_needs_most_items_of_its_style():
    with_heading = rows("一、任务\n1.优化布局。完善路网。\n2.提升能力。建设基地。\n")
    assert with_heading["heading"].dropna().tolist() == ["优化布局", "提升能力"]
    without = rows("一、任务\n1.优化布局，完善路网。要快。\n2.提升能力。\n3.建设基地。\n")
    assert without["heading"].dropna().tolist() == []


def test_clauses_begin_with_an_action_and_never_cut_a_name():
    found = rows(
        "一、任务\n1.推进《加快建设，推动发展规划》实施，加快建设公路、铁路，为群众服务；完善机制。\n", unit="clause"
    )
    assert found[found["is_leaf"]]["text"].tolist() == [
        "推进《加快建设，推动发展规划》实施，",
        "加快建设公路、铁路，为群众服务；",
        "完善机制。",
    ]


@pytest.mark.parametrize(
    "text", ["", "\n", "  \t\n\u3000\n", "一、", "1.", "(责任单位:)", "责任单位:", "\t\t\t", "第一条"]
)
def test_scraps_lose_nothing(text):
    corpus = from_texts({"a": text})
    assert joins(corpus, lx.segment(corpus)) == {"a": True}


LINES = st.sampled_from(
    ["一、总体要求", "（一）目标。", "1.加快建设。完善机制", "责任单位：市水务局、市", "财政局", "牵头单位:县政府", "序号\t重点任务\t工作事项\t牵头单位",
     "1\t任务\t完成100项。\t市财政局", "\t\t", "2022年4月2日", "抄送：市委。", "**粗体**", "## 二、标题", "", "   ", "《规划", "》。", "(责任单位:甲局)", "①一", "——成效。"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(LINES, max_size=25).map("\n".join)))
def test_no_text_loses_a_character(text):
    pieces = cut(text)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(a.end == b.start for a, b in pairwise(pieces))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_shuffled_and_cut_documents_lose_nothing(corpus, data):
    source = corpus[data.draw(st.sampled_from(corpus.doc_ids))].text
    begin = data.draw(st.integers(0, len(source)))
    lines = source[begin : begin + data.draw(st.integers(0, 3000))].split("\n")
    text = "\n".join(data.draw(st.permutations(lines)) if len(lines) < 60 else lines[::-1])
    assert "".join(text[piece.start : piece.end] for piece in cut(text)) == text


def test_unknown_unit_names_the_choice(corpus):
    with pytest.raises(lx.LanxiError, match="item"):
        lx.segment(corpus, unit="word")


def test_document_variables_stand_in_every_row(units):
    about = units[units["doc_id"] == "pingan-2022"][["doc_level", "adcode", "year", "signed"]].drop_duplicates()
    assert about.astype(str).values.tolist() == [["county", "630203", "2022", "2022-08-16"]]


def test_empty_corpus_gives_an_empty_table():
    found = lx.segment(from_texts({}))
    assert isinstance(found, pd.DataFrame) and found.empty and found.columns.tolist() == UNITS.names()


HEAD = "乙市人民政府办公室关于印发清单的通知\n2023年1月5日\n"


@pytest.mark.parametrize(
    ("table", "heading", "text", "attached"),
    [
        (
            "序号\t完成时限\t责任单位\t重点任务\t工作目标\n1\t2023年6月底\t市教育局\t新建幼儿园12所\t新增学位3000个\n",
            None, "新建幼儿园12所 新增学位3000个", [("deadline", "2023年6月底"), ("duty", "市教育局")],
        ),
        (
            "序号\t工作任务\t完成时限\t牵头单位\n1\t新建改扩建幼儿园12所\t2023年8月底\t市教育局\n",
            None, "新建改扩建幼儿园12所", [("deadline", "2023年8月底"), ("duty", "市教育局")],
        ),
        (
            "|序号|重点任务|工作举措|责任单位|\n|---|---|---|---|\n|1|优化布局|完善路网，建设公路10公里。|市交通运输局|\n",
            "优化布局", "完善路网，建设公路10公里。", [("duty", "市交通运输局")],
        ),
    ],
)  # fmt: skip
def test_tables_in_any_column_order(table, heading, text, attached):
    found = rows(HEAD + table)
    row = found[found["is_leaf"]].iloc[0]
    assert (None if pd.isna(row["heading"]) else row["heading"], row["text"]) == (heading, text)
    below = found[(found["parent_id"] == row["unit_id"]) & found["kind"].isin(["duty", "deadline", "person"])]
    assert list(zip(below["kind"], below["text"], strict=True)) == attached
    assert joins(from_texts({"a": HEAD + table}), found) == {"a": True}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1.推进工作。（市教育局牵头，市财政局配合）", [("责任单位", "市教育局牵头，市财政局配合")]),
        ("1.推进工作（市水务局负责）。", [("责任单位", "市水务局负责")]),
        ("1.推进工作。责任单位：市水务局；完成时限：2023年底", [("责任单位", "市水务局"), ("完成时限", "2023年底")]),
        ("1.推进工作。\n牵头单位：市水务局 责任单位：乐都区人民政府", [("牵头单位", "市水务局"), ("责任单位", "乐都区人民政府")]),
        ("1.推进工作。\n责任领导：张三；牵头单位：市水务局", [("责任领导", "张三"), ("牵头单位", "市水务局")]),
        ("1.推进工作。\n牵头部门(单位)：市水务局", [("牵头部门", "市水务局")]),
        ("1.推进工作。\n责任单位：市林草局 市水务局", [("责任单位", "市林草局 市水务局")]),
        ("1.推进（试点）工作（见附表）", []),
    ],
)
def test_duties_behind_a_measure(line, expected):
    found = rows(f"一、任务\n{line}\n")
    row = found[found["is_leaf"]].iloc[0]
    below = found[found["parent_id"] == row["unit_id"]]
    assert list(zip(below["heading"], below["text"], strict=True)) == expected
    assert row["text"].startswith("推进")


def test_a_measure_with_items_below_keeps_its_own_text():
    found = rows("一、任务\n1.新建幼儿园12所，加强师资建设。\n（1）改造危房30户，按时完工。\n（2）新建学校5所，按时完工。\n")
    leaves = found[found["is_leaf"]]
    assert leaves["text"].tolist() == ["新建幼儿园12所，加强师资建设。", "改造危房30户，按时完工。", "新建学校5所，按时完工。"]
    assert leaves["path"].iloc[1] == ("一、任务", "1.新建幼儿园12所，加强师资建设。")


def test_chapters_hold_articles():
    found = rows("第一章 总则\n第一条 为规范管理，制定本办法。\n第二条 本办法适用于全市，另有规定的除外。\n第二章 职责\n第三条 市水务局负责监督，定期检查。\n")
    leaves = found[found["is_leaf"]]
    assert leaves["ordinal"].tolist() == ["一", "二", "三"]
    assert leaves["path"].tolist() == [("第一章总则",), ("第一章总则",), ("第二章职责",)]


@pytest.mark.parametrize("given_instead", [None, "data/raw", 7])
def test_what_is_no_corpus_is_refused(given_instead):
    with pytest.raises(lx.LanxiError, match="no corpus"):
        lx.segment(given_instead)


@pytest.mark.parametrize("verb", ["responsibilities", "targets", "deadlines", "places", "projects", "commitment"])
def test_what_is_no_table_of_units_is_refused(verb):
    with pytest.raises(lx.LanxiError, match="no table of units"):
        getattr(lx, verb)(None)


def test_units_without_pieces_warn_that_offsets_may_miss_their_words(units):
    one = units[units["doc_id"].eq("pingan-2022")]
    with pytest.warns(UserWarning, match="pieces"):
        lx.targets(one.drop(columns="pieces"))


def test_units_with_pieces_do_not_warn(units, recwarn):
    lx.targets(units[units["doc_id"].eq("pingan-2022")])
    assert not recwarn.list
