"""How many topics: coherence and stability of each candidate, with their spread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.topics import stability
from lanxikit.topics.coherence import METRICS
from lanxikit.topics.model import N_TOP, TopicModel
from lanxikit.topics.recipe import check_size


def choose_n_topics(
    units: pd.DataFrame | Iterable[str],
    candidates: Sequence[int] = (5, 8, 10, 12, 15),
    seeds: Iterable[int] = range(5),
    *,
    method: str = "nmf",
    **options: object,
) -> pd.DataFrame:
    """Compare numbers of topics.

    For each candidate and seed the model is fitted twice: on all units, and on the units
    left when the seed takes a tenth of them away; the seed also starts both fits.
    Coherence is that of the second fit's topics, measured on all units; stability is the
    overlap of both fits' top words, topics matched one to one. So the spread shows what
    other units would have changed, even for a method whose start is fixed. Candidates
    whose means lie within each other's spread are not distinguished by these data.

    Parameters
    ----------
    units : DataFrame or list of str
        The table of ``lx.segment`` (its leaves are read), or texts.
    candidates : sequence of int
        Numbers of topics.
    seeds : iterable of int
    method : {"nmf", "lda", "guided"}
    **options
        Further parameters of `TopicModel`.

    Returns
    -------
    DataFrame
        A row a candidate: ``n_topics``; ``coherence_mean, coherence_std``;
        ``stability_mean, stability_std`` (mean and standard deviation over the seeds,
        the latter missing for a single seed); ``n_seeds``; ``method``.

    Raises
    ------
    LanxiError
        No candidate or no seed; or as in `TopicModel.fit`.

    Examples
    --------
    >>> texts = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 5
    >>> choose_n_topics(texts, (2,), range(3), min_df=1)[["n_topics", "n_seeds", "method"]].values.tolist()
    [[2, 3, 'nmf']]
    """
    candidates, seeds = sorted(set(candidates)), list(dict.fromkeys(seeds))
    if not candidates or not seeds:
        raise LanxiError(
            tr("There is nothing to compare.", "没有可比较的内容。"),
            where="choose_n_topics",
            todo=tr("Give at least one number of topics and one seed.", "请至少给出一个主题数和一个种子。"),
        )
    model = TopicModel(method=method, **options)
    words = model._read(units)[1]
    counts, terms, held, *_, make = recipe = model._recipe(words)
    metric, counts = METRICS[model.coherence], counts[held]
    rows = []
    for n_topics in candidates:
        check_size(recipe, n_topics)
        coherent, stable = [], []
        for seed in seeds:
            whole = make(n_topics, seed).fit(counts).components
            part = make(n_topics, seed).fit(counts[stability.without_tenth(counts.shape[0], seed)]).components
            tops = stability.top_words(part, terms, N_TOP)
            coherent.append(float(np.nanmean(metric(tops, words))))
            stable.append(float(stability.matched_overlap(stability.top_words(whole, terms, N_TOP), tops).mean()))
        rows.append(
            {
                "n_topics": n_topics,
                **_mean_and_spread("coherence", coherent),
                **_mean_and_spread("stability", stable),
                "n_seeds": len(seeds),
                "method": method,
            }
        )
    return check(pd.DataFrame(rows), "topic_choice")


def _mean_and_spread(name: str, values: list[float]) -> dict[str, float]:
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else float("nan")
    return {f"{name}_mean": float(np.mean(values)), f"{name}_std": spread}
