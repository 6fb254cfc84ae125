"""The header of a table: how many rows it takes, and what its columns are called.

A cell of the header over several columns is divided by the row below it (责任单位 into 牵头
and 配合), or by none: then what stands under its unnamed columns belongs to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lanxikit.segmenting import columns as heads
from lanxikit.segmenting.columns import OPEN, Column
from lanxikit.text.fold import fold

_AGENCY = ("单位", "部门")
_MOST = 4  # rows of a header, the rule of a Markdown table among them
_NAME = 16  # a cell that divides one of the header is no longer than this
_INHERITED = ("indicator", "group")


def read(
    texts: Sequence[Sequence[str] | None],
    named: Sequence[list[Column] | None],
    passive: Sequence[bool],
    index: int,
    lexicon: str | None = None,
) -> tuple[list[Column], int]:
    """Return the columns of the header at ``index``, and how many rows it takes.

    Parameters
    ----------
    texts : sequence of (sequence of str or None)
        The cells of each line of the table; None for a line that is no row.
    named : sequence of (list of (role, label) or None)
        What :func:`lanxikit.segmenting.columns.header` says of each.
    passive : sequence of bool
        Whether a line is a page's number or the like.
    index : int
        The header's first row.
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    tuple
        (role, label) of each column; the number of lines.

    Examples
    --------
    >>> texts = [["任务", "责任单位", ""], ["", "牵头", "配合"], ["修路", "县交通局", "县财政局"]]
    >>> read(texts, [heads.header(row) for row in texts], [False] * 3, 0)
    ([('task', '任务'), ('duty', '牵头'), ('duty', '配合')], 2)
    """
    columns, above, after = named[index], texts[index], index + 1
    for at in range(index + 1, min(index + _MOST, len(texts))):
        below = texts[at]
        if (below is None and passive[at]) or (below and any(below) and not "".join(below).strip("|:-")):
            continue  # a page's number, the rule of a Markdown table
        joined = below and (divided(below, above, columns, lexicon) or _second(below, above, columns, lexicon))
        if not joined:
            break
        columns, above, after = joined, below, at + 1
    return _settled(columns), after - index


def divided(
    texts: Sequence[str], above: Sequence[str], columns: list[Column], lexicon: str | None = None
) -> list[Column] | None:
    """Join a row whose cells divide merged cells of the header above it; None when it does not.

    Its other cells are blank or those above once more, and each cell that it divides has a
    name for two columns or more: no list need know the names.

    Examples
    --------
    >>> head = ["项目", "年度目标", ""]
    >>> divided(["", "一季度", "二季度"], head, heads.header(head))
    [('task', '项目'), ('outcome', '一季度'), ('outcome', '二季度')]
    >>> divided(["", "1", "2"], head, heads.header(head)) is None
    True
    """
    if not len(texts) == len(above) == len(columns):
        return None
    joined, found, start = list(columns), False, 0
    while start < len(texts):
        stop = start + 1
        while stop < len(texts) and above[start] and above[stop] in ("", above[start]):
            stop += 1
        if stop == len(texts):  # the bar that ends a row of Markdown
            while stop > start + 1 and not above[stop - 1] and not texts[stop - 1]:
                stop -= 1
        own = [at for at in range(start, stop) if texts[at] and texts[at] != above[start]]
        if len(own) == stop - start > 1 and all(_names(texts[at]) for at in own):
            found = True
            for at in own:
                joined[at] = _under(texts[at], columns[start][0], lexicon), texts[at]
        elif own:
            return None
        start = stop
    return joined if found and any(text == joined[at][1] for at, text in enumerate(texts) if text) else None


def _names(text: str) -> bool:
    folded = fold(text)
    return len(folded) <= _NAME and folded[-1] not in "。;,、" and not folded.replace(".", "").rstrip("%").isdigit()


def _under(text: str, over: str, lexicon: str | None) -> str:
    """The role of a column whose name stands under a cell of the header."""
    role = heads.role_of(fold(text), lexicon)
    if over in _INHERITED:
        return "group" if role in ("task", "group") else role or "indicator"
    return over if role is None or (role == "value" and over != OPEN) else role


def _second(
    below: Sequence[str], above: Sequence[str], columns: list[Column], lexicon: str | None
) -> list[Column] | None:
    """The same for cells with names of a list, where the two rows need not be equally long."""
    joined = heads.second(below, columns, lexicon)
    if not joined:
        return None
    if any(below) and below != above and (not all(above) or not all(below)):
        return joined
    same = [a == b for a, b in zip(above, below, strict=False)]
    return joined if any(same) and not all(same) else None


def _settled(columns: list[Column]) -> list[Column]:
    """Settle what a column means from its neighbours: the first of two columns of measures holds the tasks."""
    roles = [role for role, _ in columns]
    if "duty" not in roles and {"task", "measure"} & set(roles):  # 单位 is an agency where no indicator has units
        columns = [("duty", label) if label in _AGENCY else (role, label) for role, label in columns]
    if "task" not in roles and roles.count("measure") > 1:
        first = roles.index("measure")
        return [("task", label) if at == first else (role, label) for at, (role, label) in enumerate(columns)]
    return columns
