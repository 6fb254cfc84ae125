"""``lx.instruments``: which policy instruments the words of a unit suggest."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from lanxikit.annotating.agency_masks import masks
from lanxikit.annotating.passages import passages
from lanxikit.annotating.scan import Scan
from lanxikit.lexicons import load
from lanxikit.tables import check, table

if TYPE_CHECKING:
    import pandas as pd


def instruments(units: pd.DataFrame, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """Suggest policy instruments from trigger words.

    Parameters
    ----------
    units : DataFrame
        As ``lx.segment`` gives it. Read are the leaves and the outcomes (工作成果) that hang on them.
    lexicon : path, optional
        A folder whose ``instrument_words.tsv`` extends or overrides ours.

    Returns
    -------
    DataFrame
        A row a trigger word, in the order of the text (the longest word where several begin at one place; words in
        titles 《》 and in names of agencies, as 改革 in 省发展改革委, do not count):

        - ``unit_id``: the leaf;
        - ``instrument``: ``supply``, ``environment`` or ``demand``;
        - ``tool``: the sub-tool, e.g. ``talent``, ``finance``, ``demonstration``;
        - ``word``: the trigger;
        - ``start``, ``end``: where it stands in the file, characters, end exclusive.

        Suggestions for a coder, not codes: a unit may have several, none, or words that pull both ways.

    Raises
    ------
    TableError
        ``units`` is no table of units.
    LexiconError
        The word list cannot be read.

    Notes
    -----
    Supply, environment and demand after Rothwell & Zegveld, *Reindustrialization and Technology*, 1985; sub-tools as in
    Chinese studies of policy texts. Show a table only after two coders have checked it, with their agreement.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame({"unit_id": ["d#001"], "parent_id": [None], "kind": ["task"], "is_leaf": [True],
    ...     "text": ["设立专项资金,建立联席会议制度"], "start": [0]})
    >>> instruments(units)[["instrument", "tool", "word", "start"]].values.tolist()
    [['supply', 'funding', '专项资金', 2], ['environment', 'mechanism', '联席会议', 9]]
    """
    import pandas as pd

    scan, tools = _words(None if lexicon is None else str(lexicon))
    agencies = masks(lexicon)
    rows = []
    for passage in passages(units, "outcome"):
        found = scan.find(passage.folded)
        if not found:
            continue
        frames = passage.frames if "《" in passage.folded else None
        for word, begin in found:
            end = begin + len(word)
            if not (frames and frames.titled(begin)) and not agencies.covers(passage.folded, begin, end):
                rows.append((passage.unit_id, *tools[word], passage.text[begin:end], *passage.source(begin, end)))
    names = table("instruments").names()
    return check(pd.DataFrame(rows, columns=names) if rows else table("instruments").empty(), "instruments")


@lru_cache(maxsize=8)
def _words(folder: str | None) -> tuple[Scan, dict[str, tuple[str, str]]]:
    tools = {row["word"]: (row["instrument"], row["tool"]) for row in load("instrument_words", folder)}
    return Scan(tools), tools
