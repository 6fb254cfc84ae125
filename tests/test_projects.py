"""Named projects in the leaves."""

from __future__ import annotations

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.tables import table
from tests.clock import grows


@pytest.fixture(scope="module")
def found(units):
    return lx.projects(units)


def read(text: str, adcode: str = "630200", **options) -> list[tuple[str, str, str]]:
    row = {"doc_id": "d", "unit_id": "d#001", "kind": "measure", "is_leaf": True, "start": 0, "text": text}
    rows = lx.projects(pd.DataFrame([row | {"pieces": None, "adcode": adcode}]), **options)
    return list(zip(rows["project"], rows["type"].astype(str), rows["action"], strict=True))


def of(found: pd.DataFrame, unit_id: str) -> list[tuple[str, str]]:
    rows = found[found["unit_id"] == unit_id]
    return list(zip(rows["project"], rows["action"], strict=True))


def test_every_span_shows_the_words_that_name_it(corpus, found):
    assert len(found) > 250
    for row in found.itertuples():
        source = corpus[row.unit_id.split("#")[0]].text[row.start : row.end]
        assert "".join(row.project.split()).startswith("".join(source.split())), row


@pytest.mark.parametrize(
    ("unit_id", "fragment", "whole"),
    [
        ("qinghai-gansu-2022#028", "西宁至成都", "西宁至成都铁路"),
        ("qinghai-gansu-2022#040", "省级互助土族", "省级互助土族文化生态保护区"),
        ("haidong-2024#056", "平安响河峡", "平安响河峡水库"),
        ("pingan-2022#006", "硝沟小流域1号", "硝沟小流域1号大型淤地坝"),
        ("linxia-2022#021", "临大", "临大高速公路"),
    ],
)
def test_a_fragment_takes_the_class_word_of_its_list(found, corpus, unit_id, fragment, whole):
    rows = found[found["unit_id"] == unit_id]
    assert fragment not in set(rows["project"])
    row = rows[rows["project"] == whole].iloc[0]
    assert corpus[unit_id.split("#")[0]].text[row["start"] : row["end"]] == fragment


def test_what_is_done_does_not_tell_the_type():
    assert read("开展兰新高铁兰州至西宁段达速改造。") == [("兰新高铁兰州至西宁段达速改造", "rail", "开展")]
    assert read("实施湟水河大桥改造。") == [("湟水河大桥改造", "road", "实施")]
    assert read("加快青藏铁路格拉段电气化工程。") == [("青藏铁路格拉段电气化工程", "rail", "加快")]


def test_a_list_shares_the_work_that_closes_it(found):
    assert of(found, "haidong-2024#056") == [
        ("乐都杨家水库", "完成蓄水验收"),
        ("民和满坪水库", "完成蓄水验收"),
        ("循化夕昌水库", "完成蓄水验收"),
        ("互助柏木峡水库", "完成蓄水验收"),
        ("平安响河峡水库", "完成"),
    ]


def test_a_verb_behind_its_subjects(found):
    assert of(found, "haidong-2024#025") == [
        ("G341加定（甘青界）至海晏（西海）段公路", "建成通车"),
        ("乐都至化隆公路瞿县至化隆段", "建成通车"),
        ("西宁曹家堡机场东进场路工程", "开工建设"),
        ("民小公路平安驿州大街连接线", "开工建设"),
    ]


def test_a_verb_carried_over_a_comma(found):
    rows = of(found, "haidong-2024#035")
    assert ("民和县川杨公路", "建设完成") in rows
    assert ("互助威远镇至南门峡公路", "实施好") in rows
    assert len(rows) == 11


def test_airports(found):
    assert ("黄南机场", "开工建设") in of(found, "qinghai-gansu-2022#030")
    assert set(found[found["name"] == "黄南机场"]["type"]) == {"air"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加快西宁至成都铁路建设。", [("西宁至成都铁路", "rail", "加快")]),
        (
            "新建G0601西宁绕城高速、民和米拉湾互通等项目。",
            [("G0601西宁绕城高速", "road", "新建"), ("民和米拉湾互通", "road", "新建")],
        ),
        ("建成海东市生活垃圾焚烧发电设施。", [("海东市生活垃圾焚烧发电设施", "environment", "建成")]),
        ("实施乐都区80兆瓦集中式光伏项目。", [("乐都区80兆瓦集中式光伏项目", "energy", "实施")]),
        (
            "争取实施永靖至民和、康乐至卓尼2条高速公路。",
            [("永靖至民和高速公路", "road", "实施"), ("康乐至卓尼高速公路", "road", "实施")],
        ),
        ("加快牙扎水库配套工程的前期工作。", [("牙扎水库配套工程", "water", "加快")]),
        # no name, or no verb of building
        ("推进重点项目建设，实施一批重大生态工程。", []),
        ("加快基础设施项目建设，建设现代农业产业园、示范基地。", []),
        ("提升兰州中川国际机场、西宁曹家堡国际机场等开放口岸功能。", []),
        ("推进民和与红古公交互联互通。", []),
        ("加快编制民和—红古创新发展先行区规划。", []),
        ("开展乐都工业园、民和工业园区等循环化改造工作。", []),
        ("推动民和县经济社会高质量发展。", []),
    ],
)
def test_grammar(text, expected):
    assert read(text) == expected


