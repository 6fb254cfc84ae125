"""Paragraphs known by their words: they lead in a list, close a text, turn to the hearers, are a form.

The words stand in the list ``lead_words``; what is folded comes in, nothing is cut here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load

_FORCE = 160  # a paragraph on entry into force is no longer
_LEAD = 60  # a lead-in is no longer than this
# 本行动计划自, 本实施意见由: the text speaks of itself.
_ITSELF = re.compile(r"本[\u4e00-\u9fff]{2,12}?(?:[自从由与的]|有效期|试行期|未尽|实施期|施行|解释|\(试行\))")
_TURNS = frozenset("!,:")
_LABEL = 14  # characters before the colon of a form's line
_FILLED = re.compile(r"[\s_年月日时分/]{0,40}(?:\([^()]{0,8}[章字名]\))?[\s_年月日]{0,40}")


@lru_cache(maxsize=16)
def _words(folder: str | None) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in load("lead_words", folder):
        found.setdefault((row["kind"], row["place"]), []).append(row["word"])
    return {key: tuple(words) for key, words in found.items()}


def leads_in(text: str, lexicon: str | None = None) -> str | None:
    """Tell whether a folded paragraph does nothing but lead in what follows.

    Returns
    -------
    "sure", "likely" or None
        ``"likely"`` where only its last word says so (重点抓好三项工作：).

    Examples
    --------
    >>> leads_in("重点抓好以下工作:"), leads_in("重点抓好三项工作:"), leads_in("新建学校5所。")
    ('sure', 'likely', None)
    """
    if len(text) > _LEAD:
        return None
    bare = text.rstrip("。:")
    closed = text.endswith(":")
    if not (closed or bare.endswith("如下")) or "。" in bare:
        return None
    words = _words(lexicon)
    if any(word in text for word in words.get(("lead", "any"), ())):
        return "sure"
    return "likely" if closed and bare.endswith(words.get(("lead", "end"), ("\0",))) else None


def opens_list(text: str) -> bool:
    """Tell whether a folded line is short and ends with a colon: above a list it leads it in, whatever it says.

    Examples
    --------
    >>> opens_list("今年,继续办好民生实事:"), opens_list("建设学校。其中:")
    (True, False)
    """
    return text.endswith(":") and len(text) <= _LEAD and not set(text) & set("。;")


def closes(text: str, lexicon: str | None = None) -> bool:
    """Tell whether a folded paragraph can close a whole text: 各地各部门要…, 本方案自发布之日起施行."""
    words = _words(lexicon)
    return text.startswith(words.get(("close", "start"), ("\0",))) or in_force(text, lexicon) or appeals(text, lexicon)


def in_force(text: str, lexicon: str | None = None) -> bool:
    """Tell whether a folded paragraph says from when, how long or in whose reading the text itself holds.

    Examples
    --------
    >>> in_force("本行动计划自2023年7月1日起施行,由市经信局负责解释。"), in_force("本地企业自主实施技改。")
    (True, False)
    """
    if not text.startswith(("本", "以前", "以往", "过去", "此前", "有效期", "原")) or len(text) > _FORCE:
        return False
    words = _words(lexicon).get(("force", "any"), ("\0",))
    return (text[0] != "本" or bool(_ITSELF.match(text))) and any(word in text for word in words)


def appeals(text: str, lexicon: str | None = None) -> bool:
    """Tell whether a folded paragraph turns to the hearers of a speech: 各位代表！让我们…"""
    hearers = _words(lexicon).get(("appeal", "start"), ("\0",))
    return any(text.startswith(words) and text[len(words) : len(words) + 1] in _TURNS for words in hearers)


def turns(text: str, lexicon: str | None = None) -> bool:
    """Tell whether a folded paragraph of a report turns from what was done to the whole of it, or to what is lacking.

    Examples
    --------
    >>> turns("同时,我们也清醒地认识到,发展不充分。"), turns("同时,修建公路。")
    (True, False)
    """
    return text.startswith(_words(lexicon).get(("turn", "start"), ("\0",)))


def blank_form(text: str, lexicon: str | None = None) -> bool:
    """Tell whether a folded line is that of a form to be filled in.

    Examples
    --------
    >>> [blank_form(line) for line in ("申报单位:(盖章)", "填表日期:年月日", "联系人:", "重点工作:")]
    [True, True, True, False]
    """
    label, colon, rest = text.partition(":")
    if not colon or not _FILLED.fullmatch(rest):
        return False
    ends = _words(lexicon).get(("form", "end"), ("\0",))
    return len(label) <= _LABEL and re.sub(r"\([^()]{0,8}\)$", "", label).endswith(ends)
