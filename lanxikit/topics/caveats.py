"""What a handful of documents cannot show, told from the documents of each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

FEW = 30  # documents; with fewer a bootstrap of clusters gives intervals that are too narrow
MOST = 0.5
TRAITS = {"doc_level": "level", "year": "year", "region": "region"}


def traits_of(units: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the traits of each document that are not grouped by: a row a document, its level, year, region."""
    taken = {"doc_level" if name == "level" else name for name in by}
    names = [name for name in TRAITS if name in units.columns and name not in taken]
    first = units.drop_duplicates("doc_id").set_index(units.drop_duplicates("doc_id")["doc_id"].astype("str"))
    return first[names].astype("object").rename(columns=TRAITS)


def of_group(documents: Sequence[str], weights: Sequence[float], *, drawn: str) -> list[str]:
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
    >>> of_group(["a", "a"], [1, 1], drawn="units")
    ['one document (a): the interval is over its units and speaks of it alone']
    >>> of_group(["a", "a", "b"], [1, 1, 1], drawn="documents, then units")[1]
    'a gives 67% of the units'
    """
    share = pd.Series(np.asarray(weights, dtype=float)).groupby(np.asarray(documents, dtype=object)).sum()
    if not len(share):
        return ["no unit with a known word"]
    if len(share) == 1:
        said = "the interval is over its units and speaks of it alone"
        said = "one unit: no interval" if drawn == "nothing" else said
        return [f"one document ({share.index[0]}): {said}"]
    notes = []
    if drawn == "documents, then units" and len(share) < FEW:
        notes.append(f"only {len(share)} documents to draw from: the interval is likely too narrow")
    elif drawn == "units":
        notes.append(f"the {len(share)} documents stay as they are: the interval says nothing of others")
    elif drawn == "nothing":
        notes.append("one unit a document: no interval with the documents as they are")
    most = share.max() / share.sum()
    if most > MOST:
        notes.append(f"{share.idxmax()} gives {most:.0%} of the units")
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


def of_table(documents: Sequence[str], groups: pd.DataFrame, traits: pd.DataFrame) -> dict[tuple, list[str]]:
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
    notes: dict[tuple, list[str]] = {values: [] for values in held}
    if len(held) < 2:
        return notes
    for values, own in held.items():
        others = sorted({document for other, its in held.items() if other != values for document in its})
        if set(own) & set(others):
            continue  # groups within documents: the documents do not part them
        along = [f"{name} ({here})" for name, (here, _) in goes_along(own, others, traits).items()]
        if along:
            notes[values].append("not to be told from its " + ", ".join(along) + ", which no other group has")
    if len(names) > 1:
        possible = int(np.prod([groups[name].nunique(dropna=False) for name in names]))
        single = sum(len(own) == 1 for own in held.values())
        if len(held) < possible:
            said = f"{len(held)} of {possible} combinations of {' and '.join(names)} occur, {single} of them in one "
            for found in notes.values():
                found.append(said + "document: their effects cannot be told apart")
    return notes
