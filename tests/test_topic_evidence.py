"""The numbers of the guide on topics are those that its commands print."""

import re

import numpy as np
import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.errors import LanxiError
from lanxikit.evaluating import topic_evidence, topic_guide


@pytest.fixture(scope="module")
def table(units):
    methods = {"NMF": {"method": "nmf"}, "LDA": {"method": "lda"}}
    return topic_evidence.evidence(units, methods, seeds=[0])


def test_nmf_holds_where_lda_does_not(table):
    nmf, lda = table.set_index("method").loc[["NMF", "LDA"]].to_dict("records")
    assert nmf["stability"] > 0.6 > 0.5 > lda["stability"]
    assert nmf["agreement"] > lda["agreement"] + 0.1


def test_each_number_lies_in_its_range_and_above_chance(table):
    for name in ("stability", "agreement", "npmi", "c_v", "nmi"):
        assert (table[f"{name}_low"] <= table[name]).all() and (table[name] <= table[f"{name}_high"]).all(), name
    nmf = table.iloc[0]
    assert nmf["nmi_low"] > nmf["nmi_chance"] > 0.1


def test_chapters_are_those_of_the_document_asked_for(units, table):
    from lanxikit.topics.model import TopicModel

    model = TopicModel(10, stability_repeats=1).fit(units)
    told = lx.chapter_agreement(model, units, documents="qinghai-gansu-2022").iloc[0]
    assert table["nmi"][0] == pytest.approx(told["nmi"]) and table["nmi_chance"][0] == pytest.approx(told["nmi_chance"])
    with pytest.raises(LanxiError, match="nowhere-1999"):
        topic_evidence.evidence(units, {"NMF": {"method": "nmf"}}, seeds=[0], document="nowhere-1999")


def test_markdown():
    numbers = {f"{name}{end}": 0.5 for name in ("stability", "agreement", "npmi", "nmi") for end in ("", "_low", "_high")}
    row = {"method": "NMF", "nmi_chance": 0.21, "c_v": np.nan, "c_v_low": np.nan, "c_v_high": np.nan}
    assert topic_evidence.markdown(pd.DataFrame([row | numbers])) == (
        "| method | stability | agreement | NPMI | c_v | NMI with the chapters | NMI by chance |\n"
        "|---|---|---|---|---|---|---|\n"
        "| NMF | 0.50 [0.50–0.50] | 0.50 [0.50–0.50] | 0.50 [0.50–0.50] | – | 0.50 [0.50–0.50] | 0.21 |\n"
    )


def test_sensitivity_shows_what_moves_one_thing():
    rows = pd.DataFrame(
        [("all", "both", "leaf", True), ("none", "both", "leaf", False), ("none", "none", "leaf", False)],
        columns=["dictionary", "stop_words", "unit", "reference"],
    ).assign(n_units=372, overlap=0.5, words_left=1.0, agreement=0.25, stability=0.7)
    assert topic_guide.sensitivity(rows).splitlines()[2:] == [
        "| all | both | leaf | 372 | 0.50 | 1.00 | 0.25 | 0.70 |",
        "| none | both | leaf | 372 | 0.50 | 1.00 | 0.25 | 0.70 |",
    ]


def test_a_guide_without_place_for_a_table_is_refused():
    with pytest.raises(LanxiError, match="topic_choice"):
        topic_guide.renewed("<!-- topic_choice -->\nno end", {"topic_choice": "x\n"})


def test_tables_of_the_guide_are_those_of_the_study(root):
    text = (root / "docs" / "topics.md").read_text(encoding="utf-8")
    assert topic_guide.renewed(text, topic_guide.stored(root / "data" / "processed")) == text, "run python -m lanxikit.evaluating.topic_guide"
    methods = text.split("<!-- topic_evidence -->")[1].split("<!-- /topic_evidence -->")[0]
    assert {name for name in topic_evidence.METHODS if f"| {name} |" in methods} == set(topic_evidence.METHODS)


def test_the_guide_names_what_there_is(root):
    text = (root / "docs" / "topics.md").read_text(encoding="utf-8")
    verbs = {name for name in re.findall(r"\blx\.([a-zA-Z_]+)", text) if name != "plots"}
    assert len(verbs) > 12 and verbs <= set(dir(lx)), verbs - set(dir(lx))
    assert set(re.findall(r"lx\.plots\.([a-z_]+)", text)) <= set(dir(lx.plots))
    sections = text.split("\n## ")[1:]
    assert len(sections) == 11 and all("\n\n**中文摘要：** " in part for part in sections)
