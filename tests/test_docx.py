"""Word files: what Word shows is what is read."""

from __future__ import annotations

import io

import pytest
from docx_fixtures import NAMES, W, docx, level, listed, numbering, p, tbl, tc

from lanxikit.errors import ReadingError
from lanxikit.reading.formats.docx import read
from lanxikit.reading.formats.docx_numbering import numeral
from tests.clock import within


def lines(body, **parts):
    return read(docx(body, **parts), "a.docx").text.splitlines()


OFFICIAL = {
    0: [
        level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>'),
        level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>'),
        level(2, "decimal", "%3."),
        level(3, "decimal", "（%4）"),
        level(4, "decimalEnclosedCircle", "%5", '<w:suff w:val="nothing"/>'),
    ]
}


def test_the_five_levels_of_official_documents():
    body = "".join(
        listed(text, 1, depth)
        for text, depth in [
            ("总体要求", 0), ("指导思想", 1), ("坚持", 2), ("推进", 2), ("其一", 3), ("甲", 4), ("乙", 4), ("基本原则", 1), ("坚持", 2),
            ("重点任务", 0), ("产业", 1),
        ]
    )  # fmt: skip
    assert lines(body, numbering=numbering(OFFICIAL, {1: (0, "")})) == [
        "一、总体要求", "（一）指导思想", "1. 坚持", "2. 推进", "（1）其一", "①甲", "②乙", "（二）基本原则", "1. 坚持", "二、重点任务", "（一）产业",
    ]  # fmt: skip


def test_articles_count_on_through_chapters():
    rows = [
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    ]
    body = listed("总则", 1) + listed("为了发展", 1, 1) + listed("本法", 1, 1) + listed("职责", 1) + listed("政府", 1, 1)
    assert lines(body, numbering=numbering({0: rows}, {1: (0, "")})) == [
        "第一章 总则", "第一条 为了发展", "第二条 本法", "第二章 职责", "第三条 政府",
    ]  # fmt: skip


