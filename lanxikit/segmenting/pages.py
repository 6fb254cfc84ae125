"""Page numbers and running heads among the lines of a file.

A number between dashes or 第3页 is one wherever it stands alone; a bare number only where
such numbers run with the pages. A running head is a line that comes back at page ends, or that
opens a page with the document's title, whole or cut off.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from lanxikit.reading import front
from lanxikit.reading.lines import Line

_SURE = re.compile(
    r"[-—–_·.]{1,3} ?(\d{1,4}) ?[-—–_·.]{1,3}|第 ?(\d{1,4}) ?页(?:[,/、]? ?\(?共 ?\d{1,4} ?页\)?)?|"
    r"共 ?\d{1,4} ?页 ?第 ?(\d{1,4}) ?页|"
    r"[Pp]age ?(\d{1,4})(?: ?of ?\d{1,4})?|(\d{1,3}) ?/ ?\d{1,3}|[Pp]\.? ?(\d{1,4})"
)
_BARE = re.compile(r"\d{1,3}")
_NUMBERS = re.compile(r"\d{1,6}")
_FINISHED = frozenset("。!?;:.")
_MARKS = frozenset("。;:,!?")  # a line with one of these is text
_FEWEST = 3  # times a running head comes back
_RUNNING = 9  # a running head beside bare numbers is longer than a cell
_HEAD = 60  # characters of a running head at most
_TOP = 12  # lines, among which the title stands
_FRONT = 30  # lines, among which the title of a text that is passed on stands
_SHORTEST = 6  # characters of a title at least
_PAGE = 250  # characters between two bare page numbers, on average


def page_lines(lines: list[Line], folded: list[str], opened: list[bool], known: set[int] = frozenset()) -> set[int]:
    r"""Find the lines that are page numbers or running heads.

    Parameters
    ----------
    lines : list of Line
    folded : list of str
        Their texts in half width.
    opened : list of bool
        Whether a line opens something of its own: a number, a label, a date.
    known : set of int
        Lines known as running heads by their words.

    Returns
    -------
    set of int
        Places in ``lines``.

    Examples
    --------
    >>> from lanxikit.reading.lines import lines
    >>> found = lines("建设公路，完\n— 3 —\n善路网。")
    >>> page_lines(found, [line.text for line in found], [False] * 3)
    {1}
    """
    filled = [i for i, text in enumerate(folded) if text]
    short = [i for i in filled if len(folded[i]) <= 24 and folded[i][-1] not in _MARKS]
    sure = {i for i in short if (folded[i][0] in "-—–_·." or not folded[i].isdigit()) and _SURE.fullmatch(folded[i])}
    bare = [i for i in short if folded[i].isascii() and _BARE.fullmatch(folded[i])]
    found = sure | known | _running(bare, lines, folded, opened, filled, {folded[i] for i in known})
    found |= _heads(lines, folded, opened, filled, found)
    return found | _titles(lines, folded, opened, filled, found)


def _running(bare: list[int], lines, folded, opened, filled, heads: set[str]) -> set[int]:
    """Bare numbers that run 1, 2, 3 with the pages: a page is long, ends in mid-sentence, or feeds."""
    if not bare:
        return set()
    place = {line: at for at, line in enumerate(filled)}
    runs, run = [], [bare[0]]
    for index in bare[1:]:
        if int(folded[index]) == int(folded[run[-1]]) + 1:
            run.append(index)
        else:
            runs.append(run)
            run = [index]
    runs.append(run)
    repeated = {text for text, times in Counter(folded).items() if times >= _FEWEST and _RUNNING < len(text) <= _HEAD}
    repeated |= heads
    found: set[int] = set()
    for run in runs:
        broken = sum(_breaks(index, place, filled, folded, opened) for index in run)
        headed = sum(_beside_head(index, place, filled, folded, repeated) for index in run)
        fed = sum(any(line.feed for line in lines[max(index - 1, 0) : index + 2]) for index in run)
        if len(bare) == 1 and _lone(index := run[0], place, filled, folded):
            found.add(index)
        chars = sum(len(folded[i]) for i in range(run[0], run[-1])) / max(len(run) - 1, 1)
        long = len(run) > 1 and chars >= _PAGE
        if (
            (fed * 2 > len(run) or (headed > (len(run) > 1) and headed * 2 >= len(run)))
            or (broken and (broken * 3 >= len(run) or long))
            or (long and len(run) > 2)
        ):
            found.update(run)
    return found


def _lone(index: int, place, filled, folded) -> bool:
    """Tell whether the only bare number of a file stands between two lines of text: its one page break."""
    at = place[index]
    if not 0 < at < len(filled) - 1:
        return at > 0 and len(filled) > _TOP
    before, after = folded[filled[at - 1]], folded[filled[at + 1]]
    return (len(before) > 12 or before[-1] in _FINISHED) and len(after) > 9


def _beside_head(index: int, place, filled, folded, repeated: set[str]) -> bool:
    at = place[index]
    return any(folded[filled[k]] in repeated for k in (at - 1, at + 1) if 0 <= k < len(filled))


def _breaks(index: int, place, filled, folded, opened) -> bool:
    """Tell whether a line stands in the midst of a sentence."""
    at = place[index]
    if at == 0 or at + 1 == len(filled):
        return False
    before, after = folded[filled[at - 1]], filled[at + 1]
    return len(before) > 12 and before[-1] not in _FINISHED and not opened[after] and len(folded[after]) > 4


def _titles(lines, folded, opened, filled, known: set[int]) -> set[int]:
    """Lines that open a page with the title, whole or cut off; also the one on the first page, above the title."""
    heads: list[int] = []
    fed = any([line.feed for line in lines])
    top = [i for i in filled[:_FRONT] if i not in known]
    for at, index in enumerate(filled[1:], start=1):
        above = filled[at - 1]
        if not (above in known or (fed and any(line.feed for line in lines[above:index]))):
            continue
        text = folded[index]
        if not _SHORTEST <= len(text) <= _HEAD or index in known or opened[index] or _MARKS & set(text):
            continue
        if front.is_organ(text):
            after = folded[filled[at + 1]] if at + 1 < len(filled) else ""
            if not after or front.is_date(after) or front.is_organ(after):
                continue  # a signature that a page was turned for
        if any(_opens(k, text, top, folded) for k in range(len(top)) if top[k] < index):
            heads.append(index)
    if not heads:
        return set()
    first = top[0] if top else None
    same = first is not None and any(_begins(folded[first], folded[i]) for i in heads)
    if same and any(_opens(k, folded[first], top, folded) for k in range(1, len(top)) if top[k] < heads[0]):
        heads.append(first)
    return set(heads)


def _begins(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _opens(k: int, text: str, top: list[int], folded: list[str]) -> bool:
    """Tell whether the lines of the front from the ``k``-th on, joined, begin with ``text``."""
    line = folded[top[k]]
    return text.startswith(line[: len(text)]) and "".join(folded[i] for i in top[k : k + 4]).startswith(text)


def _heads(lines, folded, opened, filled, numbers: set[int]) -> set[int]:
    """Lines that come back, but for their numbers, beside page numbers or page feeds; titles also in mid-sentence."""
    same: dict[str, list[int]] = defaultdict(list)
    for at, index in enumerate(filled):
        text = folded[index]
        if opened[index] or not 3 < len(text) <= _HEAD or text[-1] in _MARKS or index in numbers:
            continue
        if not lines[index].tabs and _MARKS.isdisjoint(text):
            same[_NUMBERS.sub("#", text)].append(at)
    found: set[int] = set()
    again = [ats for ats in same.values() if len(ats) > 1]
    place = {line: at for at, line in enumerate(filled)} if again else {}
    for ats in again:
        beside = inside = 0
        for at in ats:
            index = filled[at]
            near = {filled[k] for k in (at - 1, at + 1) if 0 <= k < len(filled)}
            fed = any(line.feed for line in lines[max(index - 2, 0) : index + 2])
            beside += bool(near & numbers) or fed
            inside += _breaks(index, place, filled, folded, opened)
        titled = len(ats) >= _FEWEST and inside > 1 and front.is_title(folded[filled[ats[0]]])
        if (len(ats) >= _FEWEST and beside * 2 >= len(ats)) or beside == len(ats) or titled:
            # Where a page does not end above it, the first is the title itself.
            title = (
                ats[0] < _TOP
                and front.is_title(folded[filled[ats[0]]])
                and not any(filled[k] in numbers for k in range(ats[0]))
            )
            found.update(filled[at] for at in ats[title:])
    return found
