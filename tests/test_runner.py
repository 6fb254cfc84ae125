"""What a run promises, tried out on a tiny study with the faults that happen in life."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lanxikit.errors import LanxiError, StudyError
from lanxikit.study import config, manifest, runner

HERE = Path(__file__).parent
RUN = """
import sys
from lanxikit.study import config, runner
print(runner.reproduce(config.load(sys.argv[1]), pipeline="tiny_pipeline").done)
"""
DRAW = """
import os, pathlib
text = pathlib.Path(os.environ["LANXI_PROCESSED"], "lineage.csv").read_text("utf-8")
pathlib.Path(os.environ["LANXI_FIGURES"], "{name}.csv").write_text(text, "utf-8")
print(text)
"""


def notebook(path: Path, *sources: str) -> None:
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": text, "outputs": [], "execution_count": None}
        for n, text in enumerate(sources)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells}), "utf-8")


def lay_out(root: Path) -> Path:
    (root / "data" / "raw").mkdir(parents=True)
    (root / "notebooks").mkdir()
    (root / "study.toml").write_text('[study]\ntitle = "tiny"\n', "utf-8")
    for name in ("plan", "task"):
        (root / "data" / "raw" / f"{name}.txt").write_text(f"{name} 的内容\n", "utf-8")
    notebook(root / "notebooks" / "01_pairs.ipynb", DRAW.format(name="fig01"))
    return root


def run(root: Path, *, out: Path | None = None, jobs: int | None = None) -> tuple[str, ...]:
    return runner.reproduce(config.load(root, out=out), jobs=jobs, pipeline="tiny_pipeline").done


def contents(root: Path) -> dict[str, bytes]:
    """All results by path, without what the runner keeps for itself."""
    found = (path for folder in ("data/processed", "figures", "notebooks/html") for path in (root / folder).rglob("*"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()}


def start(root: Path, **more: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(root)],
        env=os.environ | more, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _tiny_can_be_found(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(HERE))


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A study that has been run once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(HERE))
        root = lay_out(tmp_path_factory.mktemp("finished") / "study")
        assert run(root) == ("read", "pair", "notebooks/01_pairs")
        return root


@pytest.fixture
def study(finished, tmp_path):
    """A copy of it, in a folder whose name has a space and Chinese characters: the state is portable."""
    root = tmp_path / "研究 a"
    shutil.copytree(finished, root)
    return root


def test_makes_tables_pages_figures_and_lists(finished):
    assert sorted(contents(finished)) == [
        "data/processed/datapackage.json",
        "data/processed/documents.csv",
        "data/processed/documents.parquet",
        "data/processed/lineage.csv",
        "data/processed/lineage.parquet",
        "data/processed/manifest.json",
        "figures/fig01.csv",
        "notebooks/html/01_pairs.html",
    ]
    log = (finished / ".lanxi" / "run.log").read_text("utf-8")
    assert "read: begun" in log and "✓ notebooks/01_pairs" in log and "numpy" in log


def test_second_run_does_nothing_in_under_two_seconds(study):
    before, begun = contents(study), time.monotonic()
    process = start(study)
    said, _ = process.communicate()
    assert said.strip() == "()"
    assert time.monotonic() - begun < 2
    assert contents(study) == before


def test_a_touch_changes_nothing(study):
    for path in study.rglob("*"):
        if path.is_file() and ".lanxi" not in path.parts:
            os.utime(path)
    assert run(study) == ()


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("data/processed/lineage.csv", ("pair",)),
        ("data/processed/lineage.parquet", ("pair",)),
        ("figures/fig01.csv", ("notebooks/01_pairs",)),
        ("notebooks/html/01_pairs.html", ("notebooks/01_pairs",)),
    ],
)
def test_a_damaged_result_is_found_although_its_time_is_kept(study, name, again):
    before, path = contents(study), study / name
    stat, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert [(d.path, d.kind) for d in manifest.verify(config.load(study))] == [(name, "differs")]
    assert run(study) == again
    assert contents(study) == before


def test_a_deleted_result_comes_back(study):
    before = contents(study)
    (study / "data/processed/documents.csv").unlink()
    (study / "data/processed/datapackage.json").unlink()
    (study / "data/processed/manifest.json").unlink()
    assert run(study) == ("read",)
    assert contents(study) == before


def test_a_changed_document_reaches_every_result(study):
    (study / "data/raw/plan.txt").write_text("改过的内容\n", "utf-8")
    assert run(study)[0] == "read"
    assert "改过的内容" in (study / "data/processed/documents.csv").read_text("utf-8")


def test_what_does_not_change_is_not_done_again(study):
    """Another text, but the same pairs: the second stage finds the same table."""
    (study / "data/processed/documents.csv").unlink()
    assert run(study) == ("read",)


def test_a_document_taken_away_is_noticed(study):
    (study / "data/raw/task.txt").unlink()
    (study / "data/raw/more.txt").write_text("另一份\n", "utf-8")
    (study / "data/raw/less.txt").write_text("第三份\n", "utf-8")
    run(study)
    (study / "data/raw/less.txt").unlink()
    assert run(study)[0] == "read"
    assert "less" not in (study / "data/processed/lineage.csv").read_text("utf-8")


def test_a_setting_reaches_the_stage_that_heeds_it(study):
    (study / "study.toml").write_text('[study]\ntitle = "tiny"\n[lineage]\nrelation = "sibling"\n', "utf-8")
    done = run(study)
    assert "pair" in done and "read" not in done
    assert "sibling" in (study / "figures/fig01.csv").read_text("utf-8")


def test_our_own_code_is_part_of_it(study, monkeypatch):
    from lanxikit.study import digests

    other = digests.code
    monkeypatch.setattr(digests, "code", lambda rooms: other(rooms) + "edited")
    assert len(run(study)) == 3


def test_a_manifest_cannot_lead_out_of_the_study(study):
    treasure, path = study.parent / "treasure", study / "data/processed/manifest.json"
    treasure.write_text("not ours")
    content = json.loads(path.read_text("utf-8"))
    content["files"]["data/processed/../../../treasure"] = {"bytes": 8, "sha256": "0"}
    path.write_text(json.dumps(content), "utf-8")
    run(study)
    assert treasure.exists()


def test_a_notebook_taken_away_takes_its_results_with_it(study):
    notebook(study / "notebooks" / "02_more.ipynb", DRAW.format(name="fig02"))
    assert run(study) == ("notebooks/02_more",)
    (study / "figures" / "mine.txt").write_text("not the study's", "utf-8")
    (study / "notebooks" / "02_more.ipynb").unlink()
    run(study)
    assert sorted(path.name for path in (study / "figures").iterdir()) == ["fig01.csv", "mine.txt"]
    assert [path.name for path in (study / "notebooks" / "html").iterdir()] == ["01_pairs.html"]
    assert [str(d) for d in manifest.verify(config.load(study))] == ["figures/mine.txt: is not in the manifest"]


@pytest.mark.parametrize("name", ["pytask.lock", "built.json", "drawn/01_pairs.json", ".pytask/file_hashes.json"])
def test_a_broken_memory_does_no_harm(study, name, capsys):
    before = contents(study)
    (study / ".lanxi" / name).write_bytes(b"\x00 not what it was {{{")
    (study / "figures" / "fig01.csv").unlink()
    run(study)
    assert contents(study) == before
    if name == "pytask.lock":
        assert "cannot be read" in capsys.readouterr().err
        assert (study / ".lanxi" / "broken-1" / "pytask.lock").read_bytes().startswith(b"\x00")


def test_a_lost_memory_means_all_over_again(study):
    before = contents(study)
    shutil.rmtree(study / ".lanxi")
    assert len(run(study)) == 3
    assert contents(study) == before


def test_bad_input_leaves_earlier_results_alone(study):
    before = contents(study)
    for path in (study / "data/raw").iterdir():
        path.unlink()
    with pytest.raises(LanxiError, match=r"The folder holds no documents\. \[.*raw\] Put some there\."):
        run(study)
    assert contents(study) == before


def test_a_mistake_of_ours_is_told_with_the_log(study):
    (study / "BUG").write_text("")
    (study / "data/raw/plan.txt").write_text("另一内容", "utf-8")
    with pytest.raises(LanxiError, match=r"The step read stopped: ZeroDivisionError: a mistake of ours.*run\.log"):
        run(study)
    assert "Traceback" in (study / ".lanxi/run.log").read_text("utf-8")


def test_a_failing_notebook_is_named_and_its_old_figures_stay(study):
    before = contents(study)
    notebook(study / "notebooks" / "01_pairs.ipynb", DRAW.format(name="fig09"), "x = 1\nx / 0")
    with pytest.raises(StudyError, match=r"A cell fails: ZeroDivisionError.*01_pairs\.ipynb: cell 2: x / 0"):
        run(study)
    assert contents(study) == before


def test_two_runs_do_not_meet(study):
    (study / "data/raw/plan.txt").write_text("另一内容", "utf-8")
    first = start(study, TINY_SECONDS="60")
    while not (study / ".lanxi/staging/read").exists():
        time.sleep(0.05)
        assert first.poll() is None
    with pytest.raises(StudyError, match=f"Another run is at work here .process {first.pid}."):
        run(study)
    first.kill()
    first.communicate()
    assert run(study)[0] == "read"


def test_results_can_go_elsewhere(study, tmp_path):
    before = contents(study)
    run(study, out=tmp_path / "other", jobs=1)
    assert contents(tmp_path / "other") == before
    assert contents(study) == before
    assert manifest.verify(config.load(study, out=tmp_path / "other")) == []


def test_killed_at_any_moment_it_completes(finished, tmp_path):
    root, wanted = lay_out(tmp_path / "killed"), contents(finished)
    moments = random.Random(2).sample(range(3, 50), 8)
    for moment in sorted(moments):
        process = start(root, TINY_SECONDS="0.3")
        time.sleep(moment / 10)
        process.kill()
        process.communicate()
        now = contents(root)
        assert {name: now[name] for name in now.keys() - {"data/processed/manifest.json"}}.items() <= wanted.items()
    run(root)
    assert contents(root) == wanted


def test_killed_between_any_two_files_it_completes(finished, tmp_path):
    dying = """
