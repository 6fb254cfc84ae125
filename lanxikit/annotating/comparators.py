"""How a number is meant (不少于, 以上, 左右, 增长), and where it is no commitment at all.

The words stand in ``target_comparators.tsv`` and ``target_exclusions.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lanxikit.annotating.numbers import Quantity
from lanxikit.lexicons import load

_BOUNDS = ("~", ">=", "<=")
_CHANGES = ("increase", "decrease")
_GAUGES = ("share", "point", "ratio", "doubling")


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a number is meant; ``change`` is ``up`` or ``down`` where it is the size of a change."""

    comparator: str
    change: str | None
    explicit: bool


class Comparators:
    """Reads the words around a number; made once for a word list, see :func:`comparators`."""

    def __init__(self, rows: tuple[dict[str, str], ...], phrases: tuple[dict[str, str], ...]) -> None:
        sides: dict[str, dict[str, dict]] = {"before": {}, "after": {}, "clause": {}, "inner": {}}
        for row in rows:
            sides.setdefault(row["side"], {})[row["word"]] = row
        self._before, self._clause, self._inner = sides["before"], sides["clause"], sides["inner"]
        self._after = sorted(sides["after"].items(), key=lambda item: -len(item[0]))
        self._trail = {row["word"] for row in phrases if row["role"] == "trail"}
        self._keep = tuple(row["word"] for row in phrases if row["role"] == "keep")
        self._longest = max(map(len, [*self._before, *self._trail, ""]))

    def keeps(self, rest: str) -> bool:
        """Tell whether words end in one that makes the number a rate (年均) and is never trimmed."""
        return rest.endswith(self._keep)

    def after(self, text: str, end: int) -> tuple[dict | None, int]:
        """Return the word that follows a unit (以上, 左右), and where it ends."""
        at = end
        while at < len(text) and text[at] == " ":
            at += 1
        for word, row in self._after:
            if text.startswith(word, at):
                return row, at + len(word)
        return None, end

    def before(self, left: str) -> tuple[list[dict], str]:
        """Return the words that end just before a number, nearest first, and what stands before them."""
        rows: list[dict] = []
        rest = left.rstrip()
        for _ in range(8):
            if self.keeps(rest):
                break
            for length in range(min(self._longest, len(rest)), 0, -1):
                word = rest[-length:]
                if word in self._before or word in self._trail:
                    if word in self._before:
                        rows.append(self._before[word])
                    rest = rest[:-length].rstrip()
                    break
            else:
                break
        return rows, rest

    def meaning(self, quantity: Quantity, before: list[dict], after: dict | None, left: str, named: bool) -> Meaning:
        """Return how a number is meant.

        Parameters
        ----------
        quantity : Quantity
        before, after
            What :meth:`before` and :meth:`after` found.
        left : str
            The clause up to the number.
        named : bool
            A noun follows the number: 提升5个强镇 raises five towns, not by five.
        """
        clause = [row for word, row in self._clause.items() if word in left]
        found = [after, *before, *clause, self._inner.get(quantity.more)]
        found = [row for row in found if row]
        changes = [row for row in before if row["comparator"] in _CHANGES] or self._opening(quantity, left)
        if (named and quantity.dimension not in _GAUGES) or any(row["comparator"] == "=" for row in before):
            changes = []
        change = changes[0]["change"] if changes else None
        explicit = any(row["comparator"] in (*_BOUNDS, "=") for row in before + clause)
        if quantity.high is not None:
            return Meaning("range", change, explicit)
        if quantity.dimension == "doubling":
            return Meaning("increase", "up", explicit)
        bound = next((row["comparator"] for row in found if row["comparator"] in _BOUNDS), None)
        if bound == "<=" and after and after["comparator"] == "~":
            bound = "~"
        if bound:
            return Meaning(bound, change, explicit)
        return Meaning(changes[0]["comparator"] if changes else "=", change, explicit)

    def _opening(self, quantity: Quantity, left: str) -> list[dict]:
        """Return the change that heads the clause: 压减一般性支出5%, 提高转化率3个百分点."""
        if quantity.dimension not in ("share", "point"):
            return []
        head = left.lstrip()
        rows = [row for word, row in self._before.items() if row["change"] and head.startswith(word)]
        return [row for row in rows if row["change"] == "down" or quantity.dimension == "point"]

    def rises(self, words: str) -> bool:
        """Tell whether words speak of a change: 提高到."""
        return any(word in words for word, row in self._before.items() if row["change"])

    def is_condition(self, before: list[dict], after: dict | None) -> bool:
        """Tell whether a measure before a noun only says which things are meant: 投资5000万元以上的项目."""
        return any(row["attributive"] == "condition" for row in [after, *before[:1]] if row)


