"""Tables of tasks, indicators, projects and people: any columns, any order, with or without a header, rows cut and merged."""

from itertools import pairwise

import pytest

from lanxikit.reading.lines import read
from lanxikit.segmenting.blocks import blocks
from lanxikit.segmenting.columns import header, infer, second
from lanxikit.segmenting.outline import Outline
from tests.clock import within


def rows(text):
    """(kind, ordinal, heading, text) of each row of a table, its header left out."""
    found = Outline(text, blocks(text)).build()
    assert all(a.end == b.start for a, b in pairwise(found)) and found[-1].end == len(text)
    return [(p.kind, p.ordinal, p.heading, read(text, p.spans)) for p in found if p.kind != "table_header"]


def table(*lines):
    return "\n".join("\t".join(line.split("/")) for line in lines) + "\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (  # the common order
            ("序号/重点任务/工作举措/责任单位/完成时限", "1/优化布局/建设园区2个，引进企业30家。/市发展改革委/2023年底"),
            [("task", "1", "优化布局", "建设园区2个，引进企业30家。"), ("duty", None, "责任单位", "市发展改革委"), ("deadline", None, "完成时限", "2023年底")],
        ),
        (  # duty and leader first
            ("序号/责任领导/责任单位/目标任务/工作内容/完成时间", "1/王五/市水务局/保障供水/建设水厂1座/12月底前"),
            [("cell", None, "序号", "1"), ("person", None, "责任领导", "王五"), ("duty", None, "责任单位", "市水务局"),
             ("task", "1", "保障供水", "建设水厂1座"), ("deadline", None, "完成时间", "12月底前")],
        ),
        (  # no column of measures: the task is the measure; two duty columns
            ("工作任务/牵头单位/配合单位", "新建学校5所/市教育局/市财政局 市住房城乡建设局"),
            [("task", None, None, "新建学校5所"), ("duty", None, "牵头单位", "市教育局"), ("duty", None, "配合单位", "市财政局 市住房城乡建设局")],
        ),
        (  # what is to be reached hangs on the measure
            ("任务名称/主要措施/年度目标/牵头部门", "改善水质/治理河道3条，新建湿地。/水质达到Ⅲ类/市生态环境局"),
            [("task", None, "改善水质", "治理河道3条，新建湿地。"), ("outcome", None, "年度目标", "水质达到Ⅲ类"), ("duty", None, "牵头部门", "市生态环境局")],
        ),
        (  # projects
            ("序号/项目名称/建设内容及规模/总投资（亿元）/建设年限/责任单位/备注", "1/某水库/新建水库1座，库容500万立方米/5.2/2021—2025/市水务局/续建"),
            [("task", "1", "某水库", "新建水库1座，库容500万立方米"), ("outcome", None, "总投资（亿元）", "5.2"), ("deadline", None, "建设年限", "2021—2025"),
             ("duty", None, "责任单位", "市水务局"), ("cell", None, "备注", "续建")],
        ),
        (  # indicators
            ("指标/单位/2020年/2025年/属性", "森林覆盖率/%/35/36.5/约束性"),
            [("task", None, None, "森林覆盖率 % 35 36.5 约束性")],
        ),
        (("序号/姓名/职务/联系电话", "1/张三/局长/0971-1234567"), [("cell", None, None, "1张三局长0971-1234567")]),  # people
        (  # no number column, numbers in the cells
            ("任务/牵头单位", "1.新建水厂2座。/市水务局", "2.改造管网10公里。/市城管局"),
            [("task", "1", None, "新建水厂2座。"), ("duty", None, "牵头单位", "市水务局"), ("task", "2", None, "改造管网10公里。"), ("duty", None, "牵头单位", "市城管局")],
        ),
        (  # several measures in one cell with one duty: one leaf
            ("重点任务/具体措施/责任单位", "优化环境/1.推行一网通办。2.压减时限50%。/市政务服务局"),
            [("task", None, "优化环境", "1.推行一网通办。2.压减时限50%。"), ("duty", None, "责任单位", "市政务服务局")],
        ),
        (  # the word for the row above stays
            ("序号/任务/责任单位", "1/新建学校5所/市教育局", "2/改造校舍3所/同上", "合计/8所/"),
            [("task", "1", None, "新建学校5所"), ("duty", None, "责任单位", "市教育局"), ("task", "2", None, "改造校舍3所"), ("duty", None, "责任单位", "同上"), ("cell", None, None, "合计8所")],
        ),
        (  # 单位 alone names an agency where no indicator has units
            ("序号/任务/单位", "1/新建学校5所/市教育局"), [("task", "1", None, "新建学校5所"), ("duty", None, "单位", "市教育局")],
        ),
    ],
)  # fmt: skip
def test_columns_in_any_order(lines, expected):
    assert rows(table(*lines)) == expected


