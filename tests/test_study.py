"""The study end to end, as ``lanxikit reproduce`` runs it: from the documents to the figures."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from subprocess import DEVNULL

import pytest
from pandas.testing import assert_frame_equal
from test_runner import contents

from lanxikit.study import config, manifest
from lanxikit.study.pipeline import PIPELINE
from lanxikit.study.tables import load_table

TABLES = [name for stage in PIPELINE for name in stage.writes]
FIGURES = ("csv", "pdf", "png", "svg")


def command(root, out, *more):
    return [sys.executable, "-m", "lanxikit", "reproduce", "--study", str(root), "--out", str(out), *more]


@pytest.fixture(scope="module")
def made(root, tmp_path_factory):
    """The results of a clean run in an empty folder."""
    out = tmp_path_factory.mktemp("made")
    done = subprocess.run(command(root, out), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("name", TABLES)
def test_table_is_the_one_kept(root, made, name):
    """Exactly, and numbers to six digits: another processor may round the last one differently."""
    kept = load_table(name, folder=root / "data" / "processed")
    again = load_table(name, folder=made / "data" / "processed")
    assert_frame_equal(again, kept, check_exact=False, rtol=0, atol=1.5e-6)


def test_every_notebook_has_its_page_and_the_pages_need_no_network(root, made):
    pages = {path.stem: path.read_text("utf-8") for path in (made / "notebooks" / "html").iterdir()}
    assert sorted(pages) == sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))
    for name, page in pages.items():
        assert not re.search(r"""(?:src|href)\s*=\s*["'](?:https?:|//)""", page), name
        assert "<script" not in page and "@import" not in page, name
        assert str(root) not in page, name


def test_every_figure_is_seen_in_its_page(root, made):
    for path in (root / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        drawn = sum("save_figure(" in "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        page = (made / "notebooks" / "html" / f"{path.stem}.html").read_text("utf-8")
        assert page.count("<img") == drawn, path.name


def test_figures_come_in_four_kinds_and_are_those_kept(root, made):
    new, kept = (sorted(p.name for p in (at / "figures").iterdir() if p.suffix != ".md") for at in (made, root))
    assert new == kept
    assert {name.rpartition(".")[2] for name in new} == set(FIGURES)
    assert len(new) % len(FIGURES) == 0


def test_the_package_describes_every_column(made):
    package = json.loads((made / "data" / "processed" / "datapackage.json").read_text("utf-8"))
    assert {entry["name"] for entry in package["resources"]} == set(TABLES)
    for entry in package["resources"]:
        with (made / "data" / "processed" / entry["path"]).open(encoding="utf-8-sig", newline="") as stream:
            header = stream.readline().rstrip("\n").split(",")
        assert [field["name"] for field in entry["schema"]["fields"]] == header
        assert all(field["description"] for field in entry["schema"]["fields"])


def test_every_evidence_lies_in_its_document(root, made, corpus):
    lengths = {document: len(corpus[document].text) for document in corpus.doc_ids}
    seen = 0
    for name in TABLES:
        table = load_table(name, folder=made / "data" / "processed")
        if {"unit_id", "start", "end"} <= set(table.columns):
            ends = table["unit_id"].str.replace(r"[#/].*", "", regex=True).map(lengths)
            assert ((table["start"] >= 0) & (table["start"] <= table["end"]) & (table["end"] <= ends)).all(), name
            seen += len(table)
    assert seen > 1000


def test_verify_agrees(root, made):
    assert manifest.verify(config.load(root, out=made)) == []


def test_a_second_run_does_nothing_in_under_two_seconds(root, made):
    before, spent = contents(made), []
    for _ in range(5):  # the quickest counts: something else may hold one up
        begun = time.monotonic()
        done = subprocess.run(command(root, made), capture_output=True, text=True)
        spent.append(time.monotonic() - begun)
        assert "Nothing to do" in done.stdout
        if spent[-1] < 2:
            break
    assert min(spent) < 2
    assert contents(made) == before


def test_killed_and_continued_in_another_world_it_gives_the_same_bytes(root, made, tmp_path):
    """One step at a time, another hash seed, time zone, language and thread number; killed twice on the way."""
    world = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LANXI_LANG": "zh",
             "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}  # fmt: skip
    for seconds in (6, 15):
        process = subprocess.Popen(command(root, tmp_path, "--jobs", "1"), env=os.environ | world, stderr=DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()
    done = subprocess.run(command(root, tmp_path), env=os.environ | world, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    again, wanted = contents(tmp_path), contents(made)
    assert sorted(again) == sorted(wanted)
    assert [name for name in wanted if again[name] != wanted[name]] == []
