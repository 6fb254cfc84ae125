"""study.toml: what it may say, and what is said when it says something else."""

from __future__ import annotations

import pytest

import lanxikit as lx
from lanxikit.errors import StudyError
from lanxikit.study import config
from lanxikit.study.pipeline import PIPELINE, options


def written(folder, text):
    (folder / "study.toml").write_text(text, "utf-8")
    return folder


def test_the_study_itself(root):
    study = config.load(root)
    assert study.upper == "qinghai-gansu-2022"
    assert study.lower == ("haidong-2020", "pingan-2022", "linxia-2022", "haidong-2024")
    assert study.processed == root / "data" / "processed" and study.figures == root / "figures"
    assert study.options["prevalence"] == {"by": ["level", "year"]}


def test_an_empty_file_is_a_study(tmp_path):
    study = config.load(written(tmp_path, ""))
    assert (study.title, study.upper, study.lower, study.options) == (tmp_path.name, None, (), {})


def test_results_may_go_elsewhere(tmp_path):
    study = config.load(written(tmp_path, ""), out=tmp_path / "other")
    assert study.raw == tmp_path / "data" / "raw"
    assert study.figures == tmp_path / "other" / "figures" and study.state == tmp_path / "other" / ".lanxi"


def test_found_from_a_folder_below(tmp_path, monkeypatch):
    (written(tmp_path, "") / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert config.load().file == (tmp_path / "study.toml").resolve()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[compair]\ntop = 1", r"no setting \[compair\].*Did you mean compare\?"),
        ('[study]\ntitel = "x"', r"no setting study\.titel.*Did you mean title\?"),
        ("[study]\ntitle = 1", r"study\.title must be a text, not 1"),
        ('documents = "x"', "documents must be a section"),
        ('[documents]\nupper = "a"\nlower = "b"', "documents.lower must be a list"),
        ('[documents]\nupper = "a"\nlower = [1]', "documents.lower must be a list of document names"),
        ('[documents]\nupper = "a"', "needs one upper document"),
        ('[documents]\nlower = ["a"]', "needs one upper document"),
        ('[documents]\nupper = "a"\nlower = ["a"]', "needs one upper document"),
        ('[documents]\nupper = "a"\nlower = ["b", "b"]', "needs one upper document"),
        ("[study", r"cannot be read.*study\.toml.*Save it as UTF-8"),
        ('[study]\nlexicon = "none"', "folder of word lists does not exist"),
    ],
)
def test_bad_settings_are_told_with_place_and_remedy(tmp_path, text, said):
    with pytest.raises(StudyError, match=said) as caught:
        config.load(written(tmp_path, text))
    assert "study.toml" in caught.value.where and caught.value.todo


def test_not_utf8(tmp_path):
    (tmp_path / "study.toml").write_bytes('title = "研究"'.encode("gb18030"))
    with pytest.raises(StudyError, match="cannot be read"):
        config.load(tmp_path)


def test_no_study_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StudyError, match=r"no study\.toml here.*lanxikit new NAME"):
        config.load()
    with pytest.raises(StudyError, match="no such settings file"):
        config.load(tmp_path / "study.toml")


def test_every_section_that_is_heeded_is_allowed():
    assert {section for stage in PIPELINE for section in stage.sections} == set(config.VERBS)


def test_options_are_those_of_the_verb(tmp_path):
    study = config.load(written(tmp_path, "[compare]\ntopp = 3"))
    with pytest.raises(StudyError, match=r"section compare has no option 'topp'.*It has: top, "):
        options(study, "compare", lx.compare)
    study = config.load(written(tmp_path, "[compare]\ntop = 3"))
    assert options(study, "compare", lx.compare) == {"top": 3}


def test_own_word_lists_reach_every_verb_that_takes_them(tmp_path):
    (tmp_path / "words").mkdir()
    study = config.load(written(tmp_path, '[study]\nlexicon = "words"'))
    assert options(study, "targets", lx.targets) == {"lexicon": tmp_path / "words"}
