"""The texts that readers made, kept beside the raw files so that every offset stays checkable.

``text/<file name>.txt`` holds the text of a file, ``text/index.csv`` what it was made from and by
what. The same bytes and the same reader: the text is taken from there and nothing is parsed
again. A kept text that somebody has corrected is used as it is.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from lanxikit.messages import refusal, tr
from lanxikit.reading.decode import decode
from lanxikit.reading.formats.reading import Reading

FOLDER, INDEX = "text", "index.csv"
COLUMNS = ("file", "sha256", "reader", "version", "text_sha256", "n_chars", "notes", "text")
BY_HAND = "corrected by hand"
_OFTEN = 2.0  # seconds between two writings of the index
_LONGEST = 200  # bytes of a name; common file systems take 255
_RESERVED = frozenset('<>:"/\\|?*')


class Shelf:
    """The kept texts of one folder of raw files.

    Parameters
    ----------
    folder : Path
        The folder of the raw files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._rows = self._index()
        self._new: dict[str, dict[str, str]] = {}
        self._written = time.monotonic()
        self._warned = False

    def reading(self, path: Path, digest: str, version: str, read: Callable[[], Reading]) -> Reading:
        """Return the kept text of a file, or have it read and keep what comes out.

        Parameters
        ----------
        path : Path
            The raw file.
        digest : str
            SHA-256 of its bytes.
        version : str
            Name and number of the reader that would read it now.
        read : callable
            Reads the file.

        Returns
        -------
        Reading
            ``reader`` ends in “corrected by hand” where the kept text was changed.
        """
        place, row = self._folder / kept_name(path.name), self._rows.get(path.name)
        held = self._held(place)
        same = row is not None and row["sha256"] == digest
        if held is not None and row is not None:
            untouched = _sha(held) == row["text_sha256"]
            if not untouched and _sha(held.replace(b"\r\n", b"\n")) == row["text_sha256"]:
                held, untouched = held.replace(b"\r\n", b"\n"), True  # Git or an editor has changed the line ends only
                self._write(place, held)
            if not untouched and same:
                return self._corrected(held, place, row)
            if not untouched:
                self._set_aside(place)
            elif same and row["version"] == version:
                return Reading(held.decode("utf-8"), row["reader"], _notes(row["notes"]))
        found = read()
        data = found.text.encode("utf-8")
        if held is not None and row is None and held.replace(b"\r\n", b"\n") != data:
            self._set_aside(place)
        if self._write(place, data):
            cells = (
                path.name,
                digest,
                found.reader,
                version,
                _sha(data),
                len(found.text),
                json.dumps(found.notes, ensure_ascii=False),
                place.name,
            )
            self._new[path.name] = dict(zip(COLUMNS, map(str, cells), strict=True))
            if time.monotonic() - self._written > _OFTEN:
                self.close()
        return found

    def _corrected(self, held: bytes, place: Path, row: dict[str, str]) -> Reading:
        warnings.warn(
            tr(
                f"{row['file']}: its text was corrected by hand in {place}; that text is used.",
                f"{row['file']}：其文本 {place} 经人工更正，现采用更正后的文本。",
            ),
            stacklevel=2,
        )
        text, _ = decode(held, place)
        return Reading(text, f"{row['reader']}, {BY_HAND}", _notes(row["notes"]))

    def _set_aside(self, place: Path) -> None:
        """Keep a text that is somebody's work, though it belongs to other bytes than the file has now."""
        number = 1
        while (aside := place.with_name(f"{place.name}.old{number}")).exists():
            number += 1
        try:
            os.replace(place, aside)
        except OSError as error:
            self._complain(error)
            return
        warnings.warn(
            tr(
                f"The file to which {place} belongs has changed since; that text now is {aside.name}.",
                f"{place} 所对应的原文件已变化；原有文本改存为 {aside.name}。",
            ),
            stacklevel=2,
        )

    def _held(self, place: Path) -> bytes | None:
        if place.is_symlink() or place.parent.is_symlink():  # it may lead out of the folder
            return None
        try:
            return place.read_bytes()
        except OSError:
            return None

    def _index(self) -> dict[str, dict[str, str]]:
        if self._folder.is_symlink():
            return {}
        try:
            text = (self._folder / INDEX).read_bytes().decode("utf-8-sig")
            rows = list(csv.DictReader(io.StringIO(text, newline="")))
        except (OSError, UnicodeDecodeError, csv.Error):
            return {}  # no index, or one that nobody can read: the files are read anew
        return {row["file"]: row for row in rows if all(isinstance(row.get(name), str) for name in COLUMNS)}

    def close(self) -> None:
        """Write the index, if there is anything new in it."""
        if not self._new:
            return
        # Read anew, since somebody else may be at work beside us.
        self._rows = self._index() | self._new
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(self._rows[name] for name in sorted(self._rows))
        self._write(self._folder / INDEX, out.getvalue().encode("utf-8", "replace"))
        self._new, self._written = {}, time.monotonic()

    def _write(self, place: Path, data: bytes) -> bool:
        """Write a file whole or not at all; where that cannot be, say so once."""
        draft = place.with_name(
            f".{hashlib.sha256(place.name.encode('utf-8', 'replace')).hexdigest()[:12]}.{os.getpid()}.part"
        )
        try:
            place.parent.mkdir(exist_ok=True)
            if place.parent.is_symlink():
                raise OSError(0, tr("it is a link to another place", "它是指向别处的链接"))
            try:
                draft.write_bytes(data)
                os.replace(draft, place)
            finally:
                with contextlib.suppress(OSError):
                    draft.unlink(missing_ok=True)
        except OSError as error:
            self._complain(error)
            return False
        return True

    def _complain(self, error: OSError) -> None:
        if not self._warned:
            self._warned = True
            warnings.warn(
                tr(
                    f"The texts read cannot be kept in {self._folder} ({refusal(error)}); reading goes on without.",
                    f"读出的文本无法保存到 {self._folder}（{refusal(error)}）；读取继续进行。",
                ),
                stacklevel=2,
            )


def kept_name(name: str) -> str:
    """Return the name under which a file's text is kept; long and odd names are cut and told apart by a digest.

    Examples
    --------
    >>> kept_name("方案.docx")
    '方案.docx.txt'
    """
    data = name.encode("utf-8", "surrogateescape")
    odd = data.decode("utf-8", "replace") != name or _RESERVED & set(name) or not name.isprintable()
    if len(data) <= _LONGEST and not odd:
        return f"{name}.txt"
    plain = "".join(
        char if char.isprintable() and char not in _RESERVED else "_" for char in data.decode("utf-8", "replace")
    )
    short = plain.encode("utf-8")[:120].decode("utf-8", "ignore")
    return f"{short}~{hashlib.sha256(data).hexdigest()[:12]}.txt"


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _notes(cell: str) -> tuple[str, ...]:
    try:
        return tuple(str(note) for note in json.loads(cell))
    except (ValueError, TypeError):
        return ()
