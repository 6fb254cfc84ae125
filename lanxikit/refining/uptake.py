"""What became of each upper goal in each lower document, as far as the documents can tell."""

from __future__ import annotations

import os

import pandas as pd

from lanxikit.comparing.evidence import annotation
from lanxikit.comparing.pairs import linked_leaves
from lanxikit.comparing.sides import above as headings_above
from lanxikit.comparing.sides import both
from lanxikit.errors import LanxiError, TableError
from lanxikit.gazetteer.codes import codes
from lanxikit.lexicons import load
from lanxikit.messages import tr
from lanxikit.refining.applicable import Goal, goals, reserved_fields
from lanxikit.tables import check
from lanxikit.tables.refining import UPTAKE
from lanxikit.tables.usable import need

DUTY = ("agency", "level", "adcode", "open_list")
NEEDED = {"refinement": ("decision",), "lineage": ("upper_id", "lower_id", "relation")}


def uptake(
    refinement: pd.DataFrame,
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    lineage: pd.DataFrame,
    *,
    places: pd.DataFrame | None = None,
    responsibilities: pd.DataFrame | None = None,
    lexicon: str | os.PathLike | None = None,
) -> pd.DataFrame:
    """Say what became of each upper leaf in each lower document.

    Silence proves something only where the lower document rests on the upper one: elsewhere
    a goal without a link is ``unsure``, never ``not_taken_up``; and a link is then the same
    matter, not an implementation.

    Parameters
    ----------
    refinement : DataFrame
        Result of ``lx.refine`` (or of ``lx.align``): ``upper_id, lower_id, decision``.
    upper, lower : DataFrame
        The tables of ``lx.segment`` that were compared.
    lineage : DataFrame
        Result of ``lx.lineage(corpus)``; a row for each pair of an upper and a lower document.
    places, responsibilities : DataFrame, optional
        Results of ``lx.places`` and ``lx.responsibilities`` for the upper units; computed here if not given.
    lexicon : path, optional
        A folder with a ``frame_words.tsv`` or ``reserved_fields.tsv`` of your own.

    Returns
    -------
    DataFrame
        A row an upper leaf and lower document, then a row a lower leaf without source:
        ``upper_id``, missing for added leaves; ``lower_doc``; ``lower_id``, only for added
        leaves; ``status``; ``relation``, of the two documents; ``reading``, ``implements``
        or ``same matter``, missing where nothing is linked; ``lower_ids``, the linked leaves
        (where unsure, those to look at); ``n_links``; ``evidence``; ``rule``, what decided;
        ``decided_by``, ``coders`` where they confirmed one of these pairs, else ``machine``: pairs that they
        rejected are not seen here, so pass the table on to ``lx.apply_coding``.
        ``status`` is, the first that holds,

        - ``taken_up``: a pair is linked (rule ``linked``);
        - ``not_applicable``: none is, and the goal is for others: the places that it or the headings
          above it name (加快打造兰州—白银都市圈) lie outside the lower document's region and the regions
          above it (``other places``);
        - ``unsure``: a pair is unsure (``doubtful pair``);
        - ``not_applicable``: in charge are governments of other places, or bodies of the upper level alone
          in a document that elsewhere puts lower governments in charge (``other bodies``); or the heading
          names a matter that a government of this level has no say in, by ``reserved_fields.tsv``
          (``reserved matter``);
        - ``unsure``: the goal stands in the frame of its text (总体要求, 组织保障 …), which a lower document
          may leave unsaid (``frame``); or the lower document does not descend from the upper one
          (``no descent``); or the goal is mostly for other places: it names neither the lower document's
          region nor a place in it, and half of its text or more are sentences, two at least, that name
          places outside that region only; or governments that are named, the lower document's not among
          them, are in charge, and the goals under the same heading name only such places
          (``mostly other places``);
        - ``not_taken_up``: no pair, though the lower document descends from the upper one (``silence``);
        - ``added``: a lower leaf without a linked or unsure pair: no source among the upper
          documents given (``no source``). Whether it has one elsewhere cannot be known from here.

    Raises
    ------
    TableError
        A table lacks a column, a decision is neither ``link`` nor ``unsure``, or a pair stands twice.
    LanxiError
        ``lineage`` has no row for a pair of documents.

    Notes
    -----
    Where the lower document's region is not known, every goal counts as applicable. 各市州 and
    有关市州政府 mean every place; an open list (等部门) may hold lower bodies, so that it excludes
    nobody. The order matters: a link outweighs every rule on whom a goal concerns.

    Examples
    --------
    >>> import pandas as pd
    >>> from lanxikit.tables.segmenting import UNITS
    >>> def units(doc, *texts):
    ...     rows = [{"doc_id": doc, "unit_id": f"{doc}#{n:03d}", "path": (), "kind": "measure", "heading": "",
    ...              "text": text, "start": 0, "end": len(text), "is_leaf": True} for n, text in enumerate(texts, 1)]
    ...     return pd.DataFrame(rows).reindex(columns=UNITS.names())
    >>> pairs = pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["city#001"], "decision": ["link"]})
    >>> lineage = pd.DataFrame({"upper_id": ["plan"], "lower_id": ["city"], "relation": ["descends"]})
    >>> found = uptake(pairs, units("plan", "修路。", "办学。"), units("city", "修乡道。", "建医院。"), lineage,
    ...                places=pd.DataFrame(columns=["unit_id", "adcode"]))
    >>> found[["upper_id", "lower_id", "status", "reading"]]
       upper_id  lower_id        status     reading
    0  plan#001       NaN      taken_up  implements
    1  plan#002       NaN  not_taken_up         NaN
    2       NaN  city#002         added         NaN
    """
    above, below = both(upper, lower)
    todo = tr("Pass the results of lx.refine and lx.lineage.", "请传入 lx.refine 与 lx.lineage 的结果。")
    for name, table in (("refinement", refinement), ("lineage", lineage)):
        need(table, NEEDED[name], name, todo)
    linked_leaves(refinement, above, below, "refinement")
    relation = _relations(lineage)
    paired = _paired(refinement, dict(zip(below["unit_id"], below["doc_id"], strict=True)))
    coded = _coded(refinement)
    duties = annotation("responsibilities", upper, lower.iloc[:0], responsibilities, DUTY)
    concerned = goals(above, annotation("places", upper, lower.iloc[:0], places, ("adcode",)), duties, lexicon)
    fields = reserved_fields(lexicon)
    frames = tuple(row["word"] for row in load("frame_words", lexicon))
    rows = []
    for doc, leaves in below.groupby("doc_id", sort=False):
        region = codes(next((cell for cell in leaves.get("adcode", ()) if isinstance(cell, str)), None))
        for leaf in above.itertuples(index=False):
            tie = relation.get((leaf.doc_id, doc))
            if tie is None:
                raise LanxiError(
                    tr("The lineage says nothing of these two documents.", "谱系表中没有这两个文件的关系。"),
                    where=f"{leaf.doc_id} → {doc}",
                    todo=tr("Make it by lx.lineage(corpus), all documents.", "请用 lx.lineage(corpus)（含全部文件）。"),
                )
            found = paired.get((leaf.unit_id, doc), {})
            status = _status(found, tie, concerned[leaf.unit_id], region, fields, _frame(headings_above(leaf), frames))
            by_coders = any((leaf.unit_id, lower_id) in coded for lower_id in status["lower_ids"])
            rows.append(
                {"upper_id": leaf.unit_id, "lower_doc": doc, "lower_id": None, "relation": tie}
                | status
                | {"decided_by": "coders" if by_coders else "machine"}
            )
    if not above.empty:
        rows += _added(below, refinement, relation, sorted(set(above["doc_id"])))
    table = pd.DataFrame(rows) if rows else UPTAKE.empty()
    return check(table, UPTAKE)


