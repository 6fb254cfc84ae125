"""Where a number is no commitment: a report, a rate of grants or fines, a norm, a name, the size of a thing.

The words stand in ``target_exclusions.tsv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from lanxikit.annotating.numbers import Quantity
from lanxikit.annotating.time_values import of_object
from lanxikit.lexicons import load

_SENTENCE = 600  # how far back a sentence is read, characters
_OTHER = ("past", "benefit", "norm", "size", "name", "denominator")
_OPENS_BASIS = ("按", "以")
_OF_STANDARD = re.compile(r"的?标准(?![化地厂件箱仓])")
_GRANTED = 16  # how far behind 以上的 a grant may stand


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that count for numbers of one dimension."""

    after: tuple[str, ...]
    after_keep: tuple[str, ...]
    near: tuple[str, ...]
    before: re.Pattern
    clause: re.Pattern
    rest: re.Pattern
    yard: tuple[str, ...]
    grant: re.Pattern
    basis_keep: re.Pattern
    basis: re.Pattern
    rate: tuple[str, ...]
    spare: re.Pattern
    spent: re.Pattern
    borne: re.Pattern
    totals: re.Pattern
    near_capacity: tuple[str, ...]
    alone: tuple[str, ...]
    after_capacity: tuple[str, ...]
    rest_capacity: re.Pattern


