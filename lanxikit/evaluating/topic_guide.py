"""The tables in the guide on topics (docs/topics.md): put there by program, never by hand.

    python -m lanxikit.evaluating.topic_guide          # from the study's stored tables
    python -m lanxikit.evaluating.topic_guide --all    # and all methods fitted anew, some minutes
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from lanxikit.errors import LanxiError
from lanxikit.evaluating.topic_evidence import evidence, markdown, ranged
from lanxikit.messages import tr

GUIDE, STORED, RAW = Path("docs/topics.md"), Path("data/processed"), Path("data/raw")
MOVED = ("dictionary", "stop_words", "unit")


def choice(table: pd.DataFrame) -> str:
    """Write ``topic_choice`` as Markdown, with its verdict.

    Examples
    --------
    >>> names = ("stability", "agreement", "npmi", "c_v")
    >>> row = {f"{name}_{end}": 0.5 for name in names for end in ("mean", "low", "high")}
    >>> print(choice(pd.DataFrame([row | {"n_topics": 8, "method": "nmf", "verdict": "Only one."}])))
    | topics | stability | agreement | NPMI | c_v |
    |---|---|---|---|---|
    | 8 | 0.50 [0.50–0.50] | 0.50 [0.50–0.50] | 0.50 [0.50–0.50] | 0.50 [0.50–0.50] |
    <BLANKLINE>
    > Only one.
    <BLANKLINE>
    """
    table = table[table["method"] == "nmf"]
    lines = ["| topics | stability | agreement | NPMI | c_v |", "|---|---|---|---|---|"]
    for row in table.to_dict("records"):
        cells = [ranged(row, name, f"{name}_mean") for name in ("stability", "agreement", "npmi", "c_v")]
        lines.append(f"| {row['n_topics']} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", f"> {table['verdict'].iloc[0]}", ""])


def sensitivity(table: pd.DataFrame) -> str:
    """Write the settings of ``topic_sensitivity`` that move one thing from the reference."""
    first = table[table["reference"]].iloc[0]
    moved = sum((table[name] != first[name]).astype(int) for name in MOVED)
    titles = ("dictionary", "stop words", "unit", "units", "overlap", "words left", "agreement", "own stability")
    lines = ["| " + " | ".join(titles) + " |", "|---" * len(titles) + "|"]
    for row in table[moved <= 1].to_dict("records"):
        numbers = [f"{row[name]:.2f}" for name in ("overlap", "words_left", "agreement", "stability")]
        lines.append("| " + " | ".join([*(row[name] for name in MOVED), str(row["n_units"]), *numbers]) + " |")
    return "\n".join([*lines, ""])


def chapters(table: pd.DataFrame) -> str:
    """Write ``chapter_agreement`` as Markdown."""
    lines = ["| document | units | chapters | NMI | by chance | ARI |", "|---|---|---|---|---|---|"]
    for row in table.to_dict("records"):
        cells = [row["doc_id"], str(row["n_units"]), str(row["n_chapters"]), ranged(row, "nmi")]
        chance = "–" if pd.isna(row["nmi_chance"]) else f"{row['nmi_chance']:.2f}"
        lines.append("| " + " | ".join([*cells, chance, ranged(row, "ari")]) + " |")
    return "\n".join([*lines, ""])


TABLES = {"topic_choice": choice, "topic_sensitivity": sensitivity, "chapter_agreement": chapters}
"""Stored table → how the guide shows it."""


def stored(folder: Path = STORED) -> dict[str, str]:
    """Return what the guide shows of the tables of a run."""
    return {name: show(pd.read_csv(folder / f"{name}.csv", encoding="utf-8-sig")) for name, show in TABLES.items()}


def renewed(text: str, blocks: Mapping[str, str]) -> str:
    """Put each block between its two marks.

    Raises
    ------
    LanxiError
        A block has no place in the text.

    Examples
    --------
    >>> renewed("a\\n<!-- t -->\\nold\\n<!-- /t -->\\nb", {"t": "new\\n"})
    'a\\n<!-- t -->\\nnew\\n<!-- /t -->\\nb'
    """
    for name, block in blocks.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise LanxiError(
                tr(f"There is no place for the table {name}.", f"没有放表 {name} 的位置。"),
                where=GUIDE,
                todo=tr(f"Write once {begin.strip()} and {end}.", f"请写上 {begin.strip()} 和 {end}，各一次。"),
            )
        text = text.split(begin)[0] + begin + block + end + text.split(end)[1]
    return text


def main() -> None:
    """Renew the tables in the guide."""
    from lanxikit.reading.corpus import read_corpus
    from lanxikit.segmenting.segment import segment

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="fit all methods anew as well")
    parser.add_argument("--stored", type=Path, default=STORED, help=f"tables of a run ({STORED})")
    asked = parser.parse_args()
    blocks = stored(asked.stored)
    if asked.all:
        blocks["topic_evidence"] = markdown(evidence(segment(read_corpus(RAW))))
    GUIDE.write_text(renewed(GUIDE.read_text(encoding="utf-8"), blocks), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
