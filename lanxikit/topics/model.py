"""The topic model: units in, tidy tables out, and a number for how far to trust them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from lanxikit.text.cutter import cutter
from lanxikit.topics import fastcut, results, stability
from lanxikit.topics.coherence import METRICS
from lanxikit.topics.matrix import count
from lanxikit.topics.prevalence import prevalence_of
from lanxikit.topics.recipe import (
    Recipe,
    check_alive,
    check_fitted,
    check_size,
    one_of,
    prepare,
    renamed,
    warn_if_unsettled,
    whole,
)
from lanxikit.topics.tokens import read_units

N_TOP = 10  # top words that coherence and stability look at


class TopicModel(TransformerMixin, BaseEstimator):
    """Topics of short policy units, scikit-learn style.

    On a few hundred units every LDA is unstable, whichever program fits it; TF-IDF with
    NMF holds better and is the default. Each result carries its stability.

    Parameters
    ----------
    n_topics : int
        Number of topics. For ``"guided"`` the codebook's labels come first; the rest is free.
    method : {"nmf", "lda", "guided"}
        ``nmf``: non-negative matrix factorisation of TF-IDF (Lee & Seung 1999), nndsvda
        start. ``lda``: latent Dirichlet allocation (Blei, Ng & Jordan 2003) on counts.
        ``guided``: NMF led by the seed words of a codebook.
    random_state : int
        Seed of everything random; the same seed gives the same tables on any number of threads.
    tokenizer : {"auto", "jieba", "rjieba"}
        ``auto``: jieba's words, cut by rjieba where that is installed and cuts the same
        (`lanxikit.topics.fastcut`); else see `lanxikit.topics.tokens.tokenize`.
    lexicon : path, optional
        Folder of own word lists: policy_terms, stop_words, formula_words, codebook_city_cluster.
    heading : bool
        Whether a unit's own heading is read with its text.
    single : bool
        Whether words of one character count.
    numbers : bool
        Whether bare numbers count as words.
    min_df, max_df : int, float
        A word counts if at least ``min_df`` units and at most the share ``max_df`` of them hold it.
    codebook : mapping or path, optional
        For ``"guided"``: label → seed words, or a YAML or TSV file of them; all must
        occur. Without one, the kit's own for plans of city clusters, of which absent
        words are passed over.
    backend : {"sklearn", "gensim", "tomotopy"}
        Which program fits ``lda``; tomotopy (Gibbs sampling) needs the extra ``fast``.
    coherence : {"npmi", "c_v"}
        Which coherence ``coherence_`` reports; ``c_v`` needs gensim.
    n_terms : int
        Terms of each topic listed in ``topics_``.
    stability_repeats : int, optional
        Number of refits, each without another tenth of the units, for ``stability_``;
        without it 10, and 3 above 5,000 units, where the refits differ little.
    max_iter : int, optional
        Iterations; without it 1000 for NMF, 20 for LDA, 500 for LDA by tomotopy.

    Attributes
    ----------
    topics_ : DataFrame
        ``topic`` (from 1, the most prevalent first; guided: codebook order), ``term``,
        ``weight`` (share of the topic's term weight), ``rank``, ``label``, ``stability`` (of the topic).
    weights_ : DataFrame
        The units it was fitted on: ``unit_id, topic, weight, label, stability`` (of the topic).
    quality_ : DataFrame
        A row a topic: ``topic, label, prevalence, coherence, stability``; ``nearest``, the
        topic with which it shares most top words, and ``nearest_overlap`` (0 to 1).
    coherence_ : float
        Mean coherence of the topics' ten top words; for npmi between -1 and 1.
    stability_ : float
        Mean overlap of the ten top words with those of refits on nine tenths of the
        units, topics matched one to one, between 0 and 1. Below 0.5 a warning is given:
        such topics are not to be interpreted.
    labels_ : list of str
        Label of each topic.
    vocabulary_ : list of str
        The words counted.
    components_ : ndarray
        Topics × vocabulary; each row sums to 1.
    n_units_ : int
        Units fitted on: those that hold a word of the vocabulary.
    unused_seeds_ : list of str
        Words of the shipped codebook that these units lack.

    Examples
    --------
    >>> texts = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 3
    >>> model = TopicModel(2, min_df=1).fit(texts)
    >>> model.transform(["黄河水污染"]).round(2)
                 1    2
    unit_id
    text#001   ...  ...
    >>> model.topics_.columns.tolist()
    ['topic', 'term', 'weight', 'rank', 'label', 'stability']
    """

    def __init__(
        self,
        n_topics: int = 10,
        *,
        method: str = "nmf",
        random_state: int = 0,
        tokenizer: str = "auto",
        lexicon: object = None,
        heading: bool = True,
        single: bool = False,
        numbers: bool = False,
        min_df: int = 2,
        max_df: float = 0.5,
        codebook: Mapping[str, Sequence[str]] | str | PathLike | None = None,
        backend: str = "sklearn",
        coherence: str = "npmi",
        n_terms: int = 20,
        stability_repeats: int | None = None,
        max_iter: int | None = None,
    ) -> None:
        self.n_topics = n_topics
        self.method = method
        self.random_state = random_state
        self.tokenizer = tokenizer
        self.lexicon = lexicon
        self.heading = heading
        self.single = single
        self.numbers = numbers
        self.min_df = min_df
        self.max_df = max_df
        self.codebook = codebook
        self.backend = backend
        self.coherence = coherence
        self.n_terms = n_terms
        self.stability_repeats = stability_repeats
        self.max_iter = max_iter

    def fit(self, units: pd.DataFrame | Iterable[str], y: None = None) -> TopicModel:
        """Learn topics.

        Parameters
        ----------
        units : DataFrame or list of str
            The table of ``lx.segment`` (its leaves are read), or texts.
        y : None
            Not used; scikit-learn's pipelines pass it.

        Returns
        -------
        TopicModel
            The model itself.

        Raises
        ------
        LanxiError
            An unknown method or option; fewer units than topics; no word left after
            pruning; a codebook word that never occurs.

        Warns
        -----
        InstabilityWarning
            ``stability_`` is below 0.5.
        SimilarTopicsWarning
            Two topics share most of their top words.
        ConvergenceWarning
            NMF had not settled after ``max_iter`` rounds.
        """
        unit_ids, words = self._read(units)
        recipe = self._recipe(words)
        check_size(recipe, self.n_topics)
        whole("random_state", self.random_state, least=0)
        whole("n_terms", self.n_terms, least=1)
        counts, terms, held, labels, unused, make = recipe
        repeats = stability.repeats(self.stability_repeats, len(held))
        whole("stability_repeats", repeats, least=1)
        self._engine = make(self.n_topics, self.random_state).fit(counts[held])
        shares = self._engine.weights(counts)
        tops = stability.top_words(self._engine.components, terms, N_TOP)
        self._order = results.arranged(shares[held].mean(axis=0), tops, n_labels=len(labels))
        tops = [tops[index] for index in self._order]
        check_alive(tops, self.n_topics)
        self.vocabulary_, self.n_units_, self.unused_seeds_ = terms, len(held), unused
        self.components_ = self._engine.components[self._order]
        self.labels_ = [*labels, *("·".join(top[:3]) for top in tops[len(labels) :])]
        refits = stability.refits(
            lambda: make(self.n_topics, self.random_state),
            counts[held],
            terms,
            seeds=range(self.random_state, self.random_state + repeats),
            n_top=N_TOP,
        )
        self.quality_ = results.quality(
            shares[held][:, self._order], tops, words, refits, labels=self.labels_, coherence=self.coherence
        )
        self.weights_ = results.weights(unit_ids, shares[:, self._order], self.quality_)
        self.topics_ = results.topics(self.components_, terms, self.quality_, n_terms=self.n_terms)
        self.coherence_ = float(self.quality_["coherence"].mean())
        self.stability_ = float(self.quality_["stability"].mean())
        warn_if_unsettled(self._engine)
        stability.warn_if_unstable(self.stability_)
        if len(terms) >= 2 * N_TOP:  # of fewer words all are top words everywhere
            stability.warn_if_similar(self.labels_, *stability.nearest(tops))
        return self

    def transform(self, units: pd.DataFrame | Iterable[str]) -> pd.DataFrame:
        """Return how much of each unit belongs to each topic.

        Parameters
        ----------
        units : DataFrame or list of str
            As for `fit`.

        Returns
        -------
        DataFrame
            A row a unit (index ``unit_id``), a column a topic (1, 2, …); rows sum to 1. A
            unit that holds no word of the model gets equal shares: nothing is known of it.
        """
        unit_ids, words = self._read(units)
        shares, _ = self._shares(words)
        index = pd.Index(unit_ids, name="unit_id", dtype="str")
        return pd.DataFrame(shares, index=index, columns=range(1, self.n_topics + 1))

    def weights(self, units: pd.DataFrame | Iterable[str]) -> pd.DataFrame:
        """Return the same as a tidy table: ``unit_id, topic, weight, label, stability`` (of the topic)."""
        shares = self.transform(units)
        return results.weights(shares.index.tolist(), shares.to_numpy(), self.quality_)

    def relabel(self, labels: Mapping[int, str]) -> TopicModel:
        """Give topics labels of your own, once you have read their terms, units and chapters.

        Parameters
        ----------
        labels : mapping of int to str
            Number of a topic → its label; topics not named keep theirs.

        Returns
        -------
        TopicModel
            The model itself; ``labels_``, ``topics_``, ``weights_`` and ``quality_`` have the new
            labels, and so has every table made of it later.

        Raises
        ------
        LanxiError
            A topic that there is not, or a label that is no text.

        Examples
        --------
        >>> texts = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 3
        >>> TopicModel(2, min_df=1).fit(texts).relabel({2: "交通"}).labels_[1]
        '交通'
        """
        check_fitted(self)
        self.labels_ = renamed(self.labels_, labels)
        for table in (self.topics_, self.weights_, self.quality_):
            table["label"] = pd.Series(self.labels_, dtype=table["label"].dtype).reindex(table["topic"] - 1).to_numpy()
        return self

    def prevalence_by(
        self,
        units: pd.DataFrame,
        by: str | Sequence[str],
        *,
        responsibilities: pd.DataFrame | None = None,
        role: str | Sequence[str] = "lead",
        draw: str = "documents",
        n_boot: int = 1000,
        interval: float = 0.95,
    ) -> pd.DataFrame:
        """Average the topics' shares over groups of units, with intervals that respect documents.

        Parameters
        ----------
        units : DataFrame
            The table of ``lx.segment``.
        by : str or list of str
            Columns to group by. ``"level"`` is the administrative level of the document;
            ``"agency"`` and ``"function"`` (field of policy) are those of its leads; any
            other name is a column of ``units``: ``year``, ``doc_id``, ``region`` …
        responsibilities, role, draw, n_boot, interval
            As in `lanxikit.topics.prevalence.prevalence_of`.

        Returns
        -------
        DataFrame
            The group columns, ``topic``, ``prevalence``, ``low``, ``high``, ``n_units``,
            ``weight``, ``n_documents``, ``drawn``, ``note``, ``note_zh``, ``label``, ``stability``.

        Raises
        ------
        LanxiError
            A column is absent; leads without ``responsibilities``; a wrong option.
        """
        options = {"role": role, "draw": draw, "n_boot": n_boot, "interval": interval}
        return prevalence_of(self, units, by, responsibilities=responsibilities, **options)

    def _read(self, units: pd.DataFrame | Iterable[str]) -> tuple[list[str], list[list[str]]]:
        """Return the ids of the units and their words."""
        unit_ids, texts = read_units(units, heading=self.heading)
        options = {"lexicon": self.lexicon, "single": self.single, "numbers": self.numbers}
        return unit_ids, fastcut.cut(texts, tokenizer=self.tokenizer, **options)

    def _recipe(self, words: list[list[str]]) -> Recipe:
        one_of("coherence", self.coherence, tuple(METRICS))
        own = cutter(fastcut.name_of(self.tokenizer), None if self.lexicon is None else str(self.lexicon))
        names = ("method", "backend", "min_df", "max_df", "codebook", "lexicon", "max_iter")
        return prepare(words, own, **{name: getattr(self, name) for name in names})

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array, tags.input_tags.string = False, True
        return tags

    def _shares(self, words: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
        """Return the topics' shares in the units, and which units hold a known word."""
        check_fitted(self)
        if not words:
            return np.empty((0, self.n_topics)), np.empty(0, dtype=bool)
        counts = count(words, self.vocabulary_)
        return self._engine.weights(counts)[:, self._order], np.diff(counts.indptr) > 0
