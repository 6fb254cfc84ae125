"""From options and words to counts and an engine: what the model and the choice of its size share."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from os import PathLike
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning, NotFittedError

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.text.cutter import Cutter
from lanxikit.topics import engines
from lanxikit.topics.codebook import present_seeds, read_codebook
from lanxikit.topics.matrix import build
from lanxikit.topics.tomoto import TomotopyLda

METHODS = ("nmf", "lda", "guided")
BACKENDS = ("sklearn", "gensim", "tomotopy")
LDA = {"sklearn": engines.Lda, "gensim": engines.GensimLda, "tomotopy": TomotopyLda}


class NotFitted(LanxiError, NotFittedError):
    """A model is asked before it was fitted; scikit-learn's error of that name as well."""


class Recipe(NamedTuple):
    """What a fit needs: all units' counts, the rows to fit on, and ``make(n_topics, seed)`` for an engine."""

    counts: sparse.csr_matrix
    terms: list[str]
    held: np.ndarray
    labels: list[str]
    unused_seeds: list[str]
    make: Callable[[int, int], object]


def prepare(
    words: Sequence[Sequence[str]],
    own: Cutter,
    *,
    method: str,
    backend: str,
    min_df: int,
    max_df: float,
    codebook: Mapping[str, Sequence[str]] | str | PathLike | None,
    lexicon: object,
    max_iter: int | None,
) -> Recipe:
    """Check the options, choose the vocabulary, count it, and say how an engine is made.

    Raises
    ------
    LanxiError
        An unknown method or backend, no word left, or a codebook word that never occurs.
    """
    one_of("method", method, METHODS)
    one_of("backend", backend, BACKENDS)
    whole("min_df", min_df, least=1)
    if isinstance(max_df, bool) or not isinstance(max_df, Real) or not 0 < max_df <= 1:
        raise LanxiError(
            tr(f"max_df is {max_df!r}.", f"max_df 为 {max_df!r}。"),
            where="max_df",
            todo=tr("Give a share of the units, above 0 and at most 1.", "请给出单元的比例：大于 0、不超过 1。"),
        )
    if max_iter is not None:
        whole("max_iter", max_iter, least=1)
    seeds: dict[str, list[str]] = {}
    unused: list[str] = []
    if method == "guided":
        seeds, unused = present_seeds(read_codebook(codebook, lexicon=lexicon), words, own, strict=codebook is not None)
    matrix = build(words, min_df=min_df, max_df=max_df, keep=[word for found in seeds.values() for word in found])
    column = {term: index for index, term in enumerate(matrix.terms)}
    options = {} if max_iter is None else {"max_iter": max_iter}

    def make(n_topics: int, seed: int):
        if method == "lda":
            return LDA[backend](n_topics, random_state=seed, **options)
        if method == "guided":
            columns = [[column[word] for word in found] for found in seeds.values()]
            return engines.GuidedNmf(n_topics, columns, random_state=seed, **options)
        return engines.Nmf(n_topics, random_state=seed, **options)

    held = np.flatnonzero(np.diff(matrix.counts.indptr) > 0)
    return Recipe(matrix.counts, matrix.terms, held, list(seeds), unused, make)


def check_size(recipe: Recipe, n_topics: object) -> None:
    """Refuse a number of topics that these units cannot bear.

    Raises
    ------
    LanxiError
        Not a whole number, fewer than 2 or than the codebook's labels, more than nine
        tenths of the units, or more than words.
    """
    whole("n_topics", n_topics, least=max(2, len(recipe.labels)))
    n_units, n_terms = len(recipe.held), len(recipe.terms)
    if min(n_units - max(1, round(0.1 * n_units)), n_terms) < n_topics:
        raise LanxiError(
            tr(
                f"{n_topics} topics are too many for {n_units} units with {n_terms} different words, "
                "of which a tenth is left out to test stability.",
                f"{n_topics} 个主题太多：只有 {n_units} 个单元、{n_terms} 个不同的词，"
                "检验稳定性还要留出十分之一的单元。",
            ),
            where="n_topics",
            todo=tr("Ask for fewer topics, add documents, or lower min_df.", "请减少主题数、增加文件，或降低 min_df。"),
        )


def check_fitted(model: object) -> None:
    """Raise where a model is asked before it was fitted."""
    if not hasattr(model, "components_"):
        raise NotFitted(
            tr("This topic model has not been fitted.", "主题模型尚未拟合。"),
            where="TopicModel",
            todo=tr("Call fit(units) first.", "请先调用 fit(units)。"),
        )


def check_alive(tops: list[list[str]], n_topics: int) -> None:
    """Raise where fewer different topics were found than asked for."""
    alive = sum(map(bool, tops))
    if alive < n_topics:
        raise LanxiError(
            tr(
                f"{n_topics} topics were asked for, but the units hold only {alive} different ones.",
                f"要求 {n_topics} 个主题，但这些单元只分得出 {alive} 个。",
            ),
            where="n_topics",
            todo=tr(f"Ask for {max(alive, 2)} or fewer.", f"请把主题数设为不超过 {max(alive, 2)}。"),
        )


def warn_if_unsettled(engine: object, *, stacklevel: int = 2) -> None:
    """Warn where the factorisation had not settled when its rounds were over."""
    if not getattr(engine, "settled", True):
        warnings.warn(
            tr(
                f"The topics had not settled after {engine.max_iter} rounds; give a larger max_iter.",
                f"迭代 {engine.max_iter} 次后主题仍未收敛；请增大 max_iter。",
            ),
            ConvergenceWarning,
            stacklevel=stacklevel + 1,
        )


def renamed(labels: Sequence[str], new: Mapping[int, str]) -> list[str]:
    """Return labels with some replaced, by number from 1.

    Examples
    --------
    >>> renamed(["a", "b"], {2: "水"})
    ['a', '水']
    """
    wrong = [(number, label) for number, label in dict(new).items()
             if number not in range(1, len(labels) + 1) or not isinstance(label, str) or not label.strip()]  # fmt: skip
    if wrong:
        raise LanxiError(
            tr(f"This is no topic and label: {wrong[0]!r}.", f"这不是主题编号和标签：{wrong[0]!r}。"),
            where="labels",
            todo=tr(
                f"Give numbers from 1 to {len(labels)} with a text each, as {{1: '生态'}}.",
                f"请给出 1 至 {len(labels)} 的编号和各自的文字，如 {{1: '生态'}}。",
            ),
        )
    return [new.get(number, label) for number, label in enumerate(labels, 1)]


def whole(name: str, value: object, *, least: int) -> None:
    """Refuse a value that is no whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise LanxiError(
            tr(f"{name} is {value!r}.", f"{name} 为 {value!r}。"),
            where=name,
            todo=tr(f"Give a whole number of at least {least}.", f"请给出不小于 {least} 的整数。"),
        )


def one_of(name: str, value: object, allowed: Sequence[str]) -> None:
    """Refuse a value that is none of those allowed, and name them."""
    if value not in allowed:
        raise LanxiError(
            tr(f"{name} is {value!r}.", f"{name} 为 {value!r}。"),
            where=name,
            todo=tr(f"Choose one of {', '.join(allowed)}.", f"可选：{'、'.join(allowed)}。"),
        )
