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
from lanxikit.segmenting.place_costs import (
    BOX,
    DAMAGE,
    LEAVES_BOX,
    MISREAD,
    SWITCH,
    SWITCH_DOWN,
    TITLE,
    Entry,
    State,
    follows,
    opened,
    rank,
    rejected,
)

_BEAM, _NARROW = 6, 2  # readings kept; … of a text with more numbers than _MANY
_MANY = 2500  # a text of ordinary size holds fewer
_SLACK = 3.5  # a reading so much dearer than the best is given up
_DEEPEST = 12  # levels
_KNOWN = 5000  # steps remembered: a list that only repeats itself is searched once
_SETTLED = 15  # so many numbers in a row that cost nothing settle what came before


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


_Step = tuple[int, Marker, int, float, "tuple | None"]
"""What a sign may mean: its depth (-1: no number), the number, the value that it stands for, what it adds to the cost,
and the pair of styles that it makes."""

_Way = tuple[float, tuple, frozenset, "Place | None", str, int]
"""A step with what it leads to: what it adds to the cost, the stack, the pairs seen, the place, its style and value."""

_Move = tuple[float, State, _Way]
"""A way from a state, and before both the cost of all."""

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
    beam = [State(0.0, (), {}, frozenset(), None)]
    before, quiet = beam[0], 0
    width = _BEAM if len(signs) <= _MANY else _NARROW
    known: dict[tuple, list[_Way]] = {}
    numbers: dict[Sign, int] = {}  # of the signs: what is alike is told by its number
    for sign in signs:
        number = numbers.setdefault(sign, len(numbers))
        moves: list[_Move] = []
        for state in beam:
            state = _left(state) if sign.outside else state
            key = state.stack, state.seen, number, *[state.last.get(marker.style) for marker in sign.readings]
            ways = known.get(key)
            if ways is None:
                if len(known) == _KNOWN:
                    known.clear()
                ways = known[key] = [_way(state, step) for step in _steps(state, sign, styles)]
            for way in ways:
                moves.append((state.cost + way[0], state, way))
        if len(moves) > 1:
            moves.sort(key=_TOTAL)
        beam = _best(moves, width)
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


def _best(moves: list[_Move], width: int) -> list[State]:
    """Make the cheapest moves, one for each stack that results."""
    beam: list[State] = []
    stacks: list[tuple] = []  # few: hardly dearer than a set
    limit = moves[0][0] + _SLACK
    for total, state, (_, stack, seen, place, style, value) in moves:
        if total > limit or len(beam) == width:
            break
        if stack not in stacks:
            stacks.append(stack)
            last = state.last
            if place is not None and last.get(style) != value:
                last = {**last, style: value}
            beam.append(State(total, stack, last, seen, (state.back, place)))
    return beam


def _steps(state: State, sign: Sign, styles: Mapping[str, Style]) -> list[_Step]:
    """All that a sign may mean in one reading of what came before."""
    first = sign.readings[0]
    if first.style == BOX:  # stands under whatever is open; the next box closes the one before
        depth = next((at for at, entry in enumerate(state.stack) if entry.style == BOX), len(state.stack))
        return [(depth, first, 0, 0.0, None)]
    if first.damage == 0.0 and first.style != TITLE and (depth := _goes_on(state, first)) is not None:
        return [(depth, first, first.value, 0.0, None)]
    found: list[_Step] = []
    if first.damage >= 0 and not sign.sure:  # below 0: certain
        found.append((-1, first, 0, rejected(first, styles), None))
    for marker in sign.readings:
        _placed(found, state, marker, sign.fresh, styles)
    return found


def _left(state: State) -> State:
    """The state with its box closed."""
    depth = next((at for at, entry in enumerate(state.stack) if entry.style == BOX), None)
    if depth is None:
        return state
    return State(state.cost, state.stack[:depth], state.last, state.seen, state.back)


def _goes_on(state: State, marker: Marker) -> int | None:
    """The depth of the open list that a number goes on with: nothing else need be tried then."""
    stack = state.stack
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if entry.style == BOX:
            return None
        if entry.style == marker.style:
            return depth if follows(entry, marker) == 0.0 else None
    return None


def _placed(found: list[_Step], state: State, marker: Marker, fresh: bool, styles: Mapping[str, Style]) -> None:
    """Every place that a marker can take: in an open list, in place of another one, or below all."""
    stack, style, value = state.stack, marker.style, marker.value
    base = DAMAGE * max(marker.damage, 0.0)
    inside = False  # whether a box was left on the way up
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if entry.style == BOX:
            inside = True
            continue
        start = base + LEAVES_BOX * inside
        if entry.style == style:
            cost = 0.1 if style == TITLE else follows(entry, marker, fresh)
            found.append((depth, marker, value, start + cost, None))
            if cost >= MISREAD:
                found.append((depth, marker, entry.value + 1, start + MISREAD, None))
        elif style != TITLE and not (depth and stack[depth - 1].style == BOX):
            cost, pair = opened(state, depth, marker, styles)
            down = rank(entry.style, styles) < rank(style, styles)
            found.append((depth, marker, value, start + cost + SWITCH + SWITCH_DOWN * down, pair))
    if len(stack) < _DEEPEST:
        cost, pair = opened(state, len(stack), marker, styles)
        found.append((len(stack), marker, value, base + cost, pair))


def _way(state: State, step: _Step) -> _Way:
    """What a step leads to: the same wherever the same stands open."""
    depth, marker, value, cost, pair = step
    if depth < 0:
        return cost, state.stack, state.seen, None, "", 0
    entry = Entry(marker.style, value, marker.ordinal if marker.style == "decimal" else "")
    seen = state.seen if pair is None or pair in state.seen else state.seen | {pair}
    return cost, (*state.stack[:depth], entry), seen, Place(marker, depth, cost), marker.style, value
