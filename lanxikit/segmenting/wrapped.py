"""What the end of a physical line tore: a label (责任⏎单位：), a field of the index block, a document of one line.

The lines that come back join to the file like those that went in.
"""

from __future__ import annotations

import re

from lanxikit.reading import front
from lanxikit.reading.lines import Line, read
from lanxikit.segmenting.cutting import split
from lanxikit.segmenting.labels import label
from lanxikit.text.fold import fold

_MARKS = "。;!?)]】(【["  # a label stands behind one of these, or opens its line
_OPENING = frozenset("([【")
_TAIL = 6  # characters of a torn label
_TORN = re.compile(r"[\u4e00-\u9fff]{1,6}")
_REST = re.compile(r"[\u4e00-\u9fff]{0,5}[:)】\]]")  # what is left of the label
_CN = "一二三四五六七八九十"
_NUMBER = re.compile(rf"(?:[{_CN}]{{1,3}}、|\([{_CN}]{{1,3}}\)|第[{_CN}百]{{1,5}}[章节条])")
_PAGE = re.compile(r"[-—–_·.]{0,3} ?(?:第 ?)?\d{1,4}(?: ?页)? ?[-—–_·.]{0,3}")
_FEWEST = 3  # numbers behind a blank, in a document of one line
_FULL = 0.8  # of the longest line
_LONGEST = 120  # characters of a line that was wrapped


def mend_labels(lines: list[Line], source: str, lexicon: str | None = None) -> list[Line]:
    r"""Move the head of a label to the line that holds the rest of it.

    Examples
    --------
    >>> from lanxikit.reading.lines import lines
    >>> text = "1.建设车站。责任\n单位:市财政局"
    >>> [line.text for line in mend_labels(lines(text), text)]
    ['1.建设车站。', '责任单位:市财政局']
    """
    if not _any_torn(lines, lexicon):
        return lines
    found: list[Line] = []
    last = None  # place of the last line with text
    for line in lines:
        text = line.folded
        if last is not None and text and _REST.match(text):
            before = found[last]
            at = _torn(before, text, lexicon)
            if at:
                kept, tail = split(before, [at], source)
                found[last] = kept
                spans = [*tail.spans, *line.spans]
                words = read(source, spans)
                between = len(found) - last - 1
                if between:
                    del found[last + 1 :]  # blank lines between
                line = line._replace(start=tail.start, spans=spans, text=words, folded=fold(words))
        if line.text:
            last = len(found)
        found.append(line)
    return found


def _any_torn(lines: list[Line], lexicon: str | None) -> bool:
    before = None
    for line in lines:
        if text := line.folded:
            if before is not None and _REST.match(text) and _torn(before, text, lexicon):
                return True
            before = line
    return False


def _torn(before: Line, text: str, lexicon: str | None) -> int:
    """Where the head of a label begins at the end of a line, 0 if none does."""
    head = before.folded
    if not "\u4e00" <= head[-1] <= "\u9fff":  # the head of a label ends with no mark
        return 0
    at = max([head.rfind(mark, len(head) - _TAIL - 1) for mark in _MARKS]) + 1
    if before.tabs or not at or head[at - 1] in _OPENING or not _TORN.fullmatch(head, at):
        return 0
    found = label(head[at:] + text, lexicon)
    return 0 if found is None or len(found.word) <= len(head) - at else at


def one_line(lines: list[Line], source: str, lexicon: str | None = None) -> list[Line]:
    r"""Join the lines of a document that was one line before it was wrapped: its numbers stand behind blanks.

    Examples
    --------
    >>> from lanxikit.reading.lines import lines
    >>> text = "为做好工作，制定方案。 一、任务 （一）路。修\n路三条，造桥一座。 （二）水。修水库五座，新\n"
    >>> text += "增库容三万方。 二、保障。加强领导，落实责任。"
    >>> len(one_line(lines(text), text))
    1
    """
    texts = [line for line in lines if line.text]
    if len(texts) < 3 or any([line.tabs for line in texts]):
        return lines
    heads, most = 0, len(texts) // 6
    for line in texts:
        heads += _NUMBER.match(line.folded) is not None
        if heads > most:
            return lines
    if sum(len(line.text) > _LONGEST for line in texts) * 10 > len(texts):
        return lines
    inner = sum([_behind_blank(line, source) for line in texts if len(line.spans) > 1])
    if inner < _FEWEST or inner <= 2 * heads:
        return lines
    full = _FULL * max(len(line.text) for line in texts)
    found: list[Line] = []
    joins = False
    for line in lines:
        if not line.text or (joins and _PAGE.fullmatch(line.folded)):
            if found:
                found[-1] = found[-1]._replace(end=line.end)
            else:
                found.append(line)
            continue
        if joins:
            before = found[-1]
            spans = [*before.spans, *line.spans]
            found[-1] = before._replace(end=line.end, spans=spans)
        else:
            found.append(line)
        joins = len(line.text) >= full and not front.is_title(line.folded, lexicon)
    return [_reread(line, source) for line in found]


def _behind_blank(line: Line, source: str) -> int:
    """How many numbers of a line stand behind a blank."""
    at = count = 0
    for (low, high), after in zip(line.spans, line.spans[1:], strict=False):
        at += high - low
        count += after[0] > high and _NUMBER.match(line.folded, at) is not None
    return count


def _reread(line: Line, source: str) -> Line:
    text = read(source, line.spans)
    return line if len(text) == len(line.text) else line._replace(text=text, folded=fold(text))
