"""scikit-learn's estimator checks: those that apply are run; of the others each is named with the reason."""

import pickle

import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.decomposition import NMF
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer
from sklearn.utils import estimator_checks

import lanxikit as lx

TEXTS = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 5
METHODS = ("nmf", "lda", "guided")
CODEBOOK = {"水": ["黄河"], "路": ["铁路"]}


def model(method="nmf"):
    codebook = CODEBOOK if method == "guided" else None
    return lx.TopicModel(2, method=method, min_df=1, stability_repeats=1, codebook=codebook)


APPLY = [
    "check_estimator_cloneable",
    "check_estimator_tags_renamed",
    "check_valid_tag_types",
    "check_estimator_repr",
    "check_no_attributes_set_in_init",
    "check_do_not_raise_errors_in_init_or_set_params",
    "check_mixin_order",
    "check_parameters_default_constructible",
    "check_get_params_invariance",
    "check_set_params",
]
ARRAYS = "feeds an array of numbers; the model reads texts and refuses numbers (test_numbers_are_refused)"
OURS = "feeds an array of numbers; done below with texts: "
DO_NOT_APPLY = {
    "check_fit_score_takes_y": OURS + "test_fit_takes_y_and_returns_itself",
    "check_estimators_fit_returns_self": OURS + "test_fit_takes_y_and_returns_itself",
    "check_estimators_overwrite_params": OURS + "test_fit_leaves_the_parameters",
    "check_dont_overwrite_parameters": OURS + "test_fit_leaves_the_parameters",
    "check_estimators_unfitted": OURS + "test_asked_before_it_is_fitted",
    "check_transformers_unfitted": OURS + "test_asked_before_it_is_fitted",
    "check_fit_check_is_fitted": OURS + "test_asked_before_it_is_fitted",
    "check_pipeline_consistency": OURS + "test_in_a_pipeline",
    "check_estimators_pickle": OURS + "test_pickled",
    "check_transformer_general": OURS + "test_fit_transform_is_fit_and_transform",
    "check_fit_idempotent": OURS + "test_fitted_twice",
    "check_dict_unchanged": OURS + "test_transform_changes_nothing",
    "check_methods_sample_order_invariance": OURS + "test_order_and_company_of_texts",
    "check_methods_subset_invariance": OURS + "test_order_and_company_of_texts",
    "check_estimators_empty_data_messages": OURS + "test_numbers_are_refused",
    "check_transformer_n_iter": "no n_iter_: the model is several fits, not one iteration",
} | dict.fromkeys(
    [
        "check_readonly_memmap_input",
        "check_n_features_in_after_fitting",
        "check_n_features_in",
        "check_positive_only_tag_during_fit",
        "check_estimators_dtypes",
        "check_complex_data",
        "check_dtype_object",
        "check_estimators_nan_inf",
        "check_estimator_sparse_tag",
        "check_estimator_sparse_array",
        "check_estimator_sparse_matrix",
        "check_array_api_input",
        "check_f_contiguous_array_estimator",
        "check_transformer_data_not_an_array",
        "check_transformer_preserve_dtypes",
        "check_fit2d_1sample",
        "check_fit2d_1feature",
        "check_fit1d",
        "check_fit2d_predict1d",
        "check_fit_non_negative",
    ],
    ARRAYS,
)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", APPLY)
def test_checks_that_apply(name, method):
    getattr(estimator_checks, name)("TopicModel", model(method))


def test_every_other_check_is_named_with_its_reason():
    known = {check.func.__name__ for _, check in estimator_checks.estimator_checks_generator(NMF())}
    assert known - set(APPLY) - set(DO_NOT_APPLY) == set()
    assert set(APPLY) & set(DO_NOT_APPLY) == set()


@pytest.mark.parametrize("method", METHODS)
def test_fit_takes_y_and_returns_itself(method):
    one = model(method)
    assert one.fit(TEXTS, [0] * len(TEXTS)) is one


@pytest.mark.parametrize("method", METHODS)
def test_fit_leaves_the_parameters(method):
    one = model(method)
    before = pickle.dumps(one.get_params())
    one.fit(TEXTS)
    assert pickle.dumps(one.get_params()) == before
    assert {name for name in vars(one) if not name.endswith("_") and not name.startswith("_")} == set(one.get_params())


@pytest.mark.parametrize("method", METHODS)
def test_asked_before_it_is_fitted(method):
    with pytest.raises(NotFittedError, match=r"Call fit\(units\) first"):
        model(method).transform(TEXTS)
    with pytest.raises(lx.LanxiError):
        clone(model(method).fit(TEXTS)).transform(TEXTS)


@pytest.mark.parametrize("method", METHODS)
def test_in_a_pipeline(method):
    line = make_pipeline(model(method), Normalizer("l1"))
    assert line.fit_transform(TEXTS) == pytest.approx(model(method).fit(TEXTS).transform(TEXTS).to_numpy())


@pytest.mark.parametrize("method", METHODS)
def test_pickled(method):
    one = model(method).fit(TEXTS)
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(one)).transform(TEXTS), one.transform(TEXTS))


@pytest.mark.parametrize("method", METHODS)
def test_fit_transform_is_fit_and_transform(method):
    pd.testing.assert_frame_equal(model(method).fit_transform(TEXTS), model(method).fit(TEXTS).transform(TEXTS))


@pytest.mark.parametrize("method", METHODS)
def test_fitted_twice(method):
    one = model(method).fit(TEXTS)
    first = one.transform(TEXTS)
    pd.testing.assert_frame_equal(one.fit(TEXTS).transform(TEXTS), first)


@pytest.mark.parametrize("method", METHODS)
def test_transform_changes_nothing(method):
    one = model(method).fit(TEXTS)
    before = pickle.dumps(vars(one))
    one.transform(TEXTS[:3])
    assert pickle.dumps(vars(one)) == before


@pytest.mark.parametrize("method", METHODS)
def test_order_and_company_of_texts(method):
    one = model(method).fit(TEXTS)
    whole = one.transform(TEXTS).to_numpy()
    assert one.transform(TEXTS[::-1]).to_numpy()[::-1] == pytest.approx(whole, abs=1e-9)
    assert one.transform(TEXTS[:1]).to_numpy()[0] == pytest.approx(whole[0], abs=1e-3 if method == "lda" else 1e-9)


@pytest.mark.parametrize("numbers", [[[1.0, 2.0]], [1, 2], [None]])
def test_numbers_are_refused(numbers):
    with pytest.raises(lx.LanxiError, match="is no text"):
        model().fit(numbers)
    with pytest.raises(lx.LanxiError, match="No word is left"):
        model().fit([])
