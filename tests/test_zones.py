"""Which lines of a document are text and what the others are: trial documents of every genre, each with its answer.

``trials/*.txt`` are invented after the rules of the genre; ``trials/expected.tsv`` holds, for every block, its zone
(``*`` and the annex's title for a body) and its first words.
"""

import csv
from pathlib import Path

import pytest

from lanxikit.segmenting.blocks import blocks
from lanxikit.segmenting.segment import cut
from lanxikit.segmenting.zones import zones

TRIALS = Path(__file__).parent / "trials"
NAMES = sorted(path.stem for path in TRIALS.glob("*.txt"))


def trial(name):
    return (TRIALS / f"{name}.txt").read_text(encoding="utf-8")


def read(text):
    """The zone and the text of every block."""
    found = blocks(text)
    around = zones(found)
    inside = {i: part for part in around.parts for i in range(part.first, part.last)}
    return [
        (block.page or f"*{inside[i].title or ''}" if i in inside else around.kinds[i], block.text)
        for i, block in enumerate(found)
    ]


@pytest.fixture(scope="module")
def answers():
    found = {}
    with open(TRIALS / "expected.tsv", encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row[0], []).append(tuple(row[1:]))
    return found


def test_there_are_trials_enough():
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_zones_of_a_trial_document(name, answers):
    assert [(zone, text[:24].replace("\t", " ")) for zone, text in read(trial(name))] == answers[name]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_trial_document_is_lost(name):
    text = trial(name)
    assert "".join(text[piece.start : piece.end] for piece in cut(text)) == text


HEAD = "甲市人民政府办公室关于印发《甲市实施方案》的通知\n各县（区）人民政府：\n"


def kinds(text):
    return [zone for zone, _ in read(text)]


def test_a_notice_without_a_date_ends_at_the_title_of_the_text():
    text = HEAD + "《甲市实施方案》已经市政府同意，现印发给你们，请认真执行。\n甲市实施方案\n一、任务\n修路10公里。\n"
    assert kinds(text) == ["title", "salutation", "notice", "title", "*", "*"]


def test_words_of_a_page_inside_the_text_are_text():
    text = "甲市实施方案\n一、任务\n1.分享经济试点。\n打印设备统一采购，节约资金100万元。\n2.搜索引擎建设。\n"
    assert kinds(text) == ["title", *["*"] * 4]


def test_the_foot_of_a_page_holds_no_measures():
    text = "甲市实施方案\n一、任务\n1.建设公园。\n2.修路。\n相关阅读\n1.甲市召开会议\n主办：甲市政府\n"
    assert kinds(text) == ["title", "*", "*", "*", "footer", "footer", "footer"]


def test_an_unnumbered_text_has_a_body():
    text = "甲市人民政府关于禁止燃放烟花爆竹的通告\n城区范围内全年禁止燃放烟花爆竹，违者处500元罚款。\n公安机关负责监督检查。\n特此通告。\n甲市人民政府\n2023年1月5日\n"
    assert kinds(text) == ["title", "*", "*", "notice", "signature", "date"]


@pytest.mark.parametrize("text", ["", "\n \n", "一、", "附件1", "附件：", "目录", "2023年1月1日", "各单位：", "（试行）", "1"])
def test_scraps_have_zones(text):
    assert [text for _, text in read(text)] == [block.text for block in blocks(text)]


def _kinds(text):
    import lanxikit as lx
    from lanxikit.reading.corpus import from_texts

    units = lx.segment(from_texts({"a": text}))
    return list(zip(units["kind"], units["text"], strict=True))


@pytest.mark.parametrize("title", ["名词解释", "有关名词说明", "名词注释：", "附件：《规划》名词解释"])
def test_a_glossary_is_no_policy(title):
    found = _kinds(f"甲市工作报告\n一、任务\n今年要新增就业3万人，建设公路。\n{title}\n1.“一网通办”：指通过一个网办事。\n2.首店：指首次开的店。\n")
    assert [kind for kind, _ in found].count("footnote") >= 2
    assert [text for kind, text in found if kind in ("measure", "paragraph")] == ["今年要新增就业3万人，建设公路。"]


def test_the_items_of_a_note_are_notes():
    found = _kinds("甲市方案\n一、任务\n1.修路。修公路三条。\n注：1.每月报送。\n2.进展按实填写。\n二、保障\n1.加强领导。落实责任。\n")
    assert [text for kind, text in found if kind == "footnote"] == ["注：1.每月报送。", "2.进展按实填写。"]
    assert sum(kind == "measure" for kind, _ in found) == 2


@pytest.mark.parametrize("words", ["经州政府同意,现将《甲方案》印发你们,请结合实际认真贯彻落实", "现将甲方案（试行）下发各地，请照此执行", "现予发布"])
def test_a_notice_that_transmits(words):
    found = _kinds(f"甲县政府关于印发甲方案的通知\n各乡镇人民政府：\n{words}。\n甲县人民政府\n2020年5月6日\n附件\n甲方案\n一、任务\n（一）修路。修三条。\n")
    assert ("notice", f"{words}。") in found


def test_a_cut_off_running_head_is_a_page_row():
    found = _kinds("甲市政府关于印发数字经\n甲市政府关于印发数字经济计划的通知\n一、任务\n（一）修路。修三条。\n— 1 —\n\f甲市政府关于印发数字经\n（二）造桥。造一座。\n— 2 —\n")
    assert [text for kind, text in found if kind == "title"] == ["甲市政府关于印发数字经济计划的通知"]
    assert [text for kind, text in found if kind == "measure"] == ["修三条。", "造一座。"]


def test_a_label_torn_by_a_line_end():
    found = _kinds("甲市方案\n一、任务\n1.推进车站建设，实现零距离换乘和公交接驳。责任\n单位：市重点办。\n2.加快。做好工作。\n")
    assert ("measure", "推进车站建设，实现零距离换乘和公交接驳。") in found
    assert ("duty", "市重点办") in found
