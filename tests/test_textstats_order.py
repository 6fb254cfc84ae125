"""The order of the rows changes no statistic; what is no text and no group is refused by name."""

import numpy as np
import pandas as pd
import pytest

from lanxikit.errors import LanxiError
from lanxikit.textstats.collocations import collocations
from lanxikit.textstats.dispersion import dispersion
from lanxikit.textstats.features import dfm
from lanxikit.textstats.keyness import keyness
from lanxikit.textstats.kwic import kwic
from lanxikit.textstats.words import each_once, in_place

VERBS = {
    "keyness": lambda units: keyness(units, "level", "province", n_boot=100, random_state=3),
    "collocations": lambda units: collocations(units, min_count=2),
    "dispersion": dispersion,
    "dispersion over units": lambda units: dispersion(units, parts="unit_id", min_count=1),
    "dfm": lambda units: dfm(units, by=["doc_level", "year"]).to_table(),
    "dfm, weighed": lambda units: dfm(units, by="doc_id", weight="tfidf").to_table(),
    "kwic": lambda units: kwic(units, ["黄河", "城市*", "治理"]),
}


@pytest.fixture(scope="module")
def policy(units):
    return units[units["is_leaf"]]


@pytest.mark.parametrize("verb", VERBS)
def test_shuffled_rows_give_the_same_table(policy, verb):
    assert policy.duplicated(["doc_id", "heading_pieces"]).any()  # headings that units share
    first = VERBS[verb](policy)
    for again in (policy.sample(frac=1, random_state=3), policy.iloc[::-1], policy.sample(frac=1, random_state=8)):
        pd.testing.assert_frame_equal(VERBS[verb](again), first, check_exact=True)


def shared(order):
    rows = {
        "unit_id": ["b#1", "a#3", "a#2", "a#1"], "start": [0, 5, 30, 90], "doc_id": ["b", "a", "a", "a"],
        "heading": "治理黄河", "heading_pieces": "1-5", "text": ["铁路", "公路", "湟水", "隧道"],
    }  # fmt: skip
    return pd.DataFrame(rows).iloc[order].set_axis([7] * 4)  # an index that tells no row from another


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_a_shared_heading_stays_with_the_unit_that_stands_first_in_the_file(order):
    found = each_once(shared(order))
    assert found[["unit_id", "heading"]].values.tolist() == [
        ["a#3", "治理黄河"], ["a#2", ""], ["a#1", ""], ["b#1", "治理黄河"],
    ]  # fmt: skip
    without = each_once(shared(order).drop(columns="start"))
    assert without.loc[without["heading"].ne(""), "unit_id"].tolist() == ["a#1", "b#1"]


def test_places_are_numbers_and_a_missing_one_stands_last():
    units = pd.DataFrame({"unit_id": ["a#1", "a#2", "a#3", "a#0"], "start": [100, 9, None, None]})
    assert in_place(units)["unit_id"].tolist() == ["a#2", "a#1", "a#0", "a#3"]


def test_the_table_given_is_left_as_it_was():
    units = shared([2, 0, 3, 1])
    before = units.copy()
    for verb in (dfm, collocations, dispersion):
        verb(units)
    pd.testing.assert_frame_equal(units, before)


@pytest.mark.parametrize("verb", [dfm, collocations, dispersion])
@pytest.mark.parametrize("wrong", [None, float("nan"), pd.NA, 3, b"text", ["铁路"]])
def test_what_is_no_text_is_refused_by_its_place(verb, wrong):
    with pytest.raises(LanxiError, match=r"no text.*units: 2"):
        verb(["黄河治理", wrong, "铁路"])
    with pytest.raises(LanxiError, match=r"no text.*units: 3"):
        verb(text for text in ["黄河", "治理", wrong])
    with pytest.raises(LanxiError, match=r"no text.*units: 1"):
        verb(pd.Series([wrong, "黄河"], dtype="object"))


def test_a_generator_is_read_once_and_whole():
    assert dfm(text for text in ["黄河", "铁路"]).values.sum() == 2
    assert dispersion((text for text in ["黄河", "铁路"]), min_count=1)["count"].tolist() == [1, 1]
    assert collocations((text for text in ["黄河铁路"]), min_count=1)["count"].tolist() == [1]


# groups of keyness


def groups():
    texts = ["铁路公路", "公路", "黄河铁路", "湟水公路"] * 3
    ids = [f"a#{i:02d}" for i in range(12)]
    return pd.DataFrame({"unit_id": ids, "doc_id": "a", "text": texts, "year": [2020, 2022, 2024, pd.NA] * 3})


@pytest.mark.parametrize("listed", [list, tuple, set, np.array, pd.Series, pd.Index])
def test_groups_are_lists_of_any_kind(listed):
    first = keyness(groups(), "year", [2020, 2022], 2024, min_count=1, n_boot=20)
    pd.testing.assert_frame_equal(
        keyness(groups(), "year", listed([2020, 2022]), listed([2024]), min_count=1, n_boot=20), first
    )
    assert first["target_words"].unique().tolist() == [9] and first["reference_words"].unique().tolist() == [6]


@pytest.mark.parametrize("wrong", [1999, "2020", [2020, "2022"], None, pd.NA, [2020, None], float("nan"), [[2020]], [{}], []])
def test_values_that_no_unit_has_are_refused_with_those_that_exist(wrong):
    with pytest.raises(LanxiError, match=r"target \(year\).*The column holds: 2020, 2022, 2024\."):
        keyness(groups(), "year", wrong)
    if wrong is not None:  # as a reference, all others
        with pytest.raises(LanxiError, match=r"reference \(year\).*The column holds: 2020, 2022, 2024\."):
            keyness(groups(), "year", 2024, wrong)


def test_a_long_list_of_values_is_cut_and_says_so():
    with pytest.raises(LanxiError, match=r"'a#00', .*, 'a#19', …\."):
        units = pd.concat([groups(), groups()]).assign(unit_id=[f"a#{i:02d}" for i in range(24)])
        keyness(units, "unit_id", "b")
