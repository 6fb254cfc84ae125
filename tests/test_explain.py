"""lx.explain: one unit, its evidence marked where it stands."""

import pytest

import lanxikit as lx
from lanxikit.errors import LanxiError
from lanxikit.reading.corpus import from_texts


@pytest.mark.parametrize("unit_id", ["haidong-2024#006", "qinghai-gansu-2022#014", "linxia-2022#003", "pingan-2022#001"])
def test_words_are_those_of_the_file(corpus, units, unit_id):
    shown = lx.explain(units, unit_id)
    source = corpus[shown.doc_id].text
    assert len(shown.evidence) > 3
    for row in shown.evidence.itertuples():
        there = source[row.start : row.end]
        assert "".join(row.words.split()) == "".join(there.split()).replace("**", "")


def test_every_finding_of_the_verbs_is_there(units):
    document = units[units["doc_id"] == "haidong-2024"]
    shown = lx.explain(units, "haidong-2024#006").evidence
    for kind, verb in {"duty": lx.responsibilities, "target": lx.targets, "place": lx.places}.items():
        found = verb(document).query("unit_id == 'haidong-2024#006'")
        assert sorted(shown[shown["finding"] == kind]["start"]) == sorted(found["start"])


def test_a_duty_row_shows_its_leaf(units):
    duty = units[(units["kind"] == "duty") & (units["doc_id"] == "pingan-2022")].iloc[0]
    assert lx.explain(units, duty["unit_id"]).unit_id == duty["parent_id"]


def test_page_is_safe_and_marked(monkeypatch):
    monkeypatch.setenv("LANXI_LANG", "zh")
    text = "甲市方案\n一、供水\n1.到2025年，新建<script>alert(1)</script>水库3座。（市水务局牵头）\n2.推进节水。\n"
    page = lx.explain(lx.segment(from_texts({"a": text})), "a#001")._repr_html_()
    assert "<script" not in page and "&lt;script&gt;" in page
    assert page.count("<mark") >= 3 and "市水务局" in page and "http" not in page


def test_text_carries_the_numbers_of_the_evidence():
    text = "甲市方案\n一、供水\n1.到2025年，新建水库3座。（市水务局牵头）\n2.推进节水。\n"
    shown = lx.explain(lx.segment(from_texts({"a": text})), "a#001")
    told = str(shown)
    for row in shown.evidence.itertuples():
        assert f"{row.words}[{row.number}]" in told or f"[{row.number}]" in told
        assert text[row.start : row.end] == row.words


def test_a_unit_without_findings_says_so():
    shown = lx.explain(lx.segment(from_texts({"a": "甲市方案\n一、其他\n1.略。\n2.同上。\n"})), "a#001")
    assert shown.evidence.empty and "a#001" in str(shown) and "<table" not in shown._repr_html_()


def test_an_unknown_unit_is_named(units):
    with pytest.raises(LanxiError, match="haidong-2024#999"):
        lx.explain(units, "haidong-2024#999")
