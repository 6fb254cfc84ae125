"""Do stages and notebooks in a process of our own, and leave what they made in a folder of their own.

The runner writes a task a line to our standard input and reads a line with the exit code
from our output. When the runner dies, the input ends and so do we. Nothing here touches a
result that stands.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue

from lanxikit.errors import LanxiError

FINE, OUR_FAULT, USER_FAULT = 0, 1, 2
FAULT, REPORT = "fault.json", "report.txt"
AHEAD = [
    "lanxikit.study.tables", "pandas", "pandera.pandas", "pyarrow.parquet",
    "nbclient", "nbconvert.exporters", "matplotlib.font_manager",
]  # fmt: skip
"""What a task will need, loaded while there is nothing to do."""


def main() -> None:
    """Do tasks until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    tasks: SimpleQueue[dict] = SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    ahead = list(AHEAD)
    while True:
        if ahead and tasks.empty():
            import_module(ahead.pop(0))
            continue
        code = perform(tasks.get())
        print(code, file=answers, flush=True)


def perform(task: dict) -> int:
    """Do one task; what it prints goes to ``report.txt`` in its folder, why it cannot be done to ``fault.json``."""
    staging = Path(task["staging"])
    _speak_into(staging / REPORT)
    try:
        _do(task, staging)
    except LanxiError as error:
        fault = {"kind": type(error).__name__, "what": error.what, "where": error.where, "todo": error.todo}
        (staging / FAULT).write_text(json.dumps(fault), encoding="utf-8")
        return USER_FAULT
    except Exception:
        traceback.print_exc()
        return OUR_FAULT
    finally:
        sys.stdout.flush()
        _speak_into(os.devnull)
    return FINE


def _do(task: dict, staging: Path) -> None:
    from lanxikit.study import config

    study = config.load(task["study"], out=task["out"])
    if task["kind"] == "notebook":
        from lanxikit.study.notebooks import execute

        execute(study, task["name"], staging)
        return
    from lanxikit.study.tables import load_table, save_table

    stage = next(stage for stage in import_module(task["pipeline"]).PIPELINE if stage.name == task["name"])
    made = stage.run(study, {name: load_table(name, folder=study.processed) for name in stage.reads})
    if set(made) != set(stage.writes):
        raise RuntimeError(f"the stage {stage.name} promises {sorted(stage.writes)} and made {sorted(made)}")
    for name in stage.writes:
        save_table(made[name], name, folder=staging)


def _listen(tasks: SimpleQueue[dict]) -> None:
    for line in sys.stdin:
        tasks.put(json.loads(line))
    os._exit(FINE)  # nobody is there any more


def _speak_into(path: str | os.PathLike) -> None:
    # By number, so that it holds for compiled code and the notebooks' kernels too.
    report = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(report, stream)
    os.close(report)


if __name__ == "__main__":
    main()
