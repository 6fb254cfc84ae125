"""Whether a word stands within the name of an agency: 改革 in 省发展改革委, 监管 in 市场监管局.

Read from the word on: fields of policy and words that only such names join (管理, 行政), then an ending that marks an
agency (局, 委, 部门). The place before the word does not matter.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.annotating.agencies import AgencyWords, agency_words, alternation

_JOINING = re.compile(
    "监督管理|管理|监督|行政主管|行政|主管|监管|执法|审批|服务|事务|工作|综合|发展|保障|安全|建设|总|[和与]"
)
_SPREAD = re.compile(r"[、和与及]|等(?:有关|相关|各)?")
_NO_ENDING = re.compile(  # 公路局部, 培训办法, 科技厅堂: the last character begins another word
    r"(?<=局)[部面势域限]|(?<=委)[托派任外]|(?<=办)[理法学好事税案结成医件展会证园]|(?<=厅)堂"
)
_STEPS = 24  # parts of a name, or of a list of names that share their ending
_LONGEST_ENDING = 6
_LONGEST_FIELD = 8  # characters of a field's name before the word in it
_CENTRES = ("管理中心", "采购中心", "交易中心", "行业协会")
_CENTRE = re.compile("(?:管理|采购|交易)中心")
_FORMS = frozenset(("department", "government", "area"))


class Masks:
    """Tells which words of a text are part of an agency's name.

    Examples
    --------
    >>> text = "省发展改革委、市场监管局深化改革"
    >>> [masks().covers(text, at, at + 2) for at in (text.index("改革"), text.index("监管"), text.rindex("改革"))]
    [True, True, False]
    """

    def __init__(self, words: AgencyWords) -> None:
        self._stems = words.stems
        ends = [suffix for suffix in words.sure if words.forms[suffix] in _FORMS and len(suffix) <= _LONGEST_ENDING]
        self._ends = re.compile(alternation([*ends, *_CENTRES]))

    def covers(self, text: str, start: int, end: int) -> bool:
        """Tell whether ``text[start:end]`` lies in an agency's name."""
        at, fields = end, self._stems.match(text, start)
        if fields and fields.end() > end:
            at = fields.end()
        if _CENTRE.match(text, end - 2):  # 政府采购 + 中心
            return True
        listed = False
        for _ in range(_STEPS):
            if self._closes(text, at):
                return not listed or bool(fields) or self._within_field(text, start, end)
            part = self._stems.match(text, at) or _JOINING.match(text, at)
            if not part:
                part = _SPREAD.match(text, at)
                if not part:
                    return False
                listed = True
            at = part.end()
        return False

    def _within_field(self, text: str, start: int, end: int) -> bool:
        """Tell whether a field's name holds a word: 改革 in 发展改革、财政等部门, not 培训 in 培训、财政等部门."""
        found = (self._stems.match(text, low) for low in range(max(start - _LONGEST_FIELD, 0), start))
        return any(field and field.end() >= end for field in found)

    def _closes(self, text: str, at: int) -> bool:
        found = self._ends.match(text, at)
        return bool(found) and not _NO_ENDING.match(text, found.end())


def masks(lexicon=None) -> Masks:
    """Return the masks; made once for each lexicon folder."""
    return _masks(None if lexicon is None else str(lexicon))


@lru_cache(maxsize=8)
def _masks(folder: str | None) -> Masks:
    return Masks(agency_words(folder))
