"""What becomes of the topics when the words are cut, dropped or counted otherwise."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from os import PathLike, fspath

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.notes import Note, noted
from lanxikit.tables.segmenting import leaves
from lanxikit.tables.sensitivity import CUTS, DROPPED, TOPIC_SENSITIVITY
from lanxikit.text.cutter import WORDS, cutter
from lanxikit.topics import fastcut, stability
from lanxikit.topics.coherence import METRICS
from lanxikit.topics.matrix import count
from lanxikit.topics.model import N_TOP, TopicModel
from lanxikit.topics.recipe import check_size, one_of, prepare, whole
from lanxikit.topics.tokens import read_units

_SENTENCE = re.compile(r"[^。！？；!?;]+[。！？；!?;]*[”’」』）)]*|[。！？；!?;]+")
_MODEL = ("method", "backend", "min_df", "max_df", "codebook", "max_iter")


@dataclass(frozen=True)
class _Found:
    """What a setting gave: its topics' top words, its leaves' shares, and the numbers that are its own."""

    tops: list[list[str]]
    terms: frozenset[str]
    shares: np.ndarray
    numbers: dict[str, float]


def topic_sensitivity(
    units: pd.DataFrame | Iterable[str],
    dictionaries: Sequence[str | PathLike] = ("all", "terms", "none"),
    stop_words: Sequence[str] = ("both", "stop_words", "none"),
    unit: Sequence[str] | None = None,
    *,
    n_topics: int = 10,
    repeats: int = 5,
    random_state: int = 0,
    **options: object,
) -> pd.DataFrame:
    """Fit the same topic model under each dictionary × stop words × unit of analysis.

    Such choices are made before any model is fitted and can change its result more than
    the model itself (Denny & Spirling 2018, Text Preprocessing For Unsupervised Learning).
    The first value of each argument is the reference. The yardstick is the reference's own
    ``stability``: a setting whose ``overlap`` is not below it moves the topics no more than
    leaving out a tenth of the units does.

    Parameters
    ----------
    units : DataFrame or list of str
        The table of ``lx.segment`` (its leaves are read), or texts.
    dictionaries : sequence of str or path
        Which words the tokenizer gets beside its own: ``"all"``, ``"terms"``,
        ``"places"``, ``"none"``; or a folder of own lists (as ``lexicon``).
    stop_words : sequence of str
        Which lists of words are dropped: ``"both"``, ``"stop_words"``,
        ``"formula_words"``, ``"none"``.
    unit : sequence of str, optional
        What counts as one text: ``"leaf"``, ``"sentence"``, ``"section"`` (the leaves of
        a document under the same heading; needs the table of units). Without it all three,
        and of a list of texts the first two.
    n_topics : int
        Number of topics, the same in all.
    repeats : int
        Refits, each without another tenth of the units, for ``stability``.
    random_state : int
    **options
        Further parameters of `TopicModel`: ``method``, ``tokenizer``, ``min_df`` …

    Returns
    -------
    DataFrame
        A row a setting: ``dictionary, stop_words, unit, reference``; ``n_units, n_terms``;
        ``overlap`` (of the matched topics' ten top words with the reference, 0 to 1);
        ``least, least_label`` (of the reference topic least found again); ``words_left``
        (share of the reference's top words that the vocabulary still has: low where the
        words changed and not the topics); ``agreement`` (adjusted Rand index of the
        leaves' heaviest topics with the reference: blind to spelling); ``coherence`` (over
        leaves, so that units of different length compare); ``stability``; ``note`` (why a
        setting could not be fitted: then its numbers are missing).

    Raises
    ------
    LanxiError
        An unknown or doubled setting, sections of plain texts, or a reference that cannot
        be fitted.

    Examples
    --------
    >>> texts = ["治理黄河水污染；黄河流域水污染治理", "修建西宁至成都铁路；铁路和公路修建"] * 6
    >>> found = topic_sensitivity(texts, ("all",), ("both",), ("leaf", "sentence"), n_topics=2, min_df=1)
    >>> found[["unit", "n_units", "overlap", "agreement"]].values.tolist()
    [['leaf', 12, 1.0, 1.0], ['sentence', 24, 1.0, 1.0]]
    """
    dictionaries = [name if isinstance(name, str) else fspath(name) for name in _several("dictionaries", dictionaries)]
    if unit is None:
        unit = tuple(CUTS)[: 3 if isinstance(units, pd.DataFrame) else 2]
    stop_words, unit = _several("stop_words", stop_words, DROPPED), _several("unit", unit, CUTS)
    whole("repeats", repeats, least=1)
    whole("random_state", random_state, least=0)
    model = TopicModel(n_topics, random_state=random_state, **options)
    one_of("coherence", model.coherence, tuple(METRICS))
    texts, sections = _texts(units, heading=model.heading, sections="section" in unit)
    rows, first, cut = [], None, {}
    for setting in _shown(list(product(dictionaries, stop_words, unit))):
        dictionary, dropped, kind = setting
        row = dict(zip(("dictionary", "stop_words", "unit"), setting, strict=True)) | {"reference": not rows}
        if (dictionary, dropped) not in cut:
            cut = {(dictionary, dropped): _cut(model, texts, dictionary, dropped)}
        try:
            found = _fit(model, cut[dictionary, dropped], sections, dictionary, kind, repeats)
        except LanxiError:
            if first is None:
                raise
            reason = Note(
                f"not fitted: too few units or different words for {n_topics} topics",
                f"未拟合：单元或不同的词太少，分不出 {n_topics} 个主题",
            )
            rows.append(row | {"n_units": 0, "n_terms": 0} | noted([reason]))
            continue
        first = first or found
        rows.append(row | found.numbers | _distance(first, found))
    table = pd.DataFrame(rows, columns=TOPIC_SENSITIVITY.names())
    return check(table, TOPIC_SENSITIVITY)


def _several(name: str, values: Sequence, allowed: Iterable[str] = ()) -> list:
    values = [values] if isinstance(values, (str, PathLike)) else list(values)
    if not values or len(set(map(str, values))) < len(values):
        raise LanxiError(
            tr(f"{name} is empty or names a setting twice.", f"{name} 为空，或有重复。"),
            where=name,
            todo=tr("Give one or more different settings.", "请给出一个或多个不同的设置。"),
        )
    for value in values if allowed else ():
        one_of(name, value, tuple(allowed))
    return values


def _texts(units, *, heading: bool, sections: bool) -> tuple[list[list[str]], list | None]:
    """Return the sentences of each leaf, and the section of each leaf where sections are asked for."""
    texts = [_SENTENCE.findall(text) for text in read_units(units, heading=heading).texts]
    if not sections:
        return texts, None
    if not isinstance(units, pd.DataFrame) or not {"doc_id", "path"} <= set(units.columns):
        raise LanxiError(
            tr("Sections are known of a table of units only.", "只有单元表才有章节。"),
            where='unit="section"',
            todo=tr(
                'Give the table of lx.segment, or unit=("leaf", "sentence").',
                '请给出 lx.segment 的结果，或用 unit=("leaf", "sentence")。',
            ),
        )
    rows = leaves(units) if "is_leaf" in units.columns else units
    return texts, [(doc, *path) for doc, path in zip(rows["doc_id"], rows["path"], strict=True)]


def _lexicon(model: TopicModel, dictionary: str) -> tuple[str | None, str]:
    """Return the folder of word lists and which of them the tokenizer gets."""
    if dictionary in WORDS:
        return None if model.lexicon is None else str(model.lexicon), dictionary
    return dictionary, "all"


def _cut(model: TopicModel, texts: list[list[str]], dictionary: str, dropped: str) -> list[list[list[str]]]:
    """Return the words of each sentence of each leaf."""
    lexicon, words = _lexicon(model, dictionary)
    stream = iter(
        fastcut.cut(
            [sentence for leaf in texts for sentence in leaf],
            tokenizer=model.tokenizer,
            lexicon=lexicon,
            dictionary=words,
            single=model.single,
            numbers=model.numbers,
            **{name: name in DROPPED[dropped] for name in DROPPED["both"]},
        )
    )
    return [[next(stream) for _ in leaf] for leaf in texts]


def _fit(model: TopicModel, cut, sections, dictionary: str, kind: str, repeats: int) -> _Found:
    lexicon, words = _lexicon(model, dictionary)
    inside = [[word for sentence in leaf for word in sentence] for leaf in cut]
    recipe = prepare(
        _units(cut, inside, sections, kind),
        cutter(fastcut.name_of(model.tokenizer), lexicon, words),
        lexicon=lexicon,
        **{name: getattr(model, name) for name in _MODEL},
    )
    check_size(recipe, model.n_topics)
    counts = recipe.counts[recipe.held]
    engine = recipe.make(model.n_topics, model.random_state).fit(counts)
    tops = stability.top_words(engine.components, recipe.terms, N_TOP)
    refits = stability.refits(
        lambda: recipe.make(model.n_topics, model.random_state),
        counts,
        recipe.terms,
        seeds=range(model.random_state, model.random_state + repeats),
        n_top=N_TOP,
    )
    numbers = {
        "n_units": len(recipe.held),
        "n_terms": len(recipe.terms),
        "coherence": float(np.nanmean(METRICS[model.coherence](tops, inside))),
        "stability": float(np.mean([stability.matched_overlap(tops, other) for other in refits])),
    }
    return _Found(tops, frozenset(recipe.terms), engine.weights(count(inside, recipe.terms)), numbers)


def _units(cut, inside: list[list[str]], sections: list | None, kind: str) -> list[list[str]]:
    """Return the words of each unit of analysis."""
    if kind == "leaf":
        return inside
    if kind == "sentence":
        return [sentence for leaf in cut for sentence in leaf]
    joined: dict[tuple, list[str]] = {}
    for section, words in zip(sections, inside, strict=True):
        joined.setdefault(section, []).extend(words)
    return list(joined.values())


def _distance(first: _Found, found: _Found) -> dict[str, object]:
    overlap = stability.matched_overlap(first.tops, found.tops)
    least = int(np.argmin(np.round(overlap, 9)))
    words = {word for top in first.tops for word in top}
    return {
        "overlap": float(overlap.mean()),
        "least": float(overlap[least]),
        "least_label": "·".join(first.tops[least][:3]),
        "words_left": len(words & found.terms) / len(words),
        "agreement": stability.assignment_agreement(first.shares, found.shares),
    }


def _shown(settings: list) -> Iterator:
    from tqdm import tqdm

    return iter(tqdm(settings, desc=tr("settings", "设置"), delay=2, file=sys.stderr, leave=False, disable=None))
