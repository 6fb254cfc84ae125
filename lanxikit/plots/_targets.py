"""Numbers to be reached: how many, and how specific."""

from __future__ import annotations

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
COLUMNS = ("doc_id", "level", "sort", "n_targets", "n_units", "n_units_with", "share_with")


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
    data = pd.DataFrame(rows, columns=COLUMNS)
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
    style.need(data, COLUMNS, "targets_by_level")
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
