"""What a .docx's styles say of a paragraph: its list, whether it is hidden, whether it is a line of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lanxikit.reading.formats.docx_numbering import Numbering, int_of, numbered_styles
from lanxikit.reading.formats.docx_xml import child, children, on, val

_CONTENTS = re.compile(r"(?:toc|目录|contents|WPSOffice手动目录)\s*\d", re.IGNORECASE)


class Styles:
    """The styles of a document.

    Parameters
    ----------
    root : element or None
        The root of styles.xml.
    """

    def __init__(self, root) -> None:
        self._styles = {val(style, "styleId"): style for style in children(root, "style")}
        self._default = next(
            (key for key, style in self._styles.items() if val(style, "type") == "paragraph" and on_default(style)),
            None,
        )
        self.lists = numbered_styles(self._styles.values())

    def chain(self, style: str | None) -> Iterator[tuple[str, object]]:
        """Go through a style and those that it is based on."""
        seen = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield style, self._styles[style]
            style = val(child(self._styles[style], "basedOn"))

    def style_of(self, properties) -> str | None:
        """Return the style id of a paragraph, from its ``pPr``."""
        return val(child(properties, "pStyle"), default=self._default)

    def is_contents(self, style: str | None) -> bool:
        """Tell whether a paragraph style is one of a table of contents."""
        return any(_CONTENTS.match(val(child(part, "name"), default=key) or "") for key, part in self.chain(style))

    def hides(self, style: str | None) -> bool:
        """Tell whether a style hides its text."""
        switches = (child(child(part, "rPr"), "vanish") for _, part in self.chain(style))
        first = next((switch for switch in switches if switch is not None), None)
        return on(first)

    def place(self, properties, numbering: Numbering) -> tuple[str, int] | None:
        """Return a paragraph's list and level, from its ``pPr`` and its styles; ``None`` if it has none."""
        own = child(properties, "numPr")
        number, level = val(child(own, "numId")), val(child(own, "ilvl"))
        style = self.style_of(properties)
        holders = [style]
        if number is None:
            for key, part in self.chain(style):
                named = child(child(part, "pPr"), "numPr")
                level = val(child(named, "ilvl")) if level is None else level
                holders.append(key)
                if val(child(named, "numId")) is not None:
                    number = val(child(named, "numId"))
                    break
        if number is None or number == "0":
            return None
        if level is None:
            return number, max((numbering.level_of(number, holder) for holder in holders if holder), default=0)
        return number, int_of(level)


def on_default(style) -> bool:
    """Tell whether a style is the one of paragraphs that name none."""
    return (val(style, "default") or "0").lower() in ("1", "true", "on")
