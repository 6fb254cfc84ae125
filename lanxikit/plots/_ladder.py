"""Numbers to be reached: the values that several documents set for the same indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("indicator", "unit", "doc_id", "level", "comparator", "value", "value_high", "deadline", "unit_id")
MARKERS = "osD^vP*X"
SIGNS = {"=": "", ">=": "≥", "<=": "≤", "~": "≈", "range": "", "increase": "+", "decrease": "−"}


def target_ladder_data(targets: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Find the indicators that stand, with the same unit of measure, in two documents or more.

    Parameters
    ----------
    targets, units : DataFrame
        Tables ``targets`` and ``units``.

    Returns
    -------
    DataFrame
        A row a target: ``indicator`` (the shortest wording among those that match), ``unit``
        (of measure), ``doc_id``, ``level``, ``comparator``, ``value``, ``value_high``,
        ``deadline``, ``unit_id``. Two indicators match where, quotation marks aside, one ends
        in the other, which has at least four characters.

    Notes
    -----
    The same words may speak of another territory (a cluster, a prefecture): compare rates,
    not amounts.

    Examples
    --------
    >>> units = pd.DataFrame({"doc_id": ["a", "b"], "unit_id": ["a#001", "b#001"], "is_leaf": True,
    ...     "doc_level": ["province", "prefecture"]})
    >>> targets = pd.DataFrame({"unit_id": ["a#001", "b#001"], "indicator": ["生产总值增速", "全州生产总值增速"],
    ...     "comparator": ["~", ">="], "value": [6.0, 7.0], "value_high": None, "unit": "%", "kind": "target",
    ...     "deadline": None})
    >>> target_ladder_data(targets, units)[["indicator", "doc_id", "value"]].values.tolist()
    [['生产总值增速', 'a', 6.0], ['生产总值增速', 'b', 7.0]]
    """
    leaves = units[units["is_leaf"].astype(bool)]
    order = wording.ordered(leaves)
    level = leaves.drop_duplicates("doc_id").set_index("doc_id")["doc_level"].astype("object")
    found = targets[(targets["kind"].astype("object") == "target") & targets["indicator"].notna()]
    found = found.assign(
        doc_id=wording.document_of(found["unit_id"]),
        plain=[re.sub(r"[“”\"《》（）()、，\s]", "", text) for text in found["indicator"]],
        unit=found["unit"].fillna(""),
    )
    found = found[found["doc_id"].isin(order)]
    rows = []
    for unit, group in found.groupby("unit", sort=True):
        for stem in _stems(group["plain"]):
            same = group[[text.endswith(stem) for text in group["plain"]]]
            if same["doc_id"].nunique() > 1:
                rows += [
                    {
                        "indicator": stem,
                        "unit": unit,
                        "level": level[row.doc_id],
                        **{name: getattr(row, name) for name in COLUMNS if name not in ("indicator", "unit", "level")},
                    }
                    for row in same.itertuples(index=False)
                ]
    rows.sort(key=lambda row: (row["indicator"], row["unit"], order.index(row["doc_id"]), row["unit_id"]))
    data = pd.DataFrame(rows, columns=COLUMNS)
    numbers = ["value", "value_high"]
    kinds = {name: "float64" if name in numbers else "str" for name in COLUMNS}
    return style.rounded(data.astype(kinds))


def _stems(wordings: pd.Series) -> list[str]:
    """Return the wordings that no shorter one of at least four characters ends."""
    texts = sorted({text for text in wordings if len(text) >= 4}, key=lambda text: (len(text), text))
    stems: list[str] = []
    for text in texts:
        if not any(text.endswith(stem) for stem in stems):
            stems.append(text)
    return stems


def target_ladder(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw, for each indicator that several documents share, the values they set.

    Each row has its own scale, from 0 to the largest value of the row.

    Parameters
    ----------
    data : DataFrame
        From :func:`target_ladder_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "target_ladder")
    say = style.speaker(lang)
    rows = list(dict.fromkeys(zip(data["indicator"], data["unit"], strict=True)))
    most = data.groupby(["indicator", "unit"]).size().max() if rows else 1
    pitch = 0.35 + 0.36 * most
    with style.canvas(ax, height=1.8 + pitch * max(len(rows), 1)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        marker = {doc: MARKERS[i % len(MARKERS)] for i, doc in enumerate(dict.fromkeys(data["doc_id"]))}
        for y, (indicator, unit) in enumerate(rows):
            _rung(ax, y, data[(data["indicator"] == indicator) & (data["unit"] == unit)], marker, 0.36 / pitch)
        labels = [wording.wrap(f"{indicator} ({unit})" if unit else indicator, 14) for indicator, unit in rows]
        ax.set_yticks(range(len(rows)), labels)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.set_xlim(0, 1.12)
        ax.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
        ax.set_xlabel(say("share of the largest value in the row", "占该行最大值的比例"))
        ax.tick_params(axis="y", length=0)
        _documents_key(ax, data, marker, names)
    return ax


def _rung(ax: Axes, y: float, row: pd.DataFrame, marker: dict[str, str], step: float) -> None:
    from matplotlib.patheffects import withStroke

    top = max(row["value"].abs().max(), row["value_high"].abs().max(skipna=True) or 0) or 1.0
    x = (row["value"] / top).tolist()
    ys = [y + (i - (len(row) - 1) / 2) * step for i in range(len(row))]
    ax.plot(x, ys, color=style.RULE, lw=2, zorder=1)
    for at, target in zip(zip(x, ys, strict=True), row.itertuples(index=False), strict=True):
        colour = style.LEVEL_COLOURS.get(target.level, style.GREY)
        ax.plot(*at, marker[target.doc_id], ms=6.5, mfc=colour, mec="white", mew=0.6, zorder=3)
        if not pd.isna(target.value_high):
            ax.plot([at[0], target.value_high / top], [at[1]] * 2, color=colour, lw=2, zorder=2)
        left = 0.12 < at[0] < max(x)  # away from the line that joins the row
        ax.annotate(
            _value(target),
            at if left or pd.isna(target.value_high) else (target.value_high / top, at[1]),
            xytext=(-6 if left else 6, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize=style.SMALL,
            path_effects=[withStroke(linewidth=2, foreground="white")],
            zorder=4,
        )


def _value(target) -> str:
    high = "" if pd.isna(target.value_high) else f"–{target.value_high:g}"
    return f"{SIGNS.get(target.comparator, '')}{target.value:g}{high}"


def _documents_key(ax: Axes, data: pd.DataFrame, marker: dict[str, str], names) -> None:
    from matplotlib.lines import Line2D

    first = data.drop_duplicates("doc_id")
    handles = [
        Line2D(
            [],
            [],
            ls="",
            marker=marker[row.doc_id],
            mfc=style.LEVEL_COLOURS.get(row.level, style.GREY),
            mec="white",
            ms=7,
            label=wording.document_name(row.doc_id, names),
        )
        for row in first.itertuples(index=False)
    ]
    style.legend(ax, handles)
