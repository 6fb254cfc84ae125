"""``lx.similarity_null``: would any units of the same genre score as high?"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator

import numpy as np
import pandas as pd

from lanxikit.comparing.compare import compare
from lanxikit.comparing.pairs import linked_leaves
from lanxikit.comparing.sides import both
from lanxikit.errors import LanxiError, TableError
from lanxikit.inference.headline import usable_level
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.inference import SIMILARITY_NULL
from lanxikit.tables.usable import need, numbers, seed

ALL = "all lower documents"
FEW = 5
MICRO = 1_000_000  # scores are written with six decimals: whole numbers add up exactly
CELLS = 4_000_000  # scores held at a time, about 32 MB


def similarity_null(
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    *,
    scores: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
    n_perm: int = 200,
    random_state: int = 0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Set each lower document's likeness to the upper ones against that of units shuffled within its genre.

    Each lower leaf has a best score with any upper leaf. The labels that say which document a leaf
    stands in are shuffled among the lower documents of one genre, the sizes of the documents
    kept, and the documents' means taken again. The scores are not computed anew.

    What it can show: that a document's units stand nearer to the upper documents than units of the other documents
    given do, by more than chance would give; genre, which makes texts alike by itself, is held still. What it cannot
    show: that a document took anything over (both may rest on a third); that a document near the middle of its pool
    took nothing over (all of them may have); anything about documents that were not given; and,
    as the units of a document are not independent of one another, how rare such a document would be.
    ``share_null_above`` describes these documents and tests nothing about documents. A document
    that makes up most of its pool is compared mainly with itself.

    Parameters
    ----------
    upper, lower : DataFrame
        Tables of ``lx.segment``; ``lower`` with two documents at least, best with several of each genre.
    scores : DataFrame, optional
        Result of ``lx.compare(upper, lower)``; computed here if not given. A leaf without a row shares
        nothing with any upper leaf and counts as 0.
    documents : DataFrame, optional
        ``corpus.documents``: ``doc_id`` and ``genre``. Without it, or where the genre is missing, or no
        other document has it, units are exchanged with all lower documents, and ``note`` says so.
    n_perm : int
        Number of shuffles.
    random_state : int
        The same gives the same table, on any number of threads and in any order of the rows.
    level : float
        How much of the shuffles lies between ``null_low`` and ``null_high``.

    Returns
    -------
    DataFrame
        A row a lower document: ``doc_id``; ``observed``, mean best score of its leaves; ``null_mean``,
        ``null_low``, ``null_high``, of the shuffles; ``z``, (observed − null_mean) ÷ their standard deviation;
        ``share_null_above``, share of the arrangements that reach the observed mean, the observed one counted
        in, so never 0; ``n_perm``, 0 where nothing could be exchanged; ``n``, its leaves; ``pool``, the genre
        or ``all lower documents``; ``note``, missing where there is nothing to say.

    Raises
    ------
    TableError
        Not tables of ``segment``; a document stands on both sides; ``scores`` or ``documents`` lacks a
        column, or ``scores`` belongs to other units.
    LanxiError
        ``n_perm`` is below 20, or ``level`` or ``random_state`` cannot be used.

    Notes
    -----
    Permutation of exchangeable units (Good 2005, *Permutation, Parametric and Bootstrap Tests of Hypotheses*, ch. 3);
    the observed arrangement counts as one of them (Davison & Hinkley 1997, §4.2).

    Examples
    --------
    >>> import pandas as pd
    >>> from lanxikit.tables.segmenting import UNITS
    >>> def units(doc, n):
    ...     rows = [{"doc_id": doc, "unit_id": f"{doc}#{i:03d}", "path": (), "kind": "measure", "heading": "",
    ...              "text": "修路。", "start": 0, "end": 3, "is_leaf": True} for i in range(1, n + 1)]
    ...     return pd.DataFrame(rows).reindex(columns=UNITS.names())
    >>> lower = pd.concat([units("near", 6), units("far", 6)])
    >>> scores = pd.DataFrame({"upper_id": "plan#001", "lower_id": lower["unit_id"], "score": [0.9] * 6 + [0.1] * 6})
    >>> found = similarity_null(units("plan", 1), lower, scores=scores)
    >>> found[["doc_id", "observed", "share_null_above", "pool"]].round(2).values.tolist()
    [['near', 0.9, 0.0, 'all lower documents'], ['far', 0.1, 1.0, 'all lower documents']]
    """
    if not isinstance(n_perm, (int, np.integer)) or isinstance(n_perm, bool) or n_perm < 20:
        raise LanxiError(
            tr("n_perm must be a whole number of at least 20.", "n_perm 必须是不小于 20 的整数。"),
            where=f"n_perm={n_perm!r}",
            todo=tr("n_perm=200 is usual, 2000 for print.", "一般用 n_perm=200，发表用 2000。"),
        )
    seed(random_state)
    usable_level(level)
    above, below = both(upper, lower)
    genres = _genres(documents)
    names = list(dict.fromkeys(lower["doc_id"]))
    given = scores is not None
    if not given and len(above) and len(below):
        scores = compare(upper, lower, top=1)
    best, absent = _best(scores, above, below)
    rows_of = below.groupby("doc_id").indices
    places = {doc: rows_of.get(doc, np.zeros(0, dtype=int)) for doc in names}
    values = {doc: np.sort(best[rows]) for doc, rows in places.items()}
    silent = {doc for doc, rows in places.items() if given and len(rows) and absent[rows].all()}
    usable = {doc: values[doc] for doc in sorted(names) if len(values[doc]) and doc not in silent and len(above)}
    pools = _pools(usable, genres)
    sizes = pd.Series({doc: len(own) for doc, own in usable.items()}, dtype=int).groupby(pools).sum().to_dict()
    sizes |= {ALL: sum(map(len, usable.values()))}
    shuffled = dict(_shuffled(usable, pools, n_perm, random_state))
    rows = []
    for doc in names:
        notes = _notes(
            doc, pools, sizes, genres, values[doc], len(above), int(absent[places[doc]].sum()), doc in silent
        )
        rows.append({"doc_id": doc, "n": len(values[doc]), **_row(usable.get(doc), shuffled.get(doc), level, notes),
                     "pool": pools.get(doc)})
    return check(pd.DataFrame(rows) if rows else SIMILARITY_NULL.empty(), SIMILARITY_NULL)


