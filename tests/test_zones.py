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
