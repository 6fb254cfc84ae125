"""Any number of documents into tables: the same however it is run, whatever is killed, and nothing lost."""

from __future__ import annotations

import functools
import inspect
import json
import os
import shutil
import sys
from concurrent.futures import Future
from pathlib import Path, PureWindowsPath

import pandas as pd
import pytest
from many import (
    DEADLY,
    ENDLESS,
    Inline,
    begun,
    environment,
    fill,
    kill,
    parts,
    receipts,
    run,
    text,
    wait_for,
    workers,
)

import lanxikit as lx
from lanxikit.errors import LanxiError, ReadingError, StudyError
from lanxikit.reading.formats.workshop import Interrupted
from lanxikit.scale import batch, drive, task
from lanxikit.scale import parts as package
from lanxikit.scale.batches import batched
from lanxikit.scale.local import Local
from lanxikit.scale.plan import read_about
from lanxikit.scale.task import WorkerDied, WorkerHung
from lanxikit.scale.walk import called, doc_id, walk
from lanxikit.study import cli
from lanxikit.study.pipeline import ANNOTATIONS

COUNT, SIZE = 18, 2


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("来源 一"), COUNT)


@pytest.fixture(scope="module")
def whole(source, tmp_path_factory):
    """The result of an undisturbed run."""
    out = tmp_path_factory.mktemp("结果") / "整 体"
    assert lx.process(source, out, jobs=1, batch=SIZE).documents == COUNT
    assert receipts(out) >= 5
    return out


@pytest.fixture
def inline(monkeypatch):
    """Run `lx.process` without worker processes."""
    monkeypatch.setattr("lanxikit.scale.process._engine", Inline)
    monkeypatch.setattr("lanxikit.scale.task._code", lambda: package.code())
    return functools.partial(lx.process, batch=SIZE)


def ids(folder, **options):
    return [entry.doc_id for entry in walk(folder, **options)]


def rows(out, table="documents"):
    return lx.scan(out)[table].to_pandas()


# What is made


def test_the_study_gives_what_the_verbs_give(root, corpus, units, tmp_path, inline):
    done = inline(root / "data" / "raw", tmp_path / "out")
    assert (done.documents, done.kept, done.unread) == (5, 0, 0)
    found = lx.scan(tmp_path / "out")
    expected = {"documents": corpus.documents, "units": units} | {
        name: getattr(lx, name)(units) for name in ANNOTATIONS
    }
    for name, frame in expected.items():
        pd.testing.assert_frame_equal(found[name].to_pandas(), frame.round(6), check_exact=False, atol=1e-6)
    assert found["texts"].to_pandas()["text"].tolist() == [document.text for document in corpus]
    # A document at a time, so that other documents of the source are not known to it.
    alone = [lx.bases(lx.read_corpus(path)) for path in sorted((root / "data" / "raw").glob("*.txt"))]
    pd.testing.assert_frame_equal(found["bases"].to_pandas(), pd.concat(alone, ignore_index=True))
    assert len(found["bases"]) >= len(lx.bases(corpus)) - 1 and found["bases"].to_pandas()["basis_id"].isna().all()


def test_the_list_of_annotations_is_that_of_the_study():
    assert batch.ANNOTATIONS == ANNOTATIONS


def test_jobs_do_not_count(source, whole, tmp_path):
    lx.process(source, tmp_path / "two", jobs=2, batch=SIZE)
    assert parts(tmp_path / "two") == parts(whole)


def test_rows_do_not_depend_on_the_batch(source, whole, tmp_path, inline):
    inline(source, tmp_path / "out", batch=100)
    for name in lx.scan(whole).names:
        pd.testing.assert_frame_equal(rows(tmp_path / "out", name), rows(whole, name))


