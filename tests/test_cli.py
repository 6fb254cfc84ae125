"""The command line: what it says, in two languages, and how it exits."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lanxikit import __version__
from lanxikit.study import cli, runner


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study.toml").write_text("")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    return tmp_path


def test_version_and_help(capsys):
    for argv, said in ((["--version"], f"lanxikit {__version__}"), (["--help"], "reproduce")):
        with pytest.raises(SystemExit) as left:
            cli.main(argv)
        assert left.value.code == 0 and said in capsys.readouterr().out


def test_as_a_module_and_as_a_command():
    for command in (["-m", "lanxikit"], ["-c", "import lanxikit.study.cli as c; c.main()"]):
        said = subprocess.run([sys.executable, *command, "--version"], capture_output=True, text=True, check=True)
        assert said.stdout.strip() == f"lanxikit {__version__}"


@pytest.mark.parametrize("argv", [[], ["reproduc"], ["reproduce", "--jobs", "0"], ["reproduce", "--jobs", "two"]])
def test_wrong_usage_is_two(argv):
    with pytest.raises(SystemExit) as left:
        cli.main(argv)
    assert left.value.code == 2


def test_what_the_user_can_mend_is_two(study, capsys):
    assert cli.main(["verify", "--study", str(study)]) == 2
    assert "lanxikit reproduce" in capsys.readouterr().err
    (study / "study.toml").write_text("[studdy]")
    assert cli.main(["reproduce", "--study", str(study / "study.toml")]) == 2
    assert "Did you mean study?" in capsys.readouterr().err


def test_no_documents(study, capsys):
    assert cli.main(["reproduce", "--study", str(study)]) == 2
    assert str(study / "data" / "raw") in capsys.readouterr().err


def test_in_chinese(study, capsys, monkeypatch):
    monkeypatch.setenv("LANXI_LANG", "zh")
    assert cli.main(["verify", "--study", str(study)]) == 2
    assert "请先运行：lanxikit reproduce" in capsys.readouterr().err


def test_nothing_to_do_is_said(study, capsys, monkeypatch):
    monkeypatch.setattr(runner, "reproduce", lambda *_, **__: runner.Outcome((), ("read", "segment")))
    assert cli.main(["reproduce", "--study", str(study)]) == 0
    assert "Nothing to do: all 2 steps stand as they were" in capsys.readouterr().out


def test_jobs_and_out_are_handed_on(study, capsys, monkeypatch):
    seen = {}

    def reproduce(study, *, jobs):
        seen.update(out=study.out, jobs=jobs)
        return runner.Outcome(("read",), ())

    monkeypatch.setattr(runner, "reproduce", reproduce)
    assert cli.main(["reproduce", "--study", str(study), "--out", str(study / "o"), "--jobs", "3"]) == 0
    assert seen == {"out": study / "o", "jobs": 3}
    assert "Done: 1 steps" in capsys.readouterr().out


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (PermissionError(13, "Permission denied"), 2)])
def test_stopped_or_refused(study, capsys, monkeypatch, error, code):
    def reproduce(*_, **__):
        raise error

    monkeypatch.setattr(runner, "reproduce", reproduce)
    assert cli.main(["reproduce", "--study", str(study)]) == code
    said = capsys.readouterr().err
    assert "Traceback" not in said and len(said.strip().splitlines()) == 1


def test_new_and_then(tmp_path, capsys):
    assert cli.main(["new", str(tmp_path / "mine")]) == 0
    assert (tmp_path / "mine" / "study.toml").is_file()
    assert cli.main(["new", str(tmp_path / "mine")]) == 2


def test_evaluate_has_its_own_arguments(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["evaluate", "--help"])
    assert left.value.code == 0 and "--gold" in capsys.readouterr().out
