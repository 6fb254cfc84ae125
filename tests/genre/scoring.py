"""How right a reading is: pure functions from (known answer, tables of the kit) to counts.

Segmentation: leaves matched one-to-one in order by equal text after white space, markup and punctuation width are dropped; duties
on (leaf, role, agency); targets on (leaf, value, upper value, unit); F1 of the counts summed over documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_DROP = re.compile(r"[\s|*#​﻿]+")
_POINTS = re.compile(r"[。．.，,、；;：:]")


def norm(text: object) -> str:
    return _DROP.sub("", unicodedata.normalize("NFKC", str(text or "")).replace("〔", "[").replace("〕", "]"))


def bare(text: object) -> str:
    """Without punctuation between heading and text, too."""
    return _POINTS.sub("", norm(text))


@dataclass
class Count:
    """Hits, misses and false alarms. What is right or not (a kind, a deadline) is both where it is not: F1 is its share."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def add(self, other: Count) -> None:
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong

    @property
    def f1(self) -> float:
        whole = 2 * self.right + self.missed + self.wrong
        return 1.0 if not whole else 2 * self.right / whole


@dataclass
class Score:
    """The counts of one document and what went wrong in it."""

    leaves: Count = field(default_factory=Count)
    paths: Count = field(default_factory=Count)
    headings: Count = field(default_factory=Count)
    loose: Count = field(default_factory=Count)
    duties: Count = field(default_factory=Count)
    targets: Count = field(default_factory=Count)
    kinds: Count = field(default_factory=Count)
    deadlines: Count = field(default_factory=Count)
    comparators: Count = field(default_factory=Count)
    tiles: bool = True
    errors: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("leaves", "paths", "headings", "loose", "duties", "targets", "kinds", "deadlines", "comparators"):
            getattr(self, name).add(getattr(other, name))
        self.tiles = self.tiles and other.tiles


def _keys(leaf) -> set[str]:
    """The readings of a known leaf that count as equal."""
    found = {norm(text) for text in leaf.texts}
    if leaf.kind == "task":
        found |= {bare(leaf.heading + text) for text in leaf.texts}
    if leaf.marker.strip().endswith("是"):
        found |= {norm(leaf.marker + leaf.text), norm("是" + leaf.text)}
    first, _, rest = leaf.text.partition("。")
    if not leaf.heading and leaf.kind == "measure" and rest and len(first) < 45:
        found.add(norm(rest))  # a short first sentence may be read as a heading
    found |= {text.lstrip("—●▪·-") for text in found}
    return found


def _read_keys(row) -> set[str]:
    heading = row.heading if isinstance(row.heading, str) else ""
    found = {norm(row.text)}
    if row.kind == "task":
        found |= {bare(heading + row.text), bare(row.text)}
    return found


def _alike(wanted: set[str], got: set[str]) -> bool:
    """Equal but for a few characters, as OCR reads."""
    return any(
        min(len(a), len(b)) > 0.9 * max(len(a), len(b)) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.95
        for a in wanted
        for b in got
    )


def _pairs(wanted: list[set[str]], got: list[set[str]], *, tolerant: bool = False) -> dict[int, int]:
    """The longest chain of equal texts in order."""
    rows, columns = len(wanted), len(got)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    equal = [[bool(a & b) or (tolerant and _alike(a, b)) for b in got] for a in wanted]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + 1 if equal[i][j] else 0)
    chain, i, j = {}, 0, 0
    while i < rows and j < columns:
        if equal[i][j] and best[i][j] == best[i + 1][j + 1] + 1:
            chain[i] = j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return chain


def _near(chain: dict[int, int], wanted: list[str], got: list[str]) -> dict[int, int]:
    """Fill the gaps of a chain with the most similar rows, so that duties are not lost with one wrong character."""
    found = dict(chain)
    taken = set(chain.values())
    for i, words in enumerate(wanted):
        if i in found or not words:
            continue
        low = max((found[k] for k in found if k < i), default=-1)
        high = min((found[k] for k in found if k > i), default=len(got))
        rated = [
            (SequenceMatcher(None, words, got[j], autojunk=False).ratio(), j)
            for j in range(low + 1, min(high, low + 8))
            if j not in taken
        ]
        rated = [
            (rate, j) for rate, j in rated if rate > 0.6 or words in got[j] or (len(got[j]) > 8 and got[j] in words)
        ]
        if rated:
            found[i] = max(rated)[1]
            taken.add(found[i])
    return found


