"""The corpus of synthetic documents: kinds of document, damage, layout, format and bank put together."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import pairwise
from types import ModuleType

from lanxikit.reading.formats import ocr

from . import kinds_more, kinds_others, kinds_plans, wording_dev, wording_heldout
from .damage import DAMAGES
from .layout import Layout, set_text
from .paper import LEAF_KINDS, Duty, Paper, Run, Target
from .prose import Author, Region


@dataclass(frozen=True)
class Leaf:
    """What one unit with policy content should read like."""

    kind: str
    ordinal: str
    heading: str
    marker: str
    path: tuple[str, ...]
    text: str
    texts: tuple[str, ...]  # readings that are right as well (a goal column apart from the task)
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
    open_targets: bool  # whether its numbers are targets is left open
    open_duties: bool  # whether its agencies are answerable is left open


@dataclass(frozen=True)
class Synthetic:
    """A document and its known answer."""

    name: str
    kind: str
    damage: str
    bank: str
    region: Region
    naming: str
    text: str = ""
    data: bytes = b""
    suffix: str = ".txt"
    leaves: tuple[Leaf, ...] = ()
    others: tuple[tuple[str, int, int, bool], ...] = ()  # kind, start, end, left open
    spans: tuple[tuple[int, int, int], ...] = field(default=(), repr=False)


BANKS: dict[str, ModuleType] = {"dev": wording_dev, "held-out": wording_heldout}
KINDS = {kind.__name__: kind for kind in (*kinds_plans.KINDS, *kinds_others.KINDS, *kinds_more.KINDS)}
_TABLED = ("task_list", "indicators", "with_annexes", "three_year")

LAYOUTS = {
    "kept": Layout(),
    "bare": Layout(indents=False),
    "blank_lines": Layout(blank=1),
    "many_blank_lines": Layout(blank=3, indents=False),
    "lost": Layout(lines="lost"),
    "indents": Layout(lines="indents"),
    "page_lines": Layout(lines="page", page=18),
    "wrap22": Layout(wrap=22),
    "wrap30": Layout(wrap=30),
    "wrap38": Layout(wrap=38),
    "pages": Layout(wrap=34, page=24),
    "pages_blank": Layout(wrap=28, page=20, blank=1),
    "cr": Layout(newline="\r"),
    "crlf": Layout(newline="\r\n"),
    "markdown": Layout(table="markdown"),
}


def _answer(paper: Paper) -> tuple[Leaf, ...]:
    words: dict[int, dict[str, str]] = {}
    order: list[int] = []
    for run in paper.runs():
        seen = words.setdefault(run.part, {})
        if run.part not in order and paper.parts[run.part].kind in LEAF_KINDS:
            order.append(run.part)
        role = "heading" if run.role == "above" else run.role
        gap = " " if paper.parts[run.part].kind == "task" and role in seen else ""
        seen[role] = seen.get(role, "") + gap + run.text
        if role in ("text", "outcome"):
            seen["all"] = (
                seen.get("all", "") + (" " if paper.parts[run.part].kind == "task" and "all" in seen else "") + run.text
            )

    def whole(number: int) -> str:
        seen = words.get(number, {})
        return seen.get("marker", "") + seen.get("heading", "") + seen.get("other", "")

    leaves = []
    for number in order:
        part, seen = paper.parts[number], words[number]
        text = seen.get("all", "")
        texts = tuple({text, seen.get("text", text)} | ({seen.get("outcome", text)} if "text" not in seen else set()))
        path = tuple(whole(step) for step in part.path)
        leaves.append(
            Leaf(
                part.kind,
                part.ordinal,
                seen.get("heading", ""),
                seen.get("marker", ""),
                path,
                text,
                texts,
                tuple(part.duties),
                tuple(part.targets),
                part.optional,
                part.open_duties,
            )
        )
    return tuple(leaves)


def build(
    kind: str,
    seed: int,
    bank: str = "dev",
    damages: tuple[str, ...] = (),
    layout: str = "kept",
    suffix: str = ".txt",
    encoding: str = "",
    **given: object,
) -> Synthetic:
    """One document: its kind, the damage done to it, how it is set and stored."""
    rng = random.Random(f"{bank} {kind} {seed} {damages} {layout} {suffix}")
    author = Author.of(rng, BANKS[bank])
    paper = KINDS[kind](author, **given)
    for name in damages:
        DAMAGES[name](paper, rng)
    if layout in ("lost", "page_lines"):
        _stops(paper)
    text, spans = set_text(paper, LAYOUTS[layout], rng)
    leaves = _answer(paper)
    others = tuple(
        (paper.parts[part].kind, start, end, paper.parts[part].optional)
        for start, end, part in spans
        if paper.parts[part].kind not in (*LEAF_KINDS, "merged")
    )
    label = (
        "+".join(
            (
                *damages,
                *([layout] if layout != "kept" else []),
                *([suffix[1:]] if suffix != ".txt" else []),
                *([encoding] if encoding else []),
            )
        )
        or "none"
    )
    data = b""
    if suffix != ".txt":
        from .formats import data_of

        data = data_of(paper, suffix, rng)
    elif encoding:
        data = text.encode(encoding)
    return Synthetic(
        f"{kind}-{label}-{seed}",
        kind,
        label,
        bank,
        author.region,
        author.naming,
        text,
        data,
        suffix,
        leaves,
        others,
        tuple(spans),
    )


def _stops(paper: Paper) -> None:
    """Where line breaks are lost, a heading before un-numbered text can only be told by its full stop."""
    blocks = paper.blocks
    for block, after in pairwise(blocks):
        if (
            block.runs
            and after.runs
            and paper.parts[block.runs[0].part].kind == "heading"
            and after.runs[0].role == "text"
        ):
            last = block.runs[-1]
            if last.role == "heading" and not last.text.endswith("。"):
                last.text += "。"


def documents(seed: int = 0, bank: str = "dev", *, scans: bool = False) -> list[Synthetic]:
    """The documents of one bank, the same for the same seed; ``scans`` adds those that OCR must read."""
    from .mix import MIX

    return [build(kind, seed, bank, **given) for kind, given in MIX] + (scanned(seed, bank) if scans else [])


def scanned(seed: int = 0, bank: str = "dev") -> list[Synthetic]:
    """The documents of one bank that OCR must read, seconds a page."""
    from .mix import SCANS

    return [build(kind, seed, bank, **given) for kind, given in SCANS]


def without_scans(asked: bool = True) -> str:
    """Why the scans cannot be scored, in words; nothing where they can."""
    if not asked:
        return "not asked for (--scans)"
    return "" if ocr.installed() else 'OCR is not installed: make setup, or pip install "lanxikit[ocr]"'


__all__ = ["BANKS", "KINDS", "LAYOUTS", "Leaf", "Run", "Synthetic", "build", "documents", "scanned", "without_scans"]
