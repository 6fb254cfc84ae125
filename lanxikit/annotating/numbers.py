"""Numbers with a unit of measure, as official documents write them.

7300 座, 5.84万亩, 8-10个, 百分之九十, 三分之一, 翻一番, 百万千瓦. The units of measure, their names in the table
and where they do not count stand in ``target_units.tsv``; here is the grammar of the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lanxikit.errors import LexiconError
from lanxikit.lexicons import load
from lanxikit.messages import tr

_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?"
_TIMES = "万亿|千万|百万|十万|亿|万|千|百"
_JOIN = r"[ ]?(?:[-—–~−]{1,3}|至|到)[ ]?"
_WORDS = "[零〇一二三四五六七八九两十百千万亿点]"
_PER = "年|月|日|天|小时|人|户|千人|万人|百人|百户|万元"
_SCALE = {"": 1, "百": 100, "千": 1000, "万": 1, "亿": 1, "万亿": 1, "十万": 10, "百万": 100, "千万": 1000}
_PREFIX = {"万": "万", "亿": "亿", "万亿": "万亿", "十万": "万", "百万": "万", "千万": "万"}
_BARE = {"万": (1, "万"), "亿": (1, "亿"), "千": (1000, ""), "百": (100, ""), "百万": (100, "万"), "千万": (1000, "万")}
_BARE |= {"百亿": (100, "亿"), "千亿": (1000, "亿"), "万亿": (1, "万亿")}
_BARE_DIMENSIONS = ("area", "power", "heads", "mass")
_NEARLY = ("近", "超", "超过", "逾", "突破", "达", "达到", "约")  # before 千个, 百万元: a sum, and no name of a scale
_BASE = {"": 1, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_NO_UNIT, _MULTIPLE = "无", "万"  # rows of the word list: numbers without a unit, 万 before a noun of people
_HALVED = ("超过", "超", "减少", "压缩", "压减", "缩短", "降低", "下降", "节约")
_PAIRED = ("count", "people", "heads", "mass")  # 台(套), 万头(只): what may be counted by two units
_SHARES = ("share", "ratio", "point", "doubling")
_NUMERALS = "零〇一二三四五六七八九两十百千万亿"
_BEHIND = r"(?=以[上下内]|左右|[,;。、()!\n]|[ ]*$|提|降|增|下|上|的|到|至)"  # what may follow a number without unit
_LIKE = re.compile(
    r"(?<![A-Za-z0-9.])(?=[0-9OolI]*[0-9]|[OolI]\.[0-9])(?!O[0-9])[0-9OolI]{1,8}(?:\.[0-9OolI]{1,4})?"
    r"(?=[ ]?[%‰一-鿿]|(?<=\.[0-9][0-9])[,;。])"
)
_DIGIT_OF = str.maketrans("OolI", "0011")
_LETTER = re.compile("[OolI]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, at ``text[begin:end]``.

    ``style`` is ``digits``; ``words`` for Chinese numerals above ten; ``small`` for those up to ten, which
    count things more often than they set goals; ``bare`` for a multiplier that stands alone (万亩, 千万千瓦);
    ``fraction`` for shares in words. ``more`` is ``余`` or ``多`` where the number is exceeded a little.
    """

    begin: int
    end: int
    value: float
    high: float | None
    unit: str
    dimension: str
    style: str
    more: str = ""
    needs: tuple[str, ...] = ()


