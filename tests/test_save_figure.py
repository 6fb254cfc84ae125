"""A saved figure depends on the figure alone, and lies where the study keeps its figures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest
from matplotlib import pyplot
from PIL import Image

import lanxikit as lx
from lanxikit.errors import StudyError

TOPICS = pd.DataFrame({"topic": 1, "term": ["铁路", "湟水河", "O₃"], "weight": [0.4, 0.1, 0.1 / 3], "rank": [1, 2, 3]})

SCRIPT = """
import sys
import pandas as pd
import lanxikit as lx
topics = lx.plots.topic_terms_data(pd.DataFrame(
    {"topic": 1, "term": ["铁路", "$5", "O₃"], "weight": [0.4, 0.1, 0.1], "rank": [1, 2, 3]}))
lx.save_figure(lx.plots.topic_terms(topics), "words", topics, folder=sys.argv[1])
duties = pd.DataFrame([(f"a#{i:03d}", role, f"部门{(i * step) % 7}") for i in range(40)
    for role, step in (("lead", 1), ("support", 3))], columns=["unit_id", "role", "function"])
units = pd.DataFrame({"doc_id": "a", "unit_id": duties["unit_id"].unique(), "is_leaf": True, "doc_level": "county"})
network = lx.plots.duty_network_data(duties, units)
lx.save_figure(lx.plots.duty_network(network), "network", network, folder=sys.argv[1])
"""


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    for name in ("LANXI_FIGURES", "LANXI_STUDY"):
        monkeypatch.delenv(name, raising=False)
    yield
    pyplot.close("all")


@pytest.fixture
def drawn():
    data = lx.plots.topic_terms_data(TOPICS)
    return lx.plots.topic_terms(data), data


def test_two_processes_write_the_same_bytes(tmp_path):
    surroundings = [
        {"LANG": "C", "LANXI_LANG": "en", "TZ": "UTC", "PYTHONHASHSEED": "1"},
        {"LANG": "zh_CN.UTF-8", "LANXI_LANG": "zh", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2"},
    ]
    runs = []
    for i, changes in enumerate(surroundings):
        folder = tmp_path / str(i)
        command = [sys.executable, "-c", SCRIPT, str(folder)]
        subprocess.run(command, check=True, env=os.environ | {"MPLBACKEND": "agg"} | changes)
        runs.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert list(runs[0]) == [f"{name}.{kind}" for name in ("network", "words") for kind in ("csv", "pdf", "png", "svg")]
    assert runs[0] == runs[1]


def test_saving_again_writes_the_same_bytes(drawn, tmp_path):
    first = [path.read_bytes() for path in lx.save_figure(drawn[0], "a", drawn[1], folder=tmp_path)]
    drawn[0].figure.canvas.draw()
    assert [path.read_bytes() for path in lx.save_figure(drawn[0], "a", drawn[1], folder=tmp_path)] == first


def test_the_files_hold_the_chinese_the_size_and_no_clock(drawn, tmp_path):
    pdf, svg, png, csv = lx.save_figure(drawn[0], "words", drawn[1], folder=tmp_path)
    page = pypdfium2.PdfDocument(pdf)[0]
    assert page.get_width() / 72 * 2.54 == pytest.approx(16.0, abs=0.01)
    assert {"铁路", "湟水河", "O₃"} <= set(page.get_textpage().get_text_range().split())
    assert b"/CreationDate" not in pdf.read_bytes() and b"/Producer" not in pdf.read_bytes()
    assert b"<dc:date>" not in svg.read_bytes() and b"Matplotlib" not in svg.read_bytes()
    assert b"<text" not in svg.read_bytes()  # outlines: the reader of an SVG may have no Chinese font
    with Image.open(png) as picture:
        assert picture.width == pytest.approx(16 / 2.54 * 400, abs=1)
        assert "Software" not in picture.info
    assert max(path.stat().st_size for path in (pdf, svg, png, csv)) < 1_000_000


def test_the_numbers_can_be_read_by_excel_and_are_rounded(drawn, tmp_path):
    content = lx.save_figure(drawn[0], "words", drawn[1], folder=tmp_path)[3].read_bytes()
    assert content.startswith(b"\xef\xbb\xbftopic,term,weight,rank,share,stability\n")
    assert content.decode("utf-8-sig").splitlines()[3] == "1,O₃,0.033333,3,0.083333,"


def test_lists_are_joined_and_numbers_of_any_table_rounded(drawn, tmp_path):
    data = pd.DataFrame({"ids": [("a", "b"), ()], "share": [1 / 3, -1e-9]})
    content = lx.save_figure(drawn[0], "x", data, folder=tmp_path)[3].read_text(encoding="utf-8-sig")
    assert content == "ids,share\na / b,0.333333\n,0.0\n"


def test_a_figure_is_kept_in_the_study_it_was_drawn_in(drawn, tmp_path, monkeypatch):
    (tmp_path / "study.toml").write_text("")
    deep = tmp_path / "notebooks" / "drafts"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert {path.parent for path in lx.save_figure(*_args(drawn))} == {tmp_path / "figures"}


@pytest.mark.parametrize(("name", "value", "expected"), [
    ("LANXI_FIGURES", "elsewhere", "elsewhere"),
    ("LANXI_STUDY", "other", "other/figures"),
    ("LANXI_STUDY", "other/study.toml", "other/figures"),
])  # fmt: skip
def test_the_environment_goes_before_the_working_folder(drawn, tmp_path, monkeypatch, name, value, expected):
    (tmp_path / "study.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, str(tmp_path / value))
    assert {path.parent for path in lx.save_figure(*_args(drawn))} == {tmp_path / expected}


def test_outside_a_study_a_folder_must_be_named(drawn, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StudyError):
        lx.save_figure(*_args(drawn))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["", "../a", "a/b", "a.png", "x" * 61, "a b"])
def test_a_name_that_is_no_file_name_is_refused(drawn, tmp_path, name):
    with pytest.raises(StudyError, match="name of a figure"):
        lx.save_figure(drawn[0], name, drawn[1], folder=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_interrupted_write_leaves_the_old_file(drawn, tmp_path, monkeypatch):
    before = {path: path.read_bytes() for path in lx.save_figure(drawn[0], "a", drawn[1], folder=tmp_path)}
    other = lx.plots.topic_terms(lx.plots.topic_terms_data(TOPICS.head(1)))

    def broken(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(KeyboardInterrupt):
        lx.save_figure(other, "a", drawn[1], folder=tmp_path)
    assert {path: path.read_bytes() for path in sorted(tmp_path.iterdir())} == dict(sorted(before.items()))


def test_a_figure_drawn_in_our_type_keeps_it_when_saved_by_matplotlib_itself(drawn, tmp_path):
    path = Path(tmp_path / "own.pdf")
    drawn[0].figure.savefig(path)
    assert "湟水河" in pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert b"NotoSansSC" in path.read_bytes()


def _args(drawn):
    return drawn[0], "words", drawn[1]
