"""Scanned pages: clean, noisy, askew; in columns; with tables. Needs the extra `ocr`."""

import io

import making
import numpy as np
import pytest
from PIL import Image

from lanxikit.errors import ReadingError
from lanxikit.reading.formats import ocr, pages, pdf, scan

TEXT = [
    "为加快推进产业协同发展，结合我县实际，制定本方案。",
    "一、总体要求",
    "（一）坚持市场主导、政府引导，到2025年规模以上工业企业达到30家，城镇新增就业1.2万人，研发经费占比提高到2.5%以上。",
    "二、重点任务",
    "1.共建产业园区。支持龙头企业跨区布局，建设标准化厂房10万平方米。",
    "责任单位：县工信局、县商务局",
]
TABLE = [["序号", "重点任务", "责任单位"], [("一、产业协同", 1, 3)], ["1", "建设园区，引进企业。", "县工信局"], ["2", "畅通物流通道。", "县商务局"]]


def bare(text):
    """Letters and digits only: punctuation and blanks are what OCR gets wrong most, and matters least."""
    return "".join(char for char in text if char.isalnum())


def errors(found, expected):
    """Character error rate."""
    before = list(range(len(expected) + 1))
    for row, one in enumerate(found, start=1):
        now = [row]
        for column, other in enumerate(expected, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (one != other)))
        before = now
    return before[-1] / max(len(expected), 1)


def body(text):
    return [line.strip("\f") for line in text.rstrip("\n").split("\n") if line.strip("\f-—一 0123456789")]


@pytest.mark.parametrize("how", [{}, {"noise": 40, "angle": 1.2}], ids=["clean", "noisy and askew"])
def test_paragraphs_come_back(how):
    read, sure = ocr.page(making.as_images([("p", text) for text in TEXT], **how)[0])
    found = body(pages.written([read]))
    assert len(found) == len(TEXT) and errors(bare("".join(found)), bare("".join(TEXT))) < 0.03
    assert 0.9 < sure <= 1


def test_columns_and_a_scanned_pdf():
    read = pdf.read(making.as_scan([("p", text) for text in TEXT * 3], columns=2), "a.pdf")
    assert read.reader == "ocr" and "confidence" in read.notes[0]
    assert errors(bare("".join(body(read.text))), bare("".join(TEXT * 3))) < 0.03


def test_a_ruled_table_in_a_png():
    kept = io.BytesIO()
    making.as_images([("p", TEXT[0]), ("table", TABLE)])[0].save(kept, "PNG")
    found = body(ocr.read(kept.getvalue(), "a.png").text)
    assert [bare(line) for line in found] == [bare(TEXT[0]), "序号重点任务责任单位", "一产业协同", "1建设园区引进企业县工信局", "2畅通物流通道县商务局"]
    assert [line.count("\t") for line in found] == [0, 2, 0, 2, 2]


def test_an_empty_picture_is_refused():
    kept = io.BytesIO()
    Image.new("L", (800, 1000), 255).save(kept, "PNG")
    with pytest.raises(ReadingError, match="No text"):
        ocr.read(kept.getvalue(), "a.png")


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"no picture" * 50, b"\xff\xd8\xff\xe0" + b"\x00" * 200])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ReadingError, match="cannot be opened"):
        ocr.read(data, "a.png")


def test_a_picture_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(ocr, "_MOST_DOTS", 1000)
    kept = io.BytesIO()
    Image.new("L", (100, 100), 255).save(kept, "PNG")
    with pytest.raises(ReadingError, match="too large"):
        ocr.read(kept.getvalue(), "a.png")


def test_without_the_extra_the_way_is_told(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda: False)
    with pytest.raises(ReadingError) as caught:
        ocr.read(b"", "a.png")
    assert 'pip install "lanxikit[ocr]"' in caught.value.todo


def test_the_weights_come_in_the_package():
    assert {path.suffix for path in (ocr.weights("det"), ocr.weights("rec"))} == {".onnx"}


def test_a_page_askew_is_laid_straight():
    page = making.as_images([("p", text) for text in TEXT])[0]
    askew = page.rotate(3, fillcolor=255)
    level, off, back = (np.asarray(image, dtype=float).mean(axis=1).std() for image in (page, askew, scan.straight(askew)))
    assert off < 0.8 * level and back > 0.9 * level
    assert scan.straight(page) is page


def test_rules_of_a_picture():
    found = scan.rules(np.asarray(making.as_images([("table", TABLE)])[0]))
    lying = [rule for rule in found if rule[2] - rule[0] > rule[3] - rule[1]]
    assert len(lying) == 5 and len(found) >= 8


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (2000, 2), (40, 3000)])
def test_pictures_of_odd_shapes_end_in_a_plain_word(size):
    kept = io.BytesIO()
    Image.new("L", size, 200).save(kept, "PNG")
    with pytest.raises(ReadingError, match="No text"):
        ocr.read(kept.getvalue(), "a.png")


def test_a_line_cut_out_of_a_page():
    strip = making.as_images([("p", TEXT[0])])[0].crop((0, 160, 1240, 220))
    read, _ = ocr.page(strip)
    assert errors(bare(pages.written([read])), bare(TEXT[0])) < 0.05
