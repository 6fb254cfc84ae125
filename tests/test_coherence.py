"""Coherence against hand calculation, and as a metric contract."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanxikit.topics.coherence import METRICS, c_v, npmi

UNITS = [["黄河", "治理"], ["黄河", "治理", "绿化"], ["铁路", "公路"], ["铁路", "黄河"]]


def test_npmi_by_hand():
    # P(黄河)=3/4, P(治理)=2/4, both 2/4
    assert npmi([["黄河", "治理"]], UNITS)[0] == pytest.approx(math.log(0.5 / (0.75 * 0.5)) / -math.log(0.5))
    # P(黄河)=3/4, P(铁路)=2/4, both 1/4
    assert npmi([["黄河", "铁路"]], UNITS)[0] == pytest.approx(math.log(0.25 / (0.75 * 0.5)) / -math.log(0.25))


def test_npmi_is_the_mean_of_pairs():
    pairs = [["黄河", "治理"], ["黄河", "铁路"], ["治理", "铁路"]]
    assert npmi([["黄河", "治理", "铁路"]], UNITS)[0] == pytest.approx(npmi(pairs, UNITS).mean())


def test_npmi_bounds():
    assert npmi([["治理", "公路"]], UNITS).tolist() == [-1.0]
    assert npmi([["甲", "乙"]], [["甲", "乙"], ["丙"]]).tolist() == [1.0]
    assert npmi([["甲", "乙"]], [["甲", "乙"]] * 3).tolist() == [1.0]


def test_repeating_a_word_in_a_unit_changes_nothing():
    assert npmi([["黄河", "治理"]], [unit * 3 for unit in UNITS]) == pytest.approx(npmi([["黄河", "治理"]], UNITS))


def test_unknown_words_are_left_out_and_lone_words_have_no_coherence():
    assert npmi([["黄河", "治理", "月球"]], UNITS) == pytest.approx(npmi([["黄河", "治理"]], UNITS))
    assert np.isnan(npmi([["黄河"], [], ["月球", "火星"]], UNITS)).all()


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=5), max_size=8))
def test_npmi_stays_between_its_bounds(units):
    value = npmi([list("甲乙丙丁")], units)[0]
    assert np.isnan(value) or -1 <= value <= 1


def test_c_v_prefers_words_that_meet():
    together, apart = c_v([["黄河", "治理"], ["治理", "公路"]], UNITS * 5)
    assert together > apart
    assert np.isnan(c_v([[], ["黄河"]], UNITS)).all()


def test_each_metric_says_its_direction_and_paper():
    for metric in METRICS.values():
        assert metric.direction == "higher"
        assert metric.paper
