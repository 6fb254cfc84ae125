"""Time limits and the dates they mean."""

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.tables import table


def frame(text, year=2024, signed="2024-07-09"):
    return pd.DataFrame(
        {
            "unit_id": ["d#001"],
            "parent_id": [None],
            "kind": ["task"],
            "is_leaf": [True],
            "text": [text],
            "start": [0],
            "year": [year],
            "signed": [signed],
        }
    )


def rows(text, *columns, **options):
    cells = lx.deadlines(frame(text, **options))[list(columns)].astype("object")
    return [tuple(row) for row in cells.where(cells.notna(), None).itertuples(index=False)]


STATED, RELATIVE, PLAN = "stated", "relative to document date", "plan period"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，建成网络", ("2025", "2025年", "year", STATED)),
        ("２０２５年底前，全面完成整治", ("2025-12", "２０２５年底前", "month", STATED)),
        ("在 2024 年底前全部达标", ("2024-12", "2024 年底前", "month", STATED)),
        ("二〇二五年底建成", ("2025-12", "二〇二五年底", "month", STATED)),
        ("2024年12月31日前报送", ("2024-12-31", "2024年12月31日前", "day", STATED)),
        ("县级中心2024年按照每年比例完成", ("2024", "2024年", "year", STATED)),
        ("2022—2025年，建设示范村", ("2025", "2022—2025年", "year", STATED)),
        ("年内启动申报", ("2024", "年内", "year", RELATIVE)),
        ("全年完成绿化", ("2024", "全年", "year", RELATIVE)),
        ("年底前完成溯源", ("2024-12", "年底前", "month", RELATIVE)),
        ("年底完成改造", ("2024-12", "年底", "month", RELATIVE)),
        ("12月底前完成", ("2024-12", "12月底前", "month", RELATIVE)),
        ("3月底前完成", ("2025-03", "3月底前", "month", RELATIVE)),
        ("7月10日18时前报送", ("2024-07-10", "7月10日18时前", "day", RELATIVE)),
        ("明年6月底前完成", ("2025-06", "明年6月底前", "month", RELATIVE)),
        ("三年内建成", ("2027", "三年内", "year", RELATIVE)),
        ("用3年时间建成", ("2027", "用3年时间", "year", RELATIVE)),
        ("“十四五”期间推出名师", ("2025", "“十四五”期间", "year", PLAN)),
        ("力争在“十四五”末打造总部", ("2025", "“十四五”末", "year", PLAN)),
        ("十四五”期间完成营造林", ("2025", "十四五”期间", "year", PLAN)),
        ("于每月5日前将进展报送", (None, "每月5日前", "recurring", STATED)),
        ("每年12月底前报送", (None, "每年12月底前", "recurring", STATED)),
        ("每季度末通报", (None, "每季度末", "recurring", STATED)),
    ],
)
def test_what_an_expression_means(text, expected):
    assert rows(text, "deadline", "expression", "resolution", "basis") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年上半年建成投用", ("2024-06", "2024年上半年", "month", STATED)),
        ("2024年下半年启动", ("2024-12", "2024年下半年", "month", STATED)),
        ("2024年第三季度", ("2024-09", "2024年第三季度", "month", STATED)),
        ("2024年一季度前", ("2024-03", "2024年一季度前", "month", STATED)),
        ("２０２４年第２季度末前完成", ("2024-06", "２０２４年第２季度末前", "month", STATED)),
        ("2024年前三季度完成", ("2024-09", "2024年前三季度", "month", STATED)),
        ("2023—2025年上半年，建设示范村", ("2025-06", "2023—2025年上半年", "month", STATED)),
        ("到2025年上半年，建成3家", ("2025-06", "2025年上半年", "month", STATED)),
        ("明年上半年完成", ("2024-06", "明年上半年", "month", RELATIVE)),
        ("今年三季度前完成", ("2023-09", "今年三季度前", "month", RELATIVE)),
        ("上半年完成", ("2023-06", "上半年", "month", RELATIVE)),
    ],
)
def test_a_part_of_a_year_belongs_to_the_year_named(text, expected):
    found = rows(text, "deadline", "expression", "resolution", "basis", year=2023, signed="2023-03-01")
    assert found == [expected]


