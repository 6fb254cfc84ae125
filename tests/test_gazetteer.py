"""The gazetteer: names to divisions, names in text, issuers to regions."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import place_sentences
import place_sentences_held
import pytest

from lanxikit.gazetteer import divisions, find, full_name, lineage_of, lookup, mentions, region_of
from tests.clock import grows

HAIDONG, JOINT, PINGAN, LINXIA = "630200", "630000、620000", "630203", "622900"


def names(text: str, near: str | None = None, **options) -> list[str]:
    return [item.name for item in mentions(text, near=near, **options)]


# --- the divisions themselves


def test_all_divisions_are_there_once():
    rows = divisions()
    by_level = {level: sum(row.level == level for row in rows) for level in ("country", "province", "prefecture", "county")}
    assert by_level == {"country": 1, "province": 34, "prefecture": 333, "county": 2844}
    codes = [row.code for row in rows]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 6 and code.isdigit() for code in codes)


def test_every_parent_exists_and_is_above():
    by_code = {row.code: row for row in divisions()}
    for row in divisions()[1:]:
        parent = by_code[row.parent]
        assert row.code.startswith(parent.code.rstrip("0")) or parent.level == "country" or row.code[:2] == parent.code[:2]
    assert by_code["110108"].parent == "110000"  # a district of 北京 has no prefecture above it
    assert by_code["429004"].parent == "420000"  # 仙桃市 stands directly under 湖北省


def test_import_is_light():
    code = "import sys, lanxikit.gazetteer; sys.exit(any(name in sys.modules for name in ('pandas', 'numpy', 'jieba')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- lookup


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("民和回族土族自治县", "630222"),
        ("民和县", "630222"),
        ("民和", "630222"),
        ("互助县", "630223"),
        ("循化县", "630225"),
        ("大通县", "630121"),
        ("积石山县", "622927"),
        ("东乡县", "622926"),
        ("临夏州", "622900"),
        ("临夏", "622900"),
        ("临夏市", "622901"),
        ("海南州", "632500"),
        ("海南", "460000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("湟中县", "630106"),
        ("平安县", "630203"),
        ("海东地区", "630200"),
        ("青海", "630000"),
        ("内蒙古", "150000"),
        ("和县", "340523"),
        ("中国", "100000"),
        ("青海省海东市民和县", "630222"),
        ("拉萨市城关区", "540102"),
    ],
)
def test_lookup(name, code):
    assert lookup(name).code == code


def test_homonyms_go_to_the_nearest_or_stay_open():
    assert lookup("城关区") is None
    assert lookup("城关区", near="620000").code == "620102"
    assert lookup("城关区", near="540100").code == "540102"
    assert lookup("海南", near=HAIDONG).code == "632500"
    assert lookup("海南", near=LINXIA).code == "460000"
    assert lookup("海南", near=JOINT).code == "632500"
    assert lookup("朝阳").code == "211300"
    assert lookup("朝阳", near="110000").code == "110105"
    assert lookup("无此地") is None
    assert lookup("") is None


def test_lineage_and_full_name():
    pingan = lookup("平安区")
    assert [row.code for row in lineage_of(pingan)] == ["630000", "630200", "630203"]
    assert full_name(pingan) == "海东市平安区"
    assert full_name(pingan, province=True) == "青海省海东市平安区"
    assert full_name(lookup("仙桃市")) == "仙桃市"


# --- names in text


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("责任单位:民和县政府、红古区政府", HAIDONG, ["民和回族土族自治县", "红古区"]),
        ("推进永靖至民和高速通道、兰州至永靖至临夏高速公路", HAIDONG, ["永靖县", "民和回族土族自治县", "兰州市", "永靖县", "临夏回族自治州"]),
        ("兰州至合作铁路前期工作", HAIDONG, ["兰州市", "合作市"]),
        ("建立医疗机构合作机制，深化交流合作", LINXIA, []),
        ("保障大通河、洮河、大夏河流域水环境安全", JOINT, []),
        ("打造沿太子山旅游大通道", LINXIA, []),
        ("会同大通县制定《推动大通—互助一体化发展方案》", HAIDONG, ["大通回族土族自治县", "大通回族土族自治县", "互助土族自治县"]),
        ("职工互助补充保险，公共服务互助", JOINT, []),
        ("合力打造平安都市圈，推进平安建设", HAIDONG, []),
        ("延伸西宁高速公路免费段至平安，同步输出柴火鸡等平安特色美食", PINGAN, ["西宁市", "平安区", "平安区"]),
        ("推动“平安驿”品牌走出青海", PINGAN, ["青海省"]),
        ("定西、临夏、海北、海南、黄南等节点城市", JOINT, ["定西市", "临夏回族自治州", "海北藏族自治州", "海南藏族自治州", "黄南藏族自治州"]),
        ("开工建设海南哇让、临夏东乡、临夏康乐抽水蓄能电站", JOINT, ["海南藏族自治州", "临夏回族自治州", "东乡族自治县", "临夏回族自治州", "康乐县"]),
        ("重大连接线建设，形成都市圈，综合水平，农民和企业，国家和政策", JOINT, []),
        ("黄河南北山生态绿化，引黄济宁工程", HAIDONG, []),
        ("制定西宁—海东都市圈行动计划", JOINT, ["西宁—海东都市圈"]),
        ("争取无锡市和惠山区对平安区的支持", PINGAN, ["无锡市", "惠山区", "平安区"]),
        ("西宁特钢扩能，支持兰州大学、青海大学", JOINT, []),
        ("平安区小峡口至湟中县田家寨", HAIDONG, ["平安区", "湟中区"]),
        ("湟水河两岸及民和、红古城区周边", JOINT, ["民和回族土族自治县", "红古区"]),
        ("加强与西宁、海东、济南、厦门、成都、重庆等城市的合作", LINXIA, ["西宁市", "海东市", "济南市", "厦门市", "成都市", "重庆市"]),
        ("甘青两省", HAIDONG, ["甘肃省、青海省"]),
    ],
)
def test_mentions(text, near, expected):
    assert names(text, near) == expected


def test_unseen_regions():
    """Rules of the genre, not of the five documents."""
    assert names("南充至潼南、内江至大足、江津至泸州北线", "500000") == ["南充市", "潼南区", "内江市", "大足区", "江津区", "泸州市"]
    assert names("建设平和至诏安公路，三明确责任，推进平和发展", "350600") == ["平和县", "诏安县", "平和县"]
    assert names("支持雄安新区与北京通州区一体化，加快建成都市农业示范区", "130000") == ["雄安新区", "北京市", "通州区"]
    assert names("沿海口岸开放，西南通道，能源资源开发，美丽水乡，推广安全生产", "450000") == []
    assert names("江西南昌、山东东营、河南南阳") == ["江西省", "南昌市", "山东省", "东营市", "河南省", "南阳市"]


def test_a_bare_name_counts_where_the_document_vouches_for_it():
    assert names("城际线(永靖)", HAIDONG) == []
    assert names("城际线(永靖)", HAIDONG, known={"622923"}) == ["永靖县"]


def test_functional_areas_and_where_they_lie():
    text = "加快兰州新区、海东河湟新区、兰州—白银都市圈、临夏经济开发区和互助绿色产业园区建设"
    found = {item.name: (item.kind, [row.code for row in item.divisions]) for item in mentions(text, near=JOINT)}
    assert found == {
        "兰州新区": ("functional area", ["620100"]),
        "海东河湟新区": ("functional area", ["630200"]),
        "兰州—白银都市圈": ("functional area", ["620100", "620400"]),
        "临夏经济开发区": ("functional area", ["622900"]),
        "互助绿色产业园区": ("functional area", ["630223"]),
    }


def test_find_gives_character_spans_in_either_width_and_dash():
    text = "（西宁－海东）推动民和–红古"
    assert [(text[a:b], row.code) for a, b, row in find(text, near=HAIDONG)] == [
        ("西宁", "630100"),
        ("海东", "630200"),
        ("民和", "630222"),
        ("红古", "620111"),
    ]
    assert find("") == []


def test_own_lists_extend_ours(tmp_path):
    (tmp_path / "place_aliases.tsv").write_text("name\tkind\tcodes\tfull\n临空新城\tarea\t630200\t\n河州\talias\t622900\t\n", encoding="utf-8")
    (tmp_path / "place_words.tsv").write_text("key\tword\tkind\n-ordinary:互助\t\t\n", encoding="utf-8")
    assert names("建设临空新城，走进河州，百度互助标注", HAIDONG, lexicon=tmp_path) == ["临空新城", "临夏回族自治州", "互助土族自治县"]
    assert names("建设临空新城，走进河州，百度互助标注", HAIDONG) == []


@pytest.mark.parametrize("text", ["兰州、" * 4000, "合作、" * 4000 + "兰州", "平安" * 6000, "海" * 20000])
def test_time_grows_with_the_text_only(text):
    grows(12, lambda: mentions(text[: len(text) // 4], near=HAIDONG), lambda: mentions(text, near=HAIDONG), floor=0.5)


# --- issuers


@pytest.mark.parametrize(
    ("issuer", "code", "level"),
    [
        ("海东市平安区人民政府办公室", "630203", "county"),
        ("临夏回族自治州人民政府办公室", "622900", "prefecture"),
        ("青海省人民政府办公厅", "630000", "province"),
        ("甘肃省人民政府办公厅", "620000", "province"),
        ("海东市人民政府办公室", "630200", "prefecture"),
        ("国务院办公厅", "100000", "country"),
        ("国家发展改革委", "100000", "country"),
        ("自然资源部办公厅", "100000", "country"),
        ("国家税务总局青海省税务局", "630000", "province"),
        ("中共海东市委办公室", "630200", "prefecture"),
        ("海东工业园区管理委员会", "630200", "prefecture"),
        ("湟中县人民政府", "630106", "county"),
        ("北京市海淀区人民政府", "110108", "county"),
        ("湖北省仙桃市人民政府", "429004", "county"),
        ("海南藏族自治州人民政府", "632500", "prefecture"),
        ("海南省人民政府", "460000", "province"),
        ("甘肃省临夏州东乡县达板镇人民政府", "622926", "township"),
        ("成都市武侯区浆洗街街道办事处", "510107", "township"),
    ],
)
def test_region_of(issuer, code, level):
    region = region_of(issuer)
    assert (region.code, region.level) == (code, level)


def test_region_of_bodies_without_a_place():
    assert region_of("州政府办公室") is None
    assert region_of("州政府办公室", near=LINXIA).code == LINXIA
    assert region_of("区人民政府", near=PINGAN).code == PINGAN
    assert region_of("市人民政府办公室", near=PINGAN).code == HAIDONG
    assert region_of("学习小组") is None
    assert region_of("") is None


# --- sentences of all provinces


def _measured(listed) -> tuple[float, float]:
    right = given = wanted = 0
    for near, text, expected in listed:
        found = Counter(
            name
            for item in mentions(text, near=near)
            for name in (
                [f"~{text[item.start : item.end]}"] if item.kind != "administrative" else [row.name for row in item.divisions]
            )
        )
        right += sum((found & Counter(expected)).values())
        given += sum(found.values())
        wanted += len(expected)
    return right / given, right / wanted


def test_sentences_of_all_provinces():
    precision, recall = _measured(place_sentences.sentences())
    assert precision >= 0.99 and recall >= 0.99


def test_sentences_held_out():
    """Never looked at while words were added."""
    precision, recall = _measured(place_sentences.sentences(place_sentences_held.SENTENCES))
    assert precision >= 0.98 and recall >= 0.97


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        ("兰州新区管理委员会", "620100"), ("西咸新区管委会", "610000"), ("河北雄安新区管理委员会", "130600"), ("青岛西海岸新区管理委员会", "370211"),
        ("四川天府新区管理委员会", "510000"), ("上海市浦东新区人民政府", "310115"), ("成都高新技术产业开发区管理委员会", "510100"),
    ],
)  # fmt: skip
def test_functional_areas_take_the_level_of_where_they_lie(issuer, code):
    assert region_of(issuer).code == code


def test_full_chains_and_rows_of_short_names():
    assert names("安徽省马鞍山市和县") == ["安徽省", "马鞍山市", "和县"]
    assert names("民和县和县直部门", HAIDONG) == ["民和回族土族自治县"]
    assert names("民和、乐都、平安三县区", HAIDONG) == ["民和回族土族自治县", "乐都区", "平安区"]
    assert names("兰州、白银、定西等市", "620000") == ["兰州市", "白银市", "定西市"]
    assert names("乌鲁木齐、克拉玛依、伊宁", "650000") == ["乌鲁木齐市", "克拉玛依市", "伊宁市"]
    assert names("延长产业链，做到同心同德，反对无为而治", "610600") == []
    assert lookup("襄樊市").name == "襄阳市" and lookup("平凉地区").name == "平凉市"