def test_nothing_is_written_elsewhere(tmp_path, inline):
    source = fill(tmp_path / "in", 2)
    (source / "a.html").write_text(
        "<html><body><p>一、总则</p><p>1.建成公路3公里。</p></body></html>", encoding="utf-8"
    )
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert inline(source, tmp_path / "out").unread == 0
    after = {
        path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if "out" not in path.relative_to(tmp_path).parts
    }
    assert after == before
    assert "html" in rows(tmp_path / "out")["reader"].tolist()
    left = {path.name for path in (tmp_path / "out" / ".lanxi").iterdir()}
    assert left <= {"about.json", "batches", "workers.log", "run.lock"}


# What it rests on


def test_a_second_run_does_nothing_and_says_so(source, whole, capsys):
    before = {path: path.stat().st_mtime_ns for path in whole.rglob("part-*")}
    assert cli.main(["process", str(source), "--out", str(whole), "--batch", str(SIZE)]) == 0
    assert "Nothing to do: all 18 documents stand as they were" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in whole.rglob("part-*")} == before


@pytest.fixture
def copy(source, whole, tmp_path):
    """A source and its results, to be changed."""
    shutil.copytree(source, tmp_path / "in")
    shutil.copytree(whole, tmp_path / "out")
    return tmp_path / "in", tmp_path / "out"


@pytest.fixture
def again(copy, tmp_path, inline):
    """Run once more; return how many were done anew. The result is that of a run from scratch."""

    def once_more():
        done = inline(*copy)
        inline(copy[0], tmp_path / "fresh")
        assert parts(copy[1]) == parts(tmp_path / "fresh")
        return done.documents - done.kept

    return once_more


def batch_of(folder, name):
    return next(len(one) for one in batched(walk(folder), SIZE) if name in [entry.name for entry in one])


def test_a_changed_document_redoes_its_batch(copy, again):
    (copy[0] / "文件 007.txt").write_text(text(500), encoding="utf-8")
    assert again() == batch_of(copy[0], "文件 007.txt") < 10
    assert "兰州市第500号实施方案" in rows(copy[1])["title"].tolist()


def test_a_removed_document_is_gone_from_every_table(copy, again):
    (copy[0] / "文件 001.txt").unlink()
    assert again() < 10
    for name in ("documents", "units", "responsibilities"):
        column = "doc_id" if name != "responsibilities" else "unit_id"
        assert not rows(copy[1], name)[column].str.startswith("文件 001").any()


def test_new_documents_leave_the_batches_behind_them_alone(copy, again):
    for number in range(40, 47):
        (copy[0] / f"文件 000 {number}.txt").write_text(text(number), encoding="utf-8")
    before = receipts(copy[1])
    assert 7 <= again() < 14
    assert receipts(copy[1]) > before


def test_fewer_documents_leave_no_part_behind(copy, again):
    for number in range(12, COUNT):
        for place in (copy[0], copy[0] / "青海省 海东市"):
            (place / f"文件 {number:03d}.txt").unlink(missing_ok=True)
    assert again() < 10
    assert len(rows(copy[1])) == 12


def test_a_damaged_part_is_made_again(copy, again):
    victim = next((copy[1] / "units").glob("part-*"))
    data = bytearray(victim.read_bytes())
    data[40] ^= 1
    victim.write_bytes(data)
    assert 0 < again() < 10


def test_a_damaged_receipt_does_no_harm(copy, again):
    found = sorted((copy[1] / ".lanxi" / "batches").iterdir())
    found[0].write_text("{")
    found[1].write_text(json.dumps({"key": "x"}))
    (copy[1] / ".lanxi" / "about.json").write_text("[]")
    assert 0 < again() < COUNT


def test_other_code_makes_all_anew(copy, inline, monkeypatch):
    assert inline(*copy).kept == COUNT  # the source was moved
    monkeypatch.setattr("lanxikit.study.digests.packages", lambda: {"pandas": "0"})
    assert inline(*copy).kept == 0
    monkeypatch.setattr("lanxikit.scale.task._code", lambda: "other")
    assert inline(*copy).kept == COUNT  # no worker is asked
    monkeypatch.undo()


