"""Notebooks run from a fresh kernel and become pages that need no network."""

from __future__ import annotations

import re

import pytest
from test_runner import notebook

from lanxikit.errors import StudyError
from lanxikit.study import config
from lanxikit.study.notebooks import execute, sources

PICTURE = """
import matplotlib.pyplot as plt
import warnings
warnings.warn("mind the step")
print(object(), __import__("os").getcwd())
plt.plot([1, 2]);
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study.toml").write_text("")
    (tmp_path / "notebooks").mkdir()
    return config.load(tmp_path)


def page(study, folder):
    execute(study, "01", folder)
    return (folder / "html" / "01.html").read_text("utf-8")


def test_the_same_page_every_time_and_nothing_from_outside(study, tmp_path):
    notebook(study.notebooks / "01.ipynb", PICTURE)
    first, second = page(study, tmp_path / "a"), page(study, tmp_path / "b")
    assert first == second
    assert "mind the step" in first and "data:image/png;base64" in first
    assert str(tmp_path) not in first
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!data:|#)""", first) and "@import" not in first
    assert "<script" not in first


def test_a_failing_cell_is_named(study, tmp_path):
    notebook(study.notebooks / "01.ipynb", "a = 1", "b = 2\na + c")
    with pytest.raises(StudyError, match=r"NameError: name 'c' is not defined \[01\.ipynb: cell 2: a \+ c\]"):
        execute(study, "01", tmp_path / "a")


def test_not_a_notebook(study, tmp_path):
    (study.notebooks / "01.ipynb").write_text("no JSON")
    with pytest.raises(StudyError, match="not a notebook"):
        execute(study, "01", tmp_path / "a")


def test_drafts_are_left_alone(study):
    (study.notebooks / "scratch").mkdir()
    for name in ("02.ipynb", "01.ipynb", "scratch/03.ipynb", ".04.ipynb"):
        notebook(study.notebooks / name, "1")
    assert [path.name for path in sources(study)] == ["01.ipynb", "02.ipynb"]
