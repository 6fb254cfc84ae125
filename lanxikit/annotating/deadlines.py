"""``lx.deadlines``: by when something is to be done."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lanxikit.annotating.passages import passages
from lanxikit.annotating.times import times
from lanxikit.tables import check, table

if TYPE_CHECKING:
    import pandas as pd

_BASES = {"stated": "stated", "document": "relative to document date", "plan": "plan period"}


def deadlines(units: pd.DataFrame, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """Find the time limits of each unit and resolve them to a date.

    Parameters
    ----------
    units : DataFrame
        As ``lx.segment`` gives it. Read are the leaves, and the outcomes (工作成果) and time limits (完成时限) that
        hang on them; ``year`` and ``signed`` say what 年内 and 3月底前 mean.
    lexicon : path, optional
        A folder whose ``deadline_words.tsv``, ``deadline_cues.tsv`` and ``plan_periods.tsv`` extend or override ours.

    Returns
    -------
    DataFrame
        A row a time limit, in the order of the text:

        - ``unit_id``: the leaf;
        - ``deadline``: ISO year (2025), month (2024-12) or day (2024-07-10), the last one that keeps the limit;
          missing where it recurs, has no date (本届政府任期内), or counts from the document's year and that is
          not known;
        - ``expression``: the words, as written;
        - ``resolution``: ``year``, ``month``, ``day`` or ``recurring`` (每月5日前);
        - ``basis``: ``stated``; ``relative to document date`` (年内; 12月底前, whose year is the document's, or the
          next one where that month is over when the document is signed; 三年内 and 今后五年 count from the document's
          year; 汛期前 gives the year);
          ``plan period`` (“十四五”期间: the plan's last year);
        - ``start``, ``end``: where the words stand in the file, characters, end exclusive.

        A time before the document's own (截至2023年底) is no limit, nor is a year that is part of a name or a starting
        point (自2022年起), nor a term of procedure (自收到申请之日起20日内, 三年内不得). Of a span (2023—2025年,
        2023年6月—8月) the end is the limit. 自本通知印发之日起30日内 counts from the day of signing; working days are
        not counted (no calendar of holidays): ``deadline`` is missing.

    Raises
    ------
    TableError
        ``units`` is no table of units.
    LexiconError
        A word list cannot be read.

    Notes
    -----
    Normalised as TIMEX3 does (ISO 8601 values; Pustejovsky et al. 2003), limits only.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame({"unit_id": ["d#001"], "parent_id": [None], "kind": ["task"], "is_leaf": [True],
    ...     "text": ["年底前完成溯源;2025年底前,全面完成整治。"], "start": [0], "year": [2024]})
    >>> deadlines(units)[["deadline", "expression", "basis"]].values.tolist()
    [['2024-12', '年底前', 'relative to document date'], ['2025-12', '2025年底前', 'stated']]
    """
    import pandas as pd

    finder = times(None if lexicon is None else str(lexicon))
    rows, seen = [], set()
    for passage in passages(units, "outcome", "deadline"):
        field = passage.kind == "deadline"
        for time in passage.moments(finder):
            if time.status != "limit" and not (field and time.status == "every"):
                continue
            expression = passage.text[time.begin : time.end]
            start, end = passage.source(time.begin, time.end)
            if (passage.unit_id, start) in seen:  # a leaf and its outcome may share words
                continue
            seen.add((passage.unit_id, start))
            rows.append((passage.unit_id, time.deadline, expression, time.resolution, _BASES[time.basis], start, end))
    names = table("deadlines").names()
    return check(pd.DataFrame(rows, columns=names) if rows else table("deadlines").empty(), "deadlines")
