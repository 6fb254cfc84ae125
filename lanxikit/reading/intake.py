"""From a file's bytes to a reading: plain text is decoded, all else is parsed in the workshop or lies on the shelf."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from lanxikit.messages import tr
from lanxikit.reading.decode import decoded
from lanxikit.reading.formats import PLAIN, version_of
from lanxikit.reading.formats.gate import admit, kind
from lanxikit.reading.formats.kept import Shelf
from lanxikit.reading.formats.limits import Limits
from lanxikit.reading.formats.reading import Reading
from lanxikit.reading.formats.workshop import Workshop

_PATIENCE = 2.0  # seconds after which a progress bar appears


class Intake:
    """Reads the files of one corpus.

    Parameters
    ----------
    limits : Limits, optional
    keep : bool
        Whether the texts made are kept beside the files.
    """

    def __init__(self, limits: Limits | None = None, *, keep: bool = True) -> None:
        self.limits, self._keep = limits or Limits(), keep
        self._workshop = Workshop(self.limits)
        self._shelves: dict[Path, Shelf] = {}

    def __enter__(self) -> Intake:
        return self

    def __exit__(self, *_: object) -> None:
        self._workshop.close()
        for shelf in self._shelves.values():
            shelf.close()

    def read(self, path: Path, data: bytes, digest: str, encoding: str | None = None) -> Reading:
        """Read one file.

        Parameters
        ----------
        path : Path
        data : bytes
            Its content.
        digest : str
            SHA-256 of the content.
        encoding : str, optional
            The encoding of a plain text, where it is known.

        Returns
        -------
        Reading
        """
        suffix = path.suffix.lower()
        if suffix in PLAIN:
            return self._plain(path, data, suffix, encoding)
        if not self._keep:
            return self._workshop.read(data, str(path), suffix)
        shelf = self._shelves.get(path.parent)
        if shelf is None:
            shelf = self._shelves[path.parent] = Shelf(path.parent)
        return shelf.reading(path, digest, version_of(suffix), lambda: self._workshop.read(data, str(path), suffix))

    def _plain(self, path: Path, data: bytes, suffix: str, encoding: str | None) -> Reading:
        if kind(data) != "empty":
            admit(data, str(path), suffix, self.limits)
        text, found, lost = decoded(data, path, encoding)
        found = found.removesuffix("-sig")
        if not lost:
            return Reading(text, found)
        note = tr(
            f"{lost} place(s) are damaged and were read as U+FFFD",
            f"有 {lost} 处损坏，读作 U+FFFD",
        )
        return Reading(text, found, (note,))


def counted(files: Sequence[Path]) -> Iterator[Path]:
    """Go through files; when that takes more than two seconds and somebody is watching, show how far we are."""
    watched = sys.stderr is not None and (sys.stderr.isatty() or "JPY_PARENT_PID" in os.environ)
    if len(files) < 2 or not watched:
        yield from files
        return
    from tqdm import tqdm

    yield from tqdm(files, desc=tr("reading", "读取文件"), delay=_PATIENCE, file=sys.stderr, leave=False)
