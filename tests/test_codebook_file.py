"""Codebooks as files."""

import pytest

import lanxikit as lx
from lanxikit.errors import LexiconError
from lanxikit.topics.codebook import read_codebook

TEXTS = ["治理黄河水污染", "黄河流域水污染治理", "修建西宁至成都铁路", "铁路和公路修建"] * 5
YAML = "# 两个标签\n水:\n  - 黄河\n  - 水污染\n路: [铁路, 公路]\n"


def written(tmp_path, text, name="codebook.yaml", encoding="utf-8"):
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.yaml", YAML, "utf-8"),
        ("a.yml", YAML, "utf-8-sig"),
        ("a.yaml", "水: 黄河 水污染\n路: 铁路 公路\n", "gb18030"),
        ("a.tsv", "label\tseeds\n水\t黄河 水污染\n路\t铁路 公路\n", "utf-8"),
    ],
)
def test_all_ways_of_writing_give_the_same(tmp_path, name, text, encoding):
    path = written(tmp_path, text, name, encoding)
    assert read_codebook(path) == read_codebook(str(path)) == {"水": ["黄河", "水污染"], "路": ["铁路", "公路"]}


def test_the_model_takes_the_path(tmp_path):
    model = lx.TopicModel(2, method="guided", min_df=1, codebook=written(tmp_path, YAML), stability_repeats=2).fit(TEXTS)
    assert model.labels_ == ["水", "路"]
    assert model.topics_.query("rank == 1")["term"].tolist() != []
    with pytest.raises(lx.LanxiError, match=r"月球.*[Tt]ake them off"):
        lx.TopicModel(2, method="guided", min_df=1, codebook=written(tmp_path, "水: 月球\n路: 铁路\n")).fit(TEXTS)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yaml", "水: [黄河\n路: 铁路\n", r"no YAML.*a\.yaml:\d"),
        ("a.yaml", "- 黄河\n- 铁路\n", r"no labels with words.*a colon and a blank"),
        ("a.yaml", "水:黄河\n", r"no labels with words.*a colon and a blank"),
        ("a.yaml", "no: 黄河\n", r"no text: no.*a\.yaml:1.*quotation marks"),
        ("a.yaml", "水: [黄河, 2025]\n", r"no text: 2025.*quotation marks"),
        ("a.yaml", "水: [[黄河]]\n", r"no text: a nested list"),
        ("a.yaml", "水: 黄河\n水: 湟水\n", r"Labels stand twice: 水"),
        ("a.yaml", "水: !!python/object/apply:os.getcwd []\n路: 铁路\n", r"labels without seed words: 水"),
        ("a.yaml", "水:\n路: 铁路\n", r"labels without seed words: 水"),
        ("a.yaml", "", r"codebook is empty"),
        ("a.tsv", "field\twords\n水\t黄河\n", r"columns label and seeds"),
        ("a.json", "{}", r"ends in \.yaml, \.yml, \.tsv"),
    ],
)
def test_bad_files_are_refused_with_the_remedy(tmp_path, name, text, message):
    with pytest.raises(LexiconError, match=message):
        read_codebook(written(tmp_path, text, name))


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"no such codebook.*none\.yaml"):
        read_codebook(tmp_path / "none.yaml")
