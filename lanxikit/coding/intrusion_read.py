"""Take the raters' answers back, and hold them against the key."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from lanxikit.coding.grid import rows
from lanxikit.coding.intruders import OPTIONS
from lanxikit.coding.intrusion import ANSWER, NUMBERS
from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.topic_reading import INTRUSION_ANSWERS
from lanxikit.text.fold import fold

SHOWN = 10  # wrong cells that an error lists


def read_intrusion(paths: str | os.PathLike | Iterable[str | os.PathLike], key: str | os.PathLike) -> pd.DataFrame:
    """Read intrusion sheets that people have filled in.

    Parameters
    ----------
    paths : path or several
        Sheets of ``lx.intrusion_sheet``, filled in, as ``.xlsx`` or saved as ``.csv``. Rows may
        be sorted or missing.
    key : path
        The key that was written beside them, ``….key.xlsx``.

    Returns
    -------
    DataFrame
        A row an answer: ``rater``; ``item``; ``task``, ``word`` or ``topic``; ``topic``,
        ``label`` and ``unit_id`` it asks about; ``chosen``, what the rater took for the
        intruder; ``intruder``; ``found``, whether these are the same; ``slot``, place of the
        chosen one in the key; ``n_options``; ``source``, file and row. A blank is no row.

    Raises
    ------
    ReadingError
        A file that cannot be read; answers that are no option, questions that the key
        lacks or whose options were changed, questions a rater answered twice, the first
        ten by file and row; no answer at all.

    Examples
    --------
    >>> import tempfile
    >>> from lanxikit.coding.intrusion import intrusion_sheet
    >>> from lanxikit.topics.model import TopicModel
    >>> model = TopicModel(2, min_df=1).fit(["治理黄河流域水污染和绿化湿地", "修建西宁铁路公路机场和航线"] * 6)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [file] = intrusion_sheet(model, Path(folder) / "topics.xlsx", raters=["甲"], per_topic=1)
    ...     sheet = pd.read_excel(file).rename(columns=lambda name: str(name).split()[0]).assign(answer=1)
    ...     sheet.to_csv(Path(folder) / "filled.csv", index=False)
    ...     read_intrusion(Path(folder) / "filled.csv", Path(folder) / "topics.key.xlsx")[["rater", "item", "task"]]
      rater  item  task
    0     甲  Q001  word
    1     甲  Q002  word
    """
    given = list(paths) if isinstance(paths, Iterable) and not isinstance(paths, str | os.PathLike) else [paths]
    if not given or not all(isinstance(path, str | os.PathLike) for path in (*given, key)):
        raise _wrong(tr("No file was given.", "没有给出文件。"), "paths")
    asked = _key(Path(key))
    found: dict[tuple[str, str], dict[str, object]] = {}
    wrong: list[str] = []
    for file in map(Path, given):
        for number, cells in _rows(file, ("item", ANSWER)):
            answer = _text(cells.get(ANSWER))
            if not answer:
                continue
            place = tr(f"{file.name}, row {number}", f"{file.name} 第 {number} 行")
            name = _text(cells.get("item"))
            shown = [text for text in (_text(cells.get(option)) for option in NUMBERS) if text]
            rater = _text(cells.get("rater")) or file.stem
            question = asked.get(name)
            if question is None:
                wrong.append(tr(f"{place}: the key has no {name!r}", f"{place}：key 中没有 {name!r}"))
                continue
            if sorted(shown) != sorted(question["options"]):
                wrong.append(tr(f"{place}: its options are not those of the key", f"{place}：选项与 key 不一致"))
                continue
            number_of = {fold(text): text for text in shown} | {str(n): text for n, text in enumerate(shown, 1)}
            chosen = number_of.get(fold(answer))
            if chosen is None:
                wrong.append(tr(f"{place}: {answer[:40]} is no option", f"{place}：{answer[:40]} 不是选项"))
            elif (rater, name) in found:
                before = found[rater, name]["source"]
                wrong.append(tr(f"{place}: {rater} answered {name} before, {before}",
                                f"{place}：{rater} 已答过 {name}（{before}）"))  # fmt: skip
            else:
                found[rater, name] = {
                    "rater": rater, "item": name, **{name: question[name] for name in _KEPT}, "chosen": chosen,
                    "found": chosen == question["intruder"], "slot": question["options"].index(chosen) + 1,
                    "n_options": len(shown), "source": f"{file.name}:{number}",
                }  # fmt: skip
    if wrong:
        more = tr(f" and {len(wrong) - SHOWN} more", f" 等共 {len(wrong)} 处") if len(wrong) > SHOWN else ""
        where = "; ".join(wrong[:SHOWN]) + more
        raise _wrong(tr("There are answers that cannot be read.", "有无法识别的答案。"), where)
    if not found:
        raise _wrong(tr("No answer was found.", "没有找到任何答案。"), ", ".join(str(path) for path in given))
    table = pd.DataFrame(sorted(found.values(), key=lambda row: (row["rater"], row["item"])))
    return check(table, INTRUSION_ANSWERS)


def _key(file: Path) -> dict[str, dict[str, object]]:
    found = {}
    for number, cells in _rows(file, ("item", *_KEPT, *OPTIONS[:2])):
        question: dict[str, object] = {name: _text(cells.get(name)) or None for name in _KEPT}
        question["options"] = [text for text in (_text(cells.get(name)) for name in OPTIONS) if text]
        if question["intruder"] not in question["options"] or not str(question["topic"]).isdigit():
            where = tr(f"{file.name}, row {number}", f"{file.name} 第 {number} 行")
            raise _wrong(tr("The key is damaged.", "key 文件已损坏。"), where)
        found[_text(cells.get("item"))] = question | {"topic": int(question["topic"])}
    return found


def _rows(file: Path, needed: tuple[str, ...]) -> list:
    try:
        return list(rows(file, needed))
    except ReadingError as error:
        raise _wrong(error.what, str(file)) from error


def _wrong(what: str, where: str) -> ReadingError:
    return ReadingError(
        what,
        where=where,
        todo=tr("Give the sheets of lx.intrusion_sheet, with a number in the column answer, and the key that was "
                "written with them. Each question once a rater: where two bear one name, change the column rater.",
                "请给出 lx.intrusion_sheet 的题表（answer 列填序号）和与之一同写出的 key 文件。"
                "每人每题只答一次：两人同名时请改 rater 列。"),
    )  # fmt: skip


def _text(cell: object) -> str:
    """A cell as it is seen: Excel keeps 1 as 1.0."""
    if cell is None:
        return ""
    text = str(cell).strip()
    return text[:-2] if text in {f"{number}.0" for number in range(1, 1000)} else text


_KEPT = ("task", "topic", "label", "unit_id", "intruder")
