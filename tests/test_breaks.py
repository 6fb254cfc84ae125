"""Damage to line breaks must not change what is read: lost, wrapped, doubled, in other characters."""

import random
import re

import pytest

from lanxikit.segmenting.blocks import blocks
from lanxikit.segmenting.zones import zones
from tests.test_zones import NAMES, trial

PARAGRAPH = re.compile(r"[一二三四五六七八九十]+、|（|\d|第|责|牵|配|完|本|为|各|附|抄|当|现")
MARKED = ("17_md", "28_lost_task_list")  # Markdown and a document that is damaged already


def filled(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def body(text):
    """The blocks of the bodies, without their layout blanks."""
    found = blocks(text)
    assert "".join(text[block.start : block.end] for block in found) == text
    parts = zones(found).parts
    return [(part.title, b.text.replace(" ", "")) for part in parts for b in found[part.first : part.last] if not b.page]


def wrapped(text, width, indent):
    out = []
    for line in filled(text):
        title = len(line) < 40 and line[-1] not in "。；：" and not PARAGRAPH.match(line)
        line = ("\u3000\u3000" if indent and not title else "") + line
        out += [line] if "\t" in line else [line[at : at + width] for at in range(0, len(line), width)]
    return "\n".join(out) + "\n"


def doubled(text):
    dice = random.Random(1)
    return "".join(c + ("  " if c >= "\u4e00" and dice.random() < 0.05 else "") for c in text)


def apart(text):
    return "\n".join(line if "\t" in line else " ".join(line.replace(" ", "")) for line in text.split("\n"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", ["\r\n", "\r", "\f", "\v", "\u2028", "\u2029", "\n\n", "\n \n\u3000\n"])
def test_any_line_end(name, end):
    assert body(trial(name).replace("\n", end)) == body(trial(name))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in MARKED])
@pytest.mark.parametrize("damage", [doubled, apart])
def test_blanks_between_characters(name, damage):
    assert body(damage(trial(name))) == body(trial(name))


@pytest.mark.parametrize("name", [n for n in NAMES if n not in (*MARKED, "16_pages", "27_running_heads", "09_tasklist")])
@pytest.mark.parametrize(("width", "indent"), [(20, True), (28, True), (40, True), (28, False), (33, False)])
def test_wrapped_at_any_width(name, width, indent):
    assert body(wrapped(trial(name), width, indent)) == body(trial(name))


# What a heading without a mark and its paragraph were cannot be told when not even a blank is left.
LOST = ("01_plan", "05_multi_annex", "10_joint", "12_measures_lead", "22_opinion")


@pytest.mark.parametrize("name", LOST)
@pytest.mark.parametrize("gap", ["", " ", "\u3000"])
def test_lost_breaks(name, gap):
    # Labelled lists may stay in one block: labels.py parts them.
    def heads(text):
        return [b.split("。")[0][:14] for _, b in body(text) if not b.startswith(("责任单位", "完成时限"))]

    assert heads(gap.join(filled(trial(name)))) == heads(trial(name))


@pytest.mark.parametrize("name", ["02_regulation", "13_order", "23_regchapters"])
def test_lost_breaks_of_articles(name):
    def articles(text):
        return [text.split("。")[0][:16] for _, text in body(text) if text.startswith("第")]

    assert articles("".join(filled(trial(name)))) == articles(trial(name))


def test_an_enumeration_inside_a_paragraph_stays():
    text = "甲市方案\n一、任务\n1.建设三类设施：（1）公园5个；（2）厕所9座；（3）步道3条。\n2.修路，其中：一是国道；二是省道。\n"
    assert [text for _, text in body(text)] == text.split("\n")[1:-1]


def test_numbers_that_are_none_stay():
    text = "甲市方案\n一、任务\n1.按照第三条、第四条办理。第一、二产业比重达到60.5%。到2025.12建成1.2公里。\n2.落实《条例》第五条。\n"
    assert [text for _, text in body(text)] == text.split("\n")[1:-1]


def test_a_heading_parted_from_its_paragraph_by_a_blank():
    lines = ["一、扩大有效投资　全年完成固定资产投资300亿元，开工重大项目60个。", "二、促进居民消费　举办促销活动50场次，发放消费券2000万元。"]
    assert [text for _, text in body("甲市要点\n" + "\n".join(lines) + "\n")] == [
        "一、扩大有效投资", "全年完成固定资产投资300亿元，开工重大项目60个。",
        "二、促进居民消费", "举办促销活动50场次，发放消费券2000万元。",
    ]  # fmt: skip
