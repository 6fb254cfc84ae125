"""Cutting: nothing lost, terms kept whole, nobody else's jieba touched."""

import logging
import tempfile
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanxikit import LanxiError
from lanxikit.text.cutter import BACKENDS, DICTIONARIES, WORDS, Cutter, cutter, entries, places
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
    ("民和县和平安区", ["民和县", "和", "平安区"]),
    ("平安建设", ["平安", "建设"]),
    ("循化县孟达天池", ["循化县", "孟达", "天池"]),
    ("西宁市湟中区鲁沙尔镇", ["西宁市", "湟中区", "鲁沙尔镇"]),
    ("互助土族自治县与湟中县", ["互助土族自治县", "与", "湟中县"]),
    ("加强合作市场监管", ["加强", "合作", "市场监管"]),
    ("各区和县级部门", ["各区", "和", "县级", "部门"]),
    ("1,200万", ["1,200万"]),
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
    texts = units["text"]  # of all rows, headings and lines of duties as well
    for words in WORDS:
        first, second = (cutter(backend, None, words) for backend in BACKENDS)
        assert [first.cut(text) for text in texts] == [second.cut(text) for text in texts]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", DICTIONARIES)
def test_every_entry_of_a_list_comes_out_whole(name, backend):
    assert [word for word in entries(name) if cutter(backend).words(word) != [word]] == []


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_place_comes_out_whole(backend):
    assert len(places()) > 3000
    assert [name for name in places() if cutter(backend).words(name) != [name]] == []


def test_lists_hold_no_word_twice():
    for name in DICTIONARIES:
        assert len(entries(name)) == len(set(entries(name)))
    assert not set(entries("policy_terms")) & (set(entries("stop_words")) | set(entries("formula_words")))


def test_global_jieba_logging_and_temporary_folder_stay_as_they_were(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    level = logging.getLogger("jieba").level
    before = dict(jieba.dt.FREQ), jieba.dt.total, dict(jieba.dt.user_word_tag_tab), set(jieba.finalseg.Force_Split_Words)
    plain = jieba.Tokenizer().lcut("民和回族土族自治县联防联控")
    caplog.clear()
    for path in tmp_path.iterdir():
        path.unlink()  # the other's cache
    with caplog.at_level(logging.DEBUG):
        assert Cutter().cut("兰西城市群") == ["兰西城市群"]
        assert Cutter().cut("民和回族土族自治县") == ["民和回族土族自治县"]
    after = dict(jieba.dt.FREQ), jieba.dt.total, dict(jieba.dt.user_word_tag_tab), set(jieba.finalseg.Force_Split_Words)
    assert after == before
    assert plain == ["民和", "回族", "土族", "自治县", "联防", "联控"]
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