def test_a_blank_or_repeated_task_cell_holds_for_its_rows():
    text = table("序号/重点任务/工作举措/责任单位", "1/产业协同/建设园区2个。/市工信局", "2//引进企业30家。/市投促局", "3/产业协同/办好展会1场。/市商务局")
    assert [(heading, words) for kind, _, heading, words in rows(text) if kind == "task"] == [
        ("产业协同", "建设园区2个。"), ("产业协同", "引进企业30家。"), ("产业协同", "办好展会1场。"),
    ]  # fmt: skip


def test_heading_spans_lead_to_the_task_cell():
    text = table("重点任务/工作举措/责任单位", "西宁协同/建设园区2个。/市工信局", "/引进企业30家。/市投促局")
    tasks = [p for p in Outline(text, blocks(text)).build() if p.kind == "task"]
    assert [read(text, p.heading_spans) for p in tasks] == ["西宁协同", "西宁协同"]


def test_a_header_of_two_rows():
    text = table("序号/重点任务/工作举措/责任单位//完成时限", "///牵头单位/配合单位/", "1/优化布局/建设园区2个。/市工信局/市财政局/年底前")
    assert rows(text) == [
        ("task", "1", "优化布局", "建设园区2个。"), ("duty", None, "牵头单位", "市工信局"), ("duty", None, "配合单位", "市财政局"), ("deadline", None, "完成时限", "年底前"),
    ]  # fmt: skip


def test_a_header_of_two_rows_whose_merged_cells_are_repeated():
    text = table("序号/重点任务/责任单位/责任单位", "序号/重点任务/牵头/配合", "1/新建学校5所/市教育局/市财政局")
    assert rows(text) == [("task", "1", None, "新建学校5所"), ("duty", None, "牵头", "市教育局"), ("duty", None, "配合", "市财政局")]


def test_no_header_the_columns_are_told_from_all_rows():
    text = table("1/建设公园2个。/市城管局/市财政局/2023年底", "2/修缮学校5所。/市教育局/各县区政府/6月底前", "3/改造管网20公里。/市水务局//年底前")
    assert rows(text)[:4] == [
        ("task", "1", None, "建设公园2个。"), ("duty", None, "牵头单位", "市城管局"), ("duty", None, "配合单位", "市财政局"), ("deadline", None, "完成时限", "2023年底"),
    ]  # fmt: skip
    assert rows(text)[-2:] == [("duty", None, "牵头单位", "市水务局"), ("deadline", None, "完成时限", "年底前")]


def test_a_row_wrapped_over_lines_is_one_row():
    text = "序号\t重点任务\t工作举措\t责任单位\t完成时限\n1\t优化布局\t1.建设园区2个；\n2.引进企业30家。\t市工信局、\n市财政局\t2023年底\n2\t开放合作\t办好展会。\t市商务局\t6月底\n"
    assert rows(text)[:3] == [("task", "1", "优化布局", "1.建设园区2个；2.引进企业30家。"), ("duty", None, "责任单位", "市工信局、市财政局"), ("deadline", None, "完成时限", "2023年底")]
    assert [words for kind, *_, words in rows(text) if kind == "task"][1:] == ["办好展会。"]


def test_a_row_cut_by_a_page_goes_on_behind_the_repeated_header():
    text = table("序号/重点任务/工作举措/责任单位", "1/承接转移/签约项目10个，/市投促局", "序号/重点任务/工作举措/责任单位", "//到位资金5亿元。/", "2/扩大开放/举办展会3场。/市商务局")
    assert [row for row in rows(text) if row[0] in ("task", "outcome")] == [
        ("task", "1", "承接转移", "签约项目10个，"), ("outcome", None, "工作举措", "到位资金5亿元。"), ("task", "2", "扩大开放", "举办展会3场。"),
    ]  # fmt: skip


def test_rows_that_head_others():
    text = table("序号/重点任务/工作举措/责任单位", "一、产业协同///", "（一）园区///", "1/优化布局/建设园区2个。/市工信局", "二、交通互联", "2/畅通路网/修建公路3条。/市交通运输局")
    text += "生态共治\n" + table("3/治理流域/治理河道5条。/市水务局")
    found = Outline(text, blocks(text)).build()
    assert [p.path for p in found if p.kind == "task"] == [("一、产业协同", "（一）园区"), ("二、交通互联",), ("二、交通互联", "生态共治")]


