"""Lists that tell by their order who leads: 排名第一的为牵头单位，其余为配合单位，下同."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agencies import agency_words, alternation, read_name
from lanxikit.annotating.duty_roles import LEAD, duty_words
from lanxikit.lexicons import load
from lanxikit.text.lenient import opening

_STOP = r"\s、,;。:()"
_BEFORE = re.compile(rf"[^{_STOP}]{{1,30}}$")
_EMPTY = re.compile(r"\([\s、,;。:]{0,60}\)")
_REACH = 30  # characters


class Order(NamedTuple):
    """The rule that the first agency leads.

    ``others``: the role of the others, None where the rule does not say; ``below``: it holds for the lists that follow
    as well (下同); ``formal``: it speaks of a label (为牵头单位), not only of leading; ``word``: what it
    calls the first.
    """

    others: str | None
    below: bool
    formal: bool
    word: str = "牵头"


class _Patterns(NamedTuple):
    rule: re.Pattern
    others: re.Pattern
    remark: re.Pattern
    hint: re.Pattern


@lru_cache(maxsize=16)
def _patterns(folder: str | None) -> _Patterns:
    rows = [row for row in load("duty_labels", folder) if len(row["label"]) > 1]
    label, leading = alternation(r["label"] for r in rows), alternation(r["label"] for r in rows if r["role"] == LEAD)
    words = load("duty_words", folder)

    def rows_of(*kinds: str, role: str = "") -> list[str]:
        return [row["word"] for row in words if set(kinds) & set(row["kind"].split("、")) and role in ("", row["role"])]

    def of(*kinds: str, role: str = "") -> str:
        return alternation(rows_of(*kinds, role=role))

    about, said = of("order", "many", "is"), of("after", "closing")
    return _Patterns(
        re.compile(
            rf"(?P<rule>(?:{about}){{0,8}}+(?:{of('first')})(?:{about}){{0,8}}"
            rf"(?:(?P<formal>{leading})|(?:{of('after', 'closing', role=LEAD)})(?:单位|部门)?))"
            rf"|(?:{of('is')})(?:{label})(?=[{_STOP}]|$)"
        ),
        re.compile(
            rf"(?:{of('others')})(?:{about}){{0,6}}(?:{of('manner')}){{0,2}}"
            rf"(?:(?P<label>{label})|(?P<word>{said}))(?=[{_STOP}]|$)"
        ),
        re.compile(rf"(?<![^{_STOP}])(?:{of('remark')})(?=[{_STOP}]|$)"),
        re.compile(
            rf"{opening(rows_of('first', 'remark', 'is'))}(?:{of('first')}|{of('remark')}|(?:{of('is')})(?:{label}))"
        ),
    )


def speaks_of_order(text: str, folder: str | None = None) -> bool:
    """Tell quickly whether a text may hold a rule that ``ruled`` takes out."""
    return _patterns(folder).hint.search(text) is not None


def places_of_order(text: str, folder: str | None = None) -> list[int]:
    """Return where the words stand that `speaks_of_order` seeks."""
    return [found.start() for found in _patterns(folder).hint.finditer(text)]


def ruled(text: str, folder: str | None = None) -> tuple[str, Order | None]:
    """Take the rule that the first agency leads out of a duty list.

    Parameters
    ----------
    text : str
        Folded, with round brackets only.
    folder : str or None
        The folder of word lists in use.

    Returns
    -------
    tuple
        The text with blanks in place of the rule, and the rule, None where there is none. Any other remark on what
        makes a 牵头单位 (带号的为牵头单位) becomes blanks too.

    Examples
    --------
    >>> ruled("市水务局、市财政局,排名第一的为牵头单位,下同")[1]
    Order(others=None, below=True, formal=True, word='牵头单位')
    """
    patterns, words = _patterns(folder), duty_words(folder)
    if not patterns.hint.search(text):
        return text, None
    spans, found, others = [], None, None
    for rule in patterns.rule.finditer(text):
        before = _BEFORE.search(text, max(rule.start() - _REACH, 0), rule.start())
        named = bool(before) and _named(before.group(), bool(rule["rule"]), folder)
        if rule["rule"] or not named:
            spans.append((before.start() if before and not named else rule.start(), rule.end()))
        found = found or (rule if rule["rule"] else None)
    if found:
        for rest in patterns.others.finditer(text):
            others = words.label_roles[rest["label"]] if rest["label"] else words.marker_roles[rest["word"]]
            spans.append(rest.span())
    remarks = [remark.span() for remark in patterns.remark.finditer(text)]
    if not spans and not remarks:
        return text, None
    marks = list(text)
    for start, end in spans + remarks:
        marks[start:end] = " " * (end - start)
    text = _EMPTY.sub(lambda gap: " " * len(gap.group()), "".join(marks))
    return text, Order(
        others or None, bool(remarks), bool(found["formal"]), found["formal"] or "牵头"
    ) if found else None


def _named(before: str, sure: bool, folder: str | None) -> bool:
    """Tell whether the words before 为牵头单位 are an agency: 市水务局, 海东市, not 带号的; ``sure``: by its ending."""
    words = agency_words(folder)
    suffix = words.suffixes.search(before)
    if suffix:
        return suffix.group() in words.sure or not sure
    name = read_name(before, folder)
    return bool(name.head or name.place.text or name.field) and not sure
