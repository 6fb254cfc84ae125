"""Which part of a duty list leads, is responsible, or supports: X牵头，Y等部门按职责分工负责."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agencies import alternation, read_name
from lanxikit.lexicons import load

LEAD, RESPONSIBLE, SUPPORT = ROLES = ("lead", "responsible", "support")
_STOP = "、,;。()□"  # □: a bracket with its words, see agency_marks.masked
_NAME = re.compile(r"[^\s、,;。:()]{0,40}")


class Chunk(NamedTuple):
    """A stretch of a duty list: ``text[start:end]`` and its roles (role of the first agency, role of the others).

    ``labelled``: a label stands before it in the text itself.
    """

    start: int
    end: int
    roles: tuple[str, str]
    labelled: bool = False


@dataclass(frozen=True)
class DutyWords:
    """The words of duty lists, ready for use."""

    labels: re.Pattern
    label_roles: dict[str, str]  # empty role: a label of something else, such as 责任人
    label_names: re.Pattern
    duty_names: str  # expression for the labels of duties
    role_names: re.Pattern
    markers: re.Pattern
    marker_roles: dict[str, str]
    closing: frozenset[str]
    joint: frozenset[str]
    tags: re.Pattern
    open_end: re.Pattern
    said: str  # expression for how and what is said behind agencies: 等部门共同负责
    folder: str | None


@lru_cache(maxsize=16)
def duty_words(folder: str | None = None) -> DutyWords:
    """Load the words of duty lists, with those of a folder added."""
    labels = [row for row in load("duty_labels", folder) if len(row["label"]) > 1]
    rows = load("duty_words", folder)
    kinds = ("after", "closing", "joint", "manner", "many", "is")
    of = {kind: [row["word"] for row in rows if row["kind"] == kind] for kind in kinds}
    manner, said, many = alternation(of["manner"]), alternation(of["after"] + of["closing"]), alternation(of["many"])
    label, joint = alternation(row["label"] for row in labels), alternation(of["joint"])
    duty = alternation(row["label"] for row in labels if row["kind"] == "duty")
    head = rf"(?P<label>{label})|(?P<word>{said})(?:单位|部门)?(?=\s?:)"  # 责任单位, 配合:
    return DutyWords(
        labels=re.compile(
            rf"(?<![^\s{_STOP}])(?:{head})(?P<colon>\s?:\s?|(?=\s)|$)?|(?P<within>{label})(?P<mark>\s?:\s?)"
        ),
        label_roles={row["label"]: row["role"] if row["kind"] == "duty" else "" for row in labels},
        label_names=re.compile(label),
        duty_names=duty,
        role_names=re.compile(alternation(row["word"] for row in rows if row["role"])),
        markers=re.compile(
            rf"(?:{manner}){{0,3}}(?P<word>{said}|{joint})(?!人|同志|单位|部门)(?:{said}|{manner}){{0,3}}"
            rf"|(?:{manner}){{1,3}}(?=[{_STOP}\s]|$)"
            rf"|(?:{alternation(of['is'])})(?P<label>{label})(?=[{_STOP}\s]|$)"
        ),
        marker_roles={row["word"]: row["role"] for row in rows if row["role"]},
        closing=frozenset(of["closing"]),
        joint=frozenset(of["joint"]),
        tags=re.compile(rf"\((?:{manner}){{0,2}}(?:(?P<word>{said})(?:单位|部门)?|(?P<label>{duty}))\)"),
        said=rf"(?:等(?:{many}|\d){{0,5}})?(?:{manner}){{0,3}}(?:{said}|{joint})",
        open_end=re.compile(rf"等(?:{many}|\d){{0,5}}(?=[{_STOP}\s]|$)"),
        folder=folder,
    )


def heading_roles(heading: str, words: DutyWords) -> tuple[str, str] | None:
    """Return the roles that the label of a duty row gives: that of the first agency and that of the others.

    None where it is the label of something else: 责任领导.

    Examples
    --------
    >>> heading_roles("牵头单位", duty_words()), heading_roles("牵头单位 配合单位", duty_words())
    (('lead', 'lead'), ('lead', 'support'))
    """
    labels = [words.label_roles[label] for label in words.label_names.findall(heading)]
    roles = [role for role in labels if role]
    if labels and not roles:
        return None
    roles = roles or [words.marker_roles[word] for word in words.role_names.findall(heading)]
    return (roles[0], roles[-1]) if roles else (RESPONSIBLE, RESPONSIBLE)


def chunks(text: str, roles: tuple[str, str] | None, words: DutyWords) -> list[Chunk]:
    """Cut a duty list where its own words change the role.

    Parameters
    ----------
    text : str
        Folded.
    roles : tuple of str or None
        What the label says, see ``heading_roles``; None where there is no label, and what no word gives a role to is
        left out.

    Examples
    --------
    >>> text = "兰州市政府牵头,省科技厅等部门按职责分工负责"
    >>> [(text[c.start : c.end], c.roles[0]) for c in chunks(text, ("responsible", "responsible"), duty_words())]
    [('兰州市政府', 'lead'), (',省科技厅等部门', 'responsible')]
    """
    found: list[Chunk] = []
    for start, end, default, labelled in _labelled(text, roles, words):
        begin, joined = start, False
        for marker in words.markers.finditer(text, start, end):
            word = marker["word"]
            if word in words.closing and text[marker.end() : min(marker.end() + 1, end)].strip(_STOP + " "):
                continue
            if word in words.joint:
                found.append(Chunk(begin, marker.start(), (LEAD, LEAD), labelled))
                begin, joined = marker.end(), True
                continue
            role = words.label_roles[marker["label"]] if marker["label"] else words.marker_roles.get(word)
            said = (SUPPORT, SUPPORT) if joined else (role, role) if role else default
            if said and role != "":
                found.append(Chunk(begin, marker.start(), said, labelled))
            begin, joined = marker.end(), False
        if joined or default:
            found.append(Chunk(begin, end, (SUPPORT, SUPPORT) if joined else default, labelled))
    return [chunk for chunk in found if text[chunk.start : chunk.end].strip(_STOP + " ")]


def _labelled(text: str, roles: tuple[str, str] | None, words: DutyWords):
    """Yield the stretches between labels that stand in the list itself, the roles each label gives, if it is one."""
    start, current, labelled = 0, roles, False
    for label in words.labels.finditer(text):
        if label["colon"] is None and label["mark"] is None and not _leads_in(text, label, words):
            continue
        if label.start() > start:
            yield start, label.start(), current, labelled
        name = label["label"] or label["within"]
        role = words.label_roles[name] if name else words.marker_roles[label["word"]]
        start, current, labelled = label.end(), (role, role) if role else None, True
    if start < len(text):
        yield start, len(text), current, labelled


def _leads_in(text: str, label: re.Match, words: DutyWords) -> bool:
    """Tell whether a label without a colon stands before the whole name of an agency: 牵头单位市水务局."""
    behind = _NAME.match(text, label.end())
    name = read_name(behind.group(), words.folder)
    return bool(name.suffix) and bool(name.place.text or name.field)
