"""datapackage.json describes every column of every table written."""

from __future__ import annotations

import csv
import hashlib

import pytest

from lanxikit.study import package
from lanxikit.study.tables import save_table
from lanxikit.tables import tables


@pytest.fixture(scope="module")
def described(tmp_path_factory, units, corpus):
    import lanxikit as lx

    folder = tmp_path_factory.mktemp("processed")
    for name, frame in {"documents": corpus.documents, "lineage": lx.lineage(corpus), "units": units}.items():
        save_table(frame, name, folder=folder)
    return folder, package.describe(folder, title="五份文件")


def test_every_file_with_size_and_hash(described):
    folder, content = described
    assert [entry["name"] for entry in content["resources"]] == ["documents", "lineage", "units"]
    assert content["title"] == "五份文件"
    for entry in content["resources"]:
        data = (folder / entry["path"]).read_bytes()
        assert entry["bytes"] == len(data) and entry["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()


def test_every_column_with_type_and_meaning(described):
    folder, content = described
    for entry in content["resources"]:
        with (folder / entry["path"]).open(encoding="utf-8-sig", newline="") as stream:
            header = next(csv.reader(stream))
        fields = entry["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert all(field["description"] and field["type"] in TYPES for field in fields)


def test_keys_and_links_hold_in_the_files(described):
    folder, content = described
    rows = {}
    for entry in content["resources"]:
        with (folder / entry["path"]).open(encoding="utf-8-sig", newline="") as stream:
            rows[entry["name"]] = list(csv.DictReader(stream))
    for entry in content["resources"]:
        key = entry["schema"]["primaryKey"]
        found = [tuple(row[name] for name in key) for row in rows[entry["name"]]]
        assert len(set(found)) == len(found)
        for link in entry["schema"].get("foreignKeys", ()):
            there = {row[link["reference"]["fields"]] for row in rows[link["reference"]["resource"]]}
            assert {row[link["fields"]] for row in rows[entry["name"]]} - {""} <= there


def test_cells_keep_to_what_is_said_of_them(described):
    folder, content = described
    for entry in content["resources"]:
        with (folder / entry["path"]).open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for field in entry["schema"]["fields"]:
            limits = field.get("constraints", {})
            cells = [row[field["name"]] for row in rows]
            assert not limits.get("required") or all(cells), (entry["name"], field["name"])
            for cell in filter(None, cells):
                TYPES[field["type"]](cell)
                assert cell in limits.get("enum", (cell,))
                assert "minimum" not in limits or float(cell) >= limits["minimum"]


def test_every_declared_table_can_be_described(tmp_path):
    for name, declared in tables().items():
        (tmp_path / f"{name}.csv").write_text(",".join(declared.names()) + "\n")
    content = package.describe(tmp_path)
    assert {entry["name"] for entry in content["resources"]} == set(tables())
    for entry in content["resources"]:
        for link in entry["schema"].get("foreignKeys", ()):
            other = tables()[link["reference"]["resource"]]
            assert link["reference"]["fields"] in other.names() and link["fields"] in tables()[entry["name"]].names()


def _date(text):
    year, month, day = text.split("-")
    assert len(year) == 4 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _boolean(text):
    assert text in ("true", "false")


TYPES = {"string": str, "integer": int, "number": float, "boolean": _boolean, "date": _date}
