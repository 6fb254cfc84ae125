"""Metadata of front matters of every level, province and kind of page (tests/fronts.py)."""

from __future__ import annotations

import re

import pytest
from fronts import FRONTS, KEYS

from lanxikit.reading.head import title_end
from lanxikit.reading.index_table import fields
from lanxikit.reading.metadata import metadata
from lanxikit.text.fold import fold
from tests.clock import within


@pytest.mark.parametrize("name", FRONTS)
def test_front_matter(name):
    text, expected = FRONTS[name]
    found = metadata(text)._asdict()
    assert {key: found[key] for key in KEYS} == expected


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char in "0123456789" else char for char in text)


def _wrapped(text: str) -> str:
    return "\n".join(
        line if re.search(r"\t|\||^.{0,7}：", line) else "\n".join(line[at : at + 22] for at in range(0, len(line), 22))
        for line in text.split("\n")
    )


def _spaced(text: str) -> str:
    return "\n".join(line if len(line) > 30 or re.search("[：\t|]", line) else " ".join(line) for line in text.split("\n"))


DAMAGE = {
    "blank lines between": (lambda text: text.replace("\n", "\n\n"), 1.0),
    "line ends of Windows": (lambda text: text.replace("\n", "\r\n"), 1.0),
    "indented": (lambda text: "\n".join("　　　" + line for line in text.split("\n")), 1.0),
    "digits in full width": (_wide, 1.0),
    "blanks between characters": (_spaced, 0.995),
    "wrapped at 22 characters": (_wrapped, 0.98),
    "line breaks lost": (lambda text: text.replace("\n", ""), 0.92),
}


def _plain(value):
    return "".join(fold(value).split()) if isinstance(value, str) else value


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_front_matter(damage):
    change, share = DAMAGE[damage]
    right = []
    for text, expected in FRONTS.values():
        found = metadata(change(text))._asdict()
        right += [_plain(found[key]) == _plain(expected[key]) for key in KEYS]
    assert sum(right) / len(right) >= share


def test_nothing_is_invented():
    found = metadata("今天天气很好。\n我们去公园。\n")
    assert found.number is None and found.issuers == () and found.region is None and found.signed is None
    assert metadata("").title is None


