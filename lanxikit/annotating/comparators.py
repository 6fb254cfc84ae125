"""How a number is meant (不少于, 以上, 左右, 增长), and where it is no commitment at all.

The words stand in ``target_comparators.tsv`` and ``target_exclusions.tsv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from lanxikit.annotating.numbers import Quantity
from lanxikit.lexicons import load

_BOUNDS = ("~", ">=", "<=")
_CHANGES = ("increase", "decrease")
_SENTENCE = 600  # how far back a sentence is read, characters
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
        self._longest = max(map(len, [*self._before, *self._trail, ""]))

    def keeps(self, rest: str) -> bool:
        """Tell whether words end in one that makes the number a rate (年均) and is never trimmed."""
        return rest.endswith(self._keep)

    def after(self, text: str, end: int) -> tuple[dict | None, int]:
        """Return the word that follows a unit (以上, 左右), and where it ends."""
        at = end
        while at < len(text) and text[at] == " ":
            at += 1
        if text[at : at + 1] not in self._opens_after:
            return None, end
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
                bounded = self._without_yardstick(rest)
                if bounded == rest:
                    break
                rest = bounded
        return rows, rest

    def _without_yardstick(self, rest: str) -> str:
        """Drop what a bound measures from: 不低于全省平均水平 + 2个百分点 bounds the number as 不低于 does."""
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
        self._rows = rows
        self._kept: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._past = _any(row["word"] for row in rows if row["side"] == "sentence")
        self._resume = _any(row["word"] for row in rows if row["side"] == "resume")

    def excludes(self, quantity: Quantity, left: str, right: str) -> bool:
        """Tell whether the clause up to a number, or after it, makes it no target (benefit, norm, size, name)."""
        rest = right.lstrip()
        if rest.startswith(self._words("after", quantity, "other")):
            return not rest.startswith(self._words("after", quantity, "keep"))
        near, clause = left.rstrip(), self._words("clause", quantity, "other")
        return (
            self._is_rate_of_grant(quantity, left, rest)
            or near.endswith(self._words("near", quantity, "other"))
            or any(word in left for word in self._words("before", quantity, "other"))
            or any(word in left or word in right for word in clause)
        )

    def _is_rate_of_grant(self, quantity: Quantity, left: str, rest: str) -> bool:
        """Tell whether a number only says how much is granted: 按不超过30%比例奖励, but not 按期完成30%…补贴."""
        if not any(word in rest for word in self._words("grant", quantity, "benefit")):
            return False
        for word in self._words("basis", quantity, "keep"):
            left = left.replace(word, "")
        basis = self._words("basis", quantity, "benefit")
        return rest.startswith(self._words("rate", quantity, "benefit")) or any(word in left for word in basis)

    def reports(self, text: str) -> list[int]:
        """Return where words begin that turn the rest of their sentence into a report (截至目前)."""
        return [match.start() for match in self._past.finditer(text)]

    def is_report(self, text: str, reports: list[int], sentence: int, begin: int) -> bool:
        """Tell whether a number stands after such a word and no 力争, 确保 … has ended the report."""
        last = bisect_left(reports, begin) - 1
        if last < 0 or reports[last] < sentence:
            return False
        return not self._resume.search(text, max(reports[last], begin - _SENTENCE), begin)

    def is_capacity(self, quantity: Quantity, left: str, right: str, named: bool, dated: bool) -> bool:
        """Tell whether a number measures a thing that is named (80兆瓦光伏项目, 年产4万件), and sets no goal.

        A total (累计建成装机容量180万千瓦) or a number with a time limit in its clause (``dated``) is a goal, unless a
        thing is named behind it.
        """
        if quantity.style == "bare":
            return True
        goal = not named and (dated or any(word in left for word in self._words("before", quantity, "keep")))
        if not goal and left.rstrip().endswith(self._words("near", quantity, "capacity")):
            return True
        if right.lstrip().startswith(self._words("after", quantity, "capacity")):
            return True
        return named and any(word in right for word in self._words("rest", quantity, "capacity"))

    def _words(self, side: str, quantity: Quantity, reason: str) -> tuple[str, ...]:
        key = (side, quantity.dimension, reason)
        if key not in self._kept:
            known = (reason,) if reason != "other" else ("past", "benefit", "norm", "size", "name", "denominator")
            self._kept[key] = tuple(
                row["word"]
                for row in self._rows
                if row["side"] == side
                and row["reason"] in known
                and (not row["dimension"] or quantity.dimension in row["dimension"].split("|"))
            )
        return self._kept[key]


def _longest(words) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _any(words) -> re.Pattern:
    return re.compile("|".join(map(re.escape, _longest(words))) or r"(?!)")


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
