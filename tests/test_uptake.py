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


def goal(make_units, text, *, path=(), heading=None, duties=(), others=(), adcode="630203", relation="descends", refinement=None):
    """Uptake of the first goal of a plan of two provinces; duties of it, and of a second goal, as (agency, level, adcode)."""
    plan = make_units("plan", text, "办好其他事项。", adcode="630000、620000")
    plan.loc[0, "heading"] = heading
    plan["path"] = [path, ()]
    rows = [("plan#001", *one) for one in duties] + [("plan#002", *one) for one in others]
    table = pd.DataFrame(rows, columns=["unit_id", "agency", "level", "adcode"]).assign(
        function=None, role="lead", open_list=[one[1].endswith("等") for one in rows])
    town = make_units("town", "修乡道。", adcode=adcode)
    refinement = pairs() if refinement is None else refinement
    return lx.uptake(refinement, plan, town, lineage(relation, "town"), responsibilities=table).iloc[0]


def test_headings_say_whom_a_goal_concerns(make_units):
    path = ("二、优化空间格局", "（二）加快打造兰州—白银都市圈")
    row = goal(make_units, "推进交通一体化。", path=path)
    assert (row["status"], row["rule"]) == ("not_applicable", "other places")
    assert row["evidence"] == "its heading names only 兰州—白银都市圈, outside 630203"
    assert goal(make_units, "推进交通一体化。", heading="大力提升兰州综合实力")["status"] == "not_applicable"
    assert goal(make_units, "推进交通一体化。", heading="培育发展西宁—海东都市圈")["status"] == "not_taken_up"
    assert goal(make_units, "推进平安区与兰州交通一体化。", path=path)["status"] == "not_taken_up"
    assert goal(make_units, "推进两省交通一体化。", heading="推动甘青两省合作")["status"] == "not_taken_up"


def test_places_are_examples_where_a_sentence_names_none(make_units):
    assert goal(make_units, "推进兰州轨道建设。支持白银市转型。")["rule"] == "other places"
    assert goal(make_units, "加强生态保护修复。推进兰州水土流失治理。")["status"] == "not_taken_up"
    assert goal(make_units, "推进兰州、海东水土流失治理。")["status"] == "not_taken_up"


def test_a_goal_mostly_for_other_places_is_never_not_taken_up(make_units):
    rest = "推进储能项目建设。"
    row = goal(make_units, f"推进白银、通渭风电基地建设。开工建设东乡抽水蓄能电站。{rest}在兰州、海东等地推广光伏。")
    assert (row["status"], row["rule"]) == ("unsure", "mostly other places")
    assert row["evidence"] == "half of it or more names only 白银、通渭、东乡, outside 630203"
    # one sentence is an example, less than half is no most; a place in the region, or the region, makes it its business
    assert goal(make_units, f"推进白银风电基地建设。{rest}")["rule"] == "silence"
    assert goal(make_units, f"推进白银风电建设。推进通渭风电建设。{rest * 3}")["rule"] == "silence"
    assert goal(make_units, f"推进白银风电建设。推进通渭风电建设。推进平安区光伏建设。{rest}")["rule"] == "silence"
    assert goal(make_units, f"推进白银风电建设。推进通渭风电建设。{rest}", heading="培育海东都市圈")["rule"] == "silence"
    # 成渝, outside the plan's own region, is a partner
    assert goal(make_units, f"加强与重庆合作。加强与成都合作。{rest}")["rule"] == "silence"
    assert goal(make_units, f"推进白银风电建设。推进通渭风电建设。{rest}", relation="unrelated")["rule"] == "no descent"


def section(make_units, duties, second="推进民和、红古政务事项通办。"):
    """The last goal of a section of three; the duties are its own."""
    plan = make_units("plan", "推进民和、红古生态治理。", second, "探索要素交易机制。", adcode="630000、620000")
    plan["path"] = [("（四）建设甘青协作示范区",)] * 3
    table = pd.DataFrame([("plan#003", *one) for one in duties], columns=["unit_id", "agency", "level", "adcode"]).assign(
        function=None, role="lead", open_list=False)
    found = lx.uptake(pairs(), plan, make_units("town", "修乡道。", adcode="630203"), lineage("descends", "town"),
                      responsibilities=table)
    return found.iloc[2]


def test_a_goal_given_to_named_governments_is_read_with_its_section(make_units):
    row = section(make_units, [HAIDONG, LANZHOU])
    assert (row["status"], row["rule"]) == ("unsure", "mostly other places")
    assert row["evidence"] == "the goals under its heading name only 民和、红古, outside 630203"
    assert section(make_units, [HAIDONG, ALL])["rule"] == "silence"
    assert section(make_units, [])["rule"] == "silence"
    assert section(make_units, [HAIDONG, LANZHOU], "推进平安政务事项通办。")["rule"] == "silence"
    assert section(make_units, [HAIDONG, ("平安区政府", "county", "630203")])["rule"] == "silence"


PROVINCE, LANZHOU = ("青海省水利厅", "province", "630000"), ("兰州市政府", "prefecture", "620100")
HAIDONG, ALL = ("海东市政府", "prefecture", "630200"), ("有关市州政府", "prefecture", None)


