"""A process of our own that works for this one: same Python, same kit, one thread, lines of ASCII in and out."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import IO

from lanxikit.study.digests import HOUSE

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def child(module: str, *arguments: str, stderr: IO[bytes] | int) -> subprocess.Popen[str]:
    """Start ``python -m module``; what it says goes to ``stderr``."""
    paths = [os.environ.get("PYTHONPATH", ""), str(HOUSE.parent)]
    own = dict.fromkeys(ONE_THREAD, "1") | {"PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    return subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=os.environ | own,
        text=True,
        encoding="ascii",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
