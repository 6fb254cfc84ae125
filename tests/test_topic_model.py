"""The topic model on the study's units and on small made-up ones."""

import os
import pickle
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import normalized_mutual_info_score

import lanxikit as lx
from lanxikit.tables import check
from lanxikit.tables.segmenting import leaves
from lanxikit.topics.stability import InstabilityWarning, SimilarTopicsWarning

WATER = ["治理黄河流域水污染", "黄河流域水土保持和绿化", "湟水河流域水污染防治", "水土保持绿化治理黄河"]
RAIL = ["修建西宁至成都铁路", "铁路和公路连接机场", "公路铁路联通西宁", "机场扩建公路改造"]
SMALL = (WATER + RAIL) * 4
ALL = [
    {"method": "nmf"},
    {"method": "lda"},
    {"method": "lda", "backend": "gensim"},
    {"method": "lda", "backend": "tomotopy"},
    {"method": "guided"},
]
TWO_LABELS = {"水": ["黄河", "水土保持"], "路": ["铁路", "公路"]}


def small(options, n_topics=2, texts=SMALL, **more):
    codebook = TWO_LABELS if options["method"] == "guided" else None
    options = {"min_df": 1, "stability_repeats": 3, "codebook": codebook, **options, **more}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InstabilityWarning)
        return lx.TopicModel(n_topics, **options).fit(texts)


@pytest.fixture(scope="module")
def fitted(units):
    return lx.TopicModel(random_state=0).fit(units)


@pytest.mark.parametrize("options", ALL, ids=str)
def test_two_themes_are_told_apart(options):
    texts = [
        "。".join(theme[start:] + theme[:start]) for _ in range(6) for theme in (WATER, RAIL) for start in range(4)
    ]
    found = small(options, texts=texts).transform(texts).idxmax(axis=1).to_numpy().reshape(6, 2, 4)
    assert len(set(found[:, 0].ravel())) == len(set(found[:, 1].ravel())) == 1
    assert found[0, 0, 0] != found[0, 1, 0]


@pytest.mark.parametrize("options", ALL, ids=str)
def test_shares_sum_to_one_and_a_wordless_unit_gets_equal_ones(options):
    shares = small(options).transform([*WATER, "", "月球 xyz"])
    assert shares.index.name == "unit_id"
    assert shares.sum(axis=1).tolist() == pytest.approx([1.0] * 6)
    assert (shares.to_numpy() >= 0).all()
    assert shares.iloc[4:].to_numpy().ravel().tolist() == pytest.approx([0.5] * 4)


@pytest.mark.parametrize("options", ALL, ids=str)
def test_tables_are_tidy(options):
    model = small(options, n_terms=5)
    assert model.topics_.columns.tolist() == ["topic", "term", "weight", "rank", "label", "stability"]
    assert model.topics_.drop_duplicates("topic")["stability"].tolist() == model.quality_["stability"].tolist()
    assert model.topics_.groupby("topic")["rank"].apply(list).tolist() == [[1, 2, 3, 4, 5]] * 2
    assert model.topics_.groupby("topic")["weight"].apply(lambda weight: weight.is_monotonic_decreasing).all()
    assert model.components_.sum(axis=1).tolist() == pytest.approx([1.0, 1.0])
    assert model.weights_["unit_id"].nunique() == len(SMALL)
    for name, table in [
        ("topics", model.topics_),
        ("topic_weights", model.weights_),
        ("topic_quality", model.quality_),
    ]:
        check(table, name)
    assert model.coherence_ == pytest.approx(model.quality_["coherence"].mean())
    assert 0 <= model.stability_ <= 1


@pytest.mark.parametrize("options", ALL, ids=str)
def test_behaves_like_an_estimator(options):
    model = small(options)
    assert clone(model).get_params() == model.get_params()
    assert not hasattr(clone(model), "components_")
    again = small(options)
    pd.testing.assert_frame_equal(model.topics_, again.topics_)
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(model)).transform(WATER), model.transform(WATER))
    pd.testing.assert_frame_equal(model.fit_transform(SMALL), again.transform(SMALL))


