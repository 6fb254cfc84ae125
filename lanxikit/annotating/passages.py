"""The texts to annotate: each leaf, and what stands apart from it but belongs to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanxikit.annotating.frames import Frames
from lanxikit.annotating.time_values import Time
from lanxikit.annotating.times import Times
from lanxikit.tables.segmenting import LEAF_KINDS, need_units
from lanxikit.text.fold import fold, fold_all
from lanxikit.text.pieces import SourceMap
from lanxikit.text.shared import is_sharing, shared

if TYPE_CHECKING:
    import pandas as pd

_SHARED = frozenset(("outcome", "deadline"))  # kinds of attached rows that the steps of a batch ask for
_NEEDED = ("unit_id", "parent_id", "kind", "text", "start", "is_leaf")


@dataclass(slots=True)
class Passage:
    """A text with its unit, its way back to the file and the date of its document."""

    unit_id: str
    kind: str
    text: str
    folded: str
    pieces: str | None
    start: int
    year: int | None
    signed: str | None
    above: tuple[object, object] = (None, None)  # its cells path and heading
    title: str = ""
    header: str = ""
    attached: bool = False  # it hangs on the leaf whose unit_id it has
    within: Passage | None = None  # the leaf whose words it only repeats
    _way: SourceMap | None = None
    _headings: tuple[str, ...] | None = None
    _frames: Frames | None = None
    _moments: tuple[Times, list[Time]] | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings above, folded, the run-in heading last."""
        if self._headings is None:
            self._headings = _headings(*self.above)
        return self._headings

    @property
    def frames(self) -> Frames:
        """Its sentences, clauses and brackets."""
        if self._frames is None:
            self._frames = Frames(self.folded)
        return self._frames

    def moments(self, finder: Times) -> list[Time]:
        """Return its expressions of time; of a cell for time limits (完成时限) bare years as well."""
        if self._moments is None or self._moments[0] is not finder:
            field = self.kind == "deadline"
            self._moments = finder, finder.find(self.folded, self.frames, self.year, self.signed, field=field)
        return self._moments[1]

    def source(self, begin: int, end: int) -> tuple[int, int]:
        """Return where ``text[begin:end]`` stands in the file."""
        if self._way is None:
            self._way = SourceMap(self.pieces, self.start)
        return self._way.span(begin, end)

    def holds(self, other: Passage) -> bool:
        """Tell whether another passage only repeats words of this one, in the same place of the file."""
        if other.text not in self.text:
            return False
        start, end = self.source(0, len(self.text))
        low, high = other.source(0, len(other.text))
        return start <= low and high <= end


def passages(units: pd.DataFrame, *kinds: str, sought: re.Pattern | None = None) -> Iterator[Passage]:
    """Yield the leaves, and the rows of these kinds that hang on one, in the table's order.

    An outcome that stands within its leaf is not yielded: its words are read with the leaf's. A cell for time limits
    is, for in it a bare year is one.

    Parameters
    ----------
    units : DataFrame
        As ``lx.segment`` gives it; ``pieces``, ``year`` and ``signed`` may be absent.
    *kinds : str
        Kinds of attached rows (``outcome``, ``deadline``); their ``unit_id`` is the leaf's.
    sought : Pattern, optional
        Only texts in which it is found, and the cells for time limits.

    Raises
    ------
    TableError
        Not a table of units.
    """
    need_units(units, _NEEDED)
    if not is_sharing() or not _SHARED.issuperset(kinds):
        for passage in _passages(units, kinds, sought):
            if passage.within is None:
                yield passage
        return
    # the table is kept with its passages, so that no other one can get its id
    _, every = shared(("passages", id(units)), lambda: (units, list(_passages(units, _SHARED, None))))
    for passage in every:
        if passage.attached and passage.kind not in kinds:
            continue
        if sought is None or passage.kind == "deadline":
            repeats = passage.within
        elif sought.search(passage.folded):
            repeats = passage.within if passage.within and sought.search(passage.within.folded) else None
        else:
            continue
        if repeats is None:
            yield passage


def _passages(units: pd.DataFrame, kinds: Collection[str], sought: re.Pattern | None) -> Iterator[Passage]:
    """Yield the passages, those too that only repeat words of their leaf."""
    size = len(units)
    leaf = units["is_leaf"].to_numpy(dtype=bool)
    ids = units["unit_id"].tolist()
    known = {ids[index] for index in range(size) if leaf[index]}
    parents, texts, starts = (units[name].tolist() for name in ("parent_id", "text", "start"))
    row_kinds = units["kind"].astype("object").tolist()
    documents, paths, headings = (_cells(units, name) for name in ("doc_id", "path", "heading"))
    folded = _folded(texts)
    titles = _titles(documents, row_kinds, folded, leaf)
    header, owner, above = "", None, -2  # a header may have more rows than one
    pieces, years, signed = (_cells(units, name) for name in ("pieces", "year", "signed"))
    whole: dict[str, Passage] = {}
    # sentences and clauses of lx.segment(corpus, unit=…) are leaves split further: taken as they are
    for index in range(size):
        if leaf[index]:
            unit_id = ids[index]
        elif row_kinds[index] in kinds and row_kinds[index] not in LEAF_KINDS and parents[index] in known:
            unit_id = parents[index]
        else:
            if row_kinds[index] == "table_header" and folded[index].strip():  # not the rule below a Markdown header
                going_on = index - above == 1 and documents[index] == owner
                header = f"{header} {folded[index]}" if going_on else folded[index]
                owner = documents[index]
            above = index if row_kinds[index] == "table_header" else above
            continue
        text = texts[index]
        if not isinstance(text, str) or not text:
            continue
        if documents[index] != owner:
            header, owner = "", documents[index]
        if sought is not None and row_kinds[index] != "deadline" and not sought.search(folded[index]):
            continue
        year = years[index]
        passage = Passage(
            unit_id,
            row_kinds[index],
            text,
            folded[index],
            pieces[index] if isinstance(pieces[index], str) else None,
            int(starts[index]),
            int(year) if _is_number(year) else None,
            signed[index] if isinstance(signed[index], str) else None,
            (paths[index], headings[index]),
            titles.get(documents[index], ""),
            header if row_kinds[index] == "task" else "",
            not leaf[index],
        )
        if leaf[index]:
            whole[unit_id] = passage
        elif passage.kind != "deadline" and unit_id in whole and whole[unit_id].holds(passage):
            passage.within = whole[unit_id]
        yield passage


def _folded(texts: list) -> list[str]:
    return fold_all([text.replace("\0", " ") if isinstance(text, str) else "" for text in texts])


def _titles(documents: list, kinds: list, texts: list, leaf) -> dict:
    """Return the title of each document: the title rows before its first leaf."""
    titles: dict = {}
    closed: set = set()
    for index, document in enumerate(documents):
        if leaf[index]:
            closed.add(document)
        elif kinds[index] == "title" and document not in closed:
            titles[document] = titles.get(document, "") + texts[index].strip()
    return titles


def _headings(path: object, heading: object) -> tuple[str, ...]:
    above = (path,) if isinstance(path, str) else tuple(path) if isinstance(path, (tuple, list)) else ()
    return tuple(map(fold, (*above, heading) if isinstance(heading, str) else above))


def _cells(units: pd.DataFrame, name: str) -> list:
    return units[name].astype("object").tolist() if name in units.columns else [None] * len(units)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and value == value
