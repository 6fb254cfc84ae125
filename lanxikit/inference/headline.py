"""``lx.headline``: the few numbers that a study reports, each with its interval."""

from __future__ import annotations

import sys
import zlib

import numpy as np
import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.inference.bootstrap import ratio
from lanxikit.inference.material import Material
from lanxikit.inference.samples import Sample, samples
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.inference import HEADLINE, MEASURES
from lanxikit.tables.usable import seed

FEWEST_DRAWS = 100  # below it the tails of an interval hang on one or two draws


def headline(
    links: pd.DataFrame,
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    *,
    uptake: pd.DataFrame | None = None,
    reuse: pd.DataFrame | None = None,
    commitment: pd.DataFrame | None = None,
    n_boot: int = 2000,
    random_state: int = 0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Give each lower document's headline numbers, with bootstrap intervals over units.

    The documents stay as they are; their units are drawn anew. An interval says how far the
    number hangs on the single units of this document. It says nothing about other documents,
    nor about pairs that ``lx.align`` links wrongly; two intervals are no test.

    Parameters
    ----------
    links : DataFrame
        Result of ``lx.refine``, or of ``lx.align``: then the facets are not known, and the measures
        made of them are missing. Without ``decision`` every row counts as a link.
    upper, lower : DataFrame
        The tables of ``lx.segment`` that were compared; ``lower`` may hold several documents.
    uptake : DataFrame, optional
        Result of ``lx.uptake``: says which goals do not apply to a document, and whether it rests
        on the upper one. Without it every goal counts as applicable.
    reuse, commitment : DataFrame, optional
        Results of ``lx.reuse(upper, lower)`` and of ``lx.commitment`` for the units of both sides;
        computed here where not given.
    n_boot : int
        Number of draws.
    random_state : int
        The same gives the same table, on any number of threads and in any order of the rows; a
        document's numbers do not depend on which other documents are in ``lower``.
    level : float
        Of the intervals.

    Returns
    -------
    DataFrame
        A row a lower document and measure: ``doc_id``; ``measure``; ``value``; ``low``, ``high``;
        ``n``, units drawn anew; ``method`` of the interval; ``unit``, what ``n`` counts; ``total``, what the
        value is a share or mean of; ``note``, what to know before citing the number, also
        how many of the links, goals and facets coders decided (``lx.apply_coding``), missing where nothing.
        Where ``n`` is below 5 there is no interval. ``measure`` is

        - ``coverage``: share of the applicable upper leaves that have a link into the document;
        - ``novelty``: share of its leaves without a linked or unsure pair;
        - ``specification_gain``: share of its links with any of the facets ``quantified``,
          ``time_bound``, ``project_named`` and ``assigned``; these four follow, each by itself;
        - ``reuse_share``: share of the characters of its leaves that stand in a reused passage;
        - ``commitment_shift``: over its links, strength of the strongest clause of the lower leaf
          − the same of the upper leaf, mean, in steps of the scale of ``lx.commitment``. That scale is ordinal:
          the sign can be trusted more than the size.

    Raises
    ------
    TableError
        A table lacks a column or belongs to other units; a pair stands twice; a document stands
        on both sides.
    LanxiError
        ``n_boot`` is below 100, ``level`` not between 0 and 1, or ``random_state`` no whole number from 0 on.

    Notes
    -----
    BCa bootstrap (Efron & Tibshirani 1993, ch. 14) within documents (Davison & Hinkley 1997, §3.2, §5.3.2).
    Upper leaves are drawn for coverage, lower leaves for novelty and reuse, lower leaves with all their links
    for the rest, since the links of a leaf are not independent. A document whose units are all alike gets the exact
    binomial interval (Clopper & Pearson 1934) of as many units for a share of cases, else none. There is no p-value.
    The interval of ``reuse_share`` is somewhat too narrow where few leaves hold long passages (simulated: 25
    leaves, 88 % instead of 95 %; 47, 90 %; 194, 94 %); those of the other measures held the truth in 93 to 98 %.
    A link counts as decided: where unsure pairs are left, coverage and novelty are both lower bounds.

    Examples
    --------
    >>> import pandas as pd
    >>> from lanxikit.tables.segmenting import UNITS
    >>> def units(doc, *texts):
    ...     rows = [{"doc_id": doc, "unit_id": f"{doc}#{n:03d}", "path": (), "kind": "measure", "heading": "",
    ...              "text": text, "start": 0, "end": len(text), "is_leaf": True} for n, text in enumerate(texts, 1)]
    ...     return pd.DataFrame(rows).reindex(columns=UNITS.names())
    >>> plan = units("plan", "修路。", "办学。", "治水。", "种树。", "通信。")
    >>> city = units("city", "修乡道。", "建医院。")
    >>> pairs = pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["city#001"], "decision": ["link"]})
    >>> found = headline(pairs, plan, city)
    >>> found.loc[found["measure"].isin(["coverage", "novelty"]), ["measure", "value", "n", "method"]]
        measure  value  n         method
    0  coverage    0.2  5  BCa bootstrap
    1   novelty    0.5  2           none
    """
    from tqdm import tqdm

    _usable(n_boot, random_state, level)
    material = Material.of(links, upper, lower, uptake, reuse, commitment)
    documents = list(dict.fromkeys(lower["doc_id"]))
    rows = []
    bar = tqdm(
        total=len(documents) * len(MEASURES), desc=tr("headline", "主要指标"), delay=2, file=sys.stderr, leave=False
    )
    with bar:
        for doc in documents:
            for sample in samples(material, doc):
                rows.append({"doc_id": doc, **_row(sample, doc, n_boot, random_state, level)})
                bar.update()
    table = pd.DataFrame(rows) if rows else HEADLINE.empty()
    return check(table, HEADLINE)


def _row(sample: Sample, doc: str, n_boot: int, random_state: int, level: float) -> dict[str, object]:
    own = [random_state, zlib.crc32(f"{doc}\n{sample.measure}".encode())]
    found = ratio(
        sample.top, sample.bottom, sample.strata, share=sample.share, n_boot=n_boot, level=level, seed=own
    )
    notes = [*sample.notes, found.note] if found.note else sample.notes
    return {
        "measure": sample.measure,
        "value": round(found.value, 6),
        "low": round(found.low, 6),
        "high": round(found.high, 6),
        "n": len(sample.top),
        "method": found.method,
        "unit": sample.unit,
        "total": int(sample.bottom.sum()),
        "note": "; ".join(notes) or None,
    }


def _usable(n_boot: object, random_state: object, level: object) -> None:
    whole = (int, np.integer)
    if not isinstance(n_boot, whole) or isinstance(n_boot, bool) or n_boot < FEWEST_DRAWS:
        raise LanxiError(
            tr(f"n_boot must be a whole number, {FEWEST_DRAWS} or more.", f"n_boot 须为不小于 {FEWEST_DRAWS} 的整数。"),
            where=f"n_boot={n_boot!r}",
            todo=tr("n_boot=2000 is usual.", "一般用 n_boot=2000。"),
        )
    seed(random_state)
    usable_level(level)


def usable_level(level: object) -> None:
    """Raise a LanxiError unless the level lies between 0 and 1."""
    if not isinstance(level, (float, np.floating)) or not 0 < level < 1:
        raise LanxiError(
            tr("level must lie between 0 and 1.", "level 必须在 0 与 1 之间。"),
            where=f"level={level!r}",
            todo=tr("level=0.95 is usual.", "一般用 level=0.95。"),
        )
