"""The characters of a PDF page, as pdfium tells them, to pieces of printed lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lanxikit.reading.formats.radicals import ordinary
from lanxikit.reading.formats.runs import Run

_MOST = 200_000
_MOST_PIECES = 20_000
_NEAR = 3.0
_PATCH = 24.0
_CROWD = 60
_JUNK = frozenset("\r\n\ufeff\u200b\u00ad\x02\ufffe\uffff\x00")


@dataclass(slots=True)
class Sign:
    """A character and its place."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float


def signs(page, beyond: list[str] | None = None) -> tuple[list[Sign], int, int]:
    """Read a page's text layer.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    beyond : list of str, optional
        Is told what was left out: ``characters`` beyond the limit, ``turned`` otherwise.

    Returns
    -------
    tuple
        The characters; how many quarter turns they are turned (those turned otherwise are left
        out); how many are unmapped (the file does not tell which they are: U+FFFD).
    """
    import ctypes

    import pypdfium2.raw as raw

    layer = page.get_textpage()
    count = layer.count_chars()
    if count > _MOST and beyond is not None:
        beyond.append("characters")
    count = min(count, _MOST)
    handle, box = layer.raw, raw.FS_RECTF()
    turns: Counter = Counter()
    found: list[tuple] = []
    unmapped = 0
    high = 0
    for index in range(count):
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        if raw.FPDFText_HasUnicodeMapError(handle, index) == 1 or code in (0, 0xFFFE, 0xFFFF, 0xFFFD):
            unmapped += 1
            code = 0xFFFD
        text = chr(code)
        if text in _JUNK or not raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
            continue
        turn = round(raw.FPDFText_GetCharAngle(handle, index) / 1.5707963) % 4
        turns[turn] += 1
        size = raw.FPDFText_GetFontSize(handle, index)
        found.append((turn, box.left, box.bottom, box.right, box.top, text, size))
    layer.close()
    turn = turns.most_common(1)[0][0] if turns else 0
    if beyond is not None and any(sign[0] != turn and not sign[5].isspace() for sign in found):
        beyond.append("turned")
    return [_upright(sign) for sign in found if sign[0] == turn], turn, unmapped


