"""Put pairs before people: an Excel sheet for each coder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from lanxikit.coding.candidates import candidates
from lanxikit.coding.files import coder_files, excel_path, write
from lanxikit.coding.guide import guide
from lanxikit.coding.machine import machine
from lanxikit.coding.workbook import key, workbook
from lanxikit.comparing.pairs import linked_leaves
from lanxikit.comparing.sides import above, both, prose
from lanxikit.messages import tr
from lanxikit.tables.refining import FACETS
from lanxikit.tables.usable import flags, need


def coding_sheet(
    links: pd.DataFrame,
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    path: str | os.PathLike,
    *,
    refinement: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    coders: Sequence[str] = ("coder",),
    sample: int | Mapping[str, int] | None = None,
    blind: bool = True,
    overwrite: bool = False,
    lexicon: str | os.PathLike | None = None,
    random_state: int = 0,
) -> list[Path]:
    """Write the sheets in which people say which pairs are links, and how the lower measure refines the upper.

    Parameters
    ----------
    links : DataFrame
        Result of ``lx.align`` or ``lx.refine``: the pairs to code.
    upper, lower : DataFrame
        The tables of ``lx.segment`` that were compared.
    path : path
        The Excel file, ``….xlsx``. With several coders each gets a file of her own,
        ``…_NAME.xlsx``. The machine's part stands beside them in ``….machine.xlsx``.
    refinement : DataFrame, optional
        Result of ``lx.refine``: the facets and their evidence go to the machine's part.
    scores : DataFrame, optional
        Result of ``lx.compare``: the components of the score go to the machine's part, and
        a ``sample`` may hold pairs that were not linked.
    coders : sequence of str
        Their names, each once.
    sample : int or mapping, optional
        How many pairs. A number is shared out evenly over ``link``, ``unsure`` and
        ``below`` (of each lower leaf the best candidate that was not linked; only with
        ``scores``); ``{"link": 60, "unsure": 60, "below": 30}`` names the shares. By
        default all rows of ``links``. All coders get the same pairs.
    blind : bool
        Keep the machine's part out of the coders' files, so that it does not sway them: it
        goes to ``….machine.xlsx``, which they must not get. Otherwise it stands in their
        sheets, on the right, and there is no such file.
    overwrite : bool
        Replace files that exist: the answers in them are lost.
    lexicon : path, optional
        Folder whose ``coding_guide.tsv`` replaces our definitions.
    random_state : int
        Seed of the sample.

    Returns
    -------
    list of Path
        The coders' files. Sheet ``coding``, a row a pair in the order of the documents (so
        that the order tells nothing of the score): ``pair``; ``coder``; ``upper_document``,
        ``upper_id``, ``upper_heading``, ``upper_text`` and the same of ``lower``; to be
        filled in, with drop-downs: ``link`` (yes, no, unsure) and each facet of the table
        refinement (1, 0); ``comment``. Sheet ``guide``: how to code and the definition of each
        item, in Chinese and English. The machine's part, a row a pair: ``machine_decision``,
        ``machine_probability``, ``machine_score``, each component of the score, and each
        facet's evidence. In its own file ``pair, upper_id, lower_id`` precede it: join it to
        the answers on ``pair`` by ``pd.read_excel("….machine.xlsx")``.

    Raises
    ------
    LanxiError
        No pair to code, a sample that cannot be drawn, names of coders that are not
        distinct, a file that is not ``.xlsx``, or one that exists (the machine's too).
    TableError
        A pair names a unit that is no leaf of its side.

    Notes
    -----
    Coding by two or more people who do not know each other's answers nor the machine's, on
    a sample stratified by the machine's decision, after Krippendorff (2019), Content
    Analysis, 4th ed., ch. 12. In a stratified sample the strata are not as frequent as in
    the documents: judge the machine within each of them.

    Examples
    --------
    >>> import tempfile
    >>> from lanxikit.tables.segmenting import UNITS
    >>> def units(doc, text):
    ...     row = {"doc_id": doc, "unit_id": f"{doc}#001", "path": (), "kind": "measure", "text": text,
    ...            "start": 0, "end": len(text), "is_leaf": True}
    ...     return pd.DataFrame([row]).reindex(columns=UNITS.names())
    >>> links = pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["city#001"], "decision": ["link"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = coding_sheet(links, units("plan", "修路。"), units("city", "修乡道。"),
    ...                          Path(folder) / "coding.xlsx", coders=["甲", "乙"])
    ...     [file.name for file in files]
    ...     pd.read_excel(Path(folder) / "coding.machine.xlsx")[["pair", "machine_decision"]]
    ['coding_甲.xlsx', 'coding_乙.xlsx']
                      pair machine_decision
    0  plan#001 → city#001             link
    """
    uppers, lowers = both(upper, lower)
    linked_leaves(links, uppers, lowers, "links")
    if scores is not None:
        linked_leaves(scores, uppers, lowers, "scores")
    if refinement is not None:
        linked_leaves(refinement, uppers, lowers, "refinement")
        todo = tr("Pass the result of lx.refine.", "请传入 lx.refine 的结果。")
        need(refinement, FACETS, "refinement", todo)
    for table in (links, refinement):
        for facet in FACETS if set(FACETS) <= set(getattr(table, "columns", ())) else ():
            flags(table, facet, "refinement")
    path = excel_path(path)
    aside = path.with_name(f"{path.stem}.machine{path.suffix}") if blind else None
    files = coder_files(path, aside, coders, overwrite)
    answers = guide(lexicon)
    leaves = {row.unit_id: (place, row) for place, row in enumerate([*uppers.itertuples(), *lowers.itertuples()])}
    pairs = candidates(links, scores, sample, random_state)
    order = sorted(pairs.index, key=lambda n: (leaves[pairs["lower_id"][n]][0], leaves[pairs["upper_id"][n]][0]))
    pairs = pairs.loc[order].reset_index(drop=True)
    judged = machine(pairs, refinement)
    sides = [_side(name, [leaves[unit][1] for unit in pairs[f"{name}_id"]]) for name in ("upper", "lower")]
    label = pairs["upper_id"].astype("str") + " → " + pairs["lower_id"].astype("str")
    if aside is not None:
        write(aside, key(pd.concat([label.rename("pair"), pairs[["upper_id", "lower_id"]], judged], axis=1)))
    for coder, file in files.items():
        context = pd.concat([pd.DataFrame({"pair": label, "coder": coder}), *sides], axis=1).astype("object")
        write(file, workbook(context, answers, None if blind else judged))
    return list(files.values())


def _side(name: str, leaves: Sequence) -> pd.DataFrame:
    rows = []
    for leaf in leaves:
        heading, text = prose(leaf)
        rows.append((leaf.doc_id, leaf.unit_id, "\n".join(filter(None, (*above(leaf), heading))), text))
    return pd.DataFrame(rows, columns=[f"{name}_{part}" for part in ("document", "id", "heading", "text")])
