"""How well scores and links agree with annotated pairs (``data/gold/alignment.csv``)."""

from __future__ import annotations

import pandas as pd

from lanxikit.evaluating.gold import document
from lanxikit.evaluating.tally import Tally, counted, f1, share


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


def labelled(pairs: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of annotated lower leaves with ``link``; a pair that no reader named is none."""
    table = pairs[pairs["lower_id"].isin(set(gold["lower_unit"]))]
    table = table.merge(gold_pairs(gold)[["lower_id", "upper_id", "link"]], how="left", indicator=True)
    table["link"] = table["link"].mask(table["_merge"].eq("left_only"), False)
    return table.drop(columns="_merge")


def learnable(candidates: pd.DataFrame, gold: pd.DataFrame) -> bool:
    """Tell whether, whichever document is left out, the others have leaves with a link, and pairs that are none."""
    table = labelled(candidates, gold)
    table = table[table["link"].notna()].assign(document=table["lower_id"].map(document))
    documents = {document(leaf) for leaf in gold["lower_unit"]}
    rests = [table[table["document"] != name] for name in documents]
    return len(documents) > 1 and all(
        rest.groupby(rest["link"].astype(bool))["lower_id"].nunique().reindex([True, False]).gt(1).all()
        for rest in rests
    )


def first_tally(scores: pd.DataFrame, gold: pd.DataFrame, k: int = 1) -> Tally:
    """Tally the leaves that have a strong goal (first reading), and those with one among the ``k`` best."""
    pairs = gold_pairs(gold)
    strong = pairs.loc[pairs["strong"], ["lower_id", "upper_id"]]
    hits = set(strong.merge(scores[scores["rank"] <= k], on=["lower_id", "upper_id"])["lower_id"])
    leaves = list(strong["lower_id"].drop_duplicates())
    return Tally(leaves, [[leaf in hits, 1] for leaf in leaves], share)


def link_tally(links: pd.DataFrame, gold: pd.DataFrame) -> Tally:
    """Tally the links of the annotated leaves; a pair the two readings differ on counts neither way."""
    leaves = sorted(set(gold["lower_unit"]))
    return Tally(leaves, counted(leaves, *link_answers(links, gold)), f1)


def link_answers(links: pd.DataFrame, gold: pd.DataFrame) -> tuple[set[tuple], set[tuple]]:
    """Return the (lower, upper) pairs linked, as far as they count, and those that are true links."""
    pairs, judged = gold_pairs(gold), set(gold["lower_unit"])
    differ = pair_set(pairs[pairs["link"].isna()])
    found = {pair for pair in pair_set(links[links["decision"].eq("link")]) if pair[0] in judged} - differ
    return found, true_links(gold)


def true_links(gold: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the (lower, upper) pairs that both readings call strong."""
    pairs = gold_pairs(gold)
    return pair_set(pairs[pairs["link"].fillna(False).astype(bool)])


def differing_links(links: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """List the wrong and missing links: ``what``, ``unit_id`` (the lower leaf), ``answer`` (the upper one)."""
    found, true = link_answers(links, gold)
    rows = [("wrong", *pair) for pair in found - true] + [("missing", *pair) for pair in true - found]
    return pd.DataFrame(sorted(rows, key=lambda row: row[1:]), columns=["what", "unit_id", "answer"])


def right_first(scores: pd.DataFrame, gold: pd.DataFrame, k: int = 1) -> pd.DataFrame:
    """Return, for each lower document, how often a right goal is among the ``k`` best.

    Returns
    -------
    DataFrame
        ``doc_id``; ``n``: annotated leaves that have a strong goal (first reading);
        ``share``: those with one among the ``k`` best, 0 to 1.
    """
    rows = [(result.document, result.of, result.value) for result in first_tally(scores, gold, k).results(draws=1)]
    return pd.DataFrame([row for row in rows if row[0] != "all"], columns=["doc_id", "n", "share"])


def link_quality(links: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Return precision, recall and F1 of the links, for each annotated document and for all.

    Only leaves that are annotated count; a pair the two readings differ on counts neither way.

    Returns
    -------
    DataFrame
        ``doc_id`` (``"all"`` last), ``n_gold``, ``n_found``, ``precision``, ``recall``, ``f1``, 0 to 1.
    """
    tally = link_tally(links, gold)
    names = [document(leaf) for leaf in tally.leaves]
    rows = []
    for name in [*sorted(set(names)), "all"]:
        here = [name in ("all", own) for own in names]
        right, found, true = map(int, tally.numbers[here].sum(axis=0))
        precision, recall = right / found if found else 0.0, right / true if true else 0.0
        rows.append((name, true, found, precision, recall, 2 * right / (found + true) if found + true else 0.0))
    return pd.DataFrame(rows, columns=["doc_id", "n_gold", "n_found", "precision", "recall", "f1"])


def pair_set(table: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the (lower, upper) pairs of a table."""
    return set(zip(table["lower_id"], table["upper_id"], strict=True))
