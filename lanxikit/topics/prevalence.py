"""How common each topic is in groups of units, with intervals that respect documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables.reading import LEVELS
from lanxikit.tables.segmenting import leaves


def rows_to_group(units: pd.DataFrame) -> pd.DataFrame:
    """Return the leaves of a table of units; texts alone are an error."""
    if not isinstance(units, pd.DataFrame):
        raise LanxiError(
            tr("Texts alone have no groups.", "只有文本，无法分组。"),
            where="prevalence_by",
            todo=tr("Give the table that lx.segment returns.", "请给出 lx.segment 返回的表。"),
        )
    return leaves(units) if "is_leaf" in units.columns else units


def group_columns(units: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Take the group columns off a table of units, under the names asked for.

    ``"level"`` means the administrative level of the document, ``doc_level``; where that
    column is absent, the column ``level``. Any other name is a column of ``units``.

    Raises
    ------
    LanxiError
        A column is absent.
    """
    source = {name: "doc_level" if name == "level" and "doc_level" in units.columns else name for name in by}
    absent = [name for name in [*source.values(), "doc_id"] if name not in units.columns]
    if absent or not source:
        raise LanxiError(
            tr("The table of units lacks columns to group by: ", "单元表缺少分组所需的列：") + ", ".join(absent)
            if absent
            else tr("No column to group by was named.", "没有给出分组的列。"),
            where="prevalence_by",
            todo=tr(
                f"Name columns of the table: {', '.join(map(str, units.columns))}.",
                f"请给出表中的列：{'、'.join(map(str, units.columns))}。",
            ),
        )
    groups = pd.DataFrame({name: units[column].to_numpy() for name, column in source.items()})
    for name, column in source.items():
        if name == "level" and units[column].dropna().isin(LEVELS).all():
            groups[name] = pd.Categorical(groups[name], list(LEVELS), ordered=True)
        elif isinstance(units[column].dtype, pd.CategoricalDtype):
            groups[name] = pd.Categorical(groups[name], units[column].cat.categories, ordered=units[column].cat.ordered)
    return groups


def prevalence(
    shares: np.ndarray,
    documents: Sequence[str],
    groups: pd.DataFrame,
    *,
    known: np.ndarray,
    n_boot: int = 1000,
    interval: float = 0.95,
    random_state: int = 0,
) -> pd.DataFrame:
    """Average topic shares over groups, with percentile bootstrap intervals.

    Units are drawn anew, with replacement, within each document; the documents stay as
    they are. The interval thus says what other units of these documents might have
    given. It says nothing about other documents, and no test can be read off it.

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
    n_boot : int
        Number of draws.
    interval : float
        Share of the draws between ``low`` and ``high``.
    random_state : int

    Returns
    -------
    DataFrame
        The group columns, ``topic`` (from 1), ``prevalence``, ``low``, ``high`` (missing
        where no document gives two units), ``n_units``, ``n_documents``.

    Examples
    --------
    >>> shares = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    >>> years = pd.DataFrame({"year": [2020, 2020, 2024]})
    >>> found = prevalence(shares, ["a", "a", "b"], years, known=np.ones(3, bool))
    >>> found[["year", "topic", "prevalence", "n_units"]].values.tolist()
    [[2020.0, 1.0, 0.75, 2.0], [2020.0, 2.0, 0.25, 2.0], [2024.0, 1.0, 0.0, 1.0], [2024.0, 2.0, 1.0, 1.0]]
    """
    documents = np.asarray(documents)
    tails = [(1 - interval) / 2, 1 - (1 - interval) / 2]
    names = list(groups.columns)
    parts = []
    grouped = groups.groupby(names, sort=True, dropna=False, observed=True)
    for number, (values, rows) in enumerate(grouped.indices.items()):
        rows = np.sort(rows)[known[np.sort(rows)]]
        random = np.random.default_rng([random_state, number])
        means, low, high = _interval(shares[rows], documents[rows], n_boot, tails, random)
        part = pd.DataFrame({"topic": np.arange(1, shares.shape[1] + 1), "prevalence": means, "low": low, "high": high})
        for place, (name, value) in enumerate(
            zip(names, values if len(names) > 1 else np.atleast_1d(values), strict=True)
        ):
            part.insert(place, name, value)
        parts.append(part.assign(n_units=len(rows), n_documents=len(set(documents[rows]))))
    if not parts:
        return pd.DataFrame(
            {name: [] for name in [*names, "topic", "prevalence", "low", "high", "n_units", "n_documents"]}
        )
    return pd.concat(parts, ignore_index=True)


def _interval(shares, documents, n_boot, tails, random) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    missing = np.full(shares.shape[1], np.nan)
    if not len(shares):
        return missing, missing, missing
    total = np.zeros((n_boot, shares.shape[1]))
    varied = False
    with threadpool_limits(limits=1):
        for document in sorted(set(documents)):
            own = shares[documents == document]
            varied = varied or len(own) > 1
            total += random.multinomial(len(own), np.full(len(own), 1 / len(own)), size=n_boot) @ own
    means = shares.mean(axis=0)
    if not varied:
        return means, missing, missing
    low, high = np.quantile(total / len(shares), tails, axis=0)
    return means, np.minimum(low, means), np.maximum(high, means)