class Numbers:
    """Finds quantities; made once for a word list, see :func:`numbers`."""

    def __init__(self, rows: tuple[dict[str, str], ...]) -> None:
        self._rows = {row["unit"]: row for row in rows}
        self._unless = {unit: tuple(filter(None, row["unless"].split("|"))) for unit, row in self._rows.items()}
        self._needs = {unit: tuple(filter(None, row["needs"].split("|"))) for unit, row in self._rows.items()}
        self._factors = {unit: _factor(row) for unit, row in self._rows.items()}
        named = [unit for unit in self._rows if unit not in (_NO_UNIT, _MULTIPLE)]
        units = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
        per = rf"/(?:\((?:{units}|{_PER})(?:·(?:{units}|{_PER}))?\)|万?(?:{units})|{_PER})"
        paired = (unit for unit in named if self._rows[unit]["dimension"] in _PAIRED)
        pair = rf"\((?:{'|'.join(map(re.escape, sorted(paired, key=len, reverse=True)))})\)"
        gauges = "|".join(map(re.escape, self._needs.get(_NO_UNIT, ()))) or r"(?!)"
        self._gauge_before = re.compile(rf"(?:{gauges})[^,;。、\n]{{0,20}}$")
        # Where a number may begin: no numerals without a unit behind them (进一步, 十分), none within a row of them.
        behind = "".join(sorted({unit[0] for unit in named}))
        counted = rf"(?=[{_NUMERALS}点]{{1,9}}[ ]?[余多]?[{re.escape(behind)}])[{_NUMERALS}]+"
        self.opens = re.compile(
            rf"(?=[\d翻半过{_NUMERALS}])"
            rf"(?:\d+|翻|半数|过半|(?<![{_NUMERALS}])(?:[百千二三四五六七八九十]+分之|一半|{counted}))"
        )
        self._plain_pattern = re.compile(rf"(?P<a>\d{{1,4}}(?:\.\d{{1,4}})?)(?:[:∶]1(?!\d))?{_BEHIND}")
        people = "|".join(map(re.escape, self._needs.get(_MULTIPLE, ()))) or r"(?!)"
        self._people_pattern = re.compile(rf"(?P<a>{_DIGITS})[ ]?(?P<more>[余多])?万(?=[一-鿿]{{0,6}}?(?:{people}))")
        self._digits_pattern = re.compile(
            rf"(?P<a>{_DIGITS})[ ]{{0,2}}"
            rf"(?:(?P<am>{_TIMES})??(?P<au>{units})?{_JOIN}(?P<b>{_DIGITS})[ ]{{0,2}})?"
            rf"(?P<more>[余多])?[ ]?(?P<m>{_TIMES})??[ ]?(?P<more2>[余多])?[ ]?"
            rf"(?P<u>{units})(?P<per>{per}|{pair})?"
        )
        self._words_pattern = re.compile(
            rf"(?P<of>[百千])分之(?P<pc>{_DIGITS}|{_WORDS}{{1,9}})"
            rf"|(?P<den>[二三四五六七八九十]{{1,3}})分之(?P<num>[一两二三四五六七八九]{{1,2}})"
            rf"|翻(?P<fan>[一两二三四五六]|\d)?番"
            rf"|(?P<half>一半|半数|过半)"
            rf"|(?P<w>{_WORDS}{{1,9}})[ ]?(?P<wmore>[余多])?(?P<wu>{units})(?P<wper>{per}|{pair})?"
        )

    def find(self, text: str) -> list[Quantity]:
        """Return the quantities of a folded text, in order."""
        found, at = [], 0
        text = _LIKE.sub(_as_digits, text) if _LETTER.search(text) else text
        # Where a number may begin is sought first, the grammar tried only there: most of a text holds none.
        for opening in self.opens.finditer(text):
            begin = opening.start()
            if begin < at:
                continue
            before = text[begin - 1 : begin] or " "
            if text[begin].isdigit():
                if before in ".+×第" or (before.isascii() and before.isalpha()):
                    continue
                if before in ":∶" and text[begin - 2 : begin - 1].isdigit():  # 1:0.8
                    continue
                match = self._digits_pattern.match(text, begin)
                quantity = self._digits(match) if match else self._unitless(text, begin)
            else:
                match = None if before == "第" else self._words_pattern.match(text, begin)
                quantity = self._words(match, text) if match else None
            if quantity and match:
                unit = match["u" if match.re is self._digits_pattern else "wu"]
                if self._barred(unit, text, match):  # 5.2万群众: no 群
                    quantity = self._unitless(text, begin)
            if quantity:
                found.append(quantity)
            at = match.end() if match else quantity.end if quantity else at
        return found

    def _unitless(self, text: str, begin: int) -> Quantity | None:
        """Read a number without unit behind what is gauged so (系数提高到0.58, 2.8:1), and 5.2万贫困人口."""
        match = self._plain_pattern.match(text, begin)
        if match and self._gauge_before.search(text[max(begin - 32, 0) : begin]):
            return Quantity(match.start(), match.end(), _plain(match["a"]), None, "", "index", "digits")
        match = self._people_pattern.match(text, begin)
        if match:
            more = match["more"] or ""
            return Quantity(match.start(), match.end(), _plain(match["a"]), None, "万", "people", "digits", more)
        return None

    def _barred(self, unit: str | None, text: str, match: re.Match) -> bool:
        return bool(unit) and text.startswith(self._unless[unit], match.end())

    def _make(self, match, value, high, prefix, unit, style, more="", per="") -> Quantity:
        row = self._rows[unit]
        factor = self._factors[unit]
        return Quantity(
            match.start(),
            match.end(),
            _round(value * factor),
            None if high is None else _round(high * factor),
            prefix + row["normal"] + (per or ""),
            row["dimension"],
            style,
            more or "",
            self._needs[unit],
        )

    def _digits(self, match: re.Match) -> Quantity | None:
        times, unit, per = match["m"] or "", match["u"], match["per"]
        low = _plain(match["a"]) * _SCALE[times]
        more = match["more"] or match["more2"]
        if match["b"] is None:
            return self._make(match, low, None, _PREFIX.get(times, ""), unit, "digits", more, per)
        if (match["au"] or unit) != unit:
            return None
        high = _plain(match["b"]) * _SCALE[times]
        first = match["am"] or times
        if first != times:  # 5000万元—1亿元 is given in 亿元
            low = _plain(match["a"]) * _BASE[first] / _BASE[times] * _SCALE[times]
        elif high <= low and times and not match["am"] and not match["au"]:  # 8000-1万人
            low, high, times = _plain(match["a"]), _plain(match["b"]) * _BASE[times], ""
        if high <= low:  # 2020-5个 is no range
            return None
        return self._make(match, low, high, _PREFIX.get(times, ""), unit, "digits", more, per)

    def _words(self, match: re.Match, text: str) -> Quantity | None:
        if match["pc"]:
            value = _plain(match["pc"]) if match["pc"][0].isdigit() else _chinese(match["pc"])
            unit = "%" if match["of"] == "百" else "‰"
            return value and Quantity(match.start(), match.end(), value, None, unit, "share", "fraction")
        if match["num"]:
            parts, whole = _chinese(match["num"]), _chinese(match["den"])
            if not parts or not whole or parts >= whole:
                return None
            return Quantity(match.start(), match.end(), _round(100 * parts / whole), None, "%", "share", "fraction")
        if match["half"]:
            if not (text.startswith("以上", match.end()) or text.endswith(_HALVED, 0, match.start())):
                return None
            return Quantity(match.start(), match.end(), 50.0, None, "%", "share", "fraction")
        if match["wu"] is None:
            times = match["fan"] or "一"
            value = float(times) if times.isdigit() else _chinese(times)
            return Quantity(match.start(), match.end(), value, None, "番", "doubling", "fraction")
        return self._counted(match, text)

    def _counted(self, match: re.Match, text: str) -> Quantity | None:
        words, unit, per = match["w"], match["wu"], match["wper"]
        if words in _BARE:
            value, prefix = _BARE[words]
            if text.endswith(_NEARLY, 0, match.start()):
                return self._make(match, value, None, prefix, unit, "words", match["wmore"], per)
            if self._rows[unit]["dimension"] not in _BARE_DIMENSIONS or match["wmore"]:
                return None
            return self._make(match, value, None, prefix, unit, "bare")
        prefix = words[-1] if words[-1] in "万亿" else ""
        value = _chinese(words[:-1] if prefix else words)
        if value is None:
            return None
        named = value <= 10 and not prefix and not match["wmore"]
        if named and self._rows[unit]["about"].startswith("digits"):
            return None
        style = "small" if named and self._rows[unit]["dimension"] not in _SHARES else "words"
        return self._make(match, value, None, prefix, unit, style, match["wmore"], per)


