"""``lx.targets``: what a document undertakes in numbers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lanxikit.annotating.passages import Passage, passages
from lanxikit.annotating.target_groups import Find
from lanxikit.annotating.target_reader import reader
from lanxikit.tables import check, table
from lanxikit.text.collector import resting

if TYPE_CHECKING:
    import pandas as pd


_QUOTE = 200  # how many characters of a clause are quoted before its number


def targets(units: pd.DataFrame, *, lexicon: str | os.PathLike | None = None) -> pd.DataFrame:
    """Find the quantified targets of each unit.

    A target is a number with a unit of measure that the text commits to: 改造老旧小区2000套, 达到90%以上. Numbers
    that name (G109, 5G, 12315, 一区四园), date, report (目前, 已建成), set a rate of grants or fines, or state a
    condition are left out; which words tell them is in ``target_exclusions.tsv``, which units count in
    ``target_units.tsv``. What stands below a heading of review (工作回顾) reports, what stands below one of terms
    (申报条件, 法律责任) or in the articles of a regulation states norms (``target_scopes.tsv``). Of a row of a table of
    indicators the value in the column of the last year is the target, that of the first its baseline.

    Parameters
    ----------
    units : DataFrame
        As ``lx.segment`` gives it. Read are the leaves and the outcomes (工作成果) that hang on them; ``path``,
        ``heading``, the rows of kind ``title`` and ``table_header`` say what a number stands in.
    lexicon : path, optional
        A folder whose word lists (``target_units.tsv``, ``target_comparators.tsv``, ``target_exclusions.tsv``,
        ``target_phrases.tsv``, ``deadline_words.tsv``, ``plan_periods.tsv`` …) extend or override the shipped ones.

    Returns
    -------
    DataFrame
        A row a number, in the order of the text:

        - ``unit_id``: the leaf;
        - ``indicator``: what is counted or measured, in the words of the text; for a breakdown by place, that of
          the whole;
        - ``comparator``: ``= >= <= ~ range``, or ``increase``/``decrease`` where only the size of a change is given;
        - ``value``, ``value_high``: the number in ``unit``; the upper end of a range;
        - ``unit``: unit of measure with its 万 or 亿 (万亩, 亿元); shares in words (三分之一) are given in %;
        - ``deadline``: ISO year, month or day that governs the number: stated before it in the same sentence, in its
          clause after it, by 到…年 at the head of the unit, in the unit's 完成时限, or in the heading of goals or of
          a phase above it (2025年目标); otherwise missing;
        - ``kind``: ``target``; ``breakdown`` (其中 …, a part of the number before); ``capacity`` (size of a thing
          named, 80兆瓦光伏项目);
        - ``quote``, ``start``, ``end``: the words and where they stand in the file, characters, end exclusive; a number
          that a leaf and its outcome share is read once;
        - ``number``: the number as written; ``change``: ``up``/``down`` where the number is the size of a change;
        - ``baseline``: the starting value (由60%提高到70%), in ``unit``; ``every``: rhythm (每年, 每月);
          ``part``: what a breakdown row is a part for (循化县).

    Raises
    ------
    TableError
        ``units`` is no table of units.
    LexiconError
        A word list cannot be read.

    Notes
    -----
    Of a clause the first 200 numbers are read and of a leaf the first 4000: no text of the genre has so many, and a
    spoilt table costs no more than prose.

    Rules of the genre, not a trained model. A target in the sense of target-setting research: a specific, quantified
    outcome, with or without a deadline (Schwarz et al., Climate Policy Radar, define it so for climate policy).

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame({"unit_id": ["d#001"], "parent_id": [None], "kind": ["task"], "is_leaf": [True],
    ...     "text": ["年内改造老旧小区2000套,森林覆盖率达到12.5%以上。"], "start": [0], "year": [2024]})
    >>> targets(units)[["indicator", "comparator", "value", "unit", "deadline"]].values.tolist()
    [['老旧小区', '=', 2000.0, '套', '2024'], ['森林覆盖率', '>=', 12.5, '%', '2024']]
    """
    import pandas as pd

    names = table("targets").names()
    with resting():
        rows = _found(units, None if lexicon is None else str(lexicon))
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in names)
    return check(pd.DataFrame(dict(zip(names, columns, strict=True))), "targets")


def _found(units: pd.DataFrame, folder: str | None) -> list[tuple]:
    """Return the rows of the table, in the order of the text."""
    reads = reader(folder)
    limits: dict[str, str] = {}
    above: dict[str, str | None] = {}
    found: list[tuple[Passage, list[Find]]] = []
    for passage in passages(units, "outcome", "deadline", sought=reads.sought):
        if passage.kind == "deadline":
            limit = reads.limit(passage)
            if limit:
                limits.setdefault(passage.unit_id, limit)
        else:
            finds = reads.read(passage)
            if finds:
                found.append((passage, finds))
                if not all([find.deadline for find in finds]) and passage.headings:
                    above.setdefault(passage.unit_id, reads.heading_limit(passage))
    seen: set[tuple] = set()
    rows = []
    for passage, finds in found:
        column = limits.get(passage.unit_id)
        rows += _rows(passage, finds, column, column or above.get(passage.unit_id), seen)
    return rows


def _rows(passage: Passage, finds: list[Find], column: str | None, limit: str | None, seen: set[tuple]):
    for find in finds:
        quantity = find.quantity
        written = passage.text[quantity.begin : quantity.end]
        place = (passage.unit_id, *passage.source(quantity.begin, quantity.end), written)
        if place in seen:
            continue
        seen.add(place)
        begin, end = _quote(passage.folded, find)
        start, stop = passage.source(begin, end)
        yield (
            passage.unit_id,
            find.indicator or None,
            find.meaning.comparator,
            quantity.value,
            quantity.high,
            quantity.unit,
            _finer(find.deadline, column) or limit,
            find.kind,
            passage.text[begin:end],
            start,
            stop,
            written,
            find.meaning.change,
            find.baseline,
            find.every,
            find.part,
        )


def _finer(own: str | None, column: str | None) -> str | None:
    """Return the limit of a number; where its year is all that is said, the column's month or day of that year."""
    return column if own and column and len(own) == 4 and column.startswith(own) else own


def _quote(text: str, find: Find) -> tuple[int, int]:
    end = find.end
    if find.named:
        at = text.find(find.named, end)
        if 0 <= at <= end + 30:
            end = at + len(find.named)
    begin = find.left_at + len(find.left) - len(find.left.lstrip(" 、,;:。"))
    begin = max(min(begin, find.quantity.begin), find.quantity.begin - _QUOTE)
    return begin, max(end, find.quantity.end)
