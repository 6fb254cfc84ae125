"""The sentence encoder: chosen, missing, of one's own, and what it may not return."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import lanxikit as lx
from lanxikit.comparing import encoder
from lanxikit.comparing.encoder import Encoder, EncoderWarning, choose

pytest_plugins = ["pair_fixtures"]


def lengths(texts):
    return np.array([[len(text), 1.0] for text in texts])


def test_vectors_have_length_one_and_blank_texts_none():
    vectors = Encoder(lambda texts: np.array([[3.0, 4.0]] * len(texts))).vectors(["修路", " ", "办学"])
    np.testing.assert_allclose(vectors, [[0.6, 0.8], [0, 0], [0.6, 0.8]], atol=1e-6)


def test_a_vector_of_zeros_stays_one():
    assert Encoder(lambda texts: np.zeros((len(texts), 2))).vectors(["修路"]).tolist() == [[0, 0]]


def test_each_text_is_encoded_once():
    seen = []
    made = Encoder(lambda texts: seen.extend(texts) or lengths(texts))
    first = made.vectors(["修路", "办学校", "修路"])
    again = made.vectors(["办学校", "植树"])
    assert seen == ["修路", "办学校", "植树"]
    assert first[1].tolist() == again[0].tolist() and first[0].tolist() == first[2].tolist()


def test_long_lists_are_encoded_piece_by_piece():
    sizes = []
    made = Encoder(lambda texts: sizes.append(len(texts)) or lengths(texts))
    assert made.vectors([str(number) for number in range(150)]).shape == (150, 2)
    assert sizes == [64, 64, 22]


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(encoder, "KEPT", 2)
    seen = []
    made = Encoder(lambda texts: seen.extend(texts) or lengths(texts))
    made.vectors(["修路", "办学"])
    assert made.vectors(["植树", "修路"]).shape == (2, 2)
    made.vectors(["植树"])
    assert seen == ["修路", "办学", "植树", "植树"]


def test_no_texts_no_vectors():
    assert len(Encoder(lengths).vectors([])) == 0


@pytest.mark.parametrize("bad", [
    lambda texts: np.ones(len(texts)),
    lambda texts: np.ones((len(texts) + 1, 3)),
    lambda texts: np.full((len(texts), 3), np.nan),
    lambda texts: np.full((len(texts), 3), np.inf),
])
def test_what_is_no_finite_row_a_text_is_refused(bad):
    with pytest.raises(lx.LanxiError, match="finite row for each text"):
        Encoder(bad).vectors(["修路", "办学"])


def test_compare_says_so_too(make_units):
    with pytest.raises(lx.LanxiError, match="finite row for each text"):
        lx.compare(make_units("plan", "修路。"), make_units("city", "修路。"), encoder=lambda texts: [[np.nan]] * len(texts))


def test_none_and_functions_are_taken_as_they_are():
    assert choose(None) is None
    assert choose(lengths).vectors(["修路"]).shape == (1, 2)


@pytest.mark.parametrize("wrong", ["bert", 3, True])
def test_an_unknown_encoder_is_named(wrong):
    with pytest.raises(lx.LanxiError, match=f"not known.*encoder={wrong!r}"):
        choose(wrong)


def test_where_the_extra_is_not_installed_a_warning_says_what_is_left(make_units, monkeypatch):
    monkeypatch.setattr(encoder, "find_spec", lambda name: None)
    plan, city = make_units("plan", "治理河道。", "办好学校。"), make_units("city", "治理河道3条。")
    with pytest.warns(EncoderWarning, match=r"lanxikit\[encoder\].*encoder=None silences"):
        scores = lx.compare(plan, city)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        silent = lx.compare(plan, city, encoder=None)
    assert scores[["semantic", "semantic_clause"]].isna().all().all()
    assert scores.equals(silent) and scores["upper_id"].tolist() == ["plan#001"]


def test_the_encoder_of_the_extra_knows_the_same_in_other_words():
    """Part of the set-up for developers (make setup)."""
    road, same, school = choose("auto").vectors(["修建农村公路，方便群众出行。", "改善乡村道路交通条件。", "提高义务教育质量。"])
    assert road @ same > road @ school + 0.1
    assert choose("auto") is choose("auto")  # vectors are remembered from call to call