def test_workers_with_other_code_are_not_let_in(copy, inline, monkeypatch):
    (copy[0] / "neu.txt").write_text(text(1), encoding="utf-8")
    monkeypatch.setattr("lanxikit.scale.task._code", lambda: "other")
    with pytest.raises(StudyError, match="another lanxikit"):
        inline(*copy)
    with pytest.warns(UserWarning, match="has not ended"):
        assert 0 < len(lx.scan(copy[1])["documents"]) <= COUNT


# What may happen on the way


def test_killed_twice_and_gone_on_with(source, whole, tmp_path):
    out, words = tmp_path / "out", ("--jobs", "1", "--batch", str(SIZE))
    for count in (1, 3):
        process = begun(source, "--out", out, *words)
        wait_for(out, count, process)
        with pytest.raises(StudyError, match="Another run is at work here"):
            lx.process(source, out)
        kill(process)
    before = receipts(out)
    assert 3 <= before < receipts(whole)
    with pytest.warns(UserWarning, match="has not ended"):
        assert 0 < len(lx.scan(out)["documents"]) < COUNT
    done = run(source, "--out", out, *words)
    assert done.returncode == 0 and "documents, 0 kept" not in done.stdout
    assert "100%" in done.stderr and "docs/s" in done.stderr
    assert parts(out) == parts(whole)
    assert not list(out.rglob("*.part")) and read_about(out)["complete"]


def test_a_worker_killed_on_the_way(source, whole, tmp_path):
    out = tmp_path / "out"
    process = begun(source, "--out", out, "--jobs", "2", "--batch", str(SIZE))
    wait_for(out, 1, process)
    victims = workers(process)
    assert len(victims) == 2
    victims[0].kill()
    assert process.wait() == 0, process.stderr.read()
    process.stderr.close()
    assert parts(out) == parts(whole)


def test_a_document_at_which_the_worker_dies(copy, whole, tmp_path):
    name = f"文件 004 {DEADLY}.txt"
    (copy[0] / name).write_text(text(7), encoding="utf-8")
    done = run(copy[0], "--out", copy[1], "--jobs", "1", "--batch", str(SIZE), hook=tmp_path / "hook")
    assert done.returncode == 3, done.stderr
    assert f"{name}: The process that worked on this document died" in done.stderr
    for table in ("documents", "units", "targets"):
        pd.testing.assert_frame_equal(rows(copy[1], table), rows(whole, table))
    assert rows(copy[1], "unread")["path"].tolist() == [name]


def test_what_a_worker_died_of_is_tried_again(copy, inline, monkeypatch):
    (copy[0] / "文件 004.txt").write_text(text(7), encoding="utf-8")
    monkeypatch.setattr("lanxikit.scale.process._engine", lambda *_: Falling({"文件 004.txt"}, does=True))
    assert inline(*copy).unread == 1
    assert inline(*copy).unread == 1
    monkeypatch.setattr("lanxikit.scale.process._engine", Inline)
    done = inline(*copy)
    assert done.unread == 0 and 0 < done.kept < COUNT


@pytest.mark.parametrize(
    "trouble", [MemoryError(), OSError(24, "Too many open files"), Interrupted("Took long.", todo="limits=Limits(…)")]
)
def test_a_trouble_that_passes_is_no_lasting_verdict(copy, inline, monkeypatch, trouble):
    (copy[0] / "文件 004.txt").write_text(text(7), encoding="utf-8")
    read = batch._read

    def failing(entry, intake):
        if entry.name == "文件 004.txt":
            raise trouble
        return read(entry, intake)

    monkeypatch.setattr(batch, "_read", failing)
    assert inline(*copy).unread == 1
    assert "next run tries it again" in rows(copy[1], "unread")["todo"][0]
    monkeypatch.setattr(batch, "_read", read)
    done = inline(*copy)
    assert done.unread == 0 and 0 < done.kept < COUNT
    assert inline(*copy).kept == COUNT


