"""lanxikit new: a study that runs as soon as there are documents in it."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from lanxikit.errors import StudyError
from lanxikit.study import config, manifest, runner
from lanxikit.study.new import create
from lanxikit.study.tables import load_table


def test_runs_with_documents_of_ones_own(tmp_path, root):
    folder = create(tmp_path / '我的 "study"')
    for name in ("pingan-2022", "linxia-2022"):
        shutil.copy(root / "data" / "raw" / f"{name}.txt", folder / "data" / "raw")
    settings = (folder / "study.toml").read_text("utf-8")
    (folder / "study.toml").write_text(settings.replace("[4, 6, 8, 10]", "[4]").replace("[0, 1, 2, 3, 4]", "[0]"), "utf-8")
    study = config.load(folder)
    assert study.options["choose_n_topics"] == {"candidates": [4], "seeds": [0]}
    assert study.title == '我的 "study"'
    done = runner.reproduce(study).done
    assert "annotate" in done and "compare" not in done and "notebooks/01_documents" in done
    units = load_table("units", folder=study.processed)
    assert units[units["is_leaf"]].groupby("doc_id").size().to_dict() == {"linxia-2022": 47, "pingan-2022": 25}
    assert "linxia-2022" in (study.html / "01_documents.html").read_text("utf-8")
    assert manifest.verify(study) == []


def test_the_first_notebook_is_valid_and_without_outputs(tmp_path):
    notebook = nbformat.read(create(tmp_path / "x") / "notebooks" / "01_documents.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells)


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("years of it")
    with pytest.raises(StudyError, match="Something is there already"):
        create(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["work.txt"]
