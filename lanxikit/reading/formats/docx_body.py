"""The body of a .docx as the lines that a reader of Word sees: paragraphs with their numbers, boxes, tables, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lanxikit.reading.formats.docx_numbering import Numbering, int_of, sign
from lanxikit.reading.formats.docx_styles import Styles
from lanxikit.reading.formats.docx_xml import child, children, local, on, val

_PASSED = frozenset(
    ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "rt", "rubyPr",
     "footnoteRef", "endnoteRef", "annotationRef", "tcPr", "trPr", "tblPr", "tblGrid", "sectPr", "proofErr", "fPr")
)  # fmt: skip
_WORDS = {"tab": "\t", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CIRCLED = re.compile(r"eq\s*\\o\\ac\s*\(\s*[○〇]\s*[,，;；]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_PAGE = re.compile(r"[ \t]*\t[ \t]*(?=[\dIVXivx]{1,5}\s*$)")
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
_POWERS = {"2": "²", "3": "³"}


class Body:
    """Writes the parts of one document as lines.

    Parameters
    ----------
    styles : Styles
    numbering : Numbering

    Attributes
    ----------
    seen : Counter
        What a reader of the text should know of: ``inserted deleted hidden pictures
        objects foreign``.
    notes : list of (kind, id)
        Footnotes and endnotes in the order in which the text refers to them.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering
        self.seen: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []
        self._fields: list[dict] = []
        self._codes = 0  # fields of which we are still in the code, which nobody sees

    def lines(self, container) -> list[str]:
        """Return the lines of a body, a cell, a text box, a note, a header."""
        return list(self._blocks(container, in_table=False))

    def _blocks(self, container, in_table: bool) -> Iterator[str]:
        carried = ""  # of a paragraph whose end was deleted: it goes on in the next
        for part in children(container):
            name = local(part)
            if name == "p":
                marked = child(child(child(part, "pPr"), "rPr"), "del") is not None
                text, after = self._paragraph(part, in_table, carried, numbered=not marked)
                if marked:
                    self.seen["deleted"] += 1
                    carried = text
                else:
                    carried = ""
                    yield from text.split("\n")
                yield from after
            elif name == "tbl":
                yield from self._table(part, in_table)
            elif name == "altChunk":
                self.seen["foreign"] += 1
            elif name in ("del", "moveFrom"):
                self.seen["deleted"] += 1
            elif name == "AlternateContent":
                yield from self._blocks(_chosen(part), in_table)
            elif name in _WRAPPERS and not _is_prompt(part):
                self.seen["inserted"] += name in ("ins", "moveTo")
                yield from self._blocks(part, in_table)
        if carried:
            yield carried

    def _paragraph(self, part, in_table: bool, carried: str, numbered: bool) -> tuple[str, list[str]]:
        """A paragraph's text with its number, and the lines of the text boxes that hang on it."""
        properties = child(part, "pPr")
        style = self._styles.style_of(properties)
        pieces: list[str] = []
        boxes: list[str] = []
        hidden = self._styles.hides(style)
        self._inline(part, pieces, boxes, hidden)
        if self._codes:  # a code ends in its paragraph; one that does not must not swallow the rest
            self._codes = 0
            for field in self._fields:
                field["result"] = True
        text = "".join(pieces).replace("\u00ad", "")
        if self._styles.is_contents(style):
            text = _PAGE.sub("……", text)
        text = carried + re.sub(r"[\t\x0b\x0c\xa0]", " ", text)
        unseen = hidden or on(child(child(properties, "rPr"), "vanish"))
        place = self._styles.place(properties, self._numbering) if numbered else None
        if place and (text.strip() or not unseen):  # what nobody sees is not counted either
            label = self._numbering.next(*place)
            if text.strip() or in_table:
                text = label + text.lstrip(" ")
        return "\n".join(line.rstrip() for line in text.strip("\n").split("\n")), boxes

    def _inline(self, part, pieces: list[str], boxes: list[str], hidden: bool) -> None:
        for item in children(part):
            name = local(item)
            if name == "r":
                look = child(item, "rPr")
                unseen = self._unseen(look, hidden)
                if unseen and any(local(text) == "t" and text.text for text in item.iter()):
                    self.seen["hidden"] += 1
                if on(child(look, "del")):
                    continue
                before = len(pieces)
                self._inline(item, pieces, boxes, unseen)
                if val(child(look, "vertAlign")) == "superscript" and pieces[before:] and pieces[before - 1 : before]:
                    power = _POWERS.get("".join(pieces[before:]).strip())
                    if power and pieces[before - 1].endswith(("m", "米")):
                        pieces[before:] = [power]
            elif name == "t":
                self._put(re.sub(r"[\r\n]+", " ", item.text or ""), pieces, hidden)
            elif name in _WORDS:
                self._put(_WORDS[name], pieces, hidden)
            elif name == "sym":
                code = val(item, "char", "") or ""
                self._put(sign(chr(int(code, 16))) if re.fullmatch("[0-9A-Fa-f]{4}", code) else "", pieces, hidden)
            elif name == "fldChar":
                self._field(item, pieces, hidden)
            elif name == "instrText":
                if self._fields and not self._fields[-1]["result"]:
                    self._fields[-1]["code"] += item.text or ""
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name.removesuffix("Reference"), val(item, "id") or ""))
            elif name == "AlternateContent":
                self._inline(_chosen(item), pieces, boxes, hidden)
            elif name == "txbxContent":
                held, self._fields, self._codes = (self._fields, self._codes), [], 0
                boxes.extend(self._blocks(item, in_table=False))
                self._fields, self._codes = held
            elif name == "textpath":
                boxes.extend([val(item, "string")] if val(item, "string") else [])
            elif name == "f":  # a fraction of a formula
                self._inline(child(item, "num"), pieces, boxes, hidden)
                self._put("/", pieces, hidden)
                self._inline(child(item, "den"), pieces, boxes, hidden)
            elif name in _PASSED or _is_prompt(item):
                self.seen["deleted"] += name in ("del", "moveFrom")
            else:
                self.seen["inserted"] += name in ("ins", "moveTo")
                self.seen["pictures"] += name in ("blip", "imagedata")
                self.seen["objects"] += name in ("OLEObject", "chart", "relIds")
                self._inline(item, pieces, boxes, hidden)

    def _put(self, text: str, pieces: list[str], hidden: bool) -> None:
        if text and not hidden and not self._codes:
            pieces.append(text)

    def _field(self, item, pieces: list[str], hidden: bool) -> None:
        kind = val(item, "fldCharType")
        if kind == "begin":
            form = child(item, "ffData")
            box, choice = child(form, "checkBox"), child(form, "ddList")
            if box is not None:
                state = child(box, "checked") if child(box, "checked") is not None else child(box, "default")
                self._put("☑" if on(state) else "□", pieces, hidden)
            if choice is not None:
                entries = [val(entry) or "" for entry in children(choice, "listEntry")]
                chosen = int_of(val(child(choice, "result")))
                self._put(entries[chosen] if 0 <= chosen < len(entries) else "", pieces, hidden)
            self._fields.append({"code": "", "result": False})
            self._codes += 1
        elif kind == "separate" and self._fields and not self._fields[-1]["result"]:
            self._fields[-1]["result"] = True
            self._codes -= 1
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            self._codes -= not field["result"]
            circled = _CIRCLED.search(field["code"])
            if circled and 0 < int(circled.group(1)) <= 20:
                self._put(chr(0x2460 + int(circled.group(1)) - 1), pieces, hidden)

    def _unseen(self, look, hidden: bool) -> bool:
        """Tell whether a run is hidden: by itself, else by its style, else as its paragraph is."""
        own = child(look, "vanish")
        if own is not None:
            return on(own)
        style = val(child(look, "rStyle"))
        return hidden or (style is not None and self._styles.hides(style))

    def _table(self, table, in_table: bool) -> Iterator[str]:
        rows = [row for row in _flat(table, "tr") if child(child(row, "trPr"), "del") is None]
        cells = [list(_flat(row, "tc")) for row in rows]
        if all(len(row) <= 1 for row in cells) or _is_layout(cells):
            for row in cells:  # a box, or a frame that holds the page: its paragraphs are paragraphs
                for cell in row:
                    yield from self._blocks(cell, in_table=in_table)
            return
        from lanxikit.reading.formats import grid

        yield from grid.lines(self._rows(rows, cells))

    def _rows(self, rows: list, cells: list[list]) -> list[list[tuple[str, int, int]]]:
        """The rows of a table with the cells that begin in each, their text, rows and columns."""
        laid: list[list[list]] = []
        hanging: dict[int, list] = {}  # by column: the cell that goes on downward from the row above
        for row, parts in zip(rows, cells, strict=True):
            look = child(row, "trPr")
            begun, column, still = [], 0, {}
            before = int_of(val(child(look, "gridBefore")))
            if 0 < before <= 1000:
                begun.append(["", 1, before])
                column += before
            for part in parts:
                shape = child(part, "tcPr")
                span = max(1, min(int_of(val(child(shape, "gridSpan")), 1), 1000))
                merge = child(shape, "vMerge")
                goes_on = merge is not None and (val(merge) or "continue") == "continue" and column in hanging
                sideways = val(child(shape, "hMerge")) == "continue" and begun
                if goes_on:
                    hanging[column][1] += 1
                    still[column] = hanging[column]
                elif sideways:
                    begun[-1][2] += span
                else:
                    text = " ".join(line.strip() for line in self._blocks(part, in_table=True) if line.strip())
                    begun.append([text.replace("\t", " "), 1, span])
                    if merge is not None:
                        still[column] = begun[-1]
                column += span
            hanging = still
            laid.append(begun)
        return [[(text, down, across) for text, down, across in row] for row in laid]