def test_a_latecomer_of_a_run_that_has_ended_writes_nothing(copy, tmp_path, monkeypatch):
    mark = copy[1] / ".lanxi" / "run" / "old"
    mark.parent.mkdir()
    mark.touch()
    before, made = parts(copy[1]), batch.made

    def slow(*given):
        mark.unlink()  # another run has begun
        return made(*given)

    monkeypatch.setattr(batch, "made", slow)
    common = {"out": str(copy[1]), "run": "old", "code": task._code(), "language": "en"}
    entries = [list(entry) for entry in walk(copy[0])][:2]
    answer = task.perform(common | {"number": 0, "entries": entries, "lost": {}})
    assert "the run has ended" in answer["what"]
    assert parts(copy[1]) == before and lx.scan(copy[1]).complete


def test_what_a_latecomer_has_overwritten_is_made_again(tmp_path, monkeypatch, inline):
    source, out = fill(tmp_path / "in", 4), tmp_path / "out"
    inline(source, tmp_path / "fresh", batch=1)

    class Disturbed(Inline):
        left = 1

        def submit(self, task):
            future = super().submit(task)
            if task.get("number", 0) >= 2 and self.left:
                Disturbed.left -= 1
                place = out / ".lanxi" / "batches" / f"{task['number']:06d}.json"
                other = json.dumps(json.loads(place.read_bytes()) | {"key": "x"})
                for one in (place, place.with_stem("000999")):
                    one.write_text(other)
                package.part(out, "units", 1).write_bytes(b"other")
            return future

    monkeypatch.setattr("lanxikit.scale.process._engine", Disturbed)
    assert lx.process(source, out, batch=1).unread == 0
    assert parts(out) == parts(tmp_path / "fresh")
    about = read_about(out)
    assert about["batches"] == receipts(out) >= 3 and about["rows"]["documents"] == 4
    Disturbed.left = 99
    with pytest.raises(LanxiError, match="Somebody else writes"):
        lx.process(source, out := tmp_path / "other", batch=1)
    assert not read_about(out)["complete"]


def test_looking_at_the_source_is_shown(source, whole, monkeypatch, capsys, inline):
    monkeypatch.setattr("lanxikit.scale.process.PATIENCE", 0)
    inline(source, whole)
    assert "looking at the source" in capsys.readouterr().err


def test_a_document_at_which_the_kit_fails(source, whole, tmp_path, monkeypatch):
    from lanxikit.segmenting import segment

    cut = segment.cut
    monkeypatch.setattr(segment, "cut", lambda text, lexicon=None: 1 / 0 if "第3号" in text else cut(text, lexicon))
    made = batch.made(walk(source))
    assert made["unread"]["path"].tolist() == ["青海省 海东市/文件 003.txt"]
    assert "ZeroDivisionError" in made["unread"]["reason"][0]
    pd.testing.assert_frame_equal(
        made["documents"], rows(whole)[lambda t: t.doc_id != "青海省 海东市~文件 003"].reset_index(drop=True)
    )


class Falling(Inline):
    """An engine whose worker dies, or hangs, at some documents, at batches that are too long, or always."""

    slots = 2

    def __init__(self, deadly=(), most=99, does=False, death=WorkerDied):
        super().__init__()
        self.deadly, self.most, self.does, self.death, self.seen = set(deadly), most, does, death, []

    def submit(self, task):
        names = [entry[1] for entry in task.get("trial", task.get("entries", ()))]
        tried = [name for name in names if name not in task.get("lost", {})]
        self.seen.append(("".join(tried), task.get("limit")))
        if not self.deadly & set(tried) and len(tried) <= self.most and self.does:
            return super().submit(task)
        future = Future()
        if self.deadly & set(tried) or len(tried) > self.most:
            future.set_exception(self.death())
        else:
            future.set_result({"receipt": {"lost": sorted(task.get("lost", {}))}})
        return future


def tasks(*groups, **more):
    for number, names in enumerate(groups):
        yield {"number": number, "entries": [["", name, name, {}, None] for name in names], "lost": {}} | more


def driven(engine, *groups, **more):
    seen = {}
    drive.drive(engine, tasks(*groups, **more), lambda task, receipt: seen.update({task["number"]: receipt["lost"]}))
    return seen


