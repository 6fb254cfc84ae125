"""Labels: names of documents, headings cut to a width, documents in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import pandas as pd

from lanxikit.plots.style import LEVELS


def document_name(doc_id: str, names: Mapping[str, str] | None = None) -> str:
    """Return how a document is called in a figure: your name for it, or its id made readable.

    Examples
    --------
    >>> document_name("qinghai-gansu-2022"), document_name("haidong-2020", {"haidong-2020": "海东市 2020"})
    ('Qinghai–Gansu 2022', '海东市 2020')
    """
    if names and doc_id in names:
        return names[doc_id]
    place, dash, year = doc_id.rpartition("-")
    if not (dash and year.isdigit()):
        place, year = doc_id, ""
    place = "–".join(part[:1].upper() + part[1:] for part in re.split(r"[-_]", place))
    return f"{place} {year}".strip()


def width(text: str) -> float:
    """Return how wide a text sets, in Chinese characters.

    Examples
    --------
    >>> width("兰州市"), round(width("abc"), 2)
    (3.0, 1.68)
    """
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.56 for sign in text)


def cut(text: str, room: float) -> str:
    """Cut a text to a width, in Chinese characters, and say so by ``…``.

    Examples
    --------
    >>> cut("提升基础设施互联互通水平", 6)
    '提升基础设…'
    """
    if width(text) <= room:
        return text
    while text and width(text) + 1 > room:
        text = text[:-1]
    return text.rstrip("，、；：,;: “‘（(《") + "…"


def wrap(text: str, room: float, lines: int = 2) -> str:
    """Break a text into lines of about the same width, in Chinese characters; what does not fit is cut.

    Examples
    --------
    >>> wrap("二、优化城市群空间发展格局", 8).split("\\n")
    ['二、优化城市群', '空间发展格局']
    >>> wrap("医疗 教育 养老 社会保障", 9).split("\\n")
    ['医疗 教育', '养老 社会保障']
    """
    n_lines = min(lines, max(1, -int(-width(text) // room)))
    aim = min(room, width(text) / n_lines + 0.6)
    pieces = re.findall(r"\S+\s*" if " " in text else r".[，、；：。）》”…·,;:)]?", text)
    made = [""]
    for piece in pieces:
        if made[-1] and len(made) < n_lines and width(made[-1] + piece.rstrip()) > aim:
            made.append("")
        made[-1] += piece
    return "\n".join(cut(line.rstrip(), room) for line in made)


def stacked(heading: str, room: float, lines: int = 3) -> str:
    """Break a heading into lines with its ordinal in a line of its own.

    Examples
    --------
    >>> stacked("七、推进公共服务共建共享", 5).split("\\n")
    ['七', '推进公共服', '务共建共享']
    """
    ordinal, mark, rest = heading.partition("、")
    if not mark or width(ordinal) > 3:
        return wrap(heading, room, lines + 1)
    return f"{ordinal}\n{wrap(rest, room, lines)}"


def headings(path: object) -> tuple[str, ...]:
    """Return the headings above a unit, from a tuple or from the text of a CSV cell.

    Examples
    --------
    >>> headings("二、优化空间格局 / (一)增强中心城市。")
    ('二、优化空间格局', '(一)增强中心城市')
    """
    parts = path.split(" / ") if isinstance(path, str) else path if isinstance(path, (list, tuple)) else ()
    return tuple(part.strip().rstrip("。") for part in parts if part.strip())


def chapter(path: object) -> str:
    """Return the outermost heading above a unit; empty where there is none."""
    found = headings(path)
    return found[0] if found else ""


def blank(data: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the table with missing headings as empty texts, whatever type an all-empty column has."""
    return data.assign(**{name: data[name].astype("object").where(data[name].notna(), "") for name in columns})


def ordered(units: pd.DataFrame) -> list[str]:
    """Return the ids of documents from the highest level down, older before younger.

    Examples
    --------
    >>> ordered(pd.DataFrame({"doc_id": ["b", "a"], "doc_level": ["county", "province"], "year": [2020, 2022]}))
    ['a', 'b']
    """
    first = units.drop_duplicates("doc_id")
    level = first["doc_level"].astype("object") if "doc_level" in first else pd.Series(None, index=first.index)
    signed = first["signed"].astype("object") if "signed" in first else pd.Series(None, index=first.index)
    year = first["year"] if "year" in first else pd.Series(pd.NA, index=first.index)
    keys = [
        (LEVELS.index(lev) if isinstance(lev, str) and lev in LEVELS else len(LEVELS), when(day, yr), doc)
        for lev, day, yr, doc in zip(level, signed, year, first["doc_id"], strict=True)
    ]
    return [key[-1] for key in sorted(keys)]


def when(day: object, year: object) -> str:
    """Return an ISO date for sorting: the day, or the middle of the year, or the end of time."""
    if isinstance(day, str) and day:
        return day
    return "9999" if pd.isna(year) else f"{int(year)}-07-01"


def document_of(unit_id: pd.Series) -> pd.Series:
    """Return the documents that units belong to."""
    return unit_id.str.split("#").str[0]


def chapters(units: pd.DataFrame) -> pd.DataFrame:
    """Return, for each leaf by its id, its document, level, chapter and the chapter's number.

    Documents come from the highest level down, older before younger; a document's leaves in
    their order.
    """
    leaves = units[units["is_leaf"].astype(bool)]
    rows = []
    for doc in ordered(leaves):
        part = leaves[leaves["doc_id"] == doc]
        numbers: dict[str, int] = {}
        for i, row in enumerate(part.itertuples(index=False)):
            name = chapter(row.path)
            number = numbers.setdefault(name, len(numbers) + 1)
            rows.append((row.unit_id, doc, getattr(row, "doc_level", None), name, number, i + 1))
    columns = ["unit_id", "doc_id", "level", "chapter", "number", "place"]
    return pd.DataFrame(rows, columns=columns).set_index("unit_id")