def _row(own: np.ndarray | None, sums: np.ndarray | None, level: float, notes: list[str]) -> dict[str, object]:
    """Set the observed mean beside those of the shuffles, in whole millionths."""
    lost = dict.fromkeys(["null_mean", "null_low", "null_high", "z", "share_null_above"], float("nan")) | {"n_perm": 0}
    row = {"observed": float("nan") if own is None else round(int(own.sum()) / len(own) / MICRO, 6), **lost}
    if own is not None and sums is not None:
        low, high = np.quantile(sums, [(1 - level) / 2, (1 + level) / 2])
        spread = float(np.std(sums, ddof=1))
        scale = len(own) * MICRO
        row |= {
            "null_mean": round(float(sums.mean()) / scale, 6),
            "null_low": round(low / scale, 6),
            "null_high": round(high / scale, 6),
            "z": round((int(own.sum()) - float(sums.mean())) / spread, 6) if spread > 0 else float("nan"),
            "share_null_above": round((1 + int((sums >= own.sum()).sum())) / (1 + len(sums)), 6),
            "n_perm": len(sums),
        }
        if spread == 0:
            notes = [*notes, "all units of the pool score the same: nothing to tell apart"]
    return row | {"note": "; ".join(notes) or None}


def _notes(doc, pools, sizes, genres, own, n_upper, missing, silent) -> list[str]:
    if not len(own):
        return ["the document has no leaf"]
    if not n_upper:
        return ["no upper leaf to be like"]
    if silent:
        return ["none of its leaves is in scores: it shares nothing, or was not compared"]
    notes = []
    if not pools:
        notes.append("one lower document: there is none to exchange units with")
    elif pools[doc] == ALL:
        genre = genres.get(doc)
        why = f"no other lower document is a {genre}" if genre else "its genre is not known"
        notes.append(f"{why}: shuffled over all lower documents, so genre is not held still")
    whole = sizes.get(pools.get(doc), 0)
    if len(own) > whole / 2 > 0:
        notes.append(f"{len(own)} of the {whole} leaves of its pool are its own: compared mainly with itself")
    if missing:
        notes.append(f"{missing} leaves share nothing with any upper leaf and count as 0")
    if len(own) < FEW:
        notes.append(f"fewer than {FEW} leaves")
    return notes


