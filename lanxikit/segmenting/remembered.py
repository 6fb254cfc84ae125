"""What short texts said when they were read before: the same block is asked for its duties more than once."""

from __future__ import annotations

from functools import lru_cache

from lanxikit.segmenting.labels import Part
from lanxikit.segmenting.trailing import trailing

_SHORT = 600  # characters; longer texts do not come again


def duties_behind(text: str, folder: str | None = None) -> tuple[Part, ...]:
    """Return the duties that trail behind a folded paragraph (see :func:`lanxikit.segmenting.trailing.trailing`).

    Examples
    --------
    >>> [part.word for part in duties_behind("建设公园。责任单位:市水务局")]
    ['责任单位']
    """
    return _remembered(text, folder) if len(text) <= _SHORT else tuple(trailing(text, folder))


@lru_cache(maxsize=2048)
def _remembered(text: str, folder: str | None) -> tuple[Part, ...]:
    return tuple(trailing(text, folder))
