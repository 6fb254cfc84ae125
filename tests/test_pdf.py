"""PDF files with a text layer: running text, columns, tables, pages; and those that mean harm."""

import time
import zlib
from types import SimpleNamespace

import making
import pytest

from lanxikit.errors import ReadingError
from lanxikit.reading.formats import columns, flow, grid, ocr, pages, pdf, pdf_runs, ruled
from lanxikit.reading.formats.radicals import ordinary
from lanxikit.reading.formats.runs import Run

BODY = [
    "为加快推进产业协同发展，根据《省政府关于推进区域协调发展的意见》，结合我县实际，制定本方案。",
    "一、总体要求",
    "（一）指导思想。坚持市场主导、政府引导，深化改革、扩大开放，推动产业链、创新链、资金链、人才链深度融合，到2025年规模以上工业企业达到30家，研发经费支出占比提高到2.5%以上，城镇新增就业1.2万人。",
    "二、重点任务",
    "1. 共建产业园区。支持龙头企业跨区布局，建设标准化厂房10万平方米，引进G109国道沿线物流企业5家。",
    "责任单位：县工信局、县商务局",
    "2. 畅通物流通道。",
]
TABLE = [
    ["序号", "重点任务", "工作举措", "责任单位"],
    [("一、产业协同", 1, 4)],
    ["1", ("建设园区", 2, 1), "建设标准化厂房10万平方米，年底前完成主体工程并交付企业使用。", "县工信局"],
    ["2", "引进企业5家。", ("县商务局、县发展改革局", 2, 1)],
    ["3", "畅通物流", "建成物流园1个。"],
]
ROWS = [
    "序号\t重点任务\t工作举措\t责任单位",
    "一、产业协同",
    "1\t建设园区\t建设标准化厂房10万平方米，年底前完成主体工程并交付企业使用。\t县工信局",
    "2\t建设园区\t引进企业5家。\t县商务局、县发展改革局",
    "3\t畅通物流\t建成物流园1个。\t县商务局、县发展改革局",
]


def said(document, **how):
    return pdf.read(making.as_pdf(document, **how), "a.pdf").text.rstrip("\n").split("\n")


def p(*texts):
    return [("p", text) for text in texts]


def test_wrapped_lines_are_joined_and_page_numbers_stay_apart():
    assert said(p(*BODY)) == [*BODY, "— 1 —"]


def test_a_title_and_a_table():
    document = [("title", "产业协同行动方案"), *p(*BODY[:2]), ("table", TABLE), *p(BODY[3])]
    assert said(document) == ["产业协同行动方案", *BODY[:2], *ROWS, BODY[3], "— 1 —"]


def test_pages_begin_with_a_form_feed_and_have_heads():
    found = said(p(*BODY * 6), head="临河县人民政府文件")
    starts = [number for number, line in enumerate(found) if line.startswith("\f")]
    assert len(starts) >= 2 and all(found[number] == "\f临河县人民政府文件" for number in starts)
    assert [found[number - 1] for number in starts] == [f"— {count} —" for count in range(1, len(starts) + 1)]
    body = "".join(line for line in found if "临河县人民政府文件" not in line and not line.startswith("— "))
    assert body == "".join(BODY * 6)


def test_a_running_head_over_the_title_is_not_read_before_it():
    head = "临河县产业协同行动方案"
    found = said([("title", "关于印发产业协同行动方案的通知"), *p(*BODY * 7)], head=head)
    assert found[0] == "关于印发产业协同行动方案的通知" and found.count(head) == 1
    assert found[found.index(head) + 1] == "— 1 —" and found.count("\f" + head) >= 3


@pytest.mark.parametrize(("many", "known"), [(2, False), (3, True)])
def test_the_head_of_few_pages_of_many(many, known):
    made = []
    for number in range(20):
        texts = [(90, "产业体系")] * (number < many) + [(90 + 30 * row, f"正文第{number * 9 + row}行文字") for row in range(2, 24)]
        made.append(pages.Page([Run(80, top, 300, top + 12, text, 12) for top, text in texts], 842, 50))
    assert [bool(found) for found in pages._repeated(made)[:many]] == [known] * many


