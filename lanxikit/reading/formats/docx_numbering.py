"""The numbers that Word writes before its paragraphs: kept in numbering.xml and the styles, not in the text.

Rules of ECMA-376 part 1, §17.9: a paragraph names a list (``numId``) and a level; the list leans
on a definition whose levels have a format (一, (1), 1.1 …), a text pattern (``第%1条``), a start,
and a rule when to begin anew. Lists that lean on one definition count on together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lanxikit.reading.formats.docx_xml import child, children, on, val

_DIGITS = "〇一二三四五六七八九"
_COUNTING = "零" + _DIGITS[1:]
_FORMAL = {"simplified": "零壹贰叁肆伍陆柒捌玖", "traditional": "零壹貳參肆伍陸柒捌玖"}
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_TIGHT = frozenset("、，。．）)】〕》：:")
# Symbol fonts (Wingdings, Symbol) put their signs into the private use area.
SIGNS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
    0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xB2: "★", 0xB6: "☆", 0xB7: "•", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x52: "☑", 0x53: "☒", 0x2D: "—",
}  # fmt: skip


def numeral(number: int, form: str) -> str:
    """Write a number in one of Word's formats.

    Examples
    --------
    >>> [numeral(n, "chineseCounting") for n in (1, 10, 12, 20, 105)]
    ['一', '十', '十二', '二十', '一百零五']
    >>> numeral(4, "upperRoman"), numeral(28, "lowerLetter"), numeral(3, "decimalEnclosedCircle")
    ('IV', 'bb', '③')
    """
    writer = _FORMS.get(form)
    return str(number) if writer is None or number < 0 else writer(number)


def _chinese(number: int, digits: str = _COUNTING, units: str = " 十百千", plain: bool = True) -> str:
    if number == 0:
        return "零"
    if number >= 100_000:
        return str(number)
    if number >= 10_000:
        rest = number % 10_000
        gap = digits[0] if 0 < rest < 1000 else ""
        return (
            _chinese(number // 10_000, digits, units, plain)
            + "万"
            + gap
            + (_chinese(rest, digits, units, False) if rest else "")
        )
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + units[place].strip()
            gap = False
        else:
            gap = True
    return text[1:] if plain and text.startswith(digits[1] + units[1]) else text


def _letters(number: int, first: str) -> str:
    """a … z, aa, bb … as Word counts."""
    return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    parts = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
             (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    text = ""
    for value, sign in parts:
        text += sign * (number // value)
        number %= value
    return text


def _enclosed(number: int, first: int, most: int = 20) -> str:
    if first == 0x2460 and 20 < number <= 50:
        return chr((0x3251 if number <= 35 else 0x32B1 - 15) + number - 21)
    return chr(first + number - 1) if 0 < number <= most else str(number)


def _formal(kind: str):
    return lambda number: _chinese(number, _FORMAL[kind], " 拾佰仟", False)


def _wide(number: int) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in str(number))


def _each(number: int) -> str:
    return "".join(_DIGITS[int(char)] for char in str(number))


def _cycle(row: str):
    return lambda number: row[(number - 1) % len(row)] if number > 0 else str(number)


_FORMS = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "upperLetter": lambda number: _letters(number, "A"),
    "lowerLetter": lambda number: _letters(number, "a"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "decimalEnclosedCircle": lambda number: _enclosed(number, 0x2460),
    "decimalEnclosedCircleChinese": lambda number: _enclosed(number, 0x2460),
    "decimalEnclosedFullstop": lambda number: _enclosed(number, 0x2488),
    "decimalEnclosedParen": lambda number: _enclosed(number, 0x2474),
    "ideographEnclosedCircle": lambda number: _enclosed(number, 0x3280, 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographDigital": _each,
    "japaneseDigitalTenThousand": _each,
    "taiwaneseDigital": _each,
    "chineseLegalSimplified": _formal("simplified"),
    "ideographLegalTraditional": _formal("traditional"),
    "japaneseLegal": _formal("traditional"),
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
        ),
        _chinese,
    ),
}


@dataclass
class Level:
    """One level of a list definition."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass
