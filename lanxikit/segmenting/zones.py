"""Which blocks stand before the body, in it, and after it, and what those outside are.

A 通知 that transmits a text comes first (title, addressees, message, signature, date);
then the text with its own title and preamble; after it 抄送 and 印发 lines or the web page.
"""

from __future__ import annotations

from dataclasses import dataclass

from lanxikit.reading import front
from lanxikit.segmenting.blocks import Block

# Numbering that opens an outline; 一是, dashes and the like do not.
_OUTLINE = ("第编", "第章", "第节", "第条", "cn", "cn_paren", "decimal", "digit")


@dataclass(frozen=True)
class Zones:
    """The body is ``blocks[first:last]``; ``kinds`` names the kind of every block outside it."""

    first: int
    last: int
    kinds: dict[int, str]


def zones(blocks: list[Block], lexicon: str | None = None) -> Zones:
    """Find the body, and the kinds of the blocks around it."""
    first = _body_start(blocks, lexicon)
    last = _body_end(blocks, first, lexicon)
    kinds = _front_kinds(blocks[:first], lexicon)
    kinds |= {last + index: kind for index, kind in _back_kinds(blocks[last:], lexicon).items()}
    return Zones(first, last, kinds)


def _body_start(blocks: list[Block], lexicon: str | None) -> int:
    for index, block in enumerate(blocks):
        if block.form == "label" and index and blocks[index - 1].form == "plain":
            return index - 1
        if block.form == "table" or (block.form == "marker" and block.marker.style in _OUTLINE):
            return index
    return _unnumbered_start(blocks, lexicon)


def _unnumbered_start(blocks: list[Block], lexicon: str | None) -> int:
    """Without any numbering the body begins after the last title, addressee or date of the front."""
    start = 0
    for index, block in enumerate(blocks):
        text = block.folded
        addressed = block.form == "plain" and text.endswith(":") and len(text) < 400
        titled = index < len(blocks) - 1 and front.is_title(text, lexicon)
        page = block.form == "page" and index == start
        if block.form in ("number", "letterhead", "date") or addressed or titled or page:
            start = index + 1
        elif len(text) > 60:
            break
    return start if start < len(blocks) else 0


def _body_end(blocks: list[Block], first: int, lexicon: str | None) -> int:
    """The tail begins after the last numbered, labelled or tabled block, at the first word of a page or foot."""
    structural = [i for i, b in enumerate(blocks) if i >= first and b.form in ("marker", "label", "table")]
    anchor = structural[-1] if structural else first
    for index in range(anchor + 1, len(blocks)):
        block = blocks[index]
        if block.form in ("page", "imprint", "date", "letterhead", "number") or front.is_organ(block.folded):
            return index
    return len(blocks)


def _front_kinds(blocks: list[Block], lexicon: str | None) -> dict[int, str]:
    kinds: dict[int, str] = {}
    titles = [
        i
        for i, b in enumerate(blocks)
        if b.form == "plain" and (front.is_title(b.folded, lexicon) or b.folded.startswith(("关于", "印发")))
    ]
    addressed = next(
        (
            i
            for i, b in enumerate(blocks)
            if b.form == "plain" and b.folded.endswith(":") and i > min(titles, default=0)
        ),
        None,
    )
    closed = next(
        (i for i, b in enumerate(blocks) if b.form == "date" and addressed is not None and i > addressed), None
    )
    for index, block in enumerate(blocks):
        text, form = block.folded, block.form
        if form in ("date", "number", "letterhead", "imprint"):
            kinds[index] = form
        elif form == "page":
            kinds[index] = block.page
        elif index in titles:
            kinds[index] = "title"
        elif index == addressed:
            kinds[index] = "salutation"
        elif front.is_organ(text):
            # Before a title the issuing body opens it; elsewhere it signs.
            before_title = next(
                (i for i in range(index + 1, len(blocks)) if not front.is_organ(blocks[i].folded)), None
            )
            kinds[index] = "title" if before_title in titles else "signature"
        elif not titles or index < titles[0]:
            kinds[index] = "navigation"
        elif addressed is not None and index > addressed and (closed is None or index < closed):
            kinds[index] = "notice"
        else:
            kinds[index] = "preamble"
    return kinds


def _back_kinds(blocks: list[Block], lexicon: str | None) -> dict[int, str]:
    kinds: dict[int, str] = {}
    current = "footer"
    for index, block in enumerate(blocks):
        if block.form in ("date", "number", "imprint", "letterhead"):
            kinds[index] = block.form
            current = "footer"
        elif block.form == "page":
            kinds[index] = current = block.page if block.page not in ("navigation", "index") else "footer"
        elif front.is_organ(block.folded):
            kinds[index] = "signature"
        else:
            kinds[index] = current if current in ("copy", "footer") else "footer"
    return kinds
