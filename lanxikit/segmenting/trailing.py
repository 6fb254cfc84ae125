"""The duties that trail behind a measure in its own paragraph: in brackets, or labelled behind the last sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.segmenting.duty_lists import agency_list, names_agency
from lanxikit.segmenting.duty_sentence import duty_sentence
from lanxikit.segmenting.labels import BACK, CLOSED, EDGES, ENDS, OPEN, Part, label_grammar, labelled

_NOTE = 80  # characters of a note behind the agencies of a bracket
_VALUE = 60  # characters of the persons or the time behind a label


def trailing(text: str, folder: str | None = None) -> list[Part]:
    """Find the duties that stand behind a measure in its own paragraph.

    In brackets with a label, in brackets that hold agencies, with roles or without, labelled behind the last
    sentence, or as a last sentence of nothing else.

    Parameters
    ----------
    text : str
        A folded paragraph.

    Returns
    -------
    list of Part
        Empty where nothing trails; the first one's ``start`` is where the measure ends.

    Examples
    --------
    >>> text = "建设公园。(责任单位:省民(宗)委牵头)"
    >>> [(part.word, text[part.begin : part.end]) for part in trailing(text)]
    [('责任单位', '省民(宗)委牵头')]
    >>> text = "建设公园。(市教育局牵头,市财政局配合)"
    >>> [text[part.begin : part.end] for part in trailing(text)]
    ['市教育局牵头,市财政局配合']
    """
    found: list[Part] = []
    bare = text.rstrip(ENDS)
    while bare.endswith(tuple(CLOSED)):  # (责任单位:…)(完成时限:…)
        opened = _partner(bare)
        parts = _bracketed(bare, opened, folder) if opened is not None else []
        if not parts:
            break
        found = parts + found
        bare = bare[:opened].rstrip(ENDS) if opened else ""
    if any(part.kind == "duty" for part in found):
        return found
    behind = _labelled(text, len(bare), folder)
    if behind:
        return behind
    sentence = duty_sentence(bare, folder)
    return [Part("责任单位", "duty", sentence[0], *sentence), *found] if sentence else []


def _labelled(text: str, end: int, folder: str | None) -> list[Part]:
    """Find the labels behind the last sentence; ``end``: of the text without its last brackets."""
    labels = label_grammar(folder)
    if not labels.hint.search(text):
        return []
    matches = []
    for match in labels.inner.finditer(text, 1):
        read = labels.read(match, len(text), folder, first=False)
        if read:
            matches.append((match, read[1]))
    if not matches:
        return []
    shut = _shut_brackets(text, end)
    for (match, kind), leads in zip(matches, _leading(text, matches), strict=True):
        ended = text[match.start() - 1] in "。;!)]"
        if kind != "duty" and not (ended if kind == "outcome" else leads):
            continue
        if match.group()[0] in OPEN or text[match.start() - 1] in OPEN:
            opened = match.start() - (match.group()[0] not in OPEN)
            if _closes(text, opened) is not None and not _whole(text, match):
                continue  # a bracket within the paragraph is read with its sentence
            parts = labelled(text, opened + 1, None, folder)
            return [parts[0]._replace(start=opened), *parts[1:]] if parts else []
        if any(left < match.start() < right for left, right in shut):
            continue
        ended = ended or text[match.start() - 1] == " " or kind != "duty"
        if ended or names_agency(text[match.end() : match.end() + 60], folder):
            return labelled(text, match.start(), None, folder)
    return []


def _leading(text: str, matches: list[tuple[re.Match, str]]) -> list[bool]:
    """Tell of each label whether a duty, or the end of the paragraph, follows with persons and times at most between.

    联系电话:0972-8612345。方便群众咨询 does not begin the list of duties behind it.
    """
    found, leads, stop = [], True, len(text)
    for match, kind in reversed(matches):
        between = text[match.end() : stop].rstrip(ENDS)
        leads = kind in ("duty", "outcome") or (leads and len(between) <= _VALUE and "。" not in between)
        found.append(leads)
        stop = match.start()
    return found[::-1]


def _shut_brackets(text: str, end: int) -> list[tuple[int, int]]:
    """Return the outermost brackets that close before the end, of a length a duty list may have."""
    opened, found = [], []
    for edge in EDGES.finditer(text, 0, max(end - 1, 0)):
        index = edge.start()
        if edge.group() in OPEN:
            opened.append(index)
        elif opened:
            left = opened.pop()
            if index - left <= BACK:
                while found and found[-1][0] > left:
                    found.pop()
                found.append((left, index))
    return found


def _whole(text: str, match: re.Match) -> bool:
    """Tell whether the bracket closes right behind the label: 【责任单位】省商务厅."""
    return match.group().rstrip(" :;*")[-1:] in CLOSED


def _bracketed(bare: str, opened: int, folder: str | None) -> list[Part]:
    inside = opened + 1, len(bare) - 1
    parts = labelled(bare, *inside, folder)
    if parts and not bare[inside[0] : parts[0].start].strip():
        return [parts[0]._replace(start=opened), *parts[1:]]
    stop = parts[0].start if parts else inside[1]  # (市教育局牵头;完成时限:2024年底)
    ended = bare[:opened].rstrip()[-1:] in "。;!?"  # the empty string is in it
    whole = bare.find("。", inside[0], stop)
    if whole > 0 and all(_left_out(note, folder) for note in bare[whole + 1 : stop].split("。")):
        stop = whole
    if agency_list(bare[inside[0] : stop], folder, sole=ended):
        end = stop
        while end > inside[0] and bare[end - 1] in ENDS and not bare.startswith(("..", "。。"), end - 2):
            end -= 1
        return [Part("责任单位", "duty", opened, inside[0], end), *parts]
    return []


def _left_out(note: str, folder: str | None) -> bool:
    """Tell whether words behind a list say what lists leave out: 以下均需各县区政府落实,不再列出."""
    return not note or (len(note) <= _NOTE and note.startswith(_notes(folder)))


@lru_cache(maxsize=16)
def _notes(folder: str | None) -> tuple[str, ...]:
    return tuple(row["word"] for row in load("lead_words", folder) if row["kind"] == "rest") or ("\0",)


def _partner(text: str) -> int | None:
    """Where the bracket opens that closes a text."""
    depth = 0
    for index in range(len(text) - 1, max(len(text) - BACK, 0) - 1, -1):
        depth += (text[index] in CLOSED) - (text[index] in OPEN)
        if depth == 0:
            return index
    return None


def _closes(text: str, opened: int) -> int | None:
    """Where the bracket at ``opened`` closes."""
    depth = 0
    for index in range(opened, min(opened + BACK, len(text))):
        depth += (text[index] in OPEN) - (text[index] in CLOSED)
        if depth == 0:
            return index
    return None
