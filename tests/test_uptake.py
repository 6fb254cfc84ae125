"""lx.uptake: what may be said of a goal, and what may not."""

from __future__ import annotations

import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.errors import TableError

pytest_plugins = ["pair_fixtures"]

NO_PLACES = pd.DataFrame(columns=["unit_id", "adcode"])


def pairs(*rows):
    return pd.DataFrame(rows, columns=["upper_id", "lower_id", "decision"])


def lineage(relation, lower="city"):
    return pd.DataFrame({"upper_id": ["plan"], "lower_id": [lower], "relation": [relation]})


@pytest.fixture
def told(make_units):
    """Uptake of a plan of two goals in a city of two tasks."""

    def told(refinement, relation="descends", places=NO_PLACES, adcode="630200"):
        plan, city = make_units("plan", "修路。", "办学。"), make_units("city", "修乡道。", "建医院。", adcode=adcode)
        return lx.uptake(refinement, plan, city, lineage(relation), places=places)

    return told


def status(table):
    goals = table[table["upper_id"].notna()]
    return dict(zip(goals["upper_id"], goals["status"].astype(str), strict=True))


def test_silence_proves_something_only_for_a_descendant(told):
    link = pairs(("plan#001", "city#001", "link"))
    assert status(told(link)) == {"plan#001": "taken_up", "plan#002": "not_taken_up"}
    for relation in ("cites", "sibling", "predates", "unrelated"):
        assert status(told(link, relation)) == {"plan#001": "taken_up", "plan#002": "unsure"}


def test_a_link_implements_only_where_the_document_descends(told):
    link = pairs(("plan#001", "city#001", "link"))
    assert told(link)["reading"].iloc[0] == "implements"
    assert told(link, "predates")["reading"].iloc[0] == "same matter"
    assert told(link)["reading"].isna().sum() == 2


def test_a_doubtful_pair_is_unsure_and_a_link_outweighs_it(told):
    doubtful = pairs(("plan#001", "city#001", "unsure"))
    assert status(told(doubtful))["plan#001"] == "unsure"
    both = told(pairs(("plan#001", "city#001", "unsure"), ("plan#001", "city#002", "link")))
    first = both.iloc[0]
    assert (first["status"], first["lower_ids"], first["n_links"]) == ("taken_up", ("city#002",), 1)


def test_a_leaf_without_any_pair_is_added(told):
    table = told(pairs(("plan#001", "city#001", "unsure")))
    added = table[table["status"] == "added"]
    assert added["lower_id"].tolist() == ["city#002"]
    assert added["upper_id"].isna().all()


def test_a_goal_for_other_places_is_not_applicable(told):
    def places(*codes):
        return pd.DataFrame({"unit_id": "plan#002", "place": codes, "adcode": codes})

    assert status(told(pairs(), places=places("620100")))["plan#002"] == "not_applicable"
    assert status(told(pairs(), places=places("620100", "630203")))["plan#002"] == "not_taken_up"
    assert status(told(pairs(), places=places("630000")))["plan#002"] == "not_taken_up"
    assert status(told(pairs(), places=places("620100"), adcode=None))["plan#002"] == "not_taken_up"
    doubtful = told(pairs(("plan#002", "city#001", "unsure")), places=places("620100"))
    assert status(doubtful)["plan#002"] == "not_applicable"
    assert "set aside: city#001" in doubtful["evidence"].iloc[1]
    linked = pairs(("plan#002", "city#001", "link"))
    assert status(told(linked, places=places("620100")))["plan#002"] == "taken_up"


def test_every_row_says_why(told):
    table = told(pairs(("plan#001", "city#001", "link")))
    assert table["evidence"].str.len().min() > 0
    assert "city#001" in table["evidence"].iloc[0]


def test_no_pairs_at_all(told, make_units):
    table = told(pairs())
    assert table["status"].astype(str).tolist() == ["not_taken_up", "not_taken_up", "added", "added"]
    plan = make_units("plan", "修路。")
    assert lx.uptake(pairs(), plan, plan.iloc[:0], lineage("descends"), places=NO_PLACES).empty
    assert lx.uptake(pairs(), plan.iloc[:0], plan, lineage("descends"), places=NO_PLACES).empty


def test_a_lineage_that_lacks_the_documents_is_refused(make_units):
    with pytest.raises(lx.LanxiError, match="plan → town"):
        lx.uptake(pairs(), make_units("plan", "修路。"), make_units("town", "修路。"), lineage("descends"), places=NO_PLACES)


def test_tables_that_lack_columns_are_refused(make_units):
    plan, city = make_units("plan", "修路。"), make_units("city", "修路。")
    with pytest.raises(TableError, match="relation"):
        lx.uptake(pairs(), plan, city, lineage("descends").drop(columns="relation"), places=NO_PLACES)
    with pytest.raises(TableError, match="decision"):
        lx.uptake(pairs().drop(columns="decision"), plan, city, lineage("descends"), places=NO_PLACES)


def test_the_study(corpus, study, study_refinement):
    upper, lower = study
    table = lx.uptake(study_refinement, upper, lower, lx.lineage(corpus))
    goals = table[table["upper_id"].notna()]
    assert len(goals) == 69 * 4 and not goals.duplicated(["upper_id", "lower_doc"]).any()
    assert set(goals.loc[goals["status"] == "not_taken_up", "lower_doc"]) == {"pingan-2022"}
    assert set(goals.loc[goals["reading"] == "implements", "lower_doc"]) == {"pingan-2022"}
    # 大力提升兰州综合实力 is no business of a district of 海东
    lanzhou = goals[(goals["upper_id"] == "qinghai-gansu-2022#008") & (goals["lower_doc"] == "pingan-2022")]
    assert lanzhou["status"].iloc[0] == "not_applicable"
    digital = goals[(goals["upper_id"] == "qinghai-gansu-2022#035") & (goals["lower_doc"] == "pingan-2022")]
    assert digital["lower_ids"].iloc[0] == ("pingan-2022#010",)
    added = table[table["status"] == "added"]
    assert added["lower_id"].is_unique and not set(added["lower_id"]) & set(study_refinement["lower_id"])
