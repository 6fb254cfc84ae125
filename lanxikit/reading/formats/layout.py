"""The characters and rules of one page, of a PDF or a picture, to runs of text and tables."""

from __future__ import annotations

from lanxikit.reading.formats import grid, pdf_runs, ruled
from lanxikit.reading.formats.columns import bands
from lanxikit.reading.formats.flow import paragraphs
from lanxikit.reading.formats.pages import Page, Table
from lanxikit.reading.formats.runs import Run


def page(
    signs: list[pdf_runs.Sign],
    rules: list[ruled.Box],
    top: float,
    bottom: float,
    lexicon: str | None = None,
    beyond: list[str] | None = None,
) -> Page:
    """Put a page's characters into the tables that its rules make, and the others into runs.

    Parameters
    ----------
    signs : list of Sign
    rules : list of box
    top, bottom : float
        The page's ends.
    lexicon : path, optional
    beyond : list of str, optional
        Is told ``rules`` where there are too many to look for tables.

    Returns
    -------
    Page
    """
    found = ruled.tables(rules, beyond=beyond) if signs else []
    cells = ruled.Cells(found)
    inside: dict[tuple[int, ruled.Box], list[pdf_runs.Sign]] = {}
    outside = []
    for sign in signs:
        place = cells.at((sign.x0 + sign.x1) / 2, (sign.top + sign.bottom) / 2) if found else None
        if place is None:
            outside.append(sign)
        else:
            inside.setdefault(place, []).append(sign)
    runs = pdf_runs.runs(outside, lexicon)
    for number, boxes in enumerate(found):
        texts = {box: _cell(pdf_runs.runs(inside.get((number, box), []), lexicon)) for box in boxes}
        runs += _table(boxes, texts)
    return Page(runs, bottom - top, top)


def _cell(runs: list[Run]) -> str:
    """What a cell says: its wrapped lines joined, its paragraphs parted by blanks."""
    return " ".join(line for rows in bands(runs, 9) for line in paragraphs(rows))


def _table(boxes: list[ruled.Box], texts: dict[ruled.Box, str]) -> list[Run]:
    lines = tuple(grid.lines(ruled.laid(boxes, lambda box: texts[box])))
    if not lines:
        return []
    width = max(line.count("\t") + 1 for line in lines)
    return [Table(*ruled.outline(boxes), "", 10.0, lines, width)]
