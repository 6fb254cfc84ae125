"""The same documents as files: web page, Word, PDF with a text layer, scan."""

from __future__ import annotations

import random

from tests import making

from .paper import Paper


def items(paper: Paper) -> list[tuple]:
    """What ``tests.making`` types: paragraphs, titles, tables; cells that repeat the one above are merged."""
    found: list[tuple] = []
    for block in paper.blocks:
        if block.rows is None:
            if block.text:
                found.append(("title" if block.style == "title" else "p", block.text))
            continue
        found.append(("table", _rows(block.rows)))
    return found


def _rows(table: list[list[list]]) -> list[list]:
    """Cells as the typist wants them; cells that go on below are merged, a chapter's row spans the table."""
    width = len(table[0])
    rows = []
    for n, row in enumerate(table):
        if len(row) == 1 and width > 1:
            rows.append([("".join(run.text for run in row[0]), 1, width)])
            continue
        cells = []
        for column, cell in enumerate(row):
            if any(run.role == "above" for run in cell):
                continue
            down = 1
            while (
                n + down < len(table)
                and len(table[n + down]) > column
                and any(run.role == "above" for run in table[n + down][column])
            ):
                down += 1
            words = "".join(run.text for run in cell)
            cells.append((words, down, 1) if down > 1 else words)
        rows.append(cells)
    return rows


def data_of(paper: Paper, suffix: str, rng: random.Random) -> bytes:
    """The bytes of a file of this kind."""
    document = items(paper)
    if suffix == ".html":
        before = (
            '<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div>'
            if rng.random() < 0.6
            else ""
        )
        after = (
            '<div class="footer">版权所有：政府办公室　网站标识码：4600000001　<a href="/map">网站地图</a></div>'
            if rng.random() < 0.6
            else ""
        )
        return making.as_html(document, charset=rng.choice(("utf-8", "gbk")), before=before, after=after)
    if suffix == ".docx":
        return making.as_docx(document)
    if suffix == ".pdf":
        return making.as_pdf(document, head=rng.choice(("", "政府公报")))
    if suffix == ".columns.pdf":
        return making.as_pdf(document, columns=2, size=11)
    if suffix == ".scan.pdf":
        return making.as_scan(document)
    raise ValueError(suffix)
