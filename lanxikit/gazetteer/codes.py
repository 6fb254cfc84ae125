"""Which place lies in which, by administrative code (GB/T 2260)."""

from __future__ import annotations

import re

_CODE = re.compile(r"\d{6,12}")


def codes(cell: object) -> tuple[str, ...]:
    """Return the codes in a cell, one or several joined.

    Examples
    --------
    >>> codes("630000、620000")
    ('630000', '620000')
    """
    return tuple(_CODE.findall(cell)) if isinstance(cell, str) else ()


def stem(code: str) -> str:
    """Return the part of a code that its subdivisions share.

    Examples
    --------
    >>> stem("630200"), stem("630000"), stem("630203")
    ('6302', '63', '630203')
    """
    for width in (3, 3, 2, 2):  # village, township, county, prefecture
        last = len(code) - width
        if (width == 3) == (len(code) > 6) and code.endswith("0" * width):
            code = code[:last]
    return code


def inside(place: str, region: str) -> bool:
    """Tell whether a place lies in a region, and is not the region itself.

    Examples
    --------
    >>> inside("630203", "630200"), inside("630200", "630200"), inside("620100", "630200")
    (True, False, False)
    """
    return stem(place).startswith(stem(region)) and stem(place) != stem(region)


def related(place: str, region: str) -> bool:
    """Tell whether one of the two is the other or lies in it.

    Examples
    --------
    >>> related("630000", "630203"), related("620000", "630203")
    (True, False)
    """
    one, other = stem(place), stem(region)
    return one.startswith(other) or other.startswith(one)
