"""Labels at a line's head, in brackets and behind a measure; brackets that hold agencies."""


import pytest

import lanxikit as lx
from lanxikit.lexicons import load
from lanxikit.reading.corpus import from_texts
from lanxikit.segmenting.duty_lists import agency_list, names_agency
from lanxikit.segmenting.labels import label, labelled, lists_on
from lanxikit.segmenting.trailing import trailing
from lanxikit.text.fold import fold
from tests.clock import within


def parts(text, read=trailing):
    text = fold(text)
    return [(part.word, part.kind, text[part.begin : part.end]) for part in read(text)]


@pytest.mark.parametrize("row", load("duty_labels"), ids=lambda row: row["label"])
def test_every_label_of_the_list_opens_a_line(row):
    found = label(f"{row['label']}:市水务局")
    assert (found.word, found.kind, found.length) == (row["label"], row["kind"], len(row["label"]) + 1)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("贵任单位：市水务局", "责任单位"),
        ("责任单住:市水务局", "责任单位"),
        ("牵头单仹：市水务局", "牵头单位"),
        ("责 任 单 位 ：市水务局", "责任单位"),
        ("责任单位；市水务局", "责任单位"),
        ("责任单位∶市水务局", "责任单位"),
        ("责任单位 市水务局", "责任单位"),
        ("责任单位市水务局、市财政局", "责任单位"),
        ("任单位：市水务局", "责任单位"),
        ("头单位：市水务局", "牵头单位"),
        ("单位：市水务局", "责任单位"),
        ("【责任单位】市水务局", "责任单位"),
        ("（责任单位）市水务局", "责任单位"),
        ("**责任单位：**市水务局", "责任单位"),
        ("责任单位（部门）：市水务局", "责任单位"),
        ("责任单位", "责任单位"),
        ("责任单位：", "责任单位"),
        ("责任单位落实不力的，予以通报", None),
        ("责任单位要加强管理", None),
        ("单位：万元", None),
        ("部门：协同推进", None),
        ("主管部门应当加强监督", None),
        ("工作目标明确", None),
        ("完成时限", None),
        ("人民政府", None),
    ],
)
def test_a_label_may_be_damaged_but_must_stand_before_an_agency_then(line, word):
    found = label(fold(line))
    assert (found.word if found else None) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设公园。（责任单位：市水务局）", [("责任单位", "duty", "市水务局")]),
        ("建设公园（责任单位：市水务局）。", [("责任单位", "duty", "市水务局")]),
        ("建设公园。[责任单位：市水务局]", [("责任单位", "duty", "市水务局")]),
        ("建设公园。【责任单位】市水务局", [("责任单位", "duty", "市水务局")]),
        ("建设公园。责任单位：市水务局。", [("责任单位", "duty", "市水务局")]),
        ("建设公园责任单位：市水务局", [("责任单位", "duty", "市水务局")]),
        ("建设公园。（责任单位：市水务局", [("责任单位", "duty", "市水务局")]),
        ("建设公园。责任单位：市水务局）", [("责任单位", "duty", "市水务局")]),
        ("建设公园。（市水务局、市财政局）", [("责任单位", "duty", "市水务局、市财政局")]),
        ("建设公园。（市水务局）", [("责任单位", "duty", "市水务局")]),
        ("建设公园。（市水务局牵头，2024年底前完成）", [("责任单位", "duty", "市水务局牵头,2024年底前完成")]),
        (
            "建设公园。（牵头单位：市水务局；责任人：张三；完成时限：2024年底）",
            [("牵头单位", "duty", "市水务局"), ("责任人", "person", "张三"), ("完成时限", "deadline", "2024年底")],
        ),
        (
            "建设公园。（责任单位：市水务局）（完成时限：2024年底）",
            [("责任单位", "duty", "市水务局"), ("完成时限", "deadline", "2024年底")],
        ),
        (
            "建设公园。（市水务局牵头；完成时限：2024年底）",
            [("责任单位", "duty", "市水务局牵头"), ("完成时限", "deadline", "2024年底")],
        ),
        (
            "建设公园。牵头单位：省民（宗）委；配合单位：县（区）政府",
            [("牵头单位", "duty", "省民(宗)委"), ("配合单位", "duty", "县(区)政府")],
        ),
        ("建设公园（责任单位：市水务局）。到2025年建成。", []),
        ("支持设施改造（含市水务局负责的项目）。", []),
        ("报主管部门备案（省水利厅）。", []),
        ("建设公园（一期、二期）。", []),
        ("明确责任单位，落实责任。", []),
        ("建设公园。责任单位要加强管理。", []),
        ("加强监管。（完成时限：2024年底）", []),
        ("", []),
    ],
)
def test_what_trails_a_measure(text, expected):
    assert parts(text) == expected


def test_the_measure_ends_where_the_bracket_opens():
    text = fold("建设公园。 （责任单位：市水务局）")
    assert text[: trailing(text)[0].start].rstrip() == "建设公园。"


