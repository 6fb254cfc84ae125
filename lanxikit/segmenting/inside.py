"""Numbers inside running text that may have opened a line whose break was lost, and what stands before them.

Where breaks became blanks, the blanks tell; where they left nothing, the end of a sentence, of
a heading or of a list of agencies must stand before the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lanxikit.reading import front
from lanxikit.reading.lines import Line
from lanxikit.segmenting.cells import ends_whole
from lanxikit.segmenting.markers import Marker, readings

_CN = "一二三四五六七八九十"
_INNER = re.compile(
    rf"(?=[{_CN}(第0-9①-⑳—–ー─lI专附])(?:"  # where one may begin
    rf"[{_CN}]{{1,3}}(?:、|\.(?=[\u4e00-\u9fff]))|\([{_CN}]{{1,3}}\)|"
    rf"第[{_CN}百零〇0-9]{{1,6}}(?:[编篇章节条]|部分)|"
    r"[0-9]{1,2}(?:、|\.(?![0-9]{1,3}(?![0-9])))|"
    r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}(?=[^0-9.%年月日、,万亿个元倍度公千米])|"
    r"\([0-9]{1,2}\)|[①-⑳]|\([-—–ー─]\)|[—–ー─]、|[lI](?:[.、])(?=[\u4e00-\u9fff])|"
    r"专栏[一二三四五六七八九十0-9]{1,2}|附件[一二三四五六七八九十0-9]{1,2}(?![、中所和及]))"
)
_NOT_AFTER = {
    "cn": frozenset(f"第{_CN}、百0123456789"),
    "digit": frozenset("0123456789.(〔[-ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
}
SHORTEST = 24  # a line with two breaks lost is longer
HEADING = 42  # characters of a heading at most
REPAIRED = ("cn", "cn_paren", "digit", "digit_paren")  # styles whose spoilt numbers count where the sequence asks
_CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_LABELS = tuple(
    ["单位", "部门", "领导", "机构", "主体", "责任", "牵头", "配合", "时限", "时间", "成果", "目标", "责任人", "进度"]
)
_LIST = 320  # characters of a list of agencies
_ITEM = 24  # characters of another labelled item
_ENDS = frozenset("。!?")
_WEAK = frozenset(":;")
_CLOSING = "”’》)]】"
_QUOTED = 200  # characters in quotation marks, in which no line begins


@dataclass
class Candidate:
    """A number in running text: where, what, and what stands before it (gap, end, weak, list, head)."""

    line: int
    at: int
    found: Marker | None
    style: str
    value: int
    before: str


def inside(
    lines: list[Line], heads: list[Marker | None], source: str, lexicon: str | None = None
) -> dict[int, list[Candidate]]:
    """Find the numbers inside running text that may open a line.

    Parameters
    ----------
    lines : list of Line
    heads : list of Marker or None
        The number that each line opens with.
    source : str
        The decoded file.
    lexicon : str, optional
        Folder of the user's own word lists.

    Returns
    -------
    dict
        For the place of each line that holds any its candidates, in order.

    Examples
    --------
    >>> from lanxikit.reading.lines import lines
    >>> text = "一、总体要求（一）指导思想。坚持创新驱动发展。（二）目标。建成基地。"
    >>> [(c.style, c.value, c.before) for c in inside(lines(text), [None], text)[0]]
    [('cn_paren', 1, 'head'), ('cn_paren', 2, 'end')]
    """
    found: dict[int, list[Candidate]] = {}
    for index, line in enumerate(lines):
        if line.tabs or len(line.text) < SHORTEST:
            continue
        text = line.folded
        matches = [match for match in _INNER.finditer(text, 1) if _may_open(text, match.start())]
        if not matches:
            continue
        blanks = gaps(line, source)
        matches = [m for m in matches if m.group() not in _CIRCLED or m.start() in blanks]
        quoted = _quoted(text)
        inner: list[Candidate] = []
        head = heads[index].length if heads[index] else None
        passed = head or 0
        inside, ended = 0, head or 0  # where the last number before a place ends
        for match in matches:
            at = match.start()
            if head is not None and at < head:
                continue
            while inside < len(quoted) and quoted[inside][1] <= at:
                inside += 1
            if inside < len(quoted) and quoted[inside][0] < at:
                continue
            above = passed if match.group()[-1] in "编篇章节" else ended
            if candidate := _candidate(index, text, at, blanks, above, lexicon):
                inner.append(candidate)
                if candidate.before != "none":
                    ended = at + (candidate.found.length if candidate.found else 3)
                passed = match.end()
        if inner:
            found[index] = inner
    return found


def _candidate(index: int, text: str, at: int, blanks: set[int], above: int, lexicon: str | None) -> Candidate | None:
    word = text[at : at + 2]
    if word in ("专栏", "附件"):
        value = 0
        found, style = None, word
    else:
        ways = readings(text[at : at + 24], lexicon)
        letters = bool(ways) and ways[0].style in ("roman", "upper", "lower")
        found = next((way for way in ways if not letters or way.style in REPAIRED), None)
        if found is None or found.length >= 24 or (found.damage and found.style not in REPAIRED):
            return None
        style, value = found.style, found.value
    titled = value == 1 and (style == "cn" or style.startswith("第"))
    return Candidate(index, at, found, style, value, _before(text, at, blanks, above, titled, lexicon))


def _before(text: str, at: int, blanks: set[int], above: int, titled: bool, lexicon: str | None) -> str:
    """What stands before a number in running text; ``above`` is where the last number before it ends."""
    if at in blanks:
        return "gap"
    char = text[at - 1]
    if char in _ENDS:
        return "end"
    if char in _WEAK:
        return "weak"
    if char in "，、,第":
        return "none"
    if text.endswith(("目录", "目次"), 0, at) or (titled and front.genre_of(text[max(at - 20, 0) : at], lexicon)):
        return "end"
    between = text[max(above, at - HEADING - 2) : at]
    top = above > 1 and text[above - 1] == "、" and text[above - 2] in _CN and text[at] == "("
    stops = set("。;:!?") if top else set("。;,:!?")  # 一、拓宽渠道,促进就业(一)支持…
    if 2 <= at - above <= HEADING and not set(between) & stops and (above or at <= HEADING):
        return "head"  # a heading without a mark behind it
    if char in _CLOSING:
        inside = text[max(at - 3, 0) : at - 1]
        return "end" if char in ")]】" or set(inside) & _ENDS else "none"
    colon = text.rfind(":", max(at - _LIST, 0), at)
    labelled = colon > 0 and text.endswith(_LABELS, 0, colon) and "。" not in text[colon:at]
    if labelled and (at - colon <= _ITEM or ends_whole(text[max(at - 16, 0) : at], lexicon)):
        return "list"
    return "none"


def _may_open(text: str, at: int) -> bool:
    """Rule out 第一、, 2025. and 3.12."""
    char, before = text[at], text[at - 1]
    if char in _CN:
        return before not in _NOT_AFTER["cn"]
    return before not in _NOT_AFTER["digit"] if "0" <= char <= "9" else True


def gaps(line: Line, source: str) -> set[int]:
    """Places of a line's text before which blanks stand in the file."""
    found, at = set(), 0
    for (low, high), after in zip(line.spans, line.spans[1:], strict=False):
        at += high - low
        between = source[high : after[0]] if after[0] > high else ""
        if "\n" in between or "\r" in between:
            continue  # a wrapped line that was joined
        if between.strip("*_"):
            found.add(at)
        elif after[1] - after[0] == 1 and line.text[at : at + 1] == " ":
            found.add(at + 1)
    return found


def _quoted(text: str) -> list[tuple[int, int]]:
    """Stretches between quotation marks or book-title marks."""
    return [m.span() for m in re.finditer(rf"《[^《》]{{0,{_QUOTED}}}》|“[^“”]{{0,{_QUOTED}}}”", text)]
