"""What kind of passage a number stands in, told by the headings above it and the title of its document.

A review of past years (工作回顾) reports; terms (申报条件, 法律责任) and the articles of a regulation state norms: what
looks like a target there is none. The words stand in ``target_scopes.tsv``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.text.fold import fold

_TITLE_ENDS = re.compile(r"(?:\([^()]{1,12}\)|[》\"”]|的通知|的公告|的决定|的函| )+$")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（]?\d|[(（][一二三四五六七八九十]")
_NUMBER = r"[ ]*(?:[(]?[一二三四五六七八九十\d.]{1,6}[)]?[、.)]?|第[一二三四五六七八九十]{1,3}[章节])[ ]*"
_OF_YEAR = re.compile(
    r"20\d\d年(?!以来)[^,;。:、]{0,10}(?:工作安排|工作部署|工作打算|工作建议|重点任务|重点工作|工作重点|工作任务|主要任务|主要工作|目标任务)$"
)
_LEVELS = ("率", "比例", "比重", "占比", "覆盖面", "满意度")


def is_of_goals(heading: str) -> bool:
    """Tell whether a heading is one of goals, of a phase, or of a year's work, so that its date holds below it."""
    return "目标" in heading or "阶段" in heading or bool(_OF_YEAR.search(heading))


class Scopes:
    """Tells the scope of a passage; made once for a word list, see :func:`scopes`."""

    def __init__(self, rows: tuple[dict[str, str], ...]) -> None:
        self._titles = tuple(row["word"] for row in rows if row["side"] == "title")
        self.of, self.is_legal = lru_cache(maxsize=1024)(self._of), lru_cache(maxsize=256)(self._is_legal)
        self._words = {row["word"]: row["scope"] for row in rows if row["side"] == "heading"}
        words = sorted(self._words, key=len, reverse=True)
        self._headings = re.compile("|".join(map(re.escape, words)) or r"(?!)")
        acts = sorted((row["word"] for row in rows if row["side"] == "act"), key=len, reverse=True)
        # 三、优化外贸发展环境 says what is to be done, 发展环境 what there is
        self._acts = re.compile(rf"(?:{_NUMBER})?(?:{'|'.join(map(re.escape, acts)) or '(?!)'})")

    def _is_legal(self, title: str) -> bool:
        """Tell whether a title is that of a regulation: 条例, 办法, 规定, also in 关于印发《…办法》的通知."""
        return _TITLE_ENDS.sub("", title.replace("\n", "")).endswith(self._titles)

    def _of(self, headings: tuple[str, ...], legal: bool) -> str:
        """Return ``review``, ``terms``, ``articles``, ``legal`` or ``plan``; the innermost heading that tells decides.

        ``legal`` is a regulation under numbered headings (一、…), which may set a level to reach; in ``articles`` a
        level is a norm.

        Examples
        --------
        >>> scopes().of(("一、2023年工作回顾", "（一）经济稳步增长"), False)
        'review'
        >>> scopes().of(("一、2023年工作回顾", "（二）2024年工作安排"), False)
        'plan'
        """
        for heading in reversed(headings):
            found = [self._words[match.group()] for match in self._headings.finditer(heading)]
            if found and found[-1] == "review" and self._acts.match(fold(heading)):
                continue
            if found:
                return found[-1]
        if not legal:
            return "plan"
        return "legal" if any(_NUMBERED.match(heading) for heading in headings) else "articles"


def sets_level(dimension: str, indicator: str) -> bool:
    """Tell whether a regulation sets a level to reach: 水质合格率不低于98%."""
    return dimension in ("share", "point") and indicator.endswith(_LEVELS)


@lru_cache(maxsize=8)
def scopes(folder: str | None = None) -> Scopes:
    """Return the reader for the shipped words, or for those of a study's folder."""
    return Scopes(load("target_scopes", folder))
