"""The repository as a visitor finds it."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

MOST_BYTES = 5_000_000
FOLDERS = (
    "benchmarks", "data/gold", "data/processed", "data/raw", "docs", "figures", "lanxikit", "notebooks", "tests", "tools",
)  # fmt: skip
FILES = (
    "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "README.zh-CN.md", "environment.yml",
    "pyproject.toml", "requirements.lock", "study.toml", ".ci/run", "data/raw/documents.csv",
)  # fmt: skip
# Put together here, so that this file does not name them either.
HOSTS = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "conda" + r"\.anaconda", "/sim" + r"ple\b")))
MACHINES = re.compile(r"(?<![\w.])/(?:root|home/\w+|work|tmp/\w+|opt)/\w")
TEXTS = (".py", ".md", ".toml", ".yml", ".cff", ".lock", ".txt", ".ipynb", ".tsv", ".json", "")


def kept(root):
    """The files under version control, and those that could be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    names = [name for name in done.stdout.decode("utf-8").split("\0") if name]
    found = [root / name for name in names if (root / name).is_file()]
    assert len(found) > 100
    return found


@pytest.mark.parametrize("name", FOLDERS)
def test_folder(root, name):
    assert (root / name).is_dir() and any((root / name).iterdir())


@pytest.mark.parametrize("name", FILES)
def test_file(root, name):
    assert (root / name).stat().st_size > 0


def test_top_level_holds_nothing_else(root):
    seen = {path.relative_to(root).parts[0] for path in kept(root)}
    known = {name.split("/")[0] for name in (*FOLDERS, *FILES)} | {".gitignore", ".gitattributes"}
    assert seen - known == set()


def test_no_large_file(root):
    assert [path.name for path in kept(root) if path.stat().st_size > MOST_BYTES] == []


def test_no_pickle(root):
    assert [path.name for path in kept(root) if path.suffix in (".pkl", ".pickle", ".joblib")] == []


def test_neither_index_hosts_nor_paths_of_a_machine(root):
    texts = {path: path.read_text("utf-8") for path in kept(root) if path.suffix in TEXTS and "raw" not in path.parts}
    assert [path.name for path, text in texts.items() if HOSTS.search(text)] == []
    assert [path.name for path, text in texts.items() if MACHINES.search(text)] == []


def test_notebooks_are_kept_without_outputs(root):
    notebooks = sorted((root / "notebooks").glob("*.ipynb"))
    assert len(notebooks) == 9
    for path in notebooks:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert not any(cell["outputs"] or cell["execution_count"] for cell in code), path.name
        assert not any(re.search(r"^\s*(def|class) ", "".join(cell["source"]), re.M) for cell in code), path.name


def test_the_ci_command_can_be_run(root):
    path = root / ".ci" / "run"
    assert path.stat().st_mode & 0o111
    assert path.read_text("utf-8").startswith("#!/usr/bin/env bash\n") and "make" in path.read_text("utf-8")


def test_style(root):
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "."]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
