"""Metadata of front matters of every level, province and kind of page (tests/fronts.py)."""

from __future__ import annotations

import re
import time

import pytest
from fronts import FRONTS, KEYS

from lanxikit.reading.metadata import metadata
from lanxikit.text.fold import fold


@pytest.mark.parametrize("name", FRONTS)
def test_front_matter(name):
    text, expected = FRONTS[name]
    found = metadata(text)._asdict()
    assert {key: found[key] for key in KEYS} == expected


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char in "0123456789" else char for char in text)


def _wrapped(text: str) -> str:
    return "\n".join(
        line if re.search(r"\t|\||^.{0,7}：", line) else "\n".join(line[at : at + 22] for at in range(0, len(line), 22))
        for line in text.split("\n")
    )


def _spaced(text: str) -> str:
    return "\n".join(line if len(line) > 30 or re.search("[：\t|]", line) else " ".join(line) for line in text.split("\n"))


DAMAGE = {
    "blank lines between": (lambda text: text.replace("\n", "\n\n"), 1.0),
    "line ends of Windows": (lambda text: text.replace("\n", "\r\n"), 1.0),
    "indented": (lambda text: "\n".join("　　　" + line for line in text.split("\n")), 1.0),
    "digits in full width": (_wide, 1.0),
    "blanks between characters": (_spaced, 0.995),
    "wrapped at 22 characters": (_wrapped, 0.98),
    "line breaks lost": (lambda text: text.replace("\n", ""), 0.92),
}


def _plain(value):
    return "".join(fold(value).split()) if isinstance(value, str) else value


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_front_matter(damage):
    change, share = DAMAGE[damage]
    right = []
    for text, expected in FRONTS.values():
        found = metadata(change(text))._asdict()
        right += [_plain(found[key]) == _plain(expected[key]) for key in KEYS]
    assert sum(right) / len(right) >= share


def test_nothing_is_invented():
    found = metadata("今天天气很好。\n我们去公园。\n")
    assert found.number is None and found.issuers == () and found.region is None and found.signed is None
    assert metadata("").title is None


@pytest.mark.parametrize("unit", ["甲省人民政府", "2022年1月5日", "关于印发《", "索引号：", "（2022年1月5日通过 ", "甘政办发〔2022〕", "甲厅\n", "——2022年1月5日在\n", "的通知\n"])
def test_hostile_text_takes_no_long(unit):
    text = unit * (100_000 // len(unit))
    started = time.perf_counter()
    metadata(text)
    assert time.perf_counter() - started < 2
