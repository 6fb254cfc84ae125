"""``lx.keyness``: which words set one group of units apart from another."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable

import numpy as np
import pandas as pd
from scipy import sparse
from threadpoolctl import threadpool_limits

from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.notes import Note, noted
from lanxikit.tables.textstats import KEYNESS
from lanxikit.tables.usable import seed
from lanxikit.textstats.draws import draws
from lanxikit.textstats.likelihood import g2
from lanxikit.textstats.sums import held_by
from lanxikit.textstats.words import column, each_once, read, whole, words_of
from lanxikit.topics.matrix import count

FEWEST = 5  # units that hold a word, below which its interval is not worth its ink
FORMULAS = {"dunning": 4, "rayson": 2}


def keyness(
    units: pd.DataFrame,
    by: str,
    target: object,
    reference: object = None,
    *,
    min_count: int = 5,
    formula: str = "dunning",
    n_boot: int = 1000,
    level: float = 0.95,
    random_state: int = 0,
    numbers: bool = False,
    **cut: object,
) -> pd.DataFrame:
    """Compare how often each word stands in two groups of units.

    Read ``log_ratio`` with its interval first (how much), then ``target_documents`` (how widely);
    ``g2`` ranks words by how much evidence the counts hold and grows with the size of the corpus.
    There is no p-value: words of one document are no independent draws, and a handful of documents
    cannot speak for others. The interval says what other units of these same documents might have
    given.

    Parameters
    ----------
    units : DataFrame
        The table of ``lx.segment``; its leaves are compared.
    by : str
        The column that tells the groups apart: ``"level"`` (of the document), ``"year"``,
        ``"doc_id"``, or a column of your own.
    target, reference : value or list of values
        Which values of that column belong to either group. Without ``reference``: all other units
        that have a value.
    min_count : int
        Words that occur less often in both groups together are left out (they stay in the totals).
    formula : {"dunning", "rayson"}
        G² over all four cells, or over the two that hold the word, as the Lancaster calculator does.
    n_boot : int
        Draws of the bootstrap, 0 for none.
    level : float
        Share of the draws that the interval holds.
    random_state : int
        The same gives the same table, on any number of threads and in any order of the rows.
    numbers : bool
        Whether bare numbers (25, 90%, 4万) count as words.
    **cut
        As in :func:`lanxikit.topics.tokens.tokenize`. By default words of the genre (推进, 加快) are
        dropped; ``formula_words=False`` keeps them.

    Returns
    -------
    DataFrame
        A row a word, by ``g2``: ``term``; ``target_count``, ``reference_count``; ``target_words``,
        ``reference_words`` (all words counted in either group); ``target_expected``,
        ``reference_expected`` (counts if both used the word alike); ``target_rate``,
        ``reference_rate`` (per 1,000 words); ``g2``; ``log_ratio`` (log₂ of the rates' ratio: 1 is
        twice as common, −1 half as common; a count of 0 is taken as 0.5), ``log_ratio_low``,
        ``log_ratio_high`` (bootstrap percentiles); ``percent_diff`` (%DIFF); ``target_units``,
        ``reference_units``, ``target_documents``, ``reference_documents`` (that hold the word);
        ``note`` (why a number is missing, or that the word rests on one document).

    Raises
    ------
    TableError
        No table of units, or there is no such column.
    LanxiError
        A group has no units or no words, the groups share a value, or a number cannot be used.

    Notes
    -----
    G²: Dunning 1993; Rayson & Garside 2000. Log ratio: Hardie 2014. %DIFF: Gabrielatos & Marchi 2011.
    Units are drawn with replacement within each document (and group, where a document is in both);
    a word that either group lacks has no interval, for no draw could bring it in.

    Examples
    --------
    >>> texts = ["铁路铁路公路", "公路公路铁路"]
    >>> units = pd.DataFrame({"unit_id": ["a#1", "b#1"], "doc_id": ["a", "b"], "text": texts})
    >>> keyness(units, "doc_id", "a", min_count=1)[["term", "target_count", "reference_count", "log_ratio"]]
      term  target_count  reference_count  log_ratio
    0   公路             1                2       -1.0
    1   铁路             2                1        1.0
    """
    whole(min_count, "min_count", 1)
    whole(n_boot, "n_boot", 0)
    seed(random_state)
    _usable(units, formula, level)
    rows = read(each_once(units))[0]
    sides = _sides(column(rows, by, "keyness: by"), by, target, reference)
    kept = np.flatnonzero(sides >= 0)
    rows, mine = rows.iloc[kept].reset_index(drop=True), sides[kept] == 0
    words = words_of(rows, numbers=numbers, **cut).words
    totals = np.array([len(unit) for unit in words], dtype=float)
    sums = totals[mine].sum(), totals[~mine].sum()
    if not all(sums):
        _refuse("target" if not sums[0] else "reference", tr("its units hold no word", "其单元中没有任何词"),
                tr("Keep more words: stop_words=False, formula_words=False.",
                   "请保留更多的词：stop_words=False、formula_words=False。"))  # fmt: skip
    terms = sorted({word for unit in words for word in unit})
    counts = count(words, terms)
    often = np.asarray(counts.sum(axis=0)).ravel() >= min_count
    counts, terms = counts[:, np.flatnonzero(often)].tocsr(), [terms[i] for i in np.flatnonzero(often)]
    documents = rows["doc_id"].astype("str").tolist()
    table = _counted(counts, terms, mine, np.asarray(documents, dtype=object), sums, FORMULAS[formula])
    low, high = _interval(counts, totals, mine, documents, rows["unit_id"].tolist(), n_boot, level, random_state)
    return check(_noted(table.assign(log_ratio_low=low, log_ratio_high=high), n_boot), KEYNESS)


def _usable(units: object, formula: str, level: float) -> None:
    if not isinstance(units, pd.DataFrame):
        raise TableError(
            tr("Texts alone have no groups.", "只有文本，无法分组。"),
            where="keyness",
            todo=tr("Give the table that lx.segment returns.", "请给出 lx.segment 返回的表。"),
        )
    if formula not in FORMULAS:
        raise LanxiError(
            tr(f"There is no formula {formula!r}.", f"没有 {formula!r} 这种公式。"),
            where="formula",
            todo=tr(f"Choose one of: {', '.join(FORMULAS)}.", f"可选：{'、'.join(FORMULAS)}。"),
        )
    if not isinstance(level, (int, float)) or not 0 < level < 1:
        raise LanxiError(
            tr("level must lie between 0 and 1.", "level 必须在 0 与 1 之间。"),
            where=f"level={level!r}",
            todo=tr("level=0.95 is usual.", "一般用 level=0.95。"),
        )


def _sides(values: pd.Series, by: str, target: object, reference: object) -> np.ndarray:
    """Return 0 for units of the target, 1 for those of the reference, −1 for the others."""
    known = dict.fromkeys(values.dropna())
    first = _listed(target, f"target ({by})", known)
    second = None if reference is None else _listed(reference, f"reference ({by})", known)
    both = [value for value in second or () if value in first]
    if both:
        raise LanxiError(
            tr(f"{both[0]!r} is both target and reference.", f"{both[0]!r} 既是目标组又是参照组。"),
            where="keyness",
            todo=tr("Give each value to one of them.", "每个值只能属于其中一组。"),
        )
    mine = values.isin(first).to_numpy()
    other = (values.notna() & ~values.isin(first) if second is None else values.isin(second)).to_numpy()
    for name, side in (("target", mine), ("reference", other)):
        if not side.any():
            _refuse(f"{name} ({by})", tr("it has no units", "没有单元"), _holds(known))
    return np.where(mine, 0, np.where(other, 1, -1))


def _listed(asked: object, group: str, known: Collection) -> list:
    """Return the values of a group, all of them among those that the column holds."""
    values = list(asked) if pd.api.types.is_list_like(asked) else [asked]
    absent = [value for value in values if not isinstance(value, Hashable) or value not in known]
    if absent:
        _refuse(group, tr("no unit has ", "没有单元的值是 ") + ", ".join(map(repr, absent)), _holds(known))
    return values


def _holds(known: Iterable) -> str:
    """Name the values of the column, the first twenty of them."""
    names = sorted(map(repr, known))
    more = ["…"] if len(names) > 20 else []
    return tr(f"The column holds: {', '.join(names[:20] + more) or 'nothing'}.",
              f"该列的值有：{'、'.join(names[:20] + more) or '无'}。")  # fmt: skip


def _refuse(group: str, why: str, todo: str) -> None:
    raise LanxiError(tr("A group cannot be compared: ", "有一组无法比较：") + f"{why}.", where=group, todo=todo)


def _counted(counts, terms, mine, documents, sums, cells: int) -> pd.DataFrame:
    held = (counts > 0).tocsr()
    table = pd.DataFrame({"term": np.array(terms, dtype=object)})
    seen = []
    for name, side, total in zip(("target", "reference"), (mine, ~mine), sums, strict=True):
        seen.append(np.asarray(counts[side].sum(axis=0)).ravel())
        table[f"{name}_count"], table[f"{name}_words"] = seen[-1], int(total)
        table[f"{name}_rate"] = seen[-1] / total * 1000
        table[f"{name}_units"] = np.asarray(held[side].sum(axis=0)).ravel()
        table[f"{name}_documents"] = held_by(counts[side], documents[side])
    a, b = seen
    for name, total in zip(("target", "reference"), sums, strict=True):
        table[f"{name}_expected"] = (a + b) * total / sum(sums)
    table["g2"] = g2(a, a + b, sums[0], sum(sums), cells).round(6)
    table["log_ratio"] = _log_ratio(a, b, *sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        table["percent_diff"] = np.where(b > 0, (a / sums[0] - b / sums[1]) / (b / sums[1]) * 100, np.nan)
    return table


def _log_ratio(a: np.ndarray, b: np.ndarray, first, second) -> np.ndarray:
    return np.log2(np.maximum(a, 0.5) / first) - np.log2(np.maximum(b, 0.5) / second)


def _interval(counts, totals, mine, documents, names, n_boot, level, random_state) -> tuple[np.ndarray, np.ndarray]:
    missing = np.full(counts.shape[1], np.nan)
    strata = [f"{doc}\0{int(side)}" for doc, side in zip(documents, mine, strict=True)]
    if not n_boot or len(set(strata)) == len(strata) or not counts.shape[1]:
        return missing, missing
    found = np.empty((counts.shape[1], n_boot))
    sides = [(side, sparse.csr_matrix(counts[side].T), totals[side]) for side in (mine, ~mine)]
    with threadpool_limits(limits=1):
        for begin, block in draws(strata, names, n_boot, random_state):
            seen = [(held @ block[:, side].T, np.maximum(block[:, side] @ sizes, 1)) for side, held, sizes in sides]
            (a, first), (b, second) = seen
            found[:, begin : begin + len(block)] = _log_ratio(a, b, first, second)
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2], axis=1)
    return low, high


def _noted(table: pd.DataFrame, n_boot: int) -> pd.DataFrame:
    """Take away intervals that would mislead, and say why."""
    zero = (table["target_count"] == 0) | (table["reference_count"] == 0)
    few = table["target_units"] + table["reference_units"] < FEWEST
    still = table["log_ratio_low"].isna() & (n_boot > 0)
    table.loc[zero | few, ["log_ratio_low", "log_ratio_high"]] = np.nan
    one = table["target_documents"] + table["reference_documents"] == 1
    remarks = (
        (
            table["reference_count"] == 0,
            Note(
                "the reference lacks the word: 0.5 taken for it, no interval, no %DIFF",
                "参照组没有此词：按 0.5 次计，无区间，无 %DIFF",
            ),
        ),
        (
            table["target_count"] == 0,
            Note("the target lacks the word: 0.5 taken for it, no interval", "目标组没有此词：按 0.5 次计，无区间"),
        ),
        (
            few & ~zero,
            Note(f"fewer than {FEWEST} units hold the word: no interval", f"含此词的单元不足 {FEWEST} 个：无区间"),
        ),
        (
            still & ~zero & ~few,
            Note("no document gives two units: no interval", "没有一份文件有两个以上单元：无区间"),
        ),
        (one, Note("one document only", "只见于一份文件")),
    )
    notes = [[] for _ in range(len(table))]
    for held, words in remarks:
        for i in np.flatnonzero(held.to_numpy()):
            notes[i].append(words)
    for name in ("note", "note_zh"):
        table[name] = pd.Series([noted(own)[name] for own in notes], index=table.index, dtype="object")
    numbers = table.select_dtypes("float").columns
    table[numbers] = table[numbers].round(6) + 0.0
    return table.sort_values(["g2", "term"], ascending=[False, True], kind="stable")
