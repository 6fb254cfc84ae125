"""A file holds the old content or the new, and nothing is left lying about."""

from __future__ import annotations

import os

import pytest

from lanxikit.study import files


def test_new_content_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "below" / "名.csv"
    for content in (b"old", b"new"):
        files.write(path, content)
        assert path.read_bytes() == content
    assert files.sha256(path) == "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_content_and_no_draft(tmp_path, monkeypatch, name):
    path = tmp_path / "a.csv"
    files.write(path, b"old")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, name, refuse)
    with pytest.raises(OSError, match="No space left"):
        files.write(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_drafts_can_be_kept_apart(tmp_path, monkeypatch):
    seen, put = [], os.replace
    monkeypatch.setattr(os, "replace", lambda source, target: (seen.append(source), put(source, target)))
    files.write(tmp_path / "out" / "a.csv", b"x", draft_in=tmp_path / "drafts")
    assert seen[0].parent == tmp_path / "drafts" and [p.name for p in (tmp_path / "out").iterdir()] == ["a.csv"]


def test_listed_in_order_without_hidden_ones(tmp_path):
    for name in ("b.txt", "a/c.txt", ".hidden/d.txt", "a/.e", "~$f.docx"):
        files.write(tmp_path / name, b"")
    assert [path.relative_to(tmp_path).as_posix() for path in files.listed(tmp_path)] == ["a/c.txt", "b.txt"]
    assert list(files.listed(tmp_path / "none")) == []
