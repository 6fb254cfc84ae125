"""From units to words."""

import pandas as pd
import pytest

from lanxikit import LanxiError
from lanxikit.topics.tokens import read_units, tokenize

TEXT = "加快推进兰州—西宁城市群“十四五”生态环境联防联控,到2025年优良天数达到90%以上,造林4万亩,投资1.5亿元,新增4万。"


def words(**options):
    return tokenize([TEXT], **options)[0]


def test_default_drops_function_and_formula_words_and_single_characters():
    assert words() == [
        "兰州—西宁城市群", "“十四五”", "生态环境", "联防联控", "2025", "优良", "天数", "90%", "造林", "4", "万亩",
        "投资", "1.5", "亿元", "新增", "4万",
    ]  # fmt: skip


def test_numbers_can_be_left_out():
    assert [word for word in words() if word not in words(numbers=False)] == ["2025", "90%", "4", "1.5", "4万"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("百分之九十的二十", []),
        ("5G和4A级", ["5G", "4A"]),
        ("1.5万亿 3‰", []),
        ("十分重要的一体化", ["十分", "一体化"]),
    ],
)
def test_what_counts_as_a_number(text, left):
    assert tokenize([text], numbers=False) == [left]


def test_numbers_with_a_comma_stay_whole():
    assert tokenize(["投资1,200万元，第1，200人，人口12,345,678.5%，1,2,3"], single=True, stop_words=False) == [
        ["投资", "1,200", "万元", "第", "1", "200", "人", "人口", "12,345,678.5%", "1", "2", "3"]
    ]
    assert tokenize(["造林1,200万", "1,200"], numbers=False) == [["造林"], []]


@pytest.mark.parametrize(
    ("dictionary", "words"),
    [
        ("all", ["民和回族土族自治县", "联防联控"]),
        ("terms", ["民和", "回族", "土族", "自治县", "联防联控"]),
        ("places", ["民和回族土族自治县", "联防", "联控"]),
        ("none", ["民和", "回族", "土族", "自治县", "联防", "联控"]),
    ],
)
def test_the_dictionary_can_be_chosen(dictionary, words):
    assert tokenize(["民和回族土族自治县联防联控"], dictionary=dictionary) == [words]


def test_unknown_dictionary():
    with pytest.raises(LanxiError, match="all, terms, places, none"):
        tokenize(["黄河"], dictionary="jieba")


def test_each_list_can_be_kept():
    assert {"加快", "推进"} <= set(words(formula_words=False))
    assert {"以上"} <= set(words(stop_words=False))
    assert {"亩", "4"} & set(words(single=True)) == {"4"}


def test_leaves_are_read_with_their_heading(units):
    unit_ids, texts = read_units(units)
    assert len(unit_ids) == int(units["is_leaf"].sum())
    row = units[units["unit_id"] == "pingan-2022#003"].iloc[0]
    assert texts[unit_ids.index(row.unit_id)] == f"{row.heading}\n{row.text}"
    assert read_units(units, heading=False).texts[unit_ids.index(row.unit_id)] == row.text


def test_missing_heading_and_text_are_nothing():
    frame = pd.DataFrame({"unit_id": ["a", "b"], "heading": [None, "治理黄河"], "text": ["修建铁路", None]})
    assert tokenize(frame) == [["修建", "铁路"], ["治理", "黄河"]]


def test_empty():
    assert tokenize([]) == []
    assert tokenize(["", "，。！"]) == [[], []]


def test_wrong_input_says_what_to_give():
    with pytest.raises(LanxiError, match="list of texts"):
        tokenize("一段文字")
    with pytest.raises(LanxiError, match=r"unit_id.*lx\.segment"):
        tokenize(pd.DataFrame({"text": ["黄河"]}))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("完成4万亩", ["4"]),  # and 万亩
        ("投资3亿元", ["3"]),
        ("新建学校5个", ["5"]),
        ("完成投资，1,200万元", ["1,200"]),
        ("，1,200公里", ["1,200"]),
        ("增加1，200户", ["1", "200"]),
        ("1,234,567人", ["1,234,567"]),
    ],
)
def test_numbers_survive_whatever_their_length_and_place(text, numbers):
    [words] = tokenize([text])
    assert [word for word in words if word[0].isdigit()] == numbers
    assert [word for word in tokenize([text], numbers=False)[0] if word[0].isdigit()] == []


def test_a_missing_text_is_no_word():
    for texts in (["黄河治理", None], ["黄河治理", float("nan")]):
        with pytest.raises(LanxiError, match=r"no text.*units: 2"):
            tokenize(texts)
    for nothing in (None, 5):
        with pytest.raises(LanxiError, match="no text"):
            tokenize(nothing)
