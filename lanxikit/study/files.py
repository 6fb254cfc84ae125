"""Files as the study trusts them: written whole or not at all, known by their SHA-256."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(path: Path, data: bytes, *, draft_in: Path | None = None) -> None:
    """Put bytes into a file so that it always holds the old content or the new, never half of it.

    The draft is written beside the file, or in the folder ``draft_in`` of the same disk:
    there it troubles nobody if we are killed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = (draft_in or path.parent) / f".{path.name}.{os.getpid()}.part"
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        with draft.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def move(source: Path, target: Path) -> None:
    """Let a finished file take its place; the old one, if any, goes in the same instant."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(source, target)


def listed(folder: Path, pattern: str = "*") -> Iterator[Path]:
    """Go through the files of a folder and the folders in it, in order of their names; hidden ones left out."""
    found = (path for path in folder.rglob(pattern) if path.is_file())
    hidden = (".", "~$")
    return iter(sorted(path for path in found if not any(p.startswith(hidden) for p in path.relative_to(folder).parts)))
