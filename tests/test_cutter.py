"""Cutting: nothing lost, terms kept whole, nobody else's jieba touched."""

import logging
import tempfile
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanxikit import LanxiError
from lanxikit.text.cutter import BACKENDS, DICTIONARIES, Cutter, cutter, entries
from lanxikit.text.fold import fold

CASES = [
    ("省发展改革委、州生态环境局", ["省", "发展改革委", "州", "生态环境局"]),
    ("兰西城市群联防联控", ["兰西城市群", "联防联控"]),
    ("推进兰州—西宁城市群建设", ["推进", "兰州—西宁城市群", "建设"]),
    ("西宁-海东都市圈", ["西宁—海东都市圈"]),
    ("西宁－－海东都市圈", ["西宁—海东都市圈"]),
    ("“十四五”时期", ["“十四五”", "时期"]),
    ("十四五末", ["“十四五”", "末"]),
    ('深化"放管服"改革', ["深化", "“放管服”", "改革"]),
    ("三江源・祁连山", ["三江源·祁连山"]),
    ("优良天数比例达到90%以上", ["优良", "天数", "比例", "达到", "90%", "以上"]),
    ("年均增速6.5%", ["年均", "增速", "6.5%"]),
    ("９０％", ["90%"]),
    ("投资1.5亿元，增加4万", ["投资", "1.5", "亿元", "增加", "4万"]),
    ("", []),
]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(("text", "words"), CASES)
def test_words(text, words, backend):
    assert cutter(backend).words(text) == words


@pytest.mark.parametrize("backend", BACKENDS)
@given(text=st.text(alphabet="兰州—西宁城市群“十四五”推进黄河·-.%+ ４4万亿，。、（)\n\tA5g𠮷🙂", max_size=60))
@settings(max_examples=150, deadline=None)
def test_pieces_join_to_the_text(backend, text):
    assert "".join(cutter(backend).cut(text)) == fold(text)


def test_backends_agree_on_the_study(units):
    texts = units.loc[units["is_leaf"], "text"]
    assert [cutter("jieba").cut(text) for text in texts] == [cutter("rjieba").cut(text) for text in texts]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", DICTIONARIES)
def test_every_entry_of_a_list_comes_out_whole(name, backend):
    assert [word for word in entries(name) if cutter(backend).words(word) != [word]] == []


def test_lists_hold_no_word_twice():
    for name in DICTIONARIES:
        assert len(entries(name)) == len(set(entries(name)))
    assert not set(entries("policy_terms")) & (set(entries("stop_words")) | set(entries("formula_words")))


def test_global_jieba_logging_and_temporary_folder_stay_as_they_were(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    level = logging.getLogger("jieba").level
    before = dict(jieba.dt.FREQ)
    with caplog.at_level(logging.DEBUG):
        assert Cutter().cut("兰西城市群") == ["兰西城市群"]
    assert dict(jieba.dt.FREQ) == before
    assert list(Path(tmp_path).iterdir()) == []
    assert caplog.records == []
    assert logging.getLogger("jieba").level == level


def test_own_folder_adds_and_removes_terms(tmp_path):
    (tmp_path / "policy_terms.tsv").write_text("term\tkind\n北山滑雪场—南门峡\tplace\n-联防联控\t\n", encoding="utf-8")
    own = Cutter(lexicon=tmp_path)
    assert own.words("北山滑雪场–南门峡联防联控") == ["北山滑雪场—南门峡", "联防", "联控"]
    assert cutter().words("联防联控") == ["联防联控"]


def test_unknown_tokenizer():
    with pytest.raises(LanxiError, match=r"pkuseg.*jieba, rjieba"):
        Cutter(tokenizer="pkuseg")


def test_rjieba_missing_names_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rjieba", None)
    with pytest.raises(LanxiError, match=r"lanxikit\[fast\]"):
        Cutter(tokenizer="rjieba")
