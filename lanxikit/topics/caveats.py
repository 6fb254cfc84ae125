"""What a handful of documents cannot show, told from the documents of each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lanxikit.tables.notes import Note
from lanxikit.tables.reading import LEVEL_NAMES

FEW = 30  # documents; with fewer a bootstrap of clusters gives intervals that are too narrow
MOST = 0.5
TRAITS = {"doc_level": "level", "year": "year", "region": "region"}
CHINESE = {"level": "层级", "doc_level": "层级", "year": "年份", "region": "地区", "doc_id": "文件"}


def chinese_of(values: str) -> str:
    """Return values joined by / with names of levels in Chinese.

    Examples
    --------
    >>> chinese_of("county/province"), chinese_of("2022")
    ('区县级/省级', '2022')
    """
    return "/".join(LEVEL_NAMES.get(value, ("", value))[1] for value in values.split("/"))


def traits_of(units: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the traits of each document that are not grouped by: a row a document, its level, year, region."""
    taken = {"doc_level" if name == "level" else name for name in by}
    names = [name for name in TRAITS if name in units.columns and name not in taken]
    first = units.drop_duplicates("doc_id").set_index(units.drop_duplicates("doc_id")["doc_id"].astype("str"))
    return first[names].astype("object").rename(columns=TRAITS)


def of_group(documents: Sequence[str], weights: Sequence[float], *, drawn: str) -> list[Note]:
    """Say what the documents of a group let its interval mean.

    Parameters
    ----------
    documents : sequence of str
        The document of each unit.
    weights : sequence of float
        What each unit counts for.
    drawn : str
        What was drawn anew.

    Examples
    --------
    >>> of_group(["a", "a"], [1, 1], drawn="units")[0].en
    'one document (a): the interval is over its units and speaks of it alone'
    >>> of_group(["a", "a", "b"], [1, 1, 1], drawn="documents, then units")[1]
    Note(en='a gives 67% of the units', zh='a 占单元的 67%')
    """
    share = pd.Series(np.asarray(weights, dtype=float)).groupby(np.asarray(documents, dtype=object)).sum()
    if not len(share):
        return [Note("no unit with a known word", "没有含已知词的单元")]
    if len(share) == 1:
        said = Note("the interval is over its units and speaks of it alone", "区间只反映其内部条款，只说明该文件")
        said = Note("one unit: no interval", "只有一个单元，无区间") if drawn == "nothing" else said
        return [Note(f"one document ({share.index[0]}): {said.en}", f"只有一份文件（{share.index[0]}）：{said.zh}")]
    notes = []
    if drawn == "documents, then units" and len(share) < FEW:
        notes.append(
            Note(
                f"only {len(share)} documents to draw from: the interval is likely too narrow",
                f"只有 {len(share)} 份文件可供重抽：区间可能偏窄",
            )
        )
    elif drawn == "units":
        notes.append(
            Note(
                f"the {len(share)} documents stay as they are: the interval says nothing of others",
                f"{len(share)} 份文件保持不变：区间不涉及其他文件",
            )
        )
    elif drawn == "nothing":
        notes.append(
            Note(
                "one unit a document: no interval with the documents as they are",
                "每份文件只有一个单元：文件不变时无区间",
            )
        )
    most = share.max() / share.sum()
    if most > MOST:
        notes.append(Note(f"{share.idxmax()} gives {most:.0%} of the units", f"{share.idxmax()} 占单元的 {most:.0%}"))
    return notes


def goes_along(own: Sequence[str], others: Sequence[str], traits: pd.DataFrame) -> Mapping[str, tuple[str, str]]:
    """Find the traits in which the documents of a group share no value with the other documents.

    Examples
    --------
    >>> traits = pd.DataFrame({"year": [2022, 2024, 2022], "region": ["甲", "乙", "乙"]}, index=["a", "b", "c"])
    >>> goes_along(["a"], ["b"], traits)
    {'year': ('2022', '2024'), 'region': ('甲', '乙')}
    >>> goes_along(["a"], ["b", "c"], traits)
    {'region': ('甲', '乙')}
    """
    found = {}
    for name in traits.columns:
        sides = (traits.loc[list(side), name].dropna() for side in (own, others))
        here, there = (sorted(set(map(str, values))) for values in sides)
        if here and there and not set(here) & set(there):
            found[name] = ("/".join(here), "/".join(there))
    return found


def of_table(documents: Sequence[str], groups: pd.DataFrame, traits: pd.DataFrame) -> dict[tuple, list[Note]]:
    """Say of each group what cannot be told from it, and how many of the combinations occur.

    Parameters
    ----------
    documents : sequence of str
        The document of each unit.
    groups : DataFrame
        The group columns, a row a unit.
    traits : DataFrame
        From `traits_of`.

    Returns
    -------
    dict
        Values of a group → notes.
    """
    names = list(groups.columns)
    documents = np.asarray(documents, dtype=object)
    held = {
        values if isinstance(values, tuple) else (values,): sorted(set(documents[rows]))
        for values, rows in groups.groupby(names, sort=True, dropna=False, observed=True).indices.items()
    }
    notes: dict[tuple, list[Note]] = {values: [] for values in held}
    if len(held) < 2:
        return notes
    for values, own in held.items():
        others = sorted({document for other, its in held.items() if other != values for document in its})
        if set(own) & set(others):
            continue  # groups within documents: the documents do not part them
        along = [(name, here) for name, (here, _) in goes_along(own, others, traits).items()]
        if along:
            english = ", ".join(f"{name} ({here})" for name, here in along)
            chinese = "、".join(f"{CHINESE[name]}（{chinese_of(here)}）" for name, here in along)
            notes[values].append(
                Note(
                    f"not to be told from its {english}, which no other group has",
                    f"无法与其{chinese}区分，其他组都没有这一特征",
                )
            )
    if len(names) > 1:
        possible = int(np.prod([groups[name].nunique(dropna=False) for name in names]))
        single = sum(len(own) == 1 for own in held.values())
        if len(held) < possible:
            spoken = "与".join(CHINESE.get(name, name) for name in names)
            said = Note(
                f"{len(held)} of {possible} combinations of {' and '.join(names)} occur, {single} of them in one "
                "document: their effects cannot be told apart",
                f"{spoken}的 {possible} 种组合只出现 {len(held)} 种，其中 {single} 种只见于一份文件："
                "各自的影响无法分开",
            )
            for found in notes.values():
                found.append(said)
    return notes
