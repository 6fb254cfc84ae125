"""How well scores and links agree with annotated pairs (``data/gold/alignment.csv``)."""

from __future__ import annotations

import pandas as pd

from lanxikit.evaluating.gold import document


def gold_pairs(gold: pd.DataFrame) -> pd.DataFrame:
    """Return a row a judged pair: ``lower_id, upper_id, link, strong``.

    Parameters
    ----------
    gold : DataFrame
        ``lower_unit, upper_unit, relation_first_reading, relation_second_reading``.

    Returns
    -------
    DataFrame
        ``link`` is True where both readings say strong, False where neither does, missing
        where they differ (such a pair counts neither way); ``strong``: the first reading says so.
    """
    pairs = gold[gold["upper_unit"].fillna("").ne("")]
    first, second = (pairs[f"relation_{which}_reading"].eq("strong") for which in ("first", "second"))
    link = (first & second).astype("boolean").mask(first != second)
    return pd.DataFrame(
        {"lower_id": pairs["lower_unit"], "upper_id": pairs["upper_unit"], "link": link, "strong": first}
    ).reset_index(drop=True)


def right_first(scores: pd.DataFrame, gold: pd.DataFrame, k: int = 1) -> pd.DataFrame:
    """Return, for each lower document, how often a right goal is among the ``k`` best.

    Returns
    -------
    DataFrame
        ``doc_id``; ``n``: annotated leaves that have a strong goal (first reading);
        ``share``: those with one among the ``k`` best, 0 to 1.
    """
    pairs = gold_pairs(gold)
    strong = pairs.loc[pairs["strong"], ["lower_id", "upper_id"]]
    hits = set(strong.merge(scores[scores["rank"] <= k], on=["lower_id", "upper_id"])["lower_id"])
    leaves = strong["lower_id"].drop_duplicates()
    table = pd.DataFrame({"doc_id": leaves.map(document), "hit": leaves.isin(hits)})
    return table.groupby("doc_id")["hit"].agg(n="size", share="mean").reset_index()


def link_quality(links: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Return precision, recall and F1 of the links, for each annotated document and for all.

    Only leaves that are annotated count; a pair the two readings differ on counts neither way.

    Returns
    -------
    DataFrame
        ``doc_id`` (``"all"`` last), ``n_gold``, ``n_found``, ``precision``, ``recall``, ``f1``, 0 to 1.
    """
    pairs = gold_pairs(gold)
    judged = set(gold["lower_unit"])
    found = links[links["decision"].eq("link") & links["lower_id"].isin(judged)][["lower_id", "upper_id"]]
    found = found.merge(pairs, on=["lower_id", "upper_id"], how="left", indicator=True)
    found = found[~(found["_merge"].eq("both") & found["link"].isna())]
    right = found["link"].fillna(False).astype(bool)
    true = pairs[pairs["link"].fillna(False).astype(bool)]
    rows = []
    for name in [*sorted({document(unit) for unit in judged}), "all"]:
        here = [name in ("all", document(unit)) for unit in found["lower_id"]]
        n_gold = sum(name in ("all", document(unit)) for unit in true["lower_id"])
        n_found, n_right = sum(here), int(right[here].sum())
        precision, recall = n_right / n_found if n_found else 0.0, n_right / n_gold if n_gold else 0.0
        f1 = 2 * n_right / (n_found + n_gold) if n_found + n_gold else 0.0
        rows.append((name, n_gold, n_found, precision, recall, f1))
    return pd.DataFrame(rows, columns=["doc_id", "n_gold", "n_found", "precision", "recall", "f1"])
