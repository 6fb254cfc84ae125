"""All benchmarks, or those named: ``python -m benchmarks [NAME …] [--quick]``; each prints one table."""

from __future__ import annotations

import argparse
from importlib import import_module

ALL = ("topics",)
"""Modules of this folder; each has ``table(quick)``, which returns a Markdown table with its heading."""


def main() -> None:
    """Run the benchmarks asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split(":")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of: {', '.join(ALL)}")
    parser.add_argument("--quick", action="store_true", help="small data: whether they run, not what they measure")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in ALL]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are: {', '.join(ALL)}")
    for name in asked.names or ALL:
        print(import_module(f"benchmarks.{name}").table(quick=asked.quick), flush=True)


if __name__ == "__main__":
    main()
