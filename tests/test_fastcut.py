"""The faster cutter cuts what jieba cuts."""

import sys

import pytest

from lanxikit.tables.segmenting import leaves
from lanxikit.topics import fastcut
from lanxikit.topics.tokens import cut_texts

HARD = ["2022-02-07印发", "投资1.5亿元", "v1.2.3版", "见tmp_path.write", "——3.5G", "“十四五”兰州—西宁城市群", "A级景区、PM2.5和5G基站", "1,200公里"]


@pytest.mark.parametrize("numbers", [True, False])
def test_auto_gives_jiebas_words_of_the_study_and_of_hard_texts(units, numbers):
    texts = [*leaves(units)["text"], *HARD]
    assert fastcut.cut(texts, numbers=numbers) == cut_texts(texts, tokenizer="jieba", numbers=numbers)


def test_auto_does_without_rjieba(monkeypatch):
    with_it = fastcut.cut(HARD)
    monkeypatch.setattr(fastcut, "find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "rjieba", None)
    assert fastcut.cut(HARD) == with_it
    assert fastcut.name_of("auto") == "jieba"