@pytest.mark.parametrize("text", ["比2022年上半年增长", "去年上半年建成", "2022年一季度建成", "2022年上半年以来"])
def test_a_part_of_a_year_that_is_over(text):
    assert rows(text, "expression", year=2023, signed="2023-03-01") == []


@pytest.mark.parametrize(
    "text",
    [
        "加快推进2023年增发国债项目进度",
        "力争海东市2024年源网荷储一体化项目开工建设",
        "自2024年8月1日起施行",
        "实施《2035年远景目标纲要》《规划（2020—2030年）》",
        "截至2023年底，建成充电桩",
        "“十三五”期间，成效明显",
        "比2025年下降",
        "2023年以来，新建农田",
        "今年以来成效明显",
        "每年培训农民",
        "贯彻5月13日会议精神",
        "实施三年倍增行动计划",
        "为期3个月的跟岗研修",
        "提供全年龄服务",
        "落实“十四五”规划",
    ],
)
def test_what_is_no_time_limit(text):
    assert rows(text, "expression") == []


def test_without_a_document_year_relative_limits_stay_open():
    assert rows("年底前完成，2025年底前达标", "deadline", "expression", year=None, signed=None) == [
        (None, "年底前"),
        ("2025-12", "2025年底前"),
    ]


def test_a_cell_for_time_limits_needs_no_cue():
    units = pd.concat([frame("推进建设。")] * 3, ignore_index=True)
    units["unit_id"] = ["d#001", "d/002", "d/003"]
    units["parent_id"] = [None, "d#001", "d#001"]
    units["kind"] = ["task", "deadline", "deadline"]
    units["is_leaf"] = [True, False, False]
    units["text"] = ["推进建设。", "2024年12月", "长期坚持"]
    units["start"] = [0, 10, 30]
    found = lx.deadlines(units)
    assert found[["unit_id", "expression", "resolution", "start", "end"]].values.tolist() == [
        ["d#001", "2024年12月", "month", 10, 18],
        ["d#001", "长期坚持", "recurring", 30, 34],
    ]
    assert found["deadline"].tolist()[0] == "2024-12"
    assert pd.isna(found["deadline"].tolist()[1])


def test_the_documents(units, corpus):
    found = lx.deadlines(units)
    limits = {(row.unit_id, row.deadline) for row in found.itertuples()}
    assert {
        ("haidong-2020#003", "2020"),
        ("haidong-2020#019", "2020-12"),
        ("haidong-2024#147", "2024-12"),
        ("haidong-2024#147", "2024"),
        ("haidong-2024#162", "2024-12"),
        ("haidong-2024#162", "2025-12"),
        ("linxia-2022#002", "2025"),
        ("linxia-2022#028", "2025"),
        ("pingan-2022#017", "2025"),
        ("qinghai-gansu-2022#002", "2025"),
    } <= limits
    assert not {"haidong-2024#050", "haidong-2024#062", "haidong-2024#156"} & set(found["unit_id"])
    for row in found.itertuples():
        source = corpus[row.unit_id.partition("#")[0]].text[row.start : row.end]
        assert "".join(source.split()) == "".join(row.expression.split())


def test_a_study_adds_a_word_and_a_plan(tmp_path):
    (tmp_path / "deadline_words.tsv").write_text(
        "word\tyear\tmonth\tkind\tabout\n秋后\t0\t11\tlimit\n", encoding="utf-8"
    )
    (tmp_path / "plan_periods.tsv").write_text("name\tfirst\tlast\n十七五\t2036\t2040\n", encoding="utf-8")
    found = lx.deadlines(frame("秋后完成，“十七五”期间建成"), lexicon=tmp_path)
    assert found["deadline"].tolist() == ["2024-11", "2040"]


