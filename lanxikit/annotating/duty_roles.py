"""Which part of a duty list leads, is responsible, or supports: X牵头，Y等部门按职责分工负责."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agencies import alternation, read_name
from lanxikit.lexicons import load
from lanxikit.text.lenient import lenient, opening

LEAD, RESPONSIBLE, SUPPORT = ("lead", "responsible", "support")
_STOP = "、,;。()□"  # □: a bracket with its words, see agency_marks.masked
_NAME = re.compile(r"[^\s、,;。:()]{0,40}")


class Role(NamedTuple):
    """A role and the document's word for it: lead, 牵头."""

    role: str
    word: str


class Chunk(NamedTuple):
    """A stretch of a duty list: ``text[start:end]`` and its roles (that of the first agency, that of the others).

    ``labelled``: a label stands before it in the text itself.
    """

    start: int
    end: int
    roles: tuple[Role, Role]
    labelled: bool = False


UNSAID = Role(RESPONSIBLE, "责任单位")  # a list without a label, in a bracket or a cell


@dataclass(frozen=True)
class DutyWords:
    """The words of duty lists, ready for use."""

    labels: re.Pattern
    label_roles: dict[str, str]  # empty role: a label of something else, such as 责任人
    label_names: re.Pattern
    colon: re.Pattern  # a label of duties with its colon, or 为 in its place
    hint: re.Pattern  # what running text must hold to name a duty
    cue: re.Pattern  # the same for a single sentence, quicker and less strict
    duty_names: str  # expression for the labels of duties
    role_names: re.Pattern
    markers: re.Pattern
    marker_roles: dict[str, str]
    closing: frozenset[str]
    clear: frozenset[str]  # words that say a role whatever follows
    joint: frozenset[str]
    tags: re.Pattern
    open_end: re.Pattern
    same: frozenset[str]  # 同上, 〃
    said: str  # expression for how and what is said behind agencies: 等部门共同负责
    folder: str | None

    def role_of(self, phrase: str) -> str | None:
        """Return the role that several words make together: 负责牵头 leads, 协助落实 supports."""
        words = self.role_names.findall(phrase)
        said = [self.marker_roles[word] for word in words]
        if LEAD in said:
            return LEAD
        helps = any(self.marker_roles[word] == SUPPORT for word in words if word in self.clear)
        return SUPPORT if helps else next(iter(said), None)


@lru_cache(maxsize=16)
def duty_words(folder: str | None = None) -> DutyWords:
    """Load the words of duty lists, with those of a folder added."""
    labels = [row for row in load("duty_labels", folder) if len(row["label"]) > 1]
    rows = load("duty_words", folder)
    kinds = ("after", "closing", "joint", "manner", "many", "is", "with", "subject", "same")
    of = {kind: [row["word"] for row in rows if kind in row["kind"].split("、")] for kind in kinds}
    manner, said, many = alternation(of["manner"]), alternation(of["after"] + of["closing"]), alternation(of["many"])
    label, joint = alternation(row["label"] for row in labels), alternation(of["joint"])
    duties = [row["label"] for row in labels if row["kind"] == "duty"]
    duty = alternation(duties)
    places = load("agency_places", folder)
    kinds = alternation(row["word"] for row in places if {"type", "types"} & set(row["kind"].split("、")))
    etc, closed = r"(?:…\s{0,12})?等{1,2}", rf"(?=[{_STOP}\s/…]|和|及|与|以及|暨|$)"
    before = opening(of["manner"], of["after"], of["closing"], of["joint"], of["is"])
    hints = [*of["after"], *of["joint"], *of["with"], *of["subject"], "职责", "职能", "责任", *duties]
    behind = rf"(?=[{_STOP}\]】〕\s]|$)"
    cues = [*hints, *of["closing"], "牵头", "配合"]
    head = rf"(?P<label>{label})|(?P<word>{said})(?:单位|部门)?(?=\s?:)"  # 责任单位, 配合:
    return DutyWords(
        labels=re.compile(
            opening((row["label"] for row in labels), of["after"], of["closing"])
            + rf"(?:(?<![^\s{_STOP}])(?:{head})(?P<colon>\s?:\s?|(?=\s)|$)?|(?P<within>{label})(?P<mark>\s?:\s?))"
        ),
        label_roles={row["label"]: row["role"] if row["kind"] == "duty" else "" for row in labels},
        label_names=re.compile(label),
        hint=re.compile(f"{_flat(hints)}|{_flat(of['closing'], behind)}"),
        cue=re.compile(_flat(cues)),
        colon=re.compile(
            rf"{opening(duties, '牵配')}(?:(?:{duty}|牵头|配合)\s?:|(?:{duty})\s?(?:{alternation(of['is'])}))"
        ),
        duty_names=duty,
        role_names=re.compile(alternation(row["word"] for row in rows if row["role"])),
        markers=re.compile(
            rf"{before}(?:(?:{manner}){{0,3}}(?P<word>{said}|{joint})(?!人|同志|单位|部门)(?:{said}|{manner}){{0,3}}"
            rf"|(?:{manner}){{1,3}}(?=[{_STOP}\s]|$)"
            rf"|(?:{alternation(of['is'])})(?P<label>{label})(?=[{_STOP}\s]|$))"
        ),
        marker_roles={row["word"]: row["role"] for row in rows if row["role"]},
        clear=frozenset(of["after"]),
        closing=frozenset(of["closing"]),
        joint=frozenset(of["joint"]),
        tags=re.compile(rf"\((?:{manner}){{0,2}}(?:(?P<word>{said})(?:单位|部门)?|(?P<label>{duty}))\)"),
        same=frozenset(of["same"]),
        said=rf"(?:…\s{{0,12}})?(?:等(?:{many}|\d){{0,5}})?(?:{manner}){{0,3}}(?:{said}|{joint})",
        open_end=re.compile(
            rf"(?=[…等])(?:{etc}部\s?$|{etc}(?:{many}){{0,2}}(?:{kinds})?(?P<ruler>人民政府|政府|管委会){closed}"
            rf"|{etc}(?:{kinds}|地){closed}"
            rf"|{etc}(?:(?!(?:及|和|与)(?:各|有关|相关))\s?(?:{many}|部\s门|单\s位|\d)){{0,5}}{closed}|…)"
        ),
        folder=folder,
    )


