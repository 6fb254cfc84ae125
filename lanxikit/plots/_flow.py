"""Where the goals of the upper document go: chapter, what became of them, lower document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording
from lanxikit.plots.outcome import outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("chapter_no", "chapter", "status", "lower_doc", "lower_level", "n")
HEIGHT, GAP = 12.5, 0.28  # cm: all nodes of the fullest column with their gaps; between nodes
LEFT, MIDDLE, RIGHT, BAR = 4.5, 8.6, 13.1, 0.28  # cm: where the three columns of nodes stand; their width


def uptake_flow_data(uptake: pd.DataFrame, upper: pd.DataFrame, lower: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the upper units, by chapter and lower document.

    Parameters
    ----------
    uptake : DataFrame
        Table ``uptake``.
    upper, lower : DataFrame
        The two ``units`` tables.

    Returns
    -------
    DataFrame
        ``chapter_no``, ``chapter`` (of the upper document; missing for units that are locally
        new), ``status`` (as :func:`lanxikit.plots.outcome.outcome` says), ``lower_doc``,
        ``lower_level``, ``n`` (upper units; where ``status`` is ``added``, lower units).

    Examples
    --------
    >>> upper = pd.DataFrame({"doc_id": "p", "unit_id": ["p#001"], "is_leaf": True, "path": [("一、交通",)]})
    >>> lower = pd.DataFrame({"doc_id": "c", "unit_id": ["c#001"], "is_leaf": True, "path": [()],
    ...     "doc_level": "county"})
    >>> uptake = pd.DataFrame({"upper_id": ["p#001", None], "lower_doc": "c", "status": ["not_taken_up", "added"]})
    >>> uptake_flow_data(uptake, upper, lower)[["chapter", "status", "n"]].values.tolist()
    [['一、交通', 'not_taken_up', 1], [nan, 'added', 1]]
    """
    above = wording.chapters(upper)
    levels = wording.chapters(lower).drop_duplicates("doc_id").set_index("doc_id")["level"].to_dict()
    order, statuses = list(levels), list(style.STATUS_NAMES)
    counts: dict[tuple, int] = {}
    for upper_id, doc, status in zip(uptake["upper_id"], uptake["lower_doc"], outcome(uptake), strict=True):
        if doc not in levels or (status != "added" and upper_id not in above.index):
            continue
        number = None if status == "added" else int(above.loc[upper_id, "number"])
        key = (number, status, doc)
        counts[key] = counts.get(key, 0) + 1
    heading = dict(zip(above["number"], above["chapter"], strict=True))
    ranked = sorted(counts, key=lambda key: (order.index(key[2]), key[0] or 10**6, statuses.index(key[1])))
    rows = [
        {
            "chapter_no": number,
            "chapter": heading.get(number),
            "status": status,
            "lower_doc": doc,
            "lower_level": levels[doc],
            "n": counts[number, status, doc],
        }
        for number, status, doc in ranked
    ]
    kinds = dict.fromkeys(COLUMNS, "str") | {"chapter_no": "Int64", "n": "int64"}
    return pd.DataFrame(rows, columns=COLUMNS).astype(kinds)


