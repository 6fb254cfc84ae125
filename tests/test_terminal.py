"""What reaches the terminal: whatever its encoding, and whatever the names of files hold."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings

import pytest
from many import Inline, fill

from lanxikit.messages import refusal
from lanxikit.study import cli
from lanxikit.study.terminal import plain, speaking


def run(*words, encoding, language):
    spoken = {"PYTHONIOENCODING": encoding, "LANXI_LANG": language}
    return subprocess.run([sys.executable, "-m", "lanxikit", *map(str, words)], capture_output=True, env=os.environ | spoken)


@pytest.mark.parametrize(("encoding", "language", "said"), [
    ("gbk", "en", b"Tables: "),
    ("gbk", "zh", "完成：2 份文件".encode("gbk")),
    ("ascii", "zh", rb"\u5b8c\u6210"),
    ("utf-8", "zh", "完成：2 份文件".encode()),
])  # fmt: skip
def test_an_output_that_lacks_characters(tmp_path, encoding, language, said):
    fill(tmp_path / "in", 2)
    done = run("process", tmp_path / "in", "--out", tmp_path / "o_é䶮", "--jobs", 1, encoding=encoding, language=language)
    assert done.returncode == 0 and said in done.stdout and b"Traceback" not in done.stderr
    assert (rb"o_\xe9\u4dae" in done.stdout) == (encoding == "ascii") and (tmp_path / "o_é䶮" / "units").is_dir()


@pytest.mark.parametrize("words", [["--help"], ["process", "--help"], ["lint"], ["verify", "--study", "无"]])
def test_every_command_speaks_chinese_in_ascii(words):
    done = run(*words, encoding="ascii", language="zh")
    assert b"Traceback" not in done.stderr and rb"\u" in done.stdout + done.stderr


def test_an_output_that_is_not_there(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with speaking():
        print("x")


def test_names_cannot_steer_the_terminal(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("lanxikit.scale.process._engine", Inline)
    source = fill(tmp_path / "in", 1)
    (source / "\x1b[2J坏\nDone: all is well\r\x9b\u202e.txt").write_bytes(b"")
    out = tmp_path / "o\x1b[31m\nx"
    assert cli.main(["process", str(source), "--out", str(out)]) == 3
    told = capsys.readouterr()
    assert "坏\\nDone: all is well\\r\\x9b\\u202e.txt" in told.err and "o\\x1b[31m\\nx" in told.out
    assert cli.main(["process", str(source / "\x1b[2J\n"), "--out", str(out)]) == 2
    told = (told.out, told.err, capsys.readouterr().err)
    assert not any(sign in text for text in told for sign in ("\x1b", "\x9b", "\u202e", "\nDone: all"))
    assert len(told[2].splitlines()) == 1


def test_warnings_are_a_line():
    before = warnings.formatwarning
    with speaking():
        assert warnings.formatwarning(UserWarning("a\x1bb\nc"), UserWarning, "x.py", 1) == "a\\x1bb\\nc\n"
    assert warnings.formatwarning is before


def test_plain():
    assert plain("全角　空格 é\t") == "全角　空格 é\\t" and plain("a\n\tb\x1b", lines=True) == "a\n\tb\\x1b"


@pytest.mark.parametrize(("number", "said"), [(2, "不存在"), (13, "权限"), (28, "磁盘空间不足"), (30, "只读"), (999999, "odd")])
def test_what_the_system_refuses_in_chinese(monkeypatch, capsys, number, said):
    error = OSError(number, "odd", "甲.txt")
    assert refusal(error) == "odd"
    monkeypatch.setenv("LANXI_LANG", "zh")
    assert said in refusal(error)

    def refuse(_):
        raise error

    monkeypatch.setattr(cli, "_lint", refuse)
    assert cli.main(["lint"]) == 2
    assert capsys.readouterr().err.startswith(f"系统拒绝操作：{refusal(error)}。 [甲.txt]")


def test_a_refusal_without_a_number():
    assert refusal(OSError("nothing to be had")) == "nothing to be had"


def test_an_error_comes_whole_from_another_process():
    import pickle

    from lanxikit.errors import StudyError

    sent = StudyError("什么", where="哪里", todo="怎么办")
    come = pickle.loads(pickle.dumps(sent))
    assert type(come) is StudyError and (come.what, come.where, come.todo) == (sent.what, sent.where, sent.todo)
    assert str(come) == str(sent)