def _flat(part, name: str) -> Iterator:
    """The rows of a table or the cells of a row, also inside content controls and tracked changes."""
    for item in children(part):
        if local(item) == name:
            yield item
        elif local(item) in _WRAPPERS:
            yield from _flat(item, name)


def _is_prompt(part) -> bool:
    """Tell whether a content control holds nothing yet but what to enter there (单击此处输入文字)."""
    return on(child(child(part, "sdtPr"), "showingPlcHdr"))


def _is_layout(cells: list[list]) -> bool:
    """Tell whether a table only arranges the page: a table of several columns in it has most of its text.

    A single row of which one cell holds all the text, such a table among it, is a frame too.
    """
    every = [cell for row in cells for cell in row]
    inner = [table for cell in every for table in _flat(cell, "tbl") if _columns(table) > 1]
    if not inner:
        return False
    full = [cell for cell in every if _weight(cell)]
    return (len(cells) == 1 and len(full) == 1) or sum(map(_weight, inner)) > 0.6 * sum(map(_weight, full))


def _columns(table) -> int:
    return max((sum(1 for _ in _flat(row, "tc")) for row in _flat(table, "tr")), default=0)


def _weight(part) -> int:
    return sum(len(item.text or "") for item in part.iter() if local(item) == "t")


def _chosen(part):
    """Of the alternatives for newer and older programs, the newer one if there is text in it; they say the same."""
    choice, fallback = child(part, "Choice"), child(part, "Fallback")
    if choice is None or (fallback is not None and not _weight(choice) and _weight(fallback)):
        return fallback
    return choice
