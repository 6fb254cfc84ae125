"""Let what people decided take the place of what the machine did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.coding.answers import confirmed
from lanxikit.coding.goals import MARKS, mark_goals
from lanxikit.comparing.pairs import usable_pairs
from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr
from lanxikit.refining.refine import refine
from lanxikit.tables.coding import LINK
from lanxikit.tables.comparing import DECIDERS, DECISIONS
from lanxikit.tables.refining import FACETS
from lanxikit.tables.usable import flags

if TYPE_CHECKING:
    Pair = tuple[str, str]


def apply_coding(
    pairs: pd.DataFrame,
    coding: pd.DataFrame,
    *,
    rule: str = "majority",
    upper: pd.DataFrame | None = None,
    lower: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Override the machine's links and facets by those that coders confirmed.

    The order of calls, each with the same coding: ``links = apply_coding(links, coding)``;
    ``refinement = apply_coding(lx.refine(links, …), coding)``;
    ``uptake = apply_coding(lx.uptake(refinement, …), coding)``. The last one changes no status,
    which comes from the coded links already: it says which of them people decided, also where
    they said no and the pair is gone. ``lx.headline`` takes all three.

    Parameters
    ----------
    pairs : DataFrame
        Result of ``lx.align``, ``lx.refine`` or ``lx.uptake``.
    coding : DataFrame
        Result of ``lx.read_coding``.
    rule : {"majority", "unanimous"}
        When an answer is confirmed: more than half of those who answered gave it (of two
        coders both must), or two or more answered and all alike. What is not confirmed
        stays as the machine has it.
    upper, lower : DataFrame, optional
        The tables of ``lx.segment``; needed only where a refinement lacks a pair that the
        coders confirmed, for its facets then have to be found. Of an uptake, ``lower`` tells
        the leaves' documents, where their ids do not.

    Returns
    -------
    DataFrame
        The columns of ``pairs`` and

        - ``decided_by``: ``coders`` where they confirmed an answer to the link, else ``machine``;
        - of a refinement, ``coded_facets``: names of the facets that the coders confirmed;
          all other facets are the machine's.

        A pair confirmed as no link is left out; yes makes it a ``link``, unsure makes it
        ``unsure``. Pairs that were not in the table stand at its end; what the machine did
        not compute of them (score, probability, rank) is missing. A facet that only the
        coders saw has their names as evidence: ``coders: 甲, 乙``.

        Of an uptake, its rows as they were but for ``decided_by``, ``coders`` where they
        confirmed a link of a goal that is taken up, or any answer to a pair of another goal
        or of an added leaf (a no, mostly); and ``evidence``, to which every confirmed answer
        is added: ``coders: no link to city#003 (甲, 乙)``.

    Raises
    ------
    TableError
        A table lacks a column, or holds answers that are not known.
    LanxiError
        There is no such rule; a confirmed pair is missing from the refinement and ``upper``
        and ``lower`` are not given; or an uptake was not made from the coded links, or is of
        other documents.

    Examples
    --------
    >>> links = pd.DataFrame({"upper_id": ["plan#001", "plan#002"], "lower_id": ["city#001"] * 2,
    ...                       "decision": ["link", "unsure"]})
    >>> rows = [("plan#001", "no"), ("plan#002", "yes"), ("plan#003", "yes")]
    >>> coding = pd.DataFrame([{"pair": f"{unit} → city#001", "coder": "甲", "item": "link", "value": value,
    ...                         "upper_id": unit, "lower_id": "city#001"} for unit, value in rows])
    >>> apply_coding(links, coding)
       upper_id  lower_id decision decided_by
    0  plan#002  city#001     link     coders
    1  plan#003  city#001     link     coders
    """
    lacking = [name for name in ("upper_id", "lower_id") if name not in getattr(pairs, "columns", ())]
    if lacking:
        raise TableError(
            tr(f"The table lacks: {', '.join(lacking)}", f"表中缺少列：{', '.join(lacking)}"),
            where="pairs",
            todo=tr("Pass the result of lx.align, lx.refine or lx.uptake.",
                    "请传入 lx.align、lx.refine 或 lx.uptake 的结果。"),
        )
    agreed = confirmed(coding, rule)
    if set(MARKS) <= set(pairs.columns):
        return mark_goals(pairs, agreed, lower)
    usable_pairs(pairs, "pairs")
    answers: dict[Pair, dict[str, tuple[str, tuple[str, ...]]]] = {}
    for row in agreed.itertuples(index=False):
        answers.setdefault((row.upper_id, row.lower_id), {})[row.item] = row.value, row.coders
    described = set(FACETS) <= set(pairs.columns)
    for facet in FACETS if described else ():
        flags(pairs, facet, "refinement")
    table = _whole(pairs, _added(pairs, answers, described, upper, lower), described)
    keys = list(zip(table["upper_id"], table["lower_id"], strict=True))
    links = [answers.get(key, {}).get(LINK, (None, ()))[0] for key in keys]
    turned = {"yes": "link", "unsure": "unsure"}
    table["decision"] = [turned.get(link, old) for link, old in zip(links, table["decision"], strict=True)]
    table["decided_by"] = ["coders" if link else old for link, old in zip(links, table["decided_by"], strict=True)]
    if described:
        _facets(table, [answers.get(key, {}) for key in keys])
    table["decision"] = table["decision"].astype(pd.CategoricalDtype(list(DECISIONS), ordered=True))
    table["decided_by"] = table["decided_by"].astype(pd.CategoricalDtype(list(DECIDERS)))
    return table[[link != "no" for link in links]].reset_index(drop=True)


