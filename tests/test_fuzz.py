"""The tool that throws hostile inputs at the kit: what it makes, and that it sees what is wrong."""

import importlib
import json
import time
from types import SimpleNamespace

import pytest


@pytest.fixture
def tool(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root))
    return SimpleNamespace(
        **{name: importlib.import_module(f"tools.fuzzing.{name}") for name in ("tokens", "makers", "checks", "running")}
    )


def test_every_pattern_and_marker_is_repeated_up_to_100_kb(tool):
    makers, patterns = tool.makers, tool.tokens.PATTERNS
    assert {"专栏1\n1.x\n", "甘肃省兰州市城关区", *tool.tokens.MARKERS} <= set(patterns)
    assert len(patterns) * makers.EVERY <= 3_000  # all of them in a run of 3,000
    for turn, pattern in enumerate(patterns):
        text = makers.make(0, turn * makers.EVERY + makers.EVERY - 1)
        assert not text.replace(pattern, "") and 99_000 < len(text.encode("utf-8", "surrogatepass")) <= 100_000


def test_the_same_number_gives_the_same_input(tool):
    assert [tool.makers.make(3, n) for n in range(30)] == [tool.makers.make(3, n) for n in range(30)]


def test_a_hang_an_error_and_a_wrong_row_are_seen(tool, monkeypatch):
    import lanxikit as lx

    def slow(units):
        end = time.process_time() + 0.3
        while time.process_time() < end:
            pass

    tool.checks.arm()
    monkeypatch.setattr(tool.checks, "FLOOR", 0.2)
    assert tool.checks._timed("targets(item)", lambda: slow(None), 0.2, lx.LanxiError)[1].startswith("targets(item): slow: ")
    monkeypatch.setattr(tool.checks, "FLOOR", 5.0)
    assert tool.checks.check("一、加快建设。", 1.0) == ""
    monkeypatch.setattr(lx, "targets", lambda units: 1 / 0)
    assert tool.checks.kind_of(tool.checks.check("一、加快建设。", 1.0)) == "targets(item): ZeroDivisionError"
    cut = lx.segment
    monkeypatch.setattr(lx, "segment", lambda corpus, unit: cut(corpus, unit=unit).iloc[:0])
    assert "tiling" in tool.checks.check("一、加快建设。", 1.0)


def test_the_code_of_the_kit_and_of_the_tool_is_in_the_digest(tool, tmp_path, monkeypatch):
    for name in ("lanxikit/a.py", "lanxikit/b.tsv", "tools/fuzz.py", "tools/fuzzing/running.py", "tools/fuzzing/makers.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.setattr(tool.running, "ROOT", tmp_path)
    monkeypatch.setattr(tool.running, "__file__", str(tmp_path / "tools/fuzzing/running.py"))
    seen = {tool.running.code_digest()}
    for name in ("lanxikit/a.py", "lanxikit/b.tsv", "tools/fuzz.py", "tools/fuzzing/running.py", "tools/fuzzing/makers.py"):
        (tmp_path / name).write_text("y")
        seen.add(tool.running.code_digest())
    assert len(seen) == 6


def test_a_broken_run_goes_on_for_the_same_code_only(tool, tmp_path):
    path = tmp_path / "kept.json"
    tool.running._save(path, {"settings": {"code": "a"}, "done": [0, 250]})
    assert tool.running._load(path, {"code": "a"})["done"] == [0, 250]
    assert tool.running._load(path, {"code": "b"})["done"] == [] and json.loads(path.read_text())["done"] == [0, 250]
