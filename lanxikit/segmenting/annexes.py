"""附件 lines: the list of attachments in a notice, and the line that opens an annex.

GB/T 9704-2012 §7.3.4 lists the attachments below the text (附件：1.…), §7.3.7 opens each annex with
附件 and its number on a line of its own. Where a line carries its title behind the number,
what follows tells which of the two it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lanxikit.reading import front

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:-\d{1,2})?)"
_LINE = re.compile(rf"[\[(【]?附(件|表|录|图|则(?=之)|)({_NUMBER})?[\])】]?([:.、]?)(.{{0,200}})$")
_ITEM = re.compile(r"(\d{1,2})[.、](?!\d{1,3}(?!\d))|\((\d{1,2})\)|(?:附?件)(\d{1,2})[:.、]?")
_ENDS = frozenset("。;!?")
_TITLE = 80
_LISTED = 40  # lines of a list at most


class Annex(NamedTuple):
    """A line of a list of attachments (``listed``; ``wrapped``: the one before goes on), or one that opens an annex."""

    listed: bool
    wrapped: bool = False
    title: str | None = None


def annex_lines(folded: list[str], skip: set[int], lexicon: str | None = None) -> dict[int, Annex]:
    """Find the lists of attachments and the lines that open an annex.

    Examples
    --------
    >>> text = ["附件:1.分工表", "2.计划表", "甲市人民政府", "附件1", "分工表", "1.甲事项。", "附件2", "计划表"]
    >>> {i: "list" if a.listed else "annex" for i, a in annex_lines(text, set()).items()}
    {0: 'list', 1: 'list', 3: 'annex', 6: 'annex'}
    """
    found: dict[int, Annex] = {}
    heads = [i for i, text in enumerate(folded) if text[:1] in "附[(【" and len(text) <= 160 and i not in skip and text]
    heads = [(i, match) for i in heads if (match := _LINE.match(folded[i])) and _is_head(match, folded[i], lexicon)]
    if not heads:
        return found
    filled = [i for i, text in enumerate(folded) if text and i not in skip]
    place = {line: at for at, line in enumerate(filled)}
    numbers = [(match.group(1), match.group(2)) for _, match in heads]
    last = {number: at for at, number in enumerate(numbers)}
    for at, (index, match) in enumerate(heads):
        if index in found:
            continue
        title = match.group(4)
        again = match.group(2) is not None and last[numbers[at]] > at
        end = _list_end(place[index], filled, folded, bool(title), lexicon)
        if end and (again or not match.group(2) or title or not _bare_next(place[index], filled, folded)):
            found[index] = Annex(True)
            for line in filled[place[index] + 1 : end]:
                found[line] = Annex(True, not _ITEM.match(folded[line]))
        elif again and title:
            found[index] = Annex(True)
        else:
            found[index] = Annex(False, title=title or None)
    return found


def _is_head(match: re.Match, text: str, lexicon: str | None) -> bool:
    """Tell a line 附件… from a sentence that begins with these characters (附近, 附属, 附件1所列…)."""
    word, number, mark, title = match.groups()
    if not word and not (mark and mark == ":") and (number or title):
        return False
    if _ENDS & set(re.sub(r"《[^《》]{0,80}》", "", title)) or len(title) > _TITLE + 60:
        return False
    if title and not mark and title[0] not in "《:" and not number:
        return (text[0] in "[(【" and title in ")]】") or (len(title) <= _TITLE and front.is_title(title, lexicon))
    return not (title and not mark and re.match(r"[所中列的规和、及]", title))


def _bare_next(at: int, filled: list[int], folded: list[str]) -> bool:
    """Tell whether the line below is a title, not the first item of a list."""
    return at + 1 < len(filled) and not _ITEM.match(folded[filled[at + 1]])


def _list_end(at: int, filled: list[int], folded: list[str], titled: bool, lexicon: str | None) -> int | None:
    """Return the place after the list that the 附件 line at ``at`` opens, or None when it opens none.

    A list has short numbered lines (cut ones go on below), and after it come the signature,
    the date, a note, the next 附件 or the end.
    """
    first = _ITEM.match(folded[filled[at]].lstrip("附件:"))
    expected = 2 if first and first.group(1) in ("1", None) else 1 if not titled else 2
    last = at
    cursor = at + 1
    while cursor < len(filled) and cursor - at < _LISTED:
        text = folded[filled[cursor]]
        item = _ITEM.match(text)
        number = next((group for group in item.groups() if group), None) if item else None
        if number and int(number) == expected and len(text) <= _TITLE + 40 and not _ENDS & set(text):
            expected += 1
            last = cursor
        elif _closes(text, lexicon):
            break
        elif (
            item is None
            and len(text) <= _TITLE
            and not _ENDS & set(text)
            and cursor == last + 1
            and _cut(filled, folded, last)
        ):
            last = cursor
        else:
            break
        cursor += 1
    if last == at and not titled:
        return None
    if last + 1 >= len(filled):
        return last + 1
    text = folded[filled[last + 1]]
    after = _closes(text, lexicon) or (last > at and front.is_title(text, lexicon))
    return last + 1 if after else None


def _cut(filled: list[int], folded: list[str], at: int) -> bool:
    """Tell whether the title in this line can go on: no genre at its end, no closed bracket."""
    text = folded[filled[at]]
    return not text.endswith(("》", ")")) and len(text) > 14 and not front.is_title(re.sub(r"^.{0,6}?[.、:]", "", text))


def _closes(text: str, lexicon: str | None) -> bool:
    """Tell whether a line can follow a list of attachments."""
    if front.is_date(text) or front.is_organ(text) or front.is_imprint(text) or front.is_number(text):
        return True
    if text.startswith(("(此件", "此件", "(公开", "(联系", "联系人", "抄送", "抄报", "主送", "分送", "信息公开")):
        return True
    return (
        bool(_LINE.match(text))
        and text[0] in "附[(【"
        and text[:2] in ("附件", "附表", "附录", "附图", "[附", "(附", "【附")
    )
