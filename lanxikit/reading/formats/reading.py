"""What every reader hands over: the text that it made of a file, and remarks on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_listeners: list[Callable[[], None]] = []


def page_done() -> None:
    """Tell whoever waits that a page has been read: the time allowed for a file begins anew.

    To be called by readers of files whose pages take seconds each (scans).
    """
    for listener in _listeners:
        listener()


def on_page(listener: Callable[[], None]) -> None:
    """Have a function called after every page."""
    _listeners.append(listener)


@dataclass(frozen=True)
class Reading:
    """The text of one file.

    Attributes
    ----------
    text : str
        The text; lines end in ``\\n``. All offsets of all tables count in it.
    reader : str
        What read it: ``utf-8``, ``gb18030``, ``html``, ``docx``, ``pdf text``, ``ocr`` …
    notes : tuple of str
        Remarks in plain words, such as “page 3 has no text layer”.

    Examples
    --------
    >>> Reading("一、总则\\n", "html").notes
    ()
    """

    text: str
    reader: str
    notes: tuple[str, ...] = ()
