"""The texts that readers made are kept, used again, and may be corrected."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
import warnings

import pytest
from docx_fixtures import docx, p

import lanxikit as lx
from lanxikit.errors import ReadingError
from lanxikit.reading.formats import kept
from lanxikit.reading.formats.workshop import Workshop


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.docx").write_bytes(docx(p("兰州市发展规划") + p("一、总则")))
    return tmp_path


@pytest.fixture
def parsed(monkeypatch):
    """The names of the files that were parsed."""
    names, read = [], Workshop.read

    def told(self, data, name, suffix):
        names.append(os.path.basename(name))
        return read(self, data, name, suffix)

    monkeypatch.setattr(Workshop, "read", told)
    return names


def quiet(folder, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return lx.read_corpus(folder, **options)


def index(folder):
    with (folder / "text" / "index.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_text_and_index(folder):
    corpus = quiet(folder)
    data = (folder / "text" / "a.docx.txt").read_bytes()
    assert data.decode("utf-8") == corpus["a"].text == "兰州市发展规划\n一、总则\n"
    (row,) = index(folder)
    assert row == {
        "file": "a.docx", "sha256": hashlib.sha256((folder / "a.docx").read_bytes()).hexdigest(), "reader": "docx",
        "version": "docx 1", "text_sha256": hashlib.sha256(data).hexdigest(), "n_chars": "13", "notes": "[]", "text": "a.docx.txt",
    }  # fmt: skip
    assert corpus.documents.loc[0, ["reader", "n_chars", "source"]].tolist() == ["docx", 13, "a.docx"]
    assert sorted(path.name for path in (folder / "text").iterdir()) == ["a.docx.txt", "index.csv"]


def test_not_parsed_again(folder, parsed):
    first, second = quiet(folder), quiet(folder)
    assert parsed == ["a.docx"] and first["a"] == second["a"]


def test_parsed_again_by_a_newer_reader_or_when_the_file_changes(folder, parsed, monkeypatch):
    quiet(folder)
    monkeypatch.setattr("lanxikit.reading.intake.version_of", lambda suffix: "docx 2")
    quiet(folder)
    (folder / "a.docx").write_bytes(docx(p("另一份文件")))
    assert quiet(folder)["a"].text == "另一份文件\n" and parsed == ["a.docx"] * 3
    assert index(folder)[0]["version"] == "docx 2"


def test_a_correction_is_used_and_said(folder, parsed, monkeypatch):
    quiet(folder)
    place = folder / "text" / "a.docx.txt"
    place.write_bytes("兰州市发展规划\r\n一、总体要求".encode("utf-8-sig"))
    monkeypatch.setattr("lanxikit.reading.intake.version_of", lambda suffix: "docx 2")
    with pytest.warns(UserWarning, match="corrected by hand") as told:
        corpus = lx.read_corpus(folder)
    assert len(told) == 1 and parsed == ["a.docx"]
    assert corpus["a"].text == "兰州市发展规划\r\n一、总体要求"
    assert corpus.documents.loc[0, "reader"] == "docx, corrected by hand"


def test_a_correction_of_an_older_file_is_set_aside(folder):
    quiet(folder)
    (folder / "text" / "a.docx.txt").write_text("更正", encoding="utf-8")
    (folder / "a.docx").write_bytes(docx(p("新文件")))
    with pytest.warns(UserWarning, match="old1"):
        assert lx.read_corpus(folder)["a"].text == "新文件\n"
    assert (folder / "text" / "a.docx.txt.old1").read_text("utf-8") == "更正"


def test_line_ends_changed_by_git_are_no_correction(folder, parsed):
    quiet(folder)
    place = folder / "text" / "a.docx.txt"
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    assert quiet(folder)["a"].text == "兰州市发展规划\n一、总则\n" and parsed == ["a.docx"]
    assert b"\r" not in place.read_bytes()


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\x00", b"file,sha256\na.docx,1\n", b'file,sha256,reader\n"open'])
def test_a_broken_index_is_harmless(folder, parsed, damage):
    quiet(folder)
    (folder / "text" / "index.csv").write_bytes(damage)
    assert quiet(folder)["a"].text.startswith("兰州市") and parsed == ["a.docx"] * 2 and len(index(folder)) == 1


def test_a_text_without_a_row_is_not_lost(folder):
    (folder / "text").mkdir()
    (folder / "text" / "a.docx.txt").write_text("谁写的？", encoding="utf-8")
    with pytest.warns(UserWarning, match="old1"):
        assert lx.read_corpus(folder)["a"].text.startswith("兰州市")


def test_the_text_was_deleted(folder, parsed):
    quiet(folder)
    (folder / "text" / "a.docx.txt").unlink()
    quiet(folder)
    assert parsed == ["a.docx"] * 2 and (folder / "text" / "a.docx.txt").is_file()


def test_keep_nothing(folder):
    assert quiet(folder, keep=False)["a"].text.startswith("兰州市") and not (folder / "text").exists()


def test_a_folder_that_cannot_be_written(folder, monkeypatch):
    (folder / "b.docx").write_bytes(docx(p("另一份")))

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.warns(UserWarning, match="cannot be kept") as told:
        assert lx.read_corpus(folder)["b"].text == "另一份\n"
    assert len(told) == 1 and list((folder / "text").iterdir()) == []


def test_a_file_in_the_way(folder):
    (folder / "text").write_text("x")
    with pytest.warns(UserWarning, match="cannot be kept"):
        assert lx.read_corpus(folder)["a"].text.startswith("兰州市")


def test_half_a_text_is_never_left(folder, monkeypatch):
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        lx.read_corpus(folder)
    assert [path.name for path in (folder / "text").iterdir()] == []


@pytest.mark.parametrize(
    "name", ["规" * 80 + ".docx", "a?b*c.docx", "a\nb.docx", "-x.docx", 'a,"b.docx', "CON.docx", "é.docx"]
)
def test_long_and_odd_names(tmp_path, parsed, name):
    (tmp_path / name).write_bytes(docx(p("兰州市")))
    assert len(quiet(tmp_path)) == 1
    made = [path for path in (tmp_path / "text").iterdir() if path.name != "index.csv"]
    assert len(made) == 1 and len(made[0].name.encode()) <= 230 and made[0].name.isprintable()
    quiet(tmp_path)
    assert len(parsed) == 1


def test_names_that_differ_stay_apart():
    long = "规" * 90
    assert (
        len({kept.kept_name(name) for name in (f"{long}1.docx", f"{long}2.docx", "a?.docx", "a*.docx", "a_.docx")}) == 5
    )


TAKE_IN = """
import hashlib, json, pathlib, sys
from lanxikit.reading.intake import Intake
with Intake() as intake:
    found = []
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.docx")):
        data = path.read_bytes()
        found.append(intake.read(path, data, hashlib.sha256(data).hexdigest()).text)
