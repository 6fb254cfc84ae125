"""Do tasks in a process of our own: a line of JSON in, a line of JSON out. When the caller dies, so do we."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import warnings
from pathlib import Path
from queue import SimpleQueue

from lanxikit.scale.task import perform

FIRST = "1000"


def main() -> None:
    """Do tasks until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what compiled code prints is no answer
    with contextlib.suppress(OSError):  # where memory runs out, the system is to end us and not the run
        Path("/proc/self/oom_score_adj").write_text(FIRST)
    warnings.simplefilter("ignore")
    tasks: SimpleQueue[dict] = SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    print(json.dumps({"ready": os.getpid()}), file=answers, flush=True)
    while True:
        print(json.dumps(perform(tasks.get())), file=answers, flush=True)


def _listen(tasks: SimpleQueue[dict]) -> None:
    for line in sys.stdin:
        tasks.put(json.loads(line))
    os._exit(0)  # nobody is there any more


if __name__ == "__main__":
    main()
