"""Folders of small documents, runs of `lanxikit process` as a user starts them, and what they leave."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import psutil

from lanxikit.scale.task import perform

DEADLY, ENDLESS = "致命", "无尽"
# An audit hook stands for compiled code that crashes or hangs: who opens such a file is gone at once, or waits.
_HOOK = f"""
import os, sys, time
if any("lanxikit.scale.worker" in word or "spawn_main" in word for word in sys.orig_argv):
    def hook(event, args):
        if event == "open" and "{DEADLY}" in str(args[0]):
            os._exit(9)
        if event == "open" and "{ENDLESS}" in str(args[0]):
            time.sleep(600)
    sys.addaudithook(hook)
"""


class Inline:
    """An engine that does each task at once, here: for all that does not depend on processes."""

    slots = 1

    def __init__(self, *_):
        self.close = lambda: None

    def submit(self, task):
        future = Future()
        future.set_result(json.loads(json.dumps(perform(json.loads(json.dumps(task))))))
        return future


def text(number: int) -> str:
    return (
        f"兰州市第{number}号实施方案\n2022年3月{number % 28 + 1}日\n根据《甘肃省城市群发展规划》，制定本方案。\n"
        f"一、总体要求\n1.到2025年，建成公路{number + 10}公里。\n责任单位：市交通局、榆中县政府\n"
        f"2.推进甘肃省兰州新区水库建设。\n"
    )


def fill(folder: Path, count: int) -> Path:
    """Put documents into a folder and a folder in it whose names hold Chinese and a blank."""
    inner = folder / "青海省 海东市"
    inner.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        place = inner if number % 3 == 0 else folder
        (place / f"文件 {number:03d}.txt").write_text(text(number), encoding="utf-8")
    return folder


def command(*words) -> list[str]:
    return [sys.executable, "-m", "lanxikit", "process", *map(str, words)]


def environment(hook: Path | None = None) -> dict[str, str]:
    found = os.environ | {"LANXI_LANG": "en"}
    if hook is not None:
        hook.mkdir(exist_ok=True)
        (hook / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
        found["PYTHONPATH"] = os.pathsep.join([str(hook), os.environ.get("PYTHONPATH", "")])
    return found


def run(*words, hook: Path | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(command(*words), capture_output=True, text=True, encoding="utf-8", env=environment(hook))


def begun(*words, hook: Path | None = None) -> subprocess.Popen:
    return subprocess.Popen(
        command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment(hook)
    )


def receipts(out: Path) -> int:
    return len(list((out / ".lanxi" / "batches").glob("*.json")))


def wait_for(out: Path, count: int, process: subprocess.Popen | None = None) -> None:
    """Wait until so many batches are done."""
    end = time.monotonic() + 60
    while receipts(out) < count:
        assert time.monotonic() < end
        assert process is None or process.poll() is None, process.stderr.read()
        time.sleep(0.01)


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.wait()
    process.stderr.close()


def workers(process: subprocess.Popen | None = None) -> list[psutil.Process]:
    """The processes that work for a run, or for ourselves."""
    found = psutil.Process(getattr(process, "pid", None)).children(recursive=True)
    return [one for one in found if any("scale.worker" in word or "spawn_main" in word for word in one.cmdline())]


def parts(out: Path) -> dict[str, bytes]:
    """The bytes of every part of every table."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}
