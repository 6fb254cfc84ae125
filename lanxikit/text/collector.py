"""Python's garbage collector at rest while rows are made, of which nothing is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Keep the collector from searching what is in the making again and again; it is left as it was.

    Examples
    --------
    >>> before = gc.isenabled()
    >>> with resting():
    ...     print(gc.isenabled())
    False
    >>> gc.isenabled() == before
    True
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