def upright(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """Turn a box (left, bottom, right, top; upwards) to (x0, top, x1, bottom; downwards) as its text is read."""
    left, bottom, right, top = box
    if turn == 0:
        return left, -top, right, -bottom
    if turn == 1:
        return bottom, left, top, right
    if turn == 2:
        return -right, bottom, -left, top
    return -top, -right, -bottom, -left


def lost(page, beyond: list[str] | None = None) -> bool:
    """Tell whether pdfium passes over text of a page.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    beyond : list of str, optional
        Is told ``pieces`` where the page has too many to ask.

    Notes
    -----
    Where a font is neither in the file nor on the machine, a piece of text of one character has no
    width for pdfium, and it leaves such pieces out without a word.
    """
    import ctypes

    import pypdfium2.raw as raw

    sides = [ctypes.c_float() for _ in range(4)]
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > _MOST_PIECES:  # no page of text; pdfplumber would take minutes
        if beyond is not None:
            beyond.append("pieces")
        return False
    for index in range(count):
        piece = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(piece) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        raw.FPDFPageObj_GetBounds(piece, *(ctypes.byref(side) for side in sides))
        if sides[2].value - sides[0].value < 0.01:
            return True
    return False


def supplied(found: list[Sign], page) -> list[Sign]:
    """Add the characters that pdfium passed over, as pdfplumber reads them (it needs no fonts, but knows fewer signs).

    Parameters
    ----------
    found : list of Sign
        Of pdfium.
    page : pdfplumber.page.Page
        It counts from the corner of the page as shown; `signs` does from that of the page as stored.
    """
    left, bottom, right, top = page.mediabox
    across, down = {90: (bottom, right), 180: (-right, top), 270: (-top, -left)}.get(page.rotation, (left, -bottom))
    known = _Known(found)
    more = []
    for char in page.chars[:_MOST]:
        text = "\ufffd" if char["text"].startswith("(cid:") else char["text"]
        if len(text) != 1 or text in _JUNK or text == " " or not char["upright"]:
            continue
        x0, x1 = char["x0"] + across, char["x1"] + across
        sign = Sign(x0, down - char["y1"], x1, down - char["y0"], text, char["size"])
        if not known.has(sign):
            more.append(sign)
    return found + more


class _Known:
    """Tells whether pdfium has a character already; its box may be that of the bare glyph: 一 is a thin one."""

    def __init__(self, found: list[Sign]) -> None:
        self._corners = {(round(sign.x0 / _NEAR), round(sign.bottom / _NEAR)) for sign in found}
        self._near: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
        for sign in found:
            x, y = (sign.x0 + sign.x1) / 2, (sign.top + sign.bottom) / 2
            there = self._near.setdefault((int(x // _PATCH), int(y // _PATCH)), [])
            if len(there) < _CROWD:
                there.append((x, y, ordinary(sign.text)))

    def has(self, sign: Sign) -> bool:
        """Whether a corner is the same, or the glyph's middle lies in the sign's (or amid it, if read otherwise)."""
        x, y = round(sign.x0 / _NEAR), round(sign.bottom / _NEAR)
        if any((x + i, y + j) in self._corners for i in (-1, 0, 1) for j in (-1, 0, 1)):
            return True
        x, y = (sign.x0 + sign.x1) / 2, (sign.top + sign.bottom) / 2
        wide, high = max((sign.x1 - sign.x0) / 2, 0.3 * sign.size), max((sign.bottom - sign.top) / 2, 0.5 * sign.size)
        text = ordinary(sign.text)
        column, row = int(x // _PATCH), int(y // _PATCH)
        for spot in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for mid, height, other in self._near.get(spot, ()):
                reach = 1.05 if other == text else 0.4
                if abs(mid - x) <= reach * wide and abs(height - y) <= reach * high:
                    return True
        return False


def _upright(sign: tuple) -> Sign:
    turn, left, bottom, right, top, text, size = sign
    x0, high, x1, low = upright((left, bottom, right, top), turn)
    size = abs(size)
    if not 1 < size < 300 or low - high < 0.3 * size or low - high > 3 * size:
        size = max(low - high, 1.0)
    return Sign(x0, high, x1, low, text, size)


def runs(signs: list[Sign], lexicon: str | None = None) -> list[Run]:
    """Put characters that follow each other on a line together; a gap of about a character parts them."""
    found: list[Run] = []
    for line in _lines(signs):
        texts: list[str] = []
        run: Run | None = None
        last: Sign | None = None
        for sign in sorted(line, key=lambda sign: sign.x0):
            if last and sign.text == last.text and sign.x0 - last.x0 < 0.25 * sign.size and not sign.text.isspace():
                continue  # printed twice to look bold
            if sign.text.isspace() and run is None:
                continue
            gap = sign.x0 - run.x1 if run else 0.0
            if run is not None and gap > 0.9 * sign.size and not sign.text.isspace():
                _close(found, run, texts, lexicon)
                run = None
            if run is None:
                run, texts = Run(sign.x0, sign.top, sign.x1, sign.bottom, "", sign.size), []
            elif gap > 0.25 * sign.size and _word(last.text) and _word(sign.text):
                texts.append(" ")
            texts.append(sign.text)
            if not sign.text.isspace():
                run.x1 = max(run.x1, sign.x1)
                run.top, run.bottom = min(run.top, sign.top), max(run.bottom, sign.bottom)
                run.size = max(run.size, sign.size)
            last = sign
        if run is not None:
            _close(found, run, texts, lexicon)
    return found


def _word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _close(found: list[Run], run: Run, texts: list[str], lexicon: str | None) -> None:
    run.text = ordinary("".join(texts).strip(), lexicon)
    if run.text:
        found.append(run)


def _lines(signs: list[Sign]) -> list[list[Sign]]:
    lines: list[list[Sign]] = []
    height = 0.0
    for sign in sorted(signs, key=lambda sign: (sign.top + sign.bottom, sign.x0)):
        middle = (sign.top + sign.bottom) / 2
        if lines and middle - height < 0.4 * sign.size:
            lines[-1].append(sign)
        else:
            lines.append([sign])
            height = middle
    return lines
