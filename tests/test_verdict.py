"""What may be said about a number of topics, from made tables."""

import pandas as pd
import pytest

from lanxikit.tables.topic_verdict import not_behind, verdict


def made(numbers, **measures):
    table = pd.DataFrame({"n_topics": numbers})
    for name, (mean, spread) in measures.items():
        table[f"{name}_mean"], table[f"{name}_std"] = mean, spread
    return table


def test_overlap_of_spreads_decides_and_touching_counts():
    table = made([5, 8, 12], npmi=([0.10, 0.15, 0.20], 0.025), c_v=([0.5, 0.4, 0.39], [0.05, 0.05, 0.01]))
    assert not_behind(table) == {"npmi": [8, 12], "c_v": [5, 8]}


def test_the_order_of_the_rows_does_not_matter():
    table = made([12, 5, 8], npmi=([0.20, 0.10, 0.15], 0.025))
    assert not_behind(table) == {"npmi": [8, 12]}


CASES = [
    (
        made([4, 8, 10, 14, 20], stability=([0.9, 0.8, 0.8, 0.8, 0.5], 0.1), npmi=([0.1, 0.2, 0.2, 0.2, 0.2], 0.02)),
        "Between 8 and 14 topics nothing distinguishes the candidates: their spreads overlap on every measure. "
        "Behind on stability of the top words: 20. Behind on NPMI coherence: 4. Choose among them by reading the topics.",
        "8 至 14 个主题之间没有可辨的差别：各项指标的离散范围相互重叠。主题词稳定性落后：20。NPMI 一致性落后：4。请通读主题后再取舍。",
    ),
    (
        made([5, 8, 12], npmi=([0.2, 0.1, 0.2], 0.01)),
        "Among 5 and 12 topics nothing distinguishes the candidates: their spreads overlap on every measure. "
        "Behind on NPMI coherence: 8. Choose among them by reading the topics.",
        "5、12 个主题之间（并非连续）没有可辨的差别：各项指标的离散范围相互重叠。NPMI 一致性落后：8。请通读主题后再取舍。",
    ),
    (
        made([5, 8], npmi=([0.1, 0.2], 0.01), c_v=([0.5, 0.5], 0.1)),
        "Only 8 topics are behind on no measure. Behind on NPMI coherence: 5. Read the topics before you settle on it.",
        "只有 8 个主题在各项指标上都不落后。NPMI 一致性落后：5。定下之前请先通读主题。",
    ),
    (
        made([5, 8, 12], stability=([0.9, 0.6, 0.6], 0.05), c_v=([0.4, 0.6, 0.6], 0.05)),
        "The measures disagree (stability of the top words 5; c_v coherence 8 to 12): no number of topics is best on "
        "these units. Choose by reading them.",
        "各项指标不一致（主题词稳定性指向 5；c_v 一致性指向 8 至 12）：在这些单元上没有最优的主题数，请通读主题后再定。",
    ),
    (
        made([5, 8], stability=([0.45, 0.4], 0.1)),
        "Between 5 and 8 topics nothing distinguishes the candidates: their spreads overlap on every measure. Choose "
        "among them by reading the topics. Stability is below 0.5, so do not interpret: 5 and 8.",
        "5 至 8 个主题之间没有可辨的差别：各项指标的离散范围相互重叠。请通读主题后再取舍。主题词稳定性低于 0.5，不宜解读：5、8。",
    ),
    (
        made([5, 8], stability=([0.9, 0.4], float("nan"))),
        "One run of each number of topics: the spread is unknown and nothing can be said. Give more seeds or subsamples.",
        "每个主题数只运行一次，离散范围未知，无法判断；请增加种子或子样本。",
    ),
    (
        made([8], stability=([0.9], 0.1)),
        "Only one number of topics was tried: nothing to compare.",
        "只试了一个主题数，无从比较。",
    ),
]


@pytest.mark.parametrize(("table", "english", "chinese"), CASES)
def test_made_tables(table, english, chinese):
    assert verdict(table) == english
    assert verdict(table, "zh") == chinese


def test_a_measure_that_is_missing_for_a_candidate_is_passed_over():
    table = made([5, 8], stability=([0.9, 0.85], 0.1), npmi=([0.2, float("nan")], 0.01))
    assert not_behind(table) == {"stability": [5, 8]}
