"""Web pages of governments, as their site builders lay them out: the body whole, the site gone."""


import making
import pytest

from lanxikit.errors import ReadingError
from lanxikit.reading.formats import html, html_lines, html_nesting
from tests.clock import within

TITLE = "临河县人民政府办公室关于印发临河县产业协同行动方案的通知"
BODY = [
    "各乡镇人民政府，县政府各部门：",
    "《临河县产业协同行动方案》已经县政府同意，现印发给你们，请认真贯彻执行。",
    "临河县人民政府办公室",
    "2023年5月6日",
    "临河县产业协同行动方案",
    "为加快推进产业协同发展，根据省政府有关要求，结合我县实际，制定本方案。",
    "一、总体要求",
    "坚持市场主导、政府引导，到2025年，规模以上工业企业达到30家。",
    "二、重点任务",
    "（一）共建产业园区。支持龙头企业跨区布局，建设标准化厂房10万平方米。责任单位：县工信局、县商务局",
    "（二）畅通物流通道。建成物流园1个。",
    "三、保障措施",
    "附件：临河县产业协同重点任务分工表",
]
NAV = (
    '<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li>'
    '<li><a href="/fw/">政务服务</a></li></ul></div>'
    '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zw/">政务公开</a> &gt; <a href="/zw/gw">文件</a></div>'
)
TOOLS = '<div class="toolbar">字体：【<a>大</a> <a>中</a> <a>小</a>】 <a href="javascript:print()">打印</a> <a>关闭</a></div>'
SIDE = (
    '<div class="sidebar"><h3>相关链接</h3><ul><li><a href="/1.html">关于印发临河县2022年政务公开工作要点的通知，含任务分工</a></li>'
    '<li><a href="/2.html">临河县2021年国民经济和社会发展统计公报</a></li></ul></div>'
)
FOOT = (
    '<div class="footer"><p>主办：临河县人民政府办公室　承办：临河县政务服务中心</p>'
    "<p>甘ICP备05000001号　甘公网安备62000001号　网站标识码：6229000001</p></div>"
)
INDEX = (
    '<table class="xxgk_index"><tr><td>索 引 号：</td><td>LH001/2023-00012</td><td>主题分类：</td><td>工业、交通</td></tr>'
    "<tr><td>发文机关：</td><td>临河县人民政府办公室</td><td>成文日期：</td><td>2023-05-06</td></tr>"
    f"<tr><td>标　　题：</td><td colspan=3>{TITLE}</td></tr>"
    "<tr><td>发文字号：</td><td>临政办发〔2023〕12号</td><td>发布日期：</td><td>2023-05-08</td></tr></table>"
)
FIELDS = [
    "索引号：LH001/2023-00012",
    "主题分类：工业、交通",
    "发文机关：临河县人民政府办公室",
    "成文日期：2023-05-06",
    f"标题：{TITLE}",
    "发文字号：临政办发〔2023〕12号",
    "发布日期：2023-05-08",
]


def ps(lines=BODY, mark="<p>{}</p>"):
    return "\n".join(mark.format(line) for line in lines)


def page(inner, title=f"{TITLE}_临河县人民政府"):
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{inner}</body></html>'


def read(markup):
    return html.read(markup.encode() if isinstance(markup, str) else markup, "page.html")


def said(markup):
    return read(markup).text.rstrip("\n").split("\n")


WORD = (
    "<p class=MsoNormal style='text-indent:32.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US "
    "style='font-size:16.0pt;mso-fareast-font-family:仿宋_GB2312'><span style='mso-list:Ignore'>一、<span "
    "style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]><b><span style='font-family:黑体'>"
    "总体</span></b><span lang=EN-US>\n</span><span>要求</span><o:p></o:p></p>"
    "<!--[if gte mso 9]><xml><w:WordDocument>垃圾</w:WordDocument></xml><![endif]--><style>@font-face{font-family:仿宋}</style>"
    "<p class=MsoNormal>&nbsp;&nbsp;&nbsp;&nbsp;到<span lang=EN-US>2025</span>年，规模以上\n工业企业达到<font face=宋体>"
    "<span lang=EN-US>30</span></font>家。<o:p>&nbsp;</o:p></p>"
)

