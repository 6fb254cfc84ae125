"""Lists as YAML: a label, a colon, and the words that belong to it."""

from __future__ import annotations

from pathlib import Path

from lanxikit.errors import LexiconError
from lanxikit.messages import tr

ENDINGS = (".yaml", ".yml")


def pairs(path: Path) -> list[tuple[str, list[str]]]:
    """Return labels and their words, in the order of the file; a label without words has an empty list.

    Raises
    ------
    LexiconError
        No YAML, or a label or word that YAML takes for something else than text (``no``,
        ``2025``) and that needs quotation marks.

    Notes
    -----
    Only the tree of nodes is read, no object is made of it: a list can hold text and
    nothing that runs.
    """
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
