"""How deep each number of a document stands: a search over the consistent readings of all numbers.

A reading gives every number its place in a stack of styles (一、 holds （一） holds 1.) or
takes it for no number at all. What is unlikely costs: a gap in the count, a count that
starts again, a style inside one that it held before, a repaired character. The search
keeps the few cheapest readings as it goes through the numbers once (a beam), so later
numbers settle earlier ones. The idea is that of the depth solver of ``regulations-parser``
(eregs, 18F/CFPB), there a constraint solver; the usual order of styles is GB/T 9704-2012
§7.3.3, which weighs in only where the document itself leaves a choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from lanxikit.segmenting.markers import Marker, Style

_BEAM = 6
_SLACK = 3.5  # a reading so much dearer than the best is given up
_DEEPEST = 12  # levels
_SETTLED = 15  # so many numbers in a row that cost nothing settle what came before

# What is unlikely, and how much.
_MISSING = (0.8, 0.2, 2.4)  # numbers left out: the first, each further one, at most
_TWICE = 1.5  # a number given twice
_BACK = 2.2  # a number below the one before
_MISREAD = 2.0  # the number is wrong, the count goes on
_AGAIN = 1.2  # 1 again without anything between
_RUNS_ON = 0.3  # a new list goes on with the count of the last one of its style
_LATE = (1.0, 0.2, 2.0)  # a new list opens at 2, 3 …
_NEW_PAIR = 0.2  # a style under another for the first time
_INVERTED = 1.6  # … against the usual order
_CONTRADICTS = 2.0  # … and against the document's own
_AT_TWO_DEPTHS = 3.0  # a style inside itself
_OTHER_TOP = 0.8  # a second outermost style
_SWITCH = 0.5  # a list goes on in another style
_SWITCH_DOWN = 1.0  # … in one that usually stands deeper
_DAMAGE = 0.8  # a repaired number, times its damage
_NO_NUMBER = 4.0  # a sound number taken for none
_NO_DOUBTFUL = 1.5  # … of a style that also occurs by chance
_NO_REPAIRED = 1.3  # … that had to be repaired
_NO_TITLE = 1.0  # a line that may be a heading without a number is none
_LEAVES_BOX = 0.1  # the outer count goes on after a box

_WHOLE = ("digit", "第章", "第节", "cn")  # styles whose number 1.1 takes up

TITLE, BOX = "title", "box"


class Sign(NamedTuple):
    """What may be a number: its readings; or a line that may be a heading, or a box, without one."""

    readings: tuple[Marker, ...]
    fresh: bool = False  # something stands before it after which a count may start again
    outside: bool = False  # it stands behind the box that was open
    sure: bool = False  # it is a number, whatever its place costs


class Place(NamedTuple):
    """The place of a sign: its reading, its depth (0 the outermost), and what the reading cost."""

    marker: Marker
    depth: int
    cost: float


class _Entry(NamedTuple):
    style: str
    value: int
    number: str


class _State:
    __slots__ = ("back", "cost", "last", "seen", "stack")

    def __init__(self, cost: float, stack: tuple, last: dict, seen: frozenset, back: tuple | None) -> None:
        self.cost = cost
        self.stack = stack
        self.last = last
        self.seen = seen
        self.back = back


_Move = tuple[float, _State, int, Marker, int, float, "tuple | None"]
"""A step of a reading: its cost with all before, the state before, the place (depth -1: no number), the number, the
value that it stands for, what it adds to the cost, and the pair of styles that it makes."""

_TOTAL = itemgetter(0)


def places(signs: Sequence[Sign], styles: Mapping[str, Style]) -> list[Place | None]:
    """Find the place of every sign.

    Parameters
    ----------
    signs : sequence of Sign
        In the order of the document.
    styles : mapping
        From :func:`lanxikit.segmenting.markers.styles`.

    Returns
    -------
    list of Place or None
        None for what is no number.

    Examples
    --------
    >>> from lanxikit.segmenting.markers import readings, styles
    >>> lines = ["—、总则", "(一)目标", "1.甲", "2.乙", "(二)原则", "二、任务", "3.丙"]
    >>> found = places([Sign(readings(line)) for line in lines], styles())
    >>> [(place.marker.ordinal, place.depth) for place in found]
    [('一', 0), ('一', 1), ('1', 2), ('2', 2), ('二', 1), ('二', 0), ('3', 1)]
    """
    beam = [_State(0.0, (), {}, frozenset(), None)]
    before, quiet = beam[0], 0
    for sign in signs:
        moves: list[_Move] = []
        for state in beam:
            _moves(moves, _left(state) if sign.outside else state, sign, styles)
        moves.sort(key=_TOTAL)
        beam = _best(moves)
        best = beam[0]
        quiet = quiet + 1 if best.back[0] is before.back and best.cost == before.cost else 0
        if quiet >= _SETTLED:
            beam = [state for state in beam if state.cost <= best.cost]
        before = best
    found: list[Place | None] = []
    back = beam[0].back
    while back is not None:
        back, place = back
        found.append(place)
    return found[::-1]


def _best(moves: list[_Move]) -> list[_State]:
    """Make the cheapest moves, one for each stack that results."""
    beam: list[_State] = []
    stacks: set[tuple] = set()
    limit = moves[0][0] + _SLACK
    for move in moves:
        if move[0] > limit or len(beam) == _BEAM:
            break
        new = _made(move)
        if new.stack not in stacks:
            stacks.add(new.stack)
            beam.append(new)
    return beam


def _moves(found: list[_Move], state: _State, sign: Sign, styles: Mapping[str, Style]) -> None:
    """All that a sign may mean in one reading of what came before."""
    first = sign.readings[0]
    if first.style == BOX:  # stands under whatever is open; the next box closes the one before
        depth = next((at for at, entry in enumerate(state.stack) if entry.style == BOX), len(state.stack))
        found.append((state.cost, state, depth, first, 0, 0.0, None))
        return
    if first.damage == 0.0 and first.style != TITLE and (depth := _goes_on(state, first)) is not None:
        found.append((state.cost, state, depth, first, first.value, 0.0, None))
        return
    if first.damage >= 0 and not sign.sure:  # below 0: certain
        found.append((state.cost + _rejected(first, styles), state, -1, first, 0, 0.0, None))
    for marker in sign.readings:
        _placed(found, state, marker, sign.fresh, styles)


def _left(state: _State) -> _State:
    """The state with its box closed."""
    depth = next((at for at, entry in enumerate(state.stack) if entry.style == BOX), None)
    if depth is None:
        return state
    return _State(state.cost, state.stack[:depth], state.last, state.seen, state.back)


def _goes_on(state: _State, marker: Marker) -> int | None:
    """The depth of the open list that a number goes on with: nothing else need be tried then."""
    stack = state.stack
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if entry.style == BOX:
            return None
        if entry.style == marker.style:
            return depth if _follows(entry, marker) == 0.0 else None
    return None


def _rejected(marker: Marker, styles: Mapping[str, Style]) -> float:
    if marker.style == TITLE:
        return _NO_TITLE
    if marker.damage:
        return _NO_REPAIRED
    return _NO_DOUBTFUL if styles[marker.style].doubt else _NO_NUMBER


def _placed(found: list[_Move], state: _State, marker: Marker, fresh: bool, styles: Mapping[str, Style]) -> None:
    """Every place that a marker can take: in an open list, in place of another one, or below all."""
    stack, style, value = state.stack, marker.style, marker.value
    base = state.cost + _DAMAGE * max(marker.damage, 0.0)
    inside = False  # whether a box was left on the way up
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if entry.style == BOX:
            inside = True
            continue
        start = base + _LEAVES_BOX * inside
        if entry.style == style:
            cost = 0.1 if style == TITLE else _follows(entry, marker, fresh)
            found.append((start + cost, state, depth, marker, value, start - state.cost + cost, None))
            if cost >= _MISREAD:
                cost = start - state.cost + _MISREAD
                found.append((state.cost + cost, state, depth, marker, entry.value + 1, cost, None))
        elif style != TITLE and not (depth and stack[depth - 1].style == BOX):
            cost, pair = _opened(state, depth, marker, styles)
            down = _rank(entry.style, styles) < _rank(style, styles)
            cost += start - state.cost + _SWITCH + _SWITCH_DOWN * down
            found.append((state.cost + cost, state, depth, marker, value, cost, pair))
    if len(stack) < _DEEPEST:
        cost, pair = _opened(state, len(stack), marker, styles)
        cost += base - state.cost
        found.append((state.cost + cost, state, len(stack), marker, value, cost, pair))


def _made(move: _Move) -> _State:
    total, state, depth, marker, value, cost, pair = move
    if depth < 0:
        return _State(total, state.stack, state.last, state.seen, (state.back, None))
    entry = _Entry(marker.style, value, marker.ordinal if marker.style == "decimal" else "")
    last = state.last
    if last.get(marker.style) != value:
        last = {**last, marker.style: value}
    seen = state.seen if pair is None or pair in state.seen else state.seen | {pair}
    stack, back = (*state.stack[:depth], entry), (state.back, Place(marker, depth, cost))
    return _State(total, stack, last, seen, back)


def _follows(entry: _Entry, marker: Marker, fresh: bool = False) -> float:
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


def _opened(state: _State, depth: int, marker: Marker, styles: Mapping[str, Style]) -> tuple[float, tuple]:
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
    if style != TITLE and above != TITLE and above != style and _rank(style, styles) <= _rank(above, styles):
        cost += _INVERTED
    if (style, above) in state.seen:
        cost += _CONTRADICTS
    return cost + _NEW_PAIR, pair


def _opening(state: _State, parent: _Entry | None, marker: Marker) -> float:
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


def _rank(style: str, styles: Mapping[str, Style]) -> int:
    return styles[style].rank if style in styles else 0
