"""The index table of a government web page (索引号, 发文字号, 成文日期 …) as lines “label：value”.

政府信息公开条例 (2019) asks for an index of what is disclosed; every site lays it out in its
own way: a table, a list, ``<dt>``/``<dd>``, or a line under the title. The names of the
fields are in ``web_fields.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.reading.index_table import columns

_LONGEST = 200


@lru_cache(maxsize=16)
def _labels(folder: str | None):
    """A pattern for a label at a cell's begin (blanks may stand inside it), and what each is kept as."""
    names = {row["label"]: row["field"] for row in load("web_fields", folder)}
    longest = sorted(names, key=len, reverse=True)
    written = "|".join(r"[ \u3000]{0,4}".join(map(re.escape, name)) for name in longest)
    return re.compile(rf"[\[【\s]{{0,3}}({written})[\]】]?\s{{0,4}}([:：])?\s{{0,4}}"), names


def fields(lines: Iterable[str], folder: str | None = None) -> tuple[list[tuple[str, str]], list[int]]:
    """Find the fields of the index in lines around a document.

    Parameters
    ----------
    lines : iterable of str
        Cells parted by tabs.
    folder : path, optional
        A folder with a ``web_fields.tsv`` of one's own.

    Returns
    -------
    tuple
        ``(field, value)`` pairs in the order of the page, each once; and the numbers of
        the lines that they were found in.

    Examples
    --------
    >>> fields(["索 引 号：\\t0150/2022-47\\t发文字号：\\t青政办〔2022〕5号", "首页"])
    ([('索引号', '0150/2022-47'), ('发文字号', '青政办〔2022〕5号')], [0])
    """
    pattern, names = _labels(folder)
    pairs: dict[str, str] = {}
    used: set[int] = set()
    open_label, opened = "", -1
    for number, line in enumerate(lines):
        if len(line) > 3 * _LONGEST:
            open_label = ""
            continue
        pieces = line.split("\t")
        heads_columns = columns(pieces, lambda piece: bool(_labelled(piece.strip(), pattern)))
        for piece in pieces:
            found = [] if heads_columns else _labelled(piece.strip(), pattern)
            if not found:
                if open_label and piece.strip() and number - opened <= 1 and len(piece) <= _LONGEST:
                    pairs.setdefault(open_label, piece.strip())
                    used |= {opened, number}
                open_label = "" if piece.strip() else open_label
                continue
            for label, value, colon in found:
                field = names["".join(label.split())]
                if value:
                    pairs.setdefault(field, value)
                    used.add(number)
                open_label, opened = ("" if value else field), number
                if colon:
                    used.add(number)
    return list(pairs.items()), sorted(used)


def _labelled(piece: str, pattern: re.Pattern) -> list[tuple[str, str, bool]]:
    """Return (label, value, with a colon?) of a cell that begins with a label; further labels may follow it."""
    match = pattern.match(piece)
    if not match or not (match[2] or match[0].rstrip().endswith(("]", "】")) or match.end() == len(piece)):
        return []
    heads = [match]
    for further in pattern.finditer(piece, match.end()):
        # 来源：甘肃日报 时间：…: a later label needs its colon, and something before it that ends.
        closed = further[2] or further[0].rstrip().endswith("】")
        if closed and (further.start() == heads[-1].end() or piece[further.start() - 1] not in "（(《“"):
            heads.append(further)
    ends = [head.start() for head in heads[1:]] + [len(piece)]
    return [
        (head[1], piece[head.end() : end].strip(" \u3000；;|[]【】"), bool(head[2]))
        for head, end in zip(heads, ends, strict=True)
    ]
