"""How the run-in headings of a list are closed: the items of a style are judged together, never one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from lanxikit.segmenting.blocks import Block
from lanxikit.segmenting.headings import MANNERS, SHORT, split, ways

_LIST = 3  # items of one list that tell among themselves


class Item(NamedTuple):
    """A numbered block: its style, its list, its folded text, where its words begin, whether it only heads others."""

    style: str
    siblings: int
    block: Block
    text: str
    begin: int
    title: bool


def manners(source: str, items: Iterable[Item], lexicon: str | None = None) -> list[str | None]:
    """Find, for each numbered block, how run-in headings are closed among its like.

    One item alone cannot tell a heading from a first sentence; all items of a style can: at
    least two, and most of those that are paragraphs. The three or more items of one list
    that all open with a heading tell it among themselves. Where the siblings are headings, the
    one blank in an item parts its heading from its paragraph.

    Returns
    -------
    list of {"mark", "bold", "blank", "bracket"} or None
        For each item; None where headings do not run into paragraphs.
    """
    items = list(items)
    total, parts = Counter(), Counter()  # by style, by list
    votes: Counter[tuple] = Counter()
    sizes: Counter[tuple] = Counter()
    titles = {item.siblings for item in items if item.title}
    told: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for item in items:
        if item.title:
            continue
        total[item.style] += 1
        parts[item.siblings] += 1
        for manner, size in _sizes(source, item, told, lexicon):
            votes[item.style, manner] += 1
            sizes[item.style, manner] += size
            votes[item.siblings, manner] += size <= SHORT
    for key, size in sizes.items():
        if size > SHORT * votes[key]:  # headings are short on the whole; these are first sentences
            votes[key] = 0
    kinds = {(item.style, item.siblings): item for item in items}
    alike = {key: _manner(item, votes, total[item.style], parts[item.siblings]) for key, item in kinds.items()}
    found = [alike[item.style, item.siblings] for item in items]
    for index, item in enumerate(items):
        if found[index] is None and item.siblings in titles and votes[item.siblings, "blank"] == parts[item.siblings]:
            found[index] = "blank" if _one_blank(source, item.block) else None
    return found


def _sizes(source: str, item: Item, told: dict, lexicon: str | None) -> list[tuple[str, int]]:
    """The manners in which an item can be split, each with the length of its heading; ``told``: those known."""
    key, whole = (item.text, item.begin), len(item.block.spans) == 1
    if whole and key in told:
        return told[key]
    block, text, begin = item.block, item.text, item.begin
    parts = [(way, split(source, block, text, begin, way, lexicon)) for way in ways(source, block, text, begin)]
    found = [(way, part.end - part.begin) for way, part in parts if part]
    if whole:
        told[key] = found
    return found


def _one_blank(source: str, block: Block) -> bool:
    """Tell whether a single blank parts a block, as where the break behind its heading was lost."""
    gaps = (source[high:after] for (_, high), (after, _) in zip(block.spans, block.spans[1:], strict=False))
    return sum(gap.isspace() and "\n" not in gap for gap in gaps) == 1


def _manner(item: Item, votes: Counter, total: int, siblings: int) -> str | None:
    for manner in MANNERS[:3]:
        own = votes[item.style, manner]
        if own > max(total - own, 1) or votes[item.siblings, manner] == siblings >= _LIST:
            return manner
    return "blank" if votes[item.style, "blank"] == total >= 2 else None