PAGES = {
    "trs": (page(NAV + INDEX + f"<h1>{TITLE}</h1>" + TOOLS + f'<div class="TRS_Editor">{ps()}</div>' + SIDE + FOOT), [*FIELDS, TITLE, *BODY]),
    "hanweb": (
        page(
            NAV
            + f'<div class="main"><div class="bt">{TITLE}</div><div class="ly">发布时间：2023-05-08 来源：县政府办公室 浏览次数：<span id=c></span>次</div>'
            + TOOLS
            + f'<div id="zoom">{ps(mark="<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>")}</div></div>'
            + FOOT
        ),
        [TITLE, *BODY],
    ),
    "ucap": (
        page(
            f'<header>{NAV}</header><div class="article"><h1>{TITLE}</h1><div class="pages-date">2023-05-08 16:00 <span>来源：县政府办</span></div>'
            f'<div id="UCAP-CONTENT"><span id="x">{ps(mark="<p style=text-indent:2em>{}</p>")}</span></div>'
            f'<div class="share"><a>微信</a><a>微博</a></div></div><footer>{FOOT}</footer>'
        ),
        [TITLE, *BODY],
    ),
    "old tables": (
        page(
            '<table width=980><tr><td><table><tr><td><a href="/">首页</a></td><td><a href="/a">县情概况</a></td></tr></table></td></tr>'
            '<tr><td><table><tr><td width=200><a href="/1">机构设置</a><br><a href="/2">领导之窗</a></td><td><table><tr><td align=center>'
            f"<font size=5>{TITLE}</font></td></tr><tr><td>{ps()}</td></tr></table></td></tr></table></td></tr>"
            "<tr><td align=center>版权所有：临河县人民政府</td></tr></table>"
        ),
        [TITLE, *BODY],
    ),
    "breaks only": (
        page(NAV + f"<h1>{TITLE}</h1>" + TOOLS + '<div class="content">' + "<br>\n".join("　　" + line for line in BODY) + "</div>" + FOOT),
        [TITLE, *BODY],
    ),
    "blanks only": (
        page(
            NAV + f"<h1>{TITLE}</h1>" + TOOLS + '<div class="content">' + BODY[5] + "　　一、加快发展。建设园区2个。　　二、强化保障。落实责任，"
            "严格考核。　　三、本方案自印发之日起施行。</div>" + FOOT
        ),
        [TITLE, BODY[5], "一、加快发展。建设园区2个。", "二、强化保障。落实责任，严格考核。", "三、本方案自印发之日起施行。"],
    ),
    "nested fonts": (
        page(
            NAV + TOOLS + '<div id="zoom">' + f"<p align=center><strong><font size=5><span>临河县人民政府办公室<br>关于印发</span>{TITLE[14:]}</font></strong></p>"
            + "".join(f"<p><span style='font-family:仿宋'><span>{line[:4]}</span><font>{line[4:9]}</font><strong>{line[9:]}</strong></span></p>" for line in BODY)
            + "</div>" + SIDE + FOOT
        ),
        ["临河县人民政府办公室", f"关于印发{TITLE[14:]}", *BODY],
    ),
    "word": (page(NAV + TOOLS + f'<div class="TRS_Editor"><div class=Section1>{WORD}</div></div>' + FOOT), [TITLE, "一、 总体要求", "到2025年，规模以上工业企业达到30家。"]),
    "lists": (
        page(
            NAV + TOOLS + '<div class="article-content"><p>现将有关事项通知如下，请认真落实。</p><ol start="3" style="list-style-type:cjk-ideographic"><li>加快建设产业园区，年内开工。</li>'
            "<li>完善政策，<b>强化</b>考核。<ol><li>落实资金5000万元，确保到位。</li><li value=5>建立台账，按月通报。</li></ol></li></ol>"
            "<ol><li>1. 已有编号的条目，不再编号。</li></ol><ul><li>没有编号的条目，照原样。</li></ul></div>" + FOOT,
            "关于做好产业协同工作的通知 - 临河县人民政府网",
        ),
        [
            "关于做好产业协同工作的通知", "现将有关事项通知如下，请认真落实。", "三、加快建设产业园区，年内开工。", "四、完善政策，强化考核。", "1. 落实资金5000万元，确保到位。",
            "5. 建立台账，按月通报。", "1. 已有编号的条目，不再编号。", "没有编号的条目，照原样。",
        ],
    ),
    "task table": (
        page(
            NAV + TOOLS + '<div id="zoom"><p>临河县重点任务清单，请各单位抓好落实。</p><table border=1><tr><th rowspan=2>序号</th><th rowspan=2>重点任务</th><th colspan=2>责任单位</th></tr>'
            "<tr><th>牵头单位</th><th>配合单位</th></tr><tr><td colspan=4><p><b>一、产业协同</b></p></td></tr><tr><td>1</td><td><p>建设园区，</p><p>引进企业10家。</p></td>"
            "<td rowspan=2>县工信局</td><td>县商务局</td></tr><tr><td>2</td><td>培育龙头企业3家。</td><td>县财政局<table><tr><td>县税务局</td><td>县统计局</td></tr></table></td></tr></table></div>" + FOOT
        ),
        [
            TITLE, "临河县重点任务清单，请各单位抓好落实。", "序号\t重点任务\t责任单位\t", "序号\t重点任务\t牵头单位\t配合单位", "一、产业协同",
            "1\t建设园区， 引进企业10家。\t县工信局\t县商务局", "2\t培育龙头企业3家。\t县工信局\t县财政局 县税务局 县统计局",
        ],
    ),
    "body in a frame of one cell": (
        page(NAV + TOOLS + f'<div id="zoom"><table border=1 width=90%><tr><td>{ps()}</td></tr></table></div>' + FOOT), [TITLE, *BODY]),
    "hidden": (
        page(
            NAV + TOOLS + f'<div id="zoom"><script>var a="<p>脚本，不是正文。</p>";</script><style>p{{color:red}}</style><noscript>请启用脚本，谢谢。</noscript>'
            f'<p style="display: none">这段隐藏的文字，浏览器不显示。</p><!-- 注释，不是正文。 -->{ps()}<p hidden>隐藏，不显示。</p></div>' + FOOT
        ),
        [TITLE, *BODY],
    ),
    "index as list": (
        page(
            NAV + '<ul class="xxgk"><li><b>索引号：</b>LH001</li><li><b>文　号：</b>临政办发〔2023〕12号</li><li><b>发布机构：</b>县政府办</li><li><label>有效性：</label><span>有效</span></li></ul>'
            f"<h1>{TITLE}</h1>" + TOOLS + f'<div class="content">{ps()}</div>' + FOOT
        ),
        ["索引号：LH001", "发文字号：临政办发〔2023〕12号", "发布机构：县政府办", "公文时效：有效", TITLE, *BODY],
    ),
    "index as terms": (
        page(NAV + f"<dl><dt>索引号</dt><dd>LH001</dd><dt>发文字号</dt><dd>临政办发〔2023〕12号</dd></dl><h1>{TITLE}</h1>" + TOOLS + f'<div class="txt">{ps()}</div>' + FOOT),
        ["索引号：LH001", "发文字号：临政办发〔2023〕12号", TITLE, *BODY],
    ),
    "attachments behind": (
        page(NAV + f"<h1>{TITLE}</h1>" + TOOLS + f'<div id="zoom">{ps()}</div>' + TOOLS + '<div class="fj"><p>附件：<a href="/f/1.docx">重点任务分工表.docx</a></p></div>' + SIDE + FOOT),
        [TITLE, *BODY, "附件：重点任务分工表.docx"],
    ),
    "two parts": (
        page(NAV + TOOLS + f'<div class="w"><div class="part">{ps(BODY[:5])}</div><div class="part">{ps(BODY[5:])}</div></div>' + SIDE + FOOT), [TITLE, *BODY]),
    "content called share": (page(NAV + TOOLS + f'<div class="share-box">{ps()}</div>' + FOOT), [TITLE, *BODY]),
    "nothing but paragraphs": (ps(), BODY),
    "form around all": (page(f'<form id="form1">{NAV}<h1>{TITLE}</h1>{TOOLS}<div id="zoom">{ps()}</div>{FOOT}</form>'), [TITLE, *BODY]),
    "header inside the article": (
        page(NAV + f'<article><header><h1>{TITLE}</h1><p>2023-05-08</p></header>{TOOLS}{ps()}<div class="share">分享到：<a href=#>微信</a></div></article>' + FOOT), [TITLE, *BODY]),
    "links inside the body": (
        page(
            NAV + TOOLS + '<div id="zoom"><a name="_Toc1">' + ps(BODY[:8]) + '</a><p><a href="/x">《临河县招商引资若干措施》</a></p>' + ps(BODY[8:])
            + '<p><a href="/y">下一篇：关于做好防汛工作的通知</a></p><ul><li><a href="/1">解读一：产业协同行动方案</a></li><li><a href="/2">解读二</a></li></ul></div>' + FOOT
        ),
        [TITLE, *BODY[:8], "《临河县招商引资若干措施》", *BODY[8:]],
    ),
    "tools inside the body": (
        page(NAV + f'<div class="content"><h1>{TITLE}</h1><p>【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</p><p><a href="javascript:p()">打印</a></p>{ps()}<p>扫一扫在手机打开当前页</p></div>' + FOOT),
        [TITLE, *BODY],
    ),
    "only a table": (
        page(NAV + f"<h1>{TITLE}</h1>" + TOOLS + '<div class="con"><table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>修路</td></tr><tr><td>2</td><td>架桥</td></tr></table></div>' + FOOT),
        [TITLE, "序号\t任务", "1\t修路", "2\t架桥"],
    ),
    "old gov.cn": (
        page(
            f'<table><tr><td><table class="bd1"><tbody><tr><td><b>索 引 号：</b></td><td>000014349/2023-00001</td><td><b>主题分类：</b></td><td>综合政务</td></tr></tbody></table>'
            f'</td></tr><tr><td id="UCAP-CONTENT" class="b12c">{ps()}</td></tr></table>' + FOOT
        ),
        ["索引号：000014349/2023-00001", "主题分类：综合政务", TITLE, *BODY],
    ),
    "headings and divs": (
        page(NAV + TOOLS + '<article>' + "".join(f"<h2>{line}</h2>" if line[1] == "、" else f"<div>{line}</div>" for line in BODY) + "</article><aside>" + SIDE + "</aside>" + FOOT),
        [TITLE, *BODY],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_body_is_whole(name):
    markup, expected = PAGES[name]
    found = said(markup)
    rest = iter(found)
    assert [line for line in expected if line not in rest] == [], found


@pytest.mark.parametrize("name", PAGES)
def test_the_site_is_gone(name):
    found = [line for line in said(PAGES[name][0]) if line not in PAGES[name][1]]
    assert [line for line in found if not line.startswith(("来源：", "发布时间：", "2023-05-08"))] == []


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8", "big5"])
def test_the_encoding_that_the_page_names(charset):
    line = "臨洮縣人民政府辦公室關於推進產業發展的通知" if charset == "big5" else "临洮县人民政府办公室——喆"
    codec = {"gb2312": "gb18030", "gbk": "gb18030"}.get(charset, charset)
    markup = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><p>{line}</p></body></html>'
    assert said(markup.encode(codec)) == [line]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030", "utf-8"])
def test_an_encoding_that_the_page_names_wrongly_or_not(codec):
    markup = '<html><head><meta charset="utf-8"></head><body><p>一、加快推进产业协同发展，建设园区。</p></body></html>'
    assert said(markup.encode(codec)) == ["一、加快推进产业协同发展，建设园区。"]


def test_spoilt_bytes_are_counted_not_refused():
    made = page(ps(BODY * 4)).encode().replace("市场主导".encode(), b"\xe5\xb8\xff\xe5", 1)
    read = html.read(made, "page.html")
    assert "一、总体要求" in read.text and "character(s)" in read.notes[0]


def test_made_documents_come_back():
    document = [("title", TITLE), *(("p", line) for line in BODY), ("table", [["序号", "任务"], [("一、产业", 1, 2)], ["1", "修路。"]])]
    assert said(making.as_html(document, charset="gb2312", before=NAV, after=FOOT)) == [TITLE, *BODY, "序号\t任务", "一、产业", "1\t修路。"]


def test_scripts_do_nothing():
    found = said('<body onload="alert(1)"><p>一、总体要求。<img src=x onerror="alert(2)"></p><script>alert(3)</script><a href="javascript:x()">甲</a><p>乙</p><svg><script>丙</script></svg>')
    assert found == ["一、总体要求。", "甲", "乙"]


def test_frames_are_named():
    read = html.read('<body><p>一、总体要求，加快发展。</p><iframe src="http://example.org/x">旧</iframe></body>'.encode(), "a")
    assert read.text == "一、总体要求，加快发展。\n" and "frame" in read.notes[0]
    with pytest.raises(ReadingError, match="no text") as caught:
        html.read(b'<frameset cols="20%,*"><frame src="a.html"><frame src="b.html"></frameset>', "a")
    assert "frame" in caught.value.todo


@pytest.mark.parametrize("data", [b"", b"   ", b"<html></html>", b"<script>x</script>", b"\x00\x01\x02\xff" * 50])
def test_pages_without_text_are_refused(data):
    with pytest.raises(ReadingError):
        html.read(data, "page.html")


HOSTILE = {
    "nested": "<div>" * 100_000 + "一、总体要求" + "</div>" * 100_000,
    "nested inline": "<b><font>" * 50_000 + "一、总体要求",
    "nested tables": "<table><tr><td>" * 30_000 + "一、总体要求",
    "nested lists": "<ol><li>" * 50_000 + "一、总体要求",
    "one line": "<p>一、总体要求" + "加快推进产业协同发展，" * 90_000 + "</p>",
    "blanks": "<p>一、总体要求" + " 　&nbsp;\n" * 200_000 + "</p>",
    "unclosed": "<p>一、总体要求<div class='x" + "<a href='" * 100_000,
    "malformed": "一、总体要求</div></p><<p><table><td></tr><p =\"<!-- <li " * 5_000,
    "colspan": "<table>" + "<tr><td colspan=1000000 rowspan=1000000>一、总体要求</td><td>乙</td></tr>" * 2_000 + "</table>",
    "breaks": "一、总体要求" + "<br>" * 300_000 + "乙",
    "attributes": "<p " + "a=1 " * 200_000 + ">一、总体要求</p>",
    "many small blocks": "<div>一、总体要求，甲。</div>" * 50_000,
    "entities": "<p>一、总体要求" + "&#x4e00;&amp;&#0;&#1114112;&bogus;" * 50_000 + "</p>",
    "tools": "<p>一、总体要求</p>" + "<p>大 中 小 | | | | | | | | | | | | | | | x</p>" * 5_000,
    "labels": "<p>一、总体要求</p>" + "<p>索引号：来源：时间：</p>" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_soon_and_keep_their_text(name):
    assert "一、总体要求" in within(20, lambda: html.read(HOSTILE[name].encode(), "page.html")).text


def test_text_below_the_cap_is_told():
    read = html.read(HOSTILE["nested"].encode(), "page.html")
    assert "nested too deep" in read.notes[0]
    assert html_nesting.flattened("<p>甲</p>" * 10) == ("<p>甲</p>" * 10, 0)


def test_blanks_are_a_browser_s():
    assert html_lines.normal("　　一、总体\n  要求  A\n B") == ["一、总体要求 A B"]
    assert html_lines.normal("\u200b 　") == []


@pytest.mark.parametrize("subset", [
    '<!ENTITY nbsp "&#160;">', "<!-- ]> --><!ELEMENT p (#PCDATA)>", '%x; <!ENTITY a "<p>]>"> <?x y?>',
])  # fmt: skip
def test_declarations_of_a_document_type_are_no_text(subset):
    text = said(f"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x.dtd' [ {subset} ]>" + page(ps()))
    assert text == said(page(ps())) and "]" not in "".join(text)


def test_a_document_type_that_never_ends_costs_nothing():
    text = "<!DOCTYPE html [" + "<!-- - " * 20_000 + page(ps("推进兰州西宁合作。" for _ in range(9)))
    within(3, lambda: said(text))


WORK = ["桑植县2021年工作要点", "为抓好工作，制定本要点。", "一、目标", "1．压实责任。各乡镇要落实到户。"]
MENU = "<ul><li>政府信息公开指南</li><li>政府信息公开制度</li><li>法定主动公开内容</li></ul>"
READINGS = "<div class='x'><h3>相关解读</h3><ul><li><a>《桑植县2021年工作要点》政策解读</a></li><li>县长谈粮食生产</li></ul></div>"


def plain(before="", behind="", title="甲县"):
    body = f"<h1>{WORK[0]}</h1>" + "".join(f"<p>{text}</p>" for text in WORK[1:])
    return html.read(
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{before}{body}{behind}</body></html>".encode(), "x"
    ).text.splitlines()


@pytest.mark.parametrize(("before", "behind", "title"), [
    (MENU, "", "甲县"), ("", READINGS, "甲县"), ("", "<p>《桑植县2021年工作要点》政策解读</p>", "甲县"), ("", "", "凉山州人民政府"),
])  # fmt: skip
def test_what_stands_beside_the_document_is_left_out(before, behind, title):
    assert plain(before, behind, title) == WORK


def test_items_of_the_text_itself_are_no_menu():
    items = "<ul><li>新建中心</li><li>改造敬老院</li></ul>"
    assert plain(behind=items) == [*WORK, "新建中心", "改造敬老院"]


def test_an_index_s_validity_is_no_row_of_the_text():
    rows = "<tr><td>索引号：</td><td>1/2021-1</td></tr><tr><td>公开日期：</td><td>2021-03-22</td><td>信息时效期：</td><td>2026-03-22</td></tr>"
    assert plain(f"<table>{rows}</table>") == ["索引号：1/2021-1", "发布日期：2021-03-22", "公文时效：2026-03-22", *WORK]


def test_the_head_of_a_table_is_no_index():
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (
        ("序号", "类别", "名称", "2020年", "2025年"), ("1", "经济", "生产总值（亿元）", "100", "150"),
    ))  # fmt: skip
    assert plain(behind=f"<table>{rows}</table>")[-2:] == ["序号\t类别\t名称\t2020年\t2025年", "1\t经济\t生产总值（亿元）\t100\t150"]
    assert not any(line.startswith("标题") for line in plain(behind=f"<table>{rows}</table>"))
