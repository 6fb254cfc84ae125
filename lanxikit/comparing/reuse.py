"""Passages that a lower document takes over from an upper one."""

from __future__ import annotations

import sys
from itertools import groupby
from numbers import Integral, Real

import pandas as pd

from lanxikit.comparing.evidence import annotation
from lanxikit.comparing.passages import Reader, passages
from lanxikit.comparing.sides import both
from lanxikit.comparing.taken import Passage, merged
from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.comparing import REUSE
from lanxikit.text.pieces import SourceMap


def reuse(
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    *,
    min_chars: int = 10,
    seed: int = 8,
    gap: int = 4,
    min_similarity: float = 0.75,
    mask: bool = True,
    places: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find passages that stand, word for word or nearly, in an upper and in a lower leaf.

    Seed and extend: runs of ``seed`` characters that both sides share are looked up in an
    index, grown as far as the texts agree, and joined where a few characters differ
    between two of them, while what agrees outweighs what does not (Smith and Waterman's
    score). Punctuation, blanks and half or full width make no difference. A second reading
    takes every place name for the same: 推动兰州市…, 推动海东市… is then one passage, ``masked``.
    All leaves are read, linked or not. Shared wording does not say who copied from whom:
    that is for ``lx.lineage``.

    Parameters
    ----------
    upper, lower : DataFrame
        Tables of ``lx.segment``.
    min_chars : int
        Shortest passage, characters without punctuation.
    seed : int
        Length of the runs looked up; a passage without one such run is not found.
    gap : int
        At most so many characters may differ between two runs that are joined.
    min_similarity : float
        A joined passage must reach this similarity, else its runs stand alone.
    mask : bool
        Whether to read a second time with place names masked.
    places : DataFrame, optional
        Result of ``lx.places`` for the units of both sides; computed here if not given.

    Returns
    -------
    DataFrame
        A row a passage, by lower leaf and place in it: ``upper_id``, ``lower_id``;
        ``upper_start``, ``upper_end``, ``lower_start``, ``lower_end``: characters in the
        two files, ends exclusive; ``n_chars``: its length in the lower leaf without
        punctuation; ``similarity``: 1 word for word, else 1 − edits ÷ length;
        ``upper_text``, ``lower_text``; ``comparison``: ``verbatim``, or ``masked`` where a
        place name stands for another, and ``similarity`` takes the two for the same;
        ``written``: the similarity with the names as they stand; ``replaced``: those names,
        兰州市→海东市, joined by 、, missing where none. A verbatim passage within a masked one
        is no row of its own: ``mask=False`` gives the verbatim ones only.

    Raises
    ------
    TableError
        Not a table of ``segment``; a document stands on both sides.
    LanxiError
        A length is no whole number of at least 1 (``gap``: 0), or ``min_similarity`` outside 0 to 1.

    Notes
    -----
    The method of passim and BLAST; passim's own setting (n = 25, after a blank) finds no
    Chinese. Time grows with the text and with what is shared, not with the number of pairs
    of leaves. Headings are not read. References: Altschul et al. 1990 (seed and extend);
    Smith and Waterman 1981 (score); Linder et al. 2020 (both on bills).

    Examples
    --------
    >>> import pandas as pd
    >>> from lanxikit.tables.segmenting import UNITS
    >>> def units(doc, text):
    ...     row = {"doc_id": doc, "unit_id": f"{doc}#001", "path": (), "kind": "measure", "heading": "", "text": text,
    ...            "start": 100, "end": 100 + len(text), "is_leaf": True}
    ...     return pd.DataFrame([row]).reindex(columns=UNITS.names())
    >>> plan = units("plan", "完善城市交通智能管理信息系统，健全监督。")
    >>> found = reuse(plan, units("city", "建成并完善城市交通智能管理系统、健全监督体系；"))
    >>> found[["lower_start", "lower_end", "n_chars", "lower_text"]]
       lower_start  lower_end  n_chars         lower_text
    0          103        120       16  完善城市交通智能管理系统、健全监督
    """
    lengths = all(isinstance(size, Integral) and size >= least for size, least in ((min_chars, 1), (seed, 1), (gap, 0)))
    if not lengths or not isinstance(min_similarity, Real) or not 0 <= min_similarity <= 1:
        raise LanxiError(
            tr("A length is too small or the similarity outside 0 to 1.", "长度过小，或相似度不在 0–1 之间。"),
            where=f"min_chars={min_chars}, seed={seed}, gap={gap}, min_similarity={min_similarity}",
            todo=tr("The defaults 10, 8, 4, 0.75 are usual.", "一般用默认值 10、8、4、0.75。"),
        )
    above, below = both(upper, lower)
    names = _names(annotation("places", upper, lower, places, ("start", "end"))) if mask else {}
    options = {"min_chars": min_chars, "seed": seed, "gap": gap, "min_similarity": min_similarity}
    readings = [_passages(above, below, {}, **options)]
    if names:
        readings.append(_passages(above, below, names, **options))
    pairs = {pair for reading in readings for pair in reading}
    order = [dict(zip(side["unit_id"], range(len(side)), strict=True)) for side in (below, above)]
    rows = []
    for _, lines in groupby(sorted(pairs, key=lambda pair: order[0][pair[0]]), key=lambda pair: pair[0]):
        kept = [one for pair in lines for one in merged(*(reading.get(pair, []) for reading in readings))]
        rows += sorted(kept, key=lambda one: (*one.place(), order[1][one.upper_id]))
    return check(pd.DataFrame(rows, columns=REUSE.names()), REUSE)


def _passages(above: pd.DataFrame, below: pd.DataFrame, names: dict, **options) -> dict[tuple[str, str], list[Passage]]:
    """Read both sides once; return the passages by (lower, upper) leaf."""
    from tqdm import tqdm

    sides = [[_read(row, names) for row in side.itertuples(index=False)] for side in (above, below)]
    found: dict[tuple[str, str], list[Passage]] = {}
    bar = tqdm(desc=tr("passages", "段落"), total=len(sides[1]), delay=2, file=sys.stderr, leave=False, disable=None)
    for source, target, *agreed in passages(*sides, **options, step=bar.update):
        found.setdefault((target.unit_id, source.unit_id), []).append(Passage.of(source, target, *agreed))
    bar.close()
    return found


def _read(row, names: dict[str, set[tuple[int, int]]]) -> Reader:
    spans = names.get(row.unit_id)
    if not spans:
        return Reader.of(row)
    source = SourceMap(getattr(row, "pieces", None), row.start)
    return Reader.of(row, [span for start, end in spans if (span := source.find(start, end))])


def _names(table: pd.DataFrame) -> dict[str, set[tuple[int, int]]]:
    """Return, for each unit, where place names stand in the file."""
    found: dict[str, set[tuple[int, int]]] = {}
    for unit, start, end in zip(table["unit_id"], table["start"], table["end"], strict=True):
        found.setdefault(unit, set()).add((int(start), int(end)))
    return found
