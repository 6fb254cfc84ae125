"""``lanxikit new``: a study folder of one's own, laid out like ours."""

from __future__ import annotations

import json
import os
from pathlib import Path

from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.study import files
from lanxikit.study.config import NAME

_SETTINGS = """\
# The settings of the study, read by `lanxikit reproduce`. 研究设置。
# Below [documents], a section holds options of the verb of its name, e.g. [compare] top = 10.

[study]
title = {title}
title_zh = ""

# To compare, name the upper document and the lower ones (file names without ending).
# 若要比较，请写明上级文件和下级文件（不带扩展名的文件名）。
# [documents]
# upper = "plan-2022"
# lower = ["city-2023", "county-2023"]

[topics]
n_topics = 8

[choose_n_topics]
candidates = [4, 6, 8, 10]
seeds = [0, 1, 2, 3, 4]
"""

_IGNORED = """\
.lanxi/
notebooks/html/
data/processed/*.parquet
.ipynb_checkpoints/
"""

_CELLS = (
    ("markdown", "# The documents 文件概览\n\nWhat has been read, and how the documents hang together."),
    ("code", 'import lanxikit as lx\n\nlx.load_table("documents")'),
    ("markdown", "## Units 条目"),
    ("code", 'units = lx.load_table("units")\nunits[units["is_leaf"]].groupby("doc_id")["unit_id"].count()'),
    ("markdown", "## What this does not show 局限\n\nCounts of units say nothing of their weight."),
)


def create(name: str | os.PathLike) -> Path:
    """Create a study: ``study.toml``, ``data/raw``, a first notebook, ``figures``.

    Parameters
    ----------
    name : path
        The folder; it must not exist, or be empty.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    StudyError
        Something is there already.
    """
    folder = Path(name).expanduser().resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StudyError(
            tr("Something is there already.", "该处已有内容。"),
            where=folder,
            todo=tr("Choose another name.", "请换一个名称。"),
        )
    for part in ("data/raw", "data/processed", "notebooks", "figures"):
        (folder / part).mkdir(parents=True)
    # A JSON string is a TOML string as well.
    settings = _SETTINGS.format(title=json.dumps(folder.name, ensure_ascii=False))
    files.write(folder / NAME, settings.encode("utf-8"))
    files.write(folder / ".gitignore", _IGNORED.encode())
    files.write(folder / "notebooks" / "01_documents.ipynb", _notebook())
    return folder


def _notebook() -> bytes:
    cells = []
    for number, (kind, source) in enumerate(_CELLS, 1):
        cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source.splitlines(keepends=True)}
        cells.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
