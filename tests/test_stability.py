"""Matched overlap of topics."""

import warnings

import numpy as np
import pytest

from lanxikit.topics.stability import (
    InstabilityWarning,
    assignment_agreement,
    matched_overlap,
    top_words,
    warn_if_unstable,
    without_tenth,
)


def test_same_topics_in_another_order_overlap_wholly():
    topics = [["甲", "乙"], ["丙", "丁"], ["戊", "己"]]
    assert matched_overlap(topics, topics[::-1]).tolist() == [1.0, 1.0, 1.0]


def test_a_partner_serves_once():
    # both first topics resemble 甲乙, but only one may have it
    found = matched_overlap([["甲", "乙"], ["甲", "丙"]], [["甲", "乙"], ["丁", "戊"]])
    assert found.tolist() == [1.0, 0.0]


def test_matching_takes_the_best_sum_not_the_first_best():
    found = matched_overlap([list("abcd"), list("abce")], [list("abce"), list("abxy")])
    assert found.tolist() == pytest.approx([2 / 6, 1.0])


def test_dead_topics_overlap_with_nothing():
    assert matched_overlap([["甲"], []], [["甲"], []]).tolist() == [1.0, 0.0]


def test_a_tenth_goes_at_least_one_and_the_seed_decides():
    kept = without_tenth(372, 3)
    assert len(kept) == 335
    assert (np.diff(kept) > 0).all()
    assert (kept == without_tenth(372, 3)).all()
    assert set(kept) != set(without_tenth(372, 4))
    assert len(without_tenth(3, 0)) == 2


def test_top_words_break_ties_by_spelling_and_pass_over_nothing():
    components = np.array([[0.0, 0.4, 0.4 + 1e-12, 0.2], [0.0, 0.0, 0.0, 0.0]])
    assert top_words(components, ["d", "c", "b", "a"], 3) == [["b", "c", "a"], []]
    assert top_words(components[:1], ["d", "b", "c", "a"], 2) == [["b", "c"]]


def test_warning_below_one_half_only():
    with pytest.warns(InstabilityWarning, match=r"0\.49.*choose_n_topics"):
        warn_if_unstable(0.49)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_if_unstable(0.5)


def test_agreement_is_the_adjusted_rand_index_of_the_heaviest_topics():
    first, second = np.eye(3)[[0, 0, 1, 1, 2, 2]], np.eye(3)[[2, 2, 0, 0, 0, 1]]
    assert assignment_agreement(first, first[:, [2, 0, 1]]) == 1.0
    assert assignment_agreement(first, second) == pytest.approx(4 / 9)


def test_units_without_a_heaviest_topic_do_not_count_as_agreement():
    nothing = np.full((4, 2), 0.5)
    assert np.isnan(assignment_agreement(nothing, nothing))
