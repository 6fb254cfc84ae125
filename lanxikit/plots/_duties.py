"""Who is put in the lead, and whom the lead is to work with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lanxikit.plots import style, wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("mark", "source", "target", "n_units", "n_lead", *style.LEVELS, "x", "y")
HALF_WIDTH, HALF_HEIGHT = 8.0, 6.6  # cm, the field on which the nodes lie


def duty_network_data(
    responsibilities: pd.DataFrame,
    units: pd.DataFrame,
    *,
    doc_ids: Sequence[str] | None = None,
    by: str = "function",
    n_nodes: int = 22,
    min_units: int = 2,
    seed: int = 0,
) -> pd.DataFrame:
    """Count how often one policy field (or agency) leads another, and lay the network out.

    Parameters
    ----------
    responsibilities, units : DataFrame
        Tables ``responsibilities`` and ``units``.
    doc_ids : sequence of str, optional
        Only these documents. A document that names no lead adds nothing.
    by : {"function", "agency"}
        What a node is.
    n_nodes : int
        Keep the nodes that stand in the most units.
    min_units : int
        Keep pairs that stand together in at least so many units.
    seed : int
        For the layout.

    Returns
    -------
    DataFrame
        A row a node or an edge. ``mark`` (``node``, ``edge``), ``source`` (the node; of an
        edge, the lead), ``target`` (of an edge, who is to support it or shares the
        responsibility), ``n_units`` (units in which it stands), ``n_lead`` (of these, in the
        lead; nodes only), a column for each administrative level with the number of units
        from documents of that level, ``x`` and ``y`` (position, cm).

    Examples
    --------
    >>> units = pd.DataFrame({"doc_id": "a", "unit_id": ["a#001", "a#002"], "is_leaf": True, "doc_level": "county"})
    >>> duties = pd.DataFrame([("a#001", "lead", "水利"), ("a#001", "support", "财政"), ("a#002", "lead", "水利"),
    ...     ("a#002", "support", "财政")], columns=["unit_id", "role", "function"])
    >>> duty_network_data(duties, units)[["mark", "source", "target", "n_units", "county"]].values.tolist()
    [['node', '水利', nan, 2, 2], ['node', '财政', nan, 2, 2], ['edge', '水利', '财政', 2, 2]]
    """
    leaves = units[units["is_leaf"].astype(bool)]
    if doc_ids is not None:
        leaves = leaves[leaves["doc_id"].isin(doc_ids)]
    level = dict(zip(leaves["unit_id"], leaves["doc_level"].astype("object"), strict=True))
    duties = responsibilities[responsibilities["unit_id"].isin(level) & responsibilities[by].notna()]
    nodes, edges, leads = Counter(), Counter(), Counter()
    for unit_id, part in duties.groupby("unit_id", sort=True):
        lead = sorted(set(part.loc[part["role"].astype("object") == "lead", by]))
        if not lead:
            continue
        partners = sorted(set(part[by]))
        leads.update(lead)
        nodes.update((name, level[unit_id]) for name in partners)
        edges.update((a, b, level[unit_id]) for a in lead for b in partners if a != b and b not in lead)
    total = Counter()
    for (name, _), n in nodes.items():
        total[name] += n
    kept = sorted(total, key=lambda name: (-total[name], name))[:n_nodes]
    pairs = Counter()
    for (a, b, _), n in edges.items():
        pairs[a, b] += n
    pairs = {pair: n for pair, n in pairs.items() if n >= min_units and pair[0] in kept and pair[1] in kept}
    kept = [name for name in kept if any(name in pair for pair in pairs)]
    place = _place(kept, pairs, total, seed)
    rows = [
        {"mark": "node", "source": name, "n_units": total[name], "n_lead": leads[name], "x": x, "y": y}
        | {lev: nodes[name, lev] for lev in style.LEVELS}
        for name, (x, y) in place.items()
    ]
    rows += [
        {"mark": "edge", "source": a, "target": b, "n_units": n} | {lev: edges[a, b, lev] for lev in style.LEVELS}
        for (a, b), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    ]
    whole = dict.fromkeys(["n_units", *style.LEVELS], "int64") | {"n_lead": "Int64"}
    kinds = dict.fromkeys(["mark", "source", "target"], "str") | dict.fromkeys(["x", "y"], "float64") | whole
    return style.rounded(pd.DataFrame(rows, columns=COLUMNS).astype(kinds))


def _radius(n_units: float, most: float) -> float:
    return 0.18 + 0.62 * (n_units / most) ** 0.5  # cm


def _box(name: str, radius: float) -> tuple[float, float]:
    """Return half the width and height of a node with its label below, cm."""
    return max(radius, wording.width(name) * style.SMALL * 2.54 / 144) + 0.1, radius + 0.24


def _place(names: list[str], pairs: dict, total: Counter, seed: int) -> dict[str, tuple[float, float]]:
    """Lay the nodes out by their ties, then move them apart until no label covers another."""
    if not names:
        return {}
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(names)
    for (a, b), n in sorted(pairs.items()):
        graph.add_edge(a, b, weight=float(n) ** 0.5 + (graph[a][b]["weight"] if graph.has_edge(a, b) else 0.0))
    found = nx.spring_layout(graph, seed=seed, k=2.2 / len(names) ** 0.5, iterations=300, method="force")
    at = np.round(np.array([found[name] for name in names]), 4)
    at = (0.35 * _even(at) + 0.65 * _even(at.argsort(axis=0).argsort(axis=0))) * [HALF_WIDTH - 1, HALF_HEIGHT - 1]
    most = max(total[name] for name in names)
    half = np.array([_box(name, _radius(total[name], most)) for name in names])
    return dict(zip(names, map(tuple, _apart(at, half).round(3).tolist()), strict=True))


def _even(at: np.ndarray) -> np.ndarray:
    """Scale each coordinate to −1 … 1; of ranks, this spreads a crowd over the whole field."""
    low, high = at.min(axis=0), at.max(axis=0)
    return 2 * (at - low) / np.where(high > low, high - low, 1) - 1


def _apart(at: np.ndarray, half: np.ndarray) -> np.ndarray:
    """Push overlapping boxes apart along the shorter way, within the field."""
    at = at.copy()
    bound = np.array([HALF_WIDTH, HALF_HEIGHT]) - half
    for _ in range(2000):
        moved = False
        for i in range(len(at)):
            for j in range(i + 1, len(at)):
                gap = at[j] - at[i]
                overlap = half[i] + half[j] - np.abs(gap)
                if (overlap > 1e-6).all():
                    axis = int(overlap[1] < overlap[0])
                    step = (overlap[axis] / 2 + 0.01) * (1 if gap[axis] >= 0 else -1)
                    at[i, axis] -= step
                    at[j, axis] += step
                    moved = True
        at = np.clip(at, -bound, bound)
        if not moved:
            break
    return at


def duty_network(data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw an arrow from each lead to those it works with, as wide as they stand in units together.

    A node is as large as the number of units it stands in; its sectors, and the colour of an
    arrow, say from which level of government the documents come.

    Parameters
    ----------
    data : DataFrame
        From :func:`duty_network_data`.
    ax, lang
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "duty_network")
    say = style.speaker(lang)
    nodes, edges = data[data["mark"] == "node"], data[data["mark"] == "edge"]
    with style.canvas(ax, height=2 * HALF_HEIGHT + 1.0) as ax:
        if nodes.empty:
            style.nothing(ax, say)
            return ax
        ax.set_axis_off()
        ax.set_aspect("equal")
        ax.set_xlim(-HALF_WIDTH, HALF_WIDTH)
        ax.set_ylim(-HALF_HEIGHT, HALF_HEIGHT)
        most, widest = nodes["n_units"].max(), edges["n_units"].max()
        place = {row.source: (row.x, row.y, _radius(row.n_units, most)) for row in nodes.itertuples(index=False)}
        for row in edges.sort_values("n_units", kind="stable").to_dict("records"):
            _arrow(ax, row, place, row["n_units"] / widest)
        for row in nodes.to_dict("records"):
            _node(ax, row, place[row["source"]][2])
        _key(ax, data, say)
    return ax


def _arrow(ax: Axes, row: dict, place: dict, share: float) -> None:
    from matplotlib.patches import FancyArrowPatch

    (x0, y0, r0), (x1, y1, r1) = place[row["source"]], place[row["target"]]
    length = max(np.hypot(x1 - x0, y1 - y0), 1e-9)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    level = max(style.LEVELS, key=lambda name: row[name])
    ax.add_patch(
        FancyArrowPatch(
            (x0 + ux * r0, y0 + uy * r0),
            (x1 - ux * (r1 + 0.04), y1 - uy * (r1 + 0.04)),
            arrowstyle="-|>",
            connectionstyle="arc3,rad=0.12",
            mutation_scale=4 + 4 * share,
            shrinkA=0,
            shrinkB=0,
            lw=0.4 + 2.4 * share,
            color=style.tint(style.LEVEL_COLOURS[level], 0.35 + 0.35 * share),
            zorder=1 + share,
        )
    )


def _node(ax: Axes, row: dict, radius: float) -> None:
    from matplotlib.patches import Circle, Wedge
    from matplotlib.patheffects import withStroke

    at, angle = (row["x"], row["y"]), 90.0
    whole = sum(row[level] for level in style.LEVELS)
    for level in style.LEVELS:
        if row[level]:
            turn = 360.0 * row[level] / whole
            ax.add_patch(Wedge(at, radius, angle - turn, angle, fc=style.LEVEL_COLOURS[level], lw=0, zorder=4))
            angle -= turn
    ax.add_patch(Circle(at, radius, fc="none", ec="white", lw=1.0, zorder=5))
    ax.text(
        at[0],
        at[1] - radius - 0.06,
        row["source"],
        ha="center",
        va="top",
        fontsize=style.SMALL,
        path_effects=[withStroke(linewidth=2, foreground="white")],
        zorder=6,
    )


def _key(ax: Axes, data: pd.DataFrame, say) -> None:
    from matplotlib.patches import Patch

    levels = [level for level in style.LEVELS if data[level].sum()]
    handles = [
        Patch(fc=style.LEVEL_COLOURS[level], label=say("from documents of the ", "") + say(*style.LEVEL_NAMES[level]))
        for level in levels
    ]
    style.legend(ax, handles, loc="upper left", bbox_to_anchor=(0, 0), borderaxespad=0.0)
