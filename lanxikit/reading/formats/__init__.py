"""Readers of the file types: every module has ``read(data, name) -> Reading`` and raises ReadingError."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

PLAIN = (".txt", ".md")
IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
_MODULES = {".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf", **dict.fromkeys(IMAGES, "ocr")}
_VERSIONS = {"html": 3, "docx": 1, "pdf": 2, "ocr": 1}
"""Raise a reader's number when it makes another text of the same file: what was kept is then read anew."""

READABLE = (*PLAIN, *_MODULES)
OFFICE = (".doc", ".wps", ".wpt", ".dot", ".rtf", ".ofd", ".odt", ".docm", ".mht", ".mhtml")
"""Documents that an office program or a browser must save in another form first."""


def reader_of(suffix: str) -> ModuleType:
    """Import the reader of a file type (``.docx`` …); the plain ones are read by ``decode``."""
    return import_module(f"lanxikit.reading.formats.{_MODULES[suffix.lower()]}")


def version_of(suffix: str) -> str:
    """Return the name and number of a file type's reader.

    Examples
    --------
    >>> version_of(".HTM").split()[0]
    'html'
    """
    name = _MODULES[suffix.lower()]
    # A scan that could not be read for want of the extra is read once it is there.
    extra = " with ocr" if name == "pdf" and reader_of(".png").installed() else ""
    return f"{name} {_VERSIONS[name]}{extra}"
