"""What there is to do: every batch of the source, and which of them stand from an earlier run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lanxikit.scale import parts
from lanxikit.scale.batch import Entry
from lanxikit.study import files


@dataclass(frozen=True)
class Plan:
    """The batches of a source, one after another in a file, so that their number does not matter.

    Parameters
    ----------
    file : Path
        A line of JSON a batch: its entries.
    batches, documents : int
        How many there are.
    home : dict of int to int
        The batches that stand: the number they have, and the number they are to have.
    kept : int
        How many documents those hold.
    """

    file: Path
    batches: int
    documents: int
    home: dict[int, int]
    kept: int

    def due(self) -> set[int]:
        """Return the numbers of the batches that have to be done."""
        return set(range(self.batches)) - set(self.home.values())

    def entries(self, numbers: Container[int]) -> Iterator[tuple[int, list[list]]]:
        """Go through some batches: number and entries."""
        with self.file.open(encoding="ascii") as lines:
            for number, line in enumerate(lines):
                if number in numbers:
                    yield number, json.loads(line)


def plan(out: Path, batches: Iterable[list[Entry]], code: str) -> Plan:
    """Note all batches and find those of which the receipt still holds: same files, same code, results untouched.

    Parameters
    ----------
    out : Path
        The folder of the results.
    batches : iterable of list of Entry
    code : str
        Digest of code and packages.
    """
    known = parts.receipts(out)
    by_key = {receipt["key"]: number for number, receipt in known.items() if receipt["key"]}
    home: dict[int, int] = {}
    count = documents = kept = 0
    (out / parts.STATE).mkdir(parents=True, exist_ok=True)
    file, last = out / parts.PLAN, -1
    draft = file.with_suffix(".part")
    with draft.open("w", encoding="ascii") as lines:
        for number, entries in enumerate(batches):
            lines.write(json.dumps(entries) + "\n")
            count, documents = number + 1, documents + len(entries)
            old = by_key.get(parts.key(entries, code)) if by_key else None
            if old is not None and old > last and parts.holds(out, old, known[old]):
                home[old], last, kept = number, old, kept + len(entries)
    draft.replace(file)
    return Plan(file, count, documents, home, kept)


def amiss(out: Path, plan: Plan, told: Mapping[int, dict]) -> set[int]:
    """Return the batches whose receipt or files are not what was made for this run.

    On a cluster a worker may outlive the run that gave it its task, and another be given the same task when it seems
    lost. What such a latecomer has put in the place of ours is found here.

    Parameters
    ----------
    out : Path
    plan : Plan
    told : mapping of int to dict
        The receipt of each batch, as it was told to us.
    """
    lying = parts.receipts(out)
    return {
        number
        for number in range(plan.batches)
        if number not in told or lying.get(number) != told[number] or not parts.holds(out, number, told[number])
    }


def settled(out: Path, plan: Plan) -> bool:
    """Tell whether nothing is to be done: all batches stand in their places, and nothing else does."""
    about = read_about(out)
    same = len(plan.home) == plan.batches and all(old == new for old, new in plan.home.items())
    return same and len(parts.receipts(out)) == plan.batches and about is not None and about["complete"]


def read_about(out: Path) -> dict | None:
    """Return what a run says of itself; nothing if there has been none."""
    try:
        about = json.loads((out / parts.ABOUT).read_bytes())
        return about if isinstance(about, dict) and isinstance(about.get("complete"), bool) else None
    except (OSError, ValueError):
        return None


def write_about(out: Path, **said: object) -> None:
    """Say what the folder holds and whether it is complete."""
    data = json.dumps(said, ensure_ascii=True, indent=1).encode("ascii")
    files.write(out / parts.ABOUT, data, draft_in=out / parts.DRAFTS)


def clear(out: Path) -> None:
    """Take away what only a run in progress needs."""
    for name in (parts.DRAFTS, f"{parts.STATE}/run", f"{parts.STATE}/dask"):
        shutil.rmtree(out / name, ignore_errors=True)
