"""When the documents were issued, at which level, and which rests on which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RELATIONS = {
    "descends": ("rests on the upper document", "以上级文件为依据"),
    "cites": ("mentions it", "提及上级文件"),
    "sibling": ("both rest on a third", "同依第三方文件"),
    "predates": ("is older: cannot rest on it", "早于上级文件，不可能以其为依据"),
}
LINES = {"descends": "-", "cites": (0, (3, 1.5)), "sibling": (0, (1, 1.5)), "predates": (0, (1, 1.5))}
COLUMNS = ("mark", "doc_id", "upper_id", "relation", "level", "date", "number", "n_units")


def timeline_data(
    documents: pd.DataFrame,
    lineage: pd.DataFrame,
    units: pd.DataFrame | None = None,
    *,
    relations: Sequence[str] = ("descends", "cites", "predates"),
) -> pd.DataFrame:
    """Put documents and the relations between them into one table, a row a mark of the timeline.

    Parameters
    ----------
    documents, lineage : DataFrame
        Tables ``documents`` and ``lineage``.
    units : DataFrame, optional
        Table ``units``; gives the number of leaf units.
    relations : sequence of str
        Which relations to show. ``predates`` is shown only below a document that others rest on
        or mention, and only for an older document of a lower level: there a reader would
        otherwise take it for a descendant.

    Returns
    -------
    DataFrame
        ``mark`` (``document`` or ``line``), ``doc_id`` (for a line: the lower document),
        ``upper_id``, ``relation``, ``level``, ``date`` (ISO; signed, else published, else the
        middle of the year), ``number`` (发文字号), ``n_units`` (leaf units).

    Examples
    --------
    >>> documents = pd.DataFrame({"doc_id": ["a", "b"], "level": ["province", "county"],
    ...     "signed": ["2022-02-07", "2022-08-16"], "published": None, "year": 2022, "number": None})
    >>> lineage = pd.DataFrame({"upper_id": ["a"], "lower_id": ["b"], "relation": ["descends"]})
    >>> timeline_data(documents, lineage)[["mark", "doc_id", "upper_id", "date"]].values.tolist()
    [['document', 'a', nan, '2022-02-07'], ['document', 'b', nan, '2022-08-16'], ['line', 'b', 'a', nan]]
    """
    counts = {} if units is None else units[units["is_leaf"].astype(bool)]["doc_id"].value_counts().to_dict()
    marks = [
        {
            "mark": "document",
            "doc_id": row.doc_id,
            "level": row.level,
            "date": _day(row),
            "number": row.number if isinstance(row.number, str) else None,
            "n_units": counts.get(row.doc_id),
        }
        for row in documents.itertuples(index=False)
    ]
    marks.sort(key=lambda mark: (_rank(mark["level"]), mark["date"] or "9999", mark["doc_id"]))
    lines = _lines(lineage, {mark["doc_id"]: _rank(mark["level"]) for mark in marks}, relations)
    text = [name for name in COLUMNS if name != "n_units"]
    return pd.DataFrame(marks + lines, columns=COLUMNS).astype(dict.fromkeys(text, "str")).astype({"n_units": "Int64"})


def _lines(lineage: pd.DataFrame, rank: dict[str, int], relations: Sequence[str]) -> list[dict]:
    parents = set(lineage["upper_id"][lineage["relation"].isin(["descends", "cites"])])
    lines, siblings = [], set()
    for pair in lineage.itertuples(index=False):
        if pair.relation not in relations or pair.upper_id not in rank or pair.lower_id not in rank:
            continue
        if pair.relation == "predates" and (pair.upper_id not in parents or rank[pair.upper_id] >= rank[pair.lower_id]):
            continue
        if pair.relation == "sibling":  # holds both ways: one line is enough
            if (pair.lower_id, pair.upper_id) in siblings:
                continue
            siblings.add((pair.upper_id, pair.lower_id))
        lines.append({"mark": "line", "doc_id": pair.lower_id, "upper_id": pair.upper_id, "relation": pair.relation})
    return lines


def _rank(level: object) -> int:
    return style.LEVELS.index(level) if level in style.LEVELS else len(style.LEVELS)


def _day(row) -> str | None:
    for value in (row.signed, row.published):
        if isinstance(value, str) and value:
            return value
    return None if pd.isna(row.year) else f"{int(row.year)}-07-01"


def timeline(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw the documents by level and date, joined to those they rest on.

    Parameters
    ----------
    data : DataFrame
        From :func:`timeline_data`.
    ax : Axes, optional
        Where to draw; without it a figure 16 cm wide is made.
    lang : {"en", "zh"}
        Language of the labels.
    names : mapping, optional
        What to call documents, by doc_id.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "timeline")
    say = style.speaker(lang)
    shown = data[(data["mark"] == "document") & data["date"].notna()]
    labels = {row.doc_id: _label(row, names, say) for row in shown.itertuples(index=False)}
    axis_cm = style.WIDTH - 2.0 if ax is None else ax.get_window_extent().width / ax.figure.dpi * 2.54
    limits, place = _layout(shown, labels, axis_cm)
    n_rows = 1 + max((row for _, row, _ in place.values()), default=0)
    with style.canvas(ax, height=1.9 + 1.5 * n_rows) as ax:
        if shown.empty:
            style.nothing(ax, say)
            return ax
        ax.set_xlim(*limits)
        _bands(ax, shown, place, say)
        lines = data[(data["mark"] == "line") & data["upper_id"].isin(place) & data["doc_id"].isin(place)]
        for line in lines.itertuples(index=False):
            _join(ax, line.relation, place[line.upper_id][:2], place[line.doc_id][:2])
        for row in shown.itertuples(index=False):
            _document(ax, row, place[row.doc_id], labels[row.doc_id])
        _axis(ax, n_rows)
        _legend(ax, lines, say)
    return ax


def _label(row, names, say) -> tuple[str, str]:
    details = [row.date, row.number if isinstance(row.number, str) else None]
    if not pd.isna(row.n_units):
        details.append(say(f"{int(row.n_units)} units", f"{int(row.n_units)} 条"))
    return wording.document_name(row.doc_id, names), " · ".join(part for part in details if part)


def _label_cm(label: tuple[str, str]) -> float:
    return 0.4 + max(wording.width(label[0]) * style.NORMAL, wording.width(label[1]) * style.SMALL) * 2.54 / 72


def _ordinal(day: str) -> int:
    year, month, dom = ([int(part) for part in day.split("-")] + [7, 1])[:3]
    return date(year, month, dom).toordinal()


def _layout(shown: pd.DataFrame, labels: dict, axis_cm: float) -> tuple[tuple[float, float], dict[str, tuple]]:
    """Choose the time axis, and for each document its row and the side of its label.

    The documents of a level share a row as long as their labels do not meet.
    """
    at = {row.doc_id: _ordinal(row.date) for row in shown.itertuples(index=False)}
    if not at:
        return (0.0, 1.0), {}
    span = max(max(at.values()) - min(at.values()), 365)
    limits = min(at.values()) - 0.04 * span, min(at.values()) + 1.04 * span
    place: dict[str, tuple] = {}
    first = 0
    for _, group in shown.groupby(shown["level"].map(_rank), sort=True):
        taken: list[list[tuple[float, float]]] = []
        for doc in sorted(group["doc_id"], key=lambda doc: (at[doc], doc)):
            x, label = (at[doc] - limits[0]) / (limits[1] - limits[0]) * axis_cm, _label_cm(labels[doc])
            side = "left" if x + label > axis_cm else "right"
            low, high = (x - label, x + 0.3) if side == "left" else (x - 0.3, x + label)
            lane = next((i for i, row in enumerate(taken) if all(high < a or low > b for a, b in row)), len(taken))
            taken[lane:] = taken[lane:] or [[]]
            taken[lane].append((low, high))
            place[doc] = (at[doc], first + lane, side)
        first += len(taken)
    return limits, place


def _bands(ax: Axes, shown: pd.DataFrame, place: dict[str, tuple], say) -> None:
    for level, group in shown.groupby("level", sort=False):
        at = [place[doc][1] for doc in group["doc_id"]]
        colour = style.LEVEL_COLOURS.get(level, style.GREY)
        ax.axhspan(min(at) - 0.47, max(at) + 0.47, color=style.tint(colour, 0.1), lw=0, zorder=0)
        ax.text(
            -0.012,
            (min(at) + max(at)) / 2,
            say(*style.LEVEL_NAMES.get(level, (level, level))),
            transform=ax.get_yaxis_transform(),
            ha="right",
            va="center",
        )


def _join(ax: Axes, relation: str, upper: tuple[float, float], lower: tuple[float, float]) -> None:
    if upper[1] == lower[1]:
        way = "arc3,rad=-0.35"
    elif lower[0] >= upper[0]:  # down, then right into the dot: the labels stand to the right of the dots
        way = "angle,angleA=-90,angleB=180,rad=5"
    else:
        way = "angle,angleA=180,angleB=90,rad=5"
    ax.annotate(
        "",
        xy=lower,
        xytext=upper,
        arrowprops={
            "arrowstyle": "-" if relation in ("sibling", "predates") else "-|>",
            "linestyle": LINES[relation],
            "color": style.GREY if relation == "predates" else style.INK,
            "lw": 1.1,
            "mutation_scale": 9,
            "shrinkA": 4,
            "shrinkB": 5,
            "connectionstyle": way,
        },
        zorder=2,
    )
    if relation == "predates":
        middle = ((upper[0] + lower[0]) / 2, upper[1]) if lower[0] < upper[0] else (upper[0], (upper[1] + lower[1]) / 2)
        ax.plot(*middle, "x", color=style.GREY, ms=7, mew=1.4, zorder=3)


def _document(ax: Axes, row, place: tuple[float, float, str], label: tuple[str, str]) -> None:
    from matplotlib.patheffects import withStroke

    at, left = place[:2], place[2] == "left"
    colour = style.LEVEL_COLOURS.get(row.level, style.GREY)
    halo = [withStroke(linewidth=2, foreground=style.tint(colour, 0.1))]
    ax.plot(*at, "o", ms=7.5, mfc=colour, mec="white", mew=0.8, zorder=4)
    for text, below, size, ink in (
        (label[0], False, style.NORMAL, style.INK),
        (label[1], True, style.SMALL, style.GREY),
    ):
        ax.annotate(
            text,
            at,
            xytext=(-7 if left else 7, -1.5 if below else 1),
            textcoords="offset points",
            ha="right" if left else "left",
            va="top" if below else "bottom",
            fontsize=size,
            color=ink,
            path_effects=halo,
            zorder=5,
        )


def _axis(ax: Axes, n_rows: int) -> None:
    low, high = ax.get_xlim()
    first, last = date.fromordinal(int(low)).year, date.fromordinal(int(high)).year + 1
    step = max(1, (last - first) // 10)
    years = [year for year in range(first, last + 1, step) if low <= date(year, 1, 1).toordinal() <= high]
    ax.set_xticks([date(year, 1, 1).toordinal() for year in years], [str(year) for year in years])
    ax.set_ylim(n_rows - 0.5, -0.5)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)


def _legend(ax: Axes, lines: pd.DataFrame, say) -> None:
    from matplotlib.lines import Line2D

    used = [name for name in RELATIONS if (lines["relation"] == name).any()]
    handles = [
        Line2D(
            [],
            [],
            ls=LINES[name],
            color=style.GREY if name == "predates" else style.INK,
            marker="x" if name == "predates" else "",
            label=say(*RELATIONS[name]),
        )
        for name in used
    ]
    style.legend(ax, handles, handlelength=2.6)
