"""The nearest texts of one side for each text of the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lanxikit.comparing.bounded import Bounded
from lanxikit.comparing.charpairs import pairs_of, plain
from lanxikit.comparing.topn import count, places, threads, within
from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.tables.segmenting import leaves
from lanxikit.tables.usable import need

BLOCK = 8192  # different lower texts at a time

Texts = pd.DataFrame | pd.Series | Sequence[str]


def nearest(upper: Texts, lower: Texts, *, top: int = 10, jobs: int = 1) -> pd.DataFrame:
    """Find, for each lower text, the upper texts nearest to it by their wording alone.

    One measure, the cosine of tf-idf weighted character pairs, for many texts: clauses, sentences, leaves
    of a whole database. ``lx.compare`` weighs nine kinds of evidence, and is what ``lx.align`` needs.

    Parameters
    ----------
    upper, lower : DataFrame, or list or Series of str
        Tables of ``lx.segment`` (any ``unit``), of which the leaves are read; or texts, whose ids are then
        their numbers from 0. Both sides may be the same: then each text finds itself as well.
    top : int
        How many upper texts to keep for each lower text.
    jobs : int
        Threads. The result is the same for any number.

    Returns
    -------
    DataFrame
        A row a pair, ordered by lower text and rank: ``upper_id``; ``lower_id``; ``similarity``, above 0 up to 1;
        ``rank``, 1 for the nearest. Of equally near texts the one that stands first on its side comes
        first. A text that shares no pair of characters with any has no row.

    Raises
    ------
    TableError
        Neither texts nor a table with ``unit_id`` and ``text``.
    LanxiError
        ``top`` or ``jobs`` is below 1.

    Notes
    -----
    The result is exact, all pairs are compared: what is skipped for speed are multiplications whose outcome a bound
    proves too low (``bounded.py``). (1 + log count) × idf over pairs of characters, none
    across punctuation; width, letter case and traditional characters do not count. Texts that are alike in this are
    compared once. The similarities of all pairs are never held: memory grows with the texts and with ``top``.
    References: Manning, Raghavan and Schütze 2008, chapter 6; Bayardo, Ma and Srikant 2007 for the bound. The product
    that keeps the best of each row is that of the package sparse_dot_topn.

    Examples
    --------
    >>> nearest(["加快农村公路建设。", "培育高新技术企业。"], ["培育高新技术企业7家。", "改造农村公路", "？"])
       upper_id  lower_id  similarity  rank
    0         1         0    0.833640     1
    1         0         1    0.402567     1
    """
    top, jobs = count(top), threads(jobs)
    (upper_ids, above), (lower_ids, below) = _side(upper, "upper"), _side(lower, "lower")
    if not above or not below:
        return _table(upper_ids, lower_ids, *np.zeros((2, 0), dtype=np.int64), np.zeros(0))
    (of_above, above), (of_below, below) = (pd.factorize(np.array(side, dtype=object)) for side in (above, below))
    often = np.concatenate([np.bincount(of_above), np.bincount(of_below)])
    found, wanted = pairs_of(above, below, often)
    best = Bounded(found, jobs)
    blocks = [(at, best.ordered(wanted[at : at + BLOCK], top)) for at in range(0, wanted.shape[0], BLOCK)]
    rows = np.concatenate([cells[0] + at for at, cells in blocks])
    columns, values = (np.concatenate([cells[which] for _, cells in blocks]) for which in (1, 2))
    rows, columns, values = _spread(rows, columns, values, of_above, top)
    return _table(upper_ids, lower_ids, *_each(rows, columns, values, of_below))


def _side(given: Texts, name: str) -> tuple[np.ndarray, list[str]]:
    """Return ids and texts."""
    todo = tr("Pass a table of lx.segment, or a list of texts.", "请传入 lx.segment 的结果表，或文本列表。")
    if isinstance(given, pd.DataFrame):
        need(given, ("unit_id", "text"), name, todo)
        units = leaves(given) if "is_leaf" in given.columns else given
        ids, texts = units["unit_id"].to_numpy(dtype=object), units["text"].tolist()
        texts = [text if isinstance(text, str) else "" for text in texts]
    else:
        texts = list(given) if hasattr(given, "__iter__") and not isinstance(given, (str, bytes)) else [0]
        texts = ["" if _is_missing(text) else text for text in texts]
        ids = np.arange(len(texts))
    if not all(isinstance(text, str) for text in texts):
        raise TableError(tr("These are no texts.", "这些不是文本。"), where=name, todo=todo)
    return ids, plain(texts)


def _is_missing(text: object) -> bool:
    return text is None or text is pd.NA or (isinstance(text, float) and text != text)


def _spread(
    rows: np.ndarray, columns: np.ndarray, values: np.ndarray, of_above: np.ndarray, top: int
) -> tuple[np.ndarray, ...]:
    """Put in the place of each different upper text all that are alike, and keep the best again."""
    members = np.argsort(of_above, kind="stable")
    often = np.bincount(of_above)
    starts = np.cumsum(often) - often
    taken = np.minimum(often[columns], top)  # of many alike, no more than can be kept
    at = np.repeat(starts[columns], taken) + within(taken)
    rows, values, columns = np.repeat(rows, taken), np.repeat(values, taken), members[at]
    order = np.lexsort((columns, -values, rows))
    kept = order[places(rows[order]) <= top]
    return rows[kept], columns[kept], values[kept]


def _each(
    rows: np.ndarray, columns: np.ndarray, values: np.ndarray, of_below: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Give each lower text what was found for the one it is like."""
    often = np.bincount(rows, minlength=of_below.max() + 1)
    starts = np.cumsum(often) - often
    taken = often[of_below]
    at = np.repeat(starts[of_below], taken) + within(taken)
    return np.repeat(np.arange(len(of_below)), taken), columns[at], values[at]


def _table(
    upper_ids: np.ndarray, lower_ids: np.ndarray, rows: np.ndarray, columns: np.ndarray, values: np.ndarray
) -> pd.DataFrame:
    table = pd.DataFrame(
        {"upper_id": upper_ids[columns], "lower_id": lower_ids[rows], "similarity": values, "rank": places(rows)}
    )
    words = {name: "str" for name in ("upper_id", "lower_id") if table[name].dtype == object}
    return table.astype(words)
