"""Numbers to be reached: how many, how specific, and how one indicator runs down the levels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SORTS = {
    "dated": ("target with a deadline of its own", "有明确时限的目标"),
    "undated": ("target without one", "无单独时限的目标"),
    "breakdown": ("part of another target", "目标的分解"),
    "capacity": ("size of a project", "项目规模"),
}
SHADES = {"dated": 1.0, "undated": 0.62, "breakdown": 0.32, "capacity": 0.0}
COUNT_COLUMNS = ("doc_id", "level", "sort", "n_targets", "n_units", "n_units_with", "share_with")
LADDER_COLUMNS = ("indicator", "unit", "doc_id", "level", "comparator", "value", "value_high", "deadline", "unit_id")
MARKERS = "osD^vP*X"
SIGNS = {"=": "", ">=": "≥", "<=": "≤", "~": "≈", "range": "", "increase": "+", "decrease": "−"}


def targets_by_level_data(targets: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Count the quantified targets of each document by how specific they are.

    Parameters
    ----------
    targets, units : DataFrame
        Tables ``targets`` and ``units``.

    Returns
    -------
    DataFrame
        A row a document and sort: ``doc_id``, ``level``, ``sort`` (``dated``: a target with a
        deadline of its own; ``undated``; ``breakdown``: part of another target;
        ``capacity``: size of a project, no commitment), ``n_targets``, ``n_units`` (leaf units
        of the document), ``n_units_with`` (of these, with any target but capacity) and
        ``share_with`` (their share, 0–1); the last three are the document's.

    Notes
    -----
    A one-year task list names more numbers than a five-year plan whatever the level; the
    figure must not be read as refinement.

    Examples
    --------
    >>> units = pd.DataFrame({"doc_id": "a", "unit_id": ["a#001", "a#002"], "is_leaf": True, "doc_level": "county"})
    >>> targets = pd.DataFrame({"unit_id": ["a#001"], "kind": ["target"], "deadline": ["2025"]})
    >>> targets_by_level_data(targets, units)[["sort", "n_targets", "share_with"]].values.tolist()[0]
    ['dated', 1, 0.5]
    """
    leaves = units[units["is_leaf"].astype(bool)]
    found = targets.assign(doc_id=wording.document_of(targets["unit_id"]), sort=targets["kind"].astype("object"))
    plain = found["sort"] == "target"
    found.loc[plain, "sort"] = found.loc[plain, "deadline"].notna().map({True: "dated", False: "undated"})
    rows = []
    for doc in wording.ordered(leaves):
        here, own = leaves[leaves["doc_id"] == doc], found[found["doc_id"] == doc]
        n_with = own.loc[own["sort"] != "capacity", "unit_id"].nunique()
        rows += [
            {
                "doc_id": doc,
                "level": here["doc_level"].iloc[0],
                "sort": sort,
                "n_targets": int((own["sort"] == sort).sum()),
                "n_units": len(here),
                "n_units_with": n_with,
                "share_with": n_with / len(here),
            }
            for sort in SORTS
        ]
    data = pd.DataFrame(rows, columns=COUNT_COLUMNS)
    whole = dict.fromkeys(["n_targets", "n_units", "n_units_with"], "int64")
    return style.rounded(data.astype({"doc_id": "str", "level": "str", "sort": "str", "share_with": "float64"} | whole))


