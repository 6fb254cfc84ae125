"""Do one stage or one notebook in a process of its own, and leave its files in a folder of its own.

Started by the runner, which writes the task to our standard input and holds it open: when
the runner dies, the input ends and so do we. Nothing here touches a result that stands.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from importlib import import_module
from pathlib import Path

from lanxikit.errors import LanxiError

FAULT = "fault.json"
USER_FAULT, OUR_FAULT = 2, 1


def main() -> int:
    """Read a task from standard input, do it, and return 0; else leave word in ``fault.json``."""
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    staging = Path(task["staging"])
    try:
        _do(task, staging)
    except LanxiError as error:
        fault = {"kind": type(error).__name__, "what": error.what, "where": error.where, "todo": error.todo}
        (staging / FAULT).write_text(json.dumps(fault), encoding="utf-8")
        return USER_FAULT
    except Exception:
        traceback.print_exc()
        return OUR_FAULT
    return 0


def _do(task: dict, staging: Path) -> None:
    from lanxikit.study import config

    study = config.load(task["study"], out=task["out"])
    if task["kind"] == "notebook":
        from lanxikit.study.notebooks import execute

        execute(study, task["name"], staging)
        return
    from lanxikit.study.tables import load_table, save_table

    stage = next(s for s in import_module(task["pipeline"]).PIPELINE if s.name == task["name"])
    tables = {name: load_table(name, folder=study.processed) for name in stage.reads}
    made = stage.run(study, tables)
    if set(made) != set(stage.writes):
        raise RuntimeError(f"stage {stage.name} promised {sorted(stage.writes)} and made {sorted(made)}")
    for name in stage.writes:
        save_table(made[name], name, folder=staging)


def _end_with_parent() -> None:
    # os.read, not sys.stdin: a thread blocked in a buffered read would trouble the interpreter's own ending.
    while os.read(0, 1024):
        pass
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main())
