"""Say, in a table of ``lx.uptake``, which goals and added leaves people decided.

A pair that coders rejected is gone from the links, and with it who took it away: the goal then looks as if the machine
had found nothing. What the coders said is therefore written into the table of uptake itself. No status is changed
here: it follows from the coded links.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables.coding import LINK
from lanxikit.tables.comparing import DECIDERS

SAID = {"yes": "link to", "no": "no link to", "unsure": "unsure link to"}
MARKS = ("status", "lower_doc", "lower_ids", "evidence")
"""Columns by which a table of ``lx.uptake`` is known."""

Answer = tuple[str, str, tuple[str, ...]]  # the leaf on the other side, the value, and who gave it


def mark_goals(goals: pd.DataFrame, answers: pd.DataFrame, lower: pd.DataFrame | None) -> pd.DataFrame:
    """Return the table of uptake with ``decided_by`` and ``evidence`` as the coders' answers demand.

    Parameters
    ----------
    goals : DataFrame
        Result of ``lx.uptake`` for the coded links.
    answers : DataFrame
        Result of ``confirmed``.
    lower : DataFrame or None
        The lower units; without them a leaf's document is what stands before # in its id.

    Raises
    ------
    LanxiError
        A status contradicts what the coders confirmed, or no answer is about these documents.
    """
    links = answers[answers["item"] == LINK]
    documents = {} if lower is None else dict(zip(lower["unit_id"], lower["doc_id"], strict=True))
    by_goal: dict[tuple[str, str], list[Answer]] = {}
    by_leaf: dict[str, list[Answer]] = {}
    for row in links.itertuples(index=False):
        doc = documents.get(row.lower_id, row.lower_id.rpartition("#")[0])
        by_goal.setdefault((row.upper_id, doc), []).append((row.lower_id, row.value, row.coders))
        by_leaf.setdefault(row.lower_id, []).append((row.upper_id, row.value, row.coders))
    before = goals["decided_by"].astype("str") if "decided_by" in goals.columns else ["machine"] * len(goals)
    deciders, evidence, met, wrong = [], [], False, []
    for row, decider in zip(goals.itertuples(index=False), before, strict=True):
        added = row.status == "added"
        said = by_leaf.get(row.lower_id, ()) if added else by_goal.get((row.upper_id, row.lower_doc), ())
        met |= bool(said)
        wrong += [f"{row.lower_id if added else row.upper_id}: {row.status}, but coders: {SAID[value]} {leaf}"
                  for leaf, value, _ in said if _contradicts(row, leaf, value)]
        counts = any(value == "yes" for _, value, _ in said) if row.status == "taken_up" else bool(said)
        deciders.append("coders" if counts else decider)
        words = _words(said)
        evidence.append(f"{row.evidence}; {words}" if words and words not in row.evidence else row.evidence)
    if wrong or (len(links) and len(goals) and not met):
        raise _unlike(wrong)
    return goals.assign(
        decided_by=pd.Series(deciders, index=goals.index, dtype=pd.CategoricalDtype(list(DECIDERS))),
        evidence=pd.Series(evidence, index=goals.index, dtype=goals["evidence"].dtype),
    )


def _contradicts(row, leaf: str, value: str) -> bool:
    """Whether the status cannot come from links that hold this answer."""
    if row.status == "added":
        return value != "no"
    if row.status == "taken_up" or value == "no":
        return (value == "yes") != (leaf in row.lower_ids)
    return value == "yes" or (leaf not in row.lower_ids and getattr(row, "rule", None) != "other places")


def _words(said: Iterable[Answer]) -> str:
    parts = [f"{SAID[value]} {leaf} ({', '.join(who)})" for leaf, value, who in said]
    return f"coders: {'; '.join(parts)}" if parts else ""


def _unlike(wrong: list[str]) -> LanxiError:
    if not wrong:
        return LanxiError(
            tr("No coded pair belongs to this table of uptake.", "编码的条款对都不属于这张 uptake 表。"),
            where="coding",
            todo=tr("Give the coding of these documents; and lower=, where ids are not like document#001.",
                    "请给出这些文件的编码；若条款号不是“文件#001”的形式，请再给出 lower=。"),
        )
    return LanxiError(
        tr("The table of uptake contradicts what coders confirmed.", "uptake 表与编码员确认的结果矛盾。"),
        where="; ".join(wrong[:3]) + (tr(f" and {len(wrong) - 3} more", f" 等共 {len(wrong)} 处") if wrong[3:] else ""),
        todo=tr("Apply the coding to the links by the same rule, then lx.refine and lx.uptake, and apply it to the "
                "result.",
                "请先按同一规则把编码用于 links，再做 lx.refine 与 lx.uptake，最后用于所得的表。"),
    )