def test_other_regions():
    assert read("推进成渝中线、渝昆等5个高铁项目，开工建设南充至潼南高速公路。", "500000")[-1] == (
        "南充至潼南高速公路",
        "road",
        "开工建设",
    )
    assert read("加快引江济淮工程、合肥新桥国际机场改扩建。", "340100")[-1] == ("合肥新桥国际机场", "air", "加快")


@pytest.mark.parametrize(
    ("text", "adcode", "expected"),
    [
        ("加快推进引汉济渭二期工程、东庄水利枢纽等重大水利工程建设。", "610000", ["引汉济渭二期工程", "东庄水利枢纽"]),
        ("开工建设成都至重庆中线高铁，建成成达万高铁。", "510000", ["成都至重庆中线高铁", "成达万高铁"]),
        ("推进国家技术创新中心建设，实施鹤洲南通道工程。", "440000", ["鹤洲南通道工程"]),
        ("建成G4216线屏山新市至金阳段高速公路。", "510000", ["G4216线屏山新市至金阳段高速公路"]),
        ("加快长沙黄花国际机场T3航站楼改扩建工程建设。", "430000", ["长沙黄花国际机场T3航站楼改扩建工程"]),
        ("推动比亚迪新能源汽车产业园二期项目投产。", "430000", ["比亚迪新能源汽车产业园二期项目"]),
        (
            "新建县人民医院传染病区综合楼项目，建成县第三小学。",
            "620000",
            ["县人民医院传染病区综合楼项目", "县第三小学"],
        ),
        ("谋划推进南水北调西线工程前期工作。", "630000", ["南水北调西线工程"]),
        ("加快郑州至济南高速铁路濮阳至济南段建设。", "410000", ["郑州至济南高速铁路濮阳至济南段"]),
        ("加快广西平陆运河建设，推进农村公路建设。", "450000", ["广西平陆运河"]),
        ("建成投用市妇幼保健院新院区、市图书馆新馆。", "340000", ["市妇幼保健院新院区", "市图书馆新馆"]),
        ("实施城乡居民增收行动、品牌提升工程，落实河长制。", "340000", []),
        ("新建、续建大型灌区续建配套与现代化改造项目12个。", "630000", []),
        ("实施乡村振兴战略，推进健康中国建设，建设养老服务设施500处。", "370000", []),
    ],
)
def test_named_projects_over_the_provinces(text, adcode, expected):
    assert [name for name, _, _ in read(text, adcode)] == expected


def test_own_words(tmp_path):
    assert read("建设民和蓄冷库。") == []
    (tmp_path / "project_words.tsv").write_text(
        "key\tword\tkind\ttype\nwork:蓄冷库\t蓄冷库\twork\tlogistics\n", encoding="utf-8"
    )
    assert read("建设民和蓄冷库。", lexicon=tmp_path) == [("民和蓄冷库", "logistics", "建设")]


def test_no_leaves_give_an_empty_table(units):
    empty = lx.projects(units[~units["is_leaf"]])
    assert len(empty) == 0
    assert list(empty.columns) == table("projects").names()


@pytest.mark.parametrize(
    "text", ["推进" + "兰州至西宁铁路、" * 800, "推进兰州和" * 1500, "推进" + "工程" * 4000, "推进" + "(工程" * 4000]
)
def test_time_grows_with_the_text_only(text):
    grows(8, lambda: read(text[: len(text) // 4]), lambda: read(text), floor=0.5)


def below(heading: str, text: str, adcode: str = "620000") -> list[str]:
    row = {"doc_id": "d", "unit_id": "d#001", "kind": "measure", "is_leaf": True, "start": 0, "text": text}
    units = pd.DataFrame([row | {"pieces": None, "adcode": adcode, "path": ("三、任务", heading), "heading": None}])
    return lx.projects(units)["project"].tolist()


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("专栏3 重大工程", "引洮供水二期工程。", ["引洮供水二期工程"]),
        ("专栏3 重大工程", "兰州至张掖三四线铁路中兰段。", ["兰州至张掖三四线铁路中兰段"]),
        ("专栏3 重大工程", "白龙江引水工程：总投资300亿元，建设输水隧洞。", ["白龙江引水工程"]),
        ("一、交通项目", "G1816乌玛高速合作至赛尔龙段", ["G1816乌玛高速合作至赛尔龙段"]),
        ("（二）重点项目", "水利：李家峡北干渠、蓄集峡水利枢纽等工程。", ["李家峡北干渠", "蓄集峡水利枢纽"]),
        ("重点项目清单", "拉西瓦水电站扩机、兰州市轨道交通2号线一期。", ["拉西瓦水电站扩机", "兰州市轨道交通2号线一期"]),
        # no name, no list, or another heading
        ("专栏3 重大工程", "总投资300亿元，兰州市政府负责。", []),
        ("专栏3 重大工程", "农村饮水安全保障工程、兰州市发展改革委。", ["农村饮水安全保障工程"]),
        ("三、工作要求", "引洮供水二期工程。", []),
        ("（一）强化重大项目", "兰州至合作铁路。", []),
    ],
)
def test_a_list_below_a_heading_of_projects_needs_no_verb(heading, text, expected):
    assert below(heading, text) == expected


def test_a_label_announces_a_list():
    text = "完善路网。重点项目：酒泉至额济纳铁路、天水至陇南铁路，兰州中川国际机场三期扩建工程。提升兰州机场功能。"
    assert [name for name, _, _ in read(text, "620000")] == [
        "酒泉至额济纳铁路",
        "天水至陇南铁路",
        "兰州中川国际机场三期扩建工程",
    ]
