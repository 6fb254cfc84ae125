"""The rules that a PDF page draws: straight lines and thin or empty boxes, as pdfium tells them."""

from __future__ import annotations

from lanxikit.reading.formats.pdf_runs import upright
from lanxikit.reading.formats.ruled import MOST_RULES, Box

_MOST_OBJECTS = 50_000
_MOST_SEGMENTS = 2_000
_THIN = 4.0
_SHORTEST = 4.0


def rules(page, turn: int, beyond: list[str] | None = None) -> list[Box]:
    """Return the rules of a page, lying and standing, in the place that `pdf_runs.signs` counts in.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    turn : int
        Quarter turns of the page's text.
    beyond : list of str, optional
        Is told ``rules`` where there are too many.

    Returns
    -------
    list of (x0, top, x1, bottom)
        Empty where the page draws more than tables do.
    """
    import ctypes

    import pypdfium2.raw as raw

    if raw.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
        return _too_many(beyond)
    sides = [ctypes.c_float() for _ in range(4)]
    found: list[Box] = []
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        if not raw.FPDFPageObj_GetBounds(shape.raw, *(ctypes.byref(side) for side in sides)):
            continue
        left, bottom, right, top = (side.value for side in sides)
        wide, high = right - left, top - bottom
        if max(wide, high) < _SHORTEST:
            continue
        segments = raw.FPDFPath_CountSegments(shape.raw)
        if min(wide, high) <= _THIN:
            found.append(upright((left, bottom, right, top), turn))
        elif _stroked(shape.raw):
            if segments > _MOST_SEGMENTS:
                continue
            drawn = _segments(shape.raw, segments)
            if not drawn and segments <= 6:
                drawn = _frame(left, bottom, right, top)
            found += [upright(line, turn) for line in drawn]
        if len(found) > MOST_RULES:
            return _too_many(beyond)
    return found


def _too_many(beyond: list[str] | None) -> list[Box]:
    if beyond is not None:
        beyond.append("rules")
    return []


def _stroked(shape) -> bool:
    import ctypes

    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(shape, ctypes.byref(fill), ctypes.byref(stroke)) and stroke.value)


def _frame(left: float, bottom: float, right: float, top: float) -> list[Box]:
    return [
        (left, top, right, top), (left, bottom, right, bottom), (left, bottom, left, top), (right, bottom, right, top),
    ]  # fmt: skip


def _segments(shape, count: int) -> list[Box]:
    """The straight pieces of a path that lie or stand."""
    import ctypes

    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Box] = []
    start = last = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        place = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        what = raw.FPDFPathSegment_GetType(segment)
        if what == raw.FPDF_SEGMENT_MOVETO:
            start = place
        elif what == raw.FPDF_SEGMENT_LINETO and last:
            found += _straight(last, place)
        last = place
        if raw.FPDFPathSegment_GetClose(segment) and start:
            found += _straight(last, start)
            last = start
    return found


def _straight(one: tuple[float, float], other: tuple[float, float]) -> list[Box]:
    (x0, y0), (x1, y1) = one, other
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if max(wide, high) < _SHORTEST or min(wide, high) > 1.0:
        return []
    return [(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))]