def same_agency(wanted: str, got: str, region) -> bool:
    """Equal, or different only in the document's own place before the name."""
    a, b = norm(wanted), norm(got)
    if a == b:
        return True
    places = (region.name, region.name[:-1]) if region.name else ()
    for place in places:
        if b == place + a or a == place + b:
            return True
    bare_name = not a.startswith((region.prefix, region.name))
    return bare_name and b in (region.prefix + a, region.name + a)


def _unit(name: object) -> str:
    return norm(name).replace("(套)", "")


def _number(value: object) -> float | None:
    return None if value is None or value != value else round(float(value), 2)


def score(document, text: str, units, responsibilities, targets, *, with_kinds: bool = True) -> Score:
    """Compare what the kit read with the known answer."""
    result = Score()
    rows = [row for row in units.itertuples(index=False) if row.is_leaf]
    wanted = [_keys(leaf) for leaf in document.leaves]
    scan = document.suffix == ".scan.pdf"
    chain = _pairs(wanted, [_read_keys(row) for row in rows], tolerant=scan)
    result.leaves = Count(len(chain), len(wanted) - len(chain), len(rows) - len(chain))
    for i in sorted(set(range(len(wanted))) - set(chain)):
        result.errors.append(
            f"leaf missed: {document.leaves[i].marker}|{document.leaves[i].heading}|{_short(document.leaves[i].text)}"
        )
    for j in sorted(set(range(len(rows))) - set(chain.values())):
        result.errors.append(f"  leaf extra: {rows[j].kind} {rows[j].ordinal}|{rows[j].heading}|{_short(rows[j].text)}")
    paths = 0
    for i, j in chain.items():
        heading = rows[j].heading if isinstance(rows[j].heading, str) else ""
        wished = bare(document.leaves[i].heading)
        # the task may stand in the text where the table has no column of measures beside it
        told = bare(heading) == wished or (
            document.leaves[i].kind == "task" and not heading and bare(rows[j].text).startswith(wished)
        )
        _tell(result.headings, told)
        if not told:
            result.errors.append(
                f"heading: wanted {document.leaves[i].heading} got {heading} at {_short(rows[j].text)}"
            )
        if [bare(step) for step in document.leaves[i].path] == [bare(step) for step in rows[j].path]:
            paths += 1
        else:
            result.errors.append(
                f"path: wanted {document.leaves[i].path} got {tuple(rows[j].path)} at {_short(rows[j].text)}"
            )
    result.paths = Count(paths, len(wanted) - paths, len(rows) - paths)
    whole = [bare(leaf.heading + leaf.text) for leaf in document.leaves]
    read = [bare((row.heading if isinstance(row.heading, str) else "") + row.text) for row in rows]
    loose = _pairs(
        [{text} | {bare(key) for key in keys} for text, keys in zip(whole, wanted, strict=True)],
        [{text, bare(row.text)} for text, row in zip(read, rows, strict=True)],
        tolerant=scan,
    )
    result.loose = Count(len(loose), len(wanted) - len(loose), len(rows) - len(loose))
    near = _near(loose, whole, read)
    _score_duties(document, result, rows, near, responsibilities)
    _score_targets(document, result, rows, near, targets)
    spans = list(zip(units["start"], units["end"], strict=True))
    result.tiles = "".join(text[a:b] for a, b in spans) == text and all(a <= b for a, b in spans)
    if not result.tiles:
        result.errors.append("the rows do not join to the text")
    if with_kinds:
        _score_kinds(document, result, text, units)
    return result


