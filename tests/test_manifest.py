"""verify: every file that differs, is missing or does not belong, by its name."""

from __future__ import annotations

import json
import os

import pytest

from lanxikit.errors import StudyError
from lanxikit.study import config, manifest


@pytest.fixture
def study(tmp_path):
    for name in ("data/raw/a.txt", "notebooks/01.ipynb", "data/processed/units.csv", "data/processed/units.parquet",
                 "data/processed/datapackage.json", "figures/fig01.svg", "notebooks/html/01.html"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"内容 of {name}", "utf-8")
    (tmp_path / "study.toml").write_text("")
    study = config.load(tmp_path)
    made = [*study.processed.iterdir(), *study.figures.iterdir(), *study.html.iterdir()]
    manifest.write(study, made, "digest")
    return study


def found(study):
    return {difference.path: difference.kind for difference in manifest.verify(study)}


def test_all_as_listed(study):
    assert found(study) == {}
    assert manifest.unchanged(study, "digest") and not manifest.unchanged(study, "other")


def test_two_lists(study):
    kept = json.loads((study.processed / "manifest.json").read_text("utf-8"))
    own = json.loads((study.state / "built.json").read_text("utf-8"))
    assert sorted(kept["files"]) == [
        "data/processed/datapackage.json", "data/processed/units.csv", "data/raw/a.txt", "figures/fig01.svg",
        "notebooks/01.ipynb", "study.toml",
    ]  # fmt: skip
    assert sorted(own["files"]) == ["data/processed/units.parquet", "notebooks/html/01.html"]
    assert kept["made_with"]["numpy"]


@pytest.mark.parametrize(
    "name",
    ["data/raw/a.txt", "notebooks/01.ipynb", "data/processed/units.csv", "data/processed/units.parquet",
     "data/processed/datapackage.json", "figures/fig01.svg", "notebooks/html/01.html", "study.toml"],
)  # fmt: skip
def test_one_flipped_bit_with_the_time_kept(study, name):
    path = study.root / name
    stat, data = path.stat(), path.read_bytes() or b"\0"
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert found(study) == {name: "differs"}
    assert not manifest.unchanged(study, "digest")


def test_missing_and_extra(study):
    (study.raw / "a.txt").unlink()
    (study.html / "01.html").unlink()
    (study.figures / "mine.png").write_bytes(b"x")
    (study.raw / "b.txt").write_bytes(b"x")
    assert found(study) == {
        "data/raw/a.txt": "missing",
        "data/raw/b.txt": "extra",
        "figures/mine.png": "extra",
        "notebooks/html/01.html": "missing",
    }


def test_a_fresh_clone_agrees(study):
    """Parquet, pages and the runner's memory are not kept with the study."""
    (study.state / "built.json").unlink()
    (study.html / "01.html").unlink()
    (study.processed / "units.parquet").unlink()
    assert found(study) == {}


def test_hidden_files_and_readmes_do_not_count(study):
    (study.figures / ".DS_Store").write_bytes(b"x")
    (study.figures / "README.md").write_text("what is in here")
    assert found(study) == {}


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"files": {"a": 1}}', b"\xff\xfe"])
def test_no_manifest_or_a_broken_one(study, content):
    path = study.processed / "manifest.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StudyError, match=r"no manifest.*manifest\.json.*lanxikit reproduce"):
        manifest.verify(study)
