"""Groups of units by who leads them, and what the documents of a group cannot show."""

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit import LanxiError
from lanxikit.tables.segmenting import leaves
from lanxikit.topics.groups import members
from lanxikit.topics.model import TopicModel

UNITS = pd.DataFrame({"unit_id": ["a#001", "a#002", "b#001"], "doc_id": ["a", "a", "b"], "year": [2020, 2020, 2024]})
DUTIES = pd.DataFrame(
    [
        ("a#001", "lead", "甲局", "水利"),
        ("a#001", "lead", "乙局", "水利"),
        ("a#001", "lead", "丙局", None),
        ("a#001", "support", "丁局", "财政"),
        ("b#001", "responsible", "甲局", "水利"),
    ],
    columns=["unit_id", "role", "agency", "function"],
)


@pytest.fixture(scope="module")
def fitted(units):
    return TopicModel(8, stability_repeats=2).fit(units)


@pytest.fixture(scope="module")
def duties(units):
    return lx.responsibilities(units)


def rows(by, **options):
    found = members(UNITS, by, responsibilities=DUTIES, **options)
    cells = found.groups.astype("object").where(found.groups.notna(), None).itertuples(index=False, name=None)
    return list(zip(found.rows.tolist(), *zip(*cells, strict=True), found.weights.round(3).tolist(), strict=True))


def test_a_unit_counts_for_each_of_its_leads_with_shares_that_sum_to_one():
    assert rows(["agency"]) == [(0, "甲局", 0.333), (0, "乙局", 0.333), (0, "丙局", 0.333), (1, None, 1.0), (2, None, 1.0)]


def test_two_leads_of_one_field_are_one_member_of_it():
    assert rows(["function"]) == [(0, "水利", 0.667), (0, None, 0.333), (1, None, 1.0), (2, None, 1.0)]


def test_roles_and_columns_of_units_can_be_joined():
    assert rows(["year", "agency"], role=["lead", "responsible"])[-2:] == [(1, 2020, None, 1.0), (2, 2024, "甲局", 1.0)]
    assert rows(["agency"], role="support") == [(0, "丁局", 1.0), (1, None, 1.0), (2, None, 1.0)]


def test_the_shares_of_the_study_sum_to_its_leaves(fitted, units, duties):
    for by in ("agency", "function"):
        table = fitted.prevalence_by(units, by, responsibilities=duties)
        one = table[table["topic"] == 1]
        assert one["weight"].sum() == pytest.approx(372)
        assert (one["weight"] <= one["n_units"] + 1e-9).all()
        # weighted by what they count for, the groups give the whole corpus again
        whole = (table["prevalence"] * table["weight"]).groupby(table["topic"]).sum() / 372
        assert whole.tolist() == pytest.approx(fitted.transform(units).mean().tolist())


def test_notes_say_what_five_documents_cannot_show(fitted, units):
    both = fitted.prevalence_by(units, ["level", "year"])
    assert (both["drawn"] == "units").all()
    assert both["note"].str.startswith("one document (").all()
    assert both["note"].str.contains("5 of 9 combinations of level and year occur, 5 of them in one document").all()
    level = fitted.prevalence_by(units, "level").drop_duplicates("level").set_index("level")
    assert level["drawn"].tolist() == ["units", "documents, then units", "units"]
    assert level.loc["prefecture", "note"] == (
        "only 3 documents to draw from: the interval is likely too narrow; haidong-2024 gives 70% of the units; "
        "not to be told from its region (临夏回族自治州/海东市), which no other group has"
    )
    documents = fitted.prevalence_by(units, "doc_id").drop_duplicates("doc_id").set_index("doc_id")
    assert "level (county), region (平安区)" in documents.loc["pingan-2022", "note"]


def test_groups_within_documents_are_not_said_to_go_with_them(fitted, units, duties):
    table = fitted.prevalence_by(units, "function", responsibilities=duties)
    assert not table["note"].fillna("").str.contains("not to be told").any()


def test_interval_over_documents_is_wider_than_over_units(fitted, units):
    wide, narrow = (fitted.prevalence_by(units, "year", draw=draw) for draw in ("documents", "units"))
    several = wide["n_documents"] > 1
    assert ((wide["high"] - wide["low"])[several].mean() / (narrow["high"] - narrow["low"])[several].mean()) > 1.2
    alone = ["low", "high", "drawn"]
    pd.testing.assert_frame_equal(wide.loc[~several, alone], narrow.loc[~several, alone])


def test_wrong_responsibilities(fitted, units, duties):
    with pytest.raises(LanxiError, match=r"agency.*lx\.responsibilities"):
        fitted.prevalence_by(units, "agency")
    with pytest.raises(LanxiError, match="lacks columns: function"):
        fitted.prevalence_by(units, "function", responsibilities=duties.drop(columns="function"))
    with pytest.raises(LanxiError, match="other units"):
        fitted.prevalence_by(units, "agency", responsibilities=DUTIES)
    with pytest.raises(LanxiError, match=r"'boss'.*lead, responsible, support"):
        fitted.prevalence_by(units, "agency", responsibilities=duties, role="boss")
    with pytest.raises(LanxiError, match="lacks columns"):
        fitted.prevalence_by(units, "agency", responsibilities=["甲局"])


def test_no_responsibility_at_all_is_one_group_without_a_name(fitted, units, duties):
    table = fitted.prevalence_by(units, "agency", responsibilities=duties.iloc[:0])
    assert table["agency"].isna().all()
    assert table["n_units"].unique().tolist() == [372]


def test_what_cannot_be_grouped_by_is_told(fitted, units):
    rows = leaves(units)
    duties = lx.responsibilities(units)
    assert len(fitted.prevalence_by(rows.iloc[:0], ["level", "agency"], responsibilities=duties)) == 0
    with pytest.raises(lx.LanxiError, match="lacks columns: doc_id"):
        fitted.prevalence_by(rows[["unit_id", "text"]], "agency", responsibilities=duties)
    with pytest.raises(lx.LanxiError, match=r"cannot be grouped by: path.*\.str\[0\]"):
        fitted.prevalence_by(rows, "path")
    with pytest.raises(lx.LanxiError, match=r"cannot be grouped by: topic.*rename"):
        fitted.prevalence_by(rows.assign(topic=1), "topic")
    assert fitted.prevalence_by(rows, ["level", "level"]).equals(fitted.prevalence_by(rows, "level"))
    with pytest.raises(lx.LanxiError, match="not two groups"):
        lx.compare_prevalence(fitted, rows, by="level", groups=("province", ["county", "prefecture"]))
