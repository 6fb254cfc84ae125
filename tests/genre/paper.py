"""A document as its author sees it: paragraphs and tables made of runs, each run belonging to a part whose kind is known.

The damage works on the runs, so the known answer is carried along with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LEAF_KINDS = ("measure", "task", "paragraph")
MONTHS_UNCHECKED = "?"


@dataclass(frozen=True)
class Target:
    """A number that the text commits to; ``deadline`` is ``"?"`` where the answer leaves it open."""

    value: float
    value_high: float | None
    unit: str
    comparator: str
    deadline: str | None = MONTHS_UNCHECKED


@dataclass(frozen=True)
class Duty:
    """An agency (full name) and its role; ``any_role`` where the words leave the role open."""

    role: str
    agency: str
    any_role: bool = False


@dataclass
class Run:
    """Characters of one part. Roles: marker, heading, text, label, names, layout."""

    text: str
    part: int
    role: str = "text"


@dataclass
class Part:
    """A piece of the document with its kind; of a leaf also what hangs on it."""

    kind: str
    ordinal: str = ""
    path: tuple[int, ...] = ()
    duties: list[Duty] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    optional: bool = False  # a part whose kind may be read in two ways; of a leaf: its numbers may be targets or not
    open_duties: bool = False  # whether its agencies are answerable is left open

    @property
    def is_leaf(self) -> bool:
        return self.kind in LEAF_KINDS


@dataclass
class Block:
    """One paragraph, or one table (``rows`` of cells of runs)."""

    runs: list[Run] = field(default_factory=list)
    rows: list[list[list[Run]]] | None = None
    indent: str = ""
    style: str = "p"  # p, title, right

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass
class Paper:
    """The document while it is being written."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)  # (depth, part) that stand above what comes next
    annex: int | None = None
    dotted: bool = False  # headings end in 。, so that they stand apart without line breaks

    def part(self, kind: str, **given: object) -> int:
        self.parts.append(Part(kind, **given))
        return len(self.parts) - 1

    def path(self) -> tuple[int, ...]:
        above = () if self.annex is None else (self.annex,)
        return above + tuple(part for _, part in self.headings)

    def line(self, kind: str, text: str, *, indent: str = "", style: str = "p", optional: bool = False) -> int:
        """One paragraph that is no leaf."""
        number = self.part(kind, optional=optional)
        self.blocks.append(Block([Run(text, number, "other")], indent=indent, style=style))
        return number

    def heading(
        self, depth: int, marker: str, ordinal: str, title: str, *, indent: str = "　　", blank: str = ""
    ) -> int:
        """A numbered heading; what comes next stands below it."""
        self.close(depth)
        number = self.part("heading", ordinal=ordinal, path=self.path())
        stop = "。" if self.dotted and not title.endswith("。") else ""
        runs = [Run(marker, number, "marker"), Run(blank + title + stop, number, "heading")]
        self.blocks.append(Block(runs, indent=indent))
        self.headings.append((depth, number))
        return number

    def close(self, depth: int) -> None:
        """Leave the headings of this depth and below."""
        self.headings = [(d, part) for d, part in self.headings if d < depth]

    def leaf(
        self,
        kind: str,
        text: str,
        *,
        marker: str = "",
        ordinal: str = "",
        heading: str = "",
        targets=(),
        indent: str = "　　",
    ) -> int:
        """One leaf in a paragraph of its own; ``heading`` runs into the text."""
        number = self.part(kind, ordinal=ordinal, path=self.path(), targets=list(targets))
        runs = [Run(marker, number, "marker")] if marker else []
        if heading:
            runs.append(Run(heading + "。", number, "heading"))
        runs.append(Run(text, number))
        self.blocks.append(Block(runs, indent=indent))
        return number

    def more(self, leaf: int, text: str, *, targets=(), indent: str = "　　") -> None:
        """A further paragraph of a leaf."""
        self.parts[leaf].targets.extend(targets)
        self.blocks.append(Block([Run(text, leaf)], indent=indent))

    def duty(self, leaf: int, pieces, *, own_line: bool, indent: str = "　　") -> None:
        """The duties of a leaf: ``pieces`` are (label, names, brackets, duties), one a list."""
        for label, names, brackets, duties, kind in pieces:
            number = self.part(kind)
            left, right = brackets
            runs = [
                Run(left, number, "layout"),
                Run(label, number, "label"),
                Run(names, number, "names"),
                Run(right, number, "layout"),
            ]
            runs = [run for run in runs if run.text]
            self.parts[leaf].duties.extend(duties)
            if own_line:
                self.blocks.append(Block(runs, indent=indent))
            else:
                self.blocks[-1].runs.extend(runs)

    def table(self, rows: list[list[list[Run]]]) -> None:
        self.blocks.append(Block(rows=rows))

    def runs(self):
        """Every run, in order."""
        for block in self.blocks:
            yield from block.runs
            for row in block.rows or ():
                for cell in row:
                    yield from cell
