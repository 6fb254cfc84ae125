"""Where files are parsed: a worker process that serves many files and can be ended at any time."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

from lanxikit.errors import ReadingError
from lanxikit.messages import language, tr
from lanxikit.reading.formats.limits import Limits
from lanxikit.reading.formats.reading import Reading
from lanxikit.reading.formats.worker import ALIVE, OUT_OF_MEMORY

_HOUSE = Path(__file__).resolve().parents[3]
_START = 90.0  # seconds that a slow machine may need to start Python
_MANY = 500  # files after which a worker is replaced, in case a parser leaks
_ALIVE = json.dumps({ALIVE: True}).encode("ascii") + b"\n"
_GLANCE = 0.05  # seconds between two looks at the worker's memory


class Interrupted(ReadingError):
    """Reading was ended for want of time or memory, or its process failed: another time it may succeed."""


class Workshop:
    """Reads files in a worker process, which is started when it is first needed.

    It works from notebooks, scripts and threads, on Windows too: the worker is a program of
    its own, not a copy of the caller.

    Parameters
    ----------
    limits : Limits, optional

    Examples
    --------
    >>> with Workshop() as workshop:
    ...     reading = workshop.read(b"<p>\\xe4\\xb8\\x80</p>", "a.html", ".html")
    >>> reading.text.strip()
    '一'
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._served = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, data: bytes, name: str, suffix: str) -> Reading:
        """Read one file.

        Parameters
        ----------
        data : bytes
        name : str
            Named in errors.
        suffix : str
            Its type, such as ``.docx``.

        Returns
        -------
        Reading

        Raises
        ------
        ReadingError
            The file was turned away at the gate, cannot be read, or its parser crashed,
            took too long or needed too much memory.
        """
        task = {"name": str(name), "suffix": suffix.lower(), "size": len(data), "limits": asdict(self.limits)}
        with self._lock:
            answer = self._asked(json.dumps(task).encode("ascii") + b"\n", data, str(name))
        if "text" in answer:
            return Reading(answer["text"], answer["reader"], tuple(answer["notes"]))
        if "what" in answer:
            raise ReadingError(answer["what"], where=answer["where"] or name, todo=answer["todo"])
        raise _failed(answer["error"], name, self.limits)

    def close(self) -> None:
        """End the worker, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                stream.close()

    def _asked(self, task: bytes, data: bytes, name: str) -> dict:
        if self._process is None or self._process.poll() is not None or self._served >= _MANY:
            self.close()
            self._start()
        self._served += 1
        process = self._process
        # In a thread, so that a worker that stops listening cannot hold us up.
        threading.Thread(target=_hand_over, args=(process, task, data), daemon=True).start()
        line, reason = self._waited(self.limits.seconds)
        if not line:
            self.close()
            return {"error": reason or f"exit {process.returncode}"}
        answer = json.loads(line)
        if answer.get("error") == OUT_OF_MEMORY:
            self.close()
        return answer

    def _waited(self, seconds: float) -> tuple[bytes, str | None]:
        """Return the worker's answer; if it gives none, nothing and the reason."""
        end, memory, pages = time.monotonic() + seconds, _meter(self._process.pid), 0
        while (left := end - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                line = self._answers.get(timeout=min(left, _GLANCE))
                if line != _ALIVE:
                    return line, None
                pages += 1
                end = time.monotonic() + seconds if pages < self.limits.pages else end
            if memory() > self.limits.memory:
                return b"", OUT_OF_MEMORY
        return b"", "time"

    def _start(self) -> None:
        self._served, self._answers = 0, queue.SimpleQueue()
        # Without -P the folder we are in could put a module of its own in place of one that we need.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "lanxikit.reading.formats.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
        line, _ = self._waited(_START)
        if not line:
            self.close()
            raise Interrupted(
                tr("The process that reads files could not be started.", "无法启动读取文件的进程。"),
                where=sys.executable,
                todo=tr(
                    "Check the installation: python -m lanxikit --help.", "请检查安装：python -m lanxikit --help。"
                ),
            )


def _hand_over(process: subprocess.Popen, task: bytes, data: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):
        process.stdin.write(task)
        process.stdin.write(data)
        process.stdin.flush()


def _listen(process: subprocess.Popen, answers: queue.SimpleQueue) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in process.stdout:
            answers.put(line)
    answers.put(b"")


def _meter(pid: int):
    """Return a function that tells how many bytes a process holds; 0 where that cannot be known."""
    try:
        import psutil

        process = psutil.Process(pid)
    except Exception:  # psutil is an aid only
        return lambda: 0

    def held() -> int:
        try:
            return process.memory_info().rss
        except psutil.Error:
            return 0

    return held


def _environment() -> dict[str, str]:
    paths = [os.environ.get("PYTHONPATH", ""), str(_HOUSE)]
    return os.environ | {
        "LANXI_LANG": language(),
        "PYTHONUTF8": "1",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }


def _failed(error: str, name: str, limits: Limits) -> ReadingError:
    if error == "time":
        return Interrupted(
            tr(
                f"Reading the file took more than {limits.seconds:g} seconds and was stopped.",
                f"读取该文件超过 {limits.seconds:g} 秒，已停止。",
            ),
            where=name,
            todo=tr(
                "Save it anew in the program that made it, or allow more: read_corpus(…, limits=Limits(seconds=600)).",
                "请用原程序另存该文件，或放宽时间：read_corpus(…, limits=Limits(seconds=600))。",
            ),
        )
    if error == OUT_OF_MEMORY:
        return Interrupted(
            tr(
                f"Reading the file needs more than {limits.memory / 1e6:,.0f} MB of memory and was stopped.",
                f"读取该文件所需内存超过 {limits.memory / 1e6:,.0f} MB，已停止。",
            ),
            where=name,
            todo=tr(
                "Save it anew or in parts; if you trust it, allow more: read_corpus(…, limits=Limits(memory=…)).",
                "请另存或拆分该文件；若文件可信，可放宽：read_corpus(…, limits=Limits(memory=…))。",
            ),
        )
    kind = Interrupted if error.startswith("exit") else ReadingError
    return kind(
        tr(f"The file's parser failed ({error}).", f"解析该文件时出错（{error}）。"),
        where=name,
        todo=tr(
            "Save it anew in the program that made it, or copy its text into a .txt file.",
            "请用原程序另存该文件，或把正文复制到 .txt 文件中。",
        ),
    )
