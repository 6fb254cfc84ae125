"""Numbers with a unit of measure, in all the forms official documents give them."""


import pytest

from lanxikit.annotating.frames import Frames
from lanxikit.annotating.numbers import numbers
from lanxikit.errors import LexiconError
from lanxikit.text.fold import fold
from tests.clock import within


def read(text, folder=None):
    return [(q.value, q.high, q.unit) for q in numbers(folder).find(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新改建厕所数量 7300 座", (7300, None, "座")),
        ("５.４　万亩", (5.4, None, "万亩")),
        ("1,200人", (1200, None, "人")),
        ("8-10个", (8, 10, "个")),
        ("1—3次", (1, 3, "次")),
        ("5至8个", (5, 8, "个")),
        ("10万亩—20万亩", (10, 20, "万亩")),
        ("90%—95%", (90, 95, "%")),
        ("0.19亿立方米", (0.19, None, "亿立方米")),
        ("10万头只牦牛", (10, None, "万头只")),
        ("活动5场次", (5, None, "场次")),
        ("5千万元", (5000, None, "万元")),
        ("300兆瓦", (300, None, "兆瓦")),
        ("黄河上游千万千瓦级", (1000, None, "万千瓦")),
        ("两个百万千瓦", (100, None, "万千瓦")),
        ("千亩“飞地”", (1000, None, "亩")),
        ("35微克/立方米", (35, None, "微克/立方米")),
        ("0.5吨标准煤/万元", (0.5, None, "吨标准煤/万元")),
        ("提高5个百分点", (5, None, "个百分点")),
        ("三分之一", (33.333333, None, "%")),
        ("百分之九十五", (95, None, "%")),
        ("百分之60", (60, None, "%")),
        ("九成以上", (90, None, "%")),
        ("翻一番", (1, None, "番")),
        ("三十个示范村", (30, None, "个")),
        ("一万二千户", (12000, None, "户")),
        ("90余个", (90, None, "个")),
        ("100㎡", (100, None, "平方米")),
        ("80MW", (80, None, "兆瓦")),
        ("3万—5万个", (3, 5, "万个")),
        ("5000万元—1亿元", (0.5, 1, "亿元")),
        ("8000-1万人", (8000, 10000, "人")),
        ("10%-15%", (10, 15, "%")),
        ("一百二十万户", (120, None, "万户")),
        ("千分之三", (3, None, "‰")),
        ("百分之九十五点五", (95.5, None, "%")),
        ("近千个", (1000, None, "个")),
        ("突破百亿元", (100, None, "亿元")),
        ("减少一半", (50, None, "%")),
        ("四分之三以上", (75, None, "%")),
        ("半数以上", (50, None, "%")),
        ("4批次/千人", (4, None, "批次/千人")),
        ("十余个", (10, None, "个")),
        ("翻两番", (2, None, "番")),
    ],
)
def test_forms(text, expected):
    assert read(text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "G109小峡口",
        "S304川城—海浪公路",
        "实施郭隆750kV变电站、330千伏线路",
        "建设5G基站网络",
        "12315热线",
        "9610海关业务",
        "“1+3+10”合作",
        "第55次常务会议",
        "教育部等10部门",
        "5期工程",
        "八类重点问题",
    ],
)
def test_names_are_no_quantities(text):
    assert read(text) == []


def test_small_numerals_in_words_are_told_apart():
    styles = {
        text: [q.style for q in numbers().find(text)]
        for text in ("两个方面", "十个方面", "十二个方面", "2个方面", "万亩基地")
    }
    assert styles == {
        "两个方面": ["small"],
        "十个方面": ["small"],
        "十二个方面": ["words"],
        "2个方面": ["digits"],
        "万亩基地": ["bare"],
    }


def test_a_descending_pair_is_no_range():
    assert read("2020-5个") == []


def test_a_study_adds_its_unit(tmp_path):
    assert read("新增床位数5铺") == []
    header = "unit\tnormal\tfactor\tdimension\tneeds\tunless\tabout\n"
    (tmp_path / "target_units.tsv").write_text(header + "铺\t张\t2\tcount\t\t\t\n-座\n", encoding="utf-8")
    assert read("新增床位数5铺", str(tmp_path)) == [(10, None, "张")]
    assert read("厕所7300座", str(tmp_path)) == []


def test_a_factor_that_is_no_number_says_so(tmp_path):
    header = "unit\tnormal\tfactor\tdimension\tneeds\tunless\tabout\n"
    (tmp_path / "target_units.tsv").write_text(header + "铺\t张\tzwei\tcount\t\t\t\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="铺 zwei"):
        numbers(str(tmp_path))


def test_commas_inside_brackets_part_nothing_outside():
    text = fold("建设《西部，陆海》通道（一，二期），改造2000套。")
    frames = Frames(text)
    assert text[slice(*frames.clause(text.index("通道")))] == "建设《西部,陆海》通道(一,二期)"
    assert text[slice(*frames.clause(text.index("2000")))] == "改造2000套"
    assert frames.titled(text.index("陆海")) and not frames.titled(text.index("2000"))


def test_an_unclosed_quotation_mark_encloses_nothing():
    text = fold("十四五”期间全州完成营造林90万亩，“基本建成")
    frames = Frames(text)
    assert frames.bracket(text.index("90")) == ""
    assert text[slice(*frames.clause(text.index("90")))] == "十四五”期间全州完成营造林90万亩"


@pytest.mark.parametrize("piece", ["1", "一万", "1-", "1,000", "百分之", "万", "1 ", "《", "(1", "一 "])
def test_hostile_repetition_takes_linear_time(piece):
    def read(text):
        frames = Frames(text)
        for quantity in numbers().find(text):
            frames.clause(quantity.begin)

    within(2, lambda: read(piece * 20_000))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("50类证照", [(50, None, "类")]), ("八类问题", []), ("3片区域", []), ("5块链", []), ("1200把锁", [(1200, None, "把")])],
)
def test_measure_words_count_behind_digits(text, expected):
    assert read(text) == expected
