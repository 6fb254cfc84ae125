"""``import lanxikit`` is quick and quiet, and so is a command that has nothing heavy to do."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"pandas", "numpy", "matplotlib", "jieba", "rjieba", "sklearn", "scipy", "gensim", "pandera", "pyarrow",
         "networkx", "pytask", "nbclient", "nbconvert"}  # fmt: skip


def loaded(code):
    """Return what the code prints, and the heavy packages it has loaded."""
    tell = f"{code}\nimport sys\nprint('LOADED', *sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", tell], capture_output=True, text=True, check=True)
    said, _, names = done.stdout.rpartition("LOADED")
    other = [line for line in done.stderr.splitlines() if not line.startswith("import time:")]
    return said + "".join(other), names.split()


@pytest.mark.parametrize(
    "code",
    [
        "import lanxikit as lx; dir(lx); lx.LanxiError; lx.__version__",
        "import lanxikit.study.cli",
        "from lanxikit.study import config, manifest, runner",
    ],
)
def test_loads_nothing_heavy_and_says_nothing(code):
    assert loaded(code) == ("", [])


def test_every_verb_is_there():
    import lanxikit as lx

    assert all(getattr(lx, name) is not None for name in lx.__all__)
    with pytest.raises(AttributeError, match="no attribute 'segmnt'"):
        lx.segmnt  # noqa: B018