def test_two_columns_are_read_one_after_the_other():
    found = said(p(*BODY * 9), columns=2, size=10.5, head="临河县人民政府公报")
    assert "".join(line for line in found if "公报" not in line and not line.startswith("— ")) == "".join(BODY * 9)
    assert sum(line in BODY for line in found) >= 9 * len(BODY) - 4


def test_a_title_over_two_columns():
    runs = [Run(100, 10, 500, 30, "关于推进产业协同发展的意见", 20)]
    for number in range(12):
        left = Run(50 + 20 * (number == 0), 50 + 15 * number, 290, 60 + 15 * number, f"左{number:02d}" + "字" * 22, 10)
        right = Run(310, 53 + 15 * number, 550, 63 + 15 * number, f"右{number:02d}" + "字" * 22, 10)
        runs += [right, left]
    found = [line for rows in columns.bands(runs) for line in flow.paragraphs(rows)]
    assert len(found) == 3 and found[1].startswith("左00") and "左11" in found[1] and found[2].startswith("右00")


def test_a_list_in_two_columns_without_prose_is_read_by_rows():
    runs = [Run(x, 20 * n, x + 60, 20 * n + 12, f"{name}{n}", 12) for n in range(8) for x, name in ((50, "甲局"), (350, "乙局"))]
    assert columns.gutter(runs) is None


def lines(*places, size=16.0):
    return [[Run(x0, 28 * n, x1, 28 * n + size, text, size)] for n, (x0, x1, text) in enumerate(places)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # first lines indented, the last line of a paragraph full
        (lines((132, 500, "甲" * 23), (100, 500, "乙" * 25), (132, 300, "丙")), ["甲" * 23 + "乙" * 25, "丙"]),
        # no indents: a short line ends the paragraph
        (lines((100, 500, "甲" * 25), (100, 200, "乙。"), (100, 500, "丙" * 25)), ["甲" * 25 + "乙。", "丙" * 25]),
        # no indents, the last line full: a marker begins the next
        (lines((100, 500, "甲" * 24 + "。"), (100, 500, "二、" + "乙" * 23)), ["甲" * 24 + "。", "二、" + "乙" * 23]),
        # a number or a word that went down whole leaves a gap
        (lines((132, 500, "甲" * 23), (100, 460, "乙" * 20), (100, 300, "G109国道")), ["甲" * 23 + "乙" * 20 + "G109国道"]),
        # lines below a marker that hang further in
        (lines((100, 500, "1.甲" + "甲" * 22), (132, 500, "乙" * 23), (132, 200, "丙。")), ["1.甲" + "甲" * 22 + "乙" * 23 + "丙。"]),
        # a title in lines
        (lines((200, 400, "关于印发"), (150, 450, "产业方案的通知")), ["关于印发", "产业方案的通知"]),
    ],
)
def test_paragraphs(rows, expected):
    assert flow.paragraphs(rows) == expected


def test_a_table_goes_on_over_pages():
    table = [TABLE[0], *([str(n), f"任务{n}", "加快推进项目建设，年底前完成。" * 3, "县工信局"] for n in range(1, 40))]
    found = [line.strip("\f") for line in said([("table", table)]) if "\t" in line]
    assert found == ["\t".join(row) for row in table]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("3\t修路\t加快推进项\t县交通局", "\t\t目建设。\t", ["3\t修路\t加快推进项目建设。\t县交通局"]),
        ("3\t修路\t加快推进。\t县交通局、", "\t\t\t县财政局", ["3\t修路\t加快推进。\t县交通局、县财政局"]),
        # a merged cell goes on, a new row begins
        ("3\t修路\t加快推进。\t县交通局", "\t\t（2）架桥。\t县水利局", None),
        ("3\t修路\t加快推进。\t", "\t\t架桥。\t", None),
        ("3\t修路\t加快推进\t县交通局", "4\t架桥\t开工。\t县水利局", None),
    ],
)
def test_a_row_that_a_page_break_cut(above, below, joined):
    def table(line, top):
        return pages.Table(50, top, 500, top + 700, "", 10, ("甲\t乙\t丙\t丁", line) if top < 60 else (line, "9\t甲\t乙\t丙"), 4)

    def number(text):
        return Run(290, 810, 310, 822, text, 12)

    first, second = table(above, 50), table(below, 60)
    text = pages.written([pages.Page([first, number("- 1 -")], 842), pages.Page([second, number("- 2 -")], 842)])
    rows = joined or [above, "- 1 -", "\f" + below]
    expected = [rows[0], "- 1 -", "\f9\t甲\t乙\t丙"] if joined else [*rows, "9\t甲\t乙\t丙"]
    assert text.split("\n") == ["甲\t乙\t丙\t丁", *expected, "- 2 -"]


