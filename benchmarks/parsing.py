"""Characters a second of reading structure, duties and targets, beside spaCy's sentencizer.

    python -m benchmarks parsing           # 300 documents of 15,000 characters, 3 repeats
    python -m benchmarks.parsing --documents 300 --repeats 3

The documents are grown from the study's five (grown.py), no two alike; but of their lines some four in ten, short ones,
stand in the five as well, which either side has read before. Our side is
``lx.segment``, ``lx.responsibilities`` and ``lx.targets``; theirs is ``spacy.blank("zh")``
with a ``sentencizer``, which cuts characters and sentences and knows nothing of either: once as a user would take the
sentences, a row each of document, start, end and text, and once only counted. Then both in several processes: ours is
``lx.process``, from files to all tables on disk; theirs the same rows of sentences by ``nlp.pipe(n_process=…)``.

Each side reads the texts in a process of its own; the sides take turns, and the order turns with each repeat. Measured
is: a corpus in memory → three tables, or texts in memory → sentences; libraries and word lists are loaded before, by
the five documents on either side, and our corpus is made before too (reading titles and issuers is a stage of its
own; a row of the table has it within the time).
``lx.process`` starts its workers, which load all that, within the time; spaCy's are forked from the loaded process.
Without spaCy our side is timed alone; ``LANXIKIT_SPACY`` may name the Python of an environment that has it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import ROOT, Cost, apart, in_turn, processors, report, spread
from benchmarks.results import Result, faster, grid, rows_of, sentence

JOBS = processors()
SIDES = {
    "lanxikit": "`lx.segment` + `lx.responsibilities` + `lx.targets`",
    "lanxikit-texts": "these, and the corpus made of the texts before",
    "spacy-rows": '`spacy.blank("zh")` + `sentencizer`, a row a sentence',
    "spacy-count": "spaCy, sentences only counted",
    "lanxikit-many": f"`lx.process`, `jobs={JOBS}`: files to all tables on disk",
    "spacy-many": f"spaCy, a row a sentence, `n_process={JOBS}`",
}
PAIRS = (
    ("lanxikit", "spacy-rows"), ("lanxikit", "spacy-count"), ("lanxikit-texts", "spacy-rows"),
    ("lanxikit-many", "spacy-many"),
)  # fmt: skip
HERE = "benchmarks.parsing"
PEER = os.environ.get("LANXIKIT_SPACY", sys.executable)
SIZES = {"quick": (10, 2), "usual": (300, 3), "full": (300, 5)}


def run(how: str = "usual") -> Result:
    """Run the sides in turn."""
    return measure(*SIZES[how])


def measure(n_documents: int, repeats: int, sides: Sequence[str] = tuple(SIDES)) -> Result:
    """Run the sides in turn on so many documents."""
    sides = [side for side in sides if "spacy" not in side or _has_spacy()]
    with TemporaryDirectory() as folder:
        size = _grow(Path(folder), n_documents)

        def do(side: str) -> Cost:
            return apart(HERE, "--side", side, "--folder", folder, python=PEER if "spacy" in side else sys.executable)

        costs = in_turn(sides, repeats, do, "parsing")
    rows, body, below = rows_of("parsing", size, costs), [], []
    for side, runs in costs.items():
        rates = [spread([size / cost[at] / 1e3 for cost in runs], 0) for at in (0, 1)]
        peak = max(cost.peak for cost in runs)
        body.append((SIDES[side], f"{rates[0]} k", f"{rates[1]} k", f"{peak:.2f}", runs[-1].said))
    for ours, theirs in PAIRS:
        if ours in sides and theirs in sides:
            found = faster("parsing", size, costs, ours, theirs)
            rows += found
            below.append(sentence(found, SIDES[ours], SIDES[theirs], 2))
    if not _has_spacy():
        below.append("spaCy is not installed: our side alone (`pip install spacy`, or LANXIKIT_SPACY=PYTHON).")
    title = f"Parsing: {n_documents:,} documents, {size:,} characters, {repeats} repeats in turn"
    head = ("", "characters a second", "… of processor", "peak GB, main process", "")
    return Result(grid(title, head, body, *below), rows)


def ours(corpus) -> str:
    """Read structure, duties and targets."""
    import lanxikit as lx

    units = lx.segment(corpus)
    duties, targets = lx.responsibilities(units), lx.targets(units)
    return f"{len(units):,} rows, {len(duties):,} duties, {len(targets):,} targets"


def ours_of_texts(texts: dict[str, str]) -> str:
    """Read titles, issuers and dates as well."""
    from lanxikit.reading.corpus import from_texts

    return ours(from_texts(texts))


def ours_many(source: Path) -> str:
    """Process files, all tables, in several processes."""
    import lanxikit as lx

    with TemporaryDirectory() as out:
        lx.process(source, out, jobs=JOBS)
        tables = lx.scan(out)
        counts = {name: len(tables[name]) for name in tables}
    return f"{counts['units']:,} rows, {counts['responsibilities']:,} duties; all tables: {sum(counts.values()):,} rows"


def rows_by_spacy(texts: dict[str, str], n_process: int = 1) -> str:
    """Cut into sentences, and take document, start, end and text of each."""
    rows = [
        (name, found.start_char, found.end_char, found.text)
        for doc, name in _sentencizer().pipe(_named(texts), as_tuples=True, n_process=n_process)
        for found in doc.sents
    ]
    return f"{len(rows):,} sentences"


def counted_by_spacy(texts: dict[str, str]) -> str:
    """Cut into sentences, and count them."""
    found = sum(1 for doc in _sentencizer().pipe(texts.values()) for _ in doc.sents)
    return f"{found:,} sentences"


def _named(texts: dict[str, str]) -> Iterable[tuple[str, str]]:
    return ((text, name) for name, text in texts.items())


@cache
def _sentencizer():
    import spacy

    reader = spacy.blank("zh")
    reader.add_pipe("sentencizer")
    return reader


@cache
def _has_spacy() -> bool:
    return subprocess.run([PEER, "-c", "import spacy"], capture_output=True, check=False).returncode == 0


def _grow(folder: Path, n_documents: int) -> int:
    """Write the documents, one file for the sides that read from memory and one each for the other."""
    from benchmarks.grown import documents

    texts = dict(documents(n_documents))
    Path(folder, "documents.json").write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    source = Path(folder, "source")
    source.mkdir()
    for name, text in texts.items():
        (source / f"{name}.txt").write_text(text, "utf-8")
    return sum(map(len, texts.values()))


def _work(side: str, folder: Path) -> None:
    if side == "lanxikit-many":
        report(ours_many, folder / "source")
        return
    texts = json.loads((folder / "documents.json").read_text("utf-8"))
    five = {file.stem: file.read_text("utf-8") for file in sorted((ROOT / "data" / "raw").glob("*.txt"))}
    if side.startswith("lanxikit"):
        from lanxikit.reading.corpus import from_texts

        ours_of_texts(five)
        work, given = (ours, from_texts(texts)) if side == "lanxikit" else (ours_of_texts, texts)
        report(work, given)
    else:
        work = counted_by_spacy if side == "spacy-count" else rows_by_spacy
        work(five)
        report(work, texts, *([JOBS] if side == "spacy-many" else []))


def main() -> None:
    """Print the table; or, in a process of its own, do the work of one side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parsing", description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--repeats", type=int, default=3)
    for inner in ("--side", "--folder"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.side:
        _work(asked.side, Path(asked.folder))
    else:
        print(measure(asked.documents, asked.repeats).markdown)


if __name__ == "__main__":
    main()
