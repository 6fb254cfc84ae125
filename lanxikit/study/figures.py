"""Keep a figure: PDF, SVG and PNG, with the plotted numbers beside them as CSV.

The bytes depend on the figure alone, not on the day, the machine's language or the
number of times it is saved.
"""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.plots import style
from lanxikit.study import files
from lanxikit.study.config import find

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 400  # what Chinese journals ask for
# Without these the version of matplotlib and the hour would stand in the files.
METADATA = {
    "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
    "svg": {"Creator": None, "Date": None},
    "png": {"Software": None},
}


def save_figure(
    ax: Axes | Figure, name: str, data: pd.DataFrame, *, folder: str | os.PathLike | None = None
) -> list[Path]:
    """Save a figure as ``<name>.pdf``, ``.svg`` and ``.png``, and its numbers as ``<name>.csv``.

    Parameters
    ----------
    ax : Axes or Figure
        What an ``lx.plots`` function returned.
    name : str
        File name without ending: letters, digits, ``-`` and ``_``.
    data : DataFrame
        The plotted numbers. The CSV is UTF-8 with a mark that lets Excel read it, numbers
        rounded to 6 decimals, lists joined by `` / ``.
    folder : path, optional
        Where to put them; by default ``figures`` in the study, which is the nearest folder,
        from the working folder upward, that holds ``study.toml``. The environment variables
        ``LANXI_FIGURES`` (a folder for figures) and ``LANXI_STUDY`` (a study) go before.

    Returns
    -------
    list of Path
        The four files; each holds the old content or the new at any moment, never half of it.

    Raises
    ------
    StudyError
        The name is no file name, or no study is found.

    Examples
    --------
    >>> import tempfile, lanxikit as lx, pandas as pd
    >>> topics = pd.DataFrame({"topic": 1, "term": ["铁路", "公路"], "weight": [0.4, 0.1], "rank": [1, 2]})
    >>> data = lx.plots.topic_terms_data(topics)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in save_figure(lx.plots.topic_terms(data), "words", data, folder=folder)]
    ['words.pdf', 'words.svg', 'words.png', 'words.csv']
    """
    if not re.fullmatch(r"[\w-]{1,60}", name):
        raise StudyError(
            tr("This cannot be the name of a figure.", "图的名称不合要求。"),
            where=repr(name),
            todo=tr("Use up to 60 letters, digits, - and _.", "请用 60 个以内的字母、数字、- 和 _。"),
        )
    folder = figures_folder() if folder is None else Path(folder)
    figure = ax.get_figure(root=True)
    made = {folder / f"{name}.{kind}": _drawn(figure, kind) for kind in METADATA}
    made[folder / f"{name}.csv"] = _table(data)
    for path, content in made.items():
        files.write(path, content)
    return list(made)


def figures_folder() -> Path:
    """Return where figures go: ``LANXI_FIGURES``, or ``figures`` in the study.

    Raises
    ------
    StudyError
        We are in no study, and neither ``LANXI_FIGURES`` nor ``LANXI_STUDY`` is set.
    """
    asked, study = (os.environ.get(name, "").strip() for name in ("LANXI_FIGURES", "LANXI_STUDY"))
    if asked:
        return Path(asked)
    if study:
        return (Path(study).parent if study.endswith(".toml") else Path(study)) / "figures"
    return find().parent / "figures"


def _drawn(figure: Figure, kind: str) -> bytes:
    stream = BytesIO()
    with style.context():
        figure.savefig(stream, format=kind, dpi=DPI, metadata=METADATA[kind], facecolor="white")
    return stream.getvalue() if kind != "png" else _fewer_colours(stream)


def _fewer_colours(stream: BytesIO) -> bytes:
    """Keep the 256 colours that render a figure best: flat areas stay exact, the file a third as large."""
    from PIL import Image

    picture = Image.open(stream).convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small = BytesIO()
    picture.save(small, "PNG", dpi=(DPI, DPI))
    return small.getvalue()


def _table(data: pd.DataFrame) -> bytes:
    written = data.copy()
    for column in written.select_dtypes("float").columns:
        written[column] = written[column].round(6) + 0.0  # no -0.0
    for column in written.columns:
        if written[column].dtype == "object":
            written[column] = [
                " / ".join(map(str, cell)) if isinstance(cell, (tuple, list)) else cell for cell in written[column]
            ]
    return written.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