print(json.dumps(found))
"""


def test_two_programs_at_once(folder):
    for number in range(6):
        (folder / f"d{number}.docx").write_bytes(docx(p(f"文件{number}")))
    programs = [
        subprocess.Popen([sys.executable, "-c", TAKE_IN, str(folder)], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    texts = [json.loads(program.communicate(timeout=100)[0]) for program in programs]
    assert texts[0] == texts[1] and len(texts[0]) == 7
    assert quiet(folder)["d3"].text == "文件3\n"
    assert not [path for path in (folder / "text").iterdir() if path.name.endswith(".part")]


def test_remarks_survive_in_the_index(folder, parsed):
    (folder / "a.docx").write_bytes(docx(p("甲", inside="<w:r><w:rPr><w:vanish/></w:rPr><w:t>乙; 丙</w:t></w:r>")))
    for _ in range(2):
        with pytest.warns(UserWarning, match="hidden text"):
            corpus = lx.read_corpus(folder)
        assert corpus.notes.values.tolist() == [["a", "hidden text was left out"]]
    assert parsed == ["a.docx"]


def test_an_empty_correction_is_named(folder):
    quiet(folder)
    (folder / "text" / "a.docx.txt").write_bytes(b"")
    with pytest.raises(ReadingError, match="empty") as caught, pytest.warns(UserWarning):
        lx.read_corpus(folder)
    assert caught.value.where.endswith("a.docx.txt")


def test_a_link_does_not_lead_out_of_the_folder(tmp_path):
    inside, outside = tmp_path / "raw", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    page = "<html><body><h1>甲市供水方案</h1><p>一、总体要求</p><p>新建水库3座。</p></body></html>"
    (inside / "page.html").write_text(page, "utf-8")
    (inside / "text").symlink_to(outside, target_is_directory=True)
    with pytest.warns(UserWarning, match="text"):
        corpus = lx.read_corpus(inside / "page.html")
    assert "新建水库3座" in corpus["page"].text
    assert list(outside.iterdir()) == []
