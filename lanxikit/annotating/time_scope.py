"""Which expression of time governs a number, and which ends a cell.

A limit governs what follows it in its sentence, until another one; else the number before it in its clause; else, where
the text opens with 到2025年, all that has no other.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from lanxikit.annotating.times import Time

_CLOSING = 60  # how far behind a number's clause the one that closes its sentence may stand
_LEADS = re.compile(r",(?:[^,;。0-9]{0,6}?)?(?:力争|确保|争取|计划|均|全部|并|要|须)?(?:到|至|在|于)?$")
_DONE = "全部|全面|基本|如期|按期|按时|力争|确保|均|高质量|实现|完成|建成|竣工|投用|投产|投运|投入使用|投入运营"
_DONE += "|交付|使用|到位|整治|改造|建设|任务|通车|运营|验收|销号|清零|达标|达产|见效|整改|落实|收官|完工|启用|完毕"
_DONE += "|开工|并|前"
_CLOSES = re.compile(rf"(?:{_DONE}){{1,6}}(?:[,。;]|$)")
_DIGIT = re.compile(r"\d")
_OPENING = 16  # how far into a text its first limit may stand to hold for all of it


def governing(
    text: str, moments: list[Time], begin: int, sentence: int, clause: tuple[int, int]
) -> tuple[str | None, str | None] | None:
    """Return the time limit and the rhythm that govern a number; None where it reports what is over.

    Parameters
    ----------
    text : str
    moments : list of Time
        Of the text, in order.
    begin : int
        Where the number stands.
    sentence : int
        Where its sentence begins.
    clause : (int, int)
        Where its clause begins and ends.
    """
    if not moments:
        return None, None
    index = bisect_left(moments, begin, key=_begin)
    before = [time for time in moments[max(index - 12, 0) : index] if time.begin >= sentence]
    every = next((t.every for t in reversed(before) if t.every and not _parted(text, t.end, begin)), None)
    dated = [time for time in before if time.resolution != "recurring"]
    if dated and dated[-1].begin < clause[0] and index < len(moments) and _is_own(text, moments[index], clause[1]):
        return moments[index].deadline, every  # 2023年完成12个,其余16个2024年汛期前完成: a clause has its own
    if dated:
        return None if dated[-1].status == "past" else (dated[-1].deadline, every)
    for time in moments[index : index + 3]:
        if time.begin < clause[1] and time.status == "limit" and time.deadline:
            return time.deadline, every
    later = _closing(text, moments, index, clause[1])
    if later:
        return later, every
    head = moments[0]
    opens = head.status == "limit" and head.basis != "document" and head.begin < min(sentence, _OPENING)
    if opens and _opens(text[: head.begin]):
        return head.deadline, every
    return None, every


def _closing(text: str, moments: list[Time], index: int, end: int) -> str | None:
    """Return the limit of a later clause that only says by when all is done: 改造200套,建设停车场3个,年底前完成."""
    for time in moments[index : index + 3]:
        if time.begin - end > _CLOSING or any(mark in text[end : time.begin] for mark in "。;"):
            return None
        if time.status == "limit" and time.deadline:
            return time.deadline if _CLOSES.match(text, time.end) and _LEADS.search(text, end, time.begin) else None
    return None


def _is_own(text: str, time: Time, end: int) -> bool:
    """Tell whether a stated limit behind a number, with no other number after it, is that of its clause."""
    limits = time.begin < end and time.status == "limit" and time.basis == "stated" and time.deadline
    return bool(limits) and not _DIGIT.search(text, time.end, end)


def _opens(words: str) -> bool:
    words = words.strip()
    return words.endswith(("到", "至")) and not any(mark in words for mark in ",;。")


def last_limit(moments: list[Time]) -> str | None:
    """Return the last time limit of a cell that holds nothing else."""
    return next((time.deadline for time in reversed(moments) if time.status == "limit" and time.deadline), None)


def overlaps(quantities: list, moments: list[Time]) -> list:
    """Return the quantities that are no part of an expression of time."""
    if not moments:
        return quantities
    starts = [time.begin for time in moments]
    kept = []
    for quantity in quantities:
        index = bisect_left(starts, quantity.end)
        if not index or moments[index - 1].end <= quantity.begin:
            kept.append(quantity)
    return kept


def _begin(time: Time) -> int:
    return time.begin


def _parted(text: str, low: int, high: int) -> bool:
    return high - low > 80 or any(mark in text[low:high] for mark in ",;。")
