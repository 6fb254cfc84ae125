"""The run: blocks of inputs in workers, and the summary with which a broken run goes on."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
import warnings
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tools.fuzzing import checks, makers

ROOT = makers.ROOT
BLOCK = 250  # inputs a task
TOGETHER = 125  # short inputs that make one corpus


def block(seed: int, first: int, last: int, pace: float) -> tuple[int, int, int, list[tuple[int, str]], float]:
    """Check a run of inputs in a worker: short ones as one corpus, long ones each alone and at all grains."""
    warnings.simplefilter("ignore")
    checks.arm()
    failures: list[tuple[int, str]] = []
    characters, slowest = 0, 0.0
    short: list[tuple[int, str]] = []

    def run(cases: list[tuple[int, str]]) -> None:
        nonlocal slowest
        started = time.perf_counter()
        trouble = checks.check([text for _, text in cases], pace)
        slowest = max(slowest, time.perf_counter() - started)
        if not trouble:
            return
        if len(cases) == 1:
            failures.append((cases[0][0], trouble))
            return
        half = len(cases) // 2  # which of them?
        before = len(failures)
        run(cases[:half])
        run(cases[half:])
        if len(failures) == before:
            failures.append((cases[0][0], f"{trouble} (only together with the {len(cases) - 1} inputs after it)"))

    for number in range(first, last):
        text = makers.make(seed, number)
        characters += len(text)
        if len(text) > 500:
            run([(number, text)])
        else:
            short.append((number, text))
        if len(short) == TOGETHER or (short and number == last - 1):
            run(short)
            short = []
    return first, last, characters, failures, slowest


def code_digest() -> str:
    """Digest of the kit and of this tool: what was done with other code does not count."""
    total = hashlib.sha256()
    kit = (path for path in (ROOT / "lanxikit").rglob("*") if path.suffix in (".py", ".tsv"))
    tool = (ROOT / "tools" / "fuzz.py", *sorted(Path(__file__).parent.glob("*.py")))
    for path in (*tool, *sorted(kit)):
        total.update(path.read_bytes())
    return total.hexdigest()


def _load(path: Path, settings: dict) -> dict:
    if path.exists():
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept.get("settings") == settings:
            return kept
    return {"settings": settings, "done": [], "characters": 0, "failures": [], "seconds": 0.0}


def _save(path: Path, summary: dict) -> None:
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(summary, ensure_ascii=True, indent=1), encoding="utf-8")
    os.replace(draft, path)


def only(options: argparse.Namespace) -> int:
    """Run one input again, and print it shrunk if it fails."""
    checks.arm()
    text = makers.make(options.seed, options.only)
    trouble = checks.check(text, options.pace)
    print(trouble or "fine")
    if trouble:
        print(repr(checks.shrink(text, options.pace, trouble)))
    return bool(trouble)


def run(options: argparse.Namespace) -> int:
    """Run all inputs that the summary does not hold yet; 1 if any failed."""
    settings = {"seed": options.seed, "pace": options.pace, "block": BLOCK, "code": code_digest()}
    summary = _load(options.summary, settings)
    done = set(summary["done"])
    wanted = [first for first in range(0, options.inputs, BLOCK) if first not in done]
    before = summary["seconds"]
    started = time.monotonic()
    with ProcessPoolExecutor(options.jobs) as pool:
        tasks = [
            pool.submit(block, options.seed, first, min(first + BLOCK, options.inputs), options.pace)
            for first in wanted
        ]
        for task in as_completed(tasks):
            first, last, characters, failures, slowest = task.result()
            if last - first == BLOCK:
                summary["done"].append(first)
            summary["characters"] += characters
            new = [list(failure) for failure in failures]
            summary["failures"] += [failure for failure in new if failure not in summary["failures"]]
            summary["slowest"] = max(slowest, summary.get("slowest", 0.0))
            summary["seconds"] = before + time.monotonic() - started
            _save(options.summary, summary)
            _bar(len(summary["done"]) * BLOCK, options.inputs, summary)
            if len(summary["failures"]) >= options.stop_after:
                for rest in tasks:
                    rest.cancel()
                break
    print()
    if len(summary["done"]) * BLOCK >= options.inputs:
        summary["failures"] = _confirmed(options, summary["failures"])
        _save(options.summary, summary)
    return _report(options, summary)


def _confirmed(options: argparse.Namespace, failures: list[list]) -> list[list]:
    """Try what was slow beside other workers again, alone: only what still is slow counts."""
    checks.arm()
    warnings.simplefilter("ignore")
    kept = []
    for number, trouble in failures:
        if " slow: " in trouble:
            trouble = checks.check(makers.make(options.seed, number), options.pace)
        if trouble:
            kept.append([number, trouble])
    return kept


def _bar(done: int, whole: int, summary: dict) -> None:
    share = min(1.0, done / max(1, whole))
    filled = round(30 * share)
    print(
        f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,}/{whole:,}  {summary['characters'] / 1e6:.1f} M characters  "
        f"{summary['seconds']:.0f} s  {len(summary['failures'])} failures",
        end="",
        flush=True,
    )


def _report(options: argparse.Namespace, summary: dict) -> int:
    checks.arm()
    seen: dict[str, list[tuple[int, str]]] = {}
    for number, trouble in summary["failures"]:
        seen.setdefault(checks.kind_of(trouble), []).append((number, trouble))
    for kind, cases in sorted(seen.items(), key=lambda pair: -len(pair[1])):
        number, trouble = cases[0]
        print(
            f"\n{len(cases)} × {kind}\n  {trouble}\n  again: python tools/fuzz.py --seed {options.seed} --only {number}"
        )
        small = checks.shrink(makers.make(options.seed, number), options.pace, trouble)
        print("  shrunk:", repr(small[:600]) + (f" … ({len(small)} characters)" if len(small) > 600 else ""))
    slowest = summary.get("slowest", 0)
    print(f"\n{len(summary['failures'])} failures; slowest corpus {slowest:.1f} s; summary in {options.summary}")
    return bool(summary["failures"])
