"""A digest changes when, and only when, something that matters changes."""

from __future__ import annotations

import shutil

import pytest

from lanxikit.study import digests


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A copy of the source that may be edited; each call looks at it afresh."""
    copy = tmp_path / "lanxikit"
    shutil.copytree(digests.HOUSE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(digests, "HOUSE", copy)

    def digest(*rooms):
        digests._room.cache_clear()
        digests._named.cache_clear()
        return digests.code(rooms)

    yield copy, digest
    digests._room.cache_clear()
    digests._named.cache_clear()


def edit(path):
    path.write_text(path.read_text("utf-8") + "\n# 改\n", "utf-8", newline="")


def test_an_edit_counts_in_its_room_only(house):
    copy, digest = house
    before = digest("reading"), digest("topics")
    edit(copy / "reading" / "decode.py")
    assert digest("reading") != before[0] and digest("topics") == before[1]


@pytest.mark.parametrize("name", ["errors.py", "text/fold.py", "tables/schema.py", "lexicons/duty_labels.tsv"])
def test_the_ground_floor_counts_everywhere(house, name):
    copy, digest = house
    before = digest("reading")
    edit(copy / name)
    assert digest("reading") != before


def test_a_room_counts_for_those_that_name_it(house):
    """Refining calls the comparing and the annotating stage."""
    copy, digest = house
    before = digest("refining"), digest("topics")
    edit(copy / "annotating" / "targets.py")
    assert digest("refining") != before[0] and digest("topics") == before[1]


def test_line_ends_do_not_count(house):
    copy, digest = house
    before = digest("reading")
    path = copy / "reading" / "decode.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest("reading") == before


def test_a_single_module_of_the_study(house):
    copy, digest = house
    before = digest("study/tables")
    edit(copy / "study" / "cli.py")
    assert digest("study/tables") == before
    edit(copy / "study" / "tables.py")
    assert digest("study/tables") != before


def test_every_room_is_known():
    assert {"reading", "segmenting", "annotating", "topics", "comparing", "refining", "plots"} <= set(digests.rooms())
    assert "study" not in digests.rooms()


def test_versions_are_told():
    assert digests.packages()["pandas"].split(".")[0].isdigit()
    assert digests.packages()["python"].startswith("3.")
