"""The labels of official documents: 责任单位: …, 工作成果: …, 完成时限: …, at a line's head or behind a measure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lanxikit.lexicons import load
from lanxikit.segmenting.cells import agency_share

_ROLES = re.compile(
    r"按?(?:各自)?(?:职责|职能)?分工(?:负责)?|牵头(?:负责|落实)?|配合|负责|参与|协助|承办|等部门|等单位"
)
_ENDS = "。.;, "


class Label(NamedTuple):
    """A label at the head of a line: its words, what kind of row it opens, its length with the colon."""

    word: str
    kind: str
    length: int


class Part(NamedTuple):
    """A labelled list within a block: where its row starts, and where its words begin and end."""

    word: str
    kind: str
    start: int
    begin: int
    end: int


@lru_cache(maxsize=16)
def _labels(folder: str | None):
    rows = load("duty_labels", folder)
    kinds = {row["label"]: row["kind"] for row in rows}
    words = sorted(kinds, key=len, reverse=True)
    colon = r"(?:\((?:单位|部门|责任)\))?\s?:\s?"
    head = re.compile(rf"({'|'.join(map(re.escape, words))}){colon}")
    # A label of one character (人:) is one at the head of a line only.
    inner = re.compile(rf"({'|'.join(re.escape(word) for word in words if len(word) > 1)}){colon}")
    return head, inner, kinds


def label(line: str, folder: str | None = None) -> Label | None:
    """Return the duty, outcome, deadline or person label that a folded line opens with.

    Examples
    --------
    >>> label("责任单位:区财政局")
    Label(word='责任单位', kind='duty', length=5)
    """
    pattern, _, kinds = _labels(folder)
    found = pattern.match(line)
    return Label(found.group(1), kinds[found.group(1)], found.end()) if found else None


def labelled(text: str, start: int = 0, stop: int | None = None, folder: str | None = None) -> list[Part]:
    """Cut a folded text at its labels; what stands before the first one belongs to none.

    Examples
    --------
    >>> [(part.word, part.kind) for part in labelled("责任领导:张三;牵头单位:市水务局")]
    [('责任领导', 'person'), ('牵头单位', 'duty')]
    """
    head, inner, kinds = _labels(folder)
    stop = len(text) if stop is None else stop
    first = head.match(text, start, stop)
    found = list(inner.finditer(text, first.end() if first else start, stop))
    found = [first, *found] if first else found
    edges = [*(match.start() for match in found[1:]), stop][: len(found)]
    parts = []
    for match, edge in zip(found, edges, strict=True):
        end = edge
        while end > match.end() and text[end - 1] in _ENDS:
            end -= 1
        parts.append(Part(match.group(1), kinds[match.group(1)], match.start(), match.end(), end))
    return parts


def trailing(text: str, folder: str | None = None) -> list[Part]:
    """Find the duties that stand behind a measure in its own paragraph.

    In brackets with a label, in brackets that give roles only, or labelled behind the last
    sentence.

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
    bare = text.rstrip(_ENDS)
    if bare.endswith((")", "]", "】")):
        opened = _partner(bare)
        if opened is not None and (found := _bracketed(bare, opened, folder)):
            return found
    _, inner, _ = _labels(folder)
    for match in inner.finditer(text):
        if match.start() and text[match.start() - 1] in "。;!)]":
            return labelled(text, match.start(), None, folder)
    return []


def _bracketed(bare: str, opened: int, folder: str | None) -> list[Part]:
    inside = opened + 1, len(bare) - 1
    parts = labelled(bare, *inside, folder)
    if parts and parts[0].start == inside[0]:
        return [parts[0]._replace(start=opened), *parts[1:]] if parts[0].kind == "duty" else []
    words = bare[slice(*inside)]
    if _ROLES.search(words) and agency_share(_ROLES.sub("", words), folder) >= 0.5:
        return [Part("责任单位", "duty", opened, *inside)]
    return []


def _partner(text: str) -> int | None:
    """Where the bracket opens that closes a text."""
    depth = 0
    for index in range(len(text) - 1, max(len(text) - 3000, 0) - 1, -1):
        depth += (text[index] in ")]】") - (text[index] in "([【")
        if depth == 0:
            return index
    return None
