"""How far the verbs of a clause commit."""

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.errors import LexiconError
from lanxikit.lexicons import load
from lanxikit.tables import table


def frame(text):
    return pd.DataFrame(
        {
            "unit_id": ["d#001"],
            "parent_id": [None],
            "kind": ["task"],
            "is_leaf": [True],
            "text": [text],
            "start": [100],
            "year": [2024],
            "signed": ["2024-07-09"],
        }
    )


def rows(text, *columns):
    cells = lx.commitment(frame(text))[list(columns)].astype("object")
    return [tuple(row) for row in cells.where(cells.notna(), None).itertuples(index=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("研究谋划G6京藏高速北移项目建设方案", [("研究谋划", 1, "head")]),
        ("探索组建西宁海东基础教育联盟", [("探索", 1, "head")]),
        ("鼓励企业开展各类展览", [("鼓励", 2, "head")]),
        ("制定《海东市方案》", [("制定", 3, "head")]),
        ("加快推进城市体检工作", [("加快推进", 4, "head")]),
        ("组织企业开展经贸活动", [("组织", 5, "head")]),
        ("年内新改建厕所", [("新改建", 6, "head")]),
        ("2025年底前,全面完成入河排污口整治", [("全面完成", 7, "head")]),
        ("推动项目年内开工建设", [("推动", 4, "head"), ("开工建设", 6, "result")]),
        ("团结大桥建成通车", [("建成通车", 7, "result")]),
        ("与西宁市协同推进铁路建设", [("协同推进", 4, "head")]),
        ("各县市政府要切实增强政治意识", [("增强", 4, "head")]),
        ("争取省级部门支持", [("争取", 2, "head")]),
        ("争取建设国际邮件互换局", [("建设", 4, "head")]),
        ("完成项目前期工作", [("完成", 3, "head")]),
        ("持续推进前期工作并适时开工建设", [("持续推进", 3, "head"), ("开工建设", 6, "result")]),
        ("基础设施领域重大项目", []),
        ("“推进建设”", []),
    ],
)
def test_the_verb_of_a_clause(text, expected):
    assert rows(text, "verb", "strength", "place") == expected


def test_a_row_a_clause():
    text = "深化改革，推动落实；完善机制。加快建设“推进、落实”平台"
    assert rows(text, "verb", "clause") == [
        ("深化", "深化改革"),
        ("推动", "推动落实"),
        ("完善", "完善机制"),
        ("加快建设", "加快建设“推进、落实”平台"),
    ]


def test_hedges_and_emphasis_are_told_apart():
    assert rows("力争年内建成通车，严格落实责任，适时新建学校", "verb", "hedge", "emphasis") == [
        ("建成通车", "力争", None),
        ("落实", None, "严格"),
        ("新建", "适时", None),
    ]


def test_where_the_verb_stands():
    assert rows("积极推进、加快建设", "start", "end") == [(100, 104)]


def test_the_scale_is_ordered_and_named():
    scale = load("commitment_verbs")
    assert sorted({int(row["strength"]) for row in scale}) == [1, 2, 3, 4, 5, 6, 7]
    strength = {row["verb"]: int(row["strength"]) for row in scale}
    ladder = ["谋划", "争取", "制定", "推进", "实施", "开工", "建成"]
    assert [strength[verb] for verb in ladder] == [1, 2, 3, 4, 5, 6, 7]
    assert len({row["verb"] for row in scale}) == len(scale)


def test_the_documents(units, corpus):
    found = lx.commitment(units)
    leaves = set(units.loc[units["is_leaf"], "unit_id"])
    assert set(found["unit_id"]) <= leaves
    assert len(leaves - set(found["unit_id"])) <= 5
    of = found.groupby("unit_id")["strength"].max()
    assert of["haidong-2024#032"] == 1
    assert of["haidong-2024#025"] == 7
    assert of["haidong-2024#028"] == 4
    for row in found.itertuples():
        source = corpus[row.unit_id.partition("#")[0]].text[row.start : row.end]
        assert "".join(source.split()) == "".join(row.verb.split())


