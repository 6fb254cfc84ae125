"""Key words in context: found as written, led back to the file, and no pattern that runs away."""

import time

import pandas as pd
import pytest

from lanxikit.errors import LanxiError, TableError
from lanxikit.textstats.kwic import kwic


def units_of(*texts, **columns):
    starts = [sum(map(len, texts[:i])) for i in range(len(texts))]
    return pd.DataFrame(
        {"doc_id": "a", "unit_id": [f"a#{i:03d}" for i in range(1, len(texts) + 1)], "text": texts, "start": starts,
         "end": [start + len(text) for start, text in zip(starts, texts, strict=True)], **columns}
    )  # fmt: skip


def words(text, pattern, **options):
    return kwic(units_of(text), pattern, **options)["keyword"].tolist()


def test_the_file_holds_the_word_where_it_is_said_to_stand(corpus, units):
    found = kwic(units, ["黄河", "铁路", "公积金", "生态环境", "产业园*"])
    assert found.groupby("pattern")["start"].count().to_dict() == {
        "黄河": 84, "铁路": 20, "公积金": 12, "生态环境": 23, "产业园*": 36,
    }  # fmt: skip
    assert [corpus[row.doc_id].text[row.start : row.end] for row in found.itertuples()] == found["keyword"].tolist()
    assert set(found["field"]) == {"heading", "text"}


def test_every_occurrence_is_found_that_plain_counting_finds(units):
    leaves = units[units["is_leaf"]]
    text = leaves["text"].tolist()
    for word in ("黄河", "城市", "的", "%"):
        assert len(kwic(units, word, heading=False)) == sum(part.count(word) for part in text)


def test_a_word_broken_by_a_line_is_found_whole():
    from lanxikit.reading.corpus import from_texts
    from lanxikit.segmenting.segment import segment

    corpus = from_texts({"a": "一、主要任务\n（一）治理河道。全面推进黄河流域综合治理工作，统筹实施黄\n河干流防洪工程。\n"})
    found = kwic(segment(corpus), "黄河干流", window=3)
    assert found["keyword"].tolist() == ["黄河干流"]
    assert corpus["a"].text[found["start"][0] : found["end"][0]] == "黄\n河干流"
    assert found[["before", "after"]].values.tolist() == [["筹实施", "防洪工"]]


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("推进黄河流域治理", "黄河", ["黄河"]),
        ("推进黄河流域治理", "黄河*", ["黄河流域"]),
        ("推进黄河流域治理", "*流域", ["黄河流域"]),
        ("生态环境和生态红线", "生态??", ["生态环境", "生态红线"]),
        ("生态，环境", "生态*环境", []),
        ("生态保护与环境治理", "生态*环境", ["生态保护与环境"]),
        ("生态一二三四五六七八九十一环境", "生态*环境", []),
        ("(a.b)", "a.b", ["a.b"]),
        ("axb", "a.b", []),
        ("[0-9]+与123", "[0-9]+", ["[0-9]+"]),
        ("达到９０％以上", "90%", ["９０％"]),
        ("推广LED灯", "led", ["LED"]),
        ("責任單位", "责任单位", ["責任單位"]),
        ("黄河黄河", "黄河", ["黄河", "黄河"]),
    ],
)
def test_patterns(text, pattern, expected):
    assert words(text, pattern) == expected


def test_whole_words_only():
    text = "发展水利，节约用水，水质优良"
    assert words(text, "水") == ["水", "水", "水"]
    assert words("城市和城市群", "城市") == ["城市", "城市"]
    assert words("城市和城市群", "城市", whole_words=True) == ["城市"]
    assert words("城市和城市群", "城市*", whole_words=True) == ["城市", "城市群"]


def test_rows_come_in_the_order_of_the_text_with_their_pattern():
    found = kwic(units_of("修铁路，治黄河，修铁路", "铁路"), ["黄河", "铁路"], window=2)
    assert found[["unit_id", "start", "before", "keyword", "after", "pattern"]].values.tolist() == [
        ["a#001", 1, "修", "铁路", "，治", "铁路"],
        ["a#001", 5, "，治", "黄河", "，修", "黄河"],
        ["a#001", 9, "，修", "铁路", "", "铁路"],
        ["a#002", 11, "", "铁路", "", "铁路"],
    ]


def test_only_leaves_are_searched_and_headings_can_be_left_out(units):
    rows = kwic(units, "城市")
    assert rows["unit_id"].str.contains("#").all()
    assert kwic(units, "城市", heading=False)["field"].eq("text").all()
    assert kwic(units, "城市", window=0)[["before", "after"]].eq("").all().all()


def test_a_heading_that_units_share_is_found_once():
    shared = units_of("修铁路", "治黄河").assign(heading="治理黄河", heading_pieces="90-94")
    assert kwic(shared, "黄河")[["unit_id", "field", "start"]].values.tolist() == [["a#002", "text", 4], ["a#001", "heading", 92]]


def test_headings_without_a_place_are_not_searched_and_that_is_said():
    with pytest.warns(UserWarning, match="heading_pieces"):
        assert kwic(units_of("修铁路").assign(heading="治理黄河", pieces="0-3"), "黄河").empty


def test_nothing_found_is_no_error():
    assert kwic(units_of("修铁路"), "黄河").empty
    assert kwic(units_of("修铁路").iloc[:0], "黄河").empty
    assert kwic(units_of("").assign(text=None), "黄河").empty


@pytest.mark.parametrize("wrong", ["", "*", "??", " ", [], ["黄河", ""], None, 3, [3], "甲*乙*丙*丁", "甲" * 201])
def test_patterns_that_cannot_be_used_are_refused(wrong):
    with pytest.raises(LanxiError, match="pattern="):
        kwic(units_of("修铁路"), wrong)


def test_what_is_no_table_of_units_is_refused():
    with pytest.raises(TableError, match=r"doc_id.*lx\.segment"):
        kwic(pd.DataFrame({"text": ["黄河"]}), "黄河")
    with pytest.raises(TableError):
        kwic(["黄河"], "黄河")
    with pytest.raises(LanxiError, match="window"):
        kwic(units_of("黄河"), "黄河", window=-1)


@pytest.mark.parametrize("pattern", ["甲*甲*甲乙", "甲?甲?甲?乙", "甲*乙*丙", "?" * 199 + "乙"])
def test_hostile_text_takes_no_longer_than_its_length(pattern):
    began = time.process_time()
    kwic(units_of("甲" * 100_000), pattern)
    assert time.process_time() - began < 5