def test_only_the_culprit_is_given_up():
    assert driven(Falling("b"), "abc", "de", "f") == {0: ["b"], 1: [], 2: []}
    assert driven(Falling("bc"), "abc", "de") == {0: ["b", "c"], 1: []}


def test_a_batch_that_hangs_is_taken_apart_at_once():
    engine = Falling("b", death=WorkerHung)
    assert driven(engine, "abc", limit=5) == {0: ["b"]}
    assert engine.seen == [("abc", 5), ("a", 5), ("b", 5), ("c", 5), ("ac", 15)]
    engine = Falling("b")
    driven(engine, "abc", limit=5)
    assert [names for names, _ in engine.seen] == ["abc", "abc", "a", "b", "c", "ac"]


def test_a_document_that_hangs_is_told(copy, inline, monkeypatch):
    (copy[0] / "文件 004.txt").write_text(text(7), encoding="utf-8")
    engine = Falling({"文件 004.txt"}, does=True, death=WorkerHung)
    monkeypatch.setattr("lanxikit.scale.process._engine", lambda *_: engine)
    assert inline(*copy, time_limit=7).unread == 1
    assert "longer than 7 seconds" in rows(copy[1], "unread")["reason"][0]


def test_a_worker_that_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", environment(tmp_path / "hook")["PYTHONPATH"])
    mark = tmp_path / ".lanxi" / "run" / "r"
    mark.parent.mkdir(parents=True)
    mark.touch()
    common = {"out": str(tmp_path), "run": "r", "code": package.code(), "language": "en"}
    engine = Local(1, tmp_path / "log")
    try:
        assert engine.submit(common).result() == {"receipt": None}
        first = workers()
        (tmp_path / f"{ENDLESS}.txt").write_text("一、总则", encoding="utf-8")
        trial = {"trial": [[str(tmp_path / f"{ENDLESS}.txt"), "a", "a", {}, None]], "limit": 1}
        with pytest.raises(WorkerHung):
            engine.submit(common | trial).result()
        assert not any(one.is_running() for one in first)
        assert engine.submit(common | {"limit": 600}).result() == {"receipt": None}
    finally:
        engine.close()


def test_documents_that_are_too_much_together():
    assert driven(Falling(most=2), "abc", "de") == {0: ["a", "b", "c"], 1: []}


def test_workers_that_always_die_end_the_run():
    with pytest.raises(LanxiError, match="die one after another"):
        driven(Falling(most=0), "abcde")


# What cannot be read


