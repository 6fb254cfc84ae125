"""``lx.scan`` gives the tables back with their types, in pieces and to other engines."""

from __future__ import annotations

import shutil
import sys

import pandas as pd
import pytest
from many import Inline, fill

import lanxikit as lx
from lanxikit.errors import StudyError, TableError
from lanxikit.tables import table


@pytest.fixture(scope="module")
def out(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("it's 来源")
    fill(folder / "in", 4)
    for path in (root / "data" / "raw").glob("*.txt"):
        shutil.copy(path, folder / "in")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lanxikit.scale.process._engine", Inline)
        lx.process(folder / "in", folder / "a=1", batch=2)  # a name that Parquet readers take for a partition
    return folder / "a=1"


@pytest.fixture
def tables(out):
    return lx.scan(out)


def test_names_and_lengths(tables):
    assert tables.complete and tables.names == tuple(tables) and "units" in tables and "scores" not in tables
    assert {"documents", "units", "responsibilities", "targets", "bases", "unread"} <= set(tables.names)
    assert len(tables["documents"]) == 9 and len(tables["unread"]) == 0
    assert "units" in repr(tables) and "parts" in repr(tables["units"])


def test_pieces_are_as_load_table_gives_them(tables, tmp_path):
    from lanxikit.study.tables import save_table

    for name in tables.names:
        found = tables[name].to_pandas()
        save_table(found, name, folder=tmp_path)
        pd.testing.assert_frame_equal(found, lx.load_table(name, folder=tmp_path))
        pieces = list(tables[name].pieces())
        assert len(pieces) == len(tables[name].paths) > 1
        assert all((piece.dtypes == found.dtypes).all() for piece in pieces)
        assert sum(map(len, pieces)) == len(tables[name]) == len(found)
    assert isinstance(tables["documents"].to_pandas()["issuers"][0], tuple)


def test_some_columns(tables):
    found = tables["units"].to_pandas(columns=["text", "kind", "path"])
    assert found.columns.tolist() == ["text", "kind", "path"]
    pd.testing.assert_frame_equal(found, tables["units"].to_pandas()[["text", "kind", "path"]])
    assert next(tables["units"].pieces("doc_id")).columns.tolist() == ["doc_id"]
    assert tables["unread"].to_pandas(["path"]).columns.tolist() == ["path"]
    with pytest.raises(TableError, match="no column txt"):
        tables["units"].to_pandas(columns=["txt"])


def test_offsets_count_in_the_texts(tables):
    texts = tables["texts"].to_pandas().set_index("doc_id")["text"]
    for row in tables["targets"].to_pandas().itertuples():
        assert texts[row.unit_id.rpartition("#")[0]][row.start : row.end]


def test_dask(tables):
    for name in ("units", "documents", "unread"):
        lazy = tables[name].to_dask()
        assert lazy.npartitions == len(tables[name].paths)
        found = lazy.compute(scheduler="sync").reset_index(drop=True)
        pd.testing.assert_frame_equal(found, tables[name].to_pandas())
    units = tables["units"].to_dask(columns=["doc_id", "is_leaf"])
    counts = units[units.is_leaf].groupby("doc_id").size().compute(scheduler="sync")
    assert counts["haidong-2024"] == 194 and counts["linxia-2022"] == 47


def test_duckdb(tables):
    units = tables["units"]
    assert units.to_duckdb().filter("is_leaf and doc_id = 'haidong-2024'").count("*").fetchall() == [(194,)]
    found = units.query("SELECT unit_id, path, text FROM units WHERE is_leaf ORDER BY doc_id, position LIMIT 3")
    first = units.to_pandas()[lambda t: t.is_leaf].sort_values(["doc_id", "position"]).head(3)
    assert found["unit_id"].tolist() == first["unit_id"].tolist() and found["text"].tolist() == first["text"].tolist()
    joined = tables.query("SELECT title, count(*) AS n FROM targets JOIN units USING (unit_id) JOIN documents USING (doc_id) GROUP BY title")
    assert joined["n"].sum() == len(tables["targets"]) and joined["title"].notna().all()


@pytest.mark.parametrize(("module", "call"), [("duckdb", "to_duckdb"), ("dask.dataframe", "to_dask")])
def test_what_is_not_installed_is_said(tables, monkeypatch, module, call):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(StudyError, match=r'pip install "lanxikit\[cluster\]"'):
        getattr(tables["units"], call)()


def test_a_folder_without_results(tmp_path, tables):
    with pytest.raises(StudyError, match="does not hold results"):
        lx.scan(tmp_path)
    with pytest.raises(TableError, match="no table 'unit'"):
        tables["unit"]


def test_a_run_that_has_not_begun_its_first_batch(out, tmp_path):
    shutil.copytree(out, tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / ".lanxi" / "batches")
    found = lx.scan(tmp_path / "out")["units"]
    assert len(found) == 0 and list(found.pieces()) == []
    assert found.to_pandas().columns.tolist() == table("units").names() == list(found.to_dask().columns)
    assert found.query("SELECT count(*) AS n FROM units")["n"].tolist() == [0]
