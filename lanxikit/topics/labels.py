"""Chapters as free ground truth: how far topics agree with a document's own division, and labels from it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import binomtest
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.notes import Note, noted
from lanxikit.tables.topic_reading import CHAPTER_AGREEMENT, TOPIC_CHAPTERS
from lanxikit.topics.reading import units_and_shares
from lanxikit.topics.resamples import check_bootstrap, resamples

COLUMNS = ("unit_id", "doc_id", "path", "heading", "text", "is_leaf")
SHUFFLES = 200
_HAN = "一二三四五六七八九十百零〇0-9０-９"
_ORDINAL = re.compile(rf"^(?:第[{_HAN}]{{1,5}}[编章节部分]{{1,2}}|[（(]?[{_HAN}]{{1,5}}[)）]?[、.．]?)\s*(?=\S)")


def chapter_agreement(
    model: object,
    units: pd.DataFrame,
    *,
    documents: str | Iterable[str] | None = None,
    n_boot: int = 1000,
    interval: float = 0.95,
    random_state: int = 0,
) -> pd.DataFrame:
    """Measure how far the units' heaviest topics agree with the chapters they stand in.

    Who wrote the document sorted its measures into chapters; no model saw them. A chapter
    is the outermost heading above a unit.

    Parameters
    ----------
    model : TopicModel
        Fitted, on these units or others.
    units : DataFrame
        The table of ``lx.segment``.
    documents : str or list of str, optional
        ``doc_id`` of those to look at; by default all.
    n_boot : int
        Draws of the bootstrap.
    interval : float
        Its width.
    random_state : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        A row a document: ``doc_id``; ``n_units`` compared; ``n_left_out``, leaves without
        chapter or known word; ``n_chapters``; ``n_topics``, those that are the heaviest
        somewhere; ``nmi``, normalised mutual information, 0–1, with ``nmi_low, nmi_high``;
        ``nmi_chance``, its mean where chapters are shuffled over the units; ``ari``, adjusted
        Rand index, with ``ari_low, ari_high``; ``note, note_zh``, why a number is missing;
        ``stability``, of the model.

    Raises
    ------
    LanxiError
        A model that is not fitted, a document that is absent, numbers that make no sense.
    TableError
        No table of units.

    Notes
    -----
    NMI by the arithmetic mean of both entropies (Vinh, Epps & Bailey 2010); ARI: Hubert &
    Arabie (1985); both by scikit-learn. NMI is above 0 by chance, the more so the fewer
    the units and the more the topics: read it beside ``nmi_chance``; ARI is 0 by chance.
    Intervals: percentile bootstrap over the document's units, the model fixed. Units
    drawn twice make topics and chapters look more alike than they are; the draws are
    therefore moved so that their mean is the measured value. Chapters come in blocks of
    neighbouring units, which the bootstrap does not respect: the intervals are rather too
    narrow.

    Examples
    --------
    >>> from lanxikit.topics.model import TopicModel
    >>> texts = ["治理黄河流域水污染", "修建西宁铁路公路"] * 6
    >>> units = pd.DataFrame({"unit_id": [f"a#{n}" for n in range(12)], "doc_id": "a", "heading": None, "text": texts,
    ...                       "path": [("一、生态",), ("二、交通",)] * 6, "is_leaf": True, "pieces": "0-9"})
    >>> model = TopicModel(2, min_df=1).fit(units)
    >>> chapter_agreement(model, units)[["n_units", "nmi", "ari"]].values.tolist()
    [[12.0, 1.0, 1.0]]
    """
    tails = check_bootstrap(n_boot, interval, random_state)
    rows = []
    for doc, part, n_leaves in _documents(model, units, documents):
        topics, chapters = part["topic"].to_numpy(), part["chapter"].to_numpy()
        row = {"doc_id": doc, "n_units": len(part), "n_left_out": n_leaves - len(part),
               "n_chapters": len(set(chapters)), "n_topics": len(set(topics)),
               "stability": model.stability_}  # fmt: skip
        if row["n_chapters"] < 2:
            reason = Note("fewer than two chapters to tell apart", "可比较的章不足两个")
            rows.append(row | dict.fromkeys(_NUMBERS, float("nan")) | noted([reason]))
            continue
        row |= {"nmi": float(normalized_mutual_info_score(chapters, topics)),
                "ari": float(adjusted_rand_score(chapters, topics))}  # fmt: skip
        tables, shuffled = _tables(topics, chapters, n_boot, random_state)
        for name, drawn, floor in (("nmi", nmi_of(tables), 0), ("ari", ari_of(tables), -1)):
            moved = drawn - drawn.mean() + row[name]
            low, high = np.clip(np.quantile(moved, tails), floor, 1)
            row |= {f"{name}_low": min(low, row[name]), f"{name}_high": max(high, row[name])}
        rows.append(row | {"nmi_chance": float(nmi_of(shuffled).mean())} | noted([]))
    return check(pd.DataFrame(rows) if rows else CHAPTER_AGREEMENT.empty(), CHAPTER_AGREEMENT)


def topic_chapters(
    model: object, units: pd.DataFrame, *, documents: str | Iterable[str] | None = None, interval: float = 0.95
) -> pd.DataFrame:
    """Count, by topic and chapter, the units whose heaviest topic it is; suggest the best chapter as label.

    Parameters
    ----------
    model, units, documents
        As in `chapter_agreement`.
    interval : float
        Width of the Wilson interval of the best chapter's share.

    Returns
    -------
    DataFrame
        A row a document, topic and chapter that meet: ``doc_id``; ``topic``; ``label``;
        ``chapter``, as written; ``n``, units; ``n_topic, n_chapter``, units of both;
        ``share_of_topic`` and ``share_of_chapter``, 0–1; ``is_best``, whether it is the
        chapter that holds most of the topic's units (of equal ones that of which the topic
        holds more, then the first); in that row ``suggested``, its heading without the
        ordinal, and ``low, high``, the interval of ``share_of_topic``, which does not know
        that the best was picked; ``stability``, of the topic. A suggestion of few units is
        worth little; `TopicModel.relabel` takes those you find good.

    Raises
    ------
    LanxiError, TableError
        As in `chapter_agreement`.

    Examples
    --------
    >>> from lanxikit.topics.model import TopicModel
    >>> texts = ["治理黄河流域水污染", "修建西宁铁路公路"] * 6
    >>> units = pd.DataFrame({"unit_id": [f"a#{n}" for n in range(12)], "doc_id": "a", "heading": None, "text": texts,
    ...                       "path": [("一、生态",), ("二、交通",)] * 6, "is_leaf": True, "pieces": "0-9"})
    >>> model = TopicModel(2, min_df=1).fit(units)
    >>> sorted(topic_chapters(model, units)[["suggested", "n", "share_of_topic"]].values.tolist())
    [['交通', 6, 1.0], ['生态', 6, 1.0]]
    """
    check_bootstrap(1, interval, 0)
    rows = []
    for doc, part, _ in _documents(model, units, documents):
        chapters = list(dict.fromkeys(part["chapter"]))
        sizes = part["chapter"].value_counts()
        for topic, own in part.groupby("topic", sort=True):
            found = own["chapter"].value_counts()
            order = sorted(found.index, key=chapters.index)
            best = max(order, key=lambda name: (found[name], found[name] / sizes[name], -chapters.index(name)))
            for name in order:
                row = {"doc_id": doc, "topic": topic, "label": model.labels_[topic - 1], "chapter": name,
                       "n": found[name], "n_topic": len(own), "n_chapter": sizes[name],
                       "share_of_topic": found[name] / len(own), "share_of_chapter": found[name] / sizes[name],
                       "is_best": name == best, "suggested": None, "low": None, "high": None,
                       "stability": model.quality_["stability"].iloc[topic - 1]}  # fmt: skip
                if name == best:
                    ends = binomtest(int(found[name]), len(own)).proportion_ci(interval, "wilson")
                    row |= {"suggested": bare(name), "low": max(ends.low, 0.0), "high": min(ends.high, 1.0)}
                rows.append(row)
    return check(pd.DataFrame(rows) if rows else TOPIC_CHAPTERS.empty(), TOPIC_CHAPTERS)


def bare(heading: str) -> str:
    """Return a heading without its ordinal.

    Examples
    --------
    >>> [bare(heading) for heading in ("三、推进生态共建", "第二章 基础设施", "（一）加强 教育", "一", "三江源保护")]
    ['推进生态共建', '基础设施', '加强 教育', '一', '三江源保护']
    """
    found = _ORDINAL.match(heading)
    return heading[found.end() :] if found and found.group()[-1] not in "一二三四五六七八九十百零〇" else heading


def nmi_of(tables: np.ndarray) -> np.ndarray:
    """NMI of many contingency tables (draws × topics × chapters) at once; 1 where one of each is left.

    Examples
    --------
    >>> nmi_of(np.array([[[2, 0], [0, 2]], [[1, 1], [1, 1]]])).round(6).tolist()
    [1.0, 0.0]
    """
    share = tables / tables.sum(axis=(1, 2), keepdims=True)
    one, other = (_entropy(share.sum(axis=axis)) for axis in (2, 1))
    both = _entropy(share.reshape(len(share), -1))
    mean = (one + other) / 2
    return np.where(mean > 0, np.maximum(one + other - both, 0) / np.where(mean > 0, mean, 1), 1.0)


def ari_of(tables: np.ndarray) -> np.ndarray:
    """ARI of many contingency tables at once.

    Examples
    --------
    >>> ari_of(np.array([[[2, 0], [0, 2]], [[1, 1], [1, 1]]])).round(6).tolist()
    [1.0, -0.5]
    """
    both, one, other = (_pairs(counts) for counts in (tables, tables.sum(axis=2), tables.sum(axis=1)))
    n = tables.sum(axis=(1, 2))
    expected, most = one * other / (n * (n - 1) / 2), (one + other) / 2
    return np.where(most > expected, (both - expected) / np.where(most > expected, most - expected, 1), 1.0)


def _entropy(shares: np.ndarray) -> np.ndarray:
    return -(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=1)


def _pairs(counts: np.ndarray) -> np.ndarray:
    return (counts * (counts - 1) / 2).reshape(len(counts), -1).sum(axis=1)


def _tables(
    topics: np.ndarray, chapters: np.ndarray, n_boot: int, random_state: int
) -> tuple[np.ndarray, np.ndarray]:
    """Contingency tables of the bootstrap's draws, and of shuffled chapters."""
    _, row = np.unique(topics, return_inverse=True)
    _, column = np.unique(chapters, return_inverse=True)
    n, shape = len(row), (row.max() + 1, column.max() + 1)
    size = shape[0] * shape[1]
    cells = sparse.csr_matrix((np.ones(n), (np.arange(n), row * shape[1] + column)), shape=(n, size))
    blocks = resamples(np.zeros(n, int), n_boot, random_state, tr("chapters", "章"))
    drawn = np.concatenate([block @ cells for block in blocks])
    random = np.random.default_rng([random_state, 1])
    shuffled = np.stack(
        [np.bincount(row * shape[1] + random.permutation(column), minlength=size) for _ in range(SHUFFLES)]
    )
    return drawn.reshape(-1, *shape), shuffled.reshape(-1, *shape)