class Exclusions:
    """Tells numbers that are no commitments; made once for a word list, see :func:`exclusions`."""

    def __init__(self, rows: tuple[dict[str, str], ...]) -> None:
        self._sides: dict[str, list[tuple[str, tuple[str, ...], str]]] = {}
        for row in sorted(rows, key=lambda row: -len(row["word"])):
            dimensions = tuple(filter(None, row["dimension"].split("|")))
            self._sides.setdefault(row["side"], []).append((row["word"], dimensions, row["reason"]))

    def reason(self, quantity: Quantity, left: str, right: str, earlier: str) -> str | None:
        """Return why a number is no target (past, benefit, norm, size, name), or None.

        Parameters
        ----------
        quantity : Quantity
        left, right : str
            The clause up to the number, and after it.
        earlier : str
            The sentence up to the number.
        """
        rest = right.lstrip()
        for word, _, reason in self._of("after", quantity):
            if rest.startswith(word):
                if reason == "capacity":
                    break
                return None if reason == "keep" else reason
        near = left.rstrip()
        for side, holds in (
            ("near", near.endswith),
            ("before", left.__contains__),
            ("clause", lambda word: word in left or word in right),
        ):
            for word, _, reason in self._of(side, quantity):
                if reason != "capacity" and holds(word):
                    return reason
        return self._past(earlier)

    def is_capacity(self, quantity: Quantity, left: str, right: str, named: bool) -> bool:
        """Tell whether a number measures a thing that is named (80兆瓦光伏项目, 年产4万件), and sets no goal."""
        if quantity.style == "bare":
            return True
        near, rest = left.rstrip(), right.lstrip()
        for side, holds in (("near", near.endswith), ("after", rest.startswith), ("rest", rest.__contains__)):
            if side == "rest" and not named:
                continue
            if any(reason == "capacity" and holds(word) for word, _, reason in self._of(side, quantity)):
                return True
        return False

    def _of(self, side: str, quantity: Quantity):
        for word, dimensions, reason in self._sides.get(side, ()):
            if not dimensions or quantity.dimension in dimensions:
                yield word, dimensions, reason

    def _past(self, earlier: str) -> str | None:
        last = max((earlier.rfind(word) for word, _, _ in self._sides.get("sentence", ())), default=-1)
        if last < 0:
            return None
        if any(earlier.find(word, last) >= 0 for word, _, _ in self._sides.get("resume", ())):
            return None
        return "past"


@lru_cache(maxsize=8)
def comparators(folder: str | None = None) -> Comparators:
    """Return the reader for the shipped words, or for those of a study's folder.

    Examples
    --------
    >>> [row["word"] for row in comparators().before("农作物良种覆盖率保持在")[0]]
    ['保持在']
    """
    return Comparators(load("target_comparators", folder), load("target_phrases", folder))


@lru_cache(maxsize=8)
def exclusions(folder: str | None = None) -> Exclusions:
    """Return the rules for the shipped words, or for those of a study's folder."""
    return Exclusions(load("target_exclusions", folder))
