"""Where in each document a word stands: a stroke for each occurrence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from lanxikit.plots import style, wording
from lanxikit.tables.usable import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("term", "doc_id", "level", "at", "count", "dp", "as_word")
ROW = 0.42  # cm


def lexical_dispersion_data(
    kwic: pd.DataFrame, units: pd.DataFrame, dispersion: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Put each occurrence on a scale from the beginning to the end of its document.

    Parameters
    ----------
    kwic : DataFrame
        From ``lx.kwic``, of one pattern or several.
    units : DataFrame
        The table of ``lx.segment`` that was searched.
    dispersion : DataFrame, optional
        From ``lx.dispersion``: its DP is written beside the words it has, with the occurrences it
        counted: those as a word of the tokenizer, where ``kwic`` finds 黄河 in 黄河流域 too.

    Returns
    -------
    DataFrame
        A row an occurrence, and a row with ``count`` 0 for each document without one: ``term`` (the
        pattern), ``doc_id``, ``level``, ``at`` (0 where the document's first leaf begins, 1 where its
        last ends; missing without an occurrence), ``count`` (of the term in the document), ``dp`` and
        ``as_word`` (of the whole corpus: DP, and occurrences as a word of its own).

    Raises
    ------
    TableError
        One of the tables is not what it should be.

    Examples
    --------
    >>> units = pd.DataFrame({"doc_id": ["a", "b"], "start": [10, 0], "end": [20, 9], "is_leaf": True})
    >>> kwic = pd.DataFrame({"doc_id": ["a"], "start": [15], "end": [17], "pattern": ["铁路"]})
    >>> lexical_dispersion_data(kwic, units)[["term", "doc_id", "at", "count"]].values.tolist()
    [['铁路', 'a', 0.5, 1], ['铁路', 'b', nan, 0]]
    """
    need(kwic, ["doc_id", "start", "pattern"], "kwic", "Pass the result of lx.kwic.")
    need(units, ["doc_id", "start", "end", "is_leaf"], "units", "Pass the units that lx.kwic searched.")
    measured: dict[str, tuple] = {}
    if dispersion is not None:
        need(dispersion, ["term", "dp", "count"], "dispersion", "Pass the result of lx.dispersion.")
        columns = (dispersion[name] for name in ("term", "dp", "count"))
        measured = {term: (dp, n) for term, dp, n in zip(*columns, strict=True)}
    leaves = units[units["is_leaf"].astype(bool)]
    ends = leaves.groupby("doc_id", observed=True).agg(begin=("start", "min"), end=("end", "max"))
    levels = leaves.drop_duplicates("doc_id").set_index("doc_id")["doc_level"] if "doc_level" in leaves else {}
    rows = []
    for term in dict.fromkeys(kwic["pattern"]):
        own = kwic[kwic["pattern"] == term]
        for doc in wording.ordered(leaves):
            begin, end = ends.loc[doc]
            places = sorted((own["start"][own["doc_id"] == doc] - begin) / max(end - begin, 1))
            level = levels.get(doc)
            about = (term, doc, level if isinstance(level, str) else None)
            for at in places or [None]:
                inside = at if at is None else min(max(at, 0.0), 1.0)
                rows.append((*about, inside, len(places), *measured.get(term, (None, None))))
    kinds = dict.fromkeys(["term", "doc_id", "level"], "str") | {"at": "float64", "count": "int64", "dp": "float64"}
    kinds["as_word"] = "Int64"
    return style.rounded(pd.DataFrame(rows, columns=COLUMNS).astype(kinds))


def lexical_dispersion(
    data: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", names: Mapping[str, str] | None = None
) -> Axes:
    """Draw a strip for each word and document, a stroke for each occurrence, and write how many there are.

    Parameters
    ----------
    data : DataFrame
        From :func:`lexical_dispersion_data`.
    ax, lang, names
        As in :func:`lanxikit.plots.timeline`.

    Returns
    -------
    Axes
    """
    style.need(data, COLUMNS, "lexical_dispersion")
    say = style.speaker(lang)
    strips = data.drop_duplicates(["term", "doc_id"])
    terms = list(dict.fromkeys(data["term"]))
    with style.canvas(ax, height=1.6 + ROW * (len(strips) + 1.25 * len(terms))) as ax:
        if data.empty:
            style.nothing(ax, say)
            return ax
        y, ticks, labels = 0.0, [], []
        for term in terms:
            mine = strips[strips["term"] == term]
            dp, n = mine["dp"].iloc[0], mine["as_word"].iloc[0]
            head = wording.cut(str(term), 20)
            if pd.notna(dp):
                n = int(n)  # a float from a CSV file
                head += say(f"   DP {dp:.2f} ({n} as a word of its own)", f"   DP {dp:.2f}（独立成词 {n} 次）")
            ax.text(0, y + 0.55, head, va="center")
            y += 1.25
            for strip in mine.itertuples(index=False):
                colour = style.LEVEL_COLOURS.get(strip.level, style.GREY)
                ax.barh(y + 0.3, 1, height=0.72, color="#f2f2f2", lw=0, zorder=0)
                found = data[(data["term"] == term) & (data["doc_id"] == strip.doc_id) & data["at"].notna()]
                ax.vlines(found["at"], y - 0.06, y + 0.66, color=colour, lw=0.9, zorder=2)
                ax.text(1.02, y + 0.3, f"{strip.count}", va="center", fontsize=style.SMALL,
                        color=style.INK if strip.count else style.GREY)  # fmt: skip
                ticks.append(y + 0.3)
                labels.append(wording.cut(wording.document_name(strip.doc_id, names), 14))
                y += 1
        ax.set_yticks(ticks, labels)
        ax.tick_params(axis="y", length=0)
        ax.set_ylim(y + 0.1, 0)
        ax.set_xlim(-0.005, 1.07)
        ax.set_xticks([0, 0.5, 1], [say("beginning", "开头"), say("middle", "中间"), say("end", "结尾")])
        for edge in ("left", "bottom"):
            ax.spines[edge].set_visible(False)
        ax.set_xlabel(say("place in the document; right: occurrences", "在文件中的位置；右侧：出现次数"))
    return ax
