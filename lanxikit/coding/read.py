"""Take the coders' answers back."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from lanxikit import lexicons
from lanxikit.coding.grid import rows
from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.coding import CODING, COMMENT, ITEMS, LINK
from lanxikit.text.fold import fold

NEEDED = ("upper_id", "lower_id", LINK)
SHOWN = 10  # wrong cells that an error lists


def read_coding(
    paths: str | os.PathLike | Iterable[str | os.PathLike], *, lexicon: str | os.PathLike | None = None
) -> pd.DataFrame:
    """Read coding sheets that people have filled in.

    Parameters
    ----------
    paths : path or several
        Sheets of ``lx.coding_sheet``, filled in, as ``.xlsx`` or saved as ``.csv`` (UTF-8,
        UTF-16 or GB18030; comma, semicolon or tab). The coder's name is read from the column
        ``coder``; where that is absent or blank, the file's name is taken.
    lexicon : path, optional
        Folder whose ``coding_words.tsv`` adds to the words that are understood.

    Returns
    -------
    DataFrame
        A row an answer: ``pair``, ``upper_id → lower_id``; ``coder``; ``item``, ``link``, a
        facet of the table refinement, or ``comment``; ``value``, ``yes``, ``no`` or, of the
        link only, ``unsure``, and the coder's words for a comment; ``upper_id``,
        ``lower_id``; ``source``, file and row. A cell left blank is no row. Understood are,
        whatever their case and width: yes, y, true, 1, 是, 有, √; no, n, false, 0, 否, 无, ×;
        unsure, ?, 不确定, 存疑; blank, 空, -.

    Raises
    ------
    ReadingError
        A file that cannot be read; cells that are not understood, pairs without id and
        pairs that a coder answered twice, the first ten by file, row and column; no answer
        in any of the files (a comment is none).

    Warns
    -----
    UserWarning
        Some of the files hold no answer; they are named.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "coding.csv"
    ...     _ = file.write_text("coder,upper_id,lower_id,link,copied\\n甲,plan#001,city#001,是,0\\n", encoding="utf-8")
    ...     read_coding(file)[["coder", "item", "value"]]
      coder    item value
    0     甲    link   yes
    1     甲  copied    no
    """
    words = {fold(row["word"]).casefold(): row["value"] for row in lexicons.load("coding_words", lexicon)}
    given = paths if isinstance(paths, Iterable) and not isinstance(paths, str | os.PathLike) else [paths]
    given = list(given)
    files = [Path(path) for path in given if isinstance(path, str | os.PathLike)]
    if not files or len(files) < len(given):
        raise ReadingError(
            tr("No file was given.", "没有给出文件。"),
            where="paths",
            todo=tr("Give the files that the coders returned.", "请给出编码员交回的文件。"),
        )
    found: list[dict[str, str]] = []
    wrong: list[str] = []
    seen: dict[tuple[str, str, str], str] = {}
    unfilled: list[Path] = []
    for file in _bar(files):
        before_file = len(found)
        for number, cells in rows(file, NEEDED):
            place = tr(f"{file.name}, row {number}", f"{file.name} 第 {number} 行")
            upper, lower = (_text(cells.get(name)) for name in ("upper_id", "lower_id"))
            answers = [(item, _text(cells.get(item))) for item in ITEMS if _text(cells.get(item))]
            if not upper or not lower:
                if answers:
                    wrong.append(tr(f"{place}: no upper_id or lower_id", f"{place}：缺少 upper_id 或 lower_id"))
                continue
            coder = _text(cells.get("coder")) or file.stem
            before = seen.setdefault((coder, upper, lower), place)
            if before != place:
                wrong.append(tr(f"{place}: {coder} answered {upper} → {lower} before, in {before}",
                                f"{place}：{coder} 已在 {before} 编过 {upper} → {lower}"))
            for item, answer in answers:
                value = answer if item == COMMENT else words.get(_bare(answer))
                if value is None or (value == "unsure" and item != LINK):
                    wrong.append(tr(f"{place}, column {item}: {answer[:40]}", f"{place} {item} 列：{answer[:40]}"))
                elif value != "blank":
                    found.append({"pair": f"{upper} → {lower}", "coder": coder, "item": item, "value": value,
                                  "upper_id": upper, "lower_id": lower, "source": f"{file.name}:{number}"})
        if all(row["item"] == COMMENT for row in found[before_file:]):
            unfilled.append(file)
    if wrong:
        more = tr(f" and {len(wrong) - SHOWN} more", f" 等共 {len(wrong)} 处") if len(wrong) > SHOWN else ""
        raise ReadingError(
            tr("There are cells that cannot be read.", "有无法识别的单元格。"),
            where="; ".join(wrong[:SHOWN]) + more,
            todo=tr("Link: yes, no, unsure or blank; facets: 1, 0 or blank. Each pair once a coder: where two people "
                    "bear one name, change the column coder.",
                    "link 列可填 yes、no、unsure 或空；其他列可填 1、0 或空。"
                    "每位编码员每对只编一次：两人同名时请改 coder 列。"),
        )
    if unfilled:
        _say_unfilled(unfilled, everywhere=len(unfilled) == len(files))
    return check(pd.DataFrame(found), CODING)


def _say_unfilled(files: list[Path], *, everywhere: bool) -> None:
    """A sheet that came back as it went out is an oversight: say so, in an error where there is nothing else."""
    english, chinese = ", ".join(file.name for file in files), "、".join(file.name for file in files)
    if everywhere:
        raise ReadingError(
            tr("No answer was found.", "没有找到任何编码结果。"),
            where=tr(english, chinese),
            todo=tr("Fill in the column link (yes, no, unsure), save the file and read it again.",
                    "请填写 link 列（yes、no、unsure），保存后再读。"),
        )
    warnings.warn(
        tr(f"No answer was found in {english}: is the column link filled in, and the file saved?",
           f"{chinese} 中没有任何编码结果：link 列是否已填写，文件是否已保存？"),
        stacklevel=3,
    )


def _bare(answer: str) -> str:
    """An answer without case and width, and 1.0 as 1: other programs save numbers so."""
    return re.sub(r"^([01])\.0+$", r"\1", fold(answer).casefold())


def _text(cell: object) -> str:
    """A cell as a coder sees it: Excel keeps 1 as 1.0 and 真 as True."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _bar(files: list[Path]):
    from tqdm import tqdm

    return tqdm(files, desc=tr("coding sheets", "编码表"), delay=2, file=sys.stderr, leave=False, disable=None)