def test_empty_units_give_an_empty_table(units):
    found = lx.deadlines(units.iloc[:0])
    assert found.columns.tolist() == table("deadlines").names()
    assert found.empty


TRIALS = [  # signed, text, deadlines (None: recurring)
    ("2024-07-09", "年内完成前期工作", ["2024"]),
    ("2024-07-09", "年底前全面完成整改", ["2024-12"]),
    ("2024-07-09", "今年底建成投用", ["2024-12"]),
    ("2024-07-09", "明年6月底前完成验收", ["2025-06"]),
    ("2024-07-09", "明年6月开工建设", ["2025-06"]),
    ("2024-01-09", "上半年开工，年底前主体完工", ["2024-06", "2024-12"]),
    ("2024-01-09", "一季度末前完成方案制定", ["2024-03"]),
    ("2024-01-09", "“十四五”末，建成3家", ["2025"]),
    ("2024-01-09", "“十四五”期间实施10个项目", ["2025"]),
    ("2024-01-09", "‘十四五’时期加快建设", ["2025"]),
    ("2024-01-09", "十四五期间加快建设", ["2025"]),
    ("2022-01-09", "到“十四五”末全面建成", ["2025"]),
    ("2022-01-09", "2023—2025年，每年改造100户", ["2025"]),
    ("2022-01-09", "每月5日前报送进展情况", [None]),
    ("2022-01-09", "每季度末月25日前报送台账", [None]),
    ("2022-01-09", "三年内实现全覆盖", ["2025"]),
    ("2022-01-09", "3年内培育企业10家", ["2025"]),
    ("2022-01-09", "力争用3—5年时间建成示范区", ["2027"]),
    ("2022-03-01", "各地自本通知印发之日起30日内制定实施细则", ["2022-03-31"]),
    ("2022-03-01", "自本意见印发之日起3个月内出台配套措施", ["2022-06-01"]),
    ("2022-03-01", "行政机关应当自收到申请之日起20日内作出决定", []),
    ("2024-03-01", "2024年12月底前完成", ["2024-12"]),
    ("2024-03-01", "２０２４年１２月底前完成", ["2024-12"]),
    ("2024-03-01", "于2024年11月30日前报市政府办公室", ["2024-11-30"]),
    ("2021-03-01", "二〇二五年，基本建成", ["2025"]),
    ("2021-03-01", "到二〇三五年全面建成", ["2035"]),
    ("2021-03-01", "到2035年，远期目标全面实现", ["2035"]),
    ("2023-05-01", "第一阶段（2023年6月—8月）：动员部署", ["2023-08"]),
    ("2023-05-01", "集中整治阶段（2023年9月至2024年2月）", ["2024-02"]),
    ("2023-05-01", "总结提升阶段（2023年10月1日—12月31日）", ["2023-12-31"]),
    ("2023-05-01", "自查自纠（6月1日至8月31日）", ["2023-08-31"]),
    ("2023-05-01", "10月底前完成秋收", ["2023-10"]),
    ("2023-05-01", "11月中旬前完成验收", ["2023-11"]),
    ("2023-12-05", "3月底前完成总结", ["2024-03"]),
    ("2023-05-01", "9月完成主体工程", ["2023-09"]),
    ("2023-05-01", "按照2021年3月印发的方案要求", []),
    ("2023-05-01", "自2020年以来，全省累计投入", []),
    ("2023-05-01", "2022年，全市完成投资100亿元", []),
    ("2023-05-01", "到2025年底，覆盖率达到90%", ["2025-12"]),
    ("2023-05-01", "2025年前完成全部改造任务", ["2025"]),
    ("2023-05-01", "2030年前实现碳达峰", ["2030"]),
    ("2023-05-01", "力争2030年前实现碳达峰，2060年前实现碳中和", ["2030", "2060"]),
    ("2023-05-01", "月底前完成排查", ["2023-05"]),
    ("2023-05-01", "下月底前完成排查", ["2023-06"]),
    ("2023-05-01", "近三年内无重大违法记录", []),
    ("2023-05-01", "三年内不得参加政府采购活动", []),
    ("2023-05-01", "预计2023年三季度投产", ["2023-09"]),
    ("2023-05-01", "2024年上半年完成验收", ["2024-06"]),
    ("2023-05-01", "2024年底全线通车", ["2024-12"]),
    ("2023-05-01", "2023年底前、2024年底前分别完成50%、100%", ["2023-12", "2024-12"]),
    ("2023-05-01", "项目2025年建成投产", ["2025"]),
    ("2023-05-01", "实施2023年农村公路建设项目", []),
    ("2023-05-01", "落实《2023—2025年行动计划》", []),
    ("2023-05-01", "以2020年为基期", []),
    ("2023-05-01", "比2020年下降13.5%", []),
    ("2023-05-01", "“十三五”以来取得显著成效", []),
    ("2023-05-01", "自2023年7月1日起施行，有效期至2028年6月30日", ["2028-06-30"]),
    ("2023-05-01", "今年9月底前完成", ["2023-09"]),
    ("2023-05-01", "国庆节前开放运营", ["2023-09"]),
    ("2023-05-01", "2025年6月30日前", ["2025-06-30"]),
    ("2023-05-01", "2023年、2024年分别完成30%和70%", ["2023", "2024"]),
    ("2023-05-01", "于每年12月10日前报送年度工作总结", [None]),
    ("2023-05-01", "到2025年，形成体系；到2030年，全面建成；到2035年，达到先进水平", ["2025", "2030", "2035"]),
    ("2023-05-01", "党的十八大以来，2012年至2022年累计完成", []),
    ("2023-05-01", "于2023年10月正式投入运营", ["2023-10"]),
    ("2023-05-01", "2023年6月至12月开展专项行动", ["2023-12"]),
    ("2023-05-01", "全年完成投资20亿元", ["2023"]),
    ("2023-05-01", "到2027年末，建成区域中心", ["2027-12"]),
]