def test_topics_come_in_the_order_of_their_prevalence(fitted):
    assert fitted.quality_["prevalence"].is_monotonic_decreasing
    assert fitted.quality_["prevalence"].sum() == pytest.approx(1.0)


def test_default_model_of_the_study_is_stable(fitted, units):
    assert fitted.n_units_ == 372
    assert fitted.stability_ >= 0.65
    assert fitted.weights_["unit_id"].drop_duplicates().tolist() == leaves(units)["unit_id"].tolist()
    tops = fitted.topics_[fitted.topics_["rank"] <= 10].groupby("topic")["term"].apply(set)
    assert any({"流域", "综合治理", "湟水河"} <= top for top in tops)
    assert any({"铁路", "高速"} <= top for top in tops)
    assert not {"推进", "建设", "责任单位", "以及"} & set(fitted.vocabulary_)


@pytest.mark.parametrize("backend", ["sklearn", "gensim", "tomotopy"])
def test_lda_of_the_study_is_unstable_and_says_so(units, backend):
    with pytest.warns(InstabilityWarning, match="Do not interpret"):
        model = lx.TopicModel(method="lda", backend=backend, stability_repeats=3).fit(units)
    assert model.stability_ < 0.5


def test_a_model_without_tomotopy_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "tomotopy", None)
    with pytest.raises(lx.LanxiError, match=r"tomotopy is not installed.*lanxikit\[fast\]"):
        lx.TopicModel(2, method="lda", backend="tomotopy", min_df=1).fit(SMALL)


def test_shares_by_tomotopy_do_not_hang_on_how_often_they_are_asked_for():
    model = small({"method": "lda", "backend": "tomotopy"})
    first = model.transform(WATER)
    pd.testing.assert_frame_equal(first, model.transform(WATER))
    pd.testing.assert_frame_equal(first.iloc[:1], model.transform(WATER[:1]))


def test_every_prevalence_carries_the_stability_of_its_topic(fitted, units):
    table = fitted.prevalence_by(units, "year").drop_duplicates("topic")
    assert table["stability"].tolist() == fitted.quality_["stability"].tolist()


def test_prevalence_by_level_and_year(fitted, units):
    table = fitted.prevalence_by(units, ["level", "year"])
    check(table, "topic_prevalence")
    groups = table.drop_duplicates(["level", "year"])
    assert list(zip(groups["level"], groups["year"], groups["n_units"], groups["n_documents"], strict=True)) == [
        ("province", 2022, 69, 1),
        ("prefecture", 2020, 37, 1),
        ("prefecture", 2022, 47, 1),
        ("prefecture", 2024, 194, 1),
        ("county", 2022, 25, 1),
    ]
    sums = table.groupby(["level", "year"], observed=True)["prevalence"].sum()
    assert sums.tolist() == pytest.approx([1.0] * 5)
    assert (table["low"] <= table["prevalence"]).all()
    assert (table["prevalence"] <= table["high"]).all()


def test_prevalence_by_document_and_by_one_name(fitted, units):
    table = fitted.prevalence_by(units, "doc_id")
    assert table["doc_id"].drop_duplicates().tolist() == sorted(units["doc_id"].unique())
    mean = fitted.weights_[fitted.weights_["unit_id"].str.startswith("pingan")].groupby("topic")["weight"].mean()
    assert table.loc[table["doc_id"] == "pingan-2022", "prevalence"].tolist() == pytest.approx(mean.tolist())


def test_guided_topics_follow_the_chapters(units):
    plan = leaves(units)[lambda table: table["doc_id"] == "qinghai-gansu-2022"]
    model = lx.TopicModel(method="guided").fit(units)
    assert model.labels_[:3] == ["空间格局", "生态环境", "基础设施"]
    assert model.stability_ >= 0.65
    found = model.transform(plan).idxmax(axis=1)
    assert normalized_mutual_info_score([path[0] for path in plan["path"]], found) >= 0.5
    tops = model.topics_[model.topics_["rank"] <= 10].groupby("label")["term"].apply(set)
    assert {"铁路", "公路"} <= tops["基础设施"]
    assert {"医疗", "教育"} <= tops["公共服务"]