class Exclusions:
    """Tells numbers that are no commitments; made once for a word list, see :func:`exclusions`."""

    def __init__(self, rows: tuple[dict[str, str], ...]) -> None:
        self._rows = rows
        self._known: dict[str, _Words] = {}
        self._past = _any(row["word"] for row in rows if row["side"] == "sentence")
        self._resume = _any(row["word"] for row in rows if row["side"] == "resume")
        self._plan = _any(row["word"] for row in rows if row["side"] == "resume" and row["reason"] != "guess")
        acted = _any(row["word"] for row in rows if row["side"] == "acted").pattern
        # 盘活现有厂房, 现有林改培: a stock to be worked on, no report
        self._acted = re.compile(rf"(?:{acted})现有|现有(?=[^,;。]{{1,8}}?(?:{acted}))")
        self._granted = _any(row["word"] for row in rows if row["side"] == "grant")
        self._compared = _any(row["word"] for row in rows if row["side"] == "compared")
        self._things = _any(row["word"] for row in rows if row["side"] == "rest" and row["reason"] == "capacity")

    def excludes(self, quantity: Quantity, left: str, right: str) -> bool:
        """Tell whether the clause up to a number, or after it, makes it no target (benefit, norm, size, name)."""
        words = self._of(quantity.dimension)
        rest = right.lstrip()
        left = self._acted.sub("", left) if "现有" in left else left
        if rest.startswith(words.after):
            return not rest.startswith(words.after_keep)
        if left.rstrip().endswith(words.near) and not self._is_spent(words, quantity, left):
            return not (quantity.dimension == "share" and words.borne.match(rest))
        if words.before.search(words.spare.sub("", left)) or words.clause.search(left):
            return True
        if not rest:
            return False
        if words.clause.search(right) or words.rest.search(right) or self._is_rate_of_grant(words, left, rest):
            return True
        if _OF_STANDARD.match(rest) and quantity.dimension in ("money", "share"):
            return bool(words.basis.search(words.basis_keep.sub("", left)))  # 按照每年每人5元标准落实经费
        return rest.endswith(words.yard) and left.lstrip().startswith(_OPENS_BASIS)

    def is_granted(self, rest: str) -> bool:
        """Tell whether a bound opens the condition of a grant: (种植500亩)以上的给予补贴."""
        granted = self._granted.search(rest, 0, _GRANTED) if rest.startswith("的") else None
        return bool(granted) and not any(mark in rest[: granted.start()] for mark in ",;。")

    @staticmethod
    def _is_spent(words: _Words, quantity: Quantity, left: str) -> bool:
        """Tell whether a grant is a sum to be spent (发放农机购置补贴1200万元), not a rate (每户补贴2万元)."""
        if quantity.dimension != "money" or "每" in left or "按" in left or "标准" in left:
            return False
        return bool(words.spent.search(left))

    @staticmethod
    def _is_rate_of_grant(words: _Words, left: str, rest: str) -> bool:
        """Tell whether a number only says how much is granted: 按不超过30%比例奖励, but not 按期完成30%…补贴."""
        if not words.grant.search(rest):
            return False
        return rest.startswith(words.rate) or bool(words.basis.search(words.basis_keep.sub("", left)))

    def reports(self, text: str) -> list[int]:
        """Return where words begin that turn the rest of their sentence into a report (截至目前)."""
        spans = [match.span() for match in self._past.finditer(text)]
        return [begin for begin, end in spans if not of_object(text, begin, end)]

    def report(self, reports: list[int], sentence: int, begin: int) -> int | None:
        """Return where the last such word before a number stands in its sentence."""
        last = bisect_left(reports, begin) - 1
        return reports[last] if last >= 0 and reports[last] >= sentence else None

    def resumes(self, text: str, low: int, begin: int, review: bool = False) -> bool:
        """Tell whether 力争, 确保 … ends a report before a number; in a review 预计 does not."""
        words = self._plan if review else self._resume
        return bool(words.search(text, max(low, begin - _SENTENCE), begin))

    def is_compared(self, text: str, low: int, begin: int) -> bool:
        """Tell whether a sentence compares with the year before (较上年同期增长6%), as reports do."""
        return self._compared.search(text, max(low, begin - _SENTENCE), begin) is not None

    def is_aside(self, quantity: Quantity, clause: str) -> bool:
        """Tell whether an aside in brackets gives the length of what stands before it: 铁路(长836公里)."""
        return clause.strip().removesuffix("约") in self._pick(quantity.dimension, "sole", "capacity")

    def is_capacity(self, quantity: Quantity, left: str, right: str, named: bool, dated: bool) -> bool:
        """Tell whether a number measures a thing that is named (80兆瓦光伏项目, 年产4万件), and sets no goal.

        A total (累计建成装机容量180万千瓦) or a number with a time limit in its clause (``dated``) is a goal, unless a
        thing is named behind it. A sum that a thing costs is none, even with a limit (总投资3亿元).
        """
        if quantity.style == "bare":
            return True
        words = self._of(quantity.dimension)
        near, total = left.rstrip(), bool(words.totals.search(left))
        if near.endswith(words.near_capacity) and (named or not (dated or total)):
            return True
        if right.lstrip().startswith(words.after_capacity):
            return True
        if near.removesuffix("约").removesuffix("近").endswith(words.alone):
            # 总投资4亿元的农村公路 is spent on roads, 总投资56亿元的抽水蓄能项目 is the size of one
            if not named:
                return not total
            if quantity.dimension != "money":  # 占地500亩的物流园区
                return right.lstrip().startswith("的")
            return bool(self._things.search(right))
        return named and bool(words.rest_capacity.search(right))

    def _of(self, dimension: str) -> _Words:
        known = self._known.get(dimension)
        if known is None:
            pick = self._pick
            known = self._known[dimension] = _Words(
                after=pick(dimension, "after", *_OTHER),
                after_keep=pick(dimension, "after", "keep"),
                near=pick(dimension, "near", *_OTHER),
                before=_any(pick(dimension, "before", *_OTHER)),
                clause=_any(pick(dimension, "clause", *_OTHER)),
                rest=_any(pick(dimension, "rest", "norm")),
                yard=pick(dimension, "yard", "norm"),
                grant=_any(pick(dimension, "grant", "benefit")),
                basis_keep=_any(pick(dimension, "basis", "keep")),
                basis=_any(pick(dimension, "basis", "benefit")),
                rate=pick(dimension, "rate", "benefit"),
                spare=_any(pick(dimension, "spare", "keep")),
                spent=_any(pick(dimension, "spent", "keep")),
                borne=re.compile(rf"的[^,;。]{{0,16}}?(?:{_any(pick(dimension, 'borne', 'keep')).pattern})"),
                totals=_any(pick(dimension, "before", "keep")),
                near_capacity=pick(dimension, "near", "capacity"),
                alone=pick(dimension, "alone", "capacity"),
                after_capacity=pick(dimension, "after", "capacity"),
                rest_capacity=_any(pick(dimension, "rest", "capacity")),
            )
        return known

    def _pick(self, dimension: str, side: str, *reasons: str) -> tuple[str, ...]:
        return tuple(
            row["word"]
            for row in self._rows
            if row["side"] == side
            and row["reason"] in reasons
            and (not row["dimension"] or dimension in row["dimension"].split("|"))
        )


def _any(words) -> re.Pattern:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)")


@lru_cache(maxsize=8)
def exclusions(folder: str | None = None) -> Exclusions:
    """Return the rules for the shipped words, or for those of a study's folder."""
    return Exclusions(load("target_exclusions", folder))
