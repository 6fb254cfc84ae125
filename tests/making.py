"""A small document in every format: the tests' own typist, printer and scanner.

A document is a list of ("p", text), ("title", text) and ("table", rows); a row is a list of
cells, a cell a text or (text, rowspan, colspan), as in HTML: what a cell covers is left out.
"""

from __future__ import annotations

import html
import io

PAGE = (1240, 1754)  # A4 at 150 dpi
MARGIN = 150
SIZE = 33  # 16 pt, 三号


def spans(rows):
    """Return (row, column, text, rowspan, colspan) of each cell, and the size of the grid."""
    taken, found = set(), []
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            text, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
            while (number, column) in taken:
                column += 1
            found.append((number, column, text, down, across))
            taken |= {(number + i, column + j) for i in range(down) for j in range(across)}
            column += across
    return found, len(rows), max((column for _, column in taken), default=-1) + 1


def as_html(document, *, charset="utf-8", before="", after="") -> bytes:
    """A page of a government website: the document in its content block, `before` and `after` around it."""
    body = []
    for kind, content in document:
        if kind == "table":
            rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in content)
            body.append(f'<table border="1">\n{rows}</table>')
        else:
            style = "text-align:center" if kind == "title" else "text-indent:2em"
            body.append(f'<p style="{style}">{html.escape(content)}</p>')
    page = (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>网页</title></head><body>{before}'
        '\n<div class="TRS_Editor">\n' + "\n".join(body) + f"\n</div>\n{after}</body></html>"
    )
    return page.encode("gb18030" if charset in ("gb2312", "gbk") else charset)


def _cell(cell) -> str:
    text, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
    marks = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    return f"<td{marks}>{html.escape(text)}</td>"


