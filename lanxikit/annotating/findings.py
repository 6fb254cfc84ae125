"""All that the verbs of this stage find in a unit, in one table: the evidence behind every number."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.annotating import FINDINGS

if TYPE_CHECKING:
    import os

KINDS = ("duty", "target", "deadline", "place", "project", "commitment", "instrument")
_VERBS = {
    "duty": "responsibilities",
    "target": "targets",
    "deadline": "deadlines",
    "place": "places",
    "project": "projects",
    "commitment": "commitment",
    "instrument": "instruments",
}


def names() -> dict[str, str]:
    """What each kind of finding is called, in the reader's language."""
    shown = tr(
        "duty target deadline place project commitment instrument",
        "责任 目标值 时限 地名 项目 力度 政策工具",
    )
    return dict(zip(KINDS, shown.split(), strict=True))


def findings(units: pd.DataFrame, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """Run every verb of this stage and put what they find into one table.

    Parameters
    ----------
    units : DataFrame
        From :func:`lanxikit.segment`, whole documents.
    lexicon : path, optional
        A folder with word lists of your own.

    Returns
    -------
    DataFrame
        A row a finding, in the order of the text: ``unit_id``; ``finding`` its kind (duty,
        target, deadline, place, project, commitment, instrument); ``says`` what was read,
        in one line; ``start``, ``end`` the words it rests on, in characters of the file.

    Examples
    --------
    >>> import lanxikit as lx
    >>> from lanxikit.reading.corpus import from_texts
    >>> text = "兰州市水利规划\\n一、供水\\n1.到2025年，新建水库3座。（市水务局牵头）\\n2.推进节水。\\n"
    >>> units = lx.segment(from_texts({"a": text}))
    >>> findings(units).query("finding in ['target', 'duty']")["says"].tolist()
    ['水库 = 3 座, 2025', 'lead: 市水务局 (水利)']
    """
    tables = []
    for kind, verb in _VERBS.items():
        found = getattr(import_module(f"lanxikit.annotating.{verb}"), verb)(units, lexicon=lexicon)
        rows = [(row.unit_id, kind, _SAYS[kind](row), row.start, row.end) for row in found.itertuples(index=False)]
        tables.append(pd.DataFrame(rows, columns=FINDINGS.names()))
    every = pd.concat(tables, ignore_index=True)
    order = {unit_id: number for number, unit_id in enumerate(units["unit_id"])}
    every["order"] = every["unit_id"].map(order)
    every = every.sort_values(["order", "start", "end"], kind="stable", ignore_index=True)
    return check(every.drop(columns="order"), FINDINGS)


def _joined(*parts: object) -> str:
    return " ".join(str(part) for part in parts if pd.notna(part) and part != "")


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _duty(row) -> str:
    function = f"({row.function})" if pd.notna(row.function) else None
    others = tr("and others", "等") if row.open_list else None
    return _joined(f"{row.role}:", row.agency, function, others)


def _target(row) -> str:
    value = _number(row.value)
    if pd.notna(row.value_high):
        value += f"–{_number(row.value_high)}"
    sign = None if row.comparator == "range" else row.comparator
    kind = None if row.kind == "target" else f"({row.kind})"
    said = _joined(row.indicator, sign, value, row.unit, kind)
    return f"{said}, {row.deadline}" if pd.notna(row.deadline) else said


def _deadline(row) -> str:
    return f"{row.deadline} ({row.basis})"


def _place(row) -> str:
    return _joined(row.name, row.adcode)


def _project(row) -> str:
    return _joined(row.name, f"({row.type})", row.action)


def _commitment(row) -> str:
    hedge = f"({row.hedge})" if pd.notna(row.hedge) else None
    return _joined(row.verb, hedge, f"{row.strength}/7", row.stage)


def _instrument(row) -> str:
    return f"{row.instrument}: {row.tool}"


_SAYS = {
    "duty": _duty,
    "target": _target,
    "deadline": _deadline,
    "place": _place,
    "project": _project,
    "commitment": _commitment,
    "instrument": _instrument,
}

