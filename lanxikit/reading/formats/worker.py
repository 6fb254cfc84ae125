"""The process in which files are parsed: when a parser hangs, crashes or eats the memory, only this process dies.

`workshop` writes a line of JSON and the file's bytes to our input and reads a line of JSON from
our output. Nothing is pickled. When the caller dies, the input ends and so do we.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sys
import threading
import warnings
from pathlib import Path

from lanxikit.errors import ReadingError
from lanxikit.messages import tr
from lanxikit.reading.formats import reader_of
from lanxikit.reading.formats.gate import admit
from lanxikit.reading.formats.limits import Limits
from lanxikit.reading.formats.reading import Reading, on_page

OUT_OF_MEMORY, ALIVE = "memory", "alive"
_LIGHT = (".docx", ".html", ".htm")
"""Types whose readers are held to the memory limit by the system itself; the others map files and start threads,
which take address space without taking memory, so they get more of it and are watched from outside."""
_BROKEN = re.compile(r"[\ud800-\udfff\x00-\x08\x0e-\x1f]")


def main() -> None:
    """Read files until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # by number, so that it holds for compiled code too
        os.dup2(silence, stream)
    warnings.simplefilter("ignore")
    watch = _Watch()
    on_page(watch.anew)
    on_page(lambda: _answer(answers, {ALIVE: True}))
    _answer(answers, {"ready": os.getpid()})
    while line := sys.stdin.buffer.readline():
        task = json.loads(line)
        data = sys.stdin.buffer.read(task["size"])
        watch.set(task["limits"]["seconds"] * 1.5 + 5)
        _cap(task["limits"]["memory"] * (1 if task["suffix"] in _LIGHT else 4))
        answer = perform(data, task)
        watch.set(0)
        _answer(answers, answer)
        if answer.get("error") == OUT_OF_MEMORY:
            break


def perform(data: bytes, task: dict) -> dict:
    """Read one file.

    Parameters
    ----------
    data : bytes
    task : dict
        ``name``, ``suffix``, ``limits``.

    Returns
    -------
    dict
        ``text``, ``reader``, ``notes``; or ``what``, ``where``, ``todo`` of a ReadingError; or
        ``error``: ``memory``, or the words of an error that is not the user's.
    """
    limits = Limits(**task["limits"])
    try:
        admit(data, task["name"], task["suffix"], limits)
        reading = tidied(reader_of(task["suffix"]).read(data, task["name"]), task["name"], limits)
    except ReadingError as error:
        return {"what": error.what, "where": error.where, "todo": error.todo}
    except MemoryError:
        return {"error": OUT_OF_MEMORY}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {str(error)[:200]}"}
    return {"text": reading.text, "reader": reading.reader, "notes": list(reading.notes)}


def tidied(reading: Reading, name: str, limits: Limits) -> Reading:
    r"""Bring a reader's text into form: line ends ``\n``, no lone surrogates or control characters; some text in it.

    Examples
    --------
    >>> tidied(Reading("一\r\n二", "docx"), "a.docx", Limits()).text
    '一\n二\n'
    """
    text = _BROKEN.sub("", reading.text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise ReadingError(
            tr("No text was found in the file.", "文件中没有文字。"),
            where=name,
            todo=tr(
                "If it is a scan, save it as PDF or picture and have it read by OCR.",
                "如为扫描件，请存为 PDF 或图片后用 OCR 识别。",
            ),
        )
    if len(text) > limits.chars:
        raise ReadingError(
            tr(
                f"The file's text has {len(text):,} characters (at most {limits.chars:,}).",
                f"文件正文有 {len(text):,} 个字符（最多 {limits.chars:,}）。",
            ),
            where=name,
            todo=tr("Cut it into several files.", "请拆分为多个文件。"),
        )
    return Reading(text if text.endswith("\n") else text + "\n", reading.reader, tuple(reading.notes))


class _Watch:
    """Ends our process when a page takes far too long and nobody is there any more to end us."""

    def __init__(self) -> None:
        self._seconds, self._timer = 0.0, None

    def set(self, seconds: float) -> None:
        """Begin to wait; 0 seconds: wait no more."""
        self._seconds = seconds
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, seconds)  # its default is to end the process, whatever holds it
            return
        if self._timer is not None:
            self._timer.cancel()
        if seconds:
            self._timer = threading.Timer(seconds, os._exit, (1,))
            self._timer.daemon = True
            self._timer.start()

    def anew(self) -> None:
        """Wait as long again."""
        self.set(self._seconds)


def _cap(memory: int) -> None:
    """Let our address space grow by so many bytes at most (POSIX only)."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        used = 0
        with contextlib.suppress(OSError, ValueError):
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = (used or 500_000_000) + memory
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))


def _answer(answers, answer: dict) -> None:
    answers.write(json.dumps(answer).encode("ascii") + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
