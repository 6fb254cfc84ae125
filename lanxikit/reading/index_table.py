"""The index table of a government page, and its source line: labels and what stands behind them.

信息公开目录 ask for 索引号, 发文机关, 成文日期, 发文字号 …; pages print them as a table, a list, or run
together in a line. The labels are in ``index_labels.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.text.fold import fold

_MARKED = re.compile(r"[:：\]】]")
_CELLS = re.compile(r"\t|\||\u3000{2,}| {3,}")
_BLANKS = re.compile(r"\s+")
_BESIDE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])|^\s+|\s+$")
_EMPTY = frozenset(("", "无", "暂无", "-", "--", "—", "——", "/", "空"))


@lru_cache(maxsize=16)
def _labels(folder: str | None) -> tuple[re.Pattern, re.Pattern, dict[str, str], re.Pattern]:
    """A label and its colon; a label with a blank for its colon; the field of each; a label alone."""
    fields = {row["label"]: row["field"] for row in load("index_labels", folder)}
    words = "|".join(map(re.escape, sorted(fields, key=len, reverse=True)))
    # Run together, a label shows itself by its colon; a short one (时间, 来源) must not end a longer word.
    spaced = "|".join(re.escape(label) for label in fields if len(label) > 2)
    bare = re.compile(rf"(?:^|(?<=\s))({spaced})\s+(?=[^\s:：])|\s+(?=(?:{words})\s?[:：])")
    return re.compile(rf"(?:[\[【](?={words}))?({words})[\]】]?\s?(:?)"), bare, fields, re.compile(words)


def _found(cell: str, folder: str | None) -> list[tuple[int, int, str]]:
    """The labels in a cell: where each stands, where its value begins, its field."""
    pattern, _, fields, any_label = _labels(folder)
    if not any_label.search(cell):  # most cells; quicker than the whole pattern
        return []
    found = []
    for match in pattern.finditer(cell):
        label, colon = match.groups()
        first = match.start() == 0
        alone = first and match.end() == len(cell)
        colon = colon or (match.group()[0] in "[【" and match.group().rstrip()[-1] in "]】")  # 【发布文号】商流通发…
        joined = match.start() and "\u4e00" <= cell[match.start() - 1] <= "\u9fff" and len(label) < 3
        if (colon and not joined) or alone:
            found.append((match.start(), match.end(), fields[label]))
    return found


def columns(cells: list[str], labelled: Callable[[str], bool]) -> bool:
    """Tell whether a row of a table heads its columns (序号, 类别, 名称 …) rather than names fields of an index.

    In a row of an index without colons labels and values take turns, or all its cells are labels; the row of a
    table of tasks or indicators holds names of columns where the values, or the labels, would stand.

    Parameters
    ----------
    cells : list of str
        The cells of the row.
    labelled : callable
        Whether a cell opens with a label.

    Examples
    --------
    >>> known = {"名称", "文号", "时间"}.__contains__
    >>> columns(["序号", "类别", "名称", "2020年"], known), columns(["名称", "某方案", "文号", "1号"], known)
    (True, False)
    """
    cells = ["".join(cell.split()) for cell in cells]
    known = [labelled(cell) for cell in cells]
    marked = (_MARKED.search(cell) for cell, is_label in zip(cells, known, strict=True) if is_label)
    if len(cells) < 2 or all(known) or any(marked):
        return False
    turns = all(is_label or not cell for is_label, cell in zip(known[::2], cells[::2], strict=True))
    # 名称 may be a label and a column; 类别, 单位 in the place of its value are columns only
    return not turns or any(cell in _columns() and not is_label for cell, is_label in zip(cells, known, strict=True))


@lru_cache(maxsize=1)
def _columns() -> frozenset[str]:
    return frozenset(row["column"] for row in load("table_columns"))


def fields(lines: list[str], folder: str | None = None) -> dict[str, str]:
    """Read the labelled fields out of the first lines of a document.

    Parameters
    ----------
    lines : list of str
        As they stand in the file: blanks and tabs part cells.
    folder : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    dict
        Field (``index_number``, ``number``, ``issuers``, ``signed``, ``sent``, ``published``, ``title``, ``theme``,
        ``kind``, ``source``) to its first filled value, blanks beside Han characters gone.

    Examples
    --------
    >>> fields(["索 引 号 :015000185/2022-00047发文字号 :青政办〔2022〕5号", "主题分类\\t综合政务"])
    {'index_number': '015000185/2022-00047', 'number': '青政办〔2022〕5号', 'theme': '综合政务'}
    """
    found: dict[str, str] = {}
    waiting: list[str] = []  # labels whose value stands in a later cell or line
    for line in lines:
        if "\t" in line and columns(line.strip().split("\t"), lambda cell: bool(_found(fold(cell), folder))):
            waiting = []
            continue
        line = _labels(folder)[1].sub(lambda found: f"{found.group(1)}:" if found.group(1) else "\t", line.strip())
        for cell in filter(None, (_BESIDE.sub("", cell) for cell in _CELLS.split(line))):
            waiting = _cell(cell, waiting, found, folder)
    found.pop("skip", None)
    return found


def _cell(cell: str, waiting: list[str], found: dict[str, str], folder: str | None) -> list[str]:
    labels = _found(fold(cell), folder)
    if not labels:
        if waiting:
            _keep(found, waiting[0], cell)
        return waiting[1:]
    if labels[0][0] > 0 and waiting:
        _keep(found, waiting[0], cell[: labels[0][0]])
        waiting = waiting[1:]
    for (_, begin, field), following in zip(labels, [*labels[1:], None], strict=True):
        value = _BESIDE.sub("", cell[begin : following[0] if following else len(cell)])
        if value:
            waiting = []
            _keep(found, field, value)
        else:
            waiting = [*waiting, field]
    return waiting


def _keep(found: dict[str, str], field: str, value: str) -> None:
    value = value.strip(" 　[]【】;；,，")
    if value not in _EMPTY and len(value) <= 300:
        found.setdefault(field, value)
