"""What a run tells: lines for the reader as it goes, and all of it with the time in ``run.log``."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from tqdm import tqdm

LOG, BEFORE = "run.log", "run.before.log"


class Progress:
    """Says on standard error what is under way and what is done; notes everything in the log.

    Parameters
    ----------
    folder : Path
        Where ``run.log`` goes; the log of the run before is kept as ``run.before.log``.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / LOG
        if self.path.exists():
            os.replace(self.path, folder / BEFORE)
        self._stream = self.path.open("w", encoding="utf-8", errors="replace")
        self._bar: tqdm | None = None
        self._under_way: list[str] = []

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()
        self.note(f"ended: {error!r}" if error else "ended")
        self._stream.close()

    def expect(self, count: int) -> None:
        """Say how many steps lie ahead."""
        shape = "{desc}{n_fmt}/{total_fmt} |{bar:24}| {elapsed} {postfix}"
        self._bar = tqdm(total=count, file=sys.stderr, disable=None, leave=False, bar_format=shape)

    def begin(self, name: str) -> None:
        """Say that a step is under way."""
        self.note(f"{name}: begun")
        self._show([*self._under_way, name])

    def end(self, name: str, seconds: float, *, failed: bool = False) -> None:
        """Say that a step is over."""
        self._show([other for other in self._under_way if other != name])
        self.say(f"  {'×' if failed else '✓'} {name:<28} {seconds:6.1f} s")
        if self._bar is not None:
            self._bar.update()

    def say(self, text: str) -> None:
        """Tell the reader, and note it."""
        tqdm.write(text, file=sys.stderr)
        self.note(text.strip())

    def note(self, text: str) -> None:
        """Write into the log only."""
        self._stream.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {text}\n")
        self._stream.flush()

    def _show(self, names: list[str]) -> None:
        self._under_way = names
        if self._bar is not None:
            self._bar.set_postfix_str(", ".join(names))
