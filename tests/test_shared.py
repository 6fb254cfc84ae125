"""A batch makes passages, lines and place names once for all its steps: the tables are those of each step alone."""

from importlib import import_module

import pandas as pd

import lanxikit as lx
from lanxikit.reading.corpus import from_texts
from lanxikit.reading.lines import lines
from lanxikit.scale.batch import ANNOTATIONS
from lanxikit.text.shared import is_sharing, shared, sharing

TEXT = """海东市推进兰西城市群建设2024年工作方案

一、基础设施
（一）交通互联。加快西宁至成都铁路建设，2024年底前改造民和、红古公路20公里，力争完成率达到90%以上。
责任单位：两省发展改革委，市交通运输局
二、任务清单
序号\t工作任务\t工作成果\t完成时限\t责任单位
1\t建设兰州新区物流园，引进企业12家，新增就业500人\t引进企业12家\t2024.10\t市商务局、兰州市、西宁市
2\t推进互助、民和满坪水库建设\t建成水库2座\t年底前\t市水务局
"""


def test_tables_of_a_batch_are_those_of_each_step() -> None:
    units = lx.segment(from_texts({"甲": TEXT, "乙": TEXT.replace("2024", "2025")}))
    steps = {name: getattr(import_module(f"lanxikit.annotating.{name}"), name) for name in ANNOTATIONS}
    alone = {name: step(units) for name, step in steps.items()}
    for order in (ANNOTATIONS, ANNOTATIONS[::-1]):
        with sharing():
            for name in order:
                pd.testing.assert_frame_equal(steps[name](units), alone[name])
    assert all(len(table) for table in alone.values())


def test_another_table_has_its_own_passages() -> None:
    units = lx.segment(from_texts({"甲": TEXT}))
    with sharing():
        for year in (2024, 2030):
            found = lx.deadlines(units.assign(year=year))  # a table that is gone at once, its id free for the next
            assert found["deadline"].str.startswith(str(year)).any()


def test_nothing_is_kept_outside_a_batch() -> None:
    with sharing():
        first = shared("a", lambda: [1])
        assert is_sharing() and shared("a", lambda: [2]) is first
        assert lines(TEXT) == lines(TEXT)
        with sharing():
            assert shared("a", lambda: [3]) == [3]
        assert shared("a", lambda: [4]) is first
    assert not is_sharing() and shared("a", lambda: [5]) == [5]
