"""Two groups compared: differences, intervals, and what these documents cannot show."""

import numpy as np
import pandas as pd
import pytest

import lanxikit as lx
from lanxikit import LanxiError
from lanxikit.plots import style
from lanxikit.plots._difference import prevalence_difference, prevalence_difference_data
from lanxikit.tables import check
from lanxikit.topics.contrast import compare_prevalence
from lanxikit.topics.model import TopicModel


@pytest.fixture(scope="module")
def fitted(units):
    return TopicModel(8, stability_repeats=2).fit(units)


@pytest.fixture(scope="module")
def levels(fitted, units):
    return compare_prevalence(fitted, units, by="level", groups=("prefecture", "province"))


class Given:
    """A model whose shares are known."""

    random_state = 0
    components_ = True
    labels_ = ("一", "二")
    quality_ = pd.DataFrame({"stability": [0.9, 0.4], "label": ["一", "二"]})

    def _read(self, units):
        return None, units["share"].tolist()

    def _shares(self, words):
        share = np.array(words)
        return np.column_stack([share, 1 - share]), ~np.isnan(share)


def given(**columns):
    frame = pd.DataFrame(columns)
    return frame.assign(unit_id=[f"u{i}" for i in range(len(frame))])


def test_the_difference_is_that_of_the_prevalences(fitted, units, levels):
    check(levels, "prevalence_difference")
    one = fitted.prevalence_by(units, "level").set_index(["level", "topic"])["prevalence"]
    for row in levels.itertuples():
        assert row.prevalence_a == pytest.approx(one["prefecture", row.topic])
        assert row.difference == pytest.approx(one["prefecture", row.topic] - one["province", row.topic])
        assert row.low <= row.difference <= row.high
    assert levels["difference"].sum() == pytest.approx(0, abs=1e-9)
    assert levels[["n_units_a", "n_units_b", "n_documents_a", "n_documents_b"]].iloc[0].tolist() == [278, 69, 3, 1]


def test_the_note_says_what_cannot_be_told_apart(fitted, units, levels):
    assert levels["note"].nunique() == 1
    assert levels["note"][0].split("; ") == [
        "a group is one document: a difference of groups cannot be told from that document's own",
        "prefecture: only 3 documents to draw from: the interval is likely too narrow",
        "prefecture: haidong-2024 gives 70% of the units",
        "province: one document (qinghai-gansu-2022): the interval is over its units and speaks of it alone",
        "region goes with the groups (临夏回族自治州/海东市 against 青海省、甘肃省)",
    ]
    two = compare_prevalence(fitted, units, by="doc_id", groups=("haidong-2024", "haidong-2020"))
    assert two["drawn"].tolist() == ["units"] * 8
    assert two["note"][0] == (
        "two documents: a difference of groups cannot be told from one of these documents; "
        "year goes with the groups (2024 against 2020)"
    )


def test_what_is_common_to_a_document_falls_out():
    # documents differ widely, the two groups by 0.1 within each of them
    base = np.repeat([0.1, 0.3, 0.5, 0.7], 20)
    both = given(doc_id=np.repeat(list("abcd"), 20), x=["p", "q"] * 40, share=base + np.tile([0.1, 0.0], 40))
    found = compare_prevalence(Given(), both, by="x", groups=("p", "q"))
    assert found["difference"].round(6).tolist() == [0.1, -0.1]
    assert found["low"][0] == pytest.approx(0.1)
    assert found["high"][0] == pytest.approx(0.1)
    assert "4 of 4 documents have units in both groups" in found["note"][0]
    apart = both.assign(doc_id=both["doc_id"] + both["x"])  # the same units, each document of one group only
    found = compare_prevalence(Given(), apart, by="x", groups=("p", "q"))
    assert found["low"][0] < -0.1
    assert found["high"][0] > 0.3


def test_interval_agrees_with_theory():
    random = np.random.default_rng(0)
    share = random.uniform(size=800)
    units = given(doc_id=np.repeat(["a", "b"], 400), share=share)
    found = compare_prevalence(Given(), units, by="doc_id", groups=("a", "b"), n_boot=4000)
    half = 1.96 * np.sqrt(share[:400].var() / 400 + share[400:].var() / 400)
    assert found["low"][0] == pytest.approx(found["difference"][0] - half, abs=0.005)
    assert found["high"][0] == pytest.approx(found["difference"][0] + half, abs=0.005)


