"""``lx.scan`` gives the tables back with their types, in pieces and to other engines."""

from __future__ import annotations

import json
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


def as_texts(frame, name):
    """With tuples joined, as Dask has them."""
    for column in table(name).columns:
        if column.kind == "tuple":
            frame[column.name] = frame[column.name].map(" / ".join).astype("str")
    return frame


def test_dask(tables):
    for name in ("units", "documents", "unread"):
        lazy = tables[name].to_dask()
        assert lazy.npartitions == len(tables[name].paths)
        found = lazy.compute(scheduler="sync").reset_index(drop=True)
        pd.testing.assert_frame_equal(found, as_texts(tables[name].to_pandas(), name))
    units = tables["units"].to_dask(columns=["doc_id", "is_leaf"])
    counts = units[units.is_leaf].groupby("doc_id").size().compute(scheduler="sync")
    assert counts["haidong-2024"] == 194 and counts["linxia-2022"] == 47


def test_what_dask_writes_can_be_read(tables, tmp_path):
    for name in tables.names:
        tables[name].to_dask().to_parquet(tmp_path / name, compute_kwargs={"scheduler": "sync"})
        found = pd.read_parquet(tmp_path / name).reset_index(drop=True)
        expected = as_texts(tables[name].to_pandas(), name)
        pd.testing.assert_frame_equal(found[expected.columns], expected, check_dtype=False, check_categorical=False)
    assert (tables["documents"].to_pandas()["issuers"].map(len) > 0).any()


def test_columns_that_cannot_be_asked_for(tables):
    units = tables["units"]
    for ask in (units.to_pandas, units.to_dask, units.empty, lambda columns: list(units.pieces(columns))):
        with pytest.raises(TableError, match="No column is named"):
            ask([])
        with pytest.raises(TableError, match="named twice: text"):
            ask(["text", "kind", "text"])
        with pytest.raises(TableError, match="no column 3"):
            ask([3])


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


@pytest.fixture
def copy(out, tmp_path):
    return shutil.copytree(out, tmp_path / "out")


def receipts(folder):
    return sorted((folder / ".lanxi" / "batches").iterdir())


def account(folder, **change):
    place = folder / ".lanxi" / "about.json"
    said = json.loads(place.read_bytes()) | change
    place.write_text(json.dumps({name: value for name, value in said.items() if value is not None}))


def lose(folder):
    receipts(folder)[1].unlink()


def damage(folder):
    receipts(folder)[1].write_text("{")


def add(folder):
    shutil.copy(receipts(folder)[0], folder / ".lanxi" / "batches" / "000077.json")


def swap(folder):
    found = receipts(folder)
    shutil.copy(max(found, key=lambda path: json.loads(path.read_bytes())["rows"]["units"]), found[0])


COUNT = {"batches": 7}
CASES = [
    (lose, COUNT, "1 of 7 batches are missing"),
    (damage, COUNT, "1 of 7 batches are missing"),
    (add, COUNT, "not of this run"),
    (swap, COUNT, "as many rows"),
    (lose, {"batches": None}, "as many rows"),
    (add, {"batches": None}, "as many rows"),
    (lose, {"rows": None} | COUNT, "1 of 7 batches are missing"),
]


@pytest.mark.parametrize(("harm", "said", "warned"), CASES)
def test_lost_and_foreign_receipts_are_told(copy, harm, said, warned):
    assert len(receipts(copy)) == 7
    account(copy, **said)
    harm(copy)
    with pytest.warns(UserWarning, match=f"{warned}.*lanxikit process") as told:
        found = lx.scan(copy)
    assert not found.complete and found.amiss == str(told[0].message)


@pytest.mark.parametrize("said", [COUNT, {"batches": None}, {"batches": None, "rows": None}, {"batches": "?", "rows": []}])
def test_a_whole_result_is_complete_whatever_its_account_holds(copy, said):
    account(copy, **said)
    assert lx.scan(copy).complete and not lx.scan(copy).amiss


