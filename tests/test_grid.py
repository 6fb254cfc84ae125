"""Rows of cells to lines, as the HTML standard lays tables out."""

import pytest

from lanxikit.reading.formats.grid import lines
from tests.clock import within


def c(text, down=1, across=1):
    return text, down, across


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([[]], []),
        ([[c("")], [c(" ")]], []),
        ([[c("甲"), c("乙")], [c("丙"), c("")]], ["甲\t乙", "丙\t"]),
        ([[c("甲"), c("")], [c(""), c("乙")]], ["甲\t", "\t乙"]),
        # a cell over several rows holds for each of them, the ordinal too
        ([[c("1", 2), c("修路", 2), c("县交通局")], [c("县财政局")]], ["1\t修路\t县交通局", "1\t修路\t县财政局"]),
        ([[c("甲"), c("牵头单位", 3)], [c("乙")], [c("丙")]], ["甲\t牵头单位", "乙\t牵头单位", "丙\t牵头单位"]),
        # over several columns: in the first of them
        ([[c("甲", 1, 2), c("乙")], [c("1"), c("2"), c("3")]], ["甲\t\t乙", "1\t2\t3"]),
        # a head of two rows
        (
            [[c("序号", 2), c("责任单位", 1, 2)], [c("牵头"), c("配合")], [c("1"), c("甲局"), c("乙局")]],
            ["序号\t责任单位\t", "序号\t牵头\t配合", "1\t甲局\t乙局"],
        ),
        # a row of one cell over the whole width is no row
        ([[c("甲"), c("乙")], [c("一、产业协同", 1, 2)], [c("1"), c("2")]], ["甲\t乙", "一、产业协同", "1\t2"]),
        ([[c("甲"), c("乙")], [c("二、交通", 1, 5)], [c("1"), c("2")]], ["甲\t乙", "二、交通", "1\t2"]),
        ([[c("一列")], [c("而已")]], ["一列", "而已"]),
        # rowspan=0: to the end
        ([[c("甲", 0), c("1")], [c("2")], [c("3")]], ["甲\t1", "甲\t2", "甲\t3"]),
        # a row wholly covered from above is not said twice
        ([[c("甲", 2), c("乙", 2)], []], ["甲\t乙"]),
        ([[c("甲\n 乙\u3000丙"), c("\t丁 ")]], ["甲 乙 丙\t丁"]),
        # more rows or columns than there are
        ([[c("甲", 99, 99), c("乙")], [c("丙")]], ["甲\t乙", "甲\t丙"]),
    ],
)
def test_lines(rows, expected):
    assert lines(rows) == expected


def test_cells_that_would_overlap_stay_apart():
    found = lines([[c("甲"), c("乙", 2)], [c("丙", 1, 2), c("丁")]])
    assert found == ["甲\t乙\t", "丙\t乙\t丁"]


@pytest.mark.parametrize(
    "rows",
    [
        [[c("甲", 65_534)] * 1000] + [[]] * 20_000,
        [[c("甲", 65_534, 1_000_000)] * 1000] + [[c("乙")]] * 5_000,
        [[c("甲", 1, 1_000_000)] * 100] * 1_000,
        [[c("甲", index, index)] for index in range(1, 5_000)],
    ],
)
def test_spans_cannot_blow_up(rows):
    size = within(10, lambda: sum(map(len, lines(rows))))
    assert size < 200 * sum(map(len, rows)) + 1_000_000