@pytest.mark.parametrize("unit", ["甲省人民政府", "2022年1月5日", "关于印发《", "索引号：", "（2022年1月5日通过 ", "甘政办发〔2022〕", "甲厅\n", "——2022年1月5日在\n", "的通知\n"])
def test_hostile_text_takes_no_long(unit):
    text = unit * (100_000 // len(unit))
    within(2, lambda: metadata(text))


FRONT = [
    (
        "山东省人民政府办公厅\n关于印发山东省数字基础设施建设行动方案\n（2024—2025年）的通知\n鲁政办字〔2024〕11号\n\n各市人民政府：\n一、建设",
        {"title": "山东省人民政府办公厅关于印发山东省数字基础设施建设行动方案（2024—2025年）的通知"},
    ),
    (
        "海南省促进全民健身办法\n海南省人民政府令\n第295号\n《海南省促进全民健身办法》已经通过，现予公布。\n2020年11月30日\n"
        "海南省促进全民健身办法\n第一条 为了健身，制定本办法。",
        {"number": "海南省人民政府令第295号", "issuers": ("海南省人民政府",)},
    ),
    ("广州市黄埔区 广州开发区促进先进制造业发展办法\n第一条 为了发展，制定本办法。", {"region": "黄埔区", "adcode": "440112"}),
    ("来源：市政府办公室\n鄂温克族自治旗2016年精准扶贫工作方案\n一、总体要求", {"region": "鄂温克族自治旗", "adcode": "150724"}),
    ("甲市数字经济行动计划（2023—2025年）\n一、总体要求", {"year": 2023}),
    ("甲市人民政府专题会议纪要\n〔2023〕12号\n一、会议议定", {"number": "〔2023〕12号"}),
    (
        "兰州市人民政府关于加快推进新区经\n兰州市人民政府\n关于加快推进新区经济发展的意见\n兰政发〔2021〕3号\n\n各县人民政府：\n一、总体",
        {"title": "兰州市人民政府关于加快推进新区经济发展的意见", "number": "兰政发〔2021〕3号"},
    ),
    (
        "首页>政务公开>政策>省政府文件关于加快建设现代化产业体系的实施意见发布时间：2023-08-15各市、县人民政府：为加快建设，现提出以下意见。"
        "一、总体要求（一）思路。深入实施行动计划，推进制造业建设，构建发展格局，促进各地区协调发展。",
        {"title": "关于加快建设现代化产业体系的实施意见"},
    ),
    (
        "信阳市人民政府专题会议纪要\n〔2023〕15号\n信阳市人民政府办公室　　　　2023年7月18日\n\n关于研究内涝治理的会议纪要\n\n会议议定：\n一、治理",
        {"issuers": ("信阳市人民政府办公室",), "region": "信阳市", "level": "prefecture", "signed": "2023-07-18"},
    ),
    ("信阳市人民政府专题会议纪要\n〔2023〕15号\n一、会议议定", {"issuers": ("信阳市人民政府",), "region": "信阳市"}),
    (
        "市政府办公室关于印发养老规划的通知\n通政办发〔2021〕86号\n各县区人民政府：\n现印发给你们。\n南通市人民政府办公室\n2021年12月9日",
        {"issuers": ("南通市人民政府办公室",), "region": "南通市"},
    ),
    (
        "恩施土家族苗族自治州酉水河保护条例\n（2016年9月29日恩施土家族苗族自治州第七届人民代表大会常务委员会第三十三次会议审议　2017年1月10日恩施土家族"
        "苗族自治州第八届人民代表大会第一次会议通过　2017年4月1日湖北省第十二届人民代表大会常务委员会第二十七次会议批准）\n第一章 总则",
        {"issuers": ("恩施土家族苗族自治州人民代表大会",), "signed": "2017-01-10"},
    ),
    (
        "株洲市人民政府办公室关于印发《2024年株洲市工作要点》的通知株政办函〔2024〕11号各县市区人民政府：《2024年株洲市工作要点》已经同意，现印发给你们，"
        "请认真抓好落实。株洲市人民政府办公室2024年3月18日2024年株洲市工作要点一、打造环境1．推进改革。落实清单。",
        {"signed": "2024-03-18", "issuers": ("株洲市人民政府办公室",)},
    ),
    ("甲区人民政府\n关于印发《政府工作报告》2022年目标任务分工方案的通知\n各街道办事处：\n一、目标", {"genre": "方案"}),
    ("甲区人民政府\n关于印发《甲区工作报告》《甲区实施细则》的通知\n各街道办事处：\n一、目标", {"genre": "报告"}),
    ("平凉市崆峒区\n“十四五”农业发展规划\n\n平凉市崆峒区人民政府\n二〇二二年五月\n一、总体", {"title": "平凉市崆峒区“十四五”农业发展规划"}),
    ("甘肃省\n甘肃省人民政府关于加强林草工作的意见\n各市：\n一、总体", {"title": "甘肃省人民政府关于加强林草工作的意见"}),
    ("安宁区人民政府关于印发\n《安宁区强省会行动实施方案》\n任务责任清单的通知\n各街道：\n一、总体", {"genre": "清单"}),
    ("貴州省財政廳\n貴州省農業農村廳\n關於印發《整治辦法》的通知\n各市：\n一、總體", {"title": "貴州省財政廳 貴州省農業農村廳關於印發《整治辦法》的通知"}),
    (
        "臨河縣人民政府辦公室關於印發《臨河縣產業發展行動計劃》的通知\n臨政辦發〔2022〕12號\n各鄉鎮人民政府：\n一、總體要求",
        {"issuers": ("臨河縣人民政府辦公室",), "number": "臨政辦發〔2022〕12号", "genre": "计划"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), FRONT)
def test_heads_of_further_kinds(text, expected):
    found = metadata(text)._asdict()
    assert {key: found[key] for key in expected} == expected


FLAT = "为做好工作，制定本{0}。一、兜牢底线1.完善机制。2.提高标准。二、发展养老1.新建中心3个。"
GLUED = [
    ("额敏县2023年民政工作要点", "2023年全县民政工作的总体要求是：坚持为民。一、兜牢底线1.完善机制。2.提高标准。", "要点"),
    ("泗阳县充电设施建设行动计划（2023—2025年）", FLAT.format("计划"), "计划"),
    ("泗阳县充电设施实施方案（2023—2025年）（试行）", "根据省有关要求，制定本方案。\n一、目标\n建成充电桩。", "方案"),
    ("泗阳县民政工作要点", "一、兜牢底线1.完善机制，提高标准。2.新建养老中心3个，改造敬老院。", "要点"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "rest", "genre"), GLUED)
def test_a_title_glued_to_what_follows_is_found(title, rest, genre):
    found = metadata(title + rest)
    assert (found.title, found.genre, found.level) == (title, genre, "county")


@pytest.mark.parametrize("line", ["贯彻省委方案为做好工作，各地要落实。", "甲县2023年工作要点"])
def test_a_sentence_is_no_title_glued(line):
    assert title_end(fold(line)) == 0


TOWNS = [
    ("乌日根塔拉镇2024年整治工作方案\n\n制定本方案。\n一、目标\n1.清垃圾。\n\n乌日根塔拉镇人民政府\n2024年2月28日\n", "乌日根塔拉镇", None),
    ("沙河乡2024年整治工作方案\n\n制定本方案。\n一、目标\n1.清垃圾。\n\n沙河乡人民政府\n2024年2月28日\n", "沙河乡", None),
    ("沙河乡2024年整治工作方案\n\n制定本方案。\n一、目标\n1.清垃圾。", "沙河乡", None),
    ("互助土族自治县威远镇人民政府关于印发整治方案的通知\n各村：\n一、目标\n1.清垃圾。", "威远镇", "630223"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "code"), TOWNS)
def test_a_township_is_a_region_of_its_own(text, name, code):
    found = metadata(text)
    assert (found.level, found.region, found.adcode) == ("township", name, code)


@pytest.mark.parametrize("title", ["陇西县城镇2024年供水工作方案", "陇西县乡镇街道2024年赋权工作方案", "陇西县乡村振兴工作方案", "陇西县小城镇建设实施方案"])
def test_what_kind_of_place_is_meant_is_no_township(title):
    assert metadata(f"{title}\n\n制定本方案。\n一、目标\n1.清垃圾。").level == "county"


def test_provinces_by_their_characters():
    found = metadata("湘赣边区域合作示范区2023年重点工作任务清单\n\n一、推进\n1.建设公路。")
    assert (found.level, found.region) == ("province", "湖南省、江西省")


def test_labels_in_brackets_and_heads_of_columns():
    assert fields(["【发布文号】商流通发〔2023〕99号", "【发文日期】2023年7月27日"]) == {"number": "商流通发〔2023〕99号", "sent": "2023年7月27日"}
    assert fields(["序号\t类别\t名称\t2020年\t2025年", "名称\t单位\t2020年"]) == {}
    assert fields(["名称\t某方案\t文号\t甘政办〔2022〕1号"])["title"] == "某方案"