def targets_by_level(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw a bar of targets for each document, by how specific they are.

    Parameters
    ----------
    data : DataFrame
        From :func:`targets_by_level_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COUNT_COLUMNS, "targets_by_level")
    say = style.speaker(lang)
    documents = list(dict.fromkeys(data["doc_id"]))
    with style.canvas(ax, height=2.1 + 0.85 * max(len(documents), 1)) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        longest = data.groupby("doc_id")["n_targets"].sum().max()
        for y, doc in enumerate(documents):
            part = data[data["doc_id"] == doc]
            left = 0
            for row in part.itertuples(index=False):
                _segment(ax, y, left, row.n_targets, row.level, row.sort)
                left += row.n_targets
            ax.annotate(
                _note(part, say),
                (left, y),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=style.SMALL,
            )
        ax.set_yticks(range(len(documents)), [_two_lines(data, doc, names, say) for doc in documents])
        ax.set_ylim(len(documents) - 0.45, -0.55)
        ax.set_xlim(0, max(longest, 1) * 1.55)
        ax.set_xlabel(say("quantified targets", "量化目标数"))
        ax.tick_params(axis="y", length=0)
        ax.xaxis.get_major_locator().set_params(integer=True)
        _legend(ax, [sort for sort in SORTS if data.loc[data["sort"] == sort, "n_targets"].sum()], say)
    return ax


def _note(part: pd.DataFrame, say) -> str:
    n, first = int(part.loc[part["sort"] != "capacity", "n_targets"].sum()), part.iloc[0]
    if n == 0:
        return say(f"none in {first['n_units']} units", f"{first['n_units']}条中没有")
    return say(
        f"{n} targets in {first['n_units_with']} of {first['n_units']} units ({first['share_with']:.0%})",
        f"{n}项目标，见于{first['n_units']}条中的{first['n_units_with']}条（{first['share_with']:.0%}）",
    )


def _two_lines(data: pd.DataFrame, doc: str, names, say) -> str:
    level = data.loc[data["doc_id"] == doc, "level"].iloc[0]
    return f"{wording.document_name(doc, names)}\n{say(*style.LEVEL_NAMES.get(level, (level, level)))}"


def _segment(ax: Axes, y: float, left: float, n: int, level: str, sort: str) -> None:
    colour = style.LEVEL_COLOURS.get(level, style.GREY)
    ax.barh(
        y,
        n,
        left=left,
        height=0.55,
        color=style.tint(colour, SHADES[sort]),
        edgecolor=colour,
        linewidth=0.7,
        hatch="////" if sort == "breakdown" else None,
    )


def _legend(ax: Axes, sorts: list[str], say) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(
            facecolor=style.tint(style.GREY, SHADES[sort]),
            edgecolor=style.GREY,
            linewidth=0.7,
            hatch="////" if sort == "breakdown" else None,
            label=say(*SORTS[sort]),
        )
        for sort in sorts
    ]
    style.legend(ax, handles, loc="lower right", bbox_to_anchor=(1, 1))


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
                        **{
                            name: getattr(row, name)
                            for name in LADDER_COLUMNS
                            if name not in ("indicator", "unit", "level")
                        },
                    }
                    for row in same.itertuples(index=False)
                ]
    rows.sort(key=lambda row: (row["indicator"], row["unit"], order.index(row["doc_id"]), row["unit_id"]))
    data = pd.DataFrame(rows, columns=LADDER_COLUMNS)
    numbers = ["value", "value_high"]
    kinds = {name: "float64" if name in numbers else "str" for name in LADDER_COLUMNS}
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
    style.need(data, LADDER_COLUMNS, "target_ladder")
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
    top = max(row["value"].abs().max(), row["value_high"].abs().max(skipna=True) or 0) or 1.0
    x = (row["value"] / top).tolist()
    ys = [y + (i - (len(row) - 1) / 2) * step for i in range(len(row))]
    ax.plot(x, ys, color=style.RULE, lw=2, zorder=1)
    for at, target in zip(zip(x, ys, strict=True), row.itertuples(index=False), strict=True):
        colour = style.LEVEL_COLOURS.get(target.level, style.GREY)
        ax.plot(*at, marker[target.doc_id], ms=6.5, mfc=colour, mec="white", mew=0.6, zorder=3)
        ax.annotate(
            _value(target), at, xytext=(6, 0), textcoords="offset points", va="center", fontsize=style.SMALL, zorder=4
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
