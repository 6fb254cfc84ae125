"""The command ``lanxikit evaluate``: the study's corpus against its gold annotations."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pandas as pd

from lanxikit.evaluating import annotations, baselines, report, structure
from lanxikit.evaluating.gold import belongs, read_gold
from lanxikit.evaluating.links import differing_links
from lanxikit.messages import tr

TOP = 10  # what lx.compare keeps unless told otherwise


def main(argv: list[str] | None = None) -> int:
    """Print every measure; with ``--errors`` also each wrong and missing answer."""
    parser = argparse.ArgumentParser(
        prog="lanxikit evaluate",
        description=tr(
            "Score the kit on the gold annotations.", "用 data/gold 的标注（语言模型所作，未经专家复核）检验本工具。"
        ),
    )
    parser.add_argument("--raw", default="data/raw", help=tr("folder of the documents", "文件所在文件夹"))
    parser.add_argument("--gold", default="data/gold", help=tr("folder of the annotations", "标注所在文件夹"))
    parser.add_argument("--errors", action="store_true", help=tr("list what differs", "列出不一致之处"))
    parser.add_argument(
        "--markdown", action="store_true", help=tr("print the tables of the README", "打印 README 中的两张表")
    )
    parser.add_argument("--part", choices=("annotations", "alignment", "all"), default="all")
    options = parser.parse_args(argv)
    rows, differing = evaluate(options.raw, options.gold, part=options.part)
    if options.markdown:
        print(report.markdown(report.main(rows)), report.markdown(rows), sep="\n\n")
        return 0
    print(report.text(rows))
    if report.only_as_shipped(rows):
        print(tr(
            "Too few annotated links to fit without each document in turn: those measures are left out.",
            "已标注的对应关系太少，无法逐份文件留出拟合：相关指标从略。",
        ))  # fmt: skip
    print(tr(
        "Gold: two independent passes by a language model; no human expert has checked it (data/gold/README.md).",
        "标注由语言模型独立两遍完成，尚无专家复核（见 data/gold/README.md）。",
    ))  # fmt: skip
    if options.errors:
        for name, table in differing.items():
            print(f"\n{name}\n{table.to_string(index=False) if len(table) else '-'}")
    return 0


def evaluate(raw: str | os.PathLike, gold_folder: str | os.PathLike, *, part: str = "all"):
    """Run the stages on the documents of a folder and score them.

    Returns
    -------
    tuple
        The rows of the report, and the tables of what differs, by name.
    """
    import lanxikit as lx

    gold = read_gold(Path(gold_folder))
    corpus = lx.read_corpus(raw)
    belongs(gold, corpus.doc_ids)
    units = lx.segment(corpus)
    rows: list[tuple] = []
    differing = {}
    if part != "alignment":
        duties, goals = lx.responsibilities(units), lx.targets(units)
        rows += report.structure_rows(corpus, units, gold)
        rows += report.annotation_rows(duties, goals, units, gold)
        differing["units"] = structure.differing_units(units, gold)
        differing["responsibilities"] = annotations.responsibility_counts(duties, units, gold)[1]
        differing["targets"] = annotations.target_counts(goals, gold)[1]
    if part != "annotations" and len(gold.alignment):
        above = gold.alignment["upper_unit"].str.split("#").str[0]
        upper = units[units["doc_id"].isin(set(above) - {""})]
        lower = units[~units["doc_id"].isin(set(above))]
        kit = {way: _compared(upper, lower, encoder) for way, encoder in (("", "auto"), (report.WITHOUT, None))}
        if not kit[""].encoded:
            del kit[""]
        rows += report.alignment_rows(kit, baselines.baselines(upper, lower), gold)
        links = next(iter(kit.values())).links
        modes = gold.refinement_modes.rename(columns={"upper_unit": "upper_id", "lower_unit": "lower_id"})
        known = set(units["unit_id"])
        pairs = modes.loc[modes["upper_id"].isin(known) & modes["lower_id"].isin(known), ["upper_id", "lower_id"]]
        rows += report.facet_rows(lx.refine(links, upper, lower), lx.refine(pairs, upper, lower), gold)
        differing["links"] = differing_links(links, gold.alignment)
    return rows, differing


def _compared(upper: pd.DataFrame, lower: pd.DataFrame, encoder: str | None) -> report.Compared:
    """Score all pairs at once; the links rest on the ten best to a leaf, as ``lx.compare`` gives them."""
    import lanxikit as lx

    every = lx.compare(upper, lower, top=max(int(upper["is_leaf"].sum()), 1), encoder=encoder)
    links = lx.align(every[every["rank"] <= TOP])
    return report.Compared(every, links, bool(every["semantic"].notna().any()))