import os, sys
from lanxikit.study import config, files, runner
left, put = int(sys.argv[2]), os.replace
def replace(source, target):
    global left
    if ".lanxi" not in str(target):
        left -= 1
        if left < 0:
            os._exit(9)
    put(source, target)
files.os.replace = replace
runner.reproduce(config.load(sys.argv[1]), pipeline="tiny_pipeline")
"""
    root, files_written = lay_out(tmp_path / "killed"), 6
    (root / "notebooks" / "01_pairs.ipynb").unlink()
    for place in range(files_written):
        shutil.rmtree(root / "data" / "processed", ignore_errors=True)
        process = subprocess.run([sys.executable, "-c", dying, str(root), str(place)], capture_output=True)
        assert process.returncode == 9
        assert sum(1 for _ in (root / "data" / "processed").glob("**/*")) == place
    run(root)
    tables = ("data/processed/documents", "data/processed/lineage")
    wanted = {name: data for name, data in contents(finished).items() if name.startswith(tables)}
    assert {name: data for name, data in contents(root).items() if name.startswith(tables)} == wanted
    assert len(contents(root)) == files_written


def test_a_web_page_is_read_once_and_its_corrected_text_counts(study):
    page = "<html><body><h1>甲市供水方案</h1><p>一、总体要求</p><p>到2025年，新建水库3座。</p></body></html>"
    (study / "data" / "raw" / "page.html").write_text(page, "utf-8")
    assert run(study)
    kept = study / "data" / "raw" / "text" / "page.html.txt"
    assert "新建水库3座" in kept.read_text("utf-8")
    assert run(study) == ()
    mended = kept.read_text("utf-8").replace("3座", "5座")
    kept.write_text(mended, "utf-8")
    with pytest.warns(UserWarning, match=r"page\.html"):
        assert "read" in run(study)
    assert kept.read_text("utf-8") == mended
    assert run(study) == ()