def test_labels_cut_a_line():
    line = "牵头单位：市水务局 责任单位 市财政局 完成时限 2024年底 责任人 张三"
    assert parts(line, labelled) == [
        ("牵头单位", "duty", "市水务局"),
        ("责任单位", "duty", "市财政局"),
        ("完成时限", "deadline", "2024年底"),
        ("责任人", "person", "张三"),
    ]


def test_a_list_may_stand_on_the_lines_below_its_label():
    assert lists_on("责任单位", "市科技局、市财政局") and lists_on("牵头单位:", "市科技局")
    assert not lists_on("责任单位", "建设学校3所。") and not lists_on("完成时限:", "市科技局")
    assert not lists_on("建设学校3所", "市科技局")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市教育局牵头,市财政局配合", True),
        ("市教育局、各县区", True),
        ("市教育局、南宁、钦州市人民政府", True),
        ("各县区负责,市教育局指导", True),
        ("牵头:市教育局;配合:市财政局等相关部门", True),
        ("含市水务局负责的项目", False),
        ("一期、二期", False),
        ("政府主导、部门负责、社会参与", False),
        ("以下简称管委会", False),
        ("2024年12月", False),
        ("", False),
    ],
)
def test_a_bracket_is_a_list_of_agencies_or_not(text, expected):
    assert agency_list(text) is expected


def test_an_agency_is_told_by_its_ending():
    assert names_agency("市水务局,市财政局") and names_agency("各县区") and names_agency("★市水务局")
    assert not names_agency("万元") and not names_agency("") and not names_agency("发展格局、新布局")


@pytest.mark.parametrize(
    "text",
    ["责任单位" * 8000, "（责任单位：" * 8000, "责 任 " * 16000, "（" * 40000, "市水务局、" * 16000, "）" * 40000],
)
def test_hostile_text_takes_no_long_time(text):
    within(3, lambda: (trailing(fold(text)), labelled(fold(text))))


def test_persons_before_the_first_duty_belong_to_the_list_and_a_telephone_number_in_the_text_does_not():
    text = "实施项目186个 责任领导:张某 牵头单位:市扶贫办"
    assert [(part.word, part.kind) for part in trailing(text)] == [("责任领导", "person"), ("牵头单位", "duty")]
    text = "设立热线。联系电话:0972-8612345。方便群众。责任单位:市水务局"
    assert [part.word for part in trailing(text)] == ["责任单位"]


def test_the_word_of_a_role_with_a_colon_is_a_label_behind_a_measure_before_an_agency():
    text = "建设水库。主办:市水务局;协办:市财政局、市审计局"
    assert [(part.word, text[part.begin : part.end]) for part in trailing(text)] == [
        ("主办", "市水务局"),
        ("协办", "市财政局、市审计局"),
    ]
    assert trailing("建设水库,注意配合:做到有序。") == []


def test_a_bracket_that_closes_ends_its_list():
    assert trailing("整治河道。(牵头单位:县水利局;配合单位:县财政局)来安县人民政府办公室") == []
    text = "配合单位:县财政局)来安县人民政府办公室"
    assert [text[part.begin : part.end] for part in labelled(text)] == ["县财政局"]


def test_lists_left_open_and_lists_that_mean_the_one_above():
    text = (
        "区工作要点\n一、任务\n1.建设水利工程。\n责任单位：区水务局、区财政局...\n2.建设学校。（区教育局、区财政局......）\n"
        "3.建设公园。（同上）\n4.修路。\n责任单位同上\n"
    )
    units = lx.segment(from_texts({"a": text}))
    assert units.loc[units["is_leaf"], "text"].tolist() == ["建设水利工程。", "建设学校。", "建设公园。", "修路。"]
    found = lx.responsibilities(units)
    assert found["agency"].tolist() == ["区水务局", "区财政局", *["区教育局", "区财政局"] * 3]
    assert found["open_list"].tolist()[:4] == [True] * 4


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("新建学校3所。由市教育局牵头，市财政局、各县区配合。", "由市教育局牵头,市财政局、各县区配合"),
        ("新建学校3所。市教育局（牵头）、市财政局（配合）。", "市教育局(牵头)、市财政局(配合)"),
        ("种草10万亩。由自治区农牧厅负责，各盟行政公署、市人民政府配合。", "由自治区农牧厅负责,各盟行政公署、市人民政府配合"),
        ("推进通办。（长沙市、吉安市政务服务、卫生健康部门）", "长沙市、吉安市政务服务、卫生健康部门"),
        ("新建学校3所。由市教育局牵头制定方案。", None),
        ("新建学校3所。此项工作由市教育局负责。", None),
        ("新建学校3所。由市教育局牵头，市财政局配合，抓好组织实施。", None),
        ("新建学校3所。各级各部门抓好落实。", None),
        ("由市教育局负责。", None),
    ],
)
def test_a_last_sentence_of_agencies_and_roles_is_a_duty_list(text, duty):
    assert [words for _, _, words in parts(text)] == ([duty] if duty else [])