def test_a_study_has_its_own_scale(tmp_path):
    header = "verb\tstrength\tstage_en\tstage_zh\tkind\n"
    (tmp_path / "commitment_verbs.tsv").write_text(header + "推进\t9\tpush\t推\tverb\n", encoding="utf-8")
    found = lx.commitment(frame("推进建设"), lexicon=tmp_path)
    assert found[["strength", "stage"]].values.tolist() == [[9, "push"]]
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "commitment_verbs.tsv").write_text(header + "推进\tstrong\tpush\t推\tverb\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="推进 strong"):
        lx.commitment(frame("推进建设"), lexicon=tmp_path / "b")


def test_empty_units_give_an_empty_table(units):
    found = lx.commitment(units.iloc[:0])
    assert found.columns.tolist() == table("commitment").names()
    assert found.empty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("将园区打造成产业高地", [("打造", 5, "inner")]),
        ("对跨区域的违法案件开展联合执法", [("开展", 5, "inner")]),
        ("综合实力和竞争力明显提升", [("提升", 4, "head")]),
        ("供水单位应当按照国家标准检测水质", [("应当", 5, "inner")]),
        ("任何单位和个人不得擅自占用城市道路", [("不得", 5, "inner")]),
        ("禁止在河道内倾倒垃圾", [("禁止", 5, "head")]),
        ("鼓励社会资本参与供水设施建设", [("鼓励", 2, "head")]),
        ("由市场监督管理部门责令限期改正", [("责令", 5, "inner")]),
        ("以国土空间规划为抓手", []),
        ("通过资金补偿、人才培训等方式", []),
        ("生态保护红线一经划定", []),
        ("跨界流域水体治理项目建设", []),
    ],
)
def test_a_clause_that_opens_with_no_verb(text, expected):
    assert rows(text, "verb", "strength", "place") == expected


def test_the_modals_of_a_regulation():
    text = "县级以上人民政府水行政主管部门应当加强监督检查，公安机关可以扣押相关工具"
    assert rows(text, "verb", "hedge", "emphasis") == [("加强", None, "应当"), ("扣押", "可以", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对符合条件的企业，可以给予补助", [("给予", 2, "encourage", "可以", None)]),
        ("可给予最高100万元奖励", [("给予", 2, "encourage", "可", None)]),
        ("可以探索建立共享机制", [("探索建立", 1, "explore", "可以", None)]),
        ("应当研究编制专项规划", [("研究编制", 3, "prepare", None, "应当")]),
        ("应当研究解决方法", [("研究", 1, "explore", None, "应当")]),
        ("必须完成整改任务", [("完成", 7, "complete", None, "必须")]),
        ("加快可再生能源基地建成投产", [("加快", 4, "advance", None, None), ("建成投产", 7, "complete", None, None)]),
        ("将重要节点打造成枢纽", [("打造", 5, "carry out", None, None)]),
    ],
)
def test_a_duty_leaves_the_strength_to_its_verb_and_a_permission_caps_it(text, expected):
    assert rows(text, "verb", "strength", "stage", "hedge", "emphasis") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不得新建化工项目", [("不得", 5, "forbid")]),
        ("禁止新建、扩建小水电站", [("禁止", 5, "forbid")]),
        ("严禁新增钢铁产能", [("严禁", 5, "forbid")]),
        ("长江干流一公里范围内不再新建化工园区", [("不再", 5, "forbid")]),
        ("在饮用水水源保护区内不得新建排污口", [("不得", 5, "forbid")]),
        ("任何单位不得擅自改建扩建", [("不得", 5, "forbid")]),
        ("加强源头管控严禁新增隐性债务", [("加强", 4, "advance"), ("严禁", 5, "forbid")]),
        ("对不再符合条件的企业取消资格", [("取消", 5, "carry out")]),
        ("划定禁止建设区", [("划定", 3, "prepare")]),
    ],
)
def test_what_is_forbidden_is_not_built(text, expected):
    assert rows(text, "verb", "strength", "stage") == expected


def test_the_order_of_modals():
    strength = {row["verb"]: int(row["strength"]) for row in load("commitment_verbs")}
    assert strength["应当"] == strength["必须"] == strength["不得"] == strength["严禁"]
    assert strength["不得"] > strength["可以"] == strength["鼓励"] > strength["探索"]