def _best(scores: pd.DataFrame | None, above: pd.DataFrame, below: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return each lower leaf's best score in millionths, and which leaves have none."""
    if scores is None:
        return np.zeros(len(below), dtype=np.int64), np.ones(len(below), dtype=bool)
    todo = tr("Pass lx.compare(upper, lower), of these units.", "请传入用这些单元做的 lx.compare(upper, lower)。")
    need(scores, ("upper_id", "lower_id", "score"), "scores", todo)
    linked_leaves(scores, above, below, "scores")
    scores = scores.assign(score=numbers(scores, "score", "scores", low=0, high=1, todo=todo))
    best = below["unit_id"].map(scores.groupby("lower_id")["score"].max()).astype("float64")
    return np.rint(best.fillna(0).to_numpy() * MICRO).astype(np.int64), best.isna().to_numpy()


def _genres(documents: pd.DataFrame | None) -> dict[str, str]:
    if documents is None:
        return {}
    need(documents, ("doc_id", "genre"), "documents", tr("Pass corpus.documents.", "请传入 corpus.documents。"))
    twice = documents.loc[documents["doc_id"].duplicated(), "doc_id"]
    if len(twice):
        raise TableError(
            tr("A document stands twice.", "有重复的文件。"),
            where=f"documents: {twice.iloc[0]}",
            todo=tr("Pass corpus.documents.", "请传入 corpus.documents。"),
        )
    known = documents[documents["genre"].notna()]
    return dict(zip(known["doc_id"], known["genre"].astype("str"), strict=True))


def _pools(usable: dict[str, np.ndarray], genres: dict[str, str]) -> dict[str, str]:
    """Return the pool of each document: its genre, or all where it is the only one of it."""
    if len(usable) < 2:
        return {}
    counts = pd.Series([genres.get(doc) for doc in usable], dtype="object").value_counts()
    return {doc: genres[doc] if counts.get(genres.get(doc), 0) > 1 else ALL for doc in usable}


def _shuffled(usable, pools: dict[str, str], n_perm: int, random_state: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each document with the sums of its scores in each shuffle of its pool."""
    from tqdm import tqdm

    names = sorted(set(pools.values()))
    bar = tqdm(
        total=len(names) * n_perm, desc=tr("shuffles", "置换"), delay=2, file=sys.stderr, leave=False
    )
    with bar:
        for pool in names:
            members = [doc for doc in usable if pool in (pools[doc], ALL)]
            scores = np.concatenate([usable[doc] for doc in members])
            begins = np.cumsum([0, *(len(usable[doc]) for doc in members)])[:-1]
            random = np.random.default_rng([random_state, zlib.crc32(pool.encode())])
            sums = np.empty((n_perm, len(members)), dtype=np.int64)
            step = max(1, CELLS // len(scores))
            for begin in range(0, n_perm, step):
                size = min(step, n_perm - begin)
                drawn = random.permuted(np.tile(scores, (size, 1)), axis=1)
                sums[begin : begin + size] = np.add.reduceat(drawn, begins, axis=1)
                bar.update(size)
            yield from ((doc, sums[:, place]) for place, doc in enumerate(members) if pools[doc] == pool)
