"""Which units belong to which group, and what they count for there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables.annotating import RESPONSIBILITIES
from lanxikit.tables.reading import LEVELS
from lanxikit.tables.segmenting import leaves

LEADS = ("agency", "function")
TAKEN = frozenset(
    ["topic", "prevalence", "low", "high", "n_units", "weight", "n_documents", "drawn", "note", "note_zh", "label",
     "stability"]
)  # fmt: skip
ROLES = RESPONSIBILITIES["role"].values


class Members(NamedTuple):
    """A row a unit and group: ``rows`` number of the unit, ``groups`` its group columns, ``weights`` what it counts."""

    rows: np.ndarray
    groups: pd.DataFrame
    weights: np.ndarray


def rows_to_group(units: pd.DataFrame) -> pd.DataFrame:
    """Return the leaves of a table of units; texts alone are an error."""
    if not isinstance(units, pd.DataFrame):
        raise LanxiError(
            tr("Texts alone have no groups.", "只有文本，无法分组。"),
            where="prevalence_by",
            todo=tr("Give the table that lx.segment returns.", "请给出 lx.segment 返回的表。"),
        )
    absent = [name for name in ("unit_id", "doc_id") if name not in units.columns]
    if absent:
        raise LanxiError(
            tr("The table of units lacks columns: ", "单元表缺少列：") + ", ".join(absent),
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
    joint = [name for name, column in source.items() if units[column].map(lambda value: isinstance(value, tuple)).any()]
    if joint or set(source) & TAKEN:
        wrong = ", ".join(joint or sorted(set(source) & TAKEN))
        raise LanxiError(
            tr(f"These columns cannot be grouped by: {wrong}.", f"不能按这些列分组：{wrong}。"),
            where="prevalence_by",
            todo=tr(
                "Their values are lists of headings: make a column of one of them, units['path'].str[0].",
                "其值是多级标题：请先取出其中一级，如 units['path'].str[0]。",
            )
            if joint
            else tr("Columns of the result have these names: rename yours.", "结果表已有同名列：请给您的列改名。"),
        )
    groups = pd.DataFrame({name: units[column].to_numpy() for name, column in source.items()})
    for name, column in source.items():
        if name == "level" and units[column].dropna().isin(LEVELS).all():
            groups[name] = pd.Categorical(groups[name], list(LEVELS), ordered=True)
        elif isinstance(units[column].dtype, pd.CategoricalDtype):
            groups[name] = pd.Categorical(groups[name], units[column].cat.categories, ordered=units[column].cat.ordered)
    return groups


def members(
    units: pd.DataFrame,
    by: Sequence[str],
    *,
    responsibilities: pd.DataFrame | None = None,
    role: str | Sequence[str] = "lead",
) -> Members:
    """Say to which group each unit belongs.

    With ``"agency"`` or ``"function"`` in ``by`` a unit belongs to each of its leads, and
    counts for each with an equal share; the shares of a unit sum to one, so that a
    measure led by ten agencies weighs no more than one led by a single agency. A unit that
    names no lead is in the group without a name.

    Parameters
    ----------
    units : DataFrame
        Leaves.
    by : sequence of str
        Columns of ``units``, and ``agency`` or ``function`` of ``responsibilities``.
    responsibilities : DataFrame, optional
        The table of ``lx.responsibilities``.
    role : str or sequence of str
        Which roles count: ``lead``, ``responsible``, ``support``.

    Raises
    ------
    LanxiError
        A column is absent; no responsibilities were given, or they belong to other units;
        an unknown role.

    Examples
    --------
    >>> units = pd.DataFrame({"unit_id": ["a#001", "a#002"], "doc_id": "a"})
    >>> duties = pd.DataFrame({"unit_id": "a#001", "role": "lead", "agency": ["省水利厅", "省财政厅"]})
    >>> found = members(units, ["agency"], responsibilities=duties)
    >>> found.groups["agency"].fillna("").tolist(), found.weights.tolist()
    (['省水利厅', '省财政厅', ''], [0.5, 0.5, 1.0])
    """
    led = [name for name in by if name in LEADS and (responsibilities is not None or name not in units.columns)]
    if led and responsibilities is None:
        raise LanxiError(
            tr(f"Who leads is not known: {', '.join(led)}.", f"不知道由谁牵头：{'、'.join(led)}。"),
            where="prevalence_by",
            todo=tr(
                "Give responsibilities=lx.responsibilities(units).",
                "请给出 responsibilities=lx.responsibilities(units)。",
            ),
        )
    rows, weights = np.arange(len(units)), np.ones(len(units))
    plain = [name for name in by if name not in led]
    groups = group_columns(units, plain) if plain or not led else pd.DataFrame(index=rows)
    if led:
        leads = _leads(units, responsibilities, led, role)
        rows, weights = leads["row"].to_numpy(), leads["share"].to_numpy()
        groups = groups.iloc[rows].reset_index(drop=True)
        for name in led:
            groups[name] = leads[name].astype("object").to_numpy()
        groups = groups[list(by)]
    return Members(rows.astype(int), groups, weights)


def _leads(units: pd.DataFrame, responsibilities, led: list[str], role) -> pd.DataFrame:
    """Return a row a unit and lead: ``row``, ``share``, and the columns asked for."""
    roles = [role] if isinstance(role, str) else list(role)
    absent = [name for name in ("unit_id", "role", *led) if name not in getattr(responsibilities, "columns", ())]
    foreign = [name for name in roles if name not in ROLES]
    if absent or foreign or not roles:
        raise LanxiError(
            tr("The table of responsibilities lacks columns: ", "职责表缺少列：") + ", ".join(absent)
            if absent
            else tr("Roles that no agency has: ", "没有这种职责：") + ", ".join(map(repr, foreign)),
            where="responsibilities" if absent else "role",
            todo=tr("Give the table that lx.responsibilities returns.", "请给出 lx.responsibilities 返回的表。")
            if absent
            else tr(f"Choose of {', '.join(ROLES)}.", f"可选：{'、'.join(ROLES)}。"),
        )
    place = pd.Series(np.arange(len(units)), index=units["unit_id"].astype("str").to_numpy(), name="row")
    known = responsibilities["unit_id"].astype("str").isin(place.index)
    if len(units) and len(responsibilities) and not known.any():
        raise LanxiError(
            tr("These responsibilities belong to other units.", "这些职责属于别的单元。"),
            where=f"responsibilities: {responsibilities['unit_id'].iloc[0]}",
            todo=tr(
                "Make them of the same table: lx.responsibilities(units).",
                "请用同一张表生成：lx.responsibilities(units)。",
            ),
        )
    held = responsibilities[known & responsibilities["role"].isin(roles)]
    found = held[led].assign(row=place.loc[held["unit_id"].astype("str")].to_numpy())
    found["share"] = 1 / found.groupby("row")["row"].transform("size")
    none = sorted(set(range(len(units))) - set(found["row"]))
    found = pd.concat([found, pd.DataFrame({"row": none, "share": 1.0})], ignore_index=True)
    # two leads of one field are one member of that field
    return (
        found.groupby(["row", *led], dropna=False, sort=False, as_index=False)["share"]
        .sum()
        .sort_values("row", kind="stable", ignore_index=True)
    )
