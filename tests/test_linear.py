"""What is done for a line is done once, however often a pattern comes back."""

import gc

import lanxikit as lx
from lanxikit.reading.corpus import from_texts
from lanxikit.segmenting.block import Block
from lanxikit.segmenting.contents_entries import Entries
from lanxikit.segmenting.joining import Joiner
from lanxikit.segmenting.layout import Layout
from lanxikit.text.fold import _TABLE, fold


def _asked(times):
    folded = ["目录", "一、总则……1"] * times
    asked = []
    entries = Entries(folded, list(range(len(folded))), lambda words, *_: asked.append(words) or True)
    assert [entries.last(at) for at in range(1, len(folded), 2)] == [len(folded) - 1] * times
    return len(asked)


def test_entries_are_read_once_for_all_tables_of_contents():
    assert _asked(200) == 2 * _asked(100) == 400


def test_contents_end_where_the_first_entry_comes_back():
    folded = ["目录", "第一章总则", "第二章附则", "第一章总则", "第二章附则"]
    entries = Entries(folded, list(range(5)), lambda words, place, whole: words in folded[place + 1 :])
    assert entries.last(1) == entries.once(1) == 2


def test_marks_before_the_last_line_are_kept():
    joiner = Joiner("", Layout(), None)
    from lanxikit.reading.lines import lines

    found = lines("建设,\n公园。\n道路")
    block = Block(0, 3, list(found[0].spans), [found[0].text], "plain", last=found[0], folds=[found[0].folded])
    joiner._source = "建设,\n公园。\n道路"
    joiner._join(block, found[1])
    assert block.marks == {","}
    joiner._join(block, found[2])
    assert block.marks == {",", "。"}


def test_long_texts_fold_like_short_ones():
    text = "".join(map(chr, range(0x110000)))
    assert fold(text) == text.translate(_TABLE)


def test_the_collector_is_left_as_it_was():
    for turn in (gc.disable, gc.enable):
        turn()
        before = gc.isenabled()
        lx.segment(from_texts({"a": "一、甲\n1.乙。"}))
        assert gc.isenabled() == before
