"""Score every lower leaf against the upper leaves it may come from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from numbers import Integral, Real

import numpy as np
import pandas as pd

from lanxikit import lexicons
from lanxikit.comparing.blocking import best_of_candidates, joined, score_of
from lanxikit.comparing.components import COMPONENTS, SHARED, WORDING, Components
from lanxikit.comparing.encoder import Encode, choose
from lanxikit.comparing.evidence import annotation
from lanxikit.comparing.sides import both
from lanxikit.comparing.topn import count, threads
from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.comparing import SCORES

FEW = 8  # upper leaves; of fewer no spread is told
FULL = 2_000  # upper leaves; with more, and more than this squared in pairs, only candidates are weighed
CANDIDATES = 200  # upper leaves for each lower one
CELLS = 4_000_000  # pairs of clauses held at a time, about 32 MB


def compare(
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    *,
    top: int = 10,
    weights: Mapping[str, float] | None = None,
    encoder: str | Encode | None = "auto",
    candidates: int | str | None = "auto",
    jobs: int = 1,
    responsibilities: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    lexicon: str | os.PathLike | None = None,
) -> pd.DataFrame:
    """Find, for each lower leaf, the upper leaves that it agrees with best.

    Nine kinds of evidence are added up, each a column between 0 and 1: the characters of the two
    leaves (``lexical``) and of their clauses one by one (``clause``), their rare words (``words``), the
    sense of leaves and clauses (``semantic``, ``semantic_clause``), what heads them (``heading``), the
    policy fields of the agencies in charge (``duty``), whose matter the upper headings make it
    (``place``), and the part of the text (``section``). Scoring is not deciding: ``lx.align`` says
    which pairs are links.

    Parameters
    ----------
    upper, lower : DataFrame
        Tables of ``lx.segment``: all rows of the documents concerned; the leaves are
        compared, the duty rows tell the agencies. ``lower`` may hold several documents.
    top : int
        How many upper leaves to keep for each lower leaf.
    weights : mapping, optional
        Other weights for some components, ``{"duty": 0}``; the rest keep theirs. They are
        divided by their sum.
    encoder : "auto", None or callable
        What makes sentence vectors: the extra ``lanxikit[encoder]`` where it is installed; none; or
        a function of a list of texts that returns an array, a row a text. Without one the semantic
        components are missing, the others carry their own fitted weights, and a warning says so.
    candidates : "auto", None or int
        How many upper leaves are weighed for each lower leaf. None: all. ``"auto"``: all where there are at most
        2,000 upper leaves or 4 million pairs, else 200. See Notes.
    jobs : int
        Threads in the choice of candidates. The result is the same for any number.
    responsibilities, places : DataFrame, optional
        Results of ``lx.responsibilities`` and ``lx.places`` for the units of both sides;
        computed here where not given.
    lexicon : path, optional
        Folder whose ``formula_words.tsv`` or ``score_weights.tsv`` extend ours.

    Returns
    -------
    DataFrame
        A row a pair, ordered by lower leaf and rank:
        ``upper_id``, ``lower_id``; ``score``, 0 to 1; ``rank``, 1 for the best; ``standing``, how
        many standard deviations the score lies above the mean of all upper leaves for this lower leaf
        (missing below 8 upper leaves); ``agreement``, share of the kinds of evidence on wording and
        sense that put the pair first for its lower leaf; and the components, 0 to 1. ``heading``,
        ``duty`` or ``place`` is missing where a side has no heading or agency, or the upper headings
        name no place: then the score counts the component's neutral value, for absent is not disagreeing.
        A pair that shares no word, sense, heading or field has no row.

    Raises
    ------
    TableError
        Not a table of ``segment``; a document stands on both sides.
    LanxiError
        ``top`` or ``jobs`` is below 1, or ``candidates`` below ``top``; a weight is unknown or negative, or all
        weights are 0; the encoder is unknown.

    Warns
    -----
    EncoderWarning
        The encoder is not installed.

    Notes
    -----
    The lexical component is tf-idf over character pairs; formula words are cut where the documents
    have them in common. That of rare words is tf-idf over jieba's words, times their rarity in Chinese
    at large (the table ``idf.txt`` of jieba). The semantic components are cosines of sentence
    vectors (multilingual universal sentence encoder). Weights and how they were fitted stand in
    ``lexicons/score_weights.tsv``. How rare a word is, is learnt from the units given: a
    score of one call is not to be set against that of a call with other documents.
    Memory holds a block of pairs at a time, and of each leaf the rows its components are made of, a few kilobytes.

    All pairs are weighed up to 2,000 upper leaves or 4 million pairs, and with ``candidates=None``. Else
    candidates are: the leaves with the best product of all components but those of clauses (``candidates.py``);
    how often they hold the best of all is measured in ``docs/benchmarks.md``. The rows that are kept have the
    same score and components as in the full comparison; ``standing`` rests on the candidates and, for all
    others, on 512 upper leaves drawn at random (the same in each call); ``agreement`` on the same. Time then
    grows with the number of lower leaves times candidates, not of all pairs; with the encoder, the product of
    the sentence vectors is still taken of all pairs.

    Examples
    --------
    >>> import pandas as pd
    >>> from lanxikit.tables.segmenting import UNITS
    >>> def units(doc, *texts):
    ...     rows = [{"doc_id": doc, "unit_id": f"{doc}#{n:03d}", "path": (), "kind": "measure", "heading": "",
    ...              "text": text, "start": 0, "end": len(text), "is_leaf": True} for n, text in enumerate(texts, 1)]
    ...     return pd.DataFrame(rows).reindex(columns=UNITS.names())
    >>> plan = units("plan", "加快农村公路建设。", "培育高新技术企业。")
    >>> city = units("city", "培育高新技术企业7家。")
    >>> none = {"responsibilities": pd.DataFrame(columns=["unit_id", "role", "function"]),
    ...         "places": pd.DataFrame(columns=["unit_id", "adcode"])}
    >>> compare(plan, city, encoder=None, **none)[["upper_id", "lower_id", "rank"]]
       upper_id  lower_id  rank
    0  plan#002  city#001     1
    """
    top, jobs = count(top), threads(jobs)
    wanted = _candidates(candidates, top)
    encode = choose(encoder)
    share, neutral = _weights(weights, encode is not None, lexicon)
    above, below = both(upper, lower)
    if above.empty or below.empty:
        return check(SCORES.empty(), SCORES)
    parts = Components(
        above,
        below,
        responsibilities=annotation("responsibilities", upper, lower, responsibilities, ("role", "function")),
        places=annotation("places", upper, lower, places, ("adcode",)),
        encoder=encode,
        lexicon=lexicon,
    )
    few = len(above) <= FULL or len(above) * len(below) <= FULL**2
    if wanted is None or wanted >= len(above) or (isinstance(candidates, str) and few):
        blocks = [_best(parts, begin, end, share, neutral, top) for begin, end in parts.blocks(CELLS)]
        found = joined(blocks)
    else:
        found = best_of_candidates(parts, share, neutral, top=top, n=wanted, jobs=jobs, cells=CELLS)
    table = pd.DataFrame(found, copy=False)
    del parts, found
    table.insert(0, "upper_id", above["unit_id"].to_numpy()[table.pop("upper")])
    table.insert(1, "lower_id", below["unit_id"].to_numpy()[table.pop("lower")])
    return check(table, SCORES)


def _best(parts: Components, begin: int, end: int, share: dict, neutral: dict, top: int) -> dict[str, np.ndarray]:
    block = parts.block(begin, end)
    score = score_of(block, share, neutral)
    standing, agreement = _standing(score), _agreement(block)
    shared = np.nan_to_num(np.stack([block[name] for name in SHARED])).max(axis=0) > 0
    order = np.argsort(np.where(shared, -score, np.inf), axis=1, kind="stable")[:, :top]
    rows = np.repeat(np.arange(end - begin), order.shape[1])
    columns, ranks = order.ravel(), np.tile(np.arange(1, order.shape[1] + 1), end - begin)
    kept = shared[rows, columns]
    rows, columns, ranks = rows[kept], columns[kept], ranks[kept]
    return {
        "upper": columns,
        "lower": rows + begin,
        "score": score[rows, columns],
        "rank": ranks,
        "standing": standing[rows, columns],
        "agreement": agreement[rows, columns],
        **{name: np.round(block[name][rows, columns], 6) for name in COMPONENTS},
    }


def _standing(score: np.ndarray) -> np.ndarray:
    """How many standard deviations each score lies above the mean of its row; NaN where a row has few."""
    if score.shape[1] < FEW:
        return np.full(score.shape, np.nan)
    spread = score.std(axis=1, keepdims=True)
    found = np.zeros_like(score)
    np.divide(score - score.mean(axis=1, keepdims=True), spread, out=found, where=spread > 0)
    return np.round(found, 4)


def _agreement(block: dict[str, np.ndarray]) -> np.ndarray:
    """The share of the kinds of evidence on wording and sense that put the pair first in its row."""
    kinds = [block[name] for name in WORDING if not np.isnan(block[name]).all()]
    best = [(kind > 0) & (kind >= kind.max(axis=1, keepdims=True)) for kind in kinds]
    return np.mean(best, axis=0)


def _candidates(given: object, top: int) -> int | None:
    if given is None:
        return None
    number = max(CANDIDATES, top) if isinstance(given, str) and given == "auto" else given
    if not isinstance(number, Integral) or isinstance(number, bool) or number < top:
        raise LanxiError(
            tr("candidates must be a whole number, not less than top.", "candidates 必须是不小于 top 的整数。"),
            where=f"candidates={given!r}, top={top}",
            todo=tr('Give "auto", a number such as 200, or None for all.', '可用 "auto"、数字（如 200）或 None。'),
        )
    return int(number)


def _weights(
    own: Mapping[str, float] | None, encoded: bool, lexicon
) -> tuple[dict[str, float], dict[str, float]]:
    rows = {row["component"]: row for row in lexicons.load("score_weights", lexicon)}
    weight = {name: float(rows[name]["weight" if encoded else "without_encoder"]) for name in COMPONENTS}
    own = dict(own) if isinstance(own, Mapping) else {} if own is None else {"weights": own}
    unknown = sorted(str(name) for name in own if name not in weight)
    wrong = [name for name, value in own.items() if not isinstance(value, Real) or not 0 <= value < float("inf")]
    if not unknown and not wrong:
        weight |= {name: float(value) for name, value in own.items()}
    if unknown or wrong or not sum(weight.values()) > 0:
        raise LanxiError(
            tr("These weights cannot be used.", "这些权重不能使用。"),
            where=", ".join(unknown) or str(own),
            todo=tr(f"Give weights of 0 or more for: {', '.join(COMPONENTS)}.", f"可设权重：{', '.join(COMPONENTS)}。"),
        )
    total = sum(weight.values())
    return {name: value / total for name, value in weight.items()}, {
        name: float(rows[name]["neutral"]) for name in COMPONENTS
    }