def _flat(words: Iterable[str], behind: str = "") -> str:
    """Return an expression for any of the words, a branch for each first character: so the engine skips to those."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], []).append(word)
    return "|".join(lenient(some, {}, blanks=False) + behind for some in by_first.values()) or "(?!)"


def heading_roles(heading: str, words: DutyWords) -> tuple[Role, Role] | None:
    """Return the roles that the label of a duty row gives: that of the first agency and that of the others.

    None where it is the label of something else: 责任领导.

    Examples
    --------
    >>> [tuple(role) for role in heading_roles("牵头单位 配合单位", duty_words())]
    [('lead', '牵头单位'), ('support', '配合单位')]
    """
    labels = [Role(words.label_roles[label], label) for label in words.label_names.findall(heading)]
    roles = [role for role in labels if role.role]
    if labels and not roles:
        return None
    roles = roles or [Role(words.marker_roles[word], word) for word in words.role_names.findall(heading)]
    return (roles[0], roles[-1]) if roles else (UNSAID, UNSAID)


def chunks(text: str, roles: tuple[Role, Role] | None, words: DutyWords) -> list[Chunk]:
    """Cut a duty list where its own words change the role.

    Parameters
    ----------
    text : str
        Folded.
    roles : tuple of Role or None
        What the label says, see ``heading_roles``; None where there is no label, and what no word gives a role to is
        left out.

    Examples
    --------
    >>> text = "兰州市政府牵头,省科技厅等部门按职责分工负责"
    >>> [(text[c.start : c.end], *c.roles[0]) for c in chunks(text, (UNSAID, UNSAID), duty_words())]
    [('兰州市政府', 'lead', '牵头'), (',省科技厅等部门', 'responsible', '按职责分工负责')]
    """
    found: list[Chunk] = []
    for start, end, default, labelled in _labelled(text, roles, words):
        begin, joined = start, ""
        for marker in words.markers.finditer(text, start, end):
            word = marker["word"]
            if word in words.closing and text[marker.end() : min(marker.end() + 1, end)].strip(_STOP + " "):
                continue
            if word in words.joint:
                found.append(Chunk(begin, marker.start(), (Role(LEAD, word),) * 2, labelled))
                begin, joined = marker.end(), word
                continue
            role = words.label_roles[marker["label"]] if marker["label"] else words.role_of(marker.group())
            phrase = marker["label"] or re.sub(r"\s", "", marker.group())
            said = (Role(SUPPORT, joined),) * 2 if joined else (Role(role, phrase),) * 2 if role else default
            if said and not role and not joined:
                said = tuple(Role(part.role, phrase) if part is UNSAID else part for part in said)
            if said and role != "":
                found.append(Chunk(begin, marker.start(), said, labelled))
            begin, joined = marker.end(), ""
        if joined or default:
            found.append(Chunk(begin, end, (Role(SUPPORT, joined),) * 2 if joined else default, labelled))
    return [chunk for chunk in found if text[chunk.start : chunk.end].strip(_STOP + " ")]


def _labelled(text: str, roles: tuple[Role, Role] | None, words: DutyWords):
    """Yield the stretches between labels that stand in the list itself, the roles each label gives, if it is one."""
    start, current, labelled = 0, roles, False
    for label in words.labels.finditer(text):
        if label["colon"] is None and label["mark"] is None and not _leads_in(text, label, words):
            continue
        if label.start() > start:
            yield start, label.start(), current, labelled
        name = label["label"] or label["within"]
        role = words.label_roles[name] if name else words.marker_roles[label["word"]]
        start, current, labelled = label.end(), (Role(role, name or label["word"]),) * 2 if role else None, True
    if start < len(text):
        yield start, len(text), current, labelled


def _leads_in(text: str, label: re.Match, words: DutyWords) -> bool:
    """Tell whether a label without a colon stands before the whole name of an agency: 牵头单位市水务局."""
    behind = _NAME.match(text, label.end())
    name = read_name(behind.group(), words.folder)
    return bool(name.suffix) and bool(name.place.text or name.field)