def test_decimal_numbers_and_legal_form():
    rows = [
        level(0, "chineseCounting", "第%1部分"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    ]
    body = listed("概况", 1) + listed("现状", 1, 1) + listed("人口", 1, 2) + listed("问题", 1, 1) + listed("面积", 1, 2)
    assert lines(body, numbering=numbering({0: rows}, {1: (0, "")})) == [
        "第一部分 概况", "1.1 现状", "1.1.1 人口", "1.2 问题", "1.2.1 面积",
    ]  # fmt: skip


def test_a_level_never_used_shows_its_start():
    rows = [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")]
    assert lines(listed("甲", 1, 1), numbering=numbering({0: rows}, {1: (0, "")})) == ["1.1 甲"]


def test_lists_of_one_definition_count_on_unless_overridden():
    rows = {0: [level(0, "decimal", "%1.")]}
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    five = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = "".join(listed("x", number) for number in (1, 1, 2, 3, 3, 4, 4))
    found = lines(body, numbering=numbering(rows, {1: (0, ""), 2: (0, ""), 3: (0, again), 4: (0, five)}))
    assert [line.split()[0] for line in found] == ["1.", "2.", "3.", "1.", "2.", "5.", "6."]


def test_an_override_may_hold_a_level_of_its_own():
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    assert lines(listed("甲", 1), numbering=numbering({0: [level(0, "decimal", "%1.")]}, {1: (0, other)})) == ["A)甲"]


def test_restart_after_a_named_level_only():
    rows = [level(0, "decimal", "%1"), level(1, "decimal", "%2)"), level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>')]
    body = "".join(listed("x", 1, depth) for depth in (0, 1, 2, 1, 2, 0, 2))
    found = [line[:-1].strip() for line in lines(body, numbering=numbering({0: rows}, {1: (0, "")}))]
    assert found == ["1", "1)", "a)", "2)", "b)", "2", "a)"]


STYLES = f"""<w:styles {NAMES}>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2a"><w:name w:val="own"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 3"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="dark"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="numbering" w:styleId="kind"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
</w:styles>"""


def styled(text, style, more=""):
    return p(text, f'<w:pStyle w:val="{style}"/>{more}')


def test_numbers_that_come_from_styles():
    rows = dict(OFFICIAL)
    rows[0] = [*rows[0][:2], level(2, "decimal", "%3．", '<w:pStyle w:val="3"/>')]
    body = styled("总则", "1") + styled("目标", "2") + styled("任务", "2a") + styled("其一", "3") + styled("前言", "loop")
    body += styled("无号", "1", '<w:numPr><w:numId w:val="0"/></w:numPr>') + styled("措施", "1")
    assert lines(body, styles=STYLES, numbering=numbering(rows, {1: (0, "")})) == [
        "一、总则", "（一）目标", "（二）任务", "1．其一", "前言", "无号", "二、措施",
    ]  # fmt: skip


def test_a_definition_that_points_at_a_numbering_style():
    definitions = {0: ['<w:styleLink w:val="kind"/>', *OFFICIAL[0]], 1: ['<w:numStyleLink w:val="kind"/>']}
    body = listed("甲", 1) + listed("乙", 1)
    assert lines(body, styles=STYLES, numbering=numbering(definitions, {1: (1, ""), 7: (0, "")})) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("chineseCounting", "一 十 十一 二十 二十一 一百 一百零一 一百一十 一百一十五"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾壹 贰拾 贰拾壹 壹佰 壹佰零壹 壹佰壹拾 壹佰壹拾伍"),
        ("upperRoman", "I X XI XX XXI C CI CX CXV"),
        ("decimalZero", "01 10 11 20 21 100 101 110 115"),
        ("decimalFullWidth", "１ １０ １１ ２０ ２１ １００ １０１ １１０ １１５"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ ⑳ ㉑ 100 101 110 115"),
        ("ideographTraditional", "甲 癸 甲 癸 甲 癸 甲 癸 戊"),
        ("ideographDigital", "一 一〇 一一 二〇 二一 一〇〇 一〇一 一一〇 一一五"),
        ("lowerLetter", "a j k t u vvvv wwww ffffff kkkkk"),
        ("noSuchForm", "1 10 11 20 21 100 101 110 115"),
    ],
)
def test_numerals(form, expected):
    numbers = (1, 10, 11, 20, 21, 100, 101, 110, 115)
    if form == "lowerLetter":
        assert [numeral(n, form) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "zz", "aaa"]
    else:
        assert " ".join(numeral(n, form) for n in numbers) == expected


def test_large_and_hostile_numbers():
    assert numeral(10_305, "chineseCounting") == "一万零三百零五"
    assert numeral(10**12, "chineseCounting") == str(10**12) and numeral(0, "chineseCounting") == "零"
    assert numeral(-1, "upperRoman") == "-1" and numeral(10**9, "lowerLetter") == str(10**9)


def test_bullets_look_like_bullets():
    rows = [level(0, "bullet", "\uf06c"), level(1, "bullet", "—")]
    body = listed("甲", 1) + listed("乙", 1, 1)
    assert lines(body, numbering=numbering({0: rows}, {1: (0, "")})) == ["● 甲", "— 乙"]


def test_table_with_merged_cells_and_numbers_in_cells():
    rows = numbering({0: [level(0, "decimal", "%1")]}, {1: (0, "")})
    table = tbl(
        [tc("序号"), tc("任务"), tc("责任单位")],
        [tc("一、产业协同", '<w:gridSpan w:val="3"/>')],
        [tc(listed("", 1)), tc(p("修路") + p("架桥")), tc("交通局", '<w:vMerge w:val="restart"/>')],
        [tc(listed("", 1)), tc("种树"), tc("", "<w:vMerge/>")],
    )
    assert lines(table, numbering=rows) == [
        "序号\t任务\t责任单位", "一、产业协同", "1\t修路 架桥\t交通局", "2\t种树\t交通局",
    ]  # fmt: skip


def test_a_table_of_one_column_is_a_box_and_its_paragraphs_are_lines():
    assert lines(tbl([tc(p("专栏1 重大工程") + p("1.铁路"))])) == ["专栏1 重大工程", "1.铁路"]


def test_a_table_that_only_frames_a_table():
    inner = tbl([tc("序号"), tc("任务")], [tc("1"), tc("修路")])
    assert lines(tbl([tc(p("清单") + inner), tc("")])) == ["清单", "序号\t任务", "1\t修路"]


def test_a_small_table_in_a_cell_stays_in_its_cell():
    inner = tbl([tc("甲"), tc("乙")])
    found = lines(tbl([tc("1"), tc(p("建设园区，完善基础设施，推进产业协同发展") + inner + p(""))]))
    assert found == ["1\t建设园区，完善基础设施，推进产业协同发展 甲 乙"]


def test_rows_and_cells_in_content_controls():
    row = f"<w:sdt><w:sdtContent><w:tr>{tc('1')}<w:sdt><w:sdtContent>{tc('修路')}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>"
    body = f"<w:tbl><w:tr>{tc('序号')}{tc('任务')}</w:tr>{row}</w:tbl><w:sdt><w:sdtPr/><w:sdtContent>{p('完')}</w:sdtContent></w:sdt>"
    assert lines(body) == ["序号\t任务", "1\t修路", "完"]


def test_a_tab_in_a_paragraph_is_no_table():
    body = p("甲", inside="<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type='page'/></w:r>")
    assert lines(body) == ["甲 乙", "丙"]


def test_tracked_changes():
    body = p("一、", inside="<w:ins><w:r><w:t>加快</w:t></w:r></w:ins><w:del><w:r><w:delText>推进</w:delText></w:r></w:del><w:r><w:t>建设</w:t></w:r>")
    body += p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半")
    body += f"<w:tbl><w:tr>{tc('1')}{tc('甲')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{tc('2')}{tc('乙')}</w:tr></w:tbl>"
    reading = read(docx(body), "a.docx")
    assert reading.text == "一、加快建设\n前半后半\n1\t甲\n" and "tracked changes" in reading.notes[0]


def test_deleted_and_hidden_paragraphs_are_not_counted():
    mark = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = p("", f"{mark}<w:rPr><w:del/></w:rPr>", "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>")
    dark = p("", f"{mark}<w:rPr><w:vanish/></w:rPr>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>")
    found = lines(listed("甲", 1) + gone + dark + listed("乙", 1), numbering=numbering(OFFICIAL, {1: (0, "")}))
    assert [line for line in found if line] == ["一、甲", "二、乙"]


def test_a_prompt_of_an_empty_control_is_no_text():
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert lines(prompt.format(p("单击此处输入文字")) + p("甲", inside=prompt.format("<w:r><w:t>日期</w:t></w:r>"))) == ["甲"]


def test_hidden_text_is_dropped_and_said():
    body = p("公开", inside="<w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r><w:r><w:rPr><w:rStyle w:val='dark'/></w:rPr><w:t>暗</w:t></w:r>"
             "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>内容</w:t></w:r>")  # fmt: skip
    reading = read(docx(body, styles=STYLES), "a.docx")
    assert reading.text == "公开内容\n" and reading.notes == ("hidden text was left out",)


def box(text):
    content = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once():
    assert lines(p("正文", inside=box("专栏")) + p("末尾")) == ["正文", "专栏", "末尾"]
    assert lines(p("", inside="<w:r><w:pict><v:textbox><w:txbxContent>" + p("框") + "</w:txbxContent></v:textbox></w:pict></w:r>")) == ["框"]


def test_fields_show_their_result():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://192.0.2.1" </w:instrText></w:r>'
        '<w:r><w:t>暗码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>网址</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    circled = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>eq \\o\\ac(○,3)</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
    link = '<w:hyperlink r:id="out"><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple w:instr="SEQ"><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    assert lines(p("见", inside=field + circled + link)) == ["见网址③链接7"]


def test_a_field_that_never_ends_swallows_nothing_after_its_paragraph():
    assert lines(p("甲", inside='<w:r><w:fldChar w:fldCharType="begin"/><w:t>码</w:t></w:r>') + p("乙")) == ["甲", "乙"]


def test_table_of_contents_is_kept():
    toc = '<w:r><w:t>一、总则</w:t><w:tab/><w:t>1</w:t></w:r>'
    body = f'<w:p><w:pPr><w:pStyle w:val="toc1"/></w:pPr><w:hyperlink w:anchor="x">{toc}</w:hyperlink></w:p>'
    assert lines(body, styles=STYLES) == ["一、总则……1"]


def test_signs_marks_and_powers():
    inside = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>保\u00ad护</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>100km</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>huáng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>湟</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert lines(p("", inside=inside)) == ["☑保护-100km²湟1/3"]


def test_notes_stand_at_the_end_in_the_order_of_the_text():
    def ref(kind, key):
        return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'

    foot = f'<w:footnotes {NAMES}><w:footnote w:id="-1" w:type="separator">{p("x")}</w:footnote><w:footnote w:id="2">{p("乙")}</w:footnote><w:footnote w:id="1">{p("甲")}</w:footnote></w:footnotes>'
    end = f'<w:endnotes {NAMES}><w:endnote w:id="1">{p("尾")}</w:endnote></w:endnotes>'
    body = p("一", inside=ref("footnote", 2)) + p("二", inside=ref("endnote", 1) + ref("footnote", 1))
    assert lines(body, footnotes=foot, endnotes=end) == ["一", "二", "[1] 乙", "[2] 尾", "[3] 甲"]


def test_heads_are_left_out_but_for_a_number_and_title_found_nowhere_else():
    head = f"<w:hdr {NAMES}>{p('兰政发〔2022〕5号')}{p('兰州市人民政府文件')}{p('内部资料')}{p('兰州市发展规划')}</w:hdr>"
    assert lines(p("兰州市发展规划") + p("正文"), header1=head) == ["兰州市人民政府文件", "兰政发〔2022〕5号", "兰州市发展规划", "正文"]


def test_strict_form_of_the_standard():
    names = NAMES.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert lines(p("一、总则"), names=names) == ["一、总则"]


def test_made_by_python_docx():
    import docx as library

    document = library.Document()
    document.add_paragraph("兰州市规划")
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "序号", "任务", "1"
    table.cell(1, 1).text = "修路"
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue(), "a.docx").text == "兰州市规划\n1. 甲\n2. 乙\n序号\t任务\n1\t修路\n"


@pytest.mark.parametrize(
    ("body", "what"),
    [("", "no text"), (p(" "), "no text"), (p("", inside="<w:r><w:drawing><a:blip r:embed='x'/></w:drawing></w:r>"), "pictures only")],
)
def test_nothing_to_read(body, what):
    with pytest.raises(ReadingError, match=what) as caught:
        read(docx(body), "a.docx")
    assert caught.value.where == "a.docx" and caught.value.todo


def test_what_is_not_read_is_said():
    members = {"word/vbaProject.bin": b"\x00"}
    body = p("甲", inside="<w:r><w:drawing><a:blip r:embed='x'/></w:drawing></w:r>") + "<w:altChunk r:id='x'/>"
    notes = " ".join(read(docx(body, members=members), "a.docx").notes)
    assert "1 picture" in notes and "another format" in notes and "macros" in notes


def test_any_shape_of_xml_is_survived():
    strange = ["<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:p/>", "<w:p><w:r><w:sym w:char='zz'/><w:fldChar w:fldCharType='end'/></w:r></w:p>",
               "<w:p><w:pPr><w:numPr><w:ilvl w:val='x'/><w:numId w:val='9'/></w:numPr></w:pPr></w:p>",
               "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='-5'/><w:vMerge/></w:tcPr></w:tc><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr></w:tc></w:tr></w:tbl>",
               "<w:p><m:f/></w:p>", "<mc:AlternateContent/>"]  # fmt: skip
    assert lines("".join(strange) + p("完"))[-1] == "完"


def test_a_long_document_takes_little_time():
    fields = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>x</w:t></w:r>' * 20_000
    body = "".join(listed("推进产业协同发展" * 10, 1, depth % 5) for depth in range(5_000)) + p("甲", inside=fields)
    body += tbl(*[[tc(str(row)), tc("修路"), tc("交通局", "<w:vMerge/>")] for row in range(2_000)])
    data = docx(body, styles=STYLES, numbering=numbering(OFFICIAL, {1: (0, "")}))
    assert len(within(8, lambda: read(data, "a.docx")).text.splitlines()) == 7_001


def test_the_five_as_word_files_hold_the_same_text(corpus):
    for document in corpus:
        rows = [line.split("\t") for line in document.text.replace("<", "‹").replace("&", "＆").split("\n")]
        body = "".join(p(row[0]) if len(row) == 1 else tbl([tc(cell) for cell in row]) for row in rows)
        found = read(docx(body), "a.docx").text
        assert "".join(found.split()) == "".join("".join(cell for row in rows for cell in row).split())
