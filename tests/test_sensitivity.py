"""What becomes of the topics under other dictionaries, stop words and units."""

import pandas as pd
import pytest

from lanxikit import LanxiError
from lanxikit.plots._sensitivity import topic_sensitivity as draw
from lanxikit.plots._sensitivity import topic_sensitivity_data
from lanxikit.tables import check
from lanxikit.topics.model import TopicModel
from lanxikit.topics.sensitivity import topic_sensitivity

TEXTS = ["治理黄河水污染；黄河流域水污染治理", "修建西宁至成都铁路。铁路和公路修建"] * 6


@pytest.fixture(scope="module")
def found(units):
    return topic_sensitivity(units, ("all", "terms", "none"), ("both", "none"), n_topics=8, repeats=2)


def test_a_row_a_setting_and_the_first_is_the_reference(found):
    check(found, "topic_sensitivity")
    assert len(found) == 18
    assert found["reference"].tolist() == [True] + [False] * 17
    assert found.loc[0, ["overlap", "least", "words_left", "agreement"]].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert found["note"].isna().all()


def test_the_reference_is_the_model_that_everyone_fits(found, units):
    model = TopicModel(8, stability_repeats=2).fit(units)
    assert found.loc[0, "n_terms"] == len(model.vocabulary_)
    assert found.loc[0, "n_units"] == model.n_units_
    assert found.loc[0, "stability"] == pytest.approx(model.stability_)
    assert found.loc[0, "coherence"] == pytest.approx(model.coherence_)


def test_the_units_are_counted(found):
    first = found[(found["dictionary"] == "all") & (found["stop_words"] == "both")].set_index("unit")
    assert first["n_units"].to_dict() == {"leaf": 372, "sentence": 948, "section": 98}


def test_what_matters_and_what_does_not(found):
    value = found.set_index(["dictionary", "stop_words", "unit"])["overlap"]
    assert value["terms", "both", "leaf"] > 0.9  # names of places change next to nothing
    assert value["none", "both", "leaf"] < 0.8
    assert value["all", "none", "leaf"] < 0.6
    assert value["all", "both", "sentence"] < 0.5
    lost = found.set_index(["dictionary", "stop_words", "unit"])["words_left"]
    assert lost["none", "both", "leaf"] < lost["terms", "both", "leaf"] < 1


def test_the_same_again(found, units):
    again = topic_sensitivity(units, ("all",), ("both", "none"), ("leaf",), n_topics=8, repeats=2)
    same = found[(found["dictionary"] == "all") & (found["unit"] == "leaf")].reset_index(drop=True)
    pd.testing.assert_frame_equal(again, same)


def test_an_own_folder_is_a_dictionary(tmp_path):
    (tmp_path / "policy_terms.tsv").write_text("term\tkind\n黄河流域水污染\tecology\n", encoding="utf-8")
    options = {"n_topics": 2, "min_df": 1, "repeats": 1}
    found = topic_sensitivity(TEXTS, ("all", tmp_path), ("both",), ("leaf",), **options)
    assert found["dictionary"].tolist() == ["all", str(tmp_path)]
    assert found["words_left"].tolist()[0] == 1.0 > found["words_left"].tolist()[1]
    with pytest.raises(LanxiError, match="no such folder"):
        topic_sensitivity(TEXTS, ("all", tmp_path / "none"), ("both",), ("leaf",), **options)


def test_a_setting_that_cannot_be_fitted_says_why_and_the_others_stand(units):
    found = topic_sensitivity(units, ("all",), ("both",), ("leaf", "section"), n_topics=95, repeats=1)
    assert found["note"].isna().tolist() == [True, False]
    assert found["note"][1].startswith("not fitted: too few units or different words for 95 topics")
    assert found.loc[1, ["overlap", "agreement", "stability"]].isna().all()
    with pytest.raises(LanxiError, match="95 topics are too many"):
        topic_sensitivity(units, ("all",), ("both",), ("section", "leaf"), n_topics=95, repeats=1)


def test_guided_topics_keep_their_seeds_under_every_dictionary():
    book = {"水": ["黄河流域"], "路": ["铁路"]}
    options = {"n_topics": 2, "min_df": 1, "repeats": 1, "method": "guided", "codebook": book}
    found = topic_sensitivity(TEXTS, ("all", "none"), ("both",), ("leaf",), **options)
    assert found["overlap"].notna().tolist() == [True, True]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"stop_words": ("all",)}, "both, stop_words, formula_words, none"),
        ({"unit": ("paragraph",)}, "leaf, sentence, section"),
        ({"unit": ("leaf", "leaf")}, "twice"),
        ({"dictionaries": ()}, "empty"),
        ({"unit": ("section",)}, "table of units"),
        ({"repeats": 0}, "repeats"),
        ({"n_topics": 40}, "too many"),
        ({"method": "lsa"}, "nmf, lda, guided"),
        ({"coherence": "umass"}, "npmi"),
    ],
)
def test_wrong_settings(options, said):
    given = {"unit": ("leaf",), "dictionaries": ("all",), "stop_words": ("both",), "n_topics": 2, "min_df": 1}
    with pytest.raises(LanxiError, match=said):
        topic_sensitivity(TEXTS, **given | options)
    with pytest.raises(LanxiError, match="units are needed"):
        topic_sensitivity("一段文字", **given)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("measure", ["overlap", "agreement"])
def test_the_figure_draws_each_setting_where_it_is(found, measure, lang):
    data = topic_sensitivity_data(found, measure=measure)
    ax = draw(data, lang=lang)
    drawn = [line.get_xdata()[0] for line in ax.lines if line.get_marker() in ("o", "s", "D")]
    assert drawn == data["value"].tolist() == found[measure].round(6).tolist()
    dashed = [line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == "--"]
    assert dashed == ([round(found["stability"][0], 6)] if measure == "overlap" else [])


def test_the_figure_refuses_what_it_cannot_draw(found):
    with pytest.raises(LanxiError, match="overlap, agreement"):
        topic_sensitivity_data(found, measure="coherence")
    with pytest.raises(LanxiError, match="topic_sensitivity_data"):
        draw(found)
    assert [text.get_text() for text in draw(topic_sensitivity_data(found.iloc[:0])).texts] == ["no rows"]


def test_a_list_of_texts_has_no_sections():
    texts = ["治理黄河水污染；黄河流域水污染治理", "修建西宁至成都铁路；铁路和公路修建"] * 6
    found = topic_sensitivity(texts, ("all",), ("both",), n_topics=2, min_df=1, repeats=1)
    assert found["unit"].tolist() == ["leaf", "sentence"]
