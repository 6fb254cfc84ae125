"""What a number counts or measures: the words before it (改造老旧小区 2000 套) or after it (引进5个项目).

What is trimmed stands in ``commitment_verbs.tsv``, ``commitment_hedges.tsv`` and ``target_phrases.tsv``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load

_LONGEST = 30
_HAN = re.compile(r"[一-鿿]")
_ENDS = re.compile(r"[,;:。!?、\n]|[^中高初同优劣平均甲乙丙]等(?=[一-鿿])")
_ASIDE = re.compile(r"\((?:[^()]{1,3})\)")  # 40万套(间)
_INNER = re.compile(r"\([^()]{1,20}\)")
_RATIO = re.compile(r"的?(?:比例|标准|密度)(?=设置|配置|配建|配备|安排|建设|预留)")
_MEASURED = re.compile("比例|标准|密度")
_MODIFIER = re.compile(r"^(?:有|具有|具备|能|可|以|为|符合|集)[^的,;:。]{1,30}的(?=.)")
_COMPARED = re.compile(r"(?:比|较|同|与)(?:[^,;。比较]{0,6}年(?:同期|末|底)?|同期|往年)(?:相比)?$")
_COMPARED_ENDS = ("年", "期", "末", "底", "比")
_OF_SIZE = re.compile(r"规模(?:化|以上|较大)")  # 实施规模化供水工程: the verb ends before it
_EDGES = " 、,;:。.·-—()\"'"
_PARTNER = re.compile(r"^(?:与|同|会同|联合)[一-鿿]{2,12}?(?:共建|共同|联合|合作|协同|互派|签订|签署|开展)")
_PARTICLES = ("的", "等", "将", "把", "使", "让", "对")
_JOINTS = ("和", "及", "与", "以及", "或")
_QUOTES = (("“", "”"), ("《", "》"), ("(", ")"))


class Indicators:
    """Trims words to an indicator; made once for a word list, see :func:`indicators`."""

    def __init__(self, verbs, hedges, phrases) -> None:
        roles: dict[str, set[str]] = {}
        for row in phrases:
            roles.setdefault(row["role"], set()).add(row["word"])
        self._verbs = {row["word"] if "word" in row else row["verb"] for row in verbs}
        self._adverbs = {row["word"] for row in hedges if row["kind"] == "adverb"} - self._verbs
        self._heads = self._verbs | {row["word"] for row in hedges} | roles.get("lead", set())
        self._heads_by_first: dict[str, list[str]] = {}  # the longest first
        for word in sorted(self._heads, key=len, reverse=True):
            self._heads_by_first.setdefault(word[:1], []).append(word)
        self._openers = {
            first: tuple(word for word in words if len(word) > 1) for first, words in self._heads_by_first.items()
        }
        self._noun = tuple(roles.get("noun", ()))
        self._cut = roles.get("cut", set())
        ends = sorted(roles.get("end", ()), key=len, reverse=True)
        self._end = re.compile("|".join(map(re.escape, ends)) or r"(?!)")
        opening = [word for word in ends if len(word) > 1 or word in "并均由向赴"]
        self._opens_end = re.compile("|".join(map(re.escape, opening)) or r"(?!)")
        self._things = tuple(roles.get("thing", ()))
        self.measures = tuple(sorted(roles.get("measure", ()), key=len, reverse=True))
        self._whole = roles.get("whole", set())
        self._people = tuple(roles.get("people", ()))
        self._goals = tuple(roles.get("goal", ()))
        self._tails = tuple(sorted(roles.get("tail", ()), key=len, reverse=True))
        self.settled = tuple(roles.get("settled", ()))
        self.places = tuple(roles.get("place", ()))
        self.done = tuple(roles.get("done", ()))
        self._rates = tuple(sorted(roles.get("rate", ()), key=len, reverse=True))

    def following(self, right: str) -> str:
        """Return the noun that a number stands before (个主导产业 → 主导产业), empty where there is none."""
        text = right.lstrip()
        if text[:1] == "(":
            aside = _ASIDE.match(text)
            if not aside:
                return ""
            text = text[aside.end() :]
        if "的" in text:
            text = _MODIFIER.sub("", text, count=1)
        text = _RATIO.sub("", text, count=1) if _MEASURED.search(text) else text
        if text.count("(") > text.count(")"):
            text = text[: text.rfind("(")]
        inner = _INNER.search(text) if "(" in text else None
        stop = _ENDS.search(text)
        if stop and inner and inner.start() < stop.start() < inner.end():  # 县(市、区)
            stop = _ENDS.search(text, inner.end())
        if stop:
            text = text[: stop.start() + (1 if stop.group().endswith("等") else 0)]
        text = text.removeprefix("级").removeprefix("的")
        text = self._ended(text)
        text = self._conjunct(text)
        for tail in self._tails:
            if text.endswith(tail) and len(text) - len(tail) >= 3:
                text = text[: -len(tail)]
                break
        text = self._undone(text)
        return "" if text.strip() in _JOINTS else _clean(text)

    def is_empty(self, noun: str) -> bool:
        """Tell whether a noun says nothing of what is counted: 监测站2座建设任务."""
        return noun in self._whole

    def is_people(self, noun: str) -> bool:
        """Tell whether a noun is one of people: 扑火队伍, 技能人才."""
        return noun.endswith(self._people)

    def is_goal(self, noun: str) -> bool:
        """Tell whether a noun only says that the number is a goal: 5万人以上的目标."""
        return noun.endswith(self._goals)

    def _undone(self, text: str) -> str:
        """Drop two or more verbs at the end (问题图斑整改巩固提升): what is done to the thing, not the thing."""
        rest, verbs = text, 0
        while len(rest) >= 4 and rest[-2:] in self._verbs:
            rest, verbs = rest[:-2], verbs + 1
        return rest if verbs >= 2 else text

    def _ended(self, text: str) -> str:
        # a word such as 在 may open a noun (在线平台); elsewhere it ends one
        if self._opens_end.match(text):
            return ""
        found = self._end.search(text, 2)
        return text[: found.start()] if found else text

    def _conjunct(self, text: str) -> str:
        """Cut 高速公路和安临一级公路 or 算力项目及数据中心 after the first thing."""
        for word in _JOINTS:
            at = text.find(word)
            if at >= 3 and (text[at - 2 : at] == text.rstrip()[-2:] or text[:at].endswith(self._things)):
                return text[:at]
        return text

    def preceding(self, left: str, skip: list[tuple[int, int]]) -> tuple[str, bool]:
        """Return the noun that a number follows (改造老旧小区 → 老旧小区).

        Parameters
        ----------
        left : str
            The clause up to the number and the words that say how it is meant.
        skip : list of (int, int)
            Expressions of time in it.

        Returns
        -------
        (str, bool)
            The noun, and whether it is one: False where there is but a verb (完成35%), or where the words end in 及, so
            that what is counted must follow.
        """
        for begin, end in reversed(skip):
            begin -= left[:begin].endswith(("到", "至", "在", "于"))
            left = left[:begin] + " " + left[end:]
        left = left.strip(_EDGES)
        if left.endswith(_COMPARED_ENDS):
            left = _COMPARED.sub("", left).strip(_EDGES)
        comma = left.rfind("、")
        if comma >= 0 and len(self._head(left[comma + 1 :])) > 1 and not _quoted(left, comma):
            left = left[comma + 1 :]  # 做好支援、组织研讨1次: another action begins
        for word in self._cut:
            found = left.rfind(word)
            if found >= 0 and len(left) - found - len(word) >= 2 and not _quoted(left, found):
                left = left[found + len(word) :]
        noun, complete = self._headless(left)
        return _clean(noun), complete and not left.endswith(("及", "和", "与"))

    def level(self, indicator: str) -> str:
        """Return what a rate of change is a rate of (地区生产总值年均增长 → 地区生产总值)."""
        rate = next((word for word in self._rates if indicator.endswith(word)), "")
        return indicator[: len(indicator) - len(rate)]

    def _headless(self, text: str) -> tuple[str, bool]:
        text = _PARTNER.sub("", text, count=1)
        for _ in range(12):
            rest = text.lstrip(_EDGES)
            word = self._head(rest)
            if not word:
                return rest, bool(rest)
            text = rest[len(word) :]
            if not text.strip(_EDGES):
                return word, False  # 培训500人次: the verb is all there is
        return text.lstrip(_EDGES), True

    def _head(self, text: str) -> str:
        for word in self._heads_by_first.get(text[:1], ()):
            length = len(word)
            if not text.startswith(word) or (text.startswith(self._noun, length) and not _OF_SIZE.match(text, length)):
                continue
            # 新 and 高标准 open many nouns: they go only before another verb or adverb
            rest = text[length:].strip(_EDGES)
            if len(rest) == 1:  # 招聘会, 营造林: a noun, not a verb and its object
                continue
            if (length > 1 and word not in self._adverbs) or word in _PARTICLES or not rest or self._opens(rest):
                return word
        return ""

    def _opens(self, text: str) -> bool:
        return text.startswith(self._openers.get(text[:1], ())) or (len(text) == 1 and text in self._heads)


def _quoted(text: str, position: int) -> bool:
    return any(text.rfind(a, 0, position) > text.rfind(b, 0, position) for a, b in _QUOTES)


def _clean(text: str) -> str:
    text = text.strip()[-_LONGEST:].strip(_EDGES)
    if text.isalpha() and _HAN.match(text):
        return text
    for left, right in _QUOTES:
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    return text if _HAN.search(text) else ""


@lru_cache(maxsize=8)
def indicators(folder: str | None = None) -> Indicators:
    """Return the trimmer for the shipped words, or for those of a study's folder.

    Examples
    --------
    >>> indicators().preceding("加快改造城镇老旧小区", [])
    ('城镇老旧小区', True)
    >>> indicators().following("个主导产业,加快形成"[1:])
    '主导产业'
    """
    return Indicators(
        [row for row in load("commitment_verbs", folder) if row["kind"] == "verb"],
        load("commitment_hedges", folder),
        load("target_phrases", folder),
    )
