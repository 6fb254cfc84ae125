"""A table of answers: whether it can be used, and what the coders together say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pandas as pd

from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr
from lanxikit.tables.coding import ANSWERS, COMMENT, ITEMS


def usable(coding: pd.DataFrame, needed: Iterable[str]) -> pd.DataFrame:
    """Return the table, if it is one of ``lx.read_coding`` or of the same form.

    Raises
    ------
    TableError
        A column is missing, a cell that says whose answer it is to what is missing, an item or value is unknown, or a
        coder answered an item twice.
    """
    lacking = [name for name in needed if name not in getattr(coding, "columns", ())]
    if lacking:
        raise _wrong(tr(f"The table lacks: {', '.join(lacking)}", f"表中缺少列：{', '.join(lacking)}"), "coding")
    for name in ("pair", "coder", "upper_id", "lower_id"):
        if name in coding.columns and coding[name].isna().any():
            raise _wrong(tr(f"An answer lacks its {name}.", f"有的编码缺少 {name}。"), f"coding.{name}: NaN")
    coding = coding.assign(item=coding["item"].astype("str"))
    counted = coding[coding["item"] != COMMENT]
    for name, allowed in (("item", ITEMS), ("value", ANSWERS)):
        strange = counted[~counted[name].isin(allowed)]
        if len(strange):
            row = strange.iloc[0]
            raise _wrong(tr(f"A {name} is not known.", f"{name} 列有无法识别的值。"),
                         f"{row['pair']}, {row['coder']}, {row['item']}: {row['value']}")
    twice = counted[counted.duplicated(["pair", "coder", "item"])]
    if len(twice):
        row = twice.iloc[0]
        raise _wrong(tr("A coder answered twice.", "同一编码员对同一项编了两次。"),
                     f"{row['pair']}, {row['coder']}, {row['item']}")
    return coding


def confirmed(coding: pd.DataFrame, rule: str = "majority") -> pd.DataFrame:
    """Return the answers that the coders together give.

    Parameters
    ----------
    coding : DataFrame
        Result of ``lx.read_coding``.
    rule : {"majority", "unanimous"}
        ``majority``: more than half of those who answered the item of the pair gave this
        answer, so that of two both must. ``unanimous``: two or more answered, all alike.

    Returns
    -------
    DataFrame
        A row an item that is confirmed: ``upper_id, lower_id, item, value`` and ``coders``,
        the names of those who gave the answer. What is not confirmed is absent.

    Raises
    ------
    TableError
        See ``usable``.
    LanxiError
        There is no such rule.
    """
    if rule not in tuple(RULES):
        raise LanxiError(
            tr("There is no such rule.", "没有这个规则。"),
            where=f"rule={rule!r}",
            todo=tr(f"Choose one of: {', '.join(RULES)}.", f"可用的规则：{'、'.join(RULES)}。"),
        )
    coding = usable(coding, ("pair", "upper_id", "lower_id", "coder", "item", "value"))
    rows = []
    counted = coding[coding["item"] != COMMENT]
    for (upper, lower, item), group in counted.groupby(["upper_id", "lower_id", "item"], sort=False):
        (value, most), *_ = Counter(group["value"]).most_common()
        if RULES[rule](most, len(group)):
            who = tuple(sorted(group["coder"][group["value"] == value].astype("str")))
            rows.append({"upper_id": upper, "lower_id": lower, "item": item, "value": value, "coders": who})
    return pd.DataFrame(rows, columns=["upper_id", "lower_id", "item", "value", "coders"])


RULES: dict[str, Callable[[int, int], bool]] = {
    "majority": lambda most, total: 2 * most > total,
    "unanimous": lambda most, total: most == total > 1,
}


def _wrong(what: str, where: str) -> TableError:
    todo = tr("Pass the result of lx.read_coding.", "请传入 lx.read_coding 的结果。")
    return TableError(what, where=where, todo=todo)
