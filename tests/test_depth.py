"""Depth found over the whole document: repaired, missing, doubled numbers, counts that run on, styles at other depths."""

import random

import pytest

from lanxikit.segmenting.depth import Sign, places
from lanxikit.segmenting.markers import Marker, readings, styles
from lanxikit.segmenting.place_costs import BOX, TITLE
from lanxikit.text.fold import fold
from tests.clock import within


def read(text):
    """Depth (or - for what is no number) and ordinal of each word of a text."""
    signs = []
    for word in text.split():
        special = {"box": Marker(BOX, "", 0), "title": Marker(TITLE, "", 0)}.get(word)
        signs.append(Sign((special,) if special else readings(fold(word))))
    return " ".join("-" if place is None else f"{place.depth}{place.marker.ordinal}" for place in places(signs, styles()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲 （一）甲 1.甲 2.乙 （二）乙 二、乙 （一）丙", "0一 1一 21 22 1二 0二 1一"),
        ("一、甲 1.甲 2.乙 二、乙 3.丙 4.丁", "0一 11 12 0二 13 14"),  # runs on
        ("一、甲 1.甲 2.乙 二、乙 1.丙", "0一 11 12 0二 11"),  # starts again
        ("一、甲 1.甲 （1）甲 ①甲 ②乙 （2）乙 2.乙", "0一 11 21 3① 3② 22 12"),
        ("—、甲 （ー）甲 l.甲 2.乙 （二）乙 二、乙", "0一 1一 21 22 1二 0二"),  # repaired by the sequence
        ("一、甲 1.甲 2.乙 4.丁 二、乙", "0一 11 12 14 0二"),  # one lost
        ("一、甲 1.甲 2.乙 3.丙 3.丁 4.戊 二、乙", "0一 11 12 13 13 14 0二"),  # one twice
        ("一、甲 1.甲 2.乙 8.丙 4.丁 二、乙", "0一 11 12 18 14 0二"),  # one misread
        ("一、甲 三、乙 四、丙", "0一 0三 0四"),
        ("二、甲 （一）甲 三、乙", "0二 1一 0三"),  # the beginning lost
        ("一、甲 1.甲 2.乙 （一）丙 （二）丁 1.戊 二、乙", "0一 11 12 1一 1二 21 0二"),  # 1. beside （一）, and below it
        ("1.甲 一、甲 二、乙 三、丙 2.乙 一、丙 二、丁", "01 1一 1二 1三 02 1一 1二"),  # against the usual order
        ("1.总则 1.1目标 1.2原则 2.任务 2.1甲 2.1.1子 2.1.2丑 2.2乙", "01 11.1 11.2 02 12.1 22.1.1 22.1.2 12.2"),
        ("1.1目标 1.2原则 2.1甲 2.1.1子 2.2乙 3.1丙", "01.1 01.2 02.1 12.1.1 02.2 03.1"),
        ("第一章甲 第一条为 第二条本 （一）甲 （二）乙 第二章乙 第三条县 1.甲", "0一 1一 1二 2一 2二 0二 1三 21"),
        ("第一编甲 第一章乙 第一节丙 第一条为 第二节丁 第二条本 第二编戊 第一章己 第三条县", "0一 1一 2一 3一 2二 3二 0二 1一 2三"),
        ("第一部分甲 一、甲 二、乙 第二部分乙 一、丙", "0一 1一 1二 0二 1一"),
        ("一、甲 （一）甲 1.甲 2.乙 box 1.甲 2.乙 （二）乙", "0一 1一 21 22 3 41 42 1二"),
        ("一、甲 （一）甲 box 1.甲 2.乙 box 1.丙 （二）乙 1.丁", "0一 1一 2 31 32 2 31 1二 21"),
        ("title 一、甲 二、乙 title 一、丙", "0 1一 1二 0 1一"),
        ("一、甲 一是甲 二是乙 二、乙", "0一 1一 1二 0二"),
        ("一、甲 （一）甲 3.5G网络 （二）乙", "0一 1一 - 1二"),  # no item: nothing before it
        ("一、甲 1.甲 2.乙 3.5G网络 4.丙", "0一 11 12 13 14"),  # the third item
        ("一、甲 （一）甲 三是甲 （二）乙", "0一 1一 - 1二"),
        ("一、甲 （一）甲 （1甲 （2）乙 （二）乙", "0一 1一 21 22 1二"),
    ],
)
def test_readings(text, expected):
    assert read(text) == expected


def test_the_cost_of_each_number_is_known():
    found = places([Sign(readings(line)) for line in ("—、甲", "二、乙", "四、丁")], styles())
    assert [place.cost for place in found] == pytest.approx([1.0, 0.0, 0.8])


def test_no_sign_is_lost_and_depths_are_connected():
    draw = random.Random(7)
    words = ["一、甲", "二、乙", "（一）甲", "（二）乙", "1.甲", "2.乙", "1.1甲", "（1）甲", "①甲", "一是甲", "—、甲", "I.甲", "第一条甲", "第一章甲"]
    for _ in range(200):
        signs = [Sign(readings(fold(draw.choice(words)))) for _ in range(draw.randint(0, 60))]
        found = places(signs, styles())
        assert len(found) == len(signs)
        deepest = -1
        for place in found:
            if place:
                assert 0 <= place.depth <= deepest + 1
                deepest = place.depth


def test_ten_thousand_numbers_take_no_time():
    lines = [readings(fold(line)) for line in ("一、甲", "（一）甲", "1.甲", "2.乙", "（1）甲", "（二）乙")] * 1700
    within(3, lambda: places([Sign(line) for line in lines], styles()))


@pytest.mark.parametrize("line", ["1)甲", "一、甲", "①甲"])
def test_a_number_that_only_repeats_itself_takes_no_time(line):
    signs = [Sign(readings(line))] * 16000
    assert len(within(1, lambda: places(signs, styles()))) == 16000


def test_a_box_that_only_repeats_itself_holds_its_item():
    signs = [Sign((Marker(BOX, "", 0),)), Sign(readings("1.x"))] * 8000
    found = within(1, lambda: places(signs, styles()))
    assert {place.depth for place in found[::2]} == {0} and {place.depth for place in found[1::2]} == {1}
