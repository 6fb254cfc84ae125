"""Which of the named documents a text rests on: the words that govern a name.

What a text rests on it says in its preamble (根据《…》，制定本方案), in the sentence that says why it is
made, wherever that stands, in its first article, or in a list under 编制依据.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from lanxikit.lexicons import load
from lanxikit.reading import front
from lanxikit.reading.lines import Line, lines
from lanxikit.reading.mentions import Mention, key, mentions, numbered, unmarked
from lanxikit.text.fold import fold

_SENTENCE = 1500  # characters of a sentence that says why a text is made
_NAMELESS = 4  # a name of fewer characters (规划, 纲要) is no name
REACH = 80  # characters between a cue (根据 …) and the name it governs, within a sentence
_AHEAD = 14  # characters behind a name that may close a frame (推动《…》落地)
_ENDS = frozenset("。；;！!？?")
_BLANKS = re.compile(r"\s+")
_RUN = re.compile(r"(\S+)|\s+")
_BOOK = re.compile(r"《[^《》]{0,160}》")
_CLAUSE = re.compile(r"[。；;！!？?,，\x00]")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百1-9]{1,4}[编章条]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、](?!\d)"
)
_BODY = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一1][编章条]")
# Between two names that one cue governs: brackets, 精神, 、 and the next one's issuer.
_GAP = re.compile(
    r"(?:\([^()]{0,80}\))?(?:等)?(?:有关)?(?:文件)?(?:的)?(?:规定|要求|精神|部署|内容)?"
    r"(?:[、和及与,，]|以及|并|，?结合|(?=《|$)){0,2}([\u4e00-\u9fff、“”\d]{0,26})"
)
_ISSUER = re.compile(
    r"(?:.{0,24}(?:政府|委员会|[省市州县区党]委|委|厅|局|部|院|办|办公厅|办公室|中央|全国|人大|国家|我[省市州县区]|[省市州县区]|印发的?|关于|下发的?|《)|)"
)


def named(text: str) -> list[Mention]:
    """All documents that a text names, by title or number, in their order."""
    marked = mentions(text)
    found = [*marked, *numbered(text, marked)]
    taken = {mention.start for mention in found}
    inside = [(mention.start, mention.end) for mention in marked]
    plain = [m for m in unmarked(text) if m.start not in taken and not any(a <= m.start < b for a, b in inside)]
    return sorted([*found, *plain], key=lambda mention: (mention.start, -mention.end))


def aliases(found: list[Mention]) -> dict[str, Mention]:
    """Short names that the text gives (以下简称《规划》), and the documents they stand for."""
    return {key(mention.alias): mention for mention in found if mention.alias}


def governed(text: str, found: list[Mention], folder: str | None = None) -> list[tuple[Mention, str]]:
    """The documents that a text rests on, each with the word that says so.

    Parameters
    ----------
    text : str
        The whole document.
    found : list of Mention
        From :func:`named`.
    folder : str, optional
        Folder of the user's own word lists.
    """
    if not found:
        return []
    rows = [line for line in lines(text) if line.text]
    plain, at = _plain(text, rows)
    spoken, listed = _spoken(plain, at, _preamble_end(text, rows), folder), _listed(rows, folder)
    short = aliases(found)
    reading = _Reading(plain, [_moved(mention, at) for mention in found], folder)
    chosen: list[tuple[Mention, str]] = []
    for index, mention in enumerate(found):
        if len(key(mention.name)) < _NAMELESS:
            continue
        cue = reading.cue(index) if spoken.at(at[mention.start]) else None
        cue = cue or listed.at(mention.start)
        if cue:
            full = short.get(key(mention.name), mention)
            chosen.append((full if full.start < mention.start else mention, cue))
    return chosen


def passage(text: str, start: int, end: int) -> tuple[int, int]:
    """From the last comma or sentence mark before a name to the name's end."""
    low = max(start - REACH, 0)
    marks = [found.end() for found in re.finditer(r"[。；;！？,，\n]", text[low:start])]
    return low + (marks[-1] if marks else 0), end


