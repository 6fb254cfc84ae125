"""A scanned page as a picture: laid straight, its rules found."""

from __future__ import annotations

from lanxikit.reading.formats.ruled import MOST_RULES, Box

_SMALL = 700
_STEEPEST = 4.0
_LEAST = 0.15
_DARK = 150
_SLIMMEST = 4


def framed(image):
    """Put a strip (a line cut out of a page) on a white sheet: the models stretch what is far from a page's shape."""
    from PIL import Image

    width, height = image.size
    wanted = max(width, height // _SLIMMEST), max(height, width // _SLIMMEST)
    if wanted == image.size:
        return image
    sheet = Image.new("L", wanted, 255)
    sheet.paste(image, (0, 0))
    return sheet


def straight(image):
    """Turn a picture by the few degrees that its lines are off the level.

    The angle is that at which the sums of dark dots along the rows differ most (projection
    profile, Postl 1986).

    Parameters
    ----------
    image : PIL.Image.Image
        Grey.

    Returns
    -------
    PIL.Image.Image
    """
    import numpy as np
    from PIL import Image

    small = image.copy()
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BILINEAR)
    dark = Image.eval(small, lambda dot: 255 if dot < 170 else 0)

    def sharp(angle: float) -> float:
        profile = np.asarray(dark.rotate(angle, Image.Resampling.BILINEAR), dtype=np.float64).sum(axis=1)
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    best = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), key=sharp)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharp)
    if abs(best) < _LEAST or sharp(best) < 1.05 * sharp(0.0):
        return image
    return image.rotate(float(best), Image.Resampling.BICUBIC, fillcolor=255)


def rules(pixels) -> list[Box]:
    """Find straight dark lines that lie or stand.

    Parameters
    ----------
    pixels : array of uint8, two-dimensional

    Returns
    -------
    list of (x0, top, x1, bottom)
        Empty where there are more than a table has.
    """
    import cv2
    import numpy as np

    dark = (pixels < _DARK).astype(np.uint8)
    length = max(pixels.shape) // 40
    found: list[Box] = []
    for size in ((length, 1), (1, length)):
        # Closing over two dots first: scanned lines have holes.
        closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        kept = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((size[1], size[0]), np.uint8))
        count, _, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
        if count > MOST_RULES:
            return []
        for left, top, wide, high, _ in boxes[1:].tolist():
            if min(wide, high) <= 0.01 * max(pixels.shape):
                found.append((left, top, left + wide, top + high))
    return found
