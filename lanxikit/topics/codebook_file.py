"""Codebooks as files: YAML (label → seed words), or a table like the shipped one."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from lanxikit import lexicons
from lanxikit.errors import LexiconError
from lanxikit.messages import tr

ENDINGS = (".yaml", ".yml", ".tsv")


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
        pairs = _from_yaml(path)
    twice = sorted({label for label, _ in pairs if sum(label == other for other, _ in pairs) > 1})
    if twice:
        raise _wrong(
            path,
            tr("Labels stand twice: ", "标签重复：") + "、".join(twice),
            tr("Give each label once, with all its words.", "每个标签只写一次，把词都列在它下面。"),
        )
    return dict(pairs)


def _from_yaml(path: Path) -> list[tuple[str, list[str]]]:
    import yaml

    try:
        root = yaml.compose(_decoded(path), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = path if mark is None else f"{path}:{mark.line + 1}"
        raise _wrong(
            place,
            tr("This is no YAML: ", "不是有效的 YAML：") + str(getattr(error, "problem", None) or error),
            tr(
                "Write a label, a colon and a blank, and the words in [ ] or as a list below it.",
                "请写“标签: [词, 词]”，或在标签下逐行列出词；冒号用半角，后面空一格。",
            ),
        ) from None
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise _wrong(
            path,
            tr("The file holds no labels with words.", "文件中没有“标签: 词”的结构。"),
            tr(
                "Write a label, a colon and a blank, then its words.",
                "请写“标签: [词, 词]”，冒号用半角，后面空一格。",
            ),
        )
    return [(_text(key, path), _words(value, path)) for key, value in root.value]


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _words(node, path: Path) -> list[str]:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [_text(item, path) for item in node.value]
    return [] if node.tag.endswith(":null") else _text(node, path).split()


def _text(node, path: Path) -> str:
    """Return a node's text; anything that YAML reads as number, truth value or structure is refused."""
    if not node.tag.endswith(":str"):
        shown = node.value if isinstance(node.value, str) else tr("a nested list", "嵌套的列表")
        raise _wrong(
            f"{path}:{node.start_mark.line + 1}",
            tr(f"This is read as no text: {shown}", f"这一项读出来不是文字：{shown}"),
            tr('Put it in quotation marks ("2025"), one word an item.', '请加引号（如 "2025"），每项一个词。'),
        )
    return node.value.strip()


def _wrong(where: object, what: str, todo: str) -> LexiconError:
    return LexiconError(what, where=where, todo=todo)
