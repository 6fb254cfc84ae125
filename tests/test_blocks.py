"""Lines, page numbers, contents, footnotes, 附件 lines: what a line is shows in the line or in the whole file."""


import pytest

import lanxikit as lx
from lanxikit.reading.corpus import from_texts
from lanxikit.reading.lines import lines
from lanxikit.reading.pagewords import page_kind
from lanxikit.segmenting.annexes import annex_lines
from lanxikit.segmenting.blocks import blocks
from lanxikit.segmenting.contents import contents_lines
from lanxikit.segmenting.footnotes import footnote_lines
from lanxikit.segmenting.layout import layout
from lanxikit.segmenting.pages import page_lines
from lanxikit.segmenting.seams import seams
from tests.clock import grows


def texts(source):
    return [block.text for block in blocks(source)]


def forms(source):
    return [block.form for block in blocks(source)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**责任单位：**市水务局", "责任单位：市水务局"),
        ("> 来源：[市政府](https://a.cn/b.html)", "来源：市政府"),
        ("- 加强组织领导", "加强组织领导"),
        ("- 3 -", "- 3 -"),
        ("1. **优化布局。**修路", "1.优化布局。修路"),
        ("### （一）目标", "（一）目标"),
        ("![图](a.png)一、任务", "一、任务"),
        ("G109线 New  Area", "G109线New Area"),
        ("到 2 0 2 5 年 建 成", "到2025年建成"),
        ("----------", ""),
        ("```", ""),
        ("[附件](见下)", "[附件](见下)"),
    ],
)
def test_what_is_read_of_a_line(raw, text):
    assert [line.text for line in lines(raw)] == [text]


@pytest.mark.parametrize(
    ("raw", "tabs"),
    [("1\t任务\t单位", True), ("一、\t总体要求", False), ("责任单位：\t市水务局", False), ("|1|甲|乙|", True), ("索引号：1\t机构：乙", False)],
)
def test_which_lines_are_rows(raw, tabs):
    assert lines(raw)[0].tabs is tabs


def test_a_number_cut_by_a_wrap_is_one_number():
    assert texts("甲市方案\n一、任务\n1.建设公路，到20\n25年完成投资3\n00万元，新增PP\nP项目5个。\n")[-1] == "1.建设公路，到2025年完成投资300万元，新增PPP项目5个。"


PAGES = ["— 3 —", "- 3 -", "－3－", "第3页", "第 3 页 共 10 页", "3/10", "·3·", "Page 3 of 10"]


@pytest.mark.parametrize("number", PAGES)
def test_page_numbers_in_a_sentence_are_absorbed(number):
    assert texts(f"甲市方案\n一、任务\n1.建设公路，完善农村路网，到2025年完\n{number}\n成投资300万元。\n")[-1] == (
        "1.建设公路，完善农村路网，到2025年完成投资300万元。"
    )


@pytest.mark.parametrize("number", PAGES)
def test_page_numbers_between_items_are_rows(number):
    assert forms(f"甲市方案\n一、任务\n1.建设公路。\n{number}\n2.建设公园。\n") == ["plain", "marker", "marker", "page", "marker"]


def test_bare_numbers_are_page_numbers_only_where_they_run_with_the_pages():
    cells = "1\n建设公路\n市交通局\n2\n建设公园\n市园林局\n3\n建设学校\n市教育局\n"
    found = lines(cells)
    assert page_lines(found, [line.folded for line in found], [False] * len(found)) == set()
    pages = "建设公路，完善路网，到2025年底前完\n1\n成投资300万元，建设公园，新增绿地面积达\n2\n到50公顷。\n"
    found = lines(pages)
    assert page_lines(found, [line.folded for line in found], [False] * len(found)) == {1, 3}


def test_contents_end_where_the_first_heading_comes_back():
    folded = ["规划", "目录", "一、基础......1", "二、目", "标与任务......3", "一、基础", "甲。", "二、目标与任务", "乙。"]
    assert sorted(contents_lines(folded, ["、" in t for t in folded], set())) == [1, 2, 3, 4]


def test_chapters_announced_without_a_word():
    folded = ["条例", "第一章总则", "第二章管理", "第三章附则", "第一章总则", "第一条甲。", "第二章管理", "第二条乙。", "第三章附则", "第三条丙。"]
    assert sorted(contents_lines(folded, ["第" in t for t in folded], set())) == [1, 2, 3]