def test_markdown_tables():
    text = "| 序号 | 任务 | 措施 | 责任单位 |\n| :-: | --- | --- | --- |\n| 一、教育 | | | |\n| 1 | 新建学校 | 新建学校3所；<br>扩建2所。 | 市教育局<br>市财政局 |\n"
    assert rows(text) == [
        ("heading", "一", None, "一、教育"), ("task", "1", "新建学校", "新建学校3所；扩建2所。"), ("duty", None, "责任单位", "市教育局"), ("duty", None, "责任单位", "市财政局"),
    ]  # fmt: skip


def test_header_words():
    assert header(["序号", "工作举措", "责任单位"]) == [("ordinal", "序号"), ("measure", "工作举措"), ("duty", "责任单位")]
    assert header(["1", "新建学校5所，配齐教师。", "市教育局"]) is None and header(["指标", "单位", "2025年"]) is not None
    assert second(["1", "", "5"], [("ordinal", "序号"), ("task", "任务"), ("value", "目标")]) is None


def test_infer_nothing_from_nothing():
    assert infer([]) == [] and infer([["", ""]]) == [("other", ""), ("other", "")]


def test_many_rows_are_linear():
    text = table("序号/重点任务/工作举措/责任单位", *(f"{n}/任务/完成{n}项工作。/市财政局" for n in range(4000)))
    stretch = blocks(text)
    within(4, lambda: Outline(text, stretch).build())


def test_headings_of_a_table_count_apart_from_the_text_around():
    text = "一、要求\n各地要抓好落实。\n二、分工\n" + table("序号/重点任务/工作举措/责任单位", "一、产业", "1/优化布局/建设园区2个。/市工信局", "二、交通", "2/畅通路网/修建公路3条。/市交通运输局")
    text += "三、保障\n1.加强领导，落实责任。\n"
    found = Outline(text, blocks(text)).build()
    assert [p.path for p in found if p.kind in ("task", "measure")] == [("二、分工", "一、产业"), ("二、分工", "二、交通"), ("三、保障",)]


def test_columns_without_a_listed_name_head_the_measures():
    text = table("类别/序号/攻坚点/具体任务/责任单位", "民生事业/1/教育/新建学校5所，新增学位3000个。/市教育局", "/2/医疗/新建医院3所，新增床位900张。/市卫生健康委")
    found = [p for p in Outline(text, blocks(text)).build() if p.kind == "task"]
    assert [(p.path, p.heading, read(text, p.spans)) for p in found] == [
        (("民生事业",), "教育", "新建学校5所，新增学位3000个。"), (("民生事业",), "医疗", "新建医院3所，新增床位900张。"),
    ]


def test_a_form_without_entries_has_no_leaves():
    assert [kind for kind, *_ in rows("序号\t煤矿名称\t建设地点\t产能\t总投资\t备注\n\t\t\t\t\t\n")] == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (  # both columns under 工作举措 are measures
            ("序号/重点任务/工作举措//责任单位", "1/优化布局/园区建设/新建园区2个，盘活用地500亩。/市工信局"),
            [("task", "1", "优化布局", "园区建设 新建园区2个，盘活用地500亩。"), ("duty", None, "责任单位", "市工信局")],
        ),
        (  # both under 责任单位 are agencies
            ("序号/任务/责任单位/", "1/新建学校5所/市教育局/市财政局"),
            [("task", "1", None, "新建学校5所"), ("duty", None, "责任单位", "市教育局"), ("duty", None, "责任单位", "市财政局")],
        ),
        (  # what is no agency is none
            ("序号/任务/责任单位/", "1/新建学校5所/市教育局/已完成"),
            [("task", "1", None, "新建学校5所"), ("duty", None, "责任单位", "市教育局"), ("cell", None, None, "已完成")],
        ),
        (  # a task column over two is the task and what is to be done
            ("工作任务//年度目标/责任单位", "基础设施/老旧小区改造/完成20个/市住建局"),
            [("task", None, "基础设施", "老旧小区改造"), ("outcome", None, "年度目标", "完成20个"), ("duty", None, "责任单位", "市住建局")],
        ),
        (  # indicators: the row is a leaf of its own though its group is merged
            ("主要指标//2020年/2025年/属性", "创新驱动/研发投入强度（%）/1.2/1.8/预期性", "创新驱动/发明专利（件）/3/5/预期性"),
            [("task", None, None, "创新驱动 研发投入强度（%） 1.2 1.8 预期性"), ("task", None, None, "创新驱动 发明专利（件） 3 5 预期性")],
        ),
        (  # a number column without a name
            ("/重点任务/工作举措/责任单位", "1/优化布局/新建园区2个。/市工信局"),
            [("task", "1", "优化布局", "新建园区2个。"), ("duty", None, "责任单位", "市工信局")],
        ),
    ],
)  # fmt: skip
def test_what_stands_under_an_unnamed_cell_of_the_header_belongs_to_the_one_on_its_left(lines, expected):
    assert rows(table(*lines)) == expected


