"""The columns of a table: what its header calls them, or, without a header, what their cells look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.segmenting.cells import shape
from lanxikit.text.fold import fold, fold_all

Column = tuple[str, str]
"""The role of a column and its label."""

_LABEL = 24  # a header cell is no longer than this
_SAMPLE = 200  # rows that show what a column holds
_YEAR = re.compile(r"(?:\d{4}|[“\"]?十[三四五]五[”\"]?).{0,12}")  # 2020年, “十四五”目标
_UNIT = re.compile(r"[^()]{2,16}\([^()\d]{1,6}\)")  # 粮食产量(万吨)
_TITLES = ("task", "indicator", "group")
_TITLE = 20  # characters of a cell that heads others, on the average
OPEN = "open"  # a column whose name is on no list, before its cells are seen


@lru_cache(maxsize=16)
def _words(folder: str | None) -> tuple[tuple[str, str], ...]:
    rows = [(fold(row["column"]), row["role"]) for row in load("table_columns", folder)]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@lru_cache(maxsize=4096)
def role_of(text: str, folder: str | None) -> str | None:
    """Return the role of a column with a name on the list (folded), else None."""
    if not text or len(text) > _LABEL or "。" in text:
        return None
    words = _words(folder)
    role = next((role for word, role in words if text.startswith(word)), None)
    if role is None:
        role = next((role for word, role in words if len(word) > 1 and word in text), None)
    return "value" if role is None and _YEAR.fullmatch(text) else role


def header(texts: Sequence[str], lexicon: str | None = None) -> list[Column] | None:
    """Return (role, label) for each column when a row of cells is the header of a table, else None.

    Examples
    --------
    >>> header(["序号", "工作举措", "责任单位"])
    [('ordinal', '序号'), ('measure', '工作举措'), ('duty', '责任单位')]
    >>> header(["1", "完成2座桥。", "市水务局"]) is None
    True
    """
    if any(len(text) > _LABEL or "。" in text or text.isdigit() for text in texts):
        return None
    found = [(role_of(fold(text), lexicon) or (OPEN if text else "other"), text) for text in texts]
    if found and found[0][0] == "indicator":  # 县区 and what is counted there
        found = [("value" if role == OPEN and _UNIT.fullmatch(fold(text)) else role, text) for role, text in found]
    named = [role for role, _ in found if role not in ("other", OPEN)]
    filled = sum(bool(text) for text in texts)
    counted = found[0][0] == "ordinal" and filled == len(texts) > 2  # 序号 and names of columns
    if len(named) < 2 or (len(named) * 2 <= filled and not counted) or set(named) == {"value"}:
        return None
    return found


def second(texts: Sequence[str], above: list[Column], lexicon: str | None = None) -> list[Column] | None:
    """Join the second row of a header to the first, whose merged cells it divides; None when it is no header.

    Examples
    --------
    >>> first = header(["序号", "任务", "责任单位", ""])
    >>> second(["", "", "牵头", "配合"], first)
    [('ordinal', '序号'), ('task', '任务'), ('duty', '牵头'), ('duty', '配合')]
    """
    labels = [fold(text) for text in texts]
    roles = [role_of(text, lexicon) for text in labels]
    own = [role for role, text in zip(roles, texts, strict=True) if text]
    if not own or None in own or any(text.isdigit() for text in labels) or set(own) <= {"ordinal"}:
        return None
    joined: list[Column] = []
    role, label = "other", ""
    for index in range(max(len(above), len(texts))):
        if index < len(above) and above[index][1]:
            role, label = above[index]
        word = texts[index] if index < len(texts) else ""
        joined.append((roles[index] if roles[index] != "value" else role, word) if word else (role, label))
    return joined


def settle(
    columns: list[Column], rows: Sequence[Sequence[str]], lexicon: str | None = None, *, headed: bool = True
) -> list[Column]:
    """Settle by the cells of all rows what the columns mean: those without a listed name, and which one heads the rest.

    Of several columns of short words before the one that says what is to be done the nearest
    is the ``task``, those further out are ``field``. With ``headed`` they come from a header,
    whose cells may be merged over columns without a name.

    Examples
    --------
    >>> columns = header(["类别", "序号", "攻坚点", "具体任务", "责任单位"])
    >>> settle(columns, [["民生", "1", "教育", "新建学校5所,新增学位3000个。", "市教育局"]])[:3]
    [('field', '类别'), ('ordinal', '序号'), ('task', '攻坚点')]
    """
    sample = [row for row in rows if len(row) == len(columns)][:_SAMPLE]
    cells = [[row[at] for row in sample if row[at]] for at in range(len(columns))]
    columns = _unnamed(columns, cells, lexicon) if headed else columns
    settled = list(columns)
    roles = {role for role, _ in columns}
    for at, (role, label) in enumerate(columns):
        if role == OPEN:
            texts = fold_all(cells[at])
            seen = _seen(Counter(shape(text, lexicon) for text in texts), texts, settled[:at])[0]
            if seen == "measure" and roles & {"measure", "outcome"}:
                seen = "outcome"
            if seen == "ordinal" and any(cells[:at]):
                seen = "value"
            settled[at] = ("other" if seen == "person" else seen), label
            roles.add(settled[at][0])
    return _headed(settled, columns, cells) if roles & {"task", "measure"} else settled


def _unnamed(columns: list[Column], cells: list[list[str]], lexicon: str | None) -> list[Column]:
    """A column without a name that holds words belongs to the cell of the header on its left, which is merged over it.

    A task column over several is the task and what is to be done for it.
    """
    found = list(columns)
    for at, (_, label) in enumerate(columns):
        if label or not cells[at]:
            continue
        role, label = found[at - 1] if at and cells[at - 1] else ("", "")
        agencies = sum(shape(text, lexicon) == "agencies" for text in fold_all(cells[at]))
        apart = role in ("", "ordinal") or (role == "duty" and agencies * 2 < len(cells[at]))
        found[at] = (OPEN, "") if apart else (role, label)
    for at in range(len(found) - 1, 0, -1):
        if found[at] == found[at - 1] and found[at][0] == "task" and "measure" not in {role for role, _ in found}:
            found[at] = "measure", found[at][1]
    return found


def _headed(settled: list[Column], columns: list[Column], cells: list[list[str]]) -> list[Column]:
    """Tell the column that heads the measures from those further out."""
    size = [sum(map(len, texts)) / len(texts) if texts else 0 for texts in cells]
    roles = [role for role, _ in settled]
    if "measure" not in roles:
        tasks = [at for at, role in enumerate(roles) if role == "task" and size[at]]
        if len(tasks) < 2 or "indicator" in roles or "outcome" in roles:
            return _once(settled, columns)
        longest = max(tasks[1:], key=lambda at: size[at])
        settled[longest] = "measure", settled[longest][1]
        roles[longest] = "measure"
    stop = roles.index("measure")
    over = [at for at in range(stop) if roles[at] in _TITLES and 0 < size[at] <= _TITLE]
    for at in over:
        settled[at] = ("task" if at == over[-1] else "field"), settled[at][1]
    return _once(settled, columns)


def _once(settled: list[Column], columns: list[Column]) -> list[Column]:
    """A column of an unlisted name is no second task."""
    seen = False
    for at, (role, label) in enumerate(settled):
        if role == "task":
            if seen and columns[at][0] == OPEN:
                settled[at] = "other", label
            seen = True
    return settled


def infer(rows: Sequence[Sequence[str]], lexicon: str | None = None) -> list[Column]:
    """Infer the columns of a table without a header from the cells of all its rows together.

    Examples
    --------
    >>> infer([["1", "建设公园2个。", "市水务局", "年底前"], ["2", "修缮学校5所。", "市教育局", "6月底前"]])
    [('ordinal', '序号'), ('measure', '工作举措'), ('duty', '责任单位'), ('deadline', '完成时限')]
    """
    width = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    sample = [row for row in rows if len(row) == width][:_SAMPLE]
    columns: list[Column] = []
    for index in range(width):
        texts = fold_all([row[index] for row in sample if row[index]])
        forms = Counter(shape(text, lexicon) for text in texts)
        columns.append(_seen(forms, texts, columns))
    return _told_apart(columns)


def _seen(forms: Counter, texts: list[str], before: list[Column]) -> Column:
    count = sum(forms.values())
    if not count:
        return "other", ""
    if forms["ordinal"] * 2 > count:
        return ("ordinal", "序号") if not before else ("value", "")
    if forms["time"] * 2 > count:
        return "deadline", "完成时限"
    if forms["agencies"] * 2 > count:
        return "duty", "责任单位"
    if forms["sentence"] * 2 >= count or sum(map(len, texts)) > 18 * count:
        return "measure", "工作举措"
    names = sum(2 <= len(text) <= 3 and not any(char.isdigit() for char in text) for text in texts)
    if names == count and any(role in ("measure", "duty") for role, _ in before):
        return "person", "责任人"
    return "task", "重点任务"


def _told_apart(columns: list[Column]) -> list[Column]:
    """Several columns of one role: a second phrase is a remark; the first of two duties leads."""
    duties = [index for index, (role, _) in enumerate(columns) if role == "duty"]
    if len(duties) == 2:
        columns[duties[0]] = "duty", "牵头单位"
        columns[duties[1]] = "duty", "配合单位"
    seen: set[str] = set()
    for index, (role, _) in enumerate(columns):
        if role == "task" and role in seen:
            columns[index] = ("measure", "工作举措") if "measure" not in seen else ("other", "")
        elif role == "measure" and role in seen:
            columns[index] = "outcome", "工作目标"
        seen.add(columns[index][0])
    return columns


def kind(columns: list[Column]) -> str:
    """Return what a table lists: ``tasks``, ``indicators`` (rows of values), or ``people`` and the like (no leaves)."""
    roles = {role for role, _ in columns}
    if "contact" in roles and not roles & {"measure", "duty", "outcome", "deadline"}:
        return "people"
    if "indicator" in roles and not roles & {"measure", "task"}:
        return "indicators"
    return "tasks" if roles & {"task", "measure", "outcome", "subtask", "indicator"} else "people"
