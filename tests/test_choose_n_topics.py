"""Choosing the number of topics."""

import math

import pytest

import lanxikit as lx
from lanxikit.tables import check
from lanxikit.topics import choose

TEXTS = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 5


def test_a_row_a_candidate(units):
    table = lx.choose_n_topics(units, (8, 5, 5), range(3))
    check(table, "topic_choice")
    assert table.columns.tolist() == [
        "n_topics", "coherence_mean", "coherence_std", "stability_mean", "stability_std", "n_seeds", "method",
        "stability_low", "stability_high", "agreement_mean", "agreement_std", "agreement_low", "agreement_high",
        "npmi_mean", "npmi_std", "npmi_low", "npmi_high", "c_v_mean", "c_v_std", "c_v_low", "c_v_high",
        "n_subsamples", "verdict", "verdict_zh",
    ]  # fmt: skip
    assert (table["coherence_mean"] == table["npmi_mean"]).all()
    assert table["c_v_mean"].between(0.3, 0.9).all()
    assert table["agreement_mean"].between(0.4, 1).all()
    for measure in ("stability", "agreement", "npmi", "c_v"):
        assert (table[f"{measure}_low"] < table[f"{measure}_mean"]).all()
        assert (table[f"{measure}_mean"] < table[f"{measure}_high"]).all()
    assert table["n_subsamples"].tolist() == [2, 2]
    assert table["verdict"].nunique() == 1
    assert table["n_topics"].tolist() == [5, 8]
    assert table["n_seeds"].tolist() == [3, 3]
    assert (table["stability_mean"] > 0.4).all()
    assert (table["coherence_std"] > 0).all()
    assert (table["stability_std"] > 0).all()


def test_mean_and_spread_are_over_the_seeds(units):
    one, two, both = (lx.choose_n_topics(units, (6,), seeds, subsamples=1).iloc[0] for seeds in ([0], [1], [0, 1]))
    assert both["stability_mean"] == pytest.approx((one["stability_mean"] + two["stability_mean"]) / 2)
    assert both["coherence_std"] == pytest.approx(abs(one["coherence_mean"] - two["coherence_mean"]) / math.sqrt(2))
    assert math.isnan(one["stability_std"])


def test_each_seed_takes_as_many_tenths_as_asked(units):
    one, three = (lx.choose_n_topics(units, (6,), [0], subsamples=number).iloc[0] for number in (1, 3))
    assert math.isnan(one["stability_std"])
    assert three["stability_std"] > 0
    assert one["stability_mean"] != three["stability_mean"]


def test_nmf_is_more_stable_than_lda(units):
    nmf, lda = (lx.choose_n_topics(units, (10,), range(2), method=method).iloc[0] for method in ("nmf", "lda"))
    assert nmf["stability_mean"] > lda["stability_mean"] + 0.1


def test_options_reach_the_model_and_texts_are_cut_once(monkeypatch):
    calls = []
    read = choose.TopicModel._read
    monkeypatch.setattr(choose.TopicModel, "_read", lambda self, units: calls.append(1) or read(self, units))
    lx.choose_n_topics((text for text in TEXTS), (2, 3), range(2), min_df=1)
    assert len(calls) == 1
    with pytest.raises(TypeError):
        lx.choose_n_topics(TEXTS, (2,), colour="red")


@pytest.mark.parametrize(
    ("candidates", "seeds", "message"),
    [((), range(2), "nothing to compare"), ((2,), (), "nothing to compare"), ((2, 19), (0,), "19 topics are too many"),
     ((2,), (-1,), "seeds is -1")],
)
def test_errors(candidates, seeds, message):
    with pytest.raises(lx.LanxiError, match=message):
        lx.choose_n_topics(TEXTS, candidates, seeds, min_df=1)


def test_no_subsample_is_refused():
    with pytest.raises(lx.LanxiError, match="subsamples is 0"):
        lx.choose_n_topics(TEXTS, (2,), (0,), min_df=1, subsamples=0)


def test_single_numbers_will_do_and_others_are_refused():
    one = lx.choose_n_topics(TEXTS, 2, 0, min_df=1, subsamples=1)
    assert one[["n_topics", "n_seeds"]].values.tolist() == [[2, 1]]
    for candidates in (("a", 5), (2.5,), (1,)):
        with pytest.raises(lx.LanxiError, match="candidates"):
            lx.choose_n_topics(TEXTS, candidates, (0,), min_df=1)