class _List:
    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document: every paragraph of a list is told once, in their order.

    Parameters
    ----------
    root : element or None
        The root of numbering.xml.
    styles : mapping of str to str
        Numbering styles: style id → the list that it names.
    """

    def __init__(self, root, styles: Mapping[str, str] | None = None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        definitions = {val(part, "abstractNumId"): part for part in children(root, "abstractNum")}
        named = {
            val(child(part, "styleLink")): key
            for key, part in definitions.items()
            if child(part, "styleLink") is not None
        }
        nums = {val(part, "numId"): part for part in children(root, "num")}
        for number, part in nums.items():
            key = val(child(part, "abstractNumId"))
            link = val(child(definitions.get(key), "numStyleLink"))
            if link is not None:  # a definition that only points at a numbering style
                key = named.get(link) or val(child(nums.get((styles or {}).get(link)), "abstractNumId"), default=key)
            if key not in definitions:
                continue
            levels = {int_of(val(lvl, "ilvl")): _level(lvl) for lvl in children(definitions[key], "lvl")}
            found = _List(key, levels)
            for override in children(part, "lvlOverride"):
                level = int_of(val(override, "ilvl"))
                if child(override, "lvl") is not None:
                    found.levels[level] = _level(child(override, "lvl"))
                if child(override, "startOverride") is not None:
                    found.starts[level] = int_of(val(child(override, "startOverride")), 1)
            self._lists[number] = found

    def level_of(self, number: str, style: str) -> int:
        """Return the level of a list that belongs to a paragraph style; 0 if none does."""
        levels = self._lists[number].levels if number in self._lists else {}
        return next((level for level, row in levels.items() if row.style == style), 0)

    def next(self, number: str, level: int) -> str:
        """Count one paragraph and return what stands before its text, blank included; ``""`` where nothing does."""
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        row, counts = found.levels[level], self._counts.setdefault(found.definition, {})
        start = found.starts.get(level, row.start)
        anew = level not in counts or (level in found.starts and (number, level) not in self._begun)
        counts[level] = start if anew else counts[level] + 1
        self._begun.add((number, level))
        for lower in [key for key in counts if key > level]:
            rule = found.levels[lower].restart if lower in found.levels else None
            # lvlRestart: begins anew only after a level of that number (counted from 1) or a higher one; 0: never.
            if rule is None or (rule != 0 and level < rule):
                del counts[lower]
        label = self._label(found, level, counts)
        return label + _gap(label, row.suffix)

    def _label(self, found: _List, level: int, counts: dict[int, int]) -> str:
        row = found.levels[level]
        if row.form == "none":
            return row.pattern if "%" not in row.pattern else ""
        if row.form == "bullet":
            return "".join(sign(char) for char in row.pattern)
        text = row.pattern
        for place in range(9, 0, -1):
            if f"%{place}" in text:
                other = found.levels.get(place - 1, Level())
                form = "decimal" if row.legal else other.form
                shown = "" if form in ("none", "bullet") else numeral(counts.get(place - 1, other.start), form)
                text = text.replace(f"%{place}", shown)
        return text


def _gap(label: str, suffix: str) -> str:
    """One blank where Word sets a tab or a blank; none after a mark that is wide enough."""
    return "" if suffix == "nothing" or not label or label[-1] in _TIGHT else " "


def sign(char: str) -> str:
    """Return what a character of a symbol font looks like."""
    code = ord(char)
    return SIGNS.get(code - 0xF000, "•") if 0xF000 <= code <= 0xF0FF else char


def int_of(text: str | None, default: int = 0) -> int:
    """Return a number from an attribute, the default where it is none.

    Examples
    --------
    >>> int_of("3"), int_of("x", 1)
    (3, 1)
    """
    try:
        return int(text or "")
    except ValueError:
        return default


def _level(part) -> Level:
    restart = child(part, "lvlRestart")
    form = val(child(part, "numFmt"), default="decimal")
    return Level(
        start=int_of(val(child(part, "start")), 1 if child(part, "start") is None else 0),
        form=form,
        pattern=val(child(part, "lvlText"), default=""),
        suffix=val(child(part, "suff"), default="tab"),
        restart=None if restart is None else int_of(val(restart)),
        legal=on(child(part, "isLgl")),
        style=val(child(part, "pStyle")),
    )


def numbered_styles(styles: Iterable) -> dict[str, str]:
    """Return the numbering styles of styles.xml: style id → the list that it names."""
    found = {}
    for style in styles:
        number = val(child(child(child(style, "pPr"), "numPr"), "numId"))
        if val(style, "type") == "numbering" and number is not None:
            found[val(style, "styleId")] = number
    return found
