"""How a source is cut into batches: by the names of its files alone, so that a change stays where it is.

A batch ends behind a file whose name says so (one in so many, by a digest of it), and when it
grows too long. A file more or less changes its own batch, and at most those up to the next such name.
Method: content-defined chunking (Muthitacharoen, Chen and Mazières 2001, A low-bandwidth network file system).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator

from lanxikit.scale.batch import Entry

SIZE = 50
MOST_BYTES = 4_000_000


def batched(entries: Iterable[Entry], size: int = SIZE) -> Iterator[list[Entry]]:
    """Go through batches of ``size`` files on average, of twice as many or 4 MB at most.

    Examples
    --------
    >>> files = [Entry("", f"{number}.txt", "", {}) for number in range(1000)]
    >>> lengths = [len(batch) for batch in batched(files, 10)]
    >>> sum(lengths), max(lengths)
    (1000, 20)
    """
    batch, held = [], 0
    for entry in entries:
        batch.append(entry)
        held += _bytes(entry)
        if len(batch) >= 2 * size or held >= MOST_BYTES or _ends(entry.name, size):
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _ends(name: str, size: int) -> bool:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % size == 0


def _bytes(entry: Entry) -> int:
    with contextlib.suppress(OSError):
        return 0 if entry.fault else os.stat(entry.path).st_size
    return 0
