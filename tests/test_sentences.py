"""Leaves cut into sentences and clauses of one action each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanxikit.segmenting.sentences import adjunct, boundaries, opens_action


def cut(text, clause=True):
    edges = boundaries(text, clause=clause)
    return [text[a:b] for a, b in zip([0, *edges], [*edges, None], strict=True)]


@pytest.mark.parametrize(
    "clauses",
    [
        ["到2025年，建成5G基站1000个。"],
        ["加快建设园区，", "到2025年底，建成标准厂房10万平方米，", "引进企业50家。"],
        ["依托兰州新区，发展大数据产业。", "在充分论证的基础上，编制规划。"],
        ["“十四五”期间，新建水库5座；", "按照统一部署，推进改革。"],
        ["按照统一部署加快推进建设，", "完善机制。"],
        ["各县区政府要加强领导，", "落实责任，", "市发展改革委要会同有关部门，", "定期调度。"],
        ["重点围绕肉制品、乳制品等行业，培育龙头企业。"],
        ["空气质量优良天数比例达到90%，森林覆盖率提高到35%。"],
        ["推进《加快建设，推动发展规划》实施，", "建设公路、铁路，为群众服务。"],
        ["对外开放水平提升，", "加快建设口岸。"],
    ],
)
def test_clauses(clauses):
    assert cut("".join(clauses)) == clauses


@pytest.mark.parametrize(
    "sentences",
    [
        ["应当采取下列措施：", "（一）增加投入；", "（二）完善机制；", "（三）其他措施。"],
        ["做好三项工作：", "一是深化改革，放宽准入，", "二是强化监管，", "三是优化服务。"],
        ["包括：", "1.新建学校5所；", "2.改造校舍3所。"],
        ["推进改革，到2025年，建成体系。", "完善机制！"],
    ],
)
def test_points_are_sentences(sentences):
    assert cut("".join(sentences), clause=False) == sentences


def test_what_opens_an_action():
    assert opens_action("年内积极推进改革", 0) and opens_action("市水务局应当加强监管", 0)
    assert not opens_action("主要指标", 0) and not opens_action("公路里程", 0)


@pytest.mark.parametrize(("text", "expected"), [("2023年底前", True), ("到2025年", True), ("通过项目带动", True), ("加强领导", False), ("以上", False), ("2023年新建学校5所", False), ("", False)])
def test_adjuncts(text, expected):
    assert adjunct(text, 0, len(text)) is expected


@given(st.text(alphabet="到2025年，。；：（）一二是、要加快建设推进在以《》“”各县 ,;", max_size=80), st.booleans())
def test_cuts_rise_and_stay_inside(text, clause):
    edges = boundaries(text, clause=clause)
    assert edges == sorted(set(edges)) and all(0 < edge < len(text) for edge in edges)


def test_hostile_texts_are_fast():
    import time

    start = time.perf_counter()
    for text in ("在，" * 15000, "各要，" * 10000, "（" * 30000 + "，", "加快" * 15000, "到2025年，" * 5000):
        boundaries(text, clause=True)
    assert time.perf_counter() - start < 3
