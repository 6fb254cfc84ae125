"""Pictures of pages to text: the optional extra ``lanxikit[ocr]``.

RapidOCR (PaddleOCR's models in ONNX) finds lines and reads them; its weights come inside its
wheel and nothing is fetched. Each character's place is kept, so that columns, paragraphs and
ruled tables are put together just as those of a PDF. What is misread stays as it was read.
"""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.formats import layout, scan
from lanxikit.reading.formats.pages import Page, written
from lanxikit.reading.formats.pdf_runs import Sign
from lanxikit.reading.formats.reading import Reading, page_done
from lanxikit.text.fold import is_cjk

DOTS = 160
"""Dots an inch that pages are drawn with: A4 then fits what the models look at (2,000 dots)."""
_A4 = 595.0
_MOST_DOTS = 60_000_000
_MOST_FRAMES = 500
_DOUBTFUL = 0.8
_SMALLEST = 12


def installed() -> bool:
    """Tell whether the extra is there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def missing(name: str) -> ReadingError:
    """Return the error for a picture without the extra."""
    return ReadingError(
        tr("The file holds pictures of pages and no text.", "文件只有页面图像，没有文字层。"),
        where=name,
        todo=tr('To read them: pip install "lanxikit[ocr]"', '识别图像文字请先运行：pip install "lanxikit[ocr]"'),
    )


def read(data: bytes, name: str) -> Reading:
    """Read a picture of one page, or of several (TIFF).

    Parameters
    ----------
    data : bytes
        The file: PNG, JPEG, TIFF, BMP.
    name : str
        Named in errors.

    Returns
    -------
    Reading
        Its notes say how sure the reader was of each page.

    Raises
    ------
    ReadingError
        The extra is not installed, the file is no picture, too large, or shows no text.
    """
    if not installed():
        raise missing(name)
    pages, sure = [], []
    for image in _images(data, name):
        read, confidence = page(image)
        pages.append(read)
        sure.append((len(pages), confidence))
        page_done()
    text = written(pages)
    if not text.strip():
        raise ReadingError(
            tr("No text was found in the picture.", "图像中没有识别出文字。"),
            where=name,
            todo=tr("Scan the page upright with 150 dots an inch or more.", "请以 150 dpi 以上正向扫描。"),
        )
    return Reading(text + "\n", "ocr", (note(sure),))


def _images(data: bytes, name: str):
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP")) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if frame.width * frame.height > _MOST_DOTS or number >= _MOST_FRAMES:
                    raise ReadingError(
                        tr("The picture is too large.", "图像过大。"),
                        where=name,
                        todo=tr("Save it with 150 to 300 dots an inch, page by page.", "请按每页 150–300 dpi 另存。"),
                    )
                yield frame.convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, ReadingError):
            raise
        raise ReadingError(
            tr("The picture cannot be opened (damaged or no picture).", "图像无法打开（已损坏或不是图像）。"),
            where=name,
            todo=tr("Save it again as PNG or JPEG.", "请另存为 PNG 或 JPEG。"),
        ) from None


def rendered(page):
    """Draw a page of a PDF (pypdfium2) as a grey picture."""
    width, height = page.get_size()
    scale = min(DOTS / 72, 2.4 * DOTS / 72 * _A4 / max(width, height, 1.0))
    return page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()


def page(image) -> tuple[Page, float]:
    """Read one picture.

    Parameters
    ----------
    image : PIL.Image.Image

    Returns
    -------
    tuple
        The page, and the reader's mean confidence (0 to 1, weighted by length; 0: no text).
    """
    import numpy as np

    image = image.convert("L")
    if min(image.size) < _SMALLEST:
        return Page([], _A4), 0.0
    image = scan.straight(scan.framed(image))
    pixels = np.asarray(image.convert("RGB"))
    points = _A4 / min(image.size)  # so that a page counts about as many points as A4, whatever its dots
    result = _engine()(pixels)
    if result.boxes is None or not result.txts:
        return Page([], image.height * points), 0.0
    found = [_signs(line, box, points) for line, box in zip(result.word_results, result.boxes, strict=True)]
    signs = [sign for line in _sized(found) for sign in line]
    rules = [tuple(side * points for side in rule) for rule in scan.rules(np.asarray(image))]
    length = sum(map(len, result.txts))
    sure = sum(score * len(text) for score, text in zip(result.scores, result.txts, strict=True)) / max(length, 1)
    return layout.page(signs, rules, 0.0, image.height * points), float(sure)


def _signs(line, box, points: float) -> list[Sign]:
    """The characters of one line that was found, each with its place; all as high as their line."""
    heights = [point[1] for point in box]
    top, bottom = (heights[0] + heights[1]) / 2 * points, (heights[2] + heights[3]) / 2 * points
    found = []
    for text, _, corners in line:
        across = [point[0] for point in corners]
        x0, x1 = min(across) * points, max(across) * points
        step = (x1 - x0) / max(len(text), 1)
        for index, char in enumerate(text):
            found.append(Sign(x0 + index * step, top, x0 + (index + 1) * step, bottom, char, bottom - top))
    return found


def _sized(lines: list[list[Sign]]) -> list[list[Sign]]:
    """Give each line the size of its type: from its length where it is long, for a box's height is rough."""
    long = [line for line in lines if len(line) >= 6]
    usual = median(map(_pitch, long)) if long else 0.0
    share = median(_pitch(line) / line[0].size for line in long) if long else 1.0
    for line in lines:
        if not line:
            continue
        size = _pitch(line) if len(line) >= 6 else share * line[0].size
        if abs(size - usual) < (0.2 if len(line) >= 6 else 0.4) * usual:
            size = usual
        for sign in line:
            sign.size = size
    return lines


def _pitch(line: list[Sign]) -> float:
    return (line[-1].x1 - line[0].x0) / sum(1.0 if is_cjk(sign.text) else 0.5 for sign in line)


def note(sure: list[tuple[int, float]]) -> str:
    """Say how sure the reader was of each page, given as (number, confidence)."""
    listed = ", ".join(f"{number}: {confidence:.2f}" for number, confidence in sure)
    doubt = any(confidence < _DOUBTFUL for _, confidence in sure)
    return tr(
        f"read by OCR, confidence by page: {listed}" + (f"; read over what is below {_DOUBTFUL}" if doubt else ""),
        f"由 OCR 识别，各页置信度：{listed}" + (f"；低于 {_DOUBTFUL} 的请核对" if doubt else ""),
    )


@lru_cache(maxsize=1)
def _engine():
    """The reader with the weights of its own package, by path: it would fetch others."""
    import rapidocr

    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "Det.model_path": str(weights("det")),
            "Rec.model_path": str(weights("rec")),
        }
    )


def weights(part: str) -> Path:
    """Return the file of a model: ``det`` finds lines, ``rec`` reads them.

    Raises
    ------
    ReadingError
        The installed RapidOCR has none in its package.
    """
    where = find_spec("rapidocr").submodule_search_locations[0]
    found = sorted((Path(where) / "models").glob(f"*_{part}_*.onnx"))
    if not found:
        raise ReadingError(
            tr("The OCR package comes without its weights.", "OCR 软件包缺少模型文件。"),
            where=f"rapidocr/models/*_{part}_*.onnx",
            todo=tr('Run: pip install --upgrade "lanxikit[ocr]"', '请运行：pip install --upgrade "lanxikit[ocr]"'),
        )
    return found[-1]