def _status(
    found: dict[str, list[str]], tie: str, goal: Goal, region: tuple[str, ...], fields: list, frame: str | None
) -> dict[str, object]:
    linked, unsure = found.get("link", []), found.get("unsure", [])
    ids, reading = [], None
    if linked:
        status, rule, ids, reading = "taken_up", "linked", linked, "implements" if tie == "descends" else "same matter"
        evidence = f"linked: {', '.join(linked)}"
    elif evidence := goal.elsewhere(region):
        status, rule = "not_applicable", "other places"
        evidence += f"; a weak resemblance, set aside: {', '.join(unsure)}" if unsure else ""
    elif unsure:
        status, rule, ids, evidence = "unsure", "doubtful pair", unsure, f"unsure: {', '.join(unsure)}"
    elif evidence := goal.others(region):
        status, rule = "not_applicable", "other bodies"
    elif evidence := goal.reserved(region, fields):
        status, rule = "not_applicable", "reserved matter"
    elif frame:
        status, rule = "unsure", "frame"
        evidence = f"stands under {frame}, the frame of the text: silence proves nothing"
    elif tie != "descends":
        status, rule = "unsure", "no descent"
        evidence = f"no linked leaf, but the relation is {tie}: silence proves nothing"
    elif evidence := goal.mostly(region):
        status, rule = "unsure", "mostly other places"
    else:
        status, rule, evidence = "not_taken_up", "silence", "no linked or unsure leaf, though it rests on the upper one"
    return {"status": status, "reading": reading, "lower_ids": tuple(ids), "n_links": len(linked),
            "evidence": evidence, "rule": rule}  # fmt: skip


