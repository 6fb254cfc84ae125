"""Metadata that a user gives in ``documents.csv``: brought into form, or refused with the cell named."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading import front
from lanxikit.tables.reading import LEVELS
from lanxikit.text.fold import fold

COLUMNS = (
    *("title", "number", "issuers", "level", "region", "adcode", "signed", "published", "year", "genre"),
    *("index_number", "theme"),
)
_LEVELS = {
    "country": "国家",
    "province": "省自治区直辖市",
    "prefecture": "市州地盟",
    "county": "县区旗",
    "township": "乡镇街",
}


def overrides(cells: Mapping[str, object], where: object) -> dict[str, object]:
    """Return the filled metadata cells of a row, in the form of ``documents``.

    Parameters
    ----------
    cells : mapping
        Column name to cell; other columns than the metadata are passed over.
    where : object
        Named in the error.

    Raises
    ------
    ReadingError
        A date, year or level that cannot be understood.

    Examples
    --------
    >>> overrides({"signed": "2022/1/5", "level": "县级", "issuers": "甲厅、乙厅", "note": "x"}, "row")
    {'signed': '2022-01-05', 'level': 'county', 'issuers': ('甲厅', '乙厅'), 'year': 2022}
    """
    found: dict[str, object] = {}
    for name, cell in cells.items():
        if name in COLUMNS and cell not in ("", None):
            found[name] = _READERS.get(name, _as_is)(cell, name, where)
    if "signed" in found and "year" not in found:
        found["year"] = int(str(found["signed"])[:4])
    return found


def _as_is(cell: object, name: str, where: object) -> object:
    return cell


def _date(cell: object, name: str, where: object) -> str:
    date = front.iso_date(fold(str(cell)))
    try:
        return datetime.date.fromisoformat(date or "").isoformat()
    except ValueError:
        raise _wrong(cell, name, where, "2022-02-07") from None


def _year(cell: object, name: str, where: object) -> int:
    found = re.fullmatch(r"((?:19|20)\d{2})年?", fold(str(cell)).strip())
    if not found:
        raise _wrong(cell, name, where, "2022")
    return int(found.group(1))


def _level(cell: object, name: str, where: object) -> str:
    text = str(cell).strip()
    if text in LEVELS:
        return text
    level = next((level for level, words in _LEVELS.items() if text.removesuffix("级") and text[0] in words), None)
    if level is None:
        raise _wrong(cell, name, where, ", ".join(LEVELS))
    return level


def _issuers(cell: object, name: str, where: object) -> tuple[str, ...]:
    parts = re.split(r"\s*[/、;；]\s*", cell) if isinstance(cell, str) else cell
    return tuple(part for part in parts if part)


def _wrong(cell: object, name: str, where: object, example: str) -> ReadingError:
    return ReadingError(
        tr(f"The cell {name} cannot be understood: {cell!r}.", f"{name} 一格无法识别：{cell!r}。"),
        where=where,
        todo=tr(f"Write it like this: {example}.", f"请这样填写：{example}。"),
    )


_READERS = {"signed": _date, "published": _date, "year": _year, "level": _level, "issuers": _issuers}
