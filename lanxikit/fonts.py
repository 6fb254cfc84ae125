"""Chinese type on a machine that has no Chinese font.

The files come with a package (Noto Sans SC, Noto Serif SC; SIL Open Font License 1.1).
They are known to matplotlib under names of our own, so that another version of the
same font on the machine cannot take their place and change a figure.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lanxikit.errors import LanxiError
from lanxikit.messages import tr

STYLES = {"sans": "Lanxi Sans SC", "serif": "Lanxi Serif SC"}
FALLBACK = "Lanxi Fallback"  # for the few signs that Noto SC lacks, such as the ₃ of O₃


def path(style: str = "sans") -> Path:
    """Return the file of the Chinese font.

    Parameters
    ----------
    style : {"sans", "serif"}
        Black letter (黑体) or Song (宋体).

    Returns
    -------
    Path

    Raises
    ------
    LanxiError
        No such style, or the font package is not installed.

    Examples
    --------
    >>> path("sans").name
    'NotoSansSC-Regular.otf'
    """
    if style not in STYLES:
        raise LanxiError(
            tr(f"There is no font style {style!r}.", f"没有字体样式 {style!r}。"),
            todo=tr(f"Choose one of: {', '.join(STYLES)}.", f"可选：{'、'.join(STYLES)}。"),
        )
    try:
        import pylopdf_fonts_zh_cn as package
    except ImportError:
        raise LanxiError(
            tr("The Chinese fonts are missing.", "缺少中文字体。"),
            where="pylopdf-fonts-zh-cn",
            todo=tr("Run: pip install pylopdf-fonts-zh-cn", "请运行：pip install pylopdf-fonts-zh-cn"),
        ) from None
    return package.sans_path() if style == "sans" else package.serif_path()


@cache
def family(style: str = "sans") -> list[str]:
    """Make the font known to matplotlib and return the names to give as ``fontfamily``.

    No setting of matplotlib is changed; the names stay good as long as Python runs.

    Parameters
    ----------
    style : {"sans", "serif"}

    Returns
    -------
    list of str
        The Chinese font, and the one that stands in where it has no sign.

    Examples
    --------
    >>> family()
    ['Lanxi Sans SC', 'Lanxi Fallback']
    """
    _register(path(style), STYLES[style])
    _register(_fallback(), FALLBACK)
    return [STYLES[style], FALLBACK]


def missing(text: str, style: str = "sans") -> str:
    """Return the characters of a text that neither font can draw, each once, in order.

    Examples
    --------
    >>> missing("臭氧O₃")
    ''
    >>> missing("\\U0010fffd") == "\\U0010fffd"
    True
    """
    known = _characters(path(style)) | _characters(_fallback())
    return "".join(dict.fromkeys(sign for sign in text if sign not in "\n\r" and ord(sign) not in known))


def _fallback() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def _register(file: Path, name: str) -> None:
    from dataclasses import replace

    from matplotlib.font_manager import fontManager

    if any(entry.name == name for entry in fontManager.ttflist):
        return
    fontManager.addfont(file)
    entry = next(entry for entry in reversed(fontManager.ttflist) if entry.fname == str(file))
    fontManager.ttflist.append(replace(entry, name=name, weight=400))


@cache
def _characters(file: Path) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(file)).get_charmap())
