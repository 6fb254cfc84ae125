"""Run a notebook from a fresh kernel and keep it as one HTML page that needs no network."""

from __future__ import annotations

import html
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.study import files
from lanxikit.study.config import Study

if TYPE_CHECKING:
    from nbformat import NotebookNode

START_SECONDS = 180  # a cold machine may take that long to bring a kernel up

_PASSING = ((re.compile(r"(?<=at )0x[0-9a-f]{6,16}"), "0x…"), (re.compile(r"ipykernel_\d+/\d+"), "ipykernel"))
"""What differs from run to run without meaning anything: addresses and temporary names."""

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 system-ui, "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #222;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
h1, h2, h3 {{ line-height: 1.25 }}
a.anchor-link, .jp-InputPrompt, .jp-OutputPrompt, .prompt {{ display: none }}
pre, code {{ font: 13px/1.5 ui-monospace, Consolas, Menlo, monospace }}
.highlight {{ background: #f6f7f9; border-left: 3px solid #d5dae2; padding: .1rem .8rem; overflow-x: auto }}
img, svg {{ max-width: 100%; height: auto }}
table {{ border: 0; border-collapse: collapse; font-size: 14px; margin: 1rem 0; display: block; overflow-x: auto }}
th, td {{ border: 0; border-bottom: 1px solid #ddd; padding: .2rem .6rem; vertical-align: top }}
th, td, .dataframe thead th {{ text-align: left !important }}
thead tr:first-child th {{ border-top: 2px solid #222 }}
thead tr:last-child th {{ border-bottom: 1px solid #222 }}
{code}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def sources(study: Study) -> list[Path]:
    """Return the notebooks of a study in the order of their names; drafts in folders below are left out."""
    return sorted(path for path in study.notebooks.glob("*.ipynb") if not path.name.startswith("."))


def execute(study: Study, name: str, staging: Path) -> None:
    """Run ``notebooks/<name>.ipynb`` and leave ``html/<name>.html`` and what it drew, ``figures/*``, in ``staging``.

    The notebook reads tables with ``lx.load_table`` and saves figures with
    ``lx.save_figure``; where those lead is told by the environment.

    Raises
    ------
    StudyError
        The file is not a notebook, or a cell failed; the message names cell and error.
    """
    # Makes the list of fonts where there is none yet; in a kernel, matplotlib would talk about it in the page.
    import matplotlib.font_manager  # noqa: F401

    source = study.notebooks / f"{name}.ipynb"
    (staging / "figures").mkdir(parents=True, exist_ok=True)
    led = {"LANXI_FIGURES": str(staging / "figures"), "LANXI_PROCESSED": str(study.processed)}
    with tempfile.TemporaryDirectory(prefix="lanxi") as folder:
        notebook = _run(_read(source), source, Path(folder), led)
    files.write(staging / "html" / f"{name}.html", page(notebook, name, study).encode("utf-8"))


def page(notebook: NotebookNode, name: str, study: Study) -> str:
    """Return an executed notebook as an HTML page that refers to nothing outside itself."""
    from nbconvert.exporters import HTMLExporter
    from pygments.formatters import HtmlFormatter

    body, _ = HTMLExporter(template_name="basic", embed_images=True).from_notebook_node(notebook)
    for pattern, stand_in in _PASSING:
        body = pattern.sub(stand_in, body)
    body = body.replace(str(study.root), ".").replace(str(study.out), ".")
    return _PAGE.format(title=html.escape(name), code=HtmlFormatter().get_style_defs(".highlight"), body=body)


def _read(source: Path) -> NotebookNode:
    import nbformat

    try:
        return nbformat.read(source, as_version=4)
    except (OSError, ValueError, KeyError, AttributeError, nbformat.ValidationError) as error:
        raise StudyError(
            tr(f"This is not a notebook: {error}.", f"这不是笔记本文件：{error}。"),
            where=source,
            todo=tr("Take it out of the folder or mend it.", "请移出文件夹或修复。"),
        ) from None


def _run(notebook: NotebookNode, source: Path, folder: Path, led: dict[str, str]) -> NotebookNode:
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    # No profile and no history of the user's, our own interpreter whatever kernels are installed, and where the
    # system has them, local sockets instead of open ports.
    environment = os.environ | led | {"IPYTHONDIR": str(folder / "ipython"), "LANXI_LANG": "en"}
    manager = AsyncKernelManager(
        kernel_name="python3",
        transport="tcp" if os.name == "nt" else "ipc",
        connection_file=str(folder / "k.json"),
    )
    manager._kernel_spec = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--HistoryManager.enabled=False"],
        language="python",
    )
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=None,
        startup_timeout=START_SECONDS,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(source.parent)}},
    )
    try:
        return client.execute(env=environment)
    except CellExecutionError as error:
        raise StudyError(
            tr(f"A cell fails: {error.ename}: {error.evalue}", f"有一个单元格出错：{error.ename}: {error.evalue}"),
            where=f"{source.name}: {_failed(notebook)}",
            todo=tr("Open the notebook in JupyterLab and run it to there.", "请在 JupyterLab 中打开并运行到该处。"),
        ) from error


def _failed(notebook: NotebookNode) -> str:
    for number, cell in enumerate(notebook.cells, 1):
        if any(output.get("output_type") == "error" for output in cell.get("outputs", ())):
            return tr(f"cell {number}", f"第 {number} 个单元格") + ": " + cell.source.strip().splitlines()[-1]
    return tr("a cell", "某个单元格")
