"""Places named in the leaves."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lanxikit as lx
from lanxikit.reading.corpus import from_texts
from lanxikit.tables import table
from tests.clock import grows


@pytest.fixture(scope="module")
def found(units):
    return lx.places(units)


def unit(text: str, **cells) -> pd.DataFrame:
    row = {"doc_id": "d", "unit_id": "d#001", "kind": "measure", "is_leaf": True, "start": 0, "text": text}
    return pd.DataFrame([row | {"pieces": None, "adcode": "630200"} | cells])


def of(found: pd.DataFrame, unit_id: str) -> list[tuple[str, str]]:
    rows = found[found["unit_id"] == unit_id]
    return list(zip(rows["place"], rows["adcode"], strict=True))


def test_every_span_shows_the_place_as_written(corpus, found):
    assert len(found) > 850
    for row in found.itertuples():
        source = corpus[row.unit_id.split("#")[0]].text[row.start : row.end]
        assert "".join(source.split()) == "".join(row.place.split()), row


def test_route_of_a_bus_line(found):
    assert of(found, "haidong-2020#005") == [("民和", "630222"), ("红古", "620111")]


def test_names_that_pass_through_two_provinces(found):
    places = ["兰州", "张掖", "贵德", "化隆", "循化", "民和", "临夏", "兰州", "临夏"]
    codes = ["620100", "620700", "632523", "630224", "630225", "630222", "622900", "620100", "622900"]
    assert of(found, "haidong-2020#016") == list(zip(places, codes, strict=True))


def test_a_short_name_the_document_vouches_for(found):
    """(永靖) stands alone in brackets; elsewhere in the document 永靖县 is written out."""
    assert [place for place, _ in of(found, "haidong-2020#004")].count("永靖") == 4


def test_breakdown_by_county(found):
    assert [place for place, _ in of(found, "haidong-2024#007")] == ["乐都区", "平安区", "民和县", "互助县", "化隆县", "循化县"]


def test_parent_level_and_kind(found):
    row = found[(found["unit_id"] == "haidong-2024#016") & (found["place"] == "大通县")].iloc[0]
    assert (row["name"], row["level"], row["parent"], row["kind"]) == ("大通回族土族自治县", "county", "西宁市", "administrative")
    area = found[(found["place"] == "兰西城市群")].iloc[0]
    assert (area["name"], area["adcode"], area["kind"]) == ("兰州—西宁城市群", "620000、630000", "functional area")
    assert pd.isna(area["level"])


def test_the_heading_of_a_measure_counts_where_it_can_be_located(found, corpus):
    heading = found[found["part"] == "heading"]
    row = heading[(heading["unit_id"] == "qinghai-gansu-2022#008")].iloc[0]
    assert corpus["qinghai-gansu-2022"].text[row["start"] - 4 : row["end"] + 4] == "大力提升兰州综合实力"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("浙江）", ["浙江"]),
        ("浙江\u3000）", ["浙江"]),
        ("浙江\u3000\t）", ["浙江"]),
        (" 浙江）", ["浙江"]),
        ("支持浙江与江苏省合作", ["浙江", "江苏省"]),
    ],
)
def test_a_heading_with_blanks_in_it(heading, expected):
    text = f"一、要求\n（一）{heading}。推进落实各项任务。\n（二）目标。推进落实各项任务。\n"
    rows = lx.places(lx.segment(from_texts({"a": text})))
    rows = rows[rows["part"] == "heading"]
    assert [text[row.start : row.end] for row in rows.itertuples()] == rows["place"].tolist() == expected


_HEADINGS = st.lists(
    st.sampled_from(["浙江", "江苏省", "民和县", "合作", "）", "\u3000", " ", "\t", "\u200b", "\xa0", "**", "A 1"]), min_size=1
).map("".join)
_ORDINALS = st.sampled_from([("（一）", "（二）"), ("1.", "2."), ("1．", "2．"), ("1. ", "2. "), ("一、", "二、"), ("（1）", "（2）")])


@settings(max_examples=150, deadline=None)
@given(_HEADINGS, _HEADINGS, _ORDINALS, st.sampled_from(["", " ", "\u3000\u3000"]), st.sampled_from(["。", "。 ", "：\u3000"]))
def test_a_place_in_a_heading_is_the_words_of_the_file(first, second, ordinals, indent, mark):
    leaves = "".join(
        f"{indent}{number}{heading}{mark}支持民和县发展，推进落实任务。\n"
        for number, heading in zip(ordinals, (first, second), strict=True)
    )
    text = "一、要求\n" + leaves
    for row in lx.places(lx.segment(from_texts({"a": text}))).itertuples():
        source = text[row.start : row.end]
        assert source == row.place if row.part == "heading" else "".join(source.split()) == "".join(row.place.split())


@pytest.mark.parametrize(
    ("text", "adcode", "expected"),
    [
        ("由市财政局会同县发展改革局落实", "630200", []),
        ("由市财政局会同县发展改革局落实", "431200", []),
        ("会同县、区财政局制定方案", "630200", []),
        ("市水务局会同市教育局、海东市财政局", "630200", ["海东市"]),
        ("会同安徽省有关方面推进", "431200", ["安徽省"]),
        ("支持会同县发展", "630200", ["会同县"]),
        ("湖南省会同县人民政府", "630200", ["湖南省", "会同县"]),
        ("由会同县发展改革局牵头", "431200", ["会同县"]),
        ("深化合作市场建设", "630200", []),
        ("建设合作示范区，共建合作园区", "620000", []),
        ("加强与临夏州合作市交流", "630200", ["临夏州", "合作市"]),
    ],
)
def test_together_with_an_organ_is_no_county(text, adcode, expected):
    assert lx.places(unit(text, adcode=adcode))["place"].tolist() == expected


def test_an_abbreviation_of_two_gives_two_rows():
    rows = lx.places(unit("推动甘青两省合作"))
    assert list(rows["name"]) == ["甘肃省", "青海省"]
    assert list(rows["start"]) == [2, 2]


def test_the_region_of_the_document_settles_homonyms():
    assert list(lx.places(unit("加快海南节点城市建设"))["adcode"]) == ["632500"]
    assert list(lx.places(unit("加快海南节点城市建设", adcode="622900"))["adcode"]) == ["460000"]
    assert list(lx.places(unit("加快海南节点城市建设", adcode=None))["adcode"]) == ["460000"]


def test_pieces_lead_over_a_line_break():
    rows = lx.places(unit("推动民和县发展", pieces="10-13;15-19"))
    assert (rows["start"][0], rows["end"][0]) == (12, 17)


def test_no_leaves_give_an_empty_table(units):
    empty = lx.places(units[~units["is_leaf"]])
    assert len(empty) == 0
    assert list(empty.columns) == table("places").names()


def test_a_wrong_table_is_named():
    with pytest.raises(lx.LanxiError, match="is_leaf"):
        lx.places(pd.DataFrame({"unit_id": ["a"], "kind": ["measure"], "text": ["兰州"], "start": [0]}))


@pytest.mark.parametrize(
    ("text", "adcode", "codes"),
    [
        ("支持南京江北新区发展", "320000", ["320100", "320100"]),
        ("保护南京江段岸线", "320000", []),
        ("海南省与海南州对口支援", "630000", ["460000", "632500"]),
        ("临夏市、临夏县、临夏州", "620000", ["622901", "622921", "622900"]),
        ("支持河南县、河南省", "632300", ["632324", "410000"]),
        ("鼓楼区加快发展", "410200", ["410204"]),
        ("沈阳铁西区、四平市铁西区", "210000", ["210100", "210106", "220300", "220302"]),
        ("建设北京市朝阳区、吉林省长春市朝阳区", "110000", ["110000", "110105", "220000", "220100", "220104"]),
        ("推动新区和开发区融合发展", "620100", []),
        ("延长产业链，支持延长县", "610600", ["610621"]),
    ],
)
def test_names_over_the_country(text, adcode, codes):
    assert lx.places(unit(text, adcode=adcode))["adcode"].tolist() == codes


def test_time_grows_with_the_text_only():
    text = "甘肃省兰州市城关区" * 11_112
    lx.places(unit("兰州"))
    found = grows(8, lambda: lx.places(unit(text[:25_000])), lambda: lx.places(unit(text[:100_000])), floor=0.2)
    assert len(found) >= 100_000 // 9 * 3
