"""lx.responsibilities on the real documents and on small tables of units."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.annotating.responsibilities import responsibilities
from lanxikit.evaluating.annotations import responsibility_counts
from lanxikit.evaluating.gold import read_gold
from lanxikit.gazetteer import lookup
from lanxikit.segmenting.labels import label, labelled
from lanxikit.segmenting.trailing import trailing
from lanxikit.tables import table
from lanxikit.text.fold import fold
from tests.clock import within

STYLES = [
    row
    for row in csv.reader(Path(__file__).with_name("duty_styles.tsv").open(encoding="utf-8"), delimiter="\t")
    if not row[0].startswith("#")
]
ROLES = {"L": "lead", "R": "responsible", "S": "support"}

CONTRACT = ["unit_id", "role", "agency", "agency_raw", "function", "level", "jurisdiction"]
CONTRACT += ["open_list", "expanded", "start", "end"]


@pytest.fixture(scope="module")
def found(units):
    return lx.responsibilities(units)


def duties(found, unit_id, *columns):
    rows = found[found["unit_id"] == unit_id]
    return list(rows[list(columns or ("role", "agency"))].astype(object).itertuples(index=False, name=None))


def table_of(*duty, text="推进合作。", region="海东市", adcode="630200", **more):
    rows = [{"unit_id": "a#001", "kind": "measure", "text": text, "is_leaf": True, "start": 0}]
    start = len(text)
    for number, (heading, line) in enumerate(duty, 2):
        rows.append(
            {"unit_id": f"a/{number:03d}", "parent_id": "a#001", "kind": "duty", "heading": heading, "text": line}
            | {"is_leaf": False, "start": start}
        )
        start += len(line)
    frame = pd.DataFrame(rows, columns=["unit_id", "parent_id", "kind", "heading", "text", "is_leaf", "start"])
    return frame.assign(doc_id="a", region=region, adcode=adcode, **more)


def test_the_table_begins_with_the_columns_of_the_contract(found):
    assert list(found.columns[: len(CONTRACT)]) == CONTRACT
    assert table("responsibilities").names() == list(found.columns)


def test_gold_is_met(found, units, root):
    counts, wrong = responsibility_counts(found, units, read_gold(root / "data" / "gold"))
    assert min(count.f1 for count in counts.values()) >= 0.99, wrong


def test_every_row_leads_back_to_its_words(found, corpus):
    texts = {doc_id: corpus[doc_id].text for doc_id in corpus.doc_ids}
    for row in found.itertuples():
        source = texts[row.unit_id.split("#")[0]][row.start : row.end]
        assert re.sub(r"\s", "", source) == re.sub(r"\s", "", row.agency_raw)


def test_the_two_provinces_are_named_in_full(found):
    assert duties(found, "qinghai-gansu-2022#048") == [
        ("lead", "青海省商务厅"),
        ("lead", "甘肃省商务厅"),
        ("responsible", "青海省市场监管局"),
        ("responsible", "甘肃省市场监管局"),
        ("responsible", "青海省工业和信息化厅"),
        ("responsible", "甘肃省工业和信息化厅"),
        ("responsible", "青海省发展改革委"),
        ("responsible", "甘肃省发展改革委"),
        ("responsible", "有关市州政府"),
    ]


def test_等部门_opens_the_list_before_it_and_not_what_follows(found):
    rows = dict(duties(found, "qinghai-gansu-2022#047", "agency", "open_list"))
    assert rows["西宁海关"] and rows["甘肃省工业和信息化厅"]
    assert not rows["有关市州政府"] and not rows["兰州新区管委会"] and not rows["青海省商务厅"]


def test_a_name_wrapped_over_two_lines_is_read_whole(found, corpus):
    rows = found[(found["unit_id"] == "linxia-2022#003") & (found["agency"] == "州生态环境局")]
    source = corpus["linxia-2022"].text[rows["start"].item() : rows["end"].item()]
    assert rows["agency_raw"].item() == "州生态环境局" and "\n" in source


def test_shared_parts_are_said_to_be_expanded(found):
    assert duties(found, "linxia-2022#029", "agency", "agency_raw", "expanded")[:2] == [
        ("州水务局", "州水务局", False),
        ("州生态环境局", "生态环境局", True),
    ]
    assert ("州自然资源局", "州自然资源", True) in duties(found, "linxia-2022#034", "agency", "agency_raw", "expanded")


def test_two_lists_in_the_cells_of_a_table(found):
    assert duties(found, "haidong-2024#103") == [
        ("lead", "化隆县政府"),
        ("lead", "循化县政府"),
        ("lead", "园区管委会"),
        ("support", "市工业信息化局"),
    ]
    assert duties(found, "haidong-2024#189") == [
        ("lead", "市商务局"),
        ("lead", "海东工业园区管委会"),
        ("support", "海东工业园区管委会"),
    ]


def test_level_and_jurisdiction_tell_whose_agency_it_is(found):
    columns = ["agency", "level", "jurisdiction", "adcode"]
    known = found[columns].astype(object).drop_duplicates().set_index("agency")
    expected = {
        "区交通运输局": ("county", "平安区", "630203"),
        "州生态环境局": ("prefecture", "临夏回族自治州", "622900"),
        "临夏州生态环境部门": ("prefecture", "临夏回族自治州", "622900"),
        "市发展改革委": ("prefecture", "海东市", "630200"),
        "临夏市政府": ("county", "临夏市", "622901"),
        "民和县政府": ("county", "民和回族土族自治县", "630222"),
        "甘肃省科技厅": ("province", "甘肃省", "620000"),
        "国家税务总局青海省税务局": ("province", "青海省", "630000"),
        "国网海东供电公司": ("prefecture", "海东市", "630200"),
        "兰州新区管委会": ("prefecture", "兰州市", "620100"),
        "小峡街道": ("township", "小峡街道", "630203"),
    }
    assert {name: tuple(known.loc[name]) for name in expected} == expected
    unnamed = known.loc[["各县区政府", "有关市州政府"]]
    assert unnamed["level"].tolist() == ["county", "prefecture"] and unnamed["jurisdiction"].isna().all()


def test_only_bodies_without_a_field_lack_a_function(found):
    assert found["function"].notna().all()


def test_the_region_of_the_document_decides_what_两省_means():
    units = table_of(("责任单位", "两省水利厅"), region="四川省、重庆市", adcode="510000、500000")
    assert duties(responsibilities(units), "a#001") == [("responsible", "两省水利厅")]
    units = table_of(("责任单位", "两省水利厅"), region="四川省、陕西省", adcode="510000、610000")
    assert duties(responsibilities(units), "a#001", "agency") == [("四川省水利厅",), ("陕西省水利厅",)]


def test_两市_may_be_named_by_the_measure():
    units = table_of(("责任单位", "两市水务部门"), text="推动兰州市与西宁市合作。")
    assert duties(responsibilities(units), "a#001", "agency") == [("兰州市水务部门",), ("西宁市水务部门",)]
    other = table_of(("责任单位", "两市水务部门"), text="推动白银市与定西市合作。")
    both = pd.concat([units, other.replace({"a#001": "b#001", "a/002": "b/002"}).assign(doc_id="b")])
    assert duties(responsibilities(both), "b#001", "agency") == [("白银市水务部门",), ("定西市水务部门",)]


def test_places_named_in_the_lead_line_hold_in_the_next():
    units = table_of(
        ("牵头单位", "甘肃省水利厅"), ("配合单位", "省林草局"), region="青海省、甘肃省", adcode="630000、620000"
    )
    assert duties(responsibilities(units), "a#001") == [("lead", "甘肃省水利厅"), ("support", "甘肃省林草局")]


def test_an_agency_named_twice_in_a_role_counts_once():
    units = table_of(("责任单位", "市水务局、市财政局、市水务局"))
    assert duties(responsibilities(units), "a#001", "agency", "start") == [("市水务局", 5), ("市财政局", 10)]


def test_duties_in_the_sentence_count_beside_a_duty_line():
    text = "建立协调机制，由市发展改革委牵头，市水务局配合。"
    rows = responsibilities(table_of(text=text))
    assert duties(rows, "a#001", "role", "agency", "start") == [
        ("lead", "市发展改革委", 8),
        ("support", "市水务局", 17),
    ]
    rows = responsibilities(table_of(("责任单位", "市财政局、市水务局"), text=text))
    assert duties(rows, "a#001") == [
        ("lead", "市发展改革委"),
        ("support", "市水务局"),
        ("responsible", "市财政局"),
        ("responsible", "市水务局"),
    ]


@pytest.mark.parametrize("unit", ["sentence", "clause"])
def test_leaves_cut_into_clauses_give_the_duties_of_the_whole_leaf(found, corpus, unit):
    pd.testing.assert_frame_equal(lx.responsibilities(lx.segment(corpus, unit=unit)), found)


def test_a_sentence_cut_into_clauses_is_read_whole():
    text = "建立协调机制，由市发展改革委牵头，市水务局配合。"
    whole = table_of(text=text)
    cut = pd.concat([whole.assign(unit_id=f"a#001.{n}", parent_id="a#001") for n in (1, 2)], ignore_index=True)
    cut["text"], cut["start"], cut["pieces"] = [text[:7], text[7:]], [0, 8], ["0-7", "8-25"]  # a line break between
    rows = responsibilities(cut)
    assert duties(rows, "a#001", "role", "agency", "start") == [
        ("lead", "市发展改革委", 9),
        ("support", "市水务局", 18),
    ]


def test_duty_rows_count_where_their_leaf_is_no_row():
    units = table_of(("责任单位", "市水务局、市财政局"))
    rows = responsibilities(units[units["kind"] == "duty"])
    assert duties(rows, "a#001") == [("responsible", "市水务局"), ("responsible", "市财政局")]
    heading = units.assign(kind=["heading", "duty"], is_leaf=False)
    assert len(responsibilities(heading)) == 0


def below(*lines):
    """Leaves of one document, each with a duty line."""
    frames = [table_of(line).replace({"a#001": f"a#00{n}", "a/002": f"a/00{n}"}) for n, line in enumerate(lines, 1)]
    return pd.concat(frames, ignore_index=True)


def test_下同_makes_the_first_agency_lead_in_the_lists_that_follow():
    rule = "市财政局、市教育局（列第一位者为牵头单位，下同）"
    rows = responsibilities(
        below(("责任单位", "市水务局、市林草局"), ("责任单位", rule), ("责任单位", "市林草局、市财政局"))
    )
    assert duties(rows, "a#001") == [("responsible", "市水务局"), ("responsible", "市林草局")]
    assert duties(rows, "a#002") == [("lead", "市财政局"), ("responsible", "市教育局")]
    assert duties(rows, "a#003") == [("lead", "市林草局"), ("responsible", "市财政局")]
    rows = responsibilities(below(("责任单位", rule.replace("，下同", "")), ("责任单位", "市林草局、市财政局")))
    assert duties(rows, "a#002") == [("responsible", "市林草局"), ("responsible", "市财政局")]


def test_a_note_outside_the_lists_makes_the_first_agency_lead_in_all_of_the_document():
    units = below(("责任单位", "市水务局、市林草局"), ("牵头单位", "市教育局"))
    note = {"doc_id": "a", "unit_id": "a/009", "kind": "note", "text": "注：责任单位中排名第一的为牵头单位。"}
    rows = responsibilities(pd.concat([units, pd.DataFrame([note | {"is_leaf": False, "start": 90}])]))
    assert duties(rows, "a#001") == [("lead", "市水务局"), ("responsible", "市林草局")]
    other = pd.DataFrame([note | {"doc_id": "b", "is_leaf": False, "start": 90}])
    assert duties(responsibilities(pd.concat([units, other])), "a#001")[0] == ("responsible", "市水务局")


def test_the_order_of_the_rows_is_that_of_the_text(found, units):
    leaves = units.loc[units["is_leaf"], "unit_id"].tolist()
    places = [leaves.index(unit_id) for unit_id in found["unit_id"]]
    assert places == sorted(places)


def test_units_without_duties_give_an_empty_table_with_the_columns():
    for units in (table_of(), table_of().iloc[:0]):
        rows = responsibilities(units)
        assert len(rows) == 0 and list(rows.columns) == table("responsibilities").names()


def test_a_table_without_the_columns_is_refused():
    with pytest.raises(lx.LanxiError, match="lacks: parent_id"):
        lx.responsibilities(table_of().drop(columns="parent_id"))


def test_units_without_a_region_are_read_as_written():
    units = table_of(("责任单位", "省水利厅、两省林草局、兰州市政府")).drop(columns=["region", "adcode"])
    rows = responsibilities(units)
    assert rows["agency"].tolist() == ["省水利厅", "两省林草局", "兰州市政府"]
    assert rows["level"].astype(str).tolist() == ["province", "province", "prefecture"]


def test_own_word_lists_are_read(tmp_path):
    (tmp_path / "duty_words.tsv").write_text("word\tkind\trole\tabout\n挂帅\tafter\tlead\t\n", "utf-8")
    units = table_of(("责任单位", "市水务局挂帅，市财政局"))
    assert duties(responsibilities(units, lexicon=tmp_path), "a#001") == [
        ("lead", "市水务局"),
        ("responsible", "市财政局"),
    ]


def paragraph(text, region):
    """The leaf and the duty rows that a paragraph of a document gives."""
    division = lookup(region, near="630200") if region != "国家" else None
    folded = fold(text)
    parts = labelled(folded) if label(folded) else trailing(folded)
    stop = parts[0].start if parts else len(text)
    rows = [("a#001", None, "measure", None, text[:stop] or "。", 0, True)]
    for number, part in enumerate(parts, 2):
        rows.append((f"a/{number:03d}", "a#001", part.kind, part.word, text[part.begin : part.end], part.begin, False))
    names = ["unit_id", "parent_id", "kind", "heading", "text", "start", "is_leaf"]
    code = division.code if division else ""
    return pd.DataFrame(rows, columns=names).assign(doc_id="a", region=division.name if division else "", adcode=code)


@pytest.mark.parametrize("row", STYLES, ids=lambda row: row[1][:40])
def test_every_style_of_the_genre_is_read(row):
    region, text, *expected = row
    found = responsibilities(paragraph(text, region))
    words = (expected[0] if expected else "").split()
    assert list(zip(found["role"], found["agency"], strict=True)) == [
        (ROLES[role], name) for role, name in zip(words[::2], words[1::2], strict=True)
    ]
    assert all(
        text[start:end] == raw for start, end, raw in found[["start", "end", "agency_raw"]].itertuples(index=False)
    )


def test_the_styles_are_many():
    assert len(STYLES) >= 300 and sum(len(row) < 3 or not row[2] for row in STYLES) >= 30


def test_the_document_s_own_word_for_the_role_is_kept():
    units = table_of(
        ("指导单位", "市水务局"), ("责任单位", "市财政局牵头，市教育局等部门按职责分工负责"), ("责任单位", "市林草局")
    )
    assert duties(responsibilities(units), "a#001", "role", "word") == [
        ("support", "指导单位"),
        ("lead", "牵头"),
        ("responsible", "按职责分工负责"),
        ("responsible", "责任单位"),
    ]
    rows = responsibilities(table_of(("责任单位", "★市水务局、市财政局"), text="市教育局应当会同市民政局制定办法。"))
    assert rows["word"].tolist() == ["会同", "会同", "★", "责任单位"]


OPEN = [
    "市水务局、市财政局……", "市水务局、市财政局…", "市水务局、市财政局......", "市水务局、市财政局...",
    "市水务局、市财政局．．．", "市水务局、市财政局。。。", "市水务局、市财政局⋯⋯", "市水务局、市财政局··· ···",
    "市水务局、市财政局……等", "市水务局、市财政局等……", "市水务局、市财政局等等", "市水务局、市财政局、……",
    "市水务局、市财政局等有关部门……", "市水务局、市财政局 …… 等单位", "市水务局……市财政局", "市水务局...市财政局",
    "市水务局、……、市财政局", "市水务局……财政局",
]  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_an_ellipsis_opens_a_list_and_is_no_part_of_a_name(text):
    rows = responsibilities(table_of(("责任单位", text)))
    assert duties(rows, "a#001", "agency", "open_list") == [("市水务局", True), ("市财政局", True)]
    assert [text[start - 5 : end - 5] for start, end in zip(rows["start"], rows["end"], strict=True)] == [
        raw for raw in rows["agency_raw"]
    ]
    assert not rows["agency_raw"].str.contains(r"[.。…⋯·]").any()


@pytest.mark.parametrize("dots", ["……", "…", "......", "...", "……等", "...等部门", "等", "等……"])
@pytest.mark.parametrize("text", ["由市水务局牵头，市财政局、市教育局{}配合，建立台账。", "市水务局会同市财政局、市教育局{}制定方案。"])
def test_an_ellipsis_in_running_text_opens_the_list(text, dots):
    rows = responsibilities(table_of(text=text.format(dots)))
    assert duties(rows, "a#001", "role", "agency", "open_list") == [
        ("lead", "市水务局", False),
        ("support", "市财政局", True),
        ("support", "市教育局", True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市水务局、市财政局……，各县区政府", [True, True, False]),
        ("市水务局……等部门，各县区政府", [True, False]),
        ("市水务局、……，各县区政府", [True, False]),
        ("市水务局……市财政局；各县区政府", [True, True, False]),
        ("市水务局、市财政局——", [False, False]),
    ],
)
def test_an_ellipsis_opens_its_own_list_only(text, expected):
    assert responsibilities(table_of(("责任单位", text)))["open_list"].tolist() == expected


def test_同上_may_be_followed_by_more():
    rows = responsibilities(below(("责任单位", "市水务局、市财政局……"), ("责任单位", "同上，市文旅局")))
    assert duties(rows, "a#002", "agency", "open_list") == [
        ("市水务局", True), ("市财政局", True), ("市文旅局", False),
    ]  # fmt: skip


@pytest.mark.parametrize("same", ["同上", "〃", "同上。", " 同上 "])
def test_同上_means_the_list_above_under_the_same_label(same):
    units = below(("责任单位", "市水务局、市财政局"), ("责任单位", same), ("责任单位", same))
    rows = responsibilities(units)
    for unit in ("a#002", "a#003"):
        assert duties(rows, unit, "role", "agency", "expanded") == [
            ("responsible", "市水务局", True),
            ("responsible", "市财政局", True),
        ]
    assert set(rows.loc[rows["unit_id"] == "a#002", "agency_raw"]) == {same}
    assert len(responsibilities(below(("责任单位", same)))) == 0
    assert duties(responsibilities(below(("牵头单位", "市水务局"), ("责任单位", same))), "a#002") == []


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        (
            "市教育局、国家能源局、省水利厅",
            "海东市",
            [("prefecture", "海东市"), ("country", "中国"), ("province", "青海省")],
        ),
        ("国务院国资委、财政部", "", [("country", "中国"), ("country", "中国")]),
        (
            "自治区水利厅、锡林郭勒盟行政公署、东乌珠穆沁旗人民政府",
            "内蒙古自治区",
            [("province", "内蒙古自治区"), ("prefecture", "锡林郭勒盟"), ("county", "东乌珠穆沁旗")],
        ),
        ("各旗县（市、区）人民政府、各盟市", "内蒙古自治区", [("county", None), ("prefecture", None)]),
        (
            "市水务局、各区政府、浦东新区政府",
            "上海市",
            [("province", "上海市"), ("county", None), ("county", "浦东新区")],
        ),
        (
            "县教育局、威远镇人民政府、各乡镇",
            "互助土族自治县",
            [("county", "互助土族自治县"), ("township", "威远镇"), ("township", None)],
        ),
        (
            "县级以上人民政府、乡镇人民政府、街道办事处",
            "浙江省",
            [("county", None), ("township", None), ("township", None)],
        ),
        ("州水利局、临夏市政府", "临夏回族自治州", [("prefecture", "临夏回族自治州"), ("county", "临夏市")]),
        ("生态环境部门", "杭州市", [("prefecture", "杭州市")]),
    ],
)
def test_level_and_jurisdiction_all_over_china(text, region, expected):
    code = lookup(region).code if region else ""
    rows = responsibilities(table_of(("责任单位", text), region=region, adcode=code))
    cells = rows[["level", "jurisdiction"]].astype(object)
    cells = cells.where(cells.notna(), None)
    assert list(cells.itertuples(index=False, name=None)) == expected


def test_spans_lead_through_several_pieces():
    units = table_of(("责任单位", "市水务局、市财政局"), text="推进合作。")
    units["pieces"] = ["0-5", "20-23;30-36"]  # 市水务 | 局、市财政局: a page broke the list
    rows = responsibilities(units)
    assert rows[["start", "end"]].to_numpy().tolist() == [[20, 31], [32, 36]]


@pytest.mark.parametrize("unit", ["谁主管", "谁主管、", "以下均需各县(", "以下均需", "…等", "…", "市水务局…", "...", "· ", "市水务局，",  "牵头单位为", "街道办事处（乡镇人民政府", "电信、移动、"])
def test_hostile_text_takes_no_long(unit):
    within(2, lambda: responsibilities(table_of(text=unit * (50_000 // len(unit)))))


@pytest.mark.parametrize(
    ("title", "others", "expected"),
    [
        ("湘赣边区域合作示范区任务清单", [], ["湖南省交通运输厅", "江西省交通运输厅"]),
        ("任务清单", ["学习广东省、浙江省经验。", "湖南省、江西省发展改革委", "湖南省和江西省商定。"], ["湖南省交通运输厅", "江西省交通运输厅"]),
        ("任务清单", ["学习广东省、浙江省和福建省经验。"], ["两省交通运输厅"]),
    ],
)
def test_all_that_the_document_names_tells_which_two_provinces_are_meant(title, others, expected):
    units = table_of(("责任单位", "两省交通运输厅"), region="", adcode="")
    rows = [{"unit_id": "a/t", "kind": "title", "text": title}]
    rows += [{"unit_id": f"a/{at}p", "kind": "preamble", "text": text} for at, text in enumerate(others)]
    more = pd.DataFrame(rows).assign(doc_id="a", is_leaf=False, start=0, region="", adcode="")
    found = responsibilities(pd.concat([units, more], ignore_index=True))
    assert list(found["agency"]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("交通运输部牵头，国家邮政局等部门配合", [("lead", "交通运输部"), ("support", "国家邮政局")]),
        ("自治区农牧厅牵头，林草局、财政厅配合", [("lead", "自治区农牧厅"), ("support", "自治区林草局"), ("support", "自治区财政厅")]),
        ("市工信局，各通信运营商", [("responsible", "市工信局"), ("responsible", "各通信运营商")]),
    ],
)
def test_names_of_a_list_across_its_roles(line, expected):
    found = responsibilities(table_of(("责任单位", line), region="", adcode=""))
    assert duties(found, "a#001") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由鄯善镇、县住建局负责，排查管网。", [("responsible", "鄯善镇"), ("responsible", "县住建局")]),
        ("由大河乡人民政府、县水利局负责。", [("responsible", "大河乡人民政府"), ("responsible", "县水利局")]),
        ("建立由市教育局牵头、市财政局配合的工作机制。", [("lead", "市教育局"), ("support", "市财政局")]),
        ("由市教育局统筹协调，按月调度。", [("responsible", "市教育局")]),
    ],
)
def test_running_text_with_townships_and_mechanisms(text, expected):
    assert duties(responsibilities(table_of(text=text, region="", adcode="")), "a#001") == expected
