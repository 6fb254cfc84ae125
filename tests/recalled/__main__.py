"""Score the kit on documents written from memory: ``python -m tests.recalled [--set first|second|third] [--errors]``."""

from __future__ import annotations

import argparse

from .scoring import SETS, documents, f1, total


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.recalled", description=__doc__)
    parser.add_argument("--set", choices=SETS, default=None)
    parser.add_argument("--errors", action="store_true", help="list what differs")
    parser.add_argument("--name", default="", help="only documents whose name contains this")
    options = parser.parse_args()
    for which in [options.set] if options.set else SETS:
        chosen = [document for document in documents(which) if options.name in document["name"]]
        whole, differences = total(chosen)
        for name, errors in differences.items():
            if options.errors and errors:
                print(f"===== {name}\n  " + "\n  ".join(errors))
        for name, (right, wanted, said) in whole.items():
            print(f"{which:7s} {name:10s} F1 {f1(right, wanted, said):.3f}  right {right}  wanted {wanted}  said {said}")
        print(f"{which:7s} {len(chosen)} documents")


if __name__ == "__main__":
    main()
