"""The places a text names: administrative divisions and functional areas."""

from __future__ import annotations

import pandas as pd

from lanxikit.annotating.region_leaves import leaf_texts
from lanxikit.gazetteer import Mention
from lanxikit.gazetteer.divisions import atlas
from lanxikit.tables import check, table

_COLUMNS = ("unit_id", "place", "part", "name", "adcode", "level", "parent", "kind", "start", "end")


def places(units: pd.DataFrame, *, lexicon=None) -> pd.DataFrame:
    """Find the places named in the text and the run-in heading of each leaf.

    Homonyms go to the document's own region (its ``adcode``) first; a short name that
    another leaf of the document vouches for counts throughout the document. How names are
    told from ordinary words: see :mod:`lanxikit.gazetteer.mentions`.

    Parameters
    ----------
    units : DataFrame
        As :func:`lanxikit.segment` gives it; only the leaves are read.
    lexicon : path, optional
        Folder whose ``divisions.tsv``, ``place_aliases.tsv`` and ``place_words.tsv`` extend
        the shipped ones.

    Returns
    -------
    DataFrame
        A row a division or functional area named; an abbreviation of several divisions (甘青)
        gives a row for each. Columns: ``unit_id``; ``place`` (as written); ``name`` (official
        full name, without the divisions above); ``adcode`` (GB/T 2260, six digits; of a
        functional area the divisions it lies in, several joined by 、); ``level`` (missing for a
        functional area); ``parent`` (name of the division above; of a functional area the
        divisions it lies in); ``kind`` (``administrative`` or ``functional area``); ``start``,
        ``end`` (span in the source file, characters, end exclusive); ``part`` (``text`` or
        ``heading``).

    Raises
    ------
    TableError
        The units lack a column.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame([{"doc_id": "d", "unit_id": "d#001", "kind": "measure", "is_leaf": True, "start": 0,
    ...     "text": "推动民和、红古公交互联互通，保护大通河", "pieces": None, "adcode": "630200"}])
    >>> places(units)[["place", "name", "adcode", "parent"]]
      place         name  adcode parent
    0    民和  民和回族土族自治县  630222    海东市
    1    红古          红古区  620111    兰州市
    """
    by_code = atlas(lexicon).by_code
    texts = leaf_texts(units)
    known: dict[str | None, set[str]] = {}
    for leaf in texts:
        codes = known.setdefault(leaf.doc_id, set())
        codes.update(item.code for mention in leaf.reader(lexicon).mentions() for item in mention.divisions)
    rows: list[tuple] = []
    for leaf in texts:
        for mention in leaf.reader(lexicon).mentions(known[leaf.doc_id]):
            span = leaf.source.span(mention.start, mention.end)
            place = leaf.text[mention.start : mention.end]
            rows += [(leaf.unit_id, place, leaf.part, *cells, *span) for cells in _cells(mention, by_code)]
    return check(pd.DataFrame(rows, columns=_COLUMNS) if rows else table("places").empty(), "places")


def _cells(mention: Mention, by_code: dict) -> list[tuple]:
    """Name, adcode, level, parent and kind."""
    if mention.kind == "administrative":
        return [
            (
                division.name,
                division.code,
                division.level,
                by_code[division.parent].name if division.parent in by_code else None,
                mention.kind,
            )
            for division in mention.divisions
        ]
    codes = "、".join(division.code for division in mention.divisions) or None
    parents = "、".join(division.name for division in mention.divisions) or None
    return [(mention.name, codes, None, parents, mention.kind)]
