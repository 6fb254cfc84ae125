"""What a comparison of numbers of topics allows to say, in words.

Two candidates are told apart on a measure if their spreads (mean ∓ one standard deviation
over the runs) do not overlap. Nothing finer is claimed: the runs share most of their
units, so no test of the difference of means would hold.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

TRUSTED = 0.5  # stability; below it topics are not to be interpreted

MEASURES = {
    "stability": ("stability of the top words", "主题词稳定性"),
    "agreement": ("agreement of assignment", "归类一致性"),
    "npmi": ("NPMI coherence", "NPMI 一致性"),
    "c_v": ("c_v coherence", "c_v 一致性"),
}


def not_behind(table: pd.DataFrame) -> dict[str, list[int]]:
    """For each measure, the candidates whose spread overlaps with that of the best.

    Parameters
    ----------
    table : DataFrame
        ``n_topics``; ``<measure>_mean`` and ``<measure>_std`` of any of `MEASURES`. A
        measure with a missing mean or standard deviation is passed over.

    Returns
    -------
    dict
        Measure → numbers of topics, ascending.

    Examples
    --------
    >>> table = pd.DataFrame({"n_topics": [5, 8, 12], "npmi_mean": [0.1, 0.2, 0.25], "npmi_std": [0.02, 0.02, 0.04]})
    >>> not_behind(table)
    {'npmi': [8, 12]}
    """
    found = {}
    table = table.sort_values("n_topics", kind="stable")
    for measure in MEASURES:
        names = [f"{measure}_mean", f"{measure}_std"]
        if not set(names) <= set(table.columns) or table[names].isna().any(axis=None):
            continue
        mean, spread = (table[name].astype(float) for name in names)
        best = mean.idxmax()
        reach = mean + spread >= mean[best] - spread[best] - 1e-9
        found[measure] = table.loc[reach, "n_topics"].astype(int).tolist()
    return found


def verdict(table: pd.DataFrame, lang: str = "en") -> str:
    """Say which numbers of topics the measures cannot tell apart.

    Parameters
    ----------
    table : DataFrame
        As for `not_behind`, for one method; at best from ``lx.choose_n_topics``.
    lang : {"en", "zh"}

    Returns
    -------
    str
        One to three sentences.

    Examples
    --------
    >>> table = pd.DataFrame({"n_topics": [5, 8, 14], "npmi_mean": [0.1, 0.2, 0.2], "npmi_std": 0.02,
    ...                       "stability_mean": [0.7, 0.7, 0.6], "stability_std": 0.1})
    >>> print(verdict(table))
    Between 8 and 14 topics nothing distinguishes the candidates: their spreads overlap on every measure. Behind on
    NPMI coherence: 5. Choose among them by reading the topics.
    >>> print(verdict(table, "zh"))
    8 至 14 个主题之间没有可辨的差别：各项指标的离散范围相互重叠。NPMI 一致性落后：5。请通读主题后再取舍。
    """
    zh = lang == "zh"
    tried = sorted(int(number) for number in table["n_topics"])
    if len(tried) < 2:
        return "只试了一个主题数，无从比较。" if zh else "Only one number of topics was tried: nothing to compare."
    reach = not_behind(table)
    if not reach:
        return (
            "每个主题数只运行一次，离散范围未知，无法判断；请增加种子或子样本。"
            if zh
            else "One run of each number of topics: the spread is unknown and nothing can be said. Give more seeds or "
            "subsamples."
        )
    equal = [number for number in tried if all(number in good for good in reach.values())]
    behind = [
        (MEASURES[measure][zh], [number for number in tried if number not in good]) for measure, good in reach.items()
    ]
    behind = [(name, numbers) for name, numbers in behind if numbers]
    if zh:
        return _chinese(tried, equal, reach, behind) + _shaky(table, zh=True)
    return _english(tried, equal, reach, behind) + _shaky(table, zh=False)


def _english(tried: list[int], equal: list[int], reach: dict[str, list[int]], behind: list) -> str:
    late = "".join(f" Behind on {name}: {_listed(numbers, ' and ')}." for name, numbers in behind)
    if not equal:
        wants = "; ".join(f"{MEASURES[name][0]} {_span(good, tried)[1]}" for name, good in reach.items())
        return f"The measures disagree ({wants}): no number of topics is best on these units. Choose by reading them."
    if len(equal) == 1:
        return f"Only {equal[0]} topics are behind on no measure.{late} Read the topics before you settle on it."
    together, words = _span(equal, tried)
    head = f"Between {equal[0]} and {equal[-1]} topics" if together else f"Among {words} topics"
    return (
        f"{head} nothing distinguishes the candidates: their spreads overlap on every measure.{late} "
        f"Choose among them by reading the topics."
    )


def _chinese(tried: list[int], equal: list[int], reach: dict[str, list[int]], behind: list) -> str:
    late = "".join(f"{name}落后：{_listed(numbers, '、')}。" for name, numbers in behind)
    if not equal:
        wants = "；".join(f"{MEASURES[name][1]}指向 {_span(good, tried, zh=True)[1]}" for name, good in reach.items())
        return f"各项指标不一致（{wants}）：在这些单元上没有最优的主题数，请通读主题后再定。"
    if len(equal) == 1:
        return f"只有 {equal[0]} 个主题在各项指标上都不落后。{late}定下之前请先通读主题。"
    together, words = _span(equal, tried, zh=True)
    head = f"{words} 个主题之间" if together else f"{words} 个主题之间（并非连续）"
    return f"{head}没有可辨的差别：各项指标的离散范围相互重叠。{late}请通读主题后再取舍。"


def _span(numbers: list[int], tried: list[int], *, zh: bool = False) -> tuple[bool, str]:
    """Whether numbers follow each other among those tried, and how to name them."""
    first = tried.index(numbers[0])
    together = tried[first : first + len(numbers)] == numbers
    if together and len(numbers) > 1:
        return True, f"{numbers[0]}{' 至 ' if zh else ' to '}{numbers[-1]}"
    return together, _listed(numbers, "、" if zh else " and ")


def _listed(numbers: Sequence[int], last: str) -> str:
    words = [str(number) for number in numbers]
    between = "、" if last == "、" else ", "
    return between.join(words) if len(words) < 2 or last == "、" else between.join(words[:-1]) + last + words[-1]


def _shaky(table: pd.DataFrame, *, zh: bool) -> str:
    """Name the numbers of topics that are not to be interpreted at all."""
    if "stability_mean" not in table.columns:
        return ""
    numbers = sorted(table.loc[table["stability_mean"] < TRUSTED, "n_topics"].astype(int))
    if not numbers:
        return ""
    if zh:
        return f"主题词稳定性低于 {TRUSTED}，不宜解读：{_listed(numbers, '、')}。"
    return f" Stability is below {TRUSTED}, so do not interpret: {_listed(numbers, ' and ')}."