class _Spans:
    """Stretches of a text, each with a word; asked where a place lies."""

    def __init__(self, spans: list[tuple[int, int, str]]) -> None:
        self._spans: list[tuple[int, int, str]] = []
        for start, end, word in sorted(spans):
            if self._spans and start < self._spans[-1][1]:
                start = self._spans[-1][1]
            if start < end:
                self._spans.append((start, end, word))

    def at(self, place: int) -> str | None:
        index = bisect_right(self._spans, place, key=lambda span: span[0]) - 1
        return self._spans[index][2] if index >= 0 and place < self._spans[index][1] else None


def _moved(mention: Mention, at: list[int]) -> Mention:
    return mention._replace(start=at[mention.start], end=at[mention.end], after=at[max(mention.after, mention.end)])


class _Reading:
    """Reads what governs each name of one text, from front to back."""

    def __init__(self, plain: str, found: list[Mention], folder: str | None) -> None:
        self._text, self._folder = plain, folder
        self._all = found
        self._cues: dict[int, str] = {}  # where a governed name starts → its cue
        self._basis, self._agreement, self._denial, self._opens, self._closes = _words(folder)

    def cue(self, index: int) -> str | None:
        """The word that makes the name a basis, or None."""
        mention, near = self._all[index], self._all[max(index - 6, 0) : index]
        found = self._chained(mention, near) or self._before(mention, near) or self._framed(mention)
        if found and self._denied(mention):
            return None
        if found:
            self._cues[mention.start] = found
        return found

    def _chained(self, mention: Mention, near: list[Mention]) -> str | None:
        """The cue of the name before, with only brackets, 、 and an issuer between them."""
        before = [other for other in near if other.end <= mention.start and other.start in self._cues]
        for other in reversed(before[-3:]):
            between = self._text[max(other.end, other.after) : mention.start]
            gap = _GAP.fullmatch(between) if len(between) < 60 and "\x00" not in between else None
            if gap and not self._denial.search(between) and _ISSUER.fullmatch(gap.group(1)):
                return self._cues[other.start]
        return None

    def _before(self, mention: Mention, near: list[Mention]) -> str | None:
        """The cue right before a name: only its issuer, year and the like may stand between, no comma."""
        low = max(mention.start - REACH, 0)
        for mark in ("。", ";", "!", "?", "\x00"):
            low = max(low, self._text.rfind(mark, low, mention.start) + 1)
        inside = [(other.start, other.end) for other in near if other.end <= mention.start]
        cues = [
            found
            for found in self._basis.finditer(self._text, low, mention.start)
            if not any(start <= found.start() < end for start, end in inside)
        ]
        if not cues or any(mark in self._text[cues[-1].end() : mention.start] for mark in ",:"):
            return None
        if any(cues[-1].end() <= start for start, _ in inside):
            return None  # another name stands between: it is the one governed, this one only where chained
        cue = cues[-1].group()
        return cue if cue not in self._agreement or self._text[mention.start] != "《" else None

    def _framed(self, mention: Mention) -> str | None:
        """推动《…》落地, 以《…》为依据."""
        before = self._text[max(mention.start - 16, 0) : mention.start]
        opened = list(self._opens.finditer(before))
        behind = _CLAUSE.split(self._text[max(mention.end, mention.after) :][: _AHEAD + 2])[0]
        closed = self._closes.search(behind)
        if not opened or not closed or _CLAUSE.search(before, opened[-1].end()):
            return None
        return f"{opened[-1].group()}…{closed.group()}"

    def _denied(self, mention: Mention) -> bool:
        """Whether the clause does something else with the name."""
        low, end = max(mention.start - REACH, 0), mention.after
        before = _CLAUSE.split(_BOOK.sub("《》", self._text[low : mention.start]))[-1]
        behind = _CLAUSE.split(_BOOK.sub("《》", self._text[end : end + REACH]))[0]
        return self._denial.search(before) is not None or self._denial.search(behind) is not None