def as_docx(document) -> bytes:
    """A Word file with paragraphs and tables, merged cells merged."""
    import docx

    made = docx.Document()
    for kind, content in document:
        if kind != "table":
            made.add_paragraph(content)
            continue
        cells, height, width = spans(content)
        if not cells:
            continue
        table = made.add_table(rows=height, cols=width)
        for row, column, text, down, across in cells:
            cell = table.cell(row, column)
            if (down, across) != (1, 1):
                cell = cell.merge(table.cell(min(row + down, height) - 1, min(column + across, width) - 1))
            cell.text = text
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def as_pdf(document, *, head="", number="— {} —", columns=1, size=16, cut=False) -> bytes:
    """A PDF with a text layer: indented paragraphs, ruled tables, a running head and page numbers.

    The font is named, not embedded. `cut`: page breaks may cut a table row.
    """
    from reportlab.lib import colors
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    font = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    plain = ParagraphStyle("p", fontSize=size, leading=size * 1.75, firstLineIndent=2 * size, **font)
    title = ParagraphStyle("t", fontSize=22, leading=36, alignment=TA_CENTER, **font)
    small = ParagraphStyle("c", fontSize=10.5, leading=14, **font)
    width, height = A4
    left, bottom, gap = 79, 99, 24
    room = (width - 2 * left - gap * (columns - 1)) / columns

    def furniture(canvas, made):
        canvas.setFont("STSong-Light", 14)
        if head:
            canvas.drawCentredString(width / 2, height - 60, head)
        if number:
            canvas.drawCentredString(width / 2, 55, number.format(made.page))

    flow = []
    for kind, content in document:
        if kind != "table":
            flow.append(Paragraph(html.escape(content), title if kind == "title" else plain))
            continue
        cells, rows, across_all = spans(content)
        if not cells:
            continue
        grid = [[""] * across_all for _ in range(rows)]
        style = [("GRID", (0, 0), (-1, -1), 0.7, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        style += [(f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT")]
        for row, column, text, down, across in cells:
            grid[row][column] = Paragraph(html.escape(text), small)
            if (down, across) != (1, 1):
                style.append(("SPAN", (column, row), (column + across - 1, row + down - 1)))
        lengths = [
            max([6, *(min(len(cell[2]), 30) for cell in cells if cell[1] == i and cell[4] == 1)])
            for i in range(across_all)
        ]
        widths = [room * length / sum(lengths) for length in lengths]
        flow.append(Table(grid, colWidths=widths, repeatRows=0, style=style, splitInRow=int(cut)))
    frames = [
        Frame(left + i * (room + gap), bottom, room, height - 2 * bottom, 0, 0, 0, 0) for i in range(columns)
    ]
    kept = io.BytesIO()
    made = BaseDocTemplate(kept, pagesize=A4, invariant=1)
    made.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    made.build(flow)
    return kept.getvalue()


def as_images(document, *, noise=0, angle=0.0, columns=1, number="— {} —"):
    """The document's pages as grey Pillow images, like a scanner's."""
    from PIL import Image, ImageDraw, ImageFont

    from lanxikit.fonts import path

    font, small = (ImageFont.truetype(str(path("serif")), size) for size in (SIZE, 26))
    gap = 60
    room = (PAGE[0] - 2 * MARGIN - gap * (columns - 1)) // columns
    pages, drawing, y, column = [], None, 0, columns

    def turn(needed):
        """Go on in the next column or page where the rest of this one is too short."""
        nonlocal drawing, y, column
        if pages and column < columns and y + needed <= PAGE[1] - 200:
            return
        column, y = column + 1, 170
        if not pages or column >= columns:
            pages.append(Image.new("L", PAGE, 255))
            drawing, column = ImageDraw.Draw(pages[-1]), 0
            if number:
                drawing.text((PAGE[0] // 2, PAGE[1] - 110), number.format(len(pages)), font=small, fill=0, anchor="mm")

    for kind, content in document:
        if kind != "table":
            lines = _wrapped(content, font, room, 0 if kind == "title" else 2 * SIZE)
            for index, line in enumerate(lines):
                turn(60)
                x = MARGIN + column * (room + gap) + (2 * SIZE if index == 0 and kind != "title" else 0)
                if kind == "title":
                    x += (room - font.getlength(line)) / 2
                drawing.text((x, y), line, font=font, fill=0)
                y += 58
            continue
        cells, rows, across_all = spans(content)
        if not cells:
            continue
        edges = _edges(cells, across_all, room)
        laid = [
            (row, col, down, across, _wrapped(text, small, edges[col + across] - edges[col] - 16, 0))
            for row, col, text, down, across in cells
        ]
        heights = [max([1, *(len(cell[4]) for cell in laid if cell[0] == r and cell[2] == 1)]) * 38 + 18 for r in range(rows)]
        for r in range(rows):
            turn(heights[r])
            left = MARGIN + column * (room + gap)
            for row, col, down, across, lines in laid:
                if row != r:
                    continue
                box = (left + edges[col], y, left + edges[col + across], y + sum(heights[r : r + down]))
                drawing.rectangle(box, outline=0, width=2)
                for index, line in enumerate(lines):
                    drawing.text((box[0] + 8, y + 8 + 38 * index), line, font=small, fill=0)
            y += heights[r]
        y += 20
    return [_worn(page, noise, angle, seed) for seed, page in enumerate(pages)]


def as_scan(document, *, noise=0, angle=0.0, columns=1) -> bytes:
    """A PDF of page images without a text layer."""
    pages = as_images(document, noise=noise, angle=angle, columns=columns)
    kept = io.BytesIO()
    if pages:
        pages[0].save(kept, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return kept.getvalue()


def _wrapped(text, font, room, indent):
    """Cut a text into lines; closing punctuation does not begin one."""
    lines, line, used = [], "", indent
    for sign in text:
        wide = font.getlength(sign)
        if line and used + wide > room and sign not in "，。；：、”》）！？":
            lines.append(line)
            line, used = "", 0
        line, used = line + sign, used + wide
    return [*lines, line]


def _edges(cells, width, room):
    lengths = [max([6, *(min(len(cell[2]), 30) for cell in cells if cell[1] == i and cell[4] == 1)]) for i in range(width)]
    edges = [0]
    for length in lengths:
        edges.append(edges[-1] + room * length // sum(lengths))
    return edges


def _worn(page, noise, angle, seed):
    import numpy as np
    from PIL import Image

    if angle:
        page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    if noise:
        grain = np.random.default_rng(seed).normal(0, noise, (PAGE[1], PAGE[0]))
        page = Image.fromarray(np.clip(np.asarray(page, float) + grain, 0, 255).astype("uint8"))
    return page
