"""What reaches the terminal: characters it cannot show are written as escapes, and names cannot steer it."""

from __future__ import annotations

import contextlib
import re
import sys
import warnings
from collections.abc import Iterator

# Control characters, line separators, and signs that turn the direction of writing.
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: object, *, lines: bool = False) -> str:
    r"""Return a text with nothing in it that a terminal obeys.

    Parameters
    ----------
    text : object
        A name, a path, a message.
    lines : bool
        Whether it may go over several lines.

    Examples
    --------
    >>> print(plain("方案\x1b[2J\n（二）.txt"))
    方案\x1b[2J\n（二）.txt
    """
    pattern = _BUT_LINES if lines else _STEERING
    return pattern.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), str(text))


@contextlib.contextmanager
def speaking() -> Iterator[None]:
    """Let output never fail for the terminal's encoding, and warnings be a line each, without the place in the code."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # none, closed, or put there by somebody else
            stream.reconfigure(errors="backslashreplace")
    before = warnings.formatwarning
    warnings.formatwarning = lambda message, *_, **__: plain(message) + "\n"
    try:
        yield
    finally:
        warnings.formatwarning = before
