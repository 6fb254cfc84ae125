"""What a line opens with: every numbering style in every form and width, what only looks like one, what a scan spoilt."""

import pytest

from lanxikit.segmenting.markers import bare, marker, readings, styles
from lanxikit.segmenting.numerals import value_of
from lanxikit.text.fold import fold
from tests.clock import within


@pytest.mark.parametrize(
    ("line", "style", "ordinal", "value"),
    [
        ("一、总体要求", "cn", "一", 1), ("一.总体要求", "cn", "一", 1), ("十二．保障", "cn", "十二", 12), ("二十三、保障", "cn", "二十三", 23),
        ("（一）目标", "cn_paren", "一", 1), ("(一)、目标", "cn_paren", "一", 1), ("(二十一)目标", "cn_paren", "二十一", 21), ("㈢目标", "cn_paren", "㈢", 3),
        ("1.推进", "digit", "1", 1), ("１．推进", "digit", "1", 1), ("1、推进", "digit", "1", 1), ("12．推进", "digit", "12", 12), ("⒌推进", "digit", "⒌", 5),
        ("1.2023年底前建成", "digit", "1", 1), ("2.5G网络", "decimal", "2.5", 5), ("1\\.推进", "digit", "1", 1), ("1 . 推进", "digit", "1", 1),
        ("（1）推进", "digit_paren", "1", 1), ("⑵推进", "digit_paren", "⑵", 2), ("1）推进", "digit_half", "1", 1), ("①推进", "circled", "①", 1), ("㉑推进", "circled", "㉑", 21),
        ("Ⅱ.推进", "roman", "Ⅱ", 2), ("IV.推进", "roman", "IV", 4), ("A.推进", "upper", "A", 1), ("b)推进", "lower", "b", 2),
        ("1.1 目标", "decimal", "1.1", 1), ("１．２．３目标", "decimal", "1.2.3", 3), ("3.10.目标", "decimal", "3.10", 10),
        ("第一编总则", "第编", "一", 1), ("第十二章附则", "第章", "十二", 12), ("第3节管理", "第节", "3", 3), ("第一百零五条本条例", "第条", "一百零五", 105),
        ("第二部分 工作打算", "第部分", "二", 2), ("第一阶段（2023年1月）", "第阶段", "一", 1), ("三是强化监管", "是", "三", 3), ("第二，要强化", "第", "二", 2), ("任务二：建设", "任务", "二", 2),
    ],
)  # fmt: skip
def test_every_style(line, style, ordinal, value):
    found = marker(fold(line))
    assert (found.style, found.ordinal, found.value, found.damage) == (style, ordinal, value, 0)


@pytest.mark.parametrize(
    "line",
    ["2022年4月2日", "1.5万亩", "3.15%以上", "12315热线", "5G网络", "第三条规定的情形", "第一、第二款", "一、二、三产业融合", "二、三产业增加值", "十四五时期", "（2022年）", "(1亿元)", "——人居环境",
     "-1.推进", "人、财、物保障", "10.5亿元", "2、3月份", "第一章至第三章", "", "一", "1", "（", "0.推进", "三百零一、过大"],
)  # fmt: skip
def test_what_is_no_number(line):
    assert marker(fold(line)) is None


@pytest.mark.parametrize(
    ("line", "style", "ordinal"),
    [("—、总体要求", "cn", "一"), ("ー、总体要求", "cn", "一"), ("一,总体要求", "cn", "一"), ("ニ、任务", "cn", "二"), ("（ー）目标", "cn_paren", "一"), ("（—）目标", "cn_paren", "一"),
     ("(一〕目标", "cn_paren", "一"), ("（一目标", "cn_paren", "一"), ("一）目标", "cn_paren", "一"), ("（3 加强督查", "digit_paren", "3"), ("（l）推进", "digit_paren", "1"), ("I.推进", "digit", "1"),
     ("l.推进", "digit", "1"), ("1O.推进", "digit", "10"), ("l0.推进", "digit", "10"), ("1,推进", "digit", "1"), ("1·推进", "digit", "1"), ("（入）目标", "cn_paren", "八"), ("1）推进", "digit_paren", "1")],
)  # fmt: skip
def test_spoilt_numbers_are_readings_with_damage(line, style, ordinal):
    assert (style, ordinal, True) in [(m.style, m.ordinal, m.damage > 0) for m in readings(fold(line))]


def test_a_number_with_a_blank_only():
    assert bare("一总体要求", 1).style == "cn" and bare("12总体要求", 2).value == 12
    assert bare("2023年总体要求", 4) is None and bare("5个", 0) is None


@pytest.mark.parametrize(("text", "value"), [("十", 10), ("十九", 19), ("二十", 20), ("一百", 100), ("一百一十", 110), ("二百五十六", 256), ("〇", 0), ("水", 0)])
def test_values(text, value):
    assert value_of(text) == value


def test_styles_are_a_list_that_a_user_can_extend(tmp_path):
    (tmp_path / "marker_styles.tsv").write_text("style\tforms\tnumerals\trank\tdoubt\n之\t之N:\tcn\t27\t0\n", encoding="utf-8")
    assert marker("之三:推进") is None
    assert marker("之三:推进", str(tmp_path)).value == 3 and "之" in styles(str(tmp_path))


def test_hostile_lines_are_fast():
    lines = ("一" * 100_000, "(" * 100_000, "1." * 50_000, "第" * 100_000, "1" * 100_000, "l" * 100_000)
    within(0.5, lambda: [readings(line) for line in lines])


def test_an_article_put_in_later_has_its_own_number():
    from lanxikit.segmenting.markers import marker

    assert [marker(line) and marker(line).ordinal for line in ("第五条之一绩效评价", "第十条之二 得分", "第五条之一的规定")] == ["五之一", "十之二", None]
