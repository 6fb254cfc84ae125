"""How two groups of units differ in their topics, and what of that these documents can show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.notes import Note, noted
from lanxikit.tables.prevalence import DRAWN, PREVALENCE_DIFFERENCE
from lanxikit.topics import caveats
from lanxikit.topics.draws import between, resampled_sums
from lanxikit.topics.groups import Members, members, rows_to_group
from lanxikit.topics.prevalence import check_draws
from lanxikit.topics.recipe import check_fitted, whole

if TYPE_CHECKING:
    from lanxikit.topics.model import TopicModel


def compare_prevalence(
    model: TopicModel,
    units: pd.DataFrame,
    *,
    by: str | Sequence[str],
    groups: tuple,
    responsibilities: pd.DataFrame | None = None,
    role: str | Sequence[str] = "lead",
    draw: str = "documents",
    n_boot: int = 1000,
    interval: float = 0.95,
    random_state: int = 0,
) -> pd.DataFrame:
    """Compare how common the topics are in two groups of units.

    What stm's estimateEffect does for two values of a covariate (Roberts, Stewart &
    Tingley 2019, stm: An R Package for Structural Topic Models), with a two-stage
    bootstrap in place of a regression: documents are drawn anew, then their units.
    Documents of one group are drawn for that group, documents with units in both groups
    (as with lead agencies) once for both, so that what is common to a document falls out
    of the difference. A group that is one document keeps it. There is no p-value: over a
    handful of documents it would be one of the documents, not of the groups. The topics
    are taken as found; how far they would move is in ``stability``. The intervals hold for
    each topic by itself: of twenty, one leaves out 0 by chance.

    Parameters
    ----------
    model : TopicModel
        Fitted.
    units : DataFrame
        The table of ``lx.segment``.
    by : str or list of str
        As in `TopicModel.prevalence_by`: ``"level"``, ``"year"``, ``"doc_id"``,
        ``"agency"``, ``"function"`` …
    groups : pair
        The two values compared; with several columns in ``by`` two tuples of values.
        ``None`` is the group without a value.
    responsibilities : DataFrame, optional
        The table of ``lx.responsibilities``, for ``agency`` and ``function``.
    role : str or sequence of str
        Which roles count as leading.
    draw : {"documents", "units"}
        ``"units"`` keeps the documents as they are.
    n_boot : int
        Bootstrap draws.
    interval : float
        Width of the interval.
    random_state : int

    Returns
    -------
    DataFrame
        A row a topic: ``topic``; ``group_a, group_b``; ``prevalence_a, prevalence_b``
        (mean shares, 0 to 1); ``difference`` (a − b); ``low, high`` (its interval; missing
        where there is nothing to draw from); ``n_units_a, n_units_b``; ``n_documents_a,
        n_documents_b``; ``drawn`` (what was drawn anew); ``note`` (what these
        documents cannot show); ``label``; ``stability`` (of the topic).

    Raises
    ------
    LanxiError
        No such group, or one without a known word; not two different groups; else as
        `TopicModel.prevalence_by`.

    Examples
    --------
    >>> from lanxikit.topics.model import TopicModel
    >>> texts = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 4
    >>> units = pd.DataFrame({"unit_id": [f"u{i:02d}" for i in range(16)], "doc_id": ["a", "a", "b", "b"] * 4,
    ...     "text": texts, "year": [2020, 2020, 2024, 2024] * 4})
    >>> model = TopicModel(2, min_df=1).fit(units)
    >>> found = compare_prevalence(model, units, by="year", groups=(2024, 2020))
    >>> found["difference"].round(1).tolist(), found["note"][0].split("; ")[0]
    ([1.0, -1.0], 'two documents: a difference of groups cannot be told from one of these documents')
    """
    check_fitted(model)
    check_draws(draw, n_boot, interval)
    whole("random_state", random_state, least=0)
    by = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    rows = rows_to_group(units)
    found = members(rows, by, responsibilities=responsibilities, role=role)
    shares, known = model._shares(model._read(rows)[1])
    sides = _sides(found, by, groups, known, len(rows))
    names = [_name(group) for group in groups]
    documents = rows["doc_id"].astype("str").to_numpy(dtype=object)
    used = np.flatnonzero((sides > 0).any(axis=0))
    weights, documents, shares = sides[:, used], documents[used], shares[used]
    means = weights @ shares / weights.sum(axis=1, keepdims=True)
    difference = means[0] - means[1]
    low, high, drawn = _interval(weights, documents, shares, difference, draw, n_boot, interval, random_state)
    held = [set(documents[side > 0]) for side in weights]
    traits = caveats.traits_of(rows, by)
    table = pd.DataFrame(
        {
            "topic": range(1, len(difference) + 1),
            "group_a": names[0],
            "group_b": names[1],
            "prevalence_a": means[0],
            "prevalence_b": means[1],
            "difference": difference,
            "low": low,
            "high": high,
            "n_units_a": int((weights[0] > 0).sum()),
            "n_units_b": int((weights[1] > 0).sum()),
            "n_documents_a": len(held[0]),
            "n_documents_b": len(held[1]),
            "drawn": drawn,
            **noted(_notes(names, held, documents, weights, traits, drawn)),
            "label": model.labels_,
            "stability": model.quality_["stability"].to_numpy(),
        }
    )
    return check(table, PREVALENCE_DIFFERENCE)


def _sides(found: Members, by: list[str], groups: tuple, known: np.ndarray, n_units: int) -> np.ndarray:
    """Return what each unit counts for in each of the two groups: 2 × units."""
    pair = list(groups) if isinstance(groups, (tuple, list)) else []
    nested = any(isinstance(value, (list, set, dict)) for group in pair for value in (group, *_parts(group)))
    if len(pair) != 2 or nested or _key(pair[0]) == _key(pair[1]):
        raise LanxiError(
            tr(f"These are not two groups: {groups!r}.", f"这不是两个组：{groups!r}。"),
            where="compare_prevalence",
            todo=tr(
                "Give two different single values: groups=(2024, 2020); several at once need a column of their own.",
                "请给出两个不同的单一值：groups=(2024, 2020)；若要合并多个值，请先另建一列。",
            ),
        )
    keys = list(map(_key, found.groups[by].astype("object").itertuples(index=False, name=None)))
    sides = np.zeros((2, n_units))
    for side, group in zip(sides, pair, strict=True):
        mine = np.fromiter((key == _key(group) for key in keys), dtype=bool, count=len(keys))
        np.add.at(side, found.rows[mine], found.weights[mine])
        side[~known] = 0
        if not side.any():
            there = list(dict.fromkeys(_name(key) for key in sorted(set(keys))))
            said = ", ".join(there[:12]) + (" …" if len(there) > 12 else "")
            raise LanxiError(
                tr(
                    f"The group {_name(group)!r} has no unit with a known word.",
                    f"组 {_name(group)!r} 没有含已知词的单元。",
                ),
                where=f"compare_prevalence: {', '.join(by)}",
                todo=tr(f"The groups are: {said}.", f"现有的组：{said}。"),
            )
    return sides


def _parts(group: object) -> tuple:
    return group if isinstance(group, tuple) else (group,)


def _key(group: object) -> tuple[str, ...]:
    """One spelling for a group, however its values are typed."""
    values = _parts(group)
    whole_numbers = (int(v) if isinstance(v, (float, np.floating)) and v == v and v == int(v) else v for v in values)
    return tuple("" if value is None or pd.isna(value) else str(value) for value in whole_numbers)


def _name(group: object) -> str:
    return " · ".join(value or "—" for value in _key(group))


def _interval(weights, documents, shares, difference, draw, n_boot, interval, random_state):
    """Draw documents (of a, of b, of both), then their units, and return both ends and what was drawn."""
    n_topics = shares.shape[1]
    columns = np.column_stack([part for side in weights for part in (side[:, None] * shares, side)])
    cells = np.array([f"{a > 0:d}{b > 0:d}" for a, b in weights.T], dtype=object)
    # a document's stratum: the groups it has units in
    sided = pd.DataFrame(weights.T > 0).groupby(documents).transform("any")
    strata = np.array([f"{a:d}{b:d}" for a, b in sided.to_numpy()], dtype=object)
    several = any(len(set(documents[strata == stratum])) > 1 for stratum in set(strata))
    two_stage = draw == "documents" and several
    sums, varied = resampled_sums(
        columns,
        documents,
        strata=strata,
        cells=cells,
        n_boot=n_boot,
        random=np.random.default_rng(random_state),
        draw_documents=two_stage,
    )
    if not varied:
        missing = np.full(n_topics, np.nan)
        return missing, missing, DRAWN[2]
    first, second = sums[:, : n_topics + 1], sums[:, n_topics + 1 :]
    drawn = first[:, :-1] / first[:, -1:] - second[:, :-1] / second[:, -1:]
    return *between(drawn, difference, interval), DRAWN[0] if two_stage else DRAWN[1]


def _notes(names, held, documents, weights, traits, drawn) -> list[Note]:
    """Say what these documents cannot show of the two groups."""
    both, every = held[0] & held[1], held[0] | held[1]
    notes = []
    if len(every) == 1:
        only = next(iter(every))
        english = f"one document ({only}): the difference is one within it"
        notes.append(Note(english, f"只有一份文件（{only}）：差异在其内部"))
    elif len(held[0]) == len(held[1]) == 1:
        notes.append(
            Note(
                "two documents: a difference of groups cannot be told from one of these documents",
                "只有两份文件：组间差异与这两份文件本身的差异无法区分",
            )
        )
    else:
        if min(map(len, held)) == 1:
            notes.append(
                Note(
                    "a group is one document: a difference of groups cannot be told from that document's own",
                    "有一组只有一份文件：组间差异与该文件自身的特点无法区分",
                )
            )
        for name, side, own in zip(names, weights, held, strict=True):
            said = caveats.of_group(documents[side > 0], side[side > 0], drawn=drawn if len(own) > 1 else DRAWN[1])
            notes += [Note(f"{name}: {note.en}", f"{name}：{note.zh}") for note in said]
    if both and len(every) > 1:
        notes.append(
            Note(
                f"{len(both)} of {len(every)} documents have units in both groups and are drawn for both at once",
                f"{len(every)} 份文件中有 {len(both)} 份在两组中都有单元，重抽时两组同时抽取",
            )
        )
    if not both:
        along = caveats.goes_along(sorted(held[0]), sorted(held[1]), traits)
        notes += [
            Note(
                f"{name} goes with the groups ({here} against {there})",
                f"{caveats.CHINESE[name]}与分组重合（{caveats.chinese_of(here)} 对 {caveats.chinese_of(there)}）",
            )
            for name, (here, there) in along.items()
        ]
    if drawn == DRAWN[2]:
        notes.append(Note("one unit a document: no interval", "每份文件只有一个单元：无区间"))
    return notes
