"""What the place of a number costs: what is unlikely in a count, in a list that opens, in a style under another.

The usual order of styles is GB/T 9704-2012 §7.3.3; it weighs in only where the document itself leaves a choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lanxikit.segmenting.markers import Marker, Style

# What is unlikely, and how much.
_MISSING = (0.8, 0.2, 2.4)  # numbers left out: the first, each further one, at most
_TWICE = 1.5  # a number given twice
_BACK = 2.2  # a number below the one before
MISREAD = 2.0  # the number is wrong, the count goes on
_AGAIN = 1.2  # 1 again without anything between
_RUNS_ON = 0.3  # a new list goes on with the count of the last one of its style
_LATE = (1.0, 0.2, 2.0)  # a new list opens at 2, 3 …
_NEW_PAIR = 0.2  # a style under another for the first time
_INVERTED = 1.6  # … against the usual order
_CONTRADICTS = 2.0  # … and against the document's own
_AT_TWO_DEPTHS = 3.0  # a style inside itself
_OTHER_TOP = 0.8  # a second outermost style
SWITCH = 0.5  # a list goes on in another style
SWITCH_DOWN = 1.0  # … in one that usually stands deeper
DAMAGE = 0.8  # a repaired number, times its damage
_NO_NUMBER = 4.0  # a sound number taken for none
_NO_DOUBTFUL = 1.5  # … of a style that also occurs by chance
_NO_REPAIRED = 1.3  # … that had to be repaired
_NO_TITLE = 1.0  # a line that may be a heading without a number is none
LEAVES_BOX = 0.1  # the outer count goes on after a box

_WHOLE = ("digit", "第章", "第节", "cn")  # styles whose number 1.1 takes up

TITLE, BOX = "title", "box"


class Entry(NamedTuple):
    style: str
    value: int
    number: str


class State:
    __slots__ = ("back", "cost", "last", "seen", "stack")

    def __init__(self, cost: float, stack: tuple, last: dict, seen: frozenset, back: tuple | None) -> None:
        self.cost = cost
        self.stack = stack
        self.last = last
        self.seen = seen
        self.back = back


def rejected(marker: Marker, styles: Mapping[str, Style]) -> float:
    if marker.style == TITLE:
        return _NO_TITLE
    if marker.damage:
        return _NO_REPAIRED
    return _NO_DOUBTFUL if styles[marker.style].doubt else _NO_NUMBER


def follows(entry: Entry, marker: Marker, fresh: bool = False) -> float:
    """What it costs that a number follows another in one list."""
    if marker.style == "decimal":
        return _decimal_follows(entry.number, marker.ordinal)
    before, value = entry.value, marker.value
    if value == before + 1 or (value == before and "之" in marker.ordinal):  # 第五条, 第五条之一, 第六条
        return 0.0
    if value == 1:
        return _RUNS_ON if fresh else _AGAIN
    if value > before:
        first, more, most = _MISSING
        return min(first + more * (value - before - 2), most)
    return _TWICE if value == before else _BACK


def _decimal_follows(before: str, now: str) -> float:
    old, new = before.split("."), now.split(".")
    if len(old) != len(new):
        return _BACK
    if old[:-1] == new[:-1]:
        step = int(new[-1]) - int(old[-1])
        return 0.0 if step == 1 else _MISSING[0] if step > 1 else _BACK
    return _RUNS_ON if new[-1] == "1" else _BACK


def opened(state: State, depth: int, marker: Marker, styles: Mapping[str, Style]) -> tuple[float, tuple]:
    """What it costs that a list opens at a depth, and the pair of styles that it makes."""
    stack, style = state.stack, marker.style
    parent = stack[depth - 1] if depth else None
    above = parent.style if parent else ""
    pair = (above, style)
    cost = 0.3 if style == TITLE else _opening(state, parent, marker)
    above_all = [entry.style for entry in stack[:depth]]
    if style == "decimal" and parent and parent.style == "decimal":
        pair = (above, f"{style}{marker.ordinal.count('.')}")
        cost += 0.0 if marker.ordinal.startswith(parent.number + ".") else _INVERTED
    elif style in above_all and BOX not in above_all[above_all.index(style) :]:
        cost += _AT_TWO_DEPTHS
    if pair in state.seen or above == BOX:
        return cost, pair
    if not parent:
        return cost + (_OTHER_TOP if any(not old for old, _ in state.seen) else _NEW_PAIR), pair
    if style != TITLE and above != TITLE and above != style and rank(style, styles) <= rank(above, styles):
        cost += _INVERTED
    if (style, above) in state.seen:
        cost += _CONTRADICTS
    return cost + _NEW_PAIR, pair


def _opening(state: State, parent: Entry | None, marker: Marker) -> float:
    value = marker.value
    if marker.style == "decimal":
        known = parent and parent.style in _WHOLE and marker.ordinal.split(".")[0] == str(parent.value)
        if value == 1:
            return 0.0 if known else _RUNS_ON
        return _LATE[0] if known else _LATE[2]
    if value == 1:
        return 0.0
    if value == state.last.get(marker.style, 0) + 1:
        return 0.0 if marker.style == "第条" else _RUNS_ON
    first, more, most = _LATE
    return min(first + more * (value - 2), most) + _RUNS_ON


def rank(style: str, styles: Mapping[str, Style]) -> int:
    return styles[style].rank if style in styles else 0