def _score_duties(document, result: Score, rows, near: dict[int, int], table) -> None:
    said: dict[str, list] = {}
    for row in table.itertuples(index=False):
        said.setdefault(row.unit_id, []).append((row.role, row.agency))
    used: set[str] = set()
    for i, leaf in enumerate(document.leaves):
        unit = rows[near[i]].unit_id if i in near else ""
        rest = list(said.get(unit, ()))
        used.add(unit)
        if leaf.open_duties:
            continue
        for duty in leaf.duties:
            hit = next(
                (
                    pair
                    for pair in rest
                    if (duty.any_role or pair[0] == duty.role) and same_agency(duty.agency, pair[1], document.region)
                ),
                None,
            )
            if hit is None:
                result.duties.missed += 1
                result.errors.append(
                    f"duty missed: {duty.role} {duty.agency} at {leaf.marker}{leaf.heading}{_short(leaf.text)}; read {said.get(unit)}"
                )
            else:
                rest.remove(hit)
                result.duties.right += 1
        result.duties.wrong += len(rest)
        result.errors += [
            f"  duty extra: {role} {agency} at {leaf.marker}{leaf.heading}{_short(leaf.text)}" for role, agency in rest
        ]
    for unit, pairs in said.items():
        if unit not in used:
            result.duties.wrong += len(pairs)
            result.errors += [f"  duty extra: {pair} at {unit}" for pair in pairs]


def _score_targets(document, result: Score, rows, near: dict[int, int], table) -> None:
    said: dict[str, list] = {}
    for row in table.itertuples(index=False):
        if row.kind in ("target", "breakdown"):
            said.setdefault(row.unit_id, []).append(row)
    used: set[str] = set()
    for i, leaf in enumerate(document.leaves):
        unit = rows[near[i]].unit_id if i in near else ""
        rest = list(said.get(unit, ()))
        used.add(unit)
        if leaf.open_targets:
            continue
        for target in leaf.targets:
            hit = next(
                (
                    row
                    for row in rest
                    if _number(row.value) == round(target.value, 2)
                    and _number(row.value_high) == target.value_high
                    and _unit(row.unit) == _unit(target.unit)
                ),
                None,
            )
            if hit is None:
                result.targets.missed += 1
                result.errors.append(
                    f"target missed: {target.value} {target.value_high} {target.unit} at {_short(leaf.text, 200)}"
                )
                continue
            rest = [row for row in rest if row is not hit]
            result.targets.right += 1
            _tell(result.comparators, target.comparator == hit.comparator)
            if target.comparator != hit.comparator:
                result.errors.append(f"comparator: wanted {target.comparator} got {hit.comparator} in {hit.quote}")
            if target.deadline != "?":
                got = hit.deadline if isinstance(hit.deadline, str) else None
                fine = got == target.deadline or (
                    (got or "")[:4] == (target.deadline or "")[:4] and "12" in str(got) + str(target.deadline)
                )
                _tell(result.deadlines, fine)
                if not fine:
                    result.errors.append(f"deadline: wanted {target.deadline} got {got} in {hit.quote}")
        result.targets.wrong += len(rest)
        result.errors += [
            f"  target extra: {row.value} {row.value_high} {row.unit} {row.quote} at {_short(leaf.text)}"
            for row in rest
        ]
    for unit, found in said.items():
        if unit not in used:
            result.targets.wrong += len(found)
            result.errors += [f"  target extra: {row.quote} at {unit}" for row in found]


def _tell(count: Count, right: bool) -> None:
    count.right += right
    count.missed += not right
    count.wrong += not right


def _score_kinds(document, result: Score, text: str, units) -> None:
    """Share of the non-leaf parts whose characters lie in rows of their kind."""
    kinds: list[str] = []
    for row in units.itertuples(index=False):
        kinds += [row.kind] * (row.end - row.start)
    for kind, start, end, left_open in document.others:
        inside = Counter(
            found for found, char in zip(kinds[start:end], text[start:end], strict=True) if not char.isspace()
        )
        if not inside or left_open:
            continue
        got = inside.most_common(1)[0][0]
        _tell(result.kinds, got == kind)
        if got != kind:
            result.errors.append(f"kind: wanted {kind} got {got}: {_short(text[start:end])}")


def _short(text: str, size: int = 60) -> str:
    return text if len(text) <= size else text[: size - 20] + "…" + text[-19:]