@pytest.mark.parametrize(("signed", "text", "expected"), TRIALS)
def test_trial_expressions(signed, text, expected):
    found = lx.deadlines(frame(text, year=int(signed[:4]), signed=signed))["deadline"].astype("object")
    assert found.where(found.notna(), None).tolist() == expected


CELLS = [  # a cell of 完成时限 in a list of January 2024
    ("2024.06", ["2024-06"]),
    ("2024-12", ["2024-12"]),
    ("2024/6/30", ["2024-06-30"]),
    ("12月", ["2024-12"]),
    ("2024年二季度", ["2024-06"]),
    ("全年", ["2024"]),
    ("常年", [None]),
    ("长期坚持", [None]),
    ("持续推进", [None]),
    ("2024年12月", ["2024-12"]),
    ("2025", ["2025"]),
    ("2024年", ["2024"]),
    ("2024年1月-12月", ["2024-12"]),
    ("2024.3-2024.12", ["2024-03", "2024-12"]),
    ("12月底前", ["2024-12"]),
    ("2024年底", ["2024-12"]),
    ("6月30日", ["2024-06-30"]),
    ("第四季度", ["2024-12"]),
    ("每季度", [None]),
    ("年底前取得阶段性成效", ["2024-12"]),
    ("２０２４年１１月", ["2024-11"]),
    ("2024年—2026年", ["2026"]),
    ("11月上旬", ["2024-11"]),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_cells_for_time_limits(text, expected):
    units = pd.DataFrame(
        {
            "unit_id": ["d#001", "d/2"],
            "parent_id": [None, "d#001"],
            "kind": ["task", "deadline"],
            "is_leaf": [True, False],
            "text": ["完成任务", text],
            "start": [0, 50],
            "year": [2024, 2024],
            "signed": ["2024-01-20", "2024-01-20"],
        }
    )
    found = lx.deadlines(units)["deadline"].astype("object")
    assert found.where(found.notna(), None).tolist() == expected


def test_days_in_words_and_a_date_that_is_none():
    text = "各县自本通知印发之日起三十日内制定细则，月底前报送，自印发之日起10个工作日内公开"
    assert lx.deadlines(frame(text, year=2024, signed="2024-03-20"))["deadline"].fillna("").tolist() == [
        "2024-04-19",
        "2024-03",
        "",
    ]
    for signed in ("2024-03", "March", "", None):
        assert lx.deadlines(frame(text, year=2024, signed=signed))["deadline"].isna().all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("次年3月底前完成审计", [("2025-03", "次年3月底前", "month")]),
        ("2025年12月底前自查，次年3月底前整改", [("2025-12", "2025年12月底前", "month"), ("2026-03", "次年3月底前", "month")]),
        ("每年12月底前总结，次年3月底前考核", [(None, "每年12月底前", "recurring"), (None, "次年3月底前", "recurring")]),
        ("下月10日前报送", [("2024-08-10", "下月10日前", "day")]),
        ("每月5日前报送，下月10日前汇总", [(None, "每月5日前", "recurring"), (None, "下月10日前", "recurring")]),
        ("次月10日前报送", [(None, "次月10日前", "recurring")]),
        ("今后五年，新增就业10万人", [("2029", "今后五年", "year")]),
        ("未来三年的主要目标是建成网络", [("2027", "未来三年", "year")]),
        ("推动今后五年各项事业发展", []),
        ("今后五年是转型的关键时期", []),
        ("本届政府任期内建成学校", [(None, "本届政府任期内", "year")]),
        ("汛期前完成排查", [("2025", "汛期前", "year")]),
        ("入冬前完成改造", [("2024", "入冬前", "year")]),
        ("每年汛期前开展排查", [(None, "汛期前", "recurring")]),
        ("做好汛期前各项准备工作", []),
        ("一个月内完成整改", []),
        ("自印发之日起一年内完成", [("2025-07-09", "自印发之日起一年内", "day")]),
        ("自收到之日起一年内完成", []),
    ],
)
def test_times_that_count_from_another(text, expected):
    assert rows(text, "deadline", "expression", "resolution") == expected


