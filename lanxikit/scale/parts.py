"""What a run leaves in its folder: a file a table and batch, ``units/part-000012.parquet``, and a receipt a batch.

The receipt is written last and taken away first: where there is one, the batch is whole. It
holds the digest of all that the batch rests on and the SHA-256 of its files, so that nothing
is trusted that has changed since.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit.scale.batch import TABLES, Entry, fingerprint
from lanxikit.study import digests, files

if TYPE_CHECKING:
    import pandas as pd

STATE = ".lanxi"
ABOUT, PLAN, RECEIPTS, DRAFTS = f"{STATE}/about.json", f"{STATE}/plan.jsonl", f"{STATE}/batches", f"{STATE}/drafts"
OWN = {"about.json", "plan.jsonl", "plan.part", "batches", "drafts", "run", "run.lock", "dask", "workers.log"}
"""All that lies in the folder ``.lanxi`` of a run."""
_NUMBERED = re.compile(r"part-(\d{6,})\.parquet|(\d{6,})\.json")


ROOMS = ("reading", "segmenting", "annotating", "scale/batch", "study/tables")


def code() -> str:
    """Return a digest of all code, word lists and packages that the tables rest on."""
    return digests.of(digests.code(ROOMS), digests.packages())


def key(entries: Iterable[Entry], code: str) -> str:
    """Return a digest of all that a batch rests on: which files, their content and ids, and the code."""
    rest = [(one.name, one.doc_id, fingerprint(one), sorted(one.cells.items()), one.fault) for one in entries]
    return digests.of(code, rest)


def part(out: Path, table: str, number: int) -> Path:
    """Return where the rows of a batch lie."""
    return out / table / f"part-{number:06d}.parquet"


def write(
    out: Path, number: int, key: str | None, tables: dict[str, pd.DataFrame], ours: Callable[[], None] = lambda: None
) -> dict:
    """Write the tables of a batch and, when all stand, its receipt; return the receipt.

    Without a key the next run does the batch again. ``ours`` is called before anything is touched, and before each
    file; it raises where the run that asked for the batch is not the one at work any more.
    """
    from lanxikit.study.tables import as_parquet
    from lanxikit.tables import table

    made = {name: as_parquet(tables[name], table(name)) for name in TABLES}
    drafts = out / DRAFTS / uuid.uuid4().hex
    place = _receipt(out, number)
    ours()
    place.unlink(missing_ok=True)
    try:
        for name, data in made.items():
            ours()
            files.write(part(out, name, number), data, draft_in=drafts)
        receipt = {
            "key": key,
            "rows": {name: len(tables[name]) for name in TABLES},
            "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in made.items()},
        }
        ours()
        files.write(place, json.dumps(receipt, indent=1).encode("ascii"), draft_in=drafts)
    finally:
        shutil.rmtree(drafts, ignore_errors=True)
    return receipt


def receipts(out: Path) -> dict[int, dict]:
    """Return the receipts by the number of their batch, in order; one that cannot be read is none."""
    found = {}
    for path in (out / RECEIPTS).glob("*.json"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            receipt = json.loads(path.read_bytes())
            if set(receipt["rows"]) == set(receipt["sha256"]) == set(TABLES) and "key" in receipt:
                found[int(path.stem)] = receipt
    return dict(sorted(found.items()))


def holds(out: Path, number: int, receipt: dict) -> bool:
    """Tell whether the files of a batch are as its receipt says."""
    try:
        return all(files.sha256(part(out, name, number)) == digest for name, digest in receipt["sha256"].items())
    except OSError:
        return False


def settle(out: Path, home: dict[int, int]) -> None:
    """Bring the batches that stand (old number → new) to their numbers and take away all others.

    The order of both numbers is the same, so moving up from above and down from below
    never puts one on another. Killed on the way, the batch being moved has to be done again.
    """
    for path in (out / RECEIPTS).glob("*"):
        if path.suffix != ".json" or not path.stem.isdigit() or int(path.stem) not in home:
            path.unlink()
    up = sorted((old for old in home if home[old] > old), reverse=True)
    down = sorted(old for old in home if home[old] < old)
    for old in (*up, *down):
        for name in TABLES:
            os.replace(part(out, name, old), part(out, name, home[old]))
        os.replace(_receipt(out, old), _receipt(out, home[old]))
    standing = set(home.values())
    for name in TABLES:
        for path in (out / name).glob("part-*.parquet"):
            found = _NUMBERED.fullmatch(path.name)
            if found and int(found[1]) not in standing:
                path.unlink()


def _receipt(out: Path, number: int) -> Path:
    return out / RECEIPTS / f"{number:06d}.json"