def _added(pairs, answers: dict, described: bool, upper, lower) -> pd.DataFrame:
    """The pairs that only the coders linked."""
    known = set(zip(pairs["upper_id"], pairs["lower_id"], strict=True))
    new = [key for key, items in answers.items() if key not in known and items.get(LINK, ("no",))[0] != "no"]
    added = pd.DataFrame(new, columns=["upper_id", "lower_id"]).assign(decision="link")
    if not new or not described:
        return added
    if upper is None or lower is None:
        raise LanxiError(
            tr("Coders confirmed pairs that the refinement does not describe.", "编码员确认的成对条款不在细化表中。"),
            where=", ".join(" → ".join(key) for key in new[:3]),
            todo=tr("Pass upper= and lower=; or apply the coding to the links first, refine them, and apply it again.",
                    "请给出 upper= 与 lower=；或先用于 links，再用 lx.refine，然后再用一次。"),
        )
    return refine(added, upper, lower)


def _whole(pairs: pd.DataFrame, added: pd.DataFrame, described: bool) -> pd.DataFrame:
    """The table with its new rows, and the columns that say who decided, as they were before."""
    start = {} if "decision" in pairs.columns else {"decision": "link"}
    start |= {} if "decided_by" in pairs.columns else {"decided_by": "machine"}
    table = pairs.assign(**start)
    for name in ("decision", "decided_by"):
        table[name] = table[name].astype("str")
    if described:
        before = table["coded_facets"] if "coded_facets" in table.columns else [()] * len(table)
        table["coded_facets"] = pd.Series([_names(cell) for cell in before], index=table.index, dtype="object")
    if added.empty:
        return table.reset_index(drop=True)
    for name in table.columns:
        if pd.api.types.is_integer_dtype(table[name]):
            table[name] = table[name].astype("Int64")
    rows = added.assign(decision=added["decision"].astype("str"), decided_by="coders")
    rows = rows.reindex(columns=table.columns)
    if described:
        rows["coded_facets"] = pd.Series([()] * len(rows), index=rows.index, dtype="object")
    rows = rows.astype({name: kind for name, kind in table.dtypes.items() if kind != "bool"})
    return pd.concat([table, rows], ignore_index=True)


def _names(cell: object) -> tuple[str, ...]:
    """The facets coded before; a table read back from CSV holds them in one string, or nothing."""
    return tuple(cell.split(" / ")) if isinstance(cell, str) else tuple(cell) if isinstance(cell, tuple | list) else ()


def _facets(table: pd.DataFrame, answers: list[dict]) -> None:
    """Write the confirmed facets into the table."""
    for facet in FACETS:
        evidence = table[f"{facet}_evidence"].astype("object").to_list() if f"{facet}_evidence" in table else None
        held = table[facet].astype(bool).to_list()
        for n, items in enumerate(answers):
            value, coders = items.get(facet, (None, ()))
            if value is None:
                continue
            if evidence is not None:
                kept = evidence[n] if held[n] else f"coders: {', '.join(coders)}"
                evidence[n] = kept if value == "yes" else None
            held[n] = value == "yes"
        table[facet] = held
        if evidence is not None:
            table[f"{facet}_evidence"] = pd.Series(evidence, index=table.index, dtype="str")
    names = [
        tuple(name for name in FACETS if name in old or name in items)
        for old, items in zip(table["coded_facets"], answers, strict=True)
    ]
    table["coded_facets"] = pd.Series(names, index=table.index, dtype="object")