def test_empty_input_gives_empty_tables(fitted, units):
    none = units.iloc[:0]
    assert fitted.transform(none).shape == (0, 10)
    assert fitted.weights(none).columns.tolist() == ["unit_id", "topic", "weight", "label", "stability"]
    assert fitted.prevalence_by(none, "year").columns.tolist()[:3] == ["year", "topic", "prevalence"]


ERRORS = [
    ({"min_df": 1, "max_df": 1.0}, SMALL[:3], r"10 topics are too many for 3 units.*fewer topics"),
    ({"min_df": 99}, SMALL, r"No word is left.*Lower min_df"),
    ({}, [], r"No word is left"),
    ({"n_topics": 1}, SMALL, r"n_topics is 1.*at least 2"),
    ({"n_topics": 2.5}, SMALL, r"n_topics is 2\.5"),
    ({"method": "lsa"}, SMALL, r"method is 'lsa'.*nmf, lda, guided"),
    ({"backend": "spark"}, SMALL, r"backend is 'spark'.*sklearn, gensim, tomotopy"),
    ({"coherence": "umass"}, SMALL, r"coherence is 'umass'.*npmi, c_v"),
    ({"random_state": None, "n_topics": 2, "min_df": 1}, SMALL, r"random_state is None"),
    ({"tokenizer": "pkuseg"}, SMALL, r"pkuseg"),
    ({"method": "guided", "codebook": {"天": ["月球"]}}, SMALL, r"月球.*[Tt]ake them off"),
    ({"method": "guided", "codebook": TWO_LABELS | {"场": ["机场"]}, "n_topics": 2}, SMALL, r"at least 3"),
    ({"n_topics": 3, "max_df": 1.0}, ["治理黄河"] * 40, r"only 2|too many|only 1"),
    ({}, "一段文字", r"list of texts"),
    ({}, np.eye(3), r"is no text: array.*list of texts"),
    ({}, ["治理黄河", None], r"is no text: None"),
    ({"stability_repeats": 0, "n_topics": 2, "min_df": 1}, SMALL, r"stability_repeats is 0.*at least 1"),
]


@pytest.mark.parametrize(("options", "units", "message"), ERRORS)
def test_errors_name_the_remedy(options, units, message):
    with pytest.raises(lx.LanxiError, match=message):
        lx.TopicModel(**options).fit(units)


def test_unfitted_model_and_texts_without_groups(fitted):
    with pytest.raises(lx.LanxiError, match=r"Call fit\(units\) first"):
        lx.TopicModel().transform(SMALL)
    with pytest.raises(lx.LanxiError, match="no groups"):
        fitted.prevalence_by(SMALL, "year")


SCRIPT = """
import hashlib, sys
import lanxikit as lx
units = lx.segment(lx.read_corpus(sys.argv[1]))
digest = hashlib.sha256()
for options in (
    {},
    {"method": "guided", "coherence": "c_v"},
    {"method": "lda", "max_iter": 3},
    {"method": "lda", "max_iter": 3, "backend": "gensim"},
    {"method": "lda", "max_iter": 30, "backend": "tomotopy"},
):
    model = lx.TopicModel(stability_repeats=1, **options).fit(units)
    for table in (model.topics_, model.weights_, model.quality_, model.prevalence_by(units, ["level", "year"])):
        digest.update(table.round(6).to_csv(index=False).encode())
digest.update(lx.choose_n_topics(units, (5, 8), range(2)).round(6).to_csv(index=False).encode())
print(digest.hexdigest())
"""