def test_a_part_that_is_lost_or_damaged(copy):
    lost, damaged = lx.scan(copy)["units"].paths[:2]
    lost.unlink()
    tables = lx.scan(copy)
    with pytest.raises(StudyError, match=r"is lost.*lanxikit process"):
        tables["units"].to_pandas()
    with pytest.raises(StudyError, match="lanxikit process"):
        tables.query("SELECT count(*) FROM units")
    with pytest.raises(StudyError, match="lanxikit process"):
        tables["units"].to_duckdb()
    shutil.copy(damaged, lost)
    data = bytearray(damaged.read_bytes())
    for harmed in (data[:-30], data[:4] + bytes(2000) + data[2004:], b"", b"x" * 100):
        damaged.write_bytes(harmed)
        with pytest.raises(StudyError, match="is damaged") as told:
            lx.scan(copy)["units"].to_pandas()
        assert "reproduce" not in str(told.value) and "lanxikit process" in told.value.todo
    lx.scan(copy)["texts"].to_pandas()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("", "no question"),
        (" ;-- nothing", "no question"),
        (None, "no question"),
        ("SELEC 1", "(?s)Parser Error.*SELEC"),
        ("SELECT nothing FROM units", "(?s)Binder Error.*nothing"),
        ("SELECT * FROM unit", "Table with name unit does not exist"),
        ("SELECT CAST(text AS INTEGER) FROM units", "Conversion Error"),
    ],
)
def test_questions_that_duckdb_refuses(tables, sql, said):
    for asked in (tables, tables["units"]):
        with pytest.raises(TableError, match=said):
            asked.query(sql)


def test_a_question_reads_its_folder_only(tables, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    inside = str(tables.folder).replace("'", "''")
    for sql in (
        f"SELECT * FROM '{secret}'",
        f"SELECT * FROM read_csv('{secret}')",
        f"SELECT * FROM read_text('{inside}/../in/文件 001.txt')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')",
        "SELECT * FROM tables",  # a variable of ours
    ):
        with pytest.raises(TableError):
            tables.query(sql)
    with pytest.raises(TableError, match="to_duckdb"):
        tables.query(f"SELECT * FROM read_csv('{secret}')")
    assert len(tables.query(f"SELECT * FROM read_text('{inside}/.lanxi/about.json')")) == 1
    assert tables["units"].to_duckdb() is not None and len(tables.to_duckdb().sql(f"FROM '{secret}'").df()) == 1


def test_a_question_writes_nothing(tables, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inside = str(tables.folder).replace("'", "''")
    before = {path: path.stat().st_mtime_ns for path in tables.folder.rglob("*")}
    for place in (tmp_path, inside):
        for sql in (
            f"COPY (SELECT 1) TO '{place}/x.csv'",
            f"SELECT 1; COPY (SELECT 1) TO '{place}/x.csv'",
            f"EXPLAIN ANALYZE COPY (SELECT 1) TO '{place}/x.csv'",
            f"COPY (PIVOT targets ON unit USING count(*)) TO '{place}/x.csv'",
            f"/* SELECT */ COPY (PIVOT targets ON unit USING count(*)) TO '{place}/x.csv'",
            f"EXPORT DATABASE '{place}/x'",
            f"ATTACH '{place}/x.db'",
        ):
            with pytest.raises(TableError, match="only reads"):
                tables.query(sql)
    for sql in ("INSTALL httpfs", "LOAD httpfs", "SET enable_external_access = true", "RESET allowed_directories"):
        with pytest.raises(TableError, match="only reads"):
            tables.query(sql)
    assert not list(tmp_path.iterdir())
    assert {path: path.stat().st_mtime_ns for path in tables.folder.rglob("*")} == before


def test_questions_that_are_no_plain_select(tables):
    assert len(tables.query("FROM units LIMIT 2")) == 2
    assert len(tables.query("(SELECT 1) UNION ALL (SELECT 2)")) == 2
    assert len(tables.query("WITH a AS (SELECT 1 AS b) SELECT * FROM a")) == 1
    assert "column_name" in tables["units"].query("DESCRIBE units")
    assert "km" in " ".join(tables.query("PIVOT (SELECT 'km' AS unit, 1 AS n) ON unit USING sum(n)").columns)
    assert tables.query("SELECT 1 AS a; SELECT 2 AS b")["b"].tolist() == [2]


def test_a_run_that_has_not_begun_its_first_batch(out, tmp_path):
    shutil.copytree(out, tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / ".lanxi" / "batches")
    account(tmp_path / "out", complete=False)
    with pytest.warns(UserWarning, match="has not ended"):
        found = lx.scan(tmp_path / "out")["units"]
    assert len(found) == 0 and list(found.pieces()) == []
    assert found.to_pandas().columns.tolist() == table("units").names() == list(found.to_dask().columns)
    assert found.query("SELECT count(*) AS n FROM units")["n"].tolist() == [0]
