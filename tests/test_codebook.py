"""Codebooks and their seed words."""

import pytest

from lanxikit.errors import LexiconError
from lanxikit.lexicons import FOLDER
from lanxikit.text.cutter import cutter, entries
from lanxikit.topics.codebook import present_seeds, read_codebook

WORDS = [["黄河", "治理"], ["铁路", "“十四五”"]]


def test_shipped_codebook_has_nine_fields_whose_words_can_occur():
    codebook = read_codebook()
    assert len(codebook) == 9
    seeds = [seed for words in codebook.values() for seed in words]
    assert len(seeds) == len(set(seeds))
    dropped = set(entries("stop_words")) | set(entries("formula_words"))
    assert [seed for seed in seeds if cutter().words(seed) != [seed] or seed in dropped or len(seed) < 2] == []


def test_own_folder_extends_the_shipped_codebook(tmp_path):
    (tmp_path / "codebook_city_cluster.tsv").write_text(
        "label\tlabel_en\tseeds\n空间格局\tSpace\t城市群\n-协同机制\t\t\n体育\tSports\t足球 篮球\n", encoding="utf-8"
    )
    codebook = read_codebook(lexicon=tmp_path)
    assert codebook["空间格局"] == ["城市群"]
    assert codebook["体育"] == ["足球", "篮球"]
    assert "协同机制" not in codebook


def test_own_folder_extends_it_in_yaml_too(tmp_path):
    text = "空间格局: [城市群]\n-协同机制:\n体育: [足球, 篮球]\n"
    (tmp_path / "codebook_city_cluster.yaml").write_text(text, encoding="utf-8")
    codebook = read_codebook(lexicon=tmp_path)
    assert codebook["空间格局"] == ["城市群"] and codebook["体育"] == ["足球", "篮球"]
    assert "协同机制" not in codebook and len(codebook) == 9


def test_the_shipped_codebook_is_a_file_to_copy_and_change():
    assert read_codebook(FOLDER / "codebook_city_cluster.yaml") == read_codebook()


def test_seeds_take_the_spelling_of_the_dictionary():
    kept, absent = present_seeds({"时": ["十四五"], "水": ["黄河"]}, WORDS, cutter(), strict=True)
    assert kept == {"时": ["“十四五”"], "水": ["黄河"]}
    assert absent == []


def test_words_as_one_text():
    assert read_codebook({"水": "黄河 湟水"}) == {"水": ["黄河", "湟水"]}


def test_an_absent_word_is_an_error_in_an_own_codebook():
    with pytest.raises(LexiconError, match=r"never occur.*月球.*[Tt]ake them off"):
        present_seeds({"水": ["黄河", "月球"]}, WORDS, cutter(), strict=True)


def test_an_absent_word_is_passed_over_in_a_general_codebook():
    assert present_seeds({"水": ["黄河", "月球"]}, WORDS, cutter(), strict=False) == ({"水": ["黄河"]}, ["月球"])
    with pytest.raises(LexiconError, match=r"月球.*without any: 天"):
        present_seeds({"水": ["黄河"], "天": ["月球"]}, WORDS, cutter(), strict=False)


def test_a_word_that_is_cut_apart_is_explained():
    with pytest.raises(LexiconError, match=r"黄河铁路 → 黄河 \| 铁路.*policy_terms\.tsv"):
        present_seeds({"水": ["黄河铁路"]}, WORDS, cutter(), strict=True)


@pytest.mark.parametrize("codebook", [{}, {"水": []}])
def test_empty_codebooks_are_refused(codebook):
    with pytest.raises(LexiconError, match="codebook"):
        read_codebook(codebook)
