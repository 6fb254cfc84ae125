"""Tables of a web page: those that hold data, and those that only lay the page out.

The tests for it follow Wang & Hu (2002, WWW): a table of data has several cells in
several rows that are alike; one that lays out holds tables, or one cell with most text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.reading.formats import grid


class Tables:
    """What is needed to know of a page's tables, measured in one walk over the tree."""

    def __init__(self, root, unseen: Callable) -> None:
        from lxml import etree

        self.size: dict = {}
        self.blocks: dict = {}
        self.inner: dict = {}
        hidden = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                if hidden is None and unseen(element):
                    hidden = element
                continue
            if hidden is not None:
                if hidden is element:
                    hidden = None
                continue
            size = len((element.text or "").strip())
            blocks = inner = 0
            for child in element:
                size += self.size.get(child, 0) + len((child.tail or "").strip())
                blocks += self.blocks.get(child, 0) + (child.tag in ("p", "div", "br"))
                inner += self.size.get(child, 0) if child.tag == "table" else self.inner.get(child, 0)
            self.size[element], self.blocks[element], self.inner[element] = size, blocks, inner

    def rows(self, table, text: Callable) -> list[str] | None:
        """Return the lines of a table of data; None where it lays out and is to be read on."""
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
        if not self._data(table, rows):
            return None
        caption = [text(part) for part in table if part.tag == "caption"]
        laid = [[(text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row] for row in rows]
        return [line for line in caption if line] + grid.lines(laid)

    def _data(self, table, rows: list[list]) -> bool:
        sizes = [[self.size.get(cell, 0) for cell in row] for row in rows]
        filled = [size for row in sizes for size in row if size]
        if len(filled) < 2 or max(map(len, rows)) < 2:
            return False
        total, biggest = sum(filled), max(filled)
        if sum(self.inner.get(cell, 0) for row in rows for cell in row) >= 0.5 * total:
            return False
        if any(_heads(row) for row in rows[:3]):
            return True
        return not any(
            size >= 0.7 * total and size > 300 and self.blocks.get(cell, 0) >= 3
            for row, measured in zip(rows, sizes, strict=True)
            for cell, size in zip(row, measured, strict=True)
            if size == biggest
        )


def _rows(table):
    for part in table:
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if row.tag == "tr")


def _heads(row) -> bool:
    """Tell whether a row names columns: two or more cells that say what columns of task tables are called."""
    names = _columns()
    said = ("".join(cell.itertext()) if len(cell) < 20 else "" for cell in row[:30])
    return sum("".join(text[:200].split()) in names for text in said) >= 2


@lru_cache(maxsize=1)
def _columns() -> frozenset[str]:
    return frozenset(next(iter(row.values())) for row in load("table_columns"))


def _span(cell, name: str) -> int:
    value = (cell.get(name) or "1").strip()[:8]
    if value == "0" and name == "rowspan":
        return 0
    return max(int(value), 1) if value.isascii() and value.isdigit() else 1
