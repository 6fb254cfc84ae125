"""What several steps over the same documents ask for, made once: only while one batch is in the making."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
_made: ContextVar[dict | None] = ContextVar("made", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Keep what `shared` makes until the end of the block; nothing outlives it, so that memory stays that of a batch.

    Examples
    --------
    >>> with sharing():
    ...     shared("first", list) is shared("first", list)
    True
    >>> shared("first", list) is shared("first", list)
    False
    """
    before = _made.set({})
    try:
        yield
    finally:
        _made.reset(before)


def is_sharing() -> bool:
    """Tell whether what is made now is kept for the next step."""
    return _made.get() is not None


def shared(key: object, make: Callable[[], T]) -> T:
    """Return what stands under a key, made now if it is not there; what makes it must depend on the key alone."""
    made = _made.get()
    if made is None:
        return make()
    if key not in made:
        made[key] = make()
    return made[key]
