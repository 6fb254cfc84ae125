"""Codebooks as files: YAML (label → seed words), or a table like the shipped one."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from lanxikit import lexicons
from lanxikit.errors import LexiconError
from lanxikit.lexicons import yaml_lists
from lanxikit.messages import tr

ENDINGS = (*yaml_lists.ENDINGS, ".tsv")


def load(path: str | PathLike) -> dict[str, list[str]]:
    """Read a codebook from a file.

    Parameters
    ----------
    path : path
        ``.yaml`` or ``.yml``: a label a line, its seed words as a list or separated by
        blanks. ``.tsv``: the columns ``label`` and ``seeds``, words separated by blanks.

    Returns
    -------
    dict
        Label → seed words, in the order of the file.

    Raises
    ------
    LexiconError
        No such file, another ending, no YAML, a label given twice, or a label or word
        that YAML takes for something else than text (``no``, ``2025``) and that needs
        quotation marks.

    Notes
    -----
    YAML is read with the safe loader: a codebook can hold text and nothing that runs.
    """
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise _wrong(
            path,
            tr("A codebook file ends in ", "编码本文件的扩展名应为 ") + ", ".join(ENDINGS) + tr(".", "。"),
            tr("Rename it, or give a dict: label → seed words.", "请改名，或直接给出字典：标签 → 种子词。"),
        )
    if not path.is_file():
        raise _wrong(
            path, tr("There is no such codebook.", "没有这个编码本文件。"), tr("Check the path.", "请检查路径。")
        )
    if path.suffix.lower() == ".tsv":
        rows = lexicons.rows_of(path)
        if rows and not {"label", "seeds"} <= set(rows[0]):
            raise _wrong(
                path,
                tr("The table lacks the columns label and seeds.", "表中缺少 label 和 seeds 列。"),
                tr("Name them so in the first line.", "请在首行写明这两个列名。"),
            )
        pairs = [(row["label"], row["seeds"].split()) for row in rows]
    else:
        pairs = yaml_lists.pairs(path)
    twice = sorted({label for label, _ in pairs if sum(label == other for other, _ in pairs) > 1})
    if twice:
        raise _wrong(
            path,
            tr("Labels stand twice: ", "标签重复：") + "、".join(twice),
            tr("Give each label once, with all its words.", "每个标签只写一次，把词都列在它下面。"),
        )
    return dict(pairs)


def _wrong(where: object, what: str, todo: str) -> LexiconError:
    return LexiconError(what, where=where, todo=todo)
