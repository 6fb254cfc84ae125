"""A table of pairs (``links``, ``scores``, ``refinement``): whether it can be used, and belongs to the units given."""

from __future__ import annotations

import pandas as pd

from lanxikit.errors import TableError
from lanxikit.messages import tr
from lanxikit.tables.comparing import DECIDERS, DECISIONS

KEYS = ("upper_id", "lower_id")
WORDS = {"decision": DECISIONS, "decided_by": DECIDERS}


def usable_pairs(pairs: pd.DataFrame, where: str) -> None:
    """Raise a TableError unless each row names two units, no two rows the same, and the decisions are known ones.

    Parameters
    ----------
    pairs : DataFrame
        ``upper_id, lower_id``; ``decision`` and ``decided_by`` may be absent.
    where : str
        What the table is called, for the message.
    """
    for name in KEYS:
        if name not in getattr(pairs, "columns", ()):
            raise _wrong(f"The table has no column {name}.", f"表中没有 {name} 列。", where)
        if pairs[name].isna().any():
            raise _wrong("A pair lacks a unit.", "有的对缺少单元。", f"{where}.{name}: NaN")
    twice = pairs[pairs.duplicated(list(KEYS))]
    if len(twice):
        pair = " → ".join(map(str, twice[list(KEYS)].iloc[0]))
        raise _wrong("A pair stands twice.", "有重复的对。", f"{where}: {pair}")
    for name, allowed in WORDS.items():
        strange = [value for value in pairs[name].unique() if value not in allowed] if name in pairs else []
        if strange:
            raise TableError(
                tr(f"No {name}: {strange[0]}", f"{name} 列不能是：{strange[0]}"),
                where=f"{where}.{name}",
                todo=tr(f"Write one of: {', '.join(allowed)}; leave out pairs that are not linked.",
                        f"可用的值：{'、'.join(allowed)}；不相连的对不列。"),
            )  # fmt: skip


def linked_leaves(links: pd.DataFrame, above: pd.DataFrame, below: pd.DataFrame, where: str) -> None:
    """Raise a TableError unless ``links`` is a usable table of pairs that names leaves of the two sides only."""
    usable_pairs(links, where)
    for name, side in zip(KEYS, (above, below), strict=True):
        strange = sorted(set(links[name]) - set(side["unit_id"]), key=str)
        if strange:
            raise TableError(
                tr("The pairs name units that are not leaves of the tables given.", "成对表中的单元不在所给的表里。"),
                where=f"{where}.{name}: {', '.join(map(str, strange[:3]))}",
                todo=tr("Pass the same upper and lower as to lx.compare.", "请传入与 lx.compare 相同的两个表。"),
            )


def _wrong(english: str, chinese: str, where: str) -> TableError:
    todo = tr("Pass the result of lx.align or lx.refine.", "请传入 lx.align 或 lx.refine 的结果。")
    return TableError(tr(english, chinese), where=where, todo=todo)
