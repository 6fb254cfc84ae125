"""One set of requirements, said in three places; the pins name no package index."""

from __future__ import annotations

import re
import tomllib

import pytest

NAME = re.compile(r"[A-Za-z0-9._-]+")


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def asked(project):
    extras = project["optional-dependencies"].values()
    return set(project["dependencies"]) | {line for extra in extras for line in extra}


def named(lines):
    return {re.sub(r"[._-]+", "-", NAME.match(line)[0]).lower() for line in lines}


def listed(root):
    """The lines below ``pip:`` in environment.yml."""
    text = (root / "environment.yml").read_text("utf-8")
    return [line.strip().removeprefix("- ").strip('"') for line in text.partition("- pip:\n")[2].splitlines() if line]


def pins(path):
    lines = path.read_text("utf-8").splitlines()
    return {NAME.match(line)[0] for line in lines if "==" in line}, [line.rstrip("\\ ") for line in lines if "==" in line]


def test_environment_and_project_agree(root, asked):
    lines = listed(root)
    assert {line for line in lines if not line.startswith("-")} == asked
    assert [line for line in lines if line.startswith("-")] == ["--constraint .ci/pins.txt", "--editable ."]


def test_the_lock_covers_them_and_pins_everything_by_hash(root, asked):
    names, entries = pins(root / "requirements.lock")
    assert named(asked) <= names
    text = (root / "requirements.lock").read_text("utf-8")
    assert all(re.match(r"^[a-z0-9-]+==[^ ]+( ; .*)?$", entry) for entry in entries)
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip()))
    assert pins(root / ".ci" / "pins.txt")[1] == entries


def test_a_pin_lies_within_what_is_asked_for(root, asked):
    from packaging.requirements import Requirement

    _, entries = pins(root / "requirements.lock")
    for line in asked:
        wanted = Requirement(line)
        found = [Requirement(entry) for entry in entries if named([entry]) == named([line])]
        for pin in found:
            assert wanted.specifier.contains(next(iter(pin.specifier)).version), (line, str(pin))


@pytest.mark.parametrize("name", ["requirements.lock", ".ci/pins.txt", ".ci/installer.lock", "environment.yml"])
def test_no_index_is_named(root, name):
    text = (root / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted", text)
    assert not re.search(r"@ (file|git|http)", text)


def test_python_versions(root, project):
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "  - python=3.12\n" in (root / "environment.yml").read_text("utf-8")
    assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in (root / "Makefile").read_text("utf-8")


def test_everything_imported_is_asked_for(root, asked):
    """A package that comes only with another one may go with it."""
    import sys
    from importlib.metadata import packages_distributions

    known = packages_distributions()
    found = set()
    for path in (root / "lanxikit").rglob("*.py"):
        found |= set(re.findall(r"^\s*(?:import|from) (\w+)", path.read_text("utf-8"), re.M))
    outside = {name for name in found if name in known} - sys.stdlib_module_names - {"lanxikit"}
    missing = {name for name in outside if not named(known[name]) & named(asked)}
    assert missing == set()
