"""Throw damaged and hostile text at the kit: ``python tools/fuzz.py [--inputs 200000] [--jobs 2] [--seed 0]``.

Every input goes through the decoder and the reader of web pages, segmentation at the three grains and every annotating
verb (on sentences and clauses: one in ten). Checked: nothing is raised but a LanxiError; nothing is slower than
--seconds-per-100kB; rows tile the text and join to it; ``pieces`` give a unit's words; annotations point into their
document. Input N of a seed is always the same: ``--seed S --only N`` runs it again and prints it shrunk. What is done
is kept in --summary (JSON) for this code: a broken run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.fuzzing import running  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds-per-100kB", dest="pace", type=float, default=1.0)
    parser.add_argument("--only", type=int, help="run this one input, print it shrunk")
    parser.add_argument("--summary", type=Path, default=ROOT / ".fuzz.json")
    parser.add_argument("--stop-after", type=int, default=500, help="stop after so many failures")
    options = parser.parse_args()
    return running.run(options) if options.only is None else running.only(options)


if __name__ == "__main__":
    raise SystemExit(main())