def test_what_is_given_to_others_is_not_expected(make_units):
    text = "开展联合调度。"
    alone = goal(make_units, text, duties=[PROVINCE], others=[PROVINCE, ALL])
    assert (alone["status"], alone["rule"]) == ("not_applicable", "other bodies")
    assert alone["evidence"] == "in charge are bodies of the upper level alone: 青海省水利厅"
    elsewhere = goal(make_units, text, duties=[PROVINCE, LANZHOU])
    assert elsewhere["evidence"] == "in charge are other places: 兰州市政府"
    assert goal(make_units, text, duties=[PROVINCE, LANZHOU, HAIDONG])["status"] == "not_taken_up"
    assert goal(make_units, text, duties=[PROVINCE, LANZHOU, ALL])["status"] == "not_taken_up"


def test_a_plan_that_names_no_lower_government_expects_all_of_them(make_units):
    assert goal(make_units, "开展联合调度。", duties=[PROVINCE], others=[PROVINCE])["status"] == "not_taken_up"
    assert goal(make_units, "开展联合调度。")["status"] == "not_taken_up"
    open_list = ("青海省水利厅等", "province", "630000")
    assert goal(make_units, "开展联合调度。", duties=[open_list], others=[ALL])["status"] == "not_taken_up"


def test_matters_reserved_to_higher_levels(make_units):
    text = "推进前期工作。"
    county = goal(make_units, text, heading="协同推进铁路建设")
    assert (county["status"], county["rule"]) == ("not_applicable", "reserved matter")
    assert county["evidence"] == "铁路 in its heading: decided by a prefecture or above, not by a county"
    assert goal(make_units, text, heading="协同推进铁路建设", adcode="630200")["status"] == "not_taken_up"
    assert goal(make_units, text, heading="协同推进铁路建设", adcode=None)["status"] == "not_taken_up"
    assert goal(make_units, text, heading="构建公路运输网")["status"] == "not_taken_up"


def test_a_link_and_a_doubt_outweigh_what_is_reserved(make_units):
    for decision, status in (("link", "taken_up"), ("unsure", "unsure")):
        pair = pairs(("plan#001", "town#001", decision))
        assert goal(make_units, "推进前期工作。", heading="协同推进铁路建设", refinement=pair)["status"] == status


def test_a_reserved_goal_is_not_applicable_without_descent_too(make_units):
    assert goal(make_units, "修。", heading="大力提升兰州综合实力", relation="unrelated")["status"] == "not_applicable"
    assert goal(make_units, "修。", relation="unrelated")["rule"] == "no descent"


def test_the_same_document_on_both_sides_is_refused(make_units):
    plan = make_units("plan", "修路。")
    with pytest.raises(TableError, match="both sides"):
        lx.uptake(pairs(), plan, plan, lineage("descends"), places=NO_PLACES)


def test_decisions_we_do_not_know_are_refused(told):
    for value in ("maybe", float("nan"), None):
        with pytest.raises(TableError, match="No decision"):
            told(pairs(("plan#001", "city#001", value)))


def test_leaves_without_text(make_units):
    plan, city = make_units("plan", ""), make_units("city", "")
    table = lx.uptake(pairs(), plan, city, lineage("descends"))
    assert table["status"].astype(str).tolist() == ["not_taken_up", "added"]
    assert table[["status", "evidence", "rule", "n_links"]].notna().all(axis=None)


def test_the_study(corpus, study, gold):
    upper, lower = study
    read = gold("alignment")
    both = read[(read["relation_first_reading"] == "strong") & (read["relation_second_reading"] == "strong")]
    links = both.rename(columns={"upper_unit": "upper_id", "lower_unit": "lower_id"})[["upper_id", "lower_id"]]
    table = lx.uptake(links.assign(decision="link"), upper, lower, lx.lineage(corpus))
    goals = table[table["upper_id"].notna()]
    assert len(goals) == 69 * 4 and not goals.duplicated(["upper_id", "lower_doc"]).any()
    assert set(goals.loc[goals["status"] == "not_taken_up", "lower_doc"]) == {"pingan-2022"}
    assert set(goals.loc[goals["reading"] == "implements", "lower_doc"]) == {"pingan-2022"}
    pingan = goals[goals["lower_doc"] == "pingan-2022"].set_index("upper_id")
    # 大力提升兰州综合实力, 大西宁, 兰州—白银都市圈 are no business of a district of 海东; nor are airports
    assert set(pingan.loc[["qinghai-gansu-2022#008", "qinghai-gansu-2022#009", "qinghai-gansu-2022#011"], "rule"]) == {
        "other places"}
    assert pingan.loc["qinghai-gansu-2022#030", "rule"] == "reserved matter"
    assert pingan.loc["qinghai-gansu-2022#015", "status"] == "not_taken_up"
    # bases in 白银, 通渭, 临夏; and a zone in 民和 and 红古, whose goals name both or none
    mostly = ["qinghai-gansu-2022#031", "qinghai-gansu-2022#016", "qinghai-gansu-2022#017", "qinghai-gansu-2022#019"]
    assert set(pingan.loc[mostly, "rule"]) == {"mostly other places"}
    assert set(pingan.loc[mostly, "status"].astype(str)) == {"unsure"}
    assert pingan.loc["qinghai-gansu-2022#035", "lower_ids"] == ("pingan-2022#010",)
    added = table[table["status"] == "added"]
    assert added["lower_id"].is_unique and not set(added["lower_id"]) & set(links["lower_id"])
