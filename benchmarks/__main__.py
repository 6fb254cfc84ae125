"""All benchmarks, or those named: ``python -m benchmarks [NAME …] [--quick | --full] [--write]``.

Each prints its tables; ``--write`` also keeps them, with all their numbers, in ``docs/``.
"""

from __future__ import annotations

import argparse
from importlib import import_module

from benchmarks.measured import ROOT
from benchmarks.results import Result, write

ALL = ("startup", "tokenizing", "parsing", "topics", "comparing", "growth")
"""Modules of this folder; each has ``run(how)``, which returns a `Result`; ``how``: quick, usual or full."""
BY_NAME = ("killed",)
"""Run when named only."""


def main() -> None:
    """Run the benchmarks asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split(":")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of: {', '.join((*ALL, *BY_NAME))}")
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--quick", action="store_true", help="small data: whether they run, not what they measure")
    amount.add_argument("--full", action="store_true", help="growth to 100,000 documents too: an hour or so")
    parser.add_argument("--write", action="store_true", help="keep the results in docs/benchmarks.*")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in (*ALL, *BY_NAME)]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are: {', '.join((*ALL, *BY_NAME))}")
    if asked.quick and asked.write:
        parser.error("numbers of --quick measure nothing and are not kept")
    for name in asked.names or ALL:
        result = run(name, "quick" if asked.quick else "full" if asked.full else "usual")
        print(result.markdown, flush=True)
        if asked.write:
            write(ROOT / "docs", {name: result})


def run(name: str, how: str = "usual") -> Result:
    """Run one benchmark."""
    return import_module(f"benchmarks.{name}").run(how)


if __name__ == "__main__":
    main()
