"""The outline of a body: headings, leaves, paths; run-in headings, lead-ins, articles, bullets, boxes, closing paragraphs."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lanxikit as lx
from lanxikit.reading.corpus import from_texts
from lanxikit.reading.lines import read
from lanxikit.segmenting.blocks import blocks
from lanxikit.segmenting.outline import Outline
from lanxikit.tables.segmenting import LEAF_KINDS
from tests.clock import within


def pieces(text, path=()):
    return Outline(text, blocks(text), path=path).build()


def leaves(text, **given_):
    """(path, ordinal, heading, text) of each leaf."""
    return [(p.path, p.ordinal, p.heading, read(text, p.spans)) for p in pieces(text, **given_) if p.kind in LEAF_KINDS]


def kinds(text):
    return [(p.kind, read(text, p.spans)) for p in pieces(text)]


def test_levels_skipped_and_counts_that_run_on():
    text = "一、产业\n1.建设园区，引进企业。\n2.培育主体，办好展会。\n二、交通\n（一）公路\n3.修建公路，改造桥梁。\n（二）铁路\n4.新建铁路，改造车站。\n"
    assert [(path, ordinal) for path, ordinal, *_ in leaves(text)] == [
        (("一、产业",), "1"), (("一、产业",), "2"), (("二、交通", "（一）公路"), "3"), (("二、交通", "（二）铁路"), "4"),
    ]  # fmt: skip


def test_the_outer_path_stands_before_every_path():
    assert leaves("一、产业\n1.建设园区，引进企业。\n", path=("重点任务分工表",))[0][0] == ("重点任务分工表", "一、产业")


def test_a_scan_does_not_change_the_outline():
    clean = "一、总则\n（一）甲事项，要办好。\n（二）乙事项，要办好。\n二、任务\n1.丙事项，要办好。\n2.丁事项，要办好。\n"
    spoilt = "—、总则\n（ー）甲事项，要办好。\n（二 乙事项，要办好。\n二．任务\nl.丙事项，要办好。\n2,丁事项，要办好。\n"
    assert [row[1:] for row in leaves(spoilt)] == [row[1:] for row in leaves(clean)]
    assert [len(row[0]) for row in leaves(spoilt)] == [1, 1, 1, 1]


def test_numbers_with_a_blank_only():
    text = "1 总则\n1.1 目标\n建成学校5所，新增学位100个。\n1.2 原则\n坚持统筹，坚持创新。\n2 任务\n2.1 教育\n2.1.1 新建学校5所，配齐教师。\n2.1.2 改造校舍3所，更新设备。\n"
    assert [path for path, *_ in leaves(text)] == [
        ("1总则", "1.1目标"), ("1总则", "1.2原则"), ("2任务", "2.1教育"), ("2任务", "2.1教育"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）优化布局。构建新格局，建设园区。\n（二）提升能力。建设基地，培训人员。\n", [("优化布局", "构建新格局，建设园区。"), ("提升能力", "建设基地，培训人员。")]),
        ("1.强化领导，压实责任。成立专班，定期调度。\n2.强化督查，严格考核。建立台账，定期通报。\n", [("强化领导，压实责任", "成立专班，定期调度。"), ("强化督查，严格考核", "建立台账，定期通报。")]),
        ("1.**优化布局**构建新格局，建设园区。\n2.**提升能力**建设基地，培训人员。\n", [("优化布局", "构建新格局，建设园区。"), ("提升能力", "建设基地，培训人员。")]),
        ("**1.优化布局。**构建新格局，建设园区。\n**2.提升能力。**建设基地，培训人员。\n", [("优化布局", "构建新格局，建设园区。"), ("提升能力", "建设基地，培训人员。")]),
        ("1.【优化布局】构建新格局，建设园区。\n2.【提升能力】建设基地，培训人员。\n", [("优化布局", "构建新格局，建设园区。"), ("提升能力", "建设基地，培训人员。")]),
        ("1.优化布局：构建新格局，建设园区。\n2.提升能力：建设基地，培训人员。\n", [("优化布局", "构建新格局，建设园区。"), ("提升能力", "建设基地，培训人员。")]),
        ("1.完成投资10亿元。建设园区，引进企业。\n2.推进园区建设，加快招商引资。办好展会。\n3.推进放管服改革，审批加快。优化服务。\n", [(None, "完成投资10亿元。建设园区，引进企业。")]),
    ],
)  # fmt: skip
def test_headings_run_into_paragraphs(text, expected):
    assert [(heading, words) for _, _, heading, words in leaves(text)][: len(expected)] == expected


def test_titles_of_one_style_do_not_hide_run_in_headings_of_another_section():
    text = "一、任务\n（一）产业\n1.建设园区，引进企业。\n（二）交通\n1.修建公路，改造桥梁。\n二、保障\n（一）加强领导。成立专班，定期调度。\n（二）加强督查。建立台账，定期通报。\n（三）加强宣传。用好媒体，营造氛围。\n"
    assert [heading for *_, heading, _ in leaves(text)][2:] == ["加强领导", "加强督查", "加强宣传"]


def test_heading_spans_lead_to_the_heading():
    text = "1.优化布局。构建新格局，建设园区。\n2.提升能力。建设基地，培训人员。\n"
    assert [read(text, piece.heading_spans) for piece in pieces(text)] == ["优化布局", "提升能力"]


def test_a_measure_with_items_is_leaf_and_heading():
    text = "1.新建幼儿园12所，加强师资。\n（1）改造危房，按时完工。\n（2）新建学校，按时完工。\n2.新建医院。\n"
    assert [(path, ordinal) for path, ordinal, *_ in leaves(text)] == [
        ((), "1"), (("1.新建幼儿园12所，加强师资。",), "1"), (("1.新建幼儿园12所，加强师资。",), "2"), ((), "2"),
    ]  # fmt: skip


def test_a_title_with_text_before_its_items_gives_a_paragraph_or_a_lead():
    text = "1.完善供水。保障安全，提高水质。\n（1）新建水厂，按时完工。\n2.完善供电。重点抓好以下工作：\n（1）改造电网，按时完工。\n"
    assert kinds(text) == [
        ("heading", "1.完善供水。"), ("paragraph", "保障安全，提高水质。"), ("measure", "新建水厂，按时完工。"),
        ("heading", "2.完善供电。"), ("lead", "重点抓好以下工作："), ("measure", "改造电网，按时完工。"),
    ]  # fmt: skip


def test_headings_without_a_number():
    text = "发展目标\n到2025年，建成学校5所，新增学位3000个。\n到2030年，建成学校9所，新增学位5000个。\n工作要求\n各地要加强领导，落实责任，确保完成任务。\n"
    assert [path for path, *_ in leaves(text)] == [("发展目标",), ("发展目标",), ("工作要求",)]


def test_paragraphs_below_a_measure_belong_to_it_and_keep_their_duty():
    text = "一、任务\n1.新建学校，配齐教师。\n改造校舍，更新设备。（责任单位：市教育局）\n2.新建医院，配齐医生。\n——建设门诊楼。\n"
    assert [words for *_, words in leaves(text)] == ["新建学校，配齐教师。改造校舍，更新设备。", "新建医院，配齐医生。——建设门诊楼。"]
    assert [(p.kind, read(text, p.spans), p.parent) for p in pieces(text) if p.kind == "duty"] == [("duty", "市教育局", 1)]


def test_the_closing_paragraph_is_a_leaf_of_its_own():
    text = "一、任务\n1.新建学校，配齐教师。\n2.新建医院，配齐医生。\n各县区要结合实际抓好落实。\n本方案自发布之日起施行。\n"
    assert [(path, words) for path, _, _, words in leaves(text)][2:] == [((), "各县区要结合实际抓好落实。"), ((), "本方案自发布之日起施行。")]


def test_articles_keep_their_paragraphs_and_items():
    text = "第一章 总则\n第一条【目的】为规范管理，制定本办法。\n第二条 【职责】政府应当采取下列措施：\n（一）增加投入：\n1.财政投入；\n2.企业投入；\n（二）完善机制。\n违反前款规定的，依法处理。\n第二章 附则\n第三条 【施行】本办法自公布之日起施行。\n"
    assert leaves(text) == [
        (("第一章总则",), "一", "目的", "为规范管理，制定本办法。"),
        (("第一章总则",), "二", "职责", "政府应当采取下列措施：（一）增加投入：1.财政投入；2.企业投入；（二）完善机制。违反前款规定的，依法处理。"),
        (("第二章附则",), "三", "施行", "本办法自公布之日起施行。"),
    ]


def test_points_on_lines_of_their_own_are_measures():
    text = "一、重点抓好以下工作：\n一是深化改革，放宽准入。\n二是强化监管，公开信息。\n二、其他工作\n推进宣传，营造氛围。\n"
    assert [(path, ordinal, words) for path, ordinal, _, words in leaves(text)] == [
        (("一、重点抓好以下工作：",), "一", "深化改革，放宽准入。"), (("一、重点抓好以下工作：",), "二", "强化监管，公开信息。"), (("二、其他工作",), None, "推进宣传，营造氛围。"),
    ]  # fmt: skip


def test_a_box_ends_where_the_outer_count_goes_on():
    text = "一、任务\n（一）产业\n1.建设园区，引进企业。\n专栏1 产业工程\n1.电商工程，建设园区。\n2.文旅工程，建设景区。\n（二）交通\n1.修建公路，改造桥梁。\n"
    assert [path for path, *_ in leaves(text)] == [
        ("一、任务", "（一）产业"), ("一、任务", "（一）产业", "专栏1产业工程"), ("一、任务", "（一）产业", "专栏1产业工程"), ("一、任务", "（二）交通"),
    ]  # fmt: skip


WORDS = st.sampled_from(
    ["一、总则", "二、任务", "（一）目标。", "（二）推进改革，放宽准入。", "1.建设园区。引进企业，办好展会。", "2.改造桥梁", "(1)新建学校", "①一", "1.1 目标", "第一章 总则", "第三条 为了管理，制定本办法。",
     "（三）其他；", "一是深化改革，放宽准入。", "—、总则", "l.推进", "（ー）甲", "专栏1 工程", "发展目标", "各地要抓好落实。", "重点抓好以下工作：", "责任单位：市水务局", "——成效显著。", "**优化布局。**建设园区。",
     "序号\t重点任务\t工作举措\t责任单位", "1\t任务\t完成100项。\t市财政局", "\t\t续文。\t", "2\t任务", "合计\t\t\t", "|任务|单位|", "|---|---|", "", "3.5G网络", "2023年，建设5座。", "本方案自发布之日起施行。"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=30).map("\n".join))
def test_every_order_of_lines_tiles_and_loses_no_text(text):
    found = pieces(text)
    stretch = blocks(text)
    assert [p.start for p in found][:1] == [b.start for b in stretch][:1]
    assert all(a.end == b.start for a, b in pairwise(found)) and (not found or found[-1].end == stretch[-1].end)
    assert all(p.parent is None or 0 <= p.parent < len(found) for p in found)
    for piece in found:
        assert all(a < b for a, b in piece.spans)
        assert not piece.spans or (piece.start <= piece.spans[0][0] and piece.spans[-1][1] <= piece.end)
    numbered = [p for p in found if p.kind in LEAF_KINDS]
    assert all(p.spans or p.heading for p in numbered if p.kind != "measure")


def test_a_large_body_is_linear():
    text = "".join(f"{n % 300 + 1}.推进工作，落实责任，完成任务{n}项。\n改造设施。\n" for n in range(4000))
    stretch = blocks(text)
    within(4, lambda: Outline(text, stretch).build())


def test_long_first_sentences_are_no_headings():
    text = "一、落实网络安全等级保护和关键信息基础设施安全保护制度。培养数字人才。\n二、推进旅游厕所、标识标牌、游客服务中心等设施提标改造。挖掘文化内涵。\n"
    assert [heading for *_, heading, _ in leaves(text)] == [None, None]


def test_a_numbered_title_with_a_comma_is_a_heading():
    text = "一、拓宽就业渠道，促进高质量充分就业\n（一）支持企业。返还保费。\n（二）鼓励创业。发放贷款。\n二、全力以赴扩内需，推动经济运行回升向好\n全年安排重点项目320个，年度投资580亿元，力争新开工亿元以上产业项目280个。\n办好消费节。\n"
    assert [(path[-1], words) for path, _, _, words in leaves(text)] == [
        ("一、拓宽就业渠道，促进高质量充分就业", "返还保费。"),
        ("一、拓宽就业渠道，促进高质量充分就业", "发放贷款。"),
        ("二、全力以赴扩内需，推动经济运行回升向好", "全年安排重点项目320个，年度投资580亿元，力争新开工亿元以上产业项目280个。"),
        ("二、全力以赴扩内需，推动经济运行回升向好", "办好消费节。"),
    ]


def test_what_says_from_when_the_text_holds_is_a_leaf_of_its_own():
    text = "一、任务\n1.深化改革，压缩时限。\n2.建立容错纠错机制。\n本实施意见自2023年7月1日起施行。\n以前规定与本意见不一致的，以本意见为准。\n有效期两年。\n"
    assert [words for _, _, _, words in leaves(text)] == [
        "深化改革，压缩时限。", "建立容错纠错机制。", "本实施意见自2023年7月1日起施行。", "以前规定与本意见不一致的，以本意见为准。", "有效期两年。",
    ]


def test_a_number_of_the_text_behind_an_item_number():
    text = "一、安排\n1.2023年启动试点。\n2.2024年全面推开。\n3.11月底前完成考核。\n4.100%完成整改。\n"
    assert [words for _, _, _, words in leaves(text)] == ["2023年启动试点。", "2024年全面推开。", "11月底前完成考核。", "100%完成整改。"]


def test_points_head_nothing_and_the_appeal_stands_alone():
    text = "一、自身建设\n一是提升行政效能。\n二是坚持依法行政。\n三是严守廉洁底线。\n各位代表！让我们为建设强市而奋斗！\n"
    assert [words for _, _, _, words in leaves(text)] == ["提升行政效能。", "坚持依法行政。", "严守廉洁底线。", "各位代表！让我们为建设强市而奋斗！"]


def test_a_bracket_of_agencies_with_a_note_on_what_is_left_out():
    for left, right in ("（）", "[]"):
        text = f"一、任务\n（一）优化布局。完成编制。{left}市水务局牵头，各县区政府按职责分工负责落实。以下均需各县区政府落实，不再列出{right}\n（二）修路。修路三条。\n"
        assert leaves(text)[0][2:] == ("优化布局", "完成编制。")
        assert ("duty", "市水务局牵头，各县区政府按职责分工负责落实") in kinds(text)
    told = "一、任务\n（一）优化布局。完成编制。（市水务局牵头负责。完成情况要定期通报）\n（二）修路。修路三条。\n"
    assert leaves(told)[0][3].endswith("通报）")


def test_a_subject_is_no_label():
    text = "一、文件\n（一）建设单位现场管理机构、人员等文件。\n（二）建设单位和施工单位，监理单位的资质。\n"
    assert [row[3] for row in leaves(text)] == ["建设单位现场管理机构、人员等文件。", "建设单位和施工单位，监理单位的资质。"]
    assert ("duty", "市水务局、市财政局") in kinds("一、任务\n（一）修建公路，改造桥梁。\n责任单位 市水务局、市财政局\n")


def test_articles_of_an_excerpt():
    text = "第二条　本办法适用于本市。\n第三十七条　违反本办法的，按以下标准处罚：\n（一）情节轻微的，处罚款；\n（二）情节严重的，停产。\n第四十六条 参照执行。\n"
    assert [(row[1], row[3]) for row in leaves(text)] == [
        ("二", "本办法适用于本市。"),
        ("三十七", "违反本办法的，按以下标准处罚：（一）情节轻微的，处罚款；（二）情节严重的，停产。"),
        ("四十六", "参照执行。"),
    ]


@pytest.mark.parametrize("left, right", ["（）", "[]", "【】", "〔〕"])
def test_a_bracket_of_duties_ends_its_item(left, right):
    text = f"一、实施\n1.加强领导。压实责任。{left}责任单位：市水务局{right}\n本方案自印发之日起施行。\n"
    assert [row[3] for row in leaves(text)] == ["加强领导。压实责任。", "本方案自印发之日起施行。"]


@pytest.mark.parametrize(
    "words", ["会议要求，各有关单位要加强领导。", "会议强调，要压实责任。", "请各单位于3月底前报送总结。", "附则：本方案自发文之日起实施。"]
)
def test_what_closes_a_text_is_a_paragraph_of_its_own(words):
    assert leaves(f"一、任务\n1.修路。修路三条。\n2.造桥。造桥一座。\n{words}\n")[-1][3] == words
    within = f"一、任务\n1.修路。修路三条。\n{words}\n2.造桥。造桥一座。\n"
    assert leaves(within)[0][3] == f"修路三条。{words}"


def test_a_closed_heading_among_headings():
    text = "一、提高站位，压实责任。\n各级各部门要加强领导，统筹推进各项工作。\n二、强化督查，确保落实\n督查部门要定期检查各项工作。\n三、加强宣传，营造氛围\n宣传部门要做好宣传工作。\n"
    assert leaves(text)[0] == (("一、提高站位，压实责任。",), None, None, "各级各部门要加强领导，统筹推进各项工作。")
    alone = "一、提高站位，压实责任。\n各级要加强领导。\n二、新建学校，加强师资建设，三年内新增学位三千个。\n三、修建公路，改造桥梁，三年内通车里程三百公里。\n"
    assert leaves(alone)[0][1] == "一"


def test_a_short_line_with_a_colon_above_its_list_leads_it_in():
    text = "一、民生\n今年，继续办好为民办实事项目：\n一是建学校三所；\n二是修路三条。\n"
    assert kinds(text)[1] == ("lead", "今年，继续办好为民办实事项目：")
    assert [row[1] for row in leaves(text)] == ["一", "二"]


def test_a_title_with_nothing_but_duties_below():
    text = "一、任务\n1.建立制度。完善机制，落实责任。\n2.责任分工\n牵头单位：市民政局。\n二、保障\n1.责任分工\n牵头单位：市财政局。\n"
    assert [(row[1], row[3]) for row in leaves(text)] == [("1", "建立制度。完善机制，落实责任。"), ("1", "责任分工")]
    found = pieces(text)
    duty = next(piece for piece in found if piece.kind == "duty")
    assert found[duty.parent].ordinal == "1" and ("heading", "2.责任分工") in kinds(text)
    task = "一、任务\n1.修路。修路三条。\n2.建设公园\n责任单位：市住建局\n"
    assert leaves(task)[-1][3] == "建设公园"


def test_a_report_turns_to_the_whole_of_it():
    turns = "同时，我们也清醒认识到，发展不充分。", "各位代表！过去一年的成绩来之不易。"
    text = "一、回顾\n1.提速。经济增长。\n2.民生。办成实事。\n" + "\n".join(turns) + "\n二、工作\n1.修路。修路三条。\n"
    assert [row[3] for row in leaves(text)[2:4]] == list(turns)
    within = "一、回顾\n1.提速。经济增长。\n同时，我们也清醒认识到，发展不充分。\n2.民生。办成实事。\n"
    assert len(leaves(within)) == 2


def test_a_line_between_two_rows_goes_on_with_the_last_cell():
    text = "指标\t单位\t2025年\t属性\n产值\t亿元\t200\t预\n期性\n投资\t亿元\t90\t预期性\n民生福祉\n人口\t万人\t20\t预期性\n"
    assert [(row[0], row[3]) for row in leaves(text)] == [
        ((), "产值 亿元 200 预期性"),
        ((), "投资 亿元 90 预期性"),
        (("民生福祉",), "人口 万人 20 预期性"),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("1.到2025年，**建成学校**，完善师资配置。\n2.加强领导，**压实责任**，推动工作落实。\n", [None, None]),
        ("1.**建成学校**，完善师资配置，提升质量。\n2.**压实责任**，推动工作落实，形成合力。\n", [None, None]),
        ("1.**建成学校。**完善师资配置，**提升质量**。\n2.**压实责任：**推动工作落实，形成合力。\n", ["建成学校", "压实责任"]),
        ("各部门要**密切配合**，形成合力。\n\n**压实责任**，推动工作落实，形成合力。\n\n**压实责任。**推动工作落实，形成合力。\n", [None, None, "压实责任"]),
    ],
)  # fmt: skip
def test_bold_type_is_a_heading_only_where_it_opens_the_item_and_closes(text, headings):
    assert [heading for *_, heading, _ in leaves(text)] == headings


def test_the_one_blank_of_an_item_parts_its_heading_where_its_siblings_are_headings():
    text = "一、总体要求 坚持统筹，分步推进，按期完成任务。\n二、主要任务\n（一）建设公园五座。\n（二）修路三条。\n"
    assert leaves(text)[0][2:] == ("总体要求", "坚持统筹，分步推进，按期完成任务。")
    spaced = text.replace("分步推进", "分步 推进")
    assert leaves(spaced)[0][2] is None


@pytest.mark.parametrize("text", ["势\n单位：游厅、物局、报\n，推", "势\n单位：游厅（\n，推（单位：徽省"])
def test_a_label_that_a_later_line_belies_loses_nothing(text):
    units = lx.segment(from_texts({"a": text}))
    assert "".join(text[row.start : row.end] for row in units.itertuples()) == text