@pytest.mark.parametrize("below", ["///一季度/二季度/", "序号/项目名称/建设内容/一季度/二季度/责任单位"])
def test_a_cell_of_the_header_is_divided_into_names_of_no_list(below):
    text = table("序号/项目名称/建设内容/年度目标//责任单位", below, "1/某水库/新建水库1座/完成招标/完成主体30%/市水务局")
    assert rows(text) == [
        ("task", "1", "某水库", "新建水库1座"), ("outcome", None, "一季度", "完成招标"), ("outcome", None, "二季度", "完成主体30%"), ("duty", None, "责任单位", "市水务局"),
    ]  # fmt: skip


def test_a_divided_header_of_indicators_has_rows_of_indicators():
    text = table("序号/主要指标//2020年/2025年", "/类别/名称//", "1/绿色发展/森林覆盖率（%）/35/36.5")
    assert rows(text) == [("task", "1", None, "绿色发展 森林覆盖率（%） 35 36.5")]


def test_a_header_of_three_rows():
    text = table("序号/工作任务/责任分工//", "//责任领导/责任单位/", "///牵头/配合", "1/新建园区2个/王五/市工信局/市财政局")
    assert [row[0::2] for row in rows(text)] == [("task", None), ("person", "责任领导"), ("duty", "牵头"), ("duty", "配合")]


@pytest.mark.parametrize("between", ["| --- | --- | --- | --- |\n", "— 3 —\n"])
def test_a_header_goes_on_behind_a_rule_or_a_page(between):
    first, second_ = ("| 序号 | 任务 | 责任单位 | |\n", "| | | 牵头 | 配合 |\n") if "|" in between else (table("序号/任务/责任单位/"), table("//牵头/配合"))
    row = "| 1 | 修路3条 | 市交通局 | 市财政局 |\n" if "|" in between else table("1/修路3条/市交通局/市财政局")
    assert [found for found in rows(first + between + second_ + row) if found[0] != "page"] == [
        ("task", "1", None, "修路3条"), ("duty", None, "牵头", "市交通局"), ("duty", None, "配合", "市财政局"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "second_row",
    [
        "1/优化布局/引进企业30家，到位资金5亿元。/市工信局",  # the number is a merged cell that the reader repeats
        "//引进企业30家，到位资金5亿元。/市投促局",  # it is blank, and the row has an agency of its own
    ],
)
def test_rows_below_a_merged_number_are_leaves_of_their_own(second_row):
    text = table("序号/重点任务/工作举措/责任单位", "1/优化布局/新建园区2个，盘活用地500亩/市工信局", second_row, "2/扩大开放/举办展会3场/市商务局")
    assert [(heading, words) for kind, _, heading, words in rows(text) if kind == "task"] == [
        ("优化布局", "新建园区2个，盘活用地500亩"), ("优化布局", "引进企业30家，到位资金5亿元。"), ("扩大开放", "举办展会3场"),
    ]  # fmt: skip


def test_two_columns_of_one_name_over_the_task_both_stand_in_the_path():
    text = table("任务类别///工作举措/责任单位", "产业/工业/技改/实施技改项目30个。/市工信局", "//数字化/建设数字车间5个。/市工信局", "民生/教育/扩容/新增学位3000个。/市教育局")
    found = [p for p in Outline(text, blocks(text)).build() if p.kind == "task"]
    assert [(p.path, p.heading) for p in found] == [(("产业", "工业"), "技改"), (("产业", "工业"), "数字化"), (("民生", "教育"), "扩容")]


def test_a_breakdown_by_region():
    text = table("县区/播种面积（万亩）/粮食产量（万吨）", "甲县/10/5.5", "乙县/20/9")
    assert rows(text) == [("task", None, None, "甲县 10 5.5"), ("task", None, None, "乙县 20 9")]


def test_what_somebody_is_answerable_for_is_no_agency():
    text = table("序号/责任事项/主要职责/责任单位", "1/消防安全监管/推进消防车通道标识化管理。/市消防救援支队")
    assert [found for found in rows(text) if found[0] == "duty"] == [("duty", None, "责任单位", "市消防救援支队")]
    text = table("指标/目标值/考核单位", "绿化率/85%/市林业局")
    assert ("duty", None, "考核单位", "市林业局") in rows(text)
