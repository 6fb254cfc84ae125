"""The picture of all benchmarks: how many times as fast as its peers the kit is, and how time and memory grow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.measured import middle
from benchmarks.results import FASTER
from lanxikit.plots import style

TITLES = {
    "startup": "start-up",
    "tokenizing": "tokenizing",
    "parsing": "structure, duties and targets",
    "topics": "topics",
    "comparing": "ten nearest clauses of each",
}
"""Benchmarks with a peer, from above."""
PEERS = {
    ("startup", "lanxikit : pandas (import alone)"): ("import pandas", 1 / 0.15),
    ("startup", "lanxikit : pandas (whole process)"): ("the same, with Python's own start", None),
    ("tokenizing", "lanxikit : jieba"): ("jieba", None),
    ("tokenizing", "lanxikit : rjieba"): ("rjieba", None),
    ("tokenizing", "plain : jieba"): ("jieba, the kit without rjieba", None),
    ("parsing", "lanxikit : spacy-rows"): ("spaCy, a row a sentence", 3),
    ("parsing", "lanxikit : spacy-count"): ("spaCy, sentences counted", 3),
    ("parsing", "lanxikit-texts : spacy-rows"): ("a row a sentence; titles, issuers too", None),
    ("parsing", "lanxikit-many : spacy-many"): ("spaCy, several processes", None),
    ("topics", "lanxikit : sklearn"): ("scikit-learn, NMF", None),
    ("topics", "lanxikit : gensim"): ("gensim, LDA", None),
    ("topics", "lanxikit : tomotopy"): ("tomotopy, LDA", None),
    ("comparing", "kit, grown : sklearn"): ("scikit-learn", 8),
    ("comparing", "kit-2, grown : sklearn"): ("the same, two jobs of the kit", None),
    ("comparing", "kit, different : sklearn"): ("scikit-learn, clauses all different", 8),
    ("comparing", "kit-2, different : sklearn"): ("the same, two jobs of the kit", None),
}
"""What a ratio is called, and how much it should be, where that is set."""
OURS, OTHER, TARGET = style.LEVEL_COLOURS["province"], style.LEVEL_COLOURS["county"], style.LEVEL_COLOURS["prefecture"]
ROW, WIDTH = 0.42, 17.5  # cm


def draw(rows: Sequence[dict[str, str]], file: Path) -> None:
    """Draw the rows of ``benchmarks.csv`` into two files, ``.svg`` and ``.png``.

    Parameters
    ----------
    rows : sequence of dict
        From `benchmarks.results.read_rows`.
    file : Path
        Without the ending.
    """
    from matplotlib import pyplot

    lines = _lines(rows)
    with style.context():
        height = max(9.0, 2.2 + ROW * len(lines)) / 2.54
        figure = pyplot.figure(figsize=(WIDTH / 2.54, height), layout="constrained")
        cells = figure.add_gridspec(2, 2, width_ratios=(1.35, 1))
        _ratios(figure.add_subplot(cells[:, 0]), lines)
        _time(figure.add_subplot(cells[0, 1]), rows)
        _memory(figure.add_subplot(cells[1, 1]), rows)
        figure.savefig(file.with_suffix(".svg"), metadata={"Date": None})
        figure.savefig(file.with_suffix(".png"), dpi=200, metadata={"Software": None})
        pyplot.close(figure)


def _lines(rows: Sequence[dict[str, str]]) -> list[tuple[str, list[float], float | None]]:
    """Return what stands below each other: a title without values, then its peers with theirs and their target."""
    found = [row for row in rows if row["measure"] == FASTER and row["benchmark"] in TITLES]
    places = {key: place for place, key in enumerate(PEERS)}
    names = list(TITLES)

    def key(row: dict[str, str]) -> tuple:
        pair = (row["benchmark"], row["side"])
        return names.index(row["benchmark"]), places.get(pair, len(places)), row["side"]

    lines = []
    for benchmark, group in groupby(sorted(found, key=key), lambda row: row["benchmark"]):
        lines.append((TITLES[benchmark], [], None))
        for side, same in groupby(group, lambda row: row["side"]):
            name, target = PEERS.get((benchmark, side), (side, None))
            lines.append((name, [float(row["value"]) for row in same], target))
    return lines


def _ratios(ax, lines: Sequence[tuple[str, list[float], float | None]]) -> None:
    if not lines:
        style.nothing(ax, style.speaker("en"))
        return
    ax.axvline(1, color=style.GREY, lw=0.8, zorder=0)
    for y, (_, values, target) in enumerate(lines):
        if target:
            ax.plot([target] * 2, [y - 0.42, y + 0.42], color=TARGET, lw=1.6, zorder=1)
        if values:
            ax.plot([min(values), max(values)], [y, y], color=OURS, lw=1.0, zorder=2)
            ax.plot(values, [y] * len(values), "o", color=style.tint(OURS, 0.45), ms=2.6, mew=0, zorder=3)
            ax.plot(middle(values), y, "o", color=OURS, ms=5, mew=0, zorder=4)
    ax.set_xscale("log")
    low, high = ax.get_xlim()
    ax.set_xlim(min(low, 0.45), max(high, 12))
    for y, (_, values, _) in enumerate(lines):
        if values:
            written = f"{middle(values):.{2 if middle(values) < 1 else 1 if middle(values) < 10 else 0}f}"
            ax.text(1.02, y, written, transform=ax.get_yaxis_transform(), va="center", fontsize=style.SMALL)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.set_yticks(range(len(lines)), [name for name, _, _ in lines])
    for label, (_, values, _) in zip(ax.get_yticklabels(), lines, strict=True):
        if not values:
            label.set_color(OURS)
            label.set_fontsize(style.NORMAL)
    ax.set_ylim(len(lines) - 0.4, -0.8)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=style.PALE, lw=0.6)
    ax.set_xlabel("times as fast as the peer (by the clock)")
    style.legend(ax, [*_key("o", OURS, "median, all repeats"), *_key("|", TARGET, "target")])


def _time(ax, rows: Sequence[dict[str, str]]) -> None:
    """Seconds over documents, both in powers of ten, beside what would be in proportion."""
    known = {name: _points(rows, name) for name in ("seconds", "processor")}
    if not known["seconds"]:
        style.nothing(ax, style.speaker("en"))
        return
    for points, colour, mark in zip(known.values(), (OURS, OTHER), "os", strict=True):
        _series(ax, points, colour, mark)
        small = min(points)
        first = middle(points[small])
        ends = [small, max(points)]
        ax.plot(ends, [first * end / small for end in ends], "--", color=style.GREY, lw=0.8, zorder=0)
    ax.set_yscale("log")
    _documents(ax)
    ax.set_ylabel("seconds")
    proportion = _key("--", style.GREY, "in proportion")
    style.legend(ax, [*_key("o", OURS, "clock"), *_key("s", OTHER, "processor"), *proportion])


def _memory(ax, rows: Sequence[dict[str, str]]) -> None:
    known = {name: _points(rows, name) for name in ("peak", "worker's peak")}
    if not known["peak"]:
        style.nothing(ax, style.speaker("en"))
        return
    for points, colour, mark in zip(known.values(), (OURS, OTHER), "os", strict=True):
        _series(ax, points, colour, mark)
    _documents(ax)
    ax.set_ylim(0, ax.get_ylim()[1] * 1.15)
    ax.set_xlabel("documents")
    ax.set_ylabel("peak memory, GB")
    style.legend(ax, [*_key("o", OURS, "main process"), *_key("s", OTHER, "largest worker")])


def _points(rows: Sequence[dict[str, str]], measure: str) -> dict[int, list[float]]:
    found: dict[int, list[float]] = {}
    for row in rows:
        if (row["benchmark"], row["side"], row["measure"]) == ("growth", "kit", measure):
            found.setdefault(int(row["size"]), []).append(float(row["value"]))
    return found


def _series(ax, points: dict[int, list[float]], colour: str, mark: str) -> None:
    ax.plot(list(points), [middle(values) for values in points.values()], color=colour)
    for size, values in points.items():
        ax.plot([size] * len(values), values, mark, color=colour, ms=4, mew=0)


def _documents(ax) -> None:
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.xaxis.set_minor_formatter(lambda *_: "")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    ax.margins(x=0.12)
    ax.grid(color=style.PALE, lw=0.6)


def _key(mark: str, colour: str, label: str) -> list:
    from matplotlib.lines import Line2D

    dashed = mark == "--"
    return [Line2D([], [], ls="--" if dashed else "", marker="" if dashed else mark, color=colour, lw=0.8,
                   ms=7 if mark == "|" else 5, mew=1.6 if mark == "|" else 0, label=label)]  # fmt: skip