def test_same_tables_over_two_runs_on_one_and_two_threads_and_any_hash_seed(root):
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(root / "data" / "raw")]
    runs = [
        subprocess.Popen(
            command,
            cwd=root,
            env=os.environ | dict.fromkeys(names, threads) | {"PYTHONHASHSEED": hash_seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for threads, hash_seed in (("1", "0"), ("2", "7"))
    ]
    digests = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert digests[0] == digests[1]


def test_top_terms_do_not_hang_on_the_order_of_options(units):
    first = lx.TopicModel(5, stability_repeats=1).fit(units)
    lx.TopicModel(7, method="guided", codebook={"水": ["黄河"]}, stability_repeats=1).fit(units)
    again = lx.TopicModel(5, stability_repeats=1).fit(units)
    pd.testing.assert_frame_equal(first.topics_, again.topics_)
    assert np.array_equal(first.components_, again.components_)


def test_near_copies_of_a_topic_are_told():
    texts = [
        "治理黄河流域水污染，绿化荒山，保护湿地，修复草原，防治沙化，保护森林和河流",
        "修建西宁至成都铁路，公路连接机场，扩建车站，改造高速公路，开通航线，建设物流园区",
    ] * 30
    with pytest.warns(SimilarTopicsWarning, match="mostly the same top words"):
        model = lx.TopicModel(3, min_df=1).fit(texts)
    copies = model.quality_.iloc[1:]
    assert copies["nearest"].tolist() == [3, 2] and copies["nearest_overlap"].tolist() == [1, 1]
    assert model.stability_ > 0.8  # stable, and worth nothing


def test_topics_that_share_no_word_are_apart():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = lx.TopicModel(2, min_df=1).fit(["治理黄河水污染和湿地保护", "修建西宁铁路公路机场"] * 20)
    assert model.quality_[["nearest", "nearest_overlap"]].values.tolist() == [[2, 0], [1, 0]]


def test_an_unsettled_fit_says_so_once(units):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        lx.TopicModel(8, max_iter=3, stability_repeats=2).fit(units)
    assert sum(one.category is ConvergenceWarning for one in said) == 1


@pytest.mark.parametrize("options", ALL)
def test_a_unit_s_shares_do_not_depend_on_order_company_or_how_often_it_is_asked(options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        codebook = TWO_LABELS if options["method"] == "guided" else None
        model = lx.TopicModel(2, min_df=1, stability_repeats=1, codebook=codebook, **options).fit(SMALL)
    first = model.transform(SMALL).to_numpy()
    assert np.array_equal(model.transform(SMALL).to_numpy(), first)
    assert np.allclose(model.transform(SMALL[::-1]).to_numpy()[::-1], first, atol=1e-9)
    assert np.allclose(model.transform(SMALL[3:4]).to_numpy()[0], first[3], atol=1e-9)
    assert np.allclose(model.weights_.pivot(index="unit_id", columns="topic", values="weight"), first, atol=1e-9)
    again = pickle.loads(pickle.dumps(model)).transform(SMALL).to_numpy()
    assert np.array_equal(again, first)


def test_labels_of_ones_own_go_into_every_table(units):
    model = lx.TopicModel(3, stability_repeats=1).fit(units).relabel({2: "生态"})
    assert model.labels_[1] == "生态" and model.labels_[0] != "生态"
    for table in (model.topics_, model.weights_, model.quality_, model.prevalence_by(units, "level")):
        assert set(table.loc[table["topic"] == 2, "label"]) == {"生态"}
        assert "生态" not in set(table.loc[table["topic"] != 2, "label"])
    for wrong in ({4: "甲"}, {1: ""}, {1: 5}, {"1": "甲"}):
        with pytest.raises(lx.LanxiError, match="labels"):
            model.relabel(wrong)


@pytest.mark.parametrize(
    ("options", "where"),
    [({"min_df": 0.01}, "min_df"), ({"min_df": "a"}, "min_df"), ({"max_df": 100}, "max_df"), ({"max_df": "x"}, "max_df"),
     ({"n_terms": 0}, "n_terms"), ({"n_terms": "x"}, "n_terms"), ({"max_iter": 0}, "max_iter")],
)  # fmt: skip
def test_options_that_mean_nothing_are_refused(options, where):
    with pytest.raises(lx.LanxiError, match=where):
        lx.TopicModel(2, **{"min_df": 1} | options).fit(SMALL)


def test_a_unit_twice_is_refused_before_anything_is_done(units):
    rows = units[units["is_leaf"]]
    with pytest.raises(lx.LanxiError, match=r"stands twice.*drop_duplicates"):
        lx.TopicModel(5).fit(pd.concat([rows, rows.iloc[:3]]))
    as_categories = rows.assign(text=rows["text"].astype("category"), heading=rows["heading"].astype("category"))
    assert len(lx.TopicModel(3, stability_repeats=1).fit(as_categories).weights_) == 3 * len(rows)
