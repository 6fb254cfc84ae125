"""How our figures look: measures, type, colours, and the frame that every figure is drawn in.

Colours keep apart for colour-blind readers and in greyscale: within each set the
lightness falls in steps, and what must not be mixed up differs in shape or hatch too.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from lanxikit import fonts
from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr
from lanxikit.tables import reading
from lanxikit.tables.topic_verdict import TRUSTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LEVELS, LEVEL_NAMES = reading.LEVELS, reading.LEVEL_NAMES
WIDTH = 16.0  # cm, the type area of an A4 page
SMALL, NORMAL = 7.0, 8.0  # points
INK, GREY, RULE, PALE = "#222222", "#767676", "#c9c9c9", "#eeeeee"

LEVEL_COLOURS = {
    "country": "#14202b",
    "province": "#1f4e79",
    "prefecture": "#d1603d",
    "county": "#efb93f",
    "township": "#cfc9b8",
}
STATUS_NAMES = {
    "taken_up": ("taken up", "已承接"),
    "same_matter": ("same matter, no descent", "同一事项，无承接关系"),
    "unsure": ("unsure, to be looked at", "待核对"),
    "not_taken_up": ("not taken up", "未承接"),
    "silent": ("no link, proves nothing", "无对应，不作判断"),
    "not_applicable": ("concerns other places", "事涉他地"),
    "added": ("locally new", "地方新增"),
}
STATUS_COLOURS = {
    "taken_up": "#12636b",
    "same_matter": "#5fa39d",
    "unsure": "#c4ddd5",
    "not_taken_up": "#dd8f45",
    "silent": "#ebebeb",
    "not_applicable": "#ffffff",
    "added": "#8b4a7c",
}

THEME = {
    "font.family": [],  # filled in by context()
    "font.size": NORMAL,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelsize": NORMAL,
    "axes.labelcolor": INK,
    "axes.titlesize": NORMAL,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "legend.frameon": False,
    "legend.fontsize": SMALL,
    "legend.handlelength": 1.4,
    "legend.columnspacing": 1.4,
    "lines.linewidth": 1.2,
    "hatch.linewidth": 0.5,
    "figure.dpi": 150,
    "figure.constrained_layout.h_pad": 0.03,
    "figure.constrained_layout.w_pad": 0.03,
    "svg.fonttype": "path",
    "svg.hashsalt": "lanxikit",
    "pdf.fonttype": 3,  # type 42 would put the CFF outlines of Noto where PDF wants TrueType ones
}


@contextmanager
def context(font: str = "sans"):
    """Draw in our style inside a ``with``; outside it the user's own settings stand as before."""
    import matplotlib
    from matplotlib import style

    with style.context(["default", THEME | {"font.family": fonts.family(font)}]):
        yield
        interactive = matplotlib.is_interactive()
    # A notebook's backend is loaded with the first figure, here inside, and switches interaction on:
    # leaving the context must not switch it off, or later figures would not be shown.
    matplotlib.interactive(interactive)


@contextmanager
def canvas(ax: Axes | None, height: float, width: float = WIDTH, font: str = "sans"):
    """Give a figure function its Axes, and leave them dressed and laid out.

    Parameters
    ----------
    ax : Axes or None
        The user's Axes; ``None`` makes a figure of ``width`` × ``height`` cm.

    Notes
    -----
    The layout is settled once, here, so that a figure looks the same however often it is
    drawn before it is saved.
    """
    from matplotlib import pyplot

    with context(font):
        own = ax is None
        if own:
            _, ax = pyplot.subplots(figsize=(width / 2.54, height / 2.54), layout="constrained")
        yield ax
        _dress(ax, fonts.family(font))
        if own:
            ax.figure.draw_without_rendering()
            ax.figure.set_layout_engine("none")


def _dress(ax: Axes, family: list[str]) -> None:
    """Set the type of all texts, also of those that stood in the Axes before and of ticks to come."""
    from matplotlib.text import Text

    for text in ax.findobj(Text):
        text.set_fontfamily(family)
        text.set_parse_math(False)
        text.set_linespacing(1.35)  # the usual 1.2 is tight for Chinese
    ax.tick_params(axis="both", which="both", labelfontfamily=family)


def speaker(lang: str):
    """Return the function that picks the wording: ``say(english, chinese)``.

    Raises
    ------
    LanxiError
        ``lang`` is neither ``"en"`` nor ``"zh"``.

    Examples
    --------
    >>> say = speaker("zh")
    >>> say("province", "省级")
    '省级'
    """
    if lang not in ("en", "zh"):
        raise LanxiError(
            tr(f"Figures speak no language {lang!r}.", f"图中文字没有 {lang!r} 这种语言。"),
            where="lang",
            todo=tr('Give lang="en" or lang="zh".', '请用 lang="en" 或 lang="zh"。'),
        )
    return lambda english, chinese: chinese if lang == "zh" else english


def need(data: pd.DataFrame, columns: tuple[str, ...], figure: str) -> None:
    """Refuse a table that is not the one the figure is drawn from.

    Raises
    ------
    TableError
        Columns are missing; the message says which function makes the table.
    """
    absent = [name for name in columns if name not in getattr(data, "columns", ())]
    if absent:
        raise TableError(
            tr("The table of this figure lacks columns: ", "作图用的表缺少列：") + ", ".join(absent),
            where=f"lx.plots.{figure}",
            todo=tr(f"Make it with lx.plots.{figure}_data(…).", f"请用 lx.plots.{figure}_data(…) 生成。"),
        )


def rounded(data: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its numbers rounded to 6 decimals, as they are written and drawn."""
    data = data.reset_index(drop=True)
    numbers = data.select_dtypes("float").columns
    data[numbers] = data[numbers].round(6) + 0.0  # no -0.0
    return data


def legend(ax: Axes, handles: list, **options) -> None:
    """Put the key in one line above the Axes, beginning at its left edge."""
    if handles:
        options = {"loc": "lower left", "bbox_to_anchor": (0, 1), "ncols": len(handles), "borderaxespad": 0.2} | options
        ax.legend(handles=handles, **options)


def tint(colour: str, share: float) -> tuple[float, float, float]:
    """Return a colour thinned with white; opaque, so that it prints and overlaps as it looks."""
    from matplotlib.colors import to_rgb

    return tuple(round(1 - share * (1 - part), 4) for part in to_rgb(colour))


def unstable(stability: float) -> bool:
    """Tell whether a topic's stability is known and too low to interpret it: such topics are drawn hollow."""
    return stability == stability and stability < TRUSTED  # a missing number is not equal to itself


def nothing(ax: Axes, say) -> None:
    """Say in an otherwise empty figure that there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, say("no rows", "无数据"), ha="center", va="center", color=GREY, transform=ax.transAxes)


def ink_on(colour: str) -> str:
    """Return white or dark, whichever can be read on a colour.

    Examples
    --------
    >>> ink_on("#1f4e79"), ink_on("#efb93f")
    ('white', '#222222')
    """
    from matplotlib.colors import to_rgb

    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "white" if luminance < 0.26 else INK