def _frame(headings: tuple[str, ...], frames: tuple[str, ...]) -> str | None:
    """The heading that makes a goal part of the frame of its text: general aims, safeguards."""
    return next((heading for heading in headings if any(word in heading for word in frames)), None)


def _paired(refinement: pd.DataFrame, doc_of: dict[str, str]) -> dict[tuple[str, str], dict[str, list[str]]]:
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in refinement.itertuples(index=False):
        key = row.upper_id, doc_of[row.lower_id]
        found.setdefault(key, {}).setdefault(str(row.decision), []).append(row.lower_id)
    return found


def _coded(refinement: pd.DataFrame) -> set[tuple[str, str]]:
    """The pairs that coders confirmed."""
    if "decided_by" not in refinement.columns:
        return set()
    rows = refinement[refinement["decided_by"].astype("str") == "coders"]
    return set(zip(rows["upper_id"], rows["lower_id"], strict=True))


def _added(below, refinement, relation, uppers: list[str]) -> list[dict[str, object]]:
    sourced = set(refinement["lower_id"])
    rows = []
    for leaf in below[~below["unit_id"].isin(sourced)].itertuples(index=False):
        ties = {relation.get((upper, leaf.doc_id)) for upper in uppers}
        rows.append(
            {
                "upper_id": None,
                "lower_doc": leaf.doc_id,
                "lower_id": leaf.unit_id,
                "status": "added",
                "relation": ties.pop() if len(ties) == 1 else None,
                "reading": None,
                "lower_ids": (),
                "n_links": 0,
                "evidence": f"no linked or unsure leaf in {'、'.join(uppers)}",
                "rule": "no source",
                "decided_by": "machine",
            }
        )
    return rows


def _relations(lineage: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The relation of each pair of documents that has one."""
    twice = lineage[lineage.duplicated(["upper_id", "lower_id"])]
    if len(twice):
        raise TableError(
            tr("Two documents have two relations.", "两个文件有两种关系。"),
            where=f"lineage: {twice['upper_id'].iloc[0]} → {twice['lower_id'].iloc[0]}",
            todo=tr("Make it by lx.lineage(corpus), all documents.", "请用 lx.lineage(corpus)（含全部文件）。"),
        )
    known = lineage[lineage["relation"].notna()]
    return {(row.upper_id, row.lower_id): row.relation for row in known.itertuples(index=False)}