def uptake_flow(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw ribbons from the upper chapters over what became of their units to the lower documents.

    Every upper unit counts once for each lower document; units that are locally new begin in
    the middle.

    Parameters
    ----------
    data : DataFrame
        From :func:`uptake_flow_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "uptake_flow")
    say = style.speaker(lang)
    with style.canvas(ax, height=HEIGHT + 1.3) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        ax.set_axis_off()
        data = data.assign(chapter_no=data["chapter_no"].fillna(0).astype("int64"))
        from_above = data[data["chapter_no"] > 0]
        columns = {
            "chapter_no": sorted(set(from_above["chapter_no"])),
            "status": [name for name in style.STATUS_NAMES if (data["status"] == name).any()],
            "lower_doc": _least_crossing(data),
        }
        most = max(len(names) for names in columns.values())
        unit = (HEIGHT - GAP * (most - 1)) / data["n"].sum()
        nodes = {column: _nodes(data, column, keys, unit) for column, keys in columns.items()}
        _ribbons(ax, from_above, nodes, ("chapter_no", LEFT + BAR), ("status", MIDDLE), unit)
        _ribbons(ax, data, nodes, ("status", MIDDLE + BAR), ("lower_doc", RIGHT), unit)
        _bars(ax, data, nodes, names, say)
        ax.set_xlim(0, style.WIDTH)
        ax.set_ylim(HEIGHT + 0.1, -0.9)
    return ax


def _least_crossing(data: pd.DataFrame) -> list[str]:
    """Order the lower documents by where, on average, their ribbons come from."""
    rank = data["status"].map({name: i for i, name in enumerate(style.STATUS_NAMES)}) * data["n"]
    mean = rank.groupby(data["lower_doc"], sort=False).sum() / data.groupby("lower_doc", sort=False)["n"].sum()
    return mean.round(6).sort_values(kind="stable").index.tolist()


def _nodes(data: pd.DataFrame, column: str, keys: list, unit: float) -> dict:
    """Return where each node of a column begins and ends, cm from the top."""
    y, nodes = 0.0, {}
    for key in keys:
        length = data.loc[data[column] == key, "n"].sum() * unit
        nodes[key] = (y, y + length)
        y += length + GAP
    return nodes


def _ribbons(ax: Axes, data: pd.DataFrame, nodes: dict, source: tuple, target: tuple, unit: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (start, x0), (end, x1) = source, target
    counts = data.groupby([start, end], sort=False)["n"].sum()
    y0 = {key: top for key, (top, _) in nodes[start].items()}
    y1 = {key: top for key, (top, _) in nodes[end].items()}
    middle = (x0 + x1) / 2
    for a in nodes[start]:
        for b in nodes[end]:
            if (a, b) not in counts.index:
                continue
            high = counts[a, b] * unit
            (p, q), (r, s) = (y0[a], y0[a] + high), (y1[b], y1[b] + high)
            y0[a], y1[b] = q, s
            corners = [(x0, p), (middle, p), (middle, r), (x1, r), (x1, s), (middle, s), (middle, q), (x0, q), (x0, p)]
            codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
            status = a if start == "status" else b
            colour = style.tint(_colour(status), 0.55)
            ax.add_patch(PathPatch(Path(corners, codes), fc=colour, ec="white", lw=0.25, zorder=1))


def _colour(status: str) -> str:
    return "#cfcfcf" if status in ("silent", "not_applicable") else style.STATUS_COLOURS[status]


def _bars(ax: Axes, data: pd.DataFrame, nodes: dict, names, say) -> None:
    chapter = dict(zip(data["chapter_no"], data["chapter"], strict=True))
    level = dict(zip(data["lower_doc"], data["lower_level"], strict=True))
    for key, (top, bottom) in nodes["chapter_no"].items():
        name = chapter[key] if isinstance(chapter[key], str) and chapter[key] else say("no heading", "（无标题）")
        _bar(ax, LEFT, top, bottom, style.LEVEL_COLOURS["province"])
        text = wording.wrap(name, 15)
        ax.text(LEFT - 0.12, (top + bottom) / 2, text, ha="right", va="center", fontsize=style.SMALL)
    for key, (top, bottom) in nodes["status"].items():
        n = int(data.loc[data["status"] == key, "n"].sum())
        _bar(ax, MIDDLE, top, bottom, _colour(key))
        text = wording.wrap(say(*style.STATUS_NAMES[key]), 12)
        ax.text(MIDDLE + BAR + 0.1, (top + bottom) / 2, f"{text}  {n}", va="center", fontsize=style.SMALL, zorder=5)
    for key, (top, bottom) in nodes["lower_doc"].items():
        _bar(ax, RIGHT, top, bottom, style.LEVEL_COLOURS.get(level[key], style.GREY))
        text = wording.document_name(key, names)
        ax.text(RIGHT + BAR + 0.1, (top + bottom) / 2, text, va="center", fontsize=style.SMALL)
    heads = (
        (LEFT + BAR, "right", say("chapter of the upper document", "上级文件章节")),
        (MIDDLE + BAR / 2, "center", say("what became of its units", "条目去向")),
        (RIGHT, "left", say("lower document", "下级文件")),
    )
    for x, align, text in heads:
        ax.text(x, -0.35, text, ha=align, va="baseline", color=style.GREY, fontsize=style.SMALL)


def _bar(ax: Axes, x: float, top: float, bottom: float, colour: str) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((x, top), BAR, bottom - top, fc=colour, lw=0, zorder=3))