def test_units_without_a_known_word_do_not_count():
    units = given(doc_id=["a"] * 3 + ["b"] * 3, share=[0.2, 0.4, np.nan, 0.5, 0.9, np.nan])
    found = compare_prevalence(Given(), units, by="doc_id", groups=("a", "b"))
    assert found["prevalence_a"].round(6).tolist() == [0.3, 0.7]
    assert found["n_units_b"].tolist() == [2, 2]
    with pytest.raises(LanxiError, match="'b' has no unit"):
        compare_prevalence(Given(), units.iloc[[0, 1, 5]], by="doc_id", groups=("a", "b"))


def test_nothing_to_draw_from_is_said():
    found = compare_prevalence(Given(), given(doc_id=["a", "b"], share=[0.2, 0.9]), by="doc_id", groups=("b", "a"))
    assert found["difference"].round(6).tolist() == [0.7, -0.7]
    assert found["low"].isna().all()
    assert found["drawn"].tolist() == ["nothing"] * 2
    assert "no interval" in found["note"][0]


def test_same_seed_same_table_and_swapped_groups_change_the_sign(fitted, units, levels):
    again = compare_prevalence(fitted, units, by="level", groups=("prefecture", "province"))
    pd.testing.assert_frame_equal(levels, again)
    other = compare_prevalence(fitted, units, by="level", groups=("province", "prefecture"))
    assert other["difference"].tolist() == pytest.approx((-levels["difference"]).tolist())
    assert other["low"].tolist() == pytest.approx((-levels["high"]).tolist(), abs=0.04)


def test_groups_are_found_however_they_are_typed(fitted, units):
    first, second = (compare_prevalence(fitted, units, by="year", groups=pair) for pair in ((2024, 2022), ("2024", 2022.0)))
    pd.testing.assert_frame_equal(first, second)
    pair = compare_prevalence(fitted, units, by=["level", "year"], groups=(("prefecture", 2022), ("province", 2022)))
    assert pair["group_a"][0] == "prefecture · 2022"
    duties = lx.responsibilities(units)
    named = compare_prevalence(fitted, units, by="function", groups=("水利", None), responsibilities=duties)
    assert named["group_b"][0] == "—"
    assert named["n_units_b"][0] == 56


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "year", "groups": (2024, 1999)}, r"'1999'.*2020, 2022, 2024"),
        ({"by": "year", "groups": (2024, "2024")}, "not two groups"),
        ({"by": "year", "groups": (2024,)}, "not two groups"),
        ({"by": "year", "groups": "2024"}, "not two groups"),
        ({"by": "colour", "groups": ("a", "b")}, "colour"),
        ({"by": [], "groups": ("a", "b")}, "No column"),
        ({"by": "agency", "groups": ("a", "b")}, r"lx\.responsibilities"),
        ({"by": "year", "groups": (2024, 2022), "draw": "all"}, "documents, units"),
        ({"by": "year", "groups": (2024, 2022), "random_state": -1}, "random_state"),
    ],
)
def test_wrong_groups_and_options(fitted, units, options, said):
    with pytest.raises(LanxiError, match=said):
        compare_prevalence(fitted, units, **options)


def test_model_and_units_must_be_what_they_are(fitted, units):
    with pytest.raises(LanxiError, match="not been fitted"):
        compare_prevalence(TopicModel(2), units, by="year", groups=(2024, 2022))
    with pytest.raises(LanxiError, match="no groups"):
        compare_prevalence(fitted, ["治理黄河"], by="year", groups=(2024, 2022))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_figure_draws_each_difference_where_it_is(levels, lang):
    data = prevalence_difference_data(levels)
    assert data["difference"].is_monotonic_decreasing
    ax = prevalence_difference(data, lang=lang)
    drawn = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert drawn == data["difference"].tolist()
    said = " ".join(text.get_text() for text in ax.texts)
    assert ("3 documents, 278 units" if lang == "en" else "3 份文件，278 条") in said
    assert ("documents drawn anew" if lang == "en" else "先重抽文件") in ax.get_xlabel()


def test_groups_have_the_colour_of_their_level_and_others_none(levels, fitted, units, tmp_path):
    ax = prevalence_difference(prevalence_difference_data(levels))
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    assert {(line.get_xdata()[0] > 0, line.get_markeredgecolor()) for line in marks} == {
        (True, style.LEVEL_COLOURS["prefecture"]),
        (False, style.LEVEL_COLOURS["province"]),
    }
    years = prevalence_difference_data(compare_prevalence(fitted, units, by="year", groups=(2024, 2022), n_boot=50))
    years.to_csv(tmp_path / "data.csv", index=False)
    for data in (years, pd.read_csv(tmp_path / "data.csv")):
        ax = prevalence_difference(data)
        assert any(text.get_text().startswith("more in 2024 →") for text in ax.texts)
        assert {line.get_markeredgecolor() for line in ax.lines if line.get_marker() == "o"} == {style.INK}
