"""``lx.dispersion``: whether a word is spread over the corpus or piled up in a part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.notes import Note
from lanxikit.tables.textstats import DISPERSION
from lanxikit.textstats.sums import by_label, held_by
from lanxikit.textstats.words import column, each_once, whole, words_of
from lanxikit.topics.matrix import count


def dispersion(
    units: pd.DataFrame | Iterable[str],
    words: str | Iterable[str] | None = None,
    *,
    parts: str = "doc_id",
    min_count: int = 5,
    numbers: bool = False,
    **cut: object,
) -> pd.DataFrame:
    """Measure how evenly words are spread over documents or units.

    Parameters
    ----------
    units : DataFrame or iterable of str
        The table of ``lx.segment`` (its leaves are read), or a list of texts, each a document.
    words : str or iterable of str, optional
        The words, as the tokenizer cuts them; all that occur often enough if not given.
    parts : str
        Column of the parts: ``"doc_id"``, ``"unit_id"`` or another. Units where it is missing are
        left out. Few parts of very unequal size blunt all measures: look at both.
    min_count : int
        Without ``words``: words that occur less often are left out.
    numbers : bool
        Whether bare numbers (25, 90%, 4万) count as words.
    **cut
        As in :func:`lanxikit.topics.tokens.tokenize`.

    Returns
    -------
    DataFrame
        A row a word, the most frequent first (``words``: in their order): ``term``; ``count``;
        ``rate`` (per 1,000 words); ``n_units`` and ``n_documents`` that hold it (range);
        ``n_parts_with``, ``n_parts``; ``dp`` (Gries' DP: half the sum of |share of the word's
        occurrences − share of all words| over the parts; 0 even, near 1 uneven); ``dp_norm`` (DP ÷
        (1 − smallest part)); ``juilland_d`` (1 even, 0 uneven); ``note`` (why they are missing).

    Raises
    ------
    LanxiError
        No table of units, no such column, or no word was named.

    Notes
    -----
    DP: Gries 2008; norm: Lijffijt & Gries 2012. D: Juilland & Chang-Rodríguez 1964, on the word's
    rate in each part, so that parts may differ in size (Gries 2020). Parts without a word are none.

    Examples
    --------
    >>> found = dispersion(["铁路公路", "铁路黄河", "铁路湟水"], ["铁路", "黄河"])
    >>> found[["term", "n_documents", "dp", "juilland_d"]].round(3).values.tolist()
    [['铁路', 3, 0.0, 1.0], ['黄河', 1, 0.667, 0.0]]
    """
    whole(min_count, "min_count", 1)
    asked = None if words is None else [words] if not pd.api.types.is_list_like(words) else list(words)
    if asked is not None and (not asked or not all(isinstance(word, str) and word for word in asked)):
        raise LanxiError(
            tr("Words must be a list of texts, none of them empty.", "words 应为词的列表，且不能为空。"),
            where="words",
            todo=tr('For example words=["铁路", "黄河流域"].', '例如 words=["铁路", "黄河流域"]。'),
        )
    rows, cut_words = words_of(each_once(units), numbers=numbers, **cut)
    values = column(rows, parts, "dispersion: parts")
    known = values.notna().to_numpy()
    rows, values = rows[known].reset_index(drop=True), values[known]
    cut_words = [unit for unit, ok in zip(cut_words, known, strict=True) if ok]
    often = Counter(word for unit in cut_words for word in unit)
    terms = (
        list(dict.fromkeys(asked))
        if asked is not None
        else sorted((word for word, n in often.items() if n >= min_count), key=lambda word: (-often[word], word))
    )
    sizes = np.array([len(unit) for unit in cut_words], dtype=float)
    return check(_measured(count(cut_words, terms), terms, sizes, values.to_numpy(), rows["doc_id"]), DISPERSION)


def _measured(counts: sparse.csr_matrix, terms, sizes: np.ndarray, parts, documents) -> pd.DataFrame:
    """Measure words from what the parts do hold: terms × parts is never filled in."""
    adding = by_label(parts)
    held, weights = sparse.coo_matrix(adding @ counts), adding @ sizes
    word, part, times = held.col, held.row, held.data

    def added(values: np.ndarray) -> np.ndarray:
        return np.bincount(word, weights=values, minlength=len(terms))

    n_parts, total, own = int((weights > 0).sum()), weights.sum(), added(times)
    n_with = np.bincount(word, minlength=len(terms))
    table = pd.DataFrame({"term": np.array(terms, dtype=object), "count": own.astype("int64")})
    table["rate"] = (own / max(total, 1) * 1000).round(6)
    table["n_units"] = sparse.csc_matrix(counts).getnnz(axis=0)
    table["n_documents"] = held_by(counts, documents)
    table["n_parts_with"], table["n_parts"] = n_with, n_parts
    fair = (own > 0) & (n_parts > 1)
    missing = np.full((3, len(terms)), np.nan)
    if fair.any():
        shares, rates = weights / total, times / weights[part]
        # over all parts: those that hold the word one by one, the others all at once
        dp = (added(np.abs(times / own[word] - shares[part])) + 1 - added(shares[part])) / 2
        mean = added(rates) / n_parts
        square = added((rates - mean[word]) ** 2) + (n_parts - n_with) * mean**2
        spread = np.sqrt(square[fair] / n_parts) / mean[fair]
        missing[:, fair] = dp[fair], dp[fair] / (1 - shares[weights > 0].min()), 1 - spread / np.sqrt(n_parts - 1)
    for name, value in zip(("dp", "dp_norm", "juilland_d"), missing, strict=True):
        table[name] = np.clip(value.round(6), 0, 1) + 0.0
    never = Note(
        "never occurs as a word of the tokenizer: find it with kwic, or add it to policy_terms.tsv",
        "分词结果中没有此词：可用 kwic 检索，或加入 policy_terms.tsv",
    )
    lone = Note("fewer than two parts: nothing to be spread over", "不足两个部分：谈不上分布")
    for name, words in zip(("note", "note_zh"), zip(never, lone, strict=True), strict=True):
        table[name] = np.where(own == 0, words[0], np.where(n_parts > 1, None, words[1]))
    return table
