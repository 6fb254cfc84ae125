"""Remarks in tables, in English and Chinese side by side: a table is the same whatever the machine's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lanxikit.tables.schema import Column


class Note(NamedTuple):
    """A remark in both languages."""

    en: str
    zh: str


def noted(notes: Iterable[Note]) -> dict[str, str | None]:
    """Join remarks for the columns ``note`` and ``note_zh``; missing where there are none.

    Examples
    --------
    >>> noted([Note("one unit", "只有一个单元"), Note("no interval", "无区间")])
    {'note': 'one unit; no interval', 'note_zh': '只有一个单元；无区间'}
    >>> noted([])
    {'note': None, 'note_zh': None}
    """
    notes = list(notes)
    return {"note": "; ".join(one.en for one in notes) or None, "note_zh": "；".join(one.zh for one in notes) or None}


def note_columns(about: str) -> tuple[Column, Column]:
    """Declare both columns."""
    return (
        Column("note", "string", about, missing=True),
        Column("note_zh", "string", "the same in Chinese", missing=True),
    )
