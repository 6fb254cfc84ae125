"""Quantified targets: literal words and what they mean, the five documents, and the gold."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.annotating.comparators import comparators
from lanxikit.annotating.indicators import indicators
from lanxikit.errors import TableError
from lanxikit.reading.corpus import from_texts
from lanxikit.tables import table
from lanxikit.text.fold import fold
from tests.clock import within

CASES = Path(__file__).with_name("target_cases.tsv")


def frame(*texts, year=2024, signed="2024-07-09", kind="task"):
    return pd.DataFrame(
        {
            "unit_id": [f"d#{n:03d}" for n in range(1, len(texts) + 1)],
            "parent_id": [None] * len(texts),
            "kind": [kind] * len(texts),
            "is_leaf": [True] * len(texts),
            "text": list(texts),
            "start": [0] * len(texts),
            "year": [year] * len(texts),
            "signed": [signed] * len(texts),
        }
    )


def rows(text, *columns, **options):
    found = lx.targets(frame(text, **options))
    cells = found[list(columns)].astype("object")
    return [tuple(row) for row in cells.where(cells.notna(), None).itertuples(index=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("空气质量优良天数比例达到90%以上", ("空气质量优良天数比例", ">=", 90, None, "%")),
        ("地区生产总值年均增速达到6%左右", ("地区生产总值年均增速", "~", 6, None, "%")),
        ("引进产业项目不少于 5 个", ("产业项目", ">=", 5, None, "个")),
        ("至少培育1家经认证的经营者（AEO）企业", ("经认证的经营者(AEO)企业", ">=", 1, None, "家")),
        ("适时新建1-2所高中学校", ("高中学校", "range", 1, 2, "所")),
        ("推出16-20名有较高教学水平的名师", ("名师", "range", 16, 20, "名")),
        ("严守面积不少于2510.5平方千米的生态保护红线", ("生态保护红线", ">=", 2510.5, None, "平方千米")),
        ("地下水取水总量控制在0.19亿立方米左右", ("地下水取水总量", "~", 0.19, None, "亿立方米")),
        ("城镇调查失业率控制在5.5%以内", ("城镇调查失业率", "<=", 5.5, None, "%")),
        ("耕地保有量不得低于884万亩", ("耕地保有量", ">=", 884, None, "万亩")),
        ("公积金租房提取人数同比增长5%", ("公积金租房提取人数", "increase", 5, None, "%")),
        ("单位地区生产总值能耗比2025年下降12.5%", ("单位地区生产总值能耗", "decrease", 12.5, None, "%")),
        ("提高加工转化率5个百分点", ("加工转化率", "increase", 5, None, "个百分点")),
        ("压减一般性支出5%以上", ("一般性支出", ">=", 5, None, "%")),
        ("绿色有机农畜产品产值翻一番", ("绿色有机农畜产品产值", "increase", 1, None, "番")),
        ("巩固提升5个农业产业强镇建设水平", ("农业产业强镇", "=", 5, None, "个")),
        ("社会组织达90余个", ("社会组织", ">=", 90, None, "个")),
        ("数字经济规模突破1万亿元", ("数字经济规模", ">=", 1, None, "万亿元")),
        ("人均预期寿命提高到74.5岁", ("人均预期寿命", "=", 74.5, None, "岁")),
        ("企业开办时间压缩至1个工作日以内", ("企业开办时间", "<=", 1, None, "个工作日")),
        ("覆盖率达到百分之九十", ("覆盖率", "=", 90, None, "%")),
        ("三分之一以上的行政村建成美丽乡村", ("行政村", ">=", 33.333333, None, "%")),
        ("完成35%乡镇级集中式饮用水水源保护区划定", ("乡镇级集中式饮用水水源保护区划定", "=", 35, None, "%")),
        ("地区生产总值年均增长7%以上", ("地区生产总值年均增长", ">=", 7, None, "%")),
        ("联合举办招聘会３０ 场（次）", ("招聘会", "=", 30, None, "场(次)")),
        ("建成5条高速公路和安临一级公路", ("高速公路", "=", 5, None, "条")),
        ("让90%的群众就近就医", ("群众就近就医", "=", 90, None, "%")),
        ("收入增幅不低于全省平均水平2个百分点", ("收入增幅", ">=", 2, None, "个百分点")),
        ("失业率低于全国平均水平0.5个百分点", ("失业率", "<=", 0.5, None, "个百分点")),
        ("同一企业检查最多2次", ("同一企业检查", "<=", 2, None, "次")),
        ("办理事项最多跑1次", ("事项", "<=", 1, None, "次")),
        ("按期完成30%以上补贴机具核验", ("补贴机具核验", ">=", 30, None, "%")),
        ("（1）改造老旧小区2000套", ("老旧小区", "=", 2000, None, "套")),
        ("主要任务：①改造老旧小区2000套", ("老旧小区", "=", 2000, None, "套")),
        ("1.改造老旧小区2000套", ("老旧小区", "=", 2000, None, "套")),
        ("一是改造老旧小区2000套", ("老旧小区", "=", 2000, None, "套")),
        ("一、二、三产业增加值达到5亿元", ("一、二、三产业增加值", "=", 5, None, "亿元")),
    ],
)
def test_what_a_number_means(text, expected):
    assert rows(text, "indicator", "comparator", "value", "value_high", "unit") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "加快实施G248巴下寺至虎关、S105岘塬至炳灵峡口等项目",
        "形成“一区四园”、“1+3+10”、“十条旅游线路”格局",
        "打造“300公里产业带”",
        "打造兰州1小时都市经济圈，24小时实时监控",
        "争取主要经济指标两位数增长，推进三大空间、八类问题整治",
        "以5A级景区、三级甲等医院为核心，加快5G建设",
        "实施《临夏州全域旅游总体规划（2020—2030年）30条措施》",
        "缴存满6个月即可申请贷款，跟岗研修为期3个月",
        "可在每年提取限额9180元的基础上增加3060元",
        "对新认定企业给予一次性奖励50万元",
        "按设备投资额的10%给予补助，最高不超过500万元",
        "分别奖励10万元、20万元、50万元",
        "处5000元以上3万元以下罚款",
        "目前，全县共有合作社350家",
        "截至2023年底，累计建成充电桩5000个，覆盖率达到80%",
        "2023年，全市地区生产总值增长6.5%",
        "2021年以来，新建高标准农田10万亩",
        "今年以来，新增企业200家",
        "“十三五”期间，森林覆盖率达到7.26%",
        "收到申请之日起30日内作出决定",
        "年满60周岁的老年人",
        "沿河两岸1公里范围内禁止建设",
        "建筑面积超过5000平方米的公共建筑应当安装",
        "有效7天内（7月15日前）重新进入",
        "2024年6月30日前报送",
        "按不超过30%比例奖励",
        "按照实际投资额的30%予以补助",
        "按不高于50%的比例给予补贴",
        "补助比例为50%",
        "最多5次",
        "1个1个1个",
    ],
)
def test_what_is_no_target(text):
    assert rows(text, "quote") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("推进年产4万件钛合金专线建设", ["capacity"]),
        ("实施80兆瓦集中式光伏项目", ["capacity"]),
        ("清洁能源装机达到5000万千瓦", ["target"]),
        ("打造黄河上游千万千瓦级水电基地", ["capacity"]),
        ("推进建成2万亩国家级油菜基地", ["target"]),
        ("继续巩固10万头只牦牛藏羊基地建设成果", ["capacity"]),
        ("发放有机肥10.1万吨", ["target"]),
        ("布局建设2个百万千瓦光伏发电基地", ["target", "capacity"]),
        ("到２０２５年累计建成投产装机容量１８００万千瓦", ["target"]),
        ("新增清洁能源装机容量100万千瓦", ["target"]),
        ("到2025年建成装机容量80兆瓦的光伏项目", ["capacity"]),
        ("推进抽水蓄能电站建设，装机容量280万千瓦", ["capacity"]),
    ],
)
def test_the_size_of_a_thing_named_is_a_capacity(text, kinds):
    assert [kind for (kind,) in rows(text, "kind")] == kinds


def test_a_breakdown_has_the_whole_and_its_part():
    text = "实施山洪沟治理工程 6 项，其中循化县 3 项、互助县 2 项、民和县 1 项，共治理河长 39.1 公里。"
    assert rows(text, "indicator", "value", "kind", "part") == [
        ("山洪沟治理工程", 6, "target", None),
        ("山洪沟治理工程", 3, "breakdown", "循化县"),
        ("山洪沟治理工程", 2, "breakdown", "互助县"),
        ("山洪沟治理工程", 1, "breakdown", "民和县"),
        ("河长", 39.1, "target", None),
    ]


def test_parts_end_where_the_sum_is_reached():
    text = "新建农田5.84万亩，其中新建2.61万亩，提升3.23万亩，发展蔬菜2万亩。"
    assert [kind for (kind,) in rows(text, "kind")] == ["target", "breakdown", "breakdown", "target"]


def test_the_markers_of_items_part_them():
    text = "推进（1）改造老旧小区2000套（2）新建学校5所③引进企业3家"
    expected = [("老旧小区", "改造老旧小区2000套"), ("学校", "新建学校5所"), ("企业", "引进企业3家")]
    assert rows(text, "indicator", "quote") == expected


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("地区生产总值年均增长６％，达到２万亿元", ["地区生产总值年均增长", "地区生产总值"]),
        ("地区生产总值年均增速达到６％，达到２万亿元", ["地区生产总值年均增速", "地区生产总值"]),
        ("旅游收入增长10%，达到30亿元", ["旅游收入", "旅游收入"]),
        ("加工转化率提高5个百分点，达到35%", ["加工转化率", "加工转化率"]),
        ("新建仓库3座，5万平方米", ["仓库", "仓库"]),
        ("旅游收入达到30亿元，增长10%", ["旅游收入", "旅游收入"]),
        ("年均增长７％，达到２万亿元", ["年均增长", None]),
        ("森林覆盖率达到8%，达到2万亩", ["森林覆盖率", None]),
    ],
)
def test_an_indicator_is_taken_over_in_its_own_dimension(text, indicators):
    assert [name for (name,) in rows(text, "indicator")] == indicators


def test_words_that_a_leaf_and_its_outcome_share_count_once():
    units = frame("改造老旧小区2000套,完成率达到90%。", "老旧小区2000套,完成率达到90%。", "年底前新建学校5所")
    units["kind"] = ["measure", "outcome", "outcome"]
    units["is_leaf"] = [True, False, False]
    units["parent_id"] = [None, "d#001", "d#001"]
    units["pieces"] = ["10-31", "12-31", "40-49"]
    found = lx.targets(units)
    assert found[["value", "start", "end"]].values.tolist() == [[2000, 10, 21], [90, 22, 30], [5, 40, 49]]
    assert lx.deadlines(pd.concat([units, units.iloc[2:]]))["start"].tolist() == [40]


def test_an_outcome_that_repeats_its_leaf_is_read_with_it():
    units = frame("加快改造老旧小区2000套,完成率达到90%。", "完成率达到90%。")
    units["kind"], units["is_leaf"], units["parent_id"] = ["measure", "outcome"], [True, False], [None, "d#001"]
    units["pieces"] = ["10-33", "24-33"]
    assert len(lx.targets(units)) == 2
    assert len(lx.commitment(units)) == len(lx.commitment(units.iloc[:1])) > 0


def test_a_list_under_one_verb_shares_head_bound_and_dates():
    text = "城乡居民人均可支配收入年均分别增长7%和8%以上"
    assert rows(text, "indicator", "comparator", "value", "change") == [
        ("城镇居民人均可支配收入年均增长", ">=", 7, "up"),
        ("农村居民人均可支配收入年均增长", ">=", 8, "up"),
    ]
    text = "到2025年、2030年，非化石能源消费比重分别达到20%、25%左右"
    assert rows(text, "comparator", "value", "deadline") == [("~", 20, "2025"), ("~", 25, "2030")]
    text = "接待游客500万人次，实现旅游收入30亿元，分别增长15%和20%"
    assert rows(text, "indicator", "value")[2:] == [("接待游客", 15), ("旅游收入", 20)]


def test_the_starting_value_is_a_baseline():
    text = "到2025年，森林覆盖率由2020年的7.5%提高到8%以上"
    assert rows(text, "indicator", "value", "baseline", "deadline") == [("森林覆盖率", 8, 7.5, "2025")]
    text = "规上工业企业数量由2021年的80家增加到2025年的120家"
    assert rows(text, "indicator", "value", "baseline") == [("规上工业企业数量", 120, 80)]


@pytest.mark.parametrize(
    ("text", "deadlines"),
    [
        ("年内新培育外贸企业2家以上；力争至少培育1家企业", ["2024", "2024"]),
        ("年底前完成70%整治任务，确保水质优良比例达到100%；2025年底前，治理5处", ["2024-12", "2024-12", "2025-12"]),
        ("力争“十四五”期间高新技术企业达到7家，科技型企业达到10家", ["2025", "2025"]),
        ("到2025年，格局初步形成。森林覆盖率达到8%。", ["2025"]),
        ("格局初步形成，到2025年建成5个。森林覆盖率达到8%。", ["2025", None]),
        ("每年相互安排2-3名教师", [None]),
        ("力争海东市2024年源网荷储一体化400兆瓦光伏发电项目开工建设", [None]),
        ("建成示范村30个（2025年底前）", ["2025-12"]),
        ("用3年时间，改造老旧小区10万户", ["2027"]),
        ("到2025年上半年，建成养老机构3家", ["2025-06"]),
        ("2025年第三季度建成养老机构3家，明年一季度前建成5家", ["2025-09", "2025-03"]),
        ("去年上半年建成养老机构3家", []),
    ],
)
def test_which_time_limit_governs(text, deadlines):
    assert [limit for (limit,) in rows(text, "deadline")] == deadlines


def test_outcome_and_time_limit_of_a_unit_count_with_it():
    units = frame("改造老旧小区2000套。", "成果:新建学校5所。", "2025年6月底前")
    units["kind"] = ["measure", "outcome", "deadline"]
    units["is_leaf"] = [True, False, False]
    units["parent_id"] = [None, "d#001", "d#001"]
    units["pieces"] = ["10-22", "30-34;40-46", "60-70"]
    found = lx.targets(units)
    assert found[["unit_id", "value", "deadline"]].values.tolist() == [
        ["d#001", 2000, "2025-06"],
        ["d#001", 5, "2025-06"],
    ]
    assert found[["quote", "start", "end"]].values.tolist() == [["改造老旧小区2000套", 10, 21], ["新建学校5所", 33, 45]]


def test_a_rhythm_is_kept():
    assert rows("每季度至少召开1次联席会议", "comparator", "value", "every") == [(">=", 1, "季度")]


@pytest.mark.parametrize("text", ["1个", "1个,", "5%", "建设学校1个和", "(1个)", "由1个增加到"])
def test_a_text_of_nothing_but_numbers_is_soon_read(text):
    rows("改造2套", "value")
    text *= 100_000 // len(text)
    within(2, lambda: rows(text, "value"))


def test_empty_units_give_an_empty_table(units):
    found = lx.targets(units.iloc[:0])
    assert found.columns.tolist() == table("targets").names()
    assert found.empty


def test_a_table_that_is_none_of_units_is_refused():
    with pytest.raises(TableError, match=r"lx\.segment"):
        lx.targets(pd.DataFrame({"unit_id": ["d#001"]}))


def test_a_study_overrides_words(tmp_path):
    text = "组建志愿队伍约30支，罚款5万元"
    assert rows(text, "comparator", "value") == [("~", 30)]
    header = "word\tside\tcomparator\tchange\tattributive\tabout\n"
    (tmp_path / "target_comparators.tsv").write_text(header + "约\tbefore\t>=\t\t\t\n", encoding="utf-8")
    (tmp_path / "target_exclusions.tsv").write_text(
        "key\tword\tside\tdimension\treason\n-clause:罚款\n", encoding="utf-8"
    )
    found = lx.targets(frame(text), lexicon=tmp_path)
    assert found[["comparator", "value"]].values.tolist() == [[">=", 30.0], ["=", 5.0]]


def test_words_before_a_number_are_trimmed():
    assert comparators().before("农作物良种覆盖率稳定保持在")[1] == "农作物良种覆盖率"
    assert indicators().preceding("力争全面完成高标准农田", []) == ("高标准农田", True)
    assert indicators().preceding("和美乡村", []) == ("和美乡村", True)
    assert indicators().preceding("服务业增加值", []) == ("服务业增加值", True)
    assert indicators().following("问题图斑整改巩固提升工作") == "问题图斑"
    assert indicators().following("具备助餐及日间照料等功能的养老服务设施。") == "养老服务设施"


# What stands in the documents outside the gold: (unit, value, value_high, unit of measure, deadline, kind).
BEYOND_THE_GOLD = [
    ("linxia-2022#002", 7, None, "%", "2025", "target"),
    ("linxia-2022#002", 90.8, None, "%", "2025", "target"),
    ("linxia-2022#002", 50, None, "%", "2025", "target"),
    ("linxia-2022#002", 8, None, "%", "2025", "target"),
    ("linxia-2022#016", 2, None, "个", "2025", "target"),
    ("linxia-2022#016", 8, 10, "个", "2025", "target"),
    ("linxia-2022#017", 10, None, "%", None, "target"),
    ("linxia-2022#019", 107, None, "户", None, "target"),
    ("linxia-2022#019", 54, None, "户", None, "target"),
    ("linxia-2022#021", 600, None, "公里", None, "target"),
    ("linxia-2022#021", 70, None, "%", None, "target"),
    ("linxia-2022#028", 90, None, "万亩", "2025", "target"),
    ("haidong-2024#007", 129, None, "个", "2024", "target"),
    ("haidong-2024#007", 34, None, "个", "2024", "breakdown"),
    ("haidong-2024#055", 0.19, None, "亿立方米", "2024", "target"),
    ("haidong-2024#065", 95, None, "%", None, "target"),
    ("haidong-2024#065", 100, None, "%", None, "target"),
    ("haidong-2024#077", 3, None, "万吨", None, "capacity"),
    ("haidong-2024#095", 5.84, None, "万亩", "2024", "target"),
    ("haidong-2024#095", 2.61, None, "万亩", "2024", "breakdown"),
    ("haidong-2024#137", 90, None, "个", None, "target"),
    ("haidong-2024#147", 50, None, "%", "2024", "target"),
    ("haidong-2024#189", 15, None, "家", "2024", "target"),
    ("haidong-2024#191", 1, 3, "次", None, "target"),
]


@pytest.fixture(scope="module")
def found(units):
    return lx.targets(units)


@pytest.mark.parametrize("expected", BEYOND_THE_GOLD)
def test_targets_of_the_documents(found, expected):
    cells = found[["unit_id", "value", "value_high", "unit", "deadline", "kind"]].astype("object")
    assert expected in set(cells.where(cells.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize("unit_id", ["haidong-2024#050", "haidong-2024#188", "pingan-2022#007", "linxia-2022#012"])
def test_units_without_targets(found, unit_id):
    assert unit_id not in set(found["unit_id"])


def test_evidence_stands_in_the_file(found, corpus):
    for row in found.itertuples():
        source = corpus[row.unit_id.partition("#")[0]].text[row.start : row.end]
        assert "".join(source.split()) == "".join(row.quote.split())
        assert row.number in row.quote


def test_gold(found, root):
    gold = pd.read_csv(root / "data" / "gold" / "targets.csv", dtype={"deadline": "str"})
    score = _score(gold, found)
    assert score["f1"] >= 0.97
    assert min(score["comparator"], score["deadline"], score["indicator"]) >= 0.95


def _score(gold: pd.DataFrame, found: pd.DataFrame) -> dict[str, float]:
    """Count matches as data/gold/README.md says."""
    wanted = _by_key(gold[gold["kind"] != "capacity"], "unit", "unit_of_measure")
    neither = set(_by_key(gold[gold["kind"] == "capacity"], "unit", "unit_of_measure"))
    covered = found["unit_id"].map(_is_covered) & (found["kind"] != "capacity")
    given = {key: rows for key, rows in _by_key(found[covered], "unit_id", "unit").items() if key not in neither}
    pairs = [pair for key, rows in wanted.items() for pair in zip(rows, given.get(key, []), strict=False)]
    precision = len(pairs) / sum(map(len, given.values()))
    recall = len(pairs) / sum(map(len, wanted.values()))
    return {
        "f1": 2 * precision * recall / (precision + recall),
        "comparator": sum(a.comparator == b.comparator for a, b in pairs) / len(pairs),
        "deadline": sum(_text(a.deadline) == _text(b.deadline) for a, b in pairs) / len(pairs),
        "indicator": sum(_overlap(a.indicator, b.indicator) >= 0.5 for a, b in pairs) / len(pairs),
    }


def _is_covered(unit_id: str) -> bool:
    document, _, number = unit_id.partition("#")
    return document != "linxia-2022" and (document != "haidong-2024" or int(number) % 2 == 0)


def _by_key(rows: pd.DataFrame, unit: str, measure: str) -> dict[tuple, list]:
    grouped: dict[tuple, list] = {}
    for row in rows.itertuples(index=False):
        high = None if pd.isna(row.value_high) else round(row.value_high, 4)
        grouped.setdefault((getattr(row, unit), round(row.value, 4), high, getattr(row, measure)), []).append(row)
    return grouped


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)


def _overlap(one: str, other: str) -> float:
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


def _cases():
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(int(row["year"]), row["text"], row["targets"]) for row in csv.DictReader(lines, delimiter="\t")]


def _expected(cell):
    for item in filter(None, map(str.strip, cell.split(";"))):
        value, unit, comparator, deadline, indicator, *kind = item.split()
        low, _, high = value.partition("~")
        key = (float(low), float(high) if high else None, "" if unit == "无" else unit)
        yield key, comparator, None if deadline == "-" else deadline, indicator, "breakdown" if kind else "target"


@pytest.mark.parametrize(("year", "text", "cell"), _cases())
def test_trial_sentences(year, text, cell):
    found = lx.targets(frame(text, year=year, signed=f"{year}-03-20"))
    found = found[found["kind"] != "capacity"].astype("object")
    given = list(found.where(found.notna(), None).itertuples(index=False))
    wanted = list(_expected(cell))
    assert sorted(_key(row) for row in given) == sorted(str(key) for key, *_ in wanted)
    left = list(given)
    for key, comparator, deadline, indicator, kind in wanted:
        row = next(row for row in left if _key(row) == str(key))
        left.remove(row)
        assert (row.comparator, row.deadline, row.kind) == (comparator, deadline, kind), text
        if indicator != "-":
            shared, all_ = (
                set(fold(row.indicator)) & set(fold(indicator)),
                set(fold(row.indicator)) | set(fold(indicator)),
            )
            assert len(shared) / len(all_) >= 0.5, (row.indicator, indicator)


def _key(row):
    return str((round(row.value, 6), row.value_high, row.unit))


def leaf(text, path=(), title=None, heading=None, header=None, kind="measure"):
    above = [("title", title)] if title else []
    above += [("table_header", header)] if header else []
    rows_ = [
        {"unit_id": f"d/{n}", "kind": name, "text": words, "is_leaf": False, "path": (), "heading": None}
        for n, (name, words) in enumerate(above)
    ]
    rows_.append({"unit_id": "d#001", "kind": kind, "text": text, "is_leaf": True, "path": path, "heading": heading})
    units = pd.DataFrame(rows_)
    return units.assign(doc_id="d", parent_id=None, start=0, year=2024, signed="2024-01-20")


def test_a_review_reports_and_a_plan_commits():
    review = ("一、2023年工作回顾",)
    assert lx.targets(leaf("一般公共预算收入完成85.6亿元，增长9.3%。", review)).empty
    assert lx.targets(leaf("城镇新增就业5万人。力争新增就业突破6万人。", review))["value"].tolist() == [6]
    plan = ("一、2023年工作回顾", "（二）2024年工作安排")
    assert lx.targets(leaf("一般公共预算收入增长9.3%。", plan))["value"].tolist() == [9.3]
    assert lx.targets(leaf("新建5所学校。", ("二、发展基础",))).empty


def test_the_articles_of_a_regulation_state_norms():
    title = "某市物业管理办法（试行）"
    assert lx.targets(leaf("业主大会应当有20人参加，配备3名管理人员。", title=title)).empty
    assert lx.targets(leaf("水质合格率不低于98%。", ("第二章 供水",), title=title)).empty
    assert lx.targets(leaf("水质合格率不低于98%。", ("二、供水",), title=title))["value"].tolist() == [98]
    assert lx.targets(leaf("到2025年，建成智慧小区100个。", title=f"关于印发《{title}》的通知"))["value"].tolist() == [
        100
    ]
    assert lx.targets(leaf("配备3名管理人员。", title="某市物业管理实施方案"))["value"].tolist() == [3]
    assert lx.targets(leaf("配备3名管理人员。", ("三、申报条件",))).empty


@pytest.mark.parametrize(
    ("text", "header", "expected"),
    [
        (
            "1 常住人口城镇化率（%） 60.2 65 预期性",
            "序号 指标 2020年 2025年 属性",
            ("常住人口城镇化率", "=", 65, "%", 60.2),
        ),
        (
            "地区生产总值 亿元 3500 5000 6.5左右 预期性",
            "指标 单位 2020年 2025年 年均增长 属性",
            ("地区生产总值", "=", 5000, "亿元", 3500),
        ),
        ("能耗降低 % — [13.5] 约束性", "指标 单位 2020年 2025年 属性", ("能耗降低", "=", 13.5, "%", None)),
        ("森林覆盖率 % 24.1 ≥24.5", "指标 单位 2020年基期值 2025年目标值", ("森林覆盖率", ">=", 24.5, "%", 24.1)),
    ],
)
def test_the_row_of_a_table_of_indicators(text, header, expected):
    found = lx.targets(leaf(text, header=header, kind="task"))
    cells = found[["indicator", "comparator", "value", "unit", "baseline"]].astype("object")
    assert [tuple(row) for row in cells.where(cells.notna(), None).values] == [expected]
    assert found["deadline"].tolist() == ["2025"]


def test_a_row_that_does_not_fit_its_header_is_read_as_text():
    found = lx.targets(leaf("新建学校5所 市教育局", header="指标 2020年 2025年", kind="task"))
    assert found[["value", "unit"]].values.tolist() == [[5, "所"]]


def test_the_heading_of_goals_or_of_a_phase_dates_what_has_no_date():
    assert lx.targets(leaf("新建学校5所。", ("（一）2025年目标",)))["deadline"].tolist() == ["2025"]
    assert lx.targets(leaf("排查企业500家。", ("（二）整治阶段（2024年4月—10月）",)))["deadline"].tolist() == [
        "2024-10"
    ]
    assert lx.targets(leaf("2026年新建学校5所。", ("（一）2025年目标",)))["deadline"].tolist() == ["2026"]
    assert lx.targets(leaf("新建学校5所。", ("二、2025年任务",)))["deadline"].isna().all()


@pytest.mark.parametrize("text", ["其中5个、6家、7%和8万亩,", "到2025年,达到90%以上,由3%提高到5%;", "十个", "(“《5个"])
def test_a_dense_text_takes_no_longer_than_prose(text):
    rows("改造2套", "value")
    text *= 100_000 // len(text)
    within(1.4, lambda: rows(text, "value"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # two units of measure for one number, as written
        ("更新老旧农机1.2万台（套）左右，服务企业300户（次）。", [(1.2, "万台(套)"), (300, "户(次)")]),
        # the size of what a noun behind it names, or of whom a grant goes to
        ("100头以上规模养殖比重超过50%。", [(50, "%")]),
        ("30户以上自然村通硬化路率达到100%。", [(100, "%")]),
        ("对新建存栏1000头、3000头以上的牧场，分别给予50万元、100万元补助。", []),
        ("淘汰4.3米焦炉，对排名后3位的县市区进行通报。", []),
        ("新建管网10公里，新建挡墙500米。", [(10, "公里"), (500, "米")]),
        ("太原、阳泉、长治、晋城4个“2+26”城市及晋中市。", []),
        ("落实国家13项重点事项清单，新建5个项目。", [(5, "个")]),
        # how long a service takes, but no term of procedure and no date
        ("一般登记3个工作日内办结，企业开办1日办结。", [(3, "个工作日"), (1, "日")]),
        ("自受理之日起20个工作日内办结。", []),
        ("5月3日办结。", []),
        ("确保8小时内办结率超过80%。", [(80, "%")]),
        ("担保费率降至1%以下。", [(1, "%")]),
        ("农产品加工业产值与农业总产值之比达到1.8∶1。", [(1.8, "")]),
        ("对2013年以来改造的户厕开展排查，整改率达到100%。", [(100, "%")]),
        ("2013年以来，改造户厕500座。", []),
        ("整合视频20万路，新建光缆300芯公里。", [(20, "万路"), (300, "芯公里")]),
        ("村卫生室承担40%左右的基本公共卫生服务任务。", [(40, "%")]),
        ("省财政承担40%。", []),
        # a prediction, unless it is striven for
        ("预计到2026年老年人口将达到255万人。", []),
        ("预计到2026年收入力争达到255亿元。", [(255, "亿元")]),
    ],
)
def test_rules_of_the_second_trial(text, expected):
    found = lx.targets(leaf(text, ("二、重点工作",)))
    assert [tuple(row) for row in found[["value", "unit"]].values] == expected


def test_a_prediction_below_a_heading_of_goals_is_one():
    text = "预计到2025年地区生产总值将达到255亿元。"
    assert lx.targets(leaf(text, ("二、预期目标",)))["value"].tolist() == [255]


def test_parts_in_another_multiple_of_the_unit():
    found = lx.targets(leaf("五年完成投资1.6万亿元，其中公路1.2万亿元、铁路2000亿元、民航9000亿元。"))
    assert found["kind"].tolist() == ["target", "breakdown", "breakdown", "target"]  # 9000 would exceed the whole


def test_a_cut_is_a_decrease_and_a_time_a_bound():
    found = lx.targets(leaf("审批事项再精简20%，抵押登记1个工作日内办结。"))
    assert found[["indicator", "comparator"]].values.tolist() == [["审批事项", "decrease"], ["抵押登记", "<="]]


def test_bracketed_cells_of_a_table_of_indicators():
    found = lx.targets(leaf("森林蓄积量 亿立方米 〔2〕 〔4〕", header="指标 单位 2020年 2025年", kind="task"))
    assert found[["value", "baseline"]].values.tolist() == [[4, 2]]


@pytest.mark.parametrize(
    ("heading", "deadline"),
    [("三、2024年工作安排", "2024"), ("2024年重点任务", "2024"), ("二、2024年全市重点工作", "2024"), ("三、重点任务", None)],
)
def test_the_heading_of_a_years_work_dates_it(heading, deadline):
    found = lx.targets(leaf("新建学校5所。", (heading, "（一）教育")))["deadline"]
    assert (None if found.isna()[0] else found[0]) == deadline


def test_the_title_of_a_list_dates_nothing():
    assert lx.targets(leaf("新建学校5所。", ("2024年重点任务清单",)))["deadline"].isna().all()


def test_a_clause_with_a_year_of_its_own_inherits_none():
    found = lx.targets(leaf("2024年7月底前完成12个，其余16个2025年汛期前全部完成。"))
    assert found["deadline"].tolist() == ["2024-07", "2025"]


def test_the_column_of_time_limits_is_finer_than_the_year_of_the_text():
    units = leaf("全年培训5000人次。", kind="task")
    column = units.assign(unit_id="d/9", parent_id="d#001", kind="deadline", is_leaf=False, text="2024年11月")
    assert lx.targets(pd.concat([units, column], ignore_index=True))["deadline"].tolist() == ["2024-11"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位产值能耗由0.5吨降低到0.4吨标准煤以内", ("单位产值能耗", "<=", 0.4, "吨标准煤", 0.5)),
        ("农民人均纯收入由8000元增加到1.2万元", ("农民人均纯收入", "=", 1.2, "万元", 0.8)),
    ],
)
def test_a_baseline_in_a_shorter_or_smaller_unit(text, expected):
    assert rows(text, "indicator", "comparator", "value", "unit", "baseline") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设占地500亩的物流园区1个", [("物流园区", 500, "capacity"), ("物流园区", 1, "target")]),
        ("加快建设铁路（长836公里）", [("铁路", 836, "capacity")]),
        ("新增供暖面积200万平方米、光伏装机50万千瓦", [("供暖面积", 200, "target"), ("光伏装机", 50, "target")]),
        ("推动3个5亿元以上项目落地", [("项目", 3, "target")]),
        ("培育100个50万元以上集体经济强村", [("集体经济强村", 100, "target")]),
        ("新建书房15个，其中主城区8个，县城7个", [("书房", 15, "target"), ("书房", 8, "breakdown"), ("书房", 7, "breakdown")]),
        ("化肥、农药施用量分别减少5%、8%", [("化肥施用量", 5, "target"), ("农药施用量", 8, "target")]),
        ("新增就业、失业人员再就业分别达到5人和8人", [("就业", 5, "target"), ("失业人员再就业", 8, "target")]),
        ("一般公共预算收入增长5%", [("一般公共预算收入", 5, "target")]),
        ("按期办结率达到98%", [("按期办结率", 98, "target")]),
        ("各县（区）财政科技支出占比不低于1%", [("财政科技支出占比", 1, "target")]),
    ],
)
def test_sizes_and_names(text, expected):
    assert rows(text, "indicator", "value", "kind") == expected


def test_a_bound_beats_a_doubling():
    assert rows("经济总量比2020年翻一番以上", "comparator", "change") == [(">=", "up")]


def test_the_rule_below_a_markdown_header_is_no_header():
    text = "一、主要指标\n\n| 指标 | 单位 | 2020年 | 2025年 |\n|---|---|---|---|\n| 粮食产量 | 万吨 | 30 | 32 |\n"
    found = lx.targets(lx.segment(from_texts({"a": text})))
    assert found[["indicator", "value", "unit", "deadline"]].values.tolist() == [["粮食产量", 32, "万吨", "2025"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安装路灯200盏、灭火器5万具", [("路灯", 200, "盏"), ("灭火器", 5, "万具")]),
        ("蜂群规模达到8万群，新增纺锭50万锭", [("蜂群规模", 8, "万群"), ("纺锭", 50, "万锭")]),
        ("共享电子证照50类，覆盖5.2万群众", [("电子证照", 50, "类"), ("群众", 5.2, "万")]),
        ("组织参展企业1000家次，改造设备300台次", [("参展企业", 1000, "家次"), ("设备", 300, "台次")]),
        ("新增外排流量200立方米每秒", [("外排流量", 200, "立方米每秒")]),
        ("新增变电容量450万千伏安", [("变电容量", 450, "万千伏安")]),
        ("整体通关时间控制在1.5小时以内", [("整体通关时间", 1.5, "小时")]),
        ("办理时间控制在5个工作日内", [("办理时间", 5, "个工作日")]),
        ("融资成本下降20个基点", [("融资成本", 20, "个基点")]),
        ("建设50万吨级码头1座", [("码头", 50, "万吨"), ("码头", 1, "座")]),
        ("城市、农村生活垃圾处理率达到99%、85%", [("城市生活垃圾处理率", 99, "%"), ("农村生活垃圾处理率", 85, "%")]),
    ],
)
def test_measure_words_and_units_of_all_fields(text, expected):
    assert rows(text, "indicator", "value", "unit") == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("务工规模不低于2021年的3200人", [3200]),
        ("产量不低于上年的20万吨", [20]),
        ("现有林改培600万亩，盘活现有厂房10万平方米", [600, 10]),
        ("现有企业200家", []),
        ("按照每年每人5元标准落实经费", []),
        ("将收入提高到每人5000元", [5000]),
        ("集中连片种植500亩以上的给予补贴", []),
        ("集中连片种植500亩以上", [500]),
        ("改造老旧小区26个，建筑面积85万平方米", [26, 85]),
        ("建设科技馆2座，建筑面积3万平方米", [2]),
    ],
)
def test_stocks_standards_and_conditions(text, values):
    assert [value for value, kind in rows(text, "value", "kind") if kind == "target"] == values


@pytest.mark.parametrize(
    ("text", "deadlines"),
    [
        ("改造小区200套，建设停车场3个，年底前全部完成", ["2024-12", "2024-12"]),
        ("改造小区200套，年底前完成主体工程", [None]),
        ("改造小区200套。年底前完成", [None]),
    ],
)
def test_a_clause_that_closes_the_sentence_dates_what_stands_before(text, deadlines):
    assert [deadline for (deadline,) in rows(text, "deadline")] == deadlines


def test_a_heading_of_work_is_no_review():
    from lanxikit.annotating.target_scope import scopes

    assert scopes().of(("三、优化外贸发展环境",), False) == "plan"
    assert scopes().of(("三、发展环境",), False) == "review"
    assert scopes().of(("一、2023年工作回顾", "（一）持续发力，发展成效显著"), False) == "review"
