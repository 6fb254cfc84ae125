"""How much a file may ask for before it is turned away: all limits stand here, and each can be changed."""

from __future__ import annotations

from dataclasses import dataclass, fields

from lanxikit.errors import ReadingError
from lanxikit.messages import tr

_ROOM = 100_000_000  # bytes that a reading process takes for itself


@dataclass(frozen=True)
class Limits:
    """Limits of what is read; ``read_corpus(…, limits=Limits(seconds=600))`` changes one.

    The values are far above what official documents need (the longest plan with its
    pictures has some 50 MB) and far below what harms a laptop.

    Attributes
    ----------
    bytes : int
        Size of a file.
    members : int
        Number of files inside a .docx.
    expanded : int
        Bytes that all of them need when unpacked, pictures included.
    part : int
        Bytes of one unpacked XML part (text, styles, numbering …).
    ratio : int
        How many times its packed size a member of more than 1 MB may have unpacked.
    chars : int
        Length of the text that a reader makes of a file.
    seconds : float
        Time for one file; for a scan, time for one of its pages.
    pages : int
        How many pages of a scan are given that time.
    memory : int
        Bytes that reading one file may need.

    Raises
    ------
    ReadingError
        A limit is not above 0, or too little memory for the reading process itself (100 MB).

    Examples
    --------
    >>> Limits(seconds=600).members
    5000
    """

    bytes: int = 200_000_000
    members: int = 5_000
    expanded: int = 600_000_000
    part: int = 64_000_000
    ratio: int = 200
    chars: int = 20_000_000
    seconds: float = 120.0
    pages: int = 500
    memory: int = 2_000_000_000

    def __post_init__(self) -> None:
        for field in fields(self):
            least = _ROOM if field.name == "memory" else 0
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > least:
                raise ReadingError(
                    tr(f"Limits: {field.name}={value!r} cannot be.", f"Limits：{field.name}={value!r} 不可用。"),
                    todo=tr(f"Give a number above {least:,}.", f"请给出大于 {least:,} 的数。"),
                )
