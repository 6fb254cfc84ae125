"""``lx.dispersion``: whether a word is spread over the corpus or piled up in a part of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.notes import Note
from lanxikit.tables.textstats import DISPERSION
from lanxikit.textstats.words import column, each_once, whole, words_of
from lanxikit.topics.matrix import count


def dispersion(
    units: pd.DataFrame | Iterable[str],
    words: str | Iterable[str] | None = None,
    *,
    parts: str = "doc_id",
    min_count: int = 5,
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
    asked = None if words is None else list(dict.fromkeys([words] if isinstance(words, str) else words))
    if asked is not None and (not asked or not all(isinstance(word, str) and word for word in asked)):
        raise LanxiError(
            tr("Words must be a list of texts, none of them empty.", "words 应为词的列表，且不能为空。"),
            where="words",
            todo=tr('For example words=["铁路", "黄河流域"].', '例如 words=["铁路", "黄河流域"]。'),
        )
    rows, cut_words = words_of(each_once(units), **cut)
    values = column(rows, parts, "dispersion: parts")
    known = values.notna().to_numpy()
    rows, values = rows[known].reset_index(drop=True), values[known]
    cut_words = [unit for unit, ok in zip(cut_words, known, strict=True) if ok]
    terms = asked if asked is not None else sorted({word for unit in cut_words for word in unit})
    counts = count(cut_words, terms)
    sizes = np.array([len(unit) for unit in cut_words], dtype=float)
    table = _measured(counts, terms, sizes, values.to_numpy(), rows["doc_id"].to_numpy())
    if asked is None:
        table = table[table["count"] >= min_count].sort_values(
            ["count", "term"], ascending=[False, True], kind="stable"
        )
    return check(table, DISPERSION)


def _measured(counts, terms, sizes, parts, documents) -> pd.DataFrame:
    per_part, weights = _summed(counts, sizes, parts)
    filled = np.flatnonzero(weights > 0)
    per_part, weights = per_part[:, filled], weights[filled]
    n_parts, total = len(filled), weights.sum()
    own = per_part.sum(axis=1)
    table = pd.DataFrame({"term": np.array(terms, dtype=object), "count": own.astype("int64")})
    table["rate"] = own / max(total, 1) * 1000
    table["n_units"] = np.asarray((counts > 0).sum(axis=0)).ravel()
    table["n_documents"] = (_summed(counts, sizes, documents)[0] > 0).sum(axis=1)
    table["n_parts_with"] = (per_part > 0).sum(axis=1)
    table["n_parts"] = n_parts
    fair = (own > 0) & (n_parts > 1)
    missing = np.full((3, len(terms)), np.nan)
    if fair.any():
        some = per_part[fair]
        shares = weights / total
        dp = np.abs(some / own[fair, None] - shares).sum(axis=1) / 2
        rates = some / weights
        spread = rates.std(axis=1) / rates.mean(axis=1)
        missing[:, fair] = dp, dp / (1 - shares.min()), 1 - spread / np.sqrt(n_parts - 1)
    for name, value in zip(("dp", "dp_norm", "juilland_d"), missing, strict=True):
        table[name] = np.clip(value.round(6), 0, 1) + 0.0
    table["rate"] = table["rate"].round(6)
    never = Note(
        "never occurs as a word of the tokenizer: find it with kwic, or add it to policy_terms.tsv",
        "分词结果中没有此词：可用 kwic 检索，或加入 policy_terms.tsv",
    )
    lone = Note("fewer than two parts: nothing to be spread over", "不足两个部分：谈不上分布")
    for name, words in zip(("note", "note_zh"), zip(never, lone, strict=True), strict=True):
        table[name] = np.where(own == 0, words[0], np.where(n_parts > 1, None, words[1]))
    return table


def _summed(counts: sparse.csr_matrix, sizes: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return words × parts, and the words in each part."""
    codes, found = pd.factorize(labels)
    adding = sparse.csr_matrix((np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(len(found), len(codes)))
    return (adding @ counts).T.toarray(), adding @ sizes
