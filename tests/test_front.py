"""What the lines around a body are: titles, bodies, dates, numbers; and what in a body looks like them."""

import pytest

from lanxikit.reading import front
from lanxikit.reading.dates import iso_date, iso_dates
from lanxikit.reading.numbers import number_in, order_in
from lanxikit.reading.organs import organs


@pytest.mark.parametrize(
    "line",
    [
        "海东市人民政府办公室", "中共中央办公厅国务院办公厅", "省发展改革委", "甘肃省人民代表大会常务委员会", "国家发展改革委住房城乡建设部",
        "兰州新区管理委员会", "新疆生产建设兵团办公厅", "国家税务总局青海省税务局", "共青团甘肃省委", "甘肃省推进“一带一路”建设工作领导小组办公室",
        "威远镇人民政府", "锡林郭勒盟行政公署办公室", "兰州市发展和改革委员会(代章)", "某市人民政府",
    ],
)  # fmt: skip
def test_bodies(line):
    assert front.is_organ(line)


@pytest.mark.parametrize(
    "line",
    [
        "加强组织领导", "民和县", "兰州科技创新中心", "提升城市形象,改善人居环境", "打造区域中心", "优化空间格局", "各市州人民政府", "市场监管局",
        "推动省部会商", "一、总体要求", "兰州市人民政府办公室文件", "建设一批重点项目", "完善公共法律服务体系", "海东市", "责任单位:市财政局",
        "加快建设兰州新区综合保税区", "提高政府服务水平和能力", "兰州大学第一医院",
    ],
)  # fmt: skip
def test_what_is_no_body(line):
    assert not front.is_organ(line)


@pytest.mark.parametrize(
    "line",
    [
        "关于印发兰州市养犬管理办法(试行)的通知", "2023年民生实事任务清单", "兰州—西宁城市群发展“十四五”实施方案", "政府工作报告",
        "海东市推进西宁—海东都市圈一体化发展2024年重点任务清单", "甘肃省水污染防治条例", "三年行动方案(2023—2025年)", "重点任务分工表",
        "中华人民共和国黄河保护法", "《甲省供水条例》实施办法", "甲县“十四五”发展规划(征求意见稿)",
    ],
)  # fmt: skip
def test_titles(line):
    assert front.is_title(line)


@pytest.mark.parametrize(
    "line",
    [
        "完善政策", "健全制度", "强化标准", "统一技术规范", "创新方法", "根据有关规定,制定本办法。", "总体要求", "规划:", "建立健全工作机制",
        "加强综合执法", "现将方案印发给你们,请认真贯彻执行。",
    ],
)  # fmt: skip
def test_what_is_no_title(line):
    assert not front.is_title(line)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022年4月7日", "2022-04-07"), ("2022年04月07日", "2022-04-07"), ("二○二二年四月七日", "2022-04-07"), ("二〇二二年十二月三十一日", "2022-12-31"),
        ("二零一八年十一月二十日", "2018-11-20"), ("二O二二年十月十日", "2022-10-10"), ("2O22年4月l日", "2022-04-01"), ("2022 年 4 月 7 日", "2022-04-07"),
        ("2022-4-7", "2022-04-07"), ("2022/04/07 10:22", "2022-04-07"), ("2022.04.07", "2022-04-07"), ("2022-04-0710:22", "2022-04-07"),
        ("20220407", "2022-04-07"), ("二〇二一年元月廿三日", "2021-01-23"), ("2022年13月1日", None), ("国发〔2022〕12号", None), ("1.2.3", None),
    ],
)  # fmt: skip
def test_dates(text, date):
    assert iso_date(text) == date


def test_several_dates():
    assert iso_dates("2021年9月29日通过 自2022年1月1日起施行") == ["2021-09-29", "2022-01-01"]
    assert front.is_date("(2022年4月7日)") and not front.is_date("2022年4月7日印发") and not front.is_date("2022年")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国发〔2022〕12号", "国发〔2022〕12号"), ("甘政办发[2022]5号", "甘政办发〔2022〕5号"), ("甘政办发(2022)5 号", "甘政办发〔2022〕5号"),
        ("甘政办发【2022】第5号", "甘政办发〔2022〕5号"), ("冀政办字(2O22] 5 号", "冀政办字〔2022〕5号"), ("发改规划 〔 2022 〕 l88 号", "发改规划〔2022〕188号"),
        ("青政〔2021〕\n19号", "青政〔2021〕19号"), ("黔府办函﹝2020﹞61号", "黔府办函〔2020〕61号"), ("甘肃省人民政府令第167号", "甘肃省人民政府令第167号"),
        ("生态环境部公告 2022年第5号", "生态环境部公告2022年第5号"), ("第五条", None), ("〔2022〕5号", None),
    ],
)  # fmt: skip
def test_numbers(text, number):
    assert number_in(text) == number


def test_number_lines():
    assert front.is_number("甘政办发〔2022〕36号") and front.is_number("(甘政办发〔2021〕90号)")
    assert not front.is_number("根据国发〔2022〕12号") and not front.is_number("甘政办发〔2022〕36号文件精神")
    assert order_in("云南省人民政府令 第 221 号") == "云南省人民政府令第221号"


def test_bodies_run_together():
    assert organs("甘肃省发展和改革委员会甘肃省财政厅甘肃省自然资源厅") == ["甘肃省发展和改革委员会", "甘肃省财政厅", "甘肃省自然资源厅"]
    assert organs("市委市政府") == ["市委", "市政府"]
    assert organs("兰州市统计局国家统计局兰州调查队") == ["兰州市统计局", "国家统计局兰州调查队"]
    assert organs("中国人民银行兰州中心支行甘肃省财政厅") == ["中国人民银行兰州中心支行", "甘肃省财政厅"]
    assert organs("甲" * 5000 + "厅") == organs("") == []


def test_letterheads_and_imprints():
    assert front.is_letterhead("中共兰州市委办公室兰州市人民政府办公室文件") and not front.is_letterhead("传达学习上级文件")
    assert front.is_imprint("海东市人民政府办公室2024年7月9日印发") and front.is_imprint("二〇一八年三月五日印发")
    assert not front.is_imprint("2024年7月9日印发的通知")
