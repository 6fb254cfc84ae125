"""How common each topic is in groups of units, with intervals that respect documents."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.notes import noted
from lanxikit.tables.prevalence import DRAWN, prevalence_table
from lanxikit.topics import caveats
from lanxikit.topics.draws import between, resampled_sums
from lanxikit.topics.groups import members, rows_to_group
from lanxikit.topics.recipe import one_of, whole

if TYPE_CHECKING:
    from lanxikit.topics.model import TopicModel

DRAWS = ("documents", "units")


def prevalence_of(
    model: TopicModel,
    units: pd.DataFrame,
    by: str | Sequence[str],
    *,
    responsibilities: pd.DataFrame | None = None,
    role: str | Sequence[str] = "lead",
    draw: str = "documents",
    n_boot: int = 1000,
    interval: float = 0.95,
) -> pd.DataFrame:
    """Average a model's topics over groups of units; `TopicModel.prevalence_by` calls it.

    Parameters
    ----------
    model : TopicModel
        Fitted.
    units : DataFrame
        The table of ``lx.segment``.
    by : str or list of str
        ``"level"`` (administrative level of the document: ``doc_level``; the column
        ``level`` only where that is absent), ``"agency"`` or ``"function"`` (the unit's
        leads and their fields of policy; a unit with several leads counts for each with
        an equal share, the shares sum to one; one without a lead is in the group without
        a value), or any column of ``units``: ``year``, ``doc_id``, ``region`` …
    responsibilities : DataFrame, optional
        The table of ``lx.responsibilities``, for ``agency`` and ``function``.
    role : str or sequence of str
        Which roles count as leading: ``"lead"``, or with ``"responsible"`` for documents
        that know no lead.
    draw : {"documents", "units"}
        What the bootstrap draws: documents, then their units; or units, with the
        documents as they are.
    n_boot : int
        Bootstrap draws.
    interval : float
        Width of the interval, a share.

    Returns
    -------
    DataFrame
        The group columns, then ``topic``; ``prevalence`` (mean share over the units that
        hold a known word); ``low, high`` (percentile interval; missing where there is
        nothing to draw from); ``n_units``; ``weight`` (what they count for);
        ``n_documents``; ``drawn`` (what was drawn); ``note`` (what the documents cannot
        show: one document in the group, few documents, one that gives most units, level
        or year or region that goes with the group); ``label``; ``stability`` (of the topic).

    Raises
    ------
    LanxiError
        A column is absent; leads are asked for and no responsibilities given, or those of
        other units; an unknown role or draw.
    """
    by = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    rows = rows_to_group(units)
    found = members(rows, by, responsibilities=responsibilities, role=role)
    shares, known = model._shares(model._read(rows)[1])
    table = prevalence(
        shares[found.rows],
        rows["doc_id"].astype("str").to_numpy(dtype=object)[found.rows],
        found.groups,
        known=known[found.rows],
        weights=found.weights,
        traits=caveats.traits_of(rows, by),
        draw=draw,
        n_boot=n_boot,
        interval=interval,
        random_state=model.random_state,
    )
    for column in ("label", "stability"):
        table[column] = model.quality_[column].to_numpy()[table["topic"].astype(int) - 1]
    return check(table, prevalence_table(by))


def prevalence(
    shares: np.ndarray,
    documents: Sequence[str],
    groups: pd.DataFrame,
    *,
    known: np.ndarray,
    weights: Sequence[float] | None = None,
    traits: pd.DataFrame | None = None,
    draw: str = "documents",
    n_boot: int = 1000,
    interval: float = 0.95,
    random_state: int = 0,
) -> pd.DataFrame:
    """Average topic shares over groups, with percentile bootstrap intervals.

    Where a group holds several documents, documents are drawn anew, with replacement, and
    then the units within each drawn document: units of one document are more alike than
    others, and the interval must not count them as if each were a document of its own. Of
    two to five documents it is still too narrow, and ``note`` says so. Where a group is
    one document, only its units are drawn: the interval speaks of that document alone. No
    test can be read off either.

    Parameters
    ----------
    shares : ndarray
        Units × topics, rows sum to 1.
    documents : sequence of str
        The document of each unit.
    groups : DataFrame
        The group columns, a row a unit.
    known : ndarray of bool
        Units to be averaged; the others hold no word of the model.
    weights : sequence of float, optional
        What each unit counts for; 1 without it.
    traits : DataFrame, optional
        Level, year and region of the documents, for ``note`` (index: document).
    draw : {"documents", "units"}
        ``"units"`` keeps the documents as they are: what other units of these very
        documents might have given.
    n_boot : int
        Number of draws.
    interval : float
        Share of the draws between ``low`` and ``high``.
    random_state : int

    Returns
    -------
    DataFrame
        The group columns, ``topic`` (from 1), ``prevalence``, ``low``, ``high`` (missing
        where there is nothing to draw from), ``n_units``, ``weight``, ``n_documents``,
        ``drawn``, ``note``, ``note_zh``.

    Raises
    ------
    LanxiError
        An unknown ``draw``, no draws, or an interval that is no share.

    Examples
    --------
    >>> shares = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    >>> years = pd.DataFrame({"year": [2020, 2020, 2024]})
    >>> found = prevalence(shares, ["a", "a", "b"], years, known=np.ones(3, bool))
    >>> found[["year", "topic", "prevalence", "n_units"]].values.tolist()
    [[2020.0, 1.0, 0.75, 2.0], [2020.0, 2.0, 0.25, 2.0], [2024.0, 1.0, 0.0, 1.0], [2024.0, 2.0, 1.0, 1.0]]
    >>> found["drawn"].tolist()
    ['units', 'units', 'nothing', 'nothing']
    """
    from tqdm import tqdm

    check_draws(draw, n_boot, interval)
    documents = np.asarray(documents, dtype=object)
    weights = np.ones(len(documents)) if weights is None else np.asarray(weights, dtype=float)
    names = list(groups.columns)
    traits = pd.DataFrame(index=sorted(set(documents))) if traits is None else traits
    said = caveats.of_table(documents[known], groups[known], traits)
    parts = []
    grouped = groups.groupby(names, sort=True, dropna=False, observed=True)
    bar = {"desc": tr("groups", "分组"), "delay": 2, "file": sys.stderr, "leave": False, "disable": None}
    for number, (values, rows) in enumerate(tqdm(grouped.indices.items(), **bar)):
        values = values if isinstance(values, tuple) else (values,)
        rows = np.sort(rows)[known[np.sort(rows)]]
        random = np.random.default_rng([random_state, number])
        own = (shares[rows], documents[rows], weights[rows])
        means, low, high, drawn = _interval(*own, draw, n_boot, interval, random)
        part = pd.DataFrame({"topic": np.arange(1, shares.shape[1] + 1), "prevalence": means, "low": low, "high": high})
        for place, (name, value) in enumerate(zip(names, values, strict=True)):
            part.insert(place, name, value)
        notes = [*caveats.of_group(documents[rows], weights[rows], drawn=drawn), *said.get(values, [])]
        parts.append(
            part.assign(
                n_units=len(rows),
                weight=weights[rows].sum(),
                n_documents=len(set(documents[rows])),
                drawn=drawn,
                **noted(notes),
            )
        )
    if not parts:
        rest = ["topic", "prevalence", "low", "high", "n_units", "weight", "n_documents", "drawn", "note", "note_zh"]
        return pd.DataFrame({name: [] for name in [*names, *rest]})
    return pd.concat(parts, ignore_index=True)


def check_draws(draw: object, n_boot: object, interval: object) -> None:
    """Refuse options of the bootstrap that mean nothing."""
    one_of("draw", draw, DRAWS)
    whole("n_boot", n_boot, least=1)
    if isinstance(interval, bool) or not isinstance(interval, (int, float)) or not 0 < interval < 1:
        raise LanxiError(
            tr(f"interval is {interval!r}.", f"interval 为 {interval!r}。"),
            where="interval",
            todo=tr("Give a share between 0 and 1, such as 0.95.", "请给出 0 与 1 之间的数，如 0.95。"),
        )


def _interval(shares, documents, weights, draw, n_boot, interval, random):
    """Return the means, both ends of their intervals, and what was drawn."""
    missing = np.full(shares.shape[1], np.nan)
    if not len(shares):
        return missing, missing, missing, DRAWN[2]
    means = weights @ shares / weights.sum()
    columns = np.column_stack([weights[:, None] * shares, weights])
    two_stage = draw == "documents" and len(set(documents)) > 1
    sums, varied = resampled_sums(columns, documents, n_boot=n_boot, random=random, draw_documents=two_stage)
    if not varied:
        return means, missing, missing, DRAWN[2]
    low, high = between(sums[:, :-1] / sums[:, -1:], means, interval)
    return means, low, high, DRAWN[0] if two_stage else DRAWN[1]
