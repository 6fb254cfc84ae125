"""Words, exemplars, chapters and correlation of topics."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

import lanxikit as lx
from lanxikit.errors import TableError
from lanxikit.plots import _chapters, _correlation, _words
from lanxikit.topics.correlation import correlations, log_ratios, topic_correlation
from lanxikit.topics.labels import ari_of, bare, chapter_agreement, nmi_of, topic_chapters
from lanxikit.topics.reading import exclusivity, exemplars, frex_scores, relevance_scores, topic_words

PLAN = "qinghai-gansu-2022"


@pytest.fixture(scope="module")
def guided(units):
    return lx.TopicModel(method="guided", stability_repeats=1).fit(units)


@pytest.fixture(scope="module")
def plain(units):
    return lx.TopicModel(stability_repeats=1).fit(units)


def table(texts, chapters, doc="a"):
    n = len(texts)
    return pd.DataFrame({
        "unit_id": [f"{doc}#{i:03d}" for i in range(1, n + 1)], "doc_id": doc, "heading": None, "text": texts,
        "path": chapters, "start": range(0, 10 * n, 10), "end": range(9, 10 * n + 9, 10), "is_leaf": True, "pieces": "0-9",
    })


def test_relevance_is_the_formula_of_sievert_and_shirley():
    weights = np.array([[0.7, 0.3, 0.0], [0.1, 0.3, 0.6]])
    p = 0.25 * weights[0] + 0.75 * weights[1]
    found = relevance_scores(weights, np.array([0.25, 0.75]), 0.6)
    assert found[0, 0] == pytest.approx(0.6 * np.log(0.7) + 0.4 * np.log(0.7 / p[0]))
    assert found[1, 2] == pytest.approx(0.6 * np.log(0.6) + 0.4 * np.log(0.6 / p[2]))
    assert found[0, 2] == -np.inf


def test_relevance_at_one_ranks_as_weight_does(plain, units):
    words = topic_words(plain, units, relevance=1.0)
    found = words.groupby("measure", observed=True)["term"].apply(list)
    assert found["relevance"] == found["weight"]
    top = plain.topics_[plain.topics_["rank"] <= 10]
    assert found["weight"] == top["term"].tolist()


def test_frex_by_hand():
    # Topic 1: frequency ranks 4 3 2 1 of 4; exclusivity .5 .75 1 1 → ranks 1 2 3.5 3.5 (equal ones share theirs).
    weights = np.array([[0.4, 0.3, 0.2, 0.1], [0.4, 0.1, 0.0, 0.0]])
    found = frex_scores(weights, np.full(4, 1e9), 0.5)[0]
    often, own = np.array([4, 3, 2, 1]) / 4, np.array([1, 2, 3.5, 3.5]) / 4
    assert found == pytest.approx(1 / (0.5 / often + 0.5 / own))
    assert frex_scores(weights, np.full(4, 1e9), 1.0)[0] == pytest.approx(often)


def test_frex_does_not_believe_a_word_seen_once():
    weights = np.array([[0.5, 0.4, 0.1], [0.5, 0.1, 0.4]])
    alone = np.array([0.5, 0.8, 0.2])
    assert exclusivity(weights)[0] == pytest.approx(alone)
    # Exclusivity alone (w = 0): with counts of 1 all words are even, and share the middle rank.
    assert frex_scores(weights, np.array([1, 1, 1]), 0.0)[0] == pytest.approx([2 / 3] * 3)
    # Count 5: λ = Σ p(1−p) / (4 Σ (p−½)²) = .32 / (4 · .18) = .444: drawn in, the order stays.
    assert frex_scores(weights, np.array([5, 5, 5]), 0.0)[0] == pytest.approx([2 / 3, 1, 1 / 3])
    # Where only the exclusive word is rare, the other exclusive one comes before it.
    both = np.array([[0.5, 0.5, 0.0], [0.1, 0.1, 0.8]])
    rare = frex_scores(both, np.array([2, 90, 90]), 0.0)[0]
    assert rare[1] > rare[0]


def test_words_of_the_study(guided, units):
    words = topic_words(guided, units, n_terms=8)
    assert words.columns.tolist() == [
        "topic", "measure", "rank", "term", "score", "weight", "exclusivity", "n_units", "label", "stability"
    ]  # fmt: skip
    assert len(words) == 10 * 3 * 8
    own = words[words["label"] == "基础设施"].groupby("measure", observed=True)["term"].apply(set)
    assert "西宁" in own["weight"] and "西宁" not in own["frex"]  # a name that every topic has
    assert {"铁路", "高速公路"} <= own["frex"]
    railway = words[(words["term"] == "铁路") & (words["measure"] == "weight")].iloc[0]
    assert railway["n_units"] == sum("铁路" in unit for unit in guided._read(units)[1])
    assert words.loc[words["measure"] == "frex", "score"].between(0, 1).all()


def test_exemplars_lead_back_to_the_source(guided, units, corpus):
    found = exemplars(guided, units, n_units=2)
    assert found.groupby("topic")["rank"].apply(list).tolist() == [[1, 2]] * 10
    shares = guided.weights_.set_index(["unit_id", "topic"])["weight"]
    held = guided.weights_.pivot(index="unit_id", columns="topic", values="weight")
    for row in found.itertuples():
        assert row.share == pytest.approx(shares[row.unit_id, row.topic], abs=1e-6)
        assert row.doc_id == row.unit_id.split("#")[0]
        assert (held[row.topic] > row.share + 1e-6).sum() < 40
        assert row.n_words >= 5
    one = found[found["label"] == "改革与市场"].iloc[0]
    source = units.set_index("unit_id").loc[one["unit_id"]]
    assert (one["start"], one["end"], one["text"]) == (source["start"], source["end"], source["text"])


def test_a_unit_of_one_known_word_is_no_exemplar():
    texts = ["治理黄河流域水污染和绿化", "修建西宁铁路公路机场"] * 4 + ["铁路"]
    units = table(texts, [()] * 9)
    model = lx.TopicModel(2, min_df=1, max_df=1.0, stability_repeats=1).fit(units)
    assert "a#009" not in set(exemplars(model, units, n_units=9, min_words=2)["unit_id"])
    assert "a#009" in set(exemplars(model, units, n_units=9, min_words=1)["unit_id"])


def test_guided_topics_follow_the_plans_chapters_and_free_ones_less(guided, plain, units):
    led, free = (chapter_agreement(model, units, documents=PLAN).iloc[0] for model in (guided, plain))
    assert led["nmi"] >= 0.55
    assert free["nmi"] <= 0.5
    plan = units[(units["doc_id"] == PLAN) & units["is_leaf"]]
    heaviest = guided.transform(plan).idxmax(axis=1)
    assert led["nmi"] == pytest.approx(normalized_mutual_info_score([path[0] for path in plan["path"]], heaviest))
    assert (led["n_units"], led["n_left_out"], led["n_chapters"]) == (69, 0, 8)
    assert led["nmi_low"] < led["nmi"] < led["nmi_high"]
    assert 0.15 < led["nmi_chance"] < led["nmi_low"]


def test_guided_topics_hold_on_plans_the_model_has_not_seen(units):
    for unseen, least in ((PLAN, 0.55), ("linxia-2022", 0.65), ("haidong-2024", 0.35)):
        model = lx.TopicModel(method="guided", stability_repeats=1).fit(units[units["doc_id"] != unseen])
        found = chapter_agreement(model, units, documents=unseen).iloc[0]
        assert found["nmi"] >= least
        assert found["ari"] > 0.2


def test_agreement_of_many_tables_is_that_of_scikit_learn():
    random = np.random.default_rng(3)
    one, other = random.integers(0, 4, 60), random.integers(0, 5, 60)
    counts = np.zeros((1, 4, 5))
    np.add.at(counts, (0, one, other), 1)
    assert nmi_of(counts)[0] == pytest.approx(normalized_mutual_info_score(other, one))
    assert ari_of(counts)[0] == pytest.approx(adjusted_rand_score(other, one))


def test_agreement_of_a_document_without_chapters_is_missing_and_says_why():
    units = table(["治理黄河流域水污染", "修建西宁铁路公路"] * 4, [()] * 6 + [("一、水",)] * 2)
    model = lx.TopicModel(2, min_df=1, stability_repeats=1).fit(units)
    found = chapter_agreement(model, units).iloc[0]
    assert (found["n_units"], found["n_left_out"], found["n_chapters"]) == (2, 6, 1)
    assert np.isnan(found["nmi"])
    assert found["note"] == "fewer than two chapters to tell apart"


def test_contingency_and_suggested_labels(guided, units):
    found = topic_chapters(guided, units, documents=PLAN)
    assert found["n"].sum() == 69
    assert found.groupby("topic")["is_best"].sum().tolist() == [1] * found["topic"].nunique()
    best = found[found["is_best"]].set_index("label")
    assert best.loc["生态环境", "suggested"] == "推进生态共建环境共治"
    assert best.loc["公共服务", "suggested"] == "推进公共服务共建共享"
    assert best.loc["科技创新", "chapter"] == "五、协同推动创新和产业发展"
    assert (best["low"] <= best["share_of_topic"]).all() and (best["share_of_topic"] <= best["high"]).all()
    assert found.loc[~found["is_best"], "suggested"].isna().all()


def test_ordinals_are_taken_off_headings_and_words_are_not():
    assert bare("十二、加强组织领导") == "加强组织领导"
    assert bare("第三章 产业") == "产业"
    assert bare("3.产业") == "产业"
    assert bare("二十四节气文化") == "二十四节气文化"
    assert bare("一体化发展") == "一体化发展"


def test_log_ratios_keep_sums_and_replace_nothing():
    found = log_ratios(np.array([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0]]), 0.01)
    assert found.sum(axis=1) == pytest.approx([0, 0])
    assert found[0, 0] - found[0, 1] == pytest.approx(np.log(0.5 / 0.3))
    assert found[1, 0] - found[1, 1] == pytest.approx(np.log((1 - 0.013) / 0.0065))


def test_correlations_are_pearsons_and_count_weights():
    ratios = np.random.default_rng(0).normal(size=(30, 3))
    twice = np.ones((1, 30))
    twice[0, :10] = 2
    assert correlations(ratios, np.ones((1, 30)))[0] == pytest.approx(np.corrcoef(ratios.T))
    assert correlations(ratios, twice)[0] == pytest.approx(np.corrcoef(np.vstack([ratios, ratios[:10]]).T))
    assert np.isnan(correlations(np.column_stack([ratios, np.zeros(30)]), np.ones((1, 30)))[0][3, 0])


def test_topics_dealt_together_correlate():
    water, rail, school = "治理黄河流域水污染", "修建西宁铁路公路机场", "发展教育医疗养老"
    texts = [water + "，" + rail] * 8 + [school] * 8 + [water] * 2 + [rail] * 2
    units = table(texts, [()] * 20)
    codebook = {"水": ["黄河流域"], "路": ["铁路"], "学": ["教育"]}
    model = lx.TopicModel(3, method="guided", codebook=codebook, min_df=1, max_df=1.0, stability_repeats=1).fit(units)
    found = topic_correlation(model, units).set_index(["label", "other_label"])
    together, apart = found.loc[("水", "路")], found.loc[("水", "学")]
    assert together["low"] > together["unrelated"]
    assert apart["high"] < apart["unrelated"]
    assert -0.8 < together["unrelated"] < -0.2  # what centring three shares gives: about −1/2


def test_correlation_of_the_study(guided, units):
    found = topic_correlation(guided, units, n_boot=200)
    assert len(found) == 45
    assert (found["topic"] < found["other"]).all()
    assert (found["low"] <= found["correlation"]).all() and (found["correlation"] <= found["high"]).all()
    assert found["unrelated"].mean() == pytest.approx(-1 / 9, abs=0.02)


def test_same_seed_same_tables(guided, units):
    for verb in (chapter_agreement, topic_correlation):
        first, again, other = (verb(guided, units, n_boot=50, random_state=seed) for seed in (0, 0, 1))
        pd.testing.assert_frame_equal(first, again)
        assert not first.equals(other)


ERRORS = [
    (lambda model, units: topic_words(model, units, relevance=2), "relevance is 2.*from 0 to 1"),
    (lambda model, units: topic_words(model, units, n_terms=0), "n_terms is 0"),
    (lambda model, units: exemplars(model, ["治理黄河"]), "no table of units"),
    (lambda model, units: exemplars(model, units.drop(columns="start")), "it lacks: start"),
    (lambda model, units: chapter_agreement(model, units, documents="x"), "not among the units: x.*Choose from"),
    (lambda model, units: chapter_agreement(model, units, interval=95), "interval is 95"),
    (lambda model, units: topic_chapters(lx.TopicModel(), units), r"Call fit\(units\) first"),
    (lambda model, units: topic_correlation(model, units, zero=0.5), "zero is 0.5.*0.1"),
    (lambda model, units: topic_correlation(model, units.iloc[:0]), "cannot be correlated"),
]


@pytest.mark.parametrize(("call", "message"), ERRORS)
def test_errors_name_the_remedy(call, message, guided, units):
    with pytest.raises(lx.LanxiError, match=message):
        call(guided, units)


def test_no_units_give_empty_tables(guided, units):
    none = units.iloc[:0]
    assert len(exemplars(guided, none)) == len(chapter_agreement(guided, none)) == len(topic_chapters(guided, none)) == 0


def test_figures(guided, units):
    words = _words.topic_words_data(topic_words(guided, units), n_terms=5)
    assert len(words) == 150 and not words.loc[words["measure"] == "weight", "new"].any()
    ax = _words.topic_words(words, lang="zh")
    assert "主题3  基础设施" in {text.get_text() for text in ax.texts}
    data = _chapters.topic_chapters_data(topic_chapters(guided, units), chapter_agreement(guided, units, n_boot=20), document=PLAN)
    assert data["n"].sum() == 69 and data["chapter_no"].max() == 8
    ax = _chapters.topic_chapters(data)
    assert ax.get_xlabel().startswith("Qinghai–Gansu 2022:  NMI 0.")
    assert len(ax.patches) == len(data)
    with pytest.raises(TableError, match="Choose from"):
        _chapters.topic_chapters_data(topic_chapters(guided, units), document="x")
    pairs = _correlation.topic_correlation_data(topic_correlation(guided, units, n_boot=100))
    assert set(pairs["stands"]) == {"more", "less", "open"}
    assert len(_correlation.topic_correlation(pairs).patches) == 45
    for module, name in ((_words, "topic_words"), (_chapters, "topic_chapters"), (_correlation, "topic_correlation")):
        with pytest.raises(TableError, match=f"{name}_data"):
            getattr(module, name)(pd.DataFrame())
