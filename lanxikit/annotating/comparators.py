"""How a number is meant: 不少于, 以上, 左右, 增长. The words stand in ``target_comparators.tsv``."""

from __future__ import annotations

import re
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
        self._opens_after = frozenset(word[:1] for word in sides["after"])
        self._trail = {row["word"] for row in phrases if row["role"] == "trail"}
        self._keep = tuple(row["word"] for row in phrases if row["role"] == "keep")
        self._yardsticks = _longest(row["word"] for row in phrases if row["role"] == "yardstick")
        self._bounds = tuple(word for word, row in self._before.items() if row["comparator"] in (">=", "<="))
        self._turns = [(word, row) for word, row in self._before.items() if row["change"]]
        self._endings: dict[str, list[str]] = {}  # by their last character, the longest first
        for word in _longest({*self._before, *self._trail}):
            self._endings.setdefault(word[-1:], []).append(word)
        self._of_clause = re.compile("|".join(map(re.escape, self._clause)) or "(?!)")
        self._turned = tuple(word for word, _ in self._turns)

    def keeps(self, rest: str) -> bool:
        """Tell whether words end in one that makes the number a rate (年均) and is never trimmed."""
        return rest.endswith(self._keep)

    def after(self, text: str, end: int, dimension: str = "") -> tuple[dict | None, int]:
        """Return the word that follows a unit (以上, 左右), and where it ends."""
        at = end
        while at < len(text) and text[at] == " ":
            at += 1
        if text[at : at + 1] not in self._opens_after:
            return None, end
        for word, row in self._after:
            if text.startswith(word, at) and row.get("dimension", "") in ("", dimension):
                return row, at + len(word)
        return None, end

    def before(self, left: str) -> tuple[list[dict], str]:
        """Return the words that end just before a number, nearest first, and what stands before them."""
        rows: list[dict] = []
        rest = left.rstrip()
        for _ in range(8):
            if self.keeps(rest):
                break
            for word in self._endings.get(rest[-1:], ()):
                if word and rest.endswith(word):
                    if word in self._before:
                        rows.append(self._before[word])
                    rest = rest[: -len(word)].rstrip()
                    break
            else:
                bounded = self._without_yardstick(rest)
                if bounded == rest:
                    self._related(rows, rest, left.rstrip())
                    break
                rest = bounded
        related = rows and rows[-1]["word"] in rest and left.rstrip().endswith("的")
        return rows, rest.partition(rows[-1]["word"])[0] if related else rest

    def _related(self, rows: list[dict], rest: str, left: str) -> None:
        """Read 不低于 in 招生规模不低于高等职业教育的10%, where what it is a share of stands between."""
        if not rows and left.endswith("的"):
            rows += [self._before[word] for word in self._bounds if word in rest][:1]

    def _without_yardstick(self, rest: str) -> str:
        """Drop what a bound measures from: 不低于全省平均水平 + 2个百分点 bounds the number as 不低于 does."""
        if not rest.endswith(self._yardsticks):
            return rest
        shorter = rest
        for _ in range(4):
            word = next((word for word in self._yardsticks if shorter.endswith(word)), "")
            shorter = shorter[: len(shorter) - len(word)]
            if not word or shorter.endswith(self._bounds):
                break
        return shorter if shorter.endswith(self._bounds) else rest

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
        clause = [row for word, row in self._clause.items() if word in left] if self._of_clause.search(left) else []
        found = [after, *before, *clause, self._inner.get(quantity.more)]
        found = [row for row in found if row]
        changes = [row for row in before if row["comparator"] in _CHANGES] or self._opening(quantity, left)
        if (named and quantity.dimension not in _GAUGES) or any(row["comparator"] == "=" for row in before):
            changes = []
        change = changes[0]["change"] if changes else None
        explicit = any(row["comparator"] in (*_BOUNDS, "=") for row in before + clause)
        if quantity.high is not None:
            return Meaning("range", change, explicit)
        bound = next((row["comparator"] for row in found if row["comparator"] in _BOUNDS), None)
        if bound == "<=" and after and after["comparator"] == "~":
            bound = "~"
        if bound:
            return Meaning(bound, "up" if quantity.dimension == "doubling" else change, explicit)
        if quantity.dimension == "doubling":
            return Meaning("increase", "up", explicit)
        return Meaning(changes[0]["comparator"] if changes else "=", change, explicit)

    def _opening(self, quantity: Quantity, left: str) -> list[dict]:
        """Return the change that heads the clause: 压减一般性支出5%, 提高转化率3个百分点."""
        if quantity.dimension not in ("share", "point", "mass", "energy", "volume"):
            return []
        head = left.lstrip()
        if not head.startswith(self._turned):
            return []
        rows = [row for word, row in self._turns if head.startswith(word)]
        return [row for row in rows if row["change"] == "down" or quantity.dimension == "point"]

    def rises(self, words: str) -> bool:
        """Tell whether words speak of a change: 提高到."""
        return any(word in words for word, _ in self._turns)

    def is_condition(self, before: list[dict], after: dict | None) -> bool:
        """Tell whether a measure before a noun only says which things are meant: 投资5000万元以上的项目."""
        return any(row["attributive"] == "condition" for row in [after, *before[:1]] if row)


def _longest(words) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=8)
def comparators(folder: str | None = None) -> Comparators:
    """Return the reader for the shipped words, or for those of a study's folder.

    Examples
    --------
    >>> [row["word"] for row in comparators().before("农作物良种覆盖率保持在")[0]]
    ['保持在']
    """
    return Comparators(load("target_comparators", folder), load("target_phrases", folder))
