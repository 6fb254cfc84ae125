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
    ]  # fmt: skip
    assert table["n_topics"].tolist() == [5, 8]
    assert table["n_seeds"].tolist() == [3, 3]
    assert (table["stability_mean"] > 0.4).all()
    assert (table["coherence_std"] > 0).all()
    assert (table["stability_std"] > 0).all()


def test_mean_and_spread_are_over_the_seeds(units):
    one, two, both = (lx.choose_n_topics(units, (6,), seeds).iloc[0] for seeds in ([0], [1], [0, 1]))
    assert both["stability_mean"] == pytest.approx((one["stability_mean"] + two["stability_mean"]) / 2)
    assert both["coherence_std"] == pytest.approx(abs(one["coherence_mean"] - two["coherence_mean"]) / math.sqrt(2))
    assert math.isnan(one["stability_std"])


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
    [((), range(2), "nothing to compare"), ((2,), (), "nothing to compare"), ((2, 19), (0,), "19 topics are too many")],
)
def test_errors(candidates, seeds, message):
    with pytest.raises(lx.LanxiError, match=message):
        lx.choose_n_topics(TEXTS, candidates, seeds, min_df=1)