def test_headings_that_come_once_are_no_contents():
    folded = ["一、基础", "甲。", "二、目标", "乙。"]
    assert contents_lines(folded, [True, False, True, False], set()) == set()


@pytest.mark.parametrize(
    ("folded", "found"),
    [
        (["建设“两带”[1]。", "[1]两带:甲和乙。"], [1]),
        (["建设“两带”①。", "①两带:甲和乙。"], [1]),
        (["做好以下工作:①建设公园;②修路。", "①建设公园。", "②修路。"], []),
        (["①建设公园。", "②修路。"], []),
        (["注:指标为约束性。"], [0]),
        (["注重实效。", "[附件]"], []),
    ],
)
def test_footnotes(folded, found):
    assert sorted(footnote_lines(folded)) == found


@pytest.mark.parametrize(
    ("folded", "found"),
    [
        (["附件:1.分工表", "2.计划表", "甲市人民政府"], "ll."),
        (["附件:", "1.分工表", "2.计划表", "2023年1月5日"], "lll."),
        (["附件", "1.建设公园,新增绿地5公顷。", "2.修路10公里。"], "a.."),
        (["附件1", "分工表", "1.甲。", "附件2", "计划表", "1.乙。"], "a..a.."),
        (["附件1.分工表", "附件2.计划表", "甲市人民政府", "附件1", "分工表"], "ll.a."),
        (["附件:甲市2023年重点工作任务及责任单位分", "解一览表", "甲市人民政府"], "lw."),
        (["附近居民反映强烈的问题。", "附件1所列项目按期完成。", "附属工程同步建设。"], "..."),
        (["附表:甲市重点项目表", "一、交通项目", "修路10公里。"], "a.."),
    ],
)
def test_annexes(folded, found):
    marks = annex_lines(folded, set())
    code = {i: ("w" if mark.wrapped else "l") if mark.listed else "a" for i, mark in marks.items()}
    assert "".join(code.get(i, ".") for i in range(len(folded))) == found


@pytest.mark.parametrize(
    ("line", "kind"),
    [("打印", "navigation"), ("打印设备统一采购,节约资金。", None), ("当前位置:首页>政策", "navigation"), ("ICP备12345号", "footer"), ("抄送:市委。", "copy"), ("原标题:甲", "note"), ("特急", "letterhead"), ("特急件处理", None)],
)
def test_words_of_a_page(line, kind):
    assert page_kind(line) == kind


def test_layout_of_a_wrapped_and_of_a_free_text():
    wrapped = "　　现将工作安排如下，请认真\n抓好落实。\n" * 4
    assert (layout(lines(wrapped)).width > 0, layout(lines(wrapped)).indented) == (True, True)
    assert layout(lines("一、甲\n1.建设公园。\n2.修路，并建设学校和医院，完善设施。\n" * 4)).width == 0


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("关于印发方案的通知甲政发〔2023〕5号各县人民政府:方案已经同意,现印发给你们。", 4),
        ("甲市若干规定甲政办〔2021〕21号", 2),
        ("到2025年5月6日前完成。2023年5月1日起施行。", 1),
        ("请认真落实。甲市人民政府2023年5月6日抄送:市委。", 4),
    ],
)
def test_seams(text, pieces):
    assert len(seams(text)) + 1 == pieces


HOSTILE = {
    "numbers": "一、" * 50_000, "brackets": "（一）" * 33_000, "quotes": "“" * 100_000, "books": "《" * 100_000, "dots": "…" * 100_000,
    "annexes": "附件1\n" * 20_000, "dates": "2023年5月6日" * 10_000, "bare": "\n".join(map(str, range(15_000))), "gaps": "甲 " * 50_000,
    "organs": "甲市人民政府\n" * 8_000, "contents": "目录\n" + "第一章总则\n" * 12_000, "dashes": "——甲。" * 20_000, "links": "[a](http://" * 9_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_linear_time(name):
    text = HOSTILE[name]
    part = text[: len(text) // 4]  # four times the text; sixteen times the time would be quadratic
    found = grows(8, lambda: blocks(part), lambda: blocks(text), floor=0.3)
    assert "".join(text[block.start : block.end] for block in found) == text


def test_measures_that_end_in_dots_are_no_table_of_contents():
    text = "兰州市方案\n一、任务\n" + "".join(f"{n}.推进第{n}项工作……\n" for n in range(1, 5))
    units = lx.segment(from_texts({"a": text}))
    assert units["is_leaf"].sum() == 4 and not (units["kind"] == "contents").any()