@lru_cache(maxsize=16)
def _words(folder: str | None) -> tuple:
    rows, frames = load("basis_words", folder), load("basis_frames", folder)

    def pattern(source, *kinds: str) -> re.Pattern:
        found = sorted((row["word"] for row in source if row["kind"] in kinds), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, found)) or r"(?!)")

    agreement = frozenset(row["word"] for row in rows if row["kind"] == "agreement")
    return (
        pattern(rows, "basis", "agreement"),
        agreement,
        pattern(rows, "denial"),
        pattern(frames, "opens"),
        pattern(frames, "closes"),
    )


@lru_cache(maxsize=16)
def _making(folder: str | None) -> tuple[re.Pattern, re.Pattern]:
    frames = load("basis_frames", folder)
    made = "|".join(re.escape(row["word"]) for row in frames if row["kind"] == "making")
    heads = "|".join(re.escape(row["word"]) for row in frames if row["kind"] == "heading")
    return re.compile(made or r"(?!)"), re.compile(heads or r"(?!)")


def _plain(text: str, rows: list[Line]) -> tuple[str, list[int]]:
    """The text folded, without blanks and line breaks inside a sentence; a break between two reads as NUL.

    Also returned: for each place of the text (and its end) the place in what is returned.
    """
    folded, parts, low = fold(text), [], 0
    for one, two in pairwise(rows):
        if two.start > one.end or _stands_alone(one.folded) or _opens(two.folded) or one.tabs or two.tabs:
            parts += (folded[low : one.end - 1], "\x00")
            low = one.end
    folded = "".join((*parts, folded[low:]))
    at, count = [], 0
    for run in _RUN.finditer(folded):
        length = run.end() - run.start()
        if run[1] is None:
            at.extend([count] * length)
        else:
            at.extend(range(count, count + length))
            count += length
    at.append(count)
    return _BLANKS.sub("", folded), at


def _stands_alone(text: str) -> bool:
    if text[-1] in _ENDS or text[-1] == ":" or len(text) < 12:
        return True
    return front.is_title(text) or front.is_organ(text) or front.is_date(text) or front.is_number(text)


def _opens(text: str) -> bool:
    return bool(_HEADING.match(text)) or front.is_date(text) or front.is_organ(text)


def _spoken(plain: str, at: list[int], preamble: int, folder: str | None) -> _Spans:
    """The preamble, and the sentences that say why the text is made (places in ``plain``)."""
    spans = [(0, at[preamble], "preamble")]
    for found in _making(folder)[0].finditer(plain):
        low = max(found.start() - _SENTENCE, 0)
        low = max(low, *(plain.rfind(mark, low, found.start()) + 1 for mark in "。;!?\x00"))
        spans.append((low, found.end(), "making"))
    return _Spans(spans)


def _listed(lines: list[Line], folder: str | None) -> _Spans:
    """Lists of names under a heading such as 编制依据 (places in the text)."""
    heads = _making(folder)[1]
    rows = [(line.start, line.folded) for line in lines]
    spans = []
    for index, (start, line) in enumerate(rows):
        head = heads.search(line) if len(line) < 24 and _HEADING.match(line) else None
        if head:
            # numbered names do not end the list that they stand in
            below = rows[index + 1 : index + 80]
            stop = next((begin for begin, other in below if _HEADING.match(other) and "《" not in other), None)
            spans.append((start, stop or (below[-1][0] + len(below[-1][1]) if below else start), head.group()))
    return _Spans(spans)


def _preamble_end(text: str, rows: list[Line]) -> int:
    """Where the first numbered heading stands; a table of contents is passed over."""
    contents, seen = False, {}
    for line in rows:
        folded = line.folded
        if folded in ("目录", "目次"):
            contents = True
        elif _BODY.match(folded):
            name = re.sub(r"[\s.·…\d-]+$", "", folded)
            if not contents or name in seen:
                return line.start
            seen[name] = line.start
    return next(iter(seen.values()), len(text))
