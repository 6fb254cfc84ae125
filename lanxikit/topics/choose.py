"""How many topics: coherence and stability of each candidate, with their spread."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.topic_verdict import verdict
from lanxikit.topics import stability
from lanxikit.topics.coherence import METRICS
from lanxikit.topics.model import N_TOP, TopicModel
from lanxikit.topics.recipe import Recipe, check_size, whole

INTERVAL = (2.5, 97.5)  # percent of the runs


def choose_n_topics(
    units: pd.DataFrame | Iterable[str],
    candidates: Sequence[int] = (5, 8, 10, 12, 15),
    seeds: Iterable[int] = range(5),
    *,
    method: str = "nmf",
    subsamples: int = 2,
    **options: object,
) -> pd.DataFrame:
    """Compare numbers of topics, and say in words what the comparison bears.

    A run is a candidate, a seed and a subsample. The seed starts a fit on all units;
    another fit is made on what is left when a tenth of the units is taken away at random.
    So the spread over the runs shows what another start and other units would have
    changed. Four measures are taken of each run:

    - stability: overlap (Jaccard) of both fits' ten top words, topics matched one to one
      (Greene, O'Callaghan & Cunningham 2014);
    - agreement: adjusted Rand index of the units' heaviest topics in both fits (Hubert &
      Arabie 1985);
    - NPMI (Bouma 2009) and c_v (Röder, Both & Hinneburg 2015) coherence of the second
      fit's topics, measured on all units.

    Candidates whose spreads (mean ∓ one standard deviation) overlap are not told apart
    by these units; ``verdict`` says which those are.

    Parameters
    ----------
    units : DataFrame or list of str
        The table of ``lx.segment`` (its leaves are read), or texts.
    candidates : sequence of int
        Numbers of topics.
    seeds : iterable of int
    method : {"nmf", "lda", "guided"}
    subsamples : int
        Tenths taken away for each seed.
    **options
        Further parameters of `TopicModel`.

    Returns
    -------
    DataFrame
        A row a candidate: ``n_topics``; ``coherence_mean, coherence_std`` (of the measure
        that ``coherence=`` names, NPMI unless told); ``stability_mean, stability_std``
        (mean and standard deviation over the runs, the latter missing for a single
        run); ``n_seeds``; ``method``; ``stability_low, stability_high`` (the middle 95 %
        of the runs); the same four numbers for ``agreement``, ``npmi`` and ``c_v``;
        ``n_subsamples`` (for each seed); ``verdict`` and ``verdict_zh`` (English and
        Chinese; one text for all candidates of a method). All measures are pure numbers;
        1 is best.

    Raises
    ------
    LanxiError
        No candidate or no seed; or as in `TopicModel.fit`.

    Examples
    --------
    >>> texts = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 5
    >>> table = choose_n_topics(texts, (2, 3), range(3), min_df=1)
    >>> table[["n_topics", "n_seeds", "n_subsamples", "method"]].values.tolist()
    [[2, 3, 2, 'nmf'], [3, 3, 2, 'nmf']]
    """
    candidates, seeds = (
        list(dict.fromkeys(values)) if isinstance(values, Iterable) else [values] for values in (candidates, seeds)
    )
    for number in candidates:
        whole("candidates", number, least=2)
    candidates = sorted(candidates)
    if not candidates or not seeds:
        raise LanxiError(
            tr("There is nothing to compare.", "没有可比较的内容。"),
            where="choose_n_topics",
            todo=tr("Give at least one number of topics and one seed.", "请至少给出一个主题数和一个种子。"),
        )
    whole("subsamples", subsamples, least=1)
    for seed in seeds:
        whole("seeds", seed, least=0)
    model = TopicModel(method=method, **options)
    words = model._read(units)[1]
    recipe = model._recipe(words)
    for n_topics in candidates:
        check_size(recipe, n_topics)
    runs = _runs(recipe, candidates, seeds, subsamples)
    tops = [top for run in runs for top in run.pop("tops")]
    for name, metric in METRICS.items():
        values = iter(_each_once(metric, tops, words))
        for run in runs:
            run[name] = _mean([next(values) for _ in range(run["n_topics"])])
    rows = []
    for n_topics in candidates:
        found = pd.DataFrame([run for run in runs if run["n_topics"] == n_topics])
        chosen = _summary("coherence", found[model.coherence]) | _summary("stability", found["stability"])
        row = {"n_topics": n_topics} | {name: chosen[name] for name in chosen if name.endswith(("_mean", "_std"))}
        row |= {"n_seeds": len(seeds), "method": method}
        for measure in ("stability", "agreement", *METRICS):
            row |= _summary(measure, found[measure])
        rows.append(row | {"n_subsamples": subsamples})
    table = pd.DataFrame(rows)
    table["verdict"], table["verdict_zh"] = verdict(table, "en"), verdict(table, "zh")
    return check(table, "topic_choice")


def _runs(recipe: Recipe, candidates: list[int], seeds: list[int], subsamples: int) -> list[dict]:
    """Fit; return of each run its stability, agreement, and the top words that coherence is to be measured on."""
    from tqdm import tqdm

    counts, runs = recipe.counts[recipe.held], []
    bar = tqdm(
        desc=tr("numbers of topics", "主题数"),
        total=len(candidates) * len(seeds) * (1 + subsamples),
        delay=2,
        file=sys.stderr,
        leave=False,
        disable=None,
    )
    with bar:
        for n_topics in candidates:
            for seed in seeds:
                whole_fit = recipe.make(n_topics, seed).fit(counts)
                tops, shares = stability.top_words(whole_fit.components, recipe.terms, N_TOP), whole_fit.weights(counts)
                bar.update()
                for number in range(subsamples):
                    rows = stability.without_tenth(counts.shape[0], [seed, number] if number else seed)
                    part = recipe.make(n_topics, seed).fit(counts[rows])
                    others = stability.top_words(part.components, recipe.terms, N_TOP)
                    runs.append(
                        {
                            "n_topics": n_topics,
                            "stability": float(stability.matched_overlap(tops, others).mean()),
                            "agreement": stability.assignment_agreement(shares, part.weights(counts)),
                            "tops": others,
                        }
                    )
                    bar.update()
    return runs


def _each_once(metric, tops: list[list[str]], words: list[list[str]]) -> np.ndarray:
    """Measure each different list of top words once: refits find most of their topics again."""
    distinct = list(dict.fromkeys(tuple(sorted(top)) for top in tops))
    value = dict(zip(distinct, metric(distinct, words), strict=True))
    return np.array([value[tuple(sorted(top))] for top in tops])


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def _summary(name: str, values: Iterable[float]) -> dict[str, float]:
    """Mean, standard deviation and middle 95 % of the runs that have a value."""
    known = np.array([value for value in values if not np.isnan(value)])
    if not len(known):
        return dict.fromkeys((f"{name}_{part}" for part in ("mean", "std", "low", "high")), float("nan"))
    low, high = np.percentile(known, INTERVAL)
    spread = float(np.std(known, ddof=1)) if len(known) > 1 else float("nan")
    return {f"{name}_mean": float(known.mean()), f"{name}_std": spread, f"{name}_low": low, f"{name}_high": high}
