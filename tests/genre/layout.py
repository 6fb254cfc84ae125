"""From paragraphs to the characters of a file, with the stretch each part takes."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .paper import Block, Paper, Run


@dataclass(frozen=True)
class Layout:
    """How the paragraphs are set."""

    lines: str = "kept"  # kept, lost (nothing left), indents (lost, but the indents remain), page (a page one line)
    wrap: int = 0
    page: int = 0  # lines a page; the page number and perhaps a running head follow
    blank: int = 0  # empty lines between paragraphs
    newline: str = "\n"
    table: str = "tab"  # tab, markdown
    indents: bool = True


def _lines(block: Block, layout: Layout) -> list[list[tuple[str, int | None]]]:
    """The physical lines of one block, as characters with their part."""
    if block.rows is not None:
        return [_row(row, n, len(block.rows[0]), layout) for n, row in enumerate(block.rows)]
    chars: list[tuple[str, int | None]] = [(char, None) for char in (block.indent if layout.indents else "")]
    for run in block.runs:
        chars += [(char, run.part) for char in run.text]
    if not layout.wrap or len(chars) <= layout.wrap:
        return [chars]
    out, start = [], 0
    while start < len(chars):
        end = min(start + layout.wrap, len(chars))
        while end < len(chars) and end > start + 4 and _tied(chars[end - 1][0], chars[end][0]):
            end -= 1
        out.append(chars[start:end])
        start = end
    return out


def _tied(left: str, right: str) -> bool:
    """Whether a typesetter keeps two characters on one line: digits of a number, a full stop and what it ends."""
    return (
        ((left.isascii() and left.isalnum()) or left == ".")
        and (right.isascii() and (right.isalnum() or right in ".%"))
    ) or right in "，。；：、）”》"


def _row(row: list[list[Run]], n: int, width: int, layout: Layout) -> list[tuple[str, int | None]]:
    cells = [[(char, run.part) for run in cell if run.role != "above" for char in run.text] for cell in row]
    if layout.table == "tab":
        out: list[tuple[str, int | None]] = []
        for k, cell in enumerate(cells):
            out += ([("\t", None)] if k else []) + cell
        return out
    out = [("|", None)]
    for cell in cells + [[] for _ in range(width - len(cells))]:
        out += [(" ", None), *cell, (" ", None), ("|", None)]
    if n == 0:
        out += [(char, None) for char in "\n|" + "---|" * width]
    return out


def set_text(paper: Paper, layout: Layout, rng: random.Random) -> tuple[str, list[tuple[int, int, int]]]:
    """Lay the document out; gives the text and (start, end, part) of each stretch of a part."""
    if layout.lines in ("lost", "page"):
        _merge(paper, rng)
    chars: list[tuple[str, int | None]] = []
    head = rng.choice(("", "", "政策文件汇编", f"第{rng.randint(1, 9)}期　政府公报"))
    form = rng.choice(("— {} —", "- {} -", "第{}页　共9页", "{}", "·{}·"))
    count, page = 0, 1
    for n, block in enumerate(paper.blocks):
        lines = _lines(block, layout)
        for k, line in enumerate(lines):
            last = k == len(lines) - 1
            if block.rows is None and layout.lines != "kept":
                line = line if layout.lines == "indents" else [pair for pair in line if pair[1] is not None]
            chars += line
            count += 1
            broken = bool(layout.page) and count >= layout.page
            if layout.lines == "kept" or block.rows is not None:
                gap = layout.newline * (1 + (layout.blank if last else 0))
                chars += [(char, None) for char in gap]
            if broken:
                count = 0
                if layout.lines == "kept":
                    extra = [form.format(page), *([head] if head else [])]
                    for words in extra:
                        owner = paper.part("page") if last else None
                        chars += [(char, owner) for char in words] + [(char, None) for char in layout.newline]
                elif last:
                    chars.append((layout.newline, None))
                page += 1
        del n
    text, spans = [], []
    start = 0
    for char, part in chars:
        size = len(char)
        text.append(char)
        if part is not None:
            if spans and spans[-1][2] == part and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], start + size, part)
            else:
                spans.append((start, start + size, part))
        start += size
    return "".join(text), spans


def _merge(paper: Paper, rng: random.Random) -> None:
    """Without a trace of the line breaks neighbouring un-numbered paragraphs are one; a heading before one runs into it."""
    last: int | None = None
    heading: int | None = None
    for block in paper.blocks:
        if not block.runs:
            continue
        part = paper.parts[block.runs[0].part]
        number = block.runs[0].part
        if part.kind == "paragraph" and block.runs[0].role == "text":
            if last is not None:
                kept = paper.parts[last]
                kept.targets += part.targets
                kept.duties += part.duties
                part.kind = "merged"
                for run in block.runs:
                    if run.part == number:
                        run.part = last
            else:
                last = number
                if heading is not None:
                    title = paper.parts[heading]
                    part.kind, part.ordinal, part.path = "measure", title.ordinal, title.path
                    title.kind = "merged"
                    for other in paper.blocks:
                        for run in other.runs:
                            if run.part == heading:
                                run.part = number
                    for other in paper.parts:
                        other.path = tuple(step for step in other.path if step != heading)
            heading = None
        elif (part.kind == "measure" and block.runs[0].role == "text" and number == last) or part.kind in (
            "duty",
            "person",
            "deadline",
        ):
            continue
        else:
            last = None
            heading = number if part.kind == "heading" and block.runs[0].role == "marker" else None
