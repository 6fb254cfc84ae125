"""Score the kit on the synthetic documents: ``python -m tests.genre [--bank dev|held-out] [--errors N] [--kind K]``."""

from __future__ import annotations

import argparse
import time
from collections import defaultdict

from .make import BANKS, documents, without_scans
from .mix import SCANS
from .reading import judge
from .scoring import Score

COLUMNS = ("leaves", "paths", "headings", "loose", "duties", "targets", "kinds", "deadlines", "comparators")


def _line(name: str, count: int, score: Score) -> str:
    figures = "  ".join(f"{getattr(score, column).f1:8.3f}" for column in COLUMNS)
    return f"{name:34.34s} {count:4d}  {figures}  {'' if score.tiles else 'NOT TILED'}"


def left_out(scans: bool) -> str:
    """How many documents of the bank were left out, and why."""
    why = without_scans(scans)
    return f"left out: {len(SCANS)} scans, {why}" if why else "left out: none"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.genre", description=__doc__)
    parser.add_argument("--bank", choices=sorted(BANKS), default="dev")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--errors", type=int, default=0, help="show so many errors a document (bank dev only)")
    parser.add_argument("--kind", default="", help="only kinds whose name contains this")
    parser.add_argument("--damage", default="", help="only damage whose name contains this")
    parser.add_argument("--scans", action="store_true", help="also the scans (needs the OCR extra, slow)")
    parser.add_argument("--only", default="", help="show only errors whose line contains this")
    parser.add_argument("--show", action="store_true", help="print the documents' texts (bank dev only)")
    options = parser.parse_args()
    started = time.time()
    wanted = [
        d
        for d in documents(options.seed, options.bank, scans=not without_scans(options.scans))
        if options.kind in d.kind and options.damage in d.damage
    ]
    by_kind, by_damage, whole = defaultdict(Score), defaultdict(Score), Score()
    sizes: dict[str, int] = defaultdict(int)
    for document, score in judge(wanted):
        for name, group in (("kind " + document.kind, by_kind), ("damage " + document.damage, by_damage)):
            group[name].add(score)
            sizes[name] += 1
        whole.add(score)
        if options.bank == "dev" and options.show:
            print(f"===== {document.name} {document.region.name}\n{document.text}\n")
        errors = [error for error in score.errors if options.only in error]
        if options.bank == "dev" and options.errors and errors:
            print(f"===== {document.name} ({document.region.name}): {len(errors)} errors")
            print("\n".join(errors[: options.errors]))
    print(" " * 34, "docs", "".join(f"{column:>10s}" for column in COLUMNS))
    for group in (by_kind, by_damage):
        for name, score in group.items():
            print(_line(name, sizes[name], score))
    print(_line("ALL " + options.bank, len(wanted), whole))
    print(
        f"{len(wanted)} documents scored ({left_out(options.scans)}), {sum(len(d.leaves) for d in wanted)} leaves, {sum(len(x.duties) for d in wanted for x in d.leaves)} duties, "
        f"{sum(len(x.targets) for d in wanted for x in d.leaves)} targets, {time.time() - started:.0f} s"
    )


if __name__ == "__main__":
    main()
