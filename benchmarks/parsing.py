"""Characters a second of reading structure, duties and targets, beside spaCy's sentencizer.

    python -m benchmarks parsing           # 300 documents of 15,000 characters, 3 repeats
    python -m benchmarks.parsing --documents 300 --repeats 3

The documents are grown from the study's five (grown.py), each another text: what is
remembered of one helps the next no more than in a real collection. Our side is
``lx.segment``, ``lx.responsibilities`` and ``lx.targets``; theirs is ``spacy.blank("zh")``
with a ``sentencizer``, which cuts characters and sentences and knows nothing of either. Each side reads the texts
in a process of its own; the sides take turns, and the order turns with each repeat. Measured is: a corpus in memory →
three tables, or texts in memory → sentences; libraries and word lists are loaded before, by the five documents
on either side, and our corpus is made before too (reading titles and issuers is a stage of its own).
Without spaCy our side is timed alone; ``LANXIKIT_SPACY`` may name the Python of an environment that has it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import ROOT, Cost, apart, report, spread

SIDES = {
    "lanxikit": "`lx.segment` + `lx.responsibilities` + `lx.targets`",
    "spacy": "`spacy.blank(\"zh\")` + `sentencizer`",
}
HERE = "benchmarks.parsing"
PEER = os.environ.get("LANXIKIT_SPACY", sys.executable)


def ours(corpus) -> str:
    """Read structure, duties and targets."""
    import lanxikit as lx

    units = lx.segment(corpus)
    duties, targets = lx.responsibilities(units), lx.targets(units)
    return f"{len(units):,} rows, {len(duties):,} duties, {len(targets):,} targets"


def theirs(texts: dict[str, str]) -> str:
    """Cut into sentences."""
    found = sum(len(list(doc.sents)) for doc in _sentencizer().pipe(texts.values()))
    return f"{found:,} sentences"


def table(n_documents: int = 300, repeats: int = 3, *, quick: bool = False) -> str:
    """Run the sides in turn; return the table of their costs and the ratio."""
    from tqdm import tqdm

    from benchmarks.grown import documents

    if quick:
        n_documents, repeats = 20, 2
    pair = ["lanxikit", "spacy"] if _has_spacy() else ["lanxikit"]
    costs: dict[str, list[Cost]] = {side: [] for side in pair}
    turns = [side for at in range(repeats) for side in (pair if at % 2 == 0 else pair[::-1])]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "documents.json"
        texts = dict(documents(n_documents))
        size = sum(map(len, texts.values()))
        file.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
        for side in tqdm(turns, desc="parsing", file=sys.stderr, leave=False, disable=None):
            python = PEER if side == "spacy" else sys.executable
            costs[side].append(apart(HERE, "--side", side, "--texts", str(file), python=python))
    lines = [
        f"## Parsing: {n_documents:,} documents, {size:,} characters, {repeats} repeats in turn", "",
        "| | characters a second | … of processor | peak GB | |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for side in pair:
        rates = [spread([size / cost[at] / 1e3 for cost in costs[side]], 0) for at in (0, 1)]
        most = max(cost.peak for cost in costs[side])
        lines.append(f"| {SIDES[side]} | {rates[0]} k | {rates[1]} k | {most:.2f} | {costs[side][-1].said} |")
    if "spacy" in costs:
        both = list(zip(costs["lanxikit"], costs["spacy"], strict=True))
        wall, processor = (spread([b[at] / a[at] for a, b in both], 2) for at in (0, 1))
        lines += ["", f"Ours ÷ spaCy, by repeat: {wall} times the characters a second, {processor} of processor."]
    else:
        lines += ["", "spaCy is not installed: our side alone (`pip install spacy`, or LANXIKIT_SPACY=PYTHON)."]
    return "\n".join([*lines, "Median (lowest–highest); peak: the highest of the repeats.", ""])


def _has_spacy() -> bool:
    return subprocess.run([PEER, "-c", "import spacy"], capture_output=True, check=False).returncode == 0


@cache
def _sentencizer():
    import spacy

    reader = spacy.blank("zh")
    reader.add_pipe("sentencizer")
    return reader


def main() -> None:
    """Print the table; or, in a process of its own, do the work of one side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parsing", description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--repeats", type=int, default=3)
    for inner in ("--side", "--texts"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.side:
        texts = json.loads(Path(asked.texts).read_text("utf-8"))
        five = {file.stem: file.read_text("utf-8") for file in sorted((ROOT / "data" / "raw").glob("*.txt"))}
        if asked.side == "spacy":
            theirs(five)
            report(theirs, texts)
        else:
            from lanxikit.reading.corpus import from_texts

            ours(from_texts(five))
            report(ours, from_texts(texts))
    else:
        print(table(asked.documents, asked.repeats))


if __name__ == "__main__":
    main()