def _documents(model: object, units: pd.DataFrame, documents: str | Iterable[str] | None):
    """Yield each document's id, its units with their heaviest topic and chapter, and the number of its leaves."""
    rows, shares, n_words = units_and_shares(model, units, COLUMNS)
    there = list(dict.fromkeys(rows["doc_id"]))
    asked = there if documents is None else [documents] if isinstance(documents, str) else list(documents)
    absent = [str(name) for name in asked if name not in there]
    if absent:
        raise LanxiError(
            tr("These documents are not among the units: ", "单元表中没有这些文件：") + ", ".join(absent),
            where="documents",
            todo=tr(f"Choose from: {', '.join(there)}.", f"可选：{'、'.join(there)}。"),
        )
    heaviest = np.round(shares, 9).argmax(axis=1) + 1 if len(shares) else []
    outermost = [path[0].strip() if len(path) else "" for path in rows["path"]]
    table = pd.DataFrame({"doc_id": rows["doc_id"].to_numpy(), "topic": heaviest, "chapter": outermost})
    kept = (n_words > 0) & (table["chapter"] != "").to_numpy()
    for doc in asked:
        own = (table["doc_id"] == doc).to_numpy()
        yield doc, table[own & kept], int(own.sum())


_NUMBERS = ("nmi", "nmi_low", "nmi_high", "nmi_chance", "ari", "ari_low", "ari_high")