def test_what_cannot_be_read_is_listed(tmp_path, capsys, inline):
    source = fill(tmp_path / "来源 二", 6)
    (source / "空.txt").write_bytes(b"")
    (source / "程序.txt").write_bytes(b"\x7fELF" + bytes(range(256)) * 20)
    (source / "坏.docx").write_bytes(b"no zip at all")
    (source / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (source / "表.xlsx").write_bytes(b"PK\x03\x04")
    (source / "大.txt").write_bytes(b"")
    with (source / "大.txt").open("r+b") as stream:
        stream.truncate(200_000_001)
    (source / "去处.txt").symlink_to("nowhere.txt")
    (source / ".隐藏.txt").write_bytes(b"")
    (source / "README.md").write_text("no document")
    assert cli.main(["process", str(source), "--out", str(tmp_path / "out"), "--jobs", "1", "--batch", str(SIZE)]) == 3
    said = capsys.readouterr().err
    unread = rows(tmp_path / "out", "unread").set_index("path")
    assert "read_corpus" not in unread.loc["大.txt", "todo"] and "smaller" in unread.loc["大.txt", "todo"]
    assert sorted(unread.index) == sorted(["空.txt", "程序.txt", "坏.docx", "旧.doc", "表.xlsx", "大.txt", "去处.txt"])
    for name, reason in (("空.txt", "empty"), ("程序.txt", "program"), ("坏.docx", "not|plain text"), ("旧.doc", r"\.doc cannot be read"),
                         ("表.xlsx", r"\.xlsx"), ("大.txt", "200,000,001 bytes"), ("去处.txt", "cannot be opened")):  # fmt: skip
        assert pd.Series(unread.loc[name, "reason"]).str.contains(reason).all(), name
        assert unread.loc[name, "todo"]
        assert f"  {name}: " in said
    assert len(rows(tmp_path / "out")) == 6 and "7 could not be read" in said
    # The same again: nothing to do, and still 3. Mended: 0 for that one.
    assert cli.main(["process", str(source), "--out", str(tmp_path / "out"), "--batch", str(SIZE)]) == 3
    assert "Nothing to do: all 13" in capsys.readouterr().out
    (source / "空.txt").write_text(text(1), encoding="utf-8")
    assert inline(source, tmp_path / "out").unread == 6


def test_a_broken_catalogue_is_listed_and_stops_nothing(tmp_path, inline):
    source = fill(tmp_path / "in", 3)
    (source / "documents.csv").write_text("name\nx\n", encoding="utf-8")
    inner = source / "青海省 海东市"
    (inner / "documents.csv").write_text("file,doc_id,year\n文件 000.txt,甲,1999\n没有.txt,,\n", encoding="utf-8")
    inline(source, tmp_path / "out")
    assert rows(tmp_path / "out", "unread")["path"].tolist() == ["documents.csv", "青海省 海东市/没有.txt"]
    found = rows(tmp_path / "out").set_index("doc_id")
    assert found.loc["青海省 海东市~甲", "year"] == 1999 and len(found) == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "nowhere"}, "no such file"),
        ({"source": "leer"}, "holds no documents"),
        ({"out": "in"}, "must not lie in"),
        ({"out": "full"}, "holds something else"),
        ({"engine": "spark"}, "no engine 'spark'"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "with the Dask engine only"),
        ({"engine": "dask", "scheduler": "tcp://10.0.0.1"}, "no address of a scheduler"),
        ({"engine": "dask", "scheduler": "http://10.0.0.1:8786"}, "no address of a scheduler"),
        ({"engine": "dask", "scheduler": "主机 8786"}, "no address of a scheduler"),
        ({"engine": "dask", "scheduler": "tcp://10.0.0.1:99999"}, "no address of a scheduler"),
        ({"engine": "dask", "scheduler": ""}, "no address of a scheduler"),
        ({"batch": 0}, "batch=0 cannot be"),
    ],
)
def test_what_has_to_be_mended_first(tmp_path, inline, change, said):
    fill(tmp_path / "in", 1)
    (tmp_path / "leer").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    options = {"source": "in", "out": "out"} | change
    places = {name: tmp_path / options.pop(name) for name in ("source", "out")}
    with pytest.raises((ReadingError, StudyError), match=said):
        inline(*places.values(), **options)
    assert (tmp_path / "full" / "mine.txt").read_text() == "x"
    assert not (tmp_path / "out").exists()


def test_an_empty_path_is_not_the_folder_we_are_in(tmp_path, inline, monkeypatch):
    monkeypatch.chdir(fill(tmp_path / "in", 1))
    for places in (("", tmp_path / "out"), (tmp_path / "in", "")):
        with pytest.raises((ReadingError, StudyError), match="path is empty"):
            inline(*places)


