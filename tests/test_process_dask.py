"""The Dask engine: a real cluster over loopback, the same tables, and workers that die."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest
from distributed import LocalCluster
from many import DEADLY, Inline, begun, environment, fill, kill, parts, receipts, run, text, wait_for, workers

import lanxikit as lx
from lanxikit.errors import StudyError
from lanxikit.scale.cluster import Cluster

COUNT, SIZE = 18, 2


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("来源 一"), COUNT)


@pytest.fixture(scope="module")
def whole(source, tmp_path_factory):
    """What this machine alone makes of it."""
    out = tmp_path_factory.mktemp("结果") / "整 体"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lanxikit.scale.process._engine", Inline)
        lx.process(source, out, batch=SIZE)
    return out


def test_a_running_cluster_of_which_a_worker_is_killed(source, whole, tmp_path):
    """Given by its address; the tables are those of the local engine, byte for byte."""
    out, killed = tmp_path / "out", []

    def kill_one():
        wait_for(out, 2)
        victims = [one for one in workers() if "resource_tracker" not in " ".join(one.cmdline())]
        victims[0].kill()
        killed.append(receipts(out))

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(tmp_path / "dask"),
    ) as cluster:
        watcher = threading.Thread(target=kill_one, daemon=True)
        watcher.start()
        done = lx.process(source, out, engine="dask", scheduler=cluster.scheduler_address, batch=SIZE)
        watcher.join(10)
        assert (done.documents, done.unread) == (COUNT, 0)
        assert killed and 2 <= killed[0] < receipts(whole)
        assert parts(out) == parts(whole)
        # Once more on the same cluster: nothing to do.
        assert lx.process(source, out, engine="dask", scheduler=cluster.scheduler_address, batch=SIZE).kept == COUNT


def test_a_cluster_of_our_own_killed_with_its_master_and_a_deadly_document(whole, tmp_path):
    source, out = fill(tmp_path / "in", COUNT), tmp_path / "out"
    name = f"文件 017 {DEADLY}.txt"
    (source / name).write_text(text(7), encoding="utf-8")
    words = ("--engine", "dask", "--jobs", "2", "--batch", str(SIZE))
    process = begun(source, "--out", out, *words, hook=tmp_path / "hook")
    wait_for(out, 2, process)
    kill(process)
    time.sleep(0.5)
    done = run(source, "--out", out, *words, hook=tmp_path / "hook")
    assert done.returncode == 3, done.stderr
    assert f"{name}: The process that worked on this document died" in done.stderr
    tables, expected = lx.scan(out), lx.scan(whole)
    for table in ("documents", "units", "responsibilities", "targets"):
        pd.testing.assert_frame_equal(tables[table].to_pandas(), expected[table].to_pandas())
    assert tables["unread"].to_pandas()["path"].tolist() == [name]
    assert not (out / ".lanxi" / "dask").exists()


def test_a_scheduler_that_does_not_answer(source, tmp_path, monkeypatch):
    monkeypatch.setattr("lanxikit.scale.cluster.PATIENCE", 1)
    with pytest.raises(StudyError, match="scheduler does not answer"):
        lx.process(source, tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:9")


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A scheduler with one worker, in threads of our own."""
    monkeypatch.setattr("lanxikit.scale.cluster.WAITING", 1)
    monkeypatch.setattr("lanxikit.scale.cluster.PATIENCE", 2)
    monkeypatch.setattr("lanxikit.scale.cluster.GLANCE", 0.2)
    with LocalCluster(
        n_workers=1,
        processes=False,
        protocol="tcp",
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        local_directory=str(tmp_path / "dask"),
    ) as cluster:
        yield cluster


def test_a_cluster_without_workers(source, alone, tmp_path, capsys):
    alone.scale(0)
    while alone.scheduler.workers:
        time.sleep(0.05)
    with pytest.raises(StudyError, match="has no workers"):
        lx.process(source, tmp_path / "out", engine="dask", scheduler=alone.scheduler_address)
    assert "Waiting for workers" in capsys.readouterr().err


def test_a_cluster_that_loses_its_workers_or_its_scheduler(alone, tmp_path):
    engine = Cluster(alone.scheduler_address, 1, tmp_path)
    alone.scale(0)
    while alone.scheduler.workers:
        time.sleep(0.05)
    with pytest.raises(StudyError, match="has no workers"):
        engine.submit({}).result(20)
    with pytest.raises(StudyError, match="has no workers"):  # and so it stays
        engine.submit({}).result(20)
    engine.close()
    alone.scale(1)
    alone.wait_for_workers(1, 20)
    engine = Cluster(alone.scheduler_address, 1, tmp_path)
    alone.scale(0)
    waiting = engine.submit({})
    alone.close()
    with pytest.raises(StudyError, match=r"lost|no workers"):
        waiting.result(20)
    engine.close()


def test_a_script_without_a_main_guard(tmp_path):
    """As most scripts are; nothing of it is run a second time."""
    fill(tmp_path / "in", 1)
    script = tmp_path / "script.py"
    script.write_text(
        "import lanxikit as lx\nprint('once')\nlx.process('in', 'out', engine='dask', jobs=1)\n", encoding="utf-8"
    )
    ours = environment() | {"PYTHONPATH": str(Path(lx.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, script.name], cwd=tmp_path, env=ours, capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (0, "once\n"), done.stderr
    assert len(lx.scan(tmp_path / "out")["documents"]) == 1


def test_without_dask(source, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StudyError, match=r'pip install "lanxikit\[cluster\]"'):
        lx.process(source, tmp_path / "out", engine="dask")