def test_the_year_of_a_report_of_the_first_quarter_is_the_first_of_the_coming_five():
    assert rows("今后五年，新增就业10万人", "deadline", year=2022, signed="2022-01-20") == [("2026",)]
    assert rows("今后五年，新增就业10万人", "deadline", year=2021, signed="2021-10-20") == [("2026",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本季度末前完成整改", [("2024-09", "本季度末前", "month")]),
        ("下季度末前完成整改", [("2024-12", "下季度末前", "month")]),
        ("半年内完成改造20处", [("2025-01", "半年内", "month")]),
        ("90天内完成整改", [("2024-10-07", "90天内", "day")]),
        ("文件印发后两周内报送方案", [("2024-07-23", "两周内", "day")]),
        ("方案印发后10个工作日内报送", [(None, "10个工作日内", "day")]),
        ("收到举报后90天内完成调查", []),
        ("受理后5日内办结", []),
        ("近半年内完成了改造", []),
        ("到“十五五”中期，建成中心5个", [("2028", "“十五五”中期", "year")]),
        ("做好“十五五”中期评估", []),
        ("不低于2025年的3200人", []),
        ("2024年秋季学期前完成招聘", [("2024", "2024年秋季学期前", "year")]),
    ],
)
def test_terms_quarters_and_the_middle_of_a_plan(text, expected):
    assert rows(text, "deadline", "expression", "resolution") == expected