def _as_digits(match: re.Match) -> str:
    """Read O, l and I of a scan as digits where they are stuck to digits: 9O%, O.58, l00亩."""
    written = match.group()
    return written if written.isdigit() else written.translate(_DIGIT_OF)


def _factor(row: dict[str, str]) -> float:
    try:
        return float(row["factor"] or 1)
    except ValueError:
        raise LexiconError(
            tr("The factor of a unit of measure is no number.", "计量单位的换算系数不是数字。"),
            where=f"target_units.tsv: {row['unit']} {row['factor']}",
            todo=tr("Leave it empty, or write a number such as 10.", "请留空，或写 10 之类的数字。"),
        ) from None


def _plain(digits: str) -> float:
    return float(digits.replace(",", ""))


def _round(value: float) -> float:
    return round(value, 6)


@lru_cache(maxsize=4096)
def _chinese(words: str) -> float | None:
    import cn2an

    if words == "百":
        return 100.0
    try:
        return float(cn2an.cn2an(words, "smart"))
    except (ValueError, KeyError, IndexError):
        return None


@lru_cache(maxsize=8)
def numbers(folder: str | None = None) -> Numbers:
    """Return the finder for the shipped units, or for those of a study's folder.

    Examples
    --------
    >>> [(q.value, q.high, q.unit) for q in numbers().find("改造2000套,新建8-10个,种草5.84万亩,达到百分之九十")]
    [(2000.0, None, '套'), (8.0, 10.0, '个'), (5.84, None, '万亩'), (90.0, None, '%')]
    >>> [(q.value, q.unit, q.style) for q in numbers().find("黄河上游千万千瓦级水电基地")]
    [(1000.0, '万千瓦', 'bare')]
    """
    return Numbers(load("target_units", folder))
