"""What a result rests on besides its input files: our code, our word lists, other people's packages.

A stage is made again when its digest changes. The digest covers the rooms of the house
that the stage works in and those they name in turn; a change elsewhere leaves it alone.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HOUSE = Path(__file__).parent.parent
GROUND = ("errors", "fonts", "gazetteer", "lexicons", "messages", "tables", "text")
PACKAGES = (
    "ahocorasick-rs", "cn2an", "defusedxml", "gensim", "ipykernel", "jieba", "lxml", "matplotlib", "nbclient",
    "nbconvert", "networkx", "numpy", "onnxruntime", "pandas", "pandera", "pdfplumber", "pyarrow",
    "pylopdf-fonts-zh-cn", "pypdfium2", "python-docx", "pyyaml", "rapidfuzz", "rapidocr", "rjieba", "scikit-learn",
    "scipy", "seaborn", "sparse-dot-topn", "tomotopy", "trafilatura",
)  # fmt: skip
"""Packages of which another version may give another number or another picture."""

_NAMED = re.compile(rb"lanxikit(?:\.| import )(\w+)")


def code(rooms: Iterable[str]) -> str:
    """Return a digest of the source and word lists of these rooms, the ground floor and all rooms they name.

    Parameters
    ----------
    rooms : iterable of str
        Packages or modules in ``lanxikit``, such as ``"reading"``; ``"study/tables"``
        names one module of the study layer.

    Examples
    --------
    >>> code(["reading"]) == code(["reading"]) != code(["segmenting"])
    True
    """
    asked, seen = [*GROUND, *rooms], set()
    while asked:
        room = asked.pop()
        if room not in seen and room != "study":
            seen.add(room)
            asked += _named(room)
    total = hashlib.sha256()
    for room in sorted(seen):
        total.update(_room(room).encode())
    return total.hexdigest()


@cache
def rooms() -> tuple[str, ...]:
    """Return all packages and modules of lanxikit but the study layer."""
    names = {path.stem for path in HOUSE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    return tuple(sorted(names - {"study"}))


@cache
def packages() -> dict[str, str]:
    """Return the versions of Python and of the packages that results rest on."""
    return {"python": ".".join(map(str, sys.version_info[:2]))} | {name: _version(name) for name in PACKAGES}


def of(*parts: object) -> str:
    """Return one digest of several values."""
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()


def _files(room: str) -> list[Path]:
    folder, module = HOUSE / room, HOUSE / f"{room}.py"
    if folder.is_dir():
        return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".md"))
    return [module] if module.is_file() else []


@cache
def _room(room: str) -> str:
    total = hashlib.sha256()
    for path in _files(room):
        # Line ends are levelled, so that a checkout on another system gives the same digest.
        total.update(path.relative_to(HOUSE).as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()


@cache
def _named(room: str) -> list[str]:
    text = b"".join(path.read_bytes() for path in _files(room) if path.suffix == ".py")
    return sorted({name.decode() for name in _NAMED.findall(text)})


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
