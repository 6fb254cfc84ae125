"""Words that are rare in Chinese at large and in the units at hand."""

from __future__ import annotations

import numpy as np

from lanxikit.comparing.words import Words, rarity
from tests.clock import within


def test_a_word_of_every_text_counts_less_than_a_rare_one():
    at_large, usual = rarity()
    assert at_large["发展"] < at_large["公路"] < usual < at_large["生化学"]


def test_rows_have_length_one_and_the_rare_word_decides():
    texts = ["加快发展特色水果。", "加快发展农村公路。", "农村公路养护。"]
    found = Words(texts).matrix(texts)
    likeness = (found @ found.T).toarray()
    assert np.allclose(np.diag(likeness), 1)
    assert likeness[1, 2] > likeness[0, 1] > 0 == likeness[0, 2]


def test_what_holds_no_word_is_empty_and_finite():
    found = Words(["", "。，", "100", "公路"]).matrix(["", "。，", "100", "公路", "未见过的词语"])
    assert found[:3].nnz == 0 and np.isfinite(found.toarray()).all()
    assert found[3].sum() > 0.99 and found[4].nnz == 0  # a word of none of the units tells nothing


def test_full_width_is_the_same_word():
    assert Words(["ＧＤＰ增长"]).matrix(["GDP增长", "ＧＤＰ增长"]).toarray()[:, 0].tolist()[0] > 0


def test_characters_without_end_take_no_square_of_their_number():
    within(5, lambda: Words(["龘" * 100_000]))