def test_usage_is_two(tmp_path, capsys):
    assert cli.main(["process", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert "There is no such file or folder" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        cli.main(["process", str(tmp_path)])
    assert left.value.code == 2


def test_results_of_another_source_are_not_overwritten(copy, tmp_path, inline):
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text(text(1), encoding="utf-8")
    with pytest.raises(StudyError, match="results of another source"):
        inline(other, copy[1])
    assert len(rows(copy[1])) == COUNT


def test_the_folder_of_a_study_is_not_ours(copy, tmp_path, inline):
    for name in ("run.lock", "run.pid"):
        (tmp_path / "study" / ".lanxi").mkdir(parents=True, exist_ok=True)
        (tmp_path / "study" / ".lanxi" / name).touch()
    (tmp_path / "study" / "units").mkdir()
    (tmp_path / "study" / "units" / "part-000000.parquet").touch()
    with pytest.raises(StudyError, match="holds something else"):
        inline(copy[0], tmp_path / "study")
    assert (tmp_path / "study" / "units" / "part-000000.parquet").exists()
    (copy[1] / "Notizen.txt").touch()  # that of results is, whatever the user has put there
    assert inline(*copy).kept == COUNT
    (tmp_path / "begun" / ".lanxi").mkdir(parents=True)
    (tmp_path / "begun" / ".lanxi" / "plan.part").touch()  # killed while it looked at the source
    assert inline(fill(tmp_path / "one", 1), tmp_path / "begun").documents == 1


def test_results_of_other_runs_are_no_documents(whole, tmp_path, inline):
    source = fill(tmp_path / "in", 1)
    for name in ("früher", "sonst"):
        shutil.copytree(whole, source / name)
    with pytest.warns(UserWarning, match="Left out, as results of lanxikit process: früher/ and 1 more") as told:
        done = inline(source, tmp_path / "new")
    assert (done.documents, done.unread, len(told)) == (1, 0, 1)


def test_a_source_emptied_afterwards(copy, inline):
    shutil.rmtree(copy[0])
    copy[0].mkdir()
    with pytest.raises(ReadingError, match="were left as they are"):
        inline(*copy)
    assert len(rows(copy[1])) == COUNT


def test_results_within_the_source(tmp_path, inline):
    source = fill(tmp_path / "in", 2)
    for _ in range(2):
        assert inline(source, source / "out").documents == 2


# Names


def test_ids(tmp_path):
    for name in (
        "a.txt",
        "省/a.txt",
        "省/a.html",
        "省/市/a.txt",
        "省/a.html.txt",
        "省~a.txt",
        "b#1.txt",
        "=x.md",
        "空 格.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    found = dict(zip([entry.name for entry in walk(tmp_path)], ids(tmp_path), strict=True))
    assert list(found) == sorted(found, key=lambda name: name.split("/"))
    assert len(set(found.values())) == 9
    assert {found[name] for name in ("a.txt", "省/a.txt", "省/市/a.txt", "空 格.txt")} == {
        "a",
        "省~a.txt",
        "省~市~a",
        "空 格",
    }
    assert not any(set(one) & set("#/") or one.startswith("=") for one in found.values())
    assert found["省~a.txt"].startswith("省_a~~")


def test_two_files_of_one_stem_are_two_documents(tmp_path, inline):
    source = tmp_path / "in"
    for place in ("甲", "乙"):
        (source / place).mkdir(parents=True)
        (source / place / "方案.txt").write_text(text(1), encoding="utf-8")
    assert inline(source, tmp_path / "out").unread == 0
    found = rows(tmp_path / "out")
    assert found["doc_id"].tolist() == ["乙~方案", "甲~方案"] and found["source"].tolist() == [
        "乙/方案.txt",
        "甲/方案.txt",
    ]
    assert found["sha256"].nunique() == 1 and len(rows(tmp_path / "out", "units")) == 2 * len(
        rows(tmp_path / "out", "units")[lambda t: t.doc_id == "甲~方案"]
    )


def test_a_list_of_files(tmp_path, inline):
    source = fill(tmp_path / "in", 5)
    names = ["文件 001.txt", "./文件 001.txt", "青海省 海东市/文件 003.txt", "gone.txt", ""]
    (source / "list.txt").write_text("\ufeff" + "\r\n".join(names), encoding="utf-8")
    assert cli.main(["process", str(source / "list.txt"), "--list", "--out", str(tmp_path / "out")]) == 3
    assert rows(tmp_path / "out")["source"].tolist() == ["文件 001.txt", "青海省 海东市/文件 003.txt"]
    assert rows(tmp_path / "out", "unread")["path"].tolist() == ["gone.txt"]


def test_a_list_of_files_here_and_elsewhere(tmp_path):
    home = tmp_path / "lists"
    full = tmp_path.as_posix()
    for place in (home, home / full[1:], tmp_path):
        place.mkdir(parents=True, exist_ok=True)
        (place / "b.txt").write_text(text(1), encoding="utf-8")
    lines = ["b.txt", f"{full[1:]}/b.txt", f'"{full}/b.txt"', "../b.txt"]
    (home / "list").write_text("\n".join(lines), encoding="utf-8")
    found = {entry.name: entry for entry in walk(home / "list", listed=True)}
    assert set(found) == {"b.txt", f"{full[1:]}/b.txt", f"{full}/b.txt"} and not any(
        one.fault for one in found.values()
    )
    assert len({one.doc_id for one in found.values()}) == 3
    home = PureWindowsPath("C:/lists")
    told = [
        called(PureWindowsPath(path), home) for path in ("C:/lists/b.txt", "C:/a/b.txt", "D:/a/b.txt", "//h/a/b.txt")
    ]
    assert told == ["b.txt", "C:/a/b.txt", "D:/a/b.txt", "//h/a/b.txt"]
    assert len({doc_id(name.split("/")[:-1], "b") for name in told}) == 4


def test_closed_folders_are_listed(tmp_path, monkeypatch):
    source = fill(tmp_path / "in", 2)
    (source / "text").mkdir()
    (source / "zu").mkdir()
    (source / "zu" / "a.txt").touch()
    stat, scandir = os.stat, os.scandir

    def closed(path, *given, **more):  # may be listed and not entered; the tests may run as a user who may do all
        if not isinstance(path, int) and {"text", "zu"} & set(Path(path).parent.parts[-1:]):
            raise PermissionError(13, "Permission denied", path)
        return stat(path, *given, **more)

    monkeypatch.setattr(os, "stat", closed)
    monkeypatch.setattr(
        os, "scandir", lambda path: scandir(path) if Path(path).name != "text" else closed(Path(path) / "x")
    )
    found = {entry.name: entry.fault for entry in walk(source, leave=source / "zu" / "out")}
    assert {name for name, fault in found.items() if fault} == {"text/", "zu/a.txt"} and len(found) == 4
    assert "Permission denied" in found["zu/a.txt"][0]


def test_folders_deep_in_each_other(tmp_path):
    deep = tmp_path.joinpath(*"d" * 200)
    deep.mkdir(parents=True)
    (deep / "a.txt").touch()
    limit, frames = sys.getrecursionlimit(), len(inspect.stack(0))
    sys.setrecursionlimit(frames + 120)
    try:
        assert [entry.name for entry in walk(tmp_path)] == ["d/" * 200 + "a.txt"]
    finally:
        sys.setrecursionlimit(limit)


def test_what_systems_leave_is_no_document(tmp_path):
    source = fill(tmp_path / "in", 1)
    for name in ("Thumbs.db", "thumbs.DB", "Desktop.ini", ".DS_Store"):
        (source / name).touch()
    assert len(ids(source)) == 1


def test_kept_texts_and_links_are_no_documents(tmp_path):
    source = fill(tmp_path / "in", 2)
    (source / "a.html").write_text("<html><body><p>一、总则</p></body></html>", encoding="utf-8")
    lx.read_corpus(source)
    assert (source / "text" / "a.html.txt").is_file()
    (source / "回路").symlink_to(source, target_is_directory=True)
    found = list(walk(source))
    assert [entry.name for entry in found] == ["a.html", "回路", "文件 001.txt", "青海省 海东市/文件 000.txt"]
    assert "folder" in found[1].fault[0]


def test_batches_depend_on_the_names_alone(tmp_path):
    source = fill(tmp_path / "in", 60)
    one = [[entry.name for entry in part] for part in batched(walk(source), 4)]
    (source / "文件 001.txt").unlink()
    other = [[entry.name for entry in part] for part in batched(walk(source), 4)]
    assert [part for part in one if part not in other] and len([part for part in other if part not in one]) <= 2


def test_a_single_file(root, tmp_path, inline):
    done = inline(root / "data" / "raw" / "pingan-2022.txt", tmp_path / "out")
    assert done.documents == 1 and rows(tmp_path / "out", "units")["is_leaf"].sum() == 25
    assert isinstance(done.out, Path)