def test_cells_of_rules():
    lying = [(0, y, 300, y + 0.5) for y in (0, 20, 40)]
    standing = [(x, 0, x + 0.5, 40) for x in (0, 100, 300)] + [(200, 20, 200, 40)]
    (cells,) = ruled.tables(lying + standing)
    rows = ruled.laid(cells, lambda box: f"{box[0]:.0f}")
    assert [[(down, across) for _, down, across in row] for row in rows] == [[(1, 1), (1, 2)], [(1, 1), (1, 1), (1, 1)]]
    assert ruled.tables([(0, 0, 300, 0), (0, 50, 300, 50), (0, 0, 0, 50), (300, 0, 300, 50)]) == []
    assert ruled.tables([]) == []


def raw_pdf(content, mapping="", extra="", catalog="") -> bytes:
    """A PDF written by hand; codes of two bytes, their Unicode in `mapping`."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def 1 begincodespacerange <0000> <FFFF> "
        f"endcodespacerange {mapping.count('<') // 2} beginbfchar {mapping} endbfchar endcmap end end"
    )
    parts = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> {extra} >>",
        content,
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 "
        "/Descent -200 /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>",
        cmap,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        if number in (4, 7):
            packed = zlib.compress(part.encode())
            body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        else:
            body = part.encode()
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1, table, len(parts) + 1, start,
    )  # fmt: skip


def shown(text, x=100, y=700, size=16):
    codes = "".join(f"{n:04X}" for n in range(1, len(text) + 1))
    mapping = "\n".join(f"<{n:04X}> <{ord(char):04X}>" for n, char in enumerate(text, start=1))
    return f"BT /F {size} Tf {x} {y} Td <{codes}> Tj ET", mapping


def test_radicals_become_characters():
    content, mapping = shown("⺠⽣⼯程、⻓江⻩河⻘海⽔利")
    assert pdf.read(raw_pdf(content, mapping), "a").text == "民生工程、长江黄河青海水利\n"
    assert ordinary("金\ufa0b、⼀") == "金廓、一"


def test_characters_without_unicode_are_counted():
    content, mapping = shown("推进产业协同发展一二三")
    read = pdf.read(raw_pdf(content.replace("0003", "00FF", 1), mapping), "a")
    assert "�" in read.text and "1 character(s)" in read.notes[0]


def test_a_turned_page():
    content, mapping = shown("推进产业协同发展，建设园区。")
    turned = content.replace("100 700 Td", "0 1 -1 0 300 100 Tm")
    assert pdf.read(raw_pdf(turned, mapping, extra="/Rotate 90"), "a").text == "推进产业协同发展，建设园区。\n"


def test_text_in_bold_by_printing_twice():
    content, mapping = shown("推进产业协同发展。")
    again, _ = shown("推进产业协同发展。", x=100.4)
    assert pdf.read(raw_pdf(content + "\n" + again, mapping), "a").text == "推进产业协同发展。\n"


def test_single_characters_of_fonts_that_are_nowhere():
    content, mapping = shown("推进产业")
    lone = "BT /F 16 Tf 100 600 Td <0001> Tj ET"
    assert pdf.read(raw_pdf(content + "\n" + lone, mapping), "a").text == "推进产业\n推\n"


def test_nothing_in_it_is_run(tmp_path):
    content, mapping = shown("推进产业协同发展。")
    mark = tmp_path / "ran"
    action = f"/OpenAction << /S /Launch /F (/usr/bin/touch) /Win << /F (cmd) /P ({mark}) >> /Next << /S /JavaScript /JS (app.alert(1)) >> >>"
    read = pdf.read(raw_pdf(content, mapping, catalog=action), "a")
    assert read.text == "推进产业协同发展。\n" and not mark.exists()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"no pdf at all", b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 1000, b"\x00" * 5000])
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(ReadingError, match="no PDF") as caught:
        pdf.read(data, "a.pdf")
    assert caught.value.where == "a.pdf" and caught.value.todo


def test_truncated_files_are_read_or_refused():
    whole = making.as_pdf(p(*BODY * 3))
    for size in range(0, len(whole), max(len(whole) // 25, 1)):
        try:
            assert pdf.read(whole[:size], "a.pdf").text
        except ReadingError as error:
            assert error.todo


def test_a_page_of_many_strokes_is_read_soon():
    content, mapping = shown("推进产业协同发展。")
    began = time.perf_counter()
    assert "推进产业协同发展。" in pdf.read(raw_pdf(content + "\n0 0 m 100 0 l S" * 100_000, mapping), "a").text
    assert time.perf_counter() - began < 20


def test_a_page_of_rules_all_over_is_read_soon():
    content, mapping = shown("推进产业协同发展。")
    rules = "".join(f"\n{3 * n} 0 m {3 * n} 800 l S 0 {4 * n} m 590 {4 * n} l S" for n in range(195))
    began = time.perf_counter()
    read = pdf.read(raw_pdf(content + rules, mapping), "a").text
    assert set("推进产业协同发展。") <= set(read) and time.perf_counter() - began < 20


def test_a_picture_without_a_text_layer_asks_for_ocr(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(ReadingError, match="no text") as caught:
        pdf.read(making.as_scan(p(BODY[0])), "a.pdf")
    assert 'pip install "lanxikit[ocr]"' in caught.value.todo


def test_single_pages_without_a_text_layer_are_noted(monkeypatch):
    import io

    import pypdfium2

    monkeypatch.setattr(ocr, "installed", lambda: False)
    whole = pypdfium2.PdfDocument(making.as_pdf(p(*BODY)))
    whole.import_pages(pypdfium2.PdfDocument(making.as_scan(p(BODY[0]))))
    kept = io.BytesIO()
    whole.save(kept)
    read = pdf.read(kept.getvalue(), "a.pdf")
    assert read.text.startswith(BODY[0]) and "lanxikit[ocr]" in read.notes[0] and "(2)" in read.notes[0]


def test_an_empty_page_is_no_text():
    with pytest.raises(ReadingError, match="shows no text"):
        pdf.read(raw_pdf(""), "a.pdf")


def test_upright():
    assert pdf_runs.upright((10, 20, 30, 25), 0) == (10, -25, 30, -20)
    assert pdf_runs.upright((10, 20, 15, 60), 1) == (20, 10, 60, 15)


def page_of(*places, number):
    runs = [Run(x0, 100 + 28 * n, x1, 116 + 28 * n, text, 16) for n, (x0, x1, text) in enumerate(places)]
    return pages.Page([*runs, Run(280, 800, 310, 812, f"- {number} -", 12)], 842)


FULL = (100, 500, "甲" * 25)


@pytest.mark.parametrize(
    ("last", "first", "joined"),
    [
        (FULL, (100, 500, "乙" * 25), True),
        # a full stop at the margin: only that the next line is not indented tells
        ((100, 500, "甲" * 24 + "。"), (100, 500, "乙" * 25), True),
        (FULL, (132, 500, "乙" * 23), False),
        ((100, 300, "甲。"), (100, 500, "乙" * 25), False),
        (FULL, (100, 500, "二、" + "乙" * 23), False),
    ],
)
def test_a_paragraph_goes_on_over_a_page(last, first, joined):
    upper = page_of((132, 500, "丙" * 23), FULL, FULL, (100, 200, "丙。"), (132, 500, "丁" * 23), last, number=1)
    lower = page_of(first, (100, 200, "戊。"), (132, 500, "己" * 23), FULL, (100, 150, "庚。"), number=2)
    found = pages.written([upper, lower]).split("\n")
    one, other = "丁" * 23 + last[2], first[2] + "戊。"
    middle = [one + other, "- 1 -", "\f" + "己" * 23 + FULL[2] + "庚。"] if joined else [one, "- 1 -", "\f" + other]
    assert found[1 : 1 + len(middle)] == middle and found[-1] == "- 2 -"


def test_what_pdfium_has_already_is_not_added():
    # Chromium: the boxes are those of the bare glyphs, and 一 is a thin one; pdfplumber's are whole
    have = [pdf_runs.Sign(16, -10, 32, 6, "第", 16), pdf_runs.Sign(33, -4, 47, -2, "一", 16)]
    have += [pdf_runs.Sign(51, -9, 61, 5, "目", 16)]

    def char(text, x):
        return {"text": text, "x0": x, "x1": x + 16, "y0": -7.5, "y1": 8.5, "upright": True, "size": 16}

    page = SimpleNamespace(
        mediabox=(0, 0, 600, 800), rotation=0, chars=[char("\u2f00", 32), char("\u2f6c", 48), char("章", 64), char(" ", 80)]
    )
    assert "".join(sign.text for sign in pdf_runs.supplied(have, page)) == "第一目章"


def test_cells_that_a_page_break_cuts_open():
    # the middle column goes on over the page: no rule shuts it, its sides run past the others' end
    lying = [(0, y, 300, y) for y in (0, 50)] + [(0, 100, 100, 100), (200, 100, 300, 100)]
    standing = [(0, 0, 0, 110), (100, 0, 100, 110), (200, 0, 200, 110), (300, 0, 300, 110)]
    (cells,) = ruled.tables(lying + standing)
    assert (100, 50, 200, 100) in cells and len(cells) == 6


def test_a_row_of_repeated_cells_alone_is_no_row():
    assert grid.lines([[("2", 2, 1), ("", 1, 1), ("治沙", 2, 1)], [("", 1, 1)]]) == ["2\t\t治沙"]


def test_a_short_right_column():
    full = "按售价的比例给予补助资金"
    lefts = [Run(56, 20 * i, 56 + 13 * len(full), 20 * i + 13, full, 13) for i in range(14)]
    rights = [Run(311, 0, 311 + 13 * 12, 13, "万元由市工信局市财政局和", 13), Run(311, 20, 350, 33, "贸促会", 13)]
    head = Run(150, -40, 400, -31, "长春市人民政府办公厅关于", 9)
    stretches = columns.bands([head, *lefts, *rights])
    assert [len(rows) for rows in stretches] == [1, 14, 2]


@pytest.mark.parametrize(
    ("above", "below", "apart"),
    [
        ("关于印发方案的通知", "攀财规〔2021〕3号", True),
        ("甘政办发〔2021〕3号", "各县人民政府", True),
        ("请遵照执行。", "攀枝花市财政局", True),
        ("二、规范涉企收费，推动减轻经营负担", "（四）严格规范政府收费", True),
        ("由省发展改革委、", "省财政厅", False),
        ("一、深化改革。按照（一）至（三）项和", "（四）项执行", False),
    ],
)
def test_words_that_begin_a_paragraph(above, below, apart):
    assert flow._apart(above, below) is apart


def test_what_is_left_out_is_noted(monkeypatch):
    content, mapping = shown("责任单位：县财政局县工信局")
    assert pdf.read(raw_pdf(content, mapping), "a").notes == ()
    monkeypatch.setattr(pdf_runs, "_MOST", 10)
    monkeypatch.setattr(pdf_runs, "_MOST_PIECES", 0)
    read = pdf.read(raw_pdf(content, mapping), "a")
    assert read.text == "责任单位：县财政局县\n" and len(read.notes) == 2
