"""Pages put together to a document: tables that run on, heads and numbers of pages, form feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from lanxikit.reading.formats.columns import bands, gutter
from lanxikit.reading.formats.flow import joined, paragraphs, runs_on
from lanxikit.reading.formats.runs import Run
from lanxikit.text.fold import fold

_NUMBER = re.compile(
    r"[-—–―－一·.\s]{0,6}\d{1,4}[-—–―－一·.\s]{0,6}|\d{1,4}\s?/\s?\d{1,4}"
    r"|第\s?\d{1,4}\s?页[，,\s/]{0,3}(?:共\s?\d{1,4}\s?页)?"
)
_MARKER = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳]")
_DONE = "。；;！!"
_HEADS = 3
"""On so many pages a line of one wording, place and size is their head, however many others there are."""


@dataclass(slots=True)
class Table(Run):
    """A table on a page: a run whose block holds its rows; `width` counts its columns."""

    width: int = 0


@dataclass(slots=True)
class Page:
    """What stands on one page: runs of text, and tables."""

    runs: list[Run]
    height: float = 0.0
    top: float = 0.0


def written(pages: list[Page]) -> str:
    """Return the text of a document's pages.

    A paragraph or a table row is a line, also one that a page break cuts, where the layout tells so;
    heads and numbers of pages keep lines of their own. The first line that begins on a further page
    begins with a form feed.

    Parameters
    ----------
    pages : list of Page

    Returns
    -------
    str
    """
    furniture = _repeated(pages)
    parts = [_parted(page, marks) for page, marks in zip(pages, furniture, strict=True)]
    _tables_run_on([body for _, body, _ in parts])
    cuts = [cut for page in pages if (cut := gutter(page.runs)) is not None]
    usual = median(cuts) if 2 * len(cuts) >= len(pages) > 1 else None
    lines: list[str] = []
    above: list[list[Run]] | None = None
    last = 0
    for number, (head, body, foot) in enumerate(parts):
        started = len(lines)
        if not number and (first := _over_title(head, body)):
            # A reader begins with the title: what is printed over it goes to the page's foot.
            head, foot = [run for run in head if id(run) not in first], [*(r for r in head if id(r) in first), *foot]
        lines += [run.text for run in head]
        for rows in bands(body, usual=usual):
            said = paragraphs(rows)
            if above and said and runs_on(above, rows, lines[last]):
                # The page's number and head then follow the paragraph that they stood in.
                lines[last] = joined(lines[last], said.pop(0))
            if said:
                lines += said
                last = len(lines) - 1
            above = rows
        lines += [run.text for run in foot]
        if number and started < len(lines):
            lines[started] = "\f" + lines[started]
    return "\n".join(lines)


def _over_title(head: list[Run], body: list[Run]) -> set[int]:
    """The heads of a first page whose title is set larger."""
    texts = [run for run in body if run.block is None]
    title = max((run.size for run in texts[: len(texts) // 2 + 1]), default=0.0)
    return {id(run) for run in head if title > 1.15 * run.size and not _NUMBER.fullmatch(fold(run.text).strip())}


def _parted(page: Page, furniture: set[int]) -> tuple[list[Run], list[Run], list[Run]]:
    """Head, body and foot of a page."""
    middle = page.top + page.height / 2
    odd = [run for run in page.runs if id(run) in furniture]
    body = [run for run in page.runs if id(run) not in furniture]
    odd.sort(key=lambda run: (round(run.middle), run.x0))
    return [run for run in odd if run.middle < middle], body, [run for run in odd if run.middle >= middle]


def _repeated(pages: list[Page]) -> list[set[int]]:
    """The runs on each page that are its number or running head: outermost, and alike on other pages."""
    outer = []
    seen: dict[tuple, int] = {}
    for page in pages:
        texts = [run for run in page.runs if run.block is None]
        zone = 0.12 * page.height
        marks = []
        for run in texts:
            above = run.middle < page.top + zone
            if not above and run.middle < page.top + page.height - zone:
                continue
            bare = re.sub(r"\d+", "0", "".join(fold(run.text).split()))
            marks.append((run, (bare, above)))
        for key in {key for _, key in marks} | {_print(run, page) for run, _ in marks}:
            seen[key] = seen.get(key, 0) + 1
        outer.append(marks)
    found = []
    for page, marks in zip(pages, outer, strict=True):
        chosen = set()
        for run, key in marks:
            lone = not any(other is not run and abs(other.middle - run.middle) < 0.5 * run.size for other in page.runs)
            number = _NUMBER.fullmatch(fold(run.text).strip()) and lone and not _within(run, page)
            often = seen[key] >= max(2, 0.3 * len(pages)) or seen[_print(run, page)] >= _HEADS
            often = often and len(run.text) <= 60 and not _MARKER.match(run.text)
            if number or (often and not _within(run, page)):
                chosen.add(id(run))
        found.append(chosen)
    return found


def _print(run: Run, page: Page) -> tuple[str, int, int]:
    """What a running head is known by: its words, its height on the page, its size."""
    return "".join(fold(run.text).split()), round((run.middle - page.top) / 3), round(run.size)


def _within(run: Run, page: Page) -> bool:
    """Tell whether lines stand both above and below."""
    others = [other for other in page.runs if other is not run and abs(other.middle - run.middle) > 0.5 * run.size]
    near = [other for other in others if abs(other.middle - run.middle) < 2.2 * run.size]
    return any(other.middle < run.middle for other in near) and any(other.middle > run.middle for other in near)


def _tables_run_on(bodies: list[list[Run]]) -> None:
    """Look at each table at a page's foot, and at that at the next page's head."""
    last: Table | None = None
    for body in bodies:
        tables = [run for run in body if isinstance(run, Table)]
        texts = [run for run in body if run.block is None]
        if not tables:
            last = None
            continue
        if last is not None and not any(run.bottom < tables[0].top for run in texts):
            _run_on(last, tables[0])
        last = None if any(run.top > tables[-1].bottom for run in texts) else tables[-1]


def _run_on(above: Table, below: Table) -> None:
    """Join the row that a page break cut: its ordinal stands on one side, and its text goes on in mid-sentence."""
    if above.width != below.width or not above.block or not below.block:
        return
    at = int(len(below.block) > 1 and len(above.block) > 1 and below.block[0] == above.block[0])  # header repeated
    last, first = above.block[-1].split("\t"), below.block[at].split("\t")
    if len(last) != len(first) or len(first) < 2 or (first[0] and last[0]):
        return
    said = [(one, other) for one, other in zip(last, first, strict=True) if other]
    both = [(one, other) for one, other in said if one] if first[0] else said
    if not both or _MARKER.match(both[0][1]) or not any(one and one[-1] not in _DONE for one, _ in both):
        return
    whole = "\t".join(joined(one, other) for one, other in zip(last, first, strict=True))
    above.block = (*above.block[:-1], whole)
    below.block = (*below.block[:at], *below.block[at + 1 :])
